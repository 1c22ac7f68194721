"""Early help: targeted assessments."""

from __future__ import annotations

from lineofsight.indicators.indicator import Count, Percentage, during, open_at_end
from lineofsight.journey.tables import early_help_assessments
from lineofsight.reference.polarity import HIGH

_LIST = "Annex A, list 2. Councils define early help differently: not comparable."
_STANDARD = (
    "A local standard: 35 days from start to completion; there is no national one. Annex A, list 2."
)

assessments_started = Count(
    name="Early help assessments started",
    when=during(early_help_assessments.started_on),
    counted="assessments",
    source=_LIST,
)

assessments_completed = Count(
    name="Early help assessments completed",
    when=during(early_help_assessments.completed_on),
    counted="assessments",
    source=_LIST,
)

timeliness = Percentage(
    name="Percentage of early help assessments completed within 35 days (local standard)",
    brief="Early help assessments within 35 days",
    when=during(early_help_assessments.completed_on),
    met=early_help_assessments.days_to_completion.between(0, 35),
    counted="assessments",
    said=("in time", "late"),
    good=HIGH,
    source=_STANDARD,
    blanks="An assessment not yet completed is in no month: see those open beyond 35 days. One "
    "completed before it started is counted, and counted as late.",
)

open_assessments = Count(
    name="Early help assessments open at end of period",
    when=open_at_end(early_help_assessments.started_on, early_help_assessments.completed_on),
    counted="assessments",
    source=_LIST,
    moved_by=(assessments_started, assessments_completed),
)

open_beyond_35_days = Count(
    name="Early help assessments open beyond 35 days at end of period (local standard)",
    brief="Early help assessments open beyond 35 days",
    when=open_at_end(early_help_assessments.day_36_on, early_help_assessments.completed_on),
    counted="assessments",
    source=_STANDARD,
    note="The assessments that the timeliness percentage cannot see yet.",
)
