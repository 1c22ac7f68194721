"""Whatever the evidence: sentences agree in number, name no cause, hold only true numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lineofsight.comparators.comparator import Area
from lineofsight.judgement.finding import (
    Assurance,
    Change,
    Direction,
    Finding,
    Limits,
    Signal,
    Strength,
    Variation,
    Verdict,
)
from lineofsight.measurement.measurement import Basis, Value, round_half_up
from lineofsight.overview.chart_data import chart_of
from lineofsight.overview.commentary import Commentary
from lineofsight.overview.dataset import dataset_of
from lineofsight.overview.figures import (
    Frame,
    comparator_lines,
    compared_figure,
    figures_of,
)
from lineofsight.overview.numerals import one_of
from lineofsight.overview.summary import headline_of
from lineofsight.overview.wording import sentences_about
from lineofsight.reference.authority import Target
from lineofsight.reference.polarity import HIGH, LOW, NEUTRAL
from tests.overview_examples import (
    AUGUST,
    Figured,
    compared,
    conferences_finding,
    evidence,
    looked_after_finding,
    mash_finding,
    measurement,
    plans_finding,
)

FRAME = Frame(AUGUST, None, "South East")
COUNTED = ["children", "referrals", "enquiries", "young people", "children on a plan", "audits"]
SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
WORDS = {word: str(number) for number, word in enumerate((*SMALL, "eleven", "twelve"))}
# Sentences that count nothing: they explain, whatever the figures are.
FIXED = [
    "One month of fewer",
    "One month of more",
    "There is no ",
    "The twelve-month figure",
    "The newest twelve months",
    "the twelve before",
    "aged 0–17",
    "per 10,000",
    "95% interval",
]
CAUSES = re.compile(r"\b(because|due to|caused?|as a result|thanks to|owing to|led to)\b")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@st.composite
def figured(draw: st.DrawFn) -> Figured:
    unit = draw(st.sampled_from(["%", " per 10,000", ""]))
    return Figured(
        id="quality.made_up",
        name="Share of something",
        counted=draw(st.sampled_from(COUNTED)),
        good=draw(st.sampled_from([HIGH, LOW, NEUTRAL])),
        unit=unit,
        decimals=draw(st.sampled_from([0, 1])),
        is_snapshot=draw(st.booleans()),
    )


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    described = draw(figured())
    months = draw(st.integers(0, 26))
    counts = draw(st.lists(st.integers(0, 500), min_size=months, max_size=months))
    totals = _totals(draw, described, counts)
    measured = measurement(described, [*map(float, counts)], totals)
    level = draw(st.none() | decimals(0, 100))
    verdict = draw(st.sampled_from(Verdict))
    return Finding(
        measured,
        verdict,
        draw(evidences(described, level)),
        rule=draw(st.sampled_from(["R2a", "R3a", "R3b", "R5a", "R6b"])),
        because="",
        rank=1,
    )


def _totals(draw: st.DrawFn, described: Figured, counts: list[int]) -> Any:
    if described.unit == " per 10,000":
        return float(draw(st.sampled_from([0, 1, 50_310])))
    if described.unit == "%":
        return [float(n + draw(st.integers(0, 60))) for n in counts]
    return draw(st.sampled_from([None, 82.5]))


def decimals(low: int, high: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(low, high, places=2)


@st.composite
def evidences(draw: st.DrawFn, described: Figured, level: Decimal | None) -> Any:
    low, high = sorted((draw(decimals(0, 99)), draw(decimals(0, 99))))
    against = [
        (
            area,
            str(draw(decimals(0, 99))),
            draw(st.sampled_from(Direction)),
            draw(st.sampled_from(Strength)),
        )
        for area in draw(st.lists(st.sampled_from(Area), unique=True))
    ]
    has_level = level is not None
    target = draw(st.none() | st.builds(Target, decimals(0, 99), st.just("chosen locally")))
    return replace(
        evidence(None if level is None else str(level)),
        interval=(low, high) if has_level and draw(st.booleans()) else None,
        comparisons=compared(described, str(level), *against) if has_level else (),
        variation=draw(variations()),
        change=draw(st.none() | changes()),
        target=target,
        assurance=draw(st.sampled_from(Assurance)),
        children_behind_gap=draw(st.none() | st.integers(0, 400)),
    )


@st.composite
def variations(draw: st.DrawFn) -> Variation:
    low, mid, high = sorted(draw(st.lists(st.integers(0, 120), min_size=3, max_size=3)))
    points = draw(st.integers(1, 26))
    limits = Limits(
        "XmR", (float(mid),) * points, (float(low),) * points, (float(high),) * points, points,
        draw(st.booleans()),
    )  # fmt: skip
    return Variation(
        draw(st.sampled_from(Signal)),
        of=draw(st.sampled_from(["", "Entries to care", "net change", "Children leaving care"])),
        rule=draw(st.sampled_from(["", "a shift"])),
        label=draw(st.sampled_from(["", "July 2020", "August 2020"])),
        limits=draw(st.sampled_from([None, limits])),
    )


@st.composite
def changes(draw: st.DrawFn) -> Change:
    before, after = draw(decimals(0, 99)), draw(decimals(0, 99))
    low, high = sorted((draw(decimals(-40, 40)), draw(decimals(-40, 40))))
    is_real = not low <= 0 <= high
    return Change(before, after, after - before, low, high, is_real, draw(st.booleans()), "")


def texts(finding: Finding) -> list[str]:
    return [sentence.text for sentence in sentences_about(finding, FRAME)]


def told(finding: Finding) -> list[str]:
    """Everything that is computed of an item and read as words: figures, table and sentences."""
    figures = figures_of(finding.measurement, FRAME)
    lines = comparator_lines(finding, FRAME)
    return [
        *texts(finding),
        *(f"{figure.text}; {figure.detail}; {figure.basis}" for figure in figures),
        *(f"{line.text}; {line.period}; {line.verdict}" for line in lines),
        compared_figure(finding),
        headline_of(finding, FRAME),
    ]


def everything_said(finding: Finding) -> list[str]:
    rows = [row for c in dataset_of([finding], FRAME, Commentary()) for row in c.rows]
    chart = chart_of(finding, FRAME)
    return [
        *told(finding),
        *(row.trend_description for row in rows),
        chart.title,
        chart.alternative,
        chart.caption,
    ]


@settings(max_examples=150, deadline=None)
@given(findings())
def test_whatever_the_evidence_each_sentence_is_whole(finding: Finding) -> None:
    for text in (*texts(finding), headline_of(finding, FRAME)):
        assert re.fullmatch(r"[A-Z0-9].*[.]", text), text
        assert not re.search(r"  |None|nan|inf\b|\(\)|\.\.|,,| ,|Decimal", text), text
        assert text.count("(") == text.count(")"), text


@settings(max_examples=150, deadline=None)
@given(findings())
def test_whatever_the_count_the_noun_agrees(finding: Finding) -> None:
    many = finding.measurement.indicator.counted
    one = one_of(many)
    for text in everything_said(finding):
        assert not re.search(rf"(?<![\d,.])(1|one) {many}\b", text), text
        for number in re.findall(rf"([\d,.]+) {one}\b(?!ren)", text):
            assert number == "1", text


@settings(max_examples=150, deadline=None)
@given(findings())
def test_no_computed_sentence_names_a_cause(finding: Finding) -> None:
    for text in everything_said(finding):
        assert not CAUSES.search(text.casefold()), text


@settings(max_examples=150, deadline=None)
@given(findings())
def test_words_that_claim_stand_behind_their_gates(finding: Finding) -> None:
    said = " ".join(everything_said(finding)).casefold()
    e, good = finding.evidence, finding.measurement.indicator.good
    is_outlier = finding.verdict is Verdict.DEVELOPMENT and finding.rule in ("R3a", "R3b")
    is_gain = e.change is not None and e.change.is_real and good is not NEUTRAL
    if not is_outlier:
        assert "outlier" not in said
    if e.variation.signal is not Signal.IMPROVEMENT and not is_gain:
        assert "improv" not in said
    if good is NEUTRAL:
        assert not re.search(r"\b(better|worse|worsened|improved|improvement)\b", said)
    if all(c.strength is Strength.NONE for c in e.comparisons) and e.change is None:
        assert "higher than" not in said
        assert "lower than" not in said


@settings(max_examples=150, deadline=None)
@given(findings())
def test_a_title_has_ten_words_or_fewer(finding: Finding) -> None:
    assert 0 < len(chart_of(finding, FRAME).title.split()) <= 10


@settings(max_examples=200, deadline=None)
@given(findings())
def test_every_number_that_is_computed_is_a_fact(finding: Finding) -> None:
    facts = facts_of(finding)
    for text in told(finding):
        for number in numbers_in(text):
            assert number in facts, (number, text)


def numbers_in(text: str) -> list[str]:
    """Find every number of a sentence, words below thirteen included."""
    for fixed in FIXED:
        text = text.replace(fixed, "")
    in_words = [WORDS[w] for w in re.findall(r"[a-z]+", text.casefold()) if w in WORDS]
    return [number.rstrip(",") for number in NUMBER.findall(text)] + in_words


def facts_of(finding: Finding) -> set[str]:
    """Give every number the evidence and the measurement hold, as it would be displayed."""
    e, measured = finding.evidence, finding.measurement
    places = measured.indicator.decimals
    shown = [
        *([] if e.level is None else [e.level]),
        *(e.interval or ()),
        *(c.comparator.value for c in e.comparisons),
        *([e.target.value] if e.target else []),
        *([e.change.before, e.change.after] if e.change else []),
    ]
    return {
        *(display(number, places) for number in shown),
        *(number for value in FRAME.pair(measured) if value for number in of_value(value, places)),
        *(number for c in e.comparisons for number in NUMBER.findall(c.comparator.period)),
        *(of_change(e.change, places) if e.change else ()),
        *([f"{e.children_behind_gap:,}"] if e.children_behind_gap is not None else []),
        *NUMBER.findall(e.variation.label),
        *of_limits(e.variation.limits, places),
        *of_stock(finding),
        *([] if measured.series else ["2020"]),
    }


def display(number: Decimal, places: int) -> str:
    return f"{abs(round_half_up(number, places)):,}"


def of_value(value: Value, places: int) -> set[str]:
    shown = value.rounded(places)
    ends = value.period.months if value.basis is Basis.MEAN_OF_MONTH_ENDS else 1
    parts = [Decimal(repr(n)) / ends for n in (value.numerator, value.denominator) if n is not None]
    wholes = {f"{round_half_up(p, 0):,}" for p in parts if ends > 1 or p == int(p)}
    halves = {f"{round_half_up(p, 1):,}" for p in parts if ends == 1 and p != int(p)}
    dates = {"31", "2020", str(value.period.months)}
    return wholes | halves | dates | ({f"{shown:,}"} if shown is not None else set())


def of_change(change: Change, places: int) -> set[str]:
    bounds = (change.lower, change.upper)
    rounded = {display(b, places) for b in bounds}
    finer = {display(b, places + 1) for b in bounds if not round_half_up(b, places)}
    return rounded | finer


def of_limits(limits: Limits | None, places: int) -> set[str]:
    if limits is None:
        return set()
    edges = [Decimal(repr(edge)) for edge in (limits.lower[-1], limits.upper[-1])]
    cut = [min(max(edge, Decimal(0)), Decimal(100)) for edge in edges]
    return {str(limits.points), *(display(edge, places) for edge in (*edges, *cut))}


def of_stock(finding: Finding) -> set[str]:
    """Give the month-end counts, and for how many months each has moved one way until now."""
    counts = [value.numerator for value in finding.measurement.series]
    falls = rises = 0
    while falls + 1 < len(counts) and counts[-2 - falls] > counts[-1 - falls]:
        falls += 1
    while rises + 1 < len(counts) and counts[-2 - rises] < counts[-1 - rises]:
        rises += 1
    steps = max(falls, rises)
    ends = counts[-1 - steps :: steps or 1] if counts else []
    return {str(steps), *(f"{int(n):,}" for n in ends)}


def _evidence(**more: Any) -> Callable[[Finding], Finding]:
    return lambda finding: replace(finding, evidence=replace(finding.evidence, **more))


def _newest_count(finding: Finding) -> Finding:
    *before, newest = finding.measurement.series
    moved = replace(newest, numerator=newest.numerator - 7)
    return replace(finding, measurement=replace(finding.measurement, series=(*before, moved)))


def _newest_rolling(finding: Finding) -> Finding:
    *before, newest = finding.measurement.rolling
    moved = replace(newest, numerator=newest.numerator - 900)
    return replace(finding, measurement=replace(finding.measurement, rolling=(*before, moved)))


def _comparator(finding: Finding) -> Finding:
    first, *others = finding.evidence.comparisons
    moved = replace(first, comparator=replace(first.comparator, value=Decimal(55)))
    return _evidence(comparisons=(moved, *others))(finding)


def _period(finding: Finding) -> Finding:
    first, *others = finding.evidence.comparisons
    moved = replace(first, comparator=replace(first.comparator, period="year to 31 March 2018"))
    return _evidence(comparisons=(moved, *others))(finding)


@pytest.mark.parametrize("made", [conferences_finding, plans_finding, looked_after_finding])
@pytest.mark.parametrize(
    "mutate",
    [
        _newest_count,
        _newest_rolling,
        _comparator,
        _period,
        _evidence(interval=(Decimal(1), Decimal(2))),
        _evidence(children_behind_gap=3),
        _evidence(variation=Variation(Signal.NEUTRAL_LOW, label="May 2020")),
        lambda finding: replace(finding, because="It is so."),
        lambda finding: replace(finding, tensions=("It is not so sure.",)),
        lambda finding: replace(finding, would_change="It would not."),
    ],
)
def test_a_changed_fact_changes_the_text(
    made: Callable[[], Finding], mutate: Callable[[Finding], Finding]
) -> None:
    assert told(mutate(made())) != told(made())


@pytest.mark.parametrize(
    "mutate",
    [
        _evidence(target=Target(Decimal(91), "agreed by the safeguarding partnership in 2018")),
        _evidence(assurance=Assurance.HIT_AND_MISS),
        _evidence(change=None),
    ],
)
def test_a_changed_target_or_change_changes_the_text(
    mutate: Callable[[Finding], Finding],
) -> None:
    assert texts(mutate(mash_finding())) != texts(mash_finding())


def test_the_round_trip_finds_a_number_that_is_no_fact() -> None:
    facts = facts_of(conferences_finding())

    assert [n for n in numbers_in("It was 62% of 61 children in nine places.") if n in facts] == []
