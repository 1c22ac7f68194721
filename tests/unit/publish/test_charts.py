"""A chart says in SVG what its data say, reads without colour, and lets nothing overlap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import pytest
from lxml import etree

from lineofsight.overview.overview import Chart, ChartEvent, ReferenceLine, Series
from lineofsight.publish import charts, notation, style
from lineofsight.publish.lettering import width
from tests.overview_examples import example_overview

SVG = "{http://www.w3.org/2000/svg}"


def small(**changes: object) -> Chart:
    plain = Chart(
        title="Fewer are late",
        alternative="A line from 50% to 70%.",
        caption="Late, of all.",
        unit="%",
        labels=("May 2020", "Jun 2020", "Jul 2020", "Aug 2020"),
        series=(Series("Each month", (50, 60, 55, 70), "actual", ("50%", "60%", "55%", "70%")),),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


# Widths and heights at which the paper draws: on the page, in the PDF and in Word.
SIZES = [(760.0, 264.0), (600.0, 180.0), (760.0, 170.0)]


def parsed(chart: Chart, across: float = 760.0, high: float = 264.0) -> etree._Element:
    return etree.fromstring(charts.draw(chart, across, high).encode())


def texts(chart: Chart) -> list[str]:
    return ["".join(node.itertext()) for node in parsed(chart).iter(f"{SVG}text")]


def example_charts() -> list[Chart]:
    paper = example_overview()
    return [item.chart for section in paper.sections for item in section.items]


def test_title_and_alternative_name_the_picture() -> None:
    root = parsed(small())
    named = root.get("aria-labelledby").split()
    found = {node.get("id"): node.text for node in root if node.get("id")}
    assert root.get("role") == "img"
    assert [found[identity] for identity in named] == [
        "Fewer are late",
        "A line from 50% to 70%.",
    ]


def test_two_charts_on_one_page_share_no_identity() -> None:
    identities = [charts.picture(chart).identity for chart in example_charts()]
    assert len(set(identities)) == len(identities)


def test_each_line_ends_in_its_value_and_its_name() -> None:
    chart = small(lines=(ReferenceLine("Target 90%", 90, "target"),))
    assert "70% Each month" in texts(chart)
    assert "Target 90%" in texts(chart)


def test_a_unit_in_words_stands_over_the_scale_and_not_beside_the_line() -> None:
    texts_of = ("5 per 10,000", *("50 per 10,000",) * 2, "70 per 10,000")
    series = Series("Each month-end", (5, 50, 50, 70), "actual", texts_of)
    found = texts(small(unit=" per 10,000", series=(series,)))
    assert "Per 10,000" in found
    assert "70 Each month-end" in found


def test_a_missing_value_is_a_gap_and_not_a_bridge() -> None:
    chart = small(series=(Series("Each month", (50, 60, None, 70), "actual"),))
    line = charts.picture(chart).lines[0]
    assert [len(stretch) for stretch in line.stretches] == [2, 1]


def test_higher_values_are_drawn_higher_and_later_ones_further_right() -> None:
    ((points,),) = (line.stretches for line in charts.picture(small()).lines)
    xs, ys = zip(*points, strict=True)
    assert list(xs) == sorted(xs)
    assert ys[3] < ys[1] < ys[2] < ys[0]


def test_a_cut_scale_is_said_in_words_and_a_whole_one_is_not() -> None:
    narrow = small(series=(Series("Each month", (96, 97, 98, 97), "actual"),))
    assert "Scale starts at 95%" in texts(narrow)
    assert not any("starts" in text for text in texts(small()))


def test_an_unusual_point_is_a_shape_with_a_key() -> None:
    root = parsed(small(signals=(3,)))
    assert len(root.findall(f".//{SVG}path[@class='signal']")) == 1
    assert "Beyond usual variation" in texts(small(signals=(3,)))
    assert parsed(small()).find(f".//{SVG}path[@class='signal']") is None


def test_limits_are_a_band_with_a_key() -> None:
    chart = small(limits=((40.0,) * 4, (80.0,) * 4))
    assert "Usual variation" in texts(chart)
    assert len(charts.picture(chart).band) == 8


def test_an_event_stands_at_its_month() -> None:
    described = charts.picture(small(events=(ChartEvent(1, "First lockdown"),)))
    ((points,),) = (line.stretches for line in described.lines)
    assert described.flags[0].x == points[1][0]
    assert described.flags[0].words == ("First lockdown",)


def test_a_chart_without_a_value_says_so() -> None:
    empty = small(series=(Series("Each month", (None,) * 4, "actual"),))
    assert "There are no figures for these periods." in texts(empty)


def test_hostile_words_are_shown_and_not_obeyed() -> None:
    chart = small(title="<script>alert(1)</script>", events=(ChartEvent(1, "a & b <b>"),))
    root = parsed(chart)
    assert root.find(f".//{SVG}script") is None
    assert root.findtext(f"{SVG}title") == "<script>alert(1)</script>"


Box = tuple[float, float, float, float]


def boxes(chart: Chart, across: float = 760.0, high: float = 264.0) -> Iterator[Box]:
    """Left, top, right and bottom of every piece of text."""
    for node in parsed(chart, across, high).iter(f"{SVG}text"):
        x, y = float(node.get("x")), float(node.get("y"))
        room = width("".join(node.itertext()), charts.SIZE)
        inherited = node.getparent().get("text-anchor", "start")
        shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[node.get("text-anchor", inherited)]
        yield x - shift * room, y - 12, x + (1 - shift) * room, y + 3


def overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("place", range(6))
def test_no_words_of_a_chart_of_the_paper_cover_others(
    place: int, size: tuple[float, float]
) -> None:
    chart = example_charts()[place]
    found = list(boxes(chart, *size))
    assert len(found) > 10
    assert [pair for pair in combinations(found, 2) if overlap(*pair)] == []


def test_a_crowded_chart_still_keeps_its_words_apart() -> None:
    events = ("A new case system in all teams", "First lockdown", "Schools close", "They open")
    names = ("Statistical neighbours 48 per 10,000", "The South East 48", "England 49", "Target 48")
    styles = ("comparator", "comparator", "comparator", "target")
    lines = zip(names, (48.0, 48.0, 48.5, 48.2), styles, strict=True)
    chart = small(
        events=tuple(ChartEvent(min(i, 3), event) for i, event in enumerate(events)),
        lines=tuple(ReferenceLine(*line) for line in lines),
        signals=(0, 3),
        limits=((40.0,) * 4, (80.0,) * 4),
    )
    assert [pair for pair in combinations(boxes(chart), 2) if overlap(*pair)] == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("place", range(6))
def test_everything_is_inside_the_picture(place: int, size: tuple[float, float]) -> None:
    chart = example_charts()[place]
    picture = charts.picture(chart, *size)
    for left, top, right, bottom in boxes(chart, *size):
        assert left >= -1
        assert top >= -1
        assert right <= picture.width + 1
        assert bottom <= picture.height + 1


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast_on_white(colour: str) -> float:
    return 1.05 / (luminance(colour) + 0.05)


def test_lines_stand_out_by_three_to_one_and_words_by_four_and_a_half() -> None:
    strokes = [*notation.SERIES.values(), notation.TARGET, notation.MEAN, notation.LIMIT]
    assert min(contrast_on_white(stroke.colour) for stroke in strokes) >= 3
    assert min(map(contrast_on_white, (style.INK, style.QUIET, style.NAVY))) >= 4.5


def test_lines_differ_without_colour() -> None:
    looks = [(s.weight, s.dashes, s.is_marked) for s in notation.SERIES.values()]
    looks.append((notation.TARGET.weight, notation.TARGET.dashes, False))
    assert len(set(looks)) == len(looks)


def test_comparators_take_their_strokes_in_the_order_they_are_given() -> None:
    strokes = notation.level_strokes(("comparator", "target", "comparator", "comparator"))
    expected = ("neighbours", "region", "england")
    assert (strokes[0], strokes[2], strokes[3]) == tuple(notation.SERIES[s] for s in expected)
    assert strokes[1] is notation.TARGET


def test_a_sparkline_marks_its_newest_value_and_is_named() -> None:
    root = etree.fromstring(charts.sparkline((1, None, 3, 2, None), "Up, then down.").encode())
    assert root.get("aria-label") == "Up, then down."
    assert len(root.findall(f"{SVG}path")) == 2
    assert len(root.findall(f"{SVG}circle")) == 1


@pytest.mark.parametrize("values", [(), (None, None), (5.0,), (5.0, 5.0)])
def test_a_sparkline_of_little_is_still_a_picture(values: tuple[float | None, ...]) -> None:
    assert etree.fromstring(charts.sparkline(values, "Little.").encode()).get("role") == "img"
