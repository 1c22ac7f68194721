"""Differences held against the facts: 'up 3 percentage points', 'five points below England'."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from lineofsight.claims.binding import Bound
from lineofsight.claims.facts import Facts, Reading
from lineofsight.claims.fitting import Fit, fit
from lineofsight.claims.held_numbers import no_records
from lineofsight.claims.marks import Cue, Cued, Quantity, When, Whose
from lineofsight.claims.spans import Span, SpanKind
from lineofsight.claims.statement import Outcome, Ruling
from lineofsight.measurement.measurement import round_half_up
from lineofsight.overview.figures import level_text

_DOWN = {Cue.DOWN, Cue.BELOW, Cue.WORSE, Cue.WORSE_THAN}


@dataclass(frozen=True, slots=True)
class _Step:
    """Two figures whose difference may be meant, and how they are spoken of."""

    before: Decimal
    after: Decimal
    words: str

    @property
    def points(self) -> Decimal:
        return self.after - self.before

    @property
    def percent(self) -> Decimal | None:
        return 100 * self.points / self.before if self.before else None


def hold_difference(quantity: Quantity, bound: Bound, cued: Cued | None, facts: Facts) -> Ruling:
    """Hold a difference against every pair of figures it can be of.

    Per cent and percentage points are told apart: a difference in points that is called per cent
    holds, and it is said.
    """
    steps = list(_steps(bound, facts))
    if not steps:
        return no_records(bound)
    sign = (
        0
        if cued is None or cued.cue in (Cue.BETTER, Cue.LEVEL)
        else (-1 if cued.cue in _DOWN else 1)
    )
    for step in steps:
        if _is_step(quantity, step.points, sign) and quantity.unit != "%":
            return Ruling(Outcome.HOLDS, f"{step.words}.")
        if quantity.unit == "%" and (ruling := _percent(quantity, step, sign, bound)):
            return ruling
    said = "; ".join(_told(step, bound, facts) for step in steps)
    confused = next((s for s in steps if _is_step_percent(quantity, s, sign)), None)
    if quantity.unit == " points" and confused is not None:
        said += "; it is per cent of the earlier figure that was given, not percentage points"
    return Ruling(Outcome.FALSE, f"{said}.")


def _percent(quantity: Quantity, step: _Step, sign: int, bound: Bound) -> Ruling | None:
    is_share = bound.meant[0].unit == "%"
    if _is_step_percent(quantity, step, sign):
        return Ruling(Outcome.HOLDS, f"{step.words}.")
    if is_share and _is_step(quantity, step.points, sign) and step.percent is not None:
        size = round_half_up(abs(step.percent), 1)
        why = f"It is percentage points, not per cent: {step.words}, {size} per cent of it."
        return Ruling(Outcome.HOLDS_BUT, why)
    return None


def _is_step(quantity: Quantity, difference: Decimal, sign: int) -> bool:
    is_way = not sign or (difference > 0) == (sign > 0)
    return is_way and fit(quantity, abs(difference)) is Fit.FITS


def _is_step_percent(quantity: Quantity, step: _Step, sign: int) -> bool:
    return step.percent is not None and _is_step(quantity, step.percent, sign)


def _told(step: _Step, bound: Bound, facts: Facts) -> str:
    measurement = facts.findings[bound.meant[0].id].measurement
    size = level_text(measurement, abs(step.points))
    bare = size.removesuffix("%")
    points = f" {'point' if bare == '1' else 'points'}" if bound.meant[0].unit == "%" else ""
    return f"{step.words}: {bare}{points} {'up' if step.points > 0 else 'down'}"


def _steps(bound: Bound, facts: Facts) -> Iterator[_Step]:
    areas = [w for w in bound.sentence.marks if isinstance(w, Whose) and w.area is not None]
    if areas:
        yield from _to_areas(bound, areas, facts)
        return
    base = _base(bound, facts)
    identity = bound.meant[0].id
    now = facts.reading(identity, Span(facts.month, facts.month, SpanKind.MONTH))
    year = facts.reading(identity, Span(facts.month - 11, facts.month, SpanKind.MONTHS))
    for newest, span in ((now, base), (year, base)):
        if span is not None and newest is not None and newest.span.months == span.months:
            yield from _step(facts.reading(identity, span), newest)
    if base is None:
        for back in (1, 12):
            month = facts.month - back
            yield from _step(facts.reading(identity, Span(month, month, SpanKind.MONTH)), now)
        before = Span(facts.month - 23, facts.month - 12, SpanKind.MONTHS)
        yield from _step(facts.reading(identity, before), year)


def _base(bound: Bound, facts: Facts) -> Span | None:
    """The earlier period the sentence names."""
    spoken = [m.span for m in bound.sentence.marks if isinstance(m, When)]
    earlier = [s for s in spoken if s.first < facts.month and s.last != facts.month]
    since = [s for s in spoken if s.kind is SpanKind.SINCE]
    if since:
        return Span(since[-1].first, since[-1].first, SpanKind.MONTH)
    return earlier[-1] if earlier else None


def _step(before: Reading | None, after: Reading | None) -> Iterator[_Step]:
    if before is not None and after is not None:
        words = f"It was {before.words} and is {after.words}"
        yield _Step(before.exact, after.exact, words)


def _to_areas(bound: Bound, areas: list[Whose], facts: Facts) -> Iterator[_Step]:
    identity = bound.meant[0].id
    spans = [Span(facts.month, facts.month, SpanKind.MONTH)]
    spans.append(Span(facts.month - 11, facts.month, SpanKind.MONTHS))
    for area in areas:
        for comparator in facts.compared(identity, area.area)[:1] if area.area else ():
            for reading in (facts.reading(identity, span) for span in spans):
                if reading is not None:
                    words = f"It is {reading.words}; {facts.compared_words(comparator)}"
                    yield _Step(comparator.value, reading.exact, words)
