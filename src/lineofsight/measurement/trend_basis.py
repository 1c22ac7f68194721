"""What the years of a trend rest on: the list of neighbours, how many count, the population."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lineofsight.comparators.comparator import Area, Comparator
from lineofsight.comparators.published import Published
from lineofsight.comparators.published_indicator import PublishedFigure, Unit
from lineofsight.reference.places import Place

ByYear = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class TrendBasis:
    """By year, oldest first: the neighbours' list, how many have a figure, and the population.

    `populations` name the release whose estimates a rate is worked out with, and are empty for
    what is no rate.
    """

    groups: ByYear = ()
    members: tuple[tuple[int, int], ...] = ()
    populations: ByYear = ()


def trend_basis(
    published: Published,
    place: Place,
    indicator: str,
    years: Iterable[int],
    trend: Sequence[Comparator],
) -> TrendBasis:
    """Gather what an authority's trend and its comparators (`trend`) rest on."""
    near = [c for c in trend if c.area is Area.STATISTICAL_NEIGHBOURS]
    figures = [published.figure(indicator, place.code, year) for year in years]
    return TrendBasis(
        groups=tuple((c.period_ends_on.year, c.group_version) for c in near),
        members=tuple((c.period_ends_on.year, c.members) for c in near),
        populations=tuple(
            (figure.year, _population(published, figure))
            for figure in figures
            if figure is not None and figure.value is not None and _is_rate(figure)
        ),
    )


def _is_rate(figure: PublishedFigure) -> bool:
    return figure.indicator.unit_of is Unit.RATE


def _population(published: Published, figure: PublishedFigure) -> str:
    """A published rate rests on its own release; one worked out here on that of the estimate."""
    estimate = published.populations.get((figure.area, figure.year - 1))
    if figure.is_derived and figure.indicator.of_population and estimate is not None:
        return estimate.release.title
    return figure.release.title
