"""Statistical neighbours: the ten authorities most like each one, and which list says so.

The lists change (the NFER group of 2007, April 2021, May 2025), and a comparator worked out with
one is not comparable with the same comparator worked out with another. So every list carries its
version, and the version is recorded with every figure that rests on it.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from lineofsight.errors import Fault, UsageFault
from lineofsight.reference.periods import Month

_RANKED = re.compile(r"SN_?(\d+)")
_CODE_COLUMNS = ("old_la_code", "LA number")
_HOW_MANY = 10
_ZIPPED = b"PK"
_NOBODY = ("", "-")
# A list of all authorities unpacks to less than one.
_MOST_BYTES = 50_000_000
_APRIL_2021, _MAY_2025 = Month(2021 * 12 + 3), Month(2025 * 12 + 4)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One neighbour: its code and how close it is, in the words of the list ('Very Close')."""

    code: str
    closeness: str


@dataclass(frozen=True, slots=True)
class Neighbours:
    """One list of statistical neighbours: ten for each authority, nearest first.

    `issued` is the month it was issued in, which names its version.
    """

    issued: Month
    source: str
    by_authority: Mapping[str, tuple[Neighbour, ...]]

    @property
    def group_version(self) -> str:
        """'May 2025'."""
        return self.issued.name

    def of(self, code: str) -> tuple[str, ...]:
        """Codes of an authority's neighbours, nearest first; empty if the list has none for it."""
        return tuple(neighbour.code for neighbour in self.by_authority.get(code, ()))


def neighbours_for(year: int) -> Neighbours:
    """Choose among the lists that ship the one for figures of a year; see `list_for`."""
    return list_for(year, shipped_lists())


def list_for(year: int, lists: Iterable[Neighbours]) -> Neighbours:
    """Choose the list for figures of a year: the newest that was issued by the end of that year.

    Years before the first list are compared by the first, which was not in force then; the lists
    of that time are not among the Department's downloads.
    """
    oldest_first = sorted(lists, key=lambda one: one.issued)
    issued = [one for one in oldest_first if one.issued.year <= year]
    return issued[-1] if issued else oldest_first[0]


def shipped_lists() -> tuple[Neighbours, ...]:
    """The lists that ship, oldest first: April 2021 and May 2025."""
    return _april_2021(), _may_2025()


def read_neighbours(path: Path, issued: Month) -> Neighbours:
    """Read a list in a form the Department has published it in: CSV, or the workbook.

    Rows begin with the authority; SN1 to SN10 (or SN_1 to SN_10) are codes, each followed by how
    close it is. Raises UsageFault for a file of another form or an authority without ten.
    """
    return neighbours_in(path.name, path.read_bytes(), issued)


def neighbours_in(name: str, content: bytes, issued: Month) -> Neighbours:
    """Read the content of a list; see `read_neighbours`."""
    for rows in _sheets(content):
        at = next((at for at, row in enumerate(rows) if _is_header(row)), None)
        if at is not None:
            found = _by_authority(rows[at], rows[at + 1 :])
            _demand_ten(found, name)
            return Neighbours(issued, f"{name}, Department for Education", found)
    raise UsageFault(_not_a_list(name))


def is_list(content: bytes) -> bool:
    """Tell whether a file's content is a list of statistical neighbours, in any of its forms."""
    return any(_is_header(row) for rows in _sheets(content) for row in rows)


def _sheets(content: bytes) -> Iterator[list[list[str]]]:
    """The rows of a CSV file, or of each sheet of a workbook, as text; a damaged one has none."""
    if content.startswith(_ZIPPED):
        yield from _sheets_of_workbook(content)
    else:
        yield list(csv.reader(content.decode("utf-8-sig", errors="replace").splitlines()))


def _sheets_of_workbook(content: bytes) -> Iterator[list[list[str]]]:
    # Only a list that is a workbook needs it.
    import openpyxl  # type: ignore[import-untyped]

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(member.file_size for member in archive.infolist()) > _MOST_BYTES:
                return
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (zipfile.BadZipFile, OSError, KeyError, ValueError):
        return
    for sheet in book.worksheets:
        rows = sheet.iter_rows(values_only=True)
        yield [["" if cell is None else str(cell).strip() for cell in row] for row in rows]


def _is_header(row: Sequence[str]) -> bool:
    has_code = any(name in _CODE_COLUMNS for name in row)
    return has_code and len(_ranked_columns(row)) == _HOW_MANY


def _by_authority(
    header: Sequence[str], rows: Iterable[Sequence[str]]
) -> dict[str, tuple[Neighbour, ...]]:
    ranked = _ranked_columns(header)
    code_at = next(header.index(name) for name in _CODE_COLUMNS if name in header)
    padded = ([*row, *[""] * (len(header) - len(row))] for row in rows)
    listed = {row[code_at]: _neighbours(row, ranked) for row in padded if _is_code(row[code_at])}
    # An authority made since the list has a row of dashes: it has no neighbours in this list.
    return {code: ten for code, ten in listed.items() if not _is_empty(ten)}


def _is_empty(ten: Iterable[Neighbour]) -> bool:
    return all(each.code in _NOBODY for each in ten)


def write_neighbours(neighbours: Neighbours, path: Path) -> None:
    """Write a list in the form this package ships: code, neighbours, closeness."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(("code", "neighbours", "closeness"))
        for code, ten in sorted(neighbours.by_authority.items()):
            codes, words = (each.code for each in ten), (each.closeness for each in ten)
            writer.writerow((code, " ".join(codes), "|".join(words)))


def _ranked_columns(header: Sequence[str]) -> list[int]:
    ranks = ((at, _RANKED.fullmatch(name.strip())) for at, name in enumerate(header))
    return [at for _, at in sorted((int(found[1]), at) for at, found in ranks if found)]


def _neighbours(row: Sequence[str], ranked: Iterable[int]) -> tuple[Neighbour, ...]:
    return tuple(Neighbour(row[at].strip(), row[at + 1].strip()) for at in ranked)


def _demand_ten(found: Mapping[str, tuple[Neighbour, ...]], name: str) -> None:
    short = [code for code, ten in found.items() if not all(_is_code(each.code) for each in ten)]
    if short:
        raise UsageFault([_without_ten(code, name) for code in short])


def _is_code(text: str) -> bool:
    return bool(re.fullmatch(r"\d{3}", text.strip()))


def _not_a_list(name: str) -> Fault:
    return Fault(
        "The file is not a list of statistical neighbours.",
        f"File: {name}. It needs a column 'old_la_code' or 'LA number', and SN1 to SN10.",
        "Give the workbook of the Local Authority Interactive Tool with the groups, or its CSV.",
    )


def _without_ten(code: str, name: str) -> Fault:
    return Fault(
        f"Authority {code} does not have ten neighbours with three-digit codes.",
        f"File: {name}, the row of authority {code}.",
        "Take the row as published, or leave the authority out of the file.",
    )


@cache
def _april_2021() -> Neighbours:
    return _shipped("neighbours_april_2021.csv", _APRIL_2021)


@cache
def _may_2025() -> Neighbours:
    return _shipped("neighbours_may_2025.csv", _MAY_2025)


def _shipped(name: str, issued: Month) -> Neighbours:
    path = files("lineofsight.comparators") / "data" / name
    with path.open(encoding="utf-8") as lines:
        found = {row["code"]: _ten(row) for row in csv.DictReader(lines)}
    source = f"Statistical neighbour model {issued.name}, Department for Education"
    return Neighbours(issued, source, found)


def _ten(row: dict[str, str]) -> tuple[Neighbour, ...]:
    pairs = zip(row["neighbours"].split(), row["closeness"].split("|"), strict=True)
    return tuple(Neighbour(code, closeness) for code, closeness in pairs)
