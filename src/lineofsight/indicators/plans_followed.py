"""Child protection, continued: reviews, visits and core groups while a plan is open."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from lineofsight.indicators.child_protection import ours
from lineofsight.indicators.indicator import Percentage, during, open_at_end, reached, since
from lineofsight.journey.derived import plan_reviews, plan_visits
from lineofsight.journey.tables import child_protection_plans, visits
from lineofsight.reference.polarity import HIGH

_plan = child_protection_plans
_NO_INTERVAL = (
    "A local standard, in no regulation: there is no national interval between visits to children "
    "on plans. Local table of visits, or the Standard Safeguarding Dataset."
)

reviews_in_time = Percentage(
    name="Percentage of children on Child Protection Plans for three months or more whose reviews "
    "were all held in time",
    brief="Children whose plans were reviewed in time",
    when=open_at_end(_plan.three_months_on, _plan.ended_on),
    of=ours,
    met=since(_plan.three_months_on, until=_plan.first_review_missed_on),
    said=("all in time", "one was late"),
    good=HIGH,
    published="Percentage of children on a plan for three months or more reviewed in time",
    source="Working Together and Local Authority Interactive Tool, measure 19: every review since "
    "the plan started, the first within three months, the next within six months of the last.",
    blanks="A review that is in no record was not held.",
    note="One late review counts against the child for as long as the plan lasts.",
    lookback_months=24,
)

reviews_due_held = Percentage(
    name="Percentage of review conferences due that were held in time",
    brief="Review conferences held by the day they were due",
    when=reached(plan_reviews.due_on),
    of=plan_reviews.is_due,
    met=plan_reviews.is_in_time,
    counted="reviews",
    said=("in time", "late"),
    good=HIGH,
    source="Working Together: the first review within three months, the next within six months of "
    "the last. Each review counts, in the month in which it fell due.",
    blanks="A review due that is in no record was not held in time.",
    lookback_months=6,
)


def _visited(within: str, past: sa.Column[Any], lookback: int) -> Percentage:
    """Children on plans whose last visit is no longer ago than a local standard."""
    return Percentage(
        name=f"Percentage of children with Child Protection Plans visited within {within} at end "
        "of period (local standard)",
        brief=f"Children on plans visited within {within}",
        when=open_at_end(plan_visits.started_on, plan_visits.ended_on),
        met=since(plan_visits.started_on, until=past),
        said=("visited", "overdue"),
        good=HIGH,
        source=_NO_INTERVAL,
        note="A child not visited yet is in time until the plan has lasted as long.",
        lookback_months=lookback,
    )


visited_in_10_working_days = _visited("10 working days", plan_visits.past_10_working_days_on, 1)
visited_in_15_working_days = _visited("15 working days", plan_visits.past_15_working_days_on, 1)
visited_in_6_weeks = _visited("six weeks", plan_visits.past_6_weeks_on, 2)

visits_in_time = Percentage(
    name="Percentage of visits due to children with Child Protection Plans made within 10 working "
    "days of the last (local standard)",
    brief="Visits to children on plans made within 10 working days",
    when=reached(plan_visits.due_on),
    of=plan_visits.is_due,
    met=plan_visits.is_in_time,
    counted="visits",
    said=("in time", "late"),
    good=HIGH,
    source=f"{_NO_INTERVAL} Each visit counts, in the month in which it fell due.",
    blanks="A visit due that is in no record was not made in time.",
    lookback_months=1,
)

seen_at_visit = Percentage(
    name="Percentage of visits to children with Child Protection Plans at which the child was seen",
    brief="Visits at which the child on a plan was seen",
    when=during(visits.visited_on),
    of=visits.kind == "P",
    met=visits.is_seen,
    counted="visits",
    good=HIGH,
    source="Local table of visits, or the Standard Safeguarding Dataset (seen).",
    blanks="A blank counts as not seen; a visit that does not say why it was made is left out.",
)

seen_alone_at_visit = Percentage(
    name="Percentage of visits to children with Child Protection Plans at which the child was seen "
    "alone",
    brief="Visits at which the child on a plan was seen alone",
    when=during(visits.visited_on),
    of=visits.kind == "P",
    met=visits.is_seen_alone,
    counted="visits",
    source="Local table of visits, or the Standard Safeguarding Dataset (seen alone).",
    blanks="A blank counts as not seen alone.",
)

core_groups_in_time = Percentage(
    name="Percentage of Child Protection Plans whose core group met within 10 working days",
    brief="First core groups within 10 working days",
    when=reached(_plan.core_group_due_on),
    of=ours & _plan.is_core_group_due,
    met=_plan.working_days_to_core_group.is_not(None)
    & _plan.working_days_to_core_group.between(0, 10),
    counted="plans",
    said=("in time", "late"),
    good=HIGH,
    source="Working Together: the first meeting within ten working days of the initial conference, "
    "which is the day the plan starts. Local table of core groups, in no national return.",
    blanks="A plan without a core group in the records counts as late.",
    note="A plan is counted in the month its tenth working day lies in, unless it ended by then.",
    lookback_months=1,
)
