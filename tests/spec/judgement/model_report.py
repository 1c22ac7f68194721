"""A synthetic council drawn in the shape of the model report of August 2020."""

from __future__ import annotations

from judgement_drawn import (
    HIGH,
    LOW,
    POPULATION,
    Drawn,
    england,
    flow,
    neighbours,
    percentage,
    region,
    snapshot,
    spread,
    stock_rate,
)

from lineofsight.comparators.comparator import Comparator, Spread
from lineofsight.measurement.measurement import Measurement

mash = percentage(
    "front_door.mash_timeliness", "Referrals dealt with by MASH in one day", counted="referrals"
)
assessments = percentage(
    "assessments.timeliness", "Assessments completed in 45 working days", counted="assessments"
)
care_plans = percentage(
    "children_looked_after.authorised_care_plan",
    "Looked after children with an authorised care plan",
    is_snapshot=True,
)
plan_starts = Drawn("child_protection.plans_started", "Child protection plans started")
plan_ends = Drawn("child_protection.plans_ended", "Child protection plans ended")
plan_rate = stock_rate(
    "child_protection.plan_rate", "Children with a protection plan", (plan_starts, plan_ends)
)
conferences = percentage(
    "child_protection.icpc_timeliness", "Conferences held within 15 working days"
)
care_starts = Drawn("children_looked_after.started", "Children who started to be looked after")
care_ends = Drawn("children_looked_after.ceased", "Children who ceased to be looked after")
care_rate = stock_rate(
    "children_looked_after.rate", "Children looked after", (care_starts, care_ends)
)
referral_rate = Drawn(
    "front_door.referral_rate", "Referrals", unit=" per 10,000", scale=10_000, counted="referrals"
)
rereferrals = percentage("front_door.rereferrals", "Re-referrals", LOW, counted="referrals")
visits = percentage("child_protection.visits", "Visits in time", HIGH, counted="visits")

_WOBBLE = (0, 2, -1, 1, -2, 0, 1, -1, 2, -2, 1, 0, -1, 2, 0, -2, 1, -1, 0, 2, -1, 1, -2, 0)
_MASH = (97, 96, 97, 98, 96, 97, 97, 96, 98, 97, 96, 97, 97, 96, 97, 98, 96, 97, 96, 97, 98, 97)
_SA = (66, 68, 65, 67, 64, 66, 69, 65, 67, 66, 64, 68, 67, 66, 68, 70, 71, 73, 76, 79, 83, 85, 87)
_ICPC = (55, 60, 52, 58, 63, 56, 61, 54, 59, 64, 57, 60, 66, 55, 62, 68, 57, 60, 65, 58, 63, 60, 66)
_IN_CARE = (16, 17, 15, 16, 18, 14, 16, 15, 17, 16, 16, 15, 17, 14, 16, 18, 15, 16, 17, 15, 16, 16)


def measurements() -> tuple[Measurement, ...]:
    """Give twelve measurements, the six of the report first, over 24 months."""
    cared = [*_IN_CARE, 33, 18]
    left = [16, 15, 17, 16, 15, 17, 16, 16, 15, 17, 16, 17, 15, 16, 17, 16, 15, 17, 16, 15, 17, 16]
    left = [*left, 17, 16]
    planned = [44 + w for w in _WOBBLE]
    ended = [41 + w for w in reversed(_WOBBLE)]
    return (
        flow(mash, [(round(3.3 * p), 330) for p in (*_MASH, 98, 99)]),
        flow(assessments, [(round(2.5 * p), 250) for p in (*_SA, 89)]),
        snapshot(care_plans, [(round(4.88 * (95 + (i % 3) / 2)), 488) for i in range(24)]),
        snapshot(plan_rate, _stock(412, planned, ended)),
        flow(conferences, _icpc_months(), design_effect=2.4),
        snapshot(care_rate, _stock(488, cared, left)),
        flow(plan_starts, [(x, None) for x in planned]),
        flow(plan_ends, [(x, None) for x in ended]),
        flow(care_starts, [(x, None) for x in cared]),
        flow(care_ends, [(x, None) for x in left]),
        flow(referral_rate, [(x, POPULATION) for x in _referrals()]),
        flow(rereferrals, [(70 + 3 * w, 300) for w in _WOBBLE]),
        flow(visits, [(500 + 5 * w, 580) for w in _WOBBLE]),
    )


def comparators() -> tuple[Comparator, ...]:
    return (
        neighbours(assessments, "76", 2019),
        region(assessments, "81", 2019),
        england(assessments, "81", 2019),
        neighbours(plan_rate, "48", 2019),
        region(plan_rate, "41", 2019),
        england(plan_rate, "44", 2019),
        neighbours(conferences, "84", 2019),
        region(conferences, "77", 2019),
        england(conferences, "79", 2019),
        neighbours(care_rate, "86", 2019),
        neighbours(rereferrals, "23", 2019),
        england(rereferrals, "23", 2019),
    )


def spreads() -> tuple[Spread, ...]:
    return (
        spread(plan_rate, 0.2, 0.144, 0.38),
        spread(care_rate, 0.14, 0.05, 0.36),
        spread(conferences, 7.0, 5.3, 0.12),
        spread(assessments, 8.0, 4.1, 0.12),
    )


def _stock(last: int, starts: list[int], ends: list[int]) -> list[tuple[float, float | None]]:
    levels = [last]
    for came, went in zip(reversed(starts), reversed(ends), strict=True):
        levels.append(levels[-1] - came + went)
    return [(level, POPULATION) for level in reversed(levels[:-1])]


def _icpc_months() -> list[tuple[float, float | None]]:
    sizes = [52, 63, 58, 49, 66, 60, 55, 61, 57, 64, 50, 59, 62, 48, 65, 56, 60, 53, 67, 58, 54, 62]
    sizes = [*sizes, 57, 60]
    return [(round(n * p / 100), n) for n, p in zip(sizes, (*_ICPC, 73), strict=True)]


def _referrals() -> list[int]:
    usual = [400 + 8 * w for w in _WOBBLE]
    return [*usual[:19], 240, 250, 300, *usual[22:]]
