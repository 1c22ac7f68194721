"""Lives as they were known on a day: what came later is not there yet, or is blank.

Most of what a table says of its rows is dated. What is not, is settled here: a reason is known
with the end it explains; a category of abuse changes at the first review conference; a plan for
permanence stands once there was time to make it; care leavers are listed anew for the day.
Postponements of conferences and interviews after a missing episode stay as at the end of the
history: they go into no list of an earlier day, or only as the latest of them.
"""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl

from lineofsight.synthetic import steering
from lineofsight.synthetic.calendar import FOREVER, Numbers, day_of
from lineofsight.synthetic.frames import APPOINTED, frame
from lineofsight.synthetic.leaving_care import care_leavers
from lineofsight.synthetic.lives import Lives
from lineofsight.synthetic.looked_after import Periods

# The day from which a row is known.
_BEGINS = {
    "contacts": "contacted_on", "mash_decisions": "received_at", "early_help": "started_on",
    "referrals": "referred_on", "needs": "started_on", "need_visits": "visited_on",
    "assessments": "started_on", "enquiries": "strategy_discussion_on",
    "conference_requests": "strategy_discussion_on", "conferences": "held_on",
    "plans": "started_on", "plan_reviews": "held_on", "plan_visits": "visited_on",
    "care_periods": "started_on", "placements": "started_on", "legal_statuses": "started_on",
    "care_plans": "started_on", "care_reviews": "held_on", "care_visits": "visited_on",
    "health_checks": "checked_on", "missing_episodes": "started_on", "adoptions": "decided_on",
    "adopters": "enquired_on", "involvements": "started_on", "staffing": "counted_on",
    "audits": "audited_on", "care_panel": "heard_on",
}  # fmt: skip
# What is known only with a date of the same row.
_KNOWN_WITH = {
    "mash_decisions": ("outcome", "decided_at"),
    "needs": ("closure_reason", "ended_on"),
    "conference_requests": ("practice_issue", "escalated_on"),
    "care_plans": ("authorised_by", "authorised_on"),
    "assessments": ("is_support_needed", "authorised_on"),
    "enquiries": ("is_plan_made", "conference_on"),
    "placements": ("reason_changed", "ended_on"),
    "care_periods": ("reason_ceased", "ceased_on"),
    "adoptions": ("reason_reversed", "reversed_on"),
    "adopters": ("reason_left", "left_on"),
}
_AHEAD = ("due_on", *APPOINTED)  # days that are known before they come
_YEAR = 365.25
_HOME, _FOSTERED = "return to family", "long-term fostering"


def as_known(lives: Lives, day: date) -> Lives:
    """Give the lives as they were known at the end of `day`, which lies not after `lives.as_at`."""
    told: dict[str, Any] = {name: _told(getattr(lives, name), name, day) for name in _BEGINS}
    told["plans"] = _with_category(told["plans"], lives.plan_reviews, day)
    told["care_periods"] = _with_permanence_plan(lives, told["care_periods"], day)
    told["conference_requests"] = _with_booking(told["conference_requests"], lives, day)
    known = dataclasses.replace(lives, as_at=day, **told)
    if day == lives.as_at:
        return known
    return dataclasses.replace(known, care_leavers=_leavers(known))


def _told(rows: pl.DataFrame, name: str, day: date) -> pl.DataFrame:
    dates = [n for n, dtype in rows.schema.items() if dtype.is_temporal() and n not in _AHEAD]
    known = rows.filter(pl.col(_BEGINS[name]).cast(pl.Date) <= day).with_columns(
        pl.when(pl.col(dates).cast(pl.Date) <= day).then(pl.col(dates))
    )
    if name not in _KNOWN_WITH:
        return known
    what, when = _KNOWN_WITH[name]
    return known.with_columns(pl.when(pl.col(when).is_not_null()).then(what).alias(what))


def _with_category(plans: pl.DataFrame, reviews: pl.DataFrame, day: date) -> pl.DataFrame:
    first = reviews.group_by("plan_id").agg(pl.col("held_on").min().alias("reviewed_on"))
    category = pl.when(pl.col("reviewed_on") > day).then("initial_category")
    return (
        plans.join(first, on="plan_id", how="left", maintain_order="left")
        .with_columns(category.otherwise("latest_category").alias("latest_category"))
        .drop("reviewed_on")
    )


def _with_booking(requests: pl.DataFrame, lives: Lives, day: date) -> pl.DataFrame:
    """Tell for which day each conference was booked then: the first booking, until it is missed."""
    later = lives.conference_requests.select(
        "request_id", first="first_booked_for_on", held="held_on", now="booked_for_on"
    )
    booked = (
        pl.when(pl.col("held_on").is_not_null()).then("held_on")
        .when(pl.col("first") > day).then("first")
        .when(pl.col("first").is_null()).then("now")
        .otherwise(pl.coalesce("held", "now"))
    )  # fmt: skip
    joined = requests.join(later, on="request_id", how="left", maintain_order="left")
    return joined.with_columns(booked.alias("booked_for_on")).drop("first", "held", "now")


def _with_permanence_plan(lives: Lives, periods: pl.DataFrame, day: date) -> pl.DataFrame:
    """Tell what was hoped for each child on the day: home in the first year, unless it stays so."""
    settled = periods.select("period_id", "started_on", plan="permanence_plan").join(
        _turning_points(lives), on="period_id", how="left", maintain_order="left"
    )
    a_year_in = pl.col("started_on") + timedelta(days=int(_YEAR))
    old_enough = pl.max_horizontal(
        pl.col("born_on") + timedelta(days=int(16.5 * _YEAR)),
        pl.col("started_on") + timedelta(days=int(0.5 * _YEAR)),
    )
    on = (
        pl.when(plan="adoption").then("decided_on")
        .when(plan="supported living").then(old_enough)
        .when(pl.col("days") >= _YEAR).then(a_year_in)
        .otherwise("started_on")
    )  # fmt: skip
    before = pl.when(a_year_in > day).then(pl.lit(_HOME)).otherwise(pl.lit(_FOSTERED))
    hoped = settled.select(pl.when(on > day).then(before).otherwise("plan"))
    return periods.with_columns(hoped.to_series().alias("permanence_plan"))


def _turning_points(lives: Lives) -> pl.DataFrame:
    """Give each period's child's birthday, decision for adoption and days in care in the end."""
    until = pl.col("ceased_on").fill_null(lives.as_at + timedelta(days=1))
    periods = lives.care_periods.join(lives.adoptions, on="period_id", how="left")
    return periods.join(lives.children, on="child_id", how="left").select(
        "period_id", "born_on", "decided_on", days=(until - pl.col("started_on")).dt.total_days()
    )


def _leavers(lives: Lives) -> pl.DataFrame:
    """List the care leavers of the day, with circumstances drawn for it: the same at each run."""
    as_at = day_of(lives.as_at)
    rows = lives.care_periods.join(lives.children, on="child_id", how="left", maintain_order="left")
    family = rows["family_id"].to_numpy() - 1
    scale = lives.size / steering.DEFAULT_SIZE
    columns = care_leavers(
        np.random.default_rng(as_at), _periods(rows, as_at), family, scale, as_at
    )
    last = columns.pop("period")
    keys = {name: rows[name].to_numpy()[last] for name in ("child_id", "period_id")}
    return frame(keys | columns)


def _periods(rows: pl.DataFrame, as_at: int) -> Periods:
    end = _days(rows["ceased_on"])
    return Periods(
        child=rows["child_id"].to_numpy(),
        start=_days(rows["started_on"]),
        end=end,
        until=np.minimum(end, as_at + 1),
        reason=rows["reason_ceased"].fill_null("").to_numpy(),
        born=_days(rows["born_on"]),
        is_alone=rows["is_unaccompanied"].to_numpy(),
        is_short_breaks=rows["is_short_breaks"].to_numpy(),
    )


def _days(days: pl.Series) -> Numbers:
    return days.to_physical().cast(pl.Int64).fill_null(FOREVER).to_numpy()
