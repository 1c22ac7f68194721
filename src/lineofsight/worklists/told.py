"""A worklist in words: its columns, how each row left, and what stands above and below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lineofsight.indicators.indicator import Since
from lineofsight.reference.codes import code_sets
from lineofsight.reference.periods import day_name
from lineofsight.reference.working_days import working_days_between
from lineofsight.worklists.listed import Listed, Row, State, WeeksList, family_of
from lineofsight.worklists.worklist import FROM_THE_START, Field, Worklist

NOT_RECORDED = "not recorded"
NEW = "new"
Cell = str | int | date | datetime | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table; `begins_family` where a new family begins.

    `state` is the word of its urgency, `team` and `worker` what a reader filters by.
    """

    cells: tuple[Cell, ...]
    begins_family: bool
    state: str
    team: str
    worker: str


@dataclass(frozen=True)
class Table:
    """Named columns and their lines; `numbers` are the places of columns that hold numbers."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    numbers: frozenset[int]

    def values(self, of: str) -> tuple[str, ...]:
        """The different teams, workers or states of the lines, in order."""
        found = {str(getattr(line, of)) for line in self.lines}
        order = [state.word for state in State]
        return tuple(sorted(found, key=lambda x: (order.index(x) if x in order else 0, x)))


@dataclass(frozen=True)
class ToldList:
    """A worklist as it is drawn: what it is, what it comes to, its tables and its notes."""

    title: str
    authority: str
    is_synthetic: bool
    on: date
    since: date
    purpose: str
    summary: tuple[str, ...]
    remarks: tuple[str, ...]
    listed: Table
    gone: Table
    notes: tuple[str, ...]


def tell(
    week: WeeksList,
    authority: str,
    not_recorded: frozenset[str],
    remarks: Sequence[str],
    *,
    is_synthetic: bool,
) -> ToldList:
    """Put a week's list into words; `not_recorded` names shown columns that nobody delivered."""
    return ToldList(
        title=week.worklist.title,
        authority=authority,
        is_synthetic=is_synthetic,
        on=week.on,
        since=week.since,
        purpose=week.worklist.purpose,
        summary=tuple(summary(week)),
        remarks=tuple(remarks),
        listed=_listed(week, not_recorded),
        gone=_gone(week),
        notes=tuple(_notes(week.worklist)),
    )


def summary(week: WeeksList) -> Iterator[str]:
    """Say what the list comes to, and what changed since last week, without a child in it."""
    words = week.worklist.words
    count = len(week.rows)
    families = "1 family" if week.families == 1 else f"{week.families:,} families"
    states = [f"{week.count(state):,} {_state_word(week.worklist, state)}" for state in State
              if week.count(state) and state is not State.NOTICE]  # fmt: skip
    told = f": {_joined(states)}" if states else ""
    noun = words.one if count == 1 else words.many
    of = f" of {families}" if count else ""
    yield f"{count:,} {noun}{of} on {day_name(week.on)}{told}."
    new = sum(one.is_new for one in week.rows)
    ends = Counter(_ending(week.worklist, row) for row in week.gone)
    how = f": {_joined([f'{n:,} {word}' for word, n in ends.most_common()])}" if ends else ""
    yield f"Since {day_name(week.since)}: {new:,} new, {len(week.gone):,} gone{how}."


def _joined(parts: Sequence[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]


def _state_word(worklist: Worklist, state: State) -> str:
    return worklist.words.late if state is State.LATE else state.word


def _listed(week: WeeksList, not_recorded: frozenset[str]) -> Table:
    worklist = week.worklist
    names = list(_columns(worklist))
    lines, before = [], None
    for one in week.rows:
        family = family_of(one.row)
        cells = tuple(_cells(worklist, one, not_recorded))
        word = _state_word(worklist, one.state)
        lines.append(_line(one.row, cells, begins_family=family != before, state=word))
        before = family
    return Table(tuple(names), tuple(lines), _numbers(worklist, names))


def _columns(worklist: Worklist) -> Iterator[str]:
    days = "working days" if worklist.has_working_days else "days"
    if worklist.overdue is not None:
        yield "Urgency"
    yield from ("Child", "Family", "Team", "Worker", worklist.opened_as)
    yield f"{days.capitalize()} since"
    if worklist.due is not None:
        yield from ("Due", f"{days.capitalize()} left")
    if worklist.booked is not None:
        yield "Booked for"
    yield from worklist.shown
    yield "Since last week"


def _cells(worklist: Worklist, one: Listed, not_recorded: frozenset[str]) -> Iterator[Cell]:
    row = one.row
    if worklist.overdue is not None:
        yield f"{one.state.mark} {_state_word(worklist, one.state)}"
    yield from (row.child, row.family, row.team, row.worker, row.opened_on, one.used)
    if worklist.due is not None:
        yield from (row.due_on, one.left)
    if worklist.booked is not None:
        yield NOT_RECORDED if "Booked for" in not_recorded else row.booked_on
    for (name, field), value in zip(worklist.shown.items(), row.values, strict=True):
        yield NOT_RECORDED if name in not_recorded else _cell(field, value)
    yield NEW if one.is_new else None


def _cell(field: Field, value: Any) -> Cell:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and "code_set" in field.info:
        known = {code.code: code.label for code in code_sets()[field.info["code_set"]].codes}
        return known.get(value, value)
    found: Cell = value
    return found


def _numbers(worklist: Worklist, names: Sequence[str]) -> frozenset[int]:
    counts = {name for name, field in worklist.shown.items() if field.info["kind"] == "whole"}
    return frozenset(
        place for place, name in enumerate(names)
        if name in counts or name.lower().endswith(("days since", "days left"))
    )  # fmt: skip


def _line(row: Row, cells: tuple[Cell, ...], *, begins_family: bool, state: str) -> Line:
    return Line(cells, begins_family, state, row.team or "\u2013", row.worker or "\u2013")


def _gone(week: WeeksList) -> Table:
    worklist = week.worklist
    due = ["Due"] if worklist.due is not None else []
    names = ["Child", "Family", "Team", "Worker", worklist.opened_as, *due, "Gone on", "How"]
    lines = []
    for row in week.gone:
        who = (row.child, row.family, row.team, row.worker, row.opened_on)
        by = (row.due_on,) if worklist.due is not None else ()
        how = _how(worklist, row)
        cells = (*who, *by, row.left_on, how)
        lines.append(_line(row, cells, begins_family=True, state=_ending(worklist, row)))
    return Table(tuple(names), tuple(lines), frozenset())


def _ending(worklist: Worklist, row: Row) -> str:
    """How a row left, in the words that rows of the same end share."""
    words = worklist.words
    if not row.is_done:
        return f"because {words.ended}"
    if not row.is_counted:
        return f"{words.done}, not in the figure yet"
    if isinstance(worklist.indicator.met, Since) and worklist.met is None:
        return words.done
    return f"{words.done} {'in time' if row.is_in_time else 'late'}"


def _how(worklist: Worklist, row: Row) -> str:
    ending = _ending(worklist, row)
    reason = row.ended_because
    if not row.is_done:
        late = "; the figure counts it as late" if row.is_counted_late else ""
        return f"{ending}{f' ({reason})' if reason else ''}{late}"
    return f"{ending}, {_after(worklist, row)}"


def _after(worklist: Worklist, row: Row) -> str:
    assert row.left_on
    if worklist.has_working_days:
        days, unit = working_days_between(row.opened_on, row.left_on), "working day"
    else:
        days, unit = (row.left_on - row.opened_on).days, "day"
    return f"after {days:,} {unit}{'' if days == 1 else 's'}"


def _notes(worklist: Worklist) -> Iterator[str]:
    yield f"The figure it goes with: {worklist.indicator.name}. {worklist.indicator.source}"
    yield (
        "The list and the figure use the same days: what leaves this list late is what the figure "
        "counts late, and what stands on it as late is what it will count."
    )
    if worklist.note:
        yield worklist.note
    if worklist.ahead < FROM_THE_START:
        yield f"A row is listed from {worklist.ahead} days before it would be late."
    if worklist.overdue is not None and worklist.due is not None:
        unit = "working days" if worklist.has_working_days else "days"
        booked = " and nothing is booked" if worklist.booked is not None else ""
        yield f"At risk: {worklist.at_risk} {unit} or fewer are left{booked}."
    if worklist.booked is not None:
        yield "Will be late: it is booked for a day on which it will be late."
    yield "Family: the sibling group for which a conference was last asked for, where it is known."
