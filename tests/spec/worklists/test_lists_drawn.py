"""Worklists drawn by hand: who stands on each, until when, how urgent, and how they left."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from lineofsight.access.audit import AuditTrail
from lineofsight.access.roles import Act, Actor, Role
from lineofsight.errors import DefinitionFault
from lineofsight.indicators import front_door
from lineofsight.journey.fields import Events
from lineofsight.journey.tables import (
    assessments,
    care_episodes,
    care_plans,
    child_protection_plans,
    child_protection_reviews,
    children,
    conference_requests,
    health_assessments,
    initial_conferences,
    looked_after_reviews,
    mash_decisions,
    periods_of_care,
    section_47_enquiries,
    visits,
)
from lineofsight.warehouse.duckdb import DuckDB
from lineofsight.warehouse.facts import build_facts
from lineofsight.warehouse.up_to import up_to
from lineofsight.worklists.conferences import INITIAL
from lineofsight.worklists.every import LISTS, find_list
from lineofsight.worklists.listed import State, WeeksList, draw_up
from lineofsight.worklists.told import summary, tell
from lineofsight.worklists.worklist import Words, Worklist

from ..conftest import drawn

Given = Mapping[type[Events], str]


def listed(name: str, given: Given, on: str, folder: Path) -> WeeksList:
    """A list of drawn tables, as they stood on a day."""
    day = date.fromisoformat(on)
    tables = {events.__name__: drawn(events, drawing) for events, drawing in given.items()}
    entry = AuditTrail(folder / "audit").enter(Actor("a", Role.ANALYST), Act.WORKLIST, name)
    return draw_up(find_list(name), DuckDB(build_facts(up_to(tables, day))), day, entry)


def standing(week: WeeksList) -> list[tuple[str, str, int | None, bool]]:
    """Child, urgency, days left, and whether new."""
    return [(one.row.child, one.state.word, one.left, one.is_new) for one in week.rows]


def left(week: WeeksList) -> list[tuple[str, str]]:
    """Child and how the row left."""
    told = tell(week, "Drawn", frozenset(), (), is_synthetic=True)
    return [(str(line.cells[0]), str(line.cells[-1])) for line in told.gone.lines]


CONFERENCES: Given = {
    section_47_enquiries: """
        child_id | strategy_discussion_on | is_conference_unnecessary |conference_on | team | worker
        A        | 2020-08-03             | no                        |               | North | W1
        B        | 2020-08-03             | no                        |               | North | W1
        C        | 2020-08-10             | no                        |               | South | W2
        D        | 2020-08-17             | no                        |               | South | W2
        E        | 2020-08-24             | no                        |               | South | W3
        F        | 2020-07-27             | no                        | 2020-08-26    | North | W1
        G        | 2020-08-20             | no                        | 2020-08-20    | North | W1
        H        | 2020-08-12             | no                        |               | North | W1
        J        | 2020-08-21             | no                        |               | North | W1
        K        | 2020-08-21             | yes                       |               | North | W1
        L        | 2020-08-27             | no                        | 2020-08-26    | North | W1
    """,
    initial_conferences: """
        child_id | strategy_discussion_on | held_on    | is_transfer_in
        F        | 2020-07-27             | 2020-08-26 | no
        G        | 2020-08-20             | 2020-08-20 | no
        L        | 2020-08-27             | 2020-08-26 | no
        M        |                        | 2020-08-26 | yes
    """,
    conference_requests: """
        child_id | family_id | strategy_discussion_on | requested_on | booked_for_on | held_on    | stood_down_on | stood_down_reason | delay_reason | adviser_note
        A        | F1        | 2020-08-03             | 2020-08-05   | 2020-09-02    |            |               |                   | No chair     | Two older siblings
        B        | F1        | 2020-08-03             | 2020-08-05   | 2020-09-02    |            |               |                   | No chair     |
        C        | F2        | 2020-08-10             | 2020-08-12   | 2020-09-04    |            |               |                   |              |
        D        | F3        | 2020-08-17             |              |               |            |               |                   |              |
        E        | F4        | 2020-08-24             | 2020-08-25   | 2020-09-10    |            |               |                   |              |
        F        | F5        | 2020-07-27             | 2020-07-29   | 2020-08-26    | 2020-08-26 |               |                   | Illness      |
        G        | F6        | 2020-08-20             | 2020-08-20   | 2020-08-20    | 2020-08-20 |               |                   |              |
        H        | F7        | 2020-08-12             | 2020-08-14   | 2020-08-28    |            | 2020-08-27    | Moved away        |              |
    """,  # noqa: E501
}


def test_conferences_pending_with_their_days_and_how_others_left(tmp_path: Path) -> None:
    """Of 3 August fifteen working days end on the 24th; the 31st is a bank holiday.

    On the 28th siblings A and B are late, four days over. C, of 10 August, is due on 1 September
    (the bank holiday left out) and booked for the 4th. D is due on the 8th, six days are left, and
    nobody asked for it yet. E is booked in time. F was held late, G on the day of its discussion
    the week before, H stood down. J has no request and K needs none. L was held before its
    discussion and M had none: nobody waited for them.
    """
    week = listed("conferences", CONFERENCES, "2020-08-28", tmp_path)
    assert standing(week) == [
        ("A", "late", -4, False),
        ("B", "late", -4, False),
        ("C", "will be late", 1, False),
        ("D", "in time", 6, False),
        ("E", "in time", 11, True),
    ]
    assert [(one.row.family, one.row.team, one.row.worker, one.used) for one in week.rows][:3] == [
        ("F1", "North", "W1", 19),
        ("F1", "North", "W1", 19),
        ("F2", "South", "W2", 14),
    ]
    assert left(week) == [
        ("F", "held late, after 22 working days"),
        ("H", "because it was stood down or nobody asked for it (Moved away)"),
    ]
    assert [row.child for row in week.gone if row.is_counted_late] == ["F"]


def test_what_the_list_says_of_itself(tmp_path: Path) -> None:
    """Numbers of rows and of families; J is the enquiry of which nobody said what is needed."""
    week = listed("conferences", CONFERENCES, "2020-08-28", tmp_path)
    assert list(summary(week)) == [
        "5 conferences of 4 families on 28 August 2020: 2 late, 1 will be late and 2 in time.",
        "Since 21 August 2020: 1 new, 2 gone: 1 held late and 1 because it was stood down or "
        "nobody asked for it.",
    ]
    tables = {events.__name__: drawn(events, table) for events, table in CONFERENCES.items()}
    assert INITIAL.remarks
    engine = DuckDB(build_facts(up_to(tables, week.on)))
    assert INITIAL.remarks(engine, week.on) == (
        "Neither marked as needing no conference nor in the table of requests, and so not on this "
        "list until one or the other is recorded: 1 of the enquiries of the last sixty days.",
    )


def test_a_conference_without_a_booking_becomes_a_risk_with_five_days_left(tmp_path: Path) -> None:
    """D on Monday 31 August, a bank holiday, still has six; on Tuesday five."""
    found = {}
    for on in ("2020-08-31", "2020-09-01"):
        week = listed("conferences", CONFERENCES, on, tmp_path)
        found[on] = [(s, n) for child, s, n, _ in standing(week) if child == "D"]
    assert found == {"2020-08-31": [("in time", 6)], "2020-09-01": [("at risk", 5)]}


def test_a_conference_held_the_week_before_last_is_in_neither_table(tmp_path: Path) -> None:
    """G was held on 20 August, eight days before; on the 27th it is in the week."""
    assert ("G", "held in time, after 0 working days") in left(
        listed("conferences", CONFERENCES, "2020-08-26", tmp_path)
    )


def test_a_past_day_is_drawn_up_as_it_stood(tmp_path: Path) -> None:
    """On 21 August F was still pending, four days late, and H too, of the 12th: seven used."""
    week = listed("conferences", CONFERENCES, "2020-08-21", tmp_path)
    found = [row for row in standing(week) if row[0] in "FH"]
    assert found == [("F", "late", -4, False), ("H", "in time", 8, False)]


def test_without_requests_enquiries_that_rule_none_out_wait_for_sixty_days(tmp_path: Path) -> None:
    """N, of 1 June, is no longer waited for; K needs no conference."""
    given: Given = {
        section_47_enquiries: CONFERENCES[section_47_enquiries]
        + "        N        | 2020-06-01             | no                        |               | North | W1",  # noqa: E501
        initial_conferences: CONFERENCES[initial_conferences],
    }
    week = listed("conferences", given, "2020-08-28", tmp_path)
    assert [one.row.child for one in week.rows] == ["A", "B", "C", "H", "D", "J", "E"]
    assert all(one.row.family is None for one in week.rows)


def test_reviews_of_plans(tmp_path: Path) -> None:
    """Three months after 30 November end with February; six after 31 August on 28 February.

    On 1 March both are one day late. C's review of 1 March, for a plan of 4 December, was in time,
    and D's plan ended. E is due on 26 March, 25 days ahead; F on 30 March, and is not listed yet.
    """
    given: Given = {
        child_protection_plans: """
            child_id | started_on | ended_on   | team
            A        | 2018-11-30 |            | North
            B        | 2018-05-31 |            | North
            C        | 2018-12-04 |            | North
            D        | 2018-12-04 | 2019-02-27 | North
            E        | 2018-12-26 |            | North
            F        | 2018-12-30 |            | North
        """,
        child_protection_reviews: """
            child_id | plan_started_on | held_on
            B        | 2018-05-31      | 2018-08-31
            C        | 2018-12-04      | 2019-03-01
        """,
    }
    week = listed("review-conferences", given, "2019-03-01", tmp_path)
    assert standing(week) == [
        ("A", "late", -1, False),
        ("B", "late", -1, False),
        ("E", "in time", 25, True),
    ]
    assert [one.row.due_on for one in week.rows[:2]] == [date(2019, 2, 28)] * 2
    assert left(week) == [
        ("D", "because the plan ended"),
        ("C", "held in time, after 87 days"),
    ]


def test_assessments(tmp_path: Path) -> None:
    """Forty-five working days from 29 June 2020 end on 1 September, past one bank holiday."""
    given: Given = {
        assessments: """
            child_id | started_on | authorised_on | is_child_seen | team
            A        | 2020-06-26 |               | yes           | North
            B        | 2020-06-29 |               | no            | North
            C        | 2020-08-31 |               | no            | North
            D        | 2020-06-22 | 2020-08-28    | yes           | North
            E        | 2020-06-25 | 2020-08-28    | yes           | North
        """
    }
    week = listed("assessments", given, "2020-09-01", tmp_path)
    assert standing(week) == [
        ("A", "late", -1, False),
        ("B", "at risk", 0, False),
        ("C", "in time", 44, True),
    ]
    assert left(week) == [
        ("D", "authorised late, after 49 working days"),
        ("E", "authorised late, after 46 working days"),
    ]


CARE: Given = {
    children: """
        child_id | born_on
        A        | 2010-01-01
        B        | 2010-01-01
        C        | 2017-06-15
        D        | 2010-01-01
        E        | 2010-01-01
    """,
    periods_of_care: """
        child_id | started_on | ceased_on  | legal_status | team
        A        | 2020-08-03 |            | C2           | North
        B        | 2019-03-01 |            | C2           | North
        C        | 2019-03-01 |            | C2           | North
        D        | 2019-03-01 | 2020-02-03 | V2           | North
        D        | 2020-08-03 | 2020-08-27 | V2           | North
        E        | 2019-03-01 |            | V4           | North
    """,
    looked_after_reviews: """
        child_id | held_on
        B        | 2019-03-28
        B        | 2019-06-27
        B        | 2019-12-27
        C        | 2019-03-28
        C        | 2019-06-28
        C        | 2019-12-28
        C        | 2020-06-28
    """,
    care_plans: """
        child_id | started_on | authorised_on
        B        | 2019-03-02 | 2019-03-20
        C        | 2020-08-20 | 2020-08-28
        D        | 2020-08-10 |
    """,
    health_assessments: """
        child_id | held_on    | kind
        B        | 2019-03-20 | initial
        B        | 2019-09-20 | review
        C        | 2019-03-20 | initial
        C        | 2019-12-20 | review
        C        | 2020-03-10 | review
    """,
}


def test_first_reviews_of_children_looked_after(tmp_path: Path) -> None:
    """A, of 3 August, is due on Tuesday 1 September; D left; a series of short breaks has none."""
    week = listed("first-looked-after-reviews", CARE, "2020-08-28", tmp_path)
    assert standing(week) == [("A", "at risk", 1, False)]
    assert left(week) == [("D", "because the child left care")]


def test_later_reviews_of_children_looked_after(tmp_path: Path) -> None:
    """B's next was due on 27 June; C's, of 28 June, is due on 28 December."""
    week = listed("looked-after-reviews", CARE, "2020-08-28", tmp_path)
    assert standing(week) == [("B", "late", -62, False)]


def test_care_plans_not_authorised(tmp_path: Path) -> None:
    """A has none; C's was authorised on the day; D left with a draft."""
    week = listed("care-plans", CARE, "2020-08-28", tmp_path)
    assert [(one.row.child, one.used, one.state) for one in week.rows] == [("A", 25, State.LATE)]
    assert left(week) == [
        ("D", "because the child left care; the figure counts it as late"),
        ("C", "authorised, after 546 days"),
    ]


def test_initial_health_assessments(tmp_path: Path) -> None:
    """A is due on 1 September with one working day left; D left before, and is not owed one."""
    week = listed("initial-health-assessments", CARE, "2020-08-28", tmp_path)
    assert standing(week) == [("A", "at risk", 1, False)]
    assert left(week) == [("D", "because the child left care")]


def test_health_assessments_of_a_year_or_longer(tmp_path: Path) -> None:
    """B's of 20 September 2019 runs out on 20 September 2020, in 22 days.

    C is under five and needs two: that of 20 December 2019 and that of 10 March 2020 do until 20
    December, more than eight weeks ahead.
    """
    week = listed("health-assessments", CARE, "2020-08-28", tmp_path)
    assert standing(week) == [("B", "at risk", 22, False)]
    later = listed("health-assessments", CARE, "2020-11-01", tmp_path)
    assert [(one.row.child, one.state, one.row.overdue_on) for one in later.rows] == [
        ("B", State.LATE, date(2020, 9, 20)),
        ("C", State.IN_TIME, date(2020, 12, 20)),
    ]


def test_re_entries(tmp_path: Path) -> None:
    """D came back six months after leaving, and left again: gone in that week."""
    week = listed("re-entries", CARE, "2020-08-26", tmp_path)
    assert [(one.row.child, one.state, one.used) for one in week.rows] == [("D", State.NOTICE, 23)]
    assert week.rows[0].row.values[0] == date(2020, 2, 3)
    gone = listed("re-entries", CARE, "2020-08-28", tmp_path)
    assert left(gone) == [("D", "because the child left care or a year has passed")]


def test_decisions_of_the_hub_over_a_weekend(tmp_path: Path) -> None:
    """Received on Friday they are due on Monday; at noon on a Sunday, on Monday too.

    On Saturday nothing is late, for C's time runs to the end of the weekend. On Tuesday the
    Friday's is, and the Sunday's.
    """
    given: Given = {
        mash_decisions: """
            child_id | received_at         | decided_at          | outcome | is_out_of_hours
            A        | 2020-08-21T16:50:00 |                     |         | no
            B        | 2020-08-23T12:00:00 |                     |         | yes
            C        | 2020-08-20T09:00:00 | 2020-08-24T09:30:00 | NFA     | no
        """
    }
    saturday = listed("mash-decisions", given, "2020-08-22", tmp_path)
    assert standing(saturday) == [("C", "at risk", 0, True), ("A", "in time", 1, True)]
    tuesday = listed("mash-decisions", given, "2020-08-25", tmp_path)
    assert standing(tuesday) == [("A", "late", -1, True), ("B", "late", -1, True)]
    assert left(tuesday) == [("C", "made late, after 2 working days")]


VISITED: Given = {
    child_protection_plans: """
        child_id | started_on | team
        A        | 2020-08-03 | North
        B        | 2020-08-03 | North
    """,
    periods_of_care: """
        child_id | started_on | legal_status | team
        C        | 2020-06-01 | C2           | South
    """,
    care_episodes: """
        child_id | started_on | legal_status | placement_type | ended_on
        C        | 2020-06-01 | C2           | U6             |
    """,
    visits: """
        child_id | visited_on | kind
        B        | 2020-08-12 | P
        C        | 2020-06-08 | L
        C        | 2020-07-20 | L
    """,
}


def test_visits_to_children_on_plans_and_looked_after(tmp_path: Path) -> None:
    """A is due on 17 August, fifteen working days end on the 24th; B's next is due on the 26th.

    C was visited on 20 July; six weeks end on 31 August.
    """
    plans = listed("plan-visits", VISITED, "2020-08-25", tmp_path)
    assert standing(plans) == [("A", "late", -6, False), ("B", "at risk", 1, True)]
    assert plans.rows[0].row.values[0] == date(2020, 8, 25)
    care = listed("looked-after-visits", VISITED, "2020-08-28", tmp_path)
    assert standing(care) == [("C", "at risk", 3, False)]


def test_a_part_of_a_list_is_that_of_its_teams_and_workers(tmp_path: Path) -> None:
    """South has C, D and E; worker W3 has E."""
    week = listed("conferences", CONFERENCES, "2020-08-28", tmp_path)
    assert [one.row.child for one in week.of(["South"]).rows] == ["C", "D", "E"]
    assert [one.row.child for one in week.of(["South"], ["W3"]).rows] == ["E"]
    assert [row.child for row in week.of(["North"]).gone] == ["F", "H"]


def test_every_list_has_a_name_of_its_own() -> None:
    """A list is asked for by name, and files are named after it."""
    assert len({one.id for one in LISTS}) == len(LISTS)


def test_a_list_over_two_tables_is_refused_when_it_is_defined() -> None:
    """It would pair every row of one with every row of the other."""
    with pytest.raises(DefinitionFault, match="mixes assessments and mash_decisions"):
        Worklist(
            id="wrong",
            title="",
            purpose="",
            indicator=front_door.mash_timeliness,
            needs=(),
            words=Words("", "", "", ""),
            opened=assessments.started_on,
            opened_as="",
            done=assessments.authorised_on,
        )
