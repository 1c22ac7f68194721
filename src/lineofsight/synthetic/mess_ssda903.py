"""The faults that SSDA903 returns show: one block a kind of fault, made in the tables as text.

Codes of rules are those of the Department's guide.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import polars as pl

from lineofsight.synthetic.mess import Cell, CellFault, Messed, RowOf, just

_DAY = "%d/%m/%Y"


def _days_from(column: str, days: int) -> Callable[[RowOf], str]:
    def written(row: RowOf) -> str:
        return (datetime.strptime(row[column], _DAY) + timedelta(days=days)).strftime(_DAY)

    return written


SSDA903_FAULTS = (
    CellFault("no child", "reviews", "CHILD", "NOT_TAKEN", just(None)),
    CellFault("no first day", "episodes", "DECOM", "NOT_TAKEN", just(None)),
    CellFault("unknown legal status", "episodes", "LS", "UNKNOWN", just("Z9")),
    CellFault("no legal status", "episodes", "LS", "144", just(None)),
    CellFault("no placement", "episodes", "PLACE", "146", just(None)),
    CellFault("ends before it starts", "episodes", "DEC", "356", _days_from("DECOM", -30)),
    CellFault("end without a reason", "episodes", "REC", "148", just(None),
              pl.col("DEC").is_not_null()),
    CellFault("day that is none", "reviews", "REVIEW", "NOT_TAKEN", just("31/02/2019")),
    CellFault("unknown participation", "reviews", "REVIEW_CODE", "UNKNOWN", just("PN9")),
    CellFault("back before missing", "missing", "MIS_END", "567", _days_from("MIS_START", -2)),
    CellFault("score out of range", "oc2", "SDQ_SCORE", "180", just("55")),
)  # fmt: skip
SSDA903_REPEATED = ("episodes",)


def written_into(messed: Messed) -> Mapping[str, pl.DataFrame]:
    """Give the tables with the faults written into their cells."""
    return {title: _with(rows, messed.cells[title]) for title, rows in messed.sheets.items()}


def _with(rows: pl.DataFrame, cells: Mapping[tuple[int, int], Cell]) -> pl.DataFrame:
    columns = {n: rows[name].to_list() for n, name in enumerate(rows.columns)}
    for (row, column), value in cells.items():
        columns[column][row] = value
    changed = {column for _, column in cells}
    series = [
        pl.Series(rows.columns[n], columns[n], dtype=pl.String) for n in sorted(changed)
    ]  # fmt: skip
    return rows.with_columns(series)
