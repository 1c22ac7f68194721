"""What a working day is: Monday to Friday, less England's bank holidays.

A duration in working days counts the days *after* the start day, so that a conference on the day
of the strategy discussion has taken 0. Every day has a number, the running count of working days
up to and including it, and a duration is the difference of two numbers. Council closure days stay
working days. The bank holidays are those GOV.UK published (one-off days included: 8 May 2020 was
moved from the 4th); they lie in `data/bank_holidays_england.csv`, extended by file, not by code.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

FIRST_DAY = date(1985, 1, 1)
LAST_DAY = date(2045, 12, 31)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day with the integers the journey stores for it."""

    day: date
    day_number: int
    working_day: int
    month: int
    month_day: int


@cache
def bank_holidays() -> frozenset[date]:
    """England's bank holidays, from the file that ships with the product."""
    path = files("lineofsight.reference") / "data" / "bank_holidays_england.csv"
    with path.open(encoding="utf-8") as lines:
        return frozenset(date.fromisoformat(row["date"]) for row in csv.DictReader(lines))


def is_working_day(day: date) -> bool:
    """Tell whether work is expected on a day: a weekday that is no bank holiday in England."""
    return day.weekday() < 5 and day not in bank_holidays()


@cache
def working_day_numbers() -> npt.NDArray[np.int32]:
    """Running count of working days, one entry a day from FIRST_DAY to LAST_DAY."""
    # Receiving a file needs the ends of the calendar, not its numbers, nor the library's load.
    import numpy as np

    days = [FIRST_DAY + timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1)]
    return np.cumsum([is_working_day(day) for day in days], dtype=np.int32)


def working_day_number(day: date) -> int:
    """Number of a day: how many working days lie from FIRST_DAY up to and including it."""
    return int(working_day_numbers()[(day - FIRST_DAY).days])


def working_days_between(start: date, end: date) -> int:
    """Working days after `start`, up to and including `end`; negative if `end` is earlier.

    >>> working_days_between(date(2020, 8, 28), date(2020, 8, 31))  # Friday to a bank holiday
    0
    >>> working_days_between(date(2020, 5, 7), date(2020, 5, 11))  # over 8 May 2020 and a weekend
    1
    """
    return working_day_number(end) - working_day_number(start)


def working_day_after(start: date, working_days: int) -> date:
    """The first day that lies `working_days` working days after `start`.

    >>> working_day_after(date(2020, 4, 9), 1)  # the Thursday before Easter
    datetime.date(2020, 4, 14)
    """
    import numpy as np

    numbers = working_day_numbers()
    position = np.searchsorted(numbers, working_day_number(start) + working_days)
    return FIRST_DAY + timedelta(days=int(position))


@cache
def calendar_days() -> tuple[CalendarDay, ...]:
    """Every day the journey can hold, with its integers: the calendar table."""
    numbers = working_day_numbers()
    return tuple(
        CalendarDay(
            day := FIRST_DAY + timedelta(days=position),
            day.toordinal(),
            int(number),
            day.year * 12 + day.month - 1,
            (day.year * 12 + day.month - 1) * 32 + day.day,
        )
        for position, number in enumerate(numbers)
    )
