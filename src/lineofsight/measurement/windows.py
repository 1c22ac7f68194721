"""The periods a month belongs to, as the position at which each begins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
APRIL = 3  # a month's index counts from January


@dataclass(frozen=True, slots=True)
class Window:
    """A kind of period that ends with a month.

    `name` is what the tidy table calls it. `is_whole` says that it is given only in the month that
    completes it, and only where all its months are there.
    """

    name: str
    is_whole: bool = False

    def starts(self, months: range) -> Whole:
        """The position of the first month of the period that ends with each month.

        It is negative where the period begins before the first of the months.
        """
        index = np.arange(months.start, months.stop)
        back = {
            MONTH.name: np.zeros_like(index),
            TWELVE_MONTHS.name: np.full_like(index, 11),
            YEAR_TO_DATE.name: (index - APRIL) % 12,
            QUARTER.name: (index - APRIL) % 3,
            FINANCIAL_YEAR.name: (index - APRIL) % 12,
        }[self.name]
        starts: Whole = np.arange(len(months)) - back
        return starts

    def ends(self, months: range) -> npt.NDArray[np.bool_]:
        """Whether the period of this kind may end with each month."""
        since_april = (np.arange(months.start, months.stop) - APRIL) % 12
        if self.name == QUARTER.name:
            return np.asarray(since_april % 3 == 2)
        if self.name == FINANCIAL_YEAR.name:
            return np.asarray(since_april == 11)
        return np.ones(len(months), dtype=bool)


MONTH = Window("month")
TWELVE_MONTHS = Window("twelve months")
YEAR_TO_DATE = Window("year to date")
QUARTER = Window("quarter", is_whole=True)
FINANCIAL_YEAR = Window("financial year", is_whole=True)
WINDOWS = (MONTH, TWELVE_MONTHS, YEAR_TO_DATE, QUARTER, FINANCIAL_YEAR)
