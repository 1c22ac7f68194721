"""The journey as known on a day: what all deliveries tell between them, and what they leave open.

`warehouse.merging` says which delivery tells of which days, `warehouse.linking` who is one child.
What the submissions do not cover is remembered too: a month nobody delivered is not a month in
which nothing happened, and a column nobody delivered is not a column of blanks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import polars as pl

from lineofsight.journey.tables import BY_NAME
from lineofsight.reference.periods import Closing, Month
from lineofsight.returns.issue import ReadingIssue
from lineofsight.returns.submission import Submission
from lineofsight.warehouse.facts import build_facts
from lineofsight.warehouse.linking import LINKS, link
from lineofsight.warehouse.merging import (
    Merged,
    Told,
    by_return,
    holding,
    in_order,
    merge,
    span_of,
    tell,
)
from lineofsight.warehouse.span import Span, without
from lineofsight.warehouse.store import Store
from lineofsight.warehouse.up_to import up_to

__all__ = [
    "Journey",
    "Span",
    "newest_first",
    "read_journey",
    "told_by_return",
]


@dataclass(frozen=True)
class Journey:
    """All tables with integers and clocks, and what is known of their completeness.

    `covered` gives each table's spans; `missing_fields` the 'table.field' names that the newest
    delivery of the table did not have and no other return fills; `lacking` the spans for which
    nobody delivered a column for a 'table.field'; `reported` what merging and linking had to say
    (rows that are gone, gaps nobody fills); `frames` one frame a table.
    """

    frames: Mapping[str, pl.DataFrame]
    covered: Mapping[str, tuple[Span, ...]]
    missing_fields: frozenset[str]
    submissions: tuple[Submission, ...]
    lacking: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    reported: tuple[ReadingIssue, ...] = ()

    def covers(self, table: str, first_day: date, last_day: date) -> bool:
        """Whether records of a table were delivered for every day of a span."""
        needed = first_day
        for span in sorted(self.covered.get(table, ()), key=lambda s: s.first_day):
            if span.first_day > needed:
                return False
            if span.last_day >= last_day:
                return True
            needed = max(needed, span.last_day + timedelta(days=1))
        return False

    def lacks(self, name: str, first_day: date, last_day: date) -> bool:
        """Whether any day of a span was delivered without a column for a 'table.field'."""
        spans = self.lacking.get(name, ())
        return any(s.first_day <= last_day and s.last_day >= first_day for s in spans)

    @property
    def first_month(self) -> Month | None:
        """The month of the earliest day any delivery covers."""
        days = [span.first_day for spans in self.covered.values() for span in spans]
        return Month.of(min(days)) if days else None

    @property
    def last_covered_day(self) -> date | None:
        """The latest day any delivery covers."""
        days = [span.last_day for spans in self.covered.values() for span in spans]
        return max(days) if days else None


def read_journey(
    store: Store,
    known_on: date | None = None,
    leading: Sequence[str] = (),
    *,
    is_linked: bool = True,
    only: frozenset[str] | None = None,
    as_at: date | None = None,
) -> Journey:
    """Build the journey from the submissions received by `known_on` (all of them if blank).

    `leading` names returns that lead where several tell of the same days, before the order of
    `merging.LEADING`. Without `is_linked` a child with two identifiers stays two children. `only`
    names the tables, recorded and derived, that are asked about; the others stay empty. `as_at`
    leaves out what happened after a day, by the days in the records (`warehouse.up_to`).
    """
    submissions = store.submissions(known_on)
    returns = by_return(newest_first(submissions), leading)
    wanted = BY_NAME.keys() if only is None else only | {LINKS}
    merged = {name: _merged(name, returns, store) for name in BY_NAME if name in wanted}
    tables = {name: found.rows for name, found in merged.items() if found}
    reported = [issue for found in merged.values() if found for issue in found.reported]
    if is_linked:
        linked = link(tables)
        tables, reported = linked.tables, [*reported, *linked.reported]
    if as_at is not None:
        tables = up_to(tables, as_at)
    return Journey(
        frames=build_facts(tables, only),
        covered={name: _spans(name, submissions) for name in BY_NAME},
        missing_fields=_missing_fields(returns),
        submissions=submissions,
        lacking=_lacking(returns),
        reported=tuple(reported),
    )


def newest_first(submissions: Sequence[Submission]) -> list[Submission]:
    """Order deliveries by the day they were made, of one day by when they were received."""
    return sorted(submissions, key=lambda s: (s.as_at, s.received_at), reverse=True)


_Returns = Mapping[str, Sequence[Submission]]


def _merged(table: str, returns: _Returns, store: Store) -> Merged | None:
    return merge(table, _told(table, returns, store))


def _told(table: str, returns: _Returns, store: Store) -> list[Told]:
    told = (tell(table, submissions, store) for submissions in in_order(table, returns))
    return [one for one in told if one]


def _spans(table: str, submissions: Sequence[Submission]) -> tuple[Span, ...]:
    return tuple(span_of(s) for s in submissions if table in dict(s.rows))


def _missing_fields(returns: _Returns) -> frozenset[str]:
    """Name what the newest delivery of each table lacks, unless a return that follows has it."""
    return frozenset(
        name
        for table in BY_NAME
        for first, *others in [holding(table, returns) or [()]]
        for name in _lost(first[:1], table)
        if not any(_has(submissions, name) for submissions in others)
    )


def _lost(submissions: Sequence[Submission], table: str) -> Iterator[str]:
    """The fields of a table that deliveries had no column for, as 'table.field'."""
    for submission in submissions:
        yield from (name for name in submission.missing_fields if name.split(".")[0] == table)


def _has(submissions: Sequence[Submission], name: str) -> bool:
    """Whether a return has a field: all its deliveries of the table had a column for it."""
    return not any(name in submission.missing_fields for submission in submissions)


def _lacking(returns: _Returns) -> Mapping[str, tuple[Span, ...]]:
    found: dict[str, tuple[Span, ...]] = {}
    for table in BY_NAME:
        told = holding(table, returns)
        newer: list[Span] = []
        for place, submissions in enumerate(told):
            for submission in submissions:
                for name in _lost([submission], table):
                    known = (*newer, *_filling(told[place + 1 :], name))
                    left = without(span_of(submission), known)
                    found[name] = (*found.get(name, ()), *left)
                newer.append(span_of(submission))
    return {name: spans for name, spans in found.items() if spans}


def _filling(others: Sequence[Sequence[Submission]], name: str) -> Iterator[Span]:
    """The days for which returns that follow fill a field."""
    for submissions in others:
        if _has(submissions, name):
            yield from (span_of(submission) for submission in submissions)


def closed_on(journey: Journey, closing: Closing) -> Journey:
    """The journey with every day in the month it counts in where months close on a day.

    On the month_day scale a month has 32 numbers, so a day past the closing day is in the next.
    """
    frames = {
        name: frame.with_columns(
            ((pl.col(f"{column}_day") + 31 - closing.day) // 32).alias(column)
            for column in frame.columns
            if column.endswith("_month") and f"{column}_day" in frame.columns
        )
        for name, frame in journey.frames.items()
    }
    return replace(journey, frames=frames)


def told_by_return(store: Store, leading: Sequence[str] = ()) -> dict[str, tuple[Told, ...]]:
    """Give each table as each return tells it, the leading one first, linked children as one."""
    returns = by_return(newest_first(store.submissions()), leading)
    told = {name: _told(name, returns, store) for name in BY_NAME}
    links = merge(LINKS, told[LINKS])
    if links is None:
        return {name: tuple(found) for name, found in told.items()}
    return {
        name: tuple(replace(one, rows=_linked(name, one.rows, links.rows)) for one in found)
        for name, found in told.items()
    }


def _linked(table: str, rows: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    return link({LINKS: links, table: rows}).tables[table]
