"""The statutory clocks: durations, deadlines and a child's own history, each worked out once.

One block a clock, a chapter a file. Each is an expression over the integers that stand beside the
dates (`journey.fields`), so that a duration is a subtraction. A clock that yields a day gives a
number on one of the calendar's scales, and the day is the first one that reaches it.
"""

from __future__ import annotations

from functools import cache

from lineofsight.journey.clocks.care import CARE
from lineofsight.journey.clocks.clock import Clock
from lineofsight.journey.clocks.front import FRONT
from lineofsight.journey.clocks.protection import PROTECTION
from lineofsight.journey.derived import EVERY, RESTS_ON

__all__ = ["CLOCKS", "Clock", "clocks_of", "columns_demanded", "records_behind", "tables_behind"]

CLOCKS: tuple[Clock, ...] = (*FRONT, *PROTECTION, *CARE)
_BY_NAME = {f"{clock.table}.{clock.fills.name}": clock for clock in CLOCKS}


def clocks_of(table: str) -> tuple[Clock, ...]:
    """The clocks of one journey table, in order."""
    return tuple(clock for clock in CLOCKS if clock.table == table)


@cache
def records_behind(fields: frozenset[str]) -> frozenset[str]:
    """Replace clocks and derived fields among 'table.field' names by the recorded ones behind."""
    return frozenset(name for name in _behind(fields) if not _made_of(name))


@cache
def tables_behind(fields: frozenset[str]) -> frozenset[str]:
    """Every table, recorded or derived, that 'table.field' names rest on."""
    names = _behind(fields)
    # A derived table needs all that it is made of, whichever of its fields is asked for.
    made_of = frozenset[str]().union(*(RESTS_ON.get(_table(name), ()) for name in names))
    return frozenset(map(_table, names | _behind(made_of)))


def _behind(fields: frozenset[str]) -> set[str]:
    """The names themselves, and all that they are made of."""
    found: set[str] = set()
    left = set(fields)
    while left:
        name = left.pop()
        found.add(name)
        left |= _made_of(name) - found
    return found


def _made_of(name: str) -> frozenset[str]:
    if name in _BY_NAME:
        return frozenset(_BY_NAME[name].needs())
    return RESTS_ON.get(_table(name), frozenset())


def _table(name: str) -> str:
    return name.split(".")[0]


@cache
def columns_demanded(fields: frozenset[str]) -> frozenset[str]:
    """The recorded ones behind 'table.field' names without which there is no figure.

    A flag that is no unless told is not among them.
    """
    return frozenset(name for name in records_behind(fields) if not _is_no_unless_told(name))


def _is_no_unless_told(name: str) -> bool:
    table, field = name.split(".")
    return bool(EVERY[table].table.columns[field].info.get("no_unless_told"))
