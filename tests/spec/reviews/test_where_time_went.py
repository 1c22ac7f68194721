"""Stages by hand: whose days lie beyond the limit, and what one stage would spare by itself."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from lineofsight.reviews.clocks_reviewed import CLOCKS_REVIEWED, Stage
from lineofsight.reviews.postponed import Group, by_postponements, by_reason
from lineofsight.reviews.stages import Staged, staged
from lineofsight.reviews.waits import NOTHING_ASIDE, REACHED, Waits

STAGES = (Stage("Asking", 3, "…"), Stage("Booking", 12, "…"), Stage("Putting off", 0, "…"))


def taken(*waits: tuple[int | None, int | None, int]) -> Staged:
    """Take waits apart: each the day asked for, the day first booked for, the day held."""
    rows = pl.DataFrame(
        [(asked, booked, held, REACHED) for asked, booked, held in waits],
        schema={"cut_0": pl.Int64, "cut_1": pl.Int64, "days": pl.Int64, "outcome": pl.Int64},
        orient="row",
    )
    return staged(Waits(rows, date(2020, 8, 31), NOTHING_ASIDE), STAGES, 15)


def test_one_late_request_explains_all_of_its_overrun() -> None:
    """Asked for on day 8 (5 late), held 12 days later as allowed: 5 days beyond, all of them here.

    Had it been asked for by day 3 it would have been held on day 15.
    """
    found = taken((8, 20, 20))
    assert found.overrun == 5
    assert [stage.overrun for stage in found.stages] == [5, 0, 0]
    assert [stage.in_time_then for stage in found.stages] == [1, 0, 0]


def test_two_stages_share_what_either_alone_would_spare() -> None:
    """Asked for 4 days late, put off 4 days, booking 4 days quicker than allowed: 4 beyond.

    Days 7 + 8 + 4 = 19. Either alone would have spared all 4; by Shapley each has half.
    """
    found = taken((7, 15, 19))
    assert [stage.overrun for stage in found.stages] == [2, 0, 2]
    assert [stage.in_time_then for stage in found.stages] == [1, 0, 1]


def test_the_parts_add_up_to_the_overrun() -> None:
    """Whatever the waits, shares are of one whole."""
    found = taken((0, 5, 30), (10, 30, 41), (3, 15, 15), (6, 17, 25))
    assert found.overrun == 15 + 26 + 0 + 10
    assert sum(stage.overrun for stage in found.stages) == pytest.approx(found.overrun)
    assert sum(stage.share for stage in found.stages) == pytest.approx(1)


def test_a_wait_with_a_date_missing_or_out_of_order_is_left_out_and_counted() -> None:
    """Brought forward before the first booking, or asked for nobody knows when."""
    found = taken((2, 14, 10), (None, 10, 12), (1, 10, 12))
    assert (found.children, found.without_dates, found.in_time) == (1, 2, 1)


def test_allowances_add_up_to_the_limit() -> None:
    """Otherwise the parts would not add up to the overrun."""
    for clock in CLOCKS_REVIEWED:
        if clock.stages:
            assert sum(stage.allowed for stage in clock.stages) == clock.limit


def drawn_groups(count: int) -> Waits:
    """So many families late for one reason, and two for another; one child more in time."""
    late = [(f"F{n}", 20, "Report not ready", 1) for n in range(count)]
    rare = [("F1", 18, "Snow", 2), ("F2", 22, "Snow", 3)]
    rows = pl.DataFrame(
        [*late, *rare, ("G", 10, None, 0)],
        schema={"family_id": pl.String, "days": pl.Int64, "delay_reason": pl.String,
                "postponements": pl.Int64},
        orient="row",
    )  # fmt: skip
    rows = rows.with_columns(outcome=pl.lit(REACHED).cast(pl.Int64))
    return Waits(rows, date(2020, 8, 31), NOTHING_ASIDE)


def test_reasons_of_few_families_stand_together() -> None:
    """A reason that two families share can point to them."""
    few = "Other reasons, each of fewer than ten families"
    assert by_reason(drawn_groups(10), 15) == (
        Group("Report not ready", 10, 10, 0, 20.0),
        Group(few, 2, 2, 0, 20.0),
    )
    assert [group.name for group in by_reason(drawn_groups(9), 15)] == [few]


def test_postponements_are_told_by_how_often() -> None:
    """Two and three times are 'twice or more'."""
    found = by_postponements(drawn_groups(10), 15)
    assert [(group.name, group.children, group.in_time) for group in found] == [
        ("never", 1, 1),
        ("once", 10, 0),
        ("twice or more", 2, 0),
    ]
