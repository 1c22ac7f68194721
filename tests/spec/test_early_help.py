"""Early help."""

from __future__ import annotations

from lineofsight.indicators import early_help
from lineofsight.journey.tables import early_help_assessments

from .conftest import Spec


def test_assessments_completed(spec: Spec) -> None:
    """Counted in the month of completion; an open assessment is in no month."""
    given = {
        early_help_assessments: """
            child_id | started_on | completed_on
            A        | 2020-06-01 | 2020-08-03
            B        | 2020-08-01 |
            C        | 2020-08-01 | 2020-09-01
        """
    }
    spec(early_help.assessments_completed, given=given, numerator=1, twelve_months=(1, None))


OPEN = {
    early_help_assessments: """
        child_id | started_on | completed_on
        A        | 2020-07-01 | 2020-08-05
        B        | 2020-07-01 | 2020-08-06
        C        | 2020-08-10 | 2020-08-09
        D        | 2020-07-27 |
        E        | 2020-07-26 |
        F        | 2020-07-01 | 2020-08-31
        G        | 2020-08-31 |
    """
}


def test_assessments_started(spec: Spec) -> None:
    """C and G started in August."""
    spec(early_help.assessments_started, given=OPEN, numerator=2)


def test_timeliness(spec: Spec) -> None:
    """Thirty-five days are in time (A), thirty-six late (B), and 61 (F); C was completed before it
    started and is late; D, E and G are open and in no month."""
    spec(early_help.timeliness, given=OPEN, numerator=1, denominator=4)


def test_open_assessments(spec: Spec) -> None:
    """D, E and G; F was completed on the last day and is closed."""
    spec(early_help.open_assessments, given=OPEN, numerator=3)


def test_open_beyond_35_days(spec: Spec) -> None:
    """On 31 August E is 36 days old and D thirty-five."""
    spec(early_help.open_beyond_35_days, given=OPEN, numerator=1)
