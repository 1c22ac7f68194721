"""Draw up a worklist as at a day: who stands on it, how urgent, and what changed in a week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any

import sqlalchemy as sa

from lineofsight.access.audit import AuditEntry
from lineofsight.journey.fields import part_of
from lineofsight.journey.tables import conference_requests
from lineofsight.reference.working_days import working_days_between
from lineofsight.warehouse.engine import Engine
from lineofsight.warehouse.sql_text import render
from lineofsight.worklists.trace import ORIGIN_LABELS
from lineofsight.worklists.worklist import Worklist

WEEK = 7


class State(Enum):
    """How urgent a row is, with the mark that tells it without colour."""

    LATE = "late", "\u25a0"
    WILL_BE_LATE = "will be late", "\u25b2"
    AT_RISK = "at risk", "\u25c6"
    IN_TIME = "in time", "\u25cb"
    NOTICE = "to note", "\u2022"

    def __init__(self, word: str, mark: str) -> None:
        self.word = word
        self.mark = mark


ORDER = {state: place for place, state in enumerate(State)}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list; its days, whether the figure counts it and in time, and its record.

    `left_on` is the day it left the list, blank while it stands there; `values` are what is shown
    beside it, in the order of the list's block.
    """

    child: str
    family: str | None
    team: str | None
    worker: str | None
    opened_on: date
    due_on: date | None
    overdue_on: date | None
    booked_on: date | None
    left_on: date | None
    is_done: bool
    is_counted: bool
    is_in_time: bool
    ended_because: str | None
    values: tuple[Any, ...]
    file: str
    sheet: str
    row: int

    @property
    def is_counted_late(self) -> bool:
        """Whether the figure counts it late, now that it has left the list."""
        return self.left_on is not None and self.is_counted and not self.is_in_time


@dataclass(frozen=True, slots=True)
class Listed:
    """A row on the list with its urgency and whether it is new since last week.

    `used` and `left` are days of the list's kind since it was owed and until it is late; `left` is
    negative once it is, and blank where nothing is due.
    """

    row: Row
    state: State
    is_new: bool
    used: int
    left: int | None


@dataclass(frozen=True)
class WeeksList:
    """A worklist as at a day: what stands on it by family, and what left it in the week before."""

    worklist: Worklist
    on: date
    rows: tuple[Listed, ...]
    gone: tuple[Row, ...]

    @property
    def since(self) -> date:
        """The day of last week's list."""
        return self.on - timedelta(days=WEEK)

    def count(self, state: State) -> int:
        """How many rows are of a state."""
        return sum(one.state is state for one in self.rows)

    @property
    def families(self) -> int:
        """How many families they are; a child whose family is not known is one."""
        return len({family_of(one.row) for one in self.rows})

    def of(self, teams: Sequence[str] = (), workers: Sequence[str] = ()) -> WeeksList:
        """The part of the list that some teams and workers are responsible for; all for none."""

        def is_theirs(row: Row) -> bool:
            return (not teams or row.team in teams) and (not workers or row.worker in workers)

        rows = tuple(one for one in self.rows if is_theirs(one.row))
        return replace(self, rows=rows, gone=tuple(row for row in self.gone if is_theirs(row)))


def family_of(row: Row) -> tuple[str, str]:
    """What siblings share; a child whose family is not known stands alone."""
    return ("family", row.family) if row.family else ("child", row.child)


def draw_up(worklist: Worklist, engine: Engine, on: date, entry: AuditEntry) -> WeeksList:
    """Draw up a list at the end of a day, from an engine over the journey as at that day.

    Needs the audit entry of the act: the list names children.
    """
    assert entry.subject
    families = _families(engine)
    asked = engine.rows(render(_statement(worklist, on)))
    rows = [_row(worklist, values, families) for values in asked]
    open_rows = (row for row in rows if row.left_on is None or row.left_on > on)
    listed = [_listed(worklist, row, on) for row in open_rows]
    gone = [row for row in rows if row.left_on and row.left_on <= on and _stood(worklist, row)]
    return WeeksList(worklist, on, _by_family(listed), tuple(sorted(gone, key=_when_gone)))


def responsible(worklist: Worklist, kind: str, engine: Engine) -> frozenset[str]:
    """Give every 'team' or 'worker' that a record of a list's table names, on the list or not."""
    column = worklist.opened.table.columns.get(kind)
    if column is None:
        return frozenset()
    asked = sa.select(column).distinct().where(column.is_not(None))
    return frozenset(str(name) for (name,) in engine.rows(render(asked)))


def _statement(worklist: Worklist, on: date) -> sa.Select[Any]:
    """The rows on the list, and those that left it in the week before."""
    today = on.toordinal()
    columns = opened, ended, overdue = (
        part_of(worklist.opened, "day"),
        _end(worklist),
        sa.null() if worklist.overdue is None else part_of(worklist.overdue, "day"),
    )
    is_near = sa.or_(overdue.is_(None), overdue <= today + worklist.ahead)
    is_here = sa.or_(ended.is_(None), ended > today - WEEK)
    return sa.select(*_selected(worklist, columns)).where(
        worklist.of, opened <= today, is_near, is_here
    )


def _end(worklist: Worklist) -> sa.ColumnElement[Any]:
    """The day a row leaves the list: done, no longer owed, or kept for long enough."""
    found: list[Any] = [
        part_of(field, "day") for field in (worklist.done, worklist.ended) if field is not None
    ]
    if worklist.kept_days is not None:
        found.append(part_of(worklist.opened, "day") + worklist.kept_days)
    return sa.func.least(*found) if len(found) > 1 else found[0]


def _selected(worklist: Worklist, days: tuple[Any, Any, Any]) -> list[sa.ColumnElement[Any]]:
    table = worklist.opened.table
    opened, ended, overdue = days
    done = sa.false() if worklist.done is None else part_of(worklist.done, "day") <= ended
    chosen: list[Any] = [
        next(iter(table.columns)),
        *(table.columns.get(name, sa.null()) for name in ("team", "worker")),
        *(opened, sa.null() if worklist.due is None else worklist.due, overdue),
        sa.null() if worklist.booked is None else worklist.booked,
        *(ended, *(sa.case((x, sa.true()), else_=sa.false()) for x in _truths(worklist, done))),
        sa.null() if worklist.ended_because is None else worklist.ended_because,
        *(table.columns[name] for name in ORIGIN_LABELS[1:]),
        *worklist.shown.values(),
    ]
    return [column.label(f"c{place}") for place, column in enumerate(chosen)]


def _truths(worklist: Worklist, done: sa.ColumnElement[Any]) -> tuple[sa.ColumnElement[Any], ...]:
    return done, worklist.counted, worklist.in_time


def _row(worklist: Worklist, values: tuple[Any, ...], families: Mapping[str, str]) -> Row:
    child, team, worker, opened, due, overdue, booked, ended, *rest = values
    is_done, is_counted, is_in_time, because, file, sheet, number, *shown = rest
    return Row(
        child=str(child),
        family=families.get(str(child)),
        team=team,
        worker=worker,
        opened_on=date.fromordinal(opened),
        due_on=_day(due),
        overdue_on=_day(overdue),
        booked_on=_day(booked),
        left_on=_day(ended),
        is_done=bool(is_done),
        is_counted=bool(is_counted),
        is_in_time=bool(is_in_time),
        ended_because=because,
        values=tuple(shown),
        file=file,
        sheet=sheet,
        row=number,
    )


def _day(value: Any) -> date | None:
    if isinstance(value, int):
        return date.fromordinal(value)
    return value.date() if isinstance(value, datetime) else value


def _families(engine: Engine) -> dict[str, str]:
    """The sibling group for which a conference of each child was last asked for."""
    request = conference_requests
    last = (
        sa.select(request.child_id, request.family_id)
        .where(request.family_id.is_not(None))
        .order_by(part_of(request.strategy_discussion_on, "day"))
    )
    return {str(child): str(family) for child, family in engine.rows(render(last))}


def _listed(worklist: Worklist, row: Row, on: date) -> Listed:
    left = _left(worklist, row, on)
    since = on - timedelta(days=WEEK)
    return Listed(
        row=row,
        state=_state(worklist, row, on, left),
        is_new=_listed_from(worklist, row) > since,
        used=_days(worklist, row.opened_on, on),
        left=left,
    )


def _days(worklist: Worklist, start: date, end: date) -> int:
    return working_days_between(start, end) if worklist.has_working_days else (end - start).days


def _left(worklist: Worklist, row: Row, on: date) -> int | None:
    last = row.due_on or (row.overdue_on and row.overdue_on - timedelta(days=1))
    return _days(worklist, on, last) if last else None


def _state(worklist: Worklist, row: Row, on: date, left: int | None) -> State:
    if row.overdue_on is None or left is None:
        return State.NOTICE
    if on >= row.overdue_on:
        return State.LATE
    if row.booked_on and row.booked_on >= row.overdue_on:
        return State.WILL_BE_LATE
    is_booked = row.booked_on is not None and row.booked_on >= on
    return State.AT_RISK if left <= worklist.at_risk and not is_booked else State.IN_TIME


def _listed_from(worklist: Worklist, row: Row) -> date:
    if row.overdue_on is None:
        return row.opened_on
    return max(row.opened_on, row.overdue_on - timedelta(days=worklist.ahead))


def _stood(worklist: Worklist, row: Row) -> bool:
    """Whether a row that has left stood on the list at all."""
    assert row.left_on
    return row.overdue_on is None or _listed_from(worklist, row) <= row.left_on


def _when_gone(row: Row) -> tuple[Any, ...]:
    return (row.left_on, family_of(row), row.child)


def _by_family(listed: Iterable[Listed]) -> tuple[Listed, ...]:
    """Siblings together, the most urgent family first."""
    families: defaultdict[tuple[str, str], list[Listed]] = defaultdict(list)
    for one in listed:
        families[family_of(one.row)].append(one)
    for siblings in families.values():
        siblings.sort(key=_urgency)
    order = sorted(families.values(), key=lambda siblings: _urgency(siblings[0]))
    return tuple(one for siblings in order for one in siblings)


def _urgency(one: Listed) -> tuple[Any, ...]:
    until = one.row.overdue_on or one.row.opened_on
    return ORDER[one.state], until, family_of(one.row), one.row.child
