"""Makes small workbooks as an authority would deliver them, good or with one thing wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from lineofsight.returns.annex_a_layout import LISTS
from lineofsight.returns.cover import AS_AT, AUTHORITY, DATA_FROM, DATA_TO, RETURN, SYNTHETIC
from lineofsight.returns.layout import Sheet

COVER = {
    RETURN: "Annex A",
    AUTHORITY: "Testshire",
    DATA_FROM: date(2020, 3, 1),
    DATA_TO: date(2020, 8, 31),
    AS_AT: date(2020, 8, 31),
    SYNTHETIC: "yes",
}
NEEDED = tuple(sheet.title for sheet in LISTS if sheet.is_needed)
Row = Mapping[str, Any]


def write_workbook(
    path: Path,
    rows: Mapping[str, Sequence[Row]] | None = None,
    *,
    sheets: Sequence[Sheet] = LISTS,
    cover: Mapping[str, Any] | None = COVER,
    leave_out: Sequence[str] = (),
    headers: Mapping[str, Sequence[str]] | None = None,
    empty: Sequence[str] = (),
) -> Path:
    """Write a workbook with every sheet of a layout; `rows` are by sheet title, cells by header.

    `leave_out` names sheets that are not written, `empty` sheets without even a header, and
    `headers` gives a sheet other headers than its layout's.
    """
    book = xlsxwriter.Workbook(str(path), {"in_memory": True})
    days = book.add_format({"num_format": "dd/mm/yyyy"})
    for sheet in sheets:
        if sheet.title in leave_out:
            continue
        page = book.add_worksheet(sheet.title)
        if sheet.title not in empty:
            shown = (headers or {}).get(sheet.title) or [c.header for c in sheet.columns]
            _write_rows(page, shown, (rows or {}).get(sheet.title, ()), days)
    if cover is not None:
        page = book.add_worksheet("Cover")
        for number, (label, value) in enumerate(cover.items()):
            page.write(number, 0, label)
            _write_cell(page, number, 1, value, days)
    book.close()
    return path


def _write_rows(page: Any, headers: Sequence[str], rows: Sequence[Row], days: Any) -> None:
    for column, header in enumerate(headers):
        page.write_string(0, column, header)
    for number, row in enumerate(rows, start=1):
        for header, value in row.items():
            _write_cell(page, number, list(headers).index(header), value, days)


def _write_cell(page: Any, row: int, column: int, value: Any, days: Any) -> None:
    if isinstance(value, (date, datetime)):
        page.write_datetime(row, column, value, days)
    elif isinstance(value, str):
        page.write_string(row, column, value)
    elif value is not None:
        page.write(row, column, value)
