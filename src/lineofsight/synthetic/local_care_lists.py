"""The local tables of children looked after as frames, by the sheet each is written on.

Placements and workers are those open in the window; the rest is what falls into it.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from lineofsight.returns import local_care
from lineofsight.returns.layout import Sheet
from lineofsight.synthetic.health_and_conduct import checks_told
from lineofsight.synthetic.lives import Lives
from lineofsight.synthetic.window import Window


def care_lists(known: Lives, window: Window) -> Mapping[Sheet, pl.DataFrame]:
    """Give what the lives, as known on the window's last day, have for each table of care."""
    missing = known.missing_episodes.filter(window.spans("started_on", "ended_on"))
    return {
        local_care.PLACEMENTS: _placements(known, window),
        local_care.REVIEWS: known.care_reviews.filter(window.holds("held_on")),
        local_care.HEALTH: checks_told(known).filter(window.holds("held_on")),
        local_care.MISSING: missing.rename({"missing": "kind"}),
        local_care.WORKERS: _workers(known, window),
    }


def _workers(known: Lives, window: Window) -> pl.DataFrame:
    """Give all workers of children in full care in the window, also from before they entered."""
    full = known.care_periods.filter(
        ~pl.col("is_short_breaks") & window.spans("started_on", "ceased_on")
    )
    spans = known.involvements.filter(window.spans("started_on", "ended_on"))
    return spans.join(full, on="child_id", how="semi", maintain_order="left")


def _placements(known: Lives, window: Window) -> pl.DataFrame:
    """Give each placement with the legal status of its first day."""
    statuses = known.legal_statuses.select("period_id", "started_on", "legal_status")
    placed = known.placements.filter(window.spans("started_on", "ended_on")).sort("started_on")
    return placed.join_asof(
        statuses.sort("started_on"), on="started_on", by="period_id", check_sortedness=False
    ).with_columns(is_placed_outside="is_outside")
