"""What follows from the records: tables nobody delivers, worked out whenever a journey is built.

Some figures need a child's whole course: whether each visit came before it was due, how many
placements lie in the last twelve months. Each such course is a table here, a row a step, so that a
definition stays a condition on a row. A row carries the address of the record that its span comes
from. `warehouse.derive` fills them; `RESTS_ON` says which recorded fields a table is made of.
"""

from __future__ import annotations

from lineofsight.journey.fields import Events, clock_day, clock_flag, day, flag, text
from lineofsight.journey.tables import (
    BY_NAME,
    child_protection_plans,
    child_protection_reviews,
    cin_plans,
    need_episodes,
    periods_of_care,
    visits,
)


class Turns(Events, is_pattern=True):
    """What is owed to a child again and again, a row a turn: a visit, a review, a health check.

    A turn begins on the first day of the span (a plan, a period of care) or on the day the thing
    was last done, and lasts until it is done again or the span ends; the turns of a span follow
    each other without a gap. When a turn is due is a clock (`journey.clocks`).
    """

    child_id = text("The child.", required=True)
    span_started_on = day("The day the plan or the period of care began.", required=True)
    started_on = day("The day of the last time, or the first day of the span.", required=True)
    done_on = day("The day it was done again; blank while it is open, or where the span ended.")
    ended_on = day("The day the turn ended, done or with its span; blank while it is open.")
    is_first = flag("The first turn of its span.")
    team = text("The team responsible.")
    worker = text("The worker responsible.")


class plan_visits(Turns):
    """Visits to children on child protection plans, a row from each visit to the next."""

    due_on = clock_day("The tenth working day after the last visit.")
    is_due = clock_flag("The plan was still open when the visit fell due, or it was made before.")
    is_in_time = clock_flag("The visit was made within ten working days.")
    past_10_working_days_on = clock_day("The first day past ten working days without a visit.")
    past_15_working_days_on = clock_day("The first day past 15 working days without a visit.")
    past_6_weeks_on = clock_day("The first day past six weeks without a visit.")


class plan_reviews(Turns):
    """Reviews of child protection plans, a row from the start or a review to the next."""

    due_on = clock_day("Three months after the plan started, or six after the last review.")
    is_due = clock_flag("The plan was still open when the review fell due, or it was held before.")
    is_in_time = clock_flag("The review was held by the day on which it fell due.")


class need_stretches(Events):
    """The parts of an episode of need in which the child was neither on a plan nor in care.

    A plan here is a child protection plan; a child in need plan is what such a child should have.
    """

    child_id = text("The child.", required=True)
    started_on = day("The day the episode began, or the plan or the care ended.", required=True)
    ended_on = day("The day the episode ended, or a plan or care began; blank while it lasts.")
    planned_on = day("The day the first child in need plan of the part began.")
    plan_ended_on = day("The day its last one ended; blank while it is open.")
    team = text("The team responsible.")
    worker = text("The worker responsible.")
    day_46_on = clock_day("The first working day past 45.")


DERIVED: tuple[type[Events], ...] = (plan_visits, plan_reviews, need_stretches)
EVERY: dict[str, type[Events]] = {**BY_NAME, **{table.__name__: table for table in DERIVED}}
RESTS_ON: dict[str, frozenset[str]] = {
    events.__name__: frozenset(f"{field.table.name}.{field.name}" for field in fields)
    for events, fields in {
        plan_visits: (
            child_protection_plans.started_on,
            child_protection_plans.ended_on,
            child_protection_plans.is_other_authority,
            visits.visited_on,
            visits.kind,
        ),
        plan_reviews: (
            child_protection_plans.started_on,
            child_protection_plans.ended_on,
            child_protection_plans.is_other_authority,
            child_protection_reviews.held_on,
        ),
        need_stretches: (
            need_episodes.started_on,
            need_episodes.ended_on,
            child_protection_plans.started_on,
            child_protection_plans.ended_on,
            periods_of_care.started_on,
            periods_of_care.ceased_on,
            cin_plans.started_on,
            cin_plans.ended_on,
        ),
    }.items()
}
