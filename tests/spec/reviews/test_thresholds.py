"""Thresholds: referrals followed to each step, and what became of children at the margin."""

from __future__ import annotations

import pytest

from lineofsight.access.audit import AuditTrail
from lineofsight.access.roles import Act, Actor, Role
from lineofsight.journey.fields import Events
from lineofsight.journey.tables import (
    assessments,
    child_protection_plans,
    initial_conferences,
    referrals,
    section_47_enquiries,
)
from lineofsight.measurement.measure import Question, measure
from lineofsight.reference.periods import Month
from lineofsight.reviews.thresholds import STAGES, Thresholds, review_thresholds
from lineofsight.warehouse.duckdb import DuckDB

from ..conftest import journey_of

MONTH = Month.parse("2020-08")
GIVEN: dict[type[Events], str] = {
    # Four in the months that are followed (March 2019 to February 2020), one after them.
    referrals: """
    child_id | referred_on | is_no_further_action
    planned  | 2019-10-01  | no
    slow     | 2019-10-01  | no
    closed   | 2019-10-01  | yes
    again    | 2019-04-01  | no
    again    | 2020-01-10  | no
    new      | 2020-05-01  | no
    """,
    assessments: """
    child_id | started_on | authorised_on
    planned  | 2019-10-01 | 2019-11-01
    slow     | 2019-10-02 | 2019-11-01
    again    | 2020-01-12 | 2020-02-01
    new      | 2020-05-01 | 2020-06-01
    """,
    section_47_enquiries: """
    child_id | strategy_discussion_on
    planned  | 2019-11-04
    slow     | 2020-03-30
    again    | 2020-01-13
    """,
    initial_conferences: """
    child_id | strategy_discussion_on | held_on    | is_plan_made | is_transfer_in
    planned  | 2019-11-04             | 2019-11-20 | yes          | no
    slow     | 2020-03-30             | 2020-04-17 | yes          | no
    again    | 2019-04-08             | 2019-04-24 | no           | no
    never    | 2019-05-08             | 2019-05-24 | no           | no
    """,
    child_protection_plans: """
    child_id | started_on | ended_on
    planned  | 2019-11-20 | 2020-03-10
    slow     | 2020-04-17 |
    old      | 2018-06-01 | 2018-10-01
    old      | 2019-09-15 |
    long     | 2018-03-01 | 2019-01-15
    """,
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Thresholds:
    """The review of what is drawn."""
    journey = journey_of(GIVEN)
    trail = AuditTrail(tmp_path_factory.mktemp("store") / "audit.jsonl")
    entry = trail.enter(Actor("a", Role.ANALYST), Act.REVIEW, "thresholds")
    question = Question(journey, DuckDB(journey.frames), MONTH, "Drawn", None)
    measured = measure([stage.indicator for stage in STAGES], question)
    return review_thresholds(journey, MONTH, measured, None, entry)


def test_numbers_of_twelve_months_are_the_indicators(found: Thresholds) -> None:
    """September 2019 to August 2020, and the twelve months before; plans open at both ends."""
    told = {one.stage.words: (one.now, one.before) for one in found.stages}
    assert told == {
        "Contacts": (0, 0),
        "Referrals": (5, 1),
        "Assessments": (4, 0),
        "Section 47 enquiries": (3, 0),
        "Initial conferences": (2, 2),
        "Plans started": (3, 0),
        "Plans open at the end": (2, 0),
    }


def test_referrals_are_followed_for_six_months(found: Thresholds) -> None:
    """Five were made from March 2019 to February 2020; the conference of one came after them.

    The conference of April 2019 is put down to that child's first referral, the enquiry of January
    2020 to the second.
    """
    assert (found.followed, found.no_further_action) == (5, 1)
    reached = {
        one.stage.words: round(one.reached.value * found.followed)
        for one in found.stages
        if one.reached is not None
    }
    assert reached == {
        "Assessments": 3,
        "Section 47 enquiries": 3,
        "Initial conferences": 2,
        "Plans started": 1,
    }


def test_what_became_of_children_at_the_margin(found: Thresholds) -> None:
    """Each line of children who could be followed as long as it says.

    Plans started from May 2019 to April 2020: three, one over within four months; the year before
    one, which ended on the day it was four months old. Of two conferences without a plan one child
    was referred again, but after six months. Of plans ended from September 2018 to August 2019 the
    early one was followed by a plan within a year, on 15 September 2019.
    """
    told = [(one.counted, one.words, one.of, one.met) for one in found.margins]
    assert told == [
        ("plans started", "ended within 4 months, at about the first review", 3, 1),
        ("plans started", "ended within 4 months, at about the first review", 1, 1),
        ("children whose conference made no plan", "referred again within 6 months", 2, 0),
        ("children whose conference made no plan", "on a plan within 6 months", 2, 0),
        ("plans that ended within 4 months", "followed by a new plan within 12 months", 1, 1),
        ("plans that ended later", "followed by a new plan within 12 months", 1, 0),
        ("plans started", "within two years of the end of another", 3, 1),
    ]
