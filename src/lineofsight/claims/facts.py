"""The facts that statements are held against: one authority's figures up to one month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from lineofsight.claims.spans import Span, SpanKind
from lineofsight.comparators.comparator import Area, Comparator
from lineofsight.judgement.finding import Finding
from lineofsight.measurement.measurement import Basis, Described, Measurement, Value
from lineofsight.overview.figures import comparator_text, detail_of, level_text
from lineofsight.reference.periods import Month, Period

_YEAR = 12
_AREA_WORDS = {
    Area.STATISTICAL_NEIGHBOURS: "the statistical neighbours'",
    Area.REGION: "the region's",
    Area.ENGLAND: "England's",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure as a fact: its exact value, the span it is of, and its value as measured."""

    measurement: Measurement
    span: Span
    value: Value
    exact: Decimal

    @property
    def is_mean(self) -> bool:
        return self.value.basis is Basis.MEAN_OF_MONTH_ENDS

    @property
    def text(self) -> str:
        """'73%', '82 per 10,000'."""
        return level_text(self.measurement, self.exact)

    @property
    def words(self) -> str:
        """'73% in August 2020 (44 of 60 children)'; of a count '488 children in August 2020'."""
        if self.value.denominator is None and self.value.given is None:
            return f"{detail_of(self.measurement, self.value)} {self.when}"
        return f"{self.text} {self.when} ({detail_of(self.measurement, self.value)})"

    @property
    def when(self) -> str:
        if self.is_mean and self.span.months > 1:
            return f"as the mean of the month-ends of {self.span.words}"
        if self.span.months > 1:
            return f"over {self.span.words}"
        return f"{'at the end of' if self.measurement.indicator.is_snapshot else 'in'} " + (
            self.span.words
        )


@dataclass(frozen=True)
class Facts:
    """Findings of one month, and published figures of all years that may be spoken of.

    `findings` are by indicator; `comparators` hold every year, in any order. `own_names` are what
    the authority is called, `region` is the name of its region.
    """

    findings: dict[str, Finding]
    comparators: dict[tuple[str, Area], tuple[Comparator, ...]]
    month: Month
    own_names: tuple[str, ...]
    region: str

    @property
    def indicators(self) -> tuple[Described, ...]:
        return tuple(finding.measurement.indicator for finding in self.findings.values())

    def reading(self, indicator_id: str, span: Span) -> Reading | None:
        """Give a figure for a span of months; None where the records do not hold all of it."""
        measurement = self.findings[indicator_id].measurement
        value = measurement.at(span.last)
        if span.months > 1 and span.kind is not SpanKind.SINCE:
            value = _rolling(measurement, span) or _together(measurement, span)
        if value is None or value.exact is None:
            return None
        return Reading(measurement, span, value, value.exact)

    def monthly(self, indicator_id: str, last: Month, count: int) -> tuple[Reading, ...]:
        """Give the readings of `count` months up to `last`, oldest first, those that there are."""
        months = (last - back for back in reversed(range(count)))
        found = (self.reading(indicator_id, Span(m, m, SpanKind.MONTH)) for m in months)
        return tuple(one for one in found if one is not None)

    def compared(self, indicator_id: str, area: Area) -> tuple[Comparator, ...]:
        """Give the published figures of an area: the one the paper uses, then newest first."""
        comparisons = self.findings[indicator_id].evidence.comparisons
        used = [c.comparator for c in comparisons if c.comparator.area is area]
        others = self.comparators.get((indicator_id, area), ())
        newest = sorted(others, key=lambda one: one.period_ends_on, reverse=True)
        return tuple(dict.fromkeys((*used, *newest)))

    def compared_words(self, comparator: Comparator) -> str:
        """'England's 79% (year to 31 March 2019)'."""
        measurement = self.findings[comparator.indicator].measurement
        said = comparator_text(measurement, comparator)
        return f"{_AREA_WORDS[comparator.area]} {said} ({comparator.period})"


def gather(
    findings: Sequence[Finding],
    comparators: Iterable[Comparator],
    month: Month,
    own_names: tuple[str, ...],
    region: str,
) -> Facts:
    """Put together what statements are held against; what could not be measured is left out."""
    by_area: dict[tuple[str, Area], tuple[Comparator, ...]] = {}
    for one in comparators:
        key = one.indicator, one.area
        by_area[key] = (*by_area.get(key, ()), one)
    return Facts({f.indicator_id: f for f in findings}, by_area, month, own_names, region)


def _rolling(measurement: Measurement, span: Span) -> Value | None:
    if span.months != _YEAR:
        return None
    ends = span.last.last_day
    value = next((v for v in measurement.rolling if v.period.last_day == ends), None)
    # Where records begin later, it is of fewer months.
    return value if value is not None and value.period.months == span.months else None


def _together(measurement: Measurement, span: Span) -> Value | None:
    """Take months together; None where one is missing or the figure cannot be added up."""
    months = [measurement.at(span.first + n) for n in range(span.months)]
    known = [value for value in months if value is not None]
    if len(known) < span.months or not _adds_up(measurement):
        return None
    return _summed(measurement, known, span)


def _adds_up(measurement: Measurement) -> bool:
    """Tell whether twelve months are the sum of their months; a child counted once is not."""
    rolling, newest = measurement.latest_rolling, measurement.series[-_YEAR:]
    if rolling is None or rolling.given is not None:
        return False
    return rolling.numerator == sum(value.numerator for value in newest)


def _summed(measurement: Measurement, months: Sequence[Value], span: Span) -> Value:
    is_snapshot = measurement.indicator.is_snapshot
    below = [value.denominator for value in months if value.denominator is not None]
    is_flow_rate = measurement.indicator.unit == " per 10,000" and not is_snapshot
    return replace(
        months[-1],
        period=Period.twelve_months(span.last, span.months),
        basis=Basis.MEAN_OF_MONTH_ENDS if is_snapshot else Basis.TWELVE_MONTHS,
        numerator=sum(value.numerator for value in months),
        denominator=(below[-1] if is_flow_rate else sum(below)) if below else None,
    )


def earlier_readings(facts: Facts, indicator_id: str, back: int) -> Iterator[Reading]:
    """Give earlier months, newest first, each with the twelve months that end with it."""
    for step in range(back):
        month = facts.month - step
        for first in (month, month - (_YEAR - 1)):
            kind = SpanKind.MONTH if first == month else SpanKind.MONTHS
            found = facts.reading(indicator_id, Span(first, month, kind))
            if found is not None:
                yield found
