"""What the text of a cell becomes, drawn: the text, the value, and what is reported."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import polars as pl
import pytest

from lineofsight.journey.tables import (
    child_protection_plans,
    contacts,
    mash_decisions,
    periods_of_care,
    referrals,
    staffing,
)
from lineofsight.returns.conversion import NOTE, VALUE, cleaned, convert, may_be_shown

AUGUST = date(2020, 8, 31)
DAYS = [
    ("2020-08-31 00:00:00", AUGUST, None),  # a real Excel date, as the reader writes it
    ("2020-08-31", AUGUST, None),
    ("31/08/2020", AUGUST, "DATE_IN_TEXT"),
    ("31/8/2020", AUGUST, "DATE_IN_TEXT"),
    ("31-08-2020", AUGUST, "DATE_IN_TEXT"),
    ("31.08.2020", AUGUST, "DATE_IN_TEXT"),
    ("31/08/20", AUGUST, "DATE_IN_TEXT"),
    ("31 Aug 2020", AUGUST, "DATE_IN_TEXT"),
    ("31-Aug-20", AUGUST, "DATE_IN_TEXT"),
    ("31 August 2020", AUGUST, "DATE_IN_TEXT"),
    ("\u00a031/08/2020 ", AUGUST, "DATE_IN_TEXT"),
    ("44074", AUGUST, "DATE_AS_NUMBER"),  # Excel: 1 January 1900 is day 1
    ("2020-08-31 14:05:00", AUGUST, "TIME_CUT_OFF"),
    ("31/08/2020 14:05", AUGUST, "TIME_CUT_OFF"),
    ("05/04/2020", date(2020, 4, 5), "DATE_IN_TEXT"),  # day first, always
    ("04/25/2020", None, "UNREADABLE"),  # month first is not guessed
    ("31/02/2020", None, "UNREADABLE"),
    ("last Tuesday", None, "UNREADABLE"),
    ("sixteenth of September", None, "UNREADABLE"),
    ("2020", None, "OUTSIDE_CALENDAR"),  # a day number of 1905
    ("#N/A", None, "UNREADABLE"),
    ("9999-12-31 00:00:00", None, "OUTSIDE_CALENDAR"),
    ("01/01/1900", None, "OUTSIDE_CALENDAR"),
    ("", None, None),
    (None, None, None),
]
MOMENTS = [
    ("2020-08-31 14:05:00", datetime(2020, 8, 31, 14, 5), None),
    ("2020-08-31T14:05:30", datetime(2020, 8, 31, 14, 5, 30), None),
    ("31/08/2020 14:05", datetime(2020, 8, 31, 14, 5), "DATE_IN_TEXT"),
    ("31/08/2020 9:05", datetime(2020, 8, 31, 9, 5), "DATE_IN_TEXT"),
    ("44074.5", datetime(2020, 8, 31, 12), "DATE_AS_NUMBER"),
    ("31/08/2020", datetime(2020, 8, 31), "NO_TIME"),
    ("half past nine", None, "UNREADABLE"),
]
FLAGS = [
    ("a) Yes", True, None),
    ("y", True, None),
    ("true", True, None),
    ("1", True, None),
    ("b) No", False, None),
    ("N", False, None),
    ("0", False, None),
    (None, None, "BLANK_FLAG"),
    ("c) Unknown", None, "UNKNOWN_FLAG"),
    ("CS Assessment Updated", None, "UNKNOWN_FLAG"),
    ("#REF!", None, "UNREADABLE"),
]
WHOLES = [
    ("3", 3, None),
    ("3.0", 3, None),
    ("3.5", None, "UNREADABLE"),
    ("three", None, "UNREADABLE"),
    ("99999999999999999999", None, "UNREADABLE"),
]


def _one(text: str | None, field: Any) -> tuple[Any, str | None]:
    row = convert(cleaned(pl.Series([text], dtype=pl.String)), field).row(0, named=True)
    return row[VALUE], row[NOTE]


@pytest.mark.parametrize(("text", "day", "note"), DAYS)
def test_days(text: str | None, day: date | None, note: str | None) -> None:
    assert _one(text, contacts.contacted_on) == (day, note)


@pytest.mark.parametrize(("text", "moment", "note"), MOMENTS)
def test_moments(text: str, moment: datetime | None, note: str | None) -> None:
    assert _one(text, mash_decisions.received_at) == (moment, note)


@pytest.mark.parametrize(("text", "truth", "note"), FLAGS)
def test_flags(text: str | None, truth: bool | None, note: str | None) -> None:
    assert _one(text, referrals.is_no_further_action) == (truth, note)


@pytest.mark.parametrize(("text", "truth"), [("a) In", False), ("b) Out", True), ("Yes", True)])
def test_a_placement_is_in_or_out_of_the_authority(text: str, truth: bool) -> None:
    assert _one(text, periods_of_care.is_placed_outside) == (truth, None)


def test_in_and_out_are_no_answers_elsewhere() -> None:
    assert _one("Out", referrals.is_no_further_action) == (None, "UNKNOWN_FLAG")


@pytest.mark.parametrize(("text", "number", "note"), WHOLES)
def test_whole_numbers(text: str, number: int | None, note: str | None) -> None:
    assert _one(text, child_protection_plans.previous_plans) == (number, note)


@pytest.mark.parametrize(("text", "number"), [("12.5", 12.5), ("3", 3.0), ("nan", None)])
def test_amounts(text: str, number: float | None) -> None:
    assert _one(text, staffing.posts_fte)[0] == number


def test_an_identifier_keeps_its_leading_letter_and_zeros() -> None:
    assert _one("a) 00123", contacts.child_id) == ("a) 00123", None)


def test_a_label_loses_the_letter_of_the_list() -> None:
    assert _one("b)  Return to\u00a0family", periods_of_care.permanence_plan)[0] == (
        "Return to family"
    )


@pytest.mark.parametrize(
    ("text", "rows", "is_shown"),
    [
        ("PSRMEM - Support with memory and cognition", 1, True),
        ("zz) Something new", 1, True),
        ("Firstname Surname", 1, False),  # a name in a shifted column
        ("Firstname Surname", 2, False),
        ("CS Assessment Updated", 5, True),
        ("16/09/2010", 40, False),
        ("10273003", 40, False),
    ],
)
def test_only_what_cannot_be_a_childs_own_is_shown(text: str, rows: int, is_shown: bool) -> None:
    assert may_be_shown(text, rows) is is_shown
