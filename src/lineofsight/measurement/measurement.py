"""What measuring gives: a value with its numerator, denominator and period, and where it is from.

Numbers only: nothing here, and nothing above this room, can reach a child's row.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from typing import Protocol

from lineofsight.reference.periods import Month, Period
from lineofsight.reference.places import Population
from lineofsight.reference.polarity import Polarity


class Basis(Enum):
    """How a value was formed, in the words a reader is shown."""

    MONTH = "in the month"
    MONTH_END = "at the end of the month"
    TWELVE_MONTHS = "over twelve months, all numerators over all denominators"
    MEAN_OF_MONTH_ENDS = "mean of the month-ends of twelve months"
    YEAR = "in the year"
    YEAR_END = "on 31 March"
    SEPTEMBER = "on 30 September"


_ANNUAL = (Basis.YEAR, Basis.YEAR_END, Basis.SEPTEMBER)


@dataclass(frozen=True, slots=True)
class Value:
    """One value of one indicator for one period.

    `numerator` and `denominator` are sums (of rows, or of the fields of an average); for the mean
    of month-ends they are sums over the month-ends. `scale` turns the ratio into what is shown:
    1, 100 or 10,000. A count has no denominator. `given` is the number itself where it is not
    their ratio: a publication's without its parts, or a quantile of as many rows as both say.
    A value that is withheld from a paper has lost its numbers (`numerator` is not a number).
    """

    period: Period
    basis: Basis
    numerator: float
    denominator: float | None
    scale: int
    given: Decimal | None = None

    @property
    def is_withheld(self) -> bool:
        return self.is_bare and self.given is None

    @property
    def is_bare(self) -> bool:
        """Whether the numbers it was made of have been taken away."""
        return math.isnan(self.numerator)

    def withheld(self) -> Value:
        """The same value without its numbers: what a paper may know of what it must not show."""
        return replace(self, numerator=math.nan, denominator=None, given=None)

    def bare(self, decimals: int) -> Value:
        """The value as it is printed, without the numbers it was made of."""
        return replace(self.withheld(), given=self.rounded(decimals))

    @property
    def exact(self) -> Decimal | None:
        """The value unrounded; None where nothing was there to divide by, or it is withheld."""
        if self.given is not None:
            return self.given
        if self.is_bare:
            return None
        if self.denominator is None:
            months = self.period.months if self.basis is Basis.MEAN_OF_MONTH_ENDS else 1
            return Decimal(repr(self.numerator)) / months
        if not self.denominator:
            return None
        ratio = Decimal(repr(self.numerator)) / Decimal(repr(self.denominator))
        return ratio * self.scale

    def rounded(self, decimals: int) -> Decimal | None:
        """The value rounded half up, once, for display."""
        return None if self.exact is None else round_half_up(self.exact, decimals)


@dataclass(frozen=True, slots=True)
class Unmeasurable:
    """Why an indicator has no value: what is missing, and what would supply it."""

    reason: str
    remedy: str


class Described(Protocol):
    """What a reader must be told of a figure, wherever it comes from.

    An `Indicator` counted from the journey and a `PublishedIndicator` read from the Department's
    statistics both say all of this, so that they are judged and shown alike. `brief` is the short
    name, and empty where the full one is short enough.
    """

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def brief(self) -> str: ...
    @property
    def chapter(self) -> str: ...
    @property
    def counted(self) -> str: ...
    @property
    def good(self) -> Polarity: ...
    @property
    def unit(self) -> str: ...
    @property
    def scale(self) -> int: ...
    @property
    def decimals(self) -> int: ...
    @property
    def is_snapshot(self) -> bool: ...
    @property
    def published(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def blanks(self) -> str: ...


# What a row of these is, is no child and nothing that happened to one.
NOT_CHILDREN = frozenset(("workers", "posts", "teams", "working days"))


def is_about_children(indicator: Described) -> bool:
    """Whether what a figure counts are children, or things that happened to them."""
    return indicator.counted not in NOT_CHILDREN


@dataclass(frozen=True, slots=True)
class AtLimit:
    """The same figure counted at another limit, such as 'within 14 working days'."""

    words: str
    series: tuple[Value, ...]
    rolling: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Measurement:
    """One indicator of one authority: every period since records begin.

    `series` holds the months (or years), oldest first; `rolling` the twelve months that end with
    each of them, empty for annual series. `design_effect` says how much wider an interval must be
    because rows share a family (1 where rows are independent); `has_counts` is False where the two
    sides of the ratio count nothing from which an interval could be made. `notes` are data-quality
    sentences that belong beside the figure; `at_limits` is the figure at other limits. An indicator
    that cannot be measured has `unmeasurable` set and no values.
    """

    indicator: Described
    authority: str
    series: tuple[Value, ...] = ()
    rolling: tuple[Value, ...] = ()
    population: Population | None = None
    design_effect: float = 1.0
    notes: tuple[str, ...] = field(default=())
    unmeasurable: Unmeasurable | None = None
    has_counts: bool = True
    at_limits: tuple[AtLimit, ...] = ()

    @property
    def is_annual(self) -> bool:
        return bool(self.series) and self.series[-1].basis in _ANNUAL

    @property
    def latest(self) -> Value | None:
        return self.series[-1] if self.series else None

    @property
    def latest_rolling(self) -> Value | None:
        return self.rolling[-1] if self.rolling else None

    @property
    def level(self) -> Value | None:
        """The value that is compared and judged: twelve months for a flow, else the latest."""
        if self.indicator.is_snapshot or not self.rolling:
            return self.latest
        return self.latest_rolling

    def shown(self, value: Value) -> str:
        """A value as one line of text: '73% (8/11)', or a dash where nothing was counted."""
        number = value.rounded(self.indicator.decimals)
        text = "–" if number is None else f"{number:,}{self.indicator.unit}"
        if value.denominator is None or not self.has_counts:
            return text
        if value.given is not None:
            return f"{text} (of {value.denominator:,.0f})"
        return f"{text} ({value.numerator:,.0f}/{value.denominator:,.0f})"

    @property
    def as_judged(self) -> Measurement:
        """With bare values where the sides of the ratio are no counts: they have no interval."""
        if self.has_counts:
            return self
        series, rolling = (tuple(map(_bare, values)) for values in (self.series, self.rolling))
        return replace(self, series=series, rolling=rolling)

    def at(self, month: Month) -> Value | None:
        """The value of one month, if there is one."""
        days = (month.first_day, month.last_day)
        return next((v for v in self.series if v.period.last_day in days), None)


def _bare(value: Value) -> Value:
    return replace(value, denominator=None, given=value.exact)


def round_half_up(number: Decimal, decimals: int) -> Decimal:
    """Round as the Department does: half up on the exact decimal (14.5 becomes 15)."""
    return number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
