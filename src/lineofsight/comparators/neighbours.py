"""Statistical neighbours: the ten authorities most like each one, and which list says so.

The lists change (the NFER group of 2007, April 2021, May 2025), and a comparator worked out with
one is not comparable with the same comparator worked out with another. So every list carries its
version, and the version is recorded with every figure that rests on it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from lineofsight.errors import Fault, UsageFault

_RANKED = re.compile(r"SN_?(\d+)")
_CODE_COLUMNS = ("old_la_code", "LA number")
_HOW_MANY = 10
_FIRST_YEAR_OF_MAY_2025 = 2025


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One neighbour: its code and how close it is, in the words of the list ('Very Close')."""

    code: str
    closeness: str


@dataclass(frozen=True, slots=True)
class Neighbours:
    """One list of statistical neighbours: ten for each authority, nearest first."""

    group_version: str
    source: str
    by_authority: Mapping[str, tuple[Neighbour, ...]]

    def of(self, code: str) -> tuple[str, ...]:
        """Codes of an authority's neighbours, nearest first; empty if the list has none for it."""
        return tuple(neighbour.code for neighbour in self.by_authority.get(code, ()))


def neighbours_for(year: int) -> Neighbours:
    """Choose the list for figures of a year: May 2025 from 2025 on, April 2021 before.

    Years before 2021 are compared by the April 2021 list too, which was not in force then; the
    list of that time is not among the Department's downloads.
    """
    return _may_2025() if year >= _FIRST_YEAR_OF_MAY_2025 else _april_2021()


def other_neighbours(year: int) -> tuple[Neighbours, ...]:
    """Give the shipped lists that are not the one for figures of a year."""
    mine = neighbours_for(year)
    return tuple(each for each in (_april_2021(), _may_2025()) if each is not mine)


def read_neighbours(path: Path, group_version: str) -> Neighbours:
    """Read a list in either form the Department has published it in as CSV.

    Rows begin with the authority; SN1 to SN10 (or SN_1 to SN_10) are codes, each followed by how
    close it is. Raises UsageFault for a file of another form or an authority without ten.
    """
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    header = rows[0] if rows else []
    ranked = _ranked_columns(header)
    code_at = next((header.index(name) for name in _CODE_COLUMNS if name in header), None)
    if code_at is None or len(ranked) != _HOW_MANY:
        raise UsageFault(_not_a_list(path))
    padded = ([*row, *[""] * (len(header) - len(row))] for row in rows[1:])
    found = {row[code_at]: _neighbours(row, ranked) for row in padded if _is_code(row[code_at])}
    _demand_ten(found, path)
    return Neighbours(group_version, f"{path.name}, Department for Education", found)


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


def _demand_ten(found: Mapping[str, tuple[Neighbour, ...]], path: Path) -> None:
    short = [code for code, ten in found.items() if not all(_is_code(each.code) for each in ten)]
    if short:
        raise UsageFault([_without_ten(code, path) for code in short])


def _is_code(text: str) -> bool:
    return bool(re.fullmatch(r"\d{3}", text.strip()))


def _not_a_list(path: Path) -> Fault:
    return Fault(
        "The file is not a list of statistical neighbours.",
        f"File: {path.name}. It needs a column 'old_la_code' or 'LA number', and SN1 to SN10.",
        "Save the sheet of the Local Authority Interactive Tool that holds the groups as CSV.",
    )


def _without_ten(code: str, path: Path) -> Fault:
    return Fault(
        f"Authority {code} does not have ten neighbours with three-digit codes.",
        f"File: {path.name}, the row of authority {code}.",
        "Take the row as published, or leave the authority out of the file.",
    )


@cache
def _april_2021() -> Neighbours:
    return _shipped("neighbours_april_2021.csv", "April 2021")


@cache
def _may_2025() -> Neighbours:
    return _shipped("neighbours_may_2025.csv", "May 2025")


def _shipped(name: str, group_version: str) -> Neighbours:
    path = files("lineofsight.comparators") / "data" / name
    with path.open(encoding="utf-8") as lines:
        found = {row["code"]: _ten(row) for row in csv.DictReader(lines)}
    source = f"Statistical neighbour model {group_version}, Department for Education"
    return Neighbours(group_version, source, found)


def _ten(row: dict[str, str]) -> tuple[Neighbour, ...]:
    pairs = zip(row["neighbours"].split(), row["closeness"].split("|"), strict=True)
    return tuple(Neighbour(code, closeness) for code, closeness in pairs)
