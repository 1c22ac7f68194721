"""Lives as known on a day hold all of it and nothing that came later."""

from __future__ import annotations

import dataclasses
from datetime import date
from functools import cache

import polars as pl
import pytest

from lineofsight.synthetic.as_known import as_known
from lineofsight.synthetic.lives import Lives, simulate

DAY = date(2018, 8, 31)
LATER = date(2019, 3, 14)
AHEAD = ("due_on", "booked_for_on", "actions_due_on")  # appointments, known before they come


@cache
def lives() -> Lives:
    return simulate(6_000, 2020)


@cache
def known() -> Lives:
    return as_known(lives(), DAY)


def frames(of: Lives) -> dict[str, pl.DataFrame]:
    values = {f.name: getattr(of, f.name) for f in dataclasses.fields(of)}
    return {name: value for name, value in values.items() if isinstance(value, pl.DataFrame)}


def test_at_the_end_of_the_history_every_row_and_date_is_known() -> None:
    whole = frames(as_known(lives(), lives().as_at))
    for name, rows in frames(lives()).items():
        days = [column for column, dtype in rows.schema.items() if dtype.is_temporal()]
        assert whole[name].select(days).equals(rows.select(days)), name
        if name not in ("mash_decisions", "needs", "assessments", "enquiries"):
            assert whole[name].equals(rows), name


def test_what_was_known_earlier_follows_from_what_was_known_later() -> None:
    through = frames(as_known(as_known(lives(), LATER), DAY))
    for name, rows in frames(known()).items():
        assert rows.equals(through[name]), name


def test_no_date_lies_after_the_day() -> None:
    for name, rows in frames(known()).items():
        if name == "children":  # the unborn have a day on which they will be born
            continue
        for column, dtype in rows.schema.items():
            if column in AHEAD or not dtype.is_temporal():
                continue
            latest = rows[column].cast(pl.Date).max()
            assert latest is None or latest <= DAY, (name, column)


@pytest.mark.parametrize(
    ("name", "start", "end", "reason"),
    [
        ("needs", "started_on", "ended_on", "closure_reason"),
        ("plans", "started_on", "ended_on", None),
        ("care_periods", "started_on", "ceased_on", "reason_ceased"),
        ("assessments", "started_on", "authorised_on", "is_support_needed"),
        ("placements", "started_on", "ended_on", None),
    ],
)
def test_what_was_open_has_no_end_and_no_reason(
    name: str, start: str, end: str, reason: str | None
) -> None:
    every, told = frames(lives())[name], frames(known())[name]
    begun = every.filter(pl.col(start) <= DAY)
    later = begun.filter(pl.col(end).is_null() | (pl.col(end) > DAY))
    assert 0 < later.height < begun.height == told.height
    assert told[end].null_count() == later.height
    if reason:
        assert told[reason].null_count() == later.height


def test_a_conference_stands_in_the_diary_for_the_day_that_was_booked_then() -> None:
    """Held: that day. Pending: the first booking while it lies ahead, else the day it was held."""
    seen = {"held": 0, "first": 0, "anew": 0}
    for day in (DAY, LATER, date(2019, 11, 15), date(2020, 3, 20)):
        for row in booked(day).to_dicts():
            if row["held_on"]:
                seen["held"] += 1
                assert row["booked_for_on"] == row["held_on"] <= day
            elif row["first"] > day:
                seen["first"] += 1
                assert row["booked_for_on"] == row["first"]
            else:
                seen["anew"] += 1
                assert row["booked_for_on"] == row["truly_held"] > day
    assert min(seen.values()) > 0, seen


def booked(day: date) -> pl.DataFrame:
    in_the_end = lives().conference_requests.select(
        "request_id", first="first_booked_for_on", truly_held="held_on"
    )
    return as_known(lives(), day).conference_requests.join(in_the_end, on="request_id")


def test_a_category_of_abuse_changes_at_the_first_review() -> None:
    first = lives().plan_reviews.group_by("plan_id").agg(first=pl.col("held_on").min())
    plans = lives().plans.join(first, on="plan_id").filter(pl.col("started_on") <= DAY)
    changed = plans.filter(pl.col("initial_category") != pl.col("latest_category"))
    told = known().plans.filter(pl.col("initial_category") != pl.col("latest_category"))
    by_then = changed.filter(pl.col("first") <= DAY)
    assert set(told["plan_id"]) == set(by_then["plan_id"])
    assert 0 < by_then.height < changed.height


def test_adoption_is_planned_from_its_decision_on_and_nobody_is_supported_in_living_at_14() -> None:
    decided = lives().adoptions.filter(pl.col("decided_on") > DAY)["period_id"].to_list()
    periods = known().care_periods.join(lives().children, on="child_id")
    undecided = periods.filter(pl.col("period_id").is_in(decided))["permanence_plan"]
    assert undecided.len() > 0
    assert "adoption" not in undecided
    assert "adoption" in periods["permanence_plan"]
    age = (pl.lit(DAY) - pl.col("born_on")).dt.total_days() / 365.25
    planned = pl.col("ceased_on").is_null() & (pl.col("permanence_plan") == "supported living")
    assert periods.filter(planned).select(age).to_series().min() >= 16.4


def test_care_leavers_of_the_day_have_left_care_and_are_of_the_age() -> None:
    for day in (DAY, lives().as_at):
        leavers = as_known(lives(), day).care_leavers.join(lives().children, on="child_id")
        ages = ((pl.Series([day]) - leavers["born_on"]).dt.total_days() / 365.25).to_list()
        assert leavers.height > 20
        assert leavers["child_id"].n_unique() == leavers.height
        assert 16 <= min(ages) < max(ages) < 25
        ended = lives().care_periods.filter(pl.col("ceased_on") <= day)["period_id"]
        assert set(leavers["period_id"]) <= set(ended)
        assert (leavers["eligibility"] == "relevant").to_list() == [age < 18 for age in ages]
