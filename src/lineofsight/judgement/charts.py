"""Control charts: limits from a series' own month-to-month movement, and what breaks them.

XmR limits and rules as NHSRplotthedots computes them (R/ptd_spc_standard.R,
R/ptd_calculate_point_type.R), P' and U' after Laney 2002 (Quality Engineering 14, 531-537). Gaps
are None, break runs and moving ranges, and are never filled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

# Not scipy.stats: it says the same and takes more than a second to load.
from scipy.special import bdtr, bdtrik  # type: ignore[import-untyped]

from lineofsight.judgement.thresholds import (
    LEAST_SHARE_OF_MOVES,
    MOVING_RANGE_SCREEN,
    MOVING_RANGE_TO_SIGMA,
    NEAR_LIMIT,
    SHIFT_LENGTH,
    SMALL_EXPECTED,
    TAIL,
    TREND_LENGTH,
    XMR_WIDTH,
)
from lineofsight.reference.authority import TwoOfThree

Numbers = npt.NDArray[np.float64]

BEYOND = "beyond the process limits"
TREND = "seven months in a row moving one way"
TWO_OF_THREE = "two of three months close to a process limit"
SHIFT = "seven months in a row on one side of the mean"

# A point equal to the mean must not fall on a side through floating error.
_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Chart:
    """A series with its centre and its uncut limits, one entry a month; a gap is NaN."""

    kind: str
    values: Numbers
    centre: float
    lower: Numbers
    upper: Numbers


@dataclass(frozen=True, slots=True)
class Cause:
    """A special cause at one point: the rule that named it and the side it points to."""

    rule: str
    is_high: bool


def xmr(values: Sequence[float | None]) -> Chart | None:
    """Give the XmR chart of a series; None where its movement cannot be measured.

    Moving ranges of 3.267 times their mean and more are dropped once before the limits are drawn.
    Where fewer than half of the months moved at all (a figure held at its ceiling) there are no
    limits, because screening would drop the only movement there was.
    """
    points = _numbers(values)
    movement = _mean_movement(_moves(points))
    if movement is None:
        return None
    centre = float(np.nanmean(points))
    width = np.full(len(points), XMR_WIDTH * movement)
    return Chart("XmR", points, centre, centre - width, centre + width)


def p_prime(met: Sequence[float | None], totals: Sequence[float | None]) -> Chart | None:
    """Give Laney's P' chart of percentages, in per cent; None where all or none are met.

    A month where fewer than five are expected to be met, or not met, has limits at least as wide
    as the exact binomial ones: three standard deviations are too narrow on the long side there.
    Where months hardly move (a ceiling) chance alone sets the limits: a plain P chart.
    """
    x, n = _numbers(met), _numbers(totals, least=1)
    known = ~np.isnan(x / n)
    share = float(x[known].sum() / n[known].sum()) if known.any() else 0.0
    if not 0 < share < 1:
        return None
    error = np.sqrt(share * (1 - share) / n)
    sigma = _laney_sigma((x / n - share) / error)
    lower, upper = share - 3 * error * (sigma or 1), share + 3 * error * (sigma or 1)
    lower, upper = _widen_where_few(share, n, lower, upper)
    return Chart("P′" if sigma else "P", 100 * x / n, 100 * share, 100 * lower, 100 * upper)


def u_prime(
    sums: Sequence[float | None], totals: Sequence[float | None], scale: int = 1
) -> Chart | None:
    """Give Laney's U' chart of `scale` times sums over totals; None where nothing moves."""
    x, n = _numbers(sums), _numbers(totals, least=_TOLERANCE)
    known = ~np.isnan(x / n)
    ratio = float(x[known].sum() / n[known].sum()) if known.any() else 0.0
    if ratio <= 0:
        return None
    error = np.sqrt(ratio / n)
    sigma = _laney_sigma((x / n - ratio) / error)
    if not sigma:
        return None
    width = 3 * error * sigma * scale
    return Chart("U′", scale * x / n, scale * ratio, scale * ratio - width, scale * ratio + width)


def special_causes(
    chart: Chart, two_of_three: TwoOfThree = TwoOfThree.CLASSIC
) -> tuple[Cause | None, ...]:
    """Give the special cause of each point, or None.

    Where several apply the first of: beyond a limit; a trend of seven; two of three close to a
    limit; a shift of seven. `two_of_three` says whether a point beyond a limit counts in the third.
    """
    found: list[Cause | None] = [None] * len(chart.values)
    for rule, flags in (
        (SHIFT, _shifts(chart)),
        (TWO_OF_THREE, _two_of_three(chart, two_of_three)),
        (TREND, _trends(chart)),
        (BEYOND, _beyond(chart)),
    ):
        for place, side in enumerate(flags):
            found[place] = Cause(rule, bool(side > 0)) if side else found[place]
    return tuple(found)


def is_sustained(chart: Chart) -> bool:
    """Say whether seven months carry the newest point: a shift or a trend ends with it."""
    return bool(_shifts(chart)[-1] or _trends(chart)[-1])


def binomial_quantile(chance: float, rows: npt.NDArray[np.int64], share: float) -> Numbers:
    """Give the least count that has at least `chance` at or below it, of `rows` at a `share`.

    The inverse of the binomial distribution function, Johnson, Kemp and Kotz 2005, section 3.6.
    """
    # Below the chance of none at all the inverse on the real line does not exist.
    count = np.nan_to_num(np.ceil(bdtrik(chance, rows, share)))
    # It may lie a hair above a whole number and so be rounded one too far up.
    before = np.maximum(count - 1, 0)
    least: Numbers = np.where(bdtr(before, rows, share) >= chance, before, count)
    return least


def _numbers(values: Sequence[float | None], least: float | None = None) -> Numbers:
    numbers = np.array([np.nan if v is None else v for v in values], dtype=float)
    if least is not None:
        numbers[~(numbers >= least)] = np.nan
    return numbers


def _moves(points: Numbers) -> Numbers:
    steps = np.abs(np.diff(points))
    return steps[~np.isnan(steps)]


def _mean_movement(moves: Numbers) -> float | None:
    if not len(moves) or np.mean(moves > _TOLERANCE) < LEAST_SHARE_OF_MOVES:
        return None
    mean = float(moves.mean())
    screened = moves[moves < MOVING_RANGE_SCREEN * mean]
    return float(screened.mean()) if screened.any() else mean


def _laney_sigma(z: Numbers) -> float | None:
    movement = _mean_movement(_moves(z))
    return None if movement is None else movement / MOVING_RANGE_TO_SIGMA


def _widen_where_few(
    share: float, n: Numbers, lower: Numbers, upper: Numbers
) -> tuple[Numbers, Numbers]:
    few = np.nan_to_num(n) * min(share, 1 - share) < SMALL_EXPECTED
    rows = np.nan_to_num(n, nan=1.0).round().astype(np.int64)
    exact_low = binomial_quantile(TAIL, rows, share) / rows
    exact_high = binomial_quantile(1 - TAIL, rows, share) / rows
    return (
        np.where(few, np.fmin(lower, exact_low), lower),
        np.where(few, np.fmax(upper, exact_high), upper),
    )


def _sides(chart: Chart) -> npt.NDArray[np.int_]:
    away = chart.values - chart.centre
    scale = max(1.0, abs(chart.centre))
    return np.where(np.abs(np.nan_to_num(away)) <= _TOLERANCE * scale, 0, _sign(away))


def _sign(numbers: Numbers) -> npt.NDArray[np.int_]:
    return np.sign(np.nan_to_num(numbers)).astype(int)


def _beyond(chart: Chart) -> list[int]:
    slack = _TOLERANCE * max(1.0, abs(chart.centre))
    above = (chart.values > chart.upper + slack).astype(int)
    below = (chart.values < chart.lower - slack).astype(int)
    return list(above - below)


def _shifts(chart: Chart) -> list[int]:
    return _long_runs(list(_sides(chart)), SHIFT_LENGTH)


def _trends(chart: Chart) -> list[int]:
    steps = list(_sign(np.diff(chart.values)))
    flags = [0] * len(chart.values)
    for place, side in enumerate(_long_runs(steps, TREND_LENGTH - 1)):
        if side:
            flags[place] = flags[place + 1] = side
    return flags


def _long_runs(sides: list[int], length: int) -> list[int]:
    flags, start = [0] * len(sides), 0
    for place in range(1, len(sides) + 1):
        if place == len(sides) or sides[place] != sides[start]:
            if sides[start] and place - start >= length:
                flags[start:place] = [sides[start]] * (place - start)
            start = place
    return flags


def _two_of_three(chart: Chart, which: TwoOfThree) -> list[int]:
    sides = _sides(chart)
    reach = np.where(sides > 0, chart.upper - chart.centre, chart.centre - chart.lower)
    away = np.abs(chart.values - chart.centre)
    is_near = away > NEAR_LIMIT * reach
    if which is TwoOfThree.CLASSIC:
        is_near &= away <= reach
    flags = [0] * len(sides)
    for start in range(len(sides) - 2):
        window = slice(start, start + 3)
        if abs(int(sides[window].sum())) == 3 and is_near[window].sum() >= 2:
            for place in range(start, start + 3):
                flags[place] = int(sides[place]) if is_near[place] else flags[place]
    return flags
