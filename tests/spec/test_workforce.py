"""Workforce, from the local table of staffing and the allocations."""

from __future__ import annotations

from lineofsight.indicators import workforce
from lineofsight.journey.tables import (
    child_protection_plans,
    involvements,
    periods_of_care,
    staffing,
)
from lineofsight.warehouse.duckdb import DuckDB

from .conftest import Spec, journey_of, measured

GIVEN = {
    staffing: """
        team | counted_on | in_post_fte | agency_fte | case_holders_fte | cases
        East | 2020-08-31 | 8           | 2          | 10               | 170
        West | 2020-08-31 | 6           | 4          | 5.5              | 140
        East | 2020-07-31 | 10          | 0          | 10               | 150
    """
}


def test_caseload(spec: Spec) -> None:
    """All children of all teams over all workers who hold cases."""
    spec(
        workforce.caseload,
        given=GIVEN,
        numerator=310,
        denominator=15.5,
        twelve_months=(460, 25.5),
    )


def test_agency_share(spec: Spec) -> None:
    """Six of twenty full-time equivalents at the end of August."""
    spec(
        workforce.agency_share,
        given=GIVEN,
        numerator=6,
        denominator=20,
        twelve_months=(6, 30),
    )


BLANKS = {
    staffing: """
        team  | counted_on | in_post_fte | agency_fte | case_holders_fte | cases
        East  | 2020-08-31 | 8           | 2          | 10               | 170
        West  | 2020-08-31 |             | 4          | 5.5              |
        South | 2020-08-31 | 6           |            |                  | 140
    """
}


def test_a_team_with_a_blank_lends_nothing_to_an_average(spec: Spec) -> None:
    """Workers without their cases, or cases without their workers, would bend the average."""
    spec(workforce.caseload, given=BLANKS, numerator=170, denominator=10)
    spec(workforce.agency_share, given=BLANKS, numerator=2, denominator=10)


def test_teams_left_out_for_a_blank_are_said() -> None:
    """The sentence stands beside the figure."""
    found = measured(workforce.caseload, journey_of(BLANKS), "2020-08", DuckDB, 10_000)
    assert found.notes == ("2 records lack a value that the figure needs. They are left out.",)


STAFF = {
    staffing: """
        team  | counted_on | posts_fte | in_post_fte | leavers_fte | working_days_lost | \
highest_caseload | additional_fte
        East  | 2020-08-31 | 10 | 8  | 1 | 16 | 24 | 2
        West  | 2020-08-31 | 5  | 6  | 0 | 6  | 20 | 0
        South | 2020-08-31 |    | 4  |   |    |    |
        East  | 2020-07-31 | 10 | 10 | 0 | 4  | 30 | 0
    """,
}


def test_vacancy_rate(spec: Spec) -> None:
    """East has two vacancies of ten posts; West has more workers than posts, and none; of South the
    posts are not known."""
    spec(
        workforce.vacancy_rate,
        given=STAFF,
        numerator=2,
        denominator=16,
        twelve_months=(2, 26),
    )


def test_turnover_rate(spec: Spec) -> None:
    """One leaver in the month is twelve in a year, over 14 in post. Over the two months twelve over
    24: half a worker of each in post a year, as one leaver of 24 worker-months is."""
    spec(
        workforce.turnover_rate,
        given=STAFF,
        numerator=12,
        denominator=14,
        twelve_months=(12, 24),
    )


def test_absence_rate(spec: Spec) -> None:
    """22 days in the month are 264 in a year, over 14 workers of 253 days."""
    spec(
        workforce.absence_rate,
        given=STAFF,
        numerator=264,
        denominator=14 * 253,
        twelve_months=(264 + 48, 24 * 253),
    )


def test_highest_caseload(spec: Spec) -> None:
    """24 and 20 over two teams; South's is not known."""
    spec(
        workforce.highest_caseload,
        given=STAFF,
        numerator=44,
        denominator=2,
        twelve_months=(74, 3),
    )


def test_additional_staff(spec: Spec) -> None:
    """Two beyond the fifteen posts of East and West."""
    spec(
        workforce.additional_staff,
        given=STAFF,
        numerator=2,
        denominator=15,
        twelve_months=(2, 25),
    )


def test_changes_of_worker(spec: Spec) -> None:
    """A's worker changed twice in August and once in June: one child. B's followed after eight days
    without a worker, C's after seven. D got the first worker of a period of care; E is in short
    breaks; F's was another allocation of the same worker; G's changed before G entered care."""
    given = {
        periods_of_care: """
            child_id | started_on | legal_status
            A        | 2019-01-07 | C2
            B        | 2019-01-07 | C2
            C        | 2019-01-07 | C2
            D        | 2020-08-03 | V2
            E        | 2019-01-07 | V4
            F        | 2019-01-07 | C2
            G        | 2020-08-10 | C2
        """,
        involvements: """
            child_id | started_on | ended_on   | worker
            A        | 2019-01-07 | 2020-06-01 | W1
            A        | 2020-06-01 | 2020-08-03 | W2
            A        | 2020-08-03 | 2020-08-20 | W3
            A        | 2020-08-20 |            | W1
            B        | 2019-01-07 | 2020-08-03 | W1
            B        | 2020-08-11 |            | W2
            C        | 2019-01-07 | 2020-08-03 | W1
            C        | 2020-08-10 |            | W2
            D        | 2020-08-03 |            | W1
            E        | 2019-01-07 | 2020-08-03 | W1
            E        | 2020-08-03 |            | W2
            F        | 2019-01-07 | 2020-08-03 | W1
            F        | 2020-08-03 |            | W1
            G        | 2020-07-01 | 2020-08-03 | W1
            G        | 2020-08-03 |            | W2
        """,
    }
    spec(workforce.changes_of_worker, given=given, numerator=2, twelve_months=(2, None))


def test_looked_after_with_worker(spec: Spec) -> None:
    """A has a worker, B none; C is in short breaks."""
    given = {
        periods_of_care: """
            child_id | started_on | legal_status | worker
            A        | 2019-01-07 | C2           | W1
            B        | 2019-01-07 | C2           |
            C        | 2019-01-07 | V4           |
        """
    }
    spec(workforce.looked_after_with_worker, given=given, numerator=1, denominator=2)


def test_plans_with_worker(spec: Spec) -> None:
    """A has a worker, B none; C's plan has ended on the day."""
    given = {
        child_protection_plans: """
            child_id | started_on | ended_on   | worker
            A        | 2020-01-06 |            | W1
            B        | 2020-01-06 |            |
            C        | 2020-01-06 | 2020-08-31 | W1
        """
    }
    spec(workforce.plans_with_worker, given=given, numerator=1, denominator=2)
