"""Clocks from the front door to the end of a child protection plan."""

from __future__ import annotations

import sqlalchemy as sa

from lineofsight.journey.clocks.clock import (
    Clock,
    days_after,
    is_within_months,
    minutes,
    previous,
    working_days,
)
from lineofsight.journey.fields import part_of
from lineofsight.journey.tables import (
    assessments,
    child_protection_plans,
    conference_requests,
    initial_conferences,
    mash_decisions,
    referrals,
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


FRONT: tuple[Clock, ...] = (
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
)
