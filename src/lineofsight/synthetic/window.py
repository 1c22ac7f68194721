"""The days a delivery covers, and which rows of lives fall into them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from lineofsight.synthetic.calendar import Days, day_of, months_later

_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Window:
    """The days a delivery covers; the lists are made on the last of them."""

    first: date
    last: date

    def months_ago(self, months: int) -> date:
        """The day so many calendar months before the last."""
        return date.fromordinal(int(months_later(_days(self.last), -months)[0]) + _EPOCH)

    def holds(self, *days: str) -> pl.Expr:
        """Whether any of these days lies in the window."""
        return pl.any_horizontal(
            pl.col(day).is_between(self.first, self.last).fill_null(False) for day in days
        )

    def spans(self, start: str, end: str) -> pl.Expr:
        """Whether a span was open or ended in the window."""
        return (pl.col(start) <= self.last) & (pl.col(end).is_null() | (pl.col(end) >= self.first))


def _days(day: date) -> Days:
    return np.array([day_of(day)])
