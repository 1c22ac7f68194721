"""The journey as known on a day: the newest submission wins inside the dates it covers.

Earlier submissions stay outside those dates, so that a file of six months does not wipe out five
years. A record is the same in two deliveries when whom it is about and its first date are the same,
and then the newest stands, inside those dates or not: a list also holds what began before its
dates. A row inside those dates that the newest delivery no longer has is left out and reported.
What the submissions do not cover is remembered too: a month nobody delivered is not a month in
which nothing happened, and a column nobody delivered is not a column of blanks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import polars as pl

from lineofsight.journey.tables import BY_NAME, WHEN
from lineofsight.reference.periods import Month
from lineofsight.returns.issue import MOST_ROWS_NAMED, Kind, ReadingIssue
from lineofsight.returns.submission import Submission
from lineofsight.warehouse.facts import build_facts
from lineofsight.warehouse.store import Store


@dataclass(frozen=True, slots=True)
class Span:
    """Days for which records were delivered, both included."""

    first_day: date
    last_day: date


@dataclass(frozen=True)
class Journey:
    """All tables with integers and clocks, and what is known of their completeness.

    `covered` gives each table's spans; `missing_fields` the 'table.field' names that the newest
    delivery of the table did not have; `lacking` the spans for which the delivery that counts had
    no column for a 'table.field'; `gone` the rows that a newer delivery no longer has; `frames`
    one frame a table.
    """

    frames: Mapping[str, pl.DataFrame]
    covered: Mapping[str, tuple[Span, ...]]
    missing_fields: frozenset[str]
    submissions: tuple[Submission, ...]
    lacking: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    gone: tuple[ReadingIssue, ...] = ()

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


def read_journey(store: Store, known_on: date | None = None) -> Journey:
    """Build the journey from the submissions received by `known_on` (all of them if blank)."""
    submissions = store.submissions(known_on)
    newest_first = sorted(submissions, key=lambda s: (s.as_at, s.received_at), reverse=True)
    recorded = {name: _recorded(name, newest_first, store) for name in BY_NAME}
    return Journey(
        frames=build_facts({name: found.rows for name, found in recorded.items() if found}),
        covered={name: _spans(name, submissions) for name in BY_NAME},
        missing_fields=_missing_fields(newest_first),
        submissions=submissions,
        lacking=_lacking(newest_first),
        gone=tuple(issue for found in recorded.values() if found for issue in found.gone),
    )


@dataclass(frozen=True)
class _Recorded:
    """One table of the journey: its rows, newest delivery first, and what is no longer told."""

    rows: pl.DataFrame
    gone: tuple[ReadingIssue, ...]


def _recorded(table: str, newest_first: Sequence[Submission], store: Store) -> _Recorded | None:
    kept: list[pl.DataFrame] = []
    gone: list[ReadingIssue] = []
    newer: list[Span] = []
    for submission in newest_first:
        scan = store.table(submission, table)
        if scan is None:
            continue
        rows = _told_first(scan.collect(), table, kept).with_columns(
            _is_outside(table, newer).alias("is_outside")
        )
        kept.append(rows.filter("is_outside").drop("is_outside"))
        gone += _gone(rows.filter(~pl.col("is_outside")), table)
        newer.append(_window(submission))
    if not kept:
        return None
    return _Recorded(_described(pl.concat(kept, how="diagonal_relaxed"), table), tuple(gone))


def _window(submission: Submission) -> Span:
    return Span(submission.first_day, submission.last_day)


def _told_first(rows: pl.DataFrame, table: str, newer_rows: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Leave out the records that a newer delivery tells too."""
    if table not in WHEN or not newer_rows:
        return rows
    key = [next(iter(BY_NAME[table].table.columns)).name, WHEN[table][0]]
    told = pl.concat(frame.select(key) for frame in newer_rows)
    return rows.join(told, on=key, how="anti", maintain_order="left")


def _is_outside(table: str, newer: Sequence[Span]) -> pl.Expr:
    dates = WHEN.get(table)
    if dates is None or not newer:
        return pl.lit(True)
    start = pl.col(dates[0]).cast(pl.Date())
    # A span that is open, or ended inside a newer submission's dates, stands in the newer one.
    end = pl.col(dates[-1]).cast(pl.Date()).fill_null(date.max) if len(dates) > 1 else start
    return pl.all_horizontal((end < s.first_day) | (start > s.last_day) for s in newer)


def _gone(rows: pl.DataFrame, table: str) -> Iterator[ReadingIssue]:
    for (file, sheet), group in rows.group_by("file", "sheet", maintain_order=True):
        named = tuple(group["row"].sort().head(MOST_ROWS_NAMED).to_list())
        # One list may fill two tables: the value says which of them lost the rows.
        words = table.replace("_", " ")
        yield ReadingIssue(f"{file}, {sheet}", "", Kind.GONE, group.height, named, words)


def _described(rows: pl.DataFrame, table: str) -> pl.DataFrame:
    # Descriptions of a person have no date: the newest submission's row stands.
    if table == "children":
        return rows.unique("child_id", keep="first", maintain_order=True)
    # The list of care leavers is of one day: who is not on the newest has left it.
    if table == "care_leavers" and rows.height:
        return rows.filter(pl.col("submission") == rows["submission"][0])
    return rows


def _spans(table: str, submissions: Sequence[Submission]) -> tuple[Span, ...]:
    return tuple(_window(s) for s in submissions if table in dict(s.rows))


def _missing_fields(newest_first: Sequence[Submission]) -> frozenset[str]:
    missing: set[str] = set()
    seen: set[str] = set()
    for submission in newest_first:
        delivered = set(dict(submission.rows)) - seen
        missing |= {f for f in submission.missing_fields if f.split(".")[0] in delivered}
        seen |= delivered
    return frozenset(missing)


def _lacking(newest_first: Sequence[Submission]) -> Mapping[str, tuple[Span, ...]]:
    found: dict[str, tuple[Span, ...]] = {}
    newer: dict[str, list[Span]] = {}
    for submission in newest_first:
        for name in submission.missing_fields:
            counts = _without(_window(submission), newer.get(name.split(".")[0], ()))
            found[name] = (*found.get(name, ()), *counts)
        for table, _ in submission.rows:
            newer.setdefault(table, []).append(_window(submission))
    return found


def _without(span: Span, others: Sequence[Span]) -> list[Span]:
    """What is left of a span when others are taken out of it."""
    left = [span]
    for other in others:
        left = [piece for part in left for piece in _around(part, other)]
    return left


def _around(span: Span, other: Span) -> Iterator[Span]:
    a_day = timedelta(days=1)
    before = Span(span.first_day, min(span.last_day, other.first_day - a_day))
    after = Span(max(span.first_day, other.last_day + a_day), span.last_day)
    yield from (piece for piece in (before, after) if piece.first_day <= piece.last_day)


def with_months(journey: Journey, last: Month) -> dict[str, pl.DataFrame]:
    """Give the journey's frames with `months`, the dense months up to the last one asked for."""
    first = journey.first_month or last
    months = pl.DataFrame({"month": range(first.index, last.index + 1)}, schema={"month": pl.Int64})
    return {**journey.frames, "months": months}
