"""Gathering the evidence on one measurement: its history, and what depends on its level."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from lineofsight.comparators.comparator import Area, Comparator, Spread
from lineofsight.judgement.finding import Assurance, Evidence
from lineofsight.judgement.level import (
    Pair,
    a_month_of,
    assure,
    change_of,
    children_behind,
    compare,
    funnel_z,
    interval_of,
    looked_at,
    month_interval,
    reached,
    two_years,
    usual_gaps,
)
from lineofsight.judgement.thresholds import Z_95, Z_998
from lineofsight.judgement.variation import (
    AS_USUAL,
    NOT_CHARTED,
    Charted,
    charted,
    movements_of,
    points_of,
    stock_variation,
    variation_of,
)
from lineofsight.measurement.measurement import Measurement, Value
from lineofsight.reference.authority import Charting, Target
from lineofsight.reference.polarity import Polarity


@dataclass(frozen=True, slots=True)
class Case:
    """One measurement with everything it is judged by."""

    measurement: Measurement
    comparators: tuple[Comparator, ...]
    spread: Spread | None
    target: Target | None
    known: Mapping[str, Measurement]
    charting: Charting = AS_USUAL


def evidence_on(case: Case) -> tuple[Charted | None, Evidence]:
    """Give the chart of a case, where it has one, and everything its verdict rests on."""
    chart = charted(case.measurement, case.charting)
    return chart, _at_level(case, chart, _history_of(case, chart), case.measurement.level)


def with_a_year_less(case: Case, evidence: Evidence) -> Evidence:
    """Give the evidence of a yearly case that lacks one of the years before the newest.

    `evidence` is that of the whole series: the level and what it is held against stay.
    """
    measurement, level = case.measurement, case.measurement.level
    found = _of_series(case, evidence.held_against)
    if level is not None and case.target is not None:
        found["assurance"] = assure(measurement, level, case.target, None)
    return replace(
        evidence,
        change=evidence.change if two_years(measurement) else None,
        points=evidence.points - 1,
        **found,
    )


def empty(measurement: Measurement, why_not: str) -> Evidence:
    """Give the evidence on what has none, with the reason it cannot be judged."""
    return Evidence(
        level=None,
        interval=None,
        interval_wide=None,
        comparisons=(),
        variation=NOT_CHARTED,
        assurance=Assurance.NO_TARGET,
        target=None,
        change=None,
        children_behind_gap=None,
        quality_notes=measurement.notes,
        good=measurement.indicator.good,
        why_not=why_not,
    )


def _history_of(case: Case, chart: Charted | None) -> Evidence:
    """Gather what does not depend on the level: the months, the flows and the change."""
    measurement = case.measurement
    movements = movements_of(measurement, case.known, case.charting)
    variation = variation_of(measurement, chart)
    if chart is None and measurement.indicator.is_snapshot:
        variation = stock_variation(measurement, case.known, movements, case.charting)
    latest = measurement.latest
    return replace(
        empty(measurement, ""),
        variation=variation,
        movements=movements,
        change=change_of(measurement, case.spread),
        target=case.target,
        latest=latest.exact if latest else None,
        latest_interval=month_interval(latest, measurement.design_effect) if latest else None,
        points=points_of(measurement),
        is_annual=measurement.is_annual,
        is_snapshot=measurement.indicator.is_snapshot,
    )


def _at_level(
    case: Case, chart: Charted | None, history: Evidence, level: Value | None
) -> Evidence:
    """Add what depends on the level: intervals, comparisons, target, funnel, children."""
    if level is None:
        return history
    measurement, good = case.measurement, history.good
    deff = measurement.design_effect
    bounds = interval_of(level, deff, Z_95), interval_of(level, deff, Z_998)
    compared = (compare(level, c, good, bounds, case.spread) for c in case.comparators)
    england = next((c.value for c in case.comparators if c.area is Area.ENGLAND), None)
    evidence = replace(
        history,
        level=level.exact,
        interval=bounds[0],
        interval_wide=bounds[1],
        comparisons=tuple(c for c in compared if c is not None),
        assurance=assure(measurement, level, case.target, chart.chart if chart else None),
        funnel_z=funnel_z(level, england, deff, case.spread),
    )
    return _held(case, evidence, level)


def _held(case: Case, evidence: Evidence, level: Value) -> Evidence:
    """Add what depends on the deciding comparator, or else on the target."""
    first, good, month = evidence.first, evidence.good, evidence.latest_interval
    target = case.target
    standard = first.comparator.value if first else target.value if target else None
    against = a_month_of(level) if standard is None else standard
    return replace(
        evidence,
        children_behind_gap=children_behind(level, first, good),
        usual_gaps=usual_gaps(level, first.comparator.value, case.spread) if first else None,
        held_against=standard,
        is_month_worse=is_month_apart(month, against, good, is_good_side=False),
        is_month_better=is_month_apart(month, against, good, is_good_side=True),
        **_of_series(case, standard),
    )


def _of_series(case: Case, standard: Decimal | None) -> dict[str, Any]:
    """Count the months, or years, that reached what they are held against, and the target."""
    measurement, good = case.measurement, case.measurement.indicator.good
    values, target = looked_at(measurement), case.target
    agreeing = 0 if target is None else sum(bool(reached(v, target.value, good)) for v in values)
    return {
        "months_held": _months_held(measurement, standard, good),
        "months_looked_at": len(values),
        "months_agreeing": agreeing,
    }


def is_month_apart(
    pair: Pair | None, standard: Decimal | None, good: Polarity, *, is_good_side: bool
) -> bool:
    """Say whether a month's 95% interval lies wholly on the good, or wrong, side of a standard."""
    if pair is None or standard is None or good is Polarity.NEUTRAL:
        return False
    is_up = is_good_side is (good is Polarity.HIGH)
    return pair[0] > standard if is_up else pair[1] < standard


def _months_held(measurement: Measurement, standard: Decimal | None, good: Polarity) -> int:
    if standard is None:
        return 0
    newest_first = (reached(value, standard, good) for value in reversed(measurement.series))
    return sum(1 for _ in itertools.takewhile(bool, newest_first))
