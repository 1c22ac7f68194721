"""Reading the CSV files of Explore Education Statistics as the Department publishes them.

A file is known by its columns, not by its name: names change with every release, and so do the
spellings of columns, which `TableForm.spellings` maps. A symbol in place of a number (c, z, x, k,
low, u, :) stays a symbol; it is never read as 0.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path

from lineofsight.errors import Fault, UsageFault
from lineofsight.reference.places import ENGLAND_CODE

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_YEAR = re.compile(r"(\d{4})(\d{2})?")
_EVERY_FILE_HAS = {"time_period", "geographic_level", "country_code"}

SYMBOLS: Mapping[str, str] = {
    "c": "suppressed so that no child can be identified",
    "z": "not applicable",
    "x": "not available",
    "k": "rounded to 0 but not 0",
    "low": "rounded to 0 but not 0",
    "u": "not reliable enough to publish",
    ":": "not available",
    "": "left blank",
}

NONE_COUNTED = "none counted"


class Series(Enum):
    """A yearly publication of the Department, by its title."""

    CHILDREN_IN_NEED = "Children in need"
    CHILDREN_LOOKED_AFTER = "Children looked after in England including adoptions"
    WORKFORCE = "Children's social work workforce"


@dataclass(frozen=True, slots=True)
class TableForm:
    """What one published table looks like.

    `columns` are the columns that identify it, in the spelling of the 2024 files; `spellings` are
    other spellings of the same columns, with the 2024 one. Capitals do not matter: the Department
    changes them from release to release.
    """

    title: str
    series: Series
    columns: tuple[str, ...]
    spellings: tuple[tuple[str, str], ...] = ()

    def renamed(self, columns: Sequence[str]) -> dict[str, str]:
        """Map each column that a file has to its 2024 spelling, in small letters."""
        known = {other.casefold(): own.casefold() for other, own in self.spellings}
        folded = {column: column.casefold() for column in columns}
        return {column: known.get(small, small) for column, small in folded.items()}

    def fits(self, columns: Sequence[str]) -> bool:
        """Tell whether a file with these columns is this table."""
        return not self.lacking(columns)

    def lacking(self, columns: Sequence[str]) -> tuple[str, ...]:
        """Name the columns of this table that a file does not have, in the 2024 spelling."""
        held = set(self.renamed(columns).values())
        return tuple(column for column in self.columns if column.casefold() not in held)


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: a number, or the symbol that stands in its place."""

    number: Decimal | None
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """One file as read: its name, its columns and its rows of whole years, as text.

    `published_on` is the day it came out, where somebody has said so.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    published_on: date | None = None

    @property
    def years(self) -> frozenset[int]:
        return frozenset(year_of(row) for row in self.rows)

    @property
    def newest_year(self) -> int:
        return max(self.years)


def read_cell(text: str) -> Cell:
    """Read a cell; whatever is not written as a number is a symbol."""
    written = text.strip()
    if _NUMBER.fullmatch(written):
        return Cell(Decimal(written))
    return Cell(None, written)


def meaning(symbol: str) -> str:
    """Say what a symbol means: "published as 'c': suppressed so that ..."."""
    if symbol == NONE_COUNTED:
        return "not worked out, as there were none to take a share of"
    words = SYMBOLS.get(symbol, "a mark the Department's guidance does not explain")
    return f"published as '{symbol}': {words}" if symbol else f"{words} in the published file"


def year_of(row: Mapping[str, str]) -> int:
    """Give the year a row speaks of: 2024 for '2024', and for the span '202324'."""
    found = _YEAR.fullmatch(row["time_period"].strip())
    assert found  # read_folder takes no file in which a period has another form
    return int(found[1]) + (1 if found[2] else 0)


def area_of(row: Mapping[str, str]) -> tuple[str, str]:
    """Give the code and name of the area a row speaks of.

    The Department's three-digit code for an authority, the ONS code for a region and England.
    Authorities that report together have one code, 'A / B'.
    """
    level = row["geographic_level"]
    if level == "Local authority":
        return row["old_la_code"].strip(), row["la_name"].strip()
    if level == "Regional":
        return row["region_code"].strip(), row["region_name"].strip()
    return ENGLAND_CODE, "England"


def read_folder(folder: Path) -> tuple[PublishedFile, ...]:
    """Read every CSV file of a folder that has the columns all published files have.

    With or without byte-order mark. Raises UsageFault where the folder is missing or holds no such
    file, and for a file that is not UTF-8; other CSV files (lists of neighbours, say) are left
    alone.
    """
    paths = sorted(folder.glob("*.csv")) if folder.is_dir() else []
    found = tuple(file for path in paths if (file := read_table(path.name, path.read_bytes())))
    if not any(file.rows for file in found):
        raise UsageFault(_nothing_published(folder))
    return found


def read_table(name: str, content: bytes, published_on: date | None = None) -> PublishedFile | None:
    """Read the content of one CSV file; None where it lacks the columns all published files have.

    Raises UsageFault for a file that is not UTF-8.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageFault(_not_utf8(name)) from None
    reader = csv.DictReader(io.StringIO(text, newline=""), restval="")
    columns = tuple(reader.fieldnames or ())
    if not set(columns) >= _EVERY_FILE_HAS:
        return None
    return PublishedFile(name, columns, tuple(_rows_of_years(reader)), published_on)


def _rows_of_years(reader: csv.DictReader[str]) -> Iterator[dict[str, str]]:
    """Rows of whole years: files by month or by term are not figures of a year."""
    return (row for row in reader if _YEAR.fullmatch(row["time_period"].strip()))


def _not_utf8(name: str) -> Fault:
    return Fault(
        "The file is not UTF-8 text, as the Department's files are.",
        f"File: {name}.",
        "Download it again, or take it out of the folder of published statistics.",
    )


def _nothing_published(folder: Path) -> Fault:
    return Fault(
        "There is no published statistics file to read.",
        f"Folder: {folder.name}. A file has columns such as time_period and geographic_level.",
        "Download the data files of a release ('Download all data') and give their folder.",
    )
