"""The facts a finished paper may show of one indicator, taken from its finding."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from lineofsight.judgement.finding import Evidence, Finding
from lineofsight.judgement.level import a_month_of
from lineofsight.measurement.measurement import Basis, Value
from lineofsight.overview.figures import Frame
from lineofsight.reference.periods import Month

_HUNDRED = Decimal(100)
_WHOLE = re.compile(r"(?<![\w.,])\d+(?![\w,]|\.\d)")


@dataclass(frozen=True, slots=True)
class Shown:
    """Facts unrounded: `values` in the unit of the indicator, `counts` of rows, months and gaps.

    `dated` are the values by the month they end in, and `together` that of the twelve months: a
    number with such words after it must be that one.
    """

    values: frozenset[Decimal]
    counts: frozenset[Decimal]
    dated: Mapping[Month, Decimal] = field(default_factory=dict)
    together: Decimal | None = None

    def with_counts(self, more: frozenset[Decimal]) -> Shown:
        """The same facts and these counts."""
        return replace(self, counts=self.counts | more)


def facts_of_figure(finding: Finding, value: Value | None) -> Shown:
    """Give the facts of one figure: its value, and what it was made of."""
    population = finding.measurement.population
    counts = [] if value is None else [*_parts(value)]
    if population is not None:
        counts.append(Decimal(population.estimate))
    exact = [] if value is None or value.exact is None else [value.exact]
    return Shown(frozenset(exact), frozenset(counts))


def facts_of(finding: Finding, frame: Frame) -> Shown:
    """Give the facts that sentences on a finding may use: its two figures and its evidence."""
    pair = [facts_of_figure(finding, value) for value in frame.pair(finding.measurement)]
    evidence = finding.evidence
    values = {*itertools.chain.from_iterable(one.values for one in pair), *_values(evidence)}
    counts = {*itertools.chain.from_iterable(one.counts for one in pair), *_counts(finding)}
    level = finding.measurement.level
    if level is not None:
        values |= {value for value in (level.exact, a_month_of(level)) if value is not None}
        counts |= set(_parts(level))
    values |= {
        value.exact
        for limit in finding.measurement.at_limits
        for value in (*limit.rolling[-1:], *limit.series[-1:])
        if value.exact is not None
    }
    series = finding.measurement.series
    dated = {Month.of(v.period.last_day): v.exact for v in series if v.exact is not None}
    rolling = None if frame.month is None else frame.pair(finding.measurement)[1]
    together = None if rolling is None else rolling.exact
    return Shown(frozenset(values), frozenset(counts), dated, together)


def facts_of_chart(finding: Finding, frame: Frame, periods: int) -> Shown:
    """Give the facts that a chart's words may use: ends, extremes and lines of what is drawn."""
    drawn = [v.exact for v in finding.measurement.series[-periods:] if v.exact is not None]
    ends = {drawn[0], drawn[-1], min(drawn), max(drawn)} if drawn else set()
    shown = facts_of(finding, frame)
    limits = finding.evidence.variation.limits
    centre = _finite(limits.centre[-1:]) if limits is not None else ()
    return replace(
        shown,
        values=shown.values | ends | set(centre),
        counts=shown.counts | {Decimal(periods)},
    )


def _parts(value: Value) -> Iterator[Decimal]:
    """Numerator and denominator; of a mean of month-ends those of one month-end."""
    months = value.period.months if value.basis is Basis.MEAN_OF_MONTH_ENDS else 1
    for part in (value.numerator, value.denominator):
        if part is not None and math.isfinite(part):
            yield Decimal(repr(part)) / months
    yield Decimal(value.period.months)


def _values(evidence: Evidence) -> Iterator[Decimal]:
    change, limits = evidence.change, evidence.variation.limits
    compared = [one.comparator for one in evidence.comparisons]
    target = () if evidence.target is None else (evidence.target.value,)
    changed = () if change is None else (
        change.before, change.after, change.difference, change.lower, change.upper
    )  # fmt: skip
    pairs = (evidence.interval, evidence.interval_wide, evidence.latest_interval)
    usual = () if limits is None else _finite((*limits.lower[-1:], *limits.upper[-1:]))
    found: Iterable[Decimal | None] = (
        *(evidence.level, evidence.latest, evidence.held_against, *target, *changed),
        *(one.value for one in compared),
        *(one.median for one in compared),
        *(bound for pair in pairs if pair is not None for bound in pair),
        # What limits allow is cut at nothing and at all.
        *(usual and (*usual, Decimal(0), _HUNDRED)),
    )
    yield from (value for value in found if value is not None)


def _counts(finding: Finding) -> Iterator[Decimal]:
    evidence = finding.evidence
    numbers: Iterable[float | None] = (
        *(evidence.children_behind_gap, evidence.usual_gaps, evidence.funnel_z),
        *(evidence.months_held, evidence.months_agreeing, evidence.months_looked_at),
        *(evidence.points, *(one.age_months for one in evidence.comparisons)),
        *(one.comparator.members for one in evidence.comparisons),
        *(number for check in finding.stability for number in (check.tried, check.same)),
        *_run(finding),
        # '14 working days' names another limit that the figure was counted at.
        *(int(n) for limit in finding.measurement.at_limits for n in _WHOLE.findall(limit.words)),
    )
    yield from (Decimal(repr(number)) for number in numbers if number is not None)
    # What would turn the verdict was found by asking the rules again; the number is a result.
    yield from map(Decimal, _WHOLE.findall(finding.would_change))


def _run(finding: Finding) -> Sequence[float]:
    """How many children there were before the newest run of rises or falls, and how long it is."""
    counts = [value.numerator for value in finding.measurement.series]
    if len(counts) < 2 or not finding.measurement.indicator.is_snapshot:
        return ()
    start = len(counts) - 1
    is_up = counts[-1] > counts[-2]
    while (
        start
        and counts[start] != counts[start - 1]
        and ((counts[start] > counts[start - 1]) is is_up)
    ):
        start -= 1
    return (counts[start], len(counts) - 1 - start)


def _finite(bounds: Sequence[float]) -> tuple[Decimal, ...]:
    return tuple(Decimal(repr(bound)) for bound in bounds if math.isfinite(bound))
