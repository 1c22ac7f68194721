"""How far authorities usually lie from their neighbours, and how much they change in a year.

These constants let a judgement tell an ordinary gap or change from a marked one. They are measured
on published figures, all authorities together.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from statistics import mean, median

import numpy as np
import numpy.typing as npt

from lineofsight.comparators.comparator import Spread
from lineofsight.comparators.published import Published
from lineofsight.comparators.published_indicator import (
    PublishedFigure,
    PublishedIndicator,
    Unit,
)

YEARS_OF_CHANGE = 10
_TAIL = 0.1
_FEWEST_AUTHORITIES = 30

Vector = npt.NDArray[np.float64]


def spreads(published: Published, year: int) -> tuple[Spread, ...]:
    """Measure the spread of every indicator that has figures for `year` and the year before.

    Gaps and overdispersion are of `year`; changes are all one-year changes of the ten years that
    end with it. Percentages are compared in points and their overdispersion is on the arcsine
    scale; rates and averages are compared by their logarithms.
    """
    found = (_spread(published, one, year) for one in published.indicators)
    return tuple(spread for spread in found if spread is not None)


def spreads_nearest(published: Published, year: int) -> tuple[Spread, ...]:
    """Measure each indicator for the year nearest to `year` that allows it (the later of two).

    The period of each spread says which year it was.
    """
    found = (_nearest(published, one, year) for one in published.indicators)
    return tuple(spread for spread in found if spread is not None)


def overdispersion(ratios: Vector, errors: Vector) -> float:
    """Between-authority standard deviation (tau) that sampling error does not explain.

    `ratios` are differences from the whole on a transformed scale, `errors` their standard errors.
    The z-scores are winsorised at 10% in each tail; tau squared is
    (n phi - (n - 1)) / (sum w - sum w^2 / sum w) with phi the mean of z^2 and w = 1 / s^2, and 0
    where that is negative. Source: Spiegelhalter, 'Handling over-dispersion of performance
    indicators', Quality and Safety in Health Care 14 (2005).
    """
    scores = ratios / errors
    lower, upper = np.quantile(scores, [_TAIL, 1 - _TAIL])
    phi = float(np.mean(np.clip(scores, lower, upper) ** 2))
    weights = 1 / errors**2
    total = float(weights.sum())
    scale = total - float((weights**2).sum()) / total
    return math.sqrt(max(0.0, (len(scores) * phi - (len(scores) - 1)) / scale))


def overdispersion_of(
    indicator: PublishedIndicator, figures: Sequence[PublishedFigure]
) -> float | None:
    """Tau of one indicator among these authorities; None where fewer than 30 have counts.

    On the arcsine scale for percentages and on the log scale for rates, as in `Spread`. An
    authority with no events has no logarithm and is left out.
    """
    counted = [figure for figure in figures if figure.numerator and figure.denominator]
    return _tau(indicator, counted) if len(counted) >= _FEWEST_AUTHORITIES else None


def _nearest(published: Published, indicator: PublishedIndicator, year: int) -> Spread | None:
    years = sorted(published.years(indicator.id), key=lambda each: (abs(each - year), -each))
    found = (_spread(published, indicator, each) for each in years)
    return next((spread for spread in found if spread is not None), None)


def _spread(published: Published, indicator: PublishedIndicator, year: int) -> Spread | None:
    figures = published.of_authorities(indicator.id, year)
    gaps = list(_gaps(published, indicator, year))
    changes = list(_changes(published, indicator, year))
    if min(len(figures), len(gaps), len(changes)) < _FEWEST_AUTHORITIES:
        return None
    first = _years(published, indicator, year)[0]
    label = indicator.timing.period(year).label
    return Spread(
        indicator=indicator.id,
        typical_gap=median(gaps),
        typical_change=median(changes),
        tau=_known_tau(indicator, figures),
        period=f"{label}; one-year changes from {first} to {year}",
        authorities=len(figures),
        source=f"{figures[0].release.title}, {indicator.form.title}",
    )


def _gaps(published: Published, indicator: PublishedIndicator, year: int) -> Iterator[float]:
    """Sizes of the differences between authorities and the plain mean of their neighbours."""
    values = {f.area: float(f.value or 0) for f in published.of_authorities(indicator.id, year)}
    for area, value in values.items():
        near = [values[code] for code in published.neighbours_for(year).of(area) if code in values]
        if near:
            yield from _difference(indicator, value, mean(near))


def _changes(published: Published, indicator: PublishedIndicator, year: int) -> Iterator[float]:
    """Sizes of all one-year changes; years that do not follow each other make none."""
    for each in _years(published, indicator, year)[1:]:
        for after in published.of_authorities(indicator.id, each):
            before = published.figure(indicator.id, after.area, each - 1)
            if before is not None and before.value is not None:
                yield from _difference(indicator, float(after.value or 0), float(before.value))


def _years(published: Published, indicator: PublishedIndicator, year: int) -> Sequence[int]:
    return [y for y in published.years(indicator.id) if year - YEARS_OF_CHANGE < y <= year]


def _difference(indicator: PublishedIndicator, one: float, other: float) -> Iterable[float]:
    if indicator.unit_of is Unit.PERCENTAGE:
        return (abs(one - other),)
    return (abs(math.log(one / other)),) if one > 0 and other > 0 else ()


def _known_tau(indicator: PublishedIndicator, figures: Sequence[PublishedFigure]) -> float:
    """Without counts nobody can be called an outlier: then the funnel is as wide as can be."""
    tau = overdispersion_of(indicator, figures)
    return math.inf if tau is None else tau


def _tau(indicator: PublishedIndicator, figures: Iterable[PublishedFigure]) -> float:
    parts = [(f.numerator, f.denominator) for f in figures if f.numerator and f.denominator]
    counts = np.array([float(top) for top, _ in parts if top is not None])
    bases = np.array([float(bottom) for _, bottom in parts if bottom is not None])
    whole = float(counts.sum() / bases.sum())
    if indicator.unit_of is Unit.PERCENTAGE:
        angles = np.arcsin(np.sqrt(np.minimum(counts / bases, 1.0)))
        return overdispersion(angles - math.asin(math.sqrt(whole)), 1 / (2 * np.sqrt(bases)))
    expected = bases * whole
    return overdispersion(np.log(counts / expected), 1 / np.sqrt(expected))
