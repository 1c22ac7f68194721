"""What an engine is: something that holds tables, runs the text and gives rows or columns back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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

    def columns(self, texts: Iterable[str]) -> Iterator[Mapping[str, Any]]:
        """Run texts and give the columns of each, arrays of numbers by name; blanks are NaN.

        Answers come in the order of the texts; an engine may work out some at once.
        """
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


def as_columns(frame: pl.DataFrame) -> dict[str, Any]:
    """Give the columns of a frame as arrays of plain numbers, blanks as NaN."""
    return {column.name: column.to_numpy() for column in plain(frame)}
