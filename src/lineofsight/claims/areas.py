"""Areas that a sentence compares: the authority itself, its neighbours, its region, England."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lineofsight.claims.marks import Whose
from lineofsight.comparators.comparator import Area

_WORDS: tuple[tuple[Area, str], ...] = (
    (
        Area.STATISTICAL_NEIGHBOURS,
        r"(?:our |the )?(?:statistical|stat\.?|comparator) neighbou?rs?(?:'s?|'s)?"
        r"|(?:our |the )?statistical peers|SNs?\b|our neighbours'?|similar authorities",
    ),
    (
        Area.ENGLAND,
        r"(?:the )?national(?:ly| average| figure| rate)?|(?:all )?england(?:'s)?|NA\b|NAT\b|ENG\b",
    ),
    (Area.REGION, r"(?:the |our )?region(?:al|ally|'s)?|REG\b"),
)
_CASED = re.compile(r"(?:SNs?|NA|NAT|ENG|REG)")
_TARGET = r"(?:our |the |a |its )?(?:local |internal |agreed )?targets?(?: of)?"
_OWN = r"we|our(?! (?:statistical|neighbours|region))|ours|us|the (?:council|city|authority|borough)"


def areas(text: str, authority: str, region: str) -> Iterator[Whose]:
    """Find the areas of a sentence; abbreviations count only in capitals."""
    for area, words in _WORDS:
        named = rf"|(?:the )?{re.escape(region)}" if area is Area.REGION and region else ""
        for found in re.finditer(rf"\b(?:{words}{named})(?!\w)", text, re.IGNORECASE):
            if not _is_abbreviation(found[0]) or _CASED.match(found[0]):
                yield Whose(*found.span(), area)
    for found in re.finditer(rf"\b{_TARGET}\b", text, re.IGNORECASE):
        yield Whose(*found.span(), None, is_target=True)
    own = rf"\b(?:{_OWN}|{re.escape(authority)})(?:'s)?\b"
    yield from (Whose(*found.span(), None) for found in re.finditer(own, text, re.IGNORECASE))


def _is_abbreviation(text: str) -> bool:
    return text.casefold().rstrip("s") in {"sn", "na", "nat", "eng", "reg"}
