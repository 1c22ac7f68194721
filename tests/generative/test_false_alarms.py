"""How often charts and intervals speak where nothing is the matter, by simulation and enumeration.

The rates demanded are those stated in the documentation (`how-areas-are-chosen.md`). Draws are
seeded; each band is at least three and a half standard errors of the number of draws wide.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pytest
from scipy import stats  # type: ignore[import-untyped]

from lineofsight.judgement.charts import Chart, p_prime, special_causes, u_prime, xmr
from lineofsight.judgement.intervals import (
    events_interval,
    percentage_interval,
    share_difference,
    wilson,
)
from lineofsight.judgement.thresholds import Z_95

DRAWS = 3_000
# Brothers and sisters at one conference: families of one to five, and how common each is.
SIZES, SHARES = (1, 2, 3, 4, 5), (0.50, 0.27, 0.14, 0.06, 0.03)


def alarms(draw: Callable[[np.random.Generator], Chart | None]) -> tuple[float, float]:
    """The share of charts that flag their newest point, and that flag any."""
    rng = np.random.default_rng(20200831)
    newest = somewhere = 0
    for _ in range(DRAWS):
        chart = draw(rng)
        causes = special_causes(chart) if chart is not None else ()
        newest += bool(causes) and causes[-1] is not None
        somewhere += any(cause is not None for cause in causes)
    return newest / DRAWS, somewhere / DRAWS


def band(rate: float) -> float:
    return 3.5 * math.sqrt(rate * (1 - rate) / DRAWS)


@pytest.mark.parametrize(
    ("points", "newest", "somewhere"),
    [(13, 0.014, 0.08), (24, 0.016, 0.19), (36, 0.017, 0.29)],
)
def test_xmr_on_independent_months(points: int, newest: float, somewhere: float) -> None:
    found = alarms(lambda rng: xmr(rng.normal(50, 5, points).tolist()))
    assert found[0] == pytest.approx(newest, abs=band(newest))
    assert found[1] == pytest.approx(somewhere, abs=band(somewhere))


def test_a_stock_is_no_chart_and_its_net_change_is_one() -> None:
    """488 children, 16 a month in and out: why levels are never charted, and net change is."""

    def moves(rng: np.random.Generator) -> np.ndarray:
        return rng.poisson(16, 24) - rng.poisson(16, 24)

    level = alarms(lambda rng: xmr((488 + np.cumsum(moves(rng))).astype(float).tolist()))
    assert level[0] > 0.5
    change = alarms(lambda rng: xmr(moves(rng).astype(float).tolist()))
    assert change[0] == pytest.approx(0.017, abs=band(0.017))


def test_twelve_month_figures_are_no_chart() -> None:
    """Each shares eleven months with the one before."""

    def rolling(rng: np.random.Generator) -> list[float]:
        found: list[float] = np.convolve(rng.normal(50, 5, 35), np.ones(12) / 12, "valid").tolist()
        return found

    assert alarms(lambda rng: xmr(rolling(rng)))[0] > 0.5


def test_p_prime_on_percentages_of_changing_denominators() -> None:
    """40 to 90 cases a month at 75%: no more than two in a hundred newest points."""

    def drawn(rng: np.random.Generator) -> Chart | None:
        totals = rng.integers(40, 91, 24)
        return p_prime(rng.binomial(totals, 0.75).astype(float), totals.astype(float))

    assert alarms(drawn)[0] <= 0.02 + band(0.02)


def test_p_prime_near_the_ceiling() -> None:
    """98% of 300: an XmR chart of it would flag one newest point in twenty."""

    def drawn(rng: np.random.Generator) -> Chart | None:
        return p_prime(rng.binomial(300, 0.98, 24).astype(float), [300.0] * 24)

    assert alarms(drawn)[0] <= 0.025 + band(0.025)


def test_u_prime_on_rates_of_changing_totals() -> None:
    def drawn(rng: np.random.Generator) -> Chart | None:
        totals = rng.integers(40, 91, 24).astype(float)
        return u_prime(rng.poisson(totals * 0.5).astype(float), totals)

    assert alarms(drawn)[0] <= 0.025 + band(0.025)


@pytest.mark.parametrize("total", [40, 60, 150, 700])
def test_wilson_covers(total: int) -> None:
    """By enumeration, no draws: on average 95%, and nowhere between 10% and 90% below 91%."""
    met = np.arange(total + 1)
    bounds = np.array([wilson(int(x), total) for x in met])
    covered = []
    for share in np.linspace(0.1, 0.9, 81):
        inside = (bounds[:, 0] <= share) & (share <= bounds[:, 1])
        covered.append(float(stats.binom.pmf(met, total, share)[inside].sum()))
    assert np.mean(covered) == pytest.approx(0.95, abs=0.005)
    assert min(covered) > 0.91


def test_intervals_of_events_cover() -> None:
    """Exact below ten events and Byar's from ten: never below 94% for one to 400 expected."""
    events = np.arange(0, 700)
    bounds = np.array([events_interval(float(x)) for x in events])
    for expected in (1, 2, 5, 8, 10, 12, 20, 50, 100, 400):
        inside = (bounds[:, 0] <= expected) & (expected <= bounds[:, 1])
        assert float(stats.poisson.pmf(events, expected)[inside].sum()) > 0.94


@pytest.mark.parametrize(("first", "second"), [(0.60, 0.60), (0.60, 0.75), (0.95, 0.97)])
def test_newcombes_difference_covers(first: float, second: float) -> None:
    """Two years of 60 conferences, every pair of results weighed by its chance."""
    chances = [stats.binom.pmf(np.arange(61), 60, share) for share in (first, second)]
    covered = 0.0
    for before in range(61):
        for after in range(61):
            low, high = share_difference((before, 60), (after, 60))
            if low <= second - first <= high:
                covered += float(chances[0][before] * chances[1][after])
    assert 0.94 < covered < 0.985


def test_the_design_effect_makes_up_for_brothers_and_sisters() -> None:
    """130 families whose children are all in time or all late: widened, the interval covers 95%;
    as if each child were alone it covers four in five."""
    widened = plain = 0
    for met, total, effect in families():
        low, high = percentage_interval(met, total, effect, Z_95)
        widened += low <= 70 <= high
        low, high = percentage_interval(met, total, 1.0, Z_95)
        plain += low <= 70 <= high
    assert widened / DRAWS == pytest.approx(0.95, abs=0.015)
    assert plain / DRAWS < 0.85


def families() -> Iterator[tuple[int, int, float]]:
    """How many children of how many were in time, and the design effect of their families."""
    rng = np.random.default_rng(84)
    for _ in range(DRAWS):
        sizes = rng.choice(SIZES, 130, p=SHARES)
        in_time = rng.random(130) < 0.7
        yield int(sizes[in_time].sum()), int(sizes.sum()), effect_of(sizes.tolist())


def effect_of(sizes: Sequence[int]) -> float:
    return sum(size * size for size in sizes) / sum(sizes)
