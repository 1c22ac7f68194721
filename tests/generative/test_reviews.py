"""Reviews hold for any waits: shares are of one whole, and nobody unrelated changes them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineofsight.reviews.incidence import Incidence, incidence_of
from lineofsight.reviews.waits import ENDED, REACHED, WAITING

LAST = 12
Drawn = list[tuple[int, int, int]]
waits = st.lists(
    st.tuples(
        st.integers(0, LAST + 5), st.sampled_from([WAITING, REACHED, ENDED]), st.integers(0, 6)
    ),
    min_size=1,
    max_size=40,
)


def estimated(drawn: Drawn) -> Incidence:
    """The incidence of waits drawn as days, outcome and family."""
    days, outcome, family = (
        np.array(column, dtype=np.int64) for column in zip(*drawn, strict=True)
    )
    return incidence_of(days, outcome, family, LAST)


@given(waits)
def test_shares_are_of_one_whole_and_only_grow(drawn: Drawn) -> None:
    """On every day that anybody was followed to."""
    found = estimated(drawn)
    known = ~np.isnan(found.reached)
    assert np.allclose((found.reached + found.ended + found.waiting)[known], 1)
    assert (np.diff(found.reached[known]) >= -1e-12).all()
    assert known[: known.sum()].all(), "what is known is known from day 0 on"


@given(waits)
def test_where_all_is_over_the_share_is_a_count(drawn: Drawn) -> None:
    """Without waits that go on nothing is estimated: so many of so many."""
    over = [(days, outcome or REACHED, family) for days, outcome, family in drawn]
    found = estimated(over)
    for day in range(LAST + 1):
        held = sum(outcome == REACHED and days <= day for days, outcome, _ in over)
        assert found.reached[day] == pytest.approx(held / len(over))


@given(waits, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(drawn: Drawn, random: object) -> None:
    """Nor do the names of families."""
    shuffled = [(days, outcome, 6 - family) for days, outcome, family in drawn]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = estimated(drawn), estimated(shuffled)
    assert np.allclose(one.reached, other.reached, equal_nan=True)
    assert np.allclose(one.variance, other.variance, equal_nan=True)


@given(waits)
def test_a_wait_that_is_known_longer_never_makes_a_share_larger(drawn: Drawn) -> None:
    """One more child who is still waiting at the end lowers what had been reached, or leaves it."""
    known = estimated(drawn)
    longer = estimated([*drawn, (LAST + 5, WAITING, 7)])
    day = int((~np.isnan(known.reached)).sum()) - 1
    assert longer.reached[day] <= known.reached[day] + 1e-12
