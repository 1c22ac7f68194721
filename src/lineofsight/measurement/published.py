"""Measurements, comparators and spreads made from published figures, with nothing of a council's.

What the Department publishes of an authority becomes a `Measurement` as if it had been counted
from the authority's records, in years instead of months.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from statistics import mean, median, stdev

from lineofsight.comparators.catalogue import PUBLISHED_INDICATORS
from lineofsight.comparators.comparator import MEAN_OF_MEMBERS, Area, Comparator
from lineofsight.comparators.explore_education import meaning
from lineofsight.comparators.neighbours import Neighbours
from lineofsight.comparators.published import Published
from lineofsight.comparators.published_indicator import (
    PublishedFigure,
    PublishedIndicator,
    Timing,
    Unit,
)
from lineofsight.errors import UnknownName
from lineofsight.measurement.measurement import Basis, Measurement, Unmeasurable, Value
from lineofsight.reference.places import ENGLAND_CODE, Place, Population

YEARS_SHOWN = 10
_ROUNDED_BY = 5

_BASES = {
    Timing.YEAR_TO_MARCH: Basis.YEAR,
    Timing.YEAR_TO_SEPTEMBER: Basis.YEAR,
    Timing.ON_31_MARCH: Basis.YEAR_END,
    Timing.ON_30_SEPTEMBER: Basis.SEPTEMBER,
}


def measure_published(published: Published, place: Place, year: int) -> tuple[Measurement, ...]:
    """Measure every published indicator of an authority, in committee order.

    Each has a series of up to ten years that ends with `year`; where the Department publishes no
    number for `year` the measurement says why and has no values. Years left out of the series are
    named in the notes.
    """
    return tuple(_measurement(published, one, place, year) for one in PUBLISHED_INDICATORS)


def comparators_for(published: Published, place: Place, year: int) -> tuple[Comparator, ...]:
    """Give the comparators of an authority for every indicator: neighbours, region and England.

    Neighbours are the plain mean of those that have a value, as the Local Authority Interactive
    Tool has it, with their median and standard deviation. Region and England are as published.
    Where the Department publishes only parts (bands of days), each rounded to 10, they are worked
    out from these: then the source says so, and where the rounding of the parts can move the first
    decimal they are given to the whole number.
    """
    by_indicator = (comparators_of(published, one, place, year) for one in published.indicators)
    return tuple(comparator for several in by_indicator for comparator in several)


def other_comparators_for(published: Published, place: Place, year: int) -> tuple[Comparator, ...]:
    """Give comparators that a verdict can be tried against: of the year before, and by other lists.

    The latter are the neighbours of `year` by each list at hand that is not the one for that year.
    """
    by_list = (
        _of_neighbours(published, one, place, year, group)
        for one in published.indicators
        for group in published.lists
        if group is not published.neighbours_for(year)
    )
    of_list = tuple(comparator for comparator in by_list if comparator is not None)
    return (*comparators_for(published, place, year - 1), *of_list)


def comparator_trend(
    published: Published, place: Place, indicator: str, years: Iterable[int]
) -> tuple[Comparator, ...]:
    """Give the comparators of one indicator over several years, oldest first.

    Raises UnknownName for an indicator that is not published.
    """
    described = demand_published(indicator)
    by_year = (comparators_of(published, described, place, year) for year in sorted(set(years)))
    return tuple(comparator for several in by_year for comparator in several)


def demand_published(identity: str) -> PublishedIndicator:
    """Give the published indicator of this identity; raises UnknownName where there is none."""
    known = {one.id: one for one in PUBLISHED_INDICATORS}
    if identity not in known:
        where = "It was looked up among the figures the Department publishes."
        raise UnknownName.among("published indicator", identity, list(known), where)
    return known[identity]


def _measurement(
    published: Published, indicator: PublishedIndicator, place: Place, year: int
) -> Measurement:
    figure = published.figure(indicator.id, place.code, year)
    if figure is None or figure.value is None:
        reason = _why_not(published, indicator, place, year)
        return Measurement(indicator, place.name, unmeasurable=reason)
    years = range(year - YEARS_SHOWN + 1, year + 1)
    found = [published.figure(indicator.id, place.code, each) for each in years]
    return Measurement(
        indicator,
        place.name,
        series=tuple(_value(each) for each in found if each and each.value is not None),
        population=_population(published, figure),
        notes=tuple(_left_out(each) for each in found if each and each.value is None),
    )


def _value(figure: PublishedFigure) -> Value:
    """The parts where they give the figure exactly, else the published number itself.

    Working days lost are no parts to count with: they come in spells of few workers, and an
    interval that took each day by itself would be many times too narrow.
    """
    indicator, timing = figure.indicator, figure.indicator.timing
    has_parts = figure.exact is not None and not indicator.per_working_day
    return Value(
        period=timing.period(figure.year),
        basis=_BASES[timing],
        numerator=float(figure.numerator or 0),
        denominator=float(figure.denominator or 0) if has_parts else None,
        scale=indicator.scale,
        given=figure.value if indicator.is_rounded_before or not has_parts else None,
    )


def _population(published: Published, figure: PublishedFigure) -> Population | None:
    if figure.indicator.unit_of is not Unit.RATE or figure.denominator is None:
        return None
    estimate = published.populations.get((figure.area, figure.year - 1))
    is_own = not figure.indicator.of_population or estimate is None
    release = figure.release if is_own or estimate is None else estimate.release
    return Population(
        estimate=int(figure.denominator),
        mid_year=figure.year - 1,
        vintage=release.title,
        source=f"Office for National Statistics mid-year estimate, as used in {release.title}",
    )


def _left_out(figure: PublishedFigure) -> str:
    label = _spoken(figure.indicator, figure.year)
    return f"{label[0].upper()}{label[1:]} is left out: {meaning(figure.symbol)}."


def _spoken(indicator: PublishedIndicator, year: int) -> str:
    label = indicator.timing.period(year).label
    return f"the {label}" if label.startswith("year") else label


def _why_not(
    published: Published, indicator: PublishedIndicator, place: Place, year: int
) -> Unmeasurable:
    figure = published.figure(indicator.id, place.code, year)
    joint = published.joint_figure(indicator.id, place.code, year)
    label = _spoken(indicator, year)
    if figure is not None:
        reason = f"The figure for {label} is {meaning(figure.symbol)}."
        return Unmeasurable(reason, "Count it from the authority's own records.")
    if joint is not None:
        reason = f"For {label} it is published only jointly, for {joint.area_name}."
        return Unmeasurable(reason, "Count it from the authority's own records.")
    if year in published.years(indicator.id):
        return Unmeasurable(_not_listed(place, label), "Choose another year or another authority.")
    return _no_row(published.years(indicator.id), indicator, label)


def _not_listed(place: Place, label: str) -> str:
    reason = f"The Department published no figure for {label} for {place.name}"
    if place.until is not None:
        return f"{reason}, whose last year was the year to 31 March {place.until}."
    if place.since is not None:
        return f"{reason}, whose first year was the year to 31 March {place.since}."
    return f"{reason}."


def _no_row(years: Sequence[int], indicator: PublishedIndicator, label: str) -> Unmeasurable:
    if not years:
        reason = "The folder of published statistics has no file with this figure."
        title = f"'{indicator.form.title}' of '{indicator.form.series.value}'"
        return Unmeasurable(reason, f"Download the table {title} into the folder.")
    covered = f"{years[0]} to {years[-1]}" if len(years) > 1 else str(years[0])
    reason = f"No figure for {label} is in the folder; its files cover {covered}."
    return Unmeasurable(reason, "Choose a year that is covered, or add the release that has it.")


def comparators_of(
    published: Published, indicator: PublishedIndicator, place: Place, year: int
) -> tuple[Comparator, ...]:
    """Give the comparators of one indicator and year; see `comparators_for`."""
    region = published.figure(indicator.id, place.region_code, year)
    england = published.figure(indicator.id, ENGLAND_CODE, year)
    found = (
        _of_neighbours(published, indicator, place, year, published.neighbours_for(year)),
        _as_published(region, Area.REGION),
        _as_published(england, Area.ENGLAND),
    )
    return tuple(comparator for comparator in found if comparator is not None)


def _of_neighbours(
    published: Published,
    indicator: PublishedIndicator,
    place: Place,
    year: int,
    group: Neighbours,
) -> Comparator | None:
    figures = [published.figure(indicator.id, code, year) for code in group.of(place.code)]
    valued = [figure for figure in figures if figure and figure.value is not None]
    values = [figure.value for figure in valued if figure.value is not None]
    if not values:
        return None
    period, release = indicator.timing.period(year), valued[0].release
    return Comparator(
        indicator=indicator.id,
        area=Area.STATISTICAL_NEIGHBOURS,
        area_name=f"Statistical neighbours of {place.name}",
        value=mean(values),
        decimals=indicator.decimals,
        period=period.label,
        period_ends_on=period.last_day,
        published_on=release.published_on,
        vintage=release.title,
        source=f"{MEAN_OF_MEMBERS}{indicator.source}",
        group_version=group.group_version,
        group_issued_on=group.issued.first_day,
        median=median(values),
        spread=stdev(values) if len(values) > 1 else None,
        members=len(values),
    )


def _as_published(figure: PublishedFigure | None, area: Area) -> Comparator | None:
    if figure is None or figure.value is None:
        return None
    indicator, period = figure.indicator, figure.indicator.timing.period(figure.year)
    rounded = "; worked out from published counts, which are rounded to 10"
    return Comparator(
        indicator=indicator.id,
        area=area,
        area_name=figure.area_name,
        value=figure.value,
        decimals=_known_decimals(figure),
        period=period.label,
        period_ends_on=period.last_day,
        published_on=figure.release.published_on,
        vintage=figure.release.title,
        source=indicator.source + (rounded if figure.is_derived else ""),
    )


def _known_decimals(figure: PublishedFigure) -> int:
    """Decimals that hold although each part was rounded to 10, and so is up to 5 out."""
    indicator = figure.indicator
    if not figure.is_derived or not figure.denominator:
        return indicator.decimals
    parts = len(indicator.numerator) + len(indicator.denominator)
    farthest = indicator.scale * _ROUNDED_BY * parts / figure.denominator
    is_known = farthest < Decimal(1).scaleb(-indicator.decimals) / 2
    return indicator.decimals if is_known else 0
