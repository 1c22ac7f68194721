"""How a figure is counted a second time: a plain walk over the rows, month by month."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lineofsight.reference.periods import Month

from ..journeys import Tables

Row = dict[str, Any]
Met = Callable[[Row, date, Tables], bool]


@dataclass(frozen=True)
class Recount:
    """How to walk over the rows of one figure.

    `table` names the rows, or makes them out of all tables. A flow has one date; a stock opens and
    closes. `met` is told the row, the last day of the month and all tables; an average sums `total`
    and `per` instead. Of `each` child one row counts, and it is met if any of its rows is.
    """

    table: str | Callable[[Tables], list[Row]]
    opens: Callable[[Row], Any]
    closes: str = ""
    of: Callable[[Row], bool] = lambda row: True
    met: Met | None = None
    total: Callable[[Row], float | None] | None = None
    per: Callable[[Row], float | None] | None = None
    each: str = ""

    def rows(self, tables: Tables, month: Month) -> Iterator[Row]:
        """Give the rows that count in a month or at its end."""
        given = tables[self.table] if isinstance(self.table, str) else self.table(tables)
        for row in filter(self.of, given):
            opened = _day(self.opens(row))
            if opened is None:
                continue
            if not self.closes:
                if (opened.year, opened.month) == (month.year, month.number):
                    yield row
            else:
                closed = _day(row[self.closes])
                if opened <= month.last_day and (closed is None or closed > month.last_day):
                    yield row

    def value(self, tables: Tables, *months: Month) -> tuple[float, float]:
        """Count numerator and denominator of some months together."""
        rows = [(row, month) for month in months for row in self.rows(tables, month)]
        if self.total and self.per:
            both = [(self.total(row), self.per(row)) for row, _ in rows]
            known = [(t, p) for t, p in both if t is not None and p is not None]
            return sum(t for t, _ in known), sum(p for _, p in known)
        met = self.met or (lambda row, last, tables: True)
        told = [(row, met(row, month.last_day, tables)) for row, month in rows]
        if self.each:
            met_by = {row[self.each] for row, is_met in told if is_met}
            return len(met_by), len({row[self.each] for row, _ in told})
        return sum(is_met for _, is_met in told), len(told)


def _day(moment: date | datetime | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment


def on(field: str) -> Callable[[Row], Any]:
    """Give the field of a row."""
    return lambda row: row[field]


def is_yes(field: str) -> Met:
    """Say whether a flag of the row is set."""
    return lambda row, last, tables: bool(row[field])


def holds(field: str, *values: str) -> Met:
    """Tell a row whose field is one of some codes."""
    return lambda row, last, tables: row[field] in values


def in_full_care(row: Row) -> bool:
    """Leave out series of short breaks."""
    return row["legal_status"] not in ("V3", "V4")
