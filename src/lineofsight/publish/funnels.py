"""Funnel charts as SVG: every authority by size, England, and limits that narrow as size grows.

Size is drawn on a square-root scale, because that is how the limits narrow and because a few
authorities are many times as large as most. Limits that leave the frame are cut where they leave.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from lineofsight.overview.funnel_chart import FunnelChart, LimitCurve, Mark
from lineofsight.publish import notation
from lineofsight.publish.axes import Scale, scale_for
from lineofsight.publish.charts import SIZE, WIDTH, Frame, Label, Line, Point
from lineofsight.publish.lettering import width
from lineofsight.publish.spacing import spread
from lineofsight.publish.style import FALLBACK_FONTS
from lineofsight.publish.templating import page

PLOT_HEIGHT = 320.0
_LINE_HEIGHT = 19.0
_INSET = 10.0
_NICE = (1, 2, 5)
# How far from its mark the name of the authority may stand, across and up or down; a mark that is
# hidden by it weighs as much as standing so many pixels farther off.
_ACROSS = (12.0, 34.0, 86.0)
_UP_OR_DOWN = (12.0, 34.0, 58.0, 86.0, 120.0, 170.0, 230.0)
_HIDDEN_WEIGHS = 80.0
_CLEARANCE = 7.0
_NEAR_ALL = 70.0


@dataclass(frozen=True, slots=True)
class Name:
    """The words beside the authority's own mark, in a white box, with a line to the mark."""

    text: str
    left: float
    top: float
    width: float
    mark: Point

    @property
    def height(self) -> float:
        return _LINE_HEIGHT + 4

    @property
    def near(self) -> Point:
        """The point of the box that is nearest to the mark."""
        x, y = self.mark
        return (
            min(max(x, self.left), self.left + self.width),
            min(max(y, self.top), self.top + self.height),
        )


@dataclass(frozen=True, slots=True)
class FunnelPicture:
    """Everything the template writes, in pixels."""

    identity: str
    chart: FunnelChart
    width: float
    height: float
    frame: Frame
    grid: tuple[tuple[float, str], ...]
    sizes: tuple[tuple[float, str], ...]
    unit: str
    lines: tuple[Line, ...]
    labels: tuple[Label, ...]
    others: tuple[Point, ...]
    neighbours: tuple[Point, ...]
    own: tuple[Point, ...]
    name: Name | None


def draw(chart: FunnelChart, across: float = WIDTH, plot_height: float = PLOT_HEIGHT) -> str:
    """Draw a funnel as one SVG element, in pixels of a drawing `across` wide, with text at 16."""
    drawn = picture(chart, across, plot_height)
    other, neighbour = notation.OTHER, notation.SERIES["neighbours"]
    return page(
        "funnel.svg.j2",
        picture=drawn,
        size=SIZE,
        fonts=FALLBACK_FONTS,
        other=other,
        neighbour=neighbour,
        own=notation.SERIES["actual"],
    )


def picture(
    chart: FunnelChart, across: float = WIDTH, plot_height: float = PLOT_HEIGHT
) -> FunnelPicture:
    """Describe a funnel as shapes in pixels."""
    plot = _plot(chart, across, plot_height)
    points = {kind: _points(chart, plot, kind) for kind in ("other", "neighbour", "own")}
    lines = tuple(_lines(chart, plot))
    return FunnelPicture(
        identity="funnel-" + hashlib.sha256(repr(chart).encode()).hexdigest()[:10],
        chart=chart,
        width=across,
        height=plot.frame.bottom + 56,
        frame=plot.frame,
        grid=tuple((plot.y(t), plot.scale.written(t, chart.unit)) for t in plot.scale.ticks),
        sizes=tuple((plot.x(size), f"{size:,.0f}") for size in _size_ticks(plot)),
        unit=_unit_note(chart, plot.scale),
        lines=lines,
        labels=_labels(chart, plot),
        others=points["other"],
        neighbours=points["neighbour"],
        own=points["own"],
        name=_name(chart, plot, [*points["other"], *points["neighbour"]]),
    )


@dataclass(frozen=True, slots=True)
class _Plot:
    """The frame with its two scales."""

    frame: Frame
    scale: Scale
    smallest: float
    largest: float

    def x(self, size: float) -> float:
        room = self.frame.right - self.frame.left - 2 * _INSET
        return round(self.frame.left + _INSET + math.sqrt(size / self.largest) * room, 1)

    def y(self, value: float) -> float:
        share = (value - self.scale.low) / (self.scale.high - self.scale.low)
        return round(self.frame.bottom - share * (self.frame.bottom - self.frame.top), 1)


def _plot(chart: FunnelChart, across: float, plot_height: float) -> _Plot:
    scale = _scale(tuple(_shown(chart)), chart.unit)
    numbers = [width(scale.written(tick, chart.unit), SIZE) for tick in scale.ticks]
    words = [width(text, SIZE) for text, _, _ in _ends(chart)]
    top = 56 if _unit_note(chart, scale) else 40
    frame = Frame(max(numbers) + 14, top, across - max(words) - 30, top + plot_height)
    sizes = [mark.size for mark in chart.marks]
    return _Plot(frame, scale, min(sizes), max(sizes))


def _scale(values: Sequence[float], unit: str) -> Scale:
    """The house's scale; percentages end at 100 only where marks come near it.

    A hundred and fifty marks need the room that a line can do without.
    """
    scale = scale_for(values, unit)
    is_half_empty = not scale.is_cut and max(values) <= _NEAR_ALL < scale.high
    return scale_for(values, "") if unit == "%" and is_half_empty else scale


def _shown(chart: FunnelChart) -> Iterator[float]:
    """What the scale must hold: every authority and England; limits only where they are narrow."""
    yield from (mark.value for mark in chart.marks)
    yield chart.england
    sizes = sorted(mark.size for mark in chart.marks)
    usual = sizes[len(sizes) // 2]
    for curve in chart.curves:
        for size, low, high in zip(curve.sizes, curve.lower, curve.upper, strict=True):
            if size >= usual:
                yield from (low, high)


def _unit_note(chart: FunnelChart, scale: Scale) -> str:
    unit = chart.unit.strip()
    words = "" if unit == "%" else unit
    cut = f"scale starts at {scale.written(scale.low, chart.unit)}" if scale.is_cut else ""
    note = f"{words} ({cut})" if words and cut else words or cut
    return note[:1].upper() + note[1:]


def _points(chart: FunnelChart, plot: _Plot, kind: str) -> tuple[Point, ...]:
    return tuple((plot.x(m.size), plot.y(m.value)) for m in chart.marks if m.kind == kind)


def _lines(chart: FunnelChart, plot: _Plot) -> Iterator[Line]:
    for curve in chart.curves:
        stroke = notation.FUNNEL_LIMITS[curve.style]
        stretches = (*_inside(curve, curve.lower, plot), *_inside(curve, curve.upper, plot))
        yield Line(stretches, stroke)
    level = plot.y(chart.england)
    ends = ((plot.frame.left, level), (plot.frame.right, level))
    yield Line((ends,), notation.SERIES["england"])


def _inside(
    curve: LimitCurve, values: Sequence[float], plot: _Plot
) -> tuple[tuple[Point, ...], ...]:
    """The stretches of a limit that lie inside the frame, cut where it leaves or enters."""
    low, high = plot.scale.low, plot.scale.high
    stretches: list[list[Point]] = []
    for (size, value), (next_size, next_value) in pairwise(zip(curve.sizes, values, strict=True)):
        start, end = _shares_inside(value, next_value, low, high)
        if start >= end:
            continue
        ends = [
            (
                plot.x(size + share * (next_size - size)),
                plot.y(value + share * (next_value - value)),
            )
            for share in (start, end)
        ]
        if stretches and stretches[-1][-1] == ends[0]:
            stretches[-1].append(ends[1])
        else:
            stretches.append(ends)
    return tuple(tuple(stretch) for stretch in stretches)


def _shares_inside(value: float, after: float, low: float, high: float) -> tuple[float, float]:
    """From which share of a straight piece to which it lies between low and high."""
    if value == after:
        return (0.0, 1.0) if low <= value <= high else (0.0, 0.0)
    first, second = sorted(((low - value) / (after - value), (high - value) / (after - value)))
    return max(0.0, first), min(1.0, second)


def _size_ticks(plot: _Plot) -> list[float]:
    """Round sizes along the foot, the larger ones first, each where its number has room."""
    powers = range(math.floor(math.log10(plot.largest)) + 1)
    nice = (n * 10.0**power for power in powers for n in _NICE)
    kept: list[float] = []
    for size in sorted((n for n in nice if plot.smallest <= n <= plot.largest), reverse=True):
        room = (width(f"{size:,.0f}", SIZE) + width(f"{kept[-1]:,.0f}", SIZE)) / 2 if kept else 0
        if not kept or plot.x(kept[-1]) - plot.x(size) >= room + 14:
            kept.append(size)
    return kept


def _ends(chart: FunnelChart) -> Iterator[tuple[str, float, notation.Stroke]]:
    """What is named at the right edge: the words, the value there and how its line is drawn."""
    worded = chart.unit if chart.unit.startswith(" ") else ""
    england = f"{chart.england_text.removesuffix(worded)} England"
    yield england, chart.england, notation.SERIES["england"]
    for curve in chart.curves:
        stroke, label = notation.FUNNEL_LIMITS[curve.style], curve.label.removesuffix("s")
        yield label, curve.upper[-1], stroke
        yield label, curve.lower[-1], stroke


def _labels(chart: FunnelChart, plot: _Plot) -> tuple[Label, ...]:
    low, high = plot.scale.low, plot.scale.high
    named = [end for end in _ends(chart) if low <= end[1] <= high]
    ends = [plot.y(value) for _, value, _ in named]
    top, bottom = plot.frame.top - _LINE_HEIGHT / 2, plot.frame.bottom + _LINE_HEIGHT / 2
    places = spread(ends, [_LINE_HEIGHT + 2] * len(ends), top, bottom)
    # The curves end at the largest authority, a little before the frame does.
    return tuple(
        Label(_bold(text), (text,), (plot.frame.right - _INSET, end), round(y, 1), stroke)
        for (text, _, stroke), end, y in zip(named, ends, places, strict=True)
    )


def _bold(text: str) -> str:
    return text.split()[0] if text.endswith("England") else ""


def _name(chart: FunnelChart, plot: _Plot, crowd: Sequence[Point]) -> Name | None:
    """Set the authority's name near its mark, where it hides the fewest of the others."""
    own = next((mark for mark in chart.marks if mark.kind == "own"), None)
    if own is None:
        return None
    tried = (_name_at(own, chart, plot, offset) for offset in _offsets())
    places = [place for place in tried if _is_in(place, plot.frame)]
    obstacles = [*crowd, *_spaced(chart, plot)]
    return min(places, key=lambda place: _cost(place, obstacles), default=None)


def _offsets() -> Iterator[Point]:
    """Beside, above and below the mark, and slanting away from it; 0 is level with it."""
    across = [sign * reach for reach in _ACROSS for sign in (1, -1)]
    down = [sign * reach for reach in _UP_OR_DOWN for sign in (-1, 1)]
    yield from product((0.0, *across), (0.0, *down))


def _name_at(own: Mark, chart: FunnelChart, plot: _Plot, offset: Point) -> Name:
    right, down = offset
    x, y = plot.x(own.size), plot.y(own.value)
    worded = chart.unit if chart.unit.startswith(" ") else ""
    text = f"{own.name} {own.text.removesuffix(worded)}"
    across, high = width(text, SIZE) + 8, _LINE_HEIGHT + 4
    left, top = _beside(x, across, right), _beside(y, high, down)
    return Name(text, round(left, 1), round(top, 1), across, (x, y))


def _beside(at: float, extent: float, offset: float) -> float:
    """Where a box of this extent begins that stands so far after a point, or before it."""
    if not offset:
        return at - extent / 2
    return at + offset if offset > 0 else at + offset - extent


def _is_in(place: Name, frame: Frame) -> bool:
    is_across = frame.left + 2 <= place.left and place.left + place.width <= frame.right - 2
    return is_across and frame.top <= place.top and place.top + place.height <= frame.bottom - 1


def _cost(place: Name, obstacles: Sequence[Point]) -> float:
    """What a name hides, and how far it is from its mark, in pixels."""
    if place.left < place.mark[0] < place.left + place.width and place.near == place.mark:
        return math.inf  # it would lie on its own mark
    hidden = sum(
        place.left - _CLEARANCE <= x <= place.left + place.width + _CLEARANCE
        and place.top - _CLEARANCE <= y <= place.top + place.height + _CLEARANCE
        for x, y in obstacles
    )
    return hidden * _HIDDEN_WEIGHS + math.dist(place.near, place.mark)


def _spaced(chart: FunnelChart, plot: _Plot) -> Iterator[Point]:
    """Points along England's line and the limits, so that a name covers no line for long."""
    level = plot.y(chart.england)
    for step in range(int(plot.frame.left), int(plot.frame.right), 24):
        yield step, level
    for line in _lines(chart, plot):
        for stretch in line.stretches:
            yield from stretch
