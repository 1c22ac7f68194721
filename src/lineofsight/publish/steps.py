"""Steps as bars on a scale of ratios: how many times theirs our own is, step by step, as SVG.

A step that is half as much is as long as one that is twice as much, because the scale is of
ratios. Bars start at 'the same'; the interval is a line across the end of its bar.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass

from lineofsight.overview.way_to_a_plan import Against, StepTold
from lineofsight.publish.charts import SIZE, WIDTH, Frame
from lineofsight.publish.lettering import width, wrap
from lineofsight.publish.style import FALLBACK_FONTS, INK, NAVY, QUIET
from lineofsight.publish.templating import page

_NAMES = 0.40
_LINE_HEIGHT = 19.0
_BAR = 18.0
# Light enough for the line of an interval to be read on it; the edge is navy.
_STEP = "#C9D8E6"
_GAP = 16.0
_TOP = 34.0
# The first that have room are kept, those near to the same first.
_TICKS = (1.5, 0.5, 2.0, 0.75, 1.25, 3.0, 0.25, 4.0, 0.1, 6.0, 10.0, 0.9, 1.1, 0.6, 1.75)
_LEAST = (0.8, 1.25)
_ROOM = 44.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One step as drawn: its name in lines, the bar, the line of its interval, and its number."""

    lines: tuple[str, ...]
    y: float
    left: float
    right: float
    interval: tuple[float, float] | None
    text: str
    is_whole: bool


@dataclass(frozen=True, slots=True)
class StepPicture:
    """Everything the template writes, in pixels."""

    identity: str
    part: Against
    width: float
    height: float
    frame: Frame
    same: float
    ticks: tuple[tuple[float, str], ...]
    bars: tuple[Bar, ...]
    bar: float
    text_at: float


def draw(part: Against, across: float = WIDTH) -> str:
    """Draw the steps as one SVG element, in pixels of a drawing `across` wide, with text at 16."""
    return page(
        "steps.svg.j2",
        picture=picture(part, across),
        size=SIZE,
        line_height=_LINE_HEIGHT,
        fonts=FALLBACK_FONTS,
        ink=INK,
        quiet=QUIET,
        navy=NAVY,
        tint=_STEP,
    )


def picture(part: Against, across: float = WIDTH) -> StepPicture:
    """Describe the steps as shapes in pixels."""
    told = (*part.steps, part.whole)
    names = [wrap(step.name, SIZE, across * _NAMES - 16) for step in told]
    texts = [_text(step) for step in told]
    right = across - max(width(text, SIZE) for text in texts) - 14
    heights = [max(len(lines) * _LINE_HEIGHT, _BAR) + _GAP for lines in names]
    frame = Frame(across * _NAMES, _TOP, right, _TOP + sum(heights))
    scale = _Scale(frame, *_range(told))
    middles = [_TOP + sum(heights[:n]) + heights[n] / 2 for n in range(len(told))]
    bars = tuple(
        _bar(step, lines, y, scale, is_whole=step is part.whole)
        for step, lines, y in zip(told, names, middles, strict=True)
    )
    return StepPicture(
        identity="steps-" + hashlib.sha256(repr(part).encode()).hexdigest()[:10],
        part=part,
        width=across,
        height=frame.bottom + 30,
        frame=frame,
        same=scale.x(1.0),
        ticks=tuple((scale.x(tick), f"{tick:g}") for tick in scale.ticks),
        bars=bars,
        bar=_BAR,
        text_at=right + 14,
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """Ratios along the frame, each doubling as long as any other."""

    frame: Frame
    low: float
    high: float

    def x(self, ratio: float) -> float:
        share = math.log(ratio / self.low) / math.log(self.high / self.low)
        return round(self.frame.left + share * (self.frame.right - self.frame.left), 1)

    @property
    def ticks(self) -> list[float]:
        """Round ratios with room between them; 1 is always one."""
        kept: list[float] = [1.0]
        for tick in _TICKS:
            apart = min(abs(self.x(tick) - self.x(other)) for other in kept)
            if self.low <= tick <= self.high and apart >= _ROOM:
                kept.append(tick)
        return sorted(kept)


def _range(told: tuple[StepTold, ...]) -> tuple[float, float]:
    ends = [end for s in told for end in (s.times, s.lower, s.upper) if end is not None]
    low, high = min(*_LEAST, *ends), max(*_LEAST, *ends)
    margin = (high / low) ** 0.04
    return low / margin, high * margin


def _bar(step: StepTold, lines: tuple[str, ...], y: float, scale: _Scale, *, is_whole: bool) -> Bar:
    ends = sorted((scale.x(1.0), scale.x(step.times)))
    interval = None
    if step.lower is not None and step.upper is not None:
        interval = (scale.x(step.lower), scale.x(step.upper))
    return Bar(lines, round(y, 1), ends[0], ends[1], interval, _text(step), is_whole)


def _text(step: StepTold) -> str:
    return f"{step.times_text} ({step.interval_text})" if step.interval_text else step.times_text
