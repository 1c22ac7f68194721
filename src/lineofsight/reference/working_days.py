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
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

FIRST_DAY = date(1985, 1, 1)
LAST_DAY = date(2045, 12, 31)
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Calendar:
    """Every day the journey can hold with the integers it stores for it, each an array a day long.

    `date` is the day itself (datetime64), `day` its ordinal number, `working_day` the running
    count, `month` twelve a year and `month_day` 32 a month.
    """

    date: npt.NDArray[np.datetime64]
    day: npt.NDArray[np.int64]
    working_day: npt.NDArray[np.int64]
    month: npt.NDArray[np.int64]
    month_day: npt.NDArray[np.int64]


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

    return np.cumsum(np.is_busday(_days(), holidays=_holidays()), dtype=np.int32)


def _holidays() -> npt.NDArray[np.datetime64]:
    import numpy as np

    return np.array(sorted(bank_holidays()), dtype="datetime64[D]")


def _days() -> npt.NDArray[np.datetime64]:
    import numpy as np

    return np.datetime64(FIRST_DAY) + np.arange((LAST_DAY - FIRST_DAY).days + 1)


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

    due = working_days_after(np.array([start], "datetime64[D]"), working_days)
    found: list[date] = due.tolist()
    return found[0]


def working_days_after(
    starts: npt.NDArray[np.datetime64], working_days: int
) -> npt.NDArray[np.datetime64]:
    """The first days that lie `working_days` working days after each of `starts`; NaT stays NaT.

    A day after the end of the calendar is given too, as if no bank holiday followed.
    """
    import numpy as np

    return np.busday_offset(starts, working_days, roll="backward", holidays=_holidays())


@cache
def calendar() -> Calendar:
    """Every day the journey can hold, with its integers."""
    import numpy as np

    days = _days()
    months = days.astype("datetime64[M]")
    month = months.astype(np.int64) + 1970 * 12
    return Calendar(
        date=days,
        day=days.astype(np.int64) + _EPOCH_ORDINAL,
        working_day=working_day_numbers().astype(np.int64),
        month=month,
        month_day=month * 32 + (days - months).astype(np.int64) + 1,
    )
