"""Works out, from the lists themselves, which days a delivery seems to cover: a suggestion only.

Ages with a fraction are days since birth over 365.25, so date of birth and age together give the
day on which the lists were made; the earliest contact or referral gives the first day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from lineofsight.reference.periods import day_name
from lineofsight.returns.annex_a_layout import AGE
from lineofsight.returns.reading import ROW, SheetCells
from lineofsight.returns.rows import SheetRows

_DAYS_IN_A_YEAR = 365.25
_FIRST_EVENTS = (("contacts", "contacted_on"), ("referrals", "referred_on"))


def window_hint(taken: Sequence[SheetRows], cells: Mapping[str, SheetCells]) -> str:
    """Say in a sentence which options the lists suggest; empty if they suggest nothing."""
    made_on, first = day_of_lists(taken, cells), first_event(taken)
    if made_on is None or first is None or first > made_on:
        return ""
    return (
        f"The ages in the lists were worked out on about {day_name(made_on)} and the earliest "
        f"contact or referral is of {day_name(first)}, which suggests "
        f"--from {first} --to {made_on} --as-at {made_on}."
    )


def first_event(taken: Sequence[SheetRows]) -> date | None:
    """The earliest contact or referral in the lists."""
    frames = [
        rows.frames[table][field].rename("day")
        for rows in taken
        for table, field in _FIRST_EVENTS
        if table in rows.frames
    ]
    return pl.concat(frames).min() if frames else None  # type: ignore[return-value]


def day_of_lists(taken: Sequence[SheetRows], cells: Mapping[str, SheetCells]) -> date | None:
    """The day on which most ages were worked out, from the ages that have a fraction."""
    days = [_days(rows, cells[rows.sheet]) for rows in taken]
    every = pl.concat([pl.Series("day", [], pl.Date), *days])
    commonest = every.value_counts(sort=True)
    return commonest["day"][0] if commonest.height else None


def _days(rows: SheetRows, cells: SheetCells) -> pl.Series:
    column = rows.header.cell_column(AGE)
    if column is None or rows.described is None or "born_on" not in rows.described.columns:
        return pl.Series("day", [], pl.Date)
    ages = cells.rows.select(ROW, pl.col(column).cast(pl.Float64, strict=False).alias("age"))
    known = rows.described.join(ages, on=ROW).drop_nulls(["born_on", "age"])
    days_old = (pl.col("age") * _DAYS_IN_A_YEAR).round().cast(pl.Int64)
    return known.filter(pl.col("age") % 1 != 0).select(
        (pl.col("born_on") + pl.duration(days=days_old)).cast(pl.Date).alias("day")
    )["day"]
