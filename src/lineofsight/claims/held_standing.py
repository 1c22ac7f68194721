"""Words of standing held against the evidence: outlier, concern, above, in line, all but a few."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lineofsight.claims.binding import Bound
from lineofsight.claims.facts import Facts, Reading
from lineofsight.claims.held_numbers import no_records
from lineofsight.claims.marks import Cue, Cued, Whose
from lineofsight.claims.spans import Span, SpanKind
from lineofsight.claims.statement import Outcome, Ruling
from lineofsight.comparators.comparator import Area
from lineofsight.judgement.finding import Comparison, Finding, Strength, Verdict
from lineofsight.measurement.measurement import round_half_up
from lineofsight.overview.figures import is_outlier
from lineofsight.reference.polarity import Polarity

# What 'most' and its kin may be said of, as a percentage at least.
_AREA_WORDS = {
    Area.STATISTICAL_NEIGHBOURS: "the statistical neighbours",
    Area.REGION: "the region",
    Area.ENGLAND: "England",
}
_MOST = ((re.compile(r"all but|almost all|nearly all|virtually all", re.I), 90),)
_VAST = (re.compile(r"vast|overwhelming|great|large", re.I), 80)
_PLAINLY_MOST = 50
# The rule that finds a figure far from its neighbours though within the limits of the funnel.
_FAR_RULES = {"R3c"}


def hold_outlier(bound: Bound, facts: Facts) -> Ruling:
    """Hold 'outlier' against the rule that alone may say so."""
    finding = facts.findings[bound.meant[0].id]
    evidence = finding.evidence
    if evidence.funnel_z is None or evidence.first is None:
        return Ruling(Outcome.UNCHECKED, "There is no comparison among all authorities for this.")
    beyond = f"z {evidence.funnel_z:+.1f} from England, usual differences allowed for"
    if is_outlier(finding):
        return Ruling(Outcome.HOLDS, f"{finding.because.rstrip('.')} ({beyond}).")
    if finding.rule in _FAR_RULES:
        why = f"It is far from its neighbours, but within the limits of the funnel ({beyond})."
        return Ruling(Outcome.HOLDS_BUT, f"{why} {finding.because}")
    return Ruling(Outcome.FALSE, f"It lies within the limits of the funnel ({beyond}).")


def hold_concern(bound: Bound, facts: Facts) -> Ruling:
    """Hold 'an area of concern' against the verdict."""
    finding = facts.findings[bound.meant[0].id]
    if finding.verdict is Verdict.DEVELOPMENT:
        if finding.strength is Strength.WEAK:
            return Ruling(Outcome.HOLDS_BUT, f"It is not sure: {finding.because}")
        return Ruling(Outcome.HOLDS, finding.because)
    return Ruling(Outcome.UNCHECKED, f"A view; by the rules it is {finding.verdict.value}.")


def hold_standing(cued: Cued, bound: Bound, areas: tuple[Whose, ...], facts: Facts) -> Ruling:
    """Hold 'above', 'better than' or 'in line with' against the comparisons with these areas."""
    finding = facts.findings[bound.meant[0].id]
    rulings = [_against(cued, finding, w.area, bound, facts) for w in areas if w.area is not None]
    if not rulings:
        return Ruling(Outcome.UNCHECKED, "It does not say what it is compared with.")
    worst = min(rulings, key=lambda one: _GRAVITY[one.outcome])
    return Ruling(worst.outcome, " ".join(dict.fromkeys(one.why for one in rulings)))


_GRAVITY = {
    Outcome.FALSE: 0,
    Outcome.UNCHECKED: 1,
    Outcome.HOLDS_BUT: 2,
    Outcome.HOLDS: 3,
}


def hold_most(cued: Cued, bound: Bound, facts: Facts) -> Ruling:
    """Hold 'all but a small minority' (90% at least), 'the vast majority' (80%), 'most' (half)."""
    words = bound.sentence.text[cued.start : cued.end]
    least = _VAST[1] if _VAST[0].search(words) else _PLAINLY_MOST
    least = next((share for form, share in _MOST if form.search(words)), least)
    span = bound.span
    if span.kind is SpanKind.UNSAID:
        span = Span(facts.month - 11, facts.month, SpanKind.MONTHS)
    reading = facts.reading(bound.meant[0].id, span)
    if reading is None:
        return no_records(bound)
    holds = round_half_up(reading.exact, 0) >= least
    return Ruling(Outcome.HOLDS if holds else Outcome.FALSE, f"It is {reading.words}.")


def hold_staff(bound: Bound, facts: Facts) -> Ruling:
    """Hold 'additional staff' against staff beyond the establishment, which is of all teams."""
    reading = facts.reading(bound.meant[0].id, Span(facts.month, facts.month, SpanKind.MONTH))
    if reading is None:
        return no_records(bound)
    if not reading.exact:
        return Ruling(Outcome.UNCHECKED, f"Of all teams together it is {reading.words}.")
    return Ruling(Outcome.HOLDS_BUT, f"The figure is of all teams together: {reading.words}.")


def _against(cued: Cued, finding: Finding, area: Area, bound: Bound, facts: Facts) -> Ruling:
    mine = (c for c in finding.evidence.comparisons if c.comparator.area is area)
    comparison = next(mine, None)
    level = finding.measurement.level
    if comparison is None or level is None or level.exact is None:
        return Ruling(Outcome.UNCHECKED, f"There is no comparison with {_AREA_WORDS[area]}.")
    said = _compared(finding, comparison, facts)
    is_sure = comparison.strength is not Strength.NONE
    if cued.cue is Cue.ALIKE:
        return Ruling(Outcome.FALSE if is_sure else Outcome.HOLDS, said)
    wanted = _wanted(cued, finding)
    if wanted == 0:
        return Ruling(Outcome.UNCHECKED, "Neither a high nor a low figure is good in itself.")
    if _side(comparison) == wanted:
        return Ruling(Outcome.HOLDS if is_sure else Outcome.HOLDS_BUT, said)
    month = _month_side(bound, comparison, facts)
    return Ruling(Outcome.HOLDS_BUT if month == wanted else Outcome.FALSE, said)


def _compared(finding: Finding, comparison: Comparison, facts: Facts) -> str:
    unsure = (
        ""
        if comparison.strength is not Strength.NONE
        else (", a difference within the 95% interval")
    )
    readings = "; ".join(one.words for one in _levels(finding, facts))
    return f"It is {readings}; {facts.compared_words(comparison.comparator)}{unsure}."


def _levels(finding: Finding, facts: Facts) -> Iterator[Reading]:
    month = Span(facts.month, facts.month, SpanKind.MONTH)
    year = Span(facts.month - 11, facts.month, SpanKind.MONTHS)
    spans = (month,) if finding.measurement.indicator.is_snapshot else (month, year)
    for span in spans:
        reading = facts.reading(finding.indicator_id, span)
        if reading is not None:
            yield reading


def _side(comparison: Comparison) -> int:
    return (comparison.gap > 0) - (comparison.gap < 0)


def _month_side(bound: Bound, comparison: Comparison, facts: Facts) -> int:
    """Which side the month itself lies on, where the sentence may be of the month."""
    if bound.span.kind is SpanKind.MONTHS:
        return 0
    month = facts.reading(bound.meant[0].id, Span(facts.month, facts.month, SpanKind.MONTH))
    if month is None:
        return 0
    value = comparison.comparator.value
    return (month.exact > value) - (month.exact < value)


def _wanted(cued: Cued, finding: Finding) -> int:
    good = {Polarity.HIGH: 1, Polarity.LOW: -1}.get(finding.measurement.indicator.good, 0)
    return {Cue.ABOVE: 1, Cue.BELOW: -1, Cue.BETTER_THAN: good, Cue.WORSE_THAN: -good}[cued.cue]
