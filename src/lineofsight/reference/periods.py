"""Months, years and the spans of them that figures speak of."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import total_ordering

from lineofsight.errors import Fault, UsageFault

_MONTH = re.compile(r"(\d{4})-(\d{2})")


@total_ordering
@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month.

    `index` counts months since the year 0, so that months subtract: it is the integer that the
    journey stores beside every date (`held_on_month`).
    """

    index: int

    @classmethod
    def of(cls, day: date) -> Month:
        """Give the month a day lies in."""
        return cls(day.year * 12 + day.month - 1)

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read '2020-08'; raises UsageFault for anything else."""
        found = _MONTH.fullmatch(text.strip())
        if not found or not 1 <= int(found[2]) <= 12:
            raise UsageFault(
                Fault(
                    f"'{text}' is not a month.",
                    "It was given where a month is expected.",
                    "Write the year and the month with a hyphen, for example 2020-08.",
                )
            )
        return cls(int(found[1]) * 12 + int(found[2]) - 1)

    @property
    def year(self) -> int:
        return self.index // 12

    @property
    def number(self) -> int:
        """The month of the year, 1 to 12."""
        return self.index % 12 + 1

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        return (self + 1).first_day - timedelta(days=1)

    @property
    def name(self) -> str:
        """'August 2020'."""
        return f"{calendar.month_name[self.number]} {self.year}"

    @property
    def short_name(self) -> str:
        """'Aug 2020'."""
        return f"{calendar.month_abbr[self.number]} {self.year}"

    def __add__(self, months: int) -> Month:
        return Month(self.index + months)

    def __sub__(self, months: int) -> Month:
        return Month(self.index - months)

    def __lt__(self, other: Month) -> bool:
        return self.index < other.index

    def __str__(self) -> str:
        """'2020-08'."""
        return f"{self.year:04d}-{self.number:02d}"


@dataclass(frozen=True, slots=True)
class Closing:
    """The day of the month on which months are closed: 31 is their end.

    Closed on the 17th, August begins on 18 July; in a shorter month the last day closes it. It is
    how a figure is given as at any day: all months before are closed on the same day.
    """

    day: int = 31

    def first_day(self, month: Month) -> date:
        """The first day that counts in a month."""
        return self.last_day(month - 1) + timedelta(days=1)

    def last_day(self, month: Month) -> date:
        """The last day that counts in a month."""
        return month.first_day.replace(day=min(self.day, month.last_day.day))


MONTH_END = Closing()


@dataclass(frozen=True, slots=True)
class Period:
    """A span of whole days, with the words a reader is shown for it.

    `months` is how many months were counted in it: a twelve-month figure of records that
    begin ten months ago says 10.
    """

    first_day: date
    last_day: date
    label: str
    months: int

    @classmethod
    def month(cls, month: Month) -> Period:
        """The whole of one month: 'August 2020'."""
        return cls(month.first_day, month.last_day, month.name, 1)

    @classmethod
    def month_end(cls, month: Month) -> Period:
        """The last day of one month: '31 August 2020'."""
        return cls(month.last_day, month.last_day, day_name(month.last_day), 1)

    @classmethod
    def twelve_months(cls, last: Month, months: int = 12) -> Period:
        """The twelve months that end with `last`: 'September 2019 to August 2020'."""
        first = last - (months - 1)
        return cls(first.first_day, last.last_day, f"{first.name} to {last.name}", months)

    @classmethod
    def census_year(cls, year: int) -> Period:
        """The year that ends on 31 March of `year`: 'year to 31 March 2020'."""
        label = f"year to 31 March {year}"
        return cls(date(year - 1, 4, 1), date(year, 3, 31), label, 12)

    @classmethod
    def census_day(cls, year: int) -> Period:
        """31 March of `year`."""
        return cls(date(year, 3, 31), date(year, 3, 31), f"31 March {year}", 1)


def day_name(day: date) -> str:
    """Write a day as the paper does: '31 August 2020'."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"
