"""The review of assurance and of the panel, on drawn tables with answers worked out by hand."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path

import pytest

from lineofsight.access.audit import AuditEntry, AuditTrail
from lineofsight.access.roles import Act, Actor, Role
from lineofsight.journey.tables import (
    audits,
    care_panel_decisions,
    mash_decisions,
    periods_of_care,
)
from lineofsight.reference.periods import Month
from lineofsight.reviews.assurance import moderate, review_assurance, share, weigh
from lineofsight.reviews.assurance_told import tell_assurance
from lineofsight.reviews.panel import (
    HEARD_BEFORE,
    NOT_RATIFIED,
    RATIFIED,
    TO_BE_HEARD,
    UNHEARD,
    pace_of_entries,
    review_panel,
)
from lineofsight.reviews.panel_told import tell_panel

from ..conftest import journey_of

AUGUST = Month.parse("2020-08")


@pytest.fixture
def entry(tmp_path: Path) -> AuditEntry:
    """The entry without which nothing is reviewed."""
    return AuditTrail(tmp_path / "a").enter(Actor("a", Role.ANALYST), Act.REVIEW, "test")


AUDITED = {
    mash_decisions: """
        child_id | received_at         | decided_at          | outcome
        A        | 2020-07-01T09:00:00 | 2020-07-02T09:00:00 | Assessment
        A        | 2020-07-20T09:00:00 | 2020-07-21T09:00:00 | No further action
        B        | 2020-07-01T09:00:00 | 2020-07-02T09:00:00 | No further action
        C        | 2020-07-01T09:00:00 | 2020-07-02T09:00:00 | No further action
        D        | 2020-07-01T09:00:00 | 2020-07-02T09:00:00 | No further action
        E        | 2020-07-01T09:00:00 | 2020-07-02T09:00:00 | Assessment
        F        | 2020-07-01T09:00:00 | 2020-07-02T09:00:00 | Assessment
        G        | 2020-06-30T09:00:00 | 2020-06-30T10:00:00 | Strategy discussion
    """,
    audits: """
        child_id | audited_on | theme         | is_assured | sample                   | grade                | moderated_grade      | remedial_actions | actions_due_on | actions_closed_on | referring_agency | referral_grade
        A        | 2020-08-03 | MASH decision | no         | mash-decisions-2020-07-1 | good                 | requires improvement | 2                | 2020-08-20     | 2020-08-21        | 6                | good
        E        | 2020-08-03 | MASH decision | yes        | mash-decisions-2020-07-1 | good                 | good                 | 1                | 2020-08-20     | 2020-08-20        | 6                | inadequate
        F        | 2020-08-04 | MASH decision | yes        | mash-decisions-2020-07-1 | outstanding          |                      | 0                |                |                   | 2A               | outstanding
        H        | 2020-08-10 | Case file     | yes        |                          |                      |                      | 3                | 2020-08-31     | 2020-09-02        |                  |
        J        | 2020-08-10 | Case file     | no         |                          | inadequate           | inadequate           | 1                | 2020-09-10     |                   |                  |
        K        | 2020-07-31 | Case file     | no         |                          | inadequate           |                      | 1                | 2020-08-10     |                   |                  |
    """,  # noqa: E501
}


def test_assured_by_theme_with_grades_moderation_and_actions(entry: AuditEntry) -> None:
    """Five audits in August. H's actions were closed after its end: on the 31st they are past."""
    found = review_assurance(journey_of(AUDITED), [AUGUST], entry)
    assert (found.audits, found.children) == (5, 5)
    told = [(t.theme, t.audits, t.satisfied.value, t.grades, t.ungraded) for t in found.themes]
    assert told == [
        ("Case file", 2, 0.5, (0, 0, 0, 1), 1),
        ("MASH decision", 3, pytest.approx(2 / 3), (1, 2, 0, 0), 0),
    ]
    acts = found.actions
    assert (acts.audits, acts.actions) == (4, 7)
    assert (acts.in_time, acts.late, acts.not_due, acts.overdue) == (1, 1, 1, 1)
    moderation = found.moderation
    assert moderation
    assert (moderation.count, moderation.stricter, moderation.milder) == (3, 1, 0)
    assert [(a.name, a.graded, a.good.value, a.inadequate) for a in found.agencies] == [
        ("Police", 2, 0.5, 1),
        ("Schools", 1, 1.0, 0),
    ]


def test_a_sample_counts_for_its_month_by_stratum(entry: AuditEntry) -> None:
    """July: A, B, C and D ended with no further action, E and F with an assessment.

    A stands for four, E and F for themselves: 2 of 6 for the month, where 2 of 3 were found right.
    Weights 4, 1 and 1 are worth 36 / 18 = 2 cases of equal weight.
    """
    (found,) = review_assurance(journey_of(AUDITED), [AUGUST], entry).samples
    assert (found.month, found.audited, found.cases) == (Month.parse("2020-07"), 3, 6)
    assert found.weighted
    assert found.weighted.value == pytest.approx(2 / 6)
    assert found.worth == pytest.approx(2)
    # Wilson: middle 1.2937, half 1.1615, whole 2.9207.
    assert (found.weighted.low, found.weighted.high) == pytest.approx((0.045, 0.841), abs=0.001)


def test_a_stratum_without_an_audit_lets_nothing_be_said_for_the_month(entry: AuditEntry) -> None:
    """Without A nobody audited stands for those with no further action."""
    without = "\n".join(r for r in AUDITED[audits].splitlines() if " A  " not in r)
    journey = journey_of({**AUDITED, audits: without})
    (found,) = review_assurance(journey, [AUGUST], entry).samples
    assert found.weighted is None
    assert found.unseen == ("No further action",)
    report = tell_assurance(review_assurance(journey, [AUGUST], entry), "X", is_synthetic=True)
    assert report.sections[1].paragraphs == (
        "mash-decisions-2020-07-1: no case of the outcome No further action was audited, so that "
        "it says nothing for its month.",
    )


def test_equal_weights_are_worth_their_number() -> None:
    """And give Wilson's interval of the plain share."""
    found, worth = weigh([(3.0, True)] * 8 + [(3.0, False)] * 2)
    assert worth == pytest.approx(10)
    plain = share(8, 10)
    assert (found.value, found.low, found.high) == pytest.approx(
        (plain.value, plain.low, plain.high)
    )


def test_agreement_beyond_chance_by_hand() -> None:
    """Ten good, of which moderation left six and lowered four; ten inadequate, all left.

    Apart: 4 of 20 by one step, 0.2. By chance: first half good, half inadequate; then 6 good, 4
    requiring improvement, 10 inadequate. Steps: good with improvement 10 x 4, good with inadequate
    10 x 10 x 2, inadequate with good 10 x 6 x 2, with improvement 10 x 4: 400 of 400 pairs, 1.0.
    """
    graded = [("good", "good")] * 6 + [("good", "requires improvement")] * 4
    found = moderate([*graded, *[("inadequate", "inadequate")] * 10])
    assert found
    assert found.confirmed.value == pytest.approx(0.8)
    assert found.kappa == pytest.approx(0.8)


def test_one_grade_alone_has_no_agreement_beyond_chance() -> None:
    found = moderate([("good", "good")] * 5)
    assert found
    assert found.kappa is None


def test_without_audits_nothing_is_assured(entry: AuditEntry) -> None:
    """Which is not the same as that all is well."""
    found = review_assurance(journey_of(AUDITED), [Month.parse("2020-05")], entry)
    report = tell_assurance(found, "X", is_synthetic=True)
    assert report.summary == (
        "No audit is recorded in these months: nothing is assured, and nothing found wanting.",
    )


PANEL = {
    periods_of_care: """
        child_id | started_on | ceased_on  | legal_status
        A        | 2020-03-20 |            | C2
        B        | 2020-03-10 | 2020-07-01 | V2
        C        | 2020-03-05 |            | C2
        D        | 2020-04-10 |            | C2
        E        | 2020-08-20 |            | C2
        F        | 2020-02-20 |            | C2
        G        | 2020-03-15 |            | V4
    """,
    care_panel_decisions: """
        child_id | heard_on   | decision       | is_emergency | is_ratified | route     | alternatives
        A        | 2020-03-02 | Care agreed    | no           | no          |           | Kinship care
        B        | 2020-03-12 | Care confirmed | yes          | yes         | emergency | None possible
        C        | 2020-03-12 | Care confirmed | yes          | no          | emergency | None possible
        H        | 2020-03-12 | Support agreed | no           | no          |           | Kinship care
        A        | 2020-08-26 | Support agreed | no           | no          |           |
    """,  # noqa: E501
}


def test_every_entry_with_or_without_a_decision(entry: AuditEntry) -> None:
    """The panel began on 2 March, so F is none of its entries; G is a series of short breaks."""
    months = [Month.parse("2020-03") + n for n in range(6)]
    found = review_panel(journey_of(PANEL), months, entry)
    assert found.began_on == date(2020, 3, 2)
    assert dict(found.entries) == {
        months[0]: {HEARD_BEFORE: 1, RATIFIED: 1, NOT_RATIFIED: 1},
        months[1]: {UNHEARD: 1},
        months[2]: {},
        months[3]: {},
        months[4]: {},
        months[5]: {TO_BE_HEARD: 1},
    }
    assert (found.heard, found.emergencies, found.emergencies_ratified) == (5, 2, 1)
    assert found.alternatives == {"Kinship care": 2, "None possible": 2, "not recorded": 1}


def test_three_and_six_months_on(entry: AuditEntry) -> None:
    """By 31 August three months have passed for all of March, six for 2 March only to the day.

    On 12 June B and C were in care; H never was; A was, on 2 June. Of 2 March six months end on 2
    September, after the review.
    """
    months = [Month.parse("2020-03") + n for n in range(6)]
    outcomes = review_panel(journey_of(PANEL), months, entry).outcomes
    assert {n: (o.cases, o.known, o.in_care) for n, o in outcomes.items()} == {
        "Care confirmed": (2, (2, 0), (2, 0)),
        "Support agreed": (2, (1, 0), (0, 0)),
        "Care agreed": (1, (1, 0), (1, 0)),
    }
    report = tell_panel(review_panel(journey_of(PANEL), months, entry), "X", is_synthetic=True)
    (table,) = report.sections[2].tables
    assert table.shown(table.rows[0]) == ("Care confirmed", "2", "2", "2", "0", "–")


def test_no_change_is_spoken_of_before_six_whole_months(entry: AuditEntry) -> None:
    """April to August are five; the month the panel began in is in neither."""
    months = [Month.parse("2020-03") + n for n in range(6)]
    report = tell_panel(review_panel(journey_of(PANEL), months, entry), "X", is_synthetic=True)
    assert report.summary[-1].startswith("Whether the panel changed how many children enter care")


def test_the_pace_of_entries_by_hand() -> None:
    """Twenty-four in twelve months, then six in six: half as many, e to the 1.96 root of 5/24."""
    before = [date(2019, 1 + n // 2, 10) for n in range(24)]
    since = [date(2020, 2 + n, 10) for n in range(6)]
    care = [{"child_id": "A", "started_on": day, "ceased_on": None} for day in (*before, *since)]
    found = pace_of_entries(care, date(2020, 1, 15), Month.parse("2020-07"))
    assert found
    assert (found.before, found.since, found.months_since) == (24, 6, 6)
    assert found.ratio == pytest.approx(0.5)
    assert found.high == pytest.approx(0.5 * math.exp(1.959964 * math.sqrt(5 / 24)))
    report_words = pace_of_entries(care, None, Month.parse("2020-07"))
    assert report_words is None


def test_without_a_panel_that_is_said(entry: AuditEntry) -> None:
    journey = journey_of({periods_of_care: PANEL[periods_of_care]})
    report = tell_panel(review_panel(journey, [AUGUST], entry), "X", is_synthetic=True)
    assert report.summary == ("No case that the panel heard is recorded.",)
