"""How a sheet of a return is laid out: its columns, and the journey fields each column fills.

The same declaration reads a delivered workbook, writes a template and makes a synthetic one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import sqlalchemy as sa

from lineofsight.journey.fields import Events
from lineofsight.reference.codes import spelling_key

_YES_NO = re.compile(r"\(?\bY\s*/\s*N\b\)*", re.IGNORECASE)
_SHEET_WORD = re.compile(
    r"[^0-9a-z]*(?:annex a)?[^0-9a-z]*list[^0-9a-z]*0*(\d{1,2})(?![0-9])", re.I
)


@lru_cache(maxsize=4096)
def header_key(text: str) -> str:
    """Fold a header to what matters: no case, spaces, punctuation, curly quotes or '(Y/N)'.

    >>> header_key("Seen  Alone? (Y/N))") == header_key("seen alone")
    True
    """
    return spelling_key(_YES_NO.sub(" ", text))


@dataclass(frozen=True)
class Column:
    """A column of a sheet and the journey fields it fills (none: read past, not kept).

    `also` lists other spellings of the header; `is_needed` marks a column without which the
    sheet means nothing. `suggested` are words that a template offers for free text, and `hint`
    what it says besides the field's own description.
    """

    header: str
    fields: tuple[sa.Column[Any], ...] = ()
    also: tuple[str, ...] = ()
    is_needed: bool = False
    suggested: tuple[str, ...] = ()
    hint: str = ""

    @cached_property
    def keys(self) -> frozenset[str]:
        """The folded spellings under which the column is known."""
        return frozenset(header_key(text) for text in (self.header, *self.also))


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook and the journey tables its rows become.

    Every row becomes a row of the first of `tables`, and of each further one for which it holds
    what that table requires (an enquiry that led to a conference is also a conference).
    """

    title: str
    about: str
    tables: tuple[type[Events], ...]
    columns: tuple[Column, ...]
    is_needed: bool = False

    def is_named(self, name: str) -> bool:
        """Tell whether a sheet's name means this sheet: 'List 1', 'list_1', 'List 1 Contacts'."""
        mine, other = _SHEET_WORD.match(self.title), _SHEET_WORD.match(name)
        if mine and other:
            return mine[1] == other[1]
        return header_key(name) in (header_key(self.title), header_key(self.about))


def column(
    header: str,
    *fields: Any,
    also: tuple[str, ...] = (),
    needed: bool = False,
    suggested: tuple[str, ...] = (),
    hint: str = "",
) -> Column:
    """Declare a column: its header, then the fields it fills."""
    return Column(header, fields, also, needed, suggested, hint)
