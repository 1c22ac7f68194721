"""Tables prepared for counting, kept as Parquet: of many authorities, a folder a table.

<folder>/<table>/<authority>.parquet
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

AUTHORITY = "authority"


def write_prepared(tables: Mapping[str, pl.DataFrame], authority: int, folder: Path) -> None:
    """Write one authority's tables; a table without rows is written too, for its columns."""
    for name, frame in tables.items():
        place = folder / name
        place.mkdir(parents=True, exist_ok=True)
        smaller = pl.selectors.integer() - pl.selectors.by_name("number", require_all=False)
        frame.with_columns(
            smaller.cast(pl.Int32()), pl.lit(authority, pl.Int32()).alias(AUTHORITY)
        ).write_parquet(place / f"{authority:04d}.parquet")


def prepared_tables(folder: Path) -> dict[str, str]:
    """Name the prepared tables, each with the pattern of its files."""
    places = sorted(place for place in folder.iterdir() if place.is_dir())
    return {place.name: (place / "*.parquet").as_posix() for place in places}
