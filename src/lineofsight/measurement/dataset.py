"""The whole dataset: every indicator, group, month and period as one tidy table.

A row is one value: which indicator, broken down by what, in which group, for which period, with its
numerator and denominator. Small numbers stand as they are: the table is for the inside of the
service.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from lineofsight.indicators.indicator import Average, Indicator, Percentage, Quantile, Rate
from lineofsight.journey.breakdowns import Breakdown
from lineofsight.measurement.coverage import Coverage
from lineofsight.measurement.dense import BREAKDOWN, OVER, Figures, Parts, figures
from lineofsight.measurement.measure import Question, problem_of, spine
from lineofsight.measurement.measurement import Unmeasurable
from lineofsight.measurement.statement import Scan, Source, columns_read, scans_of
from lineofsight.measurement.windows import WINDOWS, Window
from lineofsight.reference.periods import Month
from lineofsight.warehouse.breakdowns import BrokenDown, Wanted, broken_down, column_at

TOTAL = "All"
SNAPSHOT_BASES = {
    "month": "at the end of the month",
    "twelve months": "mean of the month-ends",
    "year to date": "mean of the month-ends",
    "quarter": "at the end of the quarter",
    "financial year": "on 31 March",
}


@dataclass(frozen=True)
class Dataset:
    """A tidy table, and why some indicators are not in it.

    The table's columns: indicator, name, chapter, breakdown, group, period, period_label,
    period_ends_on, months, basis, numerator, denominator, value (rounded half up as shown), unit.
    """

    table: pl.DataFrame
    unmeasurable: Mapping[str, Unmeasurable]


def dataset(
    indicators: Sequence[Indicator],
    question: Question,
    breakdowns: Sequence[Breakdown] = (),
    windows: Sequence[Window] = WINDOWS,
    progress: Callable[[str], None] = lambda step: None,
) -> Dataset:
    """Measure indicators for all groups, months and periods up to the question's month.

    Raises UsageFault where no record covers the month.
    """
    months = spine(question.journey, question.month)
    coverage = Coverage(question.journey, months)
    problems = {i.id: problem_of(i, question, coverage) for i in indicators}
    usable = [i for i in indicators if problems[i.id] is None]
    progress("groups")
    scans = scans_of(usable)
    groups = _groups(scans, question, breakdowns)
    progress("cells")
    counted = figures(
        usable, question.engine, _sources(scans, breakdowns, months.start), len(months)
    )
    progress("periods")
    pieces = [
        piece
        for indicator in usable
        for piece in _pieces(indicator, counted[indicator.id], question, coverage, months, windows)
    ]
    progress("table")
    table = _table(pieces, usable, breakdowns, groups, months, windows)
    return Dataset(table, {name: why for name, why in problems.items() if why})


def _groups(
    scans: Sequence[Scan], question: Question, breakdowns: Sequence[Breakdown]
) -> BrokenDown:
    """Give the engine the tables with their groups, and keep what the groups are called."""
    if not breakdowns:
        return BrokenDown({}, {})
    last_day = question.month.last_day.toordinal()
    found = broken_down(question.journey.frames, _wanted(scans), breakdowns, last_day)
    for name, frame in found.tables.items():
        question.engine.hold(name, frame)
    return found


def _wanted(scans: Sequence[Scan]) -> list[Wanted]:
    tables: dict[str, list[Scan]] = {}
    for scan in scans:
        tables.setdefault(scan.axis.table, []).append(scan)
    return [
        Wanted(
            table,
            frozenset(s.axis.opens.name for s in mine if s.axis.closes is None),
            frozenset(
                (s.axis.opens.name, s.axis.closes.name) for s in mine if s.axis.closes is not None
            ),
            frozenset(name for s in mine for name in columns_read(s)),
        )
        for table, mine in tables.items()
    ]


def _sources(
    scans: Sequence[Scan], breakdowns: Sequence[Breakdown], first_month: int
) -> Callable[[Scan], Source]:
    def source_of(scan: Scan) -> Source:
        mine = [(n, one) for n, one in enumerate(breakdowns, 1) if one.applies_to(scan.axis.table)]
        if scan.axis.is_stock:
            named = tuple((n, f"by_{one.name}") for n, one in mine)
        else:
            named = tuple((n, column_at(one.name, scan.axis.opens.name)) for n, one in mine)
        return Source(first_month, named, is_cut=scan.axis.is_stock and bool(breakdowns))

    return source_of


@dataclass(frozen=True)
class _Piece:
    """One indicator in one kind of period: arrays of groups by months, and which months stand."""

    indicator: Indicator
    window: Window
    keys: npt.NDArray[np.int64]
    parts: Parts
    months: npt.NDArray[np.int64]
    stands: npt.NDArray[np.bool_]
    times: npt.NDArray[np.int64]
    population: int | None


def _pieces(
    indicator: Indicator,
    counted: Figures,
    question: Question,
    coverage: Coverage,
    months: range,
    windows: Sequence[Window],
) -> Iterator[_Piece]:
    first = coverage.first_usable(indicator)
    assert first is not None
    positions = np.arange(len(months))
    population = question.population.estimate if question.population else None
    for window in windows:
        starts = window.starts(months)
        stands = window.ends(months) & (positions >= first)
        if window.is_whole:
            stands &= starts >= first
        starts = np.maximum(starts, first)
        lengths = positions - starts + 1
        # A stock is not the sum of its months: a quarter's is that of the day it ends.
        at_end = indicator.is_snapshot and (window.is_whole or window.name == "month")
        parts = counted.over(positions if at_end else starts)
        times = lengths if indicator.is_snapshot and not at_end else np.ones_like(lengths)
        yield _Piece(
            indicator,
            window,
            counted.keys,
            parts,
            lengths,
            stands,
            times,
            population if isinstance(indicator, Rate) else None,
        )


def _table(
    pieces: Sequence[_Piece],
    indicators: Sequence[Indicator],
    breakdowns: Sequence[Breakdown],
    groups: BrokenDown,
    months: range,
    windows: Sequence[Window],
) -> pl.DataFrame:
    place = {indicator.id: n for n, indicator in enumerate(indicators)}
    frames = [_rows(piece, place[piece.indicator.id], list(windows), months) for piece in pieces]
    codes = pl.concat(frames) if frames else _no_rows()
    return _worded(codes, indicators, breakdowns, groups, windows)


def _rows(piece: _Piece, place: int, windows: Sequence[Window], months: range) -> pl.DataFrame:
    """The values of a piece, a row each; groups in which nothing was counted are left out."""
    below = _denominator(piece)
    is_there = (piece.parts.numerator != 0) | (piece.parts.denominator != 0)
    is_there |= (piece.keys == 0)[:, None]
    group, month = np.nonzero(is_there & piece.stands[None, :])
    numerator = piece.parts.numerator[group, month]
    denominator = below[group, month]
    return pl.DataFrame(
        {
            "indicator": np.full(len(group), place, np.int32),
            "breakdown": (piece.keys[group] % OVER // BREAKDOWN).astype(np.int32),
            "member": (piece.keys[group] % BREAKDOWN).astype(np.int32),
            "window": np.full(len(group), windows.index(piece.window), np.int32),
            "month": (months.start + month).astype(np.int32),
            "months": piece.months[month].astype(np.int32),
            "numerator": numerator,
            "denominator": denominator,
            "value": _value(piece, numerator, denominator, group, month),
        }
    ).with_columns(pl.col("denominator", "value").fill_nan(None))


def _no_rows() -> pl.DataFrame:
    whole = ("indicator", "breakdown", "member", "window", "month", "months")
    numbers = ("numerator", "denominator", "value")
    schema = dict.fromkeys(whole, pl.Int32()) | dict.fromkeys(numbers, pl.Float64())
    return pl.DataFrame(schema=schema)


def _denominator(piece: _Piece) -> npt.NDArray[np.float64]:
    """What is divided by; NaN for a count, and for the groups of a rate: their people are unknown."""
    indicator = piece.indicator
    if isinstance(indicator, Rate):
        below = np.full_like(piece.parts.numerator, np.nan)
        below[0] = (piece.population or 0) * piece.times
        return below
    if not indicator.has_denominator:
        return np.full_like(piece.parts.numerator, np.nan)
    return piece.parts.denominator


def _value(piece: _Piece, numerator: Any, denominator: Any, group: Any, month: Any) -> Any:
    indicator = piece.indicator
    if piece.parts.quantile is not None:
        return piece.parts.quantile[group, month]
    below = denominator if indicator.has_denominator else piece.times[month].astype(np.float64)
    return rounded(numerator * indicator.scale, below, indicator.decimals)


def rounded(above: Any, below: Any, decimals: int) -> Any:
    """Divide and round half up on the exact ratio; NaN where there is nothing to divide by.

    Whole numbers are compared with the half in whole numbers, so that 14.5 is never 14.4999.
    """
    tens = 10**decimals
    with np.errstate(divide="ignore", invalid="ignore"):
        near = np.floor(above * tens / below + 0.5)
        # The floor may be one off where the ratio is a half: settle it without dividing.
        near = near + (2 * above * tens >= (2 * near + 1) * below)
        near = near - (2 * above * tens < (2 * near - 1) * below)
        return np.where(below > 0, near / tens, np.nan)


def _worded(
    codes: pl.DataFrame,
    indicators: Sequence[Indicator],
    breakdowns: Sequence[Breakdown],
    groups: BrokenDown,
    windows: Sequence[Window],
) -> pl.DataFrame:
    """Put words in the place of numbers, each looked up once."""
    words = [[TOTAL], *(list(groups.words.get(one.name, ())) for one in breakdowns)]
    offsets = np.cumsum([0, *(len(each) for each in words)])[:-1]
    spoken = pl.Series([word for each in words for word in each], dtype=pl.String())
    number = codes["breakdown"].to_numpy()
    named = {
        "indicator": [i.id for i in indicators],
        "name": [i.name for i in indicators],
        "chapter": [i.chapter for i in indicators],
        "unit": [i.unit.strip() for i in indicators],
    }
    place = codes["indicator"].to_numpy()
    window = codes["window"].to_numpy()
    basis = pl.Series([_basis(i, w) for i in indicators for w in windows], dtype=pl.String())
    titles = pl.Series(["", *(one.name for one in breakdowns)])
    period = pl.Series([w.name for w in windows], dtype=pl.String())
    ends, labels = _period_words(codes)
    return pl.DataFrame(
        {
            **{name: pl.Series(values, dtype=pl.String())[place] for name, values in named.items()},
            "breakdown": titles[number],
            "group": spoken[offsets[number] + codes["member"].to_numpy()],
            "period": period[window],
            "period_label": labels,
            "period_ends_on": ends,
            "months": codes["months"],
            "basis": basis[place * len(windows) + window],
            "numerator": codes["numerator"],
            "denominator": codes["denominator"],
            "value": codes["value"],
        }
    ).select(COLUMNS)


COLUMNS = (
    *("indicator", "name", "chapter", "breakdown", "group", "period", "period_label"),
    *("period_ends_on", "months", "basis", "numerator", "denominator", "value", "unit"),
)


def _basis(indicator: Indicator, window: Window) -> str:
    if indicator.is_snapshot:
        return SNAPSHOT_BASES[window.name]
    if indicator.each is not None:
        return f"different {indicator.counted} of the period"
    if isinstance(indicator, Quantile):
        return "of all rows of the period"
    if isinstance(indicator, (Percentage, Average)):
        return "all numerators over all denominators"
    return "sum"


def _period_words(codes: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """The last day and the label of each row's period, worked out once for each that occurs."""
    different = codes.select("month", "months").unique()
    last = [Month(index) for index in different["month"]]
    labels = [WINDOWS[0].label(m, n) for m, n in zip(last, different["months"], strict=True)]
    worded = different.with_columns(
        ends=pl.Series([m.last_day for m in last], dtype=pl.Date()),
        label=pl.Series(labels, dtype=pl.String()),
    )
    found = codes.select("month", "months").join(
        worded, on=["month", "months"], how="left", maintain_order="left"
    )
    return found["ends"], found["label"]
