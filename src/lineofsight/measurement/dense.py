"""From cells to every month of every period: arrays with a row a group and a column a month.

A stock's months are a running sum of what opened and closed. A period's value is the sum over its
months: one running sum, taken at its end and before its start. Different children and quantiles
are not sums, so each has its own way to the same periods.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from lineofsight.indicators.indicator import Indicator, Quantile
from lineofsight.measurement.statement import (
    Histogram,
    Scan,
    Seen,
    Source,
    Sums,
    cells_statement,
)
from lineofsight.warehouse.engine import Engine
from lineofsight.warehouse.sql_text import render

Numbers = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
# A group's key: what divides everything, then the breakdown, then the member of it.
OVER, BREAKDOWN = 1 << 44, 1 << 32
# Sums of full-time equivalents depend in their last bits on the order of adding, which is the
# engine's own; six decimals are finer than any return records.
_DECIMALS = 6


@dataclass(frozen=True)
class Parts:
    """Numerator, denominator and undecided rows of one indicator: a row a group, a column a month.

    `quantile` holds the numbers of a Quantile, whose numerator and denominator are the rows.
    """

    numerator: Numbers
    denominator: Numbers
    undecided: Numbers
    quantile: Numbers | None = None


class Figures(Protocol):
    """What the cells say of one indicator.

    `keys` are its groups, the total of the first authority being 0 and always there.
    """

    @property
    def keys(self) -> Whole: ...

    def over(self, starts: Whole) -> Parts:
        """The parts over the months from `starts` to each month, both as positions."""
        ...


def figures(
    indicators: Sequence[Indicator],
    scans: Sequence[Scan],
    engine: Engine,
    source_of: Callable[[Scan], Source],
    months: int,
    since: int = 0,
) -> dict[str, Figures]:
    """Run the scans that some indicators need (`scans_of`), and give what each comes to.

    `source_of` says where a scan reads and how it groups; `months` is how many there are from the
    first one on. Where only the newest are wanted, those before the position `since` are counted
    where a stock needs them and left out of what is given.
    """
    sources = [source_of(scan) for scan in scans]
    asked = zip(scans, sources, strict=True)
    answers = engine.columns(render(cells_statement(scan, source)) for scan, source in asked)
    read = [
        (scan, _read(scan, columns, source, months, since))
        for scan, source, columns in zip(scans, sources, answers, strict=True)
    ]
    return {i.id: _figures(i, read, months - since) for i in indicators}


@dataclass(frozen=True)
class _Cells:
    """What a scan gave, as columns of numbers; months are positions from the first."""

    keys: Whole
    month: Whole
    columns: Mapping[str, Any]


def _read(
    scan: Scan, columns: Mapping[str, Any], source: Source, months: int, since: int
) -> _Cells | _Dense:
    month = columns["month"].astype(np.int64) - source.first_month
    # A span may open or close after the last month that is asked for.
    is_inside = month < months
    kept = {name: values[is_inside] for name, values in columns.items()}
    keys = kept["breakdown"].astype(np.int64) * BREAKDOWN + kept["member"].astype(np.int64)
    for name in source.over:
        keys += kept[name].astype(np.int64) * OVER
    cells = _Cells(keys, month[is_inside], kept)
    if isinstance(scan, Sums):
        return _dense(scan, cells, months, since)
    return _since(cells, since) if since else cells


def _since(cells: _Cells, since: int) -> _Cells:
    """The cells from a position on: no earlier row is seen by periods that begin after it."""
    is_wanted = cells.month >= since
    kept = {name: values[is_wanted] for name, values in cells.columns.items()}
    return _Cells(cells.keys[is_wanted], cells.month[is_wanted] - since, kept)


@dataclass(frozen=True)
class _Dense:
    """The sums of a scan in every month: one array a column."""

    keys: Whole
    sums: tuple[Numbers, ...]


def _dense(scan: Sums, cells: _Cells, months: int, since: int) -> _Dense:
    keys = _with_total(cells.keys)
    at = np.searchsorted(keys, cells.keys)
    sums = []
    for k in range(scan.width):
        months_of = np.zeros((len(keys), months))
        months_of[at, cells.month] = cells.columns[f"w{k}"]
        every = np.cumsum(months_of, axis=1) if scan.axis.is_stock else months_of
        sums.append(every[:, since:])
    return _Dense(keys, tuple(sums))


def _with_total(*found: Whole) -> Whole:
    return np.unique(np.concatenate([np.zeros(1, np.int64), *found]))


def _figures(
    indicator: Indicator, read: Sequence[tuple[Scan, _Cells | _Dense]], months: int
) -> Figures:
    if isinstance(indicator, Quantile):
        of_mine = (c for s, c in read if isinstance(s, Histogram) and indicator.id in s.indicators)
        cells = next(of_mine)
        assert isinstance(cells, _Cells)
        return _Quantiles(cells, months, indicator.share)
    if indicator.each is not None:
        mine = ((s.role, c) for s, c in read if isinstance(s, Seen) and s.indicator == indicator.id)
        return _Different({role: c for role, c in mine if isinstance(c, _Cells)}, months)
    return _Summed(dict(_sums_of(indicator, read)), months)


def _sums_of(
    indicator: Indicator, read: Sequence[tuple[Scan, _Cells | _Dense]]
) -> Iterable[tuple[str, tuple[Whole, Numbers]]]:
    for scan, dense in read:
        if isinstance(scan, Sums) and isinstance(dense, _Dense):
            for tally, place in zip(scan.tallies, scan.places, strict=True):
                if tally.indicator == indicator.id:
                    yield tally.role, (dense.keys, dense.sums[place])


@dataclass(frozen=True)
class _Summed:
    """An indicator whose parts are sums of weights."""

    roles: Mapping[str, tuple[Whole, Numbers]]
    months: int

    @cached_property
    def keys(self) -> Whole:
        return _with_total(*(keys for keys, _ in self.roles.values()))

    def over(self, starts: Whole) -> Parts:
        found = {}
        for role in ("numerator", "denominator", "undecided"):
            found[role] = np.zeros((len(self.keys), self.months))
            if role in self.roles:
                keys, sums = self.roles[role]
                found[role][np.searchsorted(self.keys, keys)] = _window_sums(sums, starts)
        return Parts(**found)


def _window_sums(sums: Numbers, starts: Whole) -> Numbers:
    running = np.zeros((sums.shape[0], sums.shape[1] + 1))
    np.cumsum(sums, axis=1, out=running[:, 1:])
    return np.round(running[:, 1:] - running[:, starts], _DECIMALS)


@dataclass(frozen=True)
class _Different:
    """An indicator that counts different values: each in the last row it has in the period."""

    roles: Mapping[str, _Cells]
    months: int

    @cached_property
    def keys(self) -> Whole:
        return _with_total(*(cells.keys for cells in self.roles.values()))

    def over(self, starts: Whole) -> Parts:
        nothing = np.zeros((len(self.keys), self.months))
        found = {role: self._counted(cells, starts) for role, cells in self.roles.items()}
        return Parts(found["numerator"], found.get("denominator", nothing), nothing)

    def _counted(self, cells: _Cells, starts: Whole) -> Numbers:
        """A row counts from its month until its value's next row, or until the periods that
        reach back to its month are over."""
        following = _positions(cells.columns["next_month"], cells, self.months)
        last = np.searchsorted(starts, cells.month, side="right")
        closes = np.minimum(following, last)
        deltas = np.zeros((len(self.keys), self.months + 1))
        at = np.searchsorted(self.keys, cells.keys)
        is_seen = closes > cells.month
        weights = cells.columns["w0"].astype(np.float64)[is_seen]
        np.add.at(deltas, (at[is_seen], cells.month[is_seen]), weights)
        np.add.at(deltas, (at[is_seen], closes[is_seen]), -weights)
        return np.cumsum(deltas, axis=1)[:, :-1]


def _positions(months: Any, cells: _Cells, never: int) -> Whole:
    """Months as positions; a blank one never comes."""
    numbers = np.ma.filled(np.ma.masked_invalid(np.ma.asarray(months, np.float64)), np.inf)
    first = cells.columns["month"].astype(np.int64) - cells.month
    positions: Whole = np.minimum(numbers - first, never).astype(np.int64)
    return positions


@dataclass(frozen=True)
class _Quantiles:
    """An indicator that is the smallest number reached by a share of the rows."""

    cells: _Cells
    months: int
    share: float

    @cached_property
    def keys(self) -> Whole:
        return _with_total(self.cells.keys)

    def over(self, starts: Whole) -> Parts:
        numbers, at = np.unique(self.cells.columns["number"].astype(np.int64), return_inverse=True)
        rows = np.zeros((len(self.keys), self.months))
        found = np.full_like(rows, np.nan)
        order = np.argsort(self.cells.keys, kind="stable")
        starts_at = np.searchsorted(self.cells.keys[order], self.keys)
        for group, mine in enumerate(np.split(order, starts_at[1:])):
            counts = np.zeros((len(numbers), self.months))
            counts[at[mine], self.cells.month[mine]] = self.cells.columns["w0"][mine]
            reached = np.cumsum(_window_sums(counts, starts), axis=0)
            if len(numbers):
                rows[group] = reached[-1]
                wanted = np.argmax(reached >= self.share * reached[-1], axis=0)
                found[group] = np.where(reached[-1] > 0, numbers[wanted], np.nan)
        return Parts(rows, rows, np.zeros_like(rows), found)
