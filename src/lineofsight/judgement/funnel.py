"""How far an authority lies from England, allowing for how much authorities differ anyway.

Real authorities differ by far more than chance: limits without that overdispersion put half of
them outside. The additive form (Spiegelhalter 2005, Statistics in Medicine 24, 1185-1202) adds
`tau` squared to the variance that chance gives: on the log scale for rates (observed over
expected), on the arcsine scale for percentages.
"""

from __future__ import annotations

import math

from lineofsight.judgement.thresholds import Z_998

# An authority with no events has no logarithm; half an event stands for none.
LEAST_EVENTS = 0.5


def rate_z(
    events: float, population: float, england: float, scale: int, tau: float, deff: float = 1.0
) -> float:
    """Give the funnel z of a rate: ln(observed / expected) over its standard error.

    `england` is the rate per `scale`; `deff` widens for rows that share a family.
    """
    expected = population * england / scale
    distance = math.log(max(events, LEAST_EVENTS) / expected)
    return distance / math.sqrt(deff / expected + tau * tau)


def percentage_z(met: float, total: float, england: float, tau: float, deff: float = 1.0) -> float:
    """Give the funnel z of a percentage on the arcsine square root scale; `england` in per cent."""
    distance = _arcsine(met / total) - _arcsine(england / 100)
    return distance / math.sqrt(deff / (4 * total) + tau * tau)


def rate_limits(
    population: float, england: float, scale: int, tau: float, z: float = Z_998
) -> tuple[float, float]:
    """Give the funnel's limits around England for a rate at one size of population."""
    width = z * math.sqrt(scale / (population * england) + tau * tau)
    return england * math.exp(-width), england * math.exp(width)


def percentage_limits(
    total: float, england: float, tau: float, z: float = Z_998
) -> tuple[float, float]:
    """Give the funnel's limits around England for a percentage at one size of denominator."""
    width = z * math.sqrt(1 / (4 * total) + tau * tau)
    middle = _arcsine(england / 100)
    lower, upper = max(0.0, middle - width), min(math.pi / 2, middle + width)
    return 100 * math.sin(lower) ** 2, 100 * math.sin(upper) ** 2


def is_above(z: float | None) -> bool:
    """Say whether a funnel z lies above the 99.8% limits."""
    return z is not None and z > Z_998


def is_below(z: float | None) -> bool:
    """Say whether a funnel z lies below the 99.8% limits."""
    return z is not None and z < -Z_998


def _arcsine(share: float) -> float:
    return math.asin(math.sqrt(share))
