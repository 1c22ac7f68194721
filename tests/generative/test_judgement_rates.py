"""How often charts cry wolf and intervals hold the truth, on worlds whose truth is known.

Rates are stated beforehand, from the literature or from an earlier measurement that used none of
this code. A rate observed in so many worlds may differ from the stated one by four standard errors,
once in 16,000 runs if seeds were drawn anew, and by the rounding of the stated one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt
import pytest
from scipy.stats import binom, poisson

from lineofsight.judgement.charts import Chart, p_prime, special_causes, u_prime, xmr
from lineofsight.judgement.intervals import (
    events_interval,
    percentage_interval,
    share_difference,
    wilson,
)

Numbers = npt.NDArray[np.float64]
Generator = np.random.Generator

WORLDS = 3000
ERRORS = 4.0
Z_95 = 1.959964

# Families in conference: how many children, and what share of families has so many.
FAMILY_SIZES, FAMILY_SHARES = np.arange(1, 6), (0.50, 0.27, 0.14, 0.06, 0.03)


def slack(rate: float, worlds: int = WORLDS) -> float:
    """Four standard errors of a rate seen in so many worlds."""
    return ERRORS * math.sqrt(rate * (1 - rate) / worlds)


def flagged(charts: Iterator[Chart | None]) -> tuple[float, float]:
    """The share of charts whose newest point is special, and that with any special point."""
    causes = [special_causes(chart) if chart else (None,) for chart in charts]
    newest = sum(found[-1] is not None for found in causes)
    return newest / len(causes), sum(any(found) for found in causes) / len(causes)


@pytest.mark.parametrize(
    ("points", "newest", "anywhere"), [(13, 0.014, 0.08), (24, 0.016, 0.19), (36, 0.017, 0.29)]
)
def test_false_alarms_of_xmr(points: int, newest: float, anywhere: float) -> None:
    """Independent normal months: the rates measured with the R package's rules and screening."""
    generator = np.random.default_rng(points)
    charts = (xmr(list(generator.normal(60, 5, points))) for _ in range(WORLDS))

    last, some = flagged(charts)

    assert abs(last - newest) <= slack(newest) + 0.0005
    assert abs(some - anywhere) <= slack(anywhere) + 0.005


def uneven_percentages(generator: Generator) -> Chart | None:
    totals = generator.integers(20, 120, 24)
    return p_prime(list(generator.binomial(totals, 0.8)), list(totals))


def percentages_near_the_ceiling(generator: Generator) -> Chart | None:
    totals = generator.integers(40, 80, 24)
    return p_prime(list(generator.binomial(totals, 0.98)), list(totals))


def uneven_rates(generator: Generator) -> Chart | None:
    exposures = generator.uniform(2, 12, 24)
    return u_prime(list(generator.poisson(4 * exposures)), list(exposures))


@pytest.mark.parametrize("draw", [uneven_percentages, percentages_near_the_ceiling, uneven_rates])
def test_false_alarms_where_months_are_uneven(draw: Callable[[Generator], Chart | None]) -> None:
    """At most 3% of newest months, where an XmR chart flags 5% of percentages at the ceiling."""
    generator = np.random.default_rng(24)

    last, _ = flagged(draw(generator) for _ in range(WORLDS))

    assert last <= 0.03 + slack(0.03)


def stock_of_children(generator: Generator) -> Numbers:
    """488 children; 16 come in a month, by chance; each leaves with a chance of 16/488."""
    levels = [488]
    for _ in range(24):
        stock = levels[-1]
        levels.append(stock + int(generator.poisson(16) - generator.binomial(stock, 16 / 488)))
    return np.array(levels, dtype=float)


def test_false_alarms_of_the_net_change_of_a_stock() -> None:
    """1.7% of newest months and 19% of charts; of the level, never charted, more than half."""
    generator = np.random.default_rng(488)
    stocks = [stock_of_children(generator) for _ in range(WORLDS)]

    last, some = flagged(xmr(list(np.diff(stock))) for stock in stocks)
    level, _ = flagged(xmr(list(stock[1:])) for stock in stocks)

    assert abs(last - 0.017) <= slack(0.017) + 0.0005
    assert abs(some - 0.19) <= slack(0.19) + 0.005
    assert level > 0.5


@pytest.mark.parametrize("total", [30, 60, 705, 4156])
@pytest.mark.parametrize("share", [0.2, 0.5, 0.63, 0.8, 0.9])
def test_wilson_holds_the_truth(share: float, total: int) -> None:
    """Every outcome weighed by its chance: between 92% and 98%, as Newcombe 1998 finds it."""
    outcomes = np.arange(total + 1)
    holds = [low <= share <= high for low, high in (wilson(x, total) for x in outcomes)]

    covered = float(binom.pmf(outcomes, total, share) @ np.array(holds, dtype=float))

    assert 0.92 <= covered <= 0.98


@pytest.mark.parametrize("mean", [1.0, 3.0, 7.0, 9.5, 12.0, 25.0, 60.0, 412.0])
def test_the_interval_of_events_holds_the_truth(mean: float) -> None:
    """Every outcome weighed by its chance: the exact one never under 95%, Byar's never under 94%.

    Beneath ten events it is the exact one, and where both occur the sum may be a little less.
    """
    outcomes = np.arange(int(mean + 12 * math.sqrt(mean) + 20))
    holds = [low <= mean <= high for low, high in (events_interval(x) for x in outcomes)]

    covered = float(poisson.pmf(outcomes, mean) @ np.array(holds, dtype=float))

    assert 0.94 <= covered <= 0.995


@pytest.mark.parametrize(
    ("before", "after", "sizes"),
    [(0.63, 0.73, (60, 60)), (0.76, 0.76, (300, 355)), (0.95, 0.9, (45, 80))],
)
def test_newcombe_holds_the_true_change(
    before: float, after: float, sizes: tuple[int, int]
) -> None:
    """Between 94% and 97.5%, as Newcombe 1998 finds his method 10."""
    generator = np.random.default_rng(10)
    first, second = (
        generator.binomial(n, p, WORLDS) for n, p in zip(sizes, (before, after), strict=True)
    )
    held = 0
    for x, y in zip(first, second, strict=True):
        low, high = share_difference((float(x), sizes[0]), (float(y), sizes[1]))
        held += low <= after - before <= high

    assert 0.94 - slack(0.94) <= held / WORLDS <= 0.975 + slack(0.975)


def families(generator: Generator, how_many: int, share: float) -> tuple[float, float, float]:
    """Children in time, children, and the design effect, of families heard together."""
    sizes = generator.choice(FAMILY_SIZES, how_many, p=FAMILY_SHARES)
    in_time = generator.random(how_many) < share
    children = float(sizes.sum())
    return float(sizes[in_time].sum()), children, float((sizes**2).sum()) / children


@pytest.mark.parametrize(("how_many", "share"), [(60, 0.63), (380, 0.63), (380, 0.8)])
def test_the_widened_interval_holds_the_truth_where_siblings_share_a_conference(
    how_many: int, share: float
) -> None:
    """Between 93% and 97%, where the interval that counts children hold it in under 85%."""
    generator = np.random.default_rng(how_many)
    worlds = [families(generator, how_many, share) for _ in range(WORLDS)]

    def coverage(widened: bool) -> float:
        held = 0
        for met, total, deff in worlds:
            low, high = percentage_interval(met, total, deff if widened else 1.0, Z_95)
            held += low <= 100 * share <= high
        return held / WORLDS

    assert 0.93 - slack(0.93) <= coverage(widened=True) <= 0.97 + slack(0.97)
    assert coverage(widened=False) < 0.85


def test_the_design_effect_of_the_drawn_families() -> None:
    """By hand: mean 1.85; sum of m squared 0.5 + 1.08 + 1.26 + 0.96 + 0.75 = 4.55; 4.55/1.85."""
    generator = np.random.default_rng(1)

    _, children, deff = families(generator, 200_000, 0.5)

    assert children / 200_000 == pytest.approx(1.85, abs=0.02)
    assert deff == pytest.approx(4.55 / 1.85, abs=0.03)
