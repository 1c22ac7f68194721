"""Every clock, on days where it matters: bank holidays, weekends, blanks and clock changes."""

from __future__ import annotations

from datetime import date

from lineofsight.journey.tables import (
    assessments,
    care_plans,
    child_protection_plans,
    conference_requests,
    initial_conferences,
    mash_decisions,
    periods_of_care,
    referrals,
)

from .conftest import clock_values


def test_conference_clock_counts_working_days_after_the_strategy_discussion() -> None:
    """8 May 2020 was a bank holiday; a weekend start keeps its day; earlier is negative."""
    given = {
        initial_conferences: """
            child_id | strategy_discussion_on | held_on
            A        | 2020-05-07             | 2020-05-11
            B        | 2020-08-28             | 2020-08-31
            C        | 2020-08-01             | 2020-08-03
            D        | 2020-08-03             | 2020-08-24
            E        | 2020-08-03             | 2020-08-25
            F        |                        | 2020-08-25
            G        | 2020-08-10             | 2020-08-07
        """
    }
    found = clock_values(given, initial_conferences, "working_days_from_strategy")
    assert found == [1, 0, 1, 15, 16, None, -1]


def test_siblings_are_known_from_the_conference_requests() -> None:
    """The request of the same child and the same conference names the family."""
    given = {
        initial_conferences: """
            child_id | held_on
            A        | 2020-08-03
            B        | 2020-08-03
            A        | 2020-02-03
        """,
        conference_requests: """
            child_id | family_id | strategy_discussion_on | held_on
            A        | F1        | 2020-07-20             | 2020-08-03
            B        | F1        | 2020-07-20             | 2020-08-03
        """,
    }
    assert clock_values(given, initial_conferences, "family_id") == ["F1", "F1", None]


def test_assessment_clock() -> None:
    """45 working days from Monday 1 June 2020 end on Monday 3 August 2020."""
    given = {
        assessments: """
            child_id | started_on | authorised_on
            A        | 2020-06-01 | 2020-08-03
            B        | 2020-06-01 | 2020-08-04
            C        | 2020-06-01 |
            D        | 2020-06-01 | 2020-06-01
        """
    }
    days = clock_values(given, assessments, "working_days_to_authorisation")
    assert days == [45, 46, None, 0]
    assert clock_values(given, assessments, "day_46_on") == [date(2020, 8, 4)] * 4


def test_mash_clock_knows_that_the_night_of_the_spring_clock_change_is_short() -> None:
    """From noon to noon over 29 March 2020 only 23 hours pass."""
    given = {
        mash_decisions: """
            child_id | received_at      | decided_at
            A        | 2020-03-28 12:00 | 2020-03-29 12:00
            B        | 2020-08-07 16:55 | 2020-08-10 17:30
            C        | 2020-08-08 10:00 | 2020-08-10 17:30
            D        | 2020-08-08 10:00 |
        """
    }
    assert clock_values(given, mash_decisions, "minutes_to_decision") == [1380, 4355, 3330, None]
    assert clock_values(given, mash_decisions, "working_days_to_decision") == [0, 1, 1, None]


def test_a_re_referral_is_at_most_twelve_months_after_the_referral_before_it() -> None:
    """The anniversary itself counts, the day after does not; other children do not count."""
    given = {
        referrals: """
            child_id | referred_on
            A        | 2019-08-14
            A        | 2020-08-14
            B        | 2019-08-13
            B        | 2020-08-14
            C        | 2020-08-14
            D        | 2018-01-01
            D        | 2019-12-01
            D        | 2020-08-14
        """
    }
    found = clock_values(given, referrals, "is_within_12_months_of_previous")
    assert found == [False, True, False, False, False, False, False, True]


def test_two_years_on_a_plan_are_reached_on_the_seven_hundred_and_thirtieth_day() -> None:
    """The start day is the first; 2020 is a leap year."""
    given = {
        child_protection_plans: """
            child_id | started_on
            A        | 2018-09-01
            B        | 2017-03-01
        """
    }
    assert clock_values(given, child_protection_plans, "two_years_on") == [
        date(2020, 8, 30),
        date(2019, 2, 28),
    ]


def test_a_care_plan_counts_for_the_period_of_care_it_was_authorised_in() -> None:
    """Not one from an earlier period, not one authorised after care ended, not a draft."""
    given = {
        periods_of_care: """
            child_id | started_on | ceased_on  | legal_status
            A        | 2019-01-07 | 2019-06-03 | C2
            A        | 2020-01-06 |            | V2
            B        | 2020-02-03 | 2020-03-02 | V3
            C        | 2020-02-03 |            | E1
        """,
        care_plans: """
            child_id | started_on | authorised_on
            A        | 2019-01-10 | 2019-01-21
            A        | 2020-01-10 | 2020-01-20
            A        | 2020-04-10 | 2020-04-20
            B        | 2020-02-05 | 2020-03-02
            C        | 2020-02-05 |
        """,
    }
    assert clock_values(given, periods_of_care, "care_plan_authorised_on") == [
        date(2019, 1, 21),
        date(2020, 1, 20),
        None,
        None,
    ]
    assert clock_values(given, periods_of_care, "is_short_breaks_only") == [
        False,
        False,
        True,
        False,
    ]
