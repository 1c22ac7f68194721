"""Intervals against published and hand-worked answers, and against scipy's own."""

from __future__ import annotations

import math

import pytest
from scipy.stats import binomtest, chi2, norm, poisson

from lineofsight.judgement.intervals import (
    byar,
    events_interval,
    exact_poisson,
    percentage_interval,
    rate_interval,
    rate_ratio,
    share_difference,
    wilson,
)
from lineofsight.judgement.thresholds import Z_95, Z_998

# Newcombe 1998, Statistics in Medicine 17, 857-872, table I, method 3; 33 of 45 by hand.
WILSON = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
    (33, 45, 0.5896, 0.8404),
]

# Newcombe 1998, Statistics in Medicine 17, 873-890, table II, method 10 (first share less second).
NEWCOMBE = [
    ((56, 70), (48, 80), 0.0524, 0.3339),
    ((9, 10), (3, 10), 0.1705, 0.8090),
    ((6, 7), (2, 7), 0.0582, 0.8062),
    ((5, 56), (0, 29), -0.0381, 0.1926),
    ((0, 10), (0, 20), -0.1611, 0.2775),
    ((0, 10), (0, 10), -0.2775, 0.2775),
    ((10, 10), (0, 20), 0.6791, 1.0000),
    ((10, 10), (0, 10), 0.6075, 1.0000),
]

# Rates per 10,000 of 49,588 children: the children on plans and looked after on 31 March 2020.
RATES = [(396, 72.2, 88.1), (486, 89.5, 107.1)]


@pytest.mark.parametrize(("met", "total", "lower", "upper"), WILSON)
def test_wilson_gives_newcombes_published_rows(
    met: int, total: int, lower: float, upper: float
) -> None:
    assert wilson(met, total) == pytest.approx((lower, upper), abs=5e-5)


@pytest.mark.parametrize(("met", "total"), [(0, 5), (3, 60), (44, 60), (60, 60)])
def test_wilson_agrees_with_scipy(met: int, total: int) -> None:
    other = binomtest(met, total).proportion_ci(0.95, method="wilson")

    assert wilson(met, total) == pytest.approx((other.low, other.high), abs=1e-6)


@pytest.mark.parametrize(("second", "first", "lower", "upper"), NEWCOMBE)
def test_share_difference_gives_newcombes_published_rows(
    second: tuple[float, float], first: tuple[float, float], lower: float, upper: float
) -> None:
    assert share_difference(first, second) == pytest.approx((lower, upper), abs=5e-5)


@pytest.mark.parametrize(("events", "lower", "upper"), RATES)
def test_rates_of_march_2020(events: int, lower: float, upper: float) -> None:
    found = rate_interval(events, 49_588, 10_000, 1.0, Z_95)

    assert found == pytest.approx((lower, upper), abs=0.05)


@pytest.mark.parametrize("z", [0.5, 1.0, Z_95, 2.575829, Z_998, 4.0])
@pytest.mark.parametrize("design_effect", [1.0, 1.3, 2.7])
def test_exact_interval_is_scipys_own_to_the_last_bit(z: float, design_effect: float) -> None:
    tail = norm.sf(z)
    for events in [count / design_effect for count in range(1, 600)]:
        lower, upper = chi2.ppf(tail, 2 * events) / 2, chi2.isf(tail, 2 * events + 2) / 2
        assert exact_poisson(events, z) == (lower, upper)


def test_exact_interval_leaves_two_and_a_half_per_cent_in_each_tail() -> None:
    lower, upper = exact_poisson(7)

    assert poisson.sf(6, lower) == pytest.approx(0.025, abs=1e-6)
    assert poisson.cdf(7, upper) == pytest.approx(0.025, abs=1e-6)


def test_no_events_still_have_an_upper_end() -> None:
    # -ln(0.025), by hand.
    assert events_interval(0) == pytest.approx((0.0, 3.688879), abs=1e-5)


def test_the_exact_interval_gives_way_to_byars_at_ten_events() -> None:
    assert events_interval(9) == exact_poisson(9)
    assert events_interval(10) == byar(10)
    # Byar at 10: 10(1 - 1/90 - 1.959964/(3 sqrt 10))^3 and 11(1 - 1/99 + 1.959964/(3 sqrt 11))^3.
    assert byar(10) == pytest.approx((4.787, 18.391), abs=5e-4)


def test_siblings_widen_an_interval_by_the_root_of_the_design_effect() -> None:
    alone = percentage_interval(442, 702, 1.0, Z_95)
    shared = percentage_interval(442, 702, 2.46, Z_95)

    ratio = (shared[1] - shared[0]) / (alone[1] - alone[0])
    assert ratio == pytest.approx(math.sqrt(2.46), rel=0.01)


def test_a_rate_ratio_by_hand() -> None:
    # ln(110/100) = 0.09531; 1.959964 * sqrt(1/100 + 1/110) = 0.27082.
    assert rate_ratio((100, 1000), (110, 1000)) == pytest.approx((0.83906, 1.44213), abs=1e-4)
    assert rate_ratio((0, 1000), (110, 1000)) is None


@pytest.mark.parametrize("events", [0, 1, 9, 10, 400])
def test_the_wider_interval_holds_the_narrower(events: int) -> None:
    narrow, wide = events_interval(events, Z_95), events_interval(events, Z_998)

    assert wide[0] <= narrow[0] <= events <= narrow[1] < wide[1]
