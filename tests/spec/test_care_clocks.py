"""The clocks of care, leaving care, adoption and audits, on days where it matters."""

from __future__ import annotations

from datetime import date

from lineofsight.journey.derived import care_reviews
from lineofsight.journey.tables import (
    adoptions,
    audits,
    care_episodes,
    care_leavers,
    care_leavers_at_birthday,
    children,
    health_assessments,
    missing_episodes,
    periods_of_care,
)

from .conftest import clock_values

COMING_BACK = {
    periods_of_care: """
        child_id | started_on | ceased_on  | legal_status
        A        | 2018-01-08 | 2019-08-14 | C2
        A        | 2020-08-14 |            | V2
        B        | 2018-01-08 | 2019-08-13 | C2
        B        | 2020-08-14 |            | V2
        C        | 2020-01-06 | 2020-03-02 | V4
        C        | 2020-08-14 |            | V2
        D        | 2020-01-06 | 2020-03-02 | V2
        D        | 2020-08-14 |            | V3
    """
}


def test_coming_back_within_twelve_months() -> None:
    """A came back on the anniversary of leaving, B a day after it. Series of short breaks (C's
    first, D's second) are neither leaving care nor coming back."""
    entered = clock_values(COMING_BACK, periods_of_care, "is_re_entry")
    assert entered == [False, True, False, False, False, False, False, False]
    left = clock_values(COMING_BACK, periods_of_care, "is_back_within_12_months")
    assert left == [True, False, False, False, False, False, False, False]


def test_a_leaver_is_judged_when_twelve_months_have_passed() -> None:
    """A year on; 29 February has its year on 1 March; a child in care has none."""
    given = {
        periods_of_care: """
            child_id | started_on | ceased_on
            A        | 2018-01-08 | 2019-08-14
            B        | 2018-01-08 | 2020-02-29
            C        | 2018-01-08 |
        """
    }
    assert clock_values(given, periods_of_care, "year_after_care_on") == [
        date(2020, 8, 14),
        date(2021, 3, 1),
        None,
    ]


def test_the_initial_health_assessment_is_due_on_the_twentieth_working_day() -> None:
    """20 working days from Monday 3 August 2020 end, over the bank holiday of 31 August, on
    Tuesday 1 September. A was assessed on the day, B the day after; C's was a review, D's belongs
    to an earlier period of care; E left the day before and is owed none."""
    given = {
        periods_of_care: """
            child_id | started_on | ceased_on
            A        | 2020-08-03 |
            B        | 2020-08-03 |
            C        | 2020-08-03 |
            D        | 2020-08-03 |
            E        | 2020-08-03 | 2020-08-28
        """,
        health_assessments: """
            child_id | held_on    | kind
            A        | 2020-09-01 | initial
            B        | 2020-09-02 | initial
            C        | 2020-08-10 | review
            D        | 2020-08-02 | initial
        """,
    }
    due = clock_values(given, periods_of_care, "initial_health_due_on")
    assert due == [date(2020, 9, 1)] * 4 + [None]
    in_time = clock_values(given, periods_of_care, "is_initial_health_in_time")
    assert in_time == [True, False, False, False, False]


def test_a_stay_in_short_breaks_is_told_by_its_legal_status() -> None:
    """A blank legal status is not a short break."""
    given = {
        care_episodes: """
            child_id | started_on | legal_status
            A        | 2020-08-03 | V3
            B        | 2020-08-03 | V4
            C        | 2020-08-03 | V2
            D        | 2020-08-03 |
        """
    }
    assert clock_values(given, care_episodes, "is_short_break") == [True, True, False, False]


def test_a_return_interview_is_due_on_the_third_day() -> None:
    """Back on Friday 28 August: Monday the 31st, a bank holiday, is the third day. An interview
    before the return is none; a child who is not back yet is owed none."""
    given = {
        missing_episodes: """
            child_id | started_on | ended_on   | interviewed_on
            A        | 2020-08-27 | 2020-08-28 | 2020-08-31
            B        | 2020-08-27 | 2020-08-28 | 2020-09-01
            C        | 2020-08-27 | 2020-08-28 | 2020-08-27
            D        | 2020-08-27 | 2020-08-28 |
            E        | 2020-08-27 |            |
        """
    }
    due = clock_values(given, missing_episodes, "interview_due_on")
    assert due == [date(2020, 8, 31)] * 4 + [None]
    in_time = clock_values(given, missing_episodes, "is_interviewed_in_time")
    assert in_time == [True, False, False, False, False]


def test_the_clocks_of_the_adoption_scorecards() -> None:
    """B lived with the adopters as a foster child before; C was matched before the order."""
    given = {
        adoptions: """
            child_id | entered_care_on | placement_order_on | matched_on | placed_on  | fostered_on
            A        | 2019-01-01      | 2019-03-01         | 2019-03-31 | 2019-05-01 |
            B        | 2019-01-01      | 2019-03-01         | 2019-03-01 | 2019-05-01 | 2019-01-11
            C        | 2019-01-01      | 2019-03-01         | 2019-02-20 |            |
            D        | 2019-01-01      |                    | 2019-02-20 | 2019-05-01 |
        """
    }
    assert clock_values(given, adoptions, "days_to_placement") == [120, 120, None, 120]
    assert clock_values(given, adoptions, "days_to_adoptive_home") == [120, 10, None, 120]
    assert clock_values(given, adoptions, "days_from_order_to_match") == [30, 0, 0, None]


def test_a_pathway_plan_is_current_for_six_months_and_a_contact_for_eight_weeks() -> None:
    """Reviewed on the day six months before is current, the day before that is not; the 56th day
    after a contact still counts, the 57th does not. Without a day neither counts."""
    given = {
        care_leavers: """
            child_id | recorded_on | pathway_plan_reviewed_on | contacted_on
            A        | 2020-08-31  | 2020-03-01               | 2020-07-06
            B        | 2020-08-31  | 2020-02-28               | 2020-07-05
            C        | 2020-08-31  |                          |
        """
    }
    assert clock_values(given, care_leavers, "is_pathway_plan_current") == [True, False, False]
    assert clock_values(given, care_leavers, "is_contacted_lately") == [True, False, False]


def test_care_leavers_are_of_the_ages_19_to_21() -> None:
    """By the year of the birthday, for those born on 29 February too; an unknown birth is out."""
    given = {
        children: """
            child_id | born_on
            A        | 2001-08-14
            B        | 2002-08-14
            C        | 1998-08-14
            D        | 2000-02-29
            E        | 1999-12-31
        """,
        care_leavers_at_birthday: """
            child_id | birthday_on
            A        | 2020-08-14
            B        | 2020-08-14
            C        | 2020-08-14
            D        | 2019-03-01
            E        | 2020-12-31
            F        | 2020-08-14
        """,
    }
    found = clock_values(given, care_leavers_at_birthday, "is_19_to_21")
    assert found == [True, False, False, True, True, False]


def test_actions_of_an_audit_are_in_time_on_the_day_they_are_due() -> None:
    """The day after is late, an action still open is late too."""
    given = {
        audits: """
            child_id | audited_on | actions_due_on | actions_closed_on
            A        | 2020-08-03 | 2020-08-14     | 2020-08-14
            B        | 2020-08-03 | 2020-08-14     | 2020-08-15
            C        | 2020-08-03 | 2020-08-14     |
        """
    }
    assert clock_values(given, audits, "is_closed_in_time") == [True, False, False]


def test_a_first_review_is_due_on_the_twentieth_working_day() -> None:
    """A's twentieth day would be 31 August, a bank holiday. B's, of a mistyped year, lies after
    the calendar of working days: it is blank, and nothing else is the worse for it."""
    given = {
        periods_of_care: """
            child_id | started_on | ceased_on
            A        | 2020-08-03 |
            B        | 2045-12-20 |
        """
    }
    assert clock_values(given, care_reviews, "due_on") == [date(2020, 9, 1), None]
