"""Lists of visits: to children on plans by a local standard, to children looked after by law."""

from __future__ import annotations

from lineofsight.indicators import children_looked_after, plans_followed
from lineofsight.journey.derived import care_visits, plan_visits
from lineofsight.worklists.worklist import Words, Worklist

_VISIT = ("visit", "visits", "made")

PLANS = Worklist(
    id="plan-visits",
    title="Visits to children on child protection plans",
    purpose="Children on a plan whose visit falls due in the next week, or is overdue, by the "
    "local standards of 10 working days, 15 working days and six weeks. For social workers.",
    indicator=plans_followed.visits_in_time,
    stock=plans_followed.visited_in_10_working_days,
    needs=("child_protection_plans", "visits"),
    words=Words(*_VISIT, "the plan ended"),
    opened=plan_visits.started_on,
    opened_as="Plan began or last visit",
    due=plan_visits.due_on,
    overdue=plan_visits.past_10_working_days_on,
    done=plan_visits.done_on,
    ended=plan_visits.ended_on,
    shown={
        "Past 15 working days on": plan_visits.past_15_working_days_on,
        "Past six weeks on": plan_visits.past_6_weeks_on,
        "First visit": plan_visits.is_first,
    },
    has_working_days=True,
    ahead=7,
    at_risk=2,
    note="No interval between these visits is national: the standards are local.",
)

LOOKED_AFTER = Worklist(
    id="looked-after-visits",
    title="Visits to children looked after",
    purpose="Children looked after whose visit falls due in the next two weeks, or is overdue: "
    "within a week of each move, then within six weeks of the visit before. For social workers.",
    indicator=children_looked_after.visits_in_time,
    stock=children_looked_after.visits_up_to_date,
    needs=("care_episodes", "visits"),
    words=Words(*_VISIT, "the child moved or left care"),
    opened=care_visits.started_on,
    opened_as="Moved in or last visit",
    due=care_visits.falls_due_on,
    overdue=care_visits.overdue_on,
    done=care_visits.done_on,
    ended=care_visits.ended_on,
    shown={"Moved in": care_visits.span_started_on, "First after the move": care_visits.is_first},
    ahead=14,
    at_risk=3,
    note="Where a placement is meant to last until 18 the law allows three months after its first "
    "year; no return says so, and six weeks are kept for all.",
)
