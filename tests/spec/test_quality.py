"""Quality of practice, from the local tables of audits and of the entry-to-care panel."""

from __future__ import annotations

from lineofsight.indicators import quality
from lineofsight.journey.tables import audits, care_panel_decisions

from .conftest import Spec

GIVEN = {
    audits: """
        child_id | audited_on | theme         | grade       | is_assured
        A        | 2020-08-03 | MASH decision | Good        | yes
        B        | 2020-08-04 | MASH decision | Inadequate  | no
        C        | 2020-08-04 | Assessment    | Good        | yes
        D        | 2020-03-04 | MASH decision | Outstanding | yes
    """
}


def test_audits_completed(spec: Spec) -> None:
    """Every audit of the month, whatever its theme."""
    spec(quality.audits_completed, given=GIVEN, numerator=3, twelve_months=(4, None))


def test_mash_decisions_assured(spec: Spec) -> None:
    """Only audits of MASH decisions are in the denominator."""
    spec(
        quality.mash_decisions_assured,
        given=GIVEN,
        numerator=1,
        denominator=2,
        twelve_months=(2, 3),
    )


GRADED = {
    audits: """
        child_id | audited_on | grade                | moderated_grade      | referral_grade
        A        | 2020-08-03 | good                 | good                 | good
        B        | 2020-08-31 | outstanding          | requires improvement |
        C        | 2020-08-14 | requires improvement |                      | inadequate
        D        | 2020-08-14 |                      | good                 |
        E        | 2020-07-06 | inadequate           |                      | outstanding
        F        | 2020-07-06 | good                 | good                 |
    """
}
ACTIONS = {
    audits: """
        child_id | audited_on | remedial_actions | actions_due_on | actions_closed_on
        A        | 2020-08-03 | 0                |                |
        B        | 2020-08-31 | 2                | 2020-09-11     |
        C        | 2020-08-14 | 1                | 2020-08-28     | 2020-08-28
        D        | 2020-08-14 | 1                | 2020-08-28     | 2020-08-31
        E        | 2020-07-06 | 3                | 2020-08-03     |
        F        | 2020-07-06 | 0                | 2020-08-03     | 2020-08-03
    """
}


def test_graded_good_or_better(spec: Spec) -> None:
    """A and B of three; D has no grade and is left out."""
    spec(
        quality.graded_good_or_better,
        given=GRADED,
        numerator=2,
        denominator=3,
        twelve_months=(3, 5),
    )


def test_moderated(spec: Spec) -> None:
    """A, B and D of August's four."""
    spec(quality.moderated, given=GRADED, numerator=3, denominator=4, twelve_months=(4, 6))


def test_moderated_grade_agrees(spec: Spec) -> None:
    """A's was confirmed, B's lowered; D had no grade to confirm and counts as changed."""
    spec(
        quality.moderated_grade_agrees,
        given=GRADED,
        numerator=1,
        denominator=3,
        twelve_months=(2, 4),
    )


def test_actions_closed_in_time(spec: Spec) -> None:
    """By the day they were due: C's on the day, D's three days late, E's still open; B's are due in
    September, F's audit asked for none."""
    spec(
        quality.actions_closed_in_time,
        given=ACTIONS,
        numerator=1,
        denominator=3,
        twelve_months=(1, 3),
    )


def test_referrals_of_good_quality(spec: Spec) -> None:
    """A's referral was good, C's inadequate; the others were not graded."""
    spec(
        quality.referrals_of_good_quality,
        given=GRADED,
        numerator=1,
        denominator=2,
        twelve_months=(2, 3),
    )


PANEL = {
    care_panel_decisions: """
        child_id | heard_on   | is_emergency | is_ratified | alternatives
        A        | 2020-08-05 | yes          | yes         | None possible
        B        | 2020-08-12 | yes          | no          | Kinship care
        C        | 2020-08-26 | no           | no          | Family group conference
        D        | 2020-08-26 | no           | no          |
        E        | 2020-07-29 | no           | no          | Short breaks
    """
}


def test_panel_cases_heard(spec: Spec) -> None:
    """Each case on the day it was heard."""
    spec(quality.panel_cases_heard, given=PANEL, numerator=4, twelve_months=(5, None))


def test_panel_heard_before_entry(spec: Spec) -> None:
    """C and D; A and B had entered care already."""
    spec(
        quality.panel_heard_before_entry,
        given=PANEL,
        numerator=2,
        denominator=4,
        twelve_months=(3, 5),
    )


def test_panel_emergencies_ratified(spec: Spec) -> None:
    """Of the two emergencies A's was ratified."""
    spec(quality.panel_emergencies_ratified, given=PANEL, numerator=1, denominator=2)


def test_panel_alternatives_offered(spec: Spec) -> None:
    """B and C; for A none was possible, D's is blank."""
    spec(
        quality.panel_alternatives_offered,
        given=PANEL,
        numerator=2,
        denominator=4,
        twelve_months=(3, 5),
    )
