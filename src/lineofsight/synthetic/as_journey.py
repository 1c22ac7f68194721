"""The lives told as journey tables: what receiving every return of them should come to.

The chapters are modules beside this one; each gives some tables, and two may give rows to one.
Nothing here knows what any return can carry: where one cannot, that is the return's doing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from lineofsight.journey.tables import children, residences
from lineofsight.synthetic.as_journey_care import care_as_journey
from lineofsight.synthetic.as_journey_front_door import front_door, need
from lineofsight.synthetic.as_journey_protection import protection, visited
from lineofsight.synthetic.as_journey_staff import adopters, quality, workers
from lineofsight.synthetic.as_known import as_known
from lineofsight.synthetic.journey_rows import SEX, inside, rows_of
from lineofsight.synthetic.lives import Lives
from lineofsight.synthetic.residences import residences as homes
from lineofsight.synthetic.window import Window

Chapter = Callable[[Lives], Mapping[str, pl.DataFrame]]


def _homes(known: Lives) -> dict[str, pl.DataFrame]:
    return {"residences": rows_of(residences, homes(known))}


_CHAPTERS: tuple[Chapter, ...] = (
    *(front_door, need, protection, visited, quality, workers, adopters, _homes),
)
# Where a child lives is told of every child, heard of or not.
_NOT_OF_THE_WINDOW = "residences"


def as_journey(lives: Lives, window: Window) -> dict[str, pl.DataFrame]:
    """Tell the lives as journey tables, one frame a table, as known on the window's last day.

    Columns are the table's fields without clocks, codes the journey's own; there is no origin.
    Rows are the events of the window and the spans that were open or ended in it (by
    `journey.tables.WHEN`); children are those of whom any of it tells.
    """
    known = as_known(lives, window.last)
    parts: dict[str, list[pl.DataFrame]] = {}
    for chapter in _CHAPTERS:
        for name, rows in chapter(known).items():
            parts.setdefault(name, []).append(inside(name, rows, window))
    for name, rows in care_as_journey(lives, window).items():
        # Those of children in care are among all involvements.
        if name != "involvements":
            parts.setdefault(name, []).append(rows)
    told = {name: pl.concat(rows) for name, rows in parts.items()}
    return {"children": _children(known, told), **told}


def _children(known: Lives, told: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Describe the children of the day: of an unborn nobody knows the sex or the birthday."""
    unborn = pl.col("born_on") > known.as_at
    every = rows_of(
        children,
        known.children,
        sex=pl.when(unborn).then(pl.lit("0")).otherwise("sex").replace_strict(SEX),
        born_on=pl.when(~unborn).then("born_on"),
        # Every child comes on the day on which it was expected: lives know of no other.
        expected_on=pl.when(unborn).then("born_on"),
    )
    named = [
        rows.select("child_id")
        for name, rows in told.items()
        if "child_id" in rows.columns and name != _NOT_OF_THE_WINDOW
    ]
    return every.join(pl.concat(named).unique(), on="child_id", how="semi", maintain_order="left")
