"""Sentences taken apart: their marks, and the clauses those stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from lineofsight.claims.areas import areas
from lineofsight.claims.cues import NOT_FIGURES, cues
from lineofsight.claims.facts import Facts
from lineofsight.claims.marks import (
    Cued,
    M,
    Mark,
    Quantity,
    Structure,
    When,
    Whose,
    of_kind,
    without_overlaps,
)
from lineofsight.claims.naming import Names
from lineofsight.claims.periods import periods
from lineofsight.claims.quantities import quantities, structures, units_alone

_SENTENCE_ENDS = re.compile(
    r"(?<![.\s](?:e\.g|i\.e))(?<!\bapprox)(?<!\bno)(?<!\betc)(?<!\bcf)(?<!\bvs)[.!?][\"')]*\s+"
    r"(?=[A-Z0-9\"'(•])|(?<=[a-z0-9%]);?\s+•\s+",
    re.IGNORECASE,
)
_BREAKS = re.compile(
    r"[;,()]|\s[–—-]\s|\b(?:and|but|whilst|while|although|though|however|whereas|with an?|which"
    r"|(?:when |as )?compared (?:with|to)|against|versus|vs\.?|than|unlike)\b",
    re.IGNORECASE,
)
SINCE_THEN = re.compile(
    r"\bsince (?:then|(?:this|that|the) (?!start|beginning|end)\w+)", re.IGNORECASE
)
_COMPARING = re.compile(r"compared|against|versus|vs|than|unlike", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence between two breaks; `opener` is the break before it."""

    start: int
    end: int
    opener: str

    @property
    def is_compared_with(self) -> bool:
        """Whether it only says what something is compared with."""
        return bool(_COMPARING.search(self.opener))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its marks and clauses; `asides` say which parts of it are no figures."""

    text: str
    offset: int
    marks: tuple[Mark, ...]
    clauses: tuple[Clause, ...]
    asides: tuple[Cued, ...]

    def at(self, mark: Mark) -> int:
        """Give the number of the clause a mark begins in."""
        numbered = enumerate(self.clauses)
        return max(n for n, clause in numbered if clause.start <= mark.start)

    def inside(self, number: int, kind: type[M]) -> tuple[M, ...]:
        """Give the marks of one kind in one clause."""
        return tuple(mark for mark in of_kind(self.marks, kind) if self.at(mark) == number)

    def words_of(self, number: int) -> str:
        """Give the text of one clause."""
        clause = self.clauses[number]
        return self.text[clause.start : clause.end]

    def telling(self, number: int) -> str:
        """Give the words of a clause that can name an indicator.

        Without numbers, areas, periods, and what is claimed; what is counted stays.
        """
        clause = self.clauses[number]
        found, at = "", clause.start
        for mark in self.marks:
            is_own = isinstance(mark, Whose) and mark.is_own
            is_told = isinstance(mark, (Cued, Whose, Quantity, When)) and not is_own
            if not is_told or self.at(mark) != number:
                continue
            noun = mark.noun if isinstance(mark, Quantity) else ""
            found += f"{self.text[at : mark.start]} {noun} "
            at = mark.end
        return " ".join((found + self.text[at : clause.end]).split())

    def aside(self, mark: Mark) -> Cued | None:
        """Give the words without a figure that a mark stands within."""
        within = (a for a in self.asides if a.start <= mark.start and mark.end <= a.end)
        return next(within, None)


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Split a paragraph into its sentences, each with its offset."""
    start = 0
    for found in _SENTENCE_ENDS.finditer(text):
        if re.search(r"\b(?:e\.g|i\.e|approx|etc|cf|vs)\.$", text[: found.end()].rstrip()):
            continue
        yield start, text[start : found.end()].strip()
        start = found.end()
    if text[start:].strip():
        yield start, text[start:].strip()


def taken_apart(offset: int, text: str, names: Names, facts: Facts) -> Sentence:
    """Find the marks of a sentence and its clauses."""
    every, named = tuple(cues(text)), tuple(names.named(text))
    asides = tuple(
        mark
        for mark in without_overlaps(one for one in every if one.cue in NOT_FIGURES)
        if isinstance(mark, Cued) and not any(name.covers(mark) for name in named)
    )
    marks = without_overlaps(
        chain(
            named,
            periods(text, facts.month),
            (Structure(*found.span()) for found in SINCE_THEN.finditer(text)),
            structures(text),
            quantities(text),
            units_alone(text),
            (one for one in every if one.cue not in NOT_FIGURES),
            areas(text, facts.own_names, facts.region),
        )
    )
    return Sentence(text, offset, marks, tuple(_clauses(text, marks)), asides)


def _clauses(text: str, marks: tuple[Mark, ...]) -> Iterator[Clause]:
    start, opener = 0, ""
    for found in _BREAKS.finditer(text):
        if any(mark.start < found.end() and found.start() < mark.end for mark in marks):
            continue
        if text[start : found.start()].strip():
            yield Clause(start, found.start(), opener)
            opener = ""
        opener = f"{opener} {found[0].strip().casefold()}".strip()
        start = found.end()
    if text[start:].strip(" ."):
        yield Clause(start, len(text), opener)


def count_of(sentence: Sentence, number: int) -> int:
    """Count the numbers that one clause claims."""
    return len(sentence.inside(number, Quantity))
