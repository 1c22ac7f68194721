"""Turns the nested elements of a census into sheets of text cells, a sheet a module.

A module is an element that repeats (an assessment, a plan); its texts become the cells of a row,
beside those that it needs of the elements around it (the child's identifier). From there on a
census is read as a workbook is: the same conversion, the same reports.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from lineofsight.returns.header import Header
from lineofsight.returns.issue import Kind, ReadingIssue
from lineofsight.returns.layout import Column, Sheet, header_key
from lineofsight.returns.reading import ROW, SheetCells
from lineofsight.returns.rows import SheetRows, delivered_fields, take_rows
from lineofsight.returns.xml_reading import local_name

# libxml2 keeps a line of its own up to here; beyond, an element is said to stand where its first
# text ends.
_LAST_EXACT_LINE = 65_534
_CELLS_A_CHUNK = 10_000
_LONGEST_NAME = 40
_GROUP, _PASSED, _UNKNOWN = 0, -1, -2


@dataclass(frozen=True)
class Module:
    """A repeated element: the sheet of its rows, and what stands around and inside it.

    The sheet's title is the element's name and its headers are the names of the elements inside
    it. `given` names headers whose texts come from the module around it; `groups` elements that
    only hold others together; `passed` elements that are known and not kept. Without texts of a
    column that is not `optional` the delivery is held not to have the column. `since` is the first
    census year that collects the module.
    """

    sheet: Sheet
    given: tuple[str, ...] = ()
    inside: tuple[Module, ...] = ()
    groups: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    since: int = 0
    is_leaf: bool = False

    @property
    def name(self) -> str:
        """The element's name."""
        return self.sheet.title


class ModuleRows:
    """The rows of one module as they come in, and what was met that is not in its layout."""

    def __init__(self, module: Module, around: ModuleRows | None = None) -> None:
        self.module = module
        self.unknown: Counter[str] = Counter()
        self.twice: Counter[str] = Counter()
        # A row is its line, then a cell a column of the sheet.
        self._headers = [column.header for column in module.sheet.columns]
        self._width = 1 + len(self._headers)
        self._given = around.positions(module.given, self) if around else ()
        # Days, codes and identifiers repeat: until a module's turn comes each text is kept once.
        self._texts: pl.Categorical = (
            around._texts if around else pl.Categorical(pl.Categories.random())
        )
        self._inside = [ModuleRows(inner, self) for inner in module.inside]
        self._places: dict[str, int | ModuleRows] = {}
        self._flat: list[Any] = []
        self._chunks: list[pl.DataFrame] = []

    def positions(self, headers: Sequence[str], inner: ModuleRows) -> tuple[tuple[int, int], ...]:
        """Tell where given cells stand in an inner module's row and in this one's."""
        return tuple((inner.position(header), self.position(header)) for header in headers)

    def position(self, header: str) -> int:
        """Tell where the cell of a header stands in a row."""
        return self._headers.index(header) + 1

    def every(self) -> Iterator[ModuleRows]:
        """Give these rows and those of all modules inside, outermost first."""
        yield self
        for inner in self._inside:
            yield from inner.every()

    def inside(self, name: str) -> ModuleRows:
        """Give the rows of a module directly inside; raises KeyError if there is none."""
        return {rows.module.name: rows for rows in self._inside}[name]

    def take(self, element: Any, around: Sequence[Any] = ()) -> None:
        """Take one element and all modules inside it; `around` is the row it stands in."""
        row: list[Any] = [None] * self._width
        row[0] = line_of(element)
        for mine, theirs in self._given:
            row[mine] = around[theirs]
        inner: list[tuple[ModuleRows, Any]] = []
        if self.module.is_leaf:
            row[-1] = element.text
        else:
            self._gather(element, row, inner)
        self._keep(row)
        # Only now are all cells known that the modules inside are given.
        for rows, part in inner:
            rows.take(part, row)

    def _keep(self, row: list[Any]) -> None:
        self._flat += row
        if len(self._flat) >= _CELLS_A_CHUNK:
            self._chunks.append(self._chunk())
            self._flat.clear()

    def _gather(self, element: Any, row: list[Any], inner: list[tuple[ModuleRows, Any]]) -> None:
        places = self._places
        for part in element:
            tag = part.tag
            place = places.get(tag)
            if place is None:
                place = places[tag] = self._place(local_name(tag))
            if not isinstance(place, int):
                inner.append((place, part))
            elif place > 0:
                if row[place] is None:
                    row[place] = part.text
                else:
                    self.twice[self._headers[place - 1]] += 1
            elif place == _GROUP:
                self._gather(part, row, inner)
            elif place == _UNKNOWN:
                self.unknown[local_name(tag)[:_LONGEST_NAME]] += 1

    def _place(self, name: str) -> int | ModuleRows:
        key = header_key(name)
        for rows in self._inside:
            if header_key(rows.module.name) == key:
                return rows
        for number, column in enumerate(self.module.sheet.columns, start=1):
            if key in column.keys and column.header not in self.module.given:
                return number
        if key in map(header_key, self.module.groups):
            return _GROUP
        return _PASSED if key in map(header_key, self.module.passed) else _UNKNOWN

    def _chunk(self) -> pl.DataFrame:
        flat, width = self._flat, self._width
        series = [pl.Series(ROW, flat[::width], pl.Int64)]
        for number in range(1, width):
            texts = pl.Series(str(number), flat[number::width], pl.String)
            series.append(texts.cast(self._texts))
        return pl.DataFrame(series)

    def cells(self, *, is_numbered: bool) -> SheetCells:
        """Give the rows as a sheet, and forget them; numbered where lines tell nothing."""
        rows = pl.concat([*self._chunks, self._chunk()])
        self._chunks, self._flat = [], []
        rows = rows.with_columns(pl.col(self._texts).cast(pl.String))
        if is_numbered:
            rows = rows.with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias(ROW))
        unreadable = pl.DataFrame(schema={ROW: pl.Int64, "column": pl.Int64})
        return SheetCells(self.module.name, rows, unreadable)

    @property
    def height(self) -> int:
        """How many rows have come in."""
        return sum(frame.height for frame in self._chunks) + len(self._flat) // self._width

    @property
    def shares_lines(self) -> bool:
        """Whether two elements stand on one line, so that a line tells nothing of a row."""
        lines = pl.concat([frame[ROW] for frame in (*self._chunks, self._chunk())])
        return lines.n_unique() < lines.len()

    def issues(self) -> Iterator[ReadingIssue]:
        """Report elements that are not in the layout, and those that stand there twice."""
        for kind, found in ((Kind.HEADER_UNKNOWN, self.unknown), (Kind.HEADER_TWICE, self.twice)):
            for name, count in found.items():
                yield ReadingIssue(self.module.name, name, kind, count)


def line_of(element: Any) -> int:
    """Tell on which line of the file an element begins."""
    line = int(element.sourceline)
    if line <= _LAST_EXACT_LINE:
        return line
    while not element.text and len(element):
        element = element[0]
    return line - (element.text or "").count("\n") if len(element) else line


def sheet_rows(module: Module, cells: SheetCells, file: str) -> SheetRows:
    """Turn a module's cells into journey rows by way of the layout of its sheet."""
    return take_rows(module.sheet, _header(module, cells), cells, file)


def _header(module: Module, cells: SheetCells) -> Header:
    columns = enumerate(module.sheet.columns, start=1)
    present = ((column, str(number)) for number, column in columns)
    return Header(0, tuple(p for p in present if _is_delivered(module, *p, cells)))


def _is_delivered(module: Module, column: Column, cell: str, cells: SheetCells) -> bool:
    known = (*module.given, *module.optional)
    texts = cells.rows[cell]
    return column.header in known or texts.is_empty() or texts.null_count() < texts.len()


def missing_fields(taken: Sequence[SheetRows], worked_out: Sequence[Any]) -> tuple[str, ...]:
    """Name the fields of the tables read that no sheet had a column for, as 'table.field'.

    Fields that were `worked_out` from other rows are not missing.
    """
    tables = {table for rows in taken for table in rows.layout.tables}
    columns = (column for rows in taken for column, _ in rows.header.cells)
    filled = (field for column in columns for field in column.fields)
    found = {f"{field.table.name}.{field.name}" for field in (*filled, *worked_out)}
    fields = (
        f"{table.__name__}.{name}"
        for table in sorted(tables, key=lambda table: table.__name__)
        for name in delivered_fields(table)
    )
    return tuple(name for name in fields if name not in found)
