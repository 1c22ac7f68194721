"""Children in need."""

from __future__ import annotations

from lineofsight.indicators import children_in_need
from lineofsight.journey.tables import (
    child_protection_plans,
    cin_plans,
    need_episodes,
    periods_of_care,
)

from .conftest import Spec


def test_rate(spec: Spec) -> None:
    """Open on the last day: the start day counts, an end on the last day is closed. Over twelve
    months the mean of the month-ends: A is open at eight of them, B at all twelve, C at none, D
    at one."""
    given = {
        need_episodes: """
            child_id | started_on | ended_on
            A        | 2020-01-31 |
            B        | 2012-05-01 | 2020-09-01
            C        | 2020-08-01 | 2020-08-31
            D        | 2020-08-31 |
        """
    }
    spec(
        children_in_need.rate,
        given=given,
        numerator=3,
        denominator=10_000,
        twelve_months=(8 + 12 + 1, 120_000),
    )


# On 31 August 2020: three months to the day (A), a day more (B), over six months (C) and just not
# (D); a day short of a year (E), a year (F), a day short of two (G), two years (H).
LENGTHS = {
    need_episodes: """
        child_id | started_on | ended_on
        A        | 2020-05-31 |
        B        | 2020-05-30 |
        C        | 2020-02-29 |
        D        | 2020-03-01 |
        E        | 2019-09-01 |
        F        | 2019-08-31 |
        G        | 2018-09-01 |
        H        | 2018-08-31 |
        I        | 2018-01-01 | 2020-08-31
    """
}
ENDED = {
    need_episodes: """
        child_id | started_on | ended_on   | closure_reason
        A        | 2020-05-10 | 2020-08-10 | RC8
        B        | 2020-05-10 | 2020-08-11 | RC9
        C        | 2018-08-10 | 2020-08-10 | RC7
        D        | 2018-08-11 | 2020-08-10 |
        E        | 2020-08-10 |            |
    """
}


def test_started(spec: Spec) -> None:
    """Each episode counts in the month it began."""
    spec(children_in_need.started, given=ENDED, numerator=1, twelve_months=(3, None))


def test_ended(spec: Spec) -> None:
    """Each episode counts in the month it was closed."""
    spec(children_in_need.ended, given=ENDED, numerator=4)


def test_number(spec: Spec) -> None:
    """Open on 31 August: all but I, whose episode was closed on the day."""
    spec(children_in_need.number, given=LENGTHS, numerator=8)


def test_open_up_to_3_months(spec: Spec) -> None:
    """Three months to the day are in this band."""
    spec(children_in_need.open_up_to_3_months, given=LENGTHS, numerator=1, denominator=8)


def test_open_3_to_6_months(spec: Spec) -> None:
    """B since a day ago; D until tomorrow."""
    spec(children_in_need.open_3_to_6_months, given=LENGTHS, numerator=2, denominator=8)


def test_open_6_to_12_months(spec: Spec) -> None:
    """C since 30 August; E until tomorrow."""
    spec(children_in_need.open_6_to_12_months, given=LENGTHS, numerator=2, denominator=8)


def test_open_1_to_2_years(spec: Spec) -> None:
    """A year to the day (F) is in this band; G until tomorrow."""
    spec(children_in_need.open_1_to_2_years, given=LENGTHS, numerator=2, denominator=8)


def test_open_two_years_or_more(spec: Spec) -> None:
    """Two years to the day (H) are in this band; I is closed."""
    spec(children_in_need.open_two_years_or_more, given=LENGTHS, numerator=1, denominator=8)


def test_ended_within_3_months(spec: Spec) -> None:
    """Three months to the day (A), and not a day more (B)."""
    spec(children_in_need.ended_within_3_months, given=ENDED, numerator=1, denominator=4)


def test_ended_after_two_years(spec: Spec) -> None:
    """Two years to the day (C), and not a day less (D)."""
    spec(children_in_need.ended_after_two_years, given=ENDED, numerator=1, denominator=4)


def test_closed_after_assessment(spec: Spec) -> None:
    """No further action (A) and early help (B); D's reason is blank and is another."""
    spec(children_in_need.closed_after_assessment, given=ENDED, numerator=2, denominator=4)


def test_plan_in_place(spec: Spec) -> None:
    """A has a plan and B has none. C is on a protection plan and E in care: not among them. D came
    off a protection plan on 15 June and is counted since 18 August, the 46th working day; the plan
    that followed ended on the last day of August. F has not reached its 46th working day."""
    given = {
        need_episodes: """
            child_id | started_on | ended_on
            A        | 2020-06-01 |
            B        | 2020-06-01 |
            C        | 2020-06-01 |
            D        | 2020-01-06 |
            E        | 2020-01-06 |
            F        | 2020-07-01 |
        """,
        child_protection_plans: """
            child_id | started_on | ended_on
            C        | 2020-07-01 |
            D        | 2020-02-03 | 2020-06-15
        """,
        periods_of_care: """
            child_id | started_on | ceased_on
            E        | 2020-03-02 |
        """,
        cin_plans: """
            child_id | started_on | ended_on
            A        | 2020-07-15 |
            D        | 2020-06-15 | 2020-08-31
            F        | 2020-07-01 |
        """,
    }
    spec(children_in_need.plan_in_place, given=given, numerator=1, denominator=3)
