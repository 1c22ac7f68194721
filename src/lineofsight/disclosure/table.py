"""What is published, as linear algebra: unknown counts, what items tell of them, what is small.

Atoms are whole numbers of at least 0 that a reader does not know (children counted in a month). An
item is what is shown or hidden as one (a value with its numerator and denominator) and tells that
some sums of atoms lie between bounds. A sensitive sum must not be confined to a range: whoever
knows all that is shown must find it possible that it lies outside.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]
Form = Mapping[int, int]
FIXED = np.inf
KNOWN = -1  # in the place of an item: what everybody knows


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums of atoms, in rows: row `row[k]` has `weight[k]` times atom `atom[k]`, all at most once.

    Each of the `count` rows is known to lie, or must not be known to lie, from `low` to `high`.
    """

    count: int
    row: Whole
    atom: Whole
    weight: Numbers
    low: Numbers
    high: Numbers

    @classmethod
    def of(cls, bounds: Sequence[Bound]) -> Sums:
        """Put bounds under each other."""
        found = [(n, a, w) for n, one in enumerate(bounds) for a, w in one.form.items() if w]
        row, atom, weight = (np.array([f[k] for f in found]) for k in range(3))
        low = np.array([one.low for one in bounds], np.float64)
        high = np.array([one.high for one in bounds], np.float64)
        return cls(
            len(bounds),
            row.astype(np.int64),
            atom.astype(np.int64),
            weight.astype(float),
            low,
            high,
        )

    def at(self, world: Numbers) -> Numbers:
        """What the sums come to in a world."""
        found = np.bincount(self.row, world[self.atom] * self.weight, minlength=self.count)
        return np.asarray(found, np.float64)

    def holds(self, world: Numbers) -> Truths:
        """Whether each sum lies within its bounds in a world."""
        found = self.at(world)
        return np.asarray((found >= self.low - _NEAR) & (found <= self.high + _NEAR))


_NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Bound:
    """That a sum of atoms lies from `low` to `high`, both included."""

    form: Form
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Item:
    """What is shown or hidden as one: what it tells, and what hiding it costs.

    `FIXED` is the cost of what cannot be hidden any more, because it has been published.
    """

    bounds: tuple[Bound, ...]
    cost: float = 1.0


@dataclass(frozen=True, slots=True)
class Table:
    """Everything that is decided together.

    `truth` holds the atoms as they are and `upper` the most that a reader takes each for. Row k of
    `shown` belongs to item `item[k]`, or is `KNOWN` to everybody. `must` marks items that are
    hidden whatever happens. `signs` turns atoms so that sums that stand side by side add up
    (`paths.is_chain`).
    """

    truth: Numbers
    upper: Numbers
    shown: Sums
    item: Whole
    cost: Numbers
    sensitive: Sums
    must: Truths
    signs: Numbers = field(default_factory=lambda: np.zeros(0))

    @classmethod
    def of(
        cls,
        truth: Sequence[int],
        items: Sequence[Item],
        sensitive: Sequence[Bound],
        known: Sequence[Bound] = (),
        upper: Sequence[float] | None = None,
    ) -> Table:
        """Build a table from its items, one by one."""
        rows = [(n, bound) for n, one in enumerate(items) for bound in one.bounds]
        rows += [(KNOWN, bound) for bound in known]
        return cls(
            np.array(truth, np.float64),
            np.full(len(truth), np.inf) if upper is None else np.array(upper, np.float64),
            Sums.of([bound for _, bound in rows]),
            np.array([n for n, _ in rows], np.int64),
            np.array([one.cost for one in items], np.float64),
            Sums.of(sensitive),
            np.zeros(len(items), dtype=bool),
        )

    def rows_shown(self, hidden: Truths) -> Truths:
        """Which rows of `shown` a reader has while some items are hidden."""
        return np.asarray((self.item == KNOWN) | ~np.append(hidden, False)[self.item])


def joined(first: Sums, second: Sums) -> Sums:
    """Put the rows of one under those of another."""
    pairs = ((first.atom, second.atom), (first.weight, second.weight))
    atom, weight = (np.concatenate(pair) for pair in pairs)
    return Sums(
        first.count + second.count,
        np.concatenate([first.row, second.row + first.count]),
        np.asarray(atom),
        np.asarray(weight),
        np.concatenate([first.low, second.low]),
        np.concatenate([first.high, second.high]),
    )


def exact(form: Form, truth: Sequence[int]) -> Bound:
    """What a shown count tells: the sum itself."""
    value = sum(weight * truth[atom] for atom, weight in form.items())
    return Bound(form, value, value)
