"""Counting the newest month and twelve months of every group of every indicator, in one pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from lineofsight.indicators.indicator import Indicator, Rate
from lineofsight.journey.breakdowns import Breakdown
from lineofsight.measurement.coverage import Coverage
from lineofsight.measurement.dataset import sources, wanted_of
from lineofsight.measurement.dense import BREAKDOWN, Figures, figures
from lineofsight.measurement.grouped import Grouped, GroupedBy, GroupValues
from lineofsight.measurement.measure import Question, problem_of, spine
from lineofsight.measurement.measurement import Basis, Value
from lineofsight.measurement.statement import scans_of
from lineofsight.measurement.windows import MONTH, QUARTER, TWELVE_MONTHS, YEAR_TO_DATE, Window
from lineofsight.reference.periods import Month, Period
from lineofsight.warehouse.breakdowns import broken_down

_MONTHS = 12


def by_group(
    indicators: Sequence[Indicator], question: Question, breakdowns: Sequence[Breakdown]
) -> Mapping[str, Grouped]:
    """Divide indicators into groups, by identity; those that cannot be measured are left out.

    The question's engine is given the tables with their groups. Raises UsageFault where no record
    covers the month.
    """
    months = spine(question.journey, question.month)
    coverage = Coverage(question.journey, months)
    usable = [i for i in indicators if problem_of(i, question, coverage) is None]
    scans = scans_of(usable)
    frames, last_day = question.journey.frames, question.month.last_day
    groups = broken_down(frames, wanted_of(scans), breakdowns, last_day)
    for name, frame in groups.tables.items():
        question.engine.hold(name, frame)
    since = max(0, len(months) - _MONTHS)
    source_of = sources(breakdowns, months.start)
    counted = figures(usable, scans, question.engine, source_of, len(months), since)
    newest = months[since:]
    first = {i.id: max(0, (coverage.first_usable(i) or 0) - since) for i in usable}
    return {
        i.id: _Divided(i, counted[i.id], question, newest, first[i.id]).grouped(
            breakdowns, groups.words
        )
        for i in usable
    }


@dataclass(frozen=True)
class _Divided:
    """The newest months of one indicator; `first` is the position of the first that has records."""

    indicator: Indicator
    counted: Figures
    question: Question
    months: range
    first: int

    def grouped(
        self, breakdowns: Sequence[Breakdown], words: Mapping[str, Sequence[str]]
    ) -> Grouped:
        newest = len(self.months) - 1
        month, twelve = self._values(MONTH, newest), self._values(TWELVE_MONTHS, newest)
        return Grouped(
            tuple(self._by(breakdowns, words, month, twelve)),
            self._quarter(),
            self._values(YEAR_TO_DATE, newest).get(0),
        )

    def _by(
        self,
        breakdowns: Sequence[Breakdown],
        words: Mapping[str, Sequence[str]],
        month: Mapping[int, Value],
        twelve: Mapping[int, Value],
    ) -> Iterator[GroupedBy]:
        for number, one in enumerate(breakdowns, 1):
            keys = sorted(k for k in {*month, *twelve} if k // BREAKDOWN == number)
            found = [
                GroupValues(words[one.name][key % BREAKDOWN], month.get(key), twelve.get(key))
                for key in keys
            ]
            if found:
                yield GroupedBy(one.name, one.title, tuple(found))

    def _quarter(self) -> Value | None:
        """The newest quarter of which all months have records."""
        ends = np.flatnonzero(QUARTER.ends(self.months))
        last = int(ends[-1]) if len(ends) else -1
        return self._values(QUARTER, last).get(0) if last - 2 >= self.first else None

    def _values(self, window: Window, at: int) -> dict[int, Value]:
        """The values of the period that ends at a position, by the keys of their groups."""
        starts = np.maximum(window.starts(self.months), self.first)
        is_end = self.indicator.is_snapshot and (window.is_whole or window is MONTH)
        parts = self.counted.over(np.arange(len(self.months)) if is_end else starts)
        period = _period(Month(self.months[int(starts[at])]), Month(self.months[at]), is_end=is_end)
        basis = _basis(self.indicator, window, is_end=is_end)
        found = {}
        for row, key in enumerate(self.counted.keys):
            above, below = float(parts.numerator[row, at]), float(parts.denominator[row, at])
            if above or below or not key:
                number = None if parts.quantile is None else float(parts.quantile[row, at])
                found[int(key)] = self._value(period, basis, (above, below), number, int(key))
        return found

    def _value(
        self,
        period: Period,
        basis: Basis,
        parts: tuple[float, float],
        quantile: float | None,
        key: int,
    ) -> Value:
        above, below = parts
        given = None if quantile is None or np.isnan(quantile) else Decimal(repr(quantile))
        scale = self.indicator.scale
        if isinstance(self.indicator, Rate):
            return Value(period, basis, above, None if key else self._people(period, basis), scale)
        under = below if self.indicator.has_denominator else None
        return Value(period, basis, above, under, scale, given)

    def _people(self, period: Period, basis: Basis) -> float:
        assert self.question.population is not None
        times = period.months if basis is Basis.MEAN_OF_MONTH_ENDS else 1
        return float(self.question.population.estimate * times)


def _period(first: Month, last: Month, *, is_end: bool) -> Period:
    if is_end:
        return Period.month_end(last)
    span = last.index - first.index + 1
    return Period.month(last) if span == 1 else Period.twelve_months(last, span)


def _basis(indicator: Indicator, window: Window, *, is_end: bool) -> Basis:
    if indicator.is_snapshot:
        return Basis.MONTH_END if is_end else Basis.MEAN_OF_MONTH_ENDS
    return Basis.TWELVE_MONTHS if window is TWELVE_MONTHS else Basis.MONTH
