"""Front door: contacts, the multi-agency safeguarding hub, and referrals."""

from __future__ import annotations

from lineofsight.indicators import front_door
from lineofsight.journey.tables import contacts, mash_decisions, referrals

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
