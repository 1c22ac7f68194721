"""Sets that have one item of each of many: a quick one, a better one, and the cheapest.

A cut names items of which one at least must be hidden. The quick way takes whatever meets most cuts
for its cost; the relaxed linear programme says how cheap any set can be at best, and guides a
better choice; the integer programme finds the cheapest.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from lineofsight.disclosure.table import Numbers, Truths

Cut = frozenset[int]
_NEAR = 1e-6
_PASSES = 2


class Cover:
    """Cuts over items of some cost, growing as more are found; items in `must` are taken anyway."""

    def __init__(self, cost: Numbers, must: Truths) -> None:
        self._cost, self._must = cost, must
        self._cuts: dict[Cut, None] = {}
        self._has = np.zeros((0, len(cost)), dtype=bool)

    def add(self, cuts: Iterable[Cut]) -> None:
        """Demand one item of each of these too."""
        fresh = [c for c in cuts if c not in self._cuts]
        self._cuts.update(dict.fromkeys(fresh))
        rows = np.zeros((len(fresh), len(self._cost)), dtype=bool)
        for row, cut in zip(rows, fresh, strict=True):
            row[list(cut)] = True
        # What is taken anyway demands nothing.
        self._has = np.vstack([self._has, rows[~rows[:, self._must].any(axis=1)]])

    def __len__(self) -> int:
        return len(self._has)

    def cost(self, chosen: Truths) -> float:
        """What a choice costs."""
        return float(self._cost[chosen].sum())

    def quick(self, worth: Numbers | None = None) -> Truths:
        """Take what meets most open cuts for its cost, then leave out what is not needed.

        `worth` makes an item the more welcome the higher it is, 0 to 1.
        """
        price = self._cost * (1.0 if worth is None else 1.02 - worth)
        return self._completed(self._must.copy(), price)

    def improved(self, chosen: Truths) -> Truths:
        """Exchange one item at a time, dearest first, for others that cost less."""
        for _ in range(_PASSES):
            before = self.cost(chosen)
            for item in self._dearest_first(chosen):
                other = self._without(chosen, item) if chosen[item] else None
                if other is not None and self.cost(other) < self.cost(chosen) - _NEAR:
                    chosen = other
            if self.cost(chosen) > before - _NEAR:
                break
        return chosen

    def _dearest_first(self, chosen: Truths) -> list[int]:
        items = np.flatnonzero(chosen & ~self._must)
        return [int(item) for item in items[np.argsort(-self._cost[items], kind="stable")]]

    def _without(self, chosen: Truths, item: int) -> Truths | None:
        others, price = chosen.copy(), self._cost.copy()
        others[item], price[item] = False, np.inf
        is_open = ~self._has[:, others].any(axis=1)
        if (self._has[is_open].sum(axis=1) < 2).any():
            return None
        return self._completed(others, price)

    def _completed(self, chosen: Truths, price: Numbers) -> Truths:
        """Meet the open cuts, whatever meets most for its price first; drop what is needless."""
        has = self._has[~self._has[:, chosen].any(axis=1)]
        meets = has.sum(axis=0)
        while len(has):
            best = int(np.argmax(meets / price))
            chosen[best] = True
            is_met = has[:, best]
            meets = meets - has[is_met].sum(axis=0)
            has = has[~is_met]
        return self._without_needless(chosen)

    def _without_needless(self, chosen: Truths) -> Truths:
        """Dearest first: each item left is the only one of some cut."""
        times = self._has[:, chosen].sum(axis=1)
        while True:
            is_sole = self._has[times == 1].any(axis=0)
            needless = self._dearest_first(chosen & ~is_sole)
            if not needless:
                return chosen
            chosen[needless[0]] = False
            times = times - self._has[:, needless[0]]

    def relaxed(self) -> tuple[float, Numbers]:
        """The least any choice can cost, by linear programming, and what share it takes of each."""
        from scipy.optimize import linprog  # type: ignore[import-untyped]
        from scipy.sparse import csr_array  # type: ignore[import-untyped]

        always = float(self._cost[self._must].sum())
        if not len(self._has):
            return always, np.zeros(len(self._cost))
        solved = linprog(
            self._cost,
            A_ub=csr_array(-self._has.astype(np.float64)),
            b_ub=-np.ones(len(self._has)),
            bounds=(0, 1),
            method="highs-ds",
        )
        return always + float(solved.fun), np.asarray(solved.x)

    def cheapest(self) -> Truths:
        """The choice of least cost, by integer programming."""
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

        matrix = csr_array(self._has.astype(np.float64))
        solved = milp(
            self._cost,
            integrality=np.ones(len(self._cost)),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(matrix, lb=1),
        )
        return np.asarray(self._must | (solved.x > 0.5))
