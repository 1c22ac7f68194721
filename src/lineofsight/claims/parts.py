"""Whether a number is of a part of what is measured: then the whole cannot contradict it."""

from __future__ import annotations

import re

from lineofsight.claims.binding import Bound
from lineofsight.claims.marks import Cue, Quantity
from lineofsight.claims.vocabulary import stem, terms

_GROUPS = re.compile(
    r"\b(?:teams?|locality|localities|wards?|districts?|neighbourhoods?|hubs?|schools?|boys?"
    r"|girls?|male|female|aged|(?:under|over)(?:-\d+s?| \d+s)|babies|infants|teenagers?|siblings?"
    r"|ethnic\w*|disab\w+|black|white|asian|mixed|gypsy|roma|refugees?|exploitation|domestic abuse"
    r"|neglect|agenc(?:y|ies)|police|health|courts?|workers? who|out of hours)\b",
    re.IGNORECASE,
)
_OF_PART = re.compile(
    r"(?:%|per ?cent) of (?:the |our |all )?(?:late|overdue|missed|delayed|remaining|these|those"
    r"|them|which|whom)\b",
    re.IGNORECASE,
)

_OF_WHAT = re.compile(
    r"\s+of (?:the |our |all |all the )?(?P<what>[a-z][\w'-]*(?: (?!was|were|is|are|had|have|has|in"
    r"|on|with|who|that|over|held|completed)[a-z][\w'-]*){0,3})",
    re.IGNORECASE,
)


def part_spoken_of(bound: Bound) -> str:
    """Say why a number is not of the whole that is measured; empty where it is.

    A group within ('in the east team', 'of boys', 'of late conferences'), or a share of reasons.
    """
    text, indicator = bound.sentence.words_of(bound.clause), bound.meant[0]
    name = f"{indicator.name} {indicator.brief}".casefold()
    groups = (found[0] for found in _GROUPS.finditer(bound.sentence.text))
    if what := _something_else(bound):
        return f"It seems to speak of {what}."
    if _OF_PART.search(text) or any(group.casefold() not in name for group in groups):
        return "It seems to speak of a part only."
    if _is_of_reasons(bound):
        return "It seems to be a share of reasons."
    if _is_bare(bound):
        return "It does not say what is counted."
    return ""


def _something_else(bound: Bound) -> str:
    """'20% of families were homeless': what the share is of, where the figure is of none of it."""
    mark, indicator = bound.mark, bound.meant[0]
    found = _OF_WHAT.match(bound.sentence.text, mark.end)
    if found is None or not isinstance(mark, Quantity) or mark.unit != "%":
        return ""
    name = f"{indicator.name} {indicator.brief} {indicator.counted}"
    said, known = terms(found["what"]), terms(name) | frozenset(map(stem, name.casefold().split()))
    is_of_it = bool(said & known) or any(stem(w) in known for w in found["what"].casefold().split())
    return "" if is_of_it else f"'{found['what']}'"


def _is_of_reasons(bound: Bound) -> bool:
    """'60% were due to reports that were not ready'."""
    clause = bound.sentence.clauses[bound.clause]
    causes = (a for a in bound.sentence.asides if a.cue is Cue.CAUSE)
    return any(bound.mark.end <= cause.start < clause.end for cause in causes)


def _is_bare(bound: Bound) -> bool:
    """A number alone, or one of something counted beside a share: it may count anything."""
    mark, unit = bound.mark, bound.meant[0].unit
    if not isinstance(mark, Quantity) or mark.unit or unit not in ("", "%"):
        return False
    return unit == "%" or not (mark.noun or bound.is_own_word)
