"""Finds the header row of a sheet and says which column of the layout each of its cells is."""

from __future__ import annotations

from dataclasses import dataclass

from lineofsight.errors import Fault, nearest
from lineofsight.returns.conversion import cleaned_cells
from lineofsight.returns.layout import Column, Sheet, header_key
from lineofsight.returns.reading import ROW, SheetCells

# Titles and notes above the table are tolerated this far down.
ROWS_SEARCHED = 30
_FEWEST_MATCHES = 2
# 'Children Act 1989' is a header; an identifier or a date is not.
_SHARE_OF_LETTERS = 0.8
_LONGEST_HEADER = 200


@dataclass(frozen=True)
class Header:
    """The header row: its number, the cell column of each layout column, and what did not fit."""

    row: int
    cells: tuple[tuple[Column, str], ...]
    unknown: tuple[tuple[str, str], ...] = ()
    twice: tuple[tuple[str, str], ...] = ()

    @property
    def missing(self) -> dict[str, str]:
        """Headers that fit no column, by themselves: candidates for a misspelling."""
        return dict(self.unknown)

    def cell_column(self, column: Column) -> str | None:
        """Where a layout column stands; None if the sheet does not have it."""
        return next((cell for known, cell in self.cells if known is column), None)


def find_header(sheet: Sheet, cells: SheetCells) -> Header | None:
    """Find the row that names most of the sheet's columns; None if no row names two of them."""
    top = cleaned_cells(cells.rows.filter(cells.rows[ROW] <= ROWS_SEARCHED))
    rows = zip(top[ROW].to_list(), top.drop(ROW).to_dicts(), strict=True)
    headers = [_matched(sheet, number, row) for number, row in rows]
    best = max(headers, key=lambda header: len(header.cells), default=None)
    return best if best and len(best.cells) >= _FEWEST_MATCHES else None


def _matched(sheet: Sheet, row: int, texts: dict[str, str | None]) -> Header:
    taken: dict[str, tuple[Column, str]] = {}
    unknown: list[tuple[str, str]] = []
    twice: list[tuple[str, str]] = []
    for cell, text in ((cell, text) for cell, text in texts.items() if text):
        key = header_key(text)
        column = next((c for c in sheet.columns if key in c.keys), None)
        if column is None:
            unknown.append((_name(text, cell), cell))
        elif column.header in taken:
            twice.append((text, cell))
        else:
            taken[column.header] = (column, cell)
    return Header(row, tuple(taken.values()), tuple(unknown), tuple(twice))


def _name(text: str, cell: str) -> str:
    """Name a column that is not known: by its header, unless that may be a child's own.

    A column pushed up by one has its first child where its header stood.
    """
    marks = [sign for sign in text if not sign.isspace()]
    is_worded = sum(map(str.isalpha, marks)) >= _SHARE_OF_LETTERS * len(marks)
    return text if is_worded and len(text) <= _LONGEST_HEADER else f"(number {cell})"


def header_faults(sheet: Sheet, header: Header | None, cells: SheetCells, file: str) -> list[Fault]:
    """Say everything that keeps a sheet from being read: no header, or needed columns missing."""
    place = f"File: {file}, sheet '{cells.name}'"
    if cells.rows.is_empty():
        what = "The sheet is empty: it has not even a header row."
        return [Fault(what, f"{place}.", f"Give it the header row of {sheet.title}.")]
    if header is None:
        needed = " and ".join(f"'{c.header}'" for c in sheet.columns if c.is_needed)
        what = f"No row in the first {ROWS_SEARCHED} looks like the header of {sheet.title}."
        return [Fault(what, f"{place}.", f"Put the headers, {needed} among them, in one row.")]
    absent = [c for c in sheet.columns if c.is_needed and header.cell_column(c) is None]
    return [_missing(column, header, place) for column in absent]


def _missing(column: Column, header: Header, place: str) -> Fault:
    near = nearest(column.header, list(header.missing), count=1)
    remedy = f"Add the column, with the header '{column.header}'."
    if near:
        remedy = f"Is it the column headed {near}? Then change that header to '{column.header}'."
    where = f"{place}, row {header.row}."
    return Fault(f"The column '{column.header}' is missing.", where, remedy)
