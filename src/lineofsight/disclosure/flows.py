"""A stock and what moves it: last month's number, the starts and the ends give this month's.

Whoever knows two month-ends and the ends between them knows the starts. The running totals of
starts and of ends, joined by the month-ends between them, are one chain: A(T) … A(1), the opening
number, E(1) … E(T); a month-end is the sum of the starts up to it, the opening number and, turned,
the ends.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lineofsight.disclosure.hiding import hide
from lineofsight.disclosure.paths import PathAttacker
from lineofsight.disclosure.rules import Rules
from lineofsight.disclosure.series import Family, Pair, over, runs
from lineofsight.disclosure.table import KNOWN, Numbers, Sums, Table, Truths, Whole, joined


@dataclass(frozen=True, slots=True)
class Flow:
    """A stock with its starts and ends, from the month `first` on, and what of each is hidden."""

    families: tuple[Family, Family, Family]
    hidden: tuple[Truths, Truths, Truths]
    first: int

    @property
    def balances(self) -> bool:
        """Whether every month-end is the one before, with the starts and without the ends."""
        stock, starts, ends = (one.counted[self.first :] for one in self.families)
        return len(stock) > 1 and bool(np.array_equal(np.diff(stock), (starts - ends)[1:]))


def hide_flow(flow: Flow, rules: Rules) -> tuple[set[Pair], ...]:
    """Periods of a stock, of its starts and of its ends that must be hidden, those hidden included.

    Of the stock only month-ends are looked at: where all are shown, their mean tells nothing more.
    """
    used = [_used(family, n, flow.first) for n, family in enumerate(flow.families)]
    sums = np.concatenate(
        [over(f.counted, f.periods)[mask] for f, mask in zip(flow.families, used, strict=True)]
    )
    hidden = [h[mask] for h, mask in zip(flow.hidden, used, strict=True)]
    is_small = rules.is_small(sums)
    if is_small.any():
        table = _table(
            flow, used, sums, is_small, np.concatenate(hidden) | is_small, rules.threshold
        )
        found = hide(table, PathAttacker(table)).hidden
        hidden = np.split(found, np.cumsum([int(mask.sum()) for mask in used])[:-1])
    return tuple(
        family.pairs(_spread(mask, mine))
        for family, mask, mine in zip(flow.families, used, hidden, strict=True)
    )


def _used(family: Family, place: int, first: int) -> Truths:
    periods = family.periods
    is_inside = periods.start >= first
    return np.asarray(is_inside & (periods.stop - periods.start == 1) if place == 0 else is_inside)


def _spread(mask: Truths, mine: Truths) -> Truths:
    whole = np.zeros(len(mask), dtype=bool)
    whole[mask] = mine
    return whole


def _table(
    flow: Flow, used: list[Truths], sums: Numbers, small: Truths, must: Truths, threshold: float
) -> Table:
    stock, starts, ends = (one.counted[flow.first :] for one in flow.families)
    opening = stock[0] - starts[0] + ends[0]
    truth = np.concatenate([starts[::-1], [opening], ends])
    signs = np.concatenate([np.ones(len(starts) + 1), -np.ones(len(ends))])
    placed = [
        _placed(family, mask, n, flow.first, len(starts))
        for n, (family, mask) in enumerate(zip(flow.families, used, strict=True))
    ]
    start, stop = (np.concatenate([each[k] for each in placed]) for k in (0, 1))
    cost = [f.periods.cost[mask] for f, mask in zip(flow.families, used, strict=True)]
    most = np.full(int(small.sum()), threshold)
    # Nobody has fewer than no children at a month-end, shown or not.
    last = np.arange(1, len(starts) + 1)
    none = runs(
        len(starts) - last,
        len(starts) + 1 + last,
        np.zeros(len(last)),
        np.full(len(last), np.inf),
    )
    return Table(
        truth,
        np.full(len(truth), np.inf),
        _turned(joined(runs(start, stop, sums, sums), none), signs),
        np.append(np.arange(len(sums)), np.full(len(last), KNOWN)),
        np.concatenate(cost),
        _turned(runs(start[small], stop[small], np.ones(len(most)), most), signs),
        must,
        signs,
    )


def _placed(family: Family, mask: Truths, place: int, first: int, months: int) -> tuple[Whole, ...]:
    """Where on the chain the periods of the stock (0), the starts (1) and the ends (2) lie."""
    start, stop = family.periods.start[mask] - first, family.periods.stop[mask] - first
    return (
        (months - stop, months + 1 + stop),
        (months - stop, months - start),
        (months + 1 + start, months + 1 + stop),
    )[place]


def _turned(sums: Sums, signs: Numbers) -> Sums:
    """Ends stand alone as they are; in a sum with anything else they are taken away."""
    has_other = np.zeros(sums.count, dtype=bool)
    has_other[sums.row[signs[sums.atom] > 0]] = True
    weight = np.where(has_other[sums.row], signs[sums.atom], 1.0)
    return Sums(sums.count, sums.row, sums.atom, weight, sums.low, sums.high)
