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
from lineofsight.claims.vocabulary import terms
from lineofsight.measurement.measurement import Described

OWN = Whose(0, 0, None)
# What 'additional staff' is told by.
STAFF_BEYOND = "workforce.additional_staff"
_RATE = re.compile(r"\brates?\b|per 10,?000", re.IGNORECASE)
_SHARE = re.compile(r"%|per ?cent|\b(?:percentage|proportion|share|timeliness)\b", re.IGNORECASE)
_WHAT_MOVED = re.compile(r"\s+(?:in|of|to)\s+(?P<what>[a-z].*)", re.IGNORECASE | re.DOTALL)
# What stands for the figure itself: 'an increase in demand', 'a reduction in this'.
_VAGUE = terms("performance level levels trend again overall further since area service")
_NUMBER_OF = re.compile(r"\bnumbers? of\b", re.IGNORECASE)
_SHORT_CLAUSE = 7
_REST = re.compile(
    r"\b(?:late|overdue|missed|outside|beyond|out of (?:time|timescales?)|not|no|never|without"
    r"|failed)\b|n't\b",
    re.IGNORECASE,
)
# What may stand between a word of movement and its size: 'up by 3%', 'a fall of about 3'.
_BEFORE_SIZE = re.compile(
    r"(?:(?:by|of)\s*)?(?:about|around|some|nearly|almost|just over)?\s*(?:an?)?"
)
_AFTER_SIZE = re.compile(r"\s*(?:(?P<up>more|higher|extra|up)|(?P<down>fewer|less|lower|down))\b")


@dataclass(frozen=True, slots=True)
class Context:
    """What a clause inherits.

    `before` was spoken of in the same sentence, `earlier` in one before it, `heading` are the
    indicators of the heading; `shares` are what the last percentage of the sentence can be of, and
    `last_month` is the period that was spoken of last.
    """

    heading: tuple[Described, ...] = ()
    before: Described | None = None
    earlier: Described | None = None
    shares: tuple[Described, ...] = ()
    last_month: Span | None = None

    @property
    def near(self) -> tuple[Described, ...]:
        return () if self.before is None else (self.before,)

    @property
    def far(self) -> tuple[Described, ...]:
        return () if self.earlier is None else (self.earlier,)


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
    def is_complement(self) -> bool:
        """Whether a share is spoken of by what is left: 'late' where the figure is in time."""
        one = self.meant[0]
        words = self.sentence.words_of(self.clause)
        is_rest = bool(_REST.search(words)) and not _REST.search(f"{one.name} {one.brief}")
        return one.unit == "%" and is_rest

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
    meant, is_own = _meant(mark, number, sentence, context, names, facts)
    return Bound(mark, sentence, meant, span, whose, is_own)


def cue_of(quantity: Quantity, sentence: Sentence) -> Cued | None:
    """Give the word that makes a number a difference: 'up 3%', 'a fall of 3', '3 points below'."""
    if quantity.is_change:
        return None
    for cued in sentence.inside(sentence.at(quantity), Cued):
        before, after = (
            sentence.text[cued.end : quantity.start],
            sentence.text[quantity.end : cued.start],
        )
        is_before = cued.end <= quantity.start and _BEFORE_SIZE.fullmatch(before.strip())
        if cued.cue in MOVING and is_before:
            return cued
        has_size = quantity.unit == " points" or bool(quantity.noun)
        is_after = quantity.end <= cued.start and not after.strip()
        if cued.cue in COMPARING | MOVING and is_after and has_size:
            return cued
    found = _AFTER_SIZE.match(sentence.text, quantity.end)
    if found is None:
        return None
    return Cued(found.start(), found.end(), Cue.UP if found["up"] else Cue.DOWN)


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
    mark: Quantity | Cued,
    number: int,
    sentence: Sentence,
    context: Context,
    names: Names,
    facts: Facts,
) -> tuple[tuple[Described, ...], bool]:
    """Find the indicator: the clause's own words first, then what stands before, then the heading.

    Gives the indicators that can be meant, and whether the clause itself names one.
    """
    if isinstance(mark, Cued) and mark.cue is Cue.STAFF_ADDED:
        return tuple(one for one in facts.indicators if one.id == STAFF_BEYOND), True
    if context.shares and _is_count_in_brackets(mark, number, sentence):
        return context.shares, True
    words, text = sentence.telling(number), sentence.words_of(number)
    fits, tells = _fitting(mark, sentence), names.tells(words)
    if chosen := [one for one in _word_for_word(mark, number, sentence, names) if fits(one)]:
        return tuple(chosen), True
    heading = [one for one in context.heading if fits(one)]
    near = [*(one for one in context.near if fits(one)), *heading]
    far = [one for one in context.far if fits(one)]
    so_far = " ".join(sentence.telling(n) for n in range(number + 1))
    if isinstance(mark, Cued) and mark.cue is Cue.MOST and not tells:
        return names.meant(so_far, fits, (), heading), True
    if (near or far) and not tells:
        is_else = isinstance(mark, Cued) and _speaks_of_else(mark, sentence)
        return () if is_else else ((near or far)[0],), False
    among = near[: len(near) - len(heading)]
    if sure := names.meant(words, _narrower(fits, mark, text), among, heading):
        return _told_by_all(narrowed(sure, mark, words, facts), sentence, names), True
    # Words that tell of something else than the heading, but not plainly: both can be meant.
    unsure = [one for one in near if one.unit or not tells][:1]
    if told := narrowed(names.meant(words, fits), mark, words, facts):
        return _told_by_all(tuple(dict.fromkeys((*told, *unsure))), sentence, names), True
    if unsure and isinstance(mark, Cued):
        # Words that tell of something else are not of the heading.
        return names.meant(so_far, fits, (), heading), True
    if unsure:
        return tuple(unsure), False
    whole = " ".join(sentence.telling(n) for n in range(len(sentence.clauses)))
    for told_in in (so_far, whole):
        if found := narrowed(names.meant(told_in, fits), mark, told_in, facts):
            return found, False
    if isinstance(mark, Quantity) and mark.noun and not mark.unit and not near:
        # No number of these is kept, but a share of them may be: then it is its numerator.
        return names.meant(words, lambda one: one.unit == "%"), True
    return tuple(near[:1]), False


def _is_count_in_brackets(mark: Quantity | Cued, number: int, sentence: Sentence) -> bool:
    """'2.9% (12 children)': the number behind the share."""
    if not isinstance(mark, Quantity) or mark.unit or not number:
        return False
    shares = [q for q in sentence.inside(number - 1, Quantity) if q.unit == "%"]
    return bool(shares) and sentence.clauses[number].opener == "("


def _speaks_of_else(cued: Cued, sentence: Sentence) -> bool:
    """'An increase in domestic abuse': what moved is named, and is nothing that is measured."""
    others = (mark.start for mark in sentence.marks if mark.start >= cued.end)
    until = min((*others, sentence.clauses[sentence.at(cued)].end))
    found = _WHAT_MOVED.match(sentence.text[cued.end : until])
    return found is not None and bool(terms(found["what"]) - _VAGUE)


def _told_by_all(
    candidates: tuple[Described, ...], sentence: Sentence, names: Names
) -> tuple[Described, ...]:
    """Let the rest of the sentence decide: '73% of conferences (44 of 60) were in time'."""
    whole = " ".join(sentence.telling(n) for n in range(len(sentence.clauses)))
    chosen = names.meant(whole, lambda one: one in candidates) if len(candidates) > 1 else ()
    return chosen if len(chosen) == 1 else candidates


def _narrower(
    fits: Callable[[Described], bool], mark: Quantity | Cued, text: str
) -> Callable[[Described], bool]:
    """A bare number is a number, unless the text speaks of a rate or a share."""
    is_bare = isinstance(mark, Quantity) and not mark.unit and not mark.noun
    if is_bare and not _RATE.search(text) and not _SHARE.search(text):
        return lambda one: fits(one) and not one.unit
    return fits


def _word_for_word(
    mark: Mark, number: int, sentence: Sentence, names: Names
) -> tuple[Described, ...]:
    named = [m for m in sentence.marks if isinstance(m, Named) and sentence.at(m) <= number]
    before = [m for m in named if m.end <= mark.start]
    inside = [m for m in named if sentence.at(m) == number]
    chosen = (before or inside)[-1:]
    return names.of(identity for one in chosen for identity in one.indicators)


def _fitting(mark: Quantity | Cued, sentence: Sentence) -> Callable[[Described], bool]:
    """Which indicators a number can be of, by its unit; a difference in per cent of any."""
    if isinstance(mark, Cued):
        return _of_kind(mark, sentence.words_of(sentence.at(mark)))
    is_growth = mark.unit == "%" and cue_of(mark, sentence) is not None
    unit = {" of": "%", " points": "%"}.get(mark.unit, mark.unit)
    if not is_growth and (unit or mark.noun):
        return lambda one: one.unit == unit
    return lambda one: True


def _of_kind(mark: Cued, text: str) -> Callable[[Described], bool]:
    """Which indicators words without a number can be of: a number, a rate or a share, if said."""
    if mark.cue is Cue.MOST:
        return lambda one: one.unit == "%"
    if _NUMBER_OF.search(text):
        return lambda one: one.unit == ""
    return lambda one: True


def narrowed(
    candidates: tuple[Described, ...], mark: Quantity | Cued, text: str, facts: Facts
) -> tuple[Described, ...]:
    """Narrow down what words can mean: what is measured, spoken of so, counted so, compared."""
    unit = "%" if _SHARE.search(text) else " per 10,000" if _RATE.search(text) else ""
    noun = mark.noun if isinstance(mark, Quantity) else ""
    is_standing = isinstance(mark, Cued) and mark.cue in STANDING
    tests: tuple[Callable[[Described], bool], ...] = (
        lambda one: facts.findings[one.id].measurement.unmeasurable is None,
        lambda one: not is_standing or bool(facts.findings[one.id].evidence.comparisons),
        lambda one: one.unit == unit,
        lambda one: one.counted.split()[-1] in (noun or text),
    )
    for test in tests:
        kept = tuple(one for one in candidates if test(one))
        candidates = kept or candidates
        if len(candidates) == 1:
            break
    return candidates


STANDING = COMPARING | {Cue.OUTLIER, Cue.CONCERN}
