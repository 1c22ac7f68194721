"""Lists of the front door."""

from __future__ import annotations

from lineofsight.indicators import front_door
from lineofsight.journey.tables import mash_decisions
from lineofsight.worklists.worklist import Words, Worklist

MASH = Worklist(
    id="mash-decisions",
    title="Decisions open in the safeguarding hub (MASH)",
    purpose="Referrals that the hub has received and not decided, due within one working day. For "
    "the manager of the hub.",
    indicator=front_door.mash_timeliness,
    needs=("mash_decisions",),
    words=Words("decision", "decisions", "made", "it was closed"),
    opened=mash_decisions.received_at,
    opened_as="Received",
    due=mash_decisions.due_on,
    overdue=mash_decisions.overdue_on,
    done=mash_decisions.decided_at,
    shown={
        "Received at": mash_decisions.received_at,
        "Out of hours": mash_decisions.is_out_of_hours,
    },
    has_working_days=True,
    at_risk=0,
)
