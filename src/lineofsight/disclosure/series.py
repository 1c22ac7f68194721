"""Figures month by month, and in the periods that the months add up to: what is hidden of them.

Figures that count the same rows are a family: the number of referrals, their rate, and every share
of them. Whoever sees one of them knows the denominator of all, so a period in which it is hidden is
hidden in all. Of a share a reader is taken to know every denominator, hidden or not: that is more
than anybody can know, and what is safe from it is safe.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from lineofsight.disclosure.hiding import hide
from lineofsight.disclosure.paths import PathAttacker
from lineofsight.disclosure.rules import Rules
from lineofsight.disclosure.table import FIXED, Numbers, Sums, Table, Truths, Whole


class Kind(Enum):
    """What of a figure counts children."""

    COUNT = "the numerator, of a number or a rate"
    SHARE = "both, and their difference"
    MEAN = "the denominator only, of a mean or a median"


@dataclass(frozen=True, slots=True)
class Periods:
    """The periods a figure is shown for: from the month at `start` to the one before `stop`.

    `cost` is what hiding each costs; `FIXED` for what has been published already.
    """

    start: Whole
    stop: Whole
    cost: Numbers

    def __len__(self) -> int:
        return len(self.start)


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of the whole or of one group: what was counted in each month, and its periods.

    `family` is the same for figures that count the same rows. `above` is None of a number, a rate
    and a mean: `counted` is all that counts children there.
    """

    key: Hashable
    kind: Kind
    family: Hashable
    periods: Periods
    counted: Numbers
    above: Numbers | None = None


@dataclass(frozen=True, slots=True)
class Hidden:
    """Which periods of a figure are hidden, and which small numbers were given away before."""

    is_hidden: Truths
    given_away: Truths
    cost: float = 0.0
    least: float = 0.0


def hide_lines(lines: Sequence[Line], rules: Rules) -> dict[Hashable, Hidden]:
    """Say of every figure which of its periods are hidden."""
    families: dict[Hashable, list[Line]] = {}
    for line in lines:
        families.setdefault(line.family, []).append(line)
    return {key: hidden for one in families.values() for key, hidden in _family(one, rules).items()}


def _family(lines: Sequence[Line], rules: Rules) -> Mapping[Hashable, Hidden]:
    counted = max((line.counted for line in lines), key=len)
    pairs = np.concatenate([np.column_stack([x.periods.start, x.periods.stop]) for x in lines])
    different, at = np.unique(pairs, axis=0, return_inverse=True)
    cost = np.bincount(at, np.concatenate([line.periods.cost for line in lines]))
    periods = Periods(different[:, 0], different[:, 1], cost)
    few = _few(lines, at, rules, periods, counted)
    denominators = _hidden(counted, periods, rules, few=few)
    ends = np.cumsum([len(line.periods) for line in lines])[:-1]
    found = {}
    for line, mine in zip(lines, np.split(at, ends), strict=True):
        must = denominators.is_hidden[mine]
        given = denominators.given_away[mine]
        if line.above is None:
            found[line.key] = Hidden(must, given, denominators.cost, denominators.least)
        else:
            own = _share(line, line.above, rules, must)
            found[line.key] = Hidden(own.is_hidden, own.given_away | given, own.cost, own.least)
    return found


def _few(
    lines: Sequence[Line], at: Whole, rules: Rules, periods: Periods, counted: Numbers
) -> Truths:
    """Periods in which a mean of few is shown: how many they are must not be known exactly."""
    is_mean = np.concatenate([np.full(len(x.periods), x.kind is Kind.MEAN) for x in lines])
    shows_mean = np.bincount(at, is_mean, minlength=len(periods)) > 0
    return np.asarray(shows_mean & rules.is_of_few(over(counted, periods)))


def over(months: Numbers, periods: Periods) -> Numbers:
    """Sums of months over periods."""
    running = np.concatenate([[0.0], np.cumsum(months)])
    return np.asarray(running[periods.stop] - running[periods.start])


def _hidden(counted: Numbers, periods: Periods, rules: Rules, few: Truths) -> Hidden:
    sums = over(counted, periods)
    small = np.flatnonzero(rules.is_small(sums))
    exact = np.flatnonzero(few & ~rules.is_small(sums))
    low = np.concatenate([np.ones(len(small)), sums[exact]])
    high = np.concatenate([np.full(len(small), float(rules.threshold)), sums[exact]])
    which = np.concatenate([small, exact])
    upper = np.full(len(counted), np.inf)
    return _solved(counted, upper, periods, (which, low, high), np.zeros(len(periods), bool))


def _share(line: Line, above: Numbers, rules: Rules, must: Truths) -> Hidden:
    """Of a share: numerators, what is left of the denominators, and shares of few."""
    periods, most = line.periods, float(rules.threshold)
    tops, wholes = over(above, periods), over(line.counted, periods)
    small = np.flatnonzero(rules.is_small(tops))
    left = np.flatnonzero(rules.is_small(wholes - tops))
    few = np.flatnonzero(rules.is_of_few(wholes))
    which = np.concatenate([small, left, few])
    low = np.concatenate([np.ones(len(small)), wholes[left] - most, tops[few]])
    high = np.concatenate([np.full(len(small), most), wholes[left] - 1, tops[few]])
    return _solved(above, line.counted, periods, (which, low, high), must)


def _solved(
    months: Numbers,
    upper: Numbers,
    periods: Periods,
    sensitive: tuple[Whole, Numbers, Numbers],
    must: Truths,
) -> Hidden:
    which, low, high = sensitive
    given_away = np.zeros(len(periods), dtype=bool)
    must = must.copy()
    must[which] = True
    if not len(which):
        return Hidden(must & (periods.cost < FIXED), given_away)
    sums = over(months, periods)
    table = Table(
        months,
        upper,
        runs(periods.start, periods.stop, sums, sums),
        np.arange(len(periods)),
        periods.cost,
        runs(periods.start[which], periods.stop[which], low, high),
        must,
    )
    found = hide(table, PathAttacker(table))
    given_away[which[found.given_away]] = True
    return Hidden(found.hidden, given_away, found.cost, found.least)


def runs(start: Whole, stop: Whole, low: Numbers, high: Numbers) -> Sums:
    """Sums of the atoms from each `start` to before each `stop`."""
    lengths = stop - start
    row = np.repeat(np.arange(len(start)), lengths)
    atom = np.arange(len(row)) - np.repeat(np.cumsum(lengths) - lengths, lengths) + start[row]
    return Sums(len(start), row, atom, np.ones(len(row)), low, high)
