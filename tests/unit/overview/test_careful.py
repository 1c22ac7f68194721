"""What would expose a child in officers' commentary, and what would not."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from lineofsight.errors import UsageFault
from lineofsight.overview.careful import Identifiers, demand_fit_for, exposing
from lineofsight.overview.commentary import Line
from lineofsight.reference.audience import Audience

RECORDS = Identifiers(
    children=frozenset({"CHILD-17", "1234", "87654321"}),
    families=frozenset({"F/22", "2558"}),
    workers=frozenset({"Alder Worker", "SWE100"}),
    places=frozenset({"Bargate", "St Denys"}),
)


def found(text: str) -> list[str]:
    """What is found in one line, in order."""
    return [fault.what for fault in exposing([Line(1, text)], "c.md", RECORDS)]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("The delay concerned two children.", "two children"),
        ("Only one was held late.", "Only one"),
        ("A single child waited.", "A single child"),
        ("One of the three siblings moved.", "One of the three siblings"),
        ("We heard of 3 very young children in July.", "3 very young children"),
        ("Five unaccompanied young people came.", "Five unaccompanied young people"),
        ("All but 4 conferences were in time.", "4 conferences"),
        ("Both siblings are placed together.", "Both siblings"),
        ("There were two late initial conferences.", "two late initial conferences"),
        ("The families of two of them moved.", "two of them"),
        ("one looked-after child had no plan", "one looked-after child"),
    ],
)
def test_a_small_number_of_children_is_found(text: str, phrase: str) -> None:
    assert f"It says how few are meant: '{phrase}'." in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Six children waited, and 12 conferences were late.",
        "One in five children is seen within 10 days.",
        "1 in 5 children is known to us.",
        "Visits are made within 5 working days for children on a plan.",
        "2,005 children had a visit; 4.5 cases a worker is usual.",
        "95% of children, and 5 per cent of children before.",
        "On 3 September children returned to school.",
        "No one child protection manager can do this alone.",
        "Two assessment teams became one service.",
        "Only one month was below the target, and only two teams report.",
        "Every one of the children was seen.",
        "Children aged 10 to 15, and young people aged 16 and over.",
        "The rate is of children aged 0–17.",
        "Care leavers aged 19 are asked; so are 17-year-olds.",
        "There were 1234 contacts and 2558 referrals in 2020.",
        "bargate is a word; so is Denys.",
        "Author: Alder Worker; 14 September 2020",
    ],
)
def test_what_exposes_nobody_is_let_through(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("It was a child aged 7.", "It gives the age of a single child."),
        ("A 15-year-old was missing.", "It gives the age of a single child."),
        ("He was born on a Monday.", "It speaks of a date of birth."),
        ("DOB unknown", "It speaks of a date of birth."),
        ("See child-17 for this.", "It names a child of the records."),
        ("The record of child 1234 was late.", "It names a child of the records."),
        ("It was 87654321.", "It names a child of the records."),
        ("See family 2558.", "It names a family of the records."),
        ("Family F/22 waits.", "It names a family of the records."),
        ("Ask Alder Worker about it.", "It names a worker of the records."),
        ("A family from St Denys.", "It names a place where children of the records live."),
        ("UPN A123456789012", "It has the form of a unique pupil number."),
        ("NHS 943 476 5919", "It has the form of an NHS number."),
        ("Moved to SO14 7LY.", "It has the form of a postcode."),
    ],
)
def test_what_identifies_somebody_is_found(text: str, what: str) -> None:
    assert what in found(text)


TEXT = """# Commentary, August 2020

## front_door.mash_timeliness
Author: Alder Worker; 14 September 2020

The record of CHILD-17 was late, as were
two children of one school.

Action: Ask Alder Worker | Owner: MASH manager | Due: 2020-10-31
"""


def test_all_places_are_told_at_once_and_no_identifier_is_repeated(tmp_path: Path) -> None:
    path = tmp_path / "commentary.md"
    path.write_text(TEXT, encoding="utf-8")
    demand_fit_for(Audience.SERVICE, path, RECORDS)
    for audience in (Audience.COMMITTEE, Audience.PUBLIC):
        with pytest.raises(UsageFault) as refusal:
            demand_fit_for(audience, path, RECORDS)
        take_out = "Take it out: nobody outside the service may learn from a paper who is meant."
        assert str(refusal.value) == (
            "It names a child of the records.\n"
            "  File: commentary.md, line 6, from character 15.\n"
            f"  {take_out}\n"
            "It says how few are meant: 'two children'.\n"
            "  File: commentary.md, line 7, from character 1.\n"
            "  Say it without the number: for others than the service no number of children from "
            "one to five is given.\n"
            "It names a worker of the records.\n"
            "  File: commentary.md, line 9, from character 13.\n"
            "  Name the role: a worker may be named as the author alone."
        )


def test_a_large_store_is_searched_in_a_moment() -> None:
    """Half a million identifiers and a page of text."""
    many = Identifiers(children=frozenset(f"CH{n:07}" for n in range(500_000)))
    lines = [Line(n, "The plan of CH0499999 was late again in this month.") for n in range(300)]
    begun = time.perf_counter()
    faults = exposing(lines, "c.md", many)
    assert len(faults) == 300
    assert time.perf_counter() - begun < 10
