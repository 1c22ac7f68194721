"""The sentences of the paper: fixed templates chosen by evidence, and the tests behind the words.

A word that claims something stands behind a gate. 'Outlier' needs the outlier rule; 'improved' a
special cause or a change whose interval excludes none; 'fallen in each of the last' at least two
steps down; 'higher than' and 'lower than' an interval that excludes the comparator. No sentence
here names a cause: causes are for officers' comments, which carry a name and a date.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from decimal import Decimal

from lineofsight.judgement.finding import (
    Assurance,
    Change,
    Comparison,
    Direction,
    Finding,
    Signal,
    Variation,
    Verdict,
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
    listed,
    months_in_words,
    plain,
    sentence,
    spoken,
)
from lineofsight.overview.overview import Kind, Sentence
from lineofsight.reference.polarity import Polarity

_OLD_COMPARATOR = 12


def sentences_about(finding: Finding, frame: Frame) -> tuple[Sentence, ...]:
    """Write every computed sentence of one finding, in the order they are read.

    Level, outlier, comparators, what the verdict rests on, variation, change, target, children
    behind the gap, what pulls the other way, what would have changed the verdict, and the data.
    """
    texts = (
        *_level(finding.measurement, frame),
        *_outlier(finding, frame),
        *_compared(finding, frame),
        *_reason(finding),
        *_variation(finding),
        *_direction_of_stock(finding, frame),
        *_change(finding),
        *_one_good_month(finding, frame),
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
    variation = finding.evidence.variation
    side = {Signal.NEUTRAL_HIGH: "high", Signal.NEUTRAL_LOW: "low"}.get(variation.signal)
    if side is None:
        return ""
    subject, verb = _charted(finding.measurement, variation)
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
        yield f"There is no {subject} for {frame.period.label}"


def _with_detail(measurement: Measurement, value: Value) -> str:
    detail = "" if subject_of(measurement) == "number" else f" ({detail_of(measurement, value)})"
    return f"{value_text(measurement, value)} {time_of(value)}{detail}"


def _outlier(finding: Finding, frame: Frame) -> Iterator[str]:
    level = finding.evidence.level
    if not is_outlier(finding) or level is None:
        return
    first = finding.evidence.comparisons[:1]
    against = [
        f", where {area_words(c.comparator, frame)} {_has(c)} "
        f"{comparator_text(finding.measurement, c.comparator)}"
        for c in first
    ]
    yield f"This is an outlier at {level_text(finding.measurement, level)}{''.join(against)}"
    yield "An outlier needs explaining; it does not show by itself that practice is right or wrong"


def _has(comparison: Comparison) -> str:
    return "have" if comparison.comparator.area.value.endswith("s") else "has"


def _compared(finding: Finding, frame: Frame) -> Iterator[str]:
    evidence = finding.evidence
    by_way = {
        way: [c for c in evidence.comparisons if way_of(c) is way]
        for way in (Direction.HIGHER, Direction.LOWER, Direction.SIMILAR)
    }
    phrases = [
        f"{_WAYS[way]} {listed([_compared_with(finding, c, frame) for c in comparisons])}"
        for way, comparisons in by_way.items()
        if comparisons
    ]
    if phrases:
        yield f"{_judged_level(finding)} {listed(phrases, '; ')}{_interval(finding)}"
    age = min((c.age_months for c in evidence.comparisons), default=0)
    if age >= _OLD_COMPARATOR:
        yield f"The newest of these comparators ends {months_in_words(age)} before this figure"


_WAYS = {
    Direction.HIGHER: "is higher than",
    Direction.LOWER: "is lower than",
    Direction.SIMILAR: "is similar to",
}


def _judged_level(finding: Finding) -> str:
    if finding.measurement.is_annual:
        return "The year's figure"
    is_rolling = finding.measurement.level is finding.measurement.latest_rolling
    return "The twelve-month figure" if is_rolling else "The newest figure"


def _compared_with(finding: Finding, comparison: Comparison, frame: Frame) -> str:
    text = comparator_text(finding.measurement, comparison.comparator)
    return f"{area_words(comparison.comparator, frame)} ({text}, {comparison.comparator.period})"


def _interval(finding: Finding) -> str:
    interval, indicator = finding.evidence.interval, finding.measurement.indicator
    if interval is None:
        return ""
    return f" (its 95% interval is {between(*interval, indicator.decimals, indicator.unit)})"


def _reason(finding: Finding) -> Iterator[str]:
    if finding.because:
        yield f"Why it is listed: {finding.because}"


def _variation(finding: Finding) -> Iterator[str]:
    variation = finding.evidence.variation
    if variation.signal is Signal.NOT_CHARTED:
        return
    yield unusual(finding) or _moved(finding, variation) or _usual(finding, variation)
    if variation.limits is not None and variation.limits.is_trial:
        points = variation.limits.points
        yield f"The limits rest on {months_in_words(points)} only and are provisional"


def _moved(finding: Finding, variation: Variation) -> str:
    verbs = {Signal.IMPROVEMENT: "improved", Signal.CONCERN: "worsened"}
    if variation.signal not in verbs:
        return ""
    details = listed([part for part in (variation.rule, variation.label) if part])
    where = f" ({details})" if details else ""
    subject, _ = _charted(finding.measurement, variation)
    if finding.measurement.indicator.good is Polarity.NEUTRAL:
        return f"{subject} moved beyond usual variation{where}"
    return f"{subject} {verbs[variation.signal]} beyond usual variation{where}"


def _usual(finding: Finding, variation: Variation) -> str:
    subject, verb = _charted(finding.measurement, variation)
    indicator, limits = finding.measurement.indicator, variation.limits
    if limits is None or not limits.upper or indicator.is_snapshot:
        return f"{subject} {verb} within usual variation"
    low, high = (Decimal(repr(bound[-1])) for bound in (limits.lower, limits.upper))
    ceiling = Decimal(100) if indicator.unit == "%" else high
    low, high = max(low, Decimal(0)), min(high, ceiling)
    return (
        f"{subject} {verb} within usual variation: by chance alone a month may lie anywhere "
        f"from {between(low, high, indicator.decimals, indicator.unit)}"
    )


def _charted(measurement: Measurement, variation: Variation) -> tuple[str, str]:
    if not variation.of or variation.of == measurement.indicator.name:
        return "The monthly figure", "was"
    if variation.of.startswith("Net"):
        return variation.of, "was"
    words = variation.of.split()
    if words[0].endswith("s") and len(words) <= 3:
        return variation.of, "were"
    keeps_capital = words[0][1:] != words[0][1:].lower() or words[0] == "Child"
    name = variation.of if keeps_capital else variation.of[0].lower() + variation.of[1:]
    return f"The number of {name}", "was"


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
    elif unusual(finding):
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
        ("The year", "the year before")
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
    size = _size(finding, change)
    yield f"{newest} {verb} {_marked(change)}{way} than {before} ({figures}; {size})"
    if is_improving(finding) and _is_good(finding, change):
        yield "That is an improvement"


def _marked(change: Change) -> str:
    return "markedly " if change.is_marked else ""


def _size(finding: Finding, change: Change) -> str:
    indicator = finding.measurement.indicator
    unit = {"%": " percentage points"}.get(indicator.unit, indicator.unit)
    low, high = (_visible(bound, indicator.decimals) for bound in (change.lower, change.upper))
    if change.lower >= 0 or change.upper <= 0:
        way = "rise" if change.upper > 0 else "fall"
        sizes = (low, high) if change.upper > 0 else (high, low)
        return f"95% interval: a {way} of {sizes[0]} to {sizes[1]}{unit}"
    return f"95% interval: from a fall of {low} to a rise of {high}{unit}"


def _visible(bound: Decimal, decimals: int) -> str:
    """Write the size of a bound; one decimal more where it would wrongly read as nought."""
    size = abs(bound)
    shows = bool(round_half_up(size, decimals)) or not size
    return plain(size, decimals if shows else decimals + 1)


def _is_good(finding: Finding, change: Change) -> bool:
    wanted = finding.measurement.indicator.good
    return (change.difference > 0) == (wanted is Polarity.HIGH) and wanted is not Polarity.NEUTRAL


def _one_good_month(finding: Finding, frame: Frame) -> Iterator[str]:
    month, twelve = frame.pair(finding.measurement)
    interval, good = finding.evidence.interval, finding.measurement.indicator.good
    if frame.month is None or finding.verdict is not Verdict.POSITIVE or interval is None:
        return
    if month is None or month.exact is None or twelve is None or is_improving(finding):
        return
    is_better = {Polarity.HIGH: month.exact > interval[1], Polarity.LOW: month.exact < interval[0]}
    if is_better.get(good, False):
        yield (
            "The month is better than the twelve months; one good month is not yet a trend, and "
            "authorities give back on average about a quarter of a year's gain in the next year"
        )


def _target(finding: Finding) -> Iterator[str]:
    evidence = finding.evidence
    if evidence.target is None or evidence.assurance is Assurance.NO_TARGET:
        return
    target = level_text(finding.measurement, evidence.target.value)
    yield {
        Assurance.CONSISTENT_PASS: f"The target of {target} can be expected to be met every month",
        Assurance.CONSISTENT_FAIL: f"The target of {target} lies beyond usual variation: as things "
        "stand it will not be met",
        Assurance.HIT_AND_MISS: f"The target of {target} lies within usual variation: chance alone "
        "decides whether a month meets it",
    }[evidence.assurance]
    yield f"Reason given for the target: {evidence.target.reason}" if evidence.target.reason else ""


def _gap(finding: Finding, frame: Frame) -> Iterator[str]:
    behind = finding.evidence.children_behind_gap
    if not behind or behind < 0 or not finding.evidence.comparisons:
        return
    comparator = finding.evidence.comparisons[0].comparator
    value = finding.measurement.level
    when = f" {time_of(value)}" if value is not None else ""
    counted = spoken(behind, finding.measurement.indicator.counted)
    verb = "stands" if behind == 1 else "stand"
    yield f"Behind the difference from {area_words(comparator, frame)} {verb} {counted}{when}"


def _other_side(finding: Finding) -> Iterator[str]:
    yield from (f"Pulling the other way: {tension}" for tension in finding.tensions)
    if finding.would_change:
        yield f"What would have changed this: {finding.would_change}"


def _data(finding: Finding) -> Iterator[str]:
    notes = (*finding.evidence.quality_notes, *finding.measurement.notes)
    yield from (f"About the data: {note}" for note in dict.fromkeys(notes))
