"""Front door: contacts, the multi-agency safeguarding hub, and referrals."""

from __future__ import annotations

from lineofsight.indicators import front_door
from lineofsight.journey.tables import contacts, mash_decisions, need_episodes, referrals

from .conftest import Spec

REFERRALS = {
    referrals: """
        child_id | referred_on | is_no_further_action
        A        | 2020-08-03  | no
        B        | 2020-08-31  | yes
        B        | 2020-01-15  | no
        C        | 2020-07-31  | no
        C        | 2019-08-31  | no
        D        | 2020-09-01  | no
    """
}


def test_contacts_received(spec: Spec) -> None:
    """Each contact counts in the month of its date; a child may have several."""
    given = {
        contacts: """
            child_id | contacted_on
            A        | 2020-08-01
            A        | 2020-08-31
            B        | 2020-07-31
            B        | 2019-09-01
            C        | 2019-08-31
        """
    }
    spec(front_door.contacts_received, given=given, numerator=2, twelve_months=(4, None))


def test_mash_timeliness(spec: Spec) -> None:
    """24 hours or one working day: a Friday evening may be decided on Monday; 25 hours in the
    middle of the week are still the next working day; two working days are late. What is undecided
    is in no month, and what was decided before it was received is an error and not in time."""
    given = {
        mash_decisions: """
            child_id | received_at      | decided_at
            A        | 2020-08-07 17:00 | 2020-08-10 18:00
            B        | 2020-08-04 09:00 | 2020-08-05 10:00
            C        | 2020-08-04 09:00 | 2020-08-06 08:00
            D        | 2020-08-28 12:00 | 2020-09-01 12:00
            E        | 2020-08-31 12:00 |
            F        | 2020-07-31 12:00 | 2020-08-03 12:00
            G        | 2020-08-06 12:00 | 2020-08-06 11:00
        """
    }
    spec(
        front_door.mash_timeliness,
        given=given,
        numerator=3,  # A, B and F
        denominator=5,
        twelve_months=(3, 5),
    )


def test_referrals_received(spec: Spec) -> None:
    """Each referral counts; the month of August runs from the 1st to the 31st."""
    spec(front_door.referrals_received, given=REFERRALS, numerator=2, twelve_months=(4, None))


def test_referral_rate(spec: Spec) -> None:
    """Referrals of the twelve months for each 10,000 residents aged 0 to 17."""
    spec(
        front_door.referral_rate,
        given=REFERRALS,
        numerator=2,
        denominator=50_000,
        twelve_months=(4, 50_000),
        population=50_000,
    )


def test_no_further_action(spec: Spec) -> None:
    """One of August's two referrals led to no further action."""
    spec(
        front_door.no_further_action,
        given=REFERRALS,
        numerator=1,
        denominator=2,
        twelve_months=(1, 4),
    )


def test_re_referrals(spec: Spec) -> None:
    """B's of August came seven months after B's of January; C's of July eleven months after."""
    spec(front_door.re_referrals, given=REFERRALS, numerator=1, denominator=2, twelve_months=(2, 4))


SOURCES = {
    referrals: """
        child_id | referred_on | source
        A        | 2020-08-03  | 6
        B        | 2020-08-04  | 2A
        C        | 2020-08-05  | 2B
        D        | 2020-08-06  | 3A
        E        | 2020-08-07  | 3F
        F        | 2020-08-10  |
        G        | 2020-07-31  | 6
    """
}


def test_contacts_to_referral(spec: Spec) -> None:
    """A was referred on the fourteenth day, 1 August, and E on the day of the contact; B on the
    fifteenth day, C the day before. D's fourteenth day lies in September: not judged yet."""
    given = {
        contacts: """
            child_id | contacted_on
            A        | 2020-07-18
            B        | 2020-07-20
            C        | 2020-08-10
            D        | 2020-08-18
            E        | 2020-08-17
        """,
        referrals: """
            child_id | referred_on
            A        | 2020-08-01
            B        | 2020-08-04
            C        | 2020-08-09
            D        | 2020-08-18
            E        | 2020-08-17
        """,
    }
    spec(front_door.contacts_to_referral, given=given, numerator=2, denominator=4)


def test_from_police(spec: Spec) -> None:
    """One of six; F's source is blank and is not the police."""
    spec(front_door.from_police, given=SOURCES, numerator=1, denominator=6, twelve_months=(2, 7))


def test_from_schools(spec: Spec) -> None:
    """Schools alone: C came from another education service."""
    spec(front_door.from_schools, given=SOURCES, numerator=1, denominator=6)


def test_from_health(spec: Spec) -> None:
    """A general practitioner and a hospital are both health services."""
    spec(front_door.from_health, given=SOURCES, numerator=2, denominator=6)


def test_assessed_not_in_need(spec: Spec) -> None:
    """A's episode was closed on the ninetieth day, which is 1 August, B's on the ninety-first; C
    began no episode, D's closed for another reason, E's was passed to early help. F's ninetieth
    day is 1 September."""
    given = {
        referrals: """
            child_id | referred_on
            A        | 2020-05-03
            B        | 2020-05-10
            C        | 2020-05-20
            D        | 2020-05-20
            E        | 2020-05-20
            F        | 2020-06-03
        """,
        need_episodes: """
            child_id | started_on | ended_on   | closure_reason
            A        | 2020-05-03 | 2020-08-01 | RC8
            B        | 2020-05-10 | 2020-08-09 | RC9
            D        | 2020-05-20 | 2020-07-01 | RC7
            E        | 2020-05-20 | 2020-07-01 | RC9
            F        | 2020-06-03 | 2020-07-01 | RC8
        """,
    }
    spec(front_door.assessed_not_in_need, given=given, numerator=2, denominator=5)


def test_children_re_referred(spec: Spec) -> None:
    """A was referred twice in August, after a referral in January, and counts once; D's second
    referral of August follows the first; C's is exactly a year after; B had none before."""
    given = {
        referrals: """
            child_id | referred_on
            A        | 2020-01-10
            A        | 2020-08-03
            A        | 2020-08-20
            B        | 2020-08-05
            C        | 2019-08-05
            C        | 2020-08-05
            D        | 2020-08-03
            D        | 2020-08-25
        """
    }
    spec(
        front_door.children_re_referred,
        given=given,
        numerator=3,
        denominator=4,
        twelve_months=(3, 4),
    )


def test_trap_half_a_percent_is_rounded_up(spec: Spec) -> None:
    """Trap 17: 29 of 200 referrals are 14.5%, which is printed as 15%: half goes up, and not to
    the even number."""
    refused = "\n".join(f"R{n} | 2020-08-03 | yes" for n in range(29))
    others = "\n".join(f"O{n} | 2020-08-03 | no" for n in range(171))
    head = "child_id | referred_on | is_no_further_action"
    spec(
        front_door.no_further_action,
        given={referrals: f"{head}\n{refused}\n{others}"},
        numerator=29,
        denominator=200,
        value=15,
    )
