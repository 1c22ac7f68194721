"""What an engine is: something that holds tables, runs the text and gives rows or columns back."""

from __future__ import annotations

from collections.abc import Mapping
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

    def columns(self, sql: str) -> Mapping[str, Any]:
        """Run the text and give its columns by name, each an array of numbers; blanks are NaN."""
        ...


def as_columns(frame: pl.DataFrame) -> dict[str, Any]:
    """Give the columns of a frame as arrays, decimals as numbers and blanks as NaN."""
    decimals = [name for name, kind in frame.schema.items() if kind.is_decimal()]
    numbers = frame.with_columns(pl.col(decimals).cast(pl.Float64()))
    return {name: numbers[name].to_numpy() for name in numbers.columns}
