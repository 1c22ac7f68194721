"""Draws that keep their promises: whole families, exact totals, even shares, calm wobble."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from lineofsight.reference.working_days import working_days_between
from lineofsight.synthetic.calendar import (
    Step,
    day_of,
    months_later,
    months_of,
    on_or_after_working,
    working_day,
    working_number,
)
from lineofsight.synthetic.draws import draw_families, evenly, one_of, per_month, take_families
from lineofsight.synthetic.steering import alternating


def days(*dates: date) -> np.ndarray:
    return np.array([day_of(day) for day in dates])


def test_families_are_taken_whole_and_the_quota_is_met() -> None:
    groups = np.array([0, 0, 0, 1, 1, 2, 3, 3])
    priority = np.array([1, 1, 1, 2, 2, 3, 4, 4.0])
    taken = take_families(groups, priority, 4)
    # The three of family 0 first; the pair of family 1 no longer fits, the only child of 2 does.
    assert taken.tolist() == [True, True, True, False, False, True, False, False]


def test_a_quota_that_nobody_fits_is_left_short() -> None:
    assert not take_families(np.array([0, 0]), np.array([1.0, 1.0]), 1).any()


@pytest.mark.parametrize("seed", range(5))
def test_many_families_fill_any_quota_exactly(seed: int) -> None:
    rng = np.random.default_rng(seed)
    groups = np.repeat(np.arange(400), rng.integers(1, 6, 400))
    priority = rng.random(400)[groups]
    for quota in (0, 1, 7, 58, 300):
        taken = take_families(groups, priority, quota)
        assert taken.sum() == quota
        assert all(len(set(taken[groups == group])) == 1 for group in set(groups[taken]))


def test_a_family_twice_as_ready_is_drawn_first_twice_as_often() -> None:
    rng = np.random.default_rng(4)
    groups, readiness = np.array([0, 0, 1, 1]), np.array([2.0, 2.0, 1.0, 1.0])
    drawn = [draw_families(rng, groups, 2, readiness).tolist() for _ in range(6_000)]
    assert all(sum(one) == 2 and one[0] == one[1] for one in drawn)
    assert sum(one[0] for one in drawn) / 6_000 == pytest.approx(2 / 3, abs=0.02)


def test_even_draws_hold_the_share_in_every_stretch() -> None:
    drawn = evenly(np.random.default_rng(1), np.full(1_000, 0.24))
    for start in range(0, 1_000, 50):
        assert abs(int(drawn[start : start + 50].sum()) - 12) <= 1


def test_monthly_counts_lose_nothing_to_rounding() -> None:
    assert per_month(np.full(10, 16.4), 0.05).sum() == round(16.4 * 0.05 * 10)
    assert per_month(np.array([57.0, 60.0, 58.0]), 1.0).tolist() == [57, 60, 58]


def test_the_wobble_cancels_in_pairs_of_months() -> None:
    wobble = alternating(np.random.default_rng(3), 7, 2.0)
    assert wobble[0] + wobble[1] == wobble[2] + wobble[3] == wobble[4] + wobble[5] == 0
    assert (np.abs(wobble) <= 2).all()


def test_codes_are_drawn_in_their_shares() -> None:
    drawn = one_of(np.random.default_rng(4), {"a": 3.0, "b": 1.0}, 20_000)
    assert (drawn == "a").mean() == pytest.approx(0.75, abs=0.01)


def test_working_days_agree_with_the_calendar() -> None:
    starts = [date(2020, 5, 7), date(2020, 4, 9), date(2020, 8, 28), date(2019, 12, 24)]
    ends = [date(2020, 5, 11), date(2020, 4, 14), date(2020, 9, 1), date(2020, 1, 2)]
    counted = working_number(days(*ends)) - working_number(days(*starts))
    assert counted.tolist() == [
        working_days_between(start, end) for start, end in zip(starts, ends, strict=True)
    ]


def test_the_day_after_a_bank_holiday_is_found() -> None:
    # 8 May 2020 was a bank holiday, a Friday; 31 August 2020 one on a Monday.
    asked = days(date(2020, 5, 8), date(2020, 8, 29), date(2020, 9, 2))
    expected = days(date(2020, 5, 11), date(2020, 9, 1), date(2020, 9, 2))
    assert on_or_after_working(asked).tolist() == expected.tolist()
    assert working_day(working_number(expected)).tolist() == expected.tolist()


def test_calendar_months_are_added() -> None:
    moved = months_later(days(date(2019, 8, 31), date(2004, 2, 29), date(2020, 1, 5)), 12)
    assert moved.tolist() == days(date(2020, 8, 31), date(2005, 3, 1), date(2021, 1, 5)).tolist()
    assert months_of(days(date(2020, 8, 31))).tolist() == [2020 * 12 + 7]


def test_a_step_knows_its_month() -> None:
    step = Step.of(0, 2020 * 12 + 7)
    assert (step.first, step.last) == (day_of(date(2020, 8, 1)), day_of(date(2020, 8, 31)))
    assert step.last_number - step.first_number + 1 == 20
