"""Lays lives out as rows of a journey table: its fields, in its order and its types."""

from __future__ import annotations

import polars as pl

from lineofsight.journey.fields import Events
from lineofsight.journey.tables import WHEN
from lineofsight.returns.rows import laid_out
from lineofsight.synthetic.window import Window

SEX = {"1": "M", "2": "F", "0": "U"}


def rows_of(events: type[Events], frame: pl.DataFrame, **fields: pl.Expr) -> pl.DataFrame:
    """Give the fields of a table without clocks, from `fields` or the column of the same name.

    What neither has is blank, and a flag that is blank is no: as a reader stores it.
    """
    return laid_out(frame.with_columns(**fields), events)


def inside(table: str, rows: pl.DataFrame, window: Window) -> pl.DataFrame:
    """Keep the events of a window, and the spans that were open or ended in it."""
    if table not in WHEN:
        return rows
    start, *end = (pl.col(name).cast(pl.Date) for name in WHEN[table])
    if not end:
        return rows.filter(start.is_between(window.first, window.last))
    is_over = (end[0] < window.first).fill_null(False)
    return rows.filter((start <= window.last) & ~is_over)
