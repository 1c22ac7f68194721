"""Small signs for variation and assurance: the same in every format, told apart by their shape.

A sign never stands alone: its words are always beside it, so it says nothing to a screen reader.
"""

from __future__ import annotations

from dataclasses import dataclass

from lineofsight.overview.one_page import Column, Row
from lineofsight.publish.style import INK, NAVY, QUIET
from lineofsight.publish.templating import page

_CIRCLE = "M12 1.5a10.5 10.5 0 1 1 0 21a10.5 10.5 0 1 1 0-21z"
_DIAMOND = "M12 .8L23.2 12L12 23.2L.8 12z"
_SQUARE = "M2 2h20v20h-20z"


@dataclass(frozen=True, slots=True)
class Sign:
    """An outline, what is drawn in it, and whether the outline is filled; in a box of 24 by 24."""

    outline: str
    drawn: str
    colour: str
    is_filled: bool = False
    is_dashed: bool = False

    @property
    def ink(self) -> str:
        """The colour of what is drawn inside the outline."""
        return "#FFFFFF" if self.is_filled else self.colour


SIGNS: dict[Row | Column, Sign] = {
    Row.IMPROVING: Sign(_CIRCLE, "M12 6.5v11M6.5 12h11", NAVY, is_filled=True),
    Row.NO_CHANGE: Sign(_CIRCLE, "M5.5 12q3.25-6 6.5 0t6.5 0", QUIET),
    Row.WORSE: Sign(_DIAMOND, "M7 12h10", INK, is_filled=True),
    Row.NEUTRAL: Sign(_CIRCLE, "M12 5v14M8.5 8.5L12 5l3.5 3.5M8.5 15.5L12 19l3.5-3.5", INK),
    Row.NOT_CHARTED: Sign(
        _CIRCLE, "M8.8 9.2q.2-3.2 3.2-3.2t3.2 3q0 1.8-1.8 2.7t-1.4 2.6M12 17.3v.9", QUIET,
        is_dashed=True,
    ),
    Column.REACHES: Sign(_SQUARE, "M6 12.5l4.2 4.2L18 7.5", NAVY, is_filled=True),
    Column.HIT_AND_MISS: Sign(_SQUARE, "M2.5 12h19M5 16l4.5-8l5 8L19 8", QUIET),
    Column.MISSES: Sign(_SQUARE, "M7 7l10 10M17 7L7 17", INK, is_filled=True),
    Column.NO_TARGET: Sign(_SQUARE, "M7 12h10", QUIET, is_dashed=True),
}  # fmt: skip


def draw(of: Row | Column) -> str:
    """Write the sign of a row or a column of the grid as SVG."""
    return page("icon.svg.j2", sign=SIGNS[of])
