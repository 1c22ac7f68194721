"""The simulated workers add up to the staffing, and hold the children allocated to them."""

from __future__ import annotations

from datetime import date
from functools import cache

import polars as pl
import pytest

from lineofsight.synthetic.as_known import as_known
from lineofsight.synthetic.lives import Lives, simulate
from lineofsight.synthetic.workforce import Workforce, simulate_workforce

DAYS = [date(year, 9, 30) for year in range(2015, 2020)]


@cache
def lives() -> Lives:
    return simulate(6_000, 2020)


@cache
def workforce() -> Workforce:
    return simulate_workforce(lives())


def in_post(day: date) -> pl.DataFrame:
    return workforce().workers.filter(
        pl.col("counted_on") == day, pl.col("role_ended_on").is_null()
    )


@pytest.mark.parametrize("day", DAYS)
def test_workers_add_up_to_the_staffing_of_the_day(day: date) -> None:
    staffing = lives().staffing.filter(counted_on=day)
    workers = in_post(day)
    permanent, lent = workers.filter(~pl.col("is_agency")), workers.filter("is_agency")
    assert permanent["fte_on_census_day"].sum() == pytest.approx(staffing["in_post_fte"].sum())
    assert lent["fte_on_census_day"].sum() == pytest.approx(staffing["agency_fte"].sum())
    holders = workers.filter(role="5")
    assert holders["fte_on_census_day"].sum() == pytest.approx(staffing["case_holders_fte"].sum())
    assert workers["cases"].sum() == staffing["cases"].sum()
    assert workers["fte"].is_between(0, 1).all()
    assert workers.filter(pl.col("role") != "5")["cases"].sum() == 0
    (vacancies,) = workforce().vacancies.filter(counted_on=day).iter_rows(named=True)
    assert vacancies == {
        "counted_on": day,
        "vacancies_fte": pytest.approx(staffing["posts_fte"].sum() - staffing["in_post_fte"].sum()),
        "agency_fte": pytest.approx(staffing["agency_fte"].sum()),
        "agency_headcount": lent.height,
    }


@pytest.mark.parametrize("day", DAYS)
def test_cases_are_the_children_allocated_on_the_day(day: date) -> None:
    """As many workers hold a number of children as desks have that many allocated."""
    allocated: dict[str, int] = {}
    spans = lives().involvements.select("worker", "started_on", "ended_on")
    for worker, began, ended in spans.rows():
        if began <= day and (ended is None or ended > day):
            allocated[worker] = allocated.get(worker, 0) + 1
    held = in_post(day).filter(pl.col("cases") > 0)["cases"]
    assert sorted(held) == sorted(allocated.values())


def test_a_worker_is_the_same_from_year_to_year() -> None:
    workers = workforce().workers
    same = ["role_started_on", "born_on", "sex", "ethnicity", "is_agency"]
    by_worker = workers.group_by("worker_id").agg(pl.col(same).n_unique(), pl.len())
    assert by_worker.filter(pl.col("len") > 1).height > 20
    assert by_worker.select(pl.col(same).max()).row(0) == (1, 1, 1, 1, 1)
    age = (workers["role_started_on"] - workers["born_on"]).dt.total_days() / 365.25
    assert age.is_between(21.9, 57.1).all()


@pytest.mark.parametrize("day", DAYS[1:])
def test_leavers_are_of_the_twelve_months_and_were_there_before(day: date) -> None:
    left = workforce().workers.filter(
        pl.col("counted_on") == day, pl.col("role_ended_on").is_not_null()
    )
    assert left.height > 0
    assert left["role_ended_on"].is_between(date(day.year - 1, 10, 1), day).all()
    assert (left["role_started_on"] <= left["role_ended_on"]).all()
    assert left["reason_left"].null_count() == 0
    for blank in ("fte_on_census_day", "cases", "working_days_lost", "absence_reason"):
        assert left[blank].null_count() == left.height
    later = workforce().workers.filter(pl.col("counted_on") > day)
    assert not set(left["worker_id"]) & set(later["worker_id"])
    # Whoever was in post a year ago is in post or has left.
    before = in_post(date(day.year - 1, 9, 30))
    now = workforce().workers.filter(counted_on=day)
    assert set(before["worker_id"]) <= set(now["worker_id"])


def test_about_one_in_seven_permanent_workers_leaves_in_a_year() -> None:
    workers = workforce().workers.filter(pl.col("counted_on").is_in(DAYS), ~pl.col("is_agency"))
    left = workers["role_ended_on"].is_not_null().sum()
    assert 0.08 < left / workers.height < 0.30


def test_what_is_told_of_a_day_does_not_depend_on_what_came_later() -> None:
    day = date(2018, 9, 30)
    then = simulate_workforce(as_known(lives(), day))
    assert then.workers.filter(counted_on=day).equals(workforce().workers.filter(counted_on=day))
    assert then.workers["counted_on"].max() == day


def test_an_absent_worker_has_a_reason_and_nobody_else() -> None:
    workers = workforce().workers
    assert 0.01 < workers["is_absent"].mean() < 0.12
    has_reason = workers["absence_reason"].is_not_null()
    assert has_reason.equals(workers["is_absent"].alias("absence_reason"))


def test_another_seed_has_other_workers() -> None:
    other = simulate_workforce(simulate(6_000, 2021)).workers
    assert not other.equals(workforce().workers)
