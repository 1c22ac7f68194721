"""Charts of a review as SVG that holds its own words, readable in black and white.

Every line is labelled where it ends and differs in its dashes; every bar says its value.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader

from lineofsight.reviews.report import Bar, Bars, Chart, Line, Plot

WIDTH, LEFT, RIGHT, TOP, BOTTOM = 820, 56, 620, 34, 330
BAR_LEFT, BAR_RIGHT, BAR_STEP = 300, 640, 44
_LABEL_LINE, _LABEL_LETTERS = 19, 23
_UP_TICKS = 5

_Placing = Callable[[float], float]


@dataclass(frozen=True, slots=True)
class _Label:
    end: tuple[float, float]
    y: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    bar: Bar
    y: float
    start: float
    length: float
    whisker: tuple[float, float] | None


@cache
def pages() -> Environment:
    """The templates of this room; everything set into them is escaped."""
    loader = PackageLoader("lineofsight.reviews", "templates")
    return Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)


def draw(chart: Chart) -> str:
    """Draw a chart as SVG text."""
    identity = f"c{hashlib.sha256(chart.title.encode()).hexdigest()[:8]}"
    if isinstance(chart, Bars):
        return _draw_bars(chart, identity)
    return _draw_plot(chart, identity)


def _draw_plot(plot: Plot, identity: str) -> str:
    places = [x for line in plot.lines for x, _ in line.points] + [x for x, _ in plot.ticks]
    first, last = min(places, default=0.0), max(places, default=1.0)
    span = (last - first) or 1.0

    def across(x: float) -> float:
        return round(LEFT + (x - first) / span * (RIGHT - LEFT), 1)

    def up(y: float) -> float:
        return round(BOTTOM - y / plot.top * (BOTTOM - TOP), 1)

    return pages().get_template("plot.svg").render(
        plot=plot,
        identity=identity,
        across=across,
        up=up,
        path=lambda line: _path(line, across, up),
        grid=[plot.top * n / _UP_TICKS for n in range(_UP_TICKS + 1)],
        labels=_labels(plot.lines, across, up),
        width=WIDTH, left=LEFT, right=RIGHT, top=TOP, bottom=BOTTOM,
    )  # fmt: skip


def _path(line: Line, across: _Placing, up: _Placing) -> str:
    steps: list[str] = []
    before: float | None = None
    for x, y in line.points:
        if before is not None and line.is_stepped:
            steps.append(f"H{across(x)}")
            steps.append(f"V{up(y)}")
        else:
            steps.append(f"{'M' if before is None else 'L'}{across(x)} {up(y)}")
        before = y
    return " ".join(steps)


def _labels(lines: Sequence[Line], across: _Placing, up: _Placing) -> list[_Label]:
    """Set labels where their lines end, moved apart where they would touch, highest first."""
    ended = sorted((line for line in lines if line.points), key=lambda one: -one.points[-1][1])
    found: list[_Label] = []
    free = 0.0
    for line in ended:
        x, y = line.points[-1]
        words = _wrapped(f"{line.label}: {y:.0f}")
        at = max(up(y) - (len(words) - 1) * _LABEL_LINE / 2, free)
        found.append(_Label((across(x), up(y)), at, words))
        free = at + len(words) * _LABEL_LINE + 4
    return found


def _wrapped(text: str) -> tuple[str, ...]:
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + len(word) < _LABEL_LETTERS:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)


def _draw_bars(chart: Bars, identity: str) -> str:
    ends = [v for bar in chart.bars for v in (bar.value, *(bar.interval or ()))]
    low, high = min([0.0, *ends]), max([0.0, *ends])
    span = (high - low) or 1.0

    def across(value: float) -> float:
        return round(float(BAR_LEFT + (value - low) / span * (BAR_RIGHT - BAR_LEFT)), 1)

    rows = [
        _Row(
            bar=bar,
            y=TOP + n * BAR_STEP,
            start=across(min(bar.value, 0)),
            length=round(across(max(bar.value, 0)) - across(min(bar.value, 0)), 1),
            whisker=(across(bar.interval[0]), across(bar.interval[1])) if bar.interval else None,
        )
        for n, bar in enumerate(chart.bars)
    ]
    return pages().get_template("bars.svg").render(
        chart=chart, identity=identity, rows=rows, zero=across(0), width=WIDTH,
        height=TOP + len(rows) * BAR_STEP, wrapped=_wrapped, left=BAR_LEFT, right=BAR_RIGHT,
    )  # fmt: skip
