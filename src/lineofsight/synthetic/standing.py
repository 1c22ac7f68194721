"""How a case stands on the last day that lives are known to: its status, its worker, what was last.

Frames of one row an identifier, for a writer to join to its own.
"""

from __future__ import annotations

import polars as pl

from lineofsight.synthetic.lives import Lives


def case_status(lives: Lives) -> pl.DataFrame:
    """Give the status of each episode of need, as (need_id, status).

    'closed', or for an open one the first that is true of: 'looked after', 'protection plan',
    'assessment', 'in need'.
    """
    in_care = _open(lives, lives.care_periods, "started_on", "ceased_on", "need_id")
    on_plan = _open(lives, lives.plans, "started_on", "ended_on", "child_id")
    assessed = _open(lives, lives.assessments, "started_on", "authorised_on", "need_id")
    return lives.needs.select(
        "need_id",
        pl.when(pl.col("ended_on").is_not_null())
        .then(pl.lit("closed"))
        .when(pl.col("need_id").is_in(in_care))
        .then(pl.lit("looked after"))
        .when(pl.col("child_id").is_in(on_plan))
        .then(pl.lit("protection plan"))
        .when(pl.col("need_id").is_in(assessed))
        .then(pl.lit("assessment"))
        .otherwise(pl.lit("in need"))
        .alias("status"),
    )


def _open(lives: Lives, rows: pl.DataFrame, start: str, end: str, key: str) -> list[int]:
    day = lives.as_at
    is_open = (pl.col(start) <= day) & (pl.col(end).is_null() | (pl.col(end) > day))
    return rows.filter(is_open)[key].to_list()


def latest_allocation(lives: Lives, key: str) -> pl.DataFrame:
    """Give the team and worker who came last, one row for each child or episode of need."""
    latest = lives.involvements.sort("started_on", maintain_order=True).group_by(key)
    return latest.agg(pl.col("team").last(), pl.col("worker").last())


def latest(rows: pl.DataFrame, key: str, day: str) -> pl.DataFrame:
    """Give the last row of each key by its day, without the child."""
    return (
        rows.sort(day, maintain_order=True).group_by(key).agg(pl.all().exclude("child_id").last())
    )
