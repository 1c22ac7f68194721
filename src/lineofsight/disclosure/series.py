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

from lineofsight.disclosure.hiding import Attacker, hide
from lineofsight.disclosure.paths import PathAttacker, is_chain
from lineofsight.disclosure.rules import Rules
from lineofsight.disclosure.table import (
    FIXED,
    KNOWN,
    Bound,
    Numbers,
    Sums,
    Table,
    Truths,
    Whole,
    joined,
)


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
    and a mean: `counted` is all that counts children there. `same_as` is the family that counts
    the numerator's rows, where there is one. `known` is what everybody knows of the months.
    """

    key: Hashable
    kind: Kind
    family: Hashable
    periods: Periods
    counted: Numbers
    above: Numbers | None = None
    same_as: Hashable = None
    known: tuple[Bound, ...] = ()


@dataclass(frozen=True, slots=True)
class Hidden:
    """Which periods of a figure are hidden, and which small numbers were given away before.

    `cost` is what the hiding that was last decided costs, `least` what it must cost at least.
    """

    is_hidden: Truths
    given_away: Truths
    cost: float = 0.0
    least: float = 0.0


Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Family:
    """Figures that count the same rows, and all periods that any of them is shown for."""

    lines: tuple[Line, ...]
    periods: Periods
    places: tuple[Whole, ...]
    counted: Numbers

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Family:
        """Put together the periods of some lines; `places` says where each line's stand."""
        each = [np.column_stack([line.periods.start, line.periods.stop]) for line in lines]
        different, at = np.unique(np.concatenate(each), axis=0, return_inverse=True)
        at = at.reshape(-1)
        cost = np.bincount(at, np.concatenate([line.periods.cost for line in lines]))
        ends = np.cumsum([len(one) for one in each])[:-1]
        # A figure that needs more columns may begin later: then its first months are empty.
        counted = np.maximum.reduce([line.counted for line in lines])
        periods = Periods(different[:, 0], different[:, 1], cost.astype(np.float64))
        return cls(tuple(lines), periods, tuple(np.split(at, ends)), counted)

    def mask(self, pairs: set[Pair]) -> Truths:
        """Which of the periods are among some pairs of start and stop."""
        mine = zip(self.periods.start.tolist(), self.periods.stop.tolist(), strict=True)
        return np.array([pair in pairs for pair in mine], dtype=bool)

    def pairs(self, mask: Truths) -> set[Pair]:
        """Start and stop of the periods that are marked."""
        start, stop = self.periods.start[mask].tolist(), self.periods.stop[mask].tolist()
        return set(zip(start, stop, strict=True))


def families_of(lines: Sequence[Line]) -> dict[Hashable, Family]:
    """Put lines together that count the same rows."""
    found: dict[Hashable, list[Line]] = {}
    for line in lines:
        found.setdefault(line.family, []).append(line)
    return {name: Family.of(mine) for name, mine in found.items()}


def hide_lines(
    lines: Sequence[Line], rules: Rules, must: Mapping[Hashable, set[Pair]] | None = None
) -> dict[Hashable, Hidden]:
    """Say of every figure which of its periods are hidden.

    `must` names periods of families that are hidden whatever else.
    """
    families = families_of(lines)
    demanded = {name: set((must or {}).get(name, ())) for name in families}
    found: dict[Hashable, Hidden] = {}
    for name in _in_order(families):
        found.update(_family(families[name], rules, families, demanded))
    return found


def _in_order(families: Mapping[Hashable, Family]) -> list[Hashable]:
    """Families whose numerators others count come before those others."""
    counts_for = {line.same_as for family in families.values() for line in family.lines}
    return sorted(families, key=lambda name: name in counts_for)


def _family(
    family: Family,
    rules: Rules,
    families: Mapping[Hashable, Family],
    demanded: Mapping[Hashable, set[Pair]],
) -> Mapping[Hashable, Hidden]:
    must = family.mask(demanded[family.lines[0].family])
    whole = _hidden(family, rules, must)
    found = {}
    for line, places in zip(family.lines, family.places, strict=True):
        must, given = whole.is_hidden[places], whole.given_away[places]
        if line.above is None:
            found[line.key] = Hidden(must, given, whole.cost, whole.least)
            continue
        others = families.get(line.same_as)
        own = _share(line, line.above, rules, must, others)
        if others is not None:
            demanded[line.same_as].update(others.pairs(own.is_hidden[len(places) :]))
        found[line.key] = Hidden(
            own.is_hidden[: len(places)],
            own.given_away[: len(places)] | given,
            own.cost,
            own.least,
        )
    return found


def _few(family: Family, rules: Rules) -> Truths:
    """Periods in which a mean of few is shown: how many they are must not be known exactly."""
    shows_mean = np.zeros(len(family.periods), dtype=bool)
    for line, places in zip(family.lines, family.places, strict=True):
        shows_mean[places] |= line.kind is Kind.MEAN
    return np.asarray(shows_mean & rules.is_of_few(over(family.counted, family.periods)))


def over(months: Numbers, periods: Periods) -> Numbers:
    """Sums of months over periods."""
    running = np.concatenate([[0.0], np.cumsum(months)])
    return np.asarray(running[periods.stop] - running[periods.start])


def _hidden(family: Family, rules: Rules, must: Truths) -> Hidden:
    sums = over(family.counted, family.periods)
    small = np.flatnonzero(rules.is_small(sums))
    exact = np.flatnonzero(_few(family, rules) & ~rules.is_small(sums))
    low = np.concatenate([np.ones(len(small)), sums[exact]])
    high = np.concatenate([np.full(len(small), float(rules.threshold)), sums[exact]])
    which = np.concatenate([small, exact])
    upper = np.full(len(family.counted), np.inf)
    return _solved(
        (family.counted, upper), family.periods, (which, low, high), must, family.lines[0].known
    )


def _share(line: Line, above: Numbers, rules: Rules, must: Truths, others: Family | None) -> Hidden:
    """Of a share: numerators, what is left of the denominators, and shares of few.

    Periods of the figures that count the numerator's rows stand after its own.
    """
    periods, most = line.periods, float(rules.threshold)
    tops, wholes = over(above, periods), over(line.counted, periods)
    small = np.flatnonzero(rules.is_small(tops))
    left = np.flatnonzero(rules.is_small(wholes - tops))
    few = np.flatnonzero(rules.is_of_few(wholes))
    which = np.concatenate([small, left, few])
    low = np.concatenate([np.ones(len(small)), wholes[left] - most, tops[few]])
    high = np.concatenate([np.full(len(small), most), wholes[left] - 1, tops[few]])
    sensitive, months = (which, low, high), (above, line.counted)
    if others is None:
        return _solved(months, periods, sensitive, must)
    # A period of both is one: whoever sees either sees the same number.
    rows = np.concatenate([np.column_stack([p.start, p.stop]) for p in (periods, others.periods)])
    different, at = np.unique(rows, axis=0, return_inverse=True)
    at = at.reshape(-1)
    cost = np.bincount(at, np.concatenate([periods.cost, others.periods.cost]))
    both = Periods(different[:, 0], different[:, 1], cost.astype(np.float64))
    musts = np.bincount(at[: len(must)], must, minlength=len(both)) > 0
    found = _solved(months, both, (at[which], low, high), musts)
    return Hidden(found.is_hidden[at], found.given_away[at], found.cost, found.least)


def _solved(
    months: tuple[Numbers, Numbers],
    periods: Periods,
    sensitive: tuple[Whole, Numbers, Numbers],
    must: Truths,
    known: Sequence[Bound] = (),
) -> Hidden:
    which, low, high = sensitive
    given_away = np.zeros(len(periods), dtype=bool)
    must = must.copy()
    must[which] = True
    if not len(which):
        return Hidden(must & (periods.cost < FIXED), given_away)
    truth, upper = months
    sums = over(truth, periods)
    shown = runs(periods.start, periods.stop, sums, sums)
    table = Table(
        truth,
        upper,
        joined(shown, Sums.of(known)) if known else shown,
        np.append(np.arange(len(periods)), np.full(len(known), KNOWN)),
        periods.cost,
        runs(periods.start[which], periods.stop[which], low, high),
        must,
    )
    found = hide(table, attacker_of(table))
    given_away[which[found.given_away]] = True
    return Hidden(found.hidden, given_away, found.cost, found.least)


def attacker_of(table: Table) -> Attacker:
    """The quickest attacker of a table that misses nothing."""
    if is_chain(table):
        return PathAttacker(table)
    # Loaded here: linear programming takes seconds to load, and most tables need none.
    from lineofsight.disclosure.worlds import WorldAttacker

    return WorldAttacker(table)


def runs(start: Whole, stop: Whole, low: Numbers, high: Numbers) -> Sums:
    """Sums of the atoms from each `start` to before each `stop`."""
    lengths = stop - start
    row = np.repeat(np.arange(len(start)), lengths)
    atom = np.arange(len(row)) - np.repeat(np.cumsum(lengths) - lengths, lengths) + start[row]
    return Sums(len(start), row, atom, np.ones(len(row)), low, high)
