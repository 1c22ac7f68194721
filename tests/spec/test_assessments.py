"""Single assessments."""

from __future__ import annotations

from lineofsight.indicators import assessments as chapter
from lineofsight.journey.tables import assessments, referrals

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


# Working days to 3 August 2020 from each start: 0, 10, 11, 20, 21, 30, 31, 40, 41, 45, 46, and -1.
DURATIONS = {
    assessments: """
        child_id | started_on | authorised_on | is_support_needed
        A        | 2020-08-03 | 2020-08-03    | yes
        B        | 2020-07-20 | 2020-08-03    | no
        C        | 2020-07-17 | 2020-08-03    | no
        D        | 2020-07-06 | 2020-08-03    | yes
        E        | 2020-07-03 | 2020-08-03    | no
        F        | 2020-06-22 | 2020-08-03    | no
        G        | 2020-06-19 | 2020-08-03    | no
        H        | 2020-06-08 | 2020-08-03    | no
        I        | 2020-06-05 | 2020-08-03    | no
        J        | 2020-06-01 | 2020-08-03    | no
        K        | 2020-05-29 | 2020-08-03    |
        L        | 2020-08-04 | 2020-08-03    | no
    """
}


def test_rate(spec: Spec) -> None:
    """Assessments completed for each 10,000 residents aged 0 to 17."""
    spec(chapter.rate, given=GIVEN, numerator=4, denominator=500, population=500)


def test_timeliness_from_referral(spec: Spec) -> None:
    """A is on day 45 of its referral; B on day 46, though its own start was a day later. C has no
    referral in the records and is left out, as is D's second assessment since its referral. E
    counts from the latest of its two referrals."""
    given = {
        referrals: """
            child_id | referred_on
            A        | 2020-06-01
            B        | 2020-05-29
            D        | 2020-06-08
            E        | 2019-01-07
            E        | 2020-07-20
        """,
        assessments: """
            child_id | started_on | authorised_on
            A        | 2020-06-03 | 2020-08-03
            B        | 2020-06-01 | 2020-08-03
            C        | 2020-07-20 | 2020-08-03
            D        | 2020-06-08 | 2020-06-22
            D        | 2020-07-20 | 2020-08-03
            E        | 2020-07-20 | 2020-08-10
        """,
    }
    spec(chapter.timeliness_from_referral, given=given, numerator=2, denominator=3)


def test_took_up_to_10_days(spec: Spec) -> None:
    """The same day (A) and ten days (B); L ends before it starts and is in no band."""
    spec(chapter.took_up_to_10_days, given=DURATIONS, numerator=2, denominator=12)


def test_took_11_to_20_days(spec: Spec) -> None:
    """Eleven days (C) and twenty (D)."""
    spec(chapter.took_11_to_20_days, given=DURATIONS, numerator=2, denominator=12)


def test_took_21_to_30_days(spec: Spec) -> None:
    """Twenty-one days (E) and thirty (F)."""
    spec(chapter.took_21_to_30_days, given=DURATIONS, numerator=2, denominator=12)


def test_took_31_to_40_days(spec: Spec) -> None:
    """Thirty-one days (G) and forty (H)."""
    spec(chapter.took_31_to_40_days, given=DURATIONS, numerator=2, denominator=12)


def test_took_41_to_45_days(spec: Spec) -> None:
    """Forty-one days (I) and 45 (J), the last that are in time."""
    spec(chapter.took_41_to_45_days, given=DURATIONS, numerator=2, denominator=12)


def test_took_over_45_days(spec: Spec) -> None:
    """Forty-six days (K)."""
    spec(chapter.took_over_45_days, given=DURATIONS, numerator=1, denominator=12)


def test_lower_quartile(spec: Spec) -> None:
    """Of eleven durations a quarter is reached with the third, 11 days; L has none."""
    spec(chapter.lower_quartile, given=DURATIONS, numerator=11, denominator=11, value=11)


def test_median(spec: Spec) -> None:
    """The sixth of eleven durations, 30 days."""
    spec(chapter.median, given=DURATIONS, numerator=11, denominator=11, value=30)


def test_upper_quartile(spec: Spec) -> None:
    """The ninth of eleven durations, 41 days."""
    spec(chapter.upper_quartile, given=DURATIONS, numerator=11, denominator=11, value=41)


def test_support_needed(spec: Spec) -> None:
    """Two of twelve; K's outcome is blank and counts as no support needed."""
    spec(chapter.support_needed, given=DURATIONS, numerator=2, denominator=12)


def test_open_assessments(spec: Spec) -> None:
    """Open on 31 August are E, F and I, and H, which was authorised the day after."""
    spec(chapter.open_assessments, given=GIVEN, numerator=4)


def test_trap_an_assessment_open_for_sixty_days_is_on_the_list(spec: Spec) -> None:
    """Trap 8: open for sixty working days on 31 August (since 8 June). It is in no percentage,
    because only what was completed is; it is among the assessments open beyond 45 days."""
    given = {
        assessments: """
            child_id | started_on | authorised_on
            A        | 2020-06-05 |
            B        | 2020-08-03 | 2020-08-10
        """
    }
    spec(chapter.timeliness, given=given, numerator=1, denominator=1)
    spec(chapter.open_beyond_45, given=given, numerator=1)
