"""Faults as real files have them, made on purpose, each with how it must be found.

A fault is a block: which cell of which sheet is changed, to what, and which rule or which matter of
reading must report it. A row has at most one fault. What was made is listed in `faults.csv` beside
the files, so that a reader's report can be held against it.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from lineofsight.synthetic.draws import Rng

Cell = str | int | date | None
RowOf = Mapping[str, Any]
# The levels of mess: what share of the rows that can have a fault has it; at least one row each.
SHARES = {0: 0.0, 1: 0.0, 2: 0.005, 3: 0.03}
FAULTS_FILE = "faults.csv"
READ_AS_MEANT, TWICE = "read as meant", "L03"


@dataclass(frozen=True)
class CellFault:
    """One kind of fault: `new` gives what is written into `column` in place of what belongs there.

    `found_as` is the code of a rule, the name of a kind of reading issue, or READ_AS_MEANT where
    the reader must understand it. `among` says which rows can have it; `column` itself is filled
    in them unless the fault is made where it `is_blank`.
    """

    name: str
    sheet: str
    column: str
    found_as: str
    new: Callable[[RowOf], Cell]
    among: pl.Expr | None = None
    is_blank: bool = False

    def candidates(self, rows: pl.DataFrame) -> list[int]:
        """The places of the rows that can have the fault."""
        filled = (
            pl.col(self.column).is_null() if self.is_blank else pl.col(self.column).is_not_null()
        )
        could = filled if self.among is None else filled & self.among
        numbered = rows.with_row_index("place_of_row")
        return numbered.filter(could)["place_of_row"].to_list()


@dataclass(frozen=True, slots=True)
class MadeFault:
    """One fault that was made, and where; `row` is the row as the reader of the file counts it."""

    fault: str
    file: str
    sheet: str
    row: int
    column: str
    found_as: str


@dataclass(frozen=True)
class Messed:
    """The sheets with repeated rows, what is written in place of cells, and the list of both.

    `cells` holds, by sheet, the value written at a (row, column) of the sheet's frame.
    """

    sheets: dict[str, pl.DataFrame]
    cells: dict[str, dict[tuple[int, int], Cell]]
    made: tuple[MadeFault, ...]


def mess(
    kinds: Sequence[CellFault],
    sheets: Mapping[str, pl.DataFrame],
    file: str,
    level: int,
    rng: Rng,
    first_rows: Mapping[str, int] | None = None,
    repeated: Sequence[str] = (),
) -> Messed:
    """Choose rows for every kind of fault and say what is written into them.

    `first_rows` gives the number of a sheet's first row of data where it is not 2; `repeated` names
    sheets of which some rows stand there twice.
    """
    cells: dict[str, dict[tuple[int, int], Cell]] = {title: {} for title in sheets}
    made: list[MadeFault] = []
    used: dict[str, set[int]] = {title: set() for title in sheets}
    firsts = {title: (first_rows or {}).get(title, 2) for title in sheets}
    for kind in kinds if level else ():
        rows = sheets.get(kind.sheet)
        if rows is None or kind.column not in rows.columns:
            continue
        places = chosen(kind.candidates(rows), used[kind.sheet], level, rng)
        for place in places:
            at = (place, rows.columns.index(kind.column))
            cells[kind.sheet][at] = kind.new(rows.row(place, named=True))
            made.append(_made(kind, file, place + firsts[kind.sheet]))
    whole = dict(sheets)
    for title in repeated if level else ():
        again = chosen(range(sheets[title].height), used[title], level, rng)
        whole[title] = pl.concat([sheets[title], sheets[title][again]])
        below = firsts[title] + sheets[title].height
        made += [
            MadeFault("row twice", file, title, below + n, "", TWICE) for n in range(len(again))
        ]
    return Messed(whole, cells, tuple(made))


def chosen(could: Iterable[int], used: set[int], level: int, rng: Rng) -> list[int]:
    """Choose places not used yet, the level's share of them but one at least, and mark them."""
    free = [place for place in could if place not in used]
    count = min(len(free), max(1, round(SHARES[level] * len(free))))
    places = sorted(free[n] for n in rng.permutation(len(free))[:count])
    used.update(places)
    return places


def _made(kind: CellFault, file: str, row: int) -> MadeFault:
    return MadeFault(kind.name, file, kind.sheet, row, kind.column, kind.found_as)


def write_faults(made: Iterable[MadeFault], out: Path) -> Path:
    """Write the list of the faults that were made, one line each."""
    path = out / FAULTS_FILE
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(field.name for field in fields(MadeFault))
        writer.writerows(astuple(one) for one in made)
    return path


# --- What is written in place of a value --------------------------------------------------------


def days_from(column: str, days: int) -> Callable[[RowOf], date]:
    """Write a day so many days after (before, if negative) another day of the row."""
    return lambda row: row[column] + timedelta(days=days)


def the_same_as(column: str) -> Callable[[RowOf], Cell]:
    """Write what stands in another column of the row."""
    return lambda row: row[column]


def on_a_sunday(column: str) -> Callable[[RowOf], date]:
    """Write the Sunday after a day of the row."""
    return lambda row: row[column] + timedelta(days=6 - row[column].weekday())


def just(value: Cell) -> Callable[[RowOf], Cell]:
    """Write one value, whatever stood there."""
    return lambda row: value


def in_words(form: str, column: str) -> Callable[[RowOf], str]:
    """Write a day of the row as text in a form of `strftime`."""
    return lambda row: row[column].strftime(form)
