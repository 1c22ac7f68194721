"""What figures tell of each other, found in their numbers.

Nobody declares these relations: they hold in every month or they do not. A relation that holds by
chance costs a little detail; one that is missed would cost a secret.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from lineofsight.disclosure.figures import Counted, Series, identity_of
from lineofsight.measurement.measurement import Measurement

# Subsets of more parts than this are not tried.
_MOST_PARTS, _MOST_TRIED = 6, 14
_LEAST_MONTHS = 12
Table = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Relation:
    """Series whose weighted sum is nought in every month; a stock enters with two months."""

    terms: tuple[tuple[Hashable, int, float], ...]  # series, months back, weight
    months: tuple[int, ...]

    @property
    def series(self) -> tuple[Hashable, ...]:
        return tuple(name for name, _, _ in self.terms)


@dataclass(frozen=True, slots=True)
class Named:
    """One measurement's series by name."""

    measurement: Measurement
    numbers: Counted
    part: Hashable
    whole: Hashable


def named(measurement: Measurement, numbers: Counted) -> Named:
    """Name the series of a measurement as `figures.Figures` does."""
    owner = measurement.indicator.id
    return Named(
        measurement,
        numbers,
        identity_of(numbers.parts, (owner, "part")),
        identity_of(numbers.wholes or (), (owner, "whole")),
    )


def relations(figures: Sequence[Named]) -> tuple[Relation, ...]:
    """Find which parts make a whole together, and which starts and ends move a stock."""
    return (*_parts_of_wholes(figures), *_rests_told(figures), *_stocks_and_flows(figures))


def grouped(
    figures: Sequence[Named], found: Sequence[Relation]
) -> list[tuple[list[Named], list[Relation]]]:
    """Put figures that share a series or a relation together, in the order given."""
    leader: dict[Hashable, Hashable] = {}

    def head(name: Hashable) -> Hashable:
        while leader.setdefault(name, name) != name:
            name = leader[name]
        return name

    for names in (*((f.part, f.whole) for f in figures), *(r.series for r in found)):
        for other in names[1:]:
            leader[head(other)] = head(names[0])
    groups: dict[Hashable, tuple[list[Named], list[Relation]]] = {}
    for figure in figures:
        groups.setdefault(head(figure.part), ([], []))[0].append(figure)
    for relation in found:
        groups[head(relation.series[0])][1].append(relation)
    return list(groups.values())


def _parts_of_wholes(figures: Sequence[Named]) -> Iterator[Relation]:
    by_whole: dict[Hashable, dict[Hashable, Series]] = {}
    wholes: dict[Hashable, Series] = {}
    for figure in figures:
        if figure.numbers.wholes is not None and figure.numbers.rests is not None:
            by_whole.setdefault(figure.whole, {})[figure.part] = figure.numbers.parts
            wholes[figure.whole] = figure.numbers.wholes
    for name, parts in by_whole.items():
        yield from _making(name, wholes[name], parts)


def _making(name: Hashable, whole: Series, parts: Mapping[Hashable, Series]) -> Iterator[Relation]:
    months = tuple(month for month, _ in whole)
    if len(parts) > _MOST_TRIED or len(months) < _LEAST_MONTHS:
        return
    total = _numbers(whole)
    for count in range(2, _MOST_PARTS + 1):
        for chosen in combinations(parts, count):
            if np.array_equal(sum(_numbers(parts[one]) for one in chosen), total):
                terms = ((name, 0, -1.0), *((one, 0, 1.0) for one in chosen))
                yield Relation(terms, months)


def _rests_told(figures: Sequence[Named]) -> Iterator[Relation]:
    """Find figures that count just what is missing from a part: the late beside those in time."""
    told = {name for figure in figures for name in (figure.part, figure.whole)}
    for figure in figures:
        rests = figure.numbers.rests
        if rests is None or figure.measurement.indicator.scale != 100:
            continue
        rest = identity_of(rests, None)
        if rest in told:
            terms = ((figure.whole, 0, 1.0), (figure.part, 0, -1.0), (rest, 0, -1.0))
            yield Relation(terms, tuple(month for month, _ in rests))


def _stocks_and_flows(figures: Sequence[Named]) -> Iterator[Relation]:
    """Find stocks whose change from month to month is what came less what went."""
    stocks = _by_name(f for f in figures if f.measurement.indicator.is_snapshot)
    flows = _by_name(f for f in figures if not f.measurement.indicator.is_snapshot)
    for stock, series in stocks.items():
        months = tuple(month for month, _ in series)
        moved = np.diff(_numbers(series))
        if len(months) <= _LEAST_MONTHS or not moved.any():
            continue
        alike = {n: s for n, s in flows.items() if tuple(m for m, _ in s) == months}
        for came, went in _moving(moved, {n: _numbers(s)[1:] for n, s in alike.items()}):
            terms = ((stock, 0, 1.0), (stock, 1, -1.0), (came, 0, -1.0), (went, 0, 1.0))
            yield Relation(terms, months[1:])


def _moving(moved: Table, flows: Mapping[Hashable, Table]) -> Iterator[tuple[Hashable, Hashable]]:
    by_numbers = {numbers.tobytes(): name for name, numbers in flows.items()}
    for name, numbers in flows.items():
        other = by_numbers.get((numbers - moved + 0.0).tobytes())  # nought has no sign then
        if other is not None:
            yield name, other


def _by_name(figures: Iterable[Named]) -> dict[Hashable, Series]:
    return {f.part: f.numbers.parts for f in figures if f.numbers.rests is None}


def _numbers(series: Series) -> Table:
    return np.array([number for _, number in series], dtype=float)
