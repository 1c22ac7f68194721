"""Permanence: going home, adoption, special guardianship, and coming back into care."""

from __future__ import annotations

from lineofsight.indicators import permanence
from lineofsight.journey.tables import adoptions, periods_of_care

from .conftest import Spec

LEAVERS = {
    periods_of_care: """
        child_id | started_on | ceased_on  | reason_ceased | legal_status
        A        | 2018-01-08 | 2020-08-03 | E12           | E1
        B        | 2018-01-08 | 2020-08-31 | E47           | C2
        C        | 2020-01-06 | 2020-08-14 | E4A           | V2
        D        | 2020-01-06 | 2020-08-14 |               | V2
        E        | 2020-01-06 | 2020-08-14 | E4B           | V4
        F        | 2018-01-08 | 2020-02-03 | E11           | E1
        G        | 2018-01-08 | 2020-02-03 | E43           | C2
        H        | 2018-01-08 |            |               | C2
    """
}


def test_adopted(spec: Spec) -> None:
    """A in August, F in February."""
    spec(permanence.adopted, given=LEAVERS, numerator=1, twelve_months=(2, None))


def test_adopted_share(spec: Spec) -> None:
    """One of the four who left care in August; D without a reason is counted, E's short breaks are
    not."""
    spec(
        permanence.adopted_share,
        given=LEAVERS,
        numerator=1,
        denominator=4,
        twelve_months=(2, 6),
    )


def test_special_guardianship_share(spec: Spec) -> None:
    """B; G by the code that was used until 2018."""
    spec(
        permanence.special_guardianship_share,
        given=LEAVERS,
        numerator=1,
        denominator=4,
        twelve_months=(2, 6),
    )


def test_returned_home_share(spec: Spec) -> None:
    """C."""
    spec(
        permanence.returned_home_share,
        given=LEAVERS,
        numerator=1,
        denominator=4,
        twelve_months=(1, 6),
    )


RETURNS = {
    periods_of_care: """
        child_id | started_on | ceased_on  | reason_ceased | legal_status
        A        | 2019-01-07 | 2019-08-14 | E4A           | V2
        A        | 2020-08-14 |            |               | V2
        B        | 2019-01-07 | 2019-08-05 | E4B           | V2
        B        | 2020-08-10 |            |               | V2
        C        | 2019-01-07 | 2019-08-14 | E4A           | V2
        D        | 2019-01-07 | 2019-08-14 | E12           | E1
        E        | 2020-08-03 |            |               | V2
        F        | 2019-01-07 | 2019-09-14 | E4A           | V2
    """
}


def test_back_after_returning_home(spec: Spec) -> None:
    """Of the three who went home in August 2019 A came back on the last day of the twelve months, B
    five days after it. D was adopted. F's twelve months end in September."""
    spec(
        permanence.back_after_returning_home,
        given=RETURNS,
        numerator=1,
        denominator=3,
        twelve_months=(1, 3),
    )


def test_re_entries(spec: Spec) -> None:
    """Of three entries in August A's came within twelve months of leaving; E had never been in
    care."""
    spec(
        permanence.re_entries,
        given=RETURNS,
        numerator=1,
        denominator=3,
        twelve_months=(1, 3),
    )


def test_permanence_plan_recorded(spec: Spec) -> None:
    """A's plan is recorded, B's is blank; C left care, D is in short breaks."""
    given = {
        periods_of_care: """
            child_id | started_on | ceased_on  | legal_status | permanence_plan
            A        | 2019-01-07 |            | C2           | Adoption
            B        | 2019-01-07 |            | C2           |
            C        | 2019-01-07 | 2020-08-31 | C2           | Adoption
            D        | 2019-01-07 |            | V4           | Return to family
        """
    }
    spec(permanence.permanence_plan_recorded, given=given, numerator=1, denominator=2)


DECISIONS = {
    adoptions: """
        child_id | entered_care_on | decided_on | placed_on  | reversed_on
        A        | 2019-01-01      | 2019-02-01 | 2020-03-02 |
        B        | 2019-01-01      | 2019-02-01 | 2020-03-03 |
        D        | 2019-01-01      | 2020-08-03 |            | 2020-08-31
        E        | 2020-01-06      | 2020-02-03 | 2020-08-03 |
        F        | 2018-01-01      | 2018-02-01 | 2018-07-20 |
    """
}
ADOPTIONS = {
    adoptions: """
        child_id | entered_care_on | placement_order_on | matched_on | fostered_on | placed_on  | \
ordered_on
        A        | 2019-01-01      | 2019-03-01         | 2019-03-31 |             | 2020-03-02 | \
2020-08-03
        B        | 2019-01-01      | 2019-03-01         | 2019-02-20 | 2019-01-11  | 2020-03-03 | \
2020-08-31
        C        | 2019-01-01      |                    | 2019-04-01 |             |            | \
2020-08-31
        F        | 2018-01-01      | 2018-05-01         | 2018-05-31 |             | 2018-07-20 | \
2019-12-02
    """
}


def test_decisions_for_adoption(spec: Spec) -> None:
    """D in August, E in February."""
    spec(permanence.decisions_for_adoption, given=DECISIONS, numerator=1, twelve_months=(2, None))


def test_placed_for_adoption(spec: Spec) -> None:
    """E in August, A and B in March."""
    spec(permanence.placed_for_adoption, given=DECISIONS, numerator=1, twelve_months=(3, None))


def test_decisions_reversed(spec: Spec) -> None:
    """D's, on the day it was reversed."""
    spec(permanence.decisions_reversed, given=DECISIONS, numerator=1, twelve_months=(1, None))


def test_days_to_placement(spec: Spec) -> None:
    """Of those adopted in August A waited 426 days and B 427; C's placement is not known. F,
    adopted in December, had waited 200."""
    spec(
        permanence.days_to_placement,
        given=ADOPTIONS,
        numerator=853,
        denominator=2,
        twelve_months=(1_053, 3),
    )


def test_days_to_adoptive_home(spec: Spec) -> None:
    """B's clock stops after ten days, when B was placed for fostering with those who adopted."""
    spec(
        permanence.days_to_adoptive_home,
        given=ADOPTIONS,
        numerator=436,
        denominator=2,
        twelve_months=(636, 3),
    )


def test_days_to_match(spec: Spec) -> None:
    """A was matched 30 days after the order, B before it (0 days); C was placed by consent. F was
    matched after 30 days."""
    spec(
        permanence.days_to_match,
        given=ADOPTIONS,
        numerator=30,
        denominator=2,
        twelve_months=(60, 3),
    )


def test_placed_within_14_months(spec: Spec) -> None:
    """By the day of the placement: E in August; in March A on the 426th day, B on the 427th."""
    spec(
        permanence.placed_within_14_months,
        given=DECISIONS,
        numerator=1,
        denominator=1,
        twelve_months=(2, 3),
    )
