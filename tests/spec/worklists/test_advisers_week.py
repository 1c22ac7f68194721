"""The adviser's week, drawn by hand: issues by family, themes week by week, escalations open."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lineofsight.access.audit import AuditTrail
from lineofsight.access.roles import Act, Actor, Role
from lineofsight.journey.tables import (
    conference_requests,
    initial_conferences,
    section_47_enquiries,
)
from lineofsight.warehouse.duckdb import DuckDB
from lineofsight.warehouse.facts import build_facts
from lineofsight.warehouse.up_to import up_to
from lineofsight.worklists.adviser import AdvisersWeek, draw_advisers_week
from lineofsight.worklists.adviser_told import MOST_FAMILIES, said, tell_advisers_week
from lineofsight.worklists.written import advisers_page_of

from ..conftest import drawn

REQUESTS = """
    child_id | family_id | strategy_discussion_on | requested_on | booked_for_on | held_on    | practice_issue  | adviser_note   | escalated_on | escalation_closed_on
    A        | F1        | 2020-08-03             | 2020-08-05   | 2020-09-02    |            | Report late     | Two agencies   | 2020-08-25   |
    B        | F1        | 2020-08-03             | 2020-08-05   | 2020-09-02    |            | Report late     | Two agencies   | 2020-08-25   |
    C        | F2        | 2020-08-10             | 2020-08-12   | 2020-08-28    |            | Views missing   |                |              |
    D        | F3        | 2020-08-20             | 2020-08-21   | 2020-09-08    |            |                 |                |              |
    E        | F4        | 2020-07-27             | 2020-07-29   | 2020-08-12    | 2020-08-12 | Report late     |                | 2020-08-05   | 2020-08-26
    F        | F5        | 2020-07-20             | 2020-07-22   | 2020-08-11    | 2020-08-11 | Father          |                | 2020-08-10   |
"""  # noqa: E501
HELD = """
    child_id | strategy_discussion_on | held_on
    E        | 2020-07-27             | 2020-08-12
    F        | 2020-07-20             | 2020-08-11
"""
ENQUIRIES = """
    child_id | strategy_discussion_on | is_conference_unnecessary | team
    A        | 2020-08-03             | no                        | North
"""


@pytest.fixture
def found(tmp_path: Path) -> AdvisersWeek:
    """The week that ends on 28 August 2020."""
    day = date(2020, 8, 28)
    given = {
        conference_requests: REQUESTS,
        initial_conferences: HELD,
        section_47_enquiries: ENQUIRIES,
    }
    tables = {events.__name__: drawn(events, text) for events, text in given.items()}
    entry = AuditTrail(tmp_path / "a").enter(Actor("a", Role.ANALYST), Act.WORKLIST, "adviser")
    return draw_advisers_week(DuckDB(build_facts(up_to(tables, day))), day, entry)


def test_one_line_a_family_with_what_the_adviser_recorded(found: AdvisersWeek) -> None:
    """A and B are one family; D has nothing recorded."""
    assert [(one.children, one.state.word, one.themes, one.notes) for one in found.families] == [
        (("A", "B"), "late", ("Report late",), ("Two agencies",)),
        (("C",), "in time", ("Views missing",), ()),
        (("D",), "in time", (), ()),
    ]


def test_themes_are_counted_by_family_while_the_conference_is_pending(found: AdvisersWeek) -> None:
    """The report of F4 was escalated on 5 August and its conference held on the 12th.

    So it stands on Friday 7 August only; F5's father on none, its conference was held the day after
    it was escalated. F1's report is known from the 25th. C's theme has no day: it counts from the
    discussion of 10 August on.
    """
    assert found.days == tuple(date(2020, 7, 10 + 7 * n) for n in range(4)) + tuple(
        date(2020, 8, n) for n in (7, 14, 21, 28)
    )
    assert [(theme.name, theme.families) for theme in found.themes] == [
        ("Views missing", (0, 0, 0, 0, 0, 1, 1, 1)),
        ("Report late", (0, 0, 0, 0, 1, 0, 0, 1)),
    ]
    assert found.pending == (0, 0, 1, 2, 3, 2, 3, 3)


def test_escalations_open_made_and_settled(found: AdvisersWeek) -> None:
    """F's goes on though its conference was held; F1's was made in the week, E's settled."""
    assert [(one.children, one.escalated_on, one.is_held) for one in found.escalations] == [
        (("F",), date(2020, 8, 10), True),
        (("A", "B"), date(2020, 8, 25), False),
    ]
    assert list(said(found)) == [
        "The adviser recorded an issue or a note for 2 of 3 families.",
        "Escalations: 2 open on 28 August 2020; in the week 1 made and 1 settled, by family.",
    ]


def test_the_page_holds_the_first_families_and_says_how_many_are_left(found: AdvisersWeek) -> None:
    """All of them stand in the workbook."""
    many = AdvisersWeek(
        found.week,
        found.families * MOST_FAMILIES,
        found.days,
        found.themes,
        found.pending,
        found.escalations,
        found.escalated,
        found.settled,
    )
    told = tell_advisers_week(many, "Drawn", (), is_synthetic=True)
    assert len(told.families.lines) == 3 * MOST_FAMILIES
    page = advisers_page_of(told)
    assert f"{2 * MOST_FAMILIES} more stand in the workbook." in page
    assert page.count("Two agencies") == MOST_FAMILIES // 2  # every other line is C


def test_the_order_puts_what_needs_words_first(found: AdvisersWeek) -> None:
    """Families with an issue, or late, or soon to be, come before the others."""
    told = tell_advisers_week(found, "Drawn", (), is_synthetic=True)
    assert [line.cells[1] for line in told.families.lines] == ["A, B", "C", "D"]
