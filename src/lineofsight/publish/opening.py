"""The page that opens the paper: its fixed words, and how much of it is shown on one page.

What is capped here is whole in the workbook.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from lineofsight.overview.one_page import (
    Area,
    AreaLine,
    ChangeLine,
    Column,
    GridCell,
    OnePage,
    PromiseLine,
    Row,
)
from lineofsight.publish import arrangement

T = TypeVar("T")

GRID = "Variation and assurance"
GRID_CORNER = "The newest month against those before"
CHANGED = "What changed since last time"
PROMISED = "What was promised, and what became of it"
_COMPUTED = "Computed from the figures"
AGAINST = "Held against"
BEHIND = "Behind the gap"
PROMISE_HEADINGS = ("Action", "Owner", "Due", "How it stands", "Outcome in the officer's words")
NONE = "None"
IN_THE_WORKBOOK = "The whole list is in the workbook, on the sheet Summary."
AFTER_THE_CONTENTS = "The whole list follows the contents."
NAMES_LEFT_OUT = "Their names are in the workbook, on the sheet Summary."


@dataclass(frozen=True, slots=True)
class Limits:
    """How many of each are shown: names in a cell, lines of an area, changes, promises."""

    names: int
    areas: int
    changes: int
    promises: int


# A screen has room for all but the names of a grid with a hundred indicators.
FULL = Limits(2, sys.maxsize, sys.maxsize, sys.maxsize)
# What a printed page may show, each less than before: it takes the first that stands on one side.
PRINTED = (
    Limits(3, 12, 12, 12),
    Limits(2, 4, 6, 4),
    Limits(1, 4, 4, 3),
    Limits(0, 3, 3, 2),
)


@dataclass(frozen=True, slots=True)
class CellShown:
    """A cell of the grid as it is shown: how many, and the first of their names."""

    count: int
    names: str


def shown(names: Sequence[str], most: int = FULL.names) -> str:
    """Join names and count those left out: 'Referrals; Plans; and 12 more'; nothing of none.

    >>> shown(["a", "b", "c", "d"], 2), shown(["a", "b", "c"], 2)
    ('a; b; and 2 more', 'a; b; c')
    """
    if not most:
        return ""
    if len(names) <= most + 1:
        return "; ".join(names)
    return "; ".join((*names[:most], f"and {len(names) - most:,} more"))


def grid_rows(
    page: OnePage, limits: Limits = FULL
) -> tuple[tuple[Row, tuple[CellShown, ...]], ...]:
    """The rows of the grid, each with a cell for every column."""
    return tuple(
        (row, tuple(_shown_cell(page.grid.cell(row, column), limits) for column in Column))
        for row in Row
    )


def computed(page: OnePage) -> str:
    """Say whose words the page holds: computed ones, but for what officers report."""
    rest = "; outcomes of actions are in the officers' words" if page.promises_said else ""
    return f"{_COMPUTED}{rest}."


def grid_note(page: OnePage, limits: Limits = FULL) -> str:
    """Who is not in the grid, and where the names are if there was no room for them."""
    return " ".join(filter(None, (page.grid.note, "" if limits.names else NAMES_LEFT_OUT)))


def has_grid(page: OnePage) -> bool:
    """Whether anything is charted or has a target."""
    return bool(page.grid.cells)


def headings(area: Area, columns: Sequence[str]) -> tuple[str, ...]:
    """The headings of the lines of an area; the gap only where one is told."""
    behind = (BEHIND,) if has_gap(area) else ()
    return ("Indicator", *columns, AGAINST, *behind)


def has_gap(area: Area) -> bool:
    """Whether any line of an area says how many are behind the gap."""
    return any(line.behind for line in area.lines)


def lines(area: Area, limits: Limits = FULL) -> tuple[AreaLine, ...]:
    """The lines of an area that are shown."""
    return _first(area.lines, limits.areas)


def more_lines(area: Area, limits: Limits = FULL) -> str:
    """Count the lines that are not shown; empty where all are."""
    return _more(len(area.lines) - len(lines(area, limits)), "They follow in the list of contents.")


def changes(page: OnePage, limits: Limits = FULL) -> tuple[ChangeLine, ...]:
    """The changes that are shown."""
    return _first(page.changed, limits.changes)


def more_changes(page: OnePage, limits: Limits = FULL) -> str:
    """Count the changes that are not shown; empty where all are."""
    return _more(len(page.changed) - len(changes(page, limits)), IN_THE_WORKBOOK)


def promises(page: OnePage, limits: Limits = FULL) -> tuple[PromiseLine, ...]:
    """The promises that are shown, the most pressing first."""
    return _first(page.promises, limits.promises)


def more_promises(page: OnePage, limits: Limits = FULL) -> str:
    """Count the promises that are not shown; empty where all are."""
    return _more(len(page.promises) - len(promises(page, limits)), AFTER_THE_CONTENTS)


def promise_cells(line: PromiseLine) -> tuple[str, ...]:
    """One promise as the cells of its row; under the action stands when it was promised.

    The last cell is set apart only where it is in the officer's words.
    """
    return (
        line.text,
        line.owner,
        line.due,
        line.state,
        line.outcome or line.unsaid or arrangement.BLANK,
    )


def promised_in(line: PromiseLine) -> str:
    """Say in which edition an action was promised."""
    return f"Promised in {line.made_in}"


def _shown_cell(cell: GridCell, limits: Limits) -> CellShown:
    return CellShown(len(cell.names), shown(cell.names, limits.names))


def _first(things: tuple[T, ...], most: int) -> tuple[T, ...]:
    return things if len(things) - 1 <= most else things[:most]


def _more(count: int, where: str) -> str:
    return f"And {count:,} more. {where}" if count else ""
