"""Quality of practice, from the local table of audits."""

from __future__ import annotations

from lineofsight.indicators import quality
from lineofsight.journey.tables import audits

from .conftest import Spec

GIVEN = {
    audits: """
        child_id | audited_on | theme         | grade       | is_assured
        A        | 2020-08-03 | MASH decision | Good        | yes
        B        | 2020-08-04 | MASH decision | Inadequate  | no
        C        | 2020-08-04 | Assessment    | Good        | yes
        D        | 2020-03-04 | MASH decision | Outstanding | yes
    """
}


def test_audits_completed(spec: Spec) -> None:
    """Every audit of the month, whatever its theme."""
    spec(quality.audits_completed, given=GIVEN, numerator=3, twelve_months=(4, None))


def test_mash_decisions_assured(spec: Spec) -> None:
    """Only audits of MASH decisions are in the denominator."""
    spec(
        quality.mash_decisions_assured,
        given=GIVEN,
        numerator=1,
        denominator=2,
        twelve_months=(2, 3),
    )
