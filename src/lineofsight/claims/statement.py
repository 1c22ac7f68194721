"""A statement out of prose, and what came of holding it against the facts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Outcome(Enum):
    """What came of a statement, in the words a reader is shown."""

    FALSE = "does not hold"
    HOLDS_BUT = "holds, but"
    HOLDS = "holds"
    UNCHECKED = "cannot be checked"


@dataclass(frozen=True, slots=True)
class Ruling:
    """An outcome with the right figure, what to add, or why it cannot be checked."""

    outcome: Outcome
    why: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a text: where it stands, its own words, and what came of it.

    `words` are those of the statement and no more, since the text around it may name people.
    `indicator` is the name of the figure it was bound to, `about` the area and period; all three
    are empty where nothing was bound.
    """

    place: str
    words: str
    ruling: Ruling
    indicator_id: str = ""
    indicator: str = ""
    about: str = ""

    @property
    def outcome(self) -> Outcome:
        return self.ruling.outcome

    @property
    def is_bound(self) -> bool:
        return bool(self.indicator_id)


@dataclass(frozen=True, slots=True)
class Checked:
    """Every statement found in one text, in its order.

    `title` says what was read ('commentary.md'), `authority` and `period` what it was held against.
    """

    title: str
    authority: str
    period: str
    statements: tuple[Statement, ...]
    is_synthetic: bool = False

    def of(self, outcome: Outcome) -> tuple[Statement, ...]:
        """Give the statements with one outcome."""
        return tuple(one for one in self.statements if one.outcome is outcome)

    @property
    def is_false(self) -> bool:
        """Whether anything does not hold."""
        return bool(self.of(Outcome.FALSE))
