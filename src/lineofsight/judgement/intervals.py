"""Intervals for shares, rates and their changes.

The formulas are those of the UKHSA public health methods (PHEindicatormethods, R/utils.R,
R/Proportions.R, R/Rates.R): Wilson for a share, exact chi-square below ten events and Byar from
ten for a rate. Rows that share a family are told of by a design effect: both counts are divided
by it before the formula, so that the interval widens by its square root.
"""

from __future__ import annotations

import math

# Not scipy.stats: it says the same and takes more than a second to load.
from scipy.special import chdtri, gammaincinv, ndtr  # type: ignore[import-untyped]

from lineofsight.judgement.thresholds import EXACT_BELOW_EVENTS, Z_95

Bounds = tuple[float, float]


def wilson(met: float, total: float, z: float = Z_95) -> Bounds:
    """Give Wilson's interval of the share `met / total`, between 0 and 1.

    Source: Wilson 1927; Newcombe 1998, Statistics in Medicine 17, method 3. Raises
    ZeroDivisionError where `total` is 0.
    """
    share = met / total
    inner = z * math.sqrt(max(0.0, z * z + 4 * met * (1 - share)))
    width = 2 * (total + z * z)
    middle = 2 * met + z * z
    return max(0.0, (middle - inner) / width), min(1.0, (middle + inner) / width)


def byar(events: float, z: float = Z_95) -> Bounds:
    """Give Byar's interval of a count of events; good from about ten events on.

    Source: Breslow and Day 1987, volume II, page 69.
    """
    return _byar_edge(events, -z) if events else 0.0, _byar_edge(events + 1, z)


def exact_poisson(events: float, z: float = Z_95) -> Bounds:
    """Give the exact (chi-square) interval of a count of events; the lower end of 0 is 0."""
    tail = float(ndtr(-z))
    lower = float(gammaincinv(events, tail)) if events else 0.0
    return lower, float(chdtri(2 * events + 2, tail)) / 2


def events_interval(events: float, z: float = Z_95) -> Bounds:
    """Give the interval of a count of events: exact below ten, Byar's from ten on."""
    return (exact_poisson if events < EXACT_BELOW_EVENTS else byar)(events, z)


def percentage_interval(met: float, total: float, design_effect: float, z: float) -> Bounds:
    """Give Wilson's interval in per cent, with `total / design_effect` independent rows."""
    lower, upper = wilson(met / design_effect, total / design_effect, z)
    return 100 * lower, 100 * upper


def rate_interval(
    events: float, population: float, scale: int, design_effect: float, z: float
) -> Bounds:
    """Give the interval of a rate per `scale` residents, events in clusters of `design_effect`."""
    unit = design_effect * scale / population
    lower, upper = events_interval(events / design_effect, z)
    return lower * unit, upper * unit


def share_difference(
    before: tuple[float, float], after: tuple[float, float], z: float = Z_95
) -> Bounds:
    """Give Newcombe's hybrid interval of `after - before`, each a (met, total); between -1 and 1.

    Source: Newcombe 1998, Statistics in Medicine 17, 873-890, method 10.
    """
    first, second = before[0] / before[1], after[0] / after[1]
    first_low, first_high = wilson(*before, z)
    second_low, second_high = wilson(*after, z)
    below = math.hypot(second - second_low, first_high - first)
    above = math.hypot(second_high - second, first - first_low)
    return second - first - below, second - first + above


def rate_ratio(
    before: tuple[float, float], after: tuple[float, float], z: float = Z_95
) -> Bounds | None:
    """Give the interval of the ratio of two rates, each an (events, population).

    On the log scale, with variance 1/events of each; None where either has no events.
    """
    if not before[0] or not after[0]:
        return None
    middle = math.log(after[0] / after[1]) - math.log(before[0] / before[1])
    width = z * math.sqrt(1 / before[0] + 1 / after[0])
    return math.exp(middle - width), math.exp(middle + width)


def _byar_edge(events: float, z: float) -> float:
    return max(0.0, events * (1 - 1 / (9 * events) + z / (3 * math.sqrt(events))) ** 3)
