"""Fill the derived tables: a child's course as rows, one a step, from the recorded tables.

Each function takes the recorded frames with their integers and gives the rows of one table of
`journey.derived`, with the address of the record its span comes from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from lineofsight.reference.working_days import LAST_DAY
from lineofsight.warehouse.derive_care import CARE_ROWS
from lineofsight.warehouse.turns import turns

Frames = Mapping[str, pl.DataFrame]


def derive(recorded: Frames) -> dict[str, pl.DataFrame]:
    """Give the rows of every derived table; a day after the end of the calendar is blank."""
    known = pl.when(pl.col(pl.Date) <= LAST_DAY).then(pl.col(pl.Date))
    return {name: rows(recorded).with_columns(known) for name, rows in _ROWS.items()}


def _plan_visits(recorded: Frames) -> pl.DataFrame:
    visited = recorded["visits"].filter(pl.col("kind") == "P")
    done = visited.select("child_id", done_on="visited_on")
    return turns(recorded["child_protection_plans"], done)


_ROWS: Mapping[str, Callable[[Frames], pl.DataFrame]] = {
    "plan_visits": _plan_visits,
    **CARE_ROWS,
}
