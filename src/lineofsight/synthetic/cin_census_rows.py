"""Which children, referrals and events of the lives a year's children in need census holds.

Every child with an episode of need open at some time in the year, or referred in it. Of an
episode, the assessments and plans that were open in the year, and the enquiries and reviews that
fell into it: what was over before it began stands in an earlier census.
Source: Department for Education, children in need census, guide to submitting data.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

import polars as pl

from lineofsight.synthetic.assessment_factors import factors
from lineofsight.synthetic.lives import Lives
from lineofsight.synthetic.need_plans import need_plans
from lineofsight.synthetic.window import Window


@dataclass(frozen=True, slots=True)
class CensusRows:
    """Frames of a census; in each `child` is the place in the file, in all but the first `episode`.

    `episodes` are referrals with the episodes they began, in the order of the file.
    """

    as_at: date
    children: pl.DataFrame
    episodes: pl.DataFrame
    assessments: pl.DataFrame
    factors: pl.DataFrame
    need_plans: pl.DataFrame
    enquiries: pl.DataFrame
    plans: pl.DataFrame
    reviews: pl.DataFrame

    def of_children(self, first: int, count: int) -> CensusRows:
        """Give the rows of some children, by their places in the file."""
        inside = pl.col("child").is_between(first, first + count, closed="left")
        frames = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "as_at"}
        return CensusRows(self.as_at, **{name: f.filter(inside) for name, f in frames.items()})


def census_rows(known: Lives, window: Window) -> CensusRows:
    """Choose the rows of a census; `known` are the lives as known on the window's last day."""
    moved_in = _moved_in(known, window)
    episodes = _episodes(known, window).join(moved_in, on="need_id", how="left")
    episodes = _placed(episodes)
    place = episodes.select("need_id", "child", "episode").drop_nulls("need_id")
    assessed = known.assessments.filter(window.spans("started_on", "authorised_on"))
    of_plans = place.join(_plans(known, window), on="need_id")
    held = known.plan_reviews.filter(window.holds("held_on")).drop("child_id")
    found = factors(known).select("assessment_id", "factor")
    assessed = place.join(assessed, on="need_id")
    return CensusRows(
        as_at=window.last,
        children=_children(known, episodes),
        episodes=episodes,
        assessments=assessed,
        factors=assessed.select("assessment_id", "child", "episode").join(
            found, on="assessment_id"
        ),
        need_plans=place.join(
            need_plans(known).filter(window.spans("started_on", "ended_on")), on="need_id"
        ),
        enquiries=place.join(_enquiries(known, window, moved_in), on="need_id"),
        plans=of_plans,
        reviews=of_plans.select("plan_id", "child", "episode").join(held, on="plan_id"),
    )


def _episodes(known: Lives, window: Window) -> pl.DataFrame:
    begun = known.needs.select(
        "need_id", "referral_id", "ended_on", "primary_need", "closure_reason"
    )
    rows = known.referrals.join(begun, on="referral_id", how="left")
    refused = pl.col("is_no_further_action") & window.holds("referred_on")
    in_need = pl.col("need_id").is_not_null() & window.spans("referred_on", "ended_on")
    return rows.filter(refused | in_need)


def _placed(episodes: pl.DataFrame) -> pl.DataFrame:
    ordered = episodes.sort("child_id", "referred_on", "referral_id")
    return ordered.with_row_index("episode").with_columns(
        pl.col("child_id").rank("dense").cast(pl.Int64).alias("child") - 1,
        pl.col("episode").cast(pl.Int64),
    )


def _moved_in(known: Lives, window: Window) -> pl.DataFrame:
    """Give the conference of a child who moved in, which stands beside the enquiries.

    There is room for one an episode: of two in a year the last, and the other in its enquiry.
    """
    held = known.conferences.filter(window.holds("held_on") & pl.col("is_transfer_in"))
    needs = known.enquiries.select("enquiry_id", "need_id")
    rows = held.join(needs, on="enquiry_id").sort("held_on", "conference_id")
    return rows.unique("need_id", keep="last", maintain_order=True).select(
        "need_id", moved_in_on="held_on", moved_in_enquiry="enquiry_id"
    )


def _enquiries(known: Lives, window: Window, moved_in: pl.DataFrame) -> pl.DataFrame:
    rows = known.enquiries.filter(window.holds("strategy_discussion_on", "conference_on"))
    beside = pl.col("enquiry_id").is_in(moved_in["moved_in_enquiry"].to_list())
    return rows.with_columns(pl.when(~beside).then("conference_on").alias("conference_on"))


def _plans(known: Lives, window: Window) -> pl.DataFrame:
    needs = known.conferences.join(
        known.enquiries.select("enquiry_id", "need_id"), on="enquiry_id"
    ).select("conference_id", "need_id")
    open_ones = known.plans.filter(window.spans("started_on", "ended_on"))
    return open_ones.join(needs, on="conference_id")


def _children(known: Lives, episodes: pl.DataFrame) -> pl.DataFrame:
    in_need = episodes.group_by("child_id", maintain_order=True).agg(
        pl.col("child").first(), pl.col("is_no_further_action").all().alias("is_only_referred")
    )
    return in_need.join(known.children, on="child_id", how="left", maintain_order="left")
