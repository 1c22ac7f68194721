"""The dataset: groups, periods, different children, quantiles, and months closed on any day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
import pytest

from lineofsight.indicators.indicator import (
    Average,
    Count,
    Indicator,
    Percentage,
    Quantile,
    Rate,
    during,
    open_at_end,
    since,
)
from lineofsight.journey.breakdowns import find_breakdowns
from lineofsight.journey.fields import Events
from lineofsight.journey.tables import (
    assessments,
    care_episodes,
    child_protection_plans,
    children,
    initial_conferences,
    periods_of_care,
    referrals,
    residences,
    staffing,
)
from lineofsight.measurement.by_group import by_group
from lineofsight.measurement.dataset import dataset
from lineofsight.measurement.grouped import Grouped
from lineofsight.measurement.measure import Question
from lineofsight.measurement.measurement import Value
from lineofsight.measurement.tidy import rounded
from lineofsight.reference.periods import MONTH_END, Closing, Month
from lineofsight.reference.places import Population
from lineofsight.warehouse.journey import closed_on

from .conftest import ENGINES, journey_of

Given = Mapping[type[Events], str]
on_plan = open_at_end(child_protection_plans.started_on, child_protection_plans.ended_on)


def named(indicator: Indicator, name: str = "child_protection.drawn") -> Indicator:
    """Give an indicator made for a test the identity that its chapter would give it."""
    object.__setattr__(indicator, "id", name)
    return indicator


def table(
    indicator: Indicator, given: Given, month: str, *by: str, closing: Closing = MONTH_END
) -> pl.DataFrame:
    """The tidy table of one indicator, the same from every engine."""
    journey = closed_on(journey_of(given), closing)
    people = Population(10_000, 2019, "drawn", "drawn")
    found = []
    for engine in ENGINES:
        question = Question(journey, engine(journey.frames), Month.parse(month), "Drawn", people)
        made = dataset([named(indicator)], question, find_breakdowns(by), closing=closing)
        assert made.unmeasurable == {}
        found.append(made.table)
    assert found[0].equals(found[1])
    if closing == MONTH_END:
        question = Question(
            journey, ENGINES[0](journey.frames), Month.parse(month), "Drawn", people
        )
        divided = by_group([named(indicator)], question, find_breakdowns(by))[indicator.id]
        assert told(indicator, divided) == newest(found[0], Month.parse(month))
    return found[0]


def told(indicator: Indicator, divided: Grouped) -> set[tuple[Any, ...]]:
    """What pages are told, as (breakdown, group, months, numerator, denominator, value)."""
    whole = ("total", "All")
    values = [(whole, divided.quarter), (whole, divided.year_to_date)]
    for one in divided.by:
        for group in one.groups:
            values += [((one.breakdown, group.group), v) for v in (group.month, group.twelve)]
    return {
        # A stock's quarter is its last day, which the dataset counts as three months.
        (
            *where,
            3 if value is divided.quarter else value.period.months,
            *_written(indicator, value),
        )
        for where, value in values
        if value is not None
    }


def _written(indicator: Indicator, value: Value) -> tuple[Any, ...]:
    number = value.rounded(indicator.decimals)
    # Of a group of a rate the residents are not known, and the dataset gives it no value.
    is_bare = indicator.scale == 10_000 and value.denominator is None
    shown = None if number is None or is_bare else float(number)
    return value.numerator, value.denominator, shown


def newest(found: pl.DataFrame, month: Month) -> set[tuple[Any, ...]]:
    """The same from the dataset: every group's month and twelve months, quarter, year to date."""
    ends = pl.col("period_ends_on") == month.last_day
    groups = found.filter(pl.col("breakdown") != "total", ends)
    groups = groups.filter(pl.col("period").is_in(["month", "twelve months"]))
    recent = pl.col("period_ends_on") > (month - 3).last_day
    totals = found.filter(pl.col("breakdown") == "total")
    totals = pl.concat(
        [
            totals.filter(pl.col("period") == "quarter", recent),
            totals.filter(pl.col("period") == "year to date", ends),
        ]
    )
    columns = ("breakdown", "group", "months", "numerator", "denominator", "value")
    rows = pl.concat([groups, totals]).select(columns).rows()
    return set(rows)


def groups(found: pl.DataFrame, breakdown: str, label: str, period: str = "month") -> Any:
    """The numerator of each group of a breakdown in one period."""
    rows = found.filter(breakdown=breakdown, period_label=label, period=period)
    return dict(zip(rows["group"], rows["numerator"], strict=True))


def parts(found: pl.DataFrame, period: str, label: str) -> tuple[Any, Any, Any]:
    """Numerator, denominator and value of the total in one period."""
    [row] = found.filter(breakdown="total", period=period, period_label=label).to_dicts()
    return row["numerator"], row["denominator"], row["value"]


def test_a_birthday_moves_a_child_to_the_next_age_while_its_plan_is_open() -> None:
    """A turns five on 12 August: one of the one to four-year-olds in July, and of the older ones in
    August. B is born on 3 August: unborn in July. C's day of birth is not known."""
    found = table(
        Count(name="Plans", when=on_plan, source="drawn"),
        {
            children: """
                child_id | sex | born_on    | expected_on
                A        | F   | 2015-08-12 |
                B        | M   | 2020-08-03 | 2020-08-10
                C        |     |            |
            """,
            child_protection_plans: """
                child_id | started_on | ended_on
                A        | 2020-06-01 |
                B        | 2020-07-01 |
                C        | 2020-07-01 | 2020-08-31
                D        | 2020-07-09 |
            """,
        },
        "2020-08",
        "age_band",
        "sex",
    )
    assert groups(found, "age_band", "July 2020") == {"1 to 4": 1, "Unborn": 1, "Not recorded": 2}
    assert groups(found, "age_band", "August 2020") == {
        "5 to 9": 1,
        "Under 1": 1,
        "Not recorded": 1,
    }
    assert groups(found, "sex", "July 2020") == {"Female": 1, "Male": 1, "Not recorded": 2}
    assert groups(found, "total", "July 2020") == {"All": 4}
    assert groups(found, "total", "August 2020") == {"All": 3}


def test_the_groups_of_a_condition_that_comes_true_later() -> None:
    """A has been on a plan for two years from 30 August 2020, and is ten from the 31st."""
    found = table(
        Percentage(
            name="Two years",
            when=on_plan,
            met=since(child_protection_plans.two_years_on),
            source="drawn",
        ),
        {
            children: """
                child_id | born_on
                A        | 2010-08-31
            """,
            child_protection_plans: """
                child_id | started_on | ended_on
                A        | 2018-09-01 |
            """,
        },
        "2020-09",
        "age_band",
    )
    assert groups(found, "age_band", "July 2020") == {"5 to 9": 0}
    assert groups(found, "age_band", "August 2020") == {"10 to 15": 1}


def test_where_a_child_lived_and_was_placed_on_the_day() -> None:
    """A moves from North to South on 10 August, and from foster care to a children's home on the
    20th; the ward of the move's day is the new one."""
    given: Given = {
        children: """
            child_id | born_on
            A        | 2010-01-01
        """,
        residences: """
            child_id | started_on | ended_on   | ward
            A        | 2019-01-01 | 2020-08-10 | North
            A        | 2020-08-10 |            | South
        """,
        periods_of_care: """
            child_id | started_on | ceased_on
            A        | 2020-02-01 |
        """,
        care_episodes: """
            child_id | started_on | ended_on   | legal_status | placement_type
            A        | 2020-02-01 | 2020-08-20 | V2           | U4
            A        | 2020-08-20 |            | C2           | K2
        """,
        referrals: """
            child_id | referred_on
            A        | 2020-08-09
            A        | 2020-08-10
        """,
    }
    in_care = open_at_end(periods_of_care.started_on, periods_of_care.ceased_on)
    number = Count(name="In care", when=in_care, source="drawn")
    found = table(number, given, "2020-08", "ward", "placement", "legal_status")
    assert groups(found, "ward", "July 2020") == {"North": 1}
    assert groups(found, "ward", "August 2020") == {"South": 1}
    assert groups(found, "placement", "August 2020") == {"Children's homes": 1}
    assert groups(found, "legal_status", "July 2020") == {"Accommodated under section 20": 1}
    referred = Count(name="Referrals", when=during(referrals.referred_on), source="drawn")
    assert groups(table(referred, given, "2020-08", "ward"), "ward", "August 2020") == {
        "North": 1,
        "South": 1,
    }


FLOW: Given = {
    initial_conferences: """
        child_id | strategy_discussion_on | held_on    | is_plan_made
        A        | 2019-04-01             | 2019-04-02 | yes
        B        | 2020-01-01             | 2020-01-15 | yes
        C        | 2020-03-01             | 2020-03-31 | no
        D        | 2020-04-01             | 2020-04-01 | no
        E        | 2020-06-01             | 2020-06-30 | yes
        F        | 2020-06-01             | 2020-06-30 | no
        G        | 2020-08-01             | 2020-08-31 | yes
    """
}
to_plan = Percentage(
    name="To plan",
    when=during(initial_conferences.held_on),
    met=initial_conferences.is_plan_made,
    source="drawn",
)


@pytest.mark.parametrize(
    ("period", "label", "expected"),
    [
        ("month", "August 2020", (1, 1, 100)),
        ("month", "July 2020", (0, 0, None)),
        ("twelve months", "September 2019 to August 2020", (3, 6, 50)),
        ("year to date", "April 2020 to August 2020", (2, 4, 50)),
        ("year to date", "April 2020", (0, 1, 0)),
        ("quarter", "April 2020 to June 2020", (1, 3, 33)),
        ("quarter", "January 2020 to March 2020", (1, 2, 50)),
        ("financial year", "April 2019 to March 2020", (2, 3, 67)),
    ],
)
def test_the_periods_of_a_flow(period: str, label: str, expected: tuple[Any, ...]) -> None:
    """All numerators over all denominators of the period; the year begins in April."""
    assert parts(table(to_plan, FLOW, "2020-08"), period, label) == expected


def test_a_quarter_that_is_not_over_has_no_figure() -> None:
    """In August the second quarter lacks September."""
    found = table(to_plan, FLOW, "2020-08").filter(period="quarter")
    assert found["period_label"][-1] == "April 2020 to June 2020"


def test_the_periods_of_a_snapshot() -> None:
    """A quarter's and a year's is that of the day it ends; twelve months' is the mean of twelve
    month-ends, and the year to date's that of the months since April. A's plan is open at seven
    month-ends from February to August, B's at the one in March."""
    rate = Rate(name="Plans", when=on_plan, source="drawn")
    given = {
        child_protection_plans: """
            child_id | started_on | ended_on
            A        | 2020-02-01 |
            B        | 2020-03-31 | 2020-04-30
        """
    }
    found = table(rate, given, "2020-08")
    assert parts(found, "quarter", "April 2020 to June 2020") == (1, 10_000, 1)
    assert parts(found, "financial year", "April 2019 to March 2020") == (2, 10_000, 2)
    assert parts(found, "twelve months", "September 2019 to August 2020") == (8, 120_000, 1)
    assert parts(found, "year to date", "April 2020 to August 2020") == (5, 50_000, 1)
    basis = dict(found.select("period", "basis").unique().iter_rows())
    assert basis["twelve months"] == basis["year to date"] == "mean of the month-ends"
    assert basis["quarter"] == "at the end of the quarter"


def test_a_child_counts_once_in_a_period_however_often_it_was_referred() -> None:
    """A is referred three times, twice in August: one child in August, and one in twelve months.
    In twelve months to July 2021 A is still there by August's last referral, in August 2021 not."""
    given = {
        referrals: """
            child_id | referred_on | is_no_further_action
            A        | 2019-10-05  | yes
            A        | 2020-08-01  | yes
            A        | 2020-08-20  | no
            B        | 2020-08-20  | no
            B        | 2020-06-20  | yes
        """
    }
    different = Percentage(
        name="Children",
        when=during(referrals.referred_on),
        met=referrals.is_no_further_action,
        each=referrals.child_id,
        source="drawn",
    )
    found = table(different, given, "2021-08")
    assert parts(found, "month", "August 2020") == (1, 2, 50)
    assert parts(found, "twelve months", "September 2019 to August 2020") == (2, 2, 100)
    assert parts(found, "twelve months", "June 2020 to May 2021") == (2, 2, 100)
    assert parts(found, "twelve months", "August 2020 to July 2021") == (1, 2, 50)
    assert parts(found, "twelve months", "September 2020 to August 2021") == (0, 0, None)
    assert parts(found, "year to date", "April 2020 to August 2020") == (2, 2, 100)
    assert parts(found, "financial year", "April 2019 to March 2020") == (1, 1, 100)
    assert parts(found, "quarter", "July 2020 to September 2020") == (1, 2, 50)


@pytest.mark.parametrize(("share", "august", "twelve"), [(0.25, 2, 2), (0.5, 4, 4), (0.75, 9, 9)])
def test_a_quantile_is_the_smallest_number_reached(share: float, august: int, twelve: int) -> None:
    """August has 2, 4, 9 and 30 working days, July 1; an assessment without an end has none. Half
    of four rows is reached by the second, so the median is 4 and not half-way to 9."""
    given = {
        assessments: """
            child_id | started_on | authorised_on
            A        | 2020-08-03 | 2020-08-05
            B        | 2020-08-03 | 2020-08-07
            C        | 2020-08-03 | 2020-08-14
            D        | 2020-07-06 | 2020-08-17
            E        | 2020-08-03 |
            F        | 2020-07-06 | 2020-07-07
        """
    }
    median = Quantile(
        name="Days",
        when=during(assessments.authorised_on),
        value=assessments.working_days_to_authorisation,
        share=share,
        source="drawn",
    )
    found = table(median, given, "2020-08")
    assert parts(found, "month", "August 2020") == (4, 4, august)
    assert parts(found, "twelve months", "September 2019 to August 2020") == (5, 5, twelve)
    assert parts(found, "month", "May 2020") == (0, 0, None)


def test_a_condition_that_holds_for_a_stretch_of_a_span() -> None:
    """Between 3 and 6 months since the start stands for any stretch: A's plan is in it on 31 August
    and 30 September; B's ended inside it; C's has no first day of it."""
    given = {
        periods_of_care: """
            child_id | started_on | ceased_on  | latest_review_on | latest_visit_on
            A        | 2020-01-01 |            | 2020-08-10       | 2020-10-31
            B        | 2020-01-01 | 2020-09-10 | 2020-08-10       |
            C        | 2020-01-01 |            |                  | 2020-10-31
        """
    }
    stretch = Percentage(
        name="Stretch",
        when=open_at_end(periods_of_care.started_on, periods_of_care.ceased_on),
        met=since(periods_of_care.latest_review_on, until=periods_of_care.latest_visit_on),
        source="drawn",
    )
    found = table(stretch, given, "2020-10")
    assert [parts(found, "month", f"{m} 2020")[:2] for m in ("July", "August", "September")] == [
        (0, 3),
        (2, 3),
        (1, 2),
    ]
    assert parts(found, "month", "October 2020")[:2] == (0, 2)


def test_months_that_close_on_any_day() -> None:
    """As at 17 August: F started on the 18th and is not there yet, E's plan ended on the 17th and
    is closed; twelve months begin on 18 August 2019."""
    given = {
        child_protection_plans: """
            child_id | started_on | ended_on
            D        | 2019-08-18 |
            E        | 2020-08-01 | 2020-08-17
            F        | 2020-08-18 |
            G        | 2019-08-17 | 2020-08-18
        """
    }
    closing = Closing(17)
    open_plans = table(
        Count(name="Plans", when=on_plan, source="drawn"), given, "2020-08", closing=closing
    )
    assert parts(open_plans, "month", "18 July 2020 to 17 August 2020")[0] == 2
    started = Count(name="Started", when=during(child_protection_plans.started_on), source="drawn")
    found = table(started, given, "2020-08", closing=closing)
    assert parts(found, "month", "18 July 2020 to 17 August 2020")[0] == 1
    assert parts(found, "twelve months", "18 August 2019 to 17 August 2020")[0] == 2
    assert set(found["period"]) == {"month", "twelve months"}


def test_trap_17_a_half_is_rounded_up() -> None:
    """Trap 17: 14.5 per cent is 15, not 14; 0.5 of a hundredth at two decimals likewise."""
    assert rounded(29 * 100, 200, 0) == 15
    assert rounded(1 * 100, 8, 1) == 12.5
    assert rounded(1 * 100, 800, 2) == 0.13
    assert rounded(49 * 100, 340, 0) == 14  # 14.41


def test_trap_18_a_month_with_nobody_or_with_three() -> None:
    """Trap 18: of nobody there is no percentage, and of three it is given with its three."""
    given = {
        initial_conferences: """
            child_id | held_on    | is_plan_made
            A        | 2020-08-03 | yes
            B        | 2020-08-04 | no
            C        | 2020-08-05 | no
        """
    }
    found = table(to_plan, given, "2020-08")
    assert parts(found, "month", "July 2020") == (0, 0, None)
    assert parts(found, "month", "August 2020") == (1, 3, 33)


def test_an_average_by_team() -> None:
    """Each team's cases over its own workers; the total's is of all, not the mean of teams."""
    caseload = Average(
        name="Caseload",
        when=during(staffing.counted_on),
        is_month_end=True,
        total=staffing.cases,
        per=staffing.case_holders_fte,
        decimals=1,
        source="drawn",
    )
    given = {
        staffing: """
            team  | counted_on | cases | case_holders_fte
            North | 2020-08-31 | 30    | 1.5
            South | 2020-08-31 | 10    | 1
            South | 2020-07-31 | 20    | 1
        """
    }
    found = table(caseload, given, "2020-08", "team")
    august = found.filter(period="month", period_label="August 2020")
    assert dict(zip(august["group"], august["value"], strict=True)) == {
        "All": 16.0,
        "North": 20.0,
        "South": 10.0,
    }
