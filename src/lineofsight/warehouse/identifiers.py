"""Everything in the journey by which somebody could be recognised, gathered from all tables."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

# kind: the fields that hold it, in whatever table.
_FIELDS = {
    "child": ("child_id", "also_known_as"),
    "family": ("family_id",),
    "worker": ("worker", "worker_id"),
    "place": ("ward", "home_district", "placement_district"),
}


def identifiers_in(frames: Mapping[str, pl.DataFrame]) -> Mapping[str, frozenset[str]]:
    """Give the identifiers of children, families and workers, and the names of places, by kind."""
    return {
        kind: frozenset[str]().union(
            *(
                frame[field].drop_nulls().cast(pl.String).unique().to_list()
                for frame in frames.values()
                for field in fields
                if field in frame.columns
            )
        )
        for kind, fields in _FIELDS.items()
    }
