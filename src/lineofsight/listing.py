"""Worklists: the verb `worklist`. Each list is an act that is recorded before a row is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from lineofsight.access.audit import AuditEntry
from lineofsight.access.roles import Act
from lineofsight.desk import Desk, Progress, demand_submissions
from lineofsight.errors import Fault, UnknownName, UsageFault
from lineofsight.journey.clocks import records_behind, tables_behind
from lineofsight.journey.derived import EVERY
from lineofsight.journey.fields import fields_of
from lineofsight.reference.authority import Authority
from lineofsight.reference.periods import day_name
from lineofsight.warehouse.duckdb import DuckDB
from lineofsight.warehouse.journey import Journey
from lineofsight.warehouse.merging import span_of
from lineofsight.worklists import adviser
from lineofsight.worklists.adviser_told import tell_advisers_week
from lineofsight.worklists.conferences import INITIAL
from lineofsight.worklists.every import LISTS, find_list
from lineofsight.worklists.listed import WEEK, WeeksList, draw_up, responsible
from lineofsight.worklists.told import summary, tell
from lineofsight.worklists.worklist import Field, Worklist
from lineofsight.worklists.written import write_advisers_week, write_worklist

EVERY_LIST = "all"


@dataclass(frozen=True)
class Drawn:
    """A list that was drawn up, in sentences without a child in them, and its files.

    A list that could not be drawn has no files, and its sentences say why.
    """

    title: str
    sentences: tuple[str, ...]
    paths: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """Whose part of a list is asked for: all for none."""

    teams: tuple[str, ...] = ()
    workers: tuple[str, ...] = ()


def names_asked_for(name: str) -> tuple[str, ...]:
    """Give the names behind one: all lists and the adviser's week for 'all'."""
    return (*(one.id for one in LISTS), adviser.ID) if name == EVERY_LIST else (name,)


def draw_worklists(
    desk: Desk, name: str, on: date | None, part: Part, out: Path, progress: Progress
) -> tuple[Drawn, ...]:
    """Draw up a list, or all that the records allow, as at a day; the newest if none is named.

    Raises UnknownName for a list, team or worker that is not there, and UsageFault where the
    records that one list needs do not cover the week up to the day.
    """
    names = names_asked_for(name)
    lists = tuple(find_list(one) for one in names if one != adviser.ID)
    if part != Part() and name == adviser.ID:
        raise UsageFault(_WHOLE)
    submissions = desk.store.submissions()
    day = on or max((span_of(one).last_day for one in submissions), default=date.today())
    entries = {one: desk.trail.enter(desk.actor, Act.WORKLIST, f"{one} {day}") for one in names}
    demand_submissions(desk, submissions)
    progress("records")
    table = _Table.laid(desk, lists or (INITIAL,), day, part, out)
    weeks = {}
    for one in lists:
        progress(one.id)
        weeks[one.id] = table.drawn_up(one, entries[one.id])
    if name in weeks and isinstance(faulty := weeks[name], UsageFault):
        raise faulty
    _demand_known(part, lists, table.engine)
    progress("writing")
    found = [table.written(weeks[one.id], one, entries[one.id]) for one in lists]
    if adviser.ID in names and part == Part():
        found.append(table.advisers_week(entries[adviser.ID], is_alone=name == adviser.ID))
    return tuple(found)


_WHOLE = Fault(
    "The adviser's week is not divided by teams or workers.",
    "Options --team and --worker.",
    "Leave them out, or ask for the list 'conferences' with them.",
)


@dataclass(frozen=True)
class _Table:
    """What lists are drawn up on: the journey as at a day, whose part is asked for, and where to.

    Every list is drawn up before one is written, so that an unknown team leaves nothing behind.
    """

    authority: Authority
    journey: Journey
    engine: DuckDB
    day: date
    part: Part
    out: Path

    @classmethod
    def laid(
        cls, desk: Desk, lists: Sequence[Worklist], day: date, part: Part, out: Path
    ) -> _Table:
        tables = frozenset[str]().union(*(_tables(one) for one in lists))
        journey = desk.journey(tables, as_at=day)
        return cls(desk.authority(), journey, DuckDB(journey.frames), day, part, out)

    def drawn_up(self, one: Worklist, entry: AuditEntry) -> WeeksList | UsageFault:
        fault = _uncovered(one.needs, self.journey, self.day)
        return fault or draw_up(one, self.engine, self.day, entry)

    def written(self, week: WeeksList | UsageFault, one: Worklist, entry: AuditEntry) -> Drawn:
        if isinstance(week, UsageFault):
            return Drawn(one.title, (week.faults[0].what,))
        theirs = week.of(self.part.teams, self.part.workers)
        remarks = self.remarks(one)
        told = tell(
            theirs,
            self.authority.name,
            _not_recorded(one, self.journey),
            _all(self.part, remarks),
            is_synthetic=self.authority.is_synthetic,
        )
        paths = write_worklist(told, self.out, f"worklist-{one.id}-{self.day}", entry)
        return Drawn(one.title, (*summary(theirs), *remarks), paths)

    def advisers_week(self, entry: AuditEntry, *, is_alone: bool) -> Drawn:
        fault = _uncovered(adviser.NEEDS, self.journey, self.day)
        if fault and is_alone:
            raise fault
        if fault:
            return Drawn(adviser.TITLE, (fault.faults[0].what,))
        found = adviser.draw_advisers_week(self.engine, self.day, entry)
        authority, remarks = self.authority, self.remarks(INITIAL)
        told = tell_advisers_week(
            found, authority.name, remarks, is_synthetic=authority.is_synthetic
        )
        stem = f"worklist-{adviser.ID}-{self.day}"
        paths = write_advisers_week(told, self.out, stem, entry)
        return Drawn(adviser.TITLE, (*told.summary, *remarks), paths)

    def remarks(self, one: Worklist) -> tuple[str, ...]:
        return tuple(_remarks(one, self.journey, self.engine, self.day))


def _all(part: Part, remarks: Sequence[str]) -> tuple[str, ...]:
    chosen = [*(f"team {t}" for t in part.teams), *(f"worker {w}" for w in part.workers)]
    only = (f"Only {', '.join(chosen)}.",) if chosen else ()
    return (*only, *remarks)


def _tables(one: Worklist) -> frozenset[str]:
    """Every table that a list reads, and those they are made of."""
    own = {f"{one.table}.{name}" for name in fields_of(EVERY[one.table])}
    return tables_behind(frozenset(own)) | {one.table, "conference_requests", *one.needs}


def _uncovered(needs: Sequence[str], journey: Journey, day: date) -> UsageFault | None:
    faults = [_fault(table, journey, day) for table in needs]
    found = [fault for fault in faults if fault]
    return UsageFault(found) if found else None


def _fault(table: str, journey: Journey, day: date) -> Fault | None:
    words = table.replace("_", " ")
    spans = journey.covered.get(table, ())
    if not spans:
        return Fault(
            f"No records of {words} were received: this list cannot be drawn up.",
            "A list without them would say that everybody is late, or nobody.",
            "Receive the return or the local table that has them (lineofsight template).",
        )
    last = min(day, max(span.last_day for span in spans))
    if journey.covers(table, min(last, day) - timedelta(days=WEEK - 1), last):
        return None
    return Fault(
        f"The records of {words} do not cover the week up to {day_name(day)}.",
        "A list says what changed since the week before.",
        "Ask for another day with --on, or receive the returns that cover it.",
    )


def _demand_known(part: Part, lists: Sequence[Worklist], engine: DuckDB) -> None:
    """Refuse a team or worker that no record names: an empty list would look like good news."""
    for kind, asked in (("team", part.teams), ("worker", part.workers)):
        known = frozenset[str]().union(*(responsible(one, kind, engine) for one in lists))
        for name in asked:
            if name not in known:
                where = "It was looked for in all records that the list is drawn from."
                raise UnknownName.among(kind, name, sorted(known), where)


def _remarks(one: Worklist, journey: Journey, engine: DuckDB, day: date) -> Iterator[str]:
    """Say what the records leave open: how far they reach, and what a past day cannot know."""
    for table in one.needs:
        last = max(span.last_day for span in journey.covered[table])
        if last < day:
            words = table.replace("_", " ")
            yield (
                f"Records of {words} reach to {day_name(last)}: what happened since then is not on "
                "this list."
            )
    newest = journey.last_covered_day
    if newest and day < newest:
        yield (
            f"Drawn up for a day before the last that records tell of ({day_name(newest)}): "
            "bookings, reasons, notes and who is responsible are as last recorded."
        )
    if one.remarks:
        yield from one.remarks(engine, day)


def _not_recorded(one: Worklist, journey: Journey) -> frozenset[str]:
    """The columns of a list that nobody delivered."""
    columns = {**one.shown, **({"Booked for": one.booked} if one.booked is not None else {})}
    return frozenset(name for name, field in columns.items() if _is_missing(field, journey))


def _is_missing(field: Field, journey: Journey) -> bool:
    """Whether no return tells a field, or what it is made of under the same name."""
    whole = f"{field.table.name}.{field.name}"
    behind = records_behind(frozenset({whole}))
    same = {name for name in behind if name.split(".")[1] == field.name} or behind
    return all(
        name in journey.missing_fields or not journey.covered.get(name.split(".")[0])
        for name in same
    )
