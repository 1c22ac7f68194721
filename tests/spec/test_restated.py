"""Months as they were known once and as they are known now, with the rows that make the difference.

A conference counts in the month it was held, in time within 15 working days of the strategy
discussion. From Monday 6 July 2020 the fifteenth working day is Monday 27 July.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from lineofsight import cycle, memory
from lineofsight.access.roles import Actor, Role
from lineofsight.desk import Desk
from lineofsight.errors import UsageFault
from lineofsight.journey.tables import (
    child_protection_plans,
    initial_conferences,
    referrals,
    section_47_enquiries,
)
from lineofsight.reference.periods import Month
from lineofsight.restating import MonthRestated, restated_month, restated_months
from lineofsight.worklists.restated import KnownRow, unexplained

from .test_known_journey import FIVE_YEARS, SIX_MONTHS, deliver

JUNE, JULY, AUGUST = (Month.parse(f"2020-0{n}") for n in (6, 7, 8))
TIMELY = "child_protection.icpc_timeliness"
HELD = "child_protection.conferences_held"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with an empty store."""
    return Desk(tmp_path / "store", Actor("drawn", Role.ANALYST))


def conferences(*lines: str) -> dict[type, str]:
    """Conferences drawn as 'child | strategy | held', and no enquiry."""
    head = "child_id | strategy_discussion_on | held_on"
    return {
        initial_conferences: "\n".join((head, *lines)),
        section_47_enquiries: "child_id | strategy_discussion_on",
    }


def told(found: MonthRestated, indicator: str) -> list[str]:
    """The figures of one indicator, old and new, as numerator/denominator."""

    def parts() -> Iterator[str]:
        for one in (f for f in found.figures if f.measurement.indicator.id == indicator):
            sides = [
                f"{v.numerator:g}" + (f"/{v.denominator:g}" if v.denominator is not None else "")
                if v
                else "none"
                for v in (one.before, one.after)
            ]
            yield f"{one.value.period.label}: {sides[0]} -> {sides[1]}"

    return list(parts())


def causes(found: MonthRestated, indicator: str) -> list[str]:
    """The rows behind a figure: cause, child, then and now, each with its file and row."""
    return [
        f"{r.cause.value} {r.row.subject}: {row_of(r.before)} -> {row_of(r.after)}"
        for r in found.rows[indicator]
    ]


def row_of(row: KnownRow | None) -> str:
    if row is None:
        return "not there"
    held = row.fields.get("held_on") or row.fields.get("ended_on")
    met = {None: "", True: " in time", False: " late"}[row.is_met] if row.counts else " elsewhere"
    return f"{held}{met} ({row.file} row {row.row})"


def test_a_july_event_entered_after_july_was_frozen(desk: Desk) -> None:
    """Trap 14: published 1 of 2 in time; C, held in July, arrives in September, late.

    The published figure is the edition's; the paper of August says what it has become.
    """
    a, b = "A | 2020-07-06 | 2020-07-14", "B | 2020-07-06 | 2020-07-28"
    late = "C | 2020-07-01 | 2020-07-31"
    deliver(desk.store, FIVE_YEARS, conferences(a, b), received="2020-08-03")
    judged = cycle.judge(desk, JULY, date(2020, 8, 21))
    paper = memory.overview(desk, judged, date(2020, 8, 21), None)
    assert (paper.restatements, paper.restated_note) == ((), "")
    kept, _ = memory.publish(desk, judged, paper, None, desk.root.parent / "out")
    assert kept.id == "2020-07-1"
    deliver(desk.store, SIX_MONTHS, conferences(a, b, late), received="2020-09-07")
    found = restated_month(desk, JULY, with_rows=True, pattern=TIMELY)
    assert found.then.words == "as published in edition 2020-07-1, prepared on 21 August 2020"
    assert told(found, TIMELY) == [
        "July 2020: 1/2 -> 1/3",
        "August 2019 to July 2020: 1/2 -> 1/3",
    ]
    assert causes(found, TIMELY) == ["came in C: not there -> 2020-07-31 late (2.xlsx row 4)"]
    assert unexplained(found.figures, found.rows[TIMELY]) == ""
    now = cycle.judge(desk, AUGUST, date(2020, 9, 21))
    paper = memory.overview(desk, now, date(2020, 9, 21), None)
    lines = [(x.indicator_id, x.since, x.after.label, x.before.text, x.before.detail,
              x.after.text, x.after.detail)
             for x in paper.restatements if x.indicator_id in (HELD, TIMELY)]  # fmt: skip
    assert lines == [
        (HELD, "2020-07-1", "July 2020", "2", "2 children", "3", "3 children"),
        (HELD, "2020-07-1", "12 months to July 2020", "2", "2 children", "3", "3 children"),
        (TIMELY, "2020-07-1", "July 2020", "50%", "1 of 2 children", "33%", "1 of 3 children"),
        (TIMELY, "2020-07-1", "12 months to July 2020", "50%", "1 of 2 children", "33%",
         "1 of 3 children"),
    ]  # fmt: skip
    assert paper.restated_note == (
        "Figures published for July 2020 were compared with what is known now. Six further "
        "figures rest on other records than before, and the number that was printed stays the "
        "same."
    )


def test_a_conference_corrected_from_in_time_to_late(desk: Desk) -> None:
    """Held on the 27th, it was said: fifteen working days. It was the 28th: sixteen."""
    deliver(desk.store, FIVE_YEARS, conferences("A | 2020-07-06 | 2020-07-27"))
    deliver(desk.store, SIX_MONTHS, conferences("A | 2020-07-06 | 2020-07-28"))
    found = restated_month(desk, JULY, with_rows=True)
    assert found.then.words == "as known on 31 July 2020"
    assert told(found, TIMELY) == [
        "July 2020: 1/1 -> 0/1",
        "August 2019 to July 2020: 1/1 -> 0/1",
    ]
    assert causes(found, TIMELY) == [
        "changed A: 2020-07-27 in time (1.xlsx row 2) -> 2020-07-28 late (2.xlsx row 2)"
    ]
    # There was one conference then, and there is one now.
    assert told(found, HELD) == []
    acts = [(e["act"], e["subject"]) for e in desk.trail.entries()]
    assert ("listed the records that restated a figure", f"{TIMELY}, 2020-07") in acts
    assert not [subject for _, subject in acts if subject.startswith(HELD)]


def test_the_strategy_discussion_is_corrected_and_the_conference_is_late(desk: Desk) -> None:
    """The row is the same row, by its child and its day; only its clock runs longer."""
    deliver(desk.store, FIVE_YEARS, conferences("A | 2020-07-06 | 2020-07-27"))
    deliver(desk.store, SIX_MONTHS, conferences("A | 2020-07-03 | 2020-07-27"))
    found = restated_month(desk, JULY, with_rows=True, pattern=TIMELY)
    (row,) = found.rows[TIMELY]
    assert row.before is not None
    assert row.after is not None
    clock = "working_days_from_strategy"
    assert (row.before.fields[clock], row.after.fields[clock]) == (15, 16)


def test_a_row_that_vanishes(desk: Desk) -> None:
    """The newest delivery for its days no longer has B."""
    a, b = "A | 2020-07-06 | 2020-07-14", "B | 2020-07-06 | 2020-07-28"
    deliver(desk.store, FIVE_YEARS, conferences(a, b))
    deliver(desk.store, SIX_MONTHS, conferences(a))
    found = restated_month(desk, JULY, with_rows=True)
    assert told(found, TIMELY)[0] == "July 2020: 1/2 -> 1/1"
    assert told(found, HELD)[0] == "July 2020: 2 -> 1"
    gone = ["went out B: 2020-07-28 late (1.xlsx row 3) -> not there"]
    assert causes(found, TIMELY) == gone
    assert causes(found, HELD) == ["went out B: 2020-07-28 (1.xlsx row 3) -> not there"]


def test_a_conference_moved_into_the_next_month(desk: Desk) -> None:
    """July loses it, and says where it is now; August, first known with it, has nothing to say."""
    deliver(desk.store, FIVE_YEARS, conferences("A | 2020-07-06 | 2020-07-27"))
    deliver(desk.store, SIX_MONTHS, conferences("A | 2020-07-06 | 2020-08-04"))
    found = restated_month(desk, JULY, with_rows=True, pattern=HELD)
    assert told(found, HELD)[0] == "July 2020: 1 -> 0"
    assert causes(found, HELD) == [
        "went out A: 2020-07-27 (1.xlsx row 2) -> 2020-08-04 elsewhere (2.xlsx row 2)"
    ]
    assert restated_month(desk, AUGUST).figures == ()


def test_a_date_corrected_inside_the_month_restates_nothing(desk: Desk) -> None:
    """Both days are in July and both in time."""
    deliver(desk.store, FIVE_YEARS, conferences("A | 2020-07-06 | 2020-07-14"))
    deliver(desk.store, SIX_MONTHS, conferences("A | 2020-07-06 | 2020-07-15"))
    found = restated_month(desk, JULY, with_rows=True, pattern="child_protection.*timeliness")
    assert (found.figures, found.rows) == ((), {})


def test_a_referral_recorded_twice_on_one_day_and_one_of_them_taken_back(desk: Desk) -> None:
    """Of two rows of one child and one day the one that is no longer told went out."""
    head, row = "child_id | referred_on", "A | 2020-07-06"
    deliver(desk.store, FIVE_YEARS, {referrals: f"{head}\n{row}\n{row}"})
    deliver(desk.store, SIX_MONTHS, {referrals: f"{head}\n{row}"})
    received = "front_door.referrals_received"
    found = restated_month(desk, JULY, with_rows=True, pattern=received)
    assert told(found, received)[0] == "July 2020: 2 -> 1"
    assert [r.cause.value for r in found.rows[received]] == ["went out"]


def test_a_conference_that_stood_twice_and_stands_once_restates_nothing(desk: Desk) -> None:
    """Trap 4's other side: a child's conference counts once, however many enquiries name it."""
    twice = ("A | 2020-07-06 | 2020-07-14", "A | 2020-07-06 | 2020-07-14")
    deliver(desk.store, FIVE_YEARS, conferences(*twice))
    deliver(desk.store, SIX_MONTHS, conferences(twice[0]))
    assert restated_month(desk, JULY, with_rows=True, pattern=HELD).figures == ()


def test_a_plan_whose_end_was_recorded_late(desk: Desk) -> None:
    """Open on 31 July, it was thought; it had ended on the 20th. The month-end falls by one."""
    before = "child_id | started_on | ended_on\nA | 2020-02-03 |\nB | 2020-02-04 |"
    after = "child_id | started_on | ended_on\nA | 2020-02-03 | 2020-07-20\nB | 2020-02-04 |"
    deliver(desk.store, FIVE_YEARS, {child_protection_plans: before})
    deliver(desk.store, SIX_MONTHS, {child_protection_plans: after})
    found = restated_month(desk, JULY, with_rows=True, pattern="child_protection.*")
    ended = "child_protection.plans_ended"
    assert told(found, ended) == [
        "July 2020: 0 -> 1",
        "August 2019 to July 2020: 0 -> 1",
    ]
    assert causes(found, ended) == ["came in A: None elsewhere (1.xlsx row 2) -> 2020-07-20 "
                                    "(2.xlsx row 2)"]  # fmt: skip
    long = "child_protection.two_years_or_more"
    assert told(found, long) == [
        "31 July 2020: 0/2 -> 0/1",
        "August 2019 to July 2020: 0/12 -> 0/11",
    ]
    assert causes(found, long) == ["went out A: None late (1.xlsx row 2) -> 2020-07-20 elsewhere "
                                   "(2.xlsx row 2)"]  # fmt: skip


def test_a_file_received_later_but_made_earlier_restates_nothing_inside_the_newer_one(
    desk: Desk,
) -> None:
    """The five years of July arrive after the file of August: July stands in the newer one.

    February, which only the five years cover, is first known when they arrive.
    """
    deliver(desk.store, SIX_MONTHS, conferences("A | 2020-07-06 | 2020-07-14"))
    old = ("B | 2020-07-06 | 2020-07-14", "C | 2020-02-03 | 2020-02-10")
    deliver(desk.store, FIVE_YEARS, conferences(*old), received="2020-09-20")
    july = restated_month(desk, JULY, with_rows=True, pattern=HELD)
    assert july.then.words == "as known on 31 August 2020"
    # The month stands; twelve months were five then, and begin in August 2019 now.
    assert told(july, HELD) == ["August 2019 to July 2020: 1 -> 2"]
    assert july.rows == {}
    february = restated_month(desk, Month.parse("2020-02"), pattern=HELD)
    assert february.then.words == "as known on 20 September 2020"
    assert february.figures == ()


def test_an_older_month_restates_the_twelve_months_that_hold_it(desk: Desk) -> None:
    """A conference of June is entered late: July stands, its twelve months do not."""
    a, late = "A | 2020-07-06 | 2020-07-14", "B | 2020-06-01 | 2020-06-10"
    deliver(desk.store, FIVE_YEARS, conferences(a))
    deliver(desk.store, SIX_MONTHS, conferences(a, late))
    assert told(restated_month(desk, JULY), HELD) == ["August 2019 to July 2020: 1 -> 2"]
    assert told(restated_month(desk, JUNE), HELD) == [
        "June 2020: 0 -> 1",
        "July 2019 to June 2020: 0 -> 1",
    ]


DAYS = """
    day        | July, in time of all
    2020-08-03 | 1/1
    2020-08-16 | 1/1
    2020-08-17 | 1/2
    2020-09-06 | 1/2
    2020-09-07 | 0/2
    2020-10-01 | 0/1
"""


def test_july_as_known_on_each_day(desk: Desk) -> None:
    """Four deliveries: A in time; B added, late; A corrected to late; B taken back.

    The last one, with no July row but A's, is what is known now: 0 of 1.
    """
    on_time, late = "A | 2020-07-06 | 2020-07-27", "A | 2020-07-06 | 2020-07-28"
    b = "B | 2020-07-06 | 2020-07-31"
    days = ("2020-02-01", "2020-07-31")
    told_then = (
        ("2020-08-03", (on_time,)),
        ("2020-08-17", (on_time, b)),
        ("2020-09-07", (late, b)),
        ("2020-10-01", (late,)),
    )
    for received, rows in told_then:
        deliver(desk.store, days, conferences(*rows), received=received, as_at=received)
    _, *lines = [[c.strip() for c in line.split("|")] for line in DAYS.strip().splitlines()]
    seen = {}
    for day in (date.fromisoformat(line[0]) for line in lines):
        found = restated_month(desk, JULY, known_on=day, pattern=TIMELY)
        (then, now) = told(found, TIMELY)[0].removeprefix("July 2020: ").split(" -> ") if (
            found.figures) else ("0/1", "0/1")  # fmt: skip
        assert now == "0/1"
        seen[str(day)] = then
    assert seen == dict(lines)
    with pytest.raises(UsageFault) as not_known:
        restated_month(desk, JULY, known_on=date(2020, 8, 2))
    assert str(not_known.value) == (
        "July 2020 was not known on 2 August 2020.\n"
        "  Deliveries that cover it whole had been received by 3 August 2020.\n"
        "  Ask for what was known on 2020-08-03 or later."
    )


def test_what_could_not_be_measured_then_is_new_and_not_restated(desk: Desk) -> None:
    """Conferences were not delivered at first."""
    deliver(desk.store, FIVE_YEARS, {referrals: "child_id | referred_on\nA | 2020-07-14"})
    deliver(desk.store, SIX_MONTHS, {
        referrals: "child_id | referred_on\nA | 2020-07-14",
        **conferences("A | 2020-07-06 | 2020-07-14"),
    })  # fmt: skip
    found = restated_month(desk, JULY, pattern="(ICPCs) held")
    assert found.figures == ()
    # Two indicators, the month and the twelve months of each.
    assert found.new_figures == 4


def test_the_list_of_all_restated_months(desk: Desk) -> None:
    """Two yearly files and a last one of six months, with a row of April and a row of July added.

    A month after April has its twelve months restated by April; August is first known now.
    """
    old, july = "A | 2018-10-01 | 2018-10-10", "B | 2020-07-06 | 2020-07-14"
    april, added = "C | 2020-04-01 | 2020-04-10", "D | 2020-07-06 | 2020-07-15"
    deliver(desk.store, ("2018-09-01", "2019-08-31"), conferences(old))
    deliver(desk.store, ("2019-09-01", "2020-07-31"), conferences(july))
    deliver(desk.store, SIX_MONTHS, conferences(april, july, added))
    found = restated_months(desk, pattern=HELD)
    lines = {
        str(month.month): [
            f"{line.words.after.label}: {line.numerators[0]:g} -> {line.numerators[1]:g}"
            for line in month.lines
        ]
        for month in found.months
    }
    assert lines == {
        "2020-04": ["April 2020: 0 -> 1", "12 months to April 2020: 0 -> 1"],
        "2020-05": ["12 months to May 2020: 0 -> 1"],
        "2020-06": ["12 months to June 2020: 0 -> 1"],
        "2020-07": ["July 2020: 1 -> 2", "12 months to July 2020: 1 -> 3"],
    }
    assert {month.known for month in found.months} == {"as known on 31 July 2020"}
    assert [str(m) for m in found.unchanged][-3:] == ["2020-02", "2020-03", "2020-08"]
    assert len(found.unchanged) + len(found.months) == 24
    assert found.new_figures == 0


def test_a_month_nobody_covers_whole_is_refused(desk: Desk) -> None:
    """Up to 20 August: what August was cannot have been known."""
    deliver(desk.store, ("2020-01-01", "2020-08-20"), conferences())
    with pytest.raises(UsageFault) as refused:
        restated_month(desk, AUGUST)
    assert str(refused.value) == (
        "No deliveries cover August 2020 whole.\n"
        "  Without them it cannot be said what was known of it.\n"
        "  Receive the return that covers the month, or ask for a month that is covered."
    )


def test_rows_are_not_listed_to_a_committee_member(desk: Desk) -> None:
    """The numbers are, and nothing is written in the record but what was done."""
    deliver(desk.store, FIVE_YEARS, conferences("A | 2020-07-06 | 2020-07-27"))
    deliver(desk.store, SIX_MONTHS, conferences("A | 2020-07-06 | 2020-07-28"))
    member = Desk(desk.root, Actor("member", Role.COMMITTEE))
    assert told(restated_month(member, JULY), TIMELY)[0] == "July 2020: 1/1 -> 0/1"
    with pytest.raises(UsageFault, match="A committee member may not do this: listed the records"):
        restated_month(member, JULY, with_rows=True)
    assert desk.trail.entries() == []


def test_an_edition_rests_on_what_was_there_and_not_on_what_arrived_that_moment(
    desk: Desk,
) -> None:
    """A delivery received before the edition's newest, and in place after it, is not of then."""
    deliver(desk.store, FIVE_YEARS, conferences("A | 2020-07-06 | 2020-07-27"),
            received="2020-08-03")  # fmt: skip
    judged = cycle.judge(desk, JULY, date(2020, 8, 21))
    paper = memory.overview(desk, judged, date(2020, 8, 21), None)
    facts, _ = memory.publish(desk, judged, paper, None, desk.root.parent / "out")
    deliver(desk.store, SIX_MONTHS, conferences("A | 2020-07-06 | 2020-07-28"),
            received="2020-08-01")  # fmt: skip
    assert facts.known_at.date() == date(2020, 8, 3)
    found = restated_month(desk, JULY, with_rows=True, pattern=TIMELY)
    assert causes(found, TIMELY) == [
        "changed A: 2020-07-27 in time (1.xlsx row 2) -> 2020-07-28 late (2.xlsx row 2)"
    ]
    kept = (desk.root / "editions" / facts.id / "edition.json").read_text(encoding="utf-8")
    assert [one["id"] for one in json.loads(kept)["submissions"]] == ["annex-a-2020-07-31-00000001"]
