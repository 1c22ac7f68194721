"""What goes wrong with charts, each drawn once: flat series, ceilings, ties, gaps, few months."""

from __future__ import annotations

import math

import pytest
from judgement_drawn import AUGUST, HIGH, Drawn, flow, neighbours, one, percentage

from lineofsight.judgement.charts import (
    BEYOND,
    SHIFT,
    TREND,
    TWO_OF_THREE,
    Chart,
    p_prime,
    special_causes,
    u_prime,
    xmr,
)
from lineofsight.judgement.finding import Signal
from lineofsight.judgement.variation import charted

Pairs = list[tuple[float, float | None]]

seen = percentage("visits.seen", "Children seen in time", HIGH, counted="visits")
missing = Drawn("missing.episodes", "Missing episodes")


def rules(chart: Chart | None) -> set[str]:
    assert chart is not None
    return {cause.rule for cause in special_causes(chart) if cause}


def test_a_constant_series_has_no_limits_and_no_signal() -> None:
    constant = one(flow(missing, [(7, None)] * 24))

    assert xmr([7.0] * 24) is None
    assert u_prime([14.0] * 24, [2.0] * 24) is None
    assert constant.evidence.variation.signal is Signal.NOT_CHARTED
    assert constant.evidence.variation.limits is None


def test_a_series_held_at_its_ceiling_is_charted_by_chance_alone() -> None:
    """23 months of 100 in 100 and one of 97. Of 2,400 three are not met, 0.125%; at that rate 100
    children have more than two not met once in 3,000 months: the last is special, 99 is not."""
    one_late = one(flow(seen, [(100, 100)] * 23 + [(99, 100)]))
    three_late = one(flow(seen, [(100, 100)] * 23 + [(97, 100)]))

    assert one_late.evidence.variation.signal is Signal.COMMON_CAUSE
    assert three_late.evidence.variation.signal is Signal.CONCERN
    assert three_late.evidence.variation.limits is not None
    assert three_late.evidence.variation.limits.chart == "P"


def test_limits_are_cut_to_be_shown_and_not_to_be_tested() -> None:
    """Mean 97 and ranges of 4 reach above 100: 100 is within, and drawn limits end at 100."""
    found = one(flow(seen, [(95 + 4 * (i % 2), 100) for i in range(24)])).evidence.variation
    chart = charted(flow(seen, [(90 + 8 * (i % 2), 100) for i in range(24)]))

    assert found.signal is Signal.COMMON_CAUSE
    assert found.limits is not None
    assert max(found.limits.upper) == 100
    assert chart is not None
    assert chart.chart.upper[-1] > 100


def test_a_tie_breaks_a_trend() -> None:
    assert TREND in rules(xmr([50, 52, 51, 41, 43, 45, 47, 49, 51, 53]))
    assert TREND not in rules(xmr([50, 52, 51, 41, 43, 45, 47, 47, 49, 51, 53]))


def test_a_trend_is_not_reckoned_across_a_missing_month() -> None:
    rising: list[float | None] = [50, 52, 51, 41, 43, 45, 47, None, 49, 51, 53]

    assert TREND not in rules(xmr(rising))


def test_two_of_three_are_not_reckoned_across_a_missing_month() -> None:
    """Mean 1,417 / 28 = 50.6; ranges 23 times 3, then 9, 5.5, 5.5 and 7.5, mean 3.57: the limit is
    at 60.1, two thirds of the way at 56.9, and 57.5 lies between them twice."""
    around: list[float | None] = [51.5, 48.5] * 12

    assert TWO_OF_THREE in rules(xmr([*around, 57.5, 52, 57.5, 50]))
    assert TWO_OF_THREE not in rules(xmr([*around, 57.5, None, 52, 57.5]))


def test_a_missing_month_stays_a_gap() -> None:
    chart = xmr([50, 54, None, 52, 50])

    assert chart is not None
    assert math.isnan(chart.values[2])
    assert chart.centre == pytest.approx(206 / 4)
    # 4 and 2: none across the gap.
    assert chart.upper[0] - chart.centre == pytest.approx(2.66 * 3)


def test_a_month_on_the_mean_or_on_a_limit_has_no_side_whatever_the_floats_say() -> None:
    """0.1 and 0.3 by turns have the mean 0.2 and a last month of 0.1 + 0.1 = 0.2 stays on it; the
    limit is 0.2 + 2.66 * 0.2, which a float sum of the same parts may pass by a hair."""
    chart = xmr([0.1, 0.3] * 6)
    assert chart is not None
    on_limit = Chart("XmR", chart.values.copy(), chart.centre, chart.lower, chart.upper)
    on_limit.values[-1] = chart.upper[-1] * (1 + 1e-15)
    on_mean = Chart("XmR", chart.values.copy(), chart.centre, chart.lower, chart.upper)
    on_mean.values[:] = [0.3, 0.3, 0.3, 0.1 + 0.2 - 0.1, *[0.3] * 4, *[0.1, 0.3] * 2]

    assert BEYOND not in rules(on_limit)
    assert SHIFT not in rules(on_mean)


@pytest.mark.parametrize(
    ("months", "signal", "has_limits", "is_trial"),
    [
        (5, Signal.NOT_CHARTED, False, False),
        (6, Signal.NOT_CHARTED, True, True),
        (12, Signal.NOT_CHARTED, True, True),
        (13, Signal.COMMON_CAUSE, True, False),
    ],
)
def test_few_months_have_provisional_limits_and_no_signal(
    months: int, signal: Signal, has_limits: bool, is_trial: bool
) -> None:
    wobbling: Pairs = [(79 + 2 * (i % 2), 100) for i in range(months)]

    found = one(flow(seen, wobbling), neighbours(seen, "80")).evidence.variation

    assert found.signal is signal
    assert (found.limits is not None) == has_limits
    assert found.limits is None or found.limits.is_trial == is_trial


def test_a_month_that_was_not_recorded_is_no_newest_month() -> None:
    """Nothing was there to count in August: it is a gap at the end, and nothing is said of July."""
    drawn = flow(seen, [*[(79 + 2 * (i % 2), 100) for i in range(23)], (0, 0)], AUGUST)

    assert one(drawn).evidence.variation.signal is Signal.NOT_CHARTED


def test_all_or_none_met_have_no_percentage_chart() -> None:
    assert p_prime([0] * 15, [60] * 15) is None
    assert p_prime([60] * 15, [60] * 15) is None
