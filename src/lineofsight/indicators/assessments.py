"""Single assessments under section 17."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from lineofsight.indicators.indicator import (
    Count,
    Percentage,
    Quantile,
    Rate,
    during,
    open_at_end,
)
from lineofsight.journey.tables import assessments
from lineofsight.reference.polarity import HIGH

_BANDS = (
    "Children in need statistics: duration of assessment, from its start to its authorisation; an "
    "assessment finished on the day it started is in the first band."
)
_NO_DURATION = "An assessment authorised before it started is counted, and is in no band."

completed = Count(
    name="Single Assessments completed",
    when=during(assessments.authorised_on),
    counted="assessments",
    published="Assessments completed",
    source="Children in need statistics: continuous assessments with an end date in the period.",
)

rate = Rate(
    name="Rate of Single Assessments completed per 10,000 (0-17 year olds)",
    brief="Rate of assessments",
    when=during(assessments.authorised_on),
    counted="assessments",
    published="Rate of assessments completed per 10,000 children",
    source="Children in need statistics; residents aged 0 to 17.",
)

timeliness = Percentage(
    name="Percentage of Single Assessments (SA) completed in 45 working days",
    brief="Assessments within 45 working days",
    when=during(assessments.authorised_on),
    met=assessments.working_days_to_authorisation.between(0, 45),
    counted="assessments",
    said=("in time", "late"),
    good=HIGH,
    published="Percentage of assessments completed within 45 working days",
    source="Working Together to Safeguard Children: at most 45 working days; clock from the start "
    "of the assessment, as in the Department's table of durations.",
    blanks="An assessment not yet authorised is in no month: see assessments open beyond 45 "
    "working days.",
)

timeliness_from_referral = Percentage(
    name="Percentage of Single Assessments (SA) completed in 45 working days of the referral",
    brief="Assessments within 45 working days of the referral",
    when=during(assessments.authorised_on),
    of=assessments.working_days_from_referral.is_not(None),
    met=assessments.working_days_from_referral.between(0, 45),
    counted="assessments",
    said=("in time", "late"),
    good=HIGH,
    source="Working Together to Safeguard Children: at most 45 working days from the point of "
    "referral. The referral is the child's latest on or before the day the assessment started.",
    blanks="An assessment of a child without a referral in the records is left out.",
    note="Only the first assessment after a referral is judged: a later one of the same episode "
    "has no clock of its own. The Department's table counts from the start of the assessment.",
    lookback_months=6,
)


def _taking(days: str, band: sa.ColumnElement[bool]) -> Percentage:
    """One of the Department's bands of working days."""
    return Percentage(
        name=f"Percentage of Single Assessments that took {days} working days",
        brief=f"Assessments that took {days} working days",
        when=during(assessments.authorised_on),
        met=band,
        counted="assessments",
        published=f"Duration of assessments: {days} days",
        source=_BANDS,
        blanks=_NO_DURATION,
    )


_days: Any = assessments.working_days_to_authorisation
took_up_to_10_days = _taking("0 to 10", _days.between(0, 10))
took_11_to_20_days = _taking("11 to 20", _days.between(11, 20))
took_21_to_30_days = _taking("21 to 30", _days.between(21, 30))
took_31_to_40_days = _taking("31 to 40", _days.between(31, 40))
took_41_to_45_days = _taking("41 to 45", _days.between(41, 45))
took_over_45_days = _taking("more than 45", _days > 45)


def _quantile(name: str, share: float, published: str) -> Quantile:
    """The working days in which a share of the assessments completed were done."""
    return Quantile(
        name=f"{name} working days taken by Single Assessments",
        brief=f"{name} duration of assessments",
        when=during(assessments.authorised_on),
        of=_days >= 0,
        value=_days,
        share=share,
        counted="assessments",
        published=f"Duration of assessments: {published}",
        source=f"{_BANDS} The smallest number of days that the share of assessments reached.",
        blanks="An assessment authorised before it started is left out.",
    )


lower_quartile = _quantile("Lower quartile of", 0.25, "25th percentile")
median = _quantile("Median", 0.5, "median")
upper_quartile = _quantile("Upper quartile of", 0.75, "75th percentile")

child_seen = Percentage(
    name="Percentage of Single Assessments in which the child was seen",
    brief="Assessments in which the child was seen",
    when=during(assessments.authorised_on),
    met=assessments.is_child_seen,
    counted="assessments",
    good=HIGH,
    source="Annex A, list 4.",
    blanks="A blank counts as not seen.",
)

support_needed = Percentage(
    name="Percentage of Single Assessments that found social care support to be needed",
    brief="Assessments that found support to be needed",
    when=during(assessments.authorised_on),
    met=assessments.is_support_needed,
    counted="assessments",
    said=("support needed", "no further action"),
    source="Annex A, list 4: was the child assessed as requiring social care support.",
    blanks="A blank counts as no support needed.",
)

open_assessments = Count(
    name="Single Assessments open at end of period",
    brief="Open assessments",
    when=open_at_end(assessments.started_on, assessments.authorised_on),
    counted="assessments",
    source="Annex A, list 4: started and not yet authorised.",
)

open_beyond_45 = Count(
    name="Single Assessments open beyond 45 working days at end of period",
    brief="Assessments open beyond 45 working days",
    when=open_at_end(assessments.day_46_on, assessments.authorised_on),
    counted="assessments",
    source="The assessments that the timeliness percentage cannot see yet; rule 8670Q.",
)
