"""Statements for the engine: every month of every indicator, by groups, in one pass over columns.

A row adds a weight to the month its date lies in. A snapshot adds at the month a span opens and
takes away at the month it closes; a running sum then gives all month-ends at once, and since only
month-ends are asked for, months are all that is needed. Indicators that put their rows into months
in the same way (the same axis) share one scan. What a scan gives are *cells*: sums for each group
and month in which something happened. `dense` makes every month of every period out of them.

Three kinds of scan, for three kinds of sum that can be taken apart and put together again: weights;
values seen in a month and when they are seen next (different children); and how often each whole
number occurred (quantiles).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from lineofsight.indicators.indicator import (
    Average,
    During,
    Indicator,
    OpenAtEnd,
    Percentage,
    Quantile,
    Since,
)
from lineofsight.journey.fields import part_of
from lineofsight.warehouse.sql_text import render

Expression = sa.ColumnElement[Any]
# A month that never comes, where a span has no end.
NEVER = 99_999


@dataclass(frozen=True, eq=False)
class Axis:
    """A way rows fall into months: a date, or a span that opens and closes."""

    opens: sa.Column[Any]
    closes: sa.Column[Any] | None = None
    met: Since | None = None

    @property
    def is_stock(self) -> bool:
        return self.closes is not None

    @property
    def table(self) -> str:
        return str(self.opens.table.name)

    @property
    def key(self) -> tuple[str, ...]:
        """What tells axes apart: columns themselves compare as SQL, not as values."""
        met = () if self.met is None else self.met.columns
        return tuple(str(column) for column in (self.opens, self.closes, *met))


@dataclass(frozen=True, eq=False)
class Tally:
    """What one indicator sums in one role: the weight of a row on an axis."""

    indicator: str
    role: str
    axis: Axis
    weight: Expression

    @cached_property
    def text(self) -> str:
        """What is summed, as SQL: what tells weights apart."""
        return render(self.weight)


@dataclass(frozen=True)
class Source:
    """Where a scan reads its table, and by what it groups.

    `breakdowns` names the column of each breakdown beside its number; `over` names columns that
    divide everything (the authority, where a store holds many). `is_cut` says that the spans are
    cut where a group changes: the table is then `<table>_cut`, whose rows hold from the month
    `cut_opens_month` until `cut_closes_month`.
    """

    first_month: int
    breakdowns: tuple[tuple[int, str], ...] = ()
    over: tuple[str, ...] = ()
    is_cut: bool = False


Labels = Sequence[sa.Label[Any]]
Wanted = tuple[Labels, Sequence[Expression]]


@dataclass(frozen=True, eq=False)
class Sums:
    """A scan that adds weights: a column `w0`, `w1` … for each different one of an axis.

    Many indicators have one denominator; `places` says which column each tally finds its sum in.
    """

    axis: Axis
    tallies: tuple[Tally, ...]
    along = ("month",)

    @cached_property
    def _different(self) -> dict[str, int]:
        return {text: k for k, text in enumerate(dict.fromkeys(t.text for t in self.tallies))}

    @cached_property
    def places(self) -> tuple[int, ...]:
        """The number of the column that holds the sum of each tally."""
        return tuple(self._different[tally.text] for tally in self.tallies)

    @property
    def width(self) -> int:
        """How many columns of sums the scan gives."""
        return len(self._different)

    def wanted(self, source: Source) -> Wanted:
        weights: list[sa.Label[Any]] = [
            sa.literal_column(text).label(f"w{k}") for text, k in self._different.items()
        ]
        if self.axis.is_stock:
            bounds, where = _bounds(self.axis, source)
            return [*bounds, *weights], where
        month = part_of(self.axis.opens, "month")
        return [month.label("month"), *weights], [month >= source.first_month]

    def sums(self, placed: Any) -> list[sa.Label[Any]]:
        names = [f"w{k}" for k in range(self.width)]
        return [sa.func.sum(placed.c[name]).label(name) for name in names]


@dataclass(frozen=True, eq=False)
class Seen:
    """A scan that counts different values: rows by their month and the month of the value's next.

    A value's last row in a period is the one whose next lies beyond the period, so that one table
    of cells gives the different values of a month, of twelve months and of a year.
    """

    axis: Axis
    indicator: str
    role: str
    each: sa.Column[Any]
    condition: Expression
    along = ("month", "next_month")

    def wanted(self, source: Source) -> Wanted:
        month = part_of(self.axis.opens, "month")
        origin = self.each.table.columns
        order = (part_of(self.axis.opens, "day"), origin["sheet"], origin["row"])
        following = sa.func.lead(month).over(partition_by=self.each, order_by=order)
        labels = (month.label("month"), following.label("next_month"))
        return labels, [month >= source.first_month, self.each.is_not(None), self.condition]

    def sums(self, placed: Any) -> list[sa.Label[Any]]:
        return [sa.func.count().label("w0")]


@dataclass(frozen=True, eq=False)
class Histogram:
    """A scan that counts how often each whole number occurred in each month."""

    axis: Axis
    indicators: tuple[str, ...]
    value: sa.Column[Any]
    condition: Expression
    along = ("month", "number")

    def wanted(self, source: Source) -> Wanted:
        month = part_of(self.axis.opens, "month")
        labels = (month.label("month"), self.value.label("number"))
        return labels, [month >= source.first_month, self.value.is_not(None), self.condition]

    def sums(self, placed: Any) -> list[sa.Label[Any]]:
        return [sa.func.count().label("w0")]


Scan = Sums | Seen | Histogram


def scans_of(indicators: Sequence[Indicator]) -> list[Scan]:
    """Put together what indicators sum: as few scans as there are ways to fall into months."""
    sums: dict[tuple[str, ...], list[Tally]] = {}
    histograms: dict[tuple[str, ...], list[Quantile]] = {}
    seen: list[Seen] = []
    for indicator in indicators:
        if isinstance(indicator, Quantile):
            key = (*_axis(indicator).key, str(indicator.value), render(indicator.of))
            histograms.setdefault(key, []).append(indicator)
        elif indicator.each is not None:
            seen += _seen(indicator, indicator.each)
        else:
            for tally in _tallies(indicator):
                sums.setdefault(tally.axis.key, []).append(tally)
    return [
        *(Sums(mine[0].axis, tuple(mine)) for mine in sums.values()),
        *map(_histogram, histograms.values()),
        *seen,
    ]


def _histogram(alike: Sequence[Quantile]) -> Histogram:
    """One scan for the quantiles of the same numbers."""
    first = alike[0]
    return Histogram(_axis(first), tuple(i.id for i in alike), first.value, first.of)


def columns_read(scan: Scan) -> frozenset[str]:
    """Name the columns of its table that a scan reads."""
    labels, where = scan.wanted(Source(0))
    # Weights stand in the labels as text, whose columns cannot be told any more.
    weights = [tally.weight for tally in scan.tallies] if isinstance(scan, Sums) else []
    expressions = [*(label.element for label in labels), *where, *weights]
    nodes = (sa.sql.visitors.iterate(each) for each in expressions)
    return frozenset(n.name for found in nodes for n in found if isinstance(n, sa.Column))


def cells_statement(scan: Scan, source: Source) -> sa.Select[Any] | sa.CompoundSelect[Any]:
    """Build the statement of one scan, in the narrow dialect of `warehouse.sql_text`.

    It gives `breakdown` (0 for the total), `member` (the group's number in it), the columns of
    `source.over`, the month, and the scan's sums. What happened before the first month counts in
    stocks, and in nothing else.
    """
    rows = _placed(scan, source).cte("placed")
    total = _cells(scan, source, rows, 0, None)
    broken = [_cells(scan, source, rows, n, rows.c[f"by_{n}"]) for n, _ in source.breakdowns]
    return sa.union_all(total, *broken) if broken else total


def _cells(scan: Scan, source: Source, rows: sa.CTE, breakdown: int, member: Any) -> sa.Select[Any]:
    keys = [rows.c[name] for name in (*source.over, *scan.along)]
    groups = keys if member is None else [member, *keys]
    number = sa.literal(0) if member is None else member
    columns = [sa.literal(breakdown).label("breakdown"), number.label("member"), *keys]
    return sa.select(*columns, *scan.sums(rows)).group_by(*groups)


def _placed(scan: Scan, source: Source) -> Any:
    """Rows with the month they count in; a span has two, and counts less in the second."""
    rows = _rows(scan, source)
    if not scan.axis.is_stock:
        return rows
    spans = rows.cte("spans")
    others = [column for column in spans.c if column.name not in ("opens", "closes")]
    less = [(-c).label(c.name) if c.name.startswith("w") else c for c in others]
    is_open = spans.c.closes > spans.c.opens
    return sa.union_all(
        sa.select(spans.c.opens.label("month"), *others).where(is_open),
        sa.select(spans.c.closes.label("month"), *less).where(is_open, spans.c.closes < NEVER),
    )


def _rows(scan: Scan, source: Source) -> sa.Select[Any]:
    """Rows from the table as it is or as it is cut, with the columns they are grouped by."""
    table = scan.axis.table
    held = sa.table(f"{table}_cut").alias(table) if source.is_cut else sa.table(table)
    groups = [(f"by_{number}", column) for number, column in source.breakdowns]
    groups += [(name, name) for name in source.over]
    extra: list[sa.Label[Any]] = [
        sa.literal_column(f"{table}.{column}").label(name) for name, column in groups
    ]
    labels, where = scan.wanted(source)
    columns = [_in_text(label.element).label(label.name) for label in labels]
    return sa.select(*columns, *extra).select_from(held).where(*map(_in_text, where))


def _in_text(expression: Expression) -> Expression:
    """The expression with its columns as words, so that any table of the name can be read."""

    def worded(element: Any, **_: Any) -> Any:
        if isinstance(element, sa.Column):
            return sa.literal_column(f"{element.table.name}.{element.name}", element.type)
        return None

    nothing: dict[str, Any] = {}
    return sa.sql.visitors.replacement_traverse(expression, nothing, worded)


def _tallies(indicator: Indicator) -> Iterable[Tally]:
    axis = _axis(indicator)
    if isinstance(indicator, Average):
        yield from _ratio(indicator, axis)
    elif isinstance(indicator, Percentage):
        yield Tally(indicator.id, "denominator", axis, _weighed(indicator.of))
        yield from _share(indicator, axis)
    else:
        yield Tally(indicator.id, "numerator", axis, _weighed(indicator.of))


def _ratio(indicator: Average, axis: Axis) -> Iterable[Tally]:
    known = sa.and_(indicator.of, indicator.is_known)
    unknown = sa.and_(indicator.of, sa.not_(indicator.is_known))
    yield Tally(indicator.id, "numerator", axis, _weighed(known, indicator.total))
    yield Tally(indicator.id, "denominator", axis, _weighed(known, indicator.per))
    yield Tally(indicator.id, "undecided", axis, _weighed(unknown))


def _share(indicator: Percentage, axis: Axis) -> Iterable[Tally]:
    met = indicator.met
    if isinstance(met, Since):
        while_met = Axis(axis.opens, axis.closes, met)
        yield Tally(indicator.id, "numerator", while_met, _weighed(indicator.of))
        return
    yield Tally(indicator.id, "numerator", axis, _weighed(sa.and_(indicator.of, met)))
    unknown = sa.case((met, sa.literal(0)), (sa.not_(met), sa.literal(0)), else_=sa.literal(1))
    yield Tally(indicator.id, "undecided", axis, _weighed(indicator.of, unknown))


def _seen(indicator: Indicator, each: sa.Column[Any]) -> Iterable[Seen]:
    axis = _axis(indicator)
    if not isinstance(indicator, Percentage):
        yield Seen(axis, indicator.id, "numerator", each, indicator.of)
        return
    assert not isinstance(indicator.met, Since)
    met = sa.and_(indicator.of, indicator.met)
    yield Seen(axis, indicator.id, "denominator", each, indicator.of)
    yield Seen(axis, indicator.id, "numerator", each, met)


def _axis(indicator: Indicator) -> Axis:
    when = indicator.when
    if isinstance(when, During):
        return Axis(when.date)
    assert isinstance(when, OpenAtEnd)
    return Axis(when.start, when.end)


def _weighed(condition: Expression, weight: Any = None) -> Expression:
    amount = sa.literal(1) if weight is None else weight
    if isinstance(condition, sa.sql.elements.True_):
        return amount if isinstance(amount, sa.ColumnElement) else sa.literal(amount)
    return sa.case((condition, amount), else_=sa.literal(0))


def _bounds(axis: Axis, source: Source) -> Wanted:
    """The month from which a span counts, not before the first, and the month it counts no more."""
    assert axis.closes is not None
    opens: list[Expression] = [part_of(axis.opens, "month")]
    closes: list[Expression] = [part_of(axis.closes, "month")]
    if axis.met is not None:
        opens.append(part_of(axis.met.date, "month"))
        closes += [] if axis.met.until is None else [part_of(axis.met.until, "month")]
    is_there = [month.is_not(None) for month in opens]
    if source.is_cut:
        opens.append(sa.literal_column(f"{axis.table}.cut_opens_month"))
        closes.append(sa.literal_column(f"{axis.table}.cut_closes_month"))
    latest = sa.func.greatest(*opens, sa.literal(source.first_month))
    earliest = sa.func.least(*(sa.func.coalesce(month, NEVER) for month in closes), NEVER)
    return [latest.label("opens"), earliest.label("closes")], is_there
