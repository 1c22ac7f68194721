"""Clocks of child protection: enquiries, conferences, plans with their reviews and visits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from lineofsight.journey.clocks.clock import (
    Clock,
    Scale,
    days_after,
    months,
    months_after,
    truth,
    working_days,
    working_days_after,
)
from lineofsight.journey.derived import conferences_sought, plan_reviews, plan_visits
from lineofsight.journey.fields import part_of
from lineofsight.journey.tables import (
    child_protection_plans,
    conference_requests,
    core_groups,
    initial_conferences,
    section_47_enquiries,
)


def _family_of_conference() -> sa.ColumnElement[str]:
    return (
        sa.select(sa.func.min(conference_requests.family_id))
        .where(
            conference_requests.child_id == initial_conferences.child_id,
            part_of(conference_requests.held_on, "day")
            == part_of(initial_conferences.held_on, "day"),
        )
        .correlate(initial_conferences.table)
        .scalar_subquery()
    )


def _from_first_discussion() -> sa.ColumnElement[int]:
    """Count from the first of the discussions, where two enquiries name one conference."""
    conference = initial_conferences
    first = sa.func.min(part_of(conference.strategy_discussion_on, "working_day")).over(
        partition_by=(conference.child_id, part_of(conference.held_on, "day"))
    )
    return part_of(conference.held_on, "working_day") - first


def _is_repeated() -> sa.ColumnElement[bool]:
    """Tell every row of a child and day but the first."""
    conference = initial_conferences
    place = sa.func.row_number().over(
        partition_by=(conference.child_id, part_of(conference.held_on, "day")),
        order_by=conference.table.columns["row"],
    )
    return truth(place > 1)


def _is_first_of_family() -> sa.ColumnElement[bool]:
    """Tell one row for each sibling group and day; a child without a known group stands alone."""
    family = _family_of_conference()
    alone = sa.case((family.is_(None), initial_conferences.child_id))
    place = sa.func.row_number().over(
        partition_by=(family, alone, part_of(initial_conferences.held_on, "day")),
        order_by=(initial_conferences.child_id, initial_conferences.table.columns["row"]),
    )
    return truth(place == 1)


def _previous_end() -> sa.ColumnElement[int]:
    """When the latest of the child's plans before this one ended, other authorities' left out."""
    plan = child_protection_plans
    ended = sa.case((~plan.is_other_authority, part_of(plan.ended_on, "month_day")))
    return sa.func.max(ended).over(
        partition_by=plan.child_id,
        order_by=(part_of(plan.started_on, "day"), plan.table.columns["row"]),
        rows=(None, -1),
    )


def _first_missed_review() -> sa.ColumnElement[int]:
    return (
        sa.select(sa.func.min(part_of(plan_reviews.due_on, "day")))
        .where(
            plan_reviews.child_id == child_protection_plans.child_id,
            part_of(plan_reviews.span_started_on, "day")
            == part_of(child_protection_plans.started_on, "day"),
            ~plan_reviews.is_in_time,
        )
        .correlate(child_protection_plans.table)
        .scalar_subquery()
    )


def _first_core_group() -> sa.ColumnElement[int]:
    started = part_of(child_protection_plans.started_on, "day")
    ended = part_of(child_protection_plans.ended_on, "day")
    held = part_of(core_groups.held_on, "day")
    return (
        sa.select(sa.func.min(part_of(core_groups.held_on, "working_day")))
        .where(
            core_groups.child_id == child_protection_plans.child_id,
            held >= started,
            sa.or_(ended.is_(None), held <= ended),
        )
        .correlate(child_protection_plans.table)
        .scalar_subquery()
    )


def _review_due() -> sa.ColumnElement[int]:
    """The number of the last day in time: three months after the start, else six after the last."""
    return sa.case(
        (plan_reviews.is_first, months_after(plan_reviews.started_on, 3)),
        else_=months_after(plan_reviews.started_on, 6),
    )


def _turn_clocks(
    turn: Any, due: sa.ColumnElement[int], scale: Scale, source: str
) -> Iterator[Clock]:
    """When a turn fell due, whether it did, and whether it was done by then."""
    done, ended = part_of(turn.done_on, scale), part_of(turn.ended_on, scale)
    # Of months the last day that does not pass the number, as the comparison below has it.
    is_last = scale == "month_day"
    yield Clock(fills=turn.due_on, expression=due, scale=scale, is_deadline=is_last, source=source)
    is_due = sa.or_(done.is_not(None), ended.is_(None), ended > due)
    yield Clock(fills=turn.is_due, expression=truth(is_due), source=source)
    yield Clock(fills=turn.is_in_time, expression=truth(done <= due), source=source)


_NO_INTERVAL = "A local standard: no interval between visits to children on plans is national."
_CORE_GROUP = "Working Together: the core group meets within ten working days of the conference."
_REVIEWS = (
    "Working Together: the first review within three months, the next within six of the last."
)
_CONFERENCE = "Working Together: within 15 working days of the strategy discussion."
_LENGTHS = "Children in need statistics: plans by length of time."


PROTECTION: tuple[Clock, ...] = (
    Clock(
        fills=initial_conferences.working_days_from_strategy,
        expression=_from_first_discussion(),
        source="Working Together: within 15 working days of the strategy discussion that "
        "started the section 47 enquiry; a later one does not start the clock anew.",
    ),
    Clock(
        fills=initial_conferences.family_id,
        expression=_family_of_conference(),
        source="Local table of conference requests: siblings share a conference.",
    ),
    Clock(
        fills=child_protection_plans.two_years_on,
        expression=days_after(child_protection_plans.started_on, 729),
        scale="day",
        source="Children in need statistics: plans of two years or more have lasted more than "
        "729 days, the last day included.",
    ),
    Clock(
        fills=section_47_enquiries.day_60_on,
        expression=days_after(section_47_enquiries.strategy_discussion_on, 60),
        scale="day",
        source="A convention: an enquiry is judged once sixty days have passed.",
    ),
    Clock(
        fills=section_47_enquiries.days_to_conference,
        expression=part_of(section_47_enquiries.conference_on, "day")
        - part_of(section_47_enquiries.strategy_discussion_on, "day"),
        source="Children in need census: the conference recorded with the enquiry.",
    ),
    Clock(
        fills=initial_conferences.is_repeated,
        expression=_is_repeated(),
        source="Children in need statistics: one for each child and conference, though it may "
        "stand in two enquiries.",
    ),
    Clock(
        fills=initial_conferences.is_first_of_family,
        expression=_is_first_of_family(),
        source="Siblings share a conference: the first of them stands for it.",
    ),
    *_turn_clocks(
        plan_visits,
        working_days_after(plan_visits.started_on, 10),
        "working_day",
        _NO_INTERVAL,
    ),
    Clock(
        fills=plan_visits.past_10_working_days_on,
        expression=working_days_after(plan_visits.started_on, 11),
        scale="working_day",
        source=_NO_INTERVAL,
    ),
    Clock(
        fills=plan_visits.past_15_working_days_on,
        expression=working_days_after(plan_visits.started_on, 16),
        scale="working_day",
        source=_NO_INTERVAL,
    ),
    Clock(
        fills=plan_visits.past_6_weeks_on,
        expression=days_after(plan_visits.started_on, 43),
        scale="day",
        source=_NO_INTERVAL,
    ),
    *_turn_clocks(
        plan_reviews,
        _review_due(),
        "month_day",
        _REVIEWS,
    ),
    Clock(
        fills=plan_reviews.overdue_on,
        expression=_review_due() + 1,
        scale="month_day",
        source=_REVIEWS,
    ),
    Clock(
        fills=conferences_sought.closed_on,
        expression=sa.func.coalesce(
            part_of(conferences_sought.stood_down_on, "day"),
            sa.case(
                (
                    ~conferences_sought.is_asked_for & conferences_sought.held_on.is_(None),
                    days_after(conferences_sought.strategy_discussion_on, 60),
                )
            ),
        ),
        scale="day",
        source="A convention, as for enquiries: sixty days leave time for conferences held late.",
    ),
    Clock(
        fills=conferences_sought.due_on,
        expression=working_days_after(conferences_sought.strategy_discussion_on, 15),
        scale="working_day",
        source=_CONFERENCE,
    ),
    Clock(
        fills=conferences_sought.overdue_on,
        expression=working_days_after(conferences_sought.strategy_discussion_on, 16),
        scale="working_day",
        source=_CONFERENCE,
    ),
    Clock(
        fills=conferences_sought.working_days_to_conference,
        expression=working_days(
            conferences_sought.strategy_discussion_on, conferences_sought.held_on
        ),
        source=_CONFERENCE,
    ),
    Clock(
        fills=child_protection_plans.three_months_on,
        expression=months_after(child_protection_plans.started_on, 3),
        scale="month_day",
        source="Children in need statistics: reviews of plans of at least three months.",
    ),
    Clock(
        fills=child_protection_plans.first_review_missed_on,
        expression=_first_missed_review(),
        scale="day",
        source="Children in need statistics: every review due was held on time, or not.",
    ),
    Clock(
        fills=child_protection_plans.over_3_months_on,
        expression=months_after(child_protection_plans.started_on, 3) + 1,
        scale="month_day",
        source=_LENGTHS,
    ),
    Clock(
        fills=child_protection_plans.over_6_months_on,
        expression=months_after(child_protection_plans.started_on, 6) + 1,
        scale="month_day",
        source=_LENGTHS,
    ),
    Clock(
        fills=child_protection_plans.one_year_on,
        expression=months_after(child_protection_plans.started_on, 12),
        scale="month_day",
        source=_LENGTHS,
    ),
    Clock(
        fills=child_protection_plans.over_18_months_on,
        expression=months_after(child_protection_plans.started_on, 18) + 1,
        scale="month_day",
        source="A local measure: plans that are about to last two years.",
    ),
    Clock(
        fills=child_protection_plans.days_lasted,
        expression=part_of(child_protection_plans.ended_on, "day")
        - part_of(child_protection_plans.started_on, "day"),
        source="Children in need statistics: more than 729 days, the last day included.",
    ),
    Clock(
        fills=child_protection_plans.is_within_two_years_of_previous,
        expression=truth(
            part_of(child_protection_plans.started_on, "month_day") <= _previous_end() + months(24)
        ),
        source="A local measure: a plan at most two years after the end of another.",
    ),
    Clock(
        fills=child_protection_plans.core_group_due_on,
        expression=working_days_after(child_protection_plans.started_on, 10),
        scale="working_day",
        source=_CORE_GROUP,
    ),
    Clock(
        fills=child_protection_plans.is_core_group_due,
        expression=truth(
            sa.or_(
                child_protection_plans.ended_on.is_(None),
                working_days(child_protection_plans.started_on, child_protection_plans.ended_on)
                > 10,
            )
        ),
        source=_CORE_GROUP,
    ),
    Clock(
        fills=child_protection_plans.working_days_to_core_group,
        expression=_first_core_group() - part_of(child_protection_plans.started_on, "working_day"),
        source=_CORE_GROUP,
    ),
)
