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
