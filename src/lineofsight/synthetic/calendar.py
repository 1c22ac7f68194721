"""Days as whole numbers, so that a hundred thousand dates are worked out at once.

A day is the count of days since 1 January 1970; FOREVER stands for a day that has not come.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from lineofsight.reference.periods import Month
from lineofsight.reference.working_days import FIRST_DAY, working_day_numbers

Days: TypeAlias = npt.NDArray[np.int64]
Numbers: TypeAlias = npt.NDArray[np.int64]
Truths: TypeAlias = npt.NDArray[np.bool_]
Texts: TypeAlias = npt.NDArray[np.str_]
Column: TypeAlias = npt.NDArray[Any]

FOREVER = 2**30
_EPOCH = date(1970, 1, 1)
_OFFSET = (_EPOCH - FIRST_DAY).days


def day_of(day: date) -> int:
    """Give the number of a date."""
    return (day - _EPOCH).days


def working_number(days: Days | int) -> Numbers:
    """Give the running number of working days up to and including each day."""
    return np.asarray(working_day_numbers()[np.asarray(days) + _OFFSET], dtype=np.int64)


def working_day(numbers: Numbers | int) -> Days:
    """Give the working day that carries each running number."""
    found = np.searchsorted(working_day_numbers(), np.asarray(numbers))
    return np.asarray(found, dtype=np.int64) - _OFFSET


def on_or_after_working(days: Days) -> Days:
    """Give the first working day on or after each day."""
    return working_day(working_number(days - 1) + 1)


def months_of(days: Days) -> Numbers:
    """Give the month index (`Month.index`) of each day."""
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return np.asarray(months + 1970 * 12)


def months_later(days: Days, months: int) -> Days:
    """Move each day by calendar months; the 29th to 31st may run into the next month."""
    stamps = days.astype("datetime64[D]")
    firsts = stamps.astype("datetime64[M]")
    into = (stamps - firsts.astype("datetime64[D]")).astype(np.int64)
    moved = (firsts + np.timedelta64(months, "M")).astype("datetime64[D]").astype(np.int64)
    return np.asarray(moved + into)


@dataclass(frozen=True, slots=True)
class Step:
    """One month of the simulation: its place in the paths, its days and working-day numbers."""

    position: int
    first: int
    last: int
    first_number: int
    last_number: int

    @classmethod
    def of(cls, position: int, month: int) -> Step:
        """Build the step of a month index."""
        first, last = day_of(Month(month).first_day), day_of(Month(month).last_day)
        first_number = int(working_number(first - 1)) + 1
        return cls(position, first, last, first_number, int(working_number(last)))
