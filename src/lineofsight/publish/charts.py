"""Charts as SVG that holds its own words: described as shapes first, written by a template last.

Text stays text, every line is labelled where it ends, and nothing rests on colour alone. Rules
followed: Analysis Function, "Data visualisation: charts"; WCAG 2.2, 1.1.1, 1.4.1, 1.4.11.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from lineofsight.overview.overview import Chart, Series
from lineofsight.publish import notation
from lineofsight.publish.axes import PeriodTick, Scale, Year, period_ticks, scale_for, years
from lineofsight.publish.lettering import width, wrap
from lineofsight.publish.notation import Stroke
from lineofsight.publish.spacing import spread, storeys
from lineofsight.publish.style import FALLBACK_FONTS
from lineofsight.publish.templating import page

WIDTH = 760.0
SIZE = 16.0
_LINE_HEIGHT = 19.0
PLOT_HEIGHT = 264.0
_LABEL_SHARE = 0.25
_LABEL_GAP = 26.0
_FLAG_WIDTH = 120.0
# What stands in the place of a figure that few children are behind.
CONFIDENTIAL = "c"

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """The rectangle inside which values are drawn."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Size:
    """How wide the whole drawing is, and how high its frame at least."""

    across: float
    plot_height: float


@dataclass(frozen=True, slots=True)
class Line:
    """One series or level as drawn: unbroken stretches of points and how they look."""

    stretches: tuple[tuple[Point, ...], ...]
    stroke: Stroke
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Label:
    """Words beside the end of a line, joined to it; the first word may be a value, set bold."""

    value: str
    words: tuple[str, ...]
    end: Point
    y: float
    stroke: Stroke


@dataclass(frozen=True, slots=True)
class Flag:
    """An event: a vertical rule and its words at the top, `storey` lines above the frame."""

    x: float
    words: tuple[str, ...]
    storey: int
    y: float


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything the template writes, in pixels."""

    identity: str
    chart: Chart
    width: float
    height: float
    frame: Frame
    grid: tuple[tuple[float, str], ...]
    unit: str
    periods: tuple[tuple[float, str], ...]
    years: tuple[tuple[float, float, str], ...]
    lines: tuple[Line, ...]
    labels: tuple[Label, ...]
    band: tuple[Point, ...]
    signals: tuple[Point, ...]
    flags: tuple[Flag, ...]
    hidden: tuple[float, ...] = ()


def draw(chart: Chart, across: float = WIDTH, plot_height: float = PLOT_HEIGHT) -> str:
    """Draw a chart as one SVG element.

    Its `title` and `desc` are the chart's title and alternative; coordinates are pixels of a
    drawing `across` wide, with text at 16. The frame is `plot_height` high, and higher only where
    the labels beside it need it.
    """
    drawn = picture(chart, across, plot_height)
    return page("chart.svg.j2", picture=drawn, size=SIZE, fonts=FALLBACK_FONTS)


def sparkline(values: Sequence[float | None], description: str) -> str:
    """Draw a trend as a small line without numbers; `description` is its text alternative.

    The newest value is marked by a dot. The line spans the range of its own values, so it shows
    direction and not level.
    """
    frame = Frame(4, 5, 116, 27)
    known = [value for value in values if value is not None]
    scale = Scale(min(known, default=0), max(known, default=1), (), 1)
    points = _points(values, scale, frame)
    line = Line(stretches_of(points), notation.SERIES["actual"])
    newest = next((point for point in reversed(points) if point), None)
    return page("sparkline.svg.j2", line=line, newest=newest, description=description)


def picture(chart: Chart, across: float = WIDTH, plot_height: float = PLOT_HEIGHT) -> Picture:
    """Describe a chart as shapes in pixels, with every label set where it touches no other."""
    scale = scale_for(tuple(_shown_values(chart)), chart.unit)
    drafts = _draft_labels(chart, across * _LABEL_SHARE)
    frame = _frame(chart, scale, drafts, Size(across, plot_height))
    lines = (*_levels(chart, scale, frame), *_series_lines(chart, scale, frame))
    flags = _flags(chart, frame, across)
    return Picture(
        identity="chart-" + hashlib.sha256(repr(chart).encode()).hexdigest()[:10],
        chart=chart,
        width=across,
        height=frame.bottom + (52 if years(chart.labels) else 32),
        frame=frame,
        grid=tuple(
            (_y(tick, scale, frame), scale.written(tick, chart.unit)) for tick in scale.ticks
        ),
        unit=_unit_note(chart.unit, scale),
        periods=tuple(_period_marks(chart, frame)),
        years=tuple(_year_marks(chart, frame)),
        lines=lines,
        labels=_labels(drafts, chart, scale, frame),
        band=_band(chart, scale, frame),
        signals=_signals(chart, scale, frame),
        flags=flags,
        hidden=_hidden(chart, frame),
    )


def _shown_values(chart: Chart) -> Iterable[float]:
    for series in chart.series:
        yield from (value for value in series.values if value is not None)
    yield from (line.value for line in chart.lines)
    for edge in chart.limits or ():
        yield from edge


def _unit_note(unit: str, scale: Scale) -> str:
    words = "" if unit.strip() == "%" else unit.strip()
    cut = f"scale starts at {scale.written(scale.low, unit)}" if scale.is_cut else ""
    note = f"{words} ({cut})" if words and cut else words or cut
    return note[:1].upper() + note[1:]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A label before its place is known."""

    value: str
    words: tuple[str, ...]
    level: float
    stroke: Stroke

    @property
    def height(self) -> float:
        return len(self.words) * _LINE_HEIGHT + 5


def _draft_labels(chart: Chart, room: float) -> tuple[_Draft, ...]:
    strokes = notation.level_strokes(tuple(line.style for line in chart.lines))
    known = [series for series in chart.series if _newest(series) is not None]
    drafts = [_series_draft(series, chart.unit, room) for series in known]
    for line, stroke in zip(chart.lines, strokes, strict=True):
        drafts.append(_Draft("", wrap(line.label, SIZE, room), line.value, stroke))
    return tuple(drafts)


def _series_draft(series: Series, unit: str, room: float) -> _Draft:
    place = max(i for i, value in enumerate(series.values) if value is not None)
    # A unit in words stands over the scale; beside a line it would only crowd the label.
    worded = unit if unit.startswith(" ") else ""
    told = series.texts[-1] if series.texts[-1:] == (CONFIDENTIAL,) else series.texts[place:][:1]
    value = "".join(told).removesuffix(worded)
    words = wrap(f"{value} {series.label}", SIZE, room)
    stroke = notation.SERIES.get(series.style, notation.SERIES["actual"])
    is_whole = words[0].startswith(value)
    return _Draft(value if is_whole else "", words, _newest(series) or 0.0, stroke)


def _newest(series: Series) -> float | None:
    return next((value for value in reversed(series.values) if value is not None), None)


def _frame(chart: Chart, scale: Scale, drafts: Sequence[_Draft], size: Size) -> Frame:
    numbers = [width(scale.written(tick, chart.unit), SIZE) for tick in scale.ticks]
    words = [width(line, SIZE) for draft in drafts for line in draft.words]
    left = max(numbers, default=0) + 14
    right = size.across - (max(words) + _LABEL_GAP + 4 if words else 10)
    key = 26.0 if chart.signals or chart.limits or _hidden(chart, Frame(0, 0, 0, 0)) else 0.0
    unit = 26.0 if _unit_note(chart.unit, scale) else 8.0
    needed = sum(draft.height for draft in drafts) + (_LINE_HEIGHT if chart.events else 0)
    flags = _flags(chart, Frame(left, 0, right, 0), size.across)
    storeys_high = max((flag.storey + len(flag.words) for flag in flags), default=0)
    top = 4 + key + unit + storeys_high * _LINE_HEIGHT
    return Frame(left, top, right, top + max(size.plot_height, needed))


def _y(value: float, scale: Scale, frame: Frame) -> float:
    span = scale.high - scale.low
    share = (value - scale.low) / span if span else 0.5
    return round(frame.bottom - share * (frame.bottom - frame.top), 2)


def _x(position: float, count: int, frame: Frame) -> float:
    inset = 8.0
    room = frame.right - frame.left - 2 * inset
    share = position / (count - 1) if count > 1 else 0.5
    return round(frame.left + inset + share * room, 2)


def _points(values: Sequence[float | None], scale: Scale, frame: Frame) -> tuple[Point | None, ...]:
    count = len(values)
    return tuple(
        None if value is None else (_x(i, count, frame), _y(value, scale, frame))
        for i, value in enumerate(values)
    )


def stretches_of(points: Sequence[Point | None]) -> tuple[tuple[Point, ...], ...]:
    """The unbroken stretches of a line with gaps."""
    grouped = groupby(points, key=lambda point: point is None)
    return tuple(tuple(p for p in group if p) for is_gap, group in grouped if not is_gap)


def hidden_places(series: Series) -> tuple[float, ...]:
    """Where a line has gaps because its values are confidential: the middle of each gap."""
    told = zip(series.values, series.texts or ("",) * len(series.values), strict=True)
    hidden = [value is None and text == CONFIDENTIAL for value, text in told]
    grouped = groupby(range(len(hidden)), key=lambda i: hidden[i])
    gaps = (list(places) for is_hidden, places in grouped if is_hidden)
    return tuple((places[0] + places[-1]) / 2 for places in gaps)


def _series_lines(chart: Chart, scale: Scale, frame: Frame) -> tuple[Line, ...]:
    radius = 3.4 if len(chart.labels) <= 36 else 2.4
    drawn = []
    for series in sorted(chart.series, key=lambda series: series.style == "actual"):
        stroke = notation.SERIES.get(series.style, notation.SERIES["actual"])
        stretches = stretches_of(_points(series.values, scale, frame))
        is_lone = any(len(stretch) == 1 for stretch in stretches)
        drawn.append(Line(stretches, stroke, radius if stroke.is_marked or is_lone else 0.0))
    return tuple(drawn)


def _levels(chart: Chart, scale: Scale, frame: Frame) -> tuple[Line, ...]:
    strokes = notation.level_strokes(tuple(line.style for line in chart.lines))
    heights = [_y(line.value, scale, frame) for line in chart.lines]
    ends = [((frame.left, y), (frame.right, y)) for y in heights]
    return tuple(Line((end,), stroke) for end, stroke in zip(ends, strokes, strict=True))


def _labels(
    drafts: Sequence[_Draft], chart: Chart, scale: Scale, frame: Frame
) -> tuple[Label, ...]:
    ends = [_y(draft.level, scale, frame) for draft in drafts]
    heights = [draft.height for draft in drafts]
    # The words of an event may run over the labels: these keep clear of the line above the frame.
    highest = frame.top + _LINE_HEIGHT / 2 * (1 if chart.events else -1)
    places = spread(ends, heights, highest, frame.bottom + _LINE_HEIGHT / 2)
    return tuple(
        Label(draft.value, draft.words, (frame.right, end), round(y, 2), draft.stroke)
        for draft, end, y in zip(drafts, ends, places, strict=True)
    )


def _band(chart: Chart, scale: Scale, frame: Frame) -> tuple[Point, ...]:
    if not chart.limits:
        return ()
    lower, upper = (_points(edge, scale, frame) for edge in chart.limits)
    return tuple(point for point in (*upper, *reversed(lower)) if point)


def _signals(chart: Chart, scale: Scale, frame: Frame) -> tuple[Point, ...]:
    if not chart.signals:
        return ()
    of = next((s for s in chart.series if s.style == "actual"), chart.series[0])
    points = _points(of.values, scale, frame)
    return tuple(point for point in (points[i] for i in chart.signals) if point)


def _hidden(chart: Chart, frame: Frame) -> tuple[float, ...]:
    """Where the letter for confidential figures stands: once in each gap of the main line."""
    of = (series for series in chart.series if series.style == "actual")
    places = {place for series in of for place in hidden_places(series)}
    return tuple(_x(place, len(chart.labels), frame) for place in sorted(places))


def _flags(chart: Chart, frame: Frame, across: float) -> tuple[Flag, ...]:
    count = len(chart.labels)
    poles = [_x(event.position, count, frame) for event in chart.events]
    words = [
        wrap(event.label, SIZE, max(across - x - 8, _FLAG_WIDTH))
        for event, x in zip(chart.events, poles, strict=True)
    ]
    widths = [max(width(line, SIZE) for line in lines) + 12 for lines in words]
    lowest = storeys(poles, widths, [len(lines) for lines in words])
    return tuple(
        Flag(x, lines, storey, frame.top - (storey + len(lines) - 1) * _LINE_HEIGHT - 7)
        for x, lines, storey in zip(poles, words, lowest, strict=True)
    )


def _period_marks(chart: Chart, frame: Frame) -> Iterable[tuple[float, str]]:
    count = len(chart.labels)
    room = frame.right - frame.left - 16
    for tick in period_ticks(chart.labels, room, SIZE):
        yield _placed(tick, count, frame)


def _placed(tick: PeriodTick, count: int, frame: Frame) -> tuple[float, str]:
    return _x(tick.position, count, frame), tick.text


def _year_marks(chart: Chart, frame: Frame) -> Iterable[tuple[float, float, str]]:
    """Left edge, centre and name of each year; a year too narrow for its name goes unnamed."""
    count = len(chart.labels)
    for year in years(chart.labels):
        first, last = _x(year.first - 0.5, count, frame), _x(year.last + 0.5, count, frame)
        yield first, (first + last) / 2, _year_name(year, last - first)


def _year_name(year: Year, room: float) -> str:
    return year.text if room >= width(year.text, SIZE) + 4 else ""
