"""Polars SQL: the second opinion, an engine unrelated to DuckDB that runs the same text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import polars as pl

from lineofsight.warehouse.engine import as_columns, plain


class PolarsSQL:
    """A Polars SQL context over the frames of a journey."""

    name = "Polars SQL"

    def __init__(self, frames: Mapping[str, pl.DataFrame]) -> None:
        self._context = pl.SQLContext(dict(frames), eager=True)

    def hold(self, name: str, frame: pl.DataFrame) -> None:
        """Take a table in, or anew in place of the one of that name."""
        self._context.register(name, frame)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Run the text and give all rows."""
        return self._context.execute(sql).rows()

    def columns(self, texts: Iterable[str]) -> Iterator[Mapping[str, Any]]:
        """Run texts and give the columns of each, arrays of numbers by name; blanks are NaN."""
        return (as_columns(self.frame(text)) for text in texts)

    def frame(self, sql: str) -> pl.DataFrame:
        """Run the text and give a frame."""
        return plain(self._context.execute(sql))
