"""What would have changed a verdict: the rules asked again with more and with fewer children.

The search asks some fourteen times for each finding, so of the evidence only what the rules read
and what the number of children moves is worked out anew; all else is taken from the evidence as
it stands.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from lineofsight.comparators.comparator import Area
from lineofsight.judgement.evidence import Case, is_month_apart
from lineofsight.judgement.finding import VERDICT_WORDS, Comparison, Evidence, Verdict
from lineofsight.judgement.level import (
    PERCENT,
    Bounds,
    Pair,
    a_month_of,
    assure,
    change_between,
    compare_again,
    counts_of,
    funnel_z,
    interval_of,
    two_years,
    usual_gaps,
)
from lineofsight.judgement.rules import decide, is_polarised
from lineofsight.judgement.thresholds import Z_95, Z_998
from lineofsight.judgement.variation import Charted
from lineofsight.measurement.measurement import Measurement, Value, round_half_up
from lineofsight.reference.polarity import Polarity

_WIDER = 8
_ONE = {"children": "child", "enquiries": "enquiry"}


def would_change(case: Case, chart: Charted | None, evidence: Evidence) -> str:
    """Ask the rules again with more and with fewer children until the verdict turns.

    `evidence` is that of the case as it stands. Gives the sentence of the least number that turns
    it; an empty one where none does or nothing can be counted.
    """
    level = case.measurement.level
    counts = counts_of(level) if level else None
    if level is None or counts is None:
        return ""
    verdict, moved = decide(evidence).verdict, _Moved.of(case, chart, evidence, level)
    gaps = _gaps(evidence, counts, level.scale)
    room = {-1: int(counts[0]), 1: int(counts[1] - counts[0])}
    shift = _least_shift(lambda shift: moved.verdict(shift) is not verdict, room, gaps)
    return _as_sentence(case.measurement, level, shift, moved.verdict(shift)) if shift else ""


@dataclass(frozen=True, slots=True)
class _Moved:
    """The evidence with another number of children at the level.

    `asked` are the comparisons that a rule reads: the first, and for a neutral figure England's.
    `before` is the year before, where the change of the year ends with the level itself;
    `as_it_is` the evidence field by field (`dataclasses.replace` would take it apart every time).
    """

    case: Case
    chart: Charted | None
    evidence: Evidence
    level: Value
    asked: tuple[Comparison, ...]
    before: Value | None
    as_it_is: dict[str, Any]

    @classmethod
    def of(cls, case: Case, chart: Charted | None, evidence: Evidence, level: Value) -> _Moved:
        first, is_neutral = evidence.first, not is_polarised(evidence)
        asked = tuple(
            c
            for c in evidence.comparisons
            if c is first or (is_neutral and c.comparator.area is Area.ENGLAND)
        )
        years = None if is_neutral else two_years(case.measurement)
        # The newest month of a snapshot is its level, but its years are means of month-ends.
        is_end = years is not None and years[1] is level
        before = years[0] if years and is_end else None
        as_it_is = {field.name: getattr(evidence, field.name) for field in fields(evidence)}
        return cls(case, chart, evidence, level, asked, before, as_it_is)

    def verdict(self, shift: int) -> Verdict:
        was = self.level
        level = Value(was.period, was.basis, was.numerator + shift, was.denominator, was.scale)
        return decide(Evidence(**(self.as_it_is | self._moved(level)))).verdict

    def _moved(self, level: Value) -> dict[str, Any]:
        """Give the fields that rules read and another level changes."""
        was, measurement, spread = self.evidence, self.case.measurement, self.case.spread
        bounds = self._bounds(level)
        good, first = was.good, was.first
        found: dict[str, Any] = {
            "comparisons": tuple(compare_again(c, level, good, bounds, spread) for c in self.asked),
        }
        if first is not None:
            found["usual_gaps"] = usual_gaps(level, first.comparator.value, spread)
        if good is Polarity.NEUTRAL:
            found["funnel_z"] = self._funnel_z(level)
            return found
        if self.before is not None:
            found["change"] = change_between(measurement, self.before, level, spread)
        if self.case.target is not None:
            limits = self.chart.chart if self.chart else None
            found["assurance"] = assure(measurement, level, self.case.target, limits)
        return found | self._against_standard(level, bounds[0])

    def _bounds(self, level: Value) -> Bounds:
        """Give both intervals; the wide one is needed where the narrow one excludes anything."""
        deff = self.case.measurement.design_effect
        narrow = interval_of(level, deff, Z_95)
        values = (c.comparator.value for c in self.asked)
        if narrow is None or all(narrow[0] <= value <= narrow[1] for value in values):
            return narrow, narrow
        return narrow, interval_of(level, deff, Z_998)

    def _funnel_z(self, level: Value) -> float | None:
        england = (c.comparator for c in self.asked if c.comparator.area is Area.ENGLAND)
        value = next((c.value for c in england), None)
        return funnel_z(level, value, self.case.measurement.design_effect, self.case.spread)

    def _against_standard(self, level: Value, narrow: Pair | None) -> dict[str, Any]:
        """Hold the newest month against its standard, where one of the two has moved."""
        was = self.evidence
        if not was.is_annual and was.held_against is not None:
            return {}
        month = narrow if was.is_annual else was.latest_interval
        standard = a_month_of(level) if was.held_against is None else was.held_against
        return {
            "latest_interval": month,
            "is_month_worse": is_month_apart(month, standard, was.good, is_good_side=False),
            "is_month_better": is_month_apart(month, standard, was.good, is_good_side=True),
        }


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
    would = f"It would be {VERDICT_WORDS[verdict]}"
    if level.scale == PERCENT:
        whole = f"{level.denominator:,.0f} {counted}"
        return f"{would} had {abs(shift):,} {more} of the {whole} met the condition."
    return f"{would} with {abs(shift):,} {more} {_counted(abs(shift), counted)}."


def _counted(number: int, counted: str) -> str:
    """Write what is counted for a number: 'child' and 'episode of need' for one."""
    if number != 1:
        return counted
    first, *rest = counted.split(" ")
    return " ".join((_ONE.get(first) or first.removesuffix("s"), *rest))
