"""The review of a timescale: how long children waited, seen from the day their wait began.

The published indicator is by the month of the end and sees only waits that have ended: it gets
better while late ones are simply not over yet. Here waits are followed from their start, those that
go on included, and both are laid side by side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from lineofsight.access.audit import AuditEntry
from lineofsight.errors import Fault, UsageFault
from lineofsight.measurement.measurement import Measurement, Value
from lineofsight.reference.periods import Month
from lineofsight.reviews.clocks_reviewed import ReviewedClock
from lineofsight.reviews.drivers import Drivers, find_drivers
from lineofsight.reviews.incidence import Incidence, Share, cumulative_incidence
from lineofsight.reviews.postponed import Group, by_postponements, by_reason
from lineofsight.reviews.stages import Staged, staged
from lineofsight.reviews.waits import ENDED, REACHED, WAITING, Waits, month_numbers
from lineofsight.warehouse.journey import Journey

# Of a month's waits, the share that may still be inside the limit for the month to be shown.
MOST_UNDECIDED = 0.2


@dataclass(frozen=True, slots=True)
class MonthOfStart:
    """The waits that began in a month, beside the figure published for the month.

    `in_time` is the share that had reached the end by the limit, None where more than a fifth are
    still inside it: the few that are over would stand for all. `undecided` are those.
    """

    month: Month
    children: int
    in_time: Share | None
    reached: int
    ended: int
    waiting: int
    overdue: int
    undecided: int
    published: Value | None


@dataclass(frozen=True, slots=True)
class Step:
    """One step from the published figure to the followed one: how many count, how many in time."""

    words: str
    children: int
    in_time: int
    is_total: bool = False


@dataclass(frozen=True)
class Timeliness:
    """A review of a timescale: numbers, no rows."""

    clock: ReviewedClock
    months: tuple[Month, ...]
    as_at: date
    whole: Incidence
    families: Incidence
    reached: int
    ended: int
    waiting: int
    overdue: int
    by_month: tuple[MonthOfStart, ...]
    steps: tuple[Step, ...]
    staged: Staged | None
    postponed: tuple[Group, ...]
    reasons: tuple[Group, ...]
    drivers: Drivers
    published: Measurement
    remarks: tuple[str, ...]


def review_timeliness(
    clock: ReviewedClock,
    journey: Journey,
    months: Sequence[Month],
    published: Measurement,
    entry: AuditEntry,
) -> Timeliness:
    """Review a timescale for the waits that began in `months`, as known at the end of the last.

    Needs the audit entry of the act. `published` is the clock's own indicator, measured. Raises
    UsageFault where no wait began in the months.
    """
    assert entry.subject
    as_at = months[-1].last_day
    every = clock.waits(journey, as_at)
    waits = every.begun(months)
    if waits.rows.is_empty():
        raise UsageFault(_nothing_began(clock, months))
    has_requests = _is_recorded(waits, "postponements")
    return Timeliness(
        clock=clock,
        months=tuple(months),
        as_at=as_at,
        whole=cumulative_incidence(waits, clock.horizon),
        families=cumulative_incidence(waits.of_families(), clock.horizon),
        **_counts(waits, clock.limit),
        by_month=tuple(_month(waits, month, clock, published) for month in months),
        steps=_steps(every, months, clock, published),
        staged=staged(waits, clock.stages, clock.limit) if clock.stages else None,
        postponed=by_postponements(waits, clock.limit) if has_requests else (),
        reasons=by_reason(waits, clock.limit) if has_requests else (),
        drivers=find_drivers(every, waits, journey, clock.asked),
        published=published,
        remarks=every.remarks,
    )


def _nothing_began(clock: ReviewedClock, months: Sequence[Month]) -> Fault:
    return Fault(
        f"There is nothing to review: no {clock.words.start} from {months[0].name} to "
        f"{months[-1].name}.",
        f"The table is '{clock.main}'.",
        "Ask for other months with --month and --months.",
    )


def _is_recorded(waits: Waits, column: str) -> bool:
    return column in waits.rows.columns and waits.rows[column].is_not_null().any()


def _counts(waits: Waits, limit: int) -> dict[str, int]:
    outcome, days = waits.outcome, waits.days
    return {
        "reached": int((outcome == REACHED).sum()),
        "ended": int((outcome == ENDED).sum()),
        "waiting": int((outcome == WAITING).sum()),
        "overdue": int(((outcome == WAITING) & (days > limit)).sum()),
    }


def _month(
    every: Waits, month: Month, clock: ReviewedClock, published: Measurement
) -> MonthOfStart:
    waits = every.begun([month])
    counts = _counts(waits, clock.limit)
    undecided = counts["waiting"] - counts["overdue"]
    is_known = undecided <= MOST_UNDECIDED * waits.rows.height
    return MonthOfStart(
        month=month,
        children=waits.rows.height,
        in_time=cumulative_incidence(waits, clock.limit).by(clock.limit) if is_known else None,
        undecided=undecided,
        published=published.at(month),
        **counts,
    )


def _steps(
    every: Waits, months: Sequence[Month], clock: ReviewedClock, published: Measurement
) -> tuple[Step, ...]:
    """Walk from what is published of these months to what became of the waits begun in them."""
    if not clock.is_published_by_end or published.unmeasurable is not None:
        return ()
    steps = [*_over_in(every, months, clock, published)]
    begun, limit = every.begun(months), clock.limit
    overdue = (begun.outcome == WAITING) & (begun.days > limit)
    steps += [
        Step(f"with those that {clock.words.ended}", int((begun.outcome == ENDED).sum()), 0),
        Step(f"with those still waiting beyond day {limit}", int(overdue.sum()), 0),
    ]
    words = f"Followed from the {clock.words.start}, decided by now"
    total = Step(words, sum(s.children for s in steps), sum(s.in_time for s in steps), True)
    return (*(s for s in steps if s.is_total or s.children), total)


def _over_in(
    every: Waits, months: Sequence[Month], clock: ReviewedClock, published: Measurement
) -> Iterator[Step]:
    """The published figure of some months, less what did not begin in them."""
    first, last = months[0].index, months[-1].index
    reached = every.rows.filter(pl.col("outcome") == REACHED)
    over = reached.filter(_in_months(reached, first, last))
    values = [value for month in months if (value := published.at(month)) is not None]
    counted = sum(int(value.denominator or 0) for value in values)
    in_time = sum(int(value.numerator) for value in values)
    yield Step(f"As published, by the month of the {clock.words.event}", counted, in_time, True)
    yield from _less_aside(every, first, last, clock.limit)
    aside = every.aside.filter(_in_months(every.aside, first, last))
    rest = over.height + aside.height - counted
    timely = _timely(over, clock.limit) + _timely(aside, clock.limit) - in_time
    yield Step("with those that only a request tells of", rest, timely)
    earlier = over.filter(pl.col("start_month") < first)
    yield Step(
        f"less those whose {clock.words.start} was before {months[0].name}",
        -earlier.height,
        -_timely(earlier, clock.limit),
    )


def _less_aside(every: Waits, first: int, last: int, limit: int) -> Iterator[Step]:
    aside = every.aside.filter(_in_months(every.aside, first, last))
    for (words,), rows in sorted(aside.group_by("reason")):
        yield Step(f"less those {words}", -rows.height, -_timely(rows, limit))


def _in_months(rows: pl.DataFrame, first: int, last: int) -> pl.Series:
    return pl.Series(month_numbers(rows["reached_on"])).is_between(first, last)


def _timely(rows: pl.DataFrame, limit: int) -> int:
    return rows.filter(pl.col("days").is_between(0, limit)).height
