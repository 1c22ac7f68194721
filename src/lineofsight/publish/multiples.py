"""Small multiples: every chart of the dataset at one size, on one time axis, each from zero.

The notation is that of the large charts. What a large chart writes at each line is written once,
in the key; the newest value stands at the end of its line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lineofsight.overview.overview import Chart, Series
from lineofsight.publish import notation
from lineofsight.publish.axes import Scale, scale_from_zero
from lineofsight.publish.charts import Frame, Line, Point, hidden_places, stretches_of
from lineofsight.publish.notation import Stroke
from lineofsight.publish.style import FALLBACK_FONTS
from lineofsight.publish.templating import page

WIDTH = 264
SIZE = 15
_FRAME = Frame(4, 22, 196, 106)
_THIN = 0.75
_MAIN = ("actual", "rolling")
# Beyond so many times the months' own values, twelve months would press them flat.
_FLAT = 3


@dataclass(frozen=True, slots=True)
class Small:
    """One small chart as shapes: what the template writes, in pixels."""

    alternative: str
    frame: Frame
    top: str
    ends: tuple[str, str]
    lines: tuple[Line, ...]
    band: tuple[Point, ...]
    signals: tuple[Point, ...]
    poles: tuple[float, ...]
    hidden: tuple[float, ...]
    newest: str
    newest_at: Point | None


def draw(chart: Chart, periods: Sequence[str], size: int = SIZE) -> str:
    """Draw a chart small, as one SVG element whose periods stand where `periods` have them.

    `size` is that of its text in a drawing 264 wide.
    """
    return page(
        "multiple.svg.j2",
        small=small(chart, periods),
        width=WIDTH,
        height=int(_FRAME.bottom) + size + 9,
        size=size,
        fonts=FALLBACK_FONTS,
    )


def shared_periods(charts: Iterable[Chart]) -> tuple[str, ...]:
    """The time axis that charts share: that of the longest, as all end with the same period."""
    return max((chart.labels for chart in charts), key=len, default=())


def small(chart: Chart, periods: Sequence[str]) -> Small:
    """Describe a chart as small shapes; one that begins later begins further right."""
    chart = _of_one_scale(chart)
    scale = scale_from_zero(tuple(_shown(chart)), chart.unit)
    place = _Place(scale, len(periods), len(periods) - len(chart.labels))
    actual = min((s for s in chart.series if s.style in _MAIN), key=_order, default=None)
    points = place.points(actual.values) if actual else ()
    return Small(
        alternative=chart.alternative,
        frame=_FRAME,
        top=scale.written(scale.high, chart.unit),
        ends=(periods[0], periods[-1]) if periods else ("", ""),
        lines=(*_levels(chart, place), *_series(chart, place)),
        band=_band(chart, place),
        signals=tuple(p for p in (points[i] for i in chart.signals if i < len(points)) if p),
        poles=tuple(place.x(event.position) for event in chart.events),
        hidden=tuple(place.x(at) for at in hidden_places(actual)) if actual else (),
        newest=_newest(chart, actual),
        newest_at=points[-1] if points else None,
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where values and periods stand; the first `skipped` periods are before the chart's own."""

    scale: Scale
    count: int
    skipped: int

    def x(self, position: float) -> float:
        share = (position + self.skipped) / (self.count - 1) if self.count > 1 else 0.5
        return round(_FRAME.left + share * (_FRAME.right - _FRAME.left), 1)

    def y(self, value: float) -> float:
        share = (value - self.scale.low) / (self.scale.high - self.scale.low)
        return round(_FRAME.bottom - share * (_FRAME.bottom - _FRAME.top), 1)

    def points(self, values: Sequence[float | None]) -> tuple[Point | None, ...]:
        return tuple(None if v is None else (self.x(i), self.y(v)) for i, v in enumerate(values))


def _order(series: Series) -> int:
    return _MAIN.index(series.style)


def _of_one_scale(chart: Chart) -> Chart:
    """Leave out the months of a figure whose twelve months, with comparators, are a sum of them."""
    months, twelve = (
        [v for s in chart.series if s.style == style for v in s.values if v is not None]
        for style in ("actual", "rolling")
    )
    if not months or not twelve or min(twelve) <= _FLAT * max(months):
        return chart
    kept = tuple(series for series in chart.series if series.style != "actual")
    lines = tuple(line for line in chart.lines if line.style != "mean")
    return replace(chart, series=kept, lines=lines, limits=None, signals=())


def _shown(chart: Chart) -> Iterable[float]:
    for series in chart.series:
        yield from (value for value in series.values if value is not None)
    yield from (line.value for line in chart.lines)
    for edge in chart.limits or ():
        yield from edge


def _thinner(stroke: Stroke) -> Stroke:
    weight = stroke.weight * _THIN
    return Stroke(stroke.colour, weight, stroke.dashes, stroke.is_marked, stroke.cap)


def _levels(chart: Chart, place: _Place) -> tuple[Line, ...]:
    strokes = notation.level_strokes(tuple(line.style for line in chart.lines))
    ends = [(_FRAME.left, _FRAME.right, place.y(line.value)) for line in chart.lines]
    return tuple(
        Line((((left, y), (right, y)),), _thinner(stroke))
        for (left, right, y), stroke in zip(ends, strokes, strict=True)
    )


def _series(chart: Chart, place: _Place) -> Iterable[Line]:
    for series in sorted(chart.series, key=lambda series: series.style == "actual"):
        stroke = notation.SERIES.get(series.style, notation.SERIES["actual"])
        stretches = stretches_of(place.points(series.values))
        yield Line(stretches, _thinner(stroke), 2.0 if stroke.is_marked else 0.0)


def _band(chart: Chart, place: _Place) -> tuple[Point, ...]:
    if not chart.limits:
        return ()
    lower, upper = (place.points([max(v, place.scale.low) for v in edge]) for edge in chart.limits)
    return tuple(point for point in (*upper, *reversed(lower)) if point)


def _newest(chart: Chart, actual: Series | None) -> str:
    """The newest value without a unit in words: the name beside the chart has said it."""
    if actual is None or not actual.texts:
        return ""
    unit = chart.unit if chart.unit.startswith(" ") else ""
    return actual.texts[-1].removesuffix(unit) if actual.values[-1] is not None else ""
