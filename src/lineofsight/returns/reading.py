"""Opens a workbook safely and gives its sheets as rows of text with their row numbers.

The quick reader aborts the whole process on a stray value far outside the table (it reserves the
full rectangle), so reading happens in a child process with limits of memory and time; only a small
workbook that was looked through and has no such value is read without one. When the child dies, a
slower reader that walks cell by cell takes over, in a child again. This module is both sides:
`python -m lineofsight.returns.reading` is the child.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import importlib.util
import io
import json
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

import polars as pl
from lxml import etree  # type: ignore[import-untyped]

from lineofsight.errors import Fault, SubmissionRefused

ROW = "row"
CSV = ".csv"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_WORKBOOK = "xl/workbook.xml"
_WORKBOOK_RELATIONS = "xl/_rels/workbook.xml.rels"

MOST_BYTES_UNPACKED = 1_000_000_000
MOST_TIMES_SMALLER = 150
_SMALL_ENOUGH = 50_000_000
_MEMORY_BYTES = 6_000_000_000
_SECONDS = 300
# Annex A's widest list has 34 columns; what stands further right belongs to no table.
MOST_COLUMNS = 256
_LIMITS: Any = importlib.import_module("resource") if importlib.util.find_spec("resource") else None
_QUICK, _CAREFUL = "quick", "careful"
# A formula whose result was never stored; an empty text result (t="str") is a blank, not this.
_UNSTORED = re.compile(
    rb'<c r="([A-Z]{1,3})(\d+)"([^>]*)>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)(?:<v ?/>|<v></v>)?</c>'
)
# A quarter of the processor time of a small workbook would be the start of the child.
_MOST_BYTES_READ_HERE = 40_000_000
_OPEN_XML = (".xlsx", ".xlsm")
# An address that is not in the columns A to BZ and the rows to 99,999.
_FAR = re.compile(rb"""\sr\s*=\s*(?!"(?:[AB]?[A-Z])?[0-9]{1,5}")""")
_VALUES = re.compile(rb"</(?:\w+:)?(?:v|is)>")
# What opening and unpacking raise on an archive that was cut, changed or locked on its way.
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    etree.XMLSyntaxError,
    KeyError,
    ValueError,
)
_KINDS_OF_FILE = (
    (b"%PDF", "a PDF document"),
    (b"\xd0\xcf\x11\xe0", "a workbook of the old .xls kind, or one with a password"),
    (b"<?xml", "an XML document"),
    (b"<html", "a web page"),
    (b"<!DOCTYPE", "a web page"),
)


@dataclass(frozen=True)
class SheetCells:
    """A sheet as text.

    `rows` has the column 'row' (the number Excel shows) and one column a cell column, named '1',
    '2' and so on; rows without any value are left out. `unreadable` has the columns 'row' and
    'column' of cells that hold an error or a formula without a result. `strays` counts values
    that stood too far right to belong to a table.
    """

    name: str
    rows: pl.DataFrame
    unreadable: pl.DataFrame
    strays: int = 0


def sheet_names(path: Path) -> tuple[str, ...]:
    """Give the names of a workbook's sheets; raises SubmissionRefused if it is no workbook.

    A CSV file is one sheet, named as the file is.
    """
    if path.suffix.casefold() == CSV and path.is_file():
        return (path.stem,)
    with _opened(path) as archive:
        return tuple(_sheet_members(archive))


def sha256_of(path: Path) -> str:
    """Sign a file by its bytes, without holding them all."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_sheets(path: Path, names: Sequence[str]) -> dict[str, SheetCells]:
    """Read the named sheets; raises SubmissionRefused if the file cannot be read in limits."""
    if not names:
        return {}
    if (sheets := _read_here(path, names)) is not None:
        return {sheet.name: sheet for sheet in sheets}
    answer = _ask_child(path, names, _QUICK)
    if answer is None:
        answer = _ask_child(path, names, _CAREFUL)
    if answer is None:
        raise _refused(
            "The workbook cannot be read.",
            path,
            "Open it in Excel, save it under a new name, and deliver that file.",
        )
    return {sheet.name: sheet for sheet in _unpacked(io.BytesIO(answer))}


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    _demand_zip(path)
    try:
        with zipfile.ZipFile(path) as archive:
            _demand_workbook(archive, path)
            _demand_no_bomb(archive, path)
            yield archive
    except _DAMAGED:
        raise _refused(
            "The workbook is damaged or was cut short on its way.",
            path,
            "Copy or download it again, and check that it opens in Excel.",
        ) from None


def _demand_zip(path: Path) -> None:
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except OSError as problem:
        remedy = "Check the name and that you may read the file."
        raise _refused(f"The file cannot be opened: {problem.strerror}.", path, remedy) from None
    if start.startswith(b"PK"):
        return
    kinds = [kind for sign, kind in _KINDS_OF_FILE if start.startswith(sign)]
    kind = kinds[0] if kinds else "an empty file" if not start else "text or something unknown"
    raise _refused(
        f"The file is not an Excel workbook; it is {kind}.",
        path,
        "Save the data from Excel as 'Excel Workbook (*.xlsx)' and deliver that file.",
    )


def _demand_workbook(archive: zipfile.ZipFile, path: Path) -> None:
    if _WORKBOOK in archive.namelist():
        return
    raise _refused(
        "The file is a zip archive but not an Excel workbook.",
        path,
        "Deliver the workbook itself, saved as 'Excel Workbook (*.xlsx)'.",
    )


def _demand_no_bomb(archive: zipfile.ZipFile, path: Path) -> None:
    members = archive.infolist()
    total = sum(member.file_size for member in members)
    dense = any(
        member.file_size > max(_SMALL_ENOUGH, MOST_TIMES_SMALLER * member.compress_size)
        for member in members
    )
    if total > MOST_BYTES_UNPACKED or dense:
        raise _refused(
            f"The workbook unpacks to {total / 1e6:,.0f} MB, far more than its size suggests.",
            path,
            "Copy the lists alone, as values, into a new workbook and deliver that.",
        )


def _refused(what: str, path: Path, remedy: str) -> SubmissionRefused:
    return SubmissionRefused(Fault(what, f"File: {path.name}.", remedy))


def _sheet_members(archive: zipfile.ZipFile) -> dict[str, str]:
    """Give each sheet's name and the member of the archive that holds it."""
    targets = {
        relation.get("Id"): (relation.get("Target") or "").lstrip("/")
        for relation in _xml(archive, _WORKBOOK_RELATIONS)
    }
    found = {}
    for tag in (_MAIN, _STRICT):
        for sheet in _xml(archive, _WORKBOOK).iter(f"{tag}sheet"):
            target = targets[sheet.get(_RELATION) or sheet.get(_STRICT_RELATION)]
            member = target if target.startswith("xl/") else f"xl/{target}"
            if "worksheets/" in member:
                found[str(sheet.get("name"))] = member
    return found


def _xml(archive: zipfile.ZipFile, member: str) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    return etree.fromstring(archive.read(member), parser)


def _read_here(path: Path, names: Sequence[str]) -> list[SheetCells] | None:
    """Read a small workbook in this process; None where that is not sure to be safe."""
    try:
        contents = _contents(path, names)
        if contents is None or any(_may_abort(xml) for xml in contents.values()):
            return None
        return list(_read_quickly(path, contents))
    except Exception:
        # Whatever is the matter, the child finds it again, and the refusal says it in words.
        return None
    except BaseException as problem:
        if type(problem).__name__ != "PanicException":
            raise
        return None


def _contents(path: Path, names: Sequence[str]) -> dict[str, bytes] | None:
    """Give the XML of the named sheets if the whole workbook is small and is what it says."""
    with zipfile.ZipFile(path) as archive:
        size = sum(member.file_size for member in archive.infolist())
        if size > _MOST_BYTES_READ_HERE or path.suffix.casefold() not in _OPEN_XML:
            return None
        # A size that lies is found here, by the checksum; the quick reader would not find it.
        parts = {member.filename: archive.read(member) for member in archive.infolist()}
        members = _sheet_members(archive)
    return {name: parts[members[name]] for name in names}


def _may_abort(xml: bytes) -> bool:
    return b"<sheetData" not in xml or _FAR.search(xml) is not None


def _ask_child(path: Path, names: Sequence[str], way: str) -> bytes | None:
    """Run the child; None when it died or ran out of time."""
    command = [sys.executable, "-P", "-m", "lineofsight.returns.reading", way, str(path)]
    try:
        done = subprocess.run(
            command,
            input=json.dumps(list(names)).encode(),
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 else None


def _unpacked(stream: BinaryIO) -> Iterator[SheetCells]:
    for head in json.loads(stream.readline()):
        rows = pl.read_ipc_stream(io.BytesIO(stream.read(head["rows"])))
        unreadable = pl.read_ipc_stream(io.BytesIO(stream.read(head["unreadable"])))
        yield SheetCells(head["name"], rows, unreadable, head["strays"])


def _packed(sheets: Sequence[SheetCells], stream: BinaryIO) -> None:
    heads: list[dict[str, Any]] = []
    bodies: list[bytes] = []
    for sheet in sheets:
        rows, unreadable = _ipc(sheet.rows), _ipc(sheet.unreadable)
        bodies += [rows, unreadable]
        sizes = {"rows": len(rows), "unreadable": len(unreadable)}
        heads.append({"name": sheet.name, "strays": sheet.strays, **sizes})
    stream.write(json.dumps(heads).encode() + b"\n")
    for body in bodies:
        stream.write(body)
    stream.flush()


def _ipc(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_ipc_stream(buffer)
    return buffer.getvalue()


# --- The child's side -------------------------------------------------------------------------


def _child(way: str, path: Path) -> None:
    names = json.loads(sys.stdin.buffer.read())
    _limit_self()
    with zipfile.ZipFile(path) as archive:
        members = _sheet_members(archive)
        contents = {name: archive.read(members[name]) for name in names}
    read = _read_quickly if way == _QUICK else _read_carefully
    _packed(list(read(path, contents)), sys.stdout.buffer)


def _limit_self() -> None:
    """Set limits of memory and time where the system has them; Windows has no such limits."""
    if _LIMITS is not None:
        _LIMITS.setrlimit(_LIMITS.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
        _LIMITS.setrlimit(_LIMITS.RLIMIT_CPU, (_SECONDS, _SECONDS))
        _LIMITS.setrlimit(_LIMITS.RLIMIT_CORE, (0, 0))


def _read_quickly(path: Path, contents: dict[str, bytes]) -> Iterator[SheetCells]:
    # Only a delivery that is a workbook needs it.
    import fastexcel

    book = fastexcel.read_excel(path)
    for name, xml in contents.items():
        # skip_rows=0 keeps leading blank rows, so that a row's number is the one Excel shows.
        sheet = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
        frame, errors = sheet.to_polars(), _unstored_in(xml)
        values = [frame.height - column.null_count() for column in frame]
        if _values_in(xml) > sum(values):
            errors += _failed(sheet)
        table = _numbered(frame.select(frame.columns[:MOST_COLUMNS]))
        yield SheetCells(name, table, _places(errors), sum(values[MOST_COLUMNS:]))


def _values_in(xml: bytes) -> int:
    # In an encoding of two bytes a letter nothing would be found.
    return len(_VALUES.findall(xml)) if b"<sheetData" in xml else sys.maxsize


def _failed(sheet: Any) -> list[tuple[int, int]]:
    """Find the cells that hold an error; asked only where a value is missing, as it is slow."""
    _, problems = sheet.to_arrow_with_errors()
    found = [error.offset_position for error in problems.errors] if problems else []
    return [(row + 1, column + 1) for row, column in found]


def _numbered(frame: pl.DataFrame) -> pl.DataFrame:
    frame = frame.rename({name: str(n) for n, name in enumerate(frame.columns, start=1)})
    kept = frame.with_row_index(ROW, offset=1).cast({ROW: pl.Int64})
    return kept.filter(pl.any_horizontal(pl.exclude(ROW).is_not_null())) if frame.width else kept


def _places(cells: Sequence[tuple[int, int]]) -> pl.DataFrame:
    schema = {ROW: pl.Int64, "column": pl.Int64}
    return pl.DataFrame(sorted(set(cells)), schema=schema, orient="row")


def _read_carefully(path: Path, contents: dict[str, bytes]) -> Iterator[SheetCells]:
    # Rarely needed, and it takes longer to load than most workbooks take to read.
    import openpyxl  # type: ignore[import-untyped]

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    for name, xml in contents.items():
        sheet = book[name]
        # The declared used range may be what is wrong with the file.
        sheet.reset_dimensions()
        yield _walked(name, sheet.iter_rows(), _unstored_in(xml))


def _walked(name: str, walk: Iterator[Sequence[Any]], errors: list[tuple[int, int]]) -> SheetCells:
    cells: dict[int, dict[int, str]] = {}
    strays = 0
    for cell in (cell for row in walk for cell in row if cell.value is not None):
        if cell.column > MOST_COLUMNS:
            strays += 1
        elif cell.data_type == "e":
            errors.append((cell.row, cell.column))
        else:
            cells.setdefault(cell.row, {})[cell.column] = _text(cell.value)
    return SheetCells(name, _gathered(cells), _places(errors), strays)


def _gathered(cells: dict[int, dict[int, str]]) -> pl.DataFrame:
    width = max((column for row in cells.values() for column in row), default=0)
    columns: dict[str, list[Any]] = {ROW: list(cells)}
    for column in range(1, width + 1):
        columns[str(column)] = [row.get(column) for row in cells.values()]
    schema = {name: pl.Int64 if name == ROW else pl.String for name in columns}
    return pl.DataFrame(columns, schema=schema)


def _text(value: Any) -> str:
    """Write a cell as the quick reader does."""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date):
        return f"{value.isoformat()} 00:00:00"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _unstored_in(xml: bytes) -> list[tuple[int, int]]:
    """Find formulas whose result is not in the file: a program wrote them, Excel never ran."""
    if b"<f" not in xml:
        return []
    found = (match for match in _UNSTORED.finditer(xml) if b't="str"' not in match[3])
    return [(int(match[2]), _column_number(match[1])) for match in found]


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


if __name__ == "__main__":
    _child(sys.argv[1], Path(sys.argv[2]))
