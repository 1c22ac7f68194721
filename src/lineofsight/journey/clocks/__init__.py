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
    found: set[str] = set()
    left = set(fields)
    while left:
        name = left.pop()
        table = name.split(".")[0]
        if name in _BY_NAME:
            left |= _BY_NAME[name].needs()
        elif table in RESTS_ON:
            found |= RESTS_ON[table]
        else:
            found.add(name)
    return frozenset(found)


@cache
def tables_behind(fields: frozenset[str]) -> frozenset[str]:
    """Every table, recorded or derived, that 'table.field' names rest on."""
    clocks = [_BY_NAME[name] for name in fields if name in _BY_NAME]
    further = frozenset[str]().union(*(clock.needs() for clock in clocks)) - fields
    made_of = frozenset[str]().union(*(RESTS_ON.get(_table(name), ()) for name in fields)) - fields
    deeper = tables_behind(further | made_of) if further | made_of else frozenset()
    return frozenset(map(_table, fields)) | deeper


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
