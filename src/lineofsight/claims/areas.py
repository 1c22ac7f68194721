"""Areas that a sentence compares: the authority itself, its neighbours, its region, England."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from lineofsight.claims.marks import Whose
from lineofsight.comparators.comparator import Area
from lineofsight.reference.places import authorities, regions

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
_OWN = (
    r"we|our(?! (?:statistical|neighbours|region))|ours|us|the (?:council|city|authority|borough)"
)


# Authorities whose names are words: a sentence may begin with them.
_WORDS_TOO = frozenset({"Reading", "Bury", "Bath"})


@cache
def _elsewhere(own: tuple[str, ...], region: str) -> re.Pattern[str]:
    """Every authority and region but one's own, with a capital letter."""
    names = {place.name for place in authorities()} | set(regions().values())
    others = names - {*own, region, "England"} - _WORDS_TOO
    longest_first = sorted(others, key=len, reverse=True)
    return re.compile(rf"\b(?:the )?(?:{'|'.join(map(re.escape, longest_first))})(?:'s)?\b")


def areas(text: str, own_names: tuple[str, ...], region: str) -> Iterator[Whose]:
    """Find the areas of a sentence; abbreviations count only in capitals.

    `own_names` are those of the authority itself, `region` the name of its region.
    """
    for area, words in _WORDS:
        place = rf"|(?:the )?{re.escape(region)}" if area is Area.REGION and region else ""
        for found in re.finditer(rf"\b(?:{words}{place})(?!\w)", text, re.IGNORECASE):
            if not _is_abbreviation(found[0]) or _CASED.match(found[0]):
                yield Whose(*found.span(), area)
    for found in re.finditer(rf"\b{_TARGET}\b", text, re.IGNORECASE):
        yield Whose(*found.span(), None, is_target=True)
    for found in _elsewhere(own_names, region).finditer(text):
        yield Whose(*found.span(), None, is_elsewhere=True)
    named = "".join(rf"|{re.escape(name)}" for name in own_names)
    own = rf"\b(?:{_OWN}{named})(?:'s)?\b"
    yield from (Whose(*found.span(), None) for found in re.finditer(own, text, re.IGNORECASE))


def _is_abbreviation(text: str) -> bool:
    return text.casefold().rstrip("s") in {"sn", "na", "nat", "eng", "reg"}
