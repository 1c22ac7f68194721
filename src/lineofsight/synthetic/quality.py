"""Audits of case work, delays of conferences, and the entry-to-care panel."""

from __future__ import annotations

import numpy as np

from lineofsight.synthetic import codes, steering
from lineofsight.synthetic.calendar import (
    FOREVER,
    Column,
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
