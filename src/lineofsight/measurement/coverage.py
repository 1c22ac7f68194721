"""In which months a figure can be worked out: its records are there, with the fields it needs."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import numpy.typing as npt

from lineofsight.indicators.indicator import During, Indicator
from lineofsight.journey.clocks import records_behind
from lineofsight.reference.periods import Month
from lineofsight.warehouse.journey import Journey

Truths = npt.NDArray[np.bool_]


class Coverage:
    """Which months of a range have the records that indicators rest on.

    What was found of a table or a field is kept, as many indicators rest on the same.
    """

    def __init__(self, journey: Journey, months: range) -> None:
        self._journey = journey
        self._months = months
        self._delivered = cache(self._find_delivered)
        self._lacking = cache(self._find_lacking)

    def covered(self, indicator: Indicator) -> Truths:
        """Say for each month whether everything that the figure of the month needs is there."""
        reach = (isinstance(indicator.when, During), indicator.lookback_months)
        needed = records_behind(indicator.fields())
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
        days = (days_needed(is_flow, lookback, Month(index)) for index in self._months)
        return np.array([self._journey.covers(table, *span) for span in days])

    def _find_lacking(self, name: str, is_flow: bool, lookback: int) -> Truths:
        days = (days_needed(is_flow, lookback, Month(index)) for index in self._months)
        return np.array([self._journey.lacks(name, *span) for span in days])


def days_needed(is_flow: bool, lookback: int, month: Month) -> tuple[date, date]:
    """The first and last day for which records must be there, for the figure of a month."""
    if is_flow or lookback:
        return (month - lookback).first_day, month.last_day
    return month.last_day, month.last_day
