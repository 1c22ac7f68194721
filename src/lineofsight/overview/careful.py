"""Whether officers' commentary can go before a committee or the public: what would expose a child.

A paper may say "only one was late" beside a figure that is suppressed for being that one; so
numbers from one to five of children are refused in words as in figures, and so are a single
child's age, dates of birth, and whatever identifies a child, a family or a place in the records.
A message names the place in the file and never repeats an identifier.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lineofsight.errors import Fault, UsageFault
from lineofsight.overview.commentary import Line, lines_of
from lineofsight.reference.audience import Audience

_FEW = r"(?:one|two|three|four|five|[1-5]|(?:a )?single|both|(?:a )?(?:couple|pair) of)"
# A number of these is a number of children; 'one family group conference' counts none.
_COUNTED = (
    r"(?:child(?:ren)?|siblings?|brothers?|sisters?|girls?|boys?|bab(?:y|ies)|infants?|toddlers?"
    r"|teenagers?|adolescents?|youngsters?|minors?|twins?|sons?|daughters?|young (?:person|people"
    r"|adults?|m[ae]n|wom[ae]n)|pupils?|care leavers?|unborns?|famil(?:y|ies)|households?|cases?"
    r"|conferences?|referrals?|assessments?|placements?|adoptions?|admissions?|plans"
    r"|of (?:them|these|those)|entr(?:y|ies) to care)"
    r"(?!['’]?s? (?:service|team|hub|group|panel|manager|protection|chair|advis|worker|support))"
)
# Words after which the number is of something else: 'five working days for children'.
_UNITS = (
    r"hours?|days?|weeks?|months?|quarters?|years?|working|teams?|workers?|managers?|points?|times?"
    r"|areas?|ways?|parts?|things?|posts?|services?|per"
)
_ELSEWHERE = (
    rf"(?:{_UNITS}|and|or|to|in|for|from|with|by|at|on|was|were|is|are|has|have|had|that|than"
    r"|which|who|january|february|march|april|may|june|july|august|september|october|november"
    r"|december)"
)
_SMALL = re.compile(
    rf"(?<![\w.,/–-])(?<!every )(?<!each )(?<!\bin )(?<!\bper ){_FEW}"
    rf"(?: (?!{_ELSEWHERE}\b)[^\W\d]['’\w-]*){{0,3}}? {_COUNTED}\b",
    re.IGNORECASE,
)  # fmt: skip
_ONLY = re.compile(
    r"\b(?:only|just) (?:one|two|three|four|five|[1-5])\b(?![.,]?\d)"
    rf"(?! (?:of the )?(?:{_UNITS})\b)",
    re.IGNORECASE,
)
_AGE = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen)"
_AGED = re.compile(
    rf"(?P<before>[\w'’]+ )?\baged? {_AGE}\b(?! ?(?:–|-|to\b|and\b|or\b|plus\b))"
    rf"|\b{_AGE}[- ]years?[- ]old\b(?!s)",
    re.IGNORECASE,
)
_BORN = re.compile(r"\bborn (?:on|in)\b|\bdates? of birth\b|\bd\.?o\.?b\b", re.IGNORECASE)
_NUMBERS = (
    (re.compile(r"\b[A-Z]\d{11}[\dA-Z]\b"), "a unique pupil number"),
    (re.compile(r"\b\d{10}\b"), "a unique learner number or an NHS number"),
    (re.compile(r"\b\d{3}[ -]\d{3}[ -]\d{4}\b"), "an NHS number"),
    (re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"), "a postcode"),
)
_WORD = re.compile(r"\w(?:[\w./'’-]*\w)?")
_NAMED = re.compile(
    r"\b(?:child|family|household|id|identifier|number|no|ref|reference|case|person)\W{0,3}$", re.I
)
# A number of fewer digits is an identifier only where a word before it says so: 2020 is a year.
_LEAST_DIGITS = 6
_UNSAID = (
    "Say it without the number: for others than the service no number of children from one to five "
    "is given."
)
_TAKE_OUT = "Take it out: nobody outside the service may learn from a paper who is meant."

_REMEDIES = {"a worker": "Name the role: a worker may be named as the author alone."}


@dataclass(frozen=True, slots=True)
class Identifiers:
    """What identifies somebody in the records; places are written as they are spelled."""

    children: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()
    workers: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()


def demand_fit_for(audience: Audience, commentary: Path, identifiers: Identifiers) -> None:
    """Refuse a commentary that would expose a child to an audience; the service may read it all.

    Raises UsageFault with every fault of the file at once, each with its line and place.
    """
    if audience is Audience.SERVICE:
        return
    faults = exposing(lines_of(commentary), commentary.name, identifiers)
    if faults:
        raise UsageFault(faults)


def exposing(lines: Sequence[Line], file: str, identifiers: Identifiers) -> tuple[Fault, ...]:
    """Give a fault for every place of a text that would expose a child."""
    search = _Search(identifiers)
    return tuple(
        Fault(what, f"File: {file}, line {line.number}, from character {place + 1}.", remedy)
        for line in lines
        for place, what, remedy in sorted(set(search.found_in(line.text)))
    )


class _Search:
    """The identifiers in the form in which words are looked up: one look-up a word."""

    def __init__(self, identifiers: Identifiers) -> None:
        self.kinds = (
            ("a child", *_folded(identifiers.children)),
            ("a family", *_folded(identifiers.families)),
            ("a worker", *_folded(identifiers.workers)),
        )
        self.places, self.longest_place = _phrases(identifiers.places)

    def found_in(self, text: str) -> Iterator[tuple[int, str, str]]:
        """Give the places of a line with what is wrong there and what to do."""
        for found in (*_SMALL.finditer(text), *_ONLY.finditer(text)):
            yield found.start(), f"It says how few are meant: '{found[0]}'.", _UNSAID
        for found in _AGED.finditer(text):
            if not _is_of_many(found["before"]):
                yield found.start(), "It gives the age of a single child.", _TAKE_OUT
        for found in _BORN.finditer(text):
            yield found.start(), "It speaks of a date of birth.", _TAKE_OUT
        for pattern, kind in _NUMBERS:
            for found in pattern.finditer(text):
                yield found.start(), f"It has the form of {kind}.", _TAKE_OUT
        yield from self._named_in(text)

    def _named_in(self, text: str) -> Iterator[tuple[int, str, str]]:
        words = list(_WORD.finditer(text))
        is_authors = text.casefold().startswith("author:")
        for kind, phrases, longest in self.kinds:
            if is_authors and kind == "a worker":
                continue
            for place, phrase in _runs(text.casefold(), words, longest):
                if phrase in phrases and _is_meant(text, place, phrase):
                    yield place, f"It names {kind} of the records.", _REMEDIES.get(kind, _TAKE_OUT)
        for place, phrase in _runs(text, words, self.longest_place):
            if phrase in self.places:
                yield place, "It names a place where children of the records live.", _TAKE_OUT


def _folded(names: frozenset[str]) -> tuple[frozenset[str], int]:
    return _phrases(frozenset(name.casefold() for name in names))


def _phrases(names: frozenset[str]) -> tuple[frozenset[str], int]:
    """Put one space between words; give them with the number of words of the longest."""
    spaced = frozenset(" ".join(_WORD.findall(name)) for name in names) - {""}
    return spaced, max((name.count(" ") + 1 for name in spaced), default=0)


def _runs(text: str, words: Sequence[re.Match[str]], longest: int) -> Iterator[tuple[int, str]]:
    """Give every run of neighbouring words up to the longest, with where it begins."""
    told = [text[word.start() : word.end()] for word in words]
    for first, word in enumerate(words):
        for size in range(1, min(longest, len(words) - first) + 1):
            yield word.start(), " ".join(told[first : first + size])


def _is_meant(text: str, place: int, phrase: str) -> bool:
    """Tell an identifier of few digits from a year or a figure by the word before it."""
    is_short = phrase.isdigit() and len(phrase) < _LEAST_DIGITS
    return not is_short or _NAMED.search(text[:place]) is not None


def _is_of_many(before: str | None) -> bool:
    word = (before or "").strip().casefold()
    return word in ("children", "people") or (word.endswith("s") and word not in ("is", "was"))
