"""Judging: measurements in, findings out, in the order given and ranked within each verdict.

`judge` gathers the evidence on each measurement, lets the rules decide (rules.py), writes down
why (reasons.py), and asks the rules again with other numbers of children until the verdict turns.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from lineofsight.comparators.comparator import Area, Comparator, Spread
from lineofsight.judgement.finding import (
    Assurance,
    Evidence,
    Finding,
    Strength,
    Verdict,
)
from lineofsight.judgement.level import (
    a_month_of,
    assure,
    change_of,
    children_behind,
    chosen,
    compare,
    counts_of,
    funnel_z,
    interval_of,
    looked_at,
    month_interval,
    reached,
    usual_gaps,
)
from lineofsight.judgement.reasons import Speaker, near_misses, tensions_of
from lineofsight.judgement.rules import decide, strength_of
from lineofsight.judgement.thresholds import Z_95, Z_998
from lineofsight.judgement.variation import (
    NOT_CHARTED,
    Charted,
    charted,
    movements_of,
    points_of,
    stock_variation,
    variation_of,
)
from lineofsight.measurement.measurement import Measurement, Value, round_half_up
from lineofsight.reference.authority import Target
from lineofsight.reference.polarity import Polarity

__all__ = ["judge", "near_misses"]

_PERCENT = 100
_WIDER = 8
_ONE = {"children": "child", "enquiries": "enquiry"}
_ARTICLES = {
    Verdict.POSITIVE: "a positive area",
    Verdict.DEVELOPMENT: "an area for development",
    Verdict.IN_LINE: "in line",
    Verdict.NOT_JUDGED: "not judged",
}
# What is not about children comes after what is, however large its numbers.
_NOT_CHILDREN = {"workers", "posts", "teams", "working days"}
_WEIGHT = {Strength.STRONG: 2, Strength.WEAK: 1, Strength.NONE: 0}


def judge(
    measurements: Sequence[Measurement],
    comparators: Sequence[Comparator],
    spreads: Sequence[Spread],
    targets: Mapping[str, Target],
    as_at: date,
) -> tuple[Finding, ...]:
    """Give the finding on each measurement, in the order given, ranked within its verdict.

    `comparators` are those of the authority; one published after `as_at` is not used. `targets`
    are keyed by indicator. Areas for development rank by the children behind the gap, doubled
    where the 99.8% interval agrees; positive areas by strength, then by how many months in a row
    reached what they are held against; equals by indicator. Where nothing can be measured or
    compared the verdict is 'not judged', never an error.
    """
    measurements = [measurement.as_judged for measurement in measurements]
    known = {(m.authority, m.indicator.id): m for m in measurements}
    by_indicator = {spread.indicator: spread for spread in spreads}
    cases = [
        _Case(
            measurement,
            chosen(comparators, measurement, as_at),
            by_indicator.get(measurement.indicator.id),
            targets.get(measurement.indicator.id),
            {i: m for (authority, i), m in known.items() if authority == measurement.authority},
        )
        for measurement in measurements
    ]
    return _ranked([_find(case) for case in cases])


@dataclass(frozen=True, slots=True)
class _Case:
    """One measurement with everything it is judged by."""

    measurement: Measurement
    comparators: tuple[Comparator, ...]
    spread: Spread | None
    target: Target | None
    known: Mapping[str, Measurement]


def _find(case: _Case) -> Finding:
    measurement = case.measurement
    why_not = _why_not(measurement)
    if why_not:
        return _finding(case, _empty(measurement, why_not), "")
    chart = charted(measurement)
    evidence = _at_level(case, chart, _history(case, chart), measurement.level)
    return _finding(case, evidence, _would_change(case, chart, evidence))


def _finding(case: _Case, evidence: Evidence, would_change: str) -> Finding:
    rule = decide(evidence)
    speaker = Speaker(case.measurement, evidence)
    return Finding(
        measurement=case.measurement,
        verdict=rule.verdict,
        evidence=evidence,
        rule=rule.id,
        because=_capital(rule.because.format(**speaker.facts())),
        tensions=tensions_of(rule.verdict, case.measurement, evidence),
        would_change=would_change or rule.otherwise,
        strength=strength_of(rule, evidence),
    )


def _why_not(measurement: Measurement) -> str:
    if measurement.unmeasurable is not None:
        return f"It cannot be measured. {_capital(measurement.unmeasurable.reason)}"
    level = measurement.level
    if level is None:
        return "There is no value for any period."
    if level.exact is None:
        return f"Nothing was there to count in {level.period.label}: the denominator is nought."
    if level.numerator < 0 or _is_over_full(level):
        return f"The counts for {level.period.label} cannot be true: the part exceeds the whole."
    return ""


def _is_over_full(value: Value) -> bool:
    has_whole = value.denominator is not None and value.scale == _PERCENT
    return has_whole and value.numerator > (value.denominator or 0)


def _empty(measurement: Measurement, why_not: str) -> Evidence:
    return Evidence(
        level=None,
        interval=None,
        interval_wide=None,
        comparisons=(),
        variation=NOT_CHARTED,
        assurance=Assurance.NO_TARGET,
        target=None,
        change=None,
        children_behind_gap=None,
        quality_notes=measurement.notes,
        good=measurement.indicator.good,
        why_not=why_not,
    )


def _history(case: _Case, chart: Charted | None) -> Evidence:
    """Gather what does not depend on the level: the months, the flows and the change."""
    measurement = case.measurement
    movements = movements_of(measurement, case.known)
    variation = variation_of(measurement, chart)
    if chart is None and measurement.indicator.is_snapshot:
        variation = stock_variation(measurement, case.known, movements)
    latest = measurement.latest
    return replace(
        _empty(measurement, ""),
        variation=variation,
        movements=movements,
        change=change_of(measurement, case.spread),
        target=case.target,
        latest=latest.exact if latest else None,
        latest_interval=month_interval(latest, measurement.design_effect) if latest else None,
        points=points_of(measurement),
        is_annual=measurement.is_annual,
        is_snapshot=measurement.indicator.is_snapshot,
    )


def _at_level(
    case: _Case, chart: Charted | None, history: Evidence, level: Value | None
) -> Evidence:
    """Add what depends on the level: intervals, comparisons, target, funnel, children."""
    if level is None:
        return history
    measurement, good = case.measurement, history.good
    deff = measurement.design_effect
    bounds = interval_of(level, deff, Z_95), interval_of(level, deff, Z_998)
    compared = (compare(level, c, good, bounds, case.spread) for c in case.comparators)
    england = next((c.value for c in case.comparators if c.area is Area.ENGLAND), None)
    evidence = replace(
        history,
        level=level.exact,
        interval=bounds[0],
        interval_wide=bounds[1],
        comparisons=tuple(c for c in compared if c is not None),
        assurance=assure(measurement, level, case.target, chart.chart if chart else None),
        funnel_z=funnel_z(level, england, deff, case.spread),
    )
    return _held(case, evidence, level)


def _held(case: _Case, evidence: Evidence, level: Value) -> Evidence:
    """Add what depends on the deciding comparator, or else on the target."""
    first, good = evidence.first, evidence.good
    target = case.target
    standard = first.comparator.value if first else target.value if target else None
    against = a_month_of(level) if standard is None else standard
    values = looked_at(case.measurement)
    agreeing = sum(target is not None and reached(v, target.value, good) is True for v in values)
    return replace(
        evidence,
        children_behind_gap=children_behind(level, first, good),
        usual_gaps=usual_gaps(level, first.comparator.value, case.spread) if first else None,
        held_against=standard,
        is_month_worse=_is_month_apart(evidence, against, is_good_side=False),
        is_month_better=_is_month_apart(evidence, against, is_good_side=True),
        months_held=_months_held(case.measurement, standard, good),
        months_looked_at=len(values),
        months_agreeing=agreeing,
    )


def _is_month_apart(evidence: Evidence, standard: Decimal | None, *, is_good_side: bool) -> bool:
    pair = evidence.latest_interval
    if pair is None or standard is None or evidence.good is Polarity.NEUTRAL:
        return False
    is_up = is_good_side is (evidence.good is Polarity.HIGH)
    return pair[0] > standard if is_up else pair[1] < standard


def _months_held(measurement: Measurement, standard: Decimal | None, good: Polarity) -> int:
    if standard is None:
        return 0
    newest_first = (reached(value, standard, good) for value in reversed(measurement.series))
    return sum(1 for _ in itertools.takewhile(bool, newest_first))


def _would_change(case: _Case, chart: Charted | None, evidence: Evidence) -> str:
    """Ask the rules again with more and with fewer children until the verdict turns."""
    level = case.measurement.level
    counts = counts_of(level) if level else None
    if level is None or counts is None:
        return ""
    verdict = decide(evidence).verdict
    history = _history(case, chart)

    def verdict_at(shift: int) -> Verdict:
        moved = replace(level, numerator=level.numerator + shift, given=None)
        return decide(_at_level(case, chart, _moved(case, history, moved), moved)).verdict

    gaps = _gaps(evidence, counts, level.scale)
    room = {-1: int(counts[0]), 1: int(counts[1] - counts[0])}
    shift = _least_shift(lambda shift: verdict_at(shift) is not verdict, room, gaps)
    return _as_sentence(case.measurement, level, shift, verdict_at(shift)) if shift else ""


def _moved(case: _Case, history: Evidence, level: Value) -> Evidence:
    """Give the history with another level: the change of the year ends with the level itself."""
    measurement = case.measurement
    if measurement.is_annual:
        return replace(
            history,
            latest=level.exact,
            latest_interval=month_interval(level, measurement.design_effect),
            change=change_of(
                replace(measurement, series=(*measurement.series[:-1], level)), case.spread
            ),
        )
    if measurement.level is not measurement.latest_rolling:
        return history
    ended = replace(measurement, rolling=(*measurement.rolling[:-1], level))
    return replace(history, change=change_of(ended, case.spread))


def _gaps(evidence: Evidence, counts: tuple[float, float], scale: int) -> set[int]:
    """Give how many children each comparator is away: between two of them a verdict may turn twice.

    Without these steps the search would stride from far above a comparator to far below it.
    """
    sizes = (abs(c.gap) * Decimal(repr(counts[1])) / scale for c in evidence.comparisons)
    return {int(round_half_up(size, 0)) for size in sizes}


def _least_shift(turns: Callable[[int], bool], room: Mapping[int, int], gaps: set[int]) -> int:
    """Find the least number of children, fewer or more, that turns a verdict; 0 where none does.

    Both sides are widened together, eight times as far each time, with a step at each of `gaps`;
    where one turns, the way since the step before is halved. `room` is how far each side can go.
    """
    farthest = max(room.values())
    wider = itertools.takewhile(
        lambda step: step < farthest, (_WIDER**n for n in itertools.count())
    )
    last = 0
    for step in sorted({*wider, *gaps, farthest}):
        if not last < step <= farthest:
            continue
        ends = {side: min(step, room[side]) for side in (-1, 1) if room[side] > last}
        turned = [side for side, end in ends.items() if turns(side * end)]
        if turned:
            return min((side * _first(turns, side, last, ends[side]) for side in turned), key=abs)
        last = step
    return 0


def _first(turns: Callable[[int], bool], side: int, low: int, high: int) -> int:
    """Halve a bracket whose upper end turns the verdict down to the first that does."""
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if turns(side * middle) else (middle, high)
    return high


def _as_sentence(measurement: Measurement, level: Value, shift: int, verdict: Verdict) -> str:
    more = "more" if shift > 0 else "fewer"
    counted = measurement.indicator.counted
    would = f"It would be {_ARTICLES[verdict]}"
    if level.scale == _PERCENT:
        whole = f"{level.denominator:,.0f} {counted}"
        return f"{would} had {abs(shift):,} {more} of the {whole} met the condition."
    return f"{would} with {abs(shift):,} {more} {_counted(abs(shift), counted)}."


def _counted(number: int, counted: str) -> str:
    """Write what is counted for a number: 'child' and 'episode of need' for one."""
    if number != 1:
        return counted
    first, *rest = counted.split(" ")
    return " ".join((_ONE.get(first) or first.removesuffix("s"), *rest))


def _ranked(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    ranks: dict[int, int] = {}
    for verdict in Verdict:
        of_verdict = [place for place, f in enumerate(findings) if f.verdict is verdict]
        ordered = sorted(of_verdict, key=lambda place: _standing(findings[place], place))
        ranks |= {place: rank for rank, place in enumerate(ordered, start=1)}
    return tuple(replace(finding, rank=ranks[place]) for place, finding in enumerate(findings))


def _standing(finding: Finding, place: int) -> tuple[int, int, str]:
    weight, e = _WEIGHT[finding.strength], finding.evidence
    if finding.verdict is Verdict.DEVELOPMENT:
        return -weight * _children(finding), -weight, finding.indicator_id
    if finding.verdict is Verdict.POSITIVE:
        return -weight, -e.months_held, finding.indicator_id
    return place, 0, finding.indicator_id


def _children(finding: Finding) -> int:
    """Children behind the gap; where there is no comparator, behind the target."""
    e, level = finding.evidence, finding.measurement.level
    if finding.measurement.indicator.counted in _NOT_CHILDREN:
        return 0
    if e.children_behind_gap is not None or level is None or e.level is None:
        return e.children_behind_gap or 0
    counts = counts_of(level)
    if counts is None or e.held_against is None:
        return 0
    gap = abs(e.level - e.held_against) * Decimal(repr(counts[1])) / level.scale
    return int(round_half_up(gap, 0))


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
