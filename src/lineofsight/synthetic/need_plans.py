"""Plans for children in need: what is agreed with a family that is neither on a plan nor in care.

Nothing is drawn: a plan runs from the assessment that found support needed, or from the end of a
protection plan or of care within the same episode, until the episode closes or one of those
begins. Children looked after in a series of short breaks have their care plan instead.
"""

from __future__ import annotations

import polars as pl

from lineofsight.synthetic.lives import Lives

_ROW = ["need_id", "child_id", "started_on", "ended_on"]


def need_plans(lives: Lives) -> pl.DataFrame:
    """Give one row a plan, as (need_id, child_id, started_on, ended_on), by episode and day."""
    elsewhere = _elsewhere(lives)
    begins = pl.concat([_assessed(lives), elsewhere.select("need_id", started_on="ended_on")])
    episodes = lives.needs.select("need_id", "child_id", closed_on="ended_on")
    could = begins.drop_nulls().unique().join(episodes, on="need_id")
    could = could.filter((pl.col("started_on") < pl.col("closed_on")).fill_null(True))
    free = could.join(_covered(could, elsewhere), on=["need_id", "started_on"], how="anti")
    next_on = _next(free, elsewhere)
    ended = pl.min_horizontal("closed_on", "next_on").alias("ended_on")
    rows = free.join(next_on, on=["need_id", "started_on"], how="left").with_columns(ended)
    return rows.sort("need_id", "started_on").unique(
        ["need_id", "ended_on"], keep="first", maintain_order=True
    ).select(_ROW)  # fmt: skip


def _assessed(lives: Lives) -> pl.DataFrame:
    helped = lives.assessments.filter("is_support_needed")
    return helped.select("need_id", started_on="authorised_on")


def _elsewhere(lives: Lives) -> pl.DataFrame:
    """Give the spans within an episode that protection plans and care take up."""
    needs = lives.conferences.join(
        lives.enquiries.select("enquiry_id", "need_id"), on="enquiry_id"
    ).select("conference_id", "need_id")
    on_plan = lives.plans.join(needs, on="conference_id").select(
        "need_id", "started_on", "ended_on"
    )
    in_care = lives.care_periods.select("need_id", "started_on", ended_on="ceased_on")
    return pl.concat([on_plan, in_care])


def _covered(could: pl.DataFrame, elsewhere: pl.DataFrame) -> pl.DataFrame:
    spans = elsewhere.rename({"started_on": "from_on", "ended_on": "to_on"})
    is_over = (pl.col("to_on") <= pl.col("started_on")).fill_null(False)
    return could.join(spans, on="need_id").filter(
        (pl.col("from_on") <= pl.col("started_on")) & ~is_over
    )


def _next(free: pl.DataFrame, elsewhere: pl.DataFrame) -> pl.DataFrame:
    starts = elsewhere.select("need_id", next_on="started_on")
    later = free.join(starts, on="need_id").filter(pl.col("next_on") > pl.col("started_on"))
    return later.group_by("need_id", "started_on").agg(pl.col("next_on").min())
