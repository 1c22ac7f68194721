"""A funnel says in SVG what its data say, by shape and not by colour, with nothing outside it."""

from __future__ import annotations

import itertools
import math
import re
from dataclasses import replace

import pytest
from lxml import etree

from lineofsight.overview.funnel_chart import FunnelChart, LimitCurve, Mark
from lineofsight.publish import funnels, notation
from lineofsight.publish.lettering import width

SVG = "{http://www.w3.org/2000/svg}"
# Widths and heights at which the paper draws: on the page, in the PDF and in Word.
SIZES = [(760.0, 320.0), (760.0, 205.0), (760.0, 220.0)]
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def mark(name: str, size: float, value: float, kind: str = "other") -> Mark:
    return Mark(name, size, value, kind, f"{size:,.0f}", f"{value:.1f}%", "within the 95% limits")


def curve(label: str, style: str, half: float) -> LimitCurve:
    """Limits around 80% that are `half` / sqrt(size) wide, beyond 100% for the smallest."""
    sizes = tuple(8.2 * n * n for n in range(1, 34))
    above = tuple(80 + half / math.sqrt(size) for size in sizes)
    return LimitCurve(label, style, sizes, tuple(160 - high for high in above), above)


def funnel(**changes: object) -> FunnelChart:
    marks = [mark(f"Place {n}", 10.0 + 60 * n, 50 + (n * 37) % 50) for n in range(150)]
    marks += [mark(f"Near {n}", 400.0 + 90 * n, 70 + n, "neighbour") for n in range(10)]
    plain = FunnelChart(
        title="Southampton at 55.5% lies below the 95% limits",
        alternative="Funnel chart of 161 English authorities.",
        caption="Conferences in time, 2020.",
        unit="%",
        across="Number of children (square-root scale)",
        england=80.0,
        england_text="80.0%",
        tau=0.1,
        curves=(curve("95% limits", "inner", 120), curve("99.8% limits", "outer", 190)),
        marks=(*marks, mark("Southampton", 700, 55.5, "own")),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def parsed(chart: FunnelChart, across: float = 760.0, high: float = 320.0) -> etree._Element:
    return etree.fromstring(funnels.draw(chart, across, high).encode())


def texts(chart: FunnelChart) -> list[str]:
    return ["".join(node.itertext()) for node in parsed(chart).iter(f"{SVG}text")]


def of_class(chart: FunnelChart, name: str) -> list[etree._Element]:
    return [node for node in parsed(chart).iter() if name in node.get("class", "").split()]


def test_title_and_alternative_name_the_picture() -> None:
    root = parsed(funnel())
    named = root.get("aria-labelledby").split()
    found = {node.get("id"): node.text for node in root if node.get("id")}
    assert [found[identity] for identity in named] == [funnel().title, funnel().alternative]


def test_every_authority_is_one_mark_of_its_shape() -> None:
    """Rings are drawn by two arcs, triangles by one closed path, the authority by a square."""
    (others,) = of_class(funnel(), "others")
    (neighbours,) = of_class(funnel(), "neighbours")
    assert others.get("d").count("M") == 150
    assert neighbours.get("d").count("z") == 10
    assert len(of_class(funnel(), "own")) == 1


def test_words_are_text_and_name_england_the_limits_and_the_authority() -> None:
    found = texts(funnel())
    assert "80.0% England" in found
    assert "Southampton 55.5%" in found
    assert {"95% limit", "99.8% limit", "Statistical neighbours", "Other authorities"} <= set(found)
    assert "Number of children (square-root scale)" in found


def test_a_unit_in_words_stands_over_the_scale() -> None:
    chart = funnel(unit=" per 10,000", england_text="80.0 per 10,000")
    assert any(text.startswith("Per 10,000") for text in texts(chart))
    assert "80.0 England" in texts(chart)


@pytest.mark.parametrize(("across", "high"), SIZES)
def test_nothing_is_drawn_outside_the_frame(across: float, high: float) -> None:
    """Limits beyond 100% are cut where they leave it; marks keep their values."""
    drawn = funnels.picture(funnel(), across, high)
    points = [p for line in drawn.lines for stretch in line.stretches for p in stretch]
    points += [*drawn.others, *drawn.neighbours, *drawn.own]
    frame = drawn.frame
    assert all(frame.left <= x <= frame.right for x, _ in points)
    assert all(frame.top - 0.1 <= y <= frame.bottom + 0.1 for _, y in points)


@pytest.mark.parametrize(("across", "high"), SIZES)
def test_names_at_the_edge_touch_neither_each_other_nor_the_edge(
    across: float, high: float
) -> None:
    drawn = funnels.picture(funnel(), across, high)
    heights = sorted(label.y for label in drawn.labels)
    assert all(b - a >= 19 for a, b in itertools.pairwise(heights))
    for label in drawn.labels:
        assert label.end[0] + 33 + width(label.words[0], 16) <= across


def test_the_authoritys_name_lies_inside_the_frame_and_hides_little() -> None:
    drawn = funnels.picture(funnel())
    name, frame = drawn.name, drawn.frame
    assert name is not None
    assert frame.left <= name.left
    assert name.left + name.width <= frame.right
    assert frame.top <= name.top
    assert name.top + name.height <= frame.bottom
    hidden = [
        (x, y)
        for x, y in (*drawn.others, *drawn.neighbours)
        if name.left <= x <= name.left + name.width and name.top <= y <= name.top + name.height
    ]
    assert len(hidden) <= 3


def test_sizes_along_the_foot_do_not_touch() -> None:
    places = sorted(funnels.picture(funnel()).sizes)
    ends = [(x - width(t, 16) / 2, x + width(t, 16) / 2) for x, t in places]
    assert all(right + 8 < left for (_, right), (left, _) in itertools.pairwise(ends))
    assert len(places) >= 4


def test_a_funnel_of_every_authority_stays_small() -> None:
    assert len(funnels.draw(funnel())) < 40_000


def test_a_hostile_name_stays_text() -> None:
    marks = (*funnel().marks[:-1], mark("<b>&", 700, 55.5, "own"))
    assert "<b>& 55.5%" in texts(funnel(marks=marks))


def test_one_authority_alone_is_drawn() -> None:
    chart = funnel(marks=(mark("Southampton", 700, 55.5, "own"),))
    assert "Southampton 55.5%" in texts(chart)
    drawn = funnels.draw(chart)
    assert "nan" not in drawn
    assert all(math.isfinite(float(n)) for n in NUMBER.findall(drawn))


def test_the_same_size_everywhere_is_drawn() -> None:
    chart = funnel(marks=tuple(replace(m, size=50.0) for m in funnel().marks))
    assert "nan" not in funnels.draw(chart)


@pytest.mark.parametrize(("highest", "ends_at"), [(44.0, 50), (64.0, 80), (72.0, 100)])
def test_percentages_end_at_100_only_where_marks_come_near(highest: float, ends_at: int) -> None:
    """A tenth of the span is left above: 48.4 of 50, 70.4 of 80; 72 passes the 70 of the rule."""
    low = LimitCurve("95% limits", "inner", (10.0, 9000.0), (1.0, 4.0), (30.0, 8.0))
    top = max(m.value for m in funnel().marks)
    marks = tuple(replace(m, value=m.value * highest / top) for m in funnel().marks)
    chart = funnel(england=6.0, england_text="6.0%", curves=(low,), marks=marks)
    assert funnels.picture(chart).grid[-1][1] == f"{ends_at}%"


def test_marks_are_dark_enough_to_be_seen() -> None:
    """At least 3 to 1 on white (WCAG 2.2, 1.4.11)."""
    for stroke in (notation.OTHER, notation.SERIES["neighbours"], notation.SERIES["actual"]):
        assert 1.05 / (luminance(stroke.colour) + 0.05) >= 3


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
