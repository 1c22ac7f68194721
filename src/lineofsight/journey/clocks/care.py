"""Clocks of children looked after."""

from __future__ import annotations

import sqlalchemy as sa

from lineofsight.journey.clocks.clock import Clock
from lineofsight.journey.fields import part_of
from lineofsight.journey.tables import care_plans, periods_of_care


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
)
