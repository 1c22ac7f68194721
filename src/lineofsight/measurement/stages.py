"""The way to a child protection plan, stage by stage, as published of an area and year.

Referral, assessment, section 47 enquiry, initial conference, plan started, plan open: each a number
in the year (the last on 31 March) for every 10,000 children.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lineofsight.comparators.comparator import Area
from lineofsight.comparators.published import Published
from lineofsight.comparators.published_indicator import PublishedFigure
from lineofsight.reference.places import ENGLAND_CODE, Place

# From the first to the last: the identities of the published rates.
STAGES = (
    "front_door.referral_rate",
    "assessments.rate",
    "child_protection.section_47_rate",
    "child_protection.conference_rate",
    "child_protection.plan_starts_rate",
    "child_protection.plan_rate",
)


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of one area: how many for every 10,000 children, and the number itself.

    `number` is None for an average of several authorities, and where only the rate is published.
    """

    rate: Decimal
    number: Decimal | None


@dataclass(frozen=True, slots=True)
class Way:
    """All stages of one area and year, in the order of `STAGES`; None where there is no figure.

    `members` counts the authorities an average is made of, out of `of`; both are 1 for an area that
    stands for itself.
    """

    name: str
    stages: tuple[Stage | None, ...]
    area: Area | None = None
    members: int = 1
    of: int = 1
    group_version: str = ""

    @property
    def is_whole(self) -> bool:
        return all(stage is not None and stage.rate > 0 for stage in self.stages)


@dataclass(frozen=True, slots=True)
class Ways:
    """The way of one authority, of those it is compared with, and of every authority."""

    year: int
    own: Way
    others: tuple[Way, ...]
    everyone: tuple[Way, ...]
    source: str


def every_way(published: Published, year: int) -> tuple[Way, ...]:
    """Gather the stages of every authority that has a figure of a year, in order of code."""
    codes = {figure.area for stage in STAGES for figure in published.of_authorities(stage, year)}
    return tuple(_way(published, code, year) for code in sorted(codes))


def ways_of(
    published: Published, place: Place, year: int, everyone: tuple[Way, ...] | None = None
) -> Ways:
    """Gather the stages of an authority, its neighbours, its region, England, and all authorities.

    `everyone` is what `every_way` gives, where it is at hand already.

    An authority's rates are worked out from its numbers, which are exact; those of a region and of
    England are as published, because their numbers are rounded to 10. The neighbours' are the
    plain means of the rates of those that have every stage, so that all means are of the same
    authorities.
    """
    near = published.neighbours_for(year)
    ten = [_way(published, code, year) for code in near.of(place.code)]
    found = (
        _mean(ten, near.group_version),
        _as_published(published, place.region_code, year, Area.REGION, place.region),
        _as_published(published, ENGLAND_CODE, year, Area.ENGLAND, "England"),
    )
    own = _way(published, place.code, year, place.name)
    others = tuple(way for way in found if way is not None)
    all_of = every_way(published, year) if everyone is None else everyone
    return Ways(year, own, others, all_of, _source(published, place, year))


def _way(published: Published, code: str, year: int, name: str = "") -> Way:
    figures = [published.figure(stage, code, year) for stage in STAGES]
    known = next((figure.area_name for figure in figures if figure is not None), code)
    return Way(name or known, tuple(_exact(figure) for figure in figures))


def _exact(figure: PublishedFigure | None) -> Stage | None:
    if figure is None or figure.value is None:
        return None
    exact = figure.exact if figure.exact is not None else figure.value
    return Stage(exact, figure.numerator)


def _as_published(published: Published, code: str, year: int, area: Area, name: str) -> Way | None:
    figures = [published.figure(stage, code, year) for stage in STAGES]
    stages = tuple(
        Stage(figure.value, None) if figure and figure.value is not None else None
        for figure in figures
    )
    return Way(name, stages, area) if stages[-1] is not None else None


def _mean(ten: Sequence[Way], group_version: str) -> Way | None:
    whole = [way for way in ten if way.is_whole]
    if not whole:
        return None
    stages = tuple(_mean_stage(each) for each in zip(*(way.stages for way in whole), strict=True))
    return Way(
        "Statistical neighbours",
        stages,
        Area.STATISTICAL_NEIGHBOURS,
        len(whole),
        len(ten),
        group_version,
    )


def _mean_stage(stages: Iterable[Stage | None]) -> Stage:
    rates = [stage.rate for stage in stages if stage is not None]
    return Stage(sum(rates, Decimal(0)) / len(rates), None)


def _source(published: Published, place: Place, year: int) -> str:
    releases = dict.fromkeys(_releases(published, place, year))
    return "; ".join(releases)


def _releases(published: Published, place: Place, year: int) -> Iterator[str]:
    for stage in STAGES:
        figure = published.figure(stage, place.code, year)
        if figure is not None:
            yield figure.release.title
