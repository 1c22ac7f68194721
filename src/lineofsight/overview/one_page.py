"""The one page that opens the paper, as data: what stands where, and every word of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Column(Enum):
    """Whether a process will reach its target as it stands: the columns of the grid."""

    REACHES = "Consistently reaches target"
    HIT_AND_MISS = "Does not consistently"
    MISSES = "Consistently misses target"
    NO_TARGET = "No target"


class Row(Enum):
    """How the newest months compare with those before: the rows of the grid."""

    IMPROVING = "Improving"
    NO_CHANGE = "No special change"
    WORSE = "Getting worse"
    NEUTRAL = "Unusual, neither good nor bad in itself"
    NOT_CHARTED = "Cannot be charted"


@dataclass(frozen=True, slots=True)
class GridCell:
    """The indicators of one cell: identities and brief names, those of the two lists first."""

    row: Row
    column: Column
    ids: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """Variation × assurance: a cell for every pair, row by row; `note` says who is not in it."""

    cells: tuple[GridCell, ...] = ()
    note: str = ""

    def cell(self, row: Row, column: Column) -> GridCell:
        """The cell of a row and a column; empty where nothing was charted."""
        wanted = (one for one in self.cells if (one.row, one.column) == (row, column))
        return next(wanted, GridCell(row, column))


@dataclass(frozen=True, slots=True)
class ShortFigure:
    """A figure with its number: '73%', '44 of 60 children'; `label` is its period."""

    label: str
    text: str
    detail: str


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One positive area or area for development in one line.

    `against` says what it is held against, with the year; `behind` how many are behind the gap.
    """

    name: str
    polarity: str
    figures: tuple[ShortFigure, ...]
    against: str
    behind: str


@dataclass(frozen=True, slots=True)
class Area:
    """'Positive areas' or 'Areas for development', with what is said where there is none."""

    title: str
    lines: tuple[AreaLine, ...]
    none: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One kind of change since the last edition, and what changed; `place` is a link, if any."""

    what: str
    names: tuple[str, ...]
    place: str = ""


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """One action that was promised, ready to be read: what, who, by when, and what became of it.

    `about` is the brief name of its indicator; `outcome` is in the officer's words, and `unsaid`
    says in ours that there are none.
    """

    about: str
    text: str
    owner: str
    due: str
    made_in: str
    state: str
    outcome: str
    unsaid: str = ""


@dataclass(frozen=True, slots=True)
class OnePage:
    """The first page. `changed_said` and `promises_said` are a sentence each, whatever there is.

    An annual paper from published statistics has neither: both sentences are empty then.
    """

    opening: str = ""
    grid: Grid = Grid()
    areas: tuple[Area, ...] = ()
    changed_said: str = ""
    changed: tuple[ChangeLine, ...] = ()
    promises_said: str = ""
    promises: tuple[PromiseLine, ...] = ()


# A paper that was made before there was such a page has none.
NO_PAGE = OnePage()
