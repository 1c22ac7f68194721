"""Lists of conferences: initial ones pending, and reviews of plans."""

from __future__ import annotations

from lineofsight.indicators import child_protection, plans_followed
from lineofsight.journey.derived import conferences_sought, plan_reviews
from lineofsight.worklists.worklist import Words, Worklist

INITIAL = Worklist(
    id="conferences",
    title="Initial child protection conferences pending",
    purpose="Every enquiry that needs a conference which has not been held, with the working days "
    "that are left. For the conference team, the advisers and the teams that ask.",
    indicator=child_protection.icpc_timeliness,
    needs=("section_47_enquiries", "initial_conferences"),
    words=Words("conference", "conferences", "held", "stood down"),
    opened=conferences_sought.strategy_discussion_on,
    opened_as="Strategy discussion",
    due=conferences_sought.due_on,
    overdue=conferences_sought.overdue_on,
    done=conferences_sought.held_on,
    ended=conferences_sought.stood_down_on,
    booked=conferences_sought.booked_for_on,
    counts=conferences_sought.is_in_figures,
    met=conferences_sought.working_days_to_conference.between(0, 15),
    shown={
        "Asked for": conferences_sought.requested_on,
        "Times postponed": conferences_sought.postponements,
        "Reason": conferences_sought.delay_reason,
        "Stood down because": conferences_sought.stood_down_reason,
        "Adviser's note": conferences_sought.adviser_note,
    },
    has_working_days=True,
    note="Conferences of children who moved in, without a strategy discussion or held before it "
    "are in the figure and never stood on this list: nobody was waiting for them by its days.",
)

REVIEWS = Worklist(
    id="review-conferences",
    title="Review child protection conferences due",
    purpose="Children on a child protection plan whose review falls due in the next four weeks, or "
    "has fallen due and was not held.",
    indicator=plans_followed.reviews_due_held,
    needs=("child_protection_plans", "child_protection_reviews"),
    words=Words("review", "reviews", "held", "the plan ended"),
    opened=plan_reviews.started_on,
    opened_as="Plan began or last review",
    due=plan_reviews.due_on,
    overdue=plan_reviews.overdue_on,
    done=plan_reviews.done_on,
    ended=plan_reviews.ended_on,
    shown={"Plan began": plan_reviews.span_started_on, "First review": plan_reviews.is_first},
    ahead=28,
    at_risk=7,
)
