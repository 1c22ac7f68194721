"""Binding: which indicator, period and area a number or a word of a sentence speaks of."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lineofsight.claims.facts import Facts
from lineofsight.claims.marks import Cue, Cued, Mark, Named, Quantity, When, Whose
from lineofsight.claims.naming import Names
from lineofsight.claims.periods import unsaid
from lineofsight.claims.sentences import SINCE_THEN, Sentence, count_of
from lineofsight.claims.spans import Span, SpanKind
from lineofsight.measurement.measurement import Described

OWN = Whose(0, 0, None)
_RATE = re.compile(r"\brates?\b|per 10,?000", re.IGNORECASE)
_SHARE = re.compile(r"%|per ?cent|\b(?:percentage|proportion|share|timeliness)\b", re.IGNORECASE)
_SHORT_CLAUSE = 7
# Words of comparison need no area of their own where they are about a time.
_ANY_UNIT: Callable[[Described], bool] = lambda one: True  # noqa: E731


@dataclass(frozen=True, slots=True)
class Context:
    """What a clause inherits.

    `before` was spoken of in the same sentence, `earlier` in one before it, `heading` are the
    indicators of the heading; `last_month` is the period that was spoken of last.
    """

    heading: tuple[Described, ...] = ()
    before: Described | None = None
    earlier: Described | None = None
    last_month: Span | None = None

    @property
    def inherited(self) -> tuple[Described, ...]:
        """What a clause without words of its own is about, the likeliest first."""
        near = () if self.before is None else (self.before,)
        far = () if self.earlier is None else (self.earlier,)
        return (*near, *self.heading, *far)


@dataclass(frozen=True, slots=True)
class Bound:
    """A number or a word bound: what of, when, and whose.

    `meant` are the indicators it can be of, one where that is plain; `is_own_word` says that the
    clause itself names it. `whose` has one entry for each area.
    """

    mark: Quantity | Cued
    sentence: Sentence
    meant: tuple[Described, ...]
    span: Span
    whose: tuple[Whose, ...]
    is_own_word: bool = False

    @property
    def indicator(self) -> Described | None:
        return self.meant[0] if len(self.meant) == 1 else None

    @property
    def clause(self) -> int:
        return self.sentence.at(self.mark)


def bind(
    mark: Quantity | Cued, sentence: Sentence, context: Context, names: Names, facts: Facts
) -> Bound:
    """Bind one number or word of a sentence."""
    number = sentence.at(mark)
    whose = _whose(mark, number, sentence)
    own_only = any(one.area is not None for one in whose)
    span = _span(mark, number, sentence, facts, context, same_clause=own_only)
    meant, is_own = _meant(mark, number, sentence, context, names)
    return Bound(mark, sentence, meant, span, whose, is_own)


def _whose(mark: Mark, number: int, sentence: Sentence) -> tuple[Whose, ...]:
    inside = [w for w in sentence.inside(number, Whose) if not _is_compared_by(w, sentence)]
    if inside:
        nearest = _nearest(mark, inside)
        joined = () if nearest.area is None else _joined_areas(number, sentence)
        return (*joined, nearest)
    if after := _in_brackets_after(number, sentence):
        return after
    if before := _alone_before(number, sentence):
        return before
    return (OWN,)


def _is_compared_by(area: Whose, sentence: Sentence) -> bool:
    """Tell whether an area stands right after a word of comparison: 'above the national average'.

    Then it is what something else is held against, unless a number follows it.
    """
    cued = [c for c in sentence.inside(sentence.at(area), Cued) if c.cue in COMPARING]
    follows = any(0 <= area.start - cue.end <= 4 for cue in cued)
    quantities = sentence.inside(sentence.at(area), Quantity)
    return follows and not any(q.start >= area.end for q in quantities)


COMPARING = frozenset({Cue.ABOVE, Cue.BELOW, Cue.BETTER_THAN, Cue.WORSE_THAN, Cue.ALIKE})


def _nearest(mark: Mark, areas: Sequence[Whose]) -> Whose:
    """The last area before a number, else the first after it."""
    before = [area for area in areas if area.end <= mark.start]
    return before[-1] if before else areas[0]


def _joined_areas(number: int, sentence: Sentence) -> tuple[Whose, ...]:
    """'Regional and national averages are 81%': areas of the clauses before, joined by 'and'."""
    found: list[Whose] = []
    while number and sentence.clauses[number].opener in ("and", ",", ", and", "&"):
        number -= 1
        others = [w for w in sentence.inside(number, Whose) if w.area is not None]
        if not others or count_of(sentence, number):
            break
        found.insert(0, others[-1])
    return tuple(found)


def _in_brackets_after(number: int, sentence: Sentence) -> tuple[Whose, ...]:
    """'84% (statistical neighbours)'."""
    after = number + 1
    if after >= len(sentence.clauses) or sentence.clauses[after].opener != "(":
        return ()
    return () if count_of(sentence, after) else sentence.inside(after, Whose)


def _alone_before(number: int, sentence: Sentence) -> tuple[Whose, ...]:
    """'For statistical neighbours, 84%': a short clause of an area alone."""
    before = number - 1
    if before < 0 or count_of(sentence, before) or sentence.clauses[before].is_compared_with:
        return ()
    is_short = len(sentence.words_of(before).split()) <= _SHORT_CLAUSE
    has_cue = bool(sentence.inside(before, Cued))
    return sentence.inside(before, Whose) if is_short and not has_cue else ()


def _span(
    mark: Mark,
    number: int,
    sentence: Sentence,
    facts: Facts,
    context: Context,
    *,
    same_clause: bool,
) -> Span:
    inside = sentence.inside(number, When)
    if inside:
        return min(inside, key=lambda when: _distance(mark, when)).span
    if SINCE_THEN.search(sentence.words_of(number)):
        spoken = _spoken_before(mark, sentence) or context.last_month
        if spoken is not None:
            return Span(spoken.last, facts.month, SpanKind.SINCE)
    if same_clause:
        return unsaid(facts.month)
    return _carried(number, sentence) or unsaid(facts.month)


def _spoken_before(mark: Mark, sentence: Sentence) -> Span | None:
    spoken = [m for m in sentence.marks if isinstance(m, When) and m.end <= mark.start]
    return spoken[-1].span if spoken else None


def _distance(mark: Mark, other: Mark) -> int:
    return max(other.start - mark.end, mark.start - other.end)


def _carried(number: int, sentence: Sentence) -> Span | None:
    """'In August, 89% …' and '89% …, in August': a period in a clause without a number."""
    first = next((n for n in range(len(sentence.clauses)) if count_of(sentence, n)), number)
    for before in range(min(first, number) - 1, -1, -1):
        if spoken := sentence.inside(before, When):
            return spoken[-1].span
    after = number + 1
    if after < len(sentence.clauses) and not count_of(sentence, after):
        spoken = sentence.inside(after, When)
        is_cued = any(cued.cue in MOVING for cued in sentence.inside(after, Cued))
        return spoken[0].span if spoken and not is_cued else None
    return None


MOVING = frozenset({Cue.UP, Cue.DOWN, Cue.BETTER, Cue.WORSE, Cue.STEADY, Cue.LEVEL})


def _meant(
    mark: Quantity | Cued, number: int, sentence: Sentence, context: Context, names: Names
) -> tuple[tuple[Described, ...], bool]:
    """Find the indicator: the clause's own words first, then what stands before, then the heading.

    Gives the indicators that can be meant, and whether the clause itself names one.
    """
    fits = _fitting(mark)
    exact = _named_word_for_word(mark, number, sentence, names)
    if chosen := [one for one in exact if fits(one)]:
        return tuple(chosen), True
    words = sentence.telling(number)
    inherited = [one for one in context.inherited if fits(one)]
    tells = names.tells(words)
    if inherited and not tells:
        return (inherited[0],), False
    told = names.meant(words, fits, among=inherited)
    if told:
        return _plain(told, sentence.words_of(number)), True
    if inherited:
        return (inherited[0],), False
    so_far = " ".join(sentence.telling(n) for n in range(number + 1))
    whole = " ".join(sentence.telling(n) for n in range(len(sentence.clauses)))
    for text in (so_far, whole):
        if found := _plain(names.meant(text, fits), text):
            return found, False
    return (), False


def _named_word_for_word(
    mark: Mark, number: int, sentence: Sentence, names: Names
) -> tuple[Described, ...]:
    named = [m for m in sentence.marks if isinstance(m, Named) and sentence.at(m) <= number]
    before = [m for m in named if m.end <= mark.start]
    inside = [m for m in named if sentence.at(m) == number]
    chosen = (before or inside)[-1:]
    return names.of(identity for one in chosen for identity in one.indicators)


def _fitting(mark: Quantity | Cued) -> Callable[[Described], bool]:
    """Which indicators a number can be of, by its unit."""
    if isinstance(mark, Cued):
        return (lambda one: one.unit == "%") if mark.cue is Cue.MOST else _ANY_UNIT
    unit = {" of": "%", " points": "%"}.get(mark.unit, mark.unit)
    if unit or mark.noun:
        return lambda one: one.unit == unit
    return _ANY_UNIT


def _plain(candidates: tuple[Described, ...], text: str) -> tuple[Described, ...]:
    """Of figures of one thing take the rate, the share or the number, as the text speaks of it."""
    if len(candidates) < 2:
        return candidates
    unit = "%" if _SHARE.search(text) else " per 10,000" if _RATE.search(text) else ""
    chosen = tuple(one for one in candidates if one.unit == unit)
    return chosen or candidates
