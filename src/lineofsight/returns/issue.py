"""What reading a delivery had to report: nothing is dropped, changed or guessed in silence.

An issue is gathered by sheet, column and kind, with a count and row numbers. It shows a value only
where the column is coded and the value cannot be a child's own: never a name, a number or a date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

MOST_ROWS_NAMED = 1000


class Kind(Enum):
    """What was the matter, as words after 'N cells' or 'N rows'."""

    NOT_TAKEN = "without a value here, which every row needs: not taken"
    UNREADABLE = "that cannot be read: left blank"
    UNKNOWN = "with a value that is not in the code list: left blank"
    UNKNOWN_FLAG = "with neither yes nor no: read as no"
    BLANK_FLAG = "blank: read as no"
    OUTSIDE_CALENDAR = "with a date before 1985 or after 2045: left blank"
    DATE_IN_TEXT = "with a date written as text: read as day, month, year"
    DATE_AS_NUMBER = "with a date as Excel's day number: read as that day"
    TIME_CUT_OFF = "with a time of day beside the date: the day was taken"
    NO_TIME = "with a date but no time of day: read as midnight"
    UNLIKE = "whom the lists describe differently: the newest was taken"
    HEADER_UNKNOWN = "of a column that is not in the list's layout: not read"
    HEADER_TWICE = "of a column that stands there twice: the first was read"
    SHEET_UNKNOWN = "that belongs to no list: not read"
    STRAY = "far outside the table: not read"
    REPAIRED = "treated by a rule"
    LEFT_OUT = "left out by a rule"
    STAND_IN = "with a stand-in for no value: read as blank"
    SET_ASIDE = "set aside by a rule: not taken"
    GONE = "that a newer delivery for the same days no longer has: not counted"
    UNFILLED = "that another return, which fills what this one has no column for, does not have"
    LINKED = "of a child with two identifiers: given the one that is kept"
    LINK_UNCLEAR = "that link identifiers in a circle or to two children: not used"

    @property
    def is_loss(self) -> bool:
        """Tell whether something delivered did not reach the journey."""
        return self in _LOSSES


_NOUNS = {
    Kind.NOT_TAKEN: ("row", "rows"),
    Kind.GONE: ("row", "rows"),
    Kind.UNFILLED: ("row", "rows"),
    Kind.LINKED: ("row", "rows"),
    Kind.LINK_UNCLEAR: ("link", "links"),
    Kind.REPAIRED: ("row", "rows"),
    Kind.LEFT_OUT: ("row", "rows"),
    Kind.SET_ASIDE: ("row", "rows"),
    Kind.UNLIKE: ("child", "children"),
    Kind.STRAY: ("value", "values"),
    Kind.SHEET_UNKNOWN: ("sheet", "sheets"),
}
_LOSSES = frozenset(
    {
        Kind.NOT_TAKEN,
        Kind.UNREADABLE,
        Kind.UNKNOWN,
        Kind.UNKNOWN_FLAG,
        Kind.OUTSIDE_CALENDAR,
        Kind.UNLIKE,
        Kind.STRAY,
        Kind.LEFT_OUT,
        Kind.SET_ASIDE,
        Kind.GONE,
        Kind.UNFILLED,
        Kind.LINK_UNCLEAR,
    }
)


@dataclass(frozen=True, slots=True)
class ReadingIssue:
    """Cells or rows of one column with the same thing the matter.

    `field` is the header of the column ('' for a whole sheet) and `fields` the journey fields it
    fills, as 'table.field'. `rows` are Excel's row numbers, the first thousand; `count` is all.
    `sentence` states the rule by which rows were repaired or left out.
    """

    sheet: str
    field: str
    kind: Kind
    count: int
    rows: tuple[int, ...] = ()
    value: str | None = None
    fields: tuple[str, ...] = ()
    sentence: str = ""

    @property
    def nouns(self) -> str:
        """What is counted: 'cells', 'rows', 'child'."""
        one, many = _NOUNS.get(self.kind, ("cell", "cells"))
        return one if self.count == 1 else many

    def __str__(self) -> str:
        place = f"'{self.sheet}'" + (f", column '{self.field}'" if self.field else "")
        amount = f"{self.count:,} {self.nouns}"
        shown = f" ('{self.value}')" if self.value is not None else ""
        where = f"; {rows_in_words(self.rows)}" if self.rows else ""
        rule = f" {self.sentence}" if self.sentence else ""
        return f"{place}: {amount} {self.kind.value}{shown}{where}.{rule}"


def rows_in_words(rows: Sequence[int], most: int = 8) -> str:
    """Say row numbers for a reader: 'rows 2, 5 and 9', 'rows 2 to 120' or the first few.

    >>> rows_in_words([2, 3, 4, 5])
    'rows 2 to 5'
    """
    if len(rows) < 2:
        return f"row {rows[0]}" if rows else "no single row"
    if rows[-1] - rows[0] == len(rows) - 1 and len(rows) > 2:
        return f"rows {rows[0]} to {rows[-1]}"
    if len(rows) > most:
        return f"rows {', '.join(map(str, rows[:most]))} and {len(rows) - most:,} more"
    return f"rows {', '.join(map(str, rows[:-1]))} and {rows[-1]}"
