"""Where one authority stands among all: its rank, its quarter, and its place in the funnel.

Rank and quarter follow the Department's Local Authority Interactive Tool: the figures as they are
published, quartiles by linear interpolation (R's type 7), equals with the rank of the best of them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from lineofsight.judgement.funnel import (
    LEAST_EVENTS,
    percentage_limits,
    percentage_z,
    rate_limits,
    rate_z,
)
from lineofsight.judgement.thresholds import Z_95, Z_998
from lineofsight.measurement.all_authorities import AllAuthorities, AuthorityFigure
from lineofsight.reference.polarity import Polarity

_PERCENT = 100
# Enough places along a curve for it to look smooth at the width of a page.
_PLACES = 33

Quartiles = tuple[Decimal, Decimal, Decimal]


class Quarter(Enum):
    """A quarter of the authorities, by value; a value on a quartile belongs to the lower one."""

    LOWEST = "lowest"
    SECOND_LOWEST = "second-lowest"
    SECOND_HIGHEST = "second-highest"
    HIGHEST = "highest"


class Zone(Enum):
    """Where in the funnel an authority lies."""

    ABOVE_998 = "above the 99.8% limits"
    ABOVE_95 = "above the 95% limits"
    WITHIN = "within the 95% limits"
    BELOW_95 = "below the 95% limits"
    BELOW_998 = "below the 99.8% limits"


@dataclass(frozen=True, slots=True)
class Ranking:
    """A rank among `of` authorities, 1 the best; `equals` others have the same figure.

    `band` is the Department's: A for the best quarter, D for the worst.
    """

    rank: int
    of: int
    equals: int
    quarter: Quarter
    band: str


@dataclass(frozen=True, slots=True)
class Placed:
    """One authority in the funnel: `size` is its denominator, `value` in display units."""

    figure: AuthorityFigure
    size: float
    value: float
    zone: Zone


@dataclass(frozen=True, slots=True)
class Curve:
    """The two limits of one width along the sizes of authorities, in display units."""

    sizes: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Funnel:
    """Every authority with counts around England, and the 95% and 99.8% limits about them."""

    england: Decimal
    tau: float
    placed: tuple[Placed, ...]
    inner: Curve
    outer: Curve


def quartiles(values: Sequence[Decimal]) -> Quartiles:
    """Give the three quartiles, interpolated between neighbours (Hyndman and Fan's type 7).

    Exact, in the unit of the values. Raises ValueError where there are none. Source: Hyndman and
    Fan 1996, The American Statistician 50, 361-365.
    """
    if not values:
        raise ValueError("there are no values to take quartiles of")
    ordered = sorted(values)
    first, second, third = (_quantile(ordered, Decimal(k) / 4) for k in (1, 2, 3))
    return first, second, third


def rank_among(own: Decimal, values: Sequence[Decimal], good: Polarity) -> Ranking | None:
    """Rank a figure among all of them, itself included; None where neither way is good."""
    if good is Polarity.NEUTRAL or not values:
        return None
    is_high = good is Polarity.HIGH
    better = sum(value > own if is_high else value < own for value in values)
    quarter = _quarter(own, quartiles(values))
    best_first = tuple(reversed(Quarter)) if is_high else tuple(Quarter)
    band = "ABCD"[best_first.index(quarter)]
    equals = sum(value == own for value in values) - 1
    return Ranking(better + 1, len(values), equals, quarter, band)


def funnel_of(everyone: AllAuthorities) -> Funnel | None:
    """Place every authority with counts in the funnel around England.

    None without England's figure, without overdispersion (an average has none) or where no
    authority has counts. Source: Spiegelhalter 2005, as in funnel.py.
    """
    england, tau = everyone.england, everyone.tau
    counted = [(f, f.counts) for f in everyone.figures if f.counts is not None]
    if england is None or england <= 0 or tau is None or not counted:
        return None
    scale, middle = everyone.indicator.scale, float(min(england, _most(everyone)))
    placed = tuple(
        Placed(f, counts[1], _drawn(everyone, f, counts), _zone(counts, middle, scale, tau))
        for f, counts in counted
    )
    sizes = tuple(_along([each.size for each in placed]))
    inner, outer = (_curve(sizes, middle, scale, tau, z) for z in (Z_95, Z_998))
    return Funnel(england, tau, placed, inner, outer)


def zone_of(z: float) -> Zone:
    """Say where a funnel z lies; on a limit is still within it."""
    if abs(z) > Z_998:
        return Zone.ABOVE_998 if z > 0 else Zone.BELOW_998
    if abs(z) > Z_95:
        return Zone.ABOVE_95 if z > 0 else Zone.BELOW_95
    return Zone.WITHIN


def _quantile(ordered: Sequence[Decimal], share: Decimal) -> Decimal:
    place = (len(ordered) - 1) * share
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def _quarter(own: Decimal, edges: Quartiles) -> Quarter:
    return tuple(Quarter)[sum(own > edge for edge in edges)]


def _most(everyone: AllAuthorities) -> Decimal:
    return Decimal(_PERCENT) if everyone.indicator.scale == _PERCENT else Decimal("Infinity")


def _drawn(everyone: AllAuthorities, figure: AuthorityFigure, counts: tuple[float, float]) -> float:
    """The share of the counts; as published where these were rounded before, and do not give it."""
    if everyone.indicator.is_rounded_before:
        return float(figure.value)
    return counts[0] / counts[1] * everyone.indicator.scale


def _zone(counts: tuple[float, float], england: float, scale: int, tau: float) -> Zone:
    top, bottom = counts
    if scale == _PERCENT:
        return zone_of(percentage_z(_apart_from_ends(top, bottom), bottom, england, tau))
    return zone_of(rate_z(top, bottom, england, scale, tau))


def _apart_from_ends(top: float, bottom: float) -> float:
    """Half an event for none and all but half for all, as rates have it for none.

    The arcsine is too sure at its ends: none of 150 where 2% are usual is no rarity. More leavers
    than posts can be published too, and count as all.
    """
    return max(min(top, bottom - LEAST_EVENTS), min(LEAST_EVENTS, bottom / 2))


def _along(sizes: Sequence[float]) -> Iterator[float]:
    """Sizes from the least to the largest, closer together where the limits bend most."""
    low, high = math.sqrt(min(sizes)), math.sqrt(max(sizes))
    for i in range(_PLACES):
        yield (low + (high - low) * (i / (_PLACES - 1)) ** 2) ** 2


def _curve(sizes: tuple[float, ...], england: float, scale: int, tau: float, z: float) -> Curve:
    if scale == _PERCENT:
        pairs = [percentage_limits(size, england, tau, z) for size in sizes]
    else:
        pairs = [rate_limits(size, england, scale, tau, z) for size in sizes]
    return Curve(sizes, tuple(low for low, _ in pairs), tuple(high for _, high in pairs))
