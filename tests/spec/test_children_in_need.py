"""Children in need."""

from __future__ import annotations

from lineofsight.indicators import children_in_need
from lineofsight.journey.tables import need_episodes

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
