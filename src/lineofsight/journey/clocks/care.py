"""The clocks of care, permanence, leaving care, health, workers and audits: one block a clock."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from lineofsight.journey.clocks.clock import (
    ONE_MONTH,
    Clock,
    Scale,
    days_after,
    truth,
    working_days_after,
)
from lineofsight.journey.fields import part_of
from lineofsight.journey.tables import (
    adoptions,
    audits,
    care_episodes,
    care_leavers,
    care_leavers_at_birthday,
    care_plans,
    children,
    health_assessments,
    missing_episodes,
    periods_of_care,
)

SHORT_BREAKS = ("V3", "V4")
_A_YEAR = 12 * ONE_MONTH
_DAYS_TO_INTERVIEW = 3  # 72 hours: the journey knows the day of a return, not the hour
_WORKING_DAYS_TO_INITIAL_HEALTH = 20
_MONTHS_OLD_AT_19, _MONTHS_OLD_AT_22 = 19 * 12, 22 * 12


def _days(start: sa.Column[Any], end: sa.Column[Any]) -> sa.ColumnElement[int]:
    return part_of(end, "day") - part_of(start, "day")


def _of_full_care(value: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    """The value, blank for a series of short breaks: that is neither leaving care nor entering."""
    is_short = periods_of_care.legal_status.in_(SHORT_BREAKS)
    nothing: sa.ColumnElement[int] = sa.null()  # type: ignore[assignment]
    return sa.case((is_short, nothing), else_=value)


def _over_periods(
    value: sa.ColumnElement[int], rows: tuple[int | None, int | None], most: bool
) -> sa.ColumnElement[int]:
    """The latest (or else the earliest) of a number over the child's periods before or after."""
    order = (part_of(periods_of_care.started_on, "day"), periods_of_care.table.c.row)
    chosen = sa.func.max(value) if most else sa.func.min(value)
    return chosen.over(partition_by=periods_of_care.child_id, order_by=order, rows=rows)


def _left_before() -> sa.ColumnElement[int]:
    ceased = part_of(periods_of_care.ceased_on, "month_day")
    return _over_periods(_of_full_care(ceased), (None, -1), most=True)


def _entered_after() -> sa.ColumnElement[int]:
    started = part_of(periods_of_care.started_on, "month_day")
    return _over_periods(_of_full_care(started), (1, None), most=False)


def _first_initial_assessment(scale: Scale) -> sa.ColumnElement[int]:
    held = part_of(health_assessments.held_on, scale)
    return (
        sa.select(sa.func.min(held))
        .where(
            health_assessments.child_id == periods_of_care.child_id,
            health_assessments.kind == "initial",
            part_of(health_assessments.held_on, "day")
            >= part_of(periods_of_care.started_on, "day"),
        )
        .correlate(periods_of_care.table)
        .scalar_subquery()
    )


def _initial_health_due() -> sa.ColumnElement[int]:
    """The number of the twentieth working day, blank for a child who left care before it."""
    due = part_of(periods_of_care.started_on, "working_day") + _WORKING_DAYS_TO_INITIAL_HEALTH
    left = part_of(periods_of_care.ceased_on, "working_day")
    nothing: sa.ColumnElement[int] = sa.null()  # type: ignore[assignment]
    return sa.case((left < due, nothing), else_=due)


def _born_in_month() -> sa.ColumnElement[int]:
    return (
        sa.select(sa.func.min(part_of(children.born_on, "month")))
        .where(children.child_id == care_leavers_at_birthday.child_id)
        .correlate(care_leavers_at_birthday.table)
        .scalar_subquery()
    )


_entered = part_of(periods_of_care.started_on, "month_day")
_left = part_of(periods_of_care.ceased_on, "month_day")


def _first_authorisation_in_care() -> sa.ColumnElement[int]:
    authorised = part_of(care_plans.authorised_on, "day")
    ceased = part_of(periods_of_care.ceased_on, "day")
    return (
        sa.select(sa.func.min(authorised))
        .where(
            care_plans.child_id == periods_of_care.child_id,
            authorised >= part_of(periods_of_care.started_on, "day"),
            sa.or_(ceased.is_(None), authorised < ceased),
        )
        .correlate(periods_of_care.table)
        .scalar_subquery()
    )


CARE: tuple[Clock, ...] = (
    Clock(
        fills=periods_of_care.is_short_breaks_only,
        expression=sa.case(
            (periods_of_care.legal_status.in_(("V3", "V4")), sa.true()), else_=sa.false()
        ),
        source="Children looked after statistics: agreed series of short breaks are left out.",
    ),
    Clock(
        fills=periods_of_care.care_plan_authorised_on,
        expression=_first_authorisation_in_care(),
        scale="day",
        source="Care Planning Regulations 2010, regulation 5; local table of care plans.",
    ),
    Clock(
        fills=periods_of_care.left_care_before_on,
        expression=_left_before(),
        scale="month_day",
        source="Local: see re-entries.",
    ),
    Clock(
        fills=periods_of_care.is_re_entry,
        expression=truth(_of_full_care(_entered) - _left_before() <= _A_YEAR),
        source="Local: entries into care at most twelve calendar months after leaving it; series "
        "of short breaks left out.",
    ),
    Clock(
        fills=periods_of_care.year_after_care_on,
        expression=_left + _A_YEAR,
        scale="month_day",
        source="Local: leavers are judged when twelve months have passed.",
    ),
    Clock(
        fills=periods_of_care.is_back_within_12_months,
        expression=truth(_entered_after() - _of_full_care(_left) <= _A_YEAR),
        source="Local: leavers who entered care again at most twelve calendar months later.",
    ),
    Clock(
        fills=periods_of_care.initial_health_due_on,
        expression=_initial_health_due(),
        scale="working_day",
        source="Statutory guidance 'Promoting the health and wellbeing of looked-after children': "
        "within 20 working days of entering care.",
    ),
    Clock(
        fills=periods_of_care.initial_health_falls_due_on,
        expression=working_days_after(periods_of_care.started_on, _WORKING_DAYS_TO_INITIAL_HEALTH),
        scale="working_day",
        source="The same guidance.",
    ),
    Clock(
        fills=periods_of_care.initial_health_overdue_on,
        expression=working_days_after(
            periods_of_care.started_on, _WORKING_DAYS_TO_INITIAL_HEALTH + 1
        ),
        scale="working_day",
        source="The same guidance.",
    ),
    Clock(
        fills=periods_of_care.initial_health_on,
        expression=_first_initial_assessment("day"),
        scale="day",
        source="The same guidance.",
    ),
    Clock(
        fills=periods_of_care.is_initial_health_in_time,
        expression=truth(
            _first_initial_assessment("working_day")
            - part_of(periods_of_care.started_on, "working_day")
            <= _WORKING_DAYS_TO_INITIAL_HEALTH
        ),
        source="The same guidance.",
    ),
    Clock(
        fills=care_episodes.is_short_break,
        expression=truth(care_episodes.legal_status.in_(SHORT_BREAKS)),
        source="Children looked after statistics: agreed series of short breaks are left out.",
    ),
    Clock(
        fills=missing_episodes.interview_due_on,
        expression=days_after(missing_episodes.ended_on, _DAYS_TO_INTERVIEW),
        scale="day",
        source="Statutory guidance on children who run away or go missing from home or care: "
        "within 72 hours of the return.",
    ),
    Clock(
        fills=missing_episodes.is_interviewed_in_time,
        expression=truth(
            _days(missing_episodes.ended_on, missing_episodes.interviewed_on).between(
                0, _DAYS_TO_INTERVIEW
            )
        ),
        source="The same guidance; by days, because no return holds the hours.",
    ),
    Clock(
        fills=adoptions.days_to_placement,
        expression=_days(adoptions.entered_care_on, adoptions.placed_on),
        source="Adoption scorecards, indicator A1.",
    ),
    Clock(
        fills=adoptions.days_to_adoptive_home,
        expression=sa.func.coalesce(
            _days(adoptions.entered_care_on, adoptions.fostered_on),
            _days(adoptions.entered_care_on, adoptions.placed_on),
        ),
        source="Adoption scorecards, indicator A10: the clock stops when the child moved in with "
        "the foster carers who adopted.",
    ),
    Clock(
        fills=adoptions.days_from_order_to_match,
        expression=sa.case(
            (_days(adoptions.placement_order_on, adoptions.matched_on) < 0, sa.literal(0)),
            else_=_days(adoptions.placement_order_on, adoptions.matched_on),
        ),
        source="Adoption scorecards, indicator A2: matched before the order counts as 0 days.",
    ),
    Clock(
        fills=care_leavers.is_pathway_plan_current,
        expression=truth(
            part_of(care_leavers.recorded_on, "month_day")
            - part_of(care_leavers.pathway_plan_reviewed_on, "month_day")
            <= 6 * ONE_MONTH
        ),
        source="Care Leavers (England) Regulations 2010, regulation 7: reviewed at least every six "
        "months.",
    ),
    Clock(
        fills=care_leavers.is_contacted_lately,
        expression=truth(_days(care_leavers.contacted_on, care_leavers.recorded_on) <= 8 * 7),
        source="Local: contact within the eight weeks up to the day of the list.",
    ),
    Clock(
        fills=care_leavers_at_birthday.is_19_to_21,
        expression=truth(
            sa.and_(
                part_of(care_leavers_at_birthday.birthday_on, "month") - _born_in_month()
                >= _MONTHS_OLD_AT_19,
                part_of(care_leavers_at_birthday.birthday_on, "month") - _born_in_month()
                < _MONTHS_OLD_AT_22,
            )
        ),
        source="Children looked after statistics: care leavers aged 19 to 21.",
    ),
    Clock(
        fills=audits.is_closed_in_time,
        expression=truth(
            part_of(audits.actions_closed_on, "day") <= part_of(audits.actions_due_on, "day")
        ),
        source="Local table of audits.",
    ),
)
