"""The evidence behind a finding, as lines on a terminal: everything the verdict rested on."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from lineofsight.comparators.comparator import Area
from lineofsight.judgement.finding import (
    Assurance,
    Change,
    Comparison,
    Finding,
    Signal,
    Variation,
    Verdict,
)
from lineofsight.measurement.measurement import round_half_up

_WIDENED = 1.05


def evidence_lines(finding: Finding) -> Iterator[str]:
    """Give the level with its intervals, each comparator, variation, target, change and children.

    A bare count has fewer lines, and what is not judged has none; what is not there is not said.
    """
    if finding.verdict is Verdict.NOT_JUDGED:
        return
    yield from _level(finding)
    for one in finding.evidence.comparisons:
        yield _comparison(finding, one)
    yield from _movement(finding)
    yield from _children(finding)


def _level(finding: Finding) -> Iterator[str]:
    e, level = finding.evidence, finding.measurement.level
    if level is None or e.interval is None or e.interval_wide is None:
        return
    pairs = (f"95% {_pair(finding, e.interval)}", f"99.8% {_pair(finding, e.interval_wide)}")
    effect = finding.measurement.design_effect
    widened = f"; design effect {effect:.1f}, as siblings share" if effect > _WIDENED else ""
    yield f"{finding.measurement.shown(level)}; {', '.join(pairs)}{widened}"


def _comparison(finding: Finding, one: Comparison) -> str:
    held = one.comparator
    name = held.area.value if held.area is not Area.REGION else held.area_name
    decimals = min(held.decimals, 1)
    value = f"{round_half_up(held.value, decimals)}{finding.measurement.indicator.unit}"
    median = f", median {round_half_up(held.median, decimals)}" if held.median is not None else ""
    group = f", list {held.group_version}" if held.group_version else ""
    sure = f", {one.strength.value}" if one.direction.value != "similar" else ""
    return (
        f"{name} {value}{median}{group}; {held.period}, {one.age_months} months before; "
        f"{held.vintage}: {one.direction.value}{sure}"
    )


def _movement(finding: Finding) -> Iterator[str]:
    e = finding.evidence
    for one in dict.fromkeys((e.variation, *e.movements)):
        if one.signal is not Signal.NOT_CHARTED:
            yield f"Variation: {_variation(one, finding.measurement.indicator.name)}"
    if e.target is not None and e.assurance is not Assurance.NO_TARGET:
        reached = f", reached in {e.months_agreeing} of {e.months_looked_at}"
        yield f"Target {e.target.value}: {e.assurance.value}{reached}. {e.target.reason}"
    if e.change is not None:
        yield _change(finding, e.change)


def _variation(one: Variation, own: str) -> str:
    of = f"'{one.of}', " if one.of not in ("", own) else ""
    label = f" in {one.label}" if one.label else ""
    rule = f" ({one.rule})" if one.rule else ""
    if one.limits is None:
        return f"{of}{one.signal.value}{label}{rule}"
    trial = "trial limits, " if one.limits.is_trial else ""
    return (
        f"{of}{one.signal.value}{label}{rule}; {one.limits.chart} chart, {trial}"
        f"{one.limits.points} points"
    )


def _change(finding: Finding, change: Change) -> str:
    unit = finding.measurement.indicator.unit
    decimals = 1 if unit else finding.measurement.indicator.decimals
    size, low, high, before, after = (
        round_half_up(value, decimals)
        for value in (change.difference, change.lower, change.upper, change.before, change.after)
    )
    words = "marked" if change.is_marked else "sure but not marked" if change.is_real else "unsure"
    by = " points" if unit == "%" else unit
    return (
        f"Change, {change.label}: {before}{unit} to {after}{unit}, {size:+}{by} "
        f"(95% {low:+} to {high:+}), {words}"
    )


def _children(finding: Finding) -> Iterator[str]:
    e = finding.evidence
    if e.children_behind_gap is not None:
        counted = finding.measurement.indicator.counted
        usual = f"; {e.usual_gaps:.1f} usual gaps" if e.usual_gaps is not None else ""
        yield f"Behind the gap: {e.children_behind_gap:,} {counted}{usual}"
    if e.funnel_z is not None:
        z = f"{e.funnel_z:+.1f}"
        yield f"Among all authorities: z {z} from England, usual differences allowed for"


def _pair(finding: Finding, pair: tuple[Decimal, Decimal]) -> str:
    decimals = finding.measurement.indicator.decimals
    low, high = (round_half_up(bound, decimals) for bound in pair)
    return f"{low} to {high}"
