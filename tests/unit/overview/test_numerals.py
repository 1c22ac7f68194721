"""How the paper writes numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lineofsight.overview.numerals import (
    between,
    continued,
    listed,
    measure,
    months_in_words,
    one_of,
    place,
    spoken,
    tally,
)


@pytest.mark.parametrize(
    ("number", "decimals", "unit", "written"),
    [
        ("14.5", 0, "%", "15%"),
        ("14.49999", 0, "%", "14%"),
        ("81.892", 0, " per 10,000", "82 per 10,000"),
        ("50310", 0, "", "50,310"),
        ("-0.4", 0, "%", "0%"),
        ("19.25", 1, "", "19.3"),
    ],
)
def test_a_number_is_rounded_half_up_once(
    number: str, decimals: int, unit: str, written: str
) -> None:
    assert measure(Decimal(number), decimals, unit) == written


@pytest.mark.parametrize(
    ("many", "one"),
    [
        ("children", "child"),
        ("children on a plan", "child on a plan"),
        ("enquiries", "enquiry"),
        ("young people", "young person"),
        ("episodes of need", "episode of need"),
        ("audited decisions", "audited decision"),
        ("children aged 0 to 17", "child aged 0 to 17"),
        ("full-time posts", "full-time post"),
    ],
)
def test_one_of_what_is_counted(many: str, one: str) -> None:
    assert one_of(many) == one


@pytest.mark.parametrize(
    ("count", "written"),
    [
        (0, "no children"),
        (1, "one child"),
        (2, "two children"),
        (9, "nine children"),
        (10, "10 children"),
        (1204, "1,204 children"),
    ],
)
def test_a_count_in_a_sentence_is_in_words_below_ten(count: int, written: str) -> None:
    assert spoken(count, "children") == written


@pytest.mark.parametrize(
    ("low", "high", "unit", "written"),
    [
        ("57.2", "68.4", "%", "57% to 68%"),
        ("74.1", "90.2", " per 10,000", "74 to 90 per 10,000"),
        ("75.6", "76.4", "%", "76%"),
    ],
)
def test_a_range_has_its_unit_once(low: str, high: str, unit: str, written: str) -> None:
    assert between(Decimal(low), Decimal(high), 0, unit) == written


@pytest.mark.parametrize(
    ("months", "written"), [(1, "one month"), (12, "twelve months"), (24, "24 months")]
)
def test_months_in_words(months: int, written: str) -> None:
    assert months_in_words(months) == written


def test_parts_of_one_have_a_decimal_and_wholes_have_none() -> None:
    assert [tally(Decimal(n)) for n in ("82.5", "84.0", "1618")] == ["82.5", "84", "1,618"]


def test_a_list_ends_with_and() -> None:
    assert [listed(list(letters)) for letters in ("", "a", "ab", "abc")] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert listed(["a, b", "c", "d"], "; ") == "a, b; c; and d"


def test_regions_have_an_article_where_english_gives_them_one() -> None:
    assert [place(name) for name in ("South East", "London", "Yorkshire and The Humber")] == [
        "the South East",
        "London",
        "Yorkshire and The Humber",
    ]


def test_after_a_colon_a_name_keeps_its_capital() -> None:
    assert continued("It was reached.") == "it was reached."
    assert continued("England's figure is old.") == "England's figure is old."
    assert continued("A month is missing.") == "a month is missing."
