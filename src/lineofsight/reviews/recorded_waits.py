"""Waits that stand in one table, with the end that competes found in another."""

from __future__ import annotations

from datetime import date

import polars as pl

from lineofsight.reviews.waits import Waits, waits_from
from lineofsight.warehouse.journey import Journey

BEFORE_START = "authorised before it began"


def assessment_waits(journey: Journey, as_at: date) -> Waits:
    """Give the waits from the start of an assessment to its authorisation.

    An assessment that is not authorised ended without it on the day its episode of need closed.
    """
    rows = journey.frames["assessments"].with_row_index("wait")
    backwards = pl.col("authorised_on") < pl.col("started_on")
    aside = rows.filter(backwards & (pl.col("authorised_on") <= as_at)).select(
        reason=pl.lit(BEFORE_START),
        reached_on="authorised_on",
        days="working_days_to_authorisation",
    )
    rows = rows.filter(~backwards.fill_null(False))
    closed = _closed(rows.filter(pl.col("authorised_on").is_null()), journey)
    told = rows.join(closed, on="wait", how="left", maintain_order="left").select(
        "child_id",
        "team",
        "started_on",
        "ended_on",
        family_id=pl.lit(None, pl.String),
        reached_on="authorised_on",
    )
    return waits_from(told, as_at, (), aside)


def _closed(rows: pl.DataFrame, journey: Journey) -> pl.DataFrame:
    """The day on which the episode of need that an assessment lies in was closed."""
    episodes = journey.frames["need_episodes"].select(
        "child_id", "ended_on", opened_on="started_on"
    )
    inside = rows.select("wait", "child_id", "started_on").join(episodes, on="child_id")
    inside = inside.filter(
        (pl.col("opened_on") <= pl.col("started_on")) & (pl.col("ended_on") >= pl.col("started_on"))
    )
    return inside.group_by("wait").agg(pl.col("ended_on").min())


def core_group_waits(journey: Journey, as_at: date) -> Waits:
    """Give the waits from the start of a plan to its first core group; the plan may end before."""
    plans = (
        journey.frames["child_protection_plans"]
        .filter(~pl.col("is_other_authority"))
        .with_row_index("wait")
    )
    held = journey.frames["core_groups"].select("child_id", "held_on")
    met = plans.join(held, on="child_id").filter(
        (pl.col("held_on") >= pl.col("started_on"))
        & (pl.col("ended_on").is_null() | (pl.col("held_on") <= pl.col("ended_on")))
    )
    first = met.group_by("wait").agg(reached_on=pl.col("held_on").min())
    told = plans.join(first, on="wait", how="left", maintain_order="left").select(
        "child_id",
        "team",
        "started_on",
        "ended_on",
        "reached_on",
        family_id=pl.lit(None, pl.String),
    )
    return waits_from(told, as_at)
