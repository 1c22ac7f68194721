"""Birthdays and ages, from the column 'born_on'."""

from __future__ import annotations

from datetime import date

import polars as pl


def birthday(age: int) -> pl.Expr:
    """Give the day on which a child turns so old; born on 29 February it may be 1 March."""
    born = pl.col("born_on")
    first_of_month = pl.date(born.dt.year() + age, born.dt.month(), 1)
    return (first_of_month + pl.duration(days=born.dt.day().cast(pl.Int64) - 1)).cast(pl.Date)


def age_on(day: date) -> pl.Expr:
    """Give the age in whole years on a day."""
    born = pl.col("born_on")
    is_to_come = (born.dt.month() * 32).cast(pl.Int32) + born.dt.day() > day.month * 32 + day.day
    return day.year - born.dt.year() - is_to_come.cast(pl.Int32)
