"""Words of movement held against the months: rises, falls, steady courses, trends."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lineofsight.claims.binding import Bound
from lineofsight.claims.facts import Facts, Reading
from lineofsight.claims.held_numbers import no_records
from lineofsight.claims.marks import Cue, Cued, When
from lineofsight.claims.spans import Span, SpanKind
from lineofsight.claims.statement import Outcome, Ruling
from lineofsight.judgement.finding import Assurance, Finding, Signal, Verdict
from lineofsight.overview.figures import level_text
from lineofsight.overview.wording import is_improving
from lineofsight.reference.polarity import Polarity

# 'Steady' needs as many steps the same way; the paper itself speaks of a direction from two.
STEADY_STEPS = 3
_DOWNWARD = re.compile(r"reduc|fall|fell|decreas|declin|drop|downward", re.IGNORECASE)
_FOR_THE_BETTER = re.compile(r"improv", re.IGNORECASE)
_FOR_THE_WORSE = re.compile(r"worsen|negative", re.IGNORECASE)
_PEAK = re.compile(r"\bsince (?:this|that|the) (?:\w+ )?(?:spike|peak|high|surge)", re.IGNORECASE)
_FROM = re.compile(r"\s*from\b", re.IGNORECASE)
_TWICE, _LEAST_TWICE = 2.0, 1.8


def hold_movement(cued: Cued, bound: Bound, facts: Facts) -> Ruling:
    """Hold a rise, a fall, or a change for better or worse against the figures."""
    if cued.cue is Cue.LEVEL:
        return _hold_level(facts.findings[bound.meant[0].id])
    pairs = list(_pairs(bound, facts))
    if not pairs:
        return no_records(bound)
    way = _way(cued, bound)
    if way == 0:
        return Ruling(Outcome.UNCHECKED, "Neither a high nor a low figure is good in itself.")
    agreeing = [pair for pair in pairs if _direction(*pair) == way]
    said = "; ".join(_told(*pair) for pair in pairs)
    if not agreeing:
        return Ruling(Outcome.FALSE, f"{said}.")
    if len(agreeing) < len(pairs):
        return Ruling(Outcome.HOLDS_BUT, f"It depends on the months compared: {said}.")
    return Ruling(Outcome.HOLDS, f"{said}{_unusual(bound, facts)}.")


def _hold_level(finding: Finding) -> Ruling:
    """'Stable' holds where the twelve months cannot be told apart from the twelve before."""
    change = finding.evidence.change
    if change is None:
        return Ruling(Outcome.UNCHECKED, "There are too few months to tell a change.")
    outcome = Outcome.FALSE if change.is_real else Outcome.HOLDS
    return Ruling(outcome, _change_words(finding))


def hold_steady(cued: Cued, bound: Bound, facts: Facts) -> Ruling:
    """Hold a steady course against every month of it; one month only is no course."""
    way = _way(cued, bound)
    if way == 0:
        return Ruling(Outcome.UNCHECKED, "Neither a high nor a low figure is good in itself.")
    months = _course(bound, facts)
    if len(months) < 2:
        return no_records(bound)
    steps = [_direction(a, b) for a, b in itertools.pairwise(months)]
    said = f"{_list(months)}"
    if wrong := _no_peak(bound, months, facts):
        return Ruling(Outcome.FALSE, wrong)
    if _direction(months[0], months[-1]) == -way:
        return Ruling(Outcome.FALSE, f"{said}.")
    if len(steps) == 1:
        return Ruling(Outcome.HOLDS_BUT, f"One month only: {said}.")
    against = sum(step != way for step in steps)
    if against or len(steps) < STEADY_STEPS:
        how = f"{against} of {len(steps)} months did not" if against else "Two months only"
        return Ruling(Outcome.HOLDS_BUT, f"{how}: {said}.")
    return Ruling(Outcome.HOLDS, f"{said}.")


def hold_good_trend(bound: Bound, facts: Facts) -> Ruling:
    """Hold 'a positive trend' against the evidence: a special cause, a real change, or neither."""
    finding = facts.findings[bound.meant[0].id]
    if finding.measurement.indicator.good is Polarity.NEUTRAL:
        return Ruling(Outcome.UNCHECKED, "Neither a high nor a low figure is good in itself.")
    evidence, change = finding.evidence, _change_words(finding)
    if is_improving(finding):
        return Ruling(Outcome.HOLDS, f"{_signal_words(finding)}{change}")
    is_real_worse = evidence.change is not None and evidence.change.is_worse
    if evidence.variation.signal is Signal.CONCERN or is_real_worse:
        return Ruling(Outcome.FALSE, f"{_signal_words(finding)}{change}")
    if evidence.assurance is Assurance.CONSISTENT_PASS or finding.verdict is Verdict.POSITIVE:
        why = f"It is a good level rather than a trend: {_level_words(finding)}.{_unsure(change)}"
        return Ruling(Outcome.HOLDS_BUT, why)
    if evidence.change is None:
        return Ruling(Outcome.UNCHECKED, "There are too few months to tell a trend.")
    good = finding.measurement.indicator.good
    is_better = (evidence.change.difference > 0) is (good is Polarity.HIGH)
    if is_better and evidence.change.difference:
        return Ruling(Outcome.HOLDS_BUT, f"It cannot be told apart from no change.{change}")
    return Ruling(Outcome.FALSE, change.strip())


def hold_consistent(bound: Bound, facts: Facts) -> Ruling:
    """Hold 'consistently' against the target, month by month."""
    evidence = facts.findings[bound.meant[0].id].evidence
    if evidence.target is None:
        return Ruling(Outcome.UNCHECKED, "It does not say what was reached, and no target is set.")
    measurement = facts.findings[bound.meant[0].id].measurement
    target = level_text(measurement, evidence.target.value)
    said = (
        f"The target of {target} was reached in {evidence.months_agreeing} of the last"
        f" {evidence.months_looked_at} months."
    )
    passes = evidence.assurance is Assurance.CONSISTENT_PASS
    return Ruling(Outcome.HOLDS if passes else Outcome.FALSE, said)


def hold_multiple(cued: Cued, bound: Bound, facts: Facts) -> Ruling:
    """Hold 'doubled' and 'halved': within a tenth of twice or half the earlier figure."""
    pairs = [(a, b) for a, b in _pairs(bound, facts) if a.exact and b.exact]
    if not pairs:
        return no_records(bound)
    said = "; ".join(_told(*pair) for pair in pairs)
    ratios = [float(b.exact / a.exact) for a, b in pairs]
    times = ratios if cued.cue is Cue.DOUBLED else [1 / ratio for ratio in ratios]
    holds = any(_LEAST_TWICE <= one <= 2 * _TWICE - _LEAST_TWICE for one in times)
    is_more = bound.sentence.text[cued.start : cued.end].casefold().startswith("more than")
    holds = any(one > _TWICE for one in times) if is_more else holds
    return Ruling(Outcome.HOLDS if holds else Outcome.FALSE, f"{said}.")


def _pairs(bound: Bound, facts: Facts) -> Iterator[tuple[Reading, Reading]]:
    """The earlier and the later figure of every comparison the words can mean."""
    identity = bound.meant[0].id
    spoken = [m.span for m in bound.sentence.inside(bound.clause, When)]
    named = [one for one in spoken if one.kind is SpanKind.MONTH]
    # 'Rose from 61% in July to 73% in August' names both of its months.
    is_from = bool(_FROM.match(bound.sentence.text, bound.mark.end))
    span = replace(bound.span, kind=SpanKind.SINCE) if is_from and named else bound.span
    both = [(named[0], named[-1])] if len(named) > 1 else _spans(span, facts)
    for before, after in both:
        pair = facts.reading(identity, before), facts.reading(identity, after)
        if pair[0] is not None and pair[1] is not None:
            yield pair[0], pair[1]


def _spans(span: Span, facts: Facts) -> Iterator[tuple[Span, Span]]:
    now = Span(facts.month, facts.month, SpanKind.MONTH)
    if span.kind is SpanKind.SINCE:
        yield Span(span.first, span.first, SpanKind.MONTH), now
    elif span.kind is SpanKind.MONTH and span.first <= facts.month - 12:
        # A month of a year ago is what the newest is compared with.
        yield span, now
    elif span.kind is SpanKind.MONTH:
        before = span.first - 1
        yield Span(before, before, SpanKind.MONTH), span
    elif span.kind is SpanKind.MONTHS and span.last >= facts.month:
        back = span.first - span.months
        yield Span(back, span.first - 1, SpanKind.MONTHS), span
    elif span.kind is SpanKind.MONTHS:
        length = span.months
        yield span, Span(facts.month - (length - 1), facts.month, SpanKind.MONTHS)
    else:
        yield Span(facts.month - 1, facts.month - 1, SpanKind.MONTH), now
        year = Span(facts.month - 11, facts.month, SpanKind.MONTHS)
        yield Span(facts.month - 23, facts.month - 12, SpanKind.MONTHS), year


def _way(cued: Cued, bound: Bound) -> int:
    """Which way the words say it went: 1 up, -1 down, 0 where that is not known."""
    words = bound.sentence.text[cued.start : cued.end]
    good = {Polarity.HIGH: 1, Polarity.LOW: -1}.get(bound.meant[0].good, 0)
    match cued.cue:
        case Cue.BETTER:
            return good
        case Cue.WORSE:
            return -good
        case Cue.DOWN:
            return -1
        case Cue.STEADY if _FOR_THE_BETTER.search(words):
            return good
        case Cue.STEADY if _FOR_THE_WORSE.search(words):
            return -good
        case Cue.STEADY:
            return -1 if _DOWNWARD.search(words) else 1
    return 1


def _direction(before: Reading, after: Reading) -> int:
    return (after.exact > before.exact) - (after.exact < before.exact)


def _course(bound: Bound, facts: Facts) -> tuple[Reading, ...]:
    """The months a steady course is said of; without a period the newest that go one way."""
    span = bound.span
    if span.kind in (SpanKind.SINCE, SpanKind.MONTHS):
        return facts.monthly(bound.meant[0].id, span.last, span.months)
    return facts.monthly(bound.meant[0].id, span.last, STEADY_STEPS + 1)


def _no_peak(bound: Bound, months: Sequence[Reading], facts: Facts) -> str:
    """Where something is measured from a spike: say which month it was, if not the one named."""
    if not _PEAK.search(bound.sentence.text) or bound.span.kind is not SpanKind.SINCE:
        return ""
    year = facts.monthly(bound.meant[0].id, facts.month, 12)
    highest = max(year, key=lambda one: one.exact)
    if months[0].exact == highest.exact:
        return ""
    said = f"{months[0].text} {months[0].when}"
    return f"The highest of the last twelve months was {highest.text} {highest.when}, not {said}."


def _list(months: Sequence[Reading]) -> str:
    return ", ".join(f"{one.text} {one.when}" for one in months)


def _told(before: Reading, after: Reading) -> str:
    return f"{before.text} {before.when}, {after.text} {after.when}"


def _unusual(bound: Bound, facts: Facts) -> str:
    """Say that a month was found unusual, where judging found it so."""
    name, month = bound.meant[0].name, bound.span.last.name
    for finding in facts.findings.values():
        for one in (finding.evidence.variation, *finding.evidence.movements):
            if one.of == name and one.label == month and one.rule:
                return f", which is unusual ({one.rule})"
    return ""


def _signal_words(finding: Finding) -> str:
    variation = finding.evidence.variation
    words = {Signal.IMPROVEMENT: "better", Signal.CONCERN: "worse"}.get(variation.signal)
    if words is None:
        return ""
    return f"{variation.label} is {words} than usual variation explains ({variation.rule}). "


def _change_words(finding: Finding) -> str:
    change = finding.evidence.change
    if change is None:
        return ""
    before, after = (level_text(finding.measurement, v) for v in (change.before, change.after))
    sure = "" if change.is_real else ", which cannot be told apart from no change"
    return f" The twelve months stand at {after} after {before} in the twelve before{sure}.".strip()


def _unsure(change: str) -> str:
    return f" {change}" if change else ""


def _level_words(finding: Finding) -> str:
    evidence = finding.evidence
    if evidence.target is None:
        return finding.because.rstrip(".")
    target = level_text(finding.measurement, evidence.target.value)
    agreeing, looked = evidence.months_agreeing, evidence.months_looked_at
    return f"the target of {target} was reached in {agreeing} of the last {looked} months"
