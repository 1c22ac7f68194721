"""From columns of numbers to the frames of lives: dates, moments, blanks and identifiers."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl

from lineofsight.synthetic.calendar import FOREVER, Column, Numbers

APPOINTED = ("booked_for_on", "actions_due_on")  # days that are known before they come


def frame(columns: Mapping[str, Column]) -> pl.DataFrame:
    """Build a frame: a column ending in `_on` holds days, one ending in `_at` minutes, both
    since 1970; FOREVER and the empty text become blanks.
    """
    return pl.DataFrame([_series(name, values) for name, values in columns.items()])


def _series(name: str, values: Column) -> pl.Series:
    if name.endswith("_on"):
        days = pl.Series(name, np.ascontiguousarray(values))
        return days.set(days >= FOREVER, None).cast(pl.Int32).cast(pl.Date)
    if name.endswith("_at"):
        minutes = pl.Series(name, np.ascontiguousarray(values))
        return (minutes.set(minutes >= FOREVER, None) * 60_000_000).cast(pl.Datetime("us"))
    if values.dtype.kind == "U":
        texts = pl.Series(name, values.tolist(), dtype=pl.String)
        return texts.replace({"": None})
    return pl.Series(name, np.ascontiguousarray(values))


def numbered(columns: Mapping[str, Column], name: str) -> dict[str, Column]:
    """Put an identifier in front: the row number, from 1."""
    length = len(next(iter(columns.values())))
    return {name: np.arange(1, length + 1), **columns}


def identified(rows: Numbers) -> Numbers:
    """Turn the row number of another table into its identifier."""
    return rows + 1


def until_known(columns: Mapping[str, Column], as_at: int) -> dict[str, Column]:
    """Blank whatever lies after the end of the history: nobody knows it yet, but an appointment."""
    last = {"_on": as_at, "_at": (as_at + 1) * 1440 - 1}
    return {
        name: np.where(values > last[name[-3:]], FOREVER, values)
        if name[-3:] in last and name not in APPOINTED
        else values
        for name, values in columns.items()
    }
