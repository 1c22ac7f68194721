"""Days for which records were delivered, and what is left of them beside others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Days for which records were delivered, both included."""

    first_day: date
    last_day: date


def without(span: Span, others: Sequence[Span]) -> list[Span]:
    """What is left of a span when others are taken out of it."""
    left = [span]
    for other in others:
        left = [piece for part in left for piece in _around(part, other)]
    return left


def shared(spans: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """The days that both have, in order.

    >>> a, b = Span(date(2020, 1, 1), date(2020, 3, 31)), Span(date(2020, 3, 1), date(2020, 8, 31))
    >>> shared([a], [b])
    [Span(first_day=datetime.date(2020, 3, 1), last_day=datetime.date(2020, 3, 31))]
    """
    met = (
        Span(max(a.first_day, b.first_day), min(a.last_day, b.last_day))
        for a in joined(spans)
        for b in joined(others)
    )
    return [span for span in met if span.first_day <= span.last_day]


def joined(spans: Sequence[Span]) -> list[Span]:
    """The same days in as few spans as can be, in order."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda s: s.first_day):
        if found and span.first_day <= found[-1].last_day + _A_DAY:
            last = max(found[-1].last_day, span.last_day)
            found[-1] = Span(found[-1].first_day, last)
        else:
            found.append(span)
    return found


def _around(span: Span, other: Span) -> Iterator[Span]:
    before = Span(span.first_day, min(span.last_day, other.first_day - _A_DAY))
    after = Span(max(span.first_day, other.last_day + _A_DAY), span.last_day)
    yield from (piece for piece in (before, after) if piece.first_day <= piece.last_day)
