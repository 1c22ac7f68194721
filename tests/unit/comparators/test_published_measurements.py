"""Drawn figures become measurements and comparators; what is missing is said in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from lineofsight.comparators.comparator import Area
from lineofsight.comparators.published import Published, read_published
from lineofsight.errors import UnknownName
from lineofsight.measurement.measurement import Basis, Measurement, Unmeasurable
from lineofsight.measurement.published import (
    comparator_trend,
    comparators_for,
    measure_published,
)
from lineofsight.reference.places import Population, find_place

AREA = (
    "time_period,time_identifier,geographic_level,country_code,country_name,"
    "region_code,region_name,old_la_code,new_la_code,la_name"
)
PLANS = "CPP_start,CPP_start_rate,CPP_end,CPP_end_rate,CPP_At31,CPP_At31_rate"
PEOPLE = "age_group,population_estimate"
CONFERENCES = "Section47,Section47_rate,ICPC,ICPC_rate,Duration_0-10_days,Duration_11-15_days"
WORKFORCE = (
    "inpost_fte,leavers_fte,turnover_rate_fte,agency_fte,agency_rate_fte,vacancy_fte,"
    "vacancy_rate_fte,case_holders_fte,cases,caseload_fte,working_days_lost_fte,absence_rate_fte"
)
SOUTHAMPTON = find_place("Southampton")
PLAN_RATE = "child_protection.plan_rate"


def authority(code: str, year: int) -> str:
    return (
        f"{year},Reporting year,Local authority,E92000001,England,E12000008,South East,{code},,LA"
    )


def region(year: int) -> str:
    return f"{year},Reporting year,Regional,E92000001,England,E12000008,South East,,,"


def england(year: int) -> str:
    return f"{year},Reporting year,National,E92000001,England,,,,,"


def plans(count: int | str, rate: str) -> str:
    return f",100,20,90,18,{count},{rate}"


@pytest.fixture
def published(tmp_path: Path) -> Published:
    """Plans of Southampton, two of its neighbours, its region and England, 2022 to 2024."""
    write(
        tmp_path / "d1.csv",
        PLANS,
        authority("852", 2024) + plans(300, "60.0"),
        authority("852", 2023) + plans("c", "c"),
        authority("852", 2022) + plans(250, "50.0"),
        authority("851", 2024) + plans(200, "40.0"),
        authority("373", 2024) + plans(500, "45.0"),
        authority("874", 2024) + plans("x", "x"),
        region(2024) + plans(8000, "41.2"),
        england(2024) + plans(50000, "41.6"),
        england(2023) + plans(51000, "43.0"),
    )
    people = f"{authority('852', 2023)},Children aged 0 to 17 years,50000"
    write(tmp_path / "people.csv", PEOPLE, people)
    return read_published(tmp_path)


def write(path: Path, columns: str, *rows: str) -> None:
    path.write_text("\n".join((f"{AREA},{columns}", *rows)) + "\n", encoding="utf-8")


def measured(published: Published, indicator: str, year: int) -> Measurement:
    found = measure_published(published, SOUTHAMPTON, year)
    return next(each for each in found if each.indicator.id == indicator)


def test_a_rate_has_its_numerator_its_population_and_its_period(published: Published) -> None:
    found = measured(published, PLAN_RATE, 2024)
    latest = found.latest
    assert latest is not None
    assert (latest.numerator, latest.denominator, latest.scale) == (300.0, 50000.0, 10_000)
    assert latest.rounded(found.indicator.decimals) == Decimal("60.0")
    assert (latest.period.label, latest.basis) == ("31 March 2024", Basis.YEAR_END)
    assert found.is_annual
    assert found.level is latest
    assert found.population == Population(
        estimate=50000,
        mid_year=2023,
        vintage="Children in need 2024",
        source="Office for National Statistics mid-year estimate, as used in Children in need 2024",
    )


def test_without_its_population_the_published_rate_itself_is_the_value(
    published: Published,
) -> None:
    first = measured(published, PLAN_RATE, 2024).series[0]
    assert (first.denominator, first.exact) == (None, Decimal("50.0"))


def test_a_suppressed_year_is_left_out_and_named(published: Published) -> None:
    found = measured(published, PLAN_RATE, 2024)
    assert [value.period.label for value in found.series] == ["31 March 2022", "31 March 2024"]
    assert found.notes == (
        "31 March 2023 is left out: published as 'c': suppressed so that no child can be "
        "identified.",
    )


def test_a_suppressed_latest_year_is_not_measured(published: Published) -> None:
    found = measured(published, PLAN_RATE, 2023)
    assert (found.series, found.latest) == ((), None)
    assert found.unmeasurable == Unmeasurable(
        "The figure for 31 March 2023 is published as 'c': suppressed so that no child can be "
        "identified.",
        "Count it from the authority's own records.",
    )


def test_a_year_no_file_covers_is_not_measured(published: Published) -> None:
    assert measured(published, "child_protection.plan_starts_rate", 2019).unmeasurable == (
        Unmeasurable(
            "No figure for the year to 31 March 2019 is in the folder; its files cover 2022 to "
            "2024.",
            "Choose a year that is covered, or add the release that has it.",
        )
    )


def test_a_figure_no_file_has_says_what_to_download(published: Published) -> None:
    assert measured(published, "workforce.caseload", 2024).unmeasurable == Unmeasurable(
        "The folder of published statistics has no file with this figure.",
        "Download the table 'indicators' of 'Children's social work workforce' into the folder.",
    )


def test_a_joint_figure_is_not_the_authoritys_own(tmp_path: Path) -> None:
    joint = (
        "2024,Reporting year,Local authority,E92000001,England,E13000002,Outer London,"
        "314 / 318,E09000021 / E09000027,Kingston upon Thames / Richmond upon Thames"
    )
    cells = "10.0,1.0,10,2.0,16.7,3.0,23.1,8.0,120,15,80,3.2"
    write(tmp_path / "workforce.csv", WORKFORCE, f"{joint},{cells}")
    published = read_published(tmp_path)
    found = measure_published(published, find_place("Kingston upon Thames"), 2024)
    caseload = next(each for each in found if each.indicator.id == "workforce.caseload")
    assert caseload.unmeasurable == Unmeasurable(
        "For 30 September 2024 it is published only jointly, for Kingston upon Thames / Richmond "
        "upon Thames.",
        "Count it from the authority's own records.",
    )
    assert comparators_for(published, find_place("Kingston upon Thames"), 2024) == ()


def test_workforce_figures_are_the_published_numbers_with_their_day(tmp_path: Path) -> None:
    cells = "10.0,1.0,10,2.0,16.7,3.0,23.0,1.5,15,9.7,80,3.2"
    write(tmp_path / "workforce.csv", WORKFORCE, f"{authority('852', 2023)},{cells}")
    found = measured(read_published(tmp_path), "workforce.caseload", 2023)
    latest = found.latest
    assert latest is not None
    assert (latest.numerator, latest.denominator, latest.exact) == (15.0, 1.5, Decimal("9.7"))
    assert (latest.period.last_day, latest.basis) == (date(2023, 9, 30), Basis.SEPTEMBER)
    assert found.is_annual


def test_neighbours_are_the_plain_mean_of_those_with_a_value(published: Published) -> None:
    """40.0 and 45.0; the neighbour published as x and the seven without a row do not count."""
    neighbours = next(
        one
        for one in comparators_for(published, SOUTHAMPTON, 2024)
        if one.area is Area.STATISTICAL_NEIGHBOURS and one.indicator == PLAN_RATE
    )
    assert (neighbours.value, neighbours.median) == (Decimal("42.5"), Decimal("42.5"))
    assert neighbours.spread == pytest.approx(Decimal("3.5355"), abs=Decimal("0.0001"))
    assert (neighbours.members, neighbours.group_version) == (2, "April 2021")


def test_region_and_england_are_as_published(published: Published) -> None:
    found = {
        one.area: one
        for one in comparators_for(published, SOUTHAMPTON, 2024)
        if one.indicator == PLAN_RATE
    }
    assert (found[Area.REGION].area_name, found[Area.REGION].value) == (
        "South East",
        Decimal("41.2"),
    )
    assert (found[Area.ENGLAND].value, found[Area.ENGLAND].period) == (
        Decimal("41.6"),
        "31 March 2024",
    )
    assert found[Area.ENGLAND].published_on == date(2024, 10, 31)
    assert found[Area.ENGLAND].vintage == "Children in need 2024"


def test_a_share_of_rounded_counts_is_given_to_the_whole_number_and_says_so(
    tmp_path: Path,
) -> None:
    write(tmp_path / "c4.csv", CONFERENCES, f"{england(2024)},900,1,720,1,70,500")
    one = comparators_for(read_published(tmp_path), SOUTHAMPTON, 2024)[-1]
    assert (one.indicator, one.decimals) == ("child_protection.icpc_timeliness", 0)
    assert one.value == pytest.approx(Decimal(57000) / 720)
    assert one.source.endswith("worked out from published counts, which are rounded to 10")


def test_a_share_of_counts_so_large_that_rounding_cannot_show_keeps_its_decimal(
    tmp_path: Path,
) -> None:
    """Three parts up to 5 out: 1,500 / 72,000 is 0.02 of a point; 1,500 / 20,000 is 0.08."""
    large = f"{england(2024)},90000,1,72000,1,7000,50000"
    small = f"{england(2023)},90000,1,20000,1,7000,9000"
    write(tmp_path / "c4.csv", CONFERENCES, large, small)
    published = read_published(tmp_path)
    found = {
        year: one.decimals
        for year in (2023, 2024)
        for one in comparators_for(published, SOUTHAMPTON, year)
        if one.indicator == "child_protection.icpc_timeliness"
    }
    assert found == {2023: 0, 2024: 1}


def test_days_lost_are_not_counted_with(tmp_path: Path) -> None:
    """Days come in spells of few workers: the rate is the published one, without an interval."""
    cells = "10.0,1.0,10,2.0,16.7,3.0,23.0,1.5,15,9.7,80,3.2"
    write(tmp_path / "workforce.csv", WORKFORCE, f"{authority('852', 2023)},{cells}")
    latest = measured(read_published(tmp_path), "workforce.absence_rate", 2023).latest
    assert latest is not None
    assert (latest.denominator, latest.exact) == (None, Decimal("3.2"))


def test_an_ended_authority_is_told_when_it_ended(published: Published) -> None:
    found = measure_published(published, find_place("836"), 2024)
    plans_of_poole = next(each for each in found if each.indicator.id == PLAN_RATE)
    assert plans_of_poole.unmeasurable == Unmeasurable(
        "The Department published no figure for 31 March 2024 for Poole, whose last year was the"
        " year to 31 March 2019.",
        "Choose another year or another authority.",
    )


def test_a_trend_has_only_the_years_there_are(published: Published) -> None:
    trend = comparator_trend(published, SOUTHAMPTON, PLAN_RATE, [2024, 2023, 2022])
    assert [(one.area, one.period_ends_on.year) for one in trend] == [
        (Area.ENGLAND, 2023),
        (Area.STATISTICAL_NEIGHBOURS, 2024),
        (Area.REGION, 2024),
        (Area.ENGLAND, 2024),
    ]


def test_a_trend_of_an_unknown_figure_is_refused(published: Published) -> None:
    with pytest.raises(UnknownName) as refused:
        comparator_trend(published, SOUTHAMPTON, "child_protection.plan_rates", [2024])
    assert str(refused.value) == (
        "There is no published indicator 'child_protection.plan_rates'.\n"
        "  It was looked up among the figures the Department publishes.\n"
        "  Did you mean 'child_protection.plan_rate' or 'child_protection.plan_ends_rate' or "
        "'child_protection.plan_starts_rate'?"
    )
