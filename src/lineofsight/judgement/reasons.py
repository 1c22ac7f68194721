"""The words of a finding: its reason, what pulls the other way, and what came near.

Every figure is rounded once, half up, at the indicator's decimals; a comparator is written as it
was published, with its period.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lineofsight.comparators.comparator import Area, Comparator
from lineofsight.judgement.finding import (
    Assurance,
    Comparison,
    Direction,
    Evidence,
    Finding,
    Signal,
    Strength,
    Verdict,
)
from lineofsight.judgement.funnel import is_above, is_below
from lineofsight.judgement.level import a_month_of
from lineofsight.judgement.rules import (
    has_marked_gain,
    is_apart,
    is_confirmed_concern,
    is_confirmed_improvement,
    is_far_from_first,
    is_slight,
    is_worse_than_first,
    moving_with_gap,
    passes,
    stands_well,
)
from lineofsight.judgement.thresholds import (
    FULL_YEAR,
    NEAR_GAPS,
    SMALL_DENOMINATOR,
    STALE_MONTHS,
    Z_95,
)
from lineofsight.measurement.measurement import Basis, Measurement, Value, round_half_up
from lineofsight.reference.polarity import Polarity

Pair = tuple[Decimal, Decimal]

_WHOSE = {
    Area.STATISTICAL_NEIGHBOURS: "the statistical neighbours'",
    Area.REGION: "the region's",
    Area.ENGLAND: "England's",
}
_SHORT = {**_WHOSE, Area.STATISTICAL_NEIGHBOURS: "the neighbours'"}
_WHEN = {
    Basis.MONTH: "in",
    Basis.MONTH_END: "on",
    Basis.TWELVE_MONTHS: "over",
    Basis.MEAN_OF_MONTH_ENDS: "over",
    Basis.YEAR: "in the",
    Basis.YEAR_END: "on",
    Basis.SEPTEMBER: "on",
}
_SIDES = {
    Direction.HIGHER: "higher than",
    Direction.LOWER: "lower than",
    Direction.SIMILAR: "similar to",
}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Writes the figures of one measurement, at its decimals and in its unit."""

    measurement: Measurement
    evidence: Evidence

    def number(self, value: Decimal) -> str:
        """Write a figure: '63%', '82 per 10,000', '412'."""
        indicator = self.measurement.indicator
        return f"{round_half_up(value, indicator.decimals):,f}{indicator.unit}"

    def spread(self, pair: Pair) -> str:
        """Write an interval: '53% to 71%', '70 to 95 per 10,000'."""
        unit = self.measurement.indicator.unit
        lower = self.number(pair[0]).removesuffix(unit if unit.startswith(" ") else "")
        return f"{lower} to {self.number(pair[1])}"

    def published(self, comparator: Comparator) -> str:
        """Write a comparator as published: "England's 81% (year to 31 March 2019)"."""
        return f"{self.whose(comparator)} ({comparator.period})"

    def whose(self, comparator: Comparator) -> str:
        """Write a comparator as published without its period: "England's 81%"."""
        value = f"{round_half_up(comparator.value, comparator.decimals):,f}"
        return f"{_WHOSE[comparator.area]} {value}{self.measurement.indicator.unit}"

    def level(self) -> str:
        level = self.evidence.level
        return "" if level is None else self.number(level)

    def when(self) -> str:
        value = self.measurement.level
        return "" if value is None else _when(value)

    def latest(self) -> str:
        value, latest = self.measurement.latest, self.evidence.latest
        return "" if value is None or latest is None else f"{self.number(latest)} {_when(value)}"

    def side(self) -> str:
        first = self.evidence.first
        return "" if first is None else _SIDES[first.direction]

    def first(self) -> str:
        first = self.evidence.first
        return "" if first is None else self.published(first.comparator)

    def apart(self) -> str:
        """Say by which interval the level is apart from its comparator."""
        e, first = self.evidence, self.evidence.first
        if first is None or e.interval is None or e.interval_wide is None:
            return "the gap is more than twice the one usual among authorities"
        side = "above" if first.direction is Direction.HIGHER else "below"
        if first.strength is Strength.STRONG:
            return f"the 99.8% interval, {self.spread(e.interval_wide)}, lies wholly {side} it"
        narrow, wide = self.spread(e.interval), self.spread(e.interval_wide)
        return f"the 95% interval, {narrow}, lies wholly {side} it, the 99.8% one, {wide}, does not"

    def target(self) -> str:
        target = self.evidence.target
        return "" if target is None else f"the target of {self._as_given(target.value)}"

    def agreeing(self) -> str:
        """Say in how many of the newest months the target was reached."""
        e = self.evidence
        unit = "years" if e.is_annual else "month-ends" if e.is_snapshot else "months"
        return f"it was reached in {e.months_agreeing} of the last {e.months_looked_at} {unit}"

    def standing(self) -> str:
        """Say how the level stands: against its comparator, else against its target."""
        e = self.evidence
        if e.first is not None:
            side = self.side() if e.interval is not None else self._bare_side(e.first)
            return f"is {side} {self.first()}"
        if e.target is not None and not e.months_looked_at:
            consistently = " consistently" if e.assurance is Assurance.CONSISTENT_PASS else ""
            return (
                f"{'reaches' if consistently else 'is held against'} {self.target()}{consistently}"
            )
        if e.assurance is Assurance.CONSISTENT_PASS:
            return f"reaches {self.target()} consistently ({self.agreeing()})"
        if e.target is not None:
            return f"is held against {self.target()}; {self.agreeing()}"
        return "has no comparator and no target beside it"

    def gaps(self) -> str:
        gaps = self.evidence.usual_gaps
        return "" if gaps is None else f"{round_half_up(Decimal(repr(gaps)), 1)}"

    def england(self) -> str:
        of = (c.comparator for c in self.evidence.comparisons)
        return next((self.published(c) for c in of if c.area is Area.ENGLAND), "")

    def movement(self) -> str:
        """Say which flow was unusual, and when."""
        return next((_moved(m.of, m.signal, m.label) for m in moving_with_gap(self.evidence)), "")

    def change(self) -> str:
        change = self.evidence.change
        if change is None:
            return ""
        rose = "a rise" if change.difference > 0 else "a fall"
        before, after = self.number(change.before), self.number(change.after)
        return f"{rose} from {before} to {after}, more than is usual in a year"

    def second_worse(self) -> str:
        """Give the second kind of evidence beside an unusual month."""
        e = self.evidence
        if e.is_month_worse and e.latest_interval is not None:
            against = self.first() or self.target() or self._own_year()
            return f"its own 95% interval, {self.spread(e.latest_interval)}, excludes {against}"
        if e.change is not None and e.change.is_worse:
            before, after = self.number(e.change.before), self.number(e.change.after)
            return f"the twelve months stand at {after} after {before} in the twelve before"
        return "seven months carry it"

    def quiet(self) -> str:
        """Say what the newest month adds to a finding that is in line."""
        if self.evidence.variation.signal is Signal.COMMON_CAUSE:
            return ", and nothing recent is unusual"
        return ""

    def facts(self) -> dict[str, str]:
        """Give every figure a rule's sentence may ask for."""
        e = self.evidence
        unit = "year" if e.is_annual else "month"
        return {
            "why_not": e.why_not,
            "points": f"{e.points} {unit}{'' if e.points == 1 else 's'}",
            "rule": e.variation.rule,
            "level": self.level(),
            "when": self.when(),
            "latest": self.latest(),
            "side": self.side(),
            "first": self.first(),
            "apart": self.apart(),
            "target": self.target(),
            "agreeing": self.agreeing(),
            "standing": self.standing(),
            "gaps": self.gaps(),
            "england": self.england(),
            "movement": self.movement(),
            "change": self.change(),
            "held": f"{e.months_held} {unit}s",
            "second_worse": self.second_worse(),
            "quiet": self.quiet(),
        }

    def _own_year(self) -> str:
        level = self.measurement.level
        usual = None if level is None else a_month_of(level)
        return "" if usual is None else f"the {self.number(usual)} usual over twelve months"

    def _as_given(self, value: Decimal) -> str:
        return f"{value:,f}{self.measurement.indicator.unit}"

    def _bare_side(self, first: Comparison) -> str:
        if first.direction is not Direction.SIMILAR:
            return _SIDES[first.direction]
        return "not far from" if first.gap else "level with"


def tensions_of(verdict: Verdict, measurement: Measurement, evidence: Evidence) -> tuple[str, ...]:
    """Give the facts that pull the other way or make the finding less sure, one sentence each."""
    if evidence.why_not or evidence.level is None:
        return ()
    speaker = Speaker(measurement, evidence)
    found = (
        *_disagreeing(speaker),
        *_usual(speaker),
        *_month_against_year(verdict, speaker),
        *_unlisted_signal(verdict, evidence),
        *_given_back(verdict, evidence),
        *_unsure_neighbours(speaker),
        *_stale(evidence),
        *_thin(speaker),
    )
    return tuple(found)


def near_misses(findings: Sequence[Finding]) -> tuple[str, ...]:
    """Give, for findings that are not listed, the sentence of each that came near to being so."""
    unlisted = (f for f in findings if f.verdict in (Verdict.IN_LINE, Verdict.NOT_JUDGED))
    return tuple(
        f"{finding.measurement.indicator.name}: {sentence}"
        for finding in unlisted
        for sentence in _near(finding)
    )


def _when(value: Value) -> str:
    return f"{_WHEN[value.basis]} {value.period.label}"


def _moved(of: str, signal: Signal, label: str) -> str:
    word = "high" if signal is Signal.NEUTRAL_HIGH else "low"
    return f"'{of}' was unusually {word} in {label}"


def _disagreeing(speaker: Speaker) -> list[str]:
    first = speaker.evidence.first
    if first is None or speaker.evidence.interval is None:
        return []
    others = [c for c in speaker.evidence.comparisons if c.direction is not first.direction]
    if not others:
        return []
    named, period = _named(speaker, (first, *others))
    by_side: dict[Direction, list[str]] = {}
    for other, name in zip(others, named[1:], strict=True):
        by_side.setdefault(other.direction, []).append(name)
    sides = [f"{_SIDES[side]} {' and '.join(whose)}" for side, whose in by_side.items()]
    return [f"It is {_SIDES[first.direction]} {named[0]}, but {', and '.join(sides)}{period}."]


def _named(speaker: Speaker, compared: Sequence[Comparison]) -> tuple[list[str], str]:
    """Name comparators with their figures; a period all share is given apart, to be said once."""
    periods = {c.comparator.period for c in compared}
    if len(periods) > 1:
        return [speaker.published(c.comparator) for c in compared], ""
    return [speaker.whose(c.comparator) for c in compared], f" ({periods.pop()})"


def _usual(speaker: Speaker) -> list[str]:
    e = speaker.evidence
    is_said = is_apart(e) or (is_worse_than_first(e) and is_slight(e))
    if not is_said or e.usual_gaps is None or is_far_from_first(e):
        return []
    is_outlier = is_above(e.funnel_z) or is_below(e.funnel_z)
    to = f" to {speaker.first()}" if is_outlier else ""
    return [f"The gap{to} is {speaker.gaps()} times the one usual among authorities."]


def _month_against_year(verdict: Verdict, speaker: Speaker) -> list[str]:
    e = speaker.evidence
    is_listed = verdict in (Verdict.POSITIVE, Verdict.DEVELOPMENT)
    if not is_listed or e.is_annual or e.is_snapshot or e.latest is None or e.interval is None:
        return []
    is_better = e.latest > e.interval[1] if e.good is Polarity.HIGH else e.latest < e.interval[0]
    if e.good is Polarity.NEUTRAL or not is_better or passes(e):
        return []
    own = e.latest_interval
    rows = _rows(speaker.measurement.latest, speaker.measurement.indicator.counted)
    sure = f" The month's own 95% interval is {speaker.spread(own)}{rows}." if own else ""
    return [f"{speaker.latest()} is better than {speaker.level()} {speaker.when()}.{sure}"]


def _rows(value: Value | None, counted: str) -> str:
    if value is None or not value.denominator or value.scale != 100:
        return ""
    return f", on {value.denominator:,.0f} {counted}"


def _unlisted_signal(verdict: Verdict, e: Evidence) -> list[str]:
    signal = e.variation.signal
    if signal is Signal.CONCERN and not is_confirmed_concern(e):
        return [f"{_unusual(e)} for the worse, with no second kind of evidence beside it."]
    if signal is Signal.IMPROVEMENT and verdict is not Verdict.POSITIVE:
        return [f"{_unusual(e)} for the better."]
    return []


def _unusual(e: Evidence) -> str:
    return f"{e.variation.label} is unusual ({e.variation.rule})"


def _given_back(verdict: Verdict, e: Evidence) -> list[str]:
    """Say that what is unusually good tends back, where one month or one year carries the finding.

    A target that is reached consistently carries it by itself.
    """
    if verdict is not Verdict.POSITIVE or passes(e):
        return []
    if has_marked_gain(e):
        # 14 indicators, 2013 to 2025, gains above the median change: 21% at the median, from none
        # (agency workers) to 56% (repeat plans); docs/explanation/how-areas-are-chosen.md.
        return [
            "One year carries the gain; of gains larger than usual English authorities gave back"
            " about a fifth in the next year, more for some figures than for others."
        ]
    if not is_confirmed_improvement(e) or e.variation.is_sustained:
        return []
    # One year's gain and the next year's change correlate at -0.21 to -0.29 (timeliness of
    # conferences and assessments, all authorities, by this measurement and an earlier one).
    return [
        "One or two months carry the improvement; of a year's gain in timeliness English"
        " authorities gave back about a quarter in the next."
    ]


def _unsure_neighbours(speaker: Speaker) -> list[str]:
    first = speaker.evidence.first
    if first is None or first.direction is Direction.SIMILAR:
        return []
    comparator = first.comparator
    if comparator.spread is None or comparator.members < 2:
        return []
    reach = Decimal(repr(Z_95)) * comparator.spread / Decimal(comparator.members).sqrt()
    if abs(first.gap) > reach:
        return []
    return [
        f"The {comparator.members} neighbours differ so much that the gap lies within the 95%"
        " interval of their own mean."
    ]


def _the(period: str) -> str:
    return f"the {period}" if period.startswith("year") else period


def _stale(e: Evidence) -> list[str]:
    stale = [c for c in e.comparisons if c.age_months > STALE_MONTHS]
    owners: dict[tuple[str, int], list[str]] = {}
    for comparison in stale:
        age = comparison.comparator.period, comparison.age_months
        owners.setdefault(age, []).append(_SHORT[comparison.comparator.area])
    unit = "year" if e.is_annual else "month"
    return [
        f"{_listed(whose)} {'figure is' if len(whose) == 1 else 'figures are'} for"
        f" {_the(period)}, {months} months before this {unit}."
        for (period, months), whose in owners.items()
    ]


def _listed(names: list[str]) -> str:
    text = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{text[:1].upper()}{text[1:]}"


def _thin(speaker: Speaker) -> list[str]:
    value = speaker.measurement.level
    if value is None:
        return []
    found = []
    months = value.period.months
    if value.basis is Basis.TWELVE_MONTHS and months < FULL_YEAR:
        found.append(f"The records hold {months} of the twelve months.")
    rows = value.denominator if value.scale == 100 else None
    if rows is not None and rows < SMALL_DENOMINATOR:
        counted = speaker.measurement.indicator.counted
        found.append(f"The figure rests on {rows:,.0f} {counted}.")
    return found


def _near(finding: Finding) -> list[str]:
    return [
        say(Speaker(finding.measurement, finding.evidence))
        for test, say in _NEAR_MISSES
        if test(finding.evidence)
    ]


def _lone_concern(e: Evidence) -> bool:
    return e.variation.signal is Signal.CONCERN and not is_confirmed_concern(e)


def _lone_improvement(e: Evidence) -> bool:
    is_better = e.variation.signal is Signal.IMPROVEMENT
    return is_better and not (stands_well(e) and is_confirmed_improvement(e))


def _apart_and_still(e: Evidence) -> bool:
    is_charted = e.is_snapshot and e.variation.signal is not Signal.NOT_CHARTED
    return is_apart(e) and is_charted and not moving_with_gap(e)


def _nearly_far(e: Evidence) -> bool:
    return is_apart(e) and e.usual_gaps is not None and e.usual_gaps > NEAR_GAPS


_NEAR_MISSES: tuple[tuple[Callable[[Evidence], bool], Callable[[Speaker], str]], ...] = (
    (_lone_concern, lambda s: f"{_unusual(s.evidence)} for the worse; nothing else confirms it."),
    (
        _lone_improvement,
        lambda s: f"{_unusual(s.evidence)} for the better; nothing else carries it.",
    ),
    (
        lambda e: is_worse_than_first(e) and is_slight(e),
        lambda s: (
            f"{s.level()} {s.when()} is {s.side()} {s.first()}, but by less than half the usual"
            " gap."
        ),
    ),
    (
        _nearly_far,
        lambda s: (
            f"{s.level()} {s.when()} is {s.side()} {s.first()} by {s.gaps()} times the usual gap;"
            " it would be called far above 2.5 where the 99.8% interval agrees."
        ),
    ),
    (
        _apart_and_still,
        lambda s: (
            f"{s.level()} {s.when()} is {s.side()} {s.first()}, but nothing unusual in the last"
            " three months widened the gap."
        ),
    ),
)
