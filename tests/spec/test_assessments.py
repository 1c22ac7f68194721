"""Single assessments."""

from __future__ import annotations

from lineofsight.indicators import assessments as chapter
from lineofsight.journey.tables import assessments

from .conftest import Spec

GIVEN = {
    assessments: """
        child_id | started_on | authorised_on | is_child_seen
        A        | 2020-06-01 | 2020-08-03    | yes
        B        | 2020-06-01 | 2020-08-04    | yes
        C        | 2020-08-03 | 2020-08-03    | no
        D        | 2020-08-05 | 2020-08-04    | yes
        E        | 2020-05-01 |               | yes
        F        | 2020-07-20 |               | no
        G        | 2019-09-02 | 2019-09-30    | yes
        H        | 2020-06-22 | 2020-09-01    | yes
        I        | 2020-06-26 |               | yes
    """
}


def test_completed(spec: Spec) -> None:
    """Authorised in the month, however long they took."""
    spec(chapter.completed, given=GIVEN, numerator=4, twelve_months=(5, None))


def test_timeliness(spec: Spec) -> None:
    """Day 45 is in time (A) and day 46 late (B); the same day is 0 days (C); one that ends before
    it starts is counted and is not in time (D)."""
    spec(chapter.timeliness, given=GIVEN, numerator=2, denominator=4, twelve_months=(3, 5))


def test_child_seen(spec: Spec) -> None:
    """A child not seen is in the denominator."""
    spec(chapter.child_seen, given=GIVEN, numerator=3, denominator=4, twelve_months=(4, 5))


def test_open_beyond_45(spec: Spec) -> None:
    """Open on 31 August and past the 45th working day: E since July, H since 25 August (it was
    authorised the day after the month-end), and not F, which is on day 29. I reaches its 45th
    working day on 28 August; 31 August was a bank holiday, so day 46 is 1 September."""
    spec(chapter.open_beyond_45, given=GIVEN, numerator=2)
