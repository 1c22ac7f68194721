"""One tidy row a value: arrays of groups by months put into a table, and words put for numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from lineofsight.indicators.indicator import Average, Indicator, Percentage, Quantile, Rate
from lineofsight.measurement.dense import BREAKDOWN, OVER, Parts
from lineofsight.measurement.windows import Window
from lineofsight.reference.periods import MONTH_END, Closing, Month, day_name

TOTAL, ALL = "total", "All"
COLUMNS = (
    *("indicator", "name", "chapter", "breakdown", "group", "period", "period_label"),
    *("period_ends_on", "months", "basis", "numerator", "denominator", "value", "unit"),
)
SNAPSHOT_BASES = {
    "month": "at the end of the month",
    "twelve months": "mean of the month-ends",
    "year to date": "mean of the month-ends",
    "quarter": "at the end of the quarter",
    "financial year": "on 31 March",
}


@dataclass(frozen=True)
class Piece:
    """One indicator in one kind of period: arrays of groups by months, and which months stand."""

    indicator: Indicator
    window: Window
    keys: npt.NDArray[np.int64]
    parts: Parts
    months: npt.NDArray[np.int64]
    stands: npt.NDArray[np.bool_]
    times: npt.NDArray[np.int64]
    population: int | None


@dataclass(frozen=True)
class Wording:
    """What the numbers of a table stand for: indicators, breakdowns and their groups, periods."""

    indicators: Sequence[Indicator]
    breakdowns: Sequence[str]
    groups: Mapping[str, Sequence[str]]
    windows: Sequence[Window]
    closing: Closing = MONTH_END


def tidy_table(pieces: Sequence[Piece], wording: Wording, months: range) -> pl.DataFrame:
    """Put pieces under each other, as a table with the columns `COLUMNS`."""
    place = {indicator.id: n for n, indicator in enumerate(wording.indicators)}
    windows = {window.name: n for n, window in enumerate(wording.windows)}
    found = [
        _rows(piece, place[piece.indicator.id], windows[piece.window.name], months)
        for piece in pieces
    ]
    # All pieces are joined at once: a table for each would cost more than what is in it.
    numbers = {
        name: np.concatenate([rows[name] for rows in found or [_NO_ROWS]]) for name in _NO_ROWS
    }
    codes = pl.DataFrame(numbers).with_columns(pl.col("denominator", "value").fill_nan(None))
    return _worded(codes, wording)


_NO_ROWS: dict[str, npt.NDArray[Any]] = {
    **{
        name: np.zeros(0, np.int32)
        for name in ("indicator", "breakdown", "member", "window", "month", "months")
    },
    **{name: np.zeros(0) for name in ("numerator", "denominator", "value")},
}


def _rows(piece: Piece, place: int, window: int, months: range) -> dict[str, npt.NDArray[Any]]:
    """The values of a piece, a row each; groups in which nothing was counted are left out."""
    below = _denominator(piece)
    is_there = (piece.parts.numerator != 0) | (piece.parts.denominator != 0)
    is_there |= (piece.keys == 0)[:, None]
    group, month = np.nonzero(is_there & piece.stands[None, :])
    numerator = piece.parts.numerator[group, month]
    denominator = below[group, month]
    return {
        "indicator": np.full(len(group), place, np.int32),
        "breakdown": (piece.keys % OVER // BREAKDOWN).astype(np.int32)[group],
        "member": (piece.keys % BREAKDOWN).astype(np.int32)[group],
        "window": np.full(len(group), window, np.int32),
        "month": (months.start + month).astype(np.int32),
        "months": piece.months[month].astype(np.int32),
        "numerator": numerator,
        "denominator": denominator,
        "value": _value(piece, numerator, denominator, group, month),
    }


def _denominator(piece: Piece) -> npt.NDArray[np.float64]:
    """What is divided by; NaN for a count, and for groups of a rate, whose people are unknown."""
    indicator = piece.indicator
    if isinstance(indicator, Rate):
        below = np.full_like(piece.parts.numerator, np.nan)
        below[0] = (piece.population or 0) * piece.times
        return below
    if not indicator.has_denominator:
        return np.full_like(piece.parts.numerator, np.nan)
    return piece.parts.denominator


def _value(piece: Piece, numerator: Any, denominator: Any, group: Any, month: Any) -> Any:
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


def _worded(codes: pl.DataFrame, wording: Wording) -> pl.DataFrame:
    """Put words in the place of numbers, each looked up once."""
    indicators, windows = wording.indicators, wording.windows
    of_indicator = {
        "indicator": [i.id for i in indicators],
        "name": [i.name for i in indicators],
        "chapter": [i.chapter for i in indicators],
        "unit": [i.unit.strip() for i in indicators],
    }
    place, window = codes["indicator"].to_numpy(), codes["window"].to_numpy()
    bases = [_basis(i, w) for i in indicators for w in windows]
    words = {name: _looked_up(values, place) for name, values in of_indicator.items()}
    words |= {
        "breakdown": _looked_up([TOTAL, *wording.breakdowns], codes["breakdown"].to_numpy()),
        "group": _group_words(codes, wording),
        "period": _looked_up([w.name for w in windows], window),
        "basis": _looked_up(bases, place * len(windows) + window),
    }
    ends, labels = _period_words(codes, wording.closing)
    numbers = {name: codes[name] for name in ("months", "numerator", "denominator", "value")}
    return pl.DataFrame(
        {**words, **numbers, "period_ends_on": ends, "period_label": labels}
    ).select(COLUMNS)


def _looked_up(words: Sequence[str], numbers: npt.NDArray[Any]) -> pl.Series:
    return pl.Series(words, dtype=pl.String())[numbers]


def _group_words(codes: pl.DataFrame, wording: Wording) -> pl.Series:
    words = [[ALL], *(list(wording.groups.get(name, ())) for name in wording.breakdowns)]
    offsets = np.cumsum([0, *(len(each) for each in words)])
    at = offsets[codes["breakdown"].to_numpy()] + codes["member"].to_numpy()
    return _looked_up([word for each in words for word in each], at)


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


def _period_words(codes: pl.DataFrame, closing: Closing) -> tuple[pl.Series, pl.Series]:
    """The last day and the label of each row's period, worked out once for each that occurs."""
    different = codes.select("month", "months").unique()
    last = [Month(index) for index in different["month"]]
    labels = [_label(m, n, closing) for m, n in zip(last, different["months"], strict=True)]
    worded = different.with_columns(
        ends=pl.Series([closing.last_day(m) for m in last], dtype=pl.Date()),
        label=pl.Series(labels, dtype=pl.String()),
    )
    found = codes.select("month", "months").join(
        worded, on=["month", "months"], how="left", maintain_order="left"
    )
    return found["ends"], found["label"]


def _label(last: Month, months: int, closing: Closing) -> str:
    """What a reader is shown: 'August 2020', or days where months close inside the month."""
    first = last - (months - 1)
    if closing != MONTH_END:
        return f"{day_name(closing.first_day(first))} to {day_name(closing.last_day(last))}"
    return last.name if months == 1 else f"{first.name} to {last.name}"
