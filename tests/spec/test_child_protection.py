"""Child protection: from the strategy discussion to the end of the plan."""

from __future__ import annotations

from lineofsight.indicators import child_protection
from lineofsight.journey.tables import (
    child_protection_plans,
    initial_conferences,
    section_47_enquiries,
)

from .conftest import Spec

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
