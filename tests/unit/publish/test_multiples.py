"""Small charts: one size, one time axis, a scale from zero, and the letter for what is hidden."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from lineofsight.overview.overview import Chart, ChartEvent, ReferenceLine, Series
from lineofsight.publish import charts, multiples

MONTHS = tuple(f"{name} 2020" for name in ("Mar", "Apr", "May", "Jun", "Jul", "Aug"))
SVG = "{http://www.w3.org/2000/svg}"


def chart(*values: float | None, unit: str = "%", **more: object) -> Chart:
    texts = tuple("c" if v is None else f"{v:g}{unit}" for v in values)
    series = Series("Each month", values, "actual", texts)
    wanted = {"labels": MONTHS[-len(values) :], "series": (series,), **more}
    return Chart("A finding", "What the chart shows", "A caption", unit, **wanted)  # type: ignore[arg-type]


def test_a_chart_that_begins_later_ends_at_the_same_place() -> None:
    long, short = chart(10, 20, 30, 40, 50, 60), chart(50, 60)

    whole, later = (multiples.small(one, MONTHS) for one in (long, short))

    assert whole.newest_at == later.newest_at
    assert later.lines[-1].stretches[0][0] == whole.lines[-1].stretches[0][4]
    assert whole.ends == later.ends == ("Mar 2020", "Aug 2020")


def test_charts_share_the_months_of_the_longest() -> None:
    assert multiples.shared_periods([chart(50, 60), chart(1, 2, 3), chart(9)]) == MONTHS[-3:]
    assert multiples.shared_periods([]) == ()


@pytest.mark.parametrize(
    ("values", "unit", "top"),
    [
        ((92, 95, 97), "%", "100%"),
        ((12, 14, 16), "%", "20%"),
        ((410, 402, 396), "", "500"),
        ((0, 0, 0), "", "1"),
        ((3, 5, 4), " working days", "5"),
    ],
)
def test_the_scale_begins_at_nought_and_says_where_it_ends(
    values: tuple[float, ...], unit: str, top: str
) -> None:
    """Nought is at the foot: half of what the scale ends at lies half-way up."""
    small = multiples.small(chart(*values, unit=unit), MONTHS[-3:])

    assert small.top == top
    end = float(top.removesuffix("%"))
    frame = small.frame
    heights = [y for _, y in small.lines[-1].stretches[0]]
    wanted = [frame.bottom - v / end * (frame.bottom - frame.top) for v in values]
    assert heights == pytest.approx(wanted, abs=0.06)


def test_the_newest_value_stands_beside_the_line_without_a_unit_in_words() -> None:
    assert multiples.small(chart(14, 15, unit=" working days"), MONTHS[-2:]).newest == "15"
    assert multiples.small(chart(14, 15), MONTHS[-2:]).newest == "15%"


def test_hidden_months_leave_a_gap_with_one_letter_and_no_newest_value() -> None:
    small = multiples.small(chart(40, None, None, 50, None), MONTHS[-5:])

    assert [len(stretch) for stretch in small.lines[-1].stretches] == [1, 1]
    assert len(small.hidden) == 2
    assert small.newest == ""


def test_the_months_of_a_rate_give_way_to_twelve_months_that_are_their_sum() -> None:
    """Beside comparators of a year a month would lie flat on the ground."""
    twelve = Series("Twelve months", (400, 410, 420), "rolling", ("400", "410", "420"))
    months = Series("Each month", (33, 34, 35), "actual", ("33", "34", "35"))
    both = chart(1, 2, 3, unit="", series=(months, twelve), limits=((30,) * 3, (40,) * 3))

    small = multiples.small(both, MONTHS[-3:])

    assert small.newest == "420"
    assert len(small.lines) == 1
    assert small.band == ()


def test_notation_is_told_without_colour() -> None:
    """Months have points, twelve months are broad, and every level has its own dashes."""
    lines = tuple(ReferenceLine(label, 50 + i, "comparator") for i, label in enumerate("abc"))
    target = ReferenceLine("Target 90%", 90, "target")
    twelve = Series("Twelve months", (70, 71), "rolling", ("70%", "71%"))
    actual = Series("Each month", (70, 75), "actual", ("70%", "75%"))
    events = (ChartEvent(1, "First lockdown"),)
    small = multiples.small(
        chart(1, 2, series=(actual, twelve), lines=(*lines, target), events=events), MONTHS[-2:]
    )

    looks = [(line.stroke.weight, line.stroke.dashes, line.radius > 0) for line in small.lines]

    assert len(set(looks)) == len(looks) == 6
    assert len(small.poles) == 1


def test_it_is_drawn_as_one_picture_with_words_for_who_cannot_see_it() -> None:
    root = ElementTree.fromstring(multiples.draw(chart(70, 75), MONTHS[-2:]))

    assert root.get("role") == "img"
    assert root.get("aria-label") == "What the chart shows"
    assert [text.text for text in root.iter(f"{SVG}text")] == [
        "100%",
        "75%",
        "Jul 2020",
        "Aug 2020",
    ]


def test_a_large_chart_says_what_the_letter_means() -> None:
    drawn = charts.draw(chart(40, None, None, 50, None))
    texts = ["".join(t.itertext()) for t in ElementTree.fromstring(drawn).iter(f"{SVG}text")]

    assert "c: confidential, because few children" in texts
    assert texts.count("c") == 2
    assert "c Each month" in texts


def test_a_large_chart_without_hidden_months_says_nothing_of_it() -> None:
    assert "confidential" not in charts.draw(chart(40, 50))


def test_a_chart_of_which_nothing_can_be_shown_says_so() -> None:
    drawn = charts.draw(chart(None, None))

    assert "No figure can be shown." in drawn
    assert "c</tspan>: confidential, because few children" in drawn
