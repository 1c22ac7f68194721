"""Lists of what is owed to children looked after, beside visits."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from lineofsight.indicators import children_looked_after, health_in_care, permanence
from lineofsight.indicators.children_looked_after import in_full_care
from lineofsight.journey.derived import care_reviews, health_turns
from lineofsight.journey.tables import periods_of_care
from lineofsight.worklists.worklist import Words, Worklist

_REVIEW = Words("review", "reviews", "held", "the child left care")
_HEALTH = Words("assessment", "assessments", "held", "the child left care")


def _reviews(name: str, title: str, purpose: str, of: Any, **others: Any) -> Worklist:
    """One of the lists of statutory reviews, which share their figures."""
    return Worklist(
        id=name,
        title=title,
        purpose=purpose,
        indicator=children_looked_after.reviews_in_time,
        stock=children_looked_after.reviews_up_to_date,
        needs=("periods_of_care", "looked_after_reviews"),
        words=_REVIEW,
        opened=care_reviews.started_on,
        due=care_reviews.falls_due_on,
        overdue=care_reviews.overdue_on,
        done=care_reviews.done_on,
        ended=care_reviews.ended_on,
        of=of,
        **others,
    )


FIRST_REVIEWS = _reviews(
    "first-looked-after-reviews",
    "First reviews of children looked after",
    "Children who entered care and have not had their first review, due within 20 working days. "
    "For independent reviewing officers.",
    care_reviews.is_first,
    opened_as="Entered care",
    has_working_days=True,
)

LATER_REVIEWS = _reviews(
    "looked-after-reviews",
    "Later reviews of children looked after",
    "Children looked after whose second or later review falls due in the next four weeks, or has "
    "fallen due and was not held. For independent reviewing officers.",
    ~care_reviews.is_first,
    opened_as="Last review",
    shown={"Entered care": care_reviews.span_started_on},
    ahead=28,
    at_risk=7,
)

CARE_PLANS = Worklist(
    id="care-plans",
    title="Care plans not authorised",
    purpose="Children looked after without an authorised care plan in this period of care. For "
    "team managers.",
    indicator=children_looked_after.care_plan_authorised,
    stock=children_looked_after.care_plan_authorised,
    needs=("periods_of_care", "care_plans"),
    words=Words("care plan", "care plans", "authorised", "the child left care", "not authorised"),
    opened=periods_of_care.started_on,
    opened_as="Entered care",
    overdue=periods_of_care.started_on,
    done=periods_of_care.care_plan_authorised_on,
    ended=periods_of_care.ceased_on,
    of=in_full_care,
    shown={
        "Legal status": periods_of_care.legal_status,
        "Placement": periods_of_care.placement_type,
    },
    note="There are no days of grace in the figure, so a child is listed from the first day.",
)

INITIAL_HEALTH = Worklist(
    id="initial-health-assessments",
    title="Initial health assessments of children looked after",
    purpose="Children who entered care and have not had their initial health assessment, due "
    "within 20 working days.",
    indicator=health_in_care.initial_health_in_time,
    needs=("periods_of_care", "health_assessments"),
    words=_HEALTH,
    opened=periods_of_care.started_on,
    opened_as="Entered care",
    due=periods_of_care.initial_health_falls_due_on,
    overdue=periods_of_care.initial_health_overdue_on,
    done=periods_of_care.initial_health_on,
    ended=periods_of_care.ceased_on,
    of=in_full_care,
    has_working_days=True,
)

HEALTH = Worklist(
    id="health-assessments",
    title="Health assessments of children looked after for a year or longer",
    purpose="Children whose health assessment falls due in the next eight weeks, or is missing: "
    "one in twelve months, two for a child under five.",
    indicator=health_in_care.health_assessment,
    stock=health_in_care.health_assessment,
    needs=("periods_of_care", "health_assessments", "children"),
    words=Words("assessment", "assessments", "held", "the child left care", "not up to date"),
    opened=health_turns.started_on,
    opened_as="Last assessment, or entered care",
    due=health_turns.due_on,
    overdue=health_turns.overdue_on,
    done=health_turns.done_on,
    ended=health_turns.ended_on,
    counts=health_turns.done_on.is_not(None),
    met=health_turns.done_on < health_turns.overdue_on,
    ahead=56,
    at_risk=28,
)

RE_ENTRIES = Worklist(
    id="re-entries",
    title="Children who came back into care",
    purpose="Children who entered care at most twelve months after leaving it, for a year after "
    "they came back. For the entry-to-care panel and the head of service.",
    indicator=permanence.re_entries,
    needs=("periods_of_care",),
    words=Words("re-entry", "re-entries", "", "the child left care or a year has passed"),
    opened=periods_of_care.started_on,
    opened_as="Came back into care",
    ended=periods_of_care.ceased_on,
    of=sa.and_(in_full_care, periods_of_care.is_re_entry),
    shown={
        "Left care before": periods_of_care.left_care_before_on,
        "Legal status": periods_of_care.legal_status,
        "Need": periods_of_care.primary_need,
    },
    kept_days=365,
)
