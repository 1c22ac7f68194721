"""The funnel by hand: distance from England with real differences allowed for."""

from __future__ import annotations

import math

import pytest

from lineofsight.judgement.funnel import (
    is_above,
    is_below,
    percentage_limits,
    percentage_z,
    rate_limits,
    rate_z,
)
from lineofsight.judgement.thresholds import Z_998


def test_a_rate_by_hand() -> None:
    # Expected 50,000 x 40 / 10,000 = 200; ln(400/200) = 0.6931; sqrt(1/200 + 0.09) = 0.30822.
    assert rate_z(400, 50_000, 40, 10_000, 0.3) == pytest.approx(2.2489, abs=1e-4)


def test_without_overdispersion_the_same_rate_lies_far_out() -> None:
    assert not is_above(rate_z(400, 50_000, 40, 10_000, 0.3))
    assert is_above(rate_z(400, 50_000, 40, 10_000, 0.0))
    assert is_below(rate_z(100, 50_000, 40, 10_000, 0.0))
    assert not is_above(rate_z(100, 50_000, 40, 10_000, 0.0))


def test_a_percentage_by_hand() -> None:
    # asin sqrt 0.63 = 0.91691, asin sqrt 0.79 = 1.09491; sqrt(2.4 / 2808 + 0.0144) = 0.12351.
    found = percentage_z(442.26, 702, 79, 0.12, 2.4)

    assert found == pytest.approx((0.91691 - 1.09491) / 0.12351, abs=2e-3)


def test_no_events_are_low_and_not_an_error() -> None:
    assert rate_z(0, 1_000, 40, 10_000, 0.1) < -1


def test_limits_are_where_the_distance_reaches_99_8_per_cent() -> None:
    lower, upper = rate_limits(50_000, 40, 10_000, 0.3)
    below, above = percentage_limits(700, 79, 0.05)

    assert rate_z(upper * 5, 50_000, 40, 10_000, 0.3) == pytest.approx(Z_998)
    assert rate_z(lower * 5, 50_000, 40, 10_000, 0.3) == pytest.approx(-Z_998)
    assert percentage_z(above * 7, 700, 79, 0.05) == pytest.approx(Z_998)
    assert percentage_z(below * 7, 700, 79, 0.05) == pytest.approx(-Z_998)


def test_nothing_known_is_no_outlier() -> None:
    assert not is_above(None)
    assert not is_below(None)
    assert math.isclose(rate_z(200, 50_000, 40, 10_000, 0.3), 0.0)
