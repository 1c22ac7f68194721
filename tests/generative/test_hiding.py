"""Small tables at random: the hiding is safe in every world there is, the cheapest, and not idle.

Everything is counted again by trying all worlds of whole numbers and all ways to hide, which shares
nothing with paths, linear programs or covers.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from lineofsight.disclosure.hiding import hide
from lineofsight.disclosure.paths import PathAttacker, is_chain
from lineofsight.disclosure.rules import Rules
from lineofsight.disclosure.series import Kind, Line, Periods, attacker_of, hide_lines
from lineofsight.disclosure.table import Bound, Form, Item, Table, exact
from lineofsight.disclosure.worlds import WorldAttacker

SOME = settings(max_examples=25, deadline=None, derandomize=True)
FEW = settings(max_examples=10, deadline=None, derandomize=True)
MOST = 8  # no count is above, and everybody knows it: so that all worlds can be tried
counts = st.lists(st.sampled_from((0, 1, 2, 3, 5, 6, 7)), min_size=3, max_size=4)


def table_of(truth: Sequence[int], forms: Sequence[Form], costs: Sequence[int]) -> Table:
    """A table whose items show one sum each, exactly."""
    items = [Item((exact(f, truth),), float(c)) for f, c in zip(forms, costs, strict=False)]
    small = [Bound(f, 1, 5) for f in forms if 1 <= exact(f, truth).low <= 5]
    return Table.of(truth, items, small, upper=[MOST] * len(truth))


def windows(months: int) -> list[Form]:
    """Months, sums of two that follow each other, and the sum of all."""
    spans = [(n, n + 1) for n in range(months)] + [(n, n + 2) for n in range(months - 1)]
    return [dict.fromkeys(range(a, b), 1) for a, b in (*spans, (0, months))]


def is_safe(table: Table, hidden: np.ndarray, worlds: np.ndarray) -> bool:  # type: ignore[type-arg]
    """Whether every small sum lies outside 1 to 5 in some world that fits what is shown."""
    shown = np.zeros((table.shown.count, len(table.truth)))
    shown[table.shown.row, table.shown.atom] = table.shown.weight
    rows = table.rows_shown(hidden)
    fits = (worlds @ shown[rows].T == table.shown.low[rows]).all(axis=1)
    secret = np.zeros((table.sensitive.count, len(table.truth)))
    secret[table.sensitive.row, table.sensitive.atom] = table.sensitive.weight
    sums = worlds[fits] @ secret.T
    return bool(((sums < 1) | (sums > 5)).any(axis=0).all())


def cheapest(table: Table, worlds: np.ndarray) -> float:  # type: ignore[type-arg]
    """The least cost of all ways to hide that are safe."""
    ways = itertools.product((False, True), repeat=len(table.cost))
    priced = sorted((float(table.cost[list(w)].sum()), w) for w in ways)
    return next(cost for cost, way in priced if is_safe(table, np.array(way), worlds))


def all_worlds(atoms: int) -> np.ndarray:  # type: ignore[type-arg]
    """Every way the atoms could be."""
    return np.array(list(itertools.product(range(MOST + 1), repeat=atoms)), dtype=np.float64)


@SOME
@given(counts, st.lists(st.integers(1, 4), min_size=8, max_size=8))
def test_months_and_sums_are_hidden_safely_at_the_least_cost(
    truth: list[int], costs: list[int]
) -> None:
    """By shortest paths and by linear programs alike; and to show any hidden item exposes."""
    table, worlds = table_of(truth, windows(len(truth)), costs), all_worlds(len(truth))
    assert is_chain(table)
    least = cheapest(table, worlds)
    for attacker in (PathAttacker(table), WorldAttacker(table)):
        found = hide(table, attacker)
        assert is_safe(table, found.hidden, worlds)
        assert found.cost == found.least == least
        for item in np.flatnonzero(found.hidden):
            fewer = found.hidden.copy()
            fewer[item] = False
            assert not is_safe(table, fewer, worlds)


@FEW
@given(
    st.lists(st.sampled_from((0, 1, 3, 4, 7, 8)), min_size=4, max_size=4),
    st.lists(st.integers(1, 4), min_size=9, max_size=9),
)
def test_rows_by_columns_are_hidden_safely_at_the_least_cost(
    truth: list[int], costs: list[int]
) -> None:
    """Two groups by two months: cells, rows, columns and the whole."""
    forms: list[Form] = [{n: 1} for n in range(4)]
    forms += [{0: 1, 1: 1}, {2: 1, 3: 1}, {0: 1, 2: 1}, {1: 1, 3: 1}, dict.fromkeys(range(4), 1)]
    table, worlds = table_of(truth, forms, costs), all_worlds(4)
    found = hide(table, attacker_of(table))
    assert is_safe(table, found.hidden, worlds)
    assert found.cost == cheapest(table, worlds)


def shares(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    """What was counted in four months, and how many met."""
    counted = draw(st.lists(st.integers(0, 14), min_size=4, max_size=4))
    return counted, [draw(st.integers(0, n)) for n in counted]


def share_worlds(counted: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """All numerators there could be of known denominators."""
    yield from itertools.product(*(range(n + 1) for n in counted))


@SOME
@given(st.composite(shares)())
def test_nobody_who_knows_every_denominator_finds_a_numerator(
    drawn: tuple[list[int], list[int]],
) -> None:
    """Months, a rolling sum of two and the sum so far: numerators and what is left of the
    denominators can be something else in some world; a share of few is never known."""
    counted, above = drawn
    spans = [(n, n + 1) for n in range(4)] + [(n, n + 2) for n in range(3)] + [(0, 3), (0, 4)]
    start, stop = (np.array([s[k] for s in spans]) for k in (0, 1))
    periods = Periods(start, stop, np.arange(1.0, 1 + len(spans)))
    line = Line("s", Kind.SHARE, "f", periods, np.array(counted, float), np.array(above, float))
    hidden = hide_lines([line], Rules())["s"].is_hidden
    worlds = np.array(list(share_worlds(counted)), dtype=np.int64)
    running = np.concatenate([np.zeros((len(worlds), 1), np.int64), worlds.cumsum(axis=1)], axis=1)
    sums, truth = running[:, stop] - running[:, start], [sum(above[a:b]) for a, b in spans]
    fits = sums[(sums[:, ~hidden] == np.array(truth)[~hidden]).all(axis=1)]
    for place, (a, b) in enumerate(spans):
        whole, top, possible = sum(counted[a:b]), truth[place], set(fits[:, place].tolist())
        if 1 <= top <= 5:
            assert hidden[place]
            assert possible - set(range(1, 6))
        if 1 <= whole - top <= 5:
            assert hidden[place]
            assert possible - set(range(whole - 5, whole))
        if 1 <= whole < 10:
            assert hidden[place]
            assert possible - {top}
        if hidden[place] and not 1 <= whole <= 5:
            assert len(possible) > 1
