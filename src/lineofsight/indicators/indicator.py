"""What an indicator is: which rows count, and which of them meet the condition.

An indicator is a frozen block of data that runs nothing. `when` says how rows fall into periods
and is kept apart from the filter, so that all months are worked out in one pass. In a percentage
the numerator is a condition on the denominator's rows: it can never exceed it, and the rows that
count but do not meet it are the exception list.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa

from lineofsight.errors import DefinitionFault, Fault
from lineofsight.reference.polarity import NEUTRAL, Polarity

Condition = sa.ColumnElement[bool]
everything: Condition = sa.true()


@dataclass(frozen=True, slots=True)
class During:
    """A flow: a row counts in the month its date lies in."""

    date: sa.Column[Any]


@dataclass(frozen=True, slots=True)
class OpenAtEnd:
    """A snapshot: a row counts at every month-end from `start` on, until `end`.

    The start day is included; a span that ends on the month-end itself is closed.
    """

    start: sa.Column[Any]
    end: sa.Column[Any]


Phrase = During | OpenAtEnd


def during(date: sa.Column[Any]) -> During:
    """Count a row in the month of `date`; a row without the date is in no month."""
    return During(date)


def reached(due: sa.Column[Any]) -> During:
    """Count a row in the month its time ran out (a cohort), so that nobody is judged early."""
    return During(due)


def open_at_end(start: sa.Column[Any], end: sa.Column[Any]) -> OpenAtEnd:
    """Count a row at each month-end on which it is open."""
    return OpenAtEnd(start, end)


@dataclass(frozen=True, slots=True)
class Since:
    """A condition that an open span meets from a date on, until another where one is given."""

    date: sa.Column[Any]
    until: sa.Column[Any] | None = None

    @property
    def columns(self) -> tuple[sa.Column[Any], ...]:
        return (self.date,) if self.until is None else (self.date, self.until)


def since(date: sa.Column[Any], *, until: sa.Column[Any] | None = None) -> Since:
    """Say that an open span meets the condition from `date` on, and no longer from `until` on.

    A span without `date` never meets it; one without `until` never ceases to.
    """
    return Since(date, until)


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One figure of the dataset; use a kind below.

    `name` is the full title a committee reads and `brief` what headlines, contents and charts call
    it, empty where the full title is short. `counted` names what one row is ('children',
    'conferences'). `good` is the polarity and `published` the Department's name for the same
    figure, if it publishes one. `source` cites the definition; `blanks` says what a missing value
    does; `moved_by` names the flows (starts, ends) that move a stock; `cluster` is the field that
    rows share when they are not independent (siblings in one conference). `lookback_months` is how
    long records must reach back before a month for its figure to be true. `each` is the field whose
    different values are counted instead of rows: a child with two referrals in the period counts
    once; in a breakdown it counts where its last row of the period does.
    """

    name: str
    brief: str = ""
    when: Phrase
    of: sa.ColumnElement[bool] = everything
    counted: str = "children"
    good: Polarity = NEUTRAL
    source: str
    blanks: str = ""
    note: str = ""
    published: str = ""
    moved_by: tuple[Indicator, ...] = ()
    cluster: sa.Column[Any] | None = None
    each: sa.Column[Any] | None = None
    decimals: int = 0
    lookback_months: int = 0
    id: str = field(default="", init=False, compare=False)

    def __post_init__(self) -> None:
        _demand_one_table(self)

    @property
    def table(self) -> str:
        """Name of the journey table whose rows are counted."""
        return str(_phrase_columns(self.when)[0].table.name)

    @property
    def is_snapshot(self) -> bool:
        """Whether the figure describes a month-end, not what happened during a month."""
        return isinstance(self.when, OpenAtEnd)

    @property
    def has_denominator(self) -> bool:
        return True

    @property
    def scale(self) -> int:
        """What one of numerator over denominator is shown as: 100 for a percentage."""
        return 1

    @property
    def unit(self) -> str:
        """What is written after the number: '%', ' per 10,000' or nothing."""
        return ""

    @property
    def chapter(self) -> str:
        return self.id.split(".")[0]

    def fields(self) -> frozenset[str]:
        """Names of all journey fields the figure depends on, as 'table.field'.

        The cluster field is not among them: it widens the interval, and the figure stands without.
        """
        return frozenset(f"{c.table.name}.{c.name}" for c in _columns_of(self))


@dataclass(frozen=True, kw_only=True)
class Count(Indicator):
    """How many rows count."""

    @property
    def has_denominator(self) -> bool:
        return False


@dataclass(frozen=True, kw_only=True)
class Rate(Indicator):
    """Rows for each 10,000 residents aged 0 to 17."""

    @property
    def scale(self) -> int:
        return 10_000

    @property
    def unit(self) -> str:
        return " per 10,000"


@dataclass(frozen=True, slots=True)
class Limit:
    """The condition of a percentage at another limit: 'within 14 working days' for 15."""

    words: str
    met: Condition


@dataclass(frozen=True, kw_only=True)
class Percentage(Indicator):
    """Share of the rows that count which also meet a condition.

    `said` is how a row that meets it and one that does not are spoken of. `limits` are other
    limits that the figure is counted at too, to see whether its verdict hangs on the one chosen.
    """

    met: sa.ColumnElement[bool] | Since
    said: tuple[str, str] = ("met", "not met")
    limits: tuple[Limit, ...] = ()

    @property
    def scale(self) -> int:
        return 100

    @property
    def unit(self) -> str:
        return "%"


@dataclass(frozen=True, kw_only=True)
class Average(Indicator):
    """Sum of one field divided by the sum of another, over the rows that count.

    `is_month_end` says that the rows themselves describe month-ends, as staffing returns do;
    `is_share` that the ratio is a share and is shown as a percentage. `has_counts` is False where
    the sums count nothing that happens by itself, such as days of sickness that come in spells or a
    month's leavers taken for a year's: then no interval is made of them, and none is shown.
    """

    total: sa.ColumnElement[Any] | sa.Column[Any]
    per: sa.ColumnElement[Any] | sa.Column[Any]
    is_month_end: bool = False
    is_share: bool = False
    has_counts: bool = True

    @property
    def is_known(self) -> sa.ColumnElement[bool]:
        """Whether a row has both sides: one side alone would bend the average."""
        return sa.and_(self.total.is_not(None), self.per.is_not(None))

    @property
    def is_snapshot(self) -> bool:
        return self.is_month_end

    @property
    def scale(self) -> int:
        return 100 if self.is_share else 1

    @property
    def unit(self) -> str:
        return "%" if self.is_share else ""


@dataclass(frozen=True, kw_only=True)
class Quantile(Indicator):
    """A whole number below or at which a share of the rows that count lie: 0.5 for the median.

    It is the smallest number reached by that share of the rows, so that it is one that occurred;
    rows without the number are left out. `unit_name` is its unit ('working days').
    """

    value: sa.Column[Any]
    share: float
    unit_name: str = "working days"

    @property
    def unit(self) -> str:
        return f" {self.unit_name}"


def at_limits(indicator: Indicator) -> tuple[Percentage, ...]:
    """Give an indicator at each of its other limits, each with an identity of its own."""
    if not isinstance(indicator, Percentage):
        return ()
    found = []
    for limit in indicator.limits:
        other = replace(indicator, met=limit.met, limits=())
        object.__setattr__(other, "id", f"{indicator.id} {limit.words}")
        found.append(other)
    return tuple(found)


def _phrase_columns(phrase: Phrase) -> tuple[sa.Column[Any], ...]:
    return (phrase.date,) if isinstance(phrase, During) else (phrase.start, phrase.end)


def _expressions(indicator: Indicator) -> list[Any]:
    found: list[Any] = [*_phrase_columns(indicator.when), indicator.of]
    if isinstance(indicator, Percentage):
        met = indicator.met
        found += met.columns if isinstance(met, Since) else [met]
        found += [limit.met for limit in indicator.limits]
    if isinstance(indicator, Average):
        found += [indicator.total, indicator.per]
    if isinstance(indicator, Quantile):
        found.append(indicator.value)
    if indicator.each is not None:
        found.append(indicator.each)
    return found


def _columns_of(indicator: Indicator) -> set[sa.Column[Any]]:
    visited = (sa.sql.visitors.iterate(expression) for expression in _expressions(indicator))
    return {node for nodes in visited for node in nodes if isinstance(node, sa.Column)}


def _demand_one_table(indicator: Indicator) -> None:
    names = sorted({str(column.table.name) for column in _columns_of(indicator)})
    if len(names) > 1:
        raise DefinitionFault(
            Fault(
                f"A definition may use one table; this one mixes {' and '.join(names)}.",
                f"The indicator is '{indicator.name}'.",
                "Bring the other table's field in as a clock (journey/clocks).",
            )
        )
    where = f"The indicator is '{indicator.name}'."
    if isinstance(getattr(indicator, "met", None), Since) and not indicator.is_snapshot:
        what = "since() is for spans that are open at a month-end."
        remedy = "Use a condition on the row, or open_at_end(start, end)."
        raise DefinitionFault(Fault(what, where, remedy))
    counts_rows_once = indicator.each is not None or isinstance(indicator, Quantile)
    if counts_rows_once and indicator.is_snapshot:
        what = "Different values and quantiles are worked out of what happens during a period."
        raise DefinitionFault(Fault(what, where, "Use during(date) or reached(due)."))
