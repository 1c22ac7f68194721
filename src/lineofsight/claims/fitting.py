"""Whether a number that was written fits a figure: as rounded, as hedged, or nearly."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_DOWN, Decimal
from enum import Enum

from lineofsight.claims.marks import Hedge, Quantity
from lineofsight.measurement.measurement import round_half_up

# 'About' and 'nearly' reach two points of a percentage, or a twentieth of any other figure.
POINTS_ABOUT = Decimal(2)
SHARE_ABOUT = Decimal("0.05")
_HALF = Decimal("0.5")


class Fit(Enum):
    """How a written number agrees with a figure."""

    FITS = "fits"
    NEARLY = "nearly"
    NOT = "not"


def fit(quantity: Quantity, exact: Decimal) -> Fit:
    """Say whether a figure, unrounded, is what was written.

    A number without a hedge fits where the figure rounds to it (half up, at the precision written)
    and nearly where it was cut off instead; a fraction in words fits within three points and nearly
    within six. A range fits where the rounded figure lies within, ends included.
    """
    if quantity.other is not None and not quantity.is_change:
        return _whether(quantity.number <= rounded(quantity, exact) <= quantity.other)
    return _HEDGED[quantity.hedge](quantity, exact)


def rounded(quantity: Quantity, exact: Decimal) -> Decimal:
    """Round a figure to the precision that was written."""
    return exact if quantity.is_word else round_half_up(exact, _decimals(quantity))


def _decimals(quantity: Quantity) -> int:
    return max(0, -int(quantity.grain.as_tuple().exponent))


def _whether(holds: bool) -> Fit:
    return Fit.FITS if holds else Fit.NOT


def _exact(quantity: Quantity, exact: Decimal) -> Fit:
    if quantity.is_word:
        away = abs(exact - quantity.number)
        near = Fit.NEARLY if away <= quantity.grain else Fit.NOT
        return Fit.FITS if away <= quantity.grain * _HALF else near
    if rounded(quantity, exact) == quantity.number:
        return Fit.FITS
    cut = exact.quantize(quantity.grain, rounding=ROUND_DOWN)
    return Fit.NEARLY if cut == quantity.number else Fit.NOT


def _reach(quantity: Quantity) -> Decimal:
    least = POINTS_ABOUT if quantity.unit == "%" else quantity.number * SHARE_ABOUT
    return max(least, quantity.grain)


def _about(quantity: Quantity, exact: Decimal) -> Fit:
    return _whether(abs(exact - quantity.number) <= _reach(quantity))


def _just_under(quantity: Quantity, exact: Decimal) -> Fit:
    low, number = quantity.number - _reach(quantity), quantity.number
    if low <= exact < number:
        return Fit.FITS
    return Fit.NEARLY if rounded(quantity, exact) == number else Fit.NOT


def _just_over(quantity: Quantity, exact: Decimal) -> Fit:
    number, high = quantity.number, quantity.number + _reach(quantity)
    if number < exact <= high:
        return Fit.FITS
    return Fit.NEARLY if rounded(quantity, exact) == number else Fit.NOT


_HEDGED: dict[Hedge, Callable[[Quantity, Decimal], Fit]] = {
    Hedge.EXACT: _exact,
    Hedge.ABOUT: _about,
    Hedge.JUST_UNDER: _just_under,
    Hedge.JUST_OVER: _just_over,
    Hedge.MORE: lambda q, exact: _whether(exact > q.number),
    Hedge.LESS: lambda q, exact: _whether(exact < q.number),
    Hedge.AT_LEAST: lambda q, exact: _whether(rounded(q, exact) >= q.number),
    Hedge.AT_MOST: lambda q, exact: _whether(rounded(q, exact) <= q.number),
}
