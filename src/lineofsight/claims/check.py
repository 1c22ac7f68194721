"""Checking a text: passages into sentences, marks into claims, each held against the facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lineofsight.claims.binding import COMPARING, MOVING, Bound, Context, bind, cue_of
from lineofsight.claims.facts import Facts
from lineofsight.claims.held_differences import hold_difference
from lineofsight.claims.held_movements import (
    hold_consistent,
    hold_good_trend,
    hold_movement,
    hold_multiple,
    hold_steady,
)
from lineofsight.claims.held_numbers import hold_change, hold_compared, hold_own, hold_target
from lineofsight.claims.held_standing import (
    hold_concern,
    hold_most,
    hold_outlier,
    hold_staff,
    hold_standing,
)
from lineofsight.claims.marks import Cue, Cued, Mark, Quantity, When, Whose, of_kind
from lineofsight.claims.naming import Names
from lineofsight.claims.parts import part_spoken_of
from lineofsight.claims.passages import Passage
from lineofsight.claims.sentences import Sentence, sentences, taken_apart
from lineofsight.claims.spans import SpanKind
from lineofsight.claims.statement import Outcome, Ruling, Statement
from lineofsight.comparators.comparator import Area
from lineofsight.measurement.measurement import Described

_REASONS = {
    Cue.PLAN: "A plan, not a figure.",
    Cue.DONE: "An action, not a figure.",
    Cue.CAUSE: "A cause, which figures cannot show.",
    Cue.FORECAST: "A forecast, not a figure.",
    Cue.VIEW: "A view, not a figure.",
}
_AREA_WORDS = {
    Area.STATISTICAL_NEIGHBOURS: "statistical neighbours",
    Area.REGION: "region",
    Area.ENGLAND: "England",
}
# Within these words a number is meant for later, and nothing can be held against it yet.
_TO_COME = {Cue.PLAN, Cue.FORECAST}
_DENIED = re.compile(r"\b(?:not|no longer|never|neither|nor|no)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_SUPPOSED = re.compile(r"\b(?:if|whether|should|could|would|may|might|to)\s+(?:\w+\s+){0,2}$", re.I)
# A reduction that is needed, or worked towards, has not happened.
_WISHED = re.compile(
    r"\b(?:needs?|needed|requir\w+|priorit\w+|would|could|should|must|aim\w*|goals?|focus\w*"
    r"|hop(?:e|es|ing)|wants?|working (?:to|towards?)|committed)\b",
    re.IGNORECASE,
)
# 'Most cases were complex' is not of the heading's cases.
_TOLD_BY_OWN_WORDS = {Cue.MOST, Cue.DOUBLED, Cue.HALVED}
_TURNED = {Outcome.HOLDS: Outcome.FALSE, Outcome.FALSE: Outcome.HOLDS}
_MOST_WORDS = 28
_MOST_MEANT = 3


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads passages one after the other against the same facts."""

    names: Names
    facts: Facts

    def passage(self, passage: Passage) -> Iterator[Statement]:
        """Give the statements of one paragraph, in its order."""
        context = Context(self._heading(passage))
        for offset, text in sentences(passage.text):
            sentence = taken_apart(offset, text, self.names, self.facts)
            found: list[tuple[int, Statement]] = []
            for start, statement, bound in self._of(sentence, passage, context):
                found.append((start, statement))
                if bound is not None and bound.indicator is not None and bound.is_own_word:
                    context = replace(context, earlier=bound.indicator)
            found += self._asides(sentence, passage)
            yield from (one for _, one in sorted(found, key=lambda pair: pair[0]))
            spoken = [when.span for when in of_kind(sentence.marks, When)]
            if spoken:
                context = replace(context, last_month=spoken[-1])

    def _heading(self, passage: Passage) -> tuple[Described, ...]:
        found = (self.names.heading(title) for title in passage.headings)
        return next((one for one in found if one), ())

    def _of(
        self, sentence: Sentence, passage: Passage, context: Context
    ) -> Iterator[tuple[int, Statement, Bound | None]]:
        bounds = list(self._bounds(sentence, context))
        numbers = [(b, b.mark) for b in bounds if isinstance(b.mark, Quantity)]
        words_of = {mark: cue_of(mark, sentence) for _, mark in numbers}
        for bound in bounds:
            mark = bound.mark
            if isinstance(mark, Quantity):
                rulings = self._number(mark, bound, words_of[mark])
            elif mark not in words_of.values():
                rulings = self._word(mark, bound)
            else:
                continue
            for ruling, whose in rulings:
                yield mark.start, self._statement(ruling, whose, bound, passage), bound

    def _bounds(self, sentence: Sentence, context: Context) -> Iterator[Bound]:
        """Bind the numbers and words of a sentence in order; each can inherit from the last."""
        before: Described | None = None
        shares: tuple[Described, ...] = ()
        for mark in sentence.marks:
            if not isinstance(mark, (Quantity, Cued)):
                continue
            aside = sentence.aside(mark)
            if aside is not None and (isinstance(mark, Cued) or aside.cue in _TO_COME):
                continue
            if isinstance(mark, Quantity) and _is_to_come(mark, sentence):
                continue
            so_far = replace(context, before=before, shares=shares)
            bound = bind(mark, sentence, so_far, self.names, self.facts)
            if isinstance(mark, Quantity) and mark.unit == "%":
                shares = bound.meant
            if bound.indicator is not None and bound.is_own_word:
                before = bound.indicator
            yield bound

    def _number(
        self, mark: Quantity, bound: Bound, cued: Cued | None
    ) -> Iterator[tuple[Ruling, Whose]]:
        if not bound.meant:
            if mark.unit or mark.noun:
                why = "No figure that is measured is named by these words."
                yield Ruling(Outcome.UNCHECKED, why), bound.whose[0]
            return
        for whose in bound.whose:
            each = [
                self._held(mark, replace(bound, meant=(one,)), cued, whose)
                for one in bound.meant[:_MOST_MEANT]
            ]
            yield each[0] if len(bound.meant) == 1 else _of_several(bound, each), whose

    def _held(self, mark: Quantity, bound: Bound, cued: Cued | None, whose: Whose) -> Ruling:
        """Hold a number against one indicator."""
        missing = self.facts.findings[bound.meant[0].id].measurement.unmeasurable
        if missing is not None:
            return Ruling(Outcome.UNCHECKED, f"It cannot be measured. {missing.reason}")
        if whose.is_elsewhere:
            return Ruling(Outcome.UNCHECKED, "The figure of another place, which is not at hand.")
        if cued is not None or mark.unit == " points":
            return _of_the_whole(hold_difference(mark, bound, cued, self.facts), bound)
        if mark.is_change:
            return _of_the_whole(hold_change(mark, bound, self.facts), bound)
        own = hold_own(mark, bound, self.facts)
        if whose.is_own:
            return _of_the_whole(own, bound)
        if whose.is_target or whose.area is None:
            other = hold_target(mark, bound, self.facts)
        else:
            other = hold_compared(mark, bound, whose.area, self.facts)
        # 'Performance against the 15-day target was 73%': the area only stood near the number.
        is_near = whose.is_target or bound.sentence.at(whose) != bound.clause
        is_own = own.outcome is Outcome.HOLDS and other.outcome is not Outcome.HOLDS
        return own if is_near and is_own else other

    def _word(self, mark: Cued, bound: Bound) -> Iterator[tuple[Ruling, Whose]]:
        """Hold words without a number; words that are about nothing measured are left alone."""
        text = bound.sentence.text
        if _SUPPOSED.search(text[: mark.start]) or bound.indicator is None:
            return
        if mark.cue in _TOLD_BY_OWN_WORDS and not bound.is_own_word:
            return
        if mark.cue in MOVING and _WISHED.search(bound.sentence.words_of(bound.clause)):
            return
        ruling = self._ruled(mark, bound)
        if ruling is None:
            return
        if _DENIED.search(text[: mark.start]):
            ruling = Ruling(_TURNED.get(ruling.outcome, ruling.outcome), ruling.why)
        yield ruling, bound.whose[0]

    def _ruled(self, mark: Cued, bound: Bound) -> Ruling | None:
        facts = self.facts
        if mark.cue in COMPARING:
            areas = _compared_areas(mark, bound)
            return hold_standing(mark, bound, areas, facts) if areas else None
        if mark.cue in MOVING and not _is_a_claim(mark, bound):
            return None
        match mark.cue:
            case Cue.STEADY:
                return hold_steady(mark, bound, facts)
            case Cue.GOOD_TREND:
                return hold_good_trend(bound, facts)
            case Cue.CONSISTENT:
                return hold_consistent(bound, facts)
            case Cue.OUTLIER:
                return hold_outlier(bound, facts)
            case Cue.CONCERN:
                return hold_concern(bound, facts)
            case Cue.DOUBLED | Cue.HALVED:
                return hold_multiple(mark, bound, facts)
            case Cue.MOST:
                return hold_most(mark, bound, facts)
            case Cue.STAFF_ADDED:
                return hold_staff(bound, facts)
        return hold_movement(mark, bound, facts)

    def _asides(self, sentence: Sentence, passage: Passage) -> Iterator[tuple[int, Statement]]:
        """Plans, actions, causes, forecasts and views: said to be what they are."""
        for mark in sentence.asides:
            ruling = Ruling(Outcome.UNCHECKED, _REASONS[mark.cue])
            words = _clipped(sentence.text[mark.start : mark.end])
            place = passage.place_at(sentence.offset + mark.start)
            yield mark.start, Statement(place, words, ruling)

    def _statement(self, ruling: Ruling, whose: Whose, bound: Bound, passage: Passage) -> Statement:
        place = passage.place_at(bound.sentence.offset + bound.mark.start)
        words = _clipped(_quoted(whose, bound), bound.mark, bound)
        if bound.indicator is None:
            return Statement(place, words, ruling)
        indicator = bound.indicator
        about = _about(whose, bound)
        return Statement(
            place, words, ruling, indicator.id, indicator.brief or indicator.name, about
        )


def check(passages: Sequence[Passage], names: Names, facts: Facts) -> tuple[Statement, ...]:
    """Find every statement of a text that figures can tell of, and hold each against the facts."""
    reader = _Reader(names, facts)
    return tuple(one for passage in passages for one in reader.passage(passage))


def _of_the_whole(ruling: Ruling, bound: Bound) -> Ruling:
    """A number of a part only is not contradicted by the figure of the whole."""
    part = part_spoken_of(bound) if ruling.outcome is Outcome.FALSE else ""
    return Ruling(Outcome.UNCHECKED, f"{part} {ruling.why}") if part else ruling


def _of_several(bound: Bound, rulings: Sequence[Ruling]) -> Ruling:
    """Where words can mean several figures, a number holds if one has it, and is never false."""
    named = [
        (one.brief or one.name, ruling) for one, ruling in zip(bound.meant, rulings, strict=False)
    ]
    for name, ruling in named:
        if ruling.outcome in (Outcome.HOLDS, Outcome.HOLDS_BUT):
            return Ruling(Outcome.HOLDS_BUT, f"If '{name}' is meant. {ruling.why}")
    said = "; ".join(f"'{name}': {ruling.why.rstrip('.')}" for name, ruling in named)
    return Ruling(Outcome.UNCHECKED, f"It can be of several figures. {said}.")


def _is_to_come(mark: Quantity, sentence: Sentence) -> bool:
    """'A 20% reduction is planned': a plan or a forecast follows in the clause of the number."""
    clause = sentence.clauses[sentence.at(mark)]
    return any(
        aside.cue in _TO_COME and mark.end <= aside.start < clause.end for aside in sentence.asides
    )


def _compared_areas(mark: Cued, bound: Bound) -> tuple[Whose, ...]:
    """The areas right after a word of comparison, and those joined to them by 'and'."""
    sentence, number = bound.sentence, bound.clause
    inside = [w for w in sentence.inside(number, Whose) if w.start >= mark.end]
    number += 1
    while number < len(sentence.clauses) and sentence.clauses[number].opener in (
        "and",
        ",",
        "than",
    ):
        inside += sentence.inside(number, Whose)
        number += 1
    return tuple(one for one in inside if one.area is not None)


def _is_a_claim(mark: Cued, bound: Bound) -> bool:
    """Tell a claim of movement from a passing word: it says since when, or names what moved.

    'Reduced caseloads will be critical' claims nothing; 'an increase in July' does.
    """
    if mark.cue is Cue.STEADY or bound.span.kind is not SpanKind.UNSAID:
        return True
    has_quantity = bool(bound.sentence.inside(bound.clause, Quantity))
    is_in_a_plan = any(aside.cue in _TO_COME for aside in bound.sentence.asides)
    return bound.is_own_word and not has_quantity and not is_in_a_plan


def _about(whose: Whose, bound: Bound) -> str:
    if whose.is_target:
        return "target"
    if whose.area is not None:
        said = bound.span.kind is not SpanKind.UNSAID
        return f"{_AREA_WORDS[whose.area]}{f', {bound.span.words}' if said else ''}"
    return "" if bound.span.kind is SpanKind.UNSAID else bound.span.words


def _quoted(whose: Whose, bound: Bound) -> str:
    """The clause of a statement, from the clause on in which its area stands."""
    sentence, clause = bound.sentence, bound.sentence.clauses[bound.clause]
    start = clause.start
    if whose.area is not None and whose.start < start:
        start = sentence.clauses[sentence.at(whose)].start
    return sentence.text[start : clause.end]


def _clipped(text: str, mark: Mark | None = None, bound: Bound | None = None) -> str:
    """The words of a statement, at most so many; around its number where they are more."""
    words = text.strip(" ,.;:").split()
    if len(words) <= _MOST_WORDS or mark is None or bound is None:
        short = " ".join(words[:_MOST_WORDS])
        return short if len(words) <= _MOST_WORDS else f"{short} …"
    clause = bound.sentence.clauses[bound.clause]
    before = len(bound.sentence.text[clause.start : mark.start].split())
    first = max(0, min(before - _MOST_WORDS // 2, len(words) - _MOST_WORDS))
    return f"… {' '.join(words[first : first + _MOST_WORDS])} …"
