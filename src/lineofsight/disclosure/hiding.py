"""Choose what else to hide, at the least cost, so that nothing hidden can be worked out.

The exact method of an implicit hitting set: attack what would be shown; each success names the items
it rests on, of which at least one must be hidden; hide the cheapest set that has one of each; attack
again. The cost of the last set is the least possible, because no cheaper one meets the demands found.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from lineofsight.disclosure.table import FIXED, Table, Truths

Cut = frozenset[int]


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
    """Which items are hidden, and which sensitive sums no hiding protects any more."""

    hidden: Truths
    given_away: Truths

    def cost(self, table: Table) -> float:
        """What the hiding costs."""
        return float(table.cost[self.hidden].sum())


def hide(table: Table, attacker: Attacker) -> Hiding:
    """Hide the items of least cost that protect every sensitive sum that still can be."""
    given_away = np.zeros(table.sensitive.count, dtype=bool)
    hidden = table.must & (table.cost < FIXED)
    cuts: dict[Cut, None] = {}
    while True:
        found = list(_found(attacker, hidden, given_away))
        if not found:
            return Hiding(hidden, given_away)
        cuts.update(dict.fromkeys(found))
        hidden = _cheapest(table, cuts)


def _found(attacker: Attacker, hidden: Truths, given_away: Truths) -> Iterable[Cut]:
    """Demands that `hidden` does not meet: hide all of those found, and attack for more."""
    more = hidden.copy()
    while True:
        exposures = list(attacker.exposures(more, ~given_away))
        for one in exposures:
            if not one.items:
                given_away[one.form] = True
        cuts = {one.items for one in exposures if one.items}
        if not cuts:
            return
        yield from sorted(cuts, key=sorted)
        for cut in cuts:
            more[list(cut)] = True


def _cheapest(table: Table, cuts: Iterable[Cut]) -> Truths:
    """The cheapest items of which each cut has one, by integer programming."""
    # Loaded here: it takes seconds, and what has nothing to hide needs none of it.
    from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped]
    from scipy.sparse import csr_array  # type: ignore[import-untyped]

    hidden = table.must & (table.cost < FIXED)
    smallest = _smallest([cut for cut in cuts if not hidden[list(cut)].any()])
    for cut in smallest:
        if len(cut) == 1:
            hidden[list(cut)] = True
    open_cuts = [sorted(cut) for cut in smallest if len(cut) > 1]
    if not open_cuts:
        return hidden
    among = np.unique(np.concatenate([np.array(cut) for cut in open_cuts]))
    places = np.searchsorted(among, np.concatenate([np.array(cut) for cut in open_cuts]))
    ends = np.cumsum([0, *(len(cut) for cut in open_cuts)])
    matrix = csr_array((np.ones(len(places)), places, ends), shape=(len(open_cuts), len(among)))
    chosen = milp(
        table.cost[among],
        integrality=np.ones(len(among)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, lb=1),
    )
    hidden[among[chosen.x > 0.5]] = True
    return hidden


def _smallest(cuts: list[Cut]) -> list[Cut]:
    """Cuts without those that a smaller one implies."""
    kept: list[Cut] = []
    for cut in sorted(cuts, key=lambda one: (len(one), sorted(one))):
        if not any(other <= cut for other in kept):
            kept.append(cut)
    return kept
