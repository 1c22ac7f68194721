"""What an engine is: something that runs the text and gives rows back."""

from __future__ import annotations

from typing import Any, Protocol


class Engine(Protocol):
    """Holds the tables of a journey and answers SQL text about them."""

    @property
    def name(self) -> str:
        """How the engine is called in a message."""
        ...

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Run the text and give all rows."""
        ...
