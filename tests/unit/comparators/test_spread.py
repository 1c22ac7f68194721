"""Overdispersion and typical gaps, worked by hand on drawn figures."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lineofsight.comparators.neighbours import neighbours_for
from lineofsight.comparators.published import read_published
from lineofsight.measurement.spread import overdispersion, spreads
from lineofsight.reference.places import authorities

HEADER = (
    "time_period,geographic_level,country_code,region_code,region_name,old_la_code,la_name,"
    "CPP_start,CPP_subsequent,CPP_subsequent_percent"
)


def test_two_authorities_by_hand() -> None:
    """z of -2 and 2, winsorised to -1.6 and 1.6: phi 2.56, w 1 and 1, (2 x 2.56 - 1) / 1."""
    tau = overdispersion(np.array([-2.0, 2.0]), np.array([1.0, 1.0]))
    assert tau == pytest.approx(math.sqrt(4.12))


def test_sampling_error_alone_leaves_none() -> None:
    assert overdispersion(np.array([-0.5, 0.2, 0.4]), np.array([1.0, 1.0, 1.0])) == 0


# A spread near the errors themselves is found less surely: the least one is three times theirs.
@given(st.floats(0.06, 0.5), st.integers(0, 2**31))
@settings(derandomize=True)
def test_a_known_spread_is_found_again(tau: float, seed: int) -> None:
    """4,000 made-up authorities; clipping the tails takes off up to a fifth of the spread."""
    drawn = np.random.default_rng(seed)
    errors = drawn.uniform(0.01, 0.02, 4000)
    ratios = drawn.normal(0, np.sqrt(tau**2 + errors**2))
    assert 0.75 * tau < overdispersion(ratios, errors) < 1.02 * tau


def test_typical_gap_and_change_of_drawn_percentages(tmp_path: Path) -> None:
    """All are at 20%, so no gap; all rose by 3 points."""
    codes = [place.code for place in authorities() if neighbours_for(2024).of(place.code)]
    rows = [
        f"{year},Local authority,E92000001,E12000008,South East,{code},LA,100,{count},{count}"
        for code in codes
        for year, count in ((2023, 17), (2024, 20))
    ]
    (tmp_path / "d3.csv").write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
    (spread,) = spreads(read_published(tmp_path), 2024)
    assert (spread.typical_gap, spread.typical_change, spread.tau) == (0, 3, 0)
    assert spread.authorities == len(codes)
    assert spread.period == "year to 31 March 2024; one-year changes from 2023 to 2024"
    assert spread.source == "Children in need 2024, second or subsequent plans"


def test_too_few_authorities_give_no_spread(tmp_path: Path) -> None:
    row = "2024,Local authority,E92000001,E12000008,South East,852,LA,100,20,20"
    (tmp_path / "d3.csv").write_text(f"{HEADER}\n{row}\n", encoding="utf-8")
    assert spreads(read_published(tmp_path), 2024) == ()
