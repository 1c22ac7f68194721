"""Control charts worked by hand, and what must never be charted as special."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom

from lineofsight.judgement.charts import (
    BEYOND,
    SHIFT,
    TREND,
    TWO_OF_THREE,
    Cause,
    Chart,
    binomial_quantile,
    is_sustained,
    p_prime,
    special_causes,
    u_prime,
    xmr,
)
from lineofsight.judgement.thresholds import TAIL
from lineofsight.reference.authority import TwoOfThree

QUIET_SHARES = [met / 617 for met in range(1, 617, 7)]
QUIET = [50, 54, 49, 52, 51, 55, 48, 53, 50, 52]


def _drawn(*values: float, centre: float = 50.0, reach: float = 9.0) -> Chart:
    points = np.array(values, dtype=float)
    edge = np.full(len(points), reach)
    return Chart("XmR", points, centre, centre - edge, centre + edge)


def _rules(chart: Chart) -> list[str]:
    return [cause.rule if cause else "" for cause in special_causes(chart)]


@pytest.mark.parametrize("chance", [TAIL, 1 - TAIL, 0.025, 0.3, 0.975])
def test_the_binomial_quantile_is_scipys_own(chance: float) -> None:
    rows = np.concatenate([np.arange(1, 300), np.arange(300, 20_000, 331)])
    for share in (1e-4, 0.004, 0.02, 0.1, 1 / 3, 0.5, 0.75, 0.9, 0.96, 0.999, *QUIET_SHARES):
        found = binomial_quantile(chance, rows, share)
        assert np.array_equal(found, binom.ppf(chance, rows, share)), share


def test_ten_points_by_hand() -> None:
    # Mean 514/10. Ranges 4 5 3 1 4 7 5 3 2 sum to 34, mean 3.7778; the screen, 12.34, drops none.
    chart = xmr(QUIET)

    assert chart is not None
    assert chart.centre == pytest.approx(51.4)
    assert chart.upper[0] == pytest.approx(51.4 + 2.66 * 34 / 9)
    assert chart.lower[0] == pytest.approx(51.4 - 2.66 * 34 / 9)
    assert _rules(chart) == [""] * 10


def test_a_range_above_the_screen_is_dropped_once() -> None:
    # Ranges 4 5 3 1 4 7 5 3 2 and 38: mean 7.2, screen 23.5, so 38 goes and 34/9 is left.
    chart = xmr([*QUIET, 90])

    assert chart is not None
    assert chart.centre == pytest.approx(604 / 11)
    assert chart.upper[0] - chart.centre == pytest.approx(2.66 * 34 / 9)


def test_a_figure_held_at_its_ceiling_has_no_limits() -> None:
    assert xmr([100.0] * 14 + [99.0]) is None
    assert xmr([100.0] * 14 + [99.0, 100.0]) is None
    assert xmr([100.0] * 16) is None


def test_a_gap_is_not_filled_and_lends_no_range() -> None:
    # Ranges 4 and 6 only; across the gap there is none.
    chart = xmr([50, 54, None, 40, 46])

    assert chart is not None
    assert chart.upper[0] - chart.centre == pytest.approx(2.66 * 5)


def test_beyond_is_strict() -> None:
    assert _rules(_drawn(50, 59, 59.01, 40.9)) == ["", "", BEYOND, BEYOND]


def test_six_on_one_side_are_no_shift_and_seven_are() -> None:
    assert _rules(_drawn(49, *[51] * 6)) == [""] * 7
    assert _rules(_drawn(49, *[51] * 7)) == ["", *[SHIFT] * 7]


def test_a_point_on_the_mean_breaks_a_shift_even_with_floating_error() -> None:
    assert _rules(_drawn(*[51] * 4, 50 + 1e-12, *[51] * 4)) == [""] * 9


def test_a_gap_breaks_a_shift() -> None:
    assert _rules(_drawn(*[51] * 4, np.nan, *[51] * 4)) == [""] * 9


def test_seven_points_rising_are_a_trend_and_a_tie_breaks_it() -> None:
    rising = _drawn(47, 48, 49, 50, 51, 52, 53)

    assert special_causes(rising) == (Cause(TREND, is_high=True),) * 7
    assert _rules(_drawn(47, 48, 49, 50, 50, 51, 52, 53)) == [""] * 8


def test_a_falling_trend_points_down_though_it_lies_above_the_mean() -> None:
    causes = special_causes(_drawn(57, 56, 55, 54, 53, 52, 51))

    assert causes[-1] == Cause(TREND, is_high=False)


def test_where_two_trends_share_a_point_the_later_decides() -> None:
    causes = special_causes(_drawn(46, 47, 48, 49, 51, 52, 55, 53, 52, 51, 49, 48, 47))

    assert [cause.is_high for cause in causes if cause] == [True] * 6 + [False] * 7


def test_two_of_three_need_all_three_on_one_side() -> None:
    # Near limits lie at 44 and 56.
    assert _rules(_drawn(57, 51, 57)) == [TWO_OF_THREE, "", TWO_OF_THREE]
    assert _rules(_drawn(57, 49, 57)) == ["", "", ""]
    assert _rules(_drawn(57, 51, 55)) == ["", "", ""]


NEAR = TWO_OF_THREE
# Near limits lie at 44 and 56, limits at 41 and 59: a series, what the classic rule flags, and
# what that of 2023 does.
TWO_OF_THREE_DRAWN = [
    ("one close, one beyond", (57, 51, 60), ["", "", BEYOND], [NEAR, "", BEYOND]),
    ("two beyond", (60, 51, 60), [BEYOND, "", BEYOND], [BEYOND, "", BEYOND]),
    ("two close", (57, 51, 57), [NEAR, "", NEAR], [NEAR, "", NEAR]),
    ("below as above", (40, 43, 49), [BEYOND, "", ""], [BEYOND, NEAR, ""]),
    ("the middle on the other side", (57, 49, 60), ["", "", BEYOND], ["", "", BEYOND]),
    ("on the limit itself is close", (59, 51, 57), [NEAR, "", NEAR], [NEAR, "", NEAR]),
]


@pytest.mark.parametrize(
    ("values", "classic", "mdc2023"),
    [case[1:] for case in TWO_OF_THREE_DRAWN],
    ids=[case[0] for case in TWO_OF_THREE_DRAWN],
)
def test_both_two_of_three_rules(
    values: tuple[float, ...], classic: list[str], mdc2023: list[str]
) -> None:
    chart = _drawn(*values)

    def rules(which: TwoOfThree) -> list[str]:
        return [cause.rule if cause else "" for cause in special_causes(chart, which)]

    assert rules(TwoOfThree.CLASSIC) == _rules(chart) == classic
    assert rules(TwoOfThree.MDC2023) == mdc2023


def test_beyond_a_limit_is_named_before_the_run_it_ends() -> None:
    chart = _drawn(*[51] * 6, 60)

    assert _rules(chart)[-2:] == [SHIFT, BEYOND]
    assert is_sustained(chart)
    assert not is_sustained(_drawn(*[51, 49] * 6, 60))


def test_p_prime_by_hand() -> None:
    # 80 of 100 and 64 of 100 by turns: mean 0.72, sd 0.0449, z = +-1.7817, ranges 3.5635,
    # sigma z 3.5635 / 1.128 = 3.1591, so limits 0.72 +- 3 * 0.0449 * 3.1591.
    chart = p_prime([80, 64] * 6, [100] * 12)

    assert chart is not None
    assert chart.kind == "P′"
    assert chart.centre == pytest.approx(72)
    assert chart.upper[0] == pytest.approx(100 * (0.72 + 3 * 0.16 / 1.128), rel=1e-6)


def test_limits_follow_the_denominator() -> None:
    chart = p_prime([80, 16, 60, 9, 90, 14], [100, 20, 75, 12, 110, 18])

    assert chart is not None
    assert chart.upper[3] - chart.lower[3] > 2 * (chart.upper[0] - chart.lower[0])


def test_one_late_case_at_the_ceiling_is_not_special_but_a_collapse_is() -> None:
    one_late = p_prime([100] * 14 + [99], [100] * 15)
    collapse = p_prime([100] * 14 + [60], [100] * 15)

    assert one_late is not None
    assert collapse is not None
    assert one_late.kind == "P"
    assert _rules(one_late)[-1] == ""
    assert _rules(collapse)[-1] == BEYOND


def test_all_met_gives_no_chart() -> None:
    assert p_prime([60] * 15, [60] * 15) is None


def test_u_prime_follows_its_totals() -> None:
    chart = u_prime([160, 90, 170, 75, 150, 82], [10, 5, 10, 5, 10, 5])

    assert chart is not None
    assert chart.centre == pytest.approx(727 / 45)
    width = chart.upper - chart.centre
    assert width[1] / width[0] == pytest.approx(np.sqrt(2))
