"""What follows from the records: tables nobody delivers, worked out whenever a journey is built.

Some figures need a child's whole course: whether each visit came before it was due, how many
placements lie in the last twelve months. Each such course is a table here, a row a step, so that a
definition stays a condition on a row. A row carries the address of the record that its span comes
from. `warehouse.derive` fills them; `RESTS_ON` says which recorded fields a table is made of.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from lineofsight.journey.fields import (
    Events,
    amount,
    clock,
    clock_day,
    clock_flag,
    day,
    fields_of,
    flag,
    text,
    whole,
)
from lineofsight.journey.tables import (
    BY_NAME,
    care_episodes,
    care_plans,
    child_protection_plans,
    child_protection_reviews,
    children,
    cin_plans,
    conference_requests,
    health_assessments,
    initial_conferences,
    involvements,
    looked_after_reviews,
    need_episodes,
    periods_of_care,
    section_47_enquiries,
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
    overdue_on = clock_day("The day after: from then on it is late, if it was not held.")
    is_in_time = clock_flag("The review was held by the day on which it fell due.")


class conferences_sought(Events):
    """Initial conferences held, and those that are asked for and not held yet.

    A row is a conference held, counted from the first of the discussions that led to it; or a
    request that no conference stands for. Where no requests are delivered, an enquiry that is not
    marked as needing no conference is one that asks for it.
    """

    child_id = text("The child.", required=True)
    family_id = text("The sibling group, where it is known.")
    strategy_discussion_on = day("The first strategy discussion; blank where none is recorded.")
    requested_on = day("The day the conference was asked for.")
    first_booked_for_on = day("The day it was first booked for.")
    booked_for_on = day("The day it is booked for now.")
    held_on = day("The day it was held; blank while it is pending.")
    stood_down_on = day("The day it was stood down.")
    stood_down_reason = text("Why it was stood down.")
    postponements = whole("How often it was postponed.")
    delay_reason = text("Why it is late, in the words of the service.")
    adviser_note = text("The child protection adviser's note on the case, without names.")
    practice_issue = text("Theme of the case or practice issue that the adviser sees.")
    escalated_on = day("The day the adviser escalated the issue.")
    escalation_closed_on = day("The day the escalation was settled; blank while it is open.")
    is_transfer_in = flag("Held for a child who moved in on another authority's plan.")
    is_asked_for = flag("A request is recorded.")
    is_in_figures = flag("Held, and among the conferences that figures count.")
    team = text("The team of the enquiry.")
    worker = text("The worker of the enquiry.")
    closed_on = clock_day("Stood down, or sixty days after an enquiry that asked for none.")
    due_on = clock_day("The fifteenth working day after the strategy discussion.")
    overdue_on = clock_day("The first day on which a pending conference is late.")
    working_days_to_conference = clock("Working days from the discussion to the conference.")


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


class TurnsOfCare(Turns, is_pattern=True):
    """What is owed to a looked-after child again and again, with the day on which it is due.

    The day is filled with the table: what is due first is counted in working days, the rest in
    months. Series of short breaks are left out.
    """

    falls_due_on = day("The day by which it must be done again.")
    due_on = day("The same; blank where the span ended before it, so that nothing was owed.")
    overdue_on = day("The day after it falls due: from then on it is late, if it is not done.")
    is_in_time = flag("It was done by the day it was due.")


class care_reviews(TurnsOfCare):
    """Statutory reviews of looked-after children, a row from each review to the next.

    The first is due 20 working days after the start, the second three months after the first, the
    others six months after the one before (Care Planning Regulations 2010, regulation 33). A review
    that is the first known, but came more than three months after the start, is taken for a later
    one: the records do not reach back to the first.
    """


class care_visits(TurnsOfCare):
    """Social work visits to looked-after children, a row from each visit to the next.

    A span is a placement: its first visit is due a week after the move, the others six weeks after
    the one before (regulation 28).
    """


class care_plan_versions(TurnsOfCare):
    """Authorised care plans of looked-after children, a row from each authorisation to the next.

    Before the first authorisation a child has no plan; a plan is due to be renewed after six
    months.
    """

    authorised_on = day("The day the plan was authorised; blank before the first.")


class Stretches(Events, is_pattern=True):
    """A period of care cut where a number changes that looks back twelve months.

    Each stretch is open from the day the number holds until the day it changes, so that the number
    at any month-end is that of the stretch open then. Series of short breaks are left out.
    """

    child_id = text("The child.", required=True)
    started_on = day("The first day on which the numbers hold.", required=True)
    ended_on = day("The day on which one of them changes or care ends; blank while they hold.")
    team = text("The team responsible.")
    worker = text("The worker responsible.")


class placement_years(Stretches):
    """Placements of the last twelve months of children looked after."""

    placements = whole("Placements in the twelve months that end on any day of the stretch.")


class worker_years(Stretches):
    """Social workers of the last twelve months of children looked after."""

    workers = whole("Different social workers in the twelve months that end on any day of it.")


class worker_changes(Events):
    """Changes of social worker while a child was looked after, a row a change.

    Another worker took over at most seven days after the last day of the one before, or while that
    one was still allocated.
    """

    child_id = text("The child.", required=True)
    changed_on = day("The day the new worker took the child on.", required=True)
    worker = text("The new worker.")
    team = text("The team responsible.")


class health_years(Stretches):
    """Health checks of the last twelve months of children looked after for as long."""

    assessments = whole("Health assessments in the twelve months that end on any day of it.")
    dental_checks = whole("Dental checks in the same twelve months.")
    is_under_five = flag("The child was under five.")


class health_turns(Events):
    """Health assessments owed to children looked after, a row from the last one to the next.

    A child is up to date as `health_years` counts it, and is not judged in the first twelve months.
    Series of short breaks are left out.
    """

    child_id = text("The child.", required=True)
    started_on = day("The last assessment, or the day the child entered care.", required=True)
    overdue_on = day("The first day on which an assessment was missing.", required=True)
    due_on = day("The day before: the last on which one was in time.")
    done_on = day("The day the child was up to date again; blank while not, or out of care.")
    ended_on = day("The day the turn ended, done or with the care; blank while it is open.")
    team = text("The team responsible.")
    worker = text("The worker responsible.")


class placements(Events):
    """Placements of children looked after, a row a placement, whatever the legal status.

    What is known of any episode in a placement is known of the placement. Series of short breaks
    are left out.
    """

    child_id = text("The child.", required=True)
    started_on = day("The day the child moved in.", required=True)
    ended_on = day("The day the child moved out; blank while it lasts.")
    distance_miles = amount("Miles from the child's home to the placement.")
    is_placed_outside = flag("Placed outside the authority.")


class long_placements(Events):
    """Placements of children under 16 who have been looked after for two and a half years.

    A row is open from the day on which the child has been looked after for so long, or moved in,
    until the child moves out, leaves care or turns 16.
    """

    child_id = text("The child.", required=True)
    started_on = day("The first day that counts.", required=True)
    ended_on = day("The day it no longer counts; blank while it lasts.")
    two_years_on = day("The day on which the child has lived there for two years.")
    team = text("The team responsible.")
    worker = text("The worker responsible.")


DERIVED: tuple[type[Events], ...] = (
    plan_visits,
    plan_reviews,
    conferences_sought,
    need_stretches,
    care_reviews,
    care_visits,
    care_plan_versions,
    placement_years,
    worker_years,
    worker_changes,
    health_years,
    health_turns,
    placements,
    long_placements,
)
_CARE = (periods_of_care.started_on, periods_of_care.ceased_on, periods_of_care.legal_status)
# Why an episode began tells further whether the carer stayed, but a placement can do without.
_HOMES = (
    care_episodes.started_on,
    care_episodes.ended_on,
    care_episodes.legal_status,
    care_episodes.placement_type,
)
# What a request tells of its conference; `warehouse.conferences` carries these over by name.
OF_REQUESTS = tuple(
    name
    for name in fields_of(conferences_sought)
    if name in fields_of(conference_requests) and name not in ("child_id", "strategy_discussion_on")
)
_WORKERS = (involvements.started_on, involvements.ended_on, involvements.worker)
EVERY: dict[str, type[Events]] = {**BY_NAME, **{table.__name__: table for table in DERIVED}}
_MADE_OF: dict[type[Events], tuple[sa.Column[Any], ...]] = {
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
    conferences_sought: (
        *(getattr(conference_requests, name) for name in OF_REQUESTS),
        conference_requests.child_id,
        conference_requests.strategy_discussion_on,
        initial_conferences.held_on,
        initial_conferences.strategy_discussion_on,
        section_47_enquiries.strategy_discussion_on,
        section_47_enquiries.conference_on,
        section_47_enquiries.is_conference_unnecessary,
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
    care_reviews: (*_CARE, looked_after_reviews.held_on),
    care_visits: (*_HOMES, visits.visited_on, visits.kind),
    care_plan_versions: (*_CARE, care_plans.authorised_on),
    placement_years: (*_CARE, *_HOMES),
    worker_years: (*_CARE, *_WORKERS),
    worker_changes: (*_CARE, *_WORKERS),
    health_years: (
        *_CARE,
        health_assessments.held_on,
        health_assessments.kind,
        children.born_on,
    ),
    health_turns: (
        *_CARE,
        health_assessments.held_on,
        health_assessments.kind,
        children.born_on,
    ),
    placements: (*_HOMES, care_episodes.distance_miles, care_episodes.is_placed_outside),
    long_placements: (*_CARE, *_HOMES, children.born_on),
}
RESTS_ON: dict[str, frozenset[str]] = {
    events.__name__: frozenset(f"{field.table.name}.{field.name}" for field in fields)
    for events, fields in _MADE_OF.items()
}
