"""The words of where an authority stands among all English authorities, and its funnel chart.

'Outlier' is said only where the rule of outliers has fired, as everywhere in the paper; that a
figure lies beyond the limits is said wherever it does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from lineofsight.judgement.finding import Finding
from lineofsight.judgement.standing import (
    Curve,
    Funnel,
    Placed,
    Quarter,
    Ranking,
    Zone,
    funnel_of,
    rank_among,
)
from lineofsight.measurement.all_authorities import AllAuthorities, AuthorityFigure, is_of_events
from lineofsight.overview.figures import brief_name, is_outlier, polarity_of
from lineofsight.overview.funnel_chart import FunnelChart, LimitCurve, Mark, Standing
from lineofsight.overview.numerals import between, capital, listed, measure, ordinal, plain, spoken
from lineofsight.reference.polarity import Polarity

_TITLE_WORDS = 10
# From this share of authorities without a figure on, a rank is not one among nearly all.
_MANY_WITHOUT = 0.1
_FULL_TIME = "workforce"
_RATE_SCALE = 10_000


def standings_of(
    findings: Sequence[Finding], everyone: Sequence[AllAuthorities]
) -> tuple[Standing, ...]:
    """Say of each finding where its authority stands among all, in the order of the findings.

    An indicator the authority has no figure of is left out.
    """
    by_indicator = {one.indicator.id: one for one in everyone}
    pairs = ((finding, by_indicator.get(finding.indicator_id)) for finding in findings)
    found = (_standing(finding, all_of) for finding, all_of in pairs if all_of is not None)
    return tuple(standing for standing in found if standing is not None)


def _standing(finding: Finding, everyone: AllAuthorities) -> Standing | None:
    own = everyone.figure(everyone.own)
    if own is None or finding.evidence.level is None:
        return None
    funnel = funnel_of(everyone)
    placed = _own(funnel, everyone)
    chart = _chart(finding, everyone, funnel, placed) if funnel and placed else None
    return Standing(
        indicator_id=finding.indicator_id,
        name=finding.measurement.indicator.name,
        polarity=polarity_of(finding.measurement),
        ranking=_ranking(finding, everyone, own),
        position=_position(finding, everyone, placed),
        remark=_remark(everyone),
        funnel=chart,
    )


def _own(funnel: Funnel | None, everyone: AllAuthorities) -> Placed | None:
    placed = funnel.placed if funnel else ()
    return next((one for one in placed if one.figure.code == everyone.own), None)


def _ranking(finding: Finding, everyone: AllAuthorities, own: AuthorityFigure) -> str:
    good = finding.measurement.indicator.good
    ranking = rank_among(own.value, [f.value for f in everyone.figures], good)
    if ranking is None:
        return ""
    level = f", level with {spoken(ranking.equals, 'others')}" if ranking.equals else ""
    return (
        f"{finding.measurement.authority} ranks {ordinal(ranking.rank)} of {ranking.of} "
        f"authorities with a figure{level}, in the {ranking.quarter.value} quarter "
        f"({_which_way(ranking, good)})."
    )


def _which_way(ranking: Ranking, good: Polarity) -> str:
    """Say what the quarter means; in the middle, which way is good."""
    side = {Quarter.LOWEST: "lower", Quarter.HIGHEST: "higher"}.get(ranking.quarter)
    better = "higher" if good is Polarity.HIGH else "lower"
    if side is None or side == better:
        return f"{better} is better"
    return f"{side} is worse"


def _position(finding: Finding, everyone: AllAuthorities, placed: Placed | None) -> str:
    if not is_of_events(everyone.indicator):
        return "No funnel is drawn: the figure is not a share or a rate of separate events."
    if everyone.tau is None or everyone.england is None:
        return "No funnel is drawn: the counts behind the figures are not published."
    if placed is None:
        return "It has no place in a funnel, because its counts are not published."
    indicator = finding.measurement.indicator
    england = measure(everyone.england, indicator.decimals, indicator.unit)
    is_beyond = placed.zone in (Zone.ABOVE_998, Zone.BELOW_998)
    is_said = is_beyond and is_outlier(finding)
    outlier = ": an outlier, which needs explaining" if is_said else ""
    is_ranked = indicator.good is not Polarity.NEUTRAL
    subject = "It" if is_ranked else finding.measurement.authority
    return f"{subject} lies {placed.zone.value} around England's {england}{outlier}."


def _remark(everyone: AllAuthorities) -> str:
    missing = _missing(everyone)
    if missing <= _MANY_WITHOUT * (missing + len(everyone.figures)):
        return ""
    return (
        f"{capital(spoken(missing, 'authorities'))} have no figure and are left out; where small "
        "numbers are suppressed, those left out are not like the rest."
    )


def _missing(everyone: AllAuthorities) -> int:
    return sum(count for _, count in everyone.without)


def _chart(finding: Finding, everyone: AllAuthorities, funnel: Funnel, own: Placed) -> FunnelChart:
    indicator = everyone.indicator
    england = measure(funnel.england, indicator.decimals, indicator.unit)
    marks = tuple(_mark(everyone, one) for one in funnel.placed)
    return FunnelChart(
        title=_title(finding.measurement.authority, everyone, own),
        alternative=_alternative(finding, everyone, funnel, own),
        caption=_caption(finding, everyone, funnel),
        unit=indicator.unit,
        across=f"{_size_name(everyone)} (square-root scale)",
        england=float(funnel.england),
        england_text=england,
        tau=funnel.tau,
        curves=(
            _curve("95% limits", "inner", funnel.inner),
            _curve("99.8% limits", "outer", funnel.outer),
        ),
        marks=marks,
    )


def _mark(everyone: AllAuthorities, placed: Placed) -> Mark:
    code, indicator = placed.figure.code, everyone.indicator
    is_near = code in everyone.neighbours
    return Mark(
        name=placed.figure.name,
        size=placed.size,
        value=placed.value,
        kind="own" if code == everyone.own else "neighbour" if is_near else "other",
        size_text=plain(Decimal(repr(placed.size)), 0),
        text=measure(placed.figure.value, indicator.decimals, indicator.unit),
        place=placed.zone.value,
    )


def _curve(label: str, style: str, curve: Curve) -> LimitCurve:
    return LimitCurve(label, style, curve.sizes, curve.lower, curve.upper)


def _title(name: str, everyone: AllAuthorities, own: Placed) -> str:
    """State the finding in ten words or fewer, with the figure where there is room."""
    indicator = everyone.indicator
    text = measure(own.figure.value, indicator.decimals, "%" if indicator.unit == "%" else "")
    titles = (
        f"{name} at {text} lies {own.zone.value}",
        f"{name} lies {own.zone.value}",
        f"{text} lies {own.zone.value}",
    )
    return next(title for title in titles if len(title.split()) <= _TITLE_WORDS)


def _size_name(everyone: AllAuthorities) -> str:
    indicator = everyone.indicator
    if indicator.scale == _RATE_SCALE:
        return "Children aged 0–17 living in the authority"
    full_time = ", full-time equivalent" if indicator.chapter == _FULL_TIME else ""
    return f"Number of {indicator.counted}{full_time}"


def _caption(finding: Finding, everyone: AllAuthorities, funnel: Funnel) -> str:
    indicator = everyone.indicator
    measured = f"{brief_name(finding.measurement)}, {everyone.period.label}"
    parts = [
        f"{measured}: {_how_many(everyone, funnel)}",
        *_without(everyone),
        "The limits allow for size and for the usual differences between authorities",
        _beyond(funnel),
        f"Source: {indicator.source.rstrip('.')}",
    ]
    return " ".join(f"{part}." for part in parts)


def _how_many(everyone: AllAuthorities, funnel: Funnel) -> str:
    drawn, known = len(funnel.placed), len(everyone.figures)
    if drawn == known:
        return f"{known} English authorities"
    bare = spoken(known - drawn, "others")
    verb = "has" if known - drawn == 1 else "have"
    return f"{drawn} English authorities; {bare} {verb} a figure but no counts"


def _without(everyone: AllAuthorities) -> Iterator[str]:
    """Count those without a figure by reason: suppressed ones are said and never drawn."""
    if not everyone.without:
        return
    reasons = [(reason.split(": ")[-1], count) for reason, count in everyone.without]
    told = [f"{reason} ({count})" for reason, count in reasons]
    said = listed(told) if len(told) > 1 else reasons[0][0]
    yield f"{capital(spoken(_missing(everyone), 'others'))} without a figure: {said}"


def _beyond(funnel: Funnel) -> str:
    above = _count(funnel, Zone.ABOVE_998)
    below = _count(funnel, Zone.BELOW_998)
    if not above and not below:
        return "None lies beyond the 99.8% limits"
    verb = "lies" if above == 1 else "lie"
    return f"{above or 'None'} {verb} above the 99.8% limits and {below or 'none'} below"


def _count(funnel: Funnel, zone: Zone) -> int:
    return sum(one.zone is zone for one in funnel.placed)


def _alternative(finding: Finding, everyone: AllAuthorities, funnel: Funnel, own: Placed) -> str:
    measurement, indicator = finding.measurement, everyone.indicator
    text = measure(own.figure.value, indicator.decimals, indicator.unit)
    england = measure(funnel.england, indicator.decimals, indicator.unit)
    size = _size_name(everyone)
    parts = [
        f"Funnel chart of {len(funnel.placed)} English authorities: {brief_name(measurement)}, "
        f"{everyone.period.label}, by size ({size[:1].lower()}{size[1:]})",
        f"{measurement.authority} is at {text}, {own.zone.value}; England at {england}",
        *_neighbours(everyone, funnel),
        _beyond(funnel),
    ]
    return " ".join(f"{part}." for part in parts)


def _neighbours(everyone: AllAuthorities, funnel: Funnel) -> Iterator[str]:
    near = [one for one in funnel.placed if one.figure.code in everyone.neighbours]
    if not near:
        return
    values = [one.figure.value for one in near]
    indicator = everyone.indicator
    span = between(min(values), max(values), indicator.decimals, indicator.unit)
    within = sum(one.zone is Zone.WITHIN for one in near)
    yield (
        f"Its {len(near)} statistical neighbours with a figure run from {span}; "
        f"{within} of them lie within the 95% limits"
    )
