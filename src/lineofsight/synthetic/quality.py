"""Audits of case work, delays of conferences, and the entry-to-care panel."""

from __future__ import annotations

import numpy as np

from lineofsight.synthetic import codes, steering
from lineofsight.synthetic.calendar import (
    FOREVER,
    Column,
    Days,
    Step,
    day_of,
    on_or_after_working,
    working_day,
    working_number,
)
from lineofsight.synthetic.draws import Rng, one_of, per_month, regroup, spread, uniform_by_group
from lineofsight.synthetic.steering import MONTHS

_TIMELY = 15


def audits(rng: Rng, assessments: dict[str, Column], scale: float) -> dict[str, Column]:
    """Monthly audits of children whose assessments were recently started."""
    monthly = per_month(steering.AUDITS.path(rng), scale)
    started = assessments["started_on"]
    rows, days = [], []
    for position, month in enumerate(MONTHS):
        step = Step.of(position, month)
        recent = np.flatnonzero((started > step.first - 60) & (started < step.first))
        chosen = rng.permutation(recent)[: int(monthly[position])]
        span = step.last_number - step.first_number + 1
        rows.append(assessments["child"][chosen])
        days.append(working_day(step.first_number + rng.integers(0, span, len(chosen))))
    child, on = np.concatenate(rows), np.concatenate(days)
    theme = one_of(rng, codes.AUDIT_THEME, len(on))
    grade = one_of(rng, codes.AUDIT_GRADE, len(on))
    sound = np.isin(grade, ["Good", "Outstanding"]) | spread(rng, len(on), 0.6)
    decisions = np.flatnonzero(theme == "MASH decision")
    sound[decisions] = spread(rng, len(decisions), 0.95)
    return {"child": child, "audited_on": on, "theme": theme, "grade": grade,
            "is_assured": sound}  # fmt: skip


def bookings(rng: Rng, requests: dict[str, Column]) -> dict[str, Column]:
    """First booking, postponements and reason for delay of each conference asked for.

    Late conferences were mostly booked within the limit and postponed.
    """
    start, held = requests["strategy_discussion_on"], requests["held_on"]
    group = regroup(requests["group"])
    target = working_number(start) + _TIMELY
    known = np.where(held < FOREVER, held, day_of(steering.AS_AT))
    late = working_number(known) > target
    moved = (uniform_by_group(rng, group) < np.where(late, 0.72, 0.08)) & (held < FOREVER)
    back = 2 + np.floor(uniform_by_group(rng, group) * 9).astype(np.int64)
    at_first = np.minimum(working_number(known) - back, target)
    booked = np.where(moved, working_day(at_first), known)
    pending = working_day(target - np.floor(uniform_by_group(rng, group) * 4).astype(np.int64))
    booked = np.where(held < FOREVER, booked, pending)
    times = moved * (1 + (uniform_by_group(rng, group) < 0.25))
    reason = one_of(rng, codes.DELAY_REASON, len(group) + 1)[group]
    earliest = on_or_after_working(requests["requested_on"])
    return {
        "first_booked_for_on": np.maximum(booked, earliest),
        "postponements": times,
        "delay_reason": np.where(late, reason, ""),
    }


def follow_up(rng: Rng, requests: dict[str, Column]) -> dict[str, Column]:
    """What became of each booking: the day booked now, why again postponed, what was escalated.

    A conference that missed its booking is booked anew; two in five late ones are escalated on
    the day the limit passes, and the escalation is closed when the conference is held.
    """
    group, held = regroup(requests["group"]), requests["held_on"]
    as_at, limit = day_of(steering.AS_AT), working_number(requests["strategy_discussion_on"])
    late = working_number(np.minimum(held, as_at)) > limit + _TIMELY
    escalated = late & (uniform_by_group(rng, group) < 0.4)
    issue = one_of(rng, codes.PRACTICE_ISSUE, len(group) + 1)[group]
    again = one_of(rng, codes.DELAY_REASON, len(group) + 1)[group]
    return {
        "booked_for_on": _booked_now(rng, requests),
        "further_delay_reason": np.where(requests["postponements"] > 1, again, ""),
        "practice_issue": np.where(escalated, issue, ""),
        "escalated_on": np.where(escalated, working_day(limit + _TIMELY + 1), FOREVER),
        "escalation_closed_on": np.where(escalated, held, FOREVER),
    }


def _booked_now(rng: Rng, requests: dict[str, Column]) -> Days:
    as_at, first, held = (
        day_of(steering.AS_AT),
        requests["first_booked_for_on"],
        requests["held_on"],
    )
    wait = 1 + np.floor(uniform_by_group(rng, regroup(requests["group"])) * 9).astype(np.int64)
    anew = working_day(working_number(as_at) + wait)
    return np.where(held < FOREVER, held, np.where(first > as_at, first, anew))


def audit_actions(rng: Rng, audits: dict[str, Column]) -> dict[str, Column]:
    """Who audited, the grade after moderation of one in four, and remedial actions."""
    on, grade = audits["audited_on"], audits["grade"]
    poor = np.isin(grade, ["Requires improvement", "Inadequate"])
    moderated, stricter = rng.random(len(on)) < 0.25, rng.random(len(on)) < 0.2
    lowered = np.where(stricter & (grade == "Good"), "Requires improvement", grade)
    asked = np.where(poor, rng.integers(1, 5, len(on)), rng.random(len(on)) < 0.15).astype(np.int64)
    due = on_or_after_working(on + rng.integers(10, 29, len(on)))
    closed = on_or_after_working(due - 6 + rng.integers(0, 21, len(on)))
    done = (asked > 0) & (rng.random(len(on)) < 0.93)
    return {
        "auditor_role": one_of(rng, codes.AUDITOR, len(on)),
        "moderated_grade": np.where(moderated, lowered, ""),
        "remedial_actions": asked,
        "actions_due_on": np.where(asked > 0, due, FOREVER),
        "actions_closed_on": np.where(done, closed, FOREVER),
    }


def panel_papers(rng: Rng, panel: dict[str, Column]) -> dict[str, Column]:
    """What the panel was told: since when, by which route, and what had been tried."""
    count, emergency = len(panel["heard_on"]), panel["is_emergency"]
    route = one_of(rng, codes.PANEL_ROUTE, count)
    return {
        "requested_on": on_or_after_working(panel["heard_on"] - rng.integers(2, 8, count)),
        "route": np.where(emergency, "Emergency protection or police protection", route),
        "alternatives": np.where(
            emergency, "None possible", one_of(rng, codes.ALTERNATIVES, count)
        ),
        "is_ratified": emergency & (rng.random(count) < 0.9),
    }


def referral_quality(rng: Rng, audits: dict[str, Column]) -> dict[str, Column]:
    """Who had made the referral, and how good it was, in most audits of decisions of the hub."""
    count = len(audits["audited_on"])
    is_asked = (audits["theme"] == "MASH decision") & (rng.random(count) < 0.8)
    source = one_of(rng, codes.REFERRAL_SOURCE, count)
    grade = one_of(rng, codes.REFERRAL_GRADE, count)
    return {
        "referring_agency": np.where(is_asked, source, ""),
        "referral_grade": np.where(is_asked, grade, ""),
    }


def panel(
    rng: Rng, care: dict[str, Column], plans: dict[str, Column], scale: float
) -> dict[str, Column]:
    """Decisions of the panel, which meets on Wednesdays from the first one in August 2020.

    It hears of emergencies after the event and of children on plans before it.
    """
    opened, as_at = day_of(steering.PANEL_FROM), day_of(steering.AS_AT)
    entered = np.flatnonzero((care["started_on"] > opened - 7) & (care["started_on"] <= as_at))
    waiting = np.flatnonzero((plans["ended_on"] > as_at) & (plans["started_on"] < opened - 60))
    asked = rng.permutation(waiting)[: round(9 * scale)]
    child = np.concatenate([care["child"][entered], plans["child"][asked]])
    emergency = np.arange(len(child)) < len(entered)
    meeting = care["started_on"][entered] + 7 - (care["started_on"][entered] - opened) % 7
    heard = np.concatenate([meeting, opened + 7 * rng.integers(0, 4, len(asked))])
    refused = one_of(rng, codes.PANEL_DECISION, len(child))
    return {
        "child": child,
        "heard_on": heard,
        "decision": np.where(emergency, "Entry to care confirmed", refused),
        "is_emergency": emergency,
    }
