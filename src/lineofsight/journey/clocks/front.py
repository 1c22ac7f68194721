"""Clocks of the front door, early help, assessments and episodes of need."""

from __future__ import annotations

import sqlalchemy as sa

from lineofsight.journey.clocks.clock import (
    Clock,
    days_after,
    is_ended_within,
    is_within_months,
    minutes,
    months_after,
    previous,
    truth,
    working_days,
    working_days_after,
)
from lineofsight.journey.derived import need_stretches
from lineofsight.journey.fields import part_of
from lineofsight.journey.tables import (
    assessments,
    contacts,
    early_help_assessments,
    mash_decisions,
    need_episodes,
    referrals,
)


def _first_referral_since_contact() -> sa.ColumnElement[int]:
    referred = part_of(referrals.referred_on, "day")
    return (
        sa.select(sa.func.min(referred))
        .where(
            referrals.child_id == contacts.child_id,
            referred >= part_of(contacts.contacted_on, "day"),
        )
        .correlate(contacts.table)
        .scalar_subquery()
    )


def _first_closure_after_assessment() -> sa.ColumnElement[int]:
    return (
        sa.select(sa.func.min(part_of(need_episodes.ended_on, "day")))
        .where(
            need_episodes.child_id == referrals.child_id,
            part_of(need_episodes.started_on, "day") == part_of(referrals.referred_on, "day"),
            need_episodes.closure_reason.in_(("RC8", "RC9")),
        )
        .correlate(referrals.table)
        .scalar_subquery()
    )


def _last_referral_before_assessment() -> sa.ColumnElement[int]:
    referred = part_of(referrals.referred_on, "working_day")
    return (
        sa.select(sa.func.max(referred))
        .where(
            referrals.child_id == assessments.child_id,
            part_of(referrals.referred_on, "day") <= part_of(assessments.started_on, "day"),
        )
        .correlate(assessments.table)
        .scalar_subquery()
    )


def _working_days_from_referral() -> sa.ColumnElement[int]:
    """Only the first assessment after a referral is judged by it."""
    referred = _last_referral_before_assessment()
    number = part_of(assessments.started_on, "working_day")
    before = sa.func.max(number).over(
        partition_by=assessments.child_id,
        order_by=(part_of(assessments.started_on, "day"), assessments.table.columns["row"]),
        rows=(None, -1),
    )
    is_first = sa.or_(before.is_(None), before < referred)
    return sa.case((is_first, part_of(assessments.authorised_on, "working_day") - referred))


FRONT: tuple[Clock, ...] = (
    Clock(
        fills=mash_decisions.working_days_to_decision,
        expression=working_days(mash_decisions.received_at, mash_decisions.decided_at),
        source="Working Together: a decision within one working day of the referral.",
    ),
    Clock(
        fills=mash_decisions.due_on,
        expression=working_days_after(mash_decisions.received_at, 1),
        scale="working_day",
        source="Working Together: within one working day; twenty-four hours are never longer.",
    ),
    Clock(
        fills=mash_decisions.overdue_on,
        expression=working_days_after(mash_decisions.received_at, 2),
        scale="working_day",
        source="The same paragraph.",
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
        fills=assessments.day_45_on,
        expression=working_days_after(assessments.started_on, 45),
        scale="working_day",
        source="Working Together: 45 working days at most.",
    ),
    Clock(
        fills=assessments.day_46_on,
        expression=working_days_after(assessments.started_on, 46),
        scale="working_day",
        source="Working Together: 45 working days at most; rule 8670Q asks for the same.",
    ),
    Clock(
        fills=contacts.day_14_on,
        expression=days_after(contacts.contacted_on, 14),
        scale="day",
        source="A local convention: a contact is judged once fourteen days have passed.",
    ),
    Clock(
        fills=contacts.is_followed_by_referral,
        expression=truth(
            _first_referral_since_contact() - part_of(contacts.contacted_on, "day") <= 14
        ),
        source="A local convention: no return says which contact became which referral.",
    ),
    Clock(
        fills=early_help_assessments.days_to_completion,
        expression=part_of(early_help_assessments.completed_on, "day")
        - part_of(early_help_assessments.started_on, "day"),
        source="A local standard of 35 days: there is no national one.",
    ),
    Clock(
        fills=early_help_assessments.day_36_on,
        expression=days_after(early_help_assessments.started_on, 36),
        scale="day",
        source="A local standard of 35 days: there is no national one.",
    ),
    Clock(
        fills=referrals.day_90_on,
        expression=days_after(referrals.referred_on, 90),
        scale="day",
        source="A local convention: 45 working days for the assessment, and time to close.",
    ),
    Clock(
        fills=referrals.is_assessed_not_in_need,
        expression=truth(
            _first_closure_after_assessment() - part_of(referrals.referred_on, "day") <= 90
        ),
        source="Children in need census: closure reasons RC8 and RC9, after assessment.",
    ),
    Clock(
        fills=assessments.working_days_from_referral,
        expression=_working_days_from_referral(),
        source="Working Together: at most 45 working days from the point of referral.",
    ),
    Clock(
        fills=need_episodes.over_3_months_on,
        expression=months_after(need_episodes.started_on, 3) + 1,
        scale="month_day",
        source="Children in need statistics: three months or less, and more than three.",
    ),
    Clock(
        fills=need_episodes.over_6_months_on,
        expression=months_after(need_episodes.started_on, 6) + 1,
        scale="month_day",
        source="Children in need statistics: up to six months, and more than six.",
    ),
    Clock(
        fills=need_episodes.one_year_on,
        expression=months_after(need_episodes.started_on, 12),
        scale="month_day",
        source="Children in need statistics: less than a year, and one year.",
    ),
    Clock(
        fills=need_episodes.two_years_on,
        expression=months_after(need_episodes.started_on, 24),
        scale="month_day",
        source="Children in need statistics: less than two years, and two years.",
    ),
    Clock(
        fills=need_episodes.is_ended_within_3_months,
        expression=is_ended_within(3, need_episodes.started_on, need_episodes.ended_on),
        source="Children in need statistics: duration of an ended episode, from the referral.",
    ),
    Clock(
        fills=need_episodes.is_ended_after_two_years,
        expression=truth(
            part_of(need_episodes.ended_on, "month_day")
            >= months_after(need_episodes.started_on, 24)
        ),
        source="Children in need statistics: duration of an ended episode, from the referral.",
    ),
    Clock(
        fills=need_stretches.day_46_on,
        expression=working_days_after(need_stretches.started_on, 46),
        scale="working_day",
        source="A local convention: a plan is expected once there was time for an assessment.",
    ),
)
