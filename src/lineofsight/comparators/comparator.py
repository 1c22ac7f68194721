"""A published figure to compare with: whose, for when, published when, in which vintage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Final

# Releases with a known date came out five (workforce) to nine (children looked after) months after
# the end of their period.
_LATEST_RELEASE_MONTHS: Final = 9

# Begins the source of a comparator that is the mean of several authorities' figures.
MEAN_OF_MEMBERS = "Mean of published figures; "


class Area(Enum):
    """Whom an authority is compared with, in the order a paper shows them."""

    STATISTICAL_NEIGHBOURS = "Statistical neighbours"
    REGION = "Region"
    ENGLAND = "England"


def first_known(period_ends_on: date) -> date:
    """Give the first day of the tenth month after a period.

    By the end of the ninth month the Department has published a year's figures.
    """
    months = period_ends_on.year * 12 + period_ends_on.month + _LATEST_RELEASE_MONTHS
    return date(months // 12, months % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class Comparator:
    """One published value.

    `value` is in the unit of the indicator, as published or, for neighbours, the plain mean of the
    `members` that have a value (`median` beside it); `decimals` is the precision it was published
    at. `period_ends_on` and `published_on` make its age and its admissibility computable;
    `group_version` names the list of neighbours used and `group_issued_on` when it came out, where
    that is known; `spread` is the standard deviation of the members around the mean, where it is.
    """

    indicator: str
    area: Area
    area_name: str
    value: Decimal
    decimals: int
    period: str
    period_ends_on: date
    published_on: date | None
    vintage: str
    source: str
    group_version: str = ""
    median: Decimal | None = None
    spread: Decimal | None = None
    members: int = 0
    group_issued_on: date | None = None

    @property
    def known_from(self) -> date:
        """The day both the figure and the list of neighbours behind it were out.

        Without a day of publication it is the first on which the figure will have been; see
        `first_known`.
        """
        published = self.published_on or first_known(self.period_ends_on)
        return max(published, self.group_issued_on or published)


@dataclass(frozen=True, slots=True)
class Spread:
    """How far English authorities usually lie from their comparators, measured on published data.

    `typical_gap` is the median over authorities of |ln(value / neighbours' mean)| for rates and of
    |value - neighbours' mean| in points for percentages; `typical_change` the median size of a
    one-year change in the same unit; `tau` the additive overdispersion among all authorities
    (Spiegelhalter), on the log scale for rates and on the arcsine scale for percentages.
    """

    indicator: str
    typical_gap: float
    typical_change: float
    tau: float
    period: str
    authorities: int
    source: str


def admissible(comparators: Iterable[Comparator], on: date) -> tuple[Comparator, ...]:
    """Keep the comparators that were known on a day, as `Comparator.known_from` has it."""
    return tuple(one for one in comparators if one.known_from <= on)
