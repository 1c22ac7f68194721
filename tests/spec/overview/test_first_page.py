"""The page that opens the paper: the grid, the areas in one line each, and what changed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from lineofsight.judgement.finding import Assurance, Finding, Signal, Variation, Verdict
from lineofsight.overview.earlier import EarlierPaper
from lineofsight.overview.first_page import grid_of
from lineofsight.overview.one_page import ChangeLine, Column, Row
from lineofsight.reference.audience import Audience
from lineofsight.reference.authority import Target
from tests.overview_examples import (
    AUGUST,
    LOOKED_AFTER,
    PLANS,
    assessments_finding,
    example_earlier,
    example_findings,
    example_overview,
    laid_out,
)


@pytest.mark.parametrize(
    ("signal", "row"),
    [
        (Signal.IMPROVEMENT, Row.IMPROVING),
        (Signal.COMMON_CAUSE, Row.NO_CHANGE),
        (Signal.CONCERN, Row.WORSE),
        (Signal.NEUTRAL_HIGH, Row.NEUTRAL),
        (Signal.NEUTRAL_LOW, Row.NEUTRAL),
        (Signal.NOT_CHARTED, Row.NOT_CHARTED),
    ],
)
@pytest.mark.parametrize(
    ("assurance", "column"),
    [
        (Assurance.CONSISTENT_PASS, Column.REACHES),
        (Assurance.HIT_AND_MISS, Column.HIT_AND_MISS),
        (Assurance.CONSISTENT_FAIL, Column.MISSES),
    ],
)
def test_an_indicator_stands_where_its_chart_and_its_target_put_it(
    signal: Signal, row: Row, assurance: Assurance, column: Column
) -> None:
    finding = assessments_finding()
    said = replace(finding.evidence, variation=Variation(signal), assurance=assurance)
    grid = grid_of([replace(finding, evidence=said)])

    (cell,) = grid.cells
    assert (cell.row, cell.column) == (row, column)
    assert cell.names == ("Assessments within 45 working days",)
    assert grid.note == ""


def test_what_has_neither_chart_nor_target_is_counted_and_not_in_the_grid() -> None:
    """The example: six flows and stocks are charted, two have a target, one is not measured."""
    grid = example_overview().one_page.grid
    names = {(cell.row, cell.column): len(cell.names) for cell in grid.cells}

    assert names == {
        (Row.IMPROVING, Column.REACHES): 1,
        (Row.IMPROVING, Column.NO_TARGET): 1,
        (Row.NO_CHANGE, Column.REACHES): 1,
        (Row.NO_CHANGE, Column.NO_TARGET): 8,
        (Row.NEUTRAL, Column.NO_TARGET): 1,
    }
    assert grid.note == "One further indicator has neither a chart nor a target."


def test_those_of_the_two_lists_are_named_first() -> None:
    cell = example_overview().one_page.grid.cell(Row.NO_CHANGE, Column.NO_TARGET)

    assert cell.names[:3] == (
        "Initial child protection conferences within 15 working days",
        "Children with child protection plans",
        "Number of contacts in the month",
    )


def test_every_area_is_one_line_with_number_year_and_which_way_is_good() -> None:
    positive, development = example_overview().one_page.areas
    line = development.lines[1]

    assert line.name == "Initial child protection conferences within 15 working days"
    assert line.polarity == "A higher percentage is better"
    assert [(f.text, f.detail) for f in line.figures] == [
        ("73%", "44 of 60 children"),
        ("63%", "441 of 700 children"),
    ]
    assert line.against == (
        "Lower than statistical neighbours, which is worse: 84%, year to 31 March 2019."
    )
    assert line.behind == "147 children"
    assert [x.against for x in positive.lines] == [
        "Consistently reaches the target of 90%.",
        "Similar to statistical neighbours: 76%, year to 31 March 2019.",
        "Consistently reaches the target of 90%.",
    ]
    assert [x.behind for x in positive.lines] == ["", "", ""]


def test_the_page_prints_nothing_that_its_paper_does_not() -> None:
    """What is suppressed in the paper cannot stand on its first page."""
    paper = example_overview()
    for area, section in zip(paper.one_page.areas, paper.sections, strict=True):
        for line, item in zip(area.lines, section.items, strict=True):
            assert [(f.label, f.text, f.detail) for f in line.figures] == [
                (f.label, f.text, f.detail) for f in item.figures
            ]
            said = " ".join(sentence.text for sentence in item.sentences)
            assert line.behind in said


def test_an_area_without_anything_to_hold_it_against_says_so() -> None:
    bare = replace(assessments_finding().evidence, comparisons=())
    paper = laid_out([replace(assessments_finding(), evidence=bare)])
    (line,) = paper.one_page.areas[0].lines

    assert line.against == "There is nothing to hold it against."
    aim = replace(bare, target=Target(Decimal(80), ""), assurance=Assurance.HIT_AND_MISS)
    paper = laid_out([replace(assessments_finding(), evidence=aim)])
    (line,) = paper.one_page.areas[0].lines
    assert line.against == "Does not consistently reach the target of 80%."


def test_an_empty_list_says_so() -> None:
    assert laid_out([]).one_page.areas[1].none == (
        "No indicator met the rule for an area for development this month."
    )


def test_the_first_edition_has_nothing_to_look_back_on() -> None:
    page = laid_out(example_findings()).one_page

    assert page.changed_said == (
        "This is the first edition that is kept: there is no earlier one to compare with."
    )
    assert page.promises_said == "Nothing was promised: there is no earlier edition."
    assert (page.changed, page.promises) == ((), ())


def test_what_changed_is_told_against_the_last_edition() -> None:
    page = example_overview().one_page

    assert page.changed_said == "Since the edition of July 2020 (2020-07-1)."
    assert page.changed == (
        ChangeLine("Now a positive area", ("Assessments within 45 working days",)),
        ChangeLine("Restated", ("2 figures of earlier months",), "restated"),
    )


def _against(then: list[Finding], now: list[Finding]) -> tuple[ChangeLine, ...]:
    before = EarlierPaper("2020-07-1", AUGUST - 1, laid_out(then, month=AUGUST - 1))
    return laid_out(now, earlier=(before,)).one_page.changed


def test_what_left_a_list_and_what_turned_are_told() -> None:
    then = example_findings()
    now = [_turned(finding) for finding in then]

    assert _against(then, now) == (
        ChangeLine("No longer an area for development", ("Children with child protection plans",)),
        ChangeLine("Newly getting worse", ("Looked-after children",)),
        ChangeLine(
            "Comparators newly published",
            ("Statistical neighbours, 31 March 2020 (one indicator)",),
        ),
    )


def _turned(finding: Finding) -> Finding:
    if finding.indicator_id == PLANS.id:
        return replace(finding, verdict=Verdict.IN_LINE)
    if finding.indicator_id != LOOKED_AFTER.id:
        return finding
    said = finding.evidence
    newer = tuple(
        replace(one, comparator=replace(one.comparator, period="31 March 2020"))
        for one in said.comparisons
    )
    evidence = replace(said, variation=Variation(Signal.CONCERN), comparisons=newer)
    return replace(finding, evidence=evidence)


def test_other_verdicts_that_changed_are_told_with_what_they_were() -> None:
    then = example_findings()
    now = [
        replace(f, verdict=Verdict.NOT_JUDGED) if f.indicator_id == "quality.audits" else f
        for f in then
    ]

    assert _against(then, now) == (
        ChangeLine("Another verdict", ("Audits completed: not judged, before in line",)),
    )


def test_where_nothing_changed_that_is_said() -> None:
    then = example_findings()
    before = EarlierPaper("2020-07-1", AUGUST - 1, laid_out(then, month=AUGUST - 1))
    page = laid_out(then, earlier=(before,)).one_page

    assert page.changed_said == (
        "Since the edition of July 2020 (2020-07-1) no list, verdict, chart or comparator has "
        "changed."
    )


def test_a_paper_of_published_statistics_looks_back_on_nothing() -> None:
    page = laid_out([], month=None, year=2020).one_page

    assert (page.changed_said, page.promises_said) == ("", "")


def test_only_a_paper_for_the_same_audience_is_compared_with() -> None:
    earlier = example_earlier()
    public = replace(earlier, overview=replace(earlier.overview, audience=Audience.PUBLIC))
    page = laid_out(example_findings(), earlier=(public,)).one_page

    assert page.changed_said == (
        "This is the first edition for these readers: there is no earlier one to compare with."
    )
    assert len(page.promises) == 5


def test_a_paper_for_the_public_says_nothing_of_what_only_the_service_was_told() -> None:
    """Neither the promises nor that there is an earlier paper; the service sees the public one."""
    earlier = example_earlier()
    public = replace(earlier, overview=replace(earlier.overview, audience=Audience.PUBLIC))

    page = laid_out(
        example_findings(), earlier=(earlier,), audience=Audience.PUBLIC, is_suppressed=True
    ).one_page
    assert page.changed_said.startswith("This is the first edition that is kept")
    assert page.promises_said == "Nothing was promised: there is no earlier edition."
    seen = laid_out(
        example_findings(), earlier=(public,), audience=Audience.PUBLIC, is_suppressed=True
    ).one_page
    assert seen.changed_said.startswith("Since the edition of July 2020")
    assert len(seen.promises) == 5
