"""Quality of practice: what audits find."""

from __future__ import annotations

from lineofsight.indicators.indicator import Count, Percentage, during
from lineofsight.journey.tables import audits
from lineofsight.reference.polarity import HIGH

audits_completed = Count(
    name="Audits completed",
    when=during(audits.audited_on),
    counted="audits",
    source="Local table, in no national return.",
)

mash_decisions_assured = Percentage(
    name="Percentage of audited MASH decisions with which the auditor was satisfied",
    brief="Audited MASH decisions found satisfactory",
    when=during(audits.audited_on),
    of=audits.theme == "MASH decision",
    met=audits.is_assured,
    counted="audited decisions",
    good=HIGH,
    source="Local table, in no national return.",
    blanks="A blank counts as not assured.",
)
