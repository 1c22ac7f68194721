"""Labels are set near where they belong and never over each other, whatever is asked."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineofsight.publish.lettering import width, wrap
from lineofsight.publish.spacing import spread, storeys


def test_labels_that_do_not_touch_stay_where_they_belong() -> None:
    assert spread([20, 60, 100], [10, 10, 10], 0, 200) == (20, 60, 100)


def test_two_labels_at_one_place_move_apart_equally() -> None:
    assert spread([50, 50], [20, 20], 0, 100) == (40, 60)


def test_a_label_is_kept_inside_the_frame() -> None:
    assert spread([-30, 300], [20, 20], 0, 100) == (10, 90)


def test_the_answer_keeps_the_order_of_the_question() -> None:
    assert spread([90, 10], [10, 10], 0, 100) == (90, 10)


labels = st.lists(st.tuples(st.floats(-50, 350), st.floats(5, 45)), min_size=1, max_size=6)


@given(labels)
def test_no_label_covers_another_or_leaves_the_frame(
    asked: list[tuple[float, float]],
) -> None:
    wanted, heights = [w for w, _ in asked], [h for _, h in asked]
    centres = spread(wanted, heights, 0, 300)
    edges = sorted((c - h / 2, c + h / 2) for c, h in zip(centres, heights, strict=True))
    assert all(above[1] <= below[0] + 1e-6 for above, below in pairwise(edges))
    assert edges[0][0] >= -1e-6
    assert edges[-1][1] <= 300 + 1e-6


@given(labels)
def test_labels_stand_in_the_order_of_their_lines(asked: list[tuple[float, float]]) -> None:
    wanted, heights = [w for w, _ in asked], [h for _, h in asked]
    centres = spread(wanted, heights, 0, 300)
    by_line = sorted(range(len(asked)), key=lambda i: wanted[i])
    assert [centres[i] for i in by_line] == sorted(centres)


signs = st.lists(
    st.tuples(st.floats(0, 500, allow_subnormal=False), st.floats(10, 200), st.integers(1, 3)),
    max_size=6,
    unique_by=lambda sign: sign[0],
)


@given(signs)
def test_no_pole_of_an_event_crosses_the_words_of_another(
    asked: list[tuple[float, float, int]],
) -> None:
    starts, widths, lines = ([sign[i] for sign in asked] for i in range(3))
    places = storeys(starts, widths, [int(count) for count in lines])
    for i, start in enumerate(starts):
        for j, other in enumerate(starts):
            stands_in_words = start < other < start + widths[i]
            if i != j and stands_in_words:
                assert places[i] >= places[j] + lines[j]


def test_a_lone_event_hangs_on_the_lowest_line() -> None:
    assert storeys([10, 300], [50, 50], [1, 2]) == (0, 0)


def test_words_are_as_wide_as_the_font_says() -> None:
    # Source Sans 3 SemiBold: digits 513 and the percent sign 841 thousandths.
    assert width("84%", 10) == pytest.approx((513 + 513 + 841) / 100, abs=0.01)


def test_a_line_breaks_between_words_and_a_long_word_stays_whole() -> None:
    assert wrap("Statistical neighbours 84%", 10, 60) == ("Statistical", "neighbours", "84%")
    assert wrap("Incommensurability", 16, 20) == ("Incommensurability",)
    assert wrap("", 16, 20) == ()
