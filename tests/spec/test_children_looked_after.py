"""Children looked after."""

from __future__ import annotations

from lineofsight.indicators import children_looked_after
from lineofsight.journey.tables import care_plans, periods_of_care

from .conftest import Spec

GIVEN = {
    periods_of_care: """
        child_id | started_on | ceased_on  | legal_status | is_unaccompanied
        A        | 2015-03-02 |            | C2           | no
        B        | 2020-08-31 |            | V2           | yes
        C        | 2020-08-03 | 2020-08-31 | V2           | no
        D        | 2020-01-06 |            | V4           | no
        E        | 2019-01-07 | 2020-07-01 | C1           | no
        A        | 2013-01-07 | 2014-01-06 | V2           | no
        F        | 2020-06-01 |            |              | no
    """,
    care_plans: """
        child_id | started_on | authorised_on | ended_on
        A        | 2013-01-08 | 2013-01-15    |
        A        | 2015-03-03 | 2015-03-20    | 2016-01-01
        B        | 2020-08-31 |               |
        E        | 2019-01-08 | 2019-02-01    |
        F        | 2020-06-02 | 2020-09-01    |
    """,
}


def test_started(spec: Spec) -> None:
    """B and C; a series of short breaks (D) is not counted."""
    spec(children_looked_after.started, given=GIVEN, numerator=2, twelve_months=(3, None))


def test_ceased(spec: Spec) -> None:
    """C left on 31 August, E in July."""
    spec(children_looked_after.ceased, given=GIVEN, numerator=1, twelve_months=(2, None))


def test_number(spec: Spec) -> None:
    """On 31 August A, B and F are looked after. A blank legal status is not a short break."""
    spec(
        children_looked_after.number,
        given=GIVEN,
        numerator=3,
        twelve_months=(12 + 1 + 10 + 3, None),
    )


def test_rate(spec: Spec) -> None:
    """The same three children for each 10,000 residents."""
    spec(
        children_looked_after.rate,
        given=GIVEN,
        numerator=3,
        denominator=309,
        twelve_months=(26, 12 * 309),
        population=309,
    )


def test_care_plan_authorised(spec: Spec) -> None:
    """A's plan of this period of care was authorised (that it was replaced since does not matter
    here); B has a draft; F's was authorised the day after the month-end. Over the twelve
    month-ends: A at all, E at the ten it was in care."""
    spec(
        children_looked_after.care_plan_authorised,
        given=GIVEN,
        numerator=1,
        denominator=3,
        twelve_months=(12 + 10, 26),
    )


def test_unaccompanied(spec: Spec) -> None:
    """B is the one of three."""
    spec(
        children_looked_after.unaccompanied,
        given=GIVEN,
        numerator=1,
        denominator=3,
        twelve_months=(1, 26),
    )
