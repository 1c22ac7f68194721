"""Opens the tables of the Standard Safeguarding Dataset that came as CSV or Parquet files.

A table is known by its columns, and where these say nothing by the file's name. Columns are found
by name in any order and spelling of case; those that belong to no field are reported.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from lineofsight.errors import Fault, LineOfSightError, SubmissionRefused, nearest
from lineofsight.returns.csv_reading import CsvTable, read_bytes, read_csv_table
from lineofsight.returns.header import Header, find_header, header_faults
from lineofsight.returns.issue import MOST_ROWS_NAMED, Kind, ReadingIssue
from lineofsight.returns.layout import header_key
from lineofsight.returns.reading import ROW, SheetCells
from lineofsight.returns.ssd_layout import (
    BY_TABLE_NAME,
    PREFIX,
    SsdTable,
    field_types,
    known_headers,
    table_named,
    table_with,
)
from lineofsight.returns.ssd_rows import Opened

_BYTES_LOOKED_AT = 65_536
_PARQUET, _PARQUET_MARK = ".parquet", b"PAR1"
_SHORT_LINE = "A line with fewer cells than the header has is read with blanks for the others."


def is_ssd(path: Path) -> str | None:
    """Say which table of the dataset a file is; None if it is none.

    A file whose name begins 'ssd' and goes on as a table's does is one even if it cannot be read
    or its columns are wrong, so that it is refused as what it was meant to be.
    """
    named = table_named(path.stem) if header_key(path.stem).startswith("ssd") else None
    try:
        return table_with(_headers(path)) or named
    except (OSError, LineOfSightError, pl.exceptions.PolarsError):
        return named


def _headers(path: Path) -> list[str]:
    with path.open("rb") as file:
        content = file.read(_BYTES_LOOKED_AT)
    if content.startswith(_PARQUET_MARK):
        return list(pl.read_parquet_schema(path))
    whole_lines = content[: content.rfind(b"\n") + 1] or content
    table = read_csv_table(path, whole_lines, known_headers())
    return _likely_header(table.cells)


def _likely_header(cells: SheetCells) -> list[str]:
    """Give the row at the top that has most names of fields in it."""
    top = cells.rows.head(30).drop(ROW).rows()
    rows = [[text for text in row if text] for row in top]
    return max(
        rows, key=lambda row: len({header_key(t) for t in row} & known_headers()), default=[]
    )


def open_file(path: Path) -> tuple[str, Opened | None]:
    """Open one file: the table it is, and its rows where the journey has a place for that table.

    Raises SubmissionRefused if it is no table of the dataset or cannot be read.
    """
    content = read_bytes(path)
    if content.startswith(_PARQUET_MARK):
        return _opened_parquet(path)
    csv = read_csv_table(path, content, known_headers())
    headers = _likely_header(csv.cells)
    name = table_with(headers) or table_named(path.stem)
    if name is None:
        raise SubmissionRefused(_no_table(path.name, headers))
    table = BY_TABLE_NAME.get(name)
    return name, _opened_csv(csv, table) if table else None


def _opened_csv(csv: CsvTable, table: SsdTable) -> Opened:
    cells = dataclasses.replace(csv.cells, name=table.name)
    header = find_header(table.sheet, cells)
    faults = header_faults(table.sheet, header, cells, csv.file)
    if faults or header is None:
        raise SubmissionRefused(faults)
    rows = cells.rows.filter(pl.col(ROW) > header.row)
    issues = [*_columns_read_past(table, header, rows), *_ragged(csv, table)]
    return Opened(table, csv.file, _named(header, rows), tuple(issues))


def _named(header: Header, rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(ROW, **{column.header: cell for column, cell in header.cells})


def _columns_read_past(
    table: SsdTable, header: Header, rows: pl.DataFrame
) -> Iterator[ReadingIssue]:
    for kind, found in ((Kind.HEADER_UNKNOWN, header.unknown), (Kind.HEADER_TWICE, header.twice)):
        for text, cell in found:
            yield ReadingIssue(table.name, text, kind, rows[cell].drop_nulls().len())


def _ragged(csv: CsvTable, table: SsdTable) -> Iterator[ReadingIssue]:
    if csv.extra_values:
        rows = csv.long_rows[:MOST_ROWS_NAMED]
        yield ReadingIssue(table.name, "", Kind.STRAY, csv.extra_values, rows)
    if csv.short_rows:
        rows, count = csv.short_rows[:MOST_ROWS_NAMED], len(csv.short_rows)
        yield ReadingIssue(table.name, "", Kind.REPAIRED, count, rows, sentence=_SHORT_LINE)


def _opened_parquet(path: Path) -> tuple[str, Opened | None]:
    try:
        headers = list(pl.read_parquet_schema(path))
        name = table_with(headers) or table_named(path.stem)
        if name is None:
            raise SubmissionRefused(_no_table(path.name, headers))
        table = BY_TABLE_NAME.get(name)
        return name, opened(table, path.name, pl.read_parquet(path)) if table else None
    except (OSError, pl.exceptions.PolarsError):
        what = "The Parquet file is damaged or was cut short."
        remedy = "Write or copy it again, and deliver that file."
        raise SubmissionRefused(Fault(what, f"File: {path.name}.", remedy)) from None


def opened(table: SsdTable, file: str, rows: pl.DataFrame) -> Opened:
    """Make of typed columns the texts that a CSV file would have; rows are numbered from 1.

    Raises SubmissionRefused if a column is missing without which the table means nothing.
    """
    header, rows = _header_of(table, file, rows)
    texts = {column.header: as_text(rows[cell]) for column, cell in header.cells}
    numbers = pl.Series(ROW, range(1, rows.height + 1), pl.Int64)
    named = pl.DataFrame([numbers, *(s.alias(name) for name, s in texts.items())])
    return Opened(table, file, named, tuple(_columns_read_past(table, header, rows)))


def _header_of(table: SsdTable, file: str, rows: pl.DataFrame) -> tuple[Header, pl.DataFrame]:
    places = {name: str(place) for place, name in enumerate(rows.columns, start=1)}
    top = pl.DataFrame({ROW: [1], **{place: [name] for name, place in places.items()}})
    cells = SheetCells(table.name, top, pl.DataFrame(schema={ROW: pl.Int64, "column": pl.Int64}))
    header = find_header(table.sheet, cells)
    faults = header_faults(table.sheet, header, cells, file)
    if faults or header is None:
        raise SubmissionRefused(faults)
    return header, rows.rename(places)


def as_text(values: pl.Series) -> pl.Series:
    """Write a column of any type as a CSV export would: days as 2020-08-31, truths as Y and N."""
    dtype = values.dtype
    if dtype == pl.Boolean:
        return values.replace_strict({True: "Y", False: "N"}, return_dtype=pl.String)
    if isinstance(dtype, pl.Datetime):
        return values.dt.strftime("%Y-%m-%d %H:%M:%S")
    if dtype == pl.Categorical or isinstance(dtype, pl.Enum):
        return values.cast(pl.String)
    if dtype.is_nested() or dtype in (pl.Binary, pl.Object):
        return pl.Series(values.name, [None if v is None else str(v) for v in values], pl.String)
    return values.cast(pl.String)


def _no_table(file: str, headers: Sequence[str]) -> Fault:
    known = [field for fields in field_types().values() for field in fields]
    shown = [text for text in headers if header_key(text) in known_headers()]
    near = [(text, nearest(text, known, count=1)) for text in headers if "_" in text]
    hints = [f"{meant} for '{text}'" for text, meant in near if meant and text not in shown]
    remedy = f"Name the file after its table, as in '{PREFIX}person', and give it a header row."
    if hints:
        remedy = f"Should it be {' and '.join(hints[:3])}? Then change that header."
    listed = ", ".join(f"'{text}'" for text in shown) or "no column of the dataset"
    where = f"File: {file}. Its header has {listed}."
    return Fault("The columns are those of no table of the dataset.", where, remedy)
