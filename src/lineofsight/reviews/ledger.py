"""Opening, plus starts, less ends, is closing: month by month, and group by group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from lineofsight.journey.breakdowns import NOT_RECORDED
from lineofsight.reference.periods import Month
from lineofsight.warehouse.breakdowns import AGES, UNBORN

AGE = "Age"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the ledger: a month, or a group over several months.

    `moved` are those who passed into the group less those who passed out of it, as birthdays pass;
    opening + starts - ends + moved = closing, always.
    """

    name: str
    opening: int
    starts: int
    ends: int
    closing: int
    moved: int = 0


def open_at(spans: pl.DataFrame, month: Month) -> pl.DataFrame:
    """The spans open at the end of a month: one that ends on its last day is closed."""
    is_open = (pl.col("start") <= month.index) & (
        pl.col("end").is_null() | (pl.col("end") > month.index)
    )
    return spans.filter(is_open)


def by_month(spans: pl.DataFrame, months: Sequence[Month]) -> tuple[Entry, ...]:
    """The ledger of months, each counted by itself and not from the one before."""
    return tuple(_entry(month.name, spans, month, month) for month in months)


def by_group(spans: pl.DataFrame, column: str, first: Month, last: Month) -> tuple[Entry, ...]:
    """The ledger of the months from `first` to `last`, a line a group that stays as it is."""
    groups = sorted(spans[column].unique().to_list(), key=lambda name: (name == NOT_RECORDED, name))
    found = (_entry(name, spans.filter(pl.col(column) == name), first, last) for name in groups)
    return tuple(one for one in found if one.opening or one.closing or one.starts)


def by_age(spans: pl.DataFrame, first: Month, last: Month) -> tuple[Entry, ...]:
    """The ledger by age on the day: at both month-ends, at the start, at the end."""
    before, after = (first - 1), last
    counts = [
        _ages(open_at(spans, before), pl.lit(before.last_day)),
        _ages(_within(spans, "start", first, last), pl.col("start_on")),
        _ages(_within(spans, "end", first, last), pl.col("end_on")),
        _ages(open_at(spans, after), pl.lit(after.last_day)),
    ]
    names = (UNBORN, *(name for _, name in AGES), NOT_RECORDED)
    found = (Entry(name, *(count.get(name, 0) for count in counts)) for name in names)
    moved = (
        Entry(e.name, e.opening, e.starts, e.ends, e.closing,
              e.closing - e.opening - e.starts + e.ends)
        for e in found
    )  # fmt: skip
    return tuple(e for e in moved if e.opening or e.starts or e.ends or e.closing)


def _entry(name: str, spans: pl.DataFrame, first: Month, last: Month) -> Entry:
    return Entry(
        name,
        open_at(spans, first - 1).height,
        _within(spans, "start", first, last).height,
        _within(spans, "end", first, last).height,
        open_at(spans, last).height,
    )


def _within(spans: pl.DataFrame, column: str, first: Month, last: Month) -> pl.DataFrame:
    return spans.filter(pl.col(column).is_between(first.index, last.index))


def _ages(rows: pl.DataFrame, on: pl.Expr) -> dict[str, int]:
    years = age_on(on)
    word: Any = pl.when(years < 0).then(pl.lit(UNBORN))
    for least, name in reversed(AGES):
        word = word.when(years >= least).then(pl.lit(name))
    told = rows.select(word.otherwise(pl.lit(NOT_RECORDED)).alias("age")).to_series()
    return dict(told.value_counts().iter_rows())


def age_on(on: pl.Expr) -> pl.Expr:
    """Whole years of age on a day; below zero for a child yet to be born."""
    born = pl.col("born_on")
    had_birthday = (on.dt.month() * 32 + on.dt.day()) >= (born.dt.month() * 32 + born.dt.day())
    return on.dt.year() - born.dt.year() - (~had_birthday).cast(pl.Int32)


def ends_by(
    spans: pl.DataFrame, column: str, since: Month, last: Month
) -> tuple[tuple[str, int, int], ...]:
    """Ends by what is recorded with them: from `since` to `last`, and in as many months before."""
    length = last.index - since.index + 1
    now = _within(spans, "end", since, last)[column].value_counts()
    then = _within(spans, "end", since - length, since - 1)[column].value_counts()
    counts = [dict(found.iter_rows()) for found in (now, then)]
    names = sorted({*counts[0], *counts[1]}, key=lambda name: -counts[0].get(name, 0))
    return tuple((name, counts[0].get(name, 0), counts[1].get(name, 0)) for name in names)
