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
from lineofsight.overview.figures import OUTLIER_RULES, Frame
from lineofsight.overview.wording import sentences_about
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


def test_a_level_has_both_figures_with_what_they_were_made_of() -> None:
    assert said(bare(conferences_finding())) == [
        "The percentage was 73% in August 2020 (44 of 60 children) and 63% over the twelve months "
        "to August 2020 (441 of 700 children)."
    ]


def test_one_child_is_a_child() -> None:
    one = replace(conferences_finding(), measurement=measurement(CONFERENCES, [1.0], [1.0]))

    assert said(bare(one)) == [
        "The percentage was 100% in August 2020 (1 of 1 child) and 100% over the one month to "
        "August 2020 (1 of 1 child)."
    ]


def test_a_month_with_nothing_to_count_has_no_percentage() -> None:
    empty = measurement(CONFERENCES, [3.0, 0.0], [4.0, 0.0])

    assert said(bare(replace(conferences_finding(), measurement=empty))) == [
        "The percentage was 75% over the two months to August 2020 (3 of 4 children).",
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
        (Strength.STRONG, Direction.LOWER, "lower than"),
        (Strength.WEAK, Direction.HIGHER, "higher than"),
        (Strength.NONE, Direction.LOWER, "similar to"),
        (Strength.NONE, Direction.SIMILAR, "similar to"),
    ],
)
def test_higher_and_lower_need_an_interval_that_excludes(
    strength: Strength, direction: Direction, words: str
) -> None:
    against = compared(
        CONFERENCES, "63.00", (Area.STATISTICAL_NEIGHBOURS, "84", direction, strength)
    )
    assert said(bare(conferences_finding(), comparisons=against))[1] == (
        f"The twelve-month figure is {words} statistical neighbours (84%, year to 31 March 2019)."
    )


def test_comparators_that_disagree_are_all_named() -> None:
    assert (
        "The twelve-month figure (95% interval 74% to 78%) is lower than the South East (81%) and "
        "England (81%) and similar to statistical neighbours (76%) (comparators: year to 31 March "
        "2019)."
    ) in said(assessments_finding())


@pytest.mark.parametrize("rule", sorted({rule.id for rule in rules.RULES}))
def test_outlier_is_said_only_under_the_outlier_rules(rule: str) -> None:
    finding = replace(plans_finding(), rule=rule, because="")
    calls_it_so = any("outlier" in text.casefold() for text in said(finding))

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
    assert said(bare(mash_finding(), change=given))[1:] == [sentence]


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

    assert said(bare(mash_finding(), variation=variation))[1:] == [sentence]


def test_improved_and_worsened_are_not_said_where_neither_way_is_good() -> None:
    for signal in (Signal.IMPROVEMENT, Signal.CONCERN):
        variation = Variation(signal, label="August 2020")
        text = " ".join(said(bare(plans_finding(), variation=variation)))
        assert "moved beyond usual variation in August 2020" in text
        assert "improve" not in text
        assert "worse" not in text


def test_one_month_of_fewer_children_after_a_spike_is_not_yet_a_trend() -> None:
    texts = said(looked_after_finding())

    at = texts.index("Entries to care were unusually high in July 2020.")
    assert texts[at + 1 : at + 3] == [
        "The count has fallen in the last month, from 494 to 488.",
        "One month of fewer children is not yet a trend.",
    ]


def test_two_months_of_fewer_children_have_fallen_in_each() -> None:
    falling = measurement(LOOKED_AFTER, [480.0, 494.0, 491.0, 488.0], 50_310.0)

    texts = said(replace(looked_after_finding(), measurement=falling))

    assert "The count has fallen in each of the last two months, from 494 to 488." in texts
    assert not any("not yet a trend" in text for text in texts)


def test_a_stock_that_did_not_move_has_neither_fallen_nor_risen() -> None:
    still = measurement(LOOKED_AFTER, [480.0, 494.0, 494.0], 50_310.0)

    text = " ".join(said(replace(looked_after_finding(), measurement=still)))

    assert "fallen" not in text
    assert "risen" not in text


def test_what_moves_a_stock_is_named_in_a_sentence_of_its_own() -> None:
    variation = Variation(
        Signal.NEUTRAL_HIGH, of="Children starting to be looked after", label="July 2020"
    )
    net = Variation(Signal.NEUTRAL_HIGH, of="net change", label="July 2020")
    finding = looked_after_finding()
    both = replace(
        finding,
        evidence=replace(
            finding.evidence,
            variation=variation,
            movements=(variation, net, replace(net, label="June 2020")),
        ),
    )
    texts = said(both)

    assert (
        "The number of children starting to be looked after was unusually high in July 2020."
        in texts
    )
    assert (
        "The net change in numbers (those who came less those who left) was unusually high in "
        "June 2020 and July 2020."
    ) in texts


@pytest.mark.parametrize(
    ("assurance", "verb"),
    [
        (Assurance.CONSISTENT_PASS, "reached consistently"),
        (Assurance.CONSISTENT_FAIL, "missed consistently"),
        (Assurance.HIT_AND_MISS, "neither reached nor missed consistently"),
    ],
)
def test_a_target_is_given_with_its_reason(assurance: Assurance, verb: str) -> None:
    target = Target(Decimal(90), "agreed with partners")

    assert said(bare(mash_finding(), assurance=assurance, target=target))[1:] == [
        f"The target of 90% is {verb}.",
        "Reason given for the target: agreed with partners.",
    ]


@pytest.mark.parametrize(
    ("children", "words"), [(1, "one child"), (9, "nine children"), (147, "147 children")]
)
def test_children_behind_the_gap(children: int, words: str) -> None:
    finding = conferences_finding()
    gap = replace(finding, evidence=replace(finding.evidence, children_behind_gap=children))

    assert (
        f"The difference from statistical neighbours comes to {words} over the twelve months to "
        "August 2020."
    ) in said(gap)


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

    assert said(finding)[1:] == [
        "Why it is listed: the level is low.",
        "To weigh with this: England's figure is old.",
        "To weigh with this: the month is better.",
        "What would have changed this: it would be in line with 12 more children.",
    ]


def test_a_data_quality_sentence_is_printed_once() -> None:
    finding = bare(conferences_finding(), quality_notes=("Two dates were missing.",))
    noted = replace(
        finding, measurement=replace(finding.measurement, notes=("Two dates were missing.",))
    )

    assert said(noted)[1:] == ["About the data: two dates were missing."]
