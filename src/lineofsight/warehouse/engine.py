"""What an engine is: something that takes tables in, runs the text and gives rows back."""

from __future__ import annotations

from typing import Any, Protocol

import polars as pl


class Engine(Protocol):
    """Holds the tables of a journey and answers SQL text about them."""

    @property
    def name(self) -> str:
        """How the engine is called in a message."""
        ...

    def hold(self, name: str, frame: pl.DataFrame) -> None:
        """Take a table in, or anew in place of the one of that name."""
        ...

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Run the text and give all rows."""
        ...

    def frame(self, sql: str) -> pl.DataFrame:
        """Run the text and give a frame with plain numbers (`plain`)."""
        ...


def plain(answer: pl.DataFrame) -> pl.DataFrame:
    """Give every number 64 bits, whole or floating, whatever types an engine computes with.

    Engines differ in what the sum of whole numbers is: DuckDB and PostgreSQL say a decimal. A
    column without any value is taken for whole numbers.
    """
    return answer.cast({name: kind for name, old in answer.schema.items() if (kind := _kind(old))})


def _kind(old: pl.DataType) -> pl.DataType | None:
    if old.is_integer() or old == pl.Null or (isinstance(old, pl.Decimal) and not old.scale):
        return pl.Int64()
    return pl.Float64() if old.is_numeric() else None
