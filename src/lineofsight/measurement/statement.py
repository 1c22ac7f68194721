"""One statement a chapter: every month of every indicator in one pass over the columns.

A row adds a weight to the month its date lies in. A snapshot adds at the start and takes away at
the end, and a running sum gives all month-ends at once. Indicators that put their rows into months
in the same way (the same axis) share one scan. The statement gives, for each indicator and month:
numerator, denominator, rows whose condition could not be decided, and the same three summed over
the twelve months that end there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from lineofsight.indicators.indicator import (
    Average,
    During,
    Indicator,
    OpenAtEnd,
    Percentage,
    Since,
)
from lineofsight.journey.fields import part_of

MONTHS = sa.table("months", sa.column("month", sa.Integer()))
ROLES = ("numerator", "denominator", "undecided")
Expression = sa.ColumnElement[Any]


@dataclass(frozen=True, eq=False)
class Axis:
    """A way rows fall into months: a date, or a span that opens and closes."""

    opens: sa.Column[Any]
    closes: sa.Column[Any] | None = None
    since: sa.Column[Any] | None = None
    until: sa.Column[Any] | None = None

    @property
    def is_stock(self) -> bool:
        return self.closes is not None

    @property
    def key(self) -> tuple[str, ...]:
        """What tells axes apart: columns themselves compare as SQL, not as values."""
        return tuple(str(column) for column in (self.opens, self.closes, self.since, self.until))


@dataclass(frozen=True)
class Tally:
    """What one indicator sums in one role: the weight of a row on an axis."""

    indicator: Indicator
    role: str
    axis: Axis
    weight: Expression


def chapter_statement(chapter: Sequence[Indicator], first_month: int) -> sa.Select[Any]:
    """Build the statement for some indicators; `months` in the engine holds the dense months.

    What happened before `first_month` still counts in a running sum, and in nothing else.
    """
    tallies = [tally for indicator in chapter for tally in _tallies(indicator)]
    scans = _scans(tallies, first_month)
    monthly = sa.union_all(*(_monthly(i, tallies, scans) for i in chapter)).cte("monthly")
    levels = _levels(monthly).cte("levels")
    return _with_twelve_months(levels)


def _tallies(indicator: Indicator) -> Iterable[Tally]:
    axis = _axis(indicator)
    if isinstance(indicator, Average):
        yield from _ratio(indicator, axis)
    elif isinstance(indicator, Percentage):
        yield Tally(indicator, "denominator", axis, _weighed(indicator.of))
        yield from _share(indicator, axis)
    else:
        yield Tally(indicator, "numerator", axis, _weighed(indicator.of))


def _ratio(indicator: Average, axis: Axis) -> Iterable[Tally]:
    known = sa.and_(indicator.of, indicator.is_known)
    unknown = sa.and_(indicator.of, sa.not_(indicator.is_known))
    yield Tally(indicator, "numerator", axis, _weighed(known, indicator.total))
    yield Tally(indicator, "denominator", axis, _weighed(known, indicator.per))
    yield Tally(indicator, "undecided", axis, _weighed(unknown))


def _share(indicator: Percentage, axis: Axis) -> Iterable[Tally]:
    met = indicator.met
    if isinstance(met, Since):
        later = Axis(axis.opens, axis.closes, met.date, met.until)
        yield Tally(indicator, "numerator", later, _weighed(indicator.of))
        return
    yield Tally(indicator, "numerator", axis, _weighed(sa.and_(indicator.of, met)))
    unknown = sa.case((met, sa.literal(0)), (sa.not_(met), sa.literal(0)), else_=sa.literal(1))
    yield Tally(indicator, "undecided", axis, _weighed(indicator.of, unknown))


def _axis(indicator: Indicator) -> Axis:
    when = indicator.when
    if isinstance(when, During):
        return Axis(when.date)
    assert isinstance(when, OpenAtEnd)
    return Axis(when.start, when.end)


def _weighed(condition: Expression, weight: Any = None) -> Expression:
    amount = sa.literal(1) if weight is None else weight
    if isinstance(condition, sa.sql.elements.True_):
        return sa.cast(amount, sa.Double())
    return sa.cast(sa.case((condition, amount), else_=sa.literal(0)), sa.Double())


@dataclass(frozen=True)
class _Scan:
    """One aggregated pass over a table: a column for each tally on one axis."""

    rows: sa.CTE
    columns: dict[tuple[str, str], str]


def _scans(tallies: Sequence[Tally], first_month: int) -> list[_Scan]:
    axes = {tally.axis.key: tally.axis for tally in tallies}
    return [_scan(n, axis, tallies, first_month) for n, axis in enumerate(axes.values())]


def _scan(number: int, axis: Axis, tallies: Sequence[Tally], first_month: int) -> _Scan:
    mine = [tally for tally in tallies if tally.axis.key == axis.key]
    weights = [tally.weight.label(f"w{k}") for k, tally in enumerate(mine)]
    rows = (_stock_rows if axis.is_stock else _flow_rows)(axis, weights, first_month)
    placed = rows.subquery(f"placed_{number}")
    sums = [sa.func.sum(placed.c[w.name]).label(w.name) for w in weights]
    grouped = sa.select(placed.c.month, *sums).group_by(placed.c.month)
    columns = {(t.indicator.id, t.role): w.name for t, w in zip(mine, weights, strict=True)}
    return _Scan(grouped.cte(f"scan_{number}"), columns)


def _flow_rows(axis: Axis, weights: Sequence[sa.Label[Any]], first_month: int) -> Any:
    month = part_of(axis.opens, "month")
    return sa.select(month.label("month"), *weights).where(month >= first_month)


def _stock_rows(axis: Axis, weights: Sequence[sa.Label[Any]], first_month: int) -> Any:
    assert axis.closes is not None
    opens_day, opens_month = _opening(axis)
    closes_day, closes_month = _closing(axis)
    # A span that ends on or before the day it opens was never open at a month-end.
    is_open = sa.and_(opens_day.is_not(None), sa.or_(closes_day.is_(None), closes_day > opens_day))
    gone = [(-1 * weight.element).label(weight.name) for weight in weights]
    opening = sa.select(_no_earlier(opens_month, first_month), *weights).where(is_open)
    closing = sa.select(_no_earlier(closes_month, first_month), *gone).where(
        is_open, closes_day.is_not(None)
    )
    return sa.union_all(opening, closing)


def _opening(axis: Axis) -> tuple[Expression, Expression]:
    day, month = part_of(axis.opens, "day"), part_of(axis.opens, "month")
    if axis.since is None:
        return day, month
    since_day, since_month = part_of(axis.since, "day"), part_of(axis.since, "month")
    is_later = since_day > day
    no_day: Expression = sa.null()
    return (
        sa.case((is_later, since_day), (since_day <= day, day), else_=no_day),
        sa.case((is_later, since_month), else_=month),
    )


def _closing(axis: Axis) -> tuple[Expression, Expression]:
    assert axis.closes is not None
    day, month = part_of(axis.closes, "day"), part_of(axis.closes, "month")
    if axis.until is None:
        return day, month
    until_day, until_month = part_of(axis.until, "day"), part_of(axis.until, "month")
    is_sooner = sa.or_(day.is_(None), until_day < day)
    return (
        sa.case((is_sooner, until_day), else_=day),
        sa.case((is_sooner, until_month), else_=month),
    )


def _no_earlier(month: Expression, first_month: int) -> sa.Label[Any]:
    first = sa.literal(first_month)
    return sa.case((month < first, first), else_=month).label("month")


def _monthly(
    indicator: Indicator, tallies: Sequence[Tally], scans: Sequence[_Scan]
) -> sa.Select[Any]:
    joined: Any = MONTHS
    values: dict[str, Expression] = {}
    for scan in scans:
        found = {role: scan.columns.get((indicator.id, role)) for role in ROLES}
        if not any(found.values()):
            continue
        joined = joined.outerjoin(scan.rows, scan.rows.c.month == MONTHS.c.month)
        values |= {role: scan.rows.c[name] for role, name in found.items() if name}
    zero: Expression = sa.cast(sa.literal(0), sa.Double())
    return sa.select(
        sa.literal(indicator.id).label("indicator"),
        sa.literal(int(isinstance(indicator.when, OpenAtEnd))).label("is_stock"),
        MONTHS.c.month.label("month"),
        *(sa.func.coalesce(values.get(role, zero), zero).label(role) for role in ROLES),
    ).select_from(joined)


def _levels(monthly: sa.CTE) -> sa.Select[Any]:
    level = [
        sa.case(
            (monthly.c.is_stock == 1, _sum_over(monthly, role, None)), else_=monthly.c[role]
        ).label(role)
        for role in ROLES
    ]
    return sa.select(monthly.c.indicator, monthly.c.month, *level)


def _with_twelve_months(levels: sa.CTE) -> sa.Select[Any]:
    sums = [_sum_over(levels, role, -11).label(f"{role}_12") for role in ROLES]
    columns = [levels.c[name] for name in ("indicator", "month", *ROLES)]
    return sa.select(*columns, *sums).order_by(levels.c.indicator, levels.c.month)


def _sum_over(rows: sa.CTE, role: str, since_row: int | None) -> sa.Over[Any]:
    return sa.func.sum(rows.c[role]).over(
        partition_by=rows.c.indicator, order_by=rows.c.month, rows=(since_row, 0)
    )
