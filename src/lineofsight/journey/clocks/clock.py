"""What a clock is, and the phrases its expression is written with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from lineofsight.journey.fields import part_of

Scale = Literal["day", "working_day", "month_day"]
ONE_MONTH = 32  # on the month_day scale


@dataclass(frozen=True, kw_only=True)
class Clock:
    """How one clock column is worked out.

    `fills` is the column; `expression` its value over the row's own table (or over another table,
    as a scalar subquery on the child). For a clock that yields a day, `scale` says which of the
    calendar's numbers the expression gives; the day is the first that reaches the number, or with
    `is_deadline` the last that does not pass it: three months after 30 November are over on the
    last day of February. `source` cites the paragraph.
    """

    fills: sa.Column[Any]
    expression: sa.ColumnElement[Any]
    source: str
    scale: Scale | None = None
    is_deadline: bool = False

    @property
    def table(self) -> str:
        return str(self.fills.table.name)

    def needs(self) -> frozenset[str]:
        """Names of the journey fields the clock is worked out from, as 'table.field'."""
        columns = (n for n in _nodes(self.expression) if isinstance(n, sa.Column))
        told = (c for c in columns if c.info["kind"] != "origin")
        named = ((c.table.name, c.info.get("of", c.name)) for c in told)
        return frozenset(f"{table}.{field}" for table, field in named)


def working_days(start: sa.Column[Any], end: sa.Column[Any]) -> sa.ColumnElement[int]:
    """Working days after `start` up to and including `end`; blank where either is blank."""
    return part_of(end, "working_day") - part_of(start, "working_day")


def minutes(start: sa.Column[Any], end: sa.Column[Any]) -> sa.ColumnElement[int]:
    """Minutes that passed from one moment to another, clock changes allowed for."""
    return part_of(end, "minute") - part_of(start, "minute")


def days_after(start: sa.Column[Any], count: int) -> sa.ColumnElement[int]:
    """The day number `count` days after `start`."""
    return part_of(start, "day") + count


def months(count: int) -> int:
    """What `count` calendar months are on the month_day scale."""
    return count * ONE_MONTH


def months_after(start: sa.Column[Any], count: int) -> sa.ColumnElement[int]:
    """The month_day number `count` calendar months after `start`."""
    return part_of(start, "month_day") + months(count)


def working_days_after(start: sa.Column[Any], count: int) -> sa.ColumnElement[int]:
    """The working-day number `count` working days after `start`."""
    return part_of(start, "working_day") + count


def truth(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """A condition as a flag: what cannot be decided is no."""
    return sa.case((condition, sa.true()), else_=sa.false())


def is_ended_within(
    count: int, start: sa.Column[Any], end: sa.Column[Any]
) -> sa.ColumnElement[bool]:
    """Whether a span ended at most `count` calendar months after it started."""
    return truth(part_of(end, "month_day") <= months_after(start, count))


def previous(date: sa.Column[Any], *, of: sa.Column[Any]) -> sa.ColumnElement[int]:
    """The month_day number of the row before this one for the same child, by date."""
    number = part_of(date, "month_day")
    return sa.func.max(number).over(partition_by=of, order_by=number, rows=(None, -1))


def is_within_months(
    count: int, earlier: sa.ColumnElement[int], later: sa.Column[Any]
) -> sa.ColumnElement[bool]:
    """Whether `later` lies at most `count` calendar months after the month_day number `earlier`."""
    return truth(part_of(later, "month_day") - earlier <= months(count))


def _nodes(expression: sa.ColumnElement[Any]) -> Iterator[Any]:
    return iter(sa.sql.visitors.iterate(expression))
