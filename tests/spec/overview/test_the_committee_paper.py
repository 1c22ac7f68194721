"""The committee paper: its two-part form, its dataset, and what stands round them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from lineofsight.comparators.comparator import Area
from lineofsight.errors import UsageFault
from lineofsight.judgement.finding import Finding, Verdict
from lineofsight.measurement.measurement import Basis, Measurement, Value
from lineofsight.overview.commentary import Commentary
from lineofsight.overview.overview import Kind, Overview
from lineofsight.reference.authority import Event
from lineofsight.reference.periods import Month, Period
from tests.overview_examples import (
    AUGUST,
    PLANS,
    assessments_finding,
    comparator,
    conferences_finding,
    evidence,
    example_findings,
    example_overview,
    laid_out,
    measurement,
    plans_finding,
)


def test_the_title_is_in_the_form_of_the_model_report() -> None:
    overview = example_overview()

    assert overview.title == "Performance Overview – Children and Families – August 2020 Dataset"
    assert overview.period == "August 2020"
    assert overview.figure_columns == ("August 2020", "12 months to August 2020")


def test_two_sections_of_numbered_indicators() -> None:
    assert [
        (section.title, [(item.number, item.indicator_id) for item in section.items])
        for section in example_overview().sections
    ] == [
        (
            "Positive areas",
            [
                (1, "front_door.mash_timeliness"),
                (2, "assessments.timeliness"),
                (3, "children_looked_after.authorised_care_plan"),
            ],
        ),
        (
            "Areas for development",
            [
                (1, "child_protection.plans_rate"),
                (2, "child_protection.icpc_timeliness"),
                (3, "children_looked_after.rate"),
            ],
        ),
    ]


def test_numbers_follow_the_rank_and_not_the_order_given() -> None:
    findings = [replace(f, rank=4 - f.rank) for f in example_findings()]

    items = laid_out(findings).sections[1].items

    assert [item.indicator_id for item in items] == [
        "children_looked_after.rate",
        "child_protection.icpc_timeliness",
        "child_protection.plans_rate",
    ]


@pytest.mark.parametrize(
    ("section", "place", "first", "second"),
    [
        (
            0,
            0,
            ("99%", "297 of 300 referrals", "in the month"),
            ("97%", "3,322 of 3,425 referrals", "all of the twelve months together"),
        ),
        (
            0,
            2,
            ("96%", "468 of 488 children", "at the end of the month"),
            ("95%", "on average 460 of 484 children", "mean of month-ends"),
        ),
        (
            1,
            0,
            (
                "82 per 10,000",
                "412 children of an implied 50,310 aged 0–17",
                "at the end of the month",
            ),
            (
                "77 per 10,000",
                "on average 385 children of an implied 50,310 aged 0–17",
                "mean of month-ends",
            ),
        ),
        (
            1,
            1,
            ("73%", "44 of 60 children", "in the month"),
            ("63%", "441 of 700 children", "all of the twelve months together"),
        ),
    ],
)
def test_every_figure_says_what_it_was_made_of(
    section: int, place: int, first: tuple[str, ...], second: tuple[str, ...]
) -> None:
    figures = example_overview().sections[section].items[place].figures

    assert [(f.text, f.detail, f.basis) for f in figures] == [first, second]


def test_a_twelve_month_figure_of_ten_months_says_so() -> None:
    short = measurement(PLANS, [400.0] * 10, 50_000.0)
    paper = laid_out([replace(plans_finding(), measurement=short)])

    figure = paper.sections[1].items[0].figures[1]

    assert (figure.label, figure.basis) == ("10 months to August 2020", "mean of ten month-ends")


def test_comparators_carry_their_year_and_a_verdict_in_words() -> None:
    lines = example_overview().sections[1].items[1].comparators

    assert [(c.area, c.text, c.period, c.verdict) for c in lines] == [
        (
            "Statistical neighbours",
            "84%",
            "year to 31 March 2019",
            "Lower than statistical neighbours, which is worse",
        ),
        ("Region", "77%", "year to 31 March 2019", "Lower than the South East, which is worse"),
        ("England", "79%", "year to 31 March 2019", "Lower than England, which is worse"),
    ]


def test_where_neither_way_is_good_a_comparator_is_neither_better_nor_worse() -> None:
    item = example_overview().sections[1].items[0]

    assert item.polarity == "Neither high nor low is good in itself"
    assert [c.verdict for c in item.comparators] == [
        "Higher than statistical neighbours",
        "Higher than the South East",
        "Higher than England",
    ]


def test_the_dataset_follows_the_childs_journey() -> None:
    assert [(chapter.title, len(chapter.rows)) for chapter in example_overview().dataset] == [
        ("Front door", 3),
        ("Assessments", 1),
        ("Children in need", 1),
        ("Child protection", 3),
        ("Children looked after", 2),
        ("Workforce", 1),
        ("Quality of practice", 1),
    ]


def test_a_row_has_24_months_and_their_description() -> None:
    row = example_overview().dataset[3].rows[0]

    assert len(row.trend) == len(row.trend_periods) == 24
    assert (row.trend_periods[0], row.trend_periods[-1]) == ("Sep 2018", "Aug 2020")
    assert row.trend_description == (
        "55% to 73% over 24 months, newest 73%; within usual variation."
    )
    assert row.verdict == "Area for development"


def test_only_an_outlier_is_called_one() -> None:
    verdicts = {row.indicator_id: row.verdict for c in example_overview().dataset for row in c.rows}

    assert [name for name, verdict in verdicts.items() if "outlier" in verdict] == [
        "child_protection.plans_rate"
    ]


def test_what_was_not_measured_says_why_and_what_would_supply_it() -> None:
    (missing,) = example_overview().not_measured

    assert missing.reason == "No list of care leavers has been received."
    assert missing.remedy == (
        "Deliver Annex A, List 9, or the care leavers table of the local workbook."
    )


def test_the_summary_counts_and_names() -> None:
    (paragraph,) = example_overview().summary

    assert paragraph.kind is Kind.COMPUTED
    assert paragraph.text.startswith(
        "Of 13 indicators in the dataset, 12 were measured for August 2020 and 12 could be judged. "
        "For six nothing stands out. Three are positive areas: Referrals dealt with by MASH within "
        "one working day; Assessments within 45 working days; and Looked-after children with an "
        "authorised care plan."
    )


def test_there_are_six_headlines_at_most_taken_from_both_sections_in_turn() -> None:
    plans, conferences = plans_finding(), conferences_finding()
    many = [
        replace(plans, rank=i, measurement=_renamed(plans, f"child_protection.p{i}"))
        for i in range(1, 9)
    ]
    good = replace(conferences, verdict=Verdict.POSITIVE, rank=1)

    headlines = laid_out([*many, good]).headlines

    assert len(headlines) == 6
    assert headlines[0] == (
        "Initial child protection conferences within 15 working days: 73% in August 2020, 63% "
        "over twelve months; lower than the statistical neighbours (84%, year to 31 March 2019)."
    )
    assert headlines[1] == (
        "Children with child protection plans: 82 per 10,000 on 31 August 2020, 77 as the mean of "
        "twelve months; an outlier, higher than the statistical neighbours (48, 31 March 2019)."
    )


def test_a_headline_without_comparators_says_how_the_target_fares() -> None:
    assert example_overview().headlines[0] == (
        "Referrals dealt with by MASH within one working day: 99% in August 2020, 97% over twelve "
        "months; consistently reaches the target of 90%."
    )


def test_a_headline_of_a_similar_figure_has_no_brackets_within_brackets() -> None:
    finding = assessments_finding()
    first, *others = finding.evidence.comparisons
    assumed = replace(first.comparator, period="year to 31 March 2019, assumed")
    compared = (replace(first, comparator=assumed), *others)
    changed = replace(finding, evidence=replace(finding.evidence, comparisons=compared))

    assert laid_out([changed]).headlines == (
        "Assessments within 45 working days: 89% in August 2020, 76% over twelve months; like the "
        "statistical neighbours (76%, year to 31 March 2019, assumed).",
    )


def test_a_figure_without_a_brief_name_is_called_by_its_full_one() -> None:
    finding = plans_finding()
    described = replace(finding.measurement.indicator, brief="")  # type: ignore[type-var]
    nameless = replace(finding, measurement=replace(finding.measurement, indicator=described))

    (item,) = laid_out([nameless]).sections[1].items

    assert item.brief == item.name == PLANS.name


@pytest.mark.parametrize(
    ("paper", "handling"),
    [
        (
            {"month": AUGUST, "year": None},
            "For use inside the service: small numbers are shown as they are.",
        ),
        ({"month": None, "year": 2020}, "Made from published statistics."),
    ],
)
def test_a_paper_says_who_may_have_it(paper: dict[str, object], handling: str) -> None:
    assert laid_out([], **paper).handling == handling


def _renamed(finding: Finding, identity: str) -> Measurement:
    described = replace(finding.measurement.indicator, id=identity)  # type: ignore[type-var]
    return replace(finding.measurement, indicator=described)


def test_comment_and_action_stand_after_the_computed_sentences() -> None:
    sentences = example_overview().sections[1].items[1].sentences

    assert [s.kind for s in sentences[-3:]] == [Kind.COMMENT, Kind.ACTION, Kind.OUTCOME]
    assert all(s.kind is Kind.COMPUTED for s in sentences[:-3])
    assert (sentences[-2].owner, sentences[-2].due_on) == (
        "Child Protection Advisor",
        date(2020, 10, 31),
    )


def test_a_comment_on_an_indicator_without_an_item_stands_at_its_row() -> None:
    rows = [row for chapter in example_overview().dataset for row in chapter.rows]

    assert [(row.indicator_id, row.sentences[0].text) for row in rows if row.sentences] == [
        ("workforce.caseload", "Two teams hold more than the rest.")
    ]


def test_without_commentary_every_sentence_is_computed() -> None:
    items = [i for s in example_overview(Commentary()).sections for i in s.items]

    assert {s.kind for item in items for s in item.sentences} == {Kind.COMPUTED}


def test_commentary_of_another_month_is_refused() -> None:
    with pytest.raises(UsageFault) as caught:
        laid_out(example_findings(), commentary=Commentary("July 2020"))

    assert str(caught.value) == (
        "The commentary was written for July 2020.\n"
        "  The paper is of August 2020.\n"
        "  Choose the commentary of August 2020, or correct its title."
    )


@pytest.mark.parametrize("year", [None, 2020])
def test_a_paper_is_of_one_month_or_of_one_year(year: int | None) -> None:
    with pytest.raises(UsageFault) as caught:
        laid_out([], month=AUGUST if year else None, year=year)

    assert caught.value.faults[0].what == "A paper is of one month or of one year."


def test_a_paper_with_nothing_in_it_still_says_so() -> None:
    paper = laid_out([])

    assert paper.summary[0].text == (
        "Of no indicators in the dataset, none were measured for August 2020 and none could be "
        "judged. There is no positive area. There is no area for development."
    )
    assert [s.introduction for s in paper.sections] == [
        "No indicator met the rule for a positive area this month.",
        "No indicator met the rule for an area for development this month.",
    ]


def test_every_chart_title_has_ten_words_or_fewer_and_states_the_finding() -> None:
    titles = [i.chart.title for s in example_overview().sections for i in s.items]

    assert titles == [
        "97%: consistently reaches the target of 90%",
        "76%, similar to statistical neighbours at 76%",
        "96%: consistently reaches the target of 90%",
        "Outlier: 82 per 10,000, statistical neighbours 48",
        "63%, lower than statistical neighbours at 84%",
        "97 per 10,000, higher than statistical neighbours at 86",
    ]
    assert max(len(title.split()) for title in titles) <= 10


def test_a_stock_has_no_limits_and_marks_the_month_of_unusual_entries() -> None:
    chart = example_overview().sections[1].items[2].chart

    assert chart.limits is None
    assert chart.signals == ()
    assert [(chart.labels[e.position], e.label) for e in chart.events] == [
        ("Mar 2020", "First lockdown"),
        ("Jul 2020", "Unusually many starts"),
    ]


def test_a_flow_has_limits_as_long_as_its_axis_and_marks_the_unusual_month() -> None:
    chart = example_overview().sections[0].items[0].chart

    assert chart.limits is not None
    assert {len(chart.limits[0]), len(chart.limits[1]), len(chart.labels)} == {24}
    assert chart.signals == (23,)
    assert [series.style for series in chart.series] == ["actual", "rolling"]
    assert chart.series[0].texts[-1] == "99%"
    assert chart.caption.endswith(
        "Southampton, September 2018 to August 2020. Source: made-up records of Southampton."
    )


def test_the_words_for_who_cannot_see_the_chart_tell_as_much() -> None:
    assert example_overview().sections[1].items[1].chart.alternative == (
        "63%, lower than statistical neighbours at 84%. Line chart, month by month, September "
        "2018 to August 2020: Initial child protection conferences within 15 working days. It "
        "begins at 60% in September 2018 and ends at 73% in August 2020; the lowest is 55% in "
        "December 2018 and the highest 73% in August 2020. Twelve months: ends at 63%. Lines "
        "across: Neighbours 84%, 2018-19; South East 77%, 2018-19; England 79%, 2018-19; and Mean "
        "61%. Process limits are drawn. Marked at March 2020: First lockdown."
    )


def _yearly(counts: dict[int, float]) -> Measurement:
    series = tuple(
        Value(Period.census_day(year), Basis.YEAR_END, n, 50_000.0, 10_000)
        for year, n in counts.items()
    )
    return Measurement(PLANS, "Southampton", series)


def _annuallaid_out(**more: object) -> Overview:
    finding = replace(
        plans_finding(),
        measurement=_yearly({2017: 300.0, 2018: 320.0, 2019: 350.0, 2020: 400.0}),
        evidence=evidence("80.0", ("72.3", "88.2")),
    )
    return laid_out([finding], month=None, year=2020, **more)


def test_an_annual_paper_is_of_published_figures() -> None:
    paper = _annuallaid_out()

    assert paper.title == (
        "Performance Overview – Children and Families – Southampton, year to 31 March 2020"
    )
    figures = paper.sections[1].items[0].figures
    assert [(f.label, f.text, f.basis) for f in figures] == [
        ("Year to 31 March 2020", "80 per 10,000", "on 31 March"),
        ("Year to 31 March 2019", "70 per 10,000", "on 31 March"),
    ]


def test_an_annual_chart_has_the_comparators_years() -> None:
    trends = {
        PLANS.id: {
            Area.STATISTICAL_NEIGHBOURS: ((2018, Decimal(50)), (2019, None), (2020, Decimal(48))),
            Area.ENGLAND: tuple((year, Decimal(44)) for year in range(2005, 2021)),
        }
    }
    lockdown = Event(date(2020, 3, 23), "First lockdown")
    chart = _annuallaid_out(comparator_trends=trends, events=(lockdown,)).sections[1].items[0].chart

    assert chart.labels == ("2017", "2018", "2019", "2020")
    assert [(s.style, s.values) for s in chart.series] == [
        ("actual", (60.0, 64.0, 70.0, 80.0)),
        ("neighbours", (None, 50.0, None, 48.0)),
        ("england", (44.0, 44.0, 44.0, 44.0)),
    ]
    assert [(e.position, e.label) for e in chart.events] == [(3, "First lockdown")]


def test_the_notes_say_what_a_reader_must_know() -> None:
    notes = {note.title: " ".join(note.paragraphs) for note in example_overview().notes}

    assert list(notes) == [
        "Synthetic data",
        "How the figures are made",
        "How areas are chosen",
        "Comparators",
        "Population",
        "What this paper cannot say",
        "Sources",
    ]
    assert notes["Synthetic data"].startswith("Every child in this paper is made up.")
    assert "50,310 residents aged 0–17. This number is implied" in notes["Population"]
    assert notes["Comparators"].endswith(
        "List of statistical neighbours: the list in force in 2020. Source of every comparator: "
        "the model report; published 28 November 2019; vintage as first published in 2019."
    )


def test_a_source_is_said_once_with_everything_held_against_it() -> None:
    finding = plans_finding()
    first, *others = finding.evidence.comparisons
    mean = replace(first.comparator, source="Mean of published figures; the model report")
    other = replace(others[0].comparator, source="Another table.", published_on=None)
    compared = (replace(first, comparator=mean), replace(others[0], comparator=other), others[1])
    changed = replace(finding, evidence=replace(finding.evidence, comparisons=compared))

    paper = laid_out([changed, conferences_finding()])

    (note,) = (n for n in paper.notes if n.title == "Comparators")
    assert note.paragraphs[3:] == (
        "Children with child protection plans; and Initial child protection conferences within 15 "
        "working days: the model report; published 28 November 2019; vintage as first published "
        "in 2019.",
        "Children with child protection plans: Another table; vintage as first published in 2019.",
    )


def test_the_reason_given_for_a_target_stands_with_the_definition() -> None:
    item = example_overview().sections[0].items[0]

    assert item.definition.endswith(
        "Reason given for the target of 90%: agreed by the safeguarding partnership in 2018."
    )


def test_an_item_says_which_figure_its_comparators_stand_beside() -> None:
    assert example_overview().sections[1].items[1].compared == (
        "63% over the twelve months to August 2020 (95% interval 57% to 68%)"
    )


@pytest.mark.parametrize(
    ("period", "ends_on", "label"),
    [
        ("year to 31 March 2019", date(2019, 3, 31), "Neighbours 84%, 2018-19"),
        ("year to 31 March 2000, assumed", date(2000, 3, 31), "Neighbours 84%, 1999-00"),
        ("31 March 2019", date(2019, 3, 31), "Neighbours 84%, March 2019"),
        ("year to 30 September 2019", date(2019, 9, 30), "Neighbours 84%, year to September 2019"),
    ],
)
def test_a_comparators_line_is_labelled_in_brief(period: str, ends_on: date, label: str) -> None:
    finding = conferences_finding()
    first = finding.evidence.comparisons[0]
    dated = replace(first.comparator, period=period, period_ends_on=ends_on)
    compared = (replace(first, comparator=dated),)
    changed = replace(finding, evidence=replace(finding.evidence, comparisons=compared))

    lines = laid_out([changed]).sections[1].items[0].chart.lines

    assert lines[0].label == label


def test_false_alarms_are_counted_from_the_charts_drawn() -> None:
    findings = [
        replace(conferences_finding(), measurement=_renamed(conferences_finding(), f"quality.i{i}"))
        for i in range(100)
    ]
    note = next(n for n in laid_out(findings).notes if n.title == "What this paper cannot say")

    assert note.paragraphs[0] == (
        "Variation charts were drawn for 100 indicators. Where nothing has happened, between one "
        "and two in every 100 newest points are flagged all the same: two points would be "
        "expected in this paper."
    )


def test_a_comparator_is_written_no_finer_than_our_own_figure() -> None:
    finding = plans_finding()
    fine = replace(
        finding.evidence.comparisons[0],
        comparator=comparator(PLANS, Area.STATISTICAL_NEIGHBOURS, "48.5"),
    )
    changed = replace(finding, evidence=replace(finding.evidence, comparisons=(fine,)))

    (line,) = laid_out([changed]).sections[1].items[0].comparators

    assert line.text == "49 per 10,000"


def test_months_after_the_papers_month_are_not_shown() -> None:
    later = measurement(PLANS, [400.0, 410.0, 420.0], 50_000.0, last=Month.parse("2020-09"))

    item = laid_out([replace(plans_finding(), measurement=later)]).sections[1].items[0]

    assert item.figures[0].text == "82 per 10,000"
    assert item.chart.labels == ("Jul 2020", "Aug 2020")


def test_a_figure_of_september_says_so_under_a_heading_of_march() -> None:
    day = Period(date(2020, 9, 30), date(2020, 9, 30), "30 September 2020", 1)
    counted = Value(day, Basis.SEPTEMBER, 400.0, 50_000.0, 10_000)
    finding = replace(plans_finding(), measurement=Measurement(PLANS, "Southampton", (counted,)))

    figure = laid_out([finding], month=None, year=2020).sections[1].items[0].figures[0]

    assert (figure.label, figure.basis) == ("30 September 2020", "on 30 September")


def test_the_summary_of_a_year_names_the_year() -> None:
    (paragraph,) = _annuallaid_out().summary

    assert paragraph.text.startswith(
        "Of one indicator in the dataset, one was measured for the year to 31 March 2020 and "
        "one could be judged."
    )
