"""Plans for children in need and factors of assessments: worked out beside the simulation."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from datetime import date, timedelta
from functools import cache

import polars as pl
import pytest

from lineofsight.synthetic.as_known import as_known
from lineofsight.synthetic.assessment_factors import factors
from lineofsight.synthetic.lives import Lives, simulate
from lineofsight.synthetic.need_plans import need_plans

END = date(2021, 1, 1)


@cache
def lives() -> Lives:
    return simulate(2_000, 3)


def days(started: date, ended: date | None) -> set[date]:
    last = ended or END
    return {started + timedelta(days=n) for n in range((last - started).days)}


def taken_up(of: Lives) -> dict[int, set[date]]:
    """The days of each episode that protection plans and care take up, one by one."""
    needs = dict(of.enquiries.select("enquiry_id", "need_id").rows())
    conferences = dict(of.conferences.select("conference_id", "enquiry_id").rows())
    found: dict[int, set[date]] = defaultdict(set)
    for conference, began, ended in of.plans.select(
        "conference_id", "started_on", "ended_on"
    ).rows():
        found[needs[conferences[conference]]] |= days(began, ended)
    for need, began, ended in of.care_periods.select("need_id", "started_on", "ceased_on").rows():
        found[need] |= days(began, ended)
    return found


@pytest.mark.parametrize("day", [date(2018, 3, 31), date(2020, 8, 31)])
def test_plans_fill_the_days_after_an_assessment_that_nothing_else_takes_up(day: date) -> None:
    """Day by day: from the authorisation that found support needed on, or from the first day
    after one on a protection plan or in care, every day that is neither."""
    known = as_known(lives(), day)
    occupied = taken_up(known)
    begins: dict[int, date] = {}
    helped = known.assessments.filter("is_support_needed")
    ends = [
        *helped.select("need_id", "authorised_on").rows(),
        *((need, min(busy) + timedelta(days=1)) for need, busy in occupied.items()),
    ]
    for need, on in ends:
        begins[need] = min(begins.get(need, on), on)
    planned: dict[int, set[date]] = defaultdict(set)
    for need, began, ended in need_plans(known).select("need_id", "started_on", "ended_on").rows():
        assert not planned[need] & days(began, ended)
        planned[need] |= days(began, ended)
    checked = 0
    for need, began, ended in known.needs.select("need_id", "started_on", "ended_on").rows():
        expected = days(began, ended) & days(begins.get(need, END), None) - occupied[need]
        assert planned[need] == expected
        checked += bool(expected)
    assert checked > 50


def test_an_assessment_has_the_same_factors_whenever_it_is_asked() -> None:
    then = factors(as_known(lives(), date(2018, 3, 31)))
    assert then.height > 100
    assert factors(lives()).join(then, on="assessment_id", how="semi").equals(then)


def test_factors_do_not_depend_on_who_else_is_assessed() -> None:
    half = lives().assessments.filter(pl.col("assessment_id") % 2 == 0)
    some = factors(dataclasses.replace(lives(), assessments=half))
    assert factors(lives()).filter(pl.col("assessment_id") % 2 == 0).equals(some)


def test_shares_of_factors_follow_primary_need() -> None:
    assessed = lives().assessments.filter(pl.col("authorised_on").is_not_null())
    need = assessed.join(lives().needs.select("need_id", "primary_need"), on="need_id")
    disabled = need.filter(primary_need="N2")["assessment_id"]
    found = factors(lives())
    of_disabled = found.filter(pl.col("assessment_id").is_in(disabled.to_list()))
    share = of_disabled.filter(factor="5A")["assessment_id"].n_unique() / len(disabled)
    assert 0.4 < share < 0.7
    domestic = found.filter(factor="3B")["assessment_id"].n_unique() / assessed.height
    assert 0.25 < domestic < 0.45
