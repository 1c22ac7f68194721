"""The store as somebody knew it: only the submissions that were there for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from lineofsight.returns.submission import Submission
from lineofsight.warehouse.store import Store


class KnownStore(Store):
    """Some submissions of a store, to build the journey from; nothing can be added to it.

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
