"""Comparators out of published figures: the newest that were known, and how each is made up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lineofsight.comparators.comparator import Comparator
from lineofsight.comparators.published import Published
from lineofsight.comparators.published_indicator import PublishedFigure, PublishedIndicator
from lineofsight.measurement.published import comparators_of, demand_published
from lineofsight.reference.places import Place


@dataclass(frozen=True, slots=True)
class HeldYear:
    """One year of an indicator: its comparators, the authority's own figure, its neighbours'.

    A neighbour without a figure is there with the symbol that was published in its place.
    """

    year: int
    comparators: tuple[Comparator, ...]
    own: PublishedFigure | None
    neighbours: tuple[PublishedFigure, ...]
    group_version: str


@dataclass(frozen=True, slots=True)
class Held:
    """All years of an indicator that are held for a place, newest first."""

    indicator: PublishedIndicator
    place: Place
    years: tuple[HeldYear, ...]


def known_comparators(
    published: Published, place: Place, on: date | None = None
) -> tuple[Comparator, ...]:
    """Give the comparators of each indicator for every year, or for those out by a day.

    The figures may be those of a later release than the year's own; see
    `Published.first_published`.
    """
    return tuple(
        comparator
        for one in published.indicators
        for year in published.years(one.id)
        if on is None or published.first_published(one, year) <= on
        for comparator in comparators_of(published, one, place, year)
    )


def held(published: Published, place: Place, indicator: str) -> Held:
    """Give every year of an indicator; raises UnknownName for one that is not published."""
    described = demand_published(indicator)
    newest_first = reversed(published.years(indicator))
    years = (_held_year(published, described, place, year) for year in newest_first)
    return Held(described, place, tuple(years))


def _held_year(
    published: Published, indicator: PublishedIndicator, place: Place, year: int
) -> HeldYear:
    group = published.neighbours_for(year)
    return HeldYear(
        year,
        comparators_of(published, indicator, place, year),
        published.figure(indicator.id, place.code, year),
        tuple(_neighbours(published, indicator, group.of(place.code), year)),
        group.group_version,
    )


def _neighbours(
    published: Published, indicator: PublishedIndicator, codes: tuple[str, ...], year: int
) -> Iterator[PublishedFigure]:
    for code in codes:
        figure = published.figure(indicator.id, code, year)
        if figure is not None:
            yield figure
