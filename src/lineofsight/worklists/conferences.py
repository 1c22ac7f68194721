"""Lists of conferences: initial ones pending, and reviews of plans."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from lineofsight.indicators import child_protection, plans_followed
from lineofsight.journey.derived import conferences_sought, plan_reviews
from lineofsight.journey.fields import part_of
from lineofsight.journey.tables import conference_requests, section_47_enquiries
from lineofsight.warehouse.engine import Engine
from lineofsight.warehouse.sql_text import render
from lineofsight.worklists.worklist import Words, Worklist

_WAITING_DAYS = 60


def _remarks(engine: Engine, on: date) -> tuple[str, ...]:
    """Say which enquiries the list cannot see, or sees too many of."""
    request = conference_requests
    if not _count(engine, sa.select(sa.func.count()).select_from(request.table)):
        return (
            "No requests for conferences are delivered: every enquiry of the last sixty days that "
            "is not marked as needing no conference is listed. Where that mark is left blank, this "
            "is too many.",
        )
    undecided = _count(engine, _undecided(on))
    if not undecided:
        return ()
    return (
        "Neither marked as needing no conference nor in the table of requests, and so not on this "
        f"list until one or the other is recorded: {undecided:,} of the enquiries of the last "
        "sixty days.",
    )


def _undecided(on: date) -> sa.Select[Any]:
    enquiry, request = section_47_enquiries, conference_requests
    began = part_of(enquiry.strategy_discussion_on, "day")
    is_asked_for = sa.exists().where(
        request.child_id == enquiry.child_id,
        part_of(request.strategy_discussion_on, "day") == began,
    )
    return sa.select(sa.func.count()).where(
        ~enquiry.is_conference_unnecessary,
        enquiry.conference_on.is_(None),
        began > on.toordinal() - _WAITING_DAYS,
        ~is_asked_for,
    )


def _count(engine: Engine, statement: sa.Select[Any]) -> int:
    return int(engine.rows(render(statement))[0][0])


INITIAL = Worklist(
    id="conferences",
    title="Initial child protection conferences pending",
    purpose="Every enquiry that needs a conference which has not been held, with the working days "
    "that are left. For the conference team, the advisers and the teams that ask.",
    indicator=child_protection.icpc_timeliness,
    needs=("section_47_enquiries", "initial_conferences"),
    words=Words("conference", "conferences", "held", "it was stood down or nobody asked for it"),
    opened=conferences_sought.strategy_discussion_on,
    opened_as="Strategy discussion",
    due=conferences_sought.due_on,
    overdue=conferences_sought.overdue_on,
    done=conferences_sought.held_on,
    ended=conferences_sought.closed_on,
    ended_because=conferences_sought.stood_down_reason,
    booked=conferences_sought.booked_for_on,
    counts=conferences_sought.is_in_figures,
    met=conferences_sought.working_days_to_conference.between(0, 15),
    shown={
        "Asked for": conferences_sought.requested_on,
        "Times postponed": conferences_sought.postponements,
        "Reason": conferences_sought.delay_reason,
        "Adviser's note": conferences_sought.adviser_note,
    },
    has_working_days=True,
    remarks=_remarks,
    note="Conferences without a strategy discussion, or dated before it, are in the figure and "
    "never stood on this list: nobody was waiting for them by its days.",
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
