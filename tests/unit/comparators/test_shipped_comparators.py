"""What ships: the model report's comparators, spreads, and what may be used when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lineofsight.comparators.catalogue import published_indicator
from lineofsight.comparators.comparator import Area, admissible
from lineofsight.comparators.shipped import shipped_comparators, shipped_spreads

WRITTEN_ON = date(2020, 9, 30)
REPORT = shipped_comparators("model_report_2020_08")


def test_the_model_reports_comparators() -> None:
    neighbours, region, england = Area.STATISTICAL_NEIGHBOURS, Area.REGION, Area.ENGLAND
    assert {(one.indicator, one.area): one.value for one in REPORT} == {
        ("assessments.timeliness", neighbours): 76,
        ("assessments.timeliness", region): 81,
        ("assessments.timeliness", england): 81,
        ("child_protection.icpc_timeliness", neighbours): 84,
        ("child_protection.icpc_timeliness", region): 77,
        ("child_protection.icpc_timeliness", england): 79,
        ("child_protection.plan_rate", neighbours): 48,
        ("child_protection.plan_rate", region): 41,
        ("child_protection.plan_rate", england): 44,
        ("children_looked_after.rate", neighbours): 86,
    }


def test_each_says_where_it_is_from_and_by_which_list_of_neighbours() -> None:
    for one in REPORT:
        assert one.source.startswith("As printed in the report")
        assert one.vintage
        assert bool(one.group_version) == (one.area is Area.STATISTICAL_NEIGHBOURS)


def test_a_comparator_of_unknown_origin_says_so() -> None:
    of_assessments = [o for o in REPORT if o.indicator == "assessments.timeliness"]
    assert len(of_assessments) == 3
    assert all("matches no published year" in one.source for one in of_assessments)
    assert all(one.published_on is None for one in of_assessments)


def test_all_had_been_published_when_the_report_was_written() -> None:
    assert admissible(REPORT, WRITTEN_ON) == REPORT


@pytest.mark.parametrize(("on", "is_in"), [(date(2019, 10, 30), False), (date(2019, 10, 31), True)])
def test_a_comparator_is_admitted_from_the_day_it_was_published(on: date, is_in: bool) -> None:
    plans = [one for one in REPORT if one.indicator == "child_protection.plan_rate"]
    assert bool(admissible(plans, on)) == is_in


@pytest.mark.parametrize(
    ("ended", "on", "is_in"),
    [
        (date(2019, 3, 31), date(2019, 12, 31), False),
        (date(2019, 3, 31), date(2020, 1, 1), True),
        (date(2019, 9, 30), date(2020, 6, 30), False),
        (date(2019, 9, 30), date(2020, 7, 1), True),
    ],
)
def test_one_without_a_date_waits_for_nine_months(ended: date, on: date, is_in: bool) -> None:
    undated = replace(REPORT[0], published_on=None, period_ends_on=ended)
    assert bool(admissible([undated], on)) == is_in


def test_every_spread_belongs_to_a_published_figure() -> None:
    spreads = shipped_spreads()
    assert len(spreads) == 25
    for spread in spreads:
        assert published_indicator(spread.indicator) is not None
        assert spread.authorities >= 100
        assert min(spread.typical_gap, spread.typical_change) > 0
        assert spread.tau >= 0


def test_the_spreads_of_2019_that_the_model_report_needs() -> None:
    periods = {spread.indicator: spread.period for spread in shipped_spreads()}
    for one in REPORT:
        year = "2022" if one.indicator == "children_looked_after.rate" else "2019"
        assert f"31 March {year};" in periods[one.indicator]
