"""Lists of assessments."""

from __future__ import annotations

from lineofsight.indicators import assessments as figures
from lineofsight.journey.tables import assessments
from lineofsight.worklists.worklist import Words, Worklist

OPEN = Worklist(
    id="assessments",
    title="Single Assessments open",
    purpose="Every Single Assessment that is not authorised, against its 45th working day. For "
    "teams and their managers.",
    indicator=figures.timeliness,
    needs=("assessments",),
    words=Words("assessment", "assessments", "authorised", "it was closed"),
    opened=assessments.started_on,
    opened_as="Assessment began",
    due=assessments.day_45_on,
    overdue=assessments.day_46_on,
    done=assessments.authorised_on,
    shown={"Child seen": assessments.is_child_seen},
    has_working_days=True,
    at_risk=10,
)
