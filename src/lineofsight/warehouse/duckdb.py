"""DuckDB: the default engine, in the process, without a server."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from lineofsight.warehouse.engine import as_columns, plain
from lineofsight.warehouse.prepared import prepared_tables


class DuckDB:
    """A DuckDB connection in memory over the frames of a journey."""

    name = "DuckDB"

    def __init__(self, frames: Mapping[str, pl.DataFrame]) -> None:
        self._connection = duckdb.connect(":memory:")
        for name, frame in frames.items():
            self.hold(name, frame)

    @classmethod
    def over(cls, folder: Path) -> DuckDB:
        """Give an engine over prepared tables that stay in their files."""
        engine = cls({})
        for name, files in prepared_tables(folder).items():
            engine._connection.execute(
                f"CREATE VIEW \"{name}\" AS SELECT * FROM read_parquet('{files}')"
            )
        return engine

    def hold(self, name: str, frame: pl.DataFrame) -> None:
        """Take a table in, or anew in place of the one of that name."""
        self._connection.register(name, frame.to_arrow())

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Run the text and give all rows."""
        return self._connection.execute(sql).fetchall()

    def columns(self, sql: str) -> Mapping[str, Any]:
        """Run the text and give its columns by name, each an array of numbers; blanks are NaN."""
        return as_columns(self._answer(sql))

    def frame(self, sql: str) -> pl.DataFrame:
        """Run the text and give a frame."""
        return plain(self._answer(sql))

    def _answer(self, sql: str) -> pl.DataFrame:
        return pl.DataFrame(self._connection.sql(sql).to_arrow_table())
