"""The code sets of the returns: national codes, their labels and the spellings met in files.

They lie in `data/codes.csv`, extended by file, not by code. Sources: the Children in Need census
and SSDA903 code lists, and Ofsted's Annex A lists (2018 to 2026).

A coded field of the journey names its set (`fields.code(…, "primary_need")`); the journey holds the
code, never the spelling. Sets without a national code (case status, audit grades) use plain words.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import groupby
from operator import itemgetter

LONGEST = 300  # characters of a cell that may hold a code with its label
MOST_CODES_IN_FRONT = 3
_LETTER_PREFIX = re.compile(r"^[a-z]{1,2}\)\s*", re.IGNORECASE)
_BRACKETED = re.compile(r"[\[(](\d|[A-Za-z0-9.]{2,5})[\])]")
_SEPARATOR = re.compile(r"\s*[:>]\s*|\s+[-–—]\s*|\s*[-–—]\s+")
_SPACE = re.compile(r"\s+")
_DASH = re.compile(r"\s*[-–—]\s*")
_CODE_LIKE = re.compile(r"[A-Z0-9.]{1,6}")
# A code of a council's own beside the label; longer words in capitals may be part of the label.
_LOCAL_CODE = re.compile(r"[A-Z]{1,4}|(?=.*\d)[A-Z0-9.]{1,6}")


def spelling_key(text: str) -> str:
    """Fold a label to what matters: letters and digits, no case, no accents, '&' read as 'and'.

    >>> spelling_key(" Gypsy / Roma\\u00a0")
    'gypsyroma'
    """
    plain = unicodedata.normalize("NFKD", text).replace("&", "and").casefold()
    return "".join(letter for letter in plain if letter.isalnum())


@dataclass(frozen=True)
class Code:
    """One code with its label and other spellings of the label."""

    code: str
    label: str
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True)
class CodeSet:
    """The codes a field may hold."""

    name: str
    codes: tuple[Code, ...]

    @cached_property
    def _by_key(self) -> dict[str, str]:
        return {
            spelling_key(text): code.code
            for code in self.codes
            for text in (code.code, code.label, *code.spellings)
        }

    @cached_property
    def _code_keys(self) -> frozenset[str]:
        texts = (text for code in self.codes for text in (code.code, *code.spellings))
        return frozenset(spelling_key(text) for text in texts if _CODE_LIKE.fullmatch(text))

    def code_for(self, text: str) -> str | None:
        """Find the code that a cell means; None when it means none of them.

        Understands the bare code, the bare label, code and label together, and the letter that
        Ofsted's lists put in front ('q) 6: Police').
        """
        if len(text) > LONGEST:
            return None
        for form, is_part in _forms(text):
            key = spelling_key(form)
            if key in self._by_key and (not is_part or key in self._code_keys):
                return self._by_key[key]
        return None

    def label_of(self, code: str) -> str:
        """Give the label of a code; raises KeyError for a code that is not in the set."""
        return {known.code: known.label for known in self.codes}[code]


def _forms(text: str, depth: int = 0) -> Iterator[tuple[str, bool]]:
    """Yield what may stand for the code, surest first; True for a part that must be a code.

    A label is taken for the whole only beside a code: 'Mixed - African' is not 'African'. Codes
    are looked for in front of one another ('WHB - WBRI - British'), but not without end.
    """
    bare = _LETTER_PREFIX.sub("", text.strip())
    yield bare, False
    yield from ((part, True) for part in _BRACKETED.findall(bare))
    yield _BRACKETED.sub("", bare), False
    for at in (_SEPARATOR, _SPACE, _DASH):
        first, rest = _cut(at, bare)
        if rest and _CODE_LIKE.fullmatch(first):
            if len(first) > 1 or _SEPARATOR.search(bare):
                yield first, True
            if _LOCAL_CODE.fullmatch(first) and depth < MOST_CODES_IN_FRONT:
                yield from _forms(rest, depth + 1)


def _cut(at: re.Pattern[str], text: str) -> tuple[str, str]:
    first, *rest = at.split(text, maxsplit=1)
    return first, rest[0] if rest else ""


@cache
def code_sets() -> dict[str, CodeSet]:
    """Every code set by name, from the file that ships with the product."""
    path = files("lineofsight.reference") / "data" / "codes.csv"
    with path.open(encoding="utf-8") as lines:
        by_set = groupby(csv.DictReader(lines), key=itemgetter("set"))
        return {name: CodeSet(name, tuple(map(_code, rows))) for name, rows in by_set}


def _code(row: dict[str, str]) -> Code:
    spellings = tuple(text for text in row["spellings"].split("|") if text)
    return Code(row["code"], row["label"], spellings)
