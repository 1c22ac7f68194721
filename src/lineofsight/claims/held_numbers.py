"""Numbers held against the facts: the authority's own, its comparators', its target's, changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from lineofsight.claims.binding import Bound
from lineofsight.claims.facts import Facts, Reading, earlier_readings
from lineofsight.claims.fitting import Fit, fit, rounded
from lineofsight.claims.marks import Cue, Cued, Quantity
from lineofsight.claims.spans import Span, SpanKind
from lineofsight.claims.statement import Outcome, Ruling
from lineofsight.comparators.comparator import Area, Comparator
from lineofsight.measurement.measurement import round_half_up
from lineofsight.overview.figures import comparator_text, level_text
from lineofsight.reference.periods import Month

_MONTHS_LOOKED_BACK = 24
_CONSISTENTLY = re.compile(
    r"\b(?:consistently|always|every month)(?: (?:been|at|stayed|remained|kept))?\s*$",
    re.IGNORECASE,
)
_AREA_NAMES = {
    Area.STATISTICAL_NEIGHBOURS: "the statistical neighbours",
    Area.REGION: "the region",
    Area.ENGLAND: "England",
}


def hold_own(quantity: Quantity, bound: Bound, facts: Facts) -> Ruling:
    """Hold a number against the authority's own figure of the period that was said."""
    if bound.span.kind is SpanKind.SINCE:
        is_sum = not bound.meant[0].is_snapshot
        bound = replace(
            bound, span=replace(bound.span, kind=SpanKind.MONTHS if is_sum else SpanKind.UNSAID)
        )
    if _CONSISTENTLY.search(bound.sentence.text[: quantity.start]):
        return _hold_every_month(quantity, bound, facts)
    if quantity.unit == " of":
        return _hold_parts(quantity, bound, facts)
    if bound.span.kind is SpanKind.UNSAID:
        return _hold_unsaid(quantity, bound, facts)
    reading = _read(bound, facts)
    if reading is None:
        return no_records(bound)
    found = fit(quantity, exact_of(quantity, bound, reading))
    if found is Fit.NOT:
        return _not_so(quantity, bound, reading, facts)
    return _so(quantity, bound, reading, found, facts)


def hold_compared(quantity: Quantity, bound: Bound, area: Area, facts: Facts) -> Ruling:
    """Hold a number against what was published for an area: the year the paper uses, then others.

    Where the sentence names a period, only the year that ends in it or holds it.
    """
    identity = _identity(bound)
    known = facts.compared(identity, area)
    named = tuple(one for one in known if _is_of(one, bound.span))
    if bound.span.kind is not SpanKind.UNSAID and not named:
        return _of_unknown_year(quantity, bound, area, facts)
    known = named or known
    if not known:
        why = f"No published figure of {_AREA_NAMES[area]} for this is at hand."
        return Ruling(Outcome.UNCHECKED, why)
    used, *others = known
    found = _compared_fit(quantity, used)
    if found is Fit.FITS:
        return Ruling(Outcome.HOLDS, _sentence(facts.compared_words(used)))
    for other in others:
        if _compared_fit(quantity, other) is Fit.FITS:
            why = f"It is {facts.compared_words(other)}; the newest used is {_said(used, facts)}."
            return Ruling(Outcome.HOLDS_BUT, why)
    if found is Fit.NEARLY:
        return Ruling(Outcome.HOLDS_BUT, f"Rounded, it is {facts.compared_words(used)}.")
    elsewhere = _of_another_area(quantity, identity, area, facts)
    return Ruling(Outcome.FALSE, f"{_sentence(facts.compared_words(used))}{elsewhere}")


def _of_unknown_year(quantity: Quantity, bound: Bound, area: Area, facts: Facts) -> Ruling:
    """Where the year that is named is not at hand, another year's figure may still be it."""
    known = facts.compared(_identity(bound), area)
    for one in known:
        if _compared_fit(quantity, one) is Fit.FITS:
            return Ruling(Outcome.HOLDS_BUT, f"It is {facts.compared_words(one)}.")
    newest = f" The newest is {_said(known[0], facts)}." if known else ""
    why = f"No published figure of {_AREA_NAMES[area]} for {bound.span.words} is at hand."
    return Ruling(Outcome.UNCHECKED, f"{why}{newest}")


def hold_target(quantity: Quantity, bound: Bound, facts: Facts) -> Ruling:
    """Hold a number against the authority's own target."""
    target = facts.findings[_identity(bound)].evidence.target
    if target is None:
        return Ruling(Outcome.UNCHECKED, "The authority's settings name no target for this.")
    measurement = facts.findings[_identity(bound)].measurement
    said = f"The target is {level_text(measurement, target.value)}."
    holds = fit(quantity, target.value) is Fit.FITS
    return Ruling(Outcome.HOLDS if holds else Outcome.FALSE, said)


def hold_change(quantity: Quantity, bound: Bound, facts: Facts) -> Ruling:
    """Hold 'from 80% to 73%' against the newest figure and an earlier one."""
    assert quantity.other is not None
    after = replace(quantity, number=quantity.other, other=None)
    before = replace(quantity, other=None)
    span = bound.span if bound.span.kind is SpanKind.MONTH else _now(facts)
    now = facts.reading(_identity(bound), span)
    if now is None:
        return no_records(bound)
    if _is_contrary(quantity, bound):
        return Ruling(Outcome.FALSE, "The two numbers go the other way than the word says.")
    months = facts.monthly(_identity(bound), span.last - 1, _MONTHS_LOOKED_BACK)
    earlier = [one for one in reversed(months) if fit(before, one.exact) is Fit.FITS]
    if fit(after, now.exact) is Fit.FITS and earlier:
        return Ruling(Outcome.HOLDS, f"It was {earlier[0].words} and {now.words}.")
    for was, is_now in _rolling_pairs(bound, facts):
        if fit(before, was.exact) is Fit.FITS and fit(after, is_now.exact) is Fit.FITS:
            return Ruling(Outcome.HOLDS, f"It was {was.words} and {is_now.words}.")
    last = f"{months[-1].words} and " if months else ""
    return Ruling(Outcome.FALSE, f"It was {last}{now.words}.")


def _is_contrary(quantity: Quantity, bound: Bound) -> bool:
    """Tell whether 'fell' stands before two numbers that rise, or 'rose' before two that fall."""
    cued = [c for c in bound.sentence.inside(bound.clause, Cued) if c.end <= quantity.start]
    way = {Cue.UP: 1, Cue.DOWN: -1}.get(cued[-1].cue, 0) if cued else 0
    return way * (quantity.other or quantity.number) < way * quantity.number


def _rolling_pairs(bound: Bound, facts: Facts) -> Iterator[tuple[Reading, Reading]]:
    for back in (12, 1):
        pair = [facts.reading(_identity(bound), _year_to(facts.month - n)) for n in (back, 0)]
        if pair[0] is not None and pair[1] is not None:
            yield pair[0], pair[1]


def _year_to(month: Month) -> Span:
    return Span(month - 11, month, SpanKind.MONTHS)


def _now(facts: Facts) -> Span:
    return Span(facts.month, facts.month, SpanKind.MONTH)


def exact_of(quantity: Quantity, bound: Bound, reading: Reading) -> Decimal:
    """Give what a number stands beside: the value; for a count behind a share its numerator.

    A bare number may be either: it is taken for the numerator where it is that. 'Late' of a share
    that was in time, and the like, speak of the rest.
    """
    exact, above = reading.exact, _whole(reading.value.numerator)
    if bound.is_complement and reading.value.denominator is not None:
        exact, above = 100 - exact, _whole(reading.value.denominator) - above
    if quantity.unit or not reading.measurement.indicator.unit:
        return exact
    return above if quantity.noun or above == quantity.number else exact


def _words(bound: Bound, reading: Reading) -> str:
    """A figure in words; where its rest is spoken of, the rest as well."""
    if not bound.is_complement:
        return reading.words
    rest = level_text(reading.measurement, 100 - reading.exact)
    return f"{reading.words}, which leaves {rest}"


def no_records(bound: Bound) -> Ruling:
    """Say that there is no figure for the period."""
    return Ruling(Outcome.UNCHECKED, f"The records hold no figure for {bound.span.words}.")


def _identity(bound: Bound) -> str:
    return bound.meant[0].id


def _read(bound: Bound, facts: Facts) -> Reading | None:
    return facts.reading(_identity(bound), bound.span)


def _hold_unsaid(quantity: Quantity, bound: Bound, facts: Facts) -> Ruling:
    """Try the paper's month first, then its twelve months, and say which it is."""
    month = facts.reading(_identity(bound), _now(facts))
    year = facts.reading(_identity(bound), _year_to(facts.month))
    tried = [one for one in (month, year) if one is not None]
    if not tried:
        return no_records(replace(bound, span=_now(facts)))
    for reading in tried:
        if fit(quantity, exact_of(quantity, bound, reading)) is Fit.FITS:
            if reading is month:
                return Ruling(Outcome.HOLDS, f"{_capital(_words(bound, reading))}.")
            now = f"; it is {month.words}" if month else ""
            return Ruling(Outcome.HOLDS_BUT, f"It is {reading.words}{now}.")
    if fit(quantity, exact_of(quantity, bound, tried[0])) is Fit.NEARLY:
        return Ruling(Outcome.HOLDS_BUT, f"Rounded, it is {tried[0].words}.")
    said = " and ".join(_words(bound, one) for one in tried)
    return Ruling(Outcome.FALSE, f"It is {said}.{_elsewhere(quantity, bound, tried, facts)}")


def _hold_every_month(quantity: Quantity, bound: Bound, facts: Facts) -> Ruling:
    """'Consistently above 95%': in each of the twelve months, or of those that are said."""
    span = bound.span if bound.span.kind is SpanKind.MONTHS else _year_to(facts.month)
    months = facts.monthly(_identity(bound), span.last, span.months)
    if len(months) < span.months:
        return no_records(replace(bound, span=span))
    fitting = sum(fit(quantity, exact_of(quantity, bound, one)) is Fit.FITS for one in months)
    low, high = (pick(months, key=lambda one: one.exact) for pick in (min, max))
    said = f"It was so in {fitting} of {len(months)} months: {low.text} to {high.text}."
    return Ruling(Outcome.HOLDS if fitting == len(months) else Outcome.FALSE, said)


def _so(quantity: Quantity, bound: Bound, reading: Reading, found: Fit, facts: Facts) -> Ruling:
    if found is Fit.NEARLY:
        return Ruling(Outcome.HOLDS_BUT, f"Rounded, it is {reading.words}.")
    if reading.is_mean and bound.span.months > 1 and not _says_mean(bound):
        why = f"A figure counted on a day: it is {reading.words}."
        return Ruling(Outcome.HOLDS_BUT, why)
    return Ruling(Outcome.HOLDS, f"{_capital(_words(bound, reading))}.")


def _says_mean(bound: Bound) -> bool:
    return bool(re.search(r"\bmeans?\b", bound.sentence.words_of(bound.clause), re.IGNORECASE))


def _not_so(quantity: Quantity, bound: Bound, reading: Reading, facts: Facts) -> Ruling:
    plain = _plain_mean(bound, facts)
    if plain is not None and fit(quantity, plain) is Fit.FITS:
        why = f"It is the plain mean of the monthly figures; all together it is {reading.words}."
        return Ruling(Outcome.HOLDS_BUT, why)
    other = _elsewhere(quantity, bound, [reading], facts)
    return Ruling(Outcome.FALSE, f"It is {_words(bound, reading)}.{other}")


def _plain_mean(bound: Bound, facts: Facts) -> Decimal | None:
    """The mean of the monthly percentages, which is what 'average' often was."""
    if bound.span.months < 2 or not bound.meant[0].unit:
        return None
    months = facts.monthly(_identity(bound), bound.span.last, bound.span.months)
    if len(months) < bound.span.months:
        return None
    return sum((one.exact for one in months), Decimal(0)) / len(months)


def _elsewhere(quantity: Quantity, bound: Bound, known: list[Reading], facts: Facts) -> str:
    """Say which other figure the number is, if it is one."""
    tried = {one.span for one in known}
    for reading in earlier_readings(facts, _identity(bound), _MONTHS_LOOKED_BACK):
        if reading.span not in tried and _is_exactly(quantity, exact_of(quantity, bound, reading)):
            return f" {_capital(_written(quantity))} was the figure {reading.when}."
    return _of_another_area(quantity, _identity(bound), None, facts)


def _of_another_area(quantity: Quantity, identity: str, but: Area | None, facts: Facts) -> str:
    for area in Area:
        for one in facts.compared(identity, area)[:1]:
            if area is not but and _compared_fit(quantity, one) is Fit.FITS:
                return f" {_capital(_written(quantity))} is the figure of {_AREA_NAMES[area]}."
    return ""


def _is_exactly(quantity: Quantity, exact: Decimal) -> bool:
    return not quantity.is_word and rounded(quantity, exact) == quantity.number


def _written(quantity: Quantity) -> str:
    return f"{quantity.number:,f}{quantity.unit}"


def _hold_parts(quantity: Quantity, bound: Bound, facts: Facts) -> Ruling:
    """'380 of 384 referrals': the numerator and the denominator behind a percentage."""
    reading = _read(bound, facts)
    if reading is None or reading.value.denominator is None:
        return no_records(bound)
    above, below = _whole(reading.value.numerator), _whole(reading.value.denominator)
    parts = (below - above if bound.is_complement else above, below)
    if parts == (quantity.number, quantity.other):
        return Ruling(Outcome.HOLDS, f"{_capital(_words(bound, reading))}.")
    return Ruling(Outcome.FALSE, f"It is {reading.words}.")


def _whole(number: float) -> Decimal:
    return round_half_up(Decimal(repr(number)), 1)


def _compared_fit(quantity: Quantity, comparator: Comparator) -> Fit:
    return fit(quantity, comparator.value)


def _is_of(comparator: Comparator, span: Span) -> bool:
    ends = Month.of(comparator.period_ends_on)
    return span.first <= ends <= span.last


def _said(comparator: Comparator, facts: Facts) -> str:
    measurement = facts.findings[comparator.indicator].measurement
    return f"{comparator_text(measurement, comparator)} ({comparator.period})"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sentence(text: str) -> str:
    return f"{_capital(text)}."
