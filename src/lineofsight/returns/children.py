"""Gathers the table of children from what all the lists say about each child."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from lineofsight.journey.tables import children
from lineofsight.returns.conversion import POLARS_TYPES
from lineofsight.returns.issue import Kind, ReadingIssue
from lineofsight.returns.rows import delivered_fields

ALL_LISTS = "all lists"
# Values that say only that nobody knows; a later or earlier list that knows better wins.
_SAYS_NOTHING = {"sex": "U", "ethnicity": "NOBT"}
_LABELS = {"sex": "Gender", "ethnicity": "Ethnicity", "born_on": "Date of Birth"}


def gather_children(
    described: Sequence[pl.DataFrame], as_at: date
) -> tuple[pl.DataFrame, list[ReadingIssue]]:
    """Make one row a child from all the lists: the newest known value of every field.

    A list without dates of its own (care leavers) describes the child as at the day of the list.
    Children whom the lists describe differently are counted in an issue.
    """
    every = pl.concat([_schema(), *described], how="diagonal").with_columns(
        pl.col("seen_on").fill_null(as_at)
    )
    if every["child_id"].is_unique().all():
        said_once = every.select("child_id", *_details(), "file", "sheet", "row")
        return said_once.with_columns(pl.col("has_disability").fill_null(False)), []
    by_child = every.sort("seen_on", maintain_order=True).group_by("child_id", maintain_order=True)
    newest = by_child.agg(
        *(_newest(name) for name in _details()),
        *(pl.col(name).last() for name in ("file", "sheet", "row")),
    )
    return newest.with_columns(pl.col("has_disability").fill_null(False)), _unlike(every)


def _schema() -> pl.DataFrame:
    fields = delivered_fields(children).items()
    types = {name: POLARS_TYPES[field.info["kind"]] for name, field in fields}
    origin = {"file": pl.String(), "sheet": pl.String(), "row": pl.Int64()}
    return pl.DataFrame(schema={**types, "seen_on": pl.Date(), **origin})


def _details() -> list[str]:
    return [name for name in delivered_fields(children) if name != "child_id"]


def _newest(name: str) -> pl.Expr:
    newest = pl.col(name).last(ignore_nulls=True)
    if name not in _SAYS_NOTHING:
        return newest
    known = pl.when(pl.col(name) != _SAYS_NOTHING[name]).then(name)
    return pl.coalesce(known.last(ignore_nulls=True), newest).alias(name)


def _unlike(every: pl.DataFrame) -> list[ReadingIssue]:
    """Count children with two known values of a field; no value and no row is named."""
    known = every.with_columns(
        pl.when(pl.col(name) != nothing).then(name).alias(name)
        for name, nothing in _SAYS_NOTHING.items()
    )
    differing = known.group_by("child_id").agg(
        pl.col(name).drop_nulls().n_unique() > 1 for name in _LABELS
    )
    counts = {name: int(differing[name].sum()) for name in _LABELS}
    return [
        ReadingIssue(ALL_LISTS, label, Kind.UNLIKE, counts[name], (), None, (f"children.{name}",))
        for name, label in _LABELS.items()
        if counts[name]
    ]
