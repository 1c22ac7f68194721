"""Small tables, every world and every choice tried: the search finds a cheapest safe one."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from lineofsight.disclosure.knowledge import Item, Knowledge, Row, Secret
from lineofsight.disclosure.suppression import suppress

# Four months, their quarters and their whole: sums of numbers that stand side by side.
SPANS = [(0, 1), (1, 2), (2, 3), (3, 4), (0, 2), (2, 4), (0, 4)]
World = tuple[int, ...]


def drawn(truth: World, costs: tuple[int, ...]) -> Knowledge:
    """Everything is shown but what is small itself."""
    items, secrets = [], []
    for span, cost in zip(SPANS, costs, strict=True):
        total = sum(truth[span[0] : span[1]])
        weights = dict.fromkeys(range(*span), 1.0)
        is_small = 1 <= total <= 5
        items.append(Item(span, (Row.exactly(weights, total),), float(cost), is_small))
        if is_small:
            secrets.append(Secret(span, weights, total))
    return Knowledge(4, tuple(items), tuple(secrets))


def worlds(truth: World, shown: list[tuple[int, int]]) -> Iterator[World]:
    """Every way the months could be, up to what could matter."""
    most = max(7, *truth)
    sums = {span: sum(truth[span[0] : span[1]]) for span in shown}
    for world in product(range(most + 1), repeat=4):
        if all(sum(world[a:b]) == total for (a, b), total in sums.items()):
            yield world


def is_safe(truth: World, withheld: frozenset[Hashable], secrets: tuple[Secret, ...]) -> bool:
    """Whether each small number could be nought or six and more, by what is shown."""
    shown = [span for span in SPANS if span not in withheld]
    left = {secret.key for secret in secrets}
    for world in worlds(truth, shown):
        left -= {(a, b) for a, b in left if not 1 <= sum(world[a:b]) <= 5}
        if not left:
            return True
    return not left


@settings(max_examples=25, deadline=None)
@given(
    st.tuples(*[st.integers(0, 9)] * 4),
    st.tuples(*[st.sampled_from([1, 1, 2, 5])] * 7),
)
def test_the_choice_is_safe_and_no_cheaper_one_is(truth: World, costs: tuple[int, ...]) -> None:
    knowledge = drawn(truth, costs)
    found = suppress(knowledge)
    assert is_safe(truth, found.withheld, knowledge.secrets)
    assert found.cost == found.least_cost
    primary = frozenset(item.key for item in knowledge.items if item.is_primary)
    able = [item for item in knowledge.items if not item.is_primary]
    for count in range(len(able) + 1):
        for chosen in combinations(able, count):
            if sum(item.cost for item in chosen) < found.cost:
                tried = primary | {item.key for item in chosen}
                assert not is_safe(truth, tried, knowledge.secrets)
