"""What is frozen is read back as it was: every kind of value, and a whole paper."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineofsight.editions.codec import from_plain, to_plain
from lineofsight.editions.edition import CONCRETE, frozen
from lineofsight.judgement.finding import Finding
from lineofsight.overview.overview import Overview
from tests.overview_examples import example_findings, example_overview


class Colour(Enum):
    """Two members with values that JSON could not tell from others."""

    RED = (1, 2)
    GREEN = None


@dataclass(frozen=True, slots=True)
class Leaf:
    """One field of every kind."""

    text: str
    whole: int
    number: float
    flag: bool
    exact: Decimal
    day: date
    moment: datetime
    colour: Colour
    gap: float | None = None


@dataclass(frozen=True)
class Tree:
    """Values inside values."""

    leaves: tuple[Leaf, ...]
    pair: tuple[str, Leaf | None]
    by_name: Mapping[str, tuple[int, ...]]
    tree: Tree | None = None


leaves = st.builds(
    Leaf,
    text=st.text(),
    whole=st.integers(),
    number=st.one_of(st.floats(allow_nan=False), st.integers()),
    flag=st.booleans(),
    exact=st.decimals(allow_nan=False),
    day=st.dates(),
    moment=st.datetimes(timezones=st.just(UTC)),
    colour=st.sampled_from(Colour),
    gap=st.none() | st.floats(allow_nan=False),
)
trees = st.recursive(
    st.builds(
        Tree,
        leaves=st.lists(leaves, max_size=3).map(tuple),
        pair=st.tuples(st.text(), st.none() | leaves),
        by_name=st.dictionaries(st.text(), st.lists(st.integers(), max_size=2).map(tuple)),
    ),
    lambda inner: st.builds(replace, inner, tree=inner),
    max_leaves=3,
)


def types_in(value: Any) -> Any:
    """The types of everything inside a value: 1 and 1.0 and True are equal, and not the same."""
    if hasattr(value, "__dataclass_fields__"):
        return type(value), [types_in(getattr(value, n)) for n in value.__dataclass_fields__]
    if isinstance(value, tuple):
        return tuple(map(types_in, value))
    return repr(value) if isinstance(value, (float, Decimal)) else type(value)


@given(trees)
def test_whatever_is_written_is_read_back_exactly(tree: Tree) -> None:
    text = json.dumps(to_plain(tree, Tree), allow_nan=False)
    again = from_plain(json.loads(text), Tree)
    assert again == tree
    assert types_in(again) == types_in(tree)


def test_a_whole_paper_and_its_findings_are_read_back() -> None:
    paper, findings = example_overview(), frozen(example_findings())
    again = from_plain(json.loads(json.dumps(to_plain(paper, Overview))), Overview)
    assert again == paper
    declared = tuple[Finding, ...]
    text = json.dumps(to_plain(findings, declared, CONCRETE))
    assert from_plain(json.loads(text), declared, CONCRETE) == findings
    told = [(f.measurement.series, f.measurement.rolling, f.evidence) for f in example_findings()]
    assert [(f.measurement.series, f.measurement.rolling, f.evidence) for f in findings] == told


LEAF = Leaf("a", 1, 1.5, True, Decimal("1.50"), date(2020, 8, 31),
            datetime(2020, 8, 31, 9, 30, tzinfo=UTC), Colour.RED)  # fmt: skip
PLAIN = {
    "text": "a", "whole": 1, "number": 1.5, "flag": True, "exact": "1.50", "day": "2020-08-31",
    "moment": "2020-08-31T09:30:00+00:00", "colour": "RED", "gap": None,
}  # fmt: skip


def test_the_form_is_plain() -> None:
    """It can be read without this program, in ten years too."""
    assert to_plain(LEAF, Leaf) == PLAIN


def test_the_limit_of_a_month_without_a_value_is_written_and_read() -> None:
    """JSON has no word for a float that is not a number."""
    text = json.dumps(to_plain(replace(LEAF, gap=float("nan")), Leaf), allow_nan=False)
    assert json.loads(text) == {**PLAIN, "gap": "nan"}
    again = from_plain(json.loads(text), Leaf)
    assert again.gap != again.gap


@pytest.mark.parametrize(
    ("field", "value"),
    [("text", 1), ("whole", True), ("whole", 1.0), ("exact", 1.5), ("number", Decimal(1)),
     ("day", LEAF.moment), ("flag", 1), ("colour", "RED"), ("text", None)],
)  # fmt: skip
def test_a_value_of_another_type_than_declared_is_not_written(field: str, value: object) -> None:
    with pytest.raises(TypeError, match=rf"\.{field} is "):
        to_plain(replace(LEAF, **{field: value}), Leaf)


@pytest.mark.parametrize(
    ("field", "value"),
    [("text", 1), ("whole", True), ("whole", 1.0), ("exact", "one"), ("number", "1"),
     ("day", "31/08/2020"), ("flag", 1), ("colour", "BLUE"), ("text", None), ("moment", "noon")],
)  # fmt: skip
def test_what_does_not_fit_is_not_read(field: str, value: object) -> None:
    with pytest.raises(ValueError, match=rf"\.{field} does not fit"):
        from_plain({**PLAIN, field: value}, Leaf)


def test_a_field_that_was_added_since_takes_its_default_and_an_unknown_one_is_refused() -> None:
    old = {name: value for name, value in PLAIN.items() if name != "gap"}
    assert from_plain(old, Leaf) == LEAF
    with pytest.raises(ValueError, match="has the unknown field weight"):
        from_plain({**PLAIN, "weight": 1}, Leaf)
    with pytest.raises(ValueError, match="lacks a field"):
        from_plain({name: value for name, value in PLAIN.items() if name != "day"}, Leaf)
