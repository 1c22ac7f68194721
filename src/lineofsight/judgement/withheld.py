"""A finding as it may be told where some of its values must not be shown.

The verdict was reached with every value and stays. What a withheld value carried goes: the value
itself, whatever was worked out from it, and every sentence that would say how single months lie.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from lineofsight.judgement.finding import Change, Evidence, Finding, Variation
from lineofsight.judgement.level import two_years
from lineofsight.judgement.reasons import Speaker, tensions_of
from lineofsight.judgement.rules import RULES, Rule
from lineofsight.judgement.variation import NOT_CHARTED
from lineofsight.measurement.measurement import Measurement, Value
from lineofsight.reference.periods import Month


class Withholding(Protocol):
    """What a paper must not show; see `disclosure.papers`."""

    @property
    def most_secret(self) -> int:
        """The largest number of children that is small."""
        ...

    def hides(self, indicator: str, value: Value) -> bool:
        """Whether a value must not be shown."""
        ...

    def hides_numbers(self, indicator: str, value: Value) -> bool:
        """Whether the numbers behind a value must not be shown, nor an interval made of them."""
        ...

    def hides_line(self, indicator: str) -> bool:
        """Whether the twelve months of earlier months must not be shown."""
        ...


NOT_SHOWN = "The figure is not shown."
_BY_ID = {rule.id: rule for rule in RULES}
_NUMBER = re.compile(r"(?<![\w.,])(?:\d+|[a-z]+)(?![\w.,]*\d)\b", re.IGNORECASE)
_WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


def withheld(findings: Sequence[Finding], what: Withholding) -> tuple[Finding, ...]:
    """Give findings without the values that `what` names, and without what rests on them.

    A finding none of whose values is withheld keeps all it says but the notes on its data that
    speak of one to five, and how the verdict stands with other limits where months have few.
    """
    return tuple(_carefully(finding, what) for finding in findings)


def speaks_of_few(text: str, most: int = 5) -> bool:
    """Tell whether a text has a number from one to `most` in it, in figures or in words.

    >>> speaks_of_few("3 conferences have no date"), speaks_of_few("13 conferences of 2020")
    (True, False)
    """
    small = {str(number) for number in range(1, most + 1)} | set(_WORDS[:most])
    return any(found.casefold() in small for found in _NUMBER.findall(text))


def _carefully(finding: Finding, what: Withholding) -> Finding:
    whole = finding.measurement
    most = what.most_secret
    notes = tuple(note for note in whole.notes if not speaks_of_few(note, most))
    told = tuple(note for note in finding.evidence.quality_notes if not speaks_of_few(note, most))
    shown = replace(_shown(whole, what), notes=notes)
    if (shown.series, shown.rolling) != (whole.series, whole.rolling):
        return _told_briefly(finding, replace(shown, at_limits=()), told)
    has_few = any(what.hides_numbers(finding.indicator_id, value) for value in whole.series)
    return replace(
        finding,
        measurement=replace(shown, at_limits=() if has_few else shown.at_limits),
        evidence=replace(finding.evidence, quality_notes=told),
        stability=() if has_few else finding.stability,
    )


def _shown(whole: Measurement, what: Withholding) -> Measurement:
    """Give a measurement with the values a paper may show; only the newest have numbers in it."""
    identity, decimals = whole.indicator.id, whole.indicator.decimals

    def told(values: tuple[Value, ...], *, hides_older: bool) -> Iterator[Value]:
        for value in values:
            is_newest = value is values[-1]
            if what.hides(identity, value) or (hides_older and not is_newest):
                yield value.withheld()
            elif is_newest and what.hides_numbers(identity, value):
                yield value.bare(decimals)
            else:
                yield value

    return replace(
        whole,
        series=tuple(told(whole.series, hides_older=False)),
        rolling=tuple(told(whole.rolling, hides_older=what.hides_line(identity))),
    )


def _told_briefly(finding: Finding, shown: Measurement, notes: tuple[str, ...]) -> Finding:
    evidence = _without_months(finding, shown)
    if shown.level is None or shown.level.is_withheld:
        evidence = _without_level(evidence)
    elif shown.level.is_bare:
        evidence = _without_numbers(evidence)
    rule = _BY_ID[finding.rule]
    return Finding(
        measurement=shown,
        verdict=finding.verdict,
        evidence=replace(evidence, quality_notes=notes),
        rule=finding.rule,
        because=_because(rule, shown, evidence),
        tensions=tensions_of(finding.verdict, shown, evidence),
        strength=finding.strength,
        rank=finding.rank,
    )


def _without_months(finding: Finding, shown: Measurement) -> Evidence:
    """Take out what tells of single months: limits, counts of months, and what is withheld."""
    evidence, latest = finding.evidence, shown.latest
    has_latest = latest is not None and not latest.is_withheld
    has_numbers = latest is not None and not latest.is_bare
    return replace(
        evidence,
        variation=_told(evidence.variation, shown),
        movements=tuple(_told(movement, shown) for movement in evidence.movements),
        change=_change(evidence.change, shown),
        latest=evidence.latest if has_latest else None,
        latest_interval=evidence.latest_interval if has_numbers else None,
        months_held=0,
        months_looked_at=0,
        months_agreeing=0,
    )


def _told(variation: Variation, shown: Measurement) -> Variation:
    """Keep what was unusual and when, without its limits, unless its month is withheld."""
    missing = {Month.of(v.period.last_day).name for v in shown.series if v.is_withheld}
    return NOT_CHARTED if variation.label in missing else replace(variation, limits=None)


def _change(change: Change | None, shown: Measurement) -> Change | None:
    years = two_years(shown)
    if change is None or years is None:
        return None
    return None if any(value.is_bare for value in years) else change


def _without_numbers(evidence: Evidence) -> Evidence:
    """Take out what would give the numbers behind a level away: its intervals, and the gap."""
    return replace(
        evidence, interval=None, interval_wide=None, change=None, children_behind_gap=None
    )


def _without_level(evidence: Evidence) -> Evidence:
    return replace(
        evidence,
        level=None,
        interval=None,
        interval_wide=None,
        comparisons=(),
        change=None,
        children_behind_gap=None,
        held_against=None,
        usual_gaps=None,
        funnel_z=None,
    )


def _because(rule: Rule, shown: Measurement, evidence: Evidence) -> str:
    if evidence.level is None:
        return evidence.why_not or NOT_SHOWN
    said = rule.briefly or rule.because
    if evidence.interval is None and "{apart}" in said:
        said = "{level} {when} is {side} {first}."
    sentence = said.format(**Speaker(shown, evidence).facts())
    return f"{sentence[:1].upper()}{sentence[1:]}"
