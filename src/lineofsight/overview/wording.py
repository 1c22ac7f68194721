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
from decimal import Decimal

from lineofsight.judgement.finding import (
    Assurance,
    Change,
    Direction,
    Finding,
    Limits,
    Signal,
    Variation,
)
from lineofsight.judgement.rebasing import told
from lineofsight.judgement.withheld import NOT_SHOWN
from lineofsight.measurement.measurement import Measurement, round_half_up
from lineofsight.overview.figures import Frame, area_words, level_text, time_of, way_of
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
from lineofsight.reference.audience import Audience
from lineofsight.reference.polarity import Polarity


def sentences_about(finding: Finding, frame: Frame) -> tuple[Sentence, ...]:
    """Write the computed sentences of one finding, the most important first.

    What the figures lack, why it is listed, how stable that is, what stands against it, the
    change on the year, the newest months, the target, what would have changed the verdict, and the
    data. What the figures, the comparators' table and the definition say already is not said again.
    How a verdict was tried is for those who work with it, and is not in a paper for the public.
    """
    is_public = frame.audience is Audience.PUBLIC
    texts = (
        *_missing(finding.measurement, frame),
        *_reason(finding, frame),
        *(() if is_public else _stability(finding)),
        *_tensions(finding),
        *_change(finding),
        *_movement(finding, frame),
        *_target(finding),
        *(() if is_public else _would_change(finding)),
        *_data(finding),
    )
    return tuple(Sentence(Kind.COMPUTED, sentence(text)) for text in texts if text.strip())


def evidence_told(finding: Finding, frame: Frame) -> Iterator[tuple[str, str]]:
    """Say what carries a verdict and what pulls the other way, each thing under what it is about.

    What its reason and its comparators say already is not said again, and how a verdict was tried
    is not in a paper for the public.
    """
    tried = (
        ("What would have changed it", [finding.would_change]),
        ("How stable it is", [check.words for check in finding.stability]),
    )
    told = (
        ("Behind the gap", [_gap(finding, frame)]),
        ("Month by month", _movement(finding, frame)),
        ("On the year", _change(finding)),
        ("Against the target", _target(finding)),
        ("What pulls the other way", finding.tensions),
        *(() if frame.audience is Audience.PUBLIC else tried),
    )
    for label, texts in told:
        if said := " ".join(sentence(text) for text in texts if text):
            yield label, said


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
    if any(count.is_nan() for count in counts):
        return Direction.SIMILAR, 0
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


def unusual_in_brief(finding: Finding) -> str:
    """Say which charted series was unusual in three or four words; empty if none was."""
    variation = finding.evidence.variation
    side = _SIDES.get(variation.signal)
    if side is None:
        return ""
    if variation.of.casefold().startswith(_NET):
        return f"Unusually {side} net change"
    if variation.of in ("", finding.measurement.indicator.name):
        return f"Unusually {side}"
    return f"Unusually {'many' if side == 'high' else 'few'} starts"


def movements_of(finding: Finding) -> tuple[str, ...]:
    """Say what was unusual lately: series alike in side and months share a sentence."""
    movements = finding.evidence.movements or (finding.evidence.variation,)
    months: dict[tuple[str, str, str], list[str]] = {}
    for movement in reversed(movements):
        if side := _SIDES.get(movement.signal):
            series = (*_charted(finding.measurement, movement), side)
            months.setdefault(series, []).append(movement.label)
    alike: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for (subject, verb, side), labels in months.items():
        alike.setdefault((side, _listed_months(labels)), []).append((subject, verb))
    return tuple(
        f"{_joined(series)} unusually {side}{when}" for (side, when), series in alike.items()
    )


_NET = "net"
FEW = "few children stand behind it, or behind a figure that it would give away"
_SIDES = {Signal.NEUTRAL_HIGH: "high", Signal.NEUTRAL_LOW: "low"}


def _listed_months(labels: list[str]) -> str:
    """List months with a year they share said once: ' in June, July and August 2020'."""
    named = [label for label in labels if label]
    years = {label.rpartition(" ")[2] for label in named}
    if len(named) > 1 and len(years) == 1:
        named = [*(label.rpartition(" ")[0] for label in named[:-1]), named[-1]]
    return f" in {listed(named)}" if named else ""


def _joined(series: list[tuple[str, str]]) -> str:
    (first, verb), *others = series
    if not others:
        return f"{first} {verb}"
    return f"{listed([first, *(_inside(subject) for subject, _ in others)])} were"


def _inside(subject: str) -> str:
    return f"the{subject[3:]}" if subject.startswith("The ") else continued(subject)


def _missing(measurement: Measurement, frame: Frame) -> Iterator[str]:
    subject = subject_of(measurement)
    known = [value for value in frame.pair(measurement) if value is not None]
    for value in known:
        if value.is_withheld:
            yield f"The {subject} {time_of(value)} is not shown: {FEW}"
        elif value.exact is None:
            yield f"There is no {subject} {time_of(value)}: there was nothing to count"
    if not known:
        yield f"There is no {subject} for {frame.period_words}"


def _reason(finding: Finding, frame: Frame) -> Iterator[str]:
    is_told = finding.because and finding.because != NOT_SHOWN
    because = f"Why it is listed: {continued(finding.because)}" if is_told else ""
    yield " ".join(sentence(part) for part in (because, _gap(finding, frame)) if part)


def behind_gap(finding: Finding) -> str:
    """Say how many are behind the gap to the first comparator: '147 children'; empty without one.

    The one place where this number is written, in the sentences as on the first page.
    """
    behind, first = finding.evidence.children_behind_gap, finding.evidence.first
    if not behind or behind < 0 or first is None or way_of(first) is Direction.SIMILAR:
        return ""
    return spoken(behind, finding.measurement.indicator.counted)


def _gap(finding: Finding, frame: Frame) -> str:
    counted, first = behind_gap(finding), finding.evidence.first
    if not counted or first is None:
        return ""
    value = finding.measurement.level
    when = f" {time_of(value)}" if value is not None else ""
    return f"The difference from {area_words(first.comparator, frame)} comes to {counted}{when}"


def _tensions(finding: Finding) -> Iterator[str]:
    if finding.tensions:
        first, *others = finding.tensions
        opening = f"To weigh with this: {continued(first)}"
        yield " ".join(sentence(part) for part in (opening, *others))


def _movement(finding: Finding, frame: Frame) -> Iterator[str]:
    """Say what the newest months did, unless the reason says it already."""
    variation = finding.evidence.variation
    parts: list[str] = []
    is_told = bool(variation.rule) and variation.rule in finding.because
    if variation.signal is not Signal.NOT_CHARTED:
        moved = "" if is_told else _moved(finding, variation)
        is_usual = variation.signal is Signal.COMMON_CAUSE
        usual = _usual(finding, variation) if is_usual else ""
        parts += movements_of(finding) or (moved or usual,)
    parts += _direction_of_stock(finding, frame)
    if variation.limits is not None and variation.limits.is_trial:
        points = months_in_words(variation.limits.points)
        parts.append(f"The limits rest on {points} only and are provisional")
    parts += [told(rebase) for rebase in variation.rebases]
    yield " ".join(sentence(part) for part in parts if part)


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
    if of.casefold().startswith(_NET):
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
    span = f"from {plain(counts[-1 - steps], 0)} to {plain(counts[-1], 0)}"
    if steps > 1:
        yield f"The count has {moved} in each of the last {months_in_words(steps)}, {span}"
    elif movements_of(finding):
        side = "fewer" if way is Direction.LOWER else "more"
        counted = measurement.indicator.counted
        yield (
            f"The count has {moved} in the last month, {span}: "
            f"one month of {side} {counted} is not yet a trend"
        )


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
    if evidence.target is None or verb is None or "the target of" in finding.because:
        return
    yield f"The target of {level_text(finding.measurement, evidence.target.value)} is {verb}"


def _stability(finding: Finding) -> Iterator[str]:
    if finding.stability:
        yield " ".join(check.words for check in finding.stability)


def _would_change(finding: Finding) -> Iterator[str]:
    if finding.would_change:
        yield f"What would have changed this: {continued(finding.would_change)}"


def _data(finding: Finding) -> Iterator[str]:
    if text := about_the_data(finding):
        yield text


def about_the_data(finding: Finding) -> str:
    """Say what is the matter with the records behind a figure; empty where nothing is."""
    notes = dict.fromkeys((*finding.evidence.quality_notes, *finding.measurement.notes))
    if not notes:
        return ""
    first, *others = notes
    return " ".join(map(sentence, (f"About the data: {continued(first)}", *others)))
