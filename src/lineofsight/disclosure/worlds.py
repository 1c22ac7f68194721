"""The attacker of any table: worlds that fit all that is shown, found by linear programming.

A world is one way the atoms could be. A sensitive sum is safe where some world of whole numbers
fits and puts it outside its range; where the bounds that linear programming proves leave no room
for one, the rows of the proof name the items that tell. Every world found is kept: it speaks for
all sums at once, and again whenever no item is shown that it contradicts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp  # type: ignore[import-untyped]
from scipy.sparse import csr_array, vstack  # type: ignore[import-untyped]

from lineofsight.disclosure.covering import Cut
from lineofsight.disclosure.hiding import Exposure
from lineofsight.disclosure.table import FIXED, KNOWN, Numbers, Sums, Table, Truths, Whole

_NEAR = 1e-6
_SWEEPS = 4
_SEED = 20200831


def matrix_of(sums: Sums, width: int) -> Any:
    """Sums as a sparse matrix, a row each."""
    return csr_array((sums.weight, (sums.row, sums.atom)), shape=(sums.count, width))


class _Solved(NamedTuple):
    """The most that was found: the world, the bound proved, and the rows that prove it."""

    world: Numbers
    most: float
    rows: Whole


class WorldAttacker:
    """Finds what can be worked out of any table."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._matrix = matrix_of(table.shown, len(table.truth))
        self._forms = matrix_of(table.sensitive, len(table.truth))
        # Of every world kept: the items it contradicts, and the sums it puts outside their range.
        self._contradicts = np.zeros((0, len(table.cost)), dtype=bool)
        self._speaks_for = np.zeros((0, table.sensitive.count), dtype=bool)

    def exposures(self, hidden: Truths, forms: Truths) -> Iterator[Exposure]:
        """Sums among `forms` that can be worked out while `hidden` items are hidden."""
        attack = _Attack(self._table, self._matrix, hidden)
        self._sweep(attack, hidden, forms)
        for form in np.flatnonzero(forms):
            if not self._is_safe(hidden)[form]:
                items = self._exposed_by(attack, int(form))
                if items is not None:
                    yield Exposure(int(form), items)

    def _is_safe(self, hidden: Truths) -> Truths:
        fits = ~(self._contradicts & ~hidden).any(axis=1)
        return np.asarray(self._speaks_for[fits].any(axis=0))

    def _sweep(self, attack: _Attack, hidden: Truths, forms: Truths) -> None:
        """Look for worlds that move many sums at once, up or down by the draw of a fixed seed."""
        draws = np.random.default_rng(_SEED)
        for _ in range(_SWEEPS):
            left = np.flatnonzero(forms & ~self._is_safe(hidden))
            if len(left) < 2:
                return
            turns = draws.choice([-1.0, 1.0], len(left)) * draws.uniform(0.5, 1.5, len(left))
            self._keep(np.round(attack.most(self._forms[left].T @ turns).world))

    def _keep(self, world: Numbers) -> bool:
        """Keep a world for what it speaks for; False where it is none, or speaks for nothing."""
        table = self._table
        if (world < 0).any() or (world > table.upper).any():
            return False
        broken = ~table.shown.holds(world)
        outside = ~table.sensitive.holds(world)
        if (broken & (table.item == KNOWN)).any() or not outside.any():
            return False
        contradicts = np.zeros(len(table.cost), dtype=bool)
        contradicts[table.item[broken & (table.item != KNOWN)]] = True
        self._contradicts = np.vstack([self._contradicts, contradicts])
        self._speaks_for = np.vstack([self._speaks_for, outside])
        return True

    def _exposed_by(self, attack: _Attack, form: int) -> Cut | None:
        """The items that tell a sum; None where a world is found in which it lies outside."""
        aim = self._forms[[form]].toarray()[0]
        sensitive, rows = self._table.sensitive, [np.zeros(0, np.int64)]
        is_proved = True
        for turn, needed in ((1.0, sensitive.high[form] + 1), (-1.0, 1 - sensitive.low[form])):
            solved = attack.most(turn * aim)
            rows.append(solved.rows)
            if solved.most < needed - _NEAR:
                continue
            whole = np.round(solved.world)
            if attack.fits(whole) and turn * aim @ whole >= needed:
                self._keep(whole)
                return None
            # The corner is no world of whole numbers: ask for one.
            found = attack.whole(turn * aim, needed)
            if found is not None:
                self._keep(found)
                return None
            is_proved = False
        told = np.concatenate(rows) if is_proved else np.flatnonzero(attack.is_shown)
        items = {int(item) for item in self._table.item[told] if item != KNOWN}
        return frozenset(item for item in items if self._table.cost[item] < FIXED)


class _Attack:
    """What is shown, ready for linear programs that differ in their aim only."""

    def __init__(self, table: Table, matrix: Any, hidden: Truths) -> None:
        self._table = table
        self.is_shown = table.rows_shown(hidden)
        low, high = table.shown.low, table.shown.high
        is_exact = low == high
        self._exact = np.flatnonzero(self.is_shown & is_exact)
        self._above = np.flatnonzero(self.is_shown & ~is_exact & np.isfinite(high))
        self._below = np.flatnonzero(self.is_shown & ~is_exact & np.isfinite(low))
        self._equal, self._equals = matrix[self._exact], low[self._exact]
        self._less = vstack([matrix[self._above], -matrix[self._below]], format="csr")
        self._limits = np.concatenate([high[self._above], -low[self._below]])
        self._bounds = np.column_stack([np.zeros(len(table.upper)), table.upper])
        self._rows = csr_array(matrix[np.flatnonzero(self.is_shown)])

    def most(self, aim: Numbers) -> _Solved:
        """The most that `aim` can be, proved; the proof is of rows of `shown`."""
        # Beyond this no range reaches; without it a sum that nothing bounds has no world.
        roof = float(self._table.truth.sum()) + 100.0 * len(self._table.truth)
        bounds = np.minimum(self._bounds, roof)
        solved = linprog(
            -aim,
            A_ub=self._less if len(self._limits) else None,
            b_ub=self._limits if len(self._limits) else None,
            A_eq=self._equal if len(self._equals) else None,
            b_eq=self._equals if len(self._equals) else None,
            bounds=bounds,
            method="highs-ds",
        )
        assert solved.status == 0, solved.message
        rows = [self._exact[np.abs(solved.eqlin.marginals) > _NEAR]] if len(self._equals) else []
        if len(self._limits):
            both = np.concatenate([self._above, self._below])
            rows.append(both[np.abs(solved.ineqlin.marginals) > _NEAR])
        told = np.concatenate(rows) if rows else np.zeros(0, np.int64)
        return _Solved(solved.x, -solved.fun, told)

    def whole(self, aim: Numbers, needed: float) -> Numbers | None:
        """A world of whole numbers in which `aim` is at least `needed`, if there is one."""
        shown = self._table.shown
        low, high = shown.low[self.is_shown], shown.high[self.is_shown]
        found = milp(
            np.zeros(len(aim)),
            integrality=np.ones(len(aim)),
            bounds=Bounds(0, self._table.upper),
            constraints=[
                LinearConstraint(self._rows, low, high),
                LinearConstraint(aim[None, :], needed, np.inf),
            ],
        )
        return None if found.x is None else np.round(found.x)

    def fits(self, world: Numbers) -> bool:
        """Whether a world fits all that is shown."""
        table = self._table
        is_within = bool((world >= 0).all() and (world <= table.upper).all())
        return is_within and bool(table.shown.holds(world)[self.is_shown].all())
