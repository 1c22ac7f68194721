"""Opens a CSV file as systems really write it, and says how it was written.

The encoding (UTF-8 with or without its mark, or Windows-1252) and the delimiter (comma, semicolon,
tab or bar) are found out, never assumed; lines with too many or too few cells are counted.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from lineofsight.errors import Fault, SubmissionRefused
from lineofsight.returns.layout import header_key
from lineofsight.returns.reading import ROW, SheetCells

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
UTF_8, WINDOWS = "UTF-8", "Windows-1252"
_LINES_SEARCHED = 30
_TEXT_SEARCHED = 100_000
_KINDS_OF_FILE = (
    (b"PK", "an Excel workbook or a zip archive"),
    (b"%PDF", "a PDF document"),
    (b"\xd0\xcf\x11\xe0", "a workbook of the old .xls kind, or one with a password"),
    (b"<html", "a web page"),
    (b"<!DOCTYPE", "a web page"),
)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_REMEDY = "Save the table as 'CSV UTF-8 (comma delimited)' and deliver that file."


@dataclass(frozen=True)
class CsvTable:
    """A CSV file as text cells, and how it was written.

    `cells.rows` has the column 'row' (its place in the file, the first line being 1) and one
    column a cell column, named '1', '2' and so on. `long_rows` have values right of the header's
    last cell, `extra_values` in number; `short_rows` have fewer cells than the header.
    """

    file: str
    cells: SheetCells
    encoding: str
    delimiter: str
    long_rows: tuple[int, ...] = ()
    extra_values: int = 0
    short_rows: tuple[int, ...] = ()


def read_bytes(path: Path) -> bytes:
    """Read a file whole; raises SubmissionRefused if it cannot be opened or is empty."""
    try:
        content = path.read_bytes()
    except OSError as problem:
        what = f"The file cannot be opened: {problem.strerror}."
        raise _refused(what, path, "Check the name and that you may read the file.") from None
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        what = "The file is empty: it has not even a header row."
        raise _refused(what, path, "Give it the header row of its table; it may hold no rows.")
    return content


def read_csv_table(path: Path, content: bytes, known: Collection[str]) -> CsvTable:
    """Read the content of a CSV file whose headers are among the `known` folded spellings.

    Raises SubmissionRefused for what is no text, or text that cannot be cut into cells.
    """
    text, encoding = _decoded(content, path)
    delimiter = _delimiter(text, known)
    if (plain := _plain_rows(text, delimiter)) is not None:
        return CsvTable(path.name, SheetCells(path.stem, plain, _no_cells()), encoding, delimiter)
    rows = _rows(text, delimiter, path)
    width = _width(rows, known)
    long = [n for n, row in enumerate(rows, start=1) if len(row) > width and any(row[width:])]
    short = [n for n, row in enumerate(rows, start=1) if len(row) < width and any(row)]
    return CsvTable(
        path.name,
        SheetCells(path.stem, _frame(rows, width), _no_cells()),
        encoding,
        delimiter,
        tuple(long),
        sum(1 for n in long for cell in rows[n - 1][width:] if cell),
        tuple(short),
    )


def _refused(what: str, path: Path, remedy: str) -> SubmissionRefused:
    return SubmissionRefused(Fault(what, f"File: {path.name}.", remedy))


def _decoded(content: bytes, path: Path) -> tuple[str, str]:
    _demand_text(content, path)
    try:
        return content.decode("utf-8-sig"), UTF_8
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252"), WINDOWS
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        what = "The text is in an encoding that is neither UTF-8 nor Windows-1252."
        where = f"File: {path.name}, line {line:,}."
        raise SubmissionRefused(Fault(what, where, _REMEDY)) from None


def _demand_text(content: bytes, path: Path) -> None:
    if content.startswith(_UTF_16):
        what = "The text is in the encoding UTF-16, which Excel calls 'Unicode Text'."
        raise _refused(what, path, _REMEDY)
    kinds = [kind for sign, kind in _KINDS_OF_FILE if content.startswith(sign)]
    if kinds or b"\x00" in content:
        kind = kinds[0] if kinds else "no text at all"
        raise _refused(f"The file is not a CSV file; it is {kind}.", path, _REMEDY)


def _delimiter(text: str, known: Collection[str]) -> str:
    """Find the delimiter under which the top lines hold the most known headers, then cells."""
    top = text[:_TEXT_SEARCHED].splitlines()[:_LINES_SEARCHED]

    def score(delimiter: str) -> tuple[int, int]:
        cut = [line.split(delimiter) for line in top]
        found = [sum(header_key(cell) in known for cell in cells) for cells in cut]
        return max(found, default=0), max(map(len, cut), default=0)

    return max(DELIMITERS, key=score)


def _plain_rows(text: str, delimiter: str) -> pl.DataFrame | None:
    """Read quickly what has no quotation marks and as many cells in every line; else None."""
    body = text.replace("\r\n", "\n").rstrip("\n")
    lines = pl.Series(body.split("\n"))
    cuts = lines.str.count_matches(delimiter, literal=True)
    if '"' in body or "\r" in body or cuts.n_unique() > 1 or cuts[0] == 0:
        return None
    rows = pl.read_csv(
        body.encode(), has_header=False, infer_schema=False, separator=delimiter, quote_char=None
    )
    rows = rows.rename({name: str(n) for n, name in enumerate(rows.columns, start=1)})
    return rows.with_row_index(ROW, offset=1).cast({ROW: pl.Int64})


def _rows(text: str, delimiter: str, path: Path) -> list[list[str]]:
    if text.count('"') % 2:
        what = "A quotation mark is opened and never closed, so that cells run into each other."
        raise _refused(what, path, "Find the line with a single quotation mark and take it out.")
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as problem:
        what = f"The file cannot be cut into cells: {problem}."
        raise _refused(what, path, _REMEDY) from None


def _width(rows: Sequence[Sequence[str]], known: Collection[str]) -> int:
    """How many cells the header row has: the top row with the most known headers."""
    top = rows[:_LINES_SEARCHED]
    header = max(top, key=lambda row: sum(header_key(cell) in known for cell in row), default=())
    return max((n for n, cell in enumerate(header, start=1) if cell.strip()), default=0)


def _frame(rows: Sequence[Sequence[str]], width: int) -> pl.DataFrame:
    filled = [(number, row) for number, row in enumerate(rows, start=1) if row]
    blanks = [""] * width
    padded = [row if len(row) == width else [*row, *blanks][:width] for _, row in filled]
    numbers = pl.Series(ROW, [number for number, _ in filled], pl.Int64)
    columns = zip(*padded, strict=True) if padded else [()] * width
    series = [pl.Series(str(n), cells, pl.String) for n, cells in enumerate(columns, start=1)]
    return pl.DataFrame([numbers, *series]).with_columns(pl.col(pl.String).replace("", None))


def _no_cells() -> pl.DataFrame:
    return pl.DataFrame(schema={ROW: pl.Int64, "column": pl.Int64})
