"""Child protection: from the strategy discussion to the end of the plan."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lineofsight.indicators import child_protection, plans_followed
from lineofsight.indicators.indicator import Indicator
from lineofsight.journey.tables import (
    child_protection_plans,
    child_protection_reviews,
    children,
    conference_requests,
    core_groups,
    initial_conferences,
    section_47_enquiries,
    visits,
)
from lineofsight.returns.submission import read_delivery

from ..censuses import REFERRED, child, cin, header, written
from .conftest import ENGINES, Spec, journey_of, measured

CONFERENCES = {
    initial_conferences: """
        child_id | strategy_discussion_on | held_on    | is_plan_made
        A        | 2020-08-03             | 2020-08-24 | yes
        B        | 2020-08-03             | 2020-08-25 | yes
        C        |                        | 2020-08-25 | no
        D        | 2020-08-27             | 2020-08-26 | yes
        E        | 2020-07-01             | 2020-07-10 | yes
        F        | 2019-08-20             | 2019-08-31 | yes
    """
}
PLANS = {
    child_protection_plans: """
        child_id | started_on | ended_on   | previous_plans
        A        | 2018-09-01 |            | 0
        B        | 2018-09-03 |            | 1
        C        | 2020-08-31 |            | 2
        D        | 2020-08-03 | 2020-08-31 |
        E        | 2020-05-04 | 2020-05-04 | 0
        F        | 2019-12-02 | 2020-03-31 | 0
    """
}


def test_section_47_enquiries_started(spec: Spec) -> None:
    """Two enquiries about one child count twice, whether or not a conference follows."""
    given = {
        section_47_enquiries: """
            child_id | strategy_discussion_on | conference_on
            A        | 2020-08-03             |
            A        | 2020-08-20             | 2020-09-04
            B        | 2020-07-31             |
        """
    }
    spec(
        child_protection.section_47_enquiries_started,
        given=given,
        numerator=2,
        twelve_months=(3, None),
    )


def test_conferences_held(spec: Spec) -> None:
    """Each child's conference counts in the month it was held."""
    spec(
        child_protection.conferences_held,
        given=CONFERENCES,
        numerator=4,
        twelve_months=(5, None),
    )


def test_icpc_timeliness(spec: Spec) -> None:
    """The fifteenth working day is in time (A), the sixteenth late (B). Without a strategy date
    (C) or held before it (D) a conference is counted, and counted as late."""
    spec(
        child_protection.icpc_timeliness,
        given=CONFERENCES,
        numerator=1,
        denominator=4,
        twelve_months=(2, 5),
    )


def test_conferences_to_plan(spec: Spec) -> None:
    """Three of August's four conferences decided on a plan."""
    spec(
        child_protection.conferences_to_plan,
        given=CONFERENCES,
        numerator=3,
        denominator=4,
        twelve_months=(4, 5),
    )


def test_plans_started(spec: Spec) -> None:
    """Each start counts, also of a plan that ended in the same month."""
    spec(child_protection.plans_started, given=PLANS, numerator=2, twelve_months=(4, None))


def test_plans_ended(spec: Spec) -> None:
    """Each end counts in its month."""
    spec(child_protection.plans_ended, given=PLANS, numerator=1, twelve_months=(3, None))


def test_plan_rate(spec: Spec) -> None:
    """Open on 31 August are A, B and C; D's plan ended on the day and is closed. E's plan ended on
    the day it started and was open at no month-end."""
    spec(
        child_protection.plan_rate,
        given=PLANS,
        numerator=3,
        denominator=500,
        twelve_months=(12 + 12 + 1 + 3, 6_000),
        population=500,
    )


def test_repeat_plans(spec: Spec) -> None:
    """C had plans before; D's number is blank and counts as none."""
    spec(
        child_protection.repeat_plans,
        given=PLANS,
        numerator=1,
        denominator=2,
        twelve_months=(1, 4),
    )


def test_two_years_or_more(spec: Spec) -> None:
    """On 31 August A's plan is in its 731st day, and B's, started on 3 September 2018, in its
    729th."""
    spec(child_protection.two_years_or_more, given=PLANS, numerator=1, denominator=3)


# Working days to 28 August 2020 from each discussion: 0, 10, 11, 15, 16, 20, 21, none, and -1.
DURATIONS = {
    initial_conferences: """
        child_id | strategy_discussion_on | held_on    | is_plan_made
        A        | 2020-08-28             | 2020-08-28 | yes
        B        | 2020-08-14             | 2020-08-28 | yes
        C        | 2020-08-13             | 2020-08-28 | yes
        D        | 2020-08-07             | 2020-08-28 | yes
        E        | 2020-08-06             | 2020-08-28 | yes
        F        | 2020-07-31             | 2020-08-28 | yes
        G        | 2020-07-30             | 2020-08-28 | yes
        H        |                        | 2020-08-28 | yes
        I        | 2020-09-01             | 2020-08-28 | yes
    """
}
# Five siblings late on 25 August; another child of theirs, and a child alone, in time on the 24th.
SIBLINGS = {
    initial_conferences: """
        child_id | strategy_discussion_on | held_on
        A        | 2020-08-03             | 2020-08-25
        B        | 2020-08-03             | 2020-08-25
        C        | 2020-08-03             | 2020-08-25
        D        | 2020-08-03             | 2020-08-25
        E        | 2020-08-03             | 2020-08-25
        F        | 2020-08-03             | 2020-08-24
        G        | 2020-08-03             | 2020-08-24
    """,
    conference_requests: """
        child_id | family_id | strategy_discussion_on | held_on
        A        | F1        | 2020-08-03             | 2020-08-25
        B        | F1        | 2020-08-03             | 2020-08-25
        C        | F1        | 2020-08-03             | 2020-08-25
        D        | F1        | 2020-08-03             | 2020-08-25
        E        | F1        | 2020-08-03             | 2020-08-25
        F        | F1        | 2020-08-03             | 2020-08-24
    """,
}
# On 31 August 2020: three months to the day (A), a day more (B), over six months (C) and just not
# (D); a day short of a year (E), a year (F); in its 729th day (G) and its 730th (H); over 18 months
# (I) and just not (J).
LENGTHS = {
    child_protection_plans: """
        child_id | started_on | ended_on
        A        | 2020-05-31 |
        B        | 2020-05-30 |
        C        | 2020-02-29 |
        D        | 2020-03-01 |
        E        | 2019-09-01 |
        F        | 2019-08-31 |
        G        | 2018-09-03 |
        H        | 2018-09-02 |
        I        | 2019-02-28 |
        J        | 2019-03-01 |
        K        | 2018-09-02 | 2020-08-31
        L        | 2018-09-03 | 2020-08-31
    """
}
CATEGORIES = {
    child_protection_plans: """
        child_id | started_on | initial_category | latest_category
        A        | 2020-01-06 | PHY              | NEG
        B        | 2020-01-06 | NEG              | NEG
        C        | 2020-01-06 | EMO              | EMO
        D        | 2020-01-06 | NEG              | PHY
        E        | 2020-01-06 | SAB              | SAB
        F        | 2020-01-06 | MUL              | MUL
        G        | 2020-01-06 | NEG              |
    """
}
REVIEWED = {
    child_protection_plans: """
        child_id | started_on | ended_on   | is_other_authority
        A        | 2020-05-31 |            | no
        B        | 2020-05-31 |            | no
        C        | 2020-06-01 |            | no
        D        | 2020-01-06 |            | no
        E        | 2020-01-06 |            | no
        F        | 2019-11-04 |            | no
        G        | 2020-05-15 | 2020-08-31 | no
        H        | 2020-05-15 |            | yes
        I        | 2020-05-15 | 2020-08-15 | no
        J        | 2020-05-15 |            | no
    """,
    child_protection_reviews: """
        child_id | held_on
        A        | 2020-08-31
        D        | 2020-04-06
        E        | 2020-04-07
        F        | 2020-02-03
        F        | 2020-08-03
        J        | 2020-07-01
    """,
}
VISITED = {
    child_protection_plans: """
        child_id | started_on | ended_on   | is_other_authority
        A        | 2020-06-01 |            | no
        B        | 2020-06-01 |            | no
        C        | 2020-06-01 |            | no
        D        | 2020-06-01 |            | no
        E        | 2020-06-01 |            | no
        F        | 2020-06-01 |            | no
        G        | 2020-08-20 |            | no
        H        | 2020-06-01 | 2020-08-31 | no
        I        | 2020-06-01 |            | yes
        J        | 2020-06-01 |            | no
    """,
    visits: """
        child_id | visited_on | kind
        A        | 2020-08-14 | P
        B        | 2020-08-13 | P
        C        | 2020-08-07 | P
        D        | 2020-08-06 | P
        E        | 2020-07-20 | P
        F        | 2020-07-19 | P
        J        | 2020-08-28 | N
    """,
}
SEEN = {
    visits: """
        child_id | visited_on | kind | is_seen | is_seen_alone
        A        | 2020-08-03 | P    | yes     | yes
        A        | 2020-08-17 | P    | yes     | no
        A        | 2020-08-28 | P    | no      | no
        B        | 2020-08-28 | L    | yes     | yes
        C        | 2020-08-28 |      | yes     | yes
        D        | 2020-07-31 | P    | yes     | yes
    """
}


def test_section_47_rate(spec: Spec) -> None:
    """Enquiries for each 10,000 residents aged 0 to 17; the same child may be counted twice."""
    given = {
        section_47_enquiries: """
            child_id | strategy_discussion_on
            A        | 2020-08-03
            A        | 2020-08-20
            B        | 2020-07-31
        """
    }
    spec(
        child_protection.section_47_rate,
        given=given,
        numerator=2,
        denominator=500,
        twelve_months=(3, 500),
        population=500,
    )


def test_enquiries_to_conference(spec: Spec) -> None:
    """A's conference was on the sixtieth day, which is 1 August, B's on the sixty-first; C had
    none, D's was after two weeks. E's sixtieth day lies in September: not judged yet."""
    given = {
        section_47_enquiries: """
            child_id | strategy_discussion_on | conference_on
            A        | 2020-06-02             | 2020-08-01
            B        | 2020-06-03             | 2020-08-03
            C        | 2020-06-10             |
            D        | 2020-06-10             | 2020-06-24
            E        | 2020-07-03             | 2020-07-17
        """
    }
    spec(child_protection.enquiries_to_conference, given=given, numerator=2, denominator=4)


def test_conference_rate(spec: Spec) -> None:
    """Conferences for each 10,000 residents aged 0 to 17."""
    spec(
        child_protection.conference_rate,
        given=CONFERENCES,
        numerator=4,
        denominator=500,
        population=500,
    )


def test_families_in_conference(spec: Spec) -> None:
    """Five siblings on a day are one conference; F's, of the same family on another day, is its
    own; G's family is not known, and G stands alone."""
    spec(child_protection.families_in_conference, given=SIBLINGS, numerator=3)


def test_family_timeliness(spec: Spec) -> None:
    """F's and G's conferences were in time, the one of the five was late."""
    spec(child_protection.family_timeliness, given=SIBLINGS, numerator=2, denominator=3)


def test_conference_in_0_to_10_days(spec: Spec) -> None:
    """The same day (A) and ten days (B); H and I are in no band."""
    spec(child_protection.conference_in_0_to_10_days, given=DURATIONS, numerator=2, denominator=9)


def test_conference_in_11_to_15_days(spec: Spec) -> None:
    """Eleven days (C) and 15 (D), the last that are in time."""
    spec(child_protection.conference_in_11_to_15_days, given=DURATIONS, numerator=2, denominator=9)


def test_conference_in_16_to_20_days(spec: Spec) -> None:
    """Sixteen days (E) and twenty (F)."""
    spec(child_protection.conference_in_16_to_20_days, given=DURATIONS, numerator=2, denominator=9)


def test_conference_in_over_20_days(spec: Spec) -> None:
    """Twenty-one days (G)."""
    spec(child_protection.conference_in_over_20_days, given=DURATIONS, numerator=1, denominator=9)


def test_conference_lower_quartile(spec: Spec) -> None:
    """Of seven durations a quarter is reached with the second, 10 days; H and I have none."""
    spec(
        child_protection.conference_lower_quartile,
        given=DURATIONS,
        numerator=7,
        denominator=7,
        value=10,
    )


def test_conference_median(spec: Spec) -> None:
    """The fourth of seven durations, 15 days."""
    spec(child_protection.conference_median, given=DURATIONS, numerator=7, denominator=7, value=15)


def test_conference_upper_quartile(spec: Spec) -> None:
    """The sixth of seven durations, 20 days."""
    spec(
        child_protection.conference_upper_quartile,
        given=DURATIONS,
        numerator=7,
        denominator=7,
        value=20,
    )


def test_plan_starts_rate(spec: Spec) -> None:
    """Starts for each 10,000 residents aged 0 to 17."""
    spec(
        child_protection.plan_starts_rate,
        given=PLANS,
        numerator=2,
        denominator=500,
        population=500,
    )


def test_plan_ends_rate(spec: Spec) -> None:
    """Ends for each 10,000 residents aged 0 to 17."""
    spec(child_protection.plan_ends_rate, given=PLANS, numerator=1, denominator=500, population=500)


def test_plans_open(spec: Spec) -> None:
    """Open on 31 August are A, B and C; D's plan ended on the day and is closed."""
    spec(child_protection.plans_open, given=PLANS, numerator=3)


def test_neglect(spec: Spec) -> None:
    """By the latest category, not the first (A); G has none and is counted as for another."""
    spec(child_protection.neglect, given=CATEGORIES, numerator=2, denominator=7)


def test_emotional_abuse(spec: Spec) -> None:
    """One of seven."""
    spec(child_protection.emotional_abuse, given=CATEGORIES, numerator=1, denominator=7)


def test_physical_abuse(spec: Spec) -> None:
    """D, whose plan began for neglect."""
    spec(child_protection.physical_abuse, given=CATEGORIES, numerator=1, denominator=7)


def test_sexual_abuse(spec: Spec) -> None:
    """One of seven; multiple categories (F) are none of the four."""
    spec(child_protection.sexual_abuse, given=CATEGORIES, numerator=1, denominator=7)


def test_repeat_plans_within_two_years(spec: Spec) -> None:
    """A's last plan ended two years before to the day, B's a day earlier; C's was another
    authority's; D's ended on the day the next began; E had none."""
    given = {
        child_protection_plans: """
            child_id | started_on | ended_on   | is_other_authority
            A        | 2018-02-05 | 2018-08-03 | no
            A        | 2020-08-03 |            | no
            B        | 2018-02-05 | 2018-08-02 | no
            B        | 2020-08-03 |            | no
            C        | 2019-10-07 | 2020-01-31 | yes
            C        | 2020-08-03 |            | no
            D        | 2020-05-04 | 2020-08-14 | no
            D        | 2020-08-14 |            | no
            E        | 2020-08-03 |            | no
        """
    }
    spec(child_protection.repeat_plans_within_two_years, given=given, numerator=2, denominator=5)


def test_up_to_3_months(spec: Spec) -> None:
    """Three months to the day are in this band."""
    spec(child_protection.up_to_3_months, given=LENGTHS, numerator=1, denominator=10)


def test_from_3_to_6_months(spec: Spec) -> None:
    """B since yesterday; D until tomorrow."""
    spec(child_protection.from_3_to_6_months, given=LENGTHS, numerator=2, denominator=10)


def test_from_6_to_12_months(spec: Spec) -> None:
    """C since 30 August; E until tomorrow."""
    spec(child_protection.from_6_to_12_months, given=LENGTHS, numerator=2, denominator=10)


def test_from_1_to_2_years(spec: Spec) -> None:
    """A year to the day (F), I and J, and G in its 729th day; H is in its 730th: two years."""
    spec(child_protection.from_1_to_2_years, given=LENGTHS, numerator=4, denominator=10)


def test_over_18_months(spec: Spec) -> None:
    """G, H and I; J reaches 18 months tomorrow."""
    spec(child_protection.over_18_months, given=LENGTHS, numerator=3, denominator=10)


def test_ended_after_two_years(spec: Spec) -> None:
    """K's plan ended in its 730th day, L's in its 729th."""
    spec(child_protection.ended_after_two_years, given=LENGTHS, numerator=1, denominator=2)


def test_reviews_in_time(spec: Spec) -> None:
    """A's first review was on the day it was due, 31 August, and B's was not held by then. E's
    first was a day late, and one late review is enough. D's and J's are not due yet, F's second
    was on time. C has not been on a plan for three months; G and I are off; H is another
    authority's."""
    spec(plans_followed.reviews_in_time, given=REVIEWED, numerator=4, denominator=6)


def test_reviews_due_held(spec: Spec) -> None:
    """Due in August: A's and F's, held on the day; J's, held before; B's and G's, not held. I's
    plan ended on the day the review fell due, so none was; H is another authority's."""
    spec(plans_followed.reviews_due_held, given=REVIEWED, numerator=3, denominator=5)


def test_visited_in_10_working_days(spec: Spec) -> None:
    """31 August was a bank holiday: the tenth working day before it is 14 August (A). G's plan is
    newer than that. H's ended on the day and I's is another authority's; J was visited, but not as
    a child on a plan."""
    spec(plans_followed.visited_in_10_working_days, given=VISITED, numerator=2, denominator=8)


def test_visited_in_15_working_days(spec: Spec) -> None:
    """The fifteenth working day before is 7 August (C); D was visited a day earlier."""
    spec(plans_followed.visited_in_15_working_days, given=VISITED, numerator=4, denominator=8)


def test_visited_in_6_weeks(spec: Spec) -> None:
    """Forty-two days before is 20 July (E); F was visited a day earlier."""
    spec(plans_followed.visited_in_6_weeks, given=VISITED, numerator=6, denominator=8)


def test_visits_in_time(spec: Spec) -> None:
    """The tenth working day after 27 July is 10 August. A was visited on it, and next a day late;
    E twice on a Saturday, on which no working day has passed. D's plan outlived the day and C's did
    not. B's first visit is due on 1 September."""
    given = {
        child_protection_plans: """
            child_id | started_on | ended_on
            A        | 2020-07-27 |
            B        | 2020-08-17 |
            C        | 2020-07-27 | 2020-08-10
            D        | 2020-07-27 | 2020-08-11
            E        | 2020-07-27 |
        """,
        visits: """
            child_id | visited_on | kind
            A        | 2020-08-10 | P
            A        | 2020-08-25 | P
            E        | 2020-08-08 | P
            E        | 2020-08-22 | P
        """,
    }
    spec(plans_followed.visits_in_time, given=given, numerator=3, denominator=5)


def test_seen_at_visit(spec: Spec) -> None:
    """Two of three visits to the child on a plan; other visits do not count."""
    spec(plans_followed.seen_at_visit, given=SEEN, numerator=2, denominator=3)


def test_seen_alone_at_visit(spec: Spec) -> None:
    """One of three visits to the child on a plan."""
    spec(plans_followed.seen_alone_at_visit, given=SEEN, numerator=1, denominator=3)


def test_core_groups_in_time(spec: Spec) -> None:
    """The tenth working day after 27 July is 10 August. A's core group met on it, B's a day later,
    C's not at all, and G's before the plan began. D's plan ended by then, E's is another
    authority's; F's tenth working day is 1 September, as 31 August was a bank holiday."""
    given = {
        child_protection_plans: """
            child_id | started_on | ended_on   | is_other_authority
            A        | 2020-07-27 |            | no
            B        | 2020-07-27 |            | no
            C        | 2020-07-27 |            | no
            D        | 2020-07-27 | 2020-08-10 | no
            E        | 2020-07-27 |            | yes
            F        | 2020-08-17 |            | no
            G        | 2020-07-27 |            | no
        """,
        core_groups: """
            child_id | held_on
            A        | 2020-08-10
            A        | 2020-08-28
            B        | 2020-08-11
            F        | 2020-08-24
            G        | 2020-07-24
        """,
    }
    spec(plans_followed.core_groups_in_time, given=given, numerator=1, denominator=4)


def test_trap_bank_holidays_of_2020(spec: Spec) -> None:
    """Trap 1: the May holiday was moved to 8 May, so 28 May is the 15th working day after 5 May;
    and 31 August was a holiday, so 1 September is the 15th after 10 August."""
    given = {
        initial_conferences: """
            child_id | strategy_discussion_on | held_on
            A        | 2020-05-05             | 2020-05-28
            B        | 2020-05-05             | 2020-05-29
            C        | 2020-08-10             | 2020-09-01
            D        | 2020-08-10             | 2020-09-02
        """
    }
    timeliness = child_protection.icpc_timeliness
    spec(timeliness, month="2020-05", given=given, numerator=1, denominator=2)
    spec(timeliness, month="2020-09", given=given, numerator=1, denominator=2)


def test_trap_strategy_discussion_on_a_saturday(spec: Spec) -> None:
    """Trap 2: from Saturday 1 August the Monday is the first working day and 21 August the 15th."""
    given = {
        initial_conferences: """
            child_id | strategy_discussion_on | held_on
            A        | 2020-08-01             | 2020-08-21
            B        | 2020-08-01             | 2020-08-24
        """
    }
    spec(child_protection.icpc_timeliness, given=given, numerator=1, denominator=2)


def test_trap_conference_before_the_enquiry(spec: Spec) -> None:
    """Trap 3: a conference dated before its strategy discussion is in the denominator and not in
    the numerator, nor in any band."""
    given = {
        initial_conferences: """
            child_id | strategy_discussion_on | held_on
            A        | 2020-08-20             | 2020-08-19
            B        | 2020-08-10             | 2020-08-19
        """
    }
    spec(child_protection.icpc_timeliness, given=given, numerator=1, denominator=2)
    spec(child_protection.conference_in_0_to_10_days, given=given, numerator=1, denominator=2)


def test_trap_two_enquiries_and_one_conference(spec: Spec) -> None:
    """Trap 4: two enquiries count, and the conference that both records name counts once; its clock
    runs from the first of them, so that a second discussion does not start it anew."""
    given = {
        section_47_enquiries: """
            child_id | strategy_discussion_on | conference_on
            A        | 2020-08-03             | 2020-08-28
            A        | 2020-08-14             | 2020-08-28
        """,
        initial_conferences: """
            child_id | strategy_discussion_on | held_on    | is_plan_made
            A        | 2020-08-14             | 2020-08-28 | yes
            A        | 2020-08-03             | 2020-08-28 | yes
        """,
    }
    spec(child_protection.section_47_enquiries_started, given=given, numerator=2)
    spec(child_protection.conferences_held, given=given, numerator=1)
    spec(child_protection.icpc_timeliness, given=given, numerator=0, denominator=1)
    spec(child_protection.conferences_to_plan, given=given, numerator=1, denominator=1)


def test_trap_transfer_in_conference(spec: Spec) -> None:
    """Trap 5: the conference of a child who moved in on a plan counts, in the number and in the
    denominator; without a strategy discussion it is late."""
    given = {
        initial_conferences: """
            child_id | strategy_discussion_on | held_on    | is_transfer_in
            A        | 2020-08-03             | 2020-08-14 | no
            B        |                        | 2020-08-14 | yes
        """
    }
    spec(child_protection.conferences_held, given=given, numerator=2)
    spec(child_protection.icpc_timeliness, given=given, numerator=1, denominator=2)


def test_trap_conference_at_both_levels_of_the_census(spec: Spec, tmp_path: Path) -> None:
    """Trap 6: the census may hold a conference's date beside the episode and in its enquiry: it is
    one conference, with the enquiry's clock."""
    beside = "<DateOfInitialCPC>2019-05-31</DateOfInitialCPC>"
    enquiry = (
        f"<Section47><S47ActualStartDate>2019-05-10</S47ActualStartDate>{beside}"
        "<ICPCnotRequired>0</ICPCnotRequired></Section47>"
    )
    episode = REFERRED.replace("2023", "2019") + beside + enquiry
    census = cin(child(episode), head=header(year="2020", reference="2020-03-31"))
    read = read_delivery(written(tmp_path / "cin.xml", census)).frames["initial_conferences"]
    rows = "\n".join(
        f"{row['child_id']} | {row['strategy_discussion_on'] or ''} | {row['held_on']}"
        for row in read.iter_rows(named=True)
    )
    given = {initial_conferences: f"child_id | strategy_discussion_on | held_on\n{rows}"}
    spec(child_protection.conferences_held, month="2019-05", given=given, numerator=1)
    timeliness = child_protection.icpc_timeliness
    spec(timeliness, month="2019-05", given=given, numerator=1, denominator=1)


def test_trap_a_sibling_group_of_five_late(spec: Spec) -> None:
    """Trap 7: five siblings late are five of seven children, and one of three families."""
    spec(child_protection.icpc_timeliness, given=SIBLINGS, numerator=2, denominator=7)
    spec(child_protection.family_timeliness, given=SIBLINGS, numerator=2, denominator=3)


def test_trap_a_plan_that_ends_and_starts_again_on_a_day(spec: Spec) -> None:
    """Trap 11: an end and a start are counted, and on that day the child counts once."""
    given = {
        child_protection_plans: """
            child_id | started_on | ended_on   | previous_plans
            A        | 2018-01-08 | 2020-08-31 | 0
            A        | 2020-08-31 |            | 1
        """
    }
    spec(child_protection.plans_ended, given=given, numerator=1)
    spec(child_protection.plans_started, given=given, numerator=1)
    spec(child_protection.plans_open, given=given, numerator=1)
    spec(child_protection.repeat_plans, given=given, numerator=1, denominator=1)
    spec(child_protection.two_years_or_more, given=given, numerator=0, denominator=1)


_OF_PLANS = [
    child_protection.plans_started,
    child_protection.plans_ended,
    child_protection.plans_open,
    child_protection.plan_rate,
    child_protection.repeat_plans,
    child_protection.repeat_plans_within_two_years,
    child_protection.neglect,
    child_protection.up_to_3_months,
    child_protection.two_years_or_more,
    child_protection.ended_after_two_years,
    plans_followed.reviews_in_time,
    plans_followed.reviews_due_held,
    plans_followed.visited_in_10_working_days,
    plans_followed.visits_in_time,
    plans_followed.core_groups_in_time,
]


@pytest.mark.parametrize("indicator", _OF_PLANS, ids=lambda indicator: indicator.id)
def test_trap_a_plan_of_another_authority(spec: Spec, indicator: Indicator) -> None:
    """Trap 12: temporary plans that another authority is responsible for are in no figure."""
    given = {
        child_protection_plans: """
            child_id | started_on | ended_on   | is_other_authority | latest_category
            A        | 2018-06-04 |            | yes                | NEG
            B        | 2018-06-04 | 2020-08-10 | yes                | NEG
            B        | 2020-08-14 |            | yes                | NEG
            C        | 2020-05-15 |            | yes                | NEG
        """
    }
    below = 10_000 if indicator.unit == " per 10,000" else 0
    denominator = below if indicator.has_denominator else None
    spec(indicator, given=given, numerator=0, denominator=denominator)


def test_trap_an_unborn_child_on_a_plan(spec: Spec) -> None:
    """Trap 13: a child who is not born yet counts, though not in the population."""
    given = {
        children: """
            child_id | born_on | expected_on
            A        |         | 2020-11-02
        """,
        child_protection_plans: """
            child_id | started_on
            A        | 2020-08-03
        """,
    }
    spec(child_protection.plan_rate, given=given, numerator=1, denominator=10_000, value=1)


@pytest.mark.parametrize("engine", ENGINES)
def test_conferences_are_counted_within_a_day_less_and_a_day_more_too(engine: type[Any]) -> None:
    """From Monday 3 August the 21st is the 14th working day, the 24th the 15th, the 25th the 16th
    and the 26th the 17th; a conference before the enquiry is late at every limit."""
    given = {
        initial_conferences: """
            child_id | strategy_discussion_on | held_on
            A        | 2020-08-03             | 2020-08-21
            B        | 2020-08-03             | 2020-08-24
            C        | 2020-08-03             | 2020-08-25
            D        | 2020-08-03             | 2020-08-26
            E        | 2020-08-20             | 2020-08-19
        """
    }
    timeliness = child_protection.icpc_timeliness

    found = measured(timeliness, journey_of(given), "2020-08", engine, 50_310)

    assert (found.series[-1].numerator, found.series[-1].denominator) == (2, 5)
    assert [(at.words, at.series[-1].numerator) for at in found.at_limits] == [
        ("within 14 working days", 1),
        ("within 16 working days", 3),
    ]
    assert {at.rolling[-1].denominator for at in found.at_limits} == {5}
