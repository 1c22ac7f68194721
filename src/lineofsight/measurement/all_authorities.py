"""One published figure of all English authorities at once, and how many of them have none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from lineofsight.comparators.explore_education import meaning
from lineofsight.comparators.published import Published
from lineofsight.comparators.published_indicator import (
    PublishedFigure,
    PublishedIndicator,
    Unit,
)
from lineofsight.measurement.measurement import round_half_up
from lineofsight.measurement.spread import overdispersion_of
from lineofsight.reference.periods import Period
from lineofsight.reference.places import ENGLAND_CODE, Place, authorities

_JOINTLY = "published only jointly with another authority"
_NO_ROW = "not in the published file"


@dataclass(frozen=True, slots=True)
class AuthorityFigure:
    """The figure of one authority.

    `value` is in the unit of the indicator, rounded half up to the decimals it is published at;
    `counts` are the numerator and denominator it rests on, None where they are not published.
    """

    code: str
    name: str
    value: Decimal
    counts: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class AllAuthorities:
    """One indicator of one year, for every authority that has a figure.

    `without` says why the others have none, with how many of them; a suppressed figure is counted
    there and is nowhere a number. `tau` is the additive overdispersion (arcsine scale for
    percentages, log scale for rates); None where too few authorities have counts, and for an
    average or a share of working days, whose counts are not of independent events.
    """

    indicator: PublishedIndicator
    period: Period
    figures: tuple[AuthorityFigure, ...]
    without: tuple[tuple[str, int], ...]
    own: str
    neighbours: tuple[str, ...]
    england: Decimal | None
    tau: float | None

    def figure(self, code: str) -> AuthorityFigure | None:
        """Give the figure of one authority; None where it has none."""
        return next((figure for figure in self.figures if figure.code == code), None)


def all_authorities(published: Published, place: Place, year: int) -> tuple[AllAuthorities, ...]:
    """Gather every indicator of a year for all authorities, as seen from one of them.

    In committee order; an indicator without a figure of that year is left out.
    """
    gathered = (_gathered(published, one, place, year) for one in published.indicators)
    return tuple(one for one in gathered if one.figures)


def _gathered(
    published: Published, indicator: PublishedIndicator, place: Place, year: int
) -> AllAuthorities:
    found = published.of_authorities(indicator.id, year)
    england = published.figure(indicator.id, ENGLAND_CODE, year)
    return AllAuthorities(
        indicator=indicator,
        period=indicator.timing.period(year),
        figures=tuple(_figure(each) for each in found),
        without=tuple(sorted(Counter(_reasons(published, indicator, year)).items())),
        own=place.code,
        neighbours=published.neighbours_for(year).of(place.code),
        england=england.value if england is not None else None,
        tau=overdispersion_of(indicator, found) if is_of_events(indicator) else None,
    )


def _figure(figure: PublishedFigure) -> AuthorityFigure:
    value = round_half_up(figure.value or Decimal(0), figure.indicator.decimals)
    return AuthorityFigure(figure.area, figure.area_name, value, _counts(figure))


def _counts(figure: PublishedFigure) -> tuple[float, float] | None:
    if figure.numerator is None or not figure.denominator:
        return None
    return float(figure.numerator), float(figure.denominator)


def is_of_events(indicator: PublishedIndicator) -> bool:
    """Tell whether a figure is a share or rate of separate events: neither mean nor lost days."""
    return indicator.unit_of is not Unit.AVERAGE and not indicator.per_working_day


def _reasons(published: Published, indicator: PublishedIndicator, year: int) -> Iterator[str]:
    """Say of each authority of the year that has no figure why it has none."""
    for place in authorities():
        if not (place.since or year) <= year <= (place.until or year):
            continue
        figure = published.figure(indicator.id, place.code, year)
        if figure is None:
            is_joint = published.joint_figure(indicator.id, place.code, year) is not None
            yield _JOINTLY if is_joint else _NO_ROW
        elif figure.value is None:
            yield meaning(figure.symbol)
