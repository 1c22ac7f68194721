"""Worklists: the verb `worklist`. Each list is an act that is recorded before a row is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from lineofsight.access.roles import Act
from lineofsight.desk import Desk, Progress, demand_submissions
from lineofsight.errors import Fault, UnknownName, UsageFault
from lineofsight.journey.clocks import records_behind, tables_behind
from lineofsight.journey.derived import EVERY
from lineofsight.journey.fields import fields_of
from lineofsight.reference.periods import day_name
from lineofsight.warehouse.duckdb import DuckDB
from lineofsight.warehouse.journey import Journey
from lineofsight.warehouse.merging import span_of
from lineofsight.worklists.every import LISTS, find_list
from lineofsight.worklists.listed import WEEK, WeeksList, draw_up
from lineofsight.worklists.told import summary, tell
from lineofsight.worklists.worklist import Field, Worklist
from lineofsight.worklists.written import write_worklist

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


def lists_asked_for(name: str) -> tuple[Worklist, ...]:
    """Give the lists of a name, or every one for 'all'; raises UnknownName."""
    return LISTS if name == EVERY_LIST else (find_list(name),)


def draw_worklists(
    desk: Desk, name: str, on: date | None, part: Part, out: Path, progress: Progress
) -> tuple[Drawn, ...]:
    """Draw up a list, or all that the records allow, as at a day; the newest if none is named.

    Raises UnknownName for a list, team or worker that is not there, and UsageFault where the
    records that one list needs do not cover the week up to the day.
    """
    asked = lists_asked_for(name)
    submissions = desk.store.submissions()
    day = on or max((span_of(one).last_day for one in submissions), default=date.today())
    entries = [desk.trail.enter(desk.actor, Act.WORKLIST, f"{one.id} {day}") for one in asked]
    demand_submissions(desk, submissions)
    progress("records")
    authority = desk.authority()
    tables = frozenset[str]().union(*(_tables(one) for one in asked))
    journey = desk.journey(tables, as_at=day)
    engine = DuckDB(journey.frames)
    weeks: list[tuple[Worklist, WeeksList | UsageFault]] = []
    for one, entry in zip(asked, entries, strict=True):
        progress(one.id)
        fault = _uncovered(one, journey, day)
        weeks.append((one, fault or draw_up(one, engine, day, entry)))
    if name != EVERY_LIST and isinstance(weeks[0][1], UsageFault):
        raise weeks[0][1]
    _demand_known(part, [week for _, week in weeks if isinstance(week, WeeksList)])
    progress("writing")
    found = []
    for (one, week), entry in zip(weeks, entries, strict=True):
        if isinstance(week, UsageFault):
            found.append(Drawn(one.title, (week.faults[0].what,)))
            continue
        theirs = week.of(part.teams, part.workers)
        remarks = tuple(_remarks(one, journey, engine, day))
        told = tell(theirs, authority.name, _not_recorded(one, journey), _all(part, remarks),
                    is_synthetic=authority.is_synthetic)  # fmt: skip
        paths = write_worklist(told, out, f"worklist-{one.id}-{day}", entry)
        found.append(Drawn(one.title, (*summary(theirs), *remarks), paths))
    return tuple(found)


def _all(part: Part, remarks: Sequence[str]) -> tuple[str, ...]:
    chosen = [*(f"team {t}" for t in part.teams), *(f"worker {w}" for w in part.workers)]
    only = (f"Only {', '.join(chosen)}.",) if chosen else ()
    return (*only, *remarks)


def _tables(one: Worklist) -> frozenset[str]:
    """Every table that a list reads, and those they are made of."""
    own = {f"{one.table}.{name}" for name in fields_of(EVERY[one.table])}
    return tables_behind(frozenset(own)) | {one.table, "conference_requests", *one.needs}


def _uncovered(one: Worklist, journey: Journey, day: date) -> UsageFault | None:
    faults = [_fault(table, journey, day) for table in one.needs]
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


def _demand_known(part: Part, weeks: Sequence[WeeksList]) -> None:
    """Refuse a team or worker that no list has: an empty list would look like good news."""
    rows = [row for week in weeks for row in (*(one.row for one in week.rows), *week.gone)]
    for kind, asked, known in (
        ("team", part.teams, {row.team for row in rows}),
        ("worker", part.workers, {row.worker for row in rows}),
    ):
        for name in asked:
            if name not in known:
                names = sorted(x for x in known if x)
                where = "Of those with a row on the list, or who had one last week."
                raise UnknownName.among(kind, name, names, where)


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
