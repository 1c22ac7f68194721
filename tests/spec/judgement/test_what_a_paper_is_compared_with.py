"""Which published figures a paper is held against: by its date, its month, and its settings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests.published_drawn import PLANS, draw, england, local, on_plans, south_east

from lineofsight.access.roles import Actor, Role
from lineofsight.comparators.catalogue import PUBLISHED_INDICATORS
from lineofsight.comparators.comparator import Area, Comparator
from lineofsight.comparators.recognised import Said
from lineofsight.comparing import Compared, add, compared_with
from lineofsight.desk import Desk
from lineofsight.judgement.level import chosen
from lineofsight.measurement.measurement import Basis, Measurement, Value
from lineofsight.reference.authority import Authority
from lineofsight.reference.periods import Month, Period
from lineofsight.reference.places import find_place

PLAN_RATE = "child_protection.plan_rate"
# Southampton's first five neighbours in the list of April 2021, nearest first.
NEAREST = ("851", "373", "874", "879", "831")
SOUTHAMPTON = Authority("Southampton", "852", region="South East")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A store with the plans of 2022 as published in that year and again a year later.

    2022  five neighbours: 40, 50, 60, 90 and one suppressed: mean 60, median 55
    2023  the same five: 44, 54, 64, 94 and 104: mean 72, median 64; and 2022 with other numbers
    """
    first = draw(
        tmp_path,
        "2022.csv",
        PLANS,
        f"{england(2022)},{on_plans('50920', '42.1')}",
        f"{south_east(2022)},{on_plans('8400', '41.5')}",
        *neighbours(2022, "40.0", "50.0", "60.0", "90.0", "c"),
    )
    later = draw(
        tmp_path,
        "2023.csv",
        PLANS,
        f"{england(2022)},{on_plans('50920', '43.3')}",
        f"{england(2023)},{on_plans('50780', '43.2')}",
        *neighbours(2022, "41.0", "51.0", "61.0", "91.0", "c"),
        *neighbours(2023, "44.0", "54.0", "64.0", "94.0", "104.0"),
    )
    found = Desk(tmp_path / "store", Actor("test", Role.ANALYST))
    for path, day in ((first, date(2022, 10, 27)), (later, date(2023, 10, 26))):
        assert add(found, [path], Said(published_on=day), lambda step: None).refused == []
    return found


def neighbours(year: int, *rates: str) -> list[str]:
    assert find_place("Southampton").code == "852"
    return [
        f"{local(code, year)},{on_plans('c' if rate == 'c' else '100', rate)}"
        for code, rate in zip(NEAREST, rates, strict=True)
    ]


def used(
    against: Compared, month: str, area: Area = Area.STATISTICAL_NEIGHBOURS
) -> Comparator | None:
    """The comparator that a figure at the end of a month is held against."""
    period = Period.month_end(Month.parse(month))
    value = Value(period, Basis.MONTH_END, 300, 50_000, 10_000)
    described = next(c for c in PUBLISHED_INDICATORS if c.id == PLAN_RATE)
    measurement = Measurement(described, "Southampton", series=(value,))
    found = chosen(against.comparators, measurement, against.known_on)
    return next((one for one in found if one.area is area), None)


def against(desk: Desk, month: str, day: date, *, with_hindsight: bool = False) -> Compared:
    return compared_with(desk, SOUTHAMPTON, Month.parse(month), day, with_hindsight=with_hindsight)


def test_neighbours_are_the_plain_mean_of_those_with_a_figure_and_the_median_stands_beside(
    desk: Desk,
) -> None:
    """(40 + 50 + 60 + 90) / 4 = 60; the middle of 50 and 60 is 55; the suppressed fifth is no 0."""
    one = used(against(desk, "2022-11", date(2022, 12, 1)), "2022-11")
    assert one is not None
    assert (one.value, one.median, one.members) == (Decimal(60), Decimal(55), 4)
    assert (one.group_version, one.vintage) == ("April 2021", "Children in need 2022")


def test_the_region_and_england_are_as_published(desk: Desk) -> None:
    found = against(desk, "2022-11", date(2022, 12, 1))
    values = {area: used(found, "2022-11", area) for area in (Area.REGION, Area.ENGLAND)}
    assert {area: one.value for area, one in values.items() if one} == {
        Area.REGION: Decimal("41.5"),
        Area.ENGLAND: Decimal("42.1"),
    }


def test_nothing_is_used_that_came_out_after_the_paper(desk: Desk) -> None:
    assert against(desk, "2022-09", date(2022, 10, 26)).comparators == ()
    one = used(against(desk, "2023-09", date(2023, 10, 25)), "2023-09")
    assert one is not None
    assert (one.period, one.published_on) == ("31 March 2022", date(2022, 10, 27))
    newer = used(against(desk, "2023-09", date(2023, 10, 26)), "2023-09")
    assert newer is not None
    assert (newer.period, newer.value) == ("31 March 2023", Decimal(72))


def test_an_old_month_is_held_against_its_own_time_and_not_against_later_years(
    desk: Desk,
) -> None:
    """Made again in 2024, the paper of November 2022 has the year 2022, in its newest vintage."""
    one = used(against(desk, "2022-11", date(2024, 1, 1)), "2022-11")
    assert one is not None
    assert (one.period, one.value, one.vintage) == (
        "31 March 2022",
        Decimal(61),
        "Children in need 2023",
    )


def test_with_hindsight_the_year_is_the_one_known_then_and_the_figure_a_later_one(
    desk: Desk,
) -> None:
    """On 1 January 2023 the year 2022 was out and 2023 was not; the release of 2023 says 61."""
    found = against(desk, "2022-11", date(2023, 1, 1), with_hindsight=True)
    one = used(found, "2022-11")
    assert one is not None
    assert (one.period, one.value) == ("31 March 2022", Decimal(61))
    assert {c.period_ends_on for c in found.comparators} == {date(2022, 3, 31)}


def test_the_table_of_the_settings_comes_before_the_store_for_the_same_period(
    desk: Desk, tmp_path: Path
) -> None:
    """48 is printed in the model report for 2019; the store's 2019 is left out, its 2022 is not."""
    old = draw(
        tmp_path,
        "2019.csv",
        PLANS,
        f"{england(2019)},{on_plans('52260', '43.7')}",
        *neighbours(2019, "60.0", "60.0", "60.0", "60.0", "60.0"),
    )
    add(desk, [old], Said(), lambda step: None)
    settings = Authority("Made up", "999", compared_as="Southampton", region="South East",
                         comparator_table="model_report_2020_08")  # fmt: skip
    for month, value in (("2020-08", 48), ("2022-11", 61)):
        found = compared_with(desk, settings, Month.parse(month), date(2024, 1, 1))
        one = used(found, month)
        assert one is not None
        assert one.value == value


def test_the_year_before_and_the_other_vintage_are_tried_and_decide_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    """In 2024 the year 2023 decides and 2022 is tried; where the table of the settings has 2019,
    the store's own 60 of that year is tried."""
    found = against(desk, "2023-11", date(2024, 1, 1))
    tried = {
        (one.area, one.period_ends_on.year) for one in found.tried if one.indicator == PLAN_RATE
    }
    assert (Area.STATISTICAL_NEIGHBOURS, 2022) in tried
    assert {year for _, year in tried} == {2022}
    old = draw(
        tmp_path, "2019.csv", PLANS, *neighbours(2019, "60.0", "60.0", "60.0", "60.0", "60.0")
    )
    add(desk, [old], Said(), lambda step: None)
    settings = Authority("Southampton", "852", comparator_table="model_report_2020_08")
    printed = compared_with(desk, settings, Month.parse("2020-08"), date(2024, 1, 1))
    values = [one.value for one in printed.tried if one.area is Area.STATISTICAL_NEIGHBOURS
              and one.indicator == PLAN_RATE]  # fmt: skip
    assert values == [Decimal(60)]


def test_a_place_nobody_knows_has_its_region_and_england_alone(desk: Desk) -> None:
    nowhere = Authority("Solenhaven", "999", region="South East")
    found = compared_with(desk, nowhere, Month.parse("2022-11"), date(2022, 12, 1))
    assert {one.area for one in found.comparators} == {Area.REGION, Area.ENGLAND}
    abroad = Authority("Solenhaven", "999")
    assert compared_with(desk, abroad, Month.parse("2022-11"), date(2022, 12, 1)).comparators == ()


def test_a_list_of_neighbours_that_came_out_later_is_not_used(desk: Desk, tmp_path: Path) -> None:
    """The figures of 2020 were out in November 2020, the list of April 2021 was not."""
    old = draw(
        tmp_path,
        "2020.csv",
        PLANS,
        f"{england(2020)},{on_plans('51510', '42.8')}",
        *neighbours(2020, "60.0", "60.0", "60.0", "60.0", "60.0"),
    )
    add(desk, [old], Said(), lambda step: None)
    then = against(desk, "2020-11", date(2020, 11, 30))
    assert used(then, "2020-11") is None
    assert used(then, "2020-11", Area.ENGLAND) is not None
    assert used(against(desk, "2021-03", date(2021, 4, 1)), "2021-03") is not None
