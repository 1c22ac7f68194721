"""What a published figure is: which columns hold it, of what period, and how it is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from lineofsight.comparators.explore_education import Series, TableForm
from lineofsight.reference.periods import Period
from lineofsight.reference.polarity import NEUTRAL, Polarity


class Unit(Enum):
    """What a figure is shown as: its scale and what is written after the number."""

    PERCENTAGE = (100, "%")
    RATE = (10_000, " per 10,000")
    AVERAGE = (1, "")


class Timing(Enum):
    """When a figure is of: a year, or its last day. The census years end on different days."""

    YEAR_TO_MARCH = "year to 31 March"
    ON_31_MARCH = "31 March"
    YEAR_TO_SEPTEMBER = "year to 30 September"
    ON_30_SEPTEMBER = "30 September"

    @property
    def is_snapshot(self) -> bool:
        return self in (Timing.ON_31_MARCH, Timing.ON_30_SEPTEMBER)

    def period(self, year: int) -> Period:
        """The period of the figure of a year."""
        if self is Timing.YEAR_TO_MARCH:
            return Period.census_year(year)
        if self is Timing.ON_31_MARCH:
            return Period.census_day(year)
        last = date(year, 9, 30)
        if self is Timing.ON_30_SEPTEMBER:
            return Period(last, last, f"30 September {year}", 1)
        return Period(date(year - 1, 10, 1), last, f"year to 30 September {year}", 12)


@dataclass(frozen=True, slots=True)
class Release:
    """One yearly edition of a publication; its date is None where we could not establish it."""

    series: Series
    year: int
    published_on: date | None

    @property
    def title(self) -> str:
        """'Children in need 2024'."""
        return f"{self.series.value} {self.year}"


@dataclass(frozen=True, kw_only=True)
class PublishedIndicator:
    """One figure the Department publishes for every authority.

    `numerator` and `denominator` are columns of `form` that are added up; with `of_population` the
    denominator is the mid-year estimate of residents aged 0 to 17 of the year before. `value` is
    the column of the published figure; a file without it has the figure worked out from its parts.
    `where` picks the rows of the numerator and `of_where` those of the denominator, if they are
    not the same. `per_working_day` multiplies the denominator by the year's working days.
    `is_rounded_before` says that the Department rounds the parts before it publishes them, so that
    they give the figure only to within 0.1. `brief` is the name in headlines, contents and charts.
    """

    id: str
    name: str
    form: TableForm
    unit_of: Unit
    timing: Timing
    numerator: tuple[str, ...]
    denominator: tuple[str, ...] = ()
    of_population: bool = False
    value: str = ""
    where: tuple[tuple[str, str], ...] = ()
    of_where: tuple[tuple[str, str], ...] = ()
    per_working_day: bool = False
    is_rounded_before: bool = False
    brief: str = ""
    counted: str = "children"
    good: Polarity = NEUTRAL
    decimals: int = 1
    note: str = ""
    blanks: str = "Figures that the Department suppresses or does not publish are left out."

    @property
    def scale(self) -> int:
        return self.unit_of.value[0]

    @property
    def unit(self) -> str:
        return self.unit_of.value[1]

    @property
    def chapter(self) -> str:
        return self.id.split(".")[0]

    @property
    def is_snapshot(self) -> bool:
        return self.timing.is_snapshot

    @property
    def published(self) -> str:
        return self.name

    @property
    def source(self) -> str:
        """The table the figure is in: 'Children in need, child protection plans'."""
        return f"{self.form.series.value}, {self.form.title} (Department for Education)"


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """One indicator of one area and year.

    `value` is the published number or, with `is_derived`, the exact share of the published parts.
    Without a value `symbol` is what stands in its place; a missing part is None.
    """

    indicator: PublishedIndicator
    area: str
    area_name: str
    year: int
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    symbol: str
    is_derived: bool
    release: Release

    @property
    def exact(self) -> Decimal | None:
        """The share worked out from the parts, unrounded; None where a part is missing."""
        if self.numerator is None or not self.denominator:
            return None
        return self.numerator / self.denominator * self.indicator.scale
