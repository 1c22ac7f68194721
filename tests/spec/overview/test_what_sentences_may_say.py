"""The computed sentences: which template each piece of evidence chooses, and the gates on words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from lineofsight.comparators.comparator import Area
from lineofsight.judgement import rules
from lineofsight.judgement.finding import (
    Assurance,
    Change,
    Direction,
    Finding,
    Signal,
    Strength,
    Variation,
    Verdict,
)
from lineofsight.overview.chart_data import chart_of
from lineofsight.overview.figures import (
    OUTLIER_RULES,
    Frame,
    comparator_lines,
    compared_figure,
)
from lineofsight.overview.summary import headline_of
from lineofsight.overview.wording import sentences_about, unusual_in_brief
from lineofsight.reference.authority import Target
from tests.overview_examples import (
    AUGUST,
    CONFERENCES,
    LOOKED_AFTER,
    MASH,
    PLANS,
    assessments_finding,
    compared,
    conferences_finding,
    evidence,
    example_findings,
    looked_after_finding,
    mash_finding,
    measurement,
    plans_finding,
)

FRAME = Frame(AUGUST, None, "South East")


def said(finding: Finding) -> list[str]:
    return [sentence.text for sentence in sentences_about(finding, FRAME)]


def bare(finding: Finding, **more: object) -> Finding:
    """The same measurement with no evidence but what is named."""
    level = finding.evidence.level
    quiet = evidence(None if level is None else str(level), **more)
    return replace(finding, evidence=quiet, because="", tensions=(), would_change="", rule="R6b")


def change(before: str, after: str, lower: str, upper: str, *, is_marked: bool = False) -> Change:
    bounds = Decimal(lower), Decimal(upper)
    difference = Decimal(after) - Decimal(before)
    is_real = not bounds[0] <= 0 <= bounds[1]
    return Change(Decimal(before), Decimal(after), difference, *bounds, is_real, is_marked, "")


def test_what_the_figures_say_is_not_said_again() -> None:
    assert said(bare(conferences_finding())) == []


def test_a_month_with_nothing_to_count_has_no_percentage() -> None:
    empty = measurement(CONFERENCES, [3.0, 0.0], [4.0, 0.0])

    assert said(bare(replace(conferences_finding(), measurement=empty))) == [
        "There is no percentage in August 2020: there was nothing to count.",
    ]


def test_a_rate_without_a_population_is_no_rate() -> None:
    nobody = measurement(PLANS, [4.0], 0.0)

    assert said(bare(replace(plans_finding(), measurement=nobody)))[0] == (
        "There is no rate on 31 August 2020: there was nothing to count."
    )


def test_nothing_on_record_is_said() -> None:
    empty = replace(conferences_finding(), measurement=measurement(CONFERENCES, [], []))

    assert said(bare(empty)) == ["There is no percentage for August 2020."]


@pytest.mark.parametrize(
    ("strength", "direction", "words"),
    [
        (Strength.STRONG, Direction.LOWER, "Lower than statistical neighbours, which is worse"),
        (Strength.WEAK, Direction.HIGHER, "Higher than statistical neighbours, which is better"),
        (Strength.NONE, Direction.LOWER, "Similar to statistical neighbours"),
        (Strength.NONE, Direction.SIMILAR, "Similar to statistical neighbours"),
    ],
)
def test_higher_and_lower_need_an_interval_that_excludes(
    strength: Strength, direction: Direction, words: str
) -> None:
    against = compared(
        CONFERENCES, "63.00", (Area.STATISTICAL_NEIGHBOURS, "84", direction, strength)
    )
    (line,) = comparator_lines(bare(conferences_finding(), comparisons=against), FRAME)

    assert line.verdict == words


def test_comparators_stand_beside_a_figure_that_is_named_with_its_interval() -> None:
    assert compared_figure(assessments_finding()) == (
        "76% over the twelve months to August 2020 (95% interval 74% to 78%)"
    )
    assert compared_figure(plans_finding()) == (
        "82 per 10,000 on 31 August 2020 (95% interval 74 to 90 per 10,000)"
    )
    assert compared_figure(mash_finding()) == ""


@pytest.mark.parametrize("rule", sorted({rule.id for rule in rules.RULES}))
def test_outlier_is_said_only_under_the_outlier_rules(rule: str) -> None:
    finding = replace(plans_finding(), rule=rule, because="")
    texts = (*said(finding), headline_of(finding, FRAME), chart_of(finding, FRAME).title)
    calls_it_so = any("outlier" in text.casefold() for text in texts)

    assert calls_it_so is (rule in OUTLIER_RULES)


def test_the_outlier_rules_are_those_whose_own_sentence_says_so() -> None:
    assert {rule.id for rule in rules.RULES if "outlier" in rule.because} == OUTLIER_RULES


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            change("94", "97", "1.8", "4.0"),
            "The newest twelve months are higher than the twelve before, an improvement (97% "
            "against 94%; 95% interval: a rise of 2 to 4 percentage points).",
        ),
        (
            change("97", "90", "-9.2", "-5.1", is_marked=True),
            "The newest twelve months are markedly lower than the twelve before (90% against 97%; "
            "95% interval: a fall of 5 to 9 percentage points).",
        ),
        (
            change("94", "95", "-0.2", "2.1"),
            "The newest twelve months cannot be told apart from the twelve before (95% against "
            "94%; 95% interval: from a fall of 0.2 to a rise of 2 percentage points).",
        ),
        (
            change("94", "95", "0.9", "1.1"),
            "The newest twelve months are higher than the twelve before, an improvement (95% "
            "against 94%; 95% interval: a rise of 1 percentage point).",
        ),
    ],
)
def test_a_change_is_spoken_of_by_its_interval(given: Change, sentence: str) -> None:
    assert said(bare(mash_finding(), change=given)) == [sentence]


def test_no_change_is_an_improvement_where_neither_way_is_good() -> None:
    finding = bare(plans_finding(), change=change("77", "70", "-9", "-5"))

    assert (
        "The newest twelve months are lower than the twelve before (70 per 10,000 against 77 per "
        "10,000; 95% interval: a fall of 5 to 9 per 10,000)."
    ) in said(finding)


@pytest.mark.parametrize(
    ("signal", "sentence"),
    [
        (
            Signal.IMPROVEMENT,
            "The monthly figure improved beyond usual variation in August 2020: a shift.",
        ),
        (
            Signal.CONCERN,
            "The monthly figure worsened beyond usual variation in August 2020: a shift.",
        ),
        (Signal.NEUTRAL_HIGH, "The monthly figure was unusually high in August 2020."),
        (Signal.NEUTRAL_LOW, "The monthly figure was unusually low in August 2020."),
        (Signal.COMMON_CAUSE, "The monthly figure was within usual variation."),
    ],
)
def test_a_signal_chooses_the_words(signal: Signal, sentence: str) -> None:
    variation = Variation(signal, of=MASH.name, rule="a shift", label="August 2020")

    assert said(bare(mash_finding(), variation=variation)) == [sentence]


def test_improved_and_worsened_are_not_said_where_neither_way_is_good() -> None:
    for signal in (Signal.IMPROVEMENT, Signal.CONCERN):
        variation = Variation(signal, label="August 2020")
        text = " ".join(said(bare(plans_finding(), variation=variation)))
        assert "moved beyond usual variation in August 2020" in text
        assert "improve" not in text
        assert "worse" not in text


def test_one_month_of_fewer_children_after_a_spike_is_not_yet_a_trend() -> None:
    assert (
        "Entries to care were unusually high in July 2020. The count has fallen in the last month, "
        "from 494 to 488: one month of fewer children is not yet a trend."
    ) in said(looked_after_finding())


def test_two_months_of_fewer_children_have_fallen_in_each() -> None:
    falling = measurement(LOOKED_AFTER, [480.0, 494.0, 491.0, 488.0], 50_310.0)

    text = " ".join(said(replace(looked_after_finding(), measurement=falling)))

    assert "The count has fallen in each of the last two months, from 494 to 488." in text
    assert "not yet a trend" not in text


def test_a_stock_that_did_not_move_has_neither_fallen_nor_risen() -> None:
    still = measurement(LOOKED_AFTER, [480.0, 494.0, 494.0], 50_310.0)

    text = " ".join(said(replace(looked_after_finding(), measurement=still)))

    assert "fallen" not in text
    assert "risen" not in text


STARTS = Variation(
    Signal.NEUTRAL_HIGH, of="Children starting to be looked after", label="July 2020"
)
NET = Variation(Signal.NEUTRAL_HIGH, of="net change", label="July 2020")


@pytest.mark.parametrize(
    ("movements", "sentence"),
    [
        (
            (STARTS, NET),
            "The net change in numbers (those who came less those who left) and the number of "
            "children starting to be looked after were unusually high in July 2020.",
        ),
        (
            (replace(NET, label="August 2020"), NET, replace(NET, label="June 2020")),
            "The net change in numbers (those who came less those who left) was unusually high in "
            "June, July and August 2020.",
        ),
        (
            (replace(STARTS, label="January 2021"), replace(STARTS, label="December 2020")),
            "The number of children starting to be looked after was unusually high in December "
            "2020 and January 2021.",
        ),
        (
            (STARTS, replace(NET, signal=Signal.NEUTRAL_LOW)),
            "The net change in numbers (those who came less those who left) was unusually low in "
            "July 2020. The number of children starting to be looked after was unusually high in "
            "July 2020.",
        ),
    ],
)
def test_what_moves_a_stock_is_named_once(movements: tuple[Variation, ...], sentence: str) -> None:
    finding = looked_after_finding()
    moved = replace(finding.evidence, variation=movements[0], movements=movements)

    assert any(text.startswith(sentence) for text in said(replace(finding, evidence=moved)))


@pytest.mark.parametrize(
    ("of", "signal", "words"),
    [
        ("net change", Signal.NEUTRAL_HIGH, "Unusually high net change"),
        ("net change", Signal.NEUTRAL_LOW, "Unusually low net change"),
        ("Entries to care", Signal.NEUTRAL_HIGH, "Unusually many starts"),
        ("Entries to care", Signal.NEUTRAL_LOW, "Unusually few starts"),
        (LOOKED_AFTER.name, Signal.NEUTRAL_LOW, "Unusually low"),
        ("Entries to care", Signal.COMMON_CAUSE, ""),
    ],
)
def test_a_chart_says_in_a_few_words_what_was_unusual(of: str, signal: Signal, words: str) -> None:
    finding = bare(looked_after_finding(), variation=Variation(signal, of=of, label="July 2020"))

    assert unusual_in_brief(finding) == words


def test_a_signal_the_reason_has_told_is_not_told_again() -> None:
    variation = Variation(Signal.IMPROVEMENT, of=MASH.name, rule="a shift", label="August 2020")
    told = replace(bare(mash_finding(), variation=variation), because="August is better (a shift).")

    assert said(told) == ["Why it is listed: August is better (a shift)."]


@pytest.mark.parametrize(
    ("assurance", "verb"),
    [
        (Assurance.CONSISTENT_PASS, "reached consistently"),
        (Assurance.CONSISTENT_FAIL, "missed consistently"),
        (Assurance.HIT_AND_MISS, "neither reached nor missed consistently"),
    ],
)
def test_whether_a_target_is_reached_is_said_once(assurance: Assurance, verb: str) -> None:
    target = Target(Decimal(90), "agreed with partners")
    finding = bare(mash_finding(), assurance=assurance, target=target)
    told = replace(finding, because="It does so by the target of 90%.")

    assert said(finding) == [f"The target of 90% is {verb}."]
    assert said(told) == ["Why it is listed: it does so by the target of 90%."]


@pytest.mark.parametrize(
    ("children", "words"), [(1, "one child"), (9, "nine children"), (147, "147 children")]
)
def test_children_behind_the_gap(children: int, words: str) -> None:
    finding = conferences_finding()
    gap = replace(finding, evidence=replace(finding.evidence, children_behind_gap=children))

    assert said(gap)[0].endswith(
        f" The difference from statistical neighbours comes to {words} over the twelve months to "
        "August 2020."
    )


def test_no_children_are_behind_a_gap_that_no_interval_shows() -> None:
    against = compared(
        CONFERENCES,
        "63.00",
        (Area.STATISTICAL_NEIGHBOURS, "64", Direction.SIMILAR, Strength.NONE),
    )
    texts = said(bare(conferences_finding(), comparisons=against, children_behind_gap=7))

    assert not any("seven children" in text for text in texts)


def test_reason_tensions_and_what_would_change_it_are_printed() -> None:
    finding = replace(
        bare(conferences_finding()),
        verdict=Verdict.DEVELOPMENT,
        because="The level is low.",
        tensions=("England's figure is old.", "The month is better."),
        would_change="It would be in line with 12 more children.",
    )

    assert said(finding) == [
        "Why it is listed: the level is low.",
        "To weigh with this: England's figure is old. The month is better.",
        "What would have changed this: it would be in line with 12 more children.",
    ]


def test_a_data_quality_sentence_is_printed_once() -> None:
    finding = bare(conferences_finding(), quality_notes=("Two dates were missing.",))
    noted = replace(
        finding,
        measurement=replace(
            finding.measurement, notes=("Two dates were missing.", "A list was late.")
        ),
    )

    assert said(noted) == ["About the data: two dates were missing. A list was late."]


@pytest.mark.parametrize("made", [f for f in example_findings() if f.because])
def test_a_finding_takes_no_more_than_six_computed_paragraphs(made: Finding) -> None:
    assert 1 <= len(said(made)) <= 6
