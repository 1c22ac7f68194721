"""DuckDB: the default engine, in the process, without a server."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import local
from typing import Any

import duckdb
import polars as pl

from lineofsight.warehouse.engine import as_columns, plain
from lineofsight.warehouse.prepared import prepared_tables

# A large statement takes all cores by itself, and each at once needs memory of its own.
AT_ONCE = 4


class DuckDB:
    """A DuckDB connection in memory over the frames of a journey."""

    name = "DuckDB"

    def __init__(self, frames: Mapping[str, pl.DataFrame]) -> None:
        self._connection = duckdb.connect(":memory:")
        self._held: dict[str, Any] = {}
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
        self._held[name] = frame.to_arrow()
        self._connection.register(name, self._held[name])

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Run the text and give all rows."""
        return self._connection.execute(sql).fetchall()

    def columns(self, texts: Iterable[str]) -> Iterator[Mapping[str, Any]]:
        """Run texts and give the columns of each, arrays of numbers by name; blanks are NaN.

        A small statement keeps one core busy, so that some run at once.
        """
        beside = local()

        def answered(text: str) -> Mapping[str, Any]:
            if not hasattr(beside, "connection"):
                beside.connection = self._another()
            return as_columns(_answer(beside.connection, text))

        with ThreadPoolExecutor(min(AT_ONCE, os.cpu_count() or 1)) as workers:
            yield from workers.map(answered, texts)

    def frame(self, sql: str) -> pl.DataFrame:
        """Run the text and give a frame."""
        return plain(_answer(self._connection, sql))

    def _another(self) -> duckdb.DuckDBPyConnection:
        """Another connection to the same tables: one may be used by one thread at a time."""
        connection = self._connection.cursor()
        for name, table in self._held.items():
            connection.register(name, table)
        return connection


def _answer(connection: duckdb.DuckDBPyConnection, sql: str) -> pl.DataFrame:
    return pl.DataFrame(connection.sql(sql).to_arrow_table())
