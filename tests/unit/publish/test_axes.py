"""The scale is honest and legible, and the newest period is always named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineofsight.publish.axes import Scale, period_ticks, scale_for, years

_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTHS = tuple(f"{month} {year}" for year in (2018, 2019, 2020) for month in _NAMES)


@pytest.mark.parametrize(
    ("values", "unit", "low", "high"),
    [
        ([50, 91], "%", 0, 100),  # wide: the whole of a percentage
        ([96, 98.8, 95], "%", 94, 100),  # narrow: cut, and never beyond 100
        ([12, 31], "%", 0, 40),  # a small percentage need not go to 100
        ([68, 82, 48, 44, 41], " per 10,000", 0, 100),
        ([94, 97, 86], " per 10,000", 80, 100),
        ([1190, 1320], "", 1150, 1350),
        ([0, 0], "", 0, 1),
    ],
)
def test_the_scale_starts_at_zero_unless_the_line_would_be_flat(
    values: list[float], unit: str, low: float, high: float
) -> None:
    scale = scale_for(values, unit)
    assert (scale.low, scale.high) == (low, high)


tenths = st.integers(0, 1_000_000).map(lambda number: number / 10)


@given(st.lists(tenths, min_size=1, max_size=30))
def test_every_value_lies_on_the_scale(values: list[float]) -> None:
    scale = scale_for(values, "")
    assert scale.low <= min(values)
    assert max(values) <= scale.high
    assert 1 <= len(scale.ticks) <= 9


def test_a_cut_scale_knows_that_it_is_cut() -> None:
    assert scale_for([96, 98], "%").is_cut
    assert not scale_for([50, 90], "%").is_cut


def test_only_the_percent_sign_is_repeated_along_the_scale() -> None:
    assert Scale(0, 100, (0, 50, 100), 50).written(50, "%") == "50%"
    assert Scale(0, 2000, (0, 1000), 1000).written(1000, "") == "1,000"
    assert Scale(0, 1, (0, 0.5), 0.5).written(0.5, " per 10,000") == "0.5"


def test_the_newest_month_is_named_and_the_others_at_even_steps() -> None:
    ticks = period_ticks(MONTHS, 400, 16)
    assert ticks[-1].position == len(MONTHS) - 1
    assert [tick.text for tick in ticks[-3:]] == ["Dec", "Jun", "Dec"]


def test_more_room_names_more_months() -> None:
    assert len(period_ticks(MONTHS, 3000, 16)) == len(MONTHS)
    assert len(period_ticks(MONTHS, 120, 16)) < 4


def test_months_are_gathered_into_years_and_years_are_not() -> None:
    assert [(year.first, year.last, year.text) for year in years(MONTHS)] == [
        (0, 11, "2018"),
        (12, 23, "2019"),
        (24, 35, "2020"),
    ]
    assert years(("2018", "2019")) == ()
    assert [tick.text for tick in period_ticks(("2018-19", "2019-20"), 400, 16)] == [
        "2018-19",
        "2019-20",
    ]
