"""Where looked-after children lived: episodes of care joined to placements.

A placement lasts while the carer stays the same, whatever the legal status. Sources: Department
for Education, SSDA903 guide (reason for new episode L, T or U; temporary placements T0 to T4; A3
and A5, adoption by the foster carers) and the placement stability measures.
"""

from __future__ import annotations

import polars as pl

from lineofsight.journey.fields import ORIGIN
from lineofsight.returns.looked_after_facts import TEMPORARY
from lineofsight.returns.periods_of_care import SHORT_BREAKS

_SAME_CARER = ("L", "T", "U")
_ADOPTED_BY_CARER = ("A3", "A5")
_ADOPTED_BY_OTHERS = ("A4", "A6")
_WHERE = ("placement_type", "placement_provider", "placement_urn")


def homes(episodes: pl.DataFrame) -> pl.DataFrame:
    """Give one row a placement of at least a day: child_id, started_on, ended_on and the origin.

    `distance_miles` and `is_placed_outside` are what any episode of the placement tells.
    `settled_on` is the day from which a child counts as settled: the first day there or, of those
    placed for adoption, the first day of the placement before. Short breaks are left out. A
    temporary placement, and the return from it to where the child was, are no moves.
    """
    placed = (
        _numbered(episodes)
        .group_by("child_id", "home", maintain_order=True)
        .agg(
            pl.col("started_on").first(),
            pl.col("ended_on").last(),
            pl.col("placement_type").last(),
            pl.col("is_entry").first(),
            pl.col("distance_miles").drop_nulls().first(),
            pl.col("is_placed_outside").any(),
            pl.col(ORIGIN).first(),
        )
    )
    before = pl.col("started_on").shift(1).over("child_id")
    is_adoptive = pl.col("placement_type").is_in(_ADOPTED_BY_OTHERS).fill_null(False)
    settled = pl.when(is_adoptive & ~pl.col("is_entry")).then(before).otherwise("started_on")
    lasted = pl.col("ended_on").is_null() | (pl.col("ended_on") > pl.col("started_on"))
    return placed.with_columns(settled_on=settled).filter(lasted)


def _numbered(episodes: pl.DataFrame) -> pl.DataFrame:
    """Number each child's placements; `is_entry` marks an episode that began after a gap."""
    is_short = pl.col("legal_status").is_in(SHORT_BREAKS).fill_null(False)
    rows = episodes.filter(~is_short & pl.col("started_on").is_not_null()).sort(
        "child_id", "started_on", "ended_on", nulls_last=True, maintain_order=True
    )
    gap = (pl.col("started_on") - pl.col("ended_on").shift(1).over("child_id")).dt.total_days()
    is_first = pl.int_range(pl.len()).over("child_id") == 0
    entered = rows.with_columns(is_entry=is_first | (gap > 1).fill_null(False))
    is_new = pl.col("is_entry") | ~_stays()
    return entered.with_columns(home=is_new.cum_sum().over("child_id"))


def _stays() -> pl.Expr:
    kind = pl.col("placement_type")
    is_temporary = kind.is_in(TEMPORARY).fill_null(False)
    where = pl.concat_str([pl.col(name).fill_null("") for name in _WHERE], separator="|")
    settled_at = pl.when(~is_temporary).then(where)
    before = settled_at.forward_fill().shift(1).over("child_id")
    is_back = is_temporary.shift(1).over("child_id") & (where == before)
    return (
        pl.col("reason_started").is_in(_SAME_CARER).fill_null(False)
        | kind.is_in(_ADOPTED_BY_CARER).fill_null(False)
        | is_temporary
        | is_back.fill_null(False)
    )
