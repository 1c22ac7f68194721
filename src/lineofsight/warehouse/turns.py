"""What is owed again and again, cut into turns: a row from each time it was done to the next."""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from lineofsight.journey.fields import ORIGIN


def turns(spans: pl.DataFrame, done: pl.DataFrame, *, from_first_day: bool = True) -> pl.DataFrame:
    """Cut spans where something owed was done: a row from each time to the next.

    `spans` has child_id, started_on, ended_on, team, worker and the origin; `done` has child_id and
    done_on. What was done on the first day ends the first turn on that day, unless it belongs to
    what came before (`from_first_day`); what was done outside the span counts for nothing.
    """
    since = pl.col("started_on") + timedelta(days=0 if from_first_day else 1)
    numbered = spans.filter(pl.col("started_on").is_not_null()).with_row_index("span")
    inside = (
        numbered.join(done.drop_nulls().unique(), on="child_id")
        .filter(
            (pl.col("done_on") >= since)
            & (pl.col("ended_on").is_null() | (pl.col("done_on") <= pl.col("ended_on")))
        )
        .select("span", at="done_on", order=pl.lit(1))
    )
    starts = numbered.select("span", at="started_on", order=pl.lit(0))
    steps = (
        pl.concat([starts, inside])
        .sort("span", "at", "order")
        .with_columns(
            done_on=pl.col("at").shift(-1).over("span"),
            is_first=pl.col("order") == 0,
        )
    )
    return steps.join(numbered, on="span", how="left", maintain_order="left").select(
        "child_id",
        "done_on",
        "is_first",
        "team",
        "worker",
        *ORIGIN,
        span_started_on="started_on",
        started_on="at",
        ended_on=pl.coalesce("done_on", "ended_on"),
    )
