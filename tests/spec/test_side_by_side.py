"""Two returns side by side: what they tell differently, and which figure moves by how much."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from lineofsight import sources
from lineofsight.access.roles import Actor, Role
from lineofsight.cli.checking import show_linked
from lineofsight.desk import Desk
from lineofsight.journey.tables import (
    child_protection_plans,
    children,
    initial_conferences,
    linked_identifiers,
    referrals,
    section_47_enquiries,
)
from lineofsight.reference.periods import Month
from lineofsight.warehouse.journey import told_by_return
from lineofsight.warehouse.side_by_side import (
    ANOTHER_DAY,
    ONLY,
    OTHERWISE,
    Compared,
    compare,
)
from lineofsight.warehouse.store import Store
from lineofsight.worklists.reconciliation import lines, sentence

from .test_known_journey import FIVE_YEARS, SIX_MONTHS, deliver, store

__all__ = ["store"]  # the fixture

CENSUS, CENSUS_YEAR = "Children in need census", ("2019-04-01", "2020-03-31")


def compared(store: Store, table: str) -> Compared:
    """Compare a table that Annex A and the census tell."""
    first, second = told_by_return(store)[table]
    found = compare(table, first, second)
    assert found
    return found


def test_only_the_days_that_both_cover_are_compared(store: Store) -> None:
    """March 2020: A is told alike, B on another day, C and D by one of them only.

    E lies in April, which the census does not cover; F in February, which Annex A does not. G is
    told on 31 March by the census and on 1 April by Annex A: one event, on another day. H's two
    days lie more than 31 days apart: two events, of which Annex A's lies outside the days.
    """
    deliver(store, SIX_MONTHS, {referrals: """
        child_id | referred_on
        A        | 2020-03-02
        B        | 2020-03-03
        C        | 2020-03-04
        E        | 2020-04-20
        G        | 2020-04-01
        H        | 2020-05-01
    """})  # fmt: skip
    deliver(
        store,
        CENSUS_YEAR,
        {referrals: """
            child_id | referred_on
            A        | 2020-03-02
            B        | 2020-03-05
            D        | 2020-03-06
            F        | 2020-02-03
            G        | 2020-03-31
            H        | 2020-03-30
        """},
        return_name=CENSUS,
    )  # fmt: skip
    found = compared(store, "referrals")
    assert found.both == 1
    assert [(d.kind, d.subject, d.values) for d in found.differences] == [
        (ANOTHER_DAY, "B", ("2020-03-03", "2020-03-05")),
        (ANOTHER_DAY, "G", ("2020-04-01", "2020-03-31")),
        (ONLY, "C", ("2020-03-04", "")),
        (ONLY, "D", ("", "2020-03-06")),
        (ONLY, "H", ("", "2020-03-30")),
    ]
    assert sentence(found) == (
        "Referrals (31 days): 1 told by both on the same day, 2 on another day, 1 only in Annex A, "
        "2 only in Children in need census."
    )


def test_two_events_of_a_child_on_one_day_meet_two(store: Store) -> None:
    """Told twice here and once there: one of them is only here."""
    one = "child_id | referred_on\nA | 2020-03-02"
    deliver(store, SIX_MONTHS, {referrals: f"{one}\nA | 2020-03-02"})
    deliver(store, CENSUS_YEAR, {referrals: one}, return_name=CENSUS)
    found = compared(store, "referrals")
    assert (found.both, found.count(ONLY, side=0), found.count(ONLY, side=1)) == (1, 1, 0)


def test_what_happened_after_a_list_was_made_is_not_told_otherwise(store: Store) -> None:
    """A ended in April, which the census cannot know. B's end in February it should have known.

    C has another category; what a list says of its own day (the latest category) is not compared.
    """
    plan = "child_id | started_on | ended_on   | initial_category | latest_category"
    deliver(store, SIX_MONTHS, {child_protection_plans: f"""
        {plan}
        A        | 2020-03-02 | 2020-04-20 | NEG | NEG
        B        | 2020-03-03 | 2020-03-20 | NEG | NEG
        C        | 2020-03-04 |            | NEG | NEG
    """})  # fmt: skip
    deliver(
        store,
        CENSUS_YEAR,
        {child_protection_plans: f"""
            {plan}
            A        | 2020-03-02 |            | NEG | NEG
            B        | 2020-03-03 |            | NEG | NEG
            C        | 2020-03-04 |            | EMO | PHY
        """},
        return_name=CENSUS,
    )  # fmt: skip
    found = compared(store, "child_protection_plans")
    assert [(d.kind, d.field, d.subject, d.values) for d in found.differences] == [
        (OTHERWISE, "ended_on", "B", ("2020-03-20", "blank")),
        (OTHERWISE, "initial_category", "C", ("NEG", "EMO")),
    ]
    assert found.fields_told_otherwise == ("ended_on", "initial_category")


def test_children_are_compared_where_both_describe_them(store: Store) -> None:
    """B is described by one of them: that is no difference."""
    deliver(store, SIX_MONTHS, {children: """
        child_id | sex | born_on    | has_disability
        A        | F   | 2012-02-03 | yes
        B        | F   | 2012-02-03 | no
    """})  # fmt: skip
    deliver(
        store,
        CENSUS_YEAR,
        {children: """
            child_id | sex | born_on    | has_disability
            A        | M   | 2012-03-02 | yes
        """},
        return_name=CENSUS,
    )  # fmt: skip
    found = compared(store, "children")
    assert [(d.field, d.values) for d in found.differences] == [
        ("born_on", ("2012-02-03", "2012-03-02")),
        ("sex", ("F", "M")),
    ]


def conferences_told_differently(store: Store) -> None:
    """A's conference on the 15th working day in Annex A, on the 16th in the census; B's alike."""
    head = "child_id | strategy_discussion_on | held_on"
    enquiries = "child_id | strategy_discussion_on | conference_on"
    for name, days, on in (
        ("Annex A", SIX_MONTHS, "2020-03-10"),
        (CENSUS, CENSUS_YEAR, "2020-03-11"),
    ):
        rows = f"A | 2020-02-18 | {on}\nB | 2020-02-18 | 2020-03-09"
        given = {initial_conferences: f"{head}\n{rows}"}
        given |= {section_47_enquiries: f"{enquiries}\n{rows}"}
        deliver(store, days, given, return_name=name)


def test_the_figure_that_moves_is_named_with_both_values(tmp_path: Path) -> None:
    """2 of 2 in time with Annex A leading, 1 of 2 with the census; the numbers do not move."""
    desk = Desk(tmp_path / "store", Actor("analyst", Role.ANALYST))
    conferences_told_differently(desk.store)
    found, (page, table) = sources.reconcile(desk, None, tmp_path / "out")
    assert found.month == Month.parse("2020-03")
    timely = "child_protection.icpc_timeliness"
    moved = {f.indicator: (f.first, f.second, f.months) for f in found.figures}
    assert moved[timely] == ("100% (2/2)", "50% (1/2)", 1)
    # The bands and quartiles of the same days move with it, and nothing else.
    assert all(name == timely or ".conference_" in name for name in moved)
    said = [line for line in lines(found) if ".conference_" not in line]
    assert said == [
        "Annex A against Children in need census",
        "  Section 47 enquiries (31 days): 0 told by both on the same day.",
        "  Initial conferences (31 days): 1 told by both on the same day, 1 on another day.",
        "  child_protection.icpc_timeliness: March 2020 100% (2/2) with Annex A leading, 50% (1/2) "
        "with Children in need census; twelve months 100% (2/2) and 50% (1/2); differs in 1 month.",
    ]
    rows = list(csv.DictReader(table.read_text(encoding="utf-8-sig").splitlines()))
    assert [(r["what"], r["child"], r["value 1"], r["value 2"], r["row 2"]) for r in rows] == [
        ("on another day", "A", "2020-03-10", "2020-03-11", "2")
    ]
    assert "Synthetic: every child is made up." in page.read_text(encoding="utf-8")
    entry = json.loads((desk.root / "audit.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert (entry["act"], entry["subject"]) == (
        "compared the records of two returns",
        "all months",
    )


def test_one_return_alone_has_nothing_to_be_compared_with(tmp_path: Path) -> None:
    """Said in a sentence, with a page that says it too."""
    desk = Desk(tmp_path / "store", Actor("analyst", Role.ANALYST))
    deliver(desk.store, SIX_MONTHS, {referrals: "child_id | referred_on\nA | 2020-03-02"})
    found, (page, _) = sources.reconcile(desk, None, tmp_path / "out")
    sentence = "No two returns tell of the same days: there is nothing to compare."
    assert list(lines(found)) == [sentence]
    assert "there is nothing to compare" in page.read_text(encoding="utf-8")


def test_what_links_do_to_the_figures_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A was recorded again as B in July: 1 of July's 2 referrals becomes a re-referral.

    Annex A of five years holds July 2020 and the year before it.
    """
    desk = Desk(tmp_path / "store", Actor("analyst", Role.ANALYST))
    july = Month.parse("2020-07")
    deliver(desk.store, FIVE_YEARS, {referrals: """
        child_id | referred_on
        A        | 2020-02-03
        B        | 2020-07-06
        C        | 2020-07-07
    """})  # fmt: skip
    reported, figures = sources.linked(desk, july)
    show_linked(reported, figures, july)
    assert capsys.readouterr().out == (
        "No identifiers are linked: the local table 'Linked identifiers' is empty.\n"
    )
    link = "child_id | also_known_as\nA | B"
    deliver(desk.store, FIVE_YEARS, {linked_identifiers: link}, return_name="Local tables")
    show_linked(*sources.linked(desk, july), july)
    assert capsys.readouterr().out.splitlines() == [
        "'1.xlsx, referrals': 1 row of a child with two identifiers: given the one that is kept "
        "('referrals'); row 3.",
        "front_door.re_referrals: July 2020 0% (0/2) as recorded, 50% (1/2) linked; twelve months "
        "0% (0/3) and 33% (1/3).",
        "front_door.children_re_referred: July 2020 0% (0/2) as recorded, 50% (1/2) linked; "
        "twelve months 0% (0/3) and 50% (1/2).",
    ]
