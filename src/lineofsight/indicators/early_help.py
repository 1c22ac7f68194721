"""Early help: targeted assessments."""

from __future__ import annotations

from lineofsight.indicators.indicator import Count, during
from lineofsight.journey.tables import early_help_assessments

assessments_completed = Count(
    name="Early help assessments completed",
    when=during(early_help_assessments.completed_on),
    counted="assessments",
    source="Annex A, list 2. Councils define early help differently: not comparable.",
)
