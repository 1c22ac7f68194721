"""Every clock, on days where it matters: bank holidays, weekends, blanks and clock changes."""

from __future__ import annotations

from datetime import date

from lineofsight.journey.derived import need_stretches, plan_reviews, plan_visits
from lineofsight.journey.tables import (
    assessments,
    care_plans,
    child_protection_plans,
    child_protection_reviews,
    conference_requests,
    contacts,
    core_groups,
    early_help_assessments,
    initial_conferences,
    mash_decisions,
    need_episodes,
    periods_of_care,
    referrals,
    section_47_enquiries,
    visits,
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


def test_a_contact_is_followed_by_a_referral_within_fourteen_days() -> None:
    """The day itself and the fourteenth day after it; not the day before, nor another child."""
    given = {
        contacts: """
            child_id | contacted_on
            A        | 2020-08-03
            B        | 2020-08-03
            C        | 2020-08-03
            D        | 2020-08-03
            E        | 2020-02-20
        """,
        referrals: """
            child_id | referred_on
            A        | 2020-08-03
            B        | 2020-08-17
            C        | 2020-08-18
            D        | 2020-08-02
        """,
    }
    found = clock_values(given, contacts, "is_followed_by_referral")
    assert found == [True, True, False, False, False]
    assert clock_values(given, contacts, "day_14_on") == [date(2020, 8, 17)] * 4 + [
        date(2020, 3, 5)
    ]


def test_early_help_clock() -> None:
    """Days of the calendar; the first day past 35 is the 36th."""
    given = {
        early_help_assessments: """
            child_id | started_on | completed_on
            A        | 2020-07-01 | 2020-08-05
            B        | 2020-07-01 |
        """
    }
    assert clock_values(given, early_help_assessments, "days_to_completion") == [35, None]
    assert clock_values(given, early_help_assessments, "day_36_on") == [date(2020, 8, 6)] * 2


def test_a_referral_is_assessed_as_not_in_need_within_ninety_days() -> None:
    """Closed with RC8 or RC9; the episode must be the one that the referral began."""
    given = {
        referrals: """
            child_id | referred_on
            A        | 2020-05-03
            B        | 2020-05-03
            C        | 2020-05-03
            D        | 2020-05-03
        """,
        need_episodes: """
            child_id | started_on | ended_on   | closure_reason
            A        | 2020-05-03 | 2020-08-01 | RC8
            B        | 2020-05-03 | 2020-08-02 | RC8
            C        | 2020-05-04 | 2020-06-01 | RC9
            D        | 2020-05-03 | 2020-06-01 | RC7
        """,
    }
    found = clock_values(given, referrals, "is_assessed_not_in_need")
    assert found == [True, False, False, False]
    assert clock_values(given, referrals, "day_90_on") == [date(2020, 8, 1)] * 4


def test_the_clock_from_the_referral_is_that_of_the_first_assessment() -> None:
    """Two referrals, each with its own assessment, and a third assessment since the second."""
    given = {
        referrals: """
            child_id | referred_on
            A        | 2020-06-01
            A        | 2020-07-20
        """,
        assessments: """
            child_id | started_on | authorised_on
            A        | 2020-06-03 | 2020-06-30
            A        | 2020-07-20 | 2020-07-27
            A        | 2020-07-28 | 2020-08-03
            A        | 2020-05-29 | 2020-06-30
            B        | 2020-06-03 | 2020-06-30
        """,
    }
    found = clock_values(given, assessments, "working_days_from_referral")
    assert found == [21, 5, None, None, None]


def test_an_enquiry_is_judged_on_the_sixtieth_day() -> None:
    """Days of the calendar; a conference dated before the discussion gives a negative number."""
    given = {
        section_47_enquiries: """
            child_id | strategy_discussion_on | conference_on
            A        | 2020-06-02             | 2020-08-01
            B        | 2020-06-02             | 2020-06-01
            C        | 2020-06-02             |
        """
    }
    assert clock_values(given, section_47_enquiries, "days_to_conference") == [60, -1, None]
    assert clock_values(given, section_47_enquiries, "day_60_on") == [date(2020, 8, 1)] * 3


def test_a_conference_in_two_enquiries_is_one_and_counts_from_the_first() -> None:
    """One row a child and day is not repeated, and whichever it is, the earliest of the discussions
    counts: 28 August is the 19th working day after the 3rd."""
    given = {
        initial_conferences: """
            child_id | strategy_discussion_on | held_on
            A        | 2020-08-14             | 2020-08-28
            A        | 2020-08-03             | 2020-08-28
            A        |                        | 2020-08-28
            A        | 2020-02-03             | 2020-02-28
            B        |                        | 2020-08-28
        """
    }
    found = clock_values(given, initial_conferences, "is_repeated")
    assert found == [False, True, True, False, False]
    days = clock_values(given, initial_conferences, "working_days_from_strategy")
    assert days == [19, 19, 19, 19, None]


def test_one_child_stands_for_a_family_in_conference() -> None:
    """The first sibling of a day; a child whose family nobody knows stands alone."""
    given = {
        initial_conferences: """
            child_id | strategy_discussion_on | held_on
            B        | 2020-07-20             | 2020-08-03
            A        | 2020-07-20             | 2020-08-03
            C        | 2020-07-20             | 2020-08-04
            D        | 2020-07-20             | 2020-08-03
        """,
        conference_requests: """
            child_id | family_id | strategy_discussion_on | held_on
            A        | F1        | 2020-07-20             | 2020-08-03
            B        | F1        | 2020-07-20             | 2020-08-03
            C        | F1        | 2020-07-20             | 2020-08-04
        """,
    }
    found = clock_values(given, initial_conferences, "is_first_of_family")
    assert found == [False, True, True, True]


def test_lengths_of_an_episode_are_reached_by_the_calendar() -> None:
    """Three months after 30 November is the end of February, and 1 March is more; a year after 29
    February is 1 March."""
    given = {
        need_episodes: """
            child_id | started_on | ended_on
            A        | 2019-11-30 | 2020-02-29
            B        | 2020-02-29 | 2022-03-01
            C        | 2020-02-29 | 2022-02-28
        """
    }
    ends = {name: clock_values(given, need_episodes, name) for name in (
        "over_3_months_on", "over_6_months_on", "one_year_on", "two_years_on",
        "is_ended_within_3_months", "is_ended_after_two_years",
    )}  # fmt: skip
    assert ends["over_3_months_on"] == [date(2020, 3, 1), date(2020, 5, 30), date(2020, 5, 30)]
    assert ends["over_6_months_on"] == [date(2020, 5, 31), date(2020, 8, 30), date(2020, 8, 30)]
    assert ends["one_year_on"] == [date(2020, 11, 30), date(2021, 3, 1), date(2021, 3, 1)]
    assert ends["two_years_on"] == [date(2021, 11, 30), date(2022, 3, 1), date(2022, 3, 1)]
    assert ends["is_ended_within_3_months"] == [True, False, False]
    assert ends["is_ended_after_two_years"] == [False, True, False]


def test_a_stretch_of_need_lies_between_protection_and_care() -> None:
    """An episode with a plan in it has a stretch before and one after; care that starts while the
    plan is open, and ends after it, takes the days to its end. "day_46_on" counts from the stretch.
    What covers the whole episode leaves nothing of it."""
    given = {
        need_episodes: """
            child_id | started_on | ended_on
            A        | 2019-11-04 |
            B        | 2020-01-06 | 2020-03-02
            C        | 2020-06-01 | 2020-08-28
        """,
        child_protection_plans: """
            child_id | started_on | ended_on
            A        | 2020-01-06 | 2020-03-02
            B        | 2019-10-07 |
        """,
        periods_of_care: """
            child_id | started_on | ceased_on
            A        | 2020-02-03 | 2020-06-01
        """,
    }
    starts = clock_values(given, need_stretches, "started_on")
    assert starts == [date(2019, 11, 4), date(2020, 6, 1), date(2020, 6, 1)]
    ends = clock_values(given, need_stretches, "ended_on")
    assert ends == [date(2020, 1, 6), None, date(2020, 8, 28)]
    due = clock_values(given, need_stretches, "day_46_on")
    assert due == [date(2020, 1, 10), date(2020, 8, 4), date(2020, 8, 4)]


def test_lengths_of_a_plan_are_reached_by_the_calendar() -> None:
    """Three months after 31 May are reached on 31 August; more than three on 1 September."""
    given = {
        child_protection_plans: """
            child_id | started_on | ended_on
            A        | 2020-05-31 | 2020-06-30
            B        | 2018-09-02 | 2020-08-31
        """
    }
    of = {name: clock_values(given, child_protection_plans, name) for name in (
        "three_months_on", "over_3_months_on", "over_6_months_on", "one_year_on",
        "over_18_months_on", "days_lasted",
    )}  # fmt: skip
    assert of["three_months_on"] == [date(2020, 8, 31), date(2018, 12, 2)]
    assert of["over_3_months_on"] == [date(2020, 9, 1), date(2018, 12, 3)]
    assert of["over_6_months_on"] == [date(2020, 12, 1), date(2019, 3, 3)]
    assert of["one_year_on"] == [date(2021, 5, 31), date(2019, 9, 2)]
    assert of["over_18_months_on"] == [date(2021, 12, 1), date(2020, 3, 3)]
    assert of["days_lasted"] == [30, 729]


def test_a_plan_is_within_two_years_of_the_one_before() -> None:
    """Two years to the day count; an open plan, another authority's and a later one do not."""
    given = {
        child_protection_plans: """
            child_id | started_on | ended_on   | is_other_authority
            A        | 2018-02-05 | 2018-08-03 | no
            A        | 2020-08-03 |            | no
            B        | 2018-02-05 | 2018-08-02 | no
            B        | 2020-08-03 |            | no
            C        | 2020-02-03 | 2020-06-01 | yes
            C        | 2020-08-03 |            | no
        """
    }
    found = clock_values(given, child_protection_plans, "is_within_two_years_of_previous")
    assert found == [False, True, False, False, False, False]


def test_a_review_is_due_after_three_months_and_then_after_six() -> None:
    """A's second review is due six months after the first was held, not after it was due. B's plan
    ended before its review fell due. A review on the day a plan starts ended the plan before."""
    given = {
        child_protection_plans: """
            child_id | started_on | ended_on
            A        | 2020-01-06 |
            B        | 2020-01-06 | 2020-04-06
            C        | 2020-01-06 | 2020-03-02
            C        | 2020-03-02 |
        """,
        child_protection_reviews: """
            child_id | held_on
            A        | 2020-03-30
            A        | 2020-10-01
            C        | 2020-03-02
        """,
    }
    assert clock_values(given, plan_reviews, "due_on") == [
        date(2020, 4, 6),
        date(2020, 9, 30),
        date(2021, 4, 1),
        date(2020, 4, 6),
        date(2020, 4, 6),
        date(2020, 9, 2),
        date(2020, 6, 2),
    ]
    is_due = clock_values(given, plan_reviews, "is_due")
    assert is_due == [True, True, True, False, True, False, True]
    in_time = clock_values(given, plan_reviews, "is_in_time")
    assert in_time == [True, False, False, False, True, False, False]
    missed = clock_values(given, child_protection_plans, "first_review_missed_on")
    assert missed == [date(2020, 9, 30), date(2020, 4, 6), date(2020, 9, 2), date(2020, 6, 2)]


def test_a_visit_is_due_ten_working_days_after_the_last() -> None:
    """From Monday 27 July to Monday 10 August; past it on the 11th. 31 August was a holiday."""
    given = {
        child_protection_plans: """
            child_id | started_on | ended_on
            A        | 2020-07-27 |
            B        | 2020-07-27 | 2020-08-10
        """,
        visits: """
            child_id | visited_on | kind
            A        | 2020-08-10 | P
        """,
    }
    of = {name: clock_values(given, plan_visits, name) for name in (
        "due_on", "is_due", "is_in_time", "past_10_working_days_on", "past_15_working_days_on",
        "past_6_weeks_on",
    )}  # fmt: skip
    assert of["due_on"] == [date(2020, 8, 10), date(2020, 8, 24), date(2020, 8, 10)]
    assert of["is_due"] == [True, True, False]
    assert of["is_in_time"] == [True, False, False]
    assert of["past_10_working_days_on"] == [
        date(2020, 8, 11), date(2020, 8, 25), date(2020, 8, 11)
    ]  # fmt: skip
    assert of["past_15_working_days_on"] == [
        date(2020, 8, 18), date(2020, 9, 2), date(2020, 8, 18)
    ]  # fmt: skip
    assert of["past_6_weeks_on"] == [date(2020, 9, 8), date(2020, 9, 22), date(2020, 9, 8)]


def test_a_core_group_is_due_ten_working_days_after_the_plan_started() -> None:
    """The first meeting inside the plan counts; a plan that ended by the day owes none."""
    given = {
        child_protection_plans: """
            child_id | started_on | ended_on
            A        | 2020-07-27 |
            B        | 2020-07-27 | 2020-08-10
            C        | 2020-07-27 | 2020-08-11
            D        | 2020-08-17 |
        """,
        core_groups: """
            child_id | held_on
            A        | 2020-07-24
            A        | 2020-08-10
            A        | 2020-08-24
            C        | 2020-08-12
        """,
    }
    due = clock_values(given, child_protection_plans, "core_group_due_on")
    assert due == [date(2020, 8, 10)] * 3 + [date(2020, 9, 1)]
    is_due = clock_values(given, child_protection_plans, "is_core_group_due")
    assert is_due == [True, False, True, True]
    held = clock_values(given, child_protection_plans, "working_days_to_core_group")
    assert held == [10, None, None, None]
