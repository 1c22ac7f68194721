"""The journey as known on a day: the newest submission wins inside the dates it covers.

Earlier submissions stay outside those dates, so that a file of six months does not wipe out five
years. What the submissions do not cover is remembered too: a month nobody delivered is not a month
in which nothing happened.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from lineofsight.journey.tables import BY_NAME, WHEN
from lineofsight.reference.periods import Month
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
    delivery of the table did not have; `frames` one frame a table.
    """

    frames: Mapping[str, pl.DataFrame]
    covered: Mapping[str, tuple[Span, ...]]
    missing_fields: frozenset[str]
    submissions: tuple[Submission, ...]

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
        frames=build_facts({n: frame for n, frame in recorded.items() if frame is not None}),
        covered={name: _spans(name, submissions) for name in BY_NAME},
        missing_fields=_missing_fields(newest_first),
        submissions=submissions,
    )


def _recorded(table: str, newest_first: Sequence[Submission], store: Store) -> pl.DataFrame | None:
    kept: list[pl.DataFrame] = []
    newer: list[Span] = []
    for submission in newest_first:
        rows = store.table(submission, table)
        if rows is None:
            continue
        kept.append(_outside(rows, table, newer).collect())
        newer.append(Span(submission.first_day, submission.last_day))
    if not kept:
        return None
    return _newest_of_each(pl.concat(kept, how="diagonal_relaxed"), table)


def _outside(rows: pl.LazyFrame, table: str, newer: Sequence[Span]) -> pl.LazyFrame:
    dates = WHEN.get(table)
    if dates is None:
        return rows
    start = pl.col(dates[0]).cast(pl.Date())
    # A span that is open, or ended inside a newer submission's dates, stands in the newer one.
    end = pl.col(dates[-1]).cast(pl.Date()).fill_null(date.max) if len(dates) > 1 else start
    for span in newer:
        rows = rows.filter((end < span.first_day) | (start > span.last_day))
    return rows


def _newest_of_each(rows: pl.DataFrame, table: str) -> pl.DataFrame:
    # Descriptions of a person have no date: the newest submission's row stands.
    if table in ("children", "care_leavers"):
        return rows.unique("child_id", keep="first", maintain_order=True)
    return rows


def _spans(table: str, submissions: Sequence[Submission]) -> tuple[Span, ...]:
    return tuple(Span(s.first_day, s.last_day) for s in submissions if table in dict(s.rows))


def _missing_fields(newest_first: Sequence[Submission]) -> frozenset[str]:
    missing: set[str] = set()
    seen: set[str] = set()
    for submission in newest_first:
        delivered = set(dict(submission.rows)) - seen
        missing |= {f for f in submission.missing_fields if f.split(".")[0] in delivered}
        seen |= delivered
    return frozenset(missing)


def with_months(journey: Journey, last: Month) -> dict[str, pl.DataFrame]:
    """Give the journey's frames with `months`, the dense months up to the last one asked for."""
    first = journey.first_month or last
    months = pl.DataFrame({"month": range(first.index, last.index + 1)}, schema={"month": pl.Int64})
    return {**journey.frames, "months": months}
