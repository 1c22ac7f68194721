"""The review of flow: what moves a number of children from one month-end to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lineofsight.access.audit import AuditEntry
from lineofsight.reference.periods import Month
from lineofsight.reviews.ledger import AGE, Entry, by_age, by_group, by_month, ends_by
from lineofsight.reviews.length_of_stay import Change, decompose
from lineofsight.reviews.pace import Paced, compare_pace
from lineofsight.reviews.stocks_reviewed import Stock, spans_of
from lineofsight.reviews.unusual import Unusual, unusual_months
from lineofsight.warehouse.journey import Journey

MONTHS_BEFORE = 24  # that the recent months' pace is held against
LONG_ENOUGH = 6  # months in a row in one direction before it is called steady


@dataclass(frozen=True)
class Flow:
    """A review of flow: numbers, no rows.

    `run` counts how many months up to the last moved in its direction without a break. `reasons`
    are those recorded with ends since `since`, and in as many months before.
    """

    stock: Stock
    months: tuple[Month, ...]
    since: Month
    ledger: tuple[Entry, ...]
    groups: tuple[tuple[str, tuple[Entry, ...]], ...]
    change: Change
    pace: Paced
    unusual_starts: tuple[Unusual, ...]
    unusual_ends: tuple[Unusual, ...]
    run: int
    reasons: tuple[tuple[str, int, int], ...]


def review_flow(
    stock: Stock,
    journey: Journey,
    months: Sequence[Month],
    since: Month,
    first: Month,
    entry: AuditEntry,
) -> Flow:
    """Review the flow of a stock over `months`, and its change from `since` on.

    Records cover every month from `first` on, which lies before `since`. Needs the audit entry.
    """
    assert entry.subject
    last = months[-1]
    spans = spans_of(stock, journey, last.last_day)
    every = [Month(n) for n in range(first.index, last.index + 1)]
    whole = by_month(spans, every)
    named = [(g.name, by_group(spans, g.name, since, last)) for g in stock.groupings]
    before = [month for month in every if month < since][-MONTHS_BEFORE:]
    recent = [month for month in every if month >= since]
    starts = [(month, line.starts) for month, line in zip(every, whole, strict=True)]
    ends = [(month, line.ends) for month, line in zip(every, whole, strict=True)]
    return Flow(
        stock=stock,
        months=tuple(months),
        since=since,
        ledger=whole[-len(months) :],
        groups=((AGE, by_age(spans, since, last)), *named),
        change=decompose(spans, since - 1, last, first),
        pace=compare_pace(spans, before, recent, stock.bands),
        unusual_starts=unusual_months(starts, len(months)),
        unusual_ends=unusual_months(ends, len(months)),
        run=_run(whole),
        reasons=ends_by(spans, "reason", since, last) if stock.ends_by else (),
    )


def _run(ledger: Sequence[Entry]) -> int:
    """How many months in a row, up to the last, moved as the last did."""
    moves = [line.closing - line.opening for line in ledger]
    count = 0
    for move in reversed(moves):
        if move * moves[-1] <= 0:
            break
        count += 1
    return count
