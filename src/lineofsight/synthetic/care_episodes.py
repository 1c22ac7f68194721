"""Periods of care cut into episodes: one legal status in one placement, chained by X1.

Source of the codes: Department for Education, SSDA903 guide, reason for new episode (RNE), reason
episode ceased (REC) and reason for placement change.
"""

from __future__ import annotations

import polars as pl

from lineofsight.synthetic.lives import Lives

CARE_CONTINUED = "X1"
# Placed for adoption with those who fostered the child already: the carer stays (rule 217).
WITH_SAME_CARER = ("A3", "A5")
_PLACEMENT = (
    "placement_type",
    "placement_provider",
    "postcode",
    "urn",
    "reason_changed",
    "is_outside",
    "distance_miles",
)


def cut_into_episodes(lives: Lives) -> pl.DataFrame:
    """Give one row an episode, by period and day.

    Columns: child_id, period_id, is_short_breaks, started_on, reason_started, legal_status,
    primary_need, placement_type, placement_provider, ended_on, reason_ended,
    placement_change_reason, home_postcode, placement_postcode, placement_urn, is_outside and
    distance_miles.
    """
    starts = _starts(lives)
    homes = lives.children.select("child_id", home_postcode="postcode")
    whole = lives.care_periods.select(
        "period_id", "child_id", "is_short_breaks", "primary_need", "ceased_on", "reason_ceased"
    ).join(homes, on="child_id", how="left")
    rows = starts.join(whole, on="period_id", how="left", maintain_order="left")
    return _with_ends(_with_reason_started(rows)).rename(
        {"postcode": "placement_postcode", "urn": "placement_urn"}
    )


def _starts(lives: Lives) -> pl.DataFrame:
    """Give every day on which the placement or the legal status changed, and both as of then."""
    key = ["period_id", "started_on"]
    moves = lives.placements.select(*key, *_PLACEMENT, is_move=pl.lit(True))
    orders = lives.legal_statuses.select(*key, "legal_status", is_order=pl.lit(True))
    changes = moves.join(orders, on=key, how="full", coalesce=True).sort(key)
    is_move = pl.col("is_move").fill_null(False)
    # A blank of the placement itself (no URN) must not be filled from the one before it.
    placement = pl.when(is_move).then(pl.struct(_PLACEMENT)).forward_fill().over("period_id")
    return changes.select(
        *key,
        pl.col("legal_status").forward_fill().over("period_id"),
        placement.alias("placement"),
        is_move.alias("is_move"),
        pl.col("is_order").fill_null(False),
    ).unnest("placement")


def _with_reason_started(rows: pl.DataFrame) -> pl.DataFrame:
    is_first = pl.col("period_id") != pl.col("period_id").shift(1)
    stays = pl.col("placement_type").is_in(WITH_SAME_CARER)
    reason = (
        pl.when(is_first.fill_null(True)).then(pl.lit("S"))
        .when(pl.col("is_move") & pl.col("is_order") & stays).then(pl.lit("U"))
        .when(pl.col("is_move") & pl.col("is_order")).then(pl.lit("B"))
        .when(pl.col("is_move") & stays).then(pl.lit("T"))
        .when("is_move").then(pl.lit("P"))
        .otherwise(pl.lit("L"))
    )  # fmt: skip
    return rows.with_columns(reason.alias("reason_started"))


def _with_ends(rows: pl.DataFrame) -> pl.DataFrame:
    """End each episode where the next of its period starts, and the last where the period ends."""
    is_last = (pl.col("period_id") != pl.col("period_id").shift(-1)).fill_null(True)
    following = pl.col("started_on").shift(-1)
    moves_next = ~is_last & pl.col("is_move").shift(-1).fill_null(False)
    return rows.select(
        "child_id", "period_id", "is_short_breaks", "started_on", "reason_started",
        "legal_status", "primary_need", "placement_type", "placement_provider",
        pl.when(is_last).then("ceased_on").otherwise(following).alias("ended_on"),
        pl.when(is_last).then("reason_ceased").otherwise(pl.lit(CARE_CONTINUED))
        .alias("reason_ended"),
        pl.when(moves_next).then("reason_changed").alias("placement_change_reason"),
        "home_postcode", "postcode", "urn", "is_outside", "distance_miles",
    )  # fmt: skip
