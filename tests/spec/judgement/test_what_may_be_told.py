"""A finding whose small numbers are withheld: what is still said, and that nothing of them is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest
from tests.overview_examples import AUGUST, CONFERENCES, comparator, laid_out, measurement

from lineofsight.comparators.comparator import Area
from lineofsight.judgement.finding import Finding, Verdict
from lineofsight.judgement.judge import judge
from lineofsight.judgement.withheld import NOT_SHOWN, speaks_of_few, withheld
from lineofsight.measurement.measurement import Basis, Measurement, Value
from lineofsight.overview.overview import Item, Overview
from lineofsight.reference.audience import Audience
from lineofsight.reference.authority import Target
from lineofsight.reference.periods import Month

NOTES = ("3 conferences have no date.", "13 conferences have no team.")
JULY, APRIL = Month.parse("2020-07"), Month.parse("2020-04")
ENGLAND = comparator(CONFERENCES, Area.ENGLAND, "79")
# Twenty-four months of 40 conferences with 30 in time; in April 37 and in July 36, so that three
# and four were late.
HELD = [40.0] * 24
IN_TIME = [30.0] * 19 + [37.0, 30.0, 30.0, 36.0, 30.0]


def drawn(in_time: list[float], **more: object) -> Measurement:
    return replace(measurement(CONFERENCES, in_time, HELD), **more)  # type: ignore[arg-type]


def judged(one: Measurement, target: str = "") -> Finding:
    targets = {CONFERENCES.id: Target(Decimal(target), "")} if target else {}
    return judge([one], [ENGLAND], [], targets, date(2020, 9, 21))[0]


@dataclass(frozen=True)
class Drawn:
    """What is withheld, by tests of a value."""

    figures: Callable[[Value], bool]
    numbers: Callable[[Value], bool] = lambda value: False
    is_line_hidden: bool = False
    most_secret: int = 5

    def hides(self, indicator: str, value: Value) -> bool:
        return self.figures(value)

    def hides_numbers(self, indicator: str, value: Value) -> bool:
        return self.figures(value) or self.numbers(value)

    def hides_line(self, indicator: str) -> bool:
        return self.is_line_hidden


NOTHING = Drawn(lambda value: False)


def of_months(*months: Month) -> Drawn:
    days = {month.last_day for month in months}
    return Drawn(lambda value: value.basis is Basis.MONTH and value.period.last_day in days)


def is_level(value: Value) -> bool:
    return value.basis is Basis.TWELVE_MONTHS and value.period.last_day == AUGUST.last_day


def paper(finding: Finding, audience: Audience = Audience.COMMITTEE) -> Overview:
    return laid_out([finding], audience=audience, is_suppressed=True)


def test_nothing_is_lost_where_nothing_is_withheld() -> None:
    """Only a note that speaks of three conferences goes; one that speaks of thirteen stays."""
    finding = judged(drawn(IN_TIME, notes=NOTES))
    told = withheld([finding], NOTHING)[0]
    assert told.measurement.notes == told.evidence.quality_notes == NOTES[1:]
    assert replace(told, measurement=finding.measurement, evidence=finding.evidence) == finding


def test_a_month_is_withheld_and_the_twelve_months_are_told() -> None:
    """373 of 480 in the twelve months: 77.7%. No limits, no trial of the verdict, no July."""
    finding = judged(drawn(IN_TIME), "90")
    told = withheld([finding], of_months(APRIL, JULY))[0]
    assert told.verdict is finding.verdict is Verdict.DEVELOPMENT
    assert told.because == (
        "78% over September 2019 to August 2020 misses the target of 90% consistently."
    )
    assert told.evidence.variation.limits is None
    assert (told.stability, told.would_change) == ((), "")
    chart = paper(told).sections[1].items[0].chart
    months = chart.series[0]
    drawn_and_said = zip(months.values, months.texts, strict=True)
    by_month = dict(zip(chart.labels, drawn_and_said, strict=True))
    assert by_month["Jul 2020"] == by_month["Apr 2020"] == (None, "c")
    assert by_month["Aug 2020"] == (75.0, "75%")
    assert (chart.limits, chart.signals) == (None, ())
    assert "Mean" not in " ".join(line.label for line in chart.lines)


def test_the_newest_month_is_withheld() -> None:
    in_time = [*[30.0] * 22, 36.0, 37.0]
    item = _item(paper(withheld([judged(drawn(in_time), "90")], of_months(AUGUST, JULY))[0]))
    assert [figure.text for figure in item.figures] == ["c", "78%"]
    assert item.figures[0].detail == "confidential: few children"
    assert item.sentences[0].text == (
        "The percentage in August 2020 is not shown: few children stand behind it, or behind a "
        "figure that it would give away."
    )


def test_the_level_itself_is_withheld() -> None:
    """The verdict stays; no figure, no comparison and no number of children behind a gap."""
    told = withheld([judged(drawn(IN_TIME), "90")], Drawn(is_level))[0]
    assert told.because == NOT_SHOWN
    assert told.evidence.comparisons == ()
    shown = paper(told)
    item = _item(shown)
    assert item.figures[1].text == "c"
    assert item.chart.title == "Not shown: few children"
    assert "not shown" in shown.headlines[0] or "75% in August 2020" in shown.headlines[0]


def test_the_numbers_behind_the_level_are_withheld() -> None:
    """The percentage is told; no number, no interval, no children behind a gap, no change."""
    told = withheld([judged(drawn(IN_TIME))], Drawn(lambda value: False, is_level))[0]
    assert told.because == (
        "78% over September 2019 to August 2020 is not far from England's 79% (year to 31 March "
        "2019)."
    )
    evidence = told.evidence
    assert (evidence.interval, evidence.children_behind_gap, evidence.change) == (None, None, None)
    figure = paper(told).dataset[0].rows[0].figures[1]
    assert (figure.text, figure.detail) == ("78%", "numbers confidential: few children")


@pytest.mark.parametrize("audience", [Audience.COMMITTEE, Audience.PUBLIC])
@pytest.mark.parametrize("moved", [1.0, 3.0])
def test_a_paper_does_not_depend_on_what_it_withholds(audience: Audience, moved: float) -> None:
    """A child more in time in April and one fewer in July give the same paper, word by word.

    Both lie in the same twelve months, so that everything that is shown stays as it is.
    """
    other = [*IN_TIME]
    other[19] -= moved
    other[22] += moved
    # Twelve months that end between the two hold one of them and not the other.
    hides = replace(of_months(APRIL, JULY), is_line_hidden=True)
    one, two = (
        paper(withheld([judged(drawn(series), "90")], hides)[0], audience)
        for series in (IN_TIME, other)
    )
    assert one == two


@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("3 conferences have no date.", True),
        ("Two of the children are siblings.", True),
        ("13 conferences of 2020 have no team.", False),
        ("1,300 rows were read, 5.5 a day.", False),
        ("6 were counted as met, 1 not.", True),
        ("None of the twelve months is missing.", False),
    ],
)
def test_what_speaks_of_few(text: str, does: bool) -> None:
    assert speaks_of_few(text) is does


def _item(overview: Overview) -> Item:
    return next(item for section in overview.sections for item in section.items)
