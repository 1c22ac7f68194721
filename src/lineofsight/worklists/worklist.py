"""What a worklist is: who is owed something by a day, told by the same clock as its figure.

A list is a frozen block of data that runs nothing. `due` and `overdue` are days of the clock that
its indicator judges by, so that what leaves a list late is what the percentage counts late.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from lineofsight.errors import DefinitionFault, Fault
from lineofsight.indicators.indicator import Condition, During, Percentage, Since, everything
from lineofsight.warehouse.engine import Engine

Field = sa.Column[Any]
FROM_THE_START = 100_000  # days ahead: listed as soon as it is owed


@dataclass(frozen=True, kw_only=True)
class Worklist:
    """One list: what is owed, from when, by when, and what is shown beside it.

    `opened` is the day from which it is owed, `due` the last day in time and `overdue` the first
    on which it is late (both blank for a list that gives notice of something); `done` the day it
    was done and `ended` the day it ceased to be owed; `booked` a day it is booked for,
    `ended_because` the reason recorded for its end. A row is
    listed from `ahead` days before it is late, and is at risk with `at_risk` days left and nothing
    booked. `kept_days` takes a row off a list that gives notice after so long.

    `indicator` is the figure that the list keeps from being late; `counts` says which rows it
    counts and `met` which of them in time, where they cannot be read off the indicator itself.
    `stock` is the figure that counts those late now, if there is one. `needs` names tables without
    which there is no list; `words` says how a row is called (one, many), that it was done, and why
    it ceased to be owed. `remarks` says what the records leave open on a day.
    """

    id: str
    title: str
    purpose: str
    indicator: Percentage
    stock: Percentage | None = None
    needs: tuple[str, ...]
    words: Words
    opened: Field
    opened_as: str
    due: Field | None = None
    overdue: Field | None = None
    done: Field | None = None
    ended: Field | None = None
    ended_because: Field | None = None
    booked: Field | None = None
    of: Condition = everything
    counts: Condition | None = None
    met: Condition | None = None
    shown: Mapping[str, Field] = field(default_factory=dict)
    has_working_days: bool = False
    ahead: int = FROM_THE_START
    at_risk: int = 5
    kept_days: int | None = None
    note: str = ""
    remarks: Callable[[Engine, date], tuple[str, ...]] | None = None

    def __post_init__(self) -> None:
        columns = (node for x in (self.of, self.counted, self.in_time) for node in _columns(x))
        others = sorted({str(c.table.name) for c in columns} - {self.table})
        if others:
            what = f"A worklist may use one table; this one mixes {self.table} and {others[0]}."
            remedy = "Say with 'counts' and 'met' which of its own rows the figure counts."
            raise DefinitionFault(Fault(what, f"The list is '{self.id}'.", remedy))

    @property
    def table(self) -> str:
        """Name of the journey table whose rows are listed."""
        return str(self.opened.table.name)

    @property
    def counted(self) -> Condition:
        """Which rows the figure counts, once they have ended."""
        if self.counts is not None:
            return self.counts
        when = self.indicator.when
        dated = when.date if isinstance(when, During) else when.start
        return sa.and_(dated.is_not(None), self.indicator.of)

    @property
    def in_time(self) -> Condition:
        """Which rows were done in time, by the condition of the figure."""
        if self.met is not None:
            return self.met
        met = self.indicator.met
        if isinstance(met, Since):
            return sa.true() if self.done is None else self.done.is_not(None)
        return met


@dataclass(frozen=True, slots=True)
class Words:
    """How a list speaks: 'review', 'reviews', 'held', 'the plan ended', and what late is."""

    one: str
    many: str
    done: str
    ended: str
    late: str = "late"


def _columns(condition: Condition) -> Iterator[Field]:
    nodes = sa.sql.visitors.iterate(condition)
    return (node for node in nodes if isinstance(node, sa.Column))
