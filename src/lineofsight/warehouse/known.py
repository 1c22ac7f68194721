"""The store as somebody knew it: only the submissions that were there for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from lineofsight.reference.periods import Month
from lineofsight.returns.submission import Submission
from lineofsight.warehouse.merging import span_of
from lineofsight.warehouse.span import Span, without
from lineofsight.warehouse.store import Store


class KnownStore(Store):
    """Some submissions of a store, to build the journey from.

    A moment would not do: of two deliveries that arrive together, the one received first may be in
    place last, so that a paper made between them rests on the second alone.
    """

    def __init__(self, store: Store, identities: Iterable[str]) -> None:
        super().__init__(store.root, store.seconds_to_wait)
        self.identities = frozenset(identities)

    def submissions(self, known_on: date | None = None) -> tuple[Submission, ...]:
        """Give those of the chosen submissions that the store still holds, oldest first."""
        found = super().submissions(known_on)
        return tuple(one for one in found if one.id in self.identities)


def received_by(submissions: Iterable[Submission], day: date) -> tuple[Submission, ...]:
    """Give the submissions that had been received by the end of a day, in UTC."""
    return tuple(one for one in submissions if one.received_at.date() <= day)


def first_known_on(submissions: Iterable[Submission], month: Month) -> date | None:
    """Give the day by which deliveries covering a month whole had been received; None if none do.

    One delivery may cover it, or several between them.
    """
    spans: list[Span] = []
    for one in sorted(submissions, key=lambda s: s.received_at):
        spans.append(span_of(one))
        if not without(Span(month.first_day, month.last_day), spans):
            return one.received_at.date()
    return None
