"""Fill the derived tables: a child's course as rows, one a step, from the recorded tables.

Each function takes the recorded frames with their integers and gives the rows of one table of
`journey.derived`, with the address of the record its span comes from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import polars as pl

from lineofsight.journey.fields import ORIGIN
from lineofsight.reference.working_days import LAST_DAY
from lineofsight.warehouse.conferences import conferences_sought
from lineofsight.warehouse.derive_care import CARE_ROWS
from lineofsight.warehouse.turns import turns

Frames = Mapping[str, pl.DataFrame]
_NEVER = date(9999, 12, 31)  # in place of a blank end, so that ends compare


def derive(recorded: Frames, only: frozenset[str] | None = None) -> dict[str, pl.DataFrame]:
    """Give the rows of the derived tables, of all if `only` names none.

    A day after the end of the calendar is blank.
    """
    known = pl.when(pl.col(pl.Date) <= LAST_DAY).then(pl.col(pl.Date))
    return {
        name: rows(recorded).with_columns(known)
        for name, rows in _ROWS.items()
        if only is None or name in only
    }


def _own_plans(recorded: Frames) -> pl.DataFrame:
    return recorded["child_protection_plans"].filter(~pl.col("is_other_authority"))


def _plan_visits(recorded: Frames) -> pl.DataFrame:
    visited = recorded["visits"].filter(pl.col("kind") == "P")
    done = visited.select("child_id", done_on="visited_on")
    return turns(_own_plans(recorded), done)


def _plan_reviews(recorded: Frames) -> pl.DataFrame:
    """Cut plans at their reviews; one on the day a plan starts ended the plan before it."""
    held = recorded["child_protection_reviews"].select("child_id", done_on="held_on")
    return turns(_own_plans(recorded), held, from_first_day=False)


def _need_stretches(recorded: Frames) -> pl.DataFrame:
    episodes = recorded["need_episodes"].filter(_lasts("started_on", "ended_on"))
    stretches = _uncovered(episodes.with_row_index("episode"), _elsewhere(recorded))
    stretches = stretches.with_row_index("stretch")
    return stretches.join(_planned(stretches, recorded["cin_plans"]), on="stretch", how="left")


def _lasts(start: str, end: str) -> pl.Expr:
    return (pl.col(end) > pl.col(start)).fill_null(True) & pl.col(start).is_not_null()


def _elsewhere(recorded: Frames) -> pl.DataFrame:
    """Give the spans in which a child is on a protection plan or looked after."""
    spans = (
        ("child_protection_plans", "ended_on"),
        ("periods_of_care", "ceased_on"),
    )
    return pl.concat(
        recorded[table]
        .filter(_lasts("started_on", end))
        .select("child_id", from_on="started_on", until_on=pl.col(end).fill_null(_NEVER))
        for table, end in spans
    )


def _uncovered(episodes: pl.DataFrame, covers: pl.DataFrame) -> pl.DataFrame:
    """Give what is left of each episode once the spans that cover it are taken out."""
    until = pl.col("ended_on").fill_null(_NEVER)
    blocks = episodes.join(covers, on="child_id").filter(
        (pl.col("from_on") < until) & (pl.col("until_on") > pl.col("started_on"))
    )
    begins = episodes.with_columns(from_on="started_on", until_on="started_on")
    ordered = pl.concat([begins, blocks.select(begins.columns)]).sort("episode", "from_on")
    free_from = pl.col("until_on").cum_max().over("episode")
    free_until = pl.min_horizontal(pl.col("from_on").shift(-1).over("episode"), until)
    free = ordered.with_columns(free_from=free_from, free_until=free_until).filter(
        pl.col("free_from") < pl.col("free_until")
    )
    return free.select(
        "child_id",
        "team",
        "worker",
        *ORIGIN,
        started_on="free_from",
        ended_on=pl.when(pl.col("free_until") < _NEVER).then("free_until"),
    )


def _planned(stretches: pl.DataFrame, plans: pl.DataFrame) -> pl.DataFrame:
    """Give the first day of the child in need plans in each stretch, and their last."""
    spans = plans.filter(_lasts("started_on", "ended_on")).select(
        "child_id", planned_on="started_on", plan_ended_on=pl.col("ended_on").fill_null(_NEVER)
    )
    inside = stretches.join(spans, on="child_id").filter(
        (pl.col("planned_on") < pl.col("ended_on").fill_null(_NEVER))
        & (pl.col("plan_ended_on") > pl.col("started_on"))
    )
    found = inside.group_by("stretch").agg(
        pl.col("planned_on").min(), pl.col("plan_ended_on").max()
    )
    is_over = pl.col("plan_ended_on") < _NEVER
    return found.with_columns(pl.when(is_over).then("plan_ended_on").alias("plan_ended_on"))


_ROWS: Mapping[str, Callable[[Frames], pl.DataFrame]] = {
    "plan_visits": _plan_visits,
    "plan_reviews": _plan_reviews,
    "conferences_sought": conferences_sought,
    "need_stretches": _need_stretches,
    **CARE_ROWS,
}
