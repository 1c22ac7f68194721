"""Turns the rows of one sheet into rows of journey tables, and reports every one that it does not.

Rows in are rows taken plus rows reported as not taken: the counts always add up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl
import sqlalchemy as sa

from lineofsight.journey.fields import Events, fields_of
from lineofsight.returns.conversion import (
    NOTE,
    POLARS_TYPES,
    VALUE,
    cleaned_cells,
    convert,
    may_be_shown,
    note,
)
from lineofsight.returns.header import Header
from lineofsight.returns.issue import MOST_ROWS_NAMED, Kind, ReadingIssue
from lineofsight.returns.layout import Column, Sheet
from lineofsight.returns.reading import ROW, SheetCells

_SUBJECT, _SHOWN = "subject", "shown"
# What is said of a value is of use only beside the value.
_SHOWN_KINDS = (Kind.UNKNOWN.name, Kind.UNKNOWN_FLAG.name)
_NOT_IN_THE_DELIVERY = ("clock", "clock_flag", "clock_day")


@dataclass(frozen=True)
class SheetRows:
    """What one sheet became: journey rows by table, the children it describes, and issues.

    `rows_in` counts the rows under the header that hold anything. `described` has the delivered
    fields of `children` (flags blank where the cell was), the column 'seen_on' and the origin.
    """

    sheet: str
    layout: Sheet
    header: Header
    rows_in: int
    rows_taken: int
    frames: dict[str, pl.DataFrame]
    described: pl.DataFrame | None
    issues: tuple[ReadingIssue, ...]


def delivered_fields(table: type[Events]) -> dict[str, sa.Column[Any]]:
    """Give the fields of a table that a delivery can hold: all but the clocks."""
    fields = fields_of(table).items()
    return {name: f for name, f in fields if f.info["kind"] not in _NOT_IN_THE_DELIVERY}


def required_fields(table: type[Events]) -> list[str]:
    """Give the fields without which a row means nothing; flags, never blank, are not among them."""
    fields = delivered_fields(table).items()
    return [name for name, f in fields if f.info["required"] and f.info["kind"] != "flag"]


def laid_out(rows: pl.DataFrame, table: type[Events], *also: str) -> pl.DataFrame:
    """Put a table's delivered fields in order and into their types, and columns named `also`.

    A field that the rows have no column for is blank; a flag that is blank is no.
    """
    shown = []
    for name, field in delivered_fields(table).items():
        value = pl.col(name) if name in rows.columns else pl.lit(None)
        typed = value.cast(_type(field))
        is_flag = field.info["kind"] == "flag"
        shown.append((typed.fill_null(False) if is_flag else typed).alias(name))
    return rows.select(*shown, *also)


def take_rows(sheet: Sheet, header: Header, cells: SheetCells, file: str) -> SheetRows:
    """Turn the rows under the header into journey rows."""
    data = filled_rows(_kept(cells.rows, cells.rows[ROW] > header.row))
    values = {
        column.header: _converted(column, data, cell, cells.unreadable)
        for column, cell in header.cells
        if column.fields
    }
    origin = [pl.lit(file).alias("file"), pl.lit(cells.name).alias("sheet"), pl.col(ROW)]
    filled = {
        table.__name__: _with_fields(table, sheet, values, data).with_columns(origin)
        for table in sheet.tables
    }
    main = sheet.tables[0]
    taken = _complete(filled[main.__name__], main)
    frames = {t.__name__: _rows_of(filled[t.__name__], t, taken) for t in sheet.tables}
    issues = (
        *_rows_not_taken(sheet, cells.name, filled[main.__name__].filter(~taken)),
        *_cell_issues(header, cells.name, data, _subjects(sheet, header, data), values, frames),
        *_header_issues(header, cells, data),
    )
    described = _described(sheet, values, data, filled[main.__name__], taken)
    counts = (data.height, int(taken.sum()))
    return SheetRows(cells.name, sheet, header, *counts, frames, described, issues)


def filled_rows(rows: pl.DataFrame) -> pl.DataFrame:
    """Keep the rows that hold anything but blanks."""
    if rows.width == 1:
        return rows.clear()
    texts = cleaned_cells(rows)
    is_filled = texts.select(pl.any_horizontal(pl.exclude(ROW).is_not_null())).to_series()
    return _kept(texts, is_filled)


def _kept(rows: pl.DataFrame, wanted: pl.Series) -> pl.DataFrame:
    # A large census is kept in memory once, not once more for a row that is left out nowhere.
    return rows if wanted.all() else rows.filter(wanted)


def _converted(
    column: Column, data: pl.DataFrame, cell: str, unreadable: pl.DataFrame
) -> pl.DataFrame:
    result = convert(data[cell], column.fields[0])
    if unreadable.is_empty():
        return result
    failed = unreadable.filter(pl.col("column") == int(cell))[ROW]
    is_failed = data[ROW].is_in(failed.implode())
    failure = pl.when(is_failed).then(note(Kind.UNREADABLE)).otherwise(NOTE)
    return result.with_columns(failure.alias(NOTE))


def _with_fields(
    table: type[Events], sheet: Sheet, values: dict[str, pl.DataFrame], data: pl.DataFrame
) -> pl.DataFrame:
    """Lay out a table's fields in order, blank where the sheet has no column for them."""
    by_field = {
        field.name: values[column.header][VALUE]
        for column in sheet.columns
        for field in column.fields
        if field.table is table.table and column.header in values
    }
    series = [
        by_field.get(name, _blanks(data.height)).cast(_type(field)).alias(name)
        for name, field in delivered_fields(table).items()
    ]
    return pl.DataFrame([*series, data[ROW]])


def _blanks(height: int) -> pl.Series:
    return pl.Series([None]).new_from_index(0, height)


def _type(field: sa.Column[Any]) -> pl.DataType:
    return POLARS_TYPES[field.info["kind"]]


def _complete(rows: pl.DataFrame, table: type[Events]) -> pl.Series:
    needed = [pl.col(name).is_not_null() for name in required_fields(table)]
    return rows.select(pl.all_horizontal(needed)).to_series()


def _rows_of(rows: pl.DataFrame, table: type[Events], taken: pl.Series) -> pl.DataFrame:
    kept = _kept(rows, taken & _complete(rows, table))
    flags = [n for n, f in delivered_fields(table).items() if f.info["kind"] == "flag"]
    return kept.with_columns(pl.col(flags).fill_null(False))


def _rows_not_taken(sheet: Sheet, name: str, rows: pl.DataFrame) -> Iterator[ReadingIssue]:
    table = sheet.tables[0]
    for field in required_fields(table) if rows.height else ():
        column = _column_of(sheet, table.table.columns[field])
        absent = rows.filter(pl.col(field).is_null())[ROW]
        yield from _issue(name, column, Kind.NOT_TAKEN, absent)
        # A row is reported as not taken once, for the first thing it lacks.
        rows = rows.filter(pl.col(field).is_not_null())


def _column_of(sheet: Sheet, field: sa.Column[Any]) -> Column:
    return next(c for c in sheet.columns if any(filled is field for filled in c.fields))


def _subjects(sheet: Sheet, header: Header, data: pl.DataFrame) -> pl.DataFrame:
    """Give each row's number and whom it is about, as the cell says."""
    cell = header.cell_column(sheet.columns[0])
    whom = data[cell] if cell else _blanks(data.height).cast(pl.String)
    return pl.DataFrame([data[ROW], whom.alias(_SUBJECT)])


def _cell_issues(
    header: Header,
    name: str,
    data: pl.DataFrame,
    subjects: pl.DataFrame,
    values: dict[str, pl.DataFrame],
    frames: dict[str, pl.DataFrame],
) -> Iterator[ReadingIssue]:
    for column, cell in header.cells:
        if column.header in values and _has_notes(notes := values[column.header][NOTE]):
            kept = [frames[f.table.name][ROW] for f in column.fields if f.table.name in frames]
            noted = _noted(subjects.with_columns(notes, data[cell].alias(_SHOWN)), kept)
            for (kind, value), group in noted.group_by(NOTE, _SHOWN, maintain_order=True):
                yield from _issue(name, column, Kind[str(kind)], group[ROW], value)


def _has_notes(notes: pl.Series) -> bool:
    return notes.null_count() < notes.len()


def _noted(rows: pl.DataFrame, kept: list[pl.Series]) -> pl.DataFrame:
    """Keep what must be reported; a blank flag only where its row reached the table."""
    noted = rows.filter(pl.col(NOTE).is_not_null())
    if kept:
        is_kept = pl.col(ROW).is_in(pl.concat(kept).implode())
        noted = noted.filter(is_kept | (pl.col(NOTE) != note(Kind.BLANK_FLAG)))
    return _showable(noted)


def _showable(noted: pl.DataFrame) -> pl.DataFrame:
    is_shown = pl.col(NOTE).is_in(_SHOWN_KINDS)
    whom = pl.col(_SUBJECT).drop_nulls().n_unique()
    found = noted.filter(is_shown).group_by(_SHOWN).agg(whom)
    shown = [text for text, children in found.rows() if may_be_shown(text, children)]
    is_showable = is_shown & pl.col(_SHOWN).is_in(shown)
    return noted.with_columns(pl.when(is_showable).then(_SHOWN).alias(_SHOWN))


def _issue(
    sheet: str, column: Column, kind: Kind, rows: pl.Series, value: Any = None
) -> Iterable[ReadingIssue]:
    if rows.is_empty():
        return
    fields = tuple(f"{field.table.name}.{field.name}" for field in column.fields)
    named = tuple(rows.head(MOST_ROWS_NAMED).to_list())
    yield ReadingIssue(sheet, column.header, kind, len(rows), named, value, fields)


def _header_issues(header: Header, cells: SheetCells, data: pl.DataFrame) -> Iterator[ReadingIssue]:
    kinds = ((Kind.HEADER_UNKNOWN, header.unknown), (Kind.HEADER_TWICE, header.twice))
    for kind, found in kinds:
        for text, cell in found:
            count = data[cell].drop_nulls().len()
            yield ReadingIssue(cells.name, text, kind, count)
    if cells.strays:
        yield ReadingIssue(cells.name, "", Kind.STRAY, cells.strays)


def _described(
    sheet: Sheet,
    values: dict[str, pl.DataFrame],
    data: pl.DataFrame,
    rows: pl.DataFrame,
    taken: pl.Series,
) -> pl.DataFrame | None:
    fields = {f.name: c for c in sheet.columns for f in c.fields if f.table.name == "children"}
    if "child_id" not in fields:
        return None
    known = {name: c for name, c in fields.items() if c.header in values}
    series = [values[c.header][VALUE].alias(name) for name, c in known.items()]
    day = next((n for n in required_fields(sheet.tables[0]) if n.endswith("_on")), None)
    seen = rows[day] if day else _blanks(rows.height).cast(pl.Date)
    frame = pl.DataFrame([*series, seen.alias("seen_on"), rows["file"], rows["sheet"], data[ROW]])
    return _kept(frame, taken)
