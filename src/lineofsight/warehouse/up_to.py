"""The records as they stood on a day, by the days of what they tell.

A row of which nothing had begun by then is left out, and what happened to it later is blank: a plan
that ended since is open. What was planned stays. What has no day of its own (a reason, a note, who
is responsible) stays as it was last recorded, and who uses this says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from lineofsight.journey.fields import fields_of
from lineofsight.journey.tables import BY_NAME, WHEN

# Days that may lie ahead of the day on which they are written down.
PLANNED = frozenset({"booked_for_on", "first_booked_for_on", "expected_on", "actions_due_on"})


def up_to(tables: Mapping[str, pl.DataFrame], day: date) -> dict[str, pl.DataFrame]:
    """Give recorded tables as they stood at the end of a day."""
    return {name: _table_up_to(name, rows, day) for name, rows in tables.items()}


def _table_up_to(table: str, rows: pl.DataFrame, day: date) -> pl.DataFrame:
    if table in WHEN and WHEN[table][0] in rows.columns:
        begun = pl.col(WHEN[table][0]).cast(pl.Date) <= day
        rows = rows.filter(begun.fill_null(value=True))
    dated = [
        name
        for name, field in fields_of(BY_NAME[table]).items()
        if field.info["kind"] in ("day", "moment") and name in rows.columns and name not in PLANNED
    ]
    return rows.with_columns(
        pl.when(pl.col(name).cast(pl.Date) <= day).then(pl.col(name)).alias(name) for name in dated
    )
