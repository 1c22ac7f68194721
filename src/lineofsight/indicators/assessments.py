"""Single assessments under section 17."""

from __future__ import annotations

from lineofsight.indicators.indicator import Count, Percentage, during, open_at_end
from lineofsight.journey.tables import assessments
from lineofsight.reference.polarity import HIGH

completed = Count(
    name="Single Assessments completed",
    when=during(assessments.authorised_on),
    counted="assessments",
    published="Assessments completed",
    source="Children in need statistics: continuous assessments with an end date in the period.",
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

open_beyond_45 = Count(
    name="Single Assessments open beyond 45 working days at end of period",
    brief="Assessments open beyond 45 working days",
    when=open_at_end(assessments.day_46_on, assessments.authorised_on),
    counted="assessments",
    source="The assessments that the timeliness percentage cannot see yet; rule 8670Q.",
)
