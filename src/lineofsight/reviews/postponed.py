"""How often an end was put off, and the reasons that were recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from lineofsight.reviews.waits import REACHED, Waits

FEWEST_FAMILIES = 10
_UNRECORDED = "No reason recorded"
_FEW = "Other reasons, each of fewer than ten families"
_TIMES = ("never", "once", "twice or more")


@dataclass(frozen=True, slots=True)
class Group:
    """Some waits that reached their end, under one heading: how many, and how they went."""

    name: str
    children: int
    families: int
    in_time: int
    median: float


def by_postponements(waits: Waits, limit: int) -> tuple[Group, ...]:
    """Part the waits that reached their end by how often they were put off."""
    times = pl.col("postponements").clip(0, 2)
    named = times.replace_strict(dict(enumerate(_TIMES)), return_dtype=pl.String)
    found = _groups(_reached(waits).with_columns(group=named.fill_null("not recorded")), limit)
    order = (*_TIMES, "not recorded")
    return tuple(sorted(found, key=lambda group: order.index(group.name)))


def by_reason(waits: Waits, limit: int) -> tuple[Group, ...]:
    """Part the late ones by the reason recorded, most children first; small groups are folded."""
    late = _reached(waits).filter(pl.col("days") > limit)
    named = late.with_columns(group=pl.col("delay_reason").fill_null(_UNRECORDED))
    families = named.group_by("group").agg(pl.col("family_id").n_unique())
    few = families.filter(pl.col("family_id") < FEWEST_FAMILIES)["group"].to_list()
    folded = pl.when(pl.col("group").is_in(few)).then(pl.lit(_FEW)).otherwise("group")
    found = _groups(named.with_columns(group=folded), limit)
    return tuple(sorted(found, key=lambda group: (group.name == _FEW, -group.children)))


def _reached(waits: Waits) -> pl.DataFrame:
    return waits.rows.filter(pl.col("outcome") == REACHED)


def _groups(rows: pl.DataFrame, limit: int) -> Sequence[Group]:
    counted = rows.group_by("group").agg(
        pl.len().alias("children"),
        pl.col("family_id").n_unique().alias("families"),
        (pl.col("days") <= limit).sum().alias("in_time"),
        pl.col("days").median().alias("median"),
    )
    return [
        Group(r["group"], r["children"], r["families"], r["in_time"], r["median"])
        for r in counted.iter_rows(named=True)
    ]
