"""The attacker of a series: what months and periods tell of each other, as shortest paths.

Where every sum adds atoms that stand side by side, a sum is the difference of two running totals:
of the moment it ends and of the moment it begins. What is shown ties two moments together; what a
month may be at least and at most leaves play between neighbours. The most a sum can be above its
truth is then the shortest way from one moment to the other, in whole numbers and exactly.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from lineofsight.disclosure.hiding import Exposure
from lineofsight.disclosure.table import FIXED, KNOWN, Numbers, Sums, Table, Truths, Whole

# A tie costs a trace, so that of two ways the one of fewer items is taken: it names a sharper cut.
_TRACE = 2.0**-20


def is_chain(table: Table) -> bool:
    """Whether all sums of a table add atoms side by side, each turned by its sign."""
    return _moments(table.shown, table) is not None and _moments(table.sensitive, table) is not None


@dataclass(frozen=True, slots=True)
class _Ends:
    """Two moments a sum lies between, and how often it is counted (1, or -1 if turned round)."""

    start: Whole
    stop: Whole
    turned: Numbers


def _moments(sums: Sums, table: Table) -> _Ends | None:
    if not sums.count:
        none = np.zeros(0, np.int64)
        return _Ends(none, none, np.zeros(0))
    signs = table.signs if len(table.signs) else np.ones(len(table.truth))
    weight = sums.weight * signs[sums.atom]
    first, last = np.full(sums.count, len(signs)), np.full(sums.count, -1)
    np.minimum.at(first, sums.row, sums.atom)
    np.maximum.at(last, sums.row, sums.atom)
    count = np.bincount(sums.row, minlength=sums.count)
    total = np.bincount(sums.row, weight, minlength=sums.count)
    fits = (last - first + 1 == count) & (np.abs(total) == count) & (np.abs(weight) == 1).all()
    return _Ends(first, last + 1, np.sign(total)) if fits.all() else None


class PathAttacker:
    """Finds what can be worked out of a table that is a chain (`is_chain`)."""

    def __init__(self, table: Table) -> None:
        shown, sensitive = _moments(table.shown, table), _moments(table.sensitive, table)
        assert shown is not None
        assert sensitive is not None
        self._table, self._shown, self._sensitive = table, shown, sensitive
        value, signs = table.shown.at(table.truth), table.signs
        above, below = table.shown.high - value, value - table.shown.low
        turned = shown.turned < 0
        # Play of each tie along the chain, and against it.
        self._along = np.where(turned, below, above)
        self._against = np.where(turned, above, below)
        forward, backward = table.upper - table.truth, table.truth
        if len(signs):
            backward, forward = (
                np.where(signs < 0, forward, backward),
                np.where(signs < 0, backward, forward),
            )
        self._forward, self._backward = forward, backward
        self._up, self._down = _needs(table, sensitive)

    def exposures(self, hidden: Truths, forms: Truths) -> Iterator[Exposure]:
        """Sums among `forms` that can be worked out while `hidden` items are hidden."""
        length, via = self._lengths(hidden)
        if not forms.any():
            return
        far, before = _shortest(length)
        ends = self._sensitive
        start, stop = ends.start, ends.stop
        is_exposed = (far[start, stop] < self._up) & (far[stop, start] < self._down) & forms
        for form in np.flatnonzero(is_exposed):
            a, b = int(start[form]), int(stop[form])
            items = {*_items(before, via, a, b), *_items(before, via, b, a)}
            yield Exposure(int(form), frozenset(self._hideable(items)))

    def _hideable(self, items: set[int]) -> Iterator[int]:
        return (item for item in items if item != KNOWN and self._table.cost[item] < FIXED)

    def _lengths(self, hidden: Truths) -> tuple[Numbers, Whole]:
        """How much play there is between each two moments, and which item says so."""
        count = len(self._table.truth) + 1
        length, via = np.full((count, count), np.inf), np.full((count, count), KNOWN)
        here = np.arange(count - 1)
        length[here, here + 1], length[here + 1, here] = self._forward, self._backward
        rows = np.flatnonzero(self._table.rows_shown(hidden))
        # What everybody knows goes last: where two say the same, it is nobody's doing.
        rows = rows[np.argsort(self._table.item[rows] == KNOWN, kind="stable")]
        start, stop = self._shown.start[rows], self._shown.stop[rows]
        for a, b, play in ((start, stop, self._along), (stop, start, self._against)):
            closer = play[rows] + _TRACE < length[a, b]
            np.minimum.at(length, (a, b), play[rows] + _TRACE)
            is_best = closer & (length[a, b] == play[rows] + _TRACE)
            via[a[is_best], b[is_best]] = self._table.item[rows][is_best]
        return length, via


def _needs(table: Table, ends: _Ends) -> tuple[Numbers, Numbers]:
    """How far each sensitive sum must be able to move along the chain, or against it."""
    value = table.sensitive.at(table.truth)
    rise, fall = table.sensitive.high + 1 - value, value - table.sensitive.low + 1
    turned = ends.turned < 0
    # Half a child less: traces add up to less than that.
    return np.where(turned, fall, rise) - 0.5, np.where(turned, rise, fall) - 0.5


def _shortest(length: Numbers) -> tuple[Numbers, Whole]:
    """The shortest way between all moments, and the moment before the last on it."""
    far = length.copy()
    count = len(far)
    np.fill_diagonal(far, 0.0)
    before = np.repeat(np.arange(count)[:, None], count, axis=1)
    for through in range(count):
        way = far[:, through, None] + far[through]
        is_shorter = way < far
        np.copyto(far, way, where=is_shorter)
        np.copyto(before, before[through], where=is_shorter)
    return far, before


def _items(before: Whole, via: Whole, start: int, stop: int) -> Iterator[int]:
    while stop != start:
        previous = int(before[start, stop])
        yield int(via[previous, stop])
        stop = previous
