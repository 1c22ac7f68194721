"""Polars SQL: the second opinion, an engine unrelated to DuckDB that runs the same text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl


class PolarsSQL:
    """A Polars SQL context over the frames of a journey."""

    name = "Polars SQL"

    def __init__(self, frames: Mapping[str, pl.DataFrame]) -> None:
        self._context = pl.SQLContext(dict(frames), eager=True)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Run the text and give all rows."""
        return self._context.execute(sql).rows()
