"""Passages: paragraphs put together again out of wrapped lines, each under its heading."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

_NUMBERED = re.compile(r"(?:\(?\d{1,2}[.)]|[A-Z]\.|\d{1,2}(?:\.\d{1,2})+\.?)\s+")
_BULLET = re.compile(r"[•●▪◦‣·*+–-]\s+")
_HASHES = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_SECTIONS = re.compile(
    r"positive areas?|areas? (?:for|of) (?:development|improvement)|areas? of (?:concern|strength)"
    r"|(?:executive )?summary|introduction|overview|background|conclusions?|recommendations?"
    r"|performance overview.*|commentary.*|dataset.*",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d\s*(?:%|per ?cent)|(?<![\d.])\d+(?:[.,]\d+)*\s+(?!of\b|working\b)[a-z]")
_NOT_PROSE = re.compile(r"author:", re.IGNORECASE)
_STANDS_ALONE = re.compile(r"(?:author|action):", re.IGNORECASE)
_KEEPS_HYPHEN = re.compile(
    r"\b(?:multi|re|non|co|inter|cross|long|short|self|part|semi|well|looked|year|pre|post|full"
    r"|follow|sub|decision|high|low|mid|one|two|three)-$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:,|\b(?:and|or|but|of|the|an?|in|to|was|is|are|at|for|with|by|from|over|than|per))$",
    re.IGNORECASE,
)
# A line that leaves this share of the width empty was ended on purpose.
_SHORT = 0.8
# Where most lines are followed by an empty one, an empty line ends nothing.
_DOUBLE_SPACED = 0.6
_LEAST_LINES = 10
_TITLE_LENGTH = 90
_SECTION, _NAMED_ITEM, _UNDER_ITEM = 1, 2, 3

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’ʼ", "'"),
        **dict.fromkeys("“”", '"'),
        **dict.fromkeys("\u00a0\u2007\u2009\u202f\t", " "),
        **dict.fromkeys("\u00ad\u200b\ufeff", ""),
        **{"\u2011": "-", "\u2010": "-", "ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl"},
    }
)


class Knows(Protocol):
    """What can tell whether a text is the name of an indicator."""

    def is_name(self, text: str) -> bool:
        """Tell whether a text is the full or brief name of an indicator, or its identity."""
        ...


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it was read: where it stands, its text, and the level of a heading (0: none)."""

    place: str
    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph: its text, the headings above it (nearest first), and where its parts stand.

    `places` are pairs of an offset in the text and the place that begins there.
    """

    text: str
    headings: tuple[str, ...]
    places: tuple[tuple[int, str], ...]

    def place_at(self, offset: int) -> str:
        """Give the place of a character."""
        return [place for start, place in self.places if start <= offset][-1]


def plain_text(text: str) -> str:
    """Write typographic spaces, hyphens, quotation marks and ligatures in their plain form."""
    return text.translate(_PLAIN)


def passages_of(lines: Sequence[Line], names: Knows) -> tuple[Passage, ...]:
    """Put lines together into paragraphs, and give each the headings it stands under.

    Wrapped lines and words that were hyphenated at a line's end are joined; an empty line, a list
    item, a heading, or a line ended on purpose begins a new paragraph.
    """
    found: list[Passage] = []
    above: list[tuple[int, str]] = []
    hyphenated = _hyphenated(lines)
    for block in _blocks(lines, names):
        text, places = _joined(block, hyphenated)
        if _NOT_PROSE.match(text):
            continue
        level = _level_of(block, text, names)
        if level:
            title = _bare_title(text)
            above = [(other, t) for other, t in above if other < level] + [(level, title)]
        elif text:
            if _STANDS_ALONE.match(text):
                # Whose an action is, and by when, is no statement.
                text = text.partition("|")[0].strip()
            headings = tuple(title for _, title in reversed(above))
            found.append(Passage(text, headings, places))
    return tuple(found)


def _hyphenated(lines: Iterable[Line]) -> frozenset[str]:
    """Every word that has its hyphen inside a line."""
    words = (w for line in lines for w in re.findall(r"\w+-\w+", line.text))
    return frozenset(word.casefold() for word in words)


def _blocks(lines: Sequence[Line], names: Knows) -> Iterator[list[Line]]:
    ends_at = 2 if _is_double_spaced(lines) else 1
    width = max((len(line.text) for line in lines), default=0)
    block: list[Line] = []
    empty = 0
    for line in lines:
        if not line.text.strip():
            empty += 1
            continue
        is_apart = empty >= ends_at and not _runs_on(block[-1], line, width) if block else False
        if block and (is_apart or _begins(line, block, width, names)):
            yield block
            block = []
        block.append(line)
        empty = 0
    if block:
        yield block


def _is_double_spaced(lines: Sequence[Line]) -> bool:
    is_text = [bool(line.text.strip()) for line in lines]
    followed = [not after for here, after in itertools.pairwise(is_text) if here]
    return len(followed) >= _LEAST_LINES and sum(followed) > _DOUBLE_SPACED * len(followed)


def _begins(line: Line, block: Sequence[Line], width: int, names: Knows) -> bool:
    """Tell whether a line begins a paragraph after the lines of the block before it."""
    before, text = block[-1].text.strip(), line.text.strip()
    if line.level or block[-1].level or _HASHES.match(text) or _HASHES.match(before):
        return True
    if _STANDS_ALONE.match(text) or _STANDS_ALONE.match(before):
        return True
    if _NUMBERED.match(text) or _BULLET.match(text):
        return True
    if names.is_name(_bare_title(" ".join(one.text.strip() for one in block))):
        return True
    was_ended = len(before) + 1 + len(text.split()[0]) <= _SHORT * width
    if not was_ended or _GOES_ON.search(before):
        return False
    return before[-1] in ".!?:" or not text[0].islower()


def _runs_on(before: Line, line: Line, width: int) -> bool:
    """Tell whether a sentence goes on after a gap, as over the end of a page."""
    text = before.text.strip()
    is_full = len(text) > _SHORT * width
    return is_full and text[-1] not in ".!?:;" and line.text.strip()[0].islower()


def _joined(
    block: Sequence[Line], hyphenated: Collection[str]
) -> tuple[str, tuple[tuple[int, str], ...]]:
    text, places = "", []
    for line in block:
        part = " ".join(_BULLET.sub("", line.text.strip(), count=1).split())
        if text and _is_split(text, part, hyphenated):
            text = text.removesuffix("-")
        elif text and not text.endswith("-"):
            text += " "
        places.append((len(text), line.place))
        text += part
    return text, tuple(places)


def _is_split(text: str, part: str, hyphenated: Collection[str]) -> bool:
    """Tell whether the hyphen at the end of a line only splits a word."""
    if not re.search(r"[a-z]-$", text) or not part[:1].islower() or _KEEPS_HYPHEN.search(text):
        return False
    first, last = text.split()[-1], re.match(r"\w+", part)
    return last is not None and f"{first}{last[0]}".casefold() not in hyphenated


def _bare_title(text: str) -> str:
    hashes = _HASHES.match(text)
    return _NUMBERED.sub("", hashes[2] if hashes else text, count=1).strip().rstrip(":")


def _level_of(block: Sequence[Line], text: str, names: Knows) -> int:
    """Give the level of a heading, and nought for a paragraph of prose."""
    hashes = _HASHES.match(text)
    if hashes or block[0].level:
        return len(hashes[1]) if hashes else block[0].level
    title = _bare_title(text)
    if names.is_name(title):
        return _NAMED_ITEM
    if _STANDS_ALONE.match(text):
        return 0
    is_list = bool(_BULLET.match(block[0].text.strip()))
    if is_list or text[-1] in ".!?;,|" or len(title) > 2 * _TITLE_LENGTH or _FIGURE.search(title):
        return 0
    if _SECTIONS.fullmatch(title):
        return _SECTION
    if _NUMBERED.match(text):
        return _NAMED_ITEM
    return _UNDER_ITEM if len(title) < _TITLE_LENGTH else 0
