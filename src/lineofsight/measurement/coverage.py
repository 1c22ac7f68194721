"""In which months a figure can be worked out: its records are there, with the fields it needs."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import numpy.typing as npt

from lineofsight.indicators.indicator import During, Indicator
from lineofsight.journey.clocks import columns_demanded
from lineofsight.reference.periods import MONTH_END, Closing, Month
from lineofsight.warehouse.journey import Journey

Truths = npt.NDArray[np.bool_]


class Coverage:
    """Which months of a range have the records that indicators rest on.

    What was found of a table or a field is kept, as many indicators rest on the same.
    """

    def __init__(self, journey: Journey, months: range, closing: Closing = MONTH_END) -> None:
        self._journey = journey
        self._months = months
        self._closing = closing
        self._delivered = cache(self._find_delivered)
        self._lacking = cache(self._find_lacking)

    def days_needed(self, indicator: Indicator, month: Month) -> tuple[date, date]:
        """The first and last day for which records must be there, for the figure of a month."""
        is_flow = isinstance(indicator.when, During)
        return _days_needed(is_flow, indicator.lookback_months, month, self._closing)

    def covered(self, indicator: Indicator) -> Truths:
        """Say for each month whether everything that the figure of the month needs is there."""
        reach = (isinstance(indicator.when, During), indicator.lookback_months)
        needed = columns_demanded(indicator.fields())
        found = np.ones(len(self._months), dtype=bool)
        for table in {name.split(".")[0] for name in needed}:
            found &= self._delivered(table, *reach)
        for name in needed & self._journey.lacking.keys():
            found &= ~self._lacking(name, *reach)
        return found

    def first_usable(self, indicator: Indicator) -> int | None:
        """The position from which on all months are covered; None where the last one is not."""
        covered = self.covered(indicator)
        if not covered[-1]:
            return None
        gaps = np.flatnonzero(~covered)
        return int(gaps[-1]) + 1 if len(gaps) else 0

    def _find_delivered(self, table: str, is_flow: bool, lookback: int) -> Truths:
        return np.array([self._journey.covers(table, *s) for s in self._spans(is_flow, lookback)])

    def _find_lacking(self, name: str, is_flow: bool, lookback: int) -> Truths:
        return np.array([self._journey.lacks(name, *s) for s in self._spans(is_flow, lookback)])

    def _spans(self, is_flow: bool, lookback: int) -> list[tuple[date, date]]:
        months = (Month(index) for index in self._months)
        return [_days_needed(is_flow, lookback, month, self._closing) for month in months]


def _days_needed(is_flow: bool, lookback: int, month: Month, closing: Closing) -> tuple[date, date]:
    last_day = closing.last_day(month)
    if is_flow or lookback:
        return closing.first_day(month - lookback), last_day
    return last_day, last_day
