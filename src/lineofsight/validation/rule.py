"""What a validation rule is: a frozen block that names the rows that break it.

A rule speaks of one journey table. `broken` is an expression over its fields, over what it looks up
or matches in other tables about the same child, and over the two days every delivery has, AS_AT and
FIRST_DAY. A rule whose fields do not exist is found when the program starts, not when a file
arrives.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
# In front of the name of a field of the other table, inside a match.
THEIRS = "their_"
# What a short form may begin with, and what stands there when it is said of several rows.
_VERBS = {"has": "have", "is": "are", "was": "were"}
# What a span that is still open is compared with: later than any day of the calendar.
FOREVER = pl.lit(CALENDAR_TO)
_SATURDAY = 6


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
class Match:
    """Whether another table has a row about the same child for which something is true.

    `when` is over the rule's own fields and, through `theirs`, over those of the table `among`.
    """

    name: str
    among: type[Events]
    when: pl.Expr

    @property
    def table(self) -> str:
        """Name of the table that is looked into."""
        return self.among.__name__

    @property
    def found(self) -> pl.Expr:
        """The truth, inside a rule's expression."""
        return pl.col(self.name)

    @property
    def own(self) -> tuple[str, ...]:
        """The rule's own names that the condition uses, the days of the delivery among them."""
        return tuple(name for name in self._names if not name.startswith(THEIRS))

    @property
    def other(self) -> tuple[str, ...]:
        """The other table's fields that the condition uses."""
        there = (name for name in self._names if name.startswith(THEIRS))
        return tuple(name.removeprefix(THEIRS) for name in there)

    @property
    def _names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.when.meta.root_names()))


@dataclass(frozen=True)
class Line:
    """The data-quality line that stands beside the figures that suffer when a rule is broken.

    `in_short` says it of one row: 'has no strategy discussion date'. It stands beside a figure that
    uses all the fields `beside`, and counts the broken rows that the figure counts.
    """

    in_short: str
    beside: tuple[sa.Column[Any], ...]

    @property
    def fields(self) -> frozenset[str]:
        """The fields a figure must use, as 'table.field'."""
        return frozenset(f"{field.table.name}.{field.name}" for field in self.beside)

    def of(self, count: int) -> str:
        """Say it of one row or of several: 'have no strategy discussion date'."""
        verb, _, rest = self.in_short.partition(" ")
        return self.in_short if count == 1 else f"{_VERBS[verb]} {rest}"


@dataclass(frozen=True)
class Rule:
    """One rule.

    `code` is the Department's where there is one ('8608', 'Q' at the end for a query), else our
    own, which begins with 'L'. `sentence` says what is the matter, as the reader of the report
    should see it; `line` says it beside the figures that suffer from it. `broken` is true on the
    rows that break the rule, which are put in the order of `in_order_of` for each child where the
    rule compares neighbours. `since` and `until` bound the years (of the delivery's date) in which
    it applies. A rule does without the `optional` fields where the delivery has no column for
    them, and one that compares whole rows without any (`needs_every_field=False`).
    Raises DefinitionFault when a field is not in the table.
    """

    code: str
    severity: Severity
    sentence: str
    table: type[Events]
    broken: pl.Expr
    lookups: tuple[Lookup, ...] = ()
    matches: tuple[Match, ...] = ()
    in_order_of: sa.Column[Any] | None = None
    line: Line | None = None
    optional: tuple[sa.Column[Any], ...] = ()
    since: int | None = None
    until: int | None = None
    needs_every_field: bool = True

    def __post_init__(self) -> None:
        own = {*fields_of(self.table), *_DAYS}
        known = own | {found.name for found in self._others}
        faults = self._unknown(self._expression_names, known, self.table)
        for match in self.matches:
            faults += self._unknown(match.own, own, self.table)
            faults += self._unknown(match.other, set(fields_of(match.among)), match.among)
        if self.line:
            faults += self._unspeakable(self.line)
        if faults:
            raise DefinitionFault(faults)

    def _unknown(self, names: Iterable[str], known: set[str], table: type[Events]) -> list[Fault]:
        where = f"Rule {self.code}, table '{table.__name__}'."
        near = {name: nearest(name, sorted(known)) for name in names if name not in known}
        return [
            Fault(
                f"There is no field '{name}'.",
                where,
                f"Did you mean {meant}?" if meant else "Look it up in journey/tables.py.",
            )
            for name, meant in near.items()
        ]

    def _unspeakable(self, line: Line) -> list[Fault]:
        where = f"Rule {self.code}, table '{self.table.__name__}'."
        faults: list[Fault] = []
        if line.in_short.split()[0] not in _VERBS:
            verbs = ", ".join(f"'{verb}'" for verb in _VERBS)
            what = f"The line '{line.in_short}' cannot be said of several rows."
            faults.append(Fault(what, where, f"Begin it with one of {verbs}."))
        if strangers := sorted(line.fields - set(self.own_fields)):
            what = f"The line stands beside {' and '.join(strangers)}, which the rule does not use."
            faults.append(Fault(what, where, "Name fields of the rule's own expression."))
        return faults

    @property
    def _expression_names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.broken.meta.root_names()))

    @property
    def names(self) -> tuple[str, ...]:
        """Every name of its own table, and of the days, that the rule uses, once."""
        matched = (name for match in self.matches for name in match.own)
        return tuple(dict.fromkeys((*self._expression_names, *matched)))

    @property
    def key(self) -> tuple[str, str]:
        """The code and the table, which no two rules share."""
        return self.code, self.table.__name__

    @property
    def own_fields(self) -> tuple[str, ...]:
        """The fields of its own table the rule uses, as 'table.field'."""
        known = fields_of(self.table)
        return tuple(f"{self.table.__name__}.{name}" for name in self.names if name in known)

    @property
    def fields(self) -> tuple[str, ...]:
        """The journey fields the rule uses, as 'table.field'."""
        looked_up = (f"{lookup.table}.{lookup.field.name}" for lookup in self.lookups)
        matched = (f"{match.table}.{name}" for match in self.matches for name in match.other)
        return tuple(dict.fromkeys((*self.own_fields, *looked_up, *matched)))

    @property
    def needed_fields(self) -> tuple[str, ...]:
        """The fields without which the rule does not run."""
        spared = {f"{field.table.name}.{field.name}" for field in self.optional}
        return tuple(name for name in self.fields if name not in spared)

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables the rule reads, its own first."""
        others = (found.table for found in self._others)
        return tuple(dict.fromkeys((self.table.__name__, *others)))

    @property
    def _others(self) -> tuple[Lookup | Match, ...]:
        return (*self.lookups, *self.matches)

    def applies_in(self, year: int) -> bool:
        """Tell whether the rule is in force for deliveries of a year."""
        return (self.since is None or year >= self.since) and (
            self.until is None or year <= self.until
        )


def value(field: sa.Column[Any]) -> pl.Expr:
    """The value of a field, in an expression: `value(need_episodes.ended_on)`."""
    return pl.col(field.name)


def theirs(field: sa.Column[Any]) -> pl.Expr:
    """The value of a field of the other table, inside a match."""
    return pl.col(f"{THEIRS}{field.name}")


def before(field: sa.Column[Any]) -> pl.Expr:
    """The value in the child's row before this one, in a rule that puts rows in order."""
    return _neighbour(field, 1)


def after(field: sa.Column[Any]) -> pl.Expr:
    """The value in the child's row after this one, in a rule that puts rows in order."""
    return _neighbour(field, -1)


def has_earlier_row() -> pl.Expr:
    """Whether the child has a row before this one, in a rule that puts rows in order."""
    return (pl.col(CHILD) == pl.col(CHILD).shift(1)).fill_null(False)


def has_later_row() -> pl.Expr:
    """Whether the child has a row after this one, in a rule that puts rows in order."""
    return (pl.col(CHILD) == pl.col(CHILD).shift(-1)).fill_null(False)


def _neighbour(field: sa.Column[Any], by: int) -> pl.Expr:
    is_same = pl.col(CHILD) == pl.col(CHILD).shift(by)
    return pl.when(is_same).then(pl.col(field.name).shift(by))


def working_day(day: pl.Expr) -> pl.Expr:
    """The running number of a working day, see `reference.working_days`; blank for a blank day."""
    numbers = pl.lit(pl.Series(working_day_numbers()))
    return numbers.gather((day - pl.lit(CALENDAR_FROM)).dt.total_days())


def is_working_day(day: pl.Expr) -> pl.Expr:
    """Whether a day is a weekday and no bank holiday of England."""
    return working_day(day) > working_day(day.dt.offset_by("-1d"))


def is_bank_holiday(day: pl.Expr) -> pl.Expr:
    """Whether a weekday is a bank holiday of England."""
    return (day.dt.weekday() < _SATURDAY) & ~is_working_day(day)


def is_weekend(day: pl.Expr) -> pl.Expr:
    """Whether a day is a Saturday or a Sunday."""
    return day.dt.weekday() >= _SATURDAY


def overlaps_an_earlier(
    start: sa.Column[Any],
    end: sa.Column[Any],
    *,
    within: Sequence[sa.Column[Any]] = (),
    last_day: bool = False,
) -> pl.Expr:
    """Whether a span of a child starts before an earlier span of the same child has ended.

    `within` names what spans must share besides the child to be compared. A span that starts on
    the day another ends overlaps it only where the `last_day` belongs to the span. The rule puts
    rows in the order of `start`.
    """
    end_or_open = value(end).fill_null(FOREVER)
    ended = end_or_open.cum_max().shift(1).over(CHILD, *(f.name for f in within))
    return value(start) <= ended if last_day else value(start) < ended


def is_second_open(
    start: sa.Column[Any], end: sa.Column[Any], *, within: Sequence[sa.Column[Any]] = ()
) -> pl.Expr:
    """Whether a span is open while a span of the same child that started before it is open too.

    The rule puts rows in the order of `start`.
    """
    is_open = value(end).is_null() & value(start).is_not_null()
    earlier = is_open.cast(pl.Int64).cum_sum().over(CHILD, *(f.name for f in within))
    return is_open & (earlier > 1)
