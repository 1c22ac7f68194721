"""Waits: one row for each child and clock that began, with what it ended in and after how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from lineofsight.reference.periods import Month
from lineofsight.reference.working_days import FIRST_DAY, working_day_number, working_day_numbers

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]

# What a wait has come to.
WAITING, REACHED, ENDED = 0, 1, 2
NOTHING_ASIDE = pl.DataFrame(
    schema={"reason": pl.String(), "reached_on": pl.Date(), "days": pl.Int64()}
)


@dataclass(frozen=True)
class Waits:
    """Waits of a clock as known on a day.

    `rows` has child_id, family_id (never blank: a child without a known family is its own), team,
    started_on, start_month, start_number (of the working day), outcome, days (working days to the
    outcome, or to the day the records describe) and, for a clock with stages, `cut_0`, `cut_1` and
    so on: working days from the start to the end of each stage but the last, blank where that is
    not recorded. `aside` are ends in the published figure whose wait is not followed here: reason,
    reached_on, and days as the figure counts them (blank where it cannot).
    """

    rows: pl.DataFrame
    as_at: date
    aside: pl.DataFrame
    remarks: tuple[str, ...] = ()

    @property
    def outcome(self) -> Ints:
        return self.rows["outcome"].to_numpy()

    @property
    def days(self) -> Ints:
        return self.rows["days"].to_numpy()

    @cached_property
    def family(self) -> Ints:
        """A number for each family."""
        return self.rows["family_id"].rank("dense").cast(pl.Int64).to_numpy() - 1

    def begun(self, months: Sequence[Month]) -> Waits:
        """The waits that began in some months, which follow one another."""
        inside = pl.col("start_month").is_between(months[0].index, months[-1].index)
        return Waits(self.rows.filter(inside), self.as_at, self.aside, self.remarks)

    def of_families(self) -> Waits:
        """One wait for each family and first day: the first of the siblings stands for it."""
        once = self.rows.unique(["family_id", "started_on"], keep="first", maintain_order=True)
        return Waits(once, self.as_at, self.aside, self.remarks)


def number_of(day: pl.Expr) -> pl.Expr:
    """The number of the working day of a date, the running count of `reference.working_days`."""
    numbers = pl.lit(pl.Series(working_day_numbers().astype(np.int64)))
    since = day.cast(pl.Int32).cast(pl.Int64) - (FIRST_DAY - date(1970, 1, 1)).days
    return numbers.gather(since)


def waits_from(
    rows: pl.DataFrame,
    as_at: date,
    cuts: Sequence[str] = (),
    aside: pl.DataFrame | None = None,
    remarks: Sequence[str] = (),
) -> Waits:
    """Make waits of rows with child_id, family_id, team, started_on, reached_on and ended_on.

    What lies after `as_at` is not known yet: later starts are left out, later ends are blank.
    `cuts` names the columns of the dates at which all stages but the last end.
    """
    dates = ("reached_on", "ended_on", *cuts)
    known = rows.filter(pl.col("started_on") <= as_at).with_columns(
        pl.when(pl.col(name) <= as_at).then(name).alias(name) for name in dates
    )
    reached, ended = pl.col("reached_on"), pl.col("ended_on")
    outcome = (
        pl.when(reached.is_not_null()).then(REACHED)
        .when(ended.is_not_null()).then(ENDED)
        .otherwise(WAITING)
    )  # fmt: skip
    start = number_of(pl.col("started_on"))
    last = number_of(pl.coalesce(reached, ended)).fill_null(working_day_number(as_at))
    found = known.with_columns(
        pl.col("family_id").fill_null(pl.format("child {}", "child_id")),
        outcome.cast(pl.Int64).alias("outcome"),
        (last - start).alias("days"),
        start.alias("start_number"),
        _month(pl.col("started_on")).alias("start_month"),
        *((number_of(pl.col(n)) - start).alias(f"cut_{k}") for k, n in enumerate(cuts)),
    )
    return Waits(found, as_at, NOTHING_ASIDE if aside is None else aside, tuple(remarks))


def summed_by(group: Ints, rows: Floats) -> Floats:
    """Sum the rows of each group; groups in the order of their numbers."""
    order = np.argsort(group, kind="stable")
    ordered = group[order]
    first = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    found: Floats = np.add.reduceat(rows[order], first[: len(ordered)], axis=0)
    return found


def month_numbers(days: pl.Series) -> Ints:
    """The month (`Month.index`) of each date."""
    return pl.DataFrame({"day": days}).select(_month(pl.col("day"))).to_series().to_numpy()


def _month(day: pl.Expr) -> pl.Expr:
    return day.dt.year().cast(pl.Int64) * 12 + day.dt.month().cast(pl.Int64) - 1
