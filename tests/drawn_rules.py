"""Drawings of validation rules: rows as a person writes them, and which of them break the rule.

    1103 assessments
    ..started_on  referred_on
    ! 2 Aug       3 Aug
    . 3 Aug       3 Aug

A block draws one rule on one table: the code and the table, the fields, and the rows; `!` breaks
the rule and `.` does not. Cells stand two spaces apart and `-` is blank; a day without a year is of
2020; a flag is `yes` or blank. The child is A unless the rows have a column `child_id`. Rows of
other tables follow under `with` and the name of the table. Lists are as at Monday 31 August 2020, a
bank holiday, and begin on Sunday 1 March.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl

from lineofsight.journey.tables import BY_NAME
from lineofsight.returns.conversion import POLARS_TYPES
from lineofsight.returns.rows import delivered_fields
from lineofsight.validation.report import RuleResult
from lineofsight.validation.validate import RULES, validate

AS_AT, FIRST_DAY = date(2020, 8, 31), date(2020, 3, 1)
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Drawing:
    """One rule on one table: the rows of every table, and the numbers of those that break it."""

    code: str
    table: str
    tables: Mapping[str, Rows]
    broken: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.code}-{self.table}"


def drawings(text: str) -> list[Drawing]:
    """Read the blocks of a text, which stand a blank line apart."""
    return [
        _drawing(block.strip("\n").split("\n")) for block in text.split("\n\n") if block.strip()
    ]


def _drawing(lines: list[str]) -> Drawing:
    code, table = lines[0].split()
    parts = list(_parts([f"with {table}", *lines[1:]]))
    marked = [row[0] for row in parts[0][2]]
    broken = tuple(n for n, mark in enumerate(marked, start=1) if mark == "!")
    assert set(marked) == {"!", "."}, f"{code} needs rows that break it and rows that do not"
    tables = {name: [_row(name, fields, row[1:]) for row in rows] for name, fields, rows in parts}
    return Drawing(code, table, tables, broken)


def _parts(lines: list[str]) -> Iterator[tuple[str, list[str], list[list[str]]]]:
    heads = [n for n, line in enumerate(lines) if line.startswith("with ")]
    for start, end in zip(heads, [*heads[1:], len(lines)], strict=True):
        fields, *rows = (_cells(line) for line in lines[start + 1 : end])
        yield lines[start].removeprefix("with ").strip(), fields[1:], rows


def _cells(line: str) -> list[str]:
    return [line[0], *re.split(r"\s{2,}", line[2:].strip())]


def _row(table: str, fields: list[str], cells: list[str]) -> dict[str, Any]:
    assert len(fields) == len(cells), (table, fields, cells)
    kinds = {name: field.info["kind"] for name, field in delivered_fields(BY_NAME[table]).items()}
    return {name: _value(kinds[name], cell) for name, cell in zip(fields, cells, strict=True)}


def _value(kind: str, cell: str) -> Any:
    if cell == "-":
        return None
    if kind == "day":
        return day(cell)
    if kind == "moment":
        return datetime.strptime(f"{cell} 2020", "%d %b %H:%M %Y")
    if kind == "flag":
        assert cell == "yes", cell
        return True
    return {"whole": int, "amount": float}.get(kind, str)(cell)


def day(text: str) -> date:
    """Read '3 Aug', which is of 2020, or '3 Aug 2019'."""
    whole = text if re.search(r"\d{4}$", text) else f"{text} 2020"
    return datetime.strptime(whole, "%d %b %Y").date()


def frame_of(table: str, rows: Rows) -> pl.DataFrame:
    """Lay rows out as a delivered table, numbered from 1 in the file 'a.xlsx'."""
    fields = delivered_fields(BY_NAME[table])
    schema = {name: POLARS_TYPES[field.info["kind"]] for name, field in fields.items()}
    blank: dict[str, Any] = dict.fromkeys(schema)
    if "child_id" in schema:
        blank["child_id"] = "A"
    frame = pl.DataFrame([{**blank, **row} for row in rows], schema=schema)
    flags = [name for name, field in fields.items() if field.info["kind"] == "flag"]
    origin = {"submission": pl.lit("drawn"), "file": pl.lit("a.xlsx"), "sheet": pl.lit("List")}
    placed = frame.with_columns(pl.col(flags).fill_null(False), **origin)
    return placed.with_columns(pl.int_range(1, pl.len() + 1).alias("row"))


def result_of(drawing: Drawing) -> RuleResult:
    """Run the drawing's rule over its tables; tables not drawn are empty."""
    (rule,) = (
        rule for rule in RULES if rule.code == drawing.code and rule.table.__name__ == drawing.table
    )
    frames = {name: frame_of(name, drawing.tables.get(name, [])) for name in rule.tables}
    assert set(drawing.tables) <= set(frames), "a table is drawn that the rule does not look into"
    return validate(frames, AS_AT, first_day=FIRST_DAY, rules=[rule]).results[0]
