"""Workforce, from the local table of staffing."""

from __future__ import annotations

from lineofsight.indicators import workforce
from lineofsight.journey.tables import staffing
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
