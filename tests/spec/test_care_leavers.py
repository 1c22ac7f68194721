"""Care leavers, from the list of Annex A and around the birthday as SSDA903 counts them."""

from __future__ import annotations

from lineofsight.indicators import care_leavers as chapter
from lineofsight.journey.tables import care_leavers, care_leavers_at_birthday, children

from .conftest import Spec

LISTED = {
    care_leavers: """
        child_id | recorded_on | in_touch | accommodation | accommodation_suitability | activity | \
pathway_plan_reviewed_on | contacted_on
        A | 2020-08-31 | YES  | U | suitable     | F1 | 2020-03-01 | 2020-07-06
        B | 2020-08-31 | NO   |   |              |    | 2020-02-28 | 2020-07-05
        C | 2020-08-31 | YES  | R | not known    | G5 |            |
        D | 2020-08-31 | REFU | X | not suitable | G4 | 2020-08-31 | 2020-08-31
        E | 2020-08-31 | DIED |   |              |    | 2020-08-03 | 2020-08-03
        F | 2020-08-31 | RHOM | B | suitable     | F2 | 2020-08-03 | 2020-08-03
        G | 2020-08-31 |      | G | suitable     | 0  | 2020-08-03 |
    """
}


def test_in_touch(spec: Spec) -> None:
    """A and C of five: E died, F returned home for good; D refuses, G's is blank. In the month
    before the list there is nobody, not a share of none."""
    spec(chapter.in_touch, given=LISTED, numerator=2, denominator=5, twelve_months=(2, 5))
    spec(chapter.in_touch, given=LISTED, month="2020-07", numerator=0, denominator=0)


def test_in_suitable_accommodation(spec: Spec) -> None:
    """A; D is in custody. C's residence is not known and G is abroad: left out. B is not in touch
    and is counted."""
    spec(chapter.in_suitable_accommodation, given=LISTED, numerator=1, denominator=3)


def test_in_education_employment_or_training(spec: Spec) -> None:
    """A, in higher education."""
    spec(chapter.in_education_employment_or_training, given=LISTED, numerator=1, denominator=5)


def test_not_in_education_employment_or_training(spec: Spec) -> None:
    """C and D; of B and G nothing is known."""
    spec(chapter.not_in_education_employment_or_training, given=LISTED, numerator=2, denominator=5)


def test_pathway_plan_up_to_date(spec: Spec) -> None:
    """A's review was six months ago less a day, B's six months and a day; C had none."""
    spec(chapter.pathway_plan_up_to_date, given=LISTED, numerator=3, denominator=5)


def test_contacted_lately(spec: Spec) -> None:
    """A's contact was 56 days ago, B's 57."""
    spec(chapter.contacted_lately, given=LISTED, numerator=2, denominator=5)


BIRTHDAYS = {
    children: """
        child_id | born_on
        A        | 2001-08-03
        B        | 1999-08-31
        C        | 2000-08-14
        D        | 2001-08-14
        E        | 2001-08-14
        F        | 2002-08-14
        G        | 1998-08-14
        H        | 2001-01-06
        I        | 2001-08-14
    """,
    care_leavers_at_birthday: """
        child_id | birthday_on | in_touch | activity | accommodation
        A        | 2020-08-03  | YES      | F2       | U1
        B        | 2020-08-31  | NO       | 0        | 0
        C        | 2020-08-14  | YES      | G6       | S2
        D        | 2020-08-14  | DIED     |          |
        E        | 2020-08-14  | YES      | P5       | G1
        F        | 2020-08-14  | YES      | F2       | U1
        G        | 2020-08-14  | YES      | F2       | U1
        H        | 2020-01-06  | YES      | F4       | D1
        I        | 2020-08-14  | RHOM     | F2       | B1
    """,
}


def test_in_touch_at_birthday(spec: Spec) -> None:
    """A, C and E of the four who turned 19 to 21 in August; D died, I returned home, F turned 18
    and G 22."""
    spec(
        chapter.in_touch_at_birthday,
        given=BIRTHDAYS,
        numerator=3,
        denominator=4,
        twelve_months=(4, 5),
    )


def test_in_suitable_accommodation_at_birthday(spec: Spec) -> None:
    """A. C has no fixed abode; E is abroad and left out; B is not in touch and is counted."""
    spec(
        chapter.in_suitable_accommodation_at_birthday,
        given=BIRTHDAYS,
        numerator=1,
        denominator=3,
        twelve_months=(2, 4),
    )


def test_in_education_employment_or_training_at_birthday(spec: Spec) -> None:
    """A and E, who is abroad."""
    spec(
        chapter.in_education_employment_or_training_at_birthday,
        given=BIRTHDAYS,
        numerator=2,
        denominator=4,
        twelve_months=(3, 5),
    )


def test_not_in_education_employment_or_training_at_birthday(spec: Spec) -> None:
    """C; of B nothing is known."""
    spec(
        chapter.not_in_education_employment_or_training_at_birthday,
        given=BIRTHDAYS,
        numerator=1,
        denominator=4,
        twelve_months=(1, 5),
    )
