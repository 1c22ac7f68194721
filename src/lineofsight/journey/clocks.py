"""The statutory clocks: durations, deadlines and a child's own history, each worked out once.

One block a clock. Each is an expression over the integers that stand beside the dates
(`journey.fields`), so that a duration is a subtraction. A clock that yields a day gives a number on
one of the calendar's scales, and the day is the first one that reaches it.
"""

from __future__ import annotations

from functools import cache

import sqlalchemy as sa

from lineofsight.journey.care_clocks import CARE_CLOCKS
from lineofsight.journey.clock import (
    Clock,
    days_after,
    is_within_months,
    minutes,
    previous,
    working_days,
)
from lineofsight.journey.derived import RESTS_ON
from lineofsight.journey.fields import part_of
from lineofsight.journey.tables import (
    assessments,
    care_plans,
    child_protection_plans,
    conference_requests,
    initial_conferences,
    mash_decisions,
    periods_of_care,
    referrals,
)


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


CLOCKS: tuple[Clock, ...] = (
    Clock(
        fills=mash_decisions.working_days_to_decision,
        expression=working_days(mash_decisions.received_at, mash_decisions.decided_at),
        source="Working Together: a decision within one working day of the referral.",
    ),
    Clock(
        fills=mash_decisions.minutes_to_decision,
        expression=minutes(mash_decisions.received_at, mash_decisions.decided_at),
        source="The model report: '24 hours / 1 working day or less'.",
    ),
    Clock(
        fills=referrals.is_within_12_months_of_previous,
        expression=is_within_months(
            12, previous(referrals.referred_on, of=referrals.child_id), referrals.referred_on
        ),
        source="Children in need census: re-referrals within 12 months of a previous referral.",
    ),
    Clock(
        fills=assessments.working_days_to_authorisation,
        expression=working_days(assessments.started_on, assessments.authorised_on),
        source="Children in need statistics: duration of assessment, start to completion.",
    ),
    Clock(
        fills=assessments.day_46_on,
        expression=part_of(assessments.started_on, "working_day") + 46,
        scale="working_day",
        source="Working Together: 45 working days at most; rule 8670Q asks for the same.",
    ),
    Clock(
        fills=initial_conferences.working_days_from_strategy,
        expression=working_days(
            initial_conferences.strategy_discussion_on, initial_conferences.held_on
        ),
        source="Working Together: within 15 working days of the strategy discussion that "
        "started the section 47 enquiry.",
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
    *CARE_CLOCKS,
)


_BY_NAME = {f"{clock.table}.{clock.fills.name}": clock for clock in CLOCKS}


def clocks_of(table: str) -> tuple[Clock, ...]:
    """The clocks of one journey table, in order."""
    return tuple(clock for clock in CLOCKS if clock.table == table)


@cache
def records_behind(fields: frozenset[str]) -> frozenset[str]:
    """Replace clocks and derived fields among 'table.field' names by the recorded ones behind."""
    found: set[str] = set()
    left = set(fields)
    while left:
        name = left.pop()
        table = name.split(".")[0]
        if name in _BY_NAME:
            left |= _BY_NAME[name].needs()
        elif table in RESTS_ON:
            found |= RESTS_ON[table]
        else:
            found.add(name)
    return frozenset(found)
