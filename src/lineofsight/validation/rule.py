"""What a validation rule is: a frozen block that names the rows that break it.

A rule speaks of one journey table. `broken` is an expression over its fields, over what it looks up
in other tables about the same child, and over the two days every delivery has, AS_AT and FIRST_DAY.
A rule whose fields do not exist is found when the program starts, not when a file arrives.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

import polars as pl
import sqlalchemy as sa

from lineofsight.errors import DefinitionFault, Fault, nearest
from lineofsight.journey.fields import Events, fields_of
from lineofsight.reference.working_days import FIRST_DAY as CALENDAR_FROM
from lineofsight.reference.working_days import LAST_DAY as CALENDAR_TO
from lineofsight.reference.working_days import working_day_numbers

CHILD = "child_id"
AS_AT = pl.col("as_at")
FIRST_DAY = pl.col("first_day")
_DAYS = frozenset({"as_at", "first_day"})
# What a span that is still open is compared with: later than any day of the calendar.
FOREVER = pl.lit(CALENDAR_TO)


class Severity(Enum):
    """An error cannot be true; a query can, and asks to be looked at."""

    ERROR = "error"
    QUERY = "query"


ERROR, QUERY = Severity.ERROR, Severity.QUERY


@dataclass(frozen=True)
class Lookup:
    """What another table says about the same child: every value of one field, as a list."""

    name: str
    field: sa.Column[Any]

    @property
    def table(self) -> str:
        """Name of the table that is looked into."""
        return str(self.field.table.name)


@dataclass(frozen=True)
class Rule:
    """One rule.

    `code` is the Department's where there is one ('8608', 'Q' at the end for a query), else our
    own, which begins with 'L'. `sentence` says what is the matter, as the reader of the report
    should see it. `broken` is true on the rows that break the rule. `since` and `until` bound
    the years (of the delivery's date) in which it applies. A rule that compares whole rows does
    without a field that the delivery has no column for (`needs_every_field=False`).
    Raises DefinitionFault when a field is not in the table.
    """

    code: str
    severity: Severity
    sentence: str
    table: type[Events]
    broken: pl.Expr
    lookups: tuple[Lookup, ...] = ()
    since: int | None = None
    until: int | None = None
    needs_every_field: bool = True

    def __post_init__(self) -> None:
        known = {*fields_of(self.table), *(lookup.name for lookup in self.lookups), *_DAYS}
        faults = [self._unknown(name, known) for name in self.names if name not in known]
        if faults:
            raise DefinitionFault(faults)

    def _unknown(self, name: str, known: set[str]) -> Fault:
        near = nearest(name, sorted(known))
        remedy = f"Did you mean {near}?" if near else "Look it up in journey/tables.py."
        where = f"Rule {self.code}, table '{self.table.__name__}'."
        return Fault(f"There is no field '{name}'.", where, remedy)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name the expression uses, once."""
        return tuple(dict.fromkeys(self.broken.meta.root_names()))

    @property
    def fields(self) -> tuple[str, ...]:
        """The journey fields the rule needs, as 'table.field'."""
        own = [name for name in self.names if name in fields_of(self.table)]
        looked_up = [f"{lookup.table}.{lookup.field.name}" for lookup in self.lookups]
        return (*(f"{self.table.__name__}.{name}" for name in own), *looked_up)

    def applies_in(self, year: int) -> bool:
        """Tell whether the rule is in force for deliveries of a year."""
        return (self.since is None or year >= self.since) and (
            self.until is None or year <= self.until
        )


def value(field: sa.Column[Any]) -> pl.Expr:
    """The value of a field, in an expression: `value(need_episodes.ended_on)`."""
    return pl.col(field.name)


def working_day(day: pl.Expr) -> pl.Expr:
    """The running number of a working day, see `reference.working_days`; blank for a blank day."""
    numbers = pl.lit(pl.Series(working_day_numbers()))
    return numbers.gather((day - pl.lit(CALENDAR_FROM)).dt.total_days())


def is_working_day(day: pl.Expr) -> pl.Expr:
    """Whether a day is a weekday and no bank holiday of England."""
    return working_day(day) > working_day(day.dt.offset_by("-1d"))


def overlaps_an_earlier(start: sa.Column[Any], end: sa.Column[Any]) -> pl.Expr:
    """Whether a span of a child starts before an earlier span of the same child has ended.

    A span that starts on the day another ends does not overlap it.
    """
    end_or_open = value(end).fill_null(FOREVER)
    ended = end_or_open.cum_max().shift(1).over(CHILD, order_by=start.name)
    return value(start) < ended


def is_second_open(start: sa.Column[Any], end: sa.Column[Any]) -> pl.Expr:
    """Whether a span is open while a span of the same child that started before it is open too."""
    is_open = value(end).is_null()
    earlier = is_open.cast(pl.Int64).cum_sum().over(CHILD, order_by=start.name)
    return is_open & (earlier > 1)
