"""The sentences of the paper: fixed templates chosen by evidence, and the tests behind the words.

A word that claims something stands behind a gate. 'Outlier' needs the outlier rule; 'improved' a
special cause or a change whose interval excludes none; 'fallen in each of the last' at least two
steps down; 'higher than' and 'lower than' an interval that excludes the comparator. No sentence
here names a cause: causes are for officers' comments, which carry a name and a date.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from lineofsight.judgement.finding import (
    Assurance,
    Change,
    Comparison,
    Direction,
    Finding,
    Limits,
    Signal,
    Variation,
)
from lineofsight.measurement.measurement import Measurement, Value, round_half_up
from lineofsight.overview.figures import (
    Frame,
    area_words,
    comparator_text,
    detail_of,
    is_outlier,
    level_text,
    time_of,
    value_text,
    way_of,
)
from lineofsight.overview.numerals import (
    between,
    capital,
    continued,
    listed,
    months_in_words,
    plain,
    sentence,
    spoken,
)
from lineofsight.overview.overview import Kind, Sentence
from lineofsight.reference.polarity import Polarity


def sentences_about(finding: Finding, frame: Frame) -> tuple[Sentence, ...]:
    """Write every computed sentence of one finding, in the order they are read.

    Level, what the verdict rests on, comparators, variation, change, target, children behind the
    gap, what to weigh with it, what would have changed the verdict, and the data.
    """
    texts = (
        *_level(finding.measurement, frame),
        *_reason(finding),
        *_outlier(finding),
        *_compared(finding, frame),
        *_variation(finding),
        *_direction_of_stock(finding, frame),
        *_change(finding),
        *_target(finding),
        *_gap(finding, frame),
        *_other_side(finding),
        *_data(finding),
    )
    return tuple(Sentence(Kind.COMPUTED, sentence(text)) for text in texts if text.strip())


def subject_of(measurement: Measurement) -> str:
    """Name what kind of figure it is: 'percentage', 'rate', 'average' or 'number'."""
    unit = measurement.indicator.unit
    if unit in ("%", " per 10,000"):
        return "percentage" if unit == "%" else "rate"
    latest = measurement.latest
    return "average" if latest is not None and latest.denominator is not None else "number"


def steps_in_a_row(measurement: Measurement, frame: Frame) -> tuple[Direction, int]:
    """Count how many times running a month-end count has moved the same way, up to the newest."""
    counts = _counts_to(measurement, frame)
    steps = [later - earlier for earlier, later in itertools.pairwise(counts)]
    if not steps or not steps[-1]:
        return Direction.SIMILAR, 0
    is_up = steps[-1] > 0
    broken = next((i for i, s in enumerate(reversed(steps)) if not s or (s > 0) != is_up), None)
    return (
        Direction.HIGHER if is_up else Direction.LOWER,
        len(steps) if broken is None else broken,
    )


def is_improving(finding: Finding) -> bool:
    """Tell whether the paper may speak of improvement: a special cause, or a real change."""
    if finding.measurement.indicator.good is Polarity.NEUTRAL:
        return False
    if finding.evidence.variation.signal is Signal.IMPROVEMENT:
        return True
    change = finding.evidence.change
    return change is not None and change.is_real and _is_good(finding, change)


def unusual(finding: Finding) -> str:
    """Say which charted series was unusual and when, without judging it; empty if none was."""
    return _unusual(finding.measurement, finding.evidence.variation)


def movements_of(finding: Finding) -> tuple[str, ...]:
    """Say of each unusual series what it was, with all its months, in one sentence each."""
    movements = finding.evidence.movements or (finding.evidence.variation,)
    months: dict[str, list[str]] = {}
    for movement in reversed(movements):
        said = _unusual(finding.measurement, replace(movement, label=""))
        months.setdefault(said, []).append(movement.label)
    return tuple(
        f"{said} in {listed(labels)}" if any(labels) else said
        for said, labels in months.items()
        if said
    )


def _unusual(measurement: Measurement, variation: Variation) -> str:
    side = {Signal.NEUTRAL_HIGH: "high", Signal.NEUTRAL_LOW: "low"}.get(variation.signal)
    if side is None:
        return ""
    subject, verb = _charted(measurement, variation)
    when = f" in {variation.label}" if variation.label else ""
    return f"{subject} {verb} unusually {side}{when}"


def _level(measurement: Measurement, frame: Frame) -> Iterator[str]:
    subject = subject_of(measurement)
    known = [value for value in frame.pair(measurement) if value is not None]
    there = [_with_detail(measurement, value) for value in known if value.exact is not None]
    if there:
        yield f"The {subject} was {listed(there)}"
    for value in known:
        if value.exact is None:
            yield f"There is no {subject} {time_of(value)}: there was nothing to count"
    if not known:
        yield f"There is no {subject} for {frame.period_words}"


def _with_detail(measurement: Measurement, value: Value) -> str:
    detail = "" if subject_of(measurement) == "number" else f" ({detail_of(measurement, value)})"
    return f"{value_text(measurement, value)} {time_of(value)}{detail}"


def _outlier(finding: Finding) -> Iterator[str]:
    if is_outlier(finding):
        yield "Being an outlier does not show by itself that practice is right or wrong"


def _compared(finding: Finding, frame: Frame) -> Iterator[str]:
    comparisons = finding.evidence.comparisons
    periods = {c.comparator.period for c in comparisons}
    is_shared = len(periods) == 1 and len(comparisons) > 1
    phrases = []
    for way, words in _WAYS.items():
        chosen = [c for c in comparisons if way_of(c) is way]
        names = [_compared_with(finding, c, frame, with_period=not is_shared) for c in chosen]
        phrases += [f"{words} {listed(names)}"] if names else []
    if phrases:
        shared = f" (comparators: {comparisons[0].comparator.period})" if is_shared else ""
        yield f"{_judged_level(finding)}{_interval(finding)} is {listed(phrases)}{shared}"


_WAYS = {
    Direction.HIGHER: "higher than",
    Direction.LOWER: "lower than",
    Direction.SIMILAR: "similar to",
}


def _judged_level(finding: Finding) -> str:
    if finding.measurement.is_annual:
        return "The year's figure"
    is_rolling = finding.measurement.level is finding.measurement.latest_rolling
    return "The twelve-month figure" if is_rolling else "The newest figure"


def _compared_with(
    finding: Finding, comparison: Comparison, frame: Frame, *, with_period: bool
) -> str:
    text = comparator_text(finding.measurement, comparison.comparator)
    period = f", {comparison.comparator.period}" if with_period else ""
    return f"{area_words(comparison.comparator, frame)} ({text}{period})"


def _interval(finding: Finding) -> str:
    interval, indicator = finding.evidence.interval, finding.measurement.indicator
    if interval is None:
        return ""
    return f" (95% interval {between(*interval, indicator.decimals, indicator.unit)})"


def _reason(finding: Finding) -> Iterator[str]:
    if finding.because:
        yield f"Why it is listed: {continued(finding.because)}"


def _variation(finding: Finding) -> Iterator[str]:
    variation = finding.evidence.variation
    indicator = finding.measurement.indicator
    # The share of a stock is not charted; how its numerator moved says nothing of the share.
    is_share_of_stock = indicator.is_snapshot and indicator.unit == "%"
    if variation.signal is not Signal.NOT_CHARTED and not is_share_of_stock:
        yield from movements_of(finding) or (
            _moved(finding, variation) or _usual(finding, variation),
        )
    if variation.limits is not None and variation.limits.is_trial:
        points = months_in_words(variation.limits.points)
        yield f"The limits rest on {points} only and are provisional"


def _moved(finding: Finding, variation: Variation) -> str:
    verb = {Signal.IMPROVEMENT: "improved", Signal.CONCERN: "worsened"}.get(variation.signal)
    if verb is None:
        return ""
    is_neutral = finding.measurement.indicator.good is Polarity.NEUTRAL
    subject, _ = _charted(finding.measurement, variation)
    when = f" in {variation.label}" if variation.label else ""
    rule = f": {variation.rule}" if variation.rule else ""
    return f"{subject} {'moved' if is_neutral else verb} beyond usual variation{when}{rule}"


def _usual(finding: Finding, variation: Variation) -> str:
    subject, verb = _charted(finding.measurement, variation)
    indicator, limits = finding.measurement.indicator, variation.limits
    if limits is None or not _has_newest(limits) or indicator.is_snapshot:
        return f"{subject} {verb} within usual variation"
    low, high = (Decimal(repr(bound[-1])) for bound in (limits.lower, limits.upper))
    ceiling = Decimal(100) if indicator.unit == "%" else high
    low, high = max(low, Decimal(0)), min(high, ceiling)
    return (
        f"{subject} {verb} within usual variation: by chance alone a month may lie anywhere "
        f"from {between(low, high, indicator.decimals, indicator.unit)}"
    )


def _has_newest(limits: Limits) -> bool:
    newest = (*limits.lower[-1:], *limits.upper[-1:])
    return len(newest) == 2 and all(math.isfinite(bound) for bound in newest)


def _charted(measurement: Measurement, variation: Variation) -> tuple[str, str]:
    """Name the series that was charted, with its verb: a stock is charted by what moves it."""
    of = variation.of
    if not of or of == measurement.indicator.name:
        each = "month-end" if measurement.indicator.is_snapshot else "monthly"
        return f"The {each} figure", "was"
    if of.casefold().startswith("net"):
        return "The net change in numbers (those who came less those who left)", "was"
    if of.split()[0].endswith("s") and len(of.split()) <= 3:
        return capital(of), "were"
    return f"The number of {continued(of)}", "was"


def _direction_of_stock(finding: Finding, frame: Frame) -> Iterator[str]:
    measurement = finding.measurement
    if not measurement.indicator.is_snapshot or measurement.is_annual:
        return
    way, steps = steps_in_a_row(measurement, frame)
    if not steps:
        return
    counts = _counts_to(measurement, frame)
    moved = "fallen" if way is Direction.LOWER else "risen"
    counted = measurement.indicator.counted
    span = f"from {plain(counts[-1 - steps], 0)} to {plain(counts[-1], 0)}"
    if steps > 1:
        yield f"The count has {moved} in each of the last {months_in_words(steps)}, {span}"
    elif movements_of(finding):
        yield f"The count has {moved} in the last month, {span}"
        side = "fewer" if way is Direction.LOWER else "more"
        yield f"One month of {side} {counted} is not yet a trend"


def _counts_to(measurement: Measurement, frame: Frame) -> list[Decimal]:
    ends_on = frame.period.last_day
    known = [v for v in measurement.series if v.period.last_day <= ends_on]
    return [Decimal(repr(value.numerator)) for value in known]


def _change(finding: Finding) -> Iterator[str]:
    change = finding.evidence.change
    if change is None:
        return
    newest, before = (
        ("The year's figure", "that of the year before")
        if finding.measurement.is_annual
        else ("The newest twelve months", "the twelve before")
    )
    after = level_text(finding.measurement, change.after)
    earlier = level_text(finding.measurement, change.before)
    figures = f"{after} against {earlier}"
    if not change.is_real:
        yield f"{newest} cannot be told apart from {before} ({figures}; {_size(finding, change)})"
        return
    way = "higher" if change.difference > 0 else "lower"
    verb = "is" if finding.measurement.is_annual else "are"
    gain = ", an improvement" if is_improving(finding) and _is_good(finding, change) else ""
    size = _size(finding, change)
    yield f"{newest} {verb} {_marked(change)}{way} than {before}{gain} ({figures}; {size})"


def _marked(change: Change) -> str:
    return "markedly " if change.is_marked else ""


def _size(finding: Finding, change: Change) -> str:
    indicator = finding.measurement.indicator
    low, high = (_visible(bound, indicator.decimals) for bound in (change.lower, change.upper))
    if change.lower < 0 < change.upper:
        return f"95% interval: from a fall of {low} to a rise of {_with_points(finding, high)}"
    way = "rise" if change.upper > 0 else "fall"
    least, most = (low, high) if change.upper > 0 else (high, low)
    span = "" if least == most else f"{least} to "
    return f"95% interval: a {way} of {span}{_with_points(finding, most)}"


def _with_points(finding: Finding, size: str) -> str:
    unit = finding.measurement.indicator.unit
    if unit != "%":
        return f"{size}{unit}"
    return f"{size} percentage {'point' if size == '1' else 'points'}"


def _visible(bound: Decimal, decimals: int) -> str:
    """Write the size of a bound; one decimal more where it would wrongly read as nought."""
    size = abs(bound)
    shows = bool(round_half_up(size, decimals)) or not size
    return plain(size, decimals if shows else decimals + 1)


def _is_good(finding: Finding, change: Change) -> bool:
    wanted = finding.measurement.indicator.good
    return (change.difference > 0) == (wanted is Polarity.HIGH) and wanted is not Polarity.NEUTRAL


def _target(finding: Finding) -> Iterator[str]:
    evidence = finding.evidence
    verb = {
        Assurance.CONSISTENT_PASS: "reached consistently",
        Assurance.CONSISTENT_FAIL: "missed consistently",
        Assurance.HIT_AND_MISS: "neither reached nor missed consistently",
    }.get(evidence.assurance)
    if evidence.target is None or verb is None:
        return
    yield f"The target of {level_text(finding.measurement, evidence.target.value)} is {verb}"
    if evidence.target.reason:
        yield f"Reason given for the target: {evidence.target.reason}"


def _gap(finding: Finding, frame: Frame) -> Iterator[str]:
    behind = finding.evidence.children_behind_gap
    first = finding.evidence.first
    if not behind or behind < 0 or first is None or way_of(first) is Direction.SIMILAR:
        return
    value = finding.measurement.level
    when = f" {time_of(value)}" if value is not None else ""
    counted = spoken(behind, finding.measurement.indicator.counted)
    yield f"The difference from {area_words(first.comparator, frame)} comes to {counted}{when}"


def _other_side(finding: Finding) -> Iterator[str]:
    yield from (f"To weigh with this: {continued(tension)}" for tension in finding.tensions)
    if finding.would_change:
        yield f"What would have changed this: {continued(finding.would_change)}"


def _data(finding: Finding) -> Iterator[str]:
    notes = (*finding.evidence.quality_notes, *finding.measurement.notes)
    yield from (f"About the data: {continued(note)}" for note in dict.fromkeys(notes))
