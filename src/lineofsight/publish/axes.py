"""The scale beside a chart and the periods beneath it."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from lineofsight.publish.lettering import width

_MONTH = re.compile(r"(?P<month>[A-Z][a-z]{2,8}) (?P<year>\d{4})")
_INTERVALS = 5
_NARROW = 20


@dataclass(frozen=True, slots=True)
class Scale:
    """The values at the foot and the head of a chart, and those that get a line and a number."""

    low: float
    high: float
    ticks: tuple[float, ...]
    step: float

    @property
    def is_cut(self) -> bool:
        """Whether the scale leaves out zero; the chart then says so."""
        return self.low > 0

    def written(self, tick: float, unit: str) -> str:
        """The number beside a line of the grid; only the percent sign is repeated at each."""
        decimals = max(0, -math.floor(math.log10(self.step)))
        return f"{tick:,.{decimals}f}" + ("%" if unit.strip() == "%" else "")


@dataclass(frozen=True, slots=True)
class PeriodTick:
    """A period named beneath the chart, at the point with this position."""

    position: int
    text: str


@dataclass(frozen=True, slots=True)
class Year:
    """The points, first and last, that belong to one year."""

    first: int
    last: int
    text: str


def scale_for(values: Sequence[float], unit: str) -> Scale:
    """Choose a scale that is honest and legible.

    It starts at zero unless everything shown lies in a band narrower than half its lowest value:
    then a line from zero would be flat. Percentages leave zero out only where the band is narrower
    than 20 points; those that start at zero and pass a half go to 100.
    """
    low, high = min(values, default=0), max(values, default=0)
    if low == high == 0:
        return Scale(0, 1, (0, 1), 1)
    is_narrow = low > 2 * (high - low) and (unit.strip() != "%" or high - low < _NARROW)
    margin = max((high - low) * 0.1, high * 0.005)
    foot = low - margin if is_narrow else min(0.0, low)
    head = high + margin
    is_percentage = unit.strip() == "%"
    if is_percentage:
        head = 100 if (head > 50 and not is_narrow) else min(head, 100)
    return _rounded_out(foot, head, is_percentage and high <= 100)


def scale_from_zero(values: Sequence[float], unit: str) -> Scale:
    """Choose a scale for a small chart: from zero, or lower only where values are.

    Percentages that pass a half go to 100, so that charts beside each other are read alike.
    """
    low, high = min(values, default=0.0), max(values, default=0.0)
    is_percentage = unit.strip() == "%"
    head = 100.0 if is_percentage and 50 < high <= 100 else high
    if min(low, 0.0) == head == 0:
        return Scale(0, 1, (0, 1), 1)
    return _rounded_out(min(low, 0.0), head, is_percentage and high <= 100)


def _rounded_out(foot: float, head: float, ends_at_100: bool) -> Scale:
    step = _nice_step((head - foot) / _INTERVALS or 1.0)
    low, high = math.floor(foot / step + 1e-9) * step, math.ceil(head / step - 1e-9) * step
    if ends_at_100:
        high = min(high, 100)
    count = math.floor((high - low) / step + 1e-9)
    return Scale(low, high, tuple(round(low + i * step, 10) for i in range(count + 1)), step)


def _nice_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(nice * power for nice in (1, 2, 5, 10) if nice * power >= rough * 0.999)


def period_ticks(labels: Sequence[str], room: float, size: float) -> tuple[PeriodTick, ...]:
    """The periods that are named, the newest always among them, as many as `room` allows.

    `room` is the width from the first point to the last. Months are named by three letters, every
    one, second, third, sixth or twelfth of them; other periods in full.
    """
    names = _short_months(labels) or tuple(labels)
    widest = max((width(name, size) for name in names), default=0) + size
    between = room / max(len(names) - 1, 1)
    steps = (1, 2, 3, 6, 12, 24, 48) if _short_months(labels) else range(1, len(names) + 2)
    step = next((step for step in steps if step * between >= widest), len(names))
    newest = len(names) - 1
    return tuple(PeriodTick(i, name) for i, name in enumerate(names) if (newest - i) % step == 0)


def years(labels: Sequence[str]) -> tuple[Year, ...]:
    """The years that months belong to; none where the periods are not months."""
    if not _short_months(labels):
        return ()
    places = groupby(enumerate(labels), key=lambda place: place[1][-4:])
    spans = ((year, [i for i, _ in group]) for year, group in places)
    return tuple(Year(found[0], found[-1], year) for year, found in spans)


def _short_months(labels: Sequence[str]) -> tuple[str, ...]:
    matches = [_MONTH.fullmatch(label) for label in labels]
    return tuple(m["month"][:3] for m in matches if m) if all(matches) else ()
