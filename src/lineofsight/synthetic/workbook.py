"""Writes frames into an Excel workbook: real dates, real numbers, the same bytes every time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import polars as pl
import xlsxwriter  # type: ignore[import-untyped]

from lineofsight.errors import Fault, UsageFault
from lineofsight.returns.cover import (
    AS_AT,
    AUTHORITY,
    AUTHORITY_CODE,
    COVER_SHEET,
    DATA_FROM,
    DATA_TO,
    RETURN,
    SYNTHETIC,
)
from lineofsight.synthetic.mess import Cell

# What is written into cells in place of a frame's values, by row and column of the frame.
Changed = Mapping[tuple[int, int], Cell]
MOST_ROWS = 1_048_575  # of a sheet, besides its header
_WRITTEN_ON = datetime(2020, 9, 14)  # no clock: the file says the day of the story
_DAY_ZERO = date(1899, 12, 30)
_MADE_UP = "Every child is made up."  # beside the last entry, for people who open the file
_FIRST_COLUMN_WIDTH, _COLUMN_WIDTH = 24, 18


@dataclass(frozen=True, slots=True)
class Cover:
    """What a delivery says of itself on its first sheet."""

    name: str
    authority: str
    code: str
    first: date
    last: date
    as_at: date

    def entries(self) -> dict[str, str | date]:
        """The labels and values in the order in which they are written."""
        return {
            RETURN: self.name,
            AUTHORITY: self.authority,
            AUTHORITY_CODE: self.code,
            DATA_FROM: self.first,
            DATA_TO: self.last,
            AS_AT: self.as_at,
            SYNTHETIC: "Yes",
        }


@dataclass(frozen=True, slots=True)
class _Formats:
    day: Any
    moment: Any
    bold: Any


def write_workbook(
    path: Path,
    cover: Cover,
    sheets: Mapping[str, pl.DataFrame],
    changed: Mapping[str, Changed] = MappingProxyType({}),
    titles: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> Path:
    """Write the cover and one sheet a frame; raises UsageFault if a frame is too long for Excel.

    `changed` holds, by sheet, what is written into a cell in place of the frame's value; `titles`
    lines that stand above a sheet's header.
    """
    _check_lengths(path, sheets)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        book.set_properties({"created": _WRITTEN_ON, "comments": "Synthetic: no real child"})
        formats = _Formats(
            book.add_format({"num_format": "dd/mm/yyyy"}),
            book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
            book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        )
        _write_cover(book, cover, formats)
        for title, frame in sheets.items():
            sheet = book.add_worksheet(title)
            above = titles.get(title, ())
            for row, text in enumerate(above):
                sheet.write_string(row, 0, text, formats.bold)
            _write_sheet(sheet, frame, formats, changed.get(title, {}), len(above))
    return path


def _check_lengths(path: Path, sheets: Mapping[str, pl.DataFrame]) -> None:
    faults = [
        Fault(
            f"A sheet of {frame.height:,} rows does not fit into Excel.",
            f"File: {path.name}, sheet '{title}'.",
            f"A sheet holds {MOST_ROWS:,} rows: let Annex A be delivered year by year, "
            "or make a smaller authority.",
        )
        for title, frame in sheets.items()
        if frame.height > MOST_ROWS
    ]
    if faults:
        raise UsageFault(faults)


def _write_cover(book: Any, cover: Cover, formats: _Formats) -> None:
    sheet = book.add_worksheet(COVER_SHEET)
    sheet.set_column(0, 1, 32)
    for row, (label, value) in enumerate(cover.entries().items()):
        sheet.write_string(row, 0, label, formats.bold)
        if isinstance(value, date):
            sheet.write_number(row, 1, (value - _DAY_ZERO).days, formats.day)
        else:
            sheet.write_string(row, 1, value)
    sheet.write_string(row, 2, _MADE_UP)


def _write_sheet(
    sheet: Any, frame: pl.DataFrame, formats: _Formats, changed: Changed, top: int
) -> None:
    sheet.freeze_panes(top + 1, 0)
    sheet.set_column(0, max(frame.width - 1, 0), _COLUMN_WIDTH)
    sheet.set_column(0, 0, _FIRST_COLUMN_WIDTH)
    for place, header in enumerate(frame.columns):
        sheet.write_string(top, place, header, formats.bold)
    writers = [_writer(sheet, dtype, formats) for dtype in frame.dtypes]
    for number, values in enumerate(_as_numbers(frame).iter_rows()):
        row = number + top + 1
        for place, value in enumerate(values):
            if changed and (number, place) in changed:
                _write_changed(sheet, row, place, changed[number, place], formats)
            elif value is not None:
                writers[place](row, place, value)


def _write_changed(sheet: Any, row: int, place: int, value: Cell, formats: _Formats) -> None:
    if isinstance(value, datetime):
        sheet.write_number(row, place, _serial(value), formats.moment)
    elif isinstance(value, date):
        sheet.write_number(row, place, (value - _DAY_ZERO).days, formats.day)
    elif isinstance(value, int):
        sheet.write_number(row, place, value)
    elif value is not None:
        sheet.write_string(row, place, value)


def _serial(moment: datetime) -> float:
    since = moment - datetime.combine(_DAY_ZERO, datetime.min.time())
    return since.total_seconds() / 86_400


def _as_numbers(frame: pl.DataFrame) -> pl.DataFrame:
    """Turn days and moments into Excel's own numbers at once: quicker than cell by cell."""
    zero = pl.lit(_DAY_ZERO)
    return frame.with_columns(
        (pl.col(name) - zero).dt.total_days()
        if dtype == pl.Date
        else (pl.col(name) - zero.cast(pl.Datetime("us"))).dt.total_minutes() / 1440
        for name, dtype in frame.schema.items()
        if dtype.is_temporal()
    )


def _writer(sheet: Any, dtype: pl.DataType, formats: _Formats) -> Callable[[int, int, Any], object]:
    write: Callable[..., object] = sheet.write_string if dtype == pl.String else sheet.write_number
    if not dtype.is_temporal():
        return write
    style = formats.day if dtype == pl.Date else formats.moment
    return lambda row, place, value: write(row, place, value, style)
