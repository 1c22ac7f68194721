"""The days by which something is due, as worklists and figures share them."""

from __future__ import annotations

from datetime import date

from lineofsight.journey.derived import conferences_sought, plan_reviews
from lineofsight.journey.tables import (
    assessments,
    child_protection_plans,
    conference_requests,
    health_assessments,
    initial_conferences,
    mash_decisions,
    periods_of_care,
    section_47_enquiries,
)

from .conftest import clock_values


def test_a_decision_of_the_hub_is_due_on_the_next_working_day() -> None:
    """Friday's on Monday, late from Tuesday; Sunday's on Monday too; past a bank holiday."""
    given = {
        mash_decisions: """
            child_id | received_at
            A        | 2020-08-21T16:50:00
            B        | 2020-08-23T12:00:00
            C        | 2020-08-28T09:00:00
        """
    }
    due = clock_values(given, mash_decisions, "due_on")
    assert due == [date(2020, 8, 24), date(2020, 8, 24), date(2020, 9, 1)]
    overdue = clock_values(given, mash_decisions, "overdue_on")
    assert overdue == [date(2020, 8, 25), date(2020, 8, 25), date(2020, 9, 2)]


def test_the_45th_working_day_of_an_assessment() -> None:
    """From 29 June 2020 it is 1 September: the bank holiday of 31 August is left out."""
    given = {
        assessments: """
            child_id | started_on
            A        | 2020-06-29
        """
    }
    assert clock_values(given, assessments, "day_45_on") == [date(2020, 9, 1)]
    assert clock_values(given, assessments, "day_46_on") == [date(2020, 9, 2)]


def test_a_review_is_due_on_the_last_day_of_a_short_month() -> None:
    """Three months after 30 November end on 28 February 2019, a day later in 2020."""
    given = {
        child_protection_plans: """
            child_id | started_on
            A        | 2018-11-30
            B        | 2019-11-30
            C        | 2020-05-20
        """
    }
    due = clock_values(given, plan_reviews, "due_on")
    assert due == [date(2019, 2, 28), date(2020, 2, 29), date(2020, 8, 20)]
    overdue = clock_values(given, plan_reviews, "overdue_on")
    assert overdue == [date(2019, 3, 1), date(2020, 3, 1), date(2020, 8, 21)]


SOUGHT = {
    section_47_enquiries: """
        child_id | strategy_discussion_on | is_conference_unnecessary
        A        | 2020-08-03             | no
        B        | 2020-08-03             | no
    """,
    initial_conferences: """
        child_id | strategy_discussion_on | held_on
        C        | 2020-08-10             | 2020-08-27
        C        | 2020-08-03             | 2020-08-27
    """,
}


def test_a_conference_sought_is_due_on_the_fifteenth_working_day() -> None:
    """Of two discussions before one conference the first counts, and the conference once."""
    requests = {
        conference_requests: """
            child_id | strategy_discussion_on | stood_down_on
            A        | 2020-08-03             | 2020-08-20
            B        | 2020-08-03             |
            C        | 2020-08-03             |
        """
    }
    given = {**SOUGHT, **requests}
    assert clock_values(given, conferences_sought, "child_id") == ["C", "A", "B"]
    assert clock_values(given, conferences_sought, "due_on") == [date(2020, 8, 24)] * 3
    assert clock_values(given, conferences_sought, "overdue_on") == [date(2020, 8, 25)] * 3
    days = clock_values(given, conferences_sought, "working_days_to_conference")
    assert days == [18, None, None]
    closed = clock_values(given, conferences_sought, "closed_on")
    assert closed == [None, date(2020, 8, 20), None]


def test_an_enquiry_that_nobody_asked_a_conference_for_is_closed_after_sixty_days() -> None:
    """Where no requests are delivered it waits so long: 3 August and sixty days."""
    closed = clock_values(SOUGHT, conferences_sought, "closed_on")
    assert closed == [None, date(2020, 10, 2), date(2020, 10, 2)]


def test_an_initial_health_assessment_falls_due_on_the_twentieth_working_day() -> None:
    """Also of a child who left before it, to whom none is owed; the first one held counts."""
    given = {
        periods_of_care: """
            child_id | started_on | ceased_on
            A        | 2020-08-03 |
            B        | 2020-08-03 | 2020-08-14
        """,
        health_assessments: """
            child_id | held_on    | kind
            A        | 2020-07-01 | initial
            A        | 2020-08-27 | initial
            A        | 2020-09-10 | initial
        """,
    }
    falls = clock_values(given, periods_of_care, "initial_health_falls_due_on")
    assert falls == [date(2020, 9, 1), date(2020, 9, 1)]
    owed = clock_values(given, periods_of_care, "initial_health_due_on")
    assert owed == [date(2020, 9, 1), None]
    overdue = clock_values(given, periods_of_care, "initial_health_overdue_on")
    assert overdue == [date(2020, 9, 2), date(2020, 9, 2)]
    held = clock_values(given, periods_of_care, "initial_health_on")
    assert held == [date(2020, 8, 27), None]


def test_the_day_a_child_had_left_care_before() -> None:
    """The latest before this period; a series of short breaks is not leaving care."""
    given = {
        periods_of_care: """
            child_id | started_on | ceased_on  | legal_status
            A        | 2018-01-08 | 2019-08-14 | C2
            A        | 2019-10-01 | 2019-11-01 | V4
            A        | 2020-08-14 |            | V2
        """
    }
    left = clock_values(given, periods_of_care, "left_care_before_on")
    assert left == [None, date(2019, 8, 14), date(2019, 8, 14)]
