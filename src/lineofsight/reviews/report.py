"""A review as it is told: sentences, tables and charts, before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from lineofsight.measurement.measurement import round_half_up
from lineofsight.reviews.incidence import Share

Cell: TypeAlias = str | int | Decimal | None
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, and the unit written after each of its numbers."""

    name: str
    unit: str = ""
    is_number: bool = True


@dataclass(frozen=True)
class Table:
    """A table of a review; the first column heads the rows. Numbers are rounded already."""

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def shown(self, row: tuple[Cell, ...]) -> tuple[str, ...]:
        """A row as a reader sees it."""
        return tuple(_text(cell, column) for cell, column in zip(row, self.columns, strict=True))


@dataclass(frozen=True)
class Line:
    """A line of a chart: points, how it is dashed, and bars of an interval where it has them.

    `is_stepped` says that it stays level until the next point.
    """

    label: str
    points: tuple[tuple[float, float], ...]
    dashes: str = ""
    is_stepped: bool = False
    intervals: tuple[tuple[float, float, float], ...] = ()


@dataclass(frozen=True)
class Plot:
    """A chart of lines. Values are percentages from 0 to 100, or counts from 0 to `top`."""

    title: str
    alternative: str
    across: str
    up: str
    ticks: tuple[tuple[float, str], ...]
    lines: tuple[Line, ...]
    marks: tuple[tuple[float, str], ...] = ()
    top: float = 100


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: a label, its length, what is written at its end, and an interval if it has one."""

    label: str
    value: float
    text: str
    interval: tuple[float, float] | None = None


@dataclass(frozen=True)
class Bars:
    """A chart of bars that run from zero to the right, or to the left where they are negative."""

    title: str
    alternative: str
    bars: tuple[Bar, ...]


Chart: TypeAlias = Plot | Bars


@dataclass(frozen=True)
class Section:
    """A part of a review: a heading, sentences, charts, and the tables behind them."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Report:
    """A whole review. `summary` is what is said first, on the page and on a terminal."""

    title: str
    authority: str
    period: str
    is_synthetic: bool
    summary: tuple[str, ...]
    sections: tuple[Section, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table in order."""
        return tuple(table for section in self.sections for table in section.tables)


def percent(share: float | None, decimals: int = 0) -> Decimal | None:
    """A share as a percentage, rounded half up for display."""
    if share is None or share != share:
        return None
    # What floating point leaves at the twelfth place must not decide how a half is rounded.
    return round_half_up(Decimal(f"{share * 100:.10f}"), decimals)


def number(value: float, decimals: int = 0) -> Decimal:
    """A number rounded half up for display."""
    return round_half_up(Decimal(f"{value:.10f}"), decimals)


def signed(change: Decimal | int) -> str:
    """A change with its sign: '+10', '−7'."""
    return f"{change:+,}".replace("-", "−")


def ratio(above: int, below: int) -> Decimal | None:
    """One count over another as a percentage; None where there is nothing to divide by."""
    return round_half_up(Decimal(100 * above) / below, 0) if below else None


def share_text(share: Share) -> str:
    """A share with its interval: '62% (95% interval 58% to 66%)'."""
    low, high = percent(share.low), percent(share.high)
    return f"{percent(share.value)}% (95% interval {low}% to {high}%)"


def _text(cell: Cell, column: Column) -> str:
    if cell is None:
        return NOTHING
    return cell if isinstance(cell, str) else f"{cell:,}{column.unit}"
