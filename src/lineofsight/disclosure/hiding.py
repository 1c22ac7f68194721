"""Choose what else to hide, at the least cost, so that nothing hidden can be worked out.

The method of an implicit hitting set: attack what would be shown; each success names the items it
rests on, of which at least one must be hidden; hide a set that has one of each; attack again. A set
that withstands the attack is safe. No cheaper one than the integer programme's meets the demands
found, so the last of those is the cheapest there is; where there are too many demands for it, the
linear programme says how far from the cheapest the best set can be at most.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from lineofsight.disclosure.covering import Cover, Cut
from lineofsight.disclosure.table import FIXED, Table, Truths

# Beyond so many demands the integer programme takes seconds, and the guided choice stands.
EXACT_UP_TO = 120
# How many cuts a guided choice may look at, all its rounds together.
_GUIDED_WORK = 3_000
_NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Exposure:
    """A sensitive sum that can be worked out, and the items that tell it; none if all are fixed."""

    form: int
    items: Cut


class Attacker(Protocol):
    """Somebody who knows what is shown and finds out what is hidden."""

    def exposures(self, hidden: Truths, forms: Truths) -> Iterable[Exposure]:
        """Sums among `forms` that can be worked out while `hidden` items are hidden."""
        ...


@dataclass(frozen=True, slots=True)
class Hiding:
    """Which items are hidden, and which sensitive sums no hiding protects any more.

    `cost` is what it costs, `least` what any hiding must cost at least.
    """

    hidden: Truths
    given_away: Truths
    cost: float
    least: float


def hide(table: Table, attacker: Attacker, exact_up_to: int = EXACT_UP_TO) -> Hiding:
    """Hide the items of least cost that protect every sensitive sum that still can be.

    With more than `exact_up_to` demands the cost may be above the least, and the result says so.
    """
    return _Search(table, attacker).run(exact_up_to)


class _Search:
    """The demands found so far, and what no hiding protects."""

    def __init__(self, table: Table, attacker: Attacker) -> None:
        self._attacker = attacker
        must = table.must & (table.cost < FIXED)
        # No demand names what is fixed, so whatever it costs here is never paid.
        self._cover = Cover(np.where(table.cost < FIXED, table.cost, 1.0), must)
        self._first, self.given_away = must, np.zeros(table.sensitive.count, dtype=bool)

    def run(self, exact_up_to: int) -> Hiding:
        hidden = self._first
        while self._attacked(hidden):
            hidden = self._cover.quick()
        if self._cover.cost(hidden) == self._cover.cost(self._first):
            return self._result(hidden, self._cover.cost(hidden))
        if len(self._cover) <= exact_up_to:
            return self._exactly(hidden)
        return self._guided(hidden)

    def _exactly(self, hidden: Truths) -> Hiding:
        while True:
            cheapest = self._cover.cheapest()
            least = self._cover.cost(cheapest)
            if least > self._cover.cost(hidden) - _NEAR:
                return self._result(hidden, least)
            if not self._attacked(cheapest):
                return self._result(cheapest, least)

    def _guided(self, hidden: Truths) -> Hiding:
        """Choose by the linear programme a few times; keep the best that withstands."""
        for _ in range(max(1, _GUIDED_WORK // len(self._cover))):
            _, worth = self._cover.relaxed()
            starts = (self._cover.quick(worth), self._cover.quick())
            found = min(map(self._cover.improved, starts), key=self._cover.cost)
            if self._cover.cost(found) > self._cover.cost(hidden) - _NEAR:
                break
            if not self._attacked(found):
                hidden = found
        return self._result(hidden, self._cover.relaxed()[0])

    def _result(self, hidden: Truths, least: float) -> Hiding:
        # All costs are whole numbers in practice; where they are not this still is a bound.
        cost = self._cover.cost(hidden)
        return Hiding(hidden, self.given_away, cost, min(cost, math.floor(least * 1000) / 1000))

    def _attacked(self, hidden: Truths) -> bool:
        """Whether `hidden` leaves anything exposed; hide what was found, and attack for more."""
        more, is_exposed = hidden.copy(), False
        while True:
            exposures = list(self._attacker.exposures(more, ~self.given_away))
            for one in exposures:
                if not one.items:
                    self.given_away[one.form] = True
            cuts = sorted({one.items for one in exposures if one.items}, key=sorted)
            if not cuts:
                return is_exposed
            is_exposed = True
            self._cover.add(cuts)
            for cut in cuts:
                more[list(cut)] = True
