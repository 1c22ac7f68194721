"""From a restated figure down to the rows that restated it.

A row of one child and one first date is the same row in both tellings. It came in, went out, or
adds something else than before (held in time, now late). Of one child, a row that went out and
another that came in are one row whose date was corrected. What these rows add to the figure, taken
together, is exactly what the figure changed by.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

import sqlalchemy as sa

from lineofsight.access.audit import AuditEntry
from lineofsight.indicators.indicator import Average, Indicator, Percentage
from lineofsight.journey.derived import EVERY
from lineofsight.journey.tables import WHEN
from lineofsight.measurement.counted import is_counted
from lineofsight.measurement.measurement import Basis
from lineofsight.measurement.restated import Restated
from lineofsight.reference.periods import Month
from lineofsight.returns.submission import Submission
from lineofsight.warehouse.engine import Engine
from lineofsight.warehouse.sql_text import render
from lineofsight.worklists.trace import ORIGIN_LABELS, is_met_in, shown_fields

_OF_THE_MONTH = (Basis.MONTH, Basis.MONTH_END)
Contribution = tuple[float | None, float | None]


class Cause(Enum):
    """What became of a row."""

    CAME_IN = "came in"
    WENT_OUT = "went out"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class KnownRow:
    """A row as one telling has it.

    `adds` is what it puts into numerator and denominator; `is_met` is None for figures without a
    condition; `fields` are what the definition looked at; the rest is its address as delivered.
    """

    subject: str
    counts: bool
    is_met: bool | None
    adds: Contribution
    fields: Mapping[str, Any]
    return_name: str
    submission: str
    file: str
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class RestatedRow:
    """One row that changed a figure, as it was told before and as it is told now.

    Of a row that came in, `before` is the row as it was recorded then without counting, if it was
    (in another month, not of the kind that counts); of one that went out, `after` likewise.
    """

    cause: Cause
    before: KnownRow | None
    after: KnownRow | None

    @property
    def row(self) -> KnownRow:
        """The row that counts, as it is now if it still does."""
        found = self.before if self.cause is Cause.WENT_OUT else self.after
        assert found is not None
        return found


@dataclass(frozen=True)
class Telling:
    """A journey as it was known once: an engine over its tables, and its submissions."""

    engine: Engine
    submissions: Sequence[Submission]


def restated_rows(
    indicator: Indicator, month: Month, then: Telling, now: Telling, entry: AuditEntry
) -> tuple[RestatedRow, ...]:
    """List the rows that make a month's figure another one now than then.

    Needs the audit entry of the act. Rows that went out come first, then those that changed, then
    those that came in; each by file, sheet and row.
    """
    assert entry.subject
    before, after = (_rows(indicator, month, telling) for telling in (then, now))
    found = list(_differences(indicator, before, after))
    elsewhere = _Elsewhere(indicator, month, found, then, now)
    whole = (elsewhere.completed(one) for one in found)
    order = [Cause.WENT_OUT, Cause.CHANGED, Cause.CAME_IN]
    return tuple(sorted(whole, key=lambda r: (order.index(r.cause), r.row.file, r.row.sheet,
                                              r.row.row)))  # fmt: skip


def _rows(
    indicator: Indicator, month: Month, telling: Telling, subjects: Sequence[str] | None = None
) -> list[KnownRow]:
    """The rows that count in a month or, for some children, all rows of the table."""
    table = EVERY[indicator.table].table
    subject = next(iter(table.columns))
    shown = shown_fields(indicator)
    counts = is_counted(indicator, month, month)
    statement = sa.select(
        subject.label("subject"),
        sa.case((counts, sa.true()), else_=sa.false()).label("counts"),
        is_met_in(indicator, month).label("is_met"),
        *_adds(indicator, month),
        *(table.columns[name] for name in ORIGIN_LABELS),
        *(column.label(f"shown_{n}") for n, column in enumerate(shown)),
    ).where(counts if subjects is None else subject.in_(subjects))
    names = {one.id: one.return_name for one in telling.submissions}
    fields = [column.name for column in shown]
    rows = telling.engine.rows(render(statement))
    return [_known(row, fields, indicator, names) for row in rows]


def _adds(indicator: Indicator, month: Month) -> tuple[sa.ColumnElement[Any], ...]:
    """What a row puts into the numerator and the denominator."""
    one: sa.ColumnElement[Any] = sa.literal(1)
    if isinstance(indicator, Average):
        return indicator.total.label("above"), indicator.per.label("below")
    if isinstance(indicator, Percentage):
        met = sa.case((is_met_in(indicator, month), 1), else_=0)
        return met.label("above"), one.label("below")
    return one.label("above"), sa.null().label("below")


def _known(
    row: tuple[Any, ...], shown: Sequence[str], indicator: Indicator, names: Mapping[str, str]
) -> KnownRow:
    subject, counts, is_met, above, below, submission, file, sheet, number, *values = row
    return KnownRow(
        subject=str(subject),
        counts=bool(counts),
        is_met=bool(is_met) if isinstance(indicator, Percentage) else None,
        adds=(_number(above), _number(below)),
        fields=dict(zip(shown, values, strict=True)),
        return_name=names.get(submission, submission),
        submission=submission,
        file=file,
        sheet=sheet,
        row=number,
    )


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _first_date(indicator: Indicator, row: KnownRow) -> Any:
    """The date that tells a child's rows apart; None for a table without one."""
    dates = WHEN.get(indicator.table)
    return row.fields.get(dates[0]) if dates else None


def _differences(
    indicator: Indicator, before: Iterable[KnownRow], after: Iterable[KnownRow]
) -> Iterator[RestatedRow]:
    told, tells = _by_subject(before), _by_subject(after)
    for subject in dict.fromkeys((*told, *tells)):
        yield from _of_one_child(indicator, told.get(subject, []), tells.get(subject, []))


def _by_subject(rows: Iterable[KnownRow]) -> dict[str, list[KnownRow]]:
    found: dict[str, list[KnownRow]] = defaultdict(list)
    for row in rows:
        found[row.subject].append(row)
    return found


def _of_one_child(
    indicator: Indicator, before: list[KnownRow], after: list[KnownRow]
) -> Iterator[RestatedRow]:
    """Pair the rows of a child: unchanged ones, then the same row told otherwise, then the rest."""

    def same_day(one: KnownRow, other: KnownRow) -> bool:
        return bool(_first_date(indicator, one) == _first_date(indicator, other))

    def same(one: KnownRow, other: KnownRow) -> bool:
        return same_day(one, other) and one.adds == other.adds

    _, before, after = _paired(before, after, same)
    changed, before, after = _paired(before, after, same_day)
    # A date corrected inside the month changes no figure where the row adds what it added.
    _, before, after = _paired(before, after, lambda one, other: one.adds == other.adds)
    moved, before, after = _paired(before, after, lambda one, other: True)
    yield from (RestatedRow(Cause.CHANGED, *pair) for pair in (*changed, *moved))
    yield from (RestatedRow(Cause.WENT_OUT, row, None) for row in before)
    yield from (RestatedRow(Cause.CAME_IN, None, row) for row in after)


def _paired(
    before: Sequence[KnownRow], after: Sequence[KnownRow], is_pair: Any
) -> tuple[list[tuple[KnownRow, KnownRow]], list[KnownRow], list[KnownRow]]:
    """Pair off rows one to one; gives the pairs and what is left on both sides."""
    left, pairs, alone = list(after), [], []
    for row in before:
        other = next((one for one in left if is_pair(row, one)), None)
        if other is None:
            alone.append(row)
        else:
            left.remove(other)
            pairs.append((row, other))
    return pairs, alone, left


class _Elsewhere:
    """Where a row that came in was before, and where one that went out is now: not counting."""

    def __init__(
        self,
        indicator: Indicator,
        month: Month,
        found: Sequence[RestatedRow],
        then: Telling,
        now: Telling,
    ) -> None:
        self._indicator = indicator
        subjects = sorted({one.row.subject for one in found if one.cause is not Cause.CHANGED})
        told = [_rows(indicator, month, t, subjects) if subjects else [] for t in (then, now)]
        self._before, self._after = map(_by_subject, told)

    def completed(self, one: RestatedRow) -> RestatedRow:
        """Add the row of the other telling, where that telling has the row at all."""
        if one.cause is Cause.CHANGED:
            return one
        came_in = one.cause is Cause.CAME_IN
        own, other = (self._after, self._before) if came_in else (self._before, self._after)
        same = self._same(one.row, own[one.row.subject], other.get(one.row.subject, []))
        return RestatedRow(one.cause, *((same, one.after) if came_in else (one.before, same)))

    def _same(
        self, row: KnownRow, own: Sequence[KnownRow], other: Sequence[KnownRow]
    ) -> KnownRow | None:
        """The row under its own date or, if there is none, the nearest that only one tells."""
        day = _first_date(self._indicator, row)
        not_counting = [one for one in other if not one.counts]
        exact = (one for one in not_counting if _first_date(self._indicator, one) == day)
        if found := next(exact, None):
            return found
        told_twice = {_first_date(self._indicator, one) for one in own}
        only_there = [
            one for one in not_counting if _first_date(self._indicator, one) not in told_twice
        ]
        return min(only_there, key=lambda one: self._days_apart(one, day), default=None)

    def _days_apart(self, row: KnownRow, day: Any) -> float:
        own = _first_date(self._indicator, row)
        if not isinstance(own, (date, datetime)) or not isinstance(day, (date, datetime)):
            return float("inf")
        return abs((own - day).total_seconds())


def unexplained(figures: Iterable[Restated], rows: Sequence[RestatedRow]) -> str:
    """Say so where the rows do not add up to what the month's figure changed by; else nothing.

    Of a figure that was published the definition, the settings or the population may have changed
    since, or a delivery may have left the store.
    """
    for one in figures:
        if one.before is None or one.after is None or one.value.basis not in _OF_THE_MONTH:
            continue
        changed = round(one.after.numerator - one.before.numerator, 6)
        told = round(sum(_added(row.after) - _added(row.before) for row in rows), 6)
        if changed != told:
            return (
                f"These rows change the numerator by {told:+g} of {changed:+g}: the definition, "
                "the settings or the deliveries in the store are others than they were."
            )
    return ""


def _added(row: KnownRow | None) -> float:
    return (row.adds[0] or 0.0) if row and row.counts else 0.0
