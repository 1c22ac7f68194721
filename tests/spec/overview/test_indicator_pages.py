"""A page an indicator: what it says is what the paper says, with all that is behind it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lineofsight.judgement.finding import Finding
from lineofsight.measurement.grouped import NOT_GROUPED, Grouped, GroupedBy, GroupValues
from lineofsight.measurement.measurement import Basis, Value
from lineofsight.overview.chart_data import chart_of
from lineofsight.overview.divisions import divisions_of
from lineofsight.overview.figures import Frame
from lineofsight.overview.indicator_page import Behind, PageMaterial, pages_of
from lineofsight.overview.overview import Chart, IndicatorPage, Overview
from lineofsight.reference.audience import Audience
from lineofsight.reference.periods import Period
from tests.overview_examples import (
    AUGUST,
    CONFERENCES,
    PLANS,
    Figured,
    conferences_finding,
    example_commentary,
    example_overview,
    example_restated,
    in_line,
    measurement,
    plans_finding,
)

MONTH, TWELVE = Period.month(AUGUST), Period.twelve_months(AUGUST)
FOR_SERVICE = Frame(AUGUST, None, "South East")
FOR_PUBLIC = replace(FOR_SERVICE, audience=Audience.PUBLIC, is_suppressed=True)
QUARTER = Period.twelve_months(AUGUST - 2, 3)


def share(period: Period, basis: Basis, above: float, below: float) -> Value:
    return Value(period, basis, above, below, 100)


def pair(name: str, month: tuple[float, float] | None, twelve: tuple[float, float]) -> GroupValues:
    in_month = None if month is None else share(MONTH, Basis.MONTH, *month)
    return GroupValues(name, in_month, share(TWELVE, Basis.TWELVE_MONTHS, *twelve))


def of_conferences() -> Grouped:
    """The 60 conferences of August and the 700 of twelve months, by team and by sex."""
    teams = (
        pair("Not recorded", None, (1, 5)),
        pair("Team 10", (14, 20), (140, 215)),
        pair("Team 2", (30, 40), (300, 480)),
    )
    only = (pair("Male", (44, 60), (441, 700)),)
    return Grouped(
        (GroupedBy("team", "Team", teams), GroupedBy("sex", "Sex", only)),
        quarter=share(QUARTER, Basis.MONTH, 106, 169),
        year_to_date=share(Period.twelve_months(AUGUST, 5), Basis.MONTH, 190, 292),
    )


def page(
    finding: Finding, grouped: Grouped = NOT_GROUPED, frame: Frame = FOR_SERVICE
) -> IndicatorPage:
    chart = Chart("", "", "", "", (), ())
    exactly = {finding.indicator_id: (("Met", "within 15"),)}
    material = PageMaterial(
        frame,
        Behind({finding.indicator_id: grouped}, exactly),
        example_commentary(),
        {},
        example_restated().lines,
        lambda finding: chart,
    )
    [made] = pages_of([finding], material)
    return made


@pytest.fixture(scope="module")
def paper() -> Overview:
    return example_overview()


def test_every_measured_indicator_has_a_page_in_the_order_of_the_dataset(paper: Overview) -> None:
    rows = [row for chapter in paper.dataset for row in chapter.rows]

    assert [one.indicator_id for one in paper.pages] == [row.indicator_id for row in rows]


def test_what_a_page_says_is_what_the_paper_says(paper: Overview) -> None:
    rows = {row.indicator_id: row for chapter in paper.dataset for row in chapter.rows}
    items = {item.indicator_id: item for section in paper.sections for item in section.items}
    for one in paper.pages:
        row = rows[one.indicator_id]
        assert (one.name, one.polarity, one.verdict) == (row.name, row.polarity, row.verdict)
        assert (one.figures, one.comparators) == (row.figures, row.comparators)
    paged = {one.indicator_id: one for one in paper.pages}
    for identity, item in items.items():
        assert (paged[identity].chart, paged[identity].compared) == (item.chart, item.compared)
    assert len(items) == 6


def test_other_periods_stand_beside_the_month_and_the_twelve_months() -> None:
    """August a year ago: 31 of 52; twelve months to then: 403 of 676."""
    found = page(conferences_finding(), grouped=of_conferences()).further

    assert [(f.label, f.text, f.detail) for f in found] == [
        ("July 2020", "63%", "40 of 63 children"),
        ("August 2019", "60%", "31 of 52 children"),
        ("12 months to August 2019", "60%", "403 of 676 children"),
        ("Newest whole quarter, April to June 2020", "63%", "106 of 169 children"),
        ("Year to date, April to August 2020", "65%", "190 of 292 children"),
    ]


def test_it_says_why_it_is_called_what_it_is_called() -> None:
    made = page(conferences_finding())

    assert made.heading == "Why it is called an area for development"
    told = {one.label: one.text for one in made.why}
    assert told["The rule that fired"].startswith("R2a. The figure is surely on the wrong side")
    assert told["What it rests on"] == (
        "The twelve-month figure is lower than statistical neighbours at 99.8%."
    )
    assert told["The figure with its interval"] == (
        "63% over the twelve months to August 2020 (95% interval 57% to 68%)."
    )
    assert told["Behind the gap"] == (
        "The difference from statistical neighbours comes to 147 children over the twelve months "
        "to August 2020."
    )
    assert told["What pulls the other way"] == "The month is the best of the last twelve."
    assert told["What would have changed it"].startswith("A twelve-month figure whose interval")


def test_groups_are_in_their_order_with_number_and_percentage_and_the_unknown_last() -> None:
    """A way to divide that knows a single group says nothing new and is left out."""
    [teams] = page(conferences_finding(), grouped=of_conferences()).divisions

    assert teams.title == "Team"
    assert [(g.name, *((f.text, f.detail) for f in g.figures)) for g in teams.groups] == [
        ("Team 2", ("75%", "30 of 40 children"), ("63%", "300 of 480 children")),
        ("Team 10", ("70%", "14 of 20 children"), ("65%", "140 of 215 children")),
        ("Not recorded", ("no figure", ""), ("20%", "1 of 5 children")),
    ]


def test_a_group_of_a_rate_is_a_number_and_a_share_because_its_residents_are_not_known() -> None:
    """412 children on plans on the last day; 4,621 over twelve month-ends, 385 on average."""
    day = Period.month_end(AUGUST)
    boys = GroupValues(
        "Male",
        Value(day, Basis.MONTH_END, 206, None, 10_000),
        Value(TWELVE, Basis.MEAN_OF_MONTH_ENDS, 2_336, None, 10_000),
    )
    girls = GroupValues("Female", None, Value(TWELVE, Basis.MEAN_OF_MONTH_ENDS, 6, None, 10_000))
    whole = plans_finding().measurement
    assert whole.rolling[-1].numerator == 4_621

    [sexes] = divisions_of(whole, Grouped((GroupedBy("sex", "Sex", (boys, girls)),)))

    assert [[(f.text, f.detail) for f in group.figures] for group in sexes.groups] == [
        [("206", "50% of all"), ("195", "51% of all")],
        [("0", "0% of all"), ("1", "0% of all")],
    ]


def test_definition_quality_restatements_and_words_of_officers_are_on_the_page() -> None:
    made = page(conferences_finding())

    definition = {one.label: one.text for one in made.definition}
    assert definition["Blanks"] == CONFERENCES.blanks
    assert definition["What it says"] == CONFERENCES.note
    assert [(one.label, one.text) for one in made.exactly] == [("Met", "within 15")]
    assert made.quality[0] == "Records reach over 24 months, from September 2018 to August 2020."
    assert [line.after.text for line in made.restatements] == ["76%", "63%"]
    assert made.sentences == example_commentary().on(CONFERENCES.id)
    assert {"Child Protection Advisor"} <= {sentence.owner for sentence in made.sentences}
    assert page(plans_finding()).restatements == ()


def test_a_page_without_fault_in_its_records_says_so_and_one_with_faults_says_which() -> None:
    finding = conferences_finding()
    noted = replace(
        finding.measurement, notes=("Three conferences have no date: counted as late.",)
    )

    assert page(finding).quality[-1].startswith("No rule that bears on it found fault")
    assert page(replace(finding, measurement=noted)).quality[1:] == (
        "Three conferences have no date: counted as late.",
    )


def test_a_page_without_small_numbers_shows_nothing_that_was_not_weighed() -> None:
    """Other periods come with numbers behind them, and silence on the data would tell of few."""
    made = page(conferences_finding(), of_conferences(), FOR_PUBLIC)

    assert made.further == ()
    assert made.quality == ("Records reach over 24 months, from September 2018 to August 2020.",)
    labels = {one.label for one in made.why}
    assert "What pulls the other way" in labels
    assert not labels & {"What would have changed it", "How stable it is"}


def test_limits_that_tell_how_many_a_month_rests_on_are_not_drawn_where_numbers_are_withheld() -> (
    None
):
    """The limits of a share widen where a month has few: their width would give the number away."""
    steady = conferences_finding()
    assert steady.evidence.variation.limits is not None
    upper = (*steady.evidence.variation.limits.upper[:-1], 81.0)
    limits = replace(steady.evidence.variation.limits, upper=upper)
    variation = replace(steady.evidence.variation, limits=limits)
    widening = replace(steady, evidence=replace(steady.evidence, variation=variation))

    assert chart_of(widening, FOR_SERVICE).limits is not None
    shown = chart_of(widening, FOR_PUBLIC)
    assert (shown.limits, [line for line in shown.lines if line.style == "mean"]) == (None, [])
    assert chart_of(steady, FOR_PUBLIC).limits is not None


def test_the_average_of_withheld_twelve_months_is_withheld_and_made_of_what_is_printed() -> None:
    """1,000 contacts in twelve months, 83 a month: the withheld is neither drawn nor told."""
    contacts = Figured(id="front_door.contacts", name="Contacts", counted="contacts")
    whole = measurement(contacts, [83.0] * 11 + [87.0])
    finding = in_line(contacts, whole, "1000")
    last = chart_of(finding, FOR_PUBLIC).series[1]
    assert (last.label, last.values[-1], last.texts[-1]) == ("Twelve-month average", 83.0, "83")
    assert chart_of(finding, FOR_SERVICE).series[1].values[-1] == pytest.approx(1000 / 12)

    hidden = (*whole.rolling[:-1], whole.rolling[-1].withheld())
    shown = replace(finding, measurement=replace(whole, rolling=hidden))

    told = [series for series in chart_of(shown, FOR_PUBLIC).series if series.style == "rolling"]
    assert [(series.values[-1], series.texts[-1]) for series in told] in ([], [(None, "c")])


def test_the_population_a_rate_is_divided_by_is_named() -> None:
    told = {one.label: one.text for one in page(plans_finding()).definition}

    assert told["Divided by"] == "An implied 50,310 residents aged 0 to 17 in the middle of 2019."
    assert PLANS.unit == " per 10,000"


def test_a_paper_is_for_the_service_unless_it_says_otherwise(paper: Overview) -> None:
    assert paper.audience is Audience.SERVICE
    assert {one.plain_name for one in paper.pages} == {""}
