"""What was promised is carried from edition to edition until somebody says what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from lineofsight.overview.commentary import Commentary
from lineofsight.overview.earlier import EarlierPaper, last_for, readable_by
from lineofsight.overview.overview import Kind, Overview, Sentence
from lineofsight.overview.promise import Promise, State, identity_of
from lineofsight.overview.promises import (
    Outcome,
    open_promises,
    promise_lines,
    promises_now,
    said_of,
)
from lineofsight.reference.audience import Audience
from lineofsight.reference.periods import Month
from tests.overview_examples import MASH, example_earlier, example_overview

ON = date(2020, 9, 21)
JULY, AUGUST, SEPTEMBER = (Month.parse(f"2020-0{n}") for n in (7, 8, 9))


def promise(text: str = "Audit decisions", due: date = ON, **more: object) -> Promise:
    made = Promise(identity_of(MASH.id, text), MASH.id, text, "Manager", due, due, "2020-07-1")
    return replace(made, **more)  # type: ignore[arg-type]


def outcome(of: Promise, state: State, day: date | None = None, words: str = "") -> Outcome:
    return Outcome(of, state, day, words, "Head of Service", date(2020, 9, 14))


def paper(
    month: Month,
    actions: Sequence[tuple[str, date]] = (),
    promises: Sequence[Promise] = (),
    audience: Audience = Audience.SERVICE,
) -> EarlierPaper:
    """A paper that says nothing but its actions under one indicator, and carries promises."""
    whole = example_overview(Commentary())
    said = tuple(Sentence(Kind.ACTION, text, owner="Manager", due_on=due) for text, due in actions)
    item = replace(whole.sections[0].items[0], sentences=said)
    section = replace(whole.sections[0], items=(item,))
    bare = replace(
        whole, sections=(section,), dataset=(), promises=tuple(promises), audience=audience
    )
    return EarlierPaper(f"{month}-1", month, bare)


@pytest.mark.parametrize(
    ("made", "state", "group"),
    [
        (promise(due=date(2020, 9, 20)), "Overdue by one day", "overdue"),
        (promise(due=date(2020, 9, 9)), "Overdue by 12 days", "overdue"),
        (promise(due=ON), "In time", "in time"),
        (promise(state=State.ON_TRACK), "In time, on track", "in time"),
        (
            promise(due=date(2020, 9, 9), state=State.ON_TRACK, outcome="Soon."),
            "Overdue by 12 days",
            "overdue",
        ),
        (
            promise(state=State.MOVED, first_due_on=date(2020, 8, 31)),
            "Moved to a new date",
            "moved to a new date",
        ),
        (promise(state=State.DONE, done_on=ON), "Done on 21 September 2020", "done"),
        (
            promise(due=date(2020, 9, 19), state=State.DONE, done_on=ON),
            "Done on 21 September 2020, two days late",
            "done",
        ),
        (promise(state=State.WITHDRAWN, outcome="Not needed."), "Withdrawn", "withdrawn"),
    ],
)
def test_how_a_promise_stands_is_said_in_words(made: Promise, state: str, group: str) -> None:
    (line,) = promise_lines([made], {MASH.id: "Referrals"}, ON)

    assert line.state == state
    assert said_of([made], ON) == (
        f"One action of earlier editions was to be reported on: it is {group}."
    )


def test_a_moved_promise_still_says_for_when_it_was_promised_first() -> None:
    moved = promise(due=date(2020, 11, 30), first_due_on=date(2020, 9, 11), state=State.MOVED)
    (line,) = promise_lines([moved], {}, ON)

    assert line.due == "30 November 2020, first promised for 11 September 2020"
    assert line.made_in == "July 2020 (2020-07-1)"


def test_overdue_ones_come_first_and_final_ones_last() -> None:
    lines = promise_lines(
        [
            promise("done", state=State.DONE, done_on=ON),
            promise("later", due=date(2020, 12, 1)),
            promise("late", due=date(2020, 9, 11)),
            promise("sooner", due=date(2020, 10, 1)),
            promise("latest", due=date(2020, 8, 1)),
        ],
        {},
        ON,
    )

    assert [line.text for line in lines] == ["latest", "late", "sooner", "later", "done"]


def test_all_are_counted_in_a_sentence() -> None:
    states = [State.OPEN, State.OPEN, State.DONE, State.WITHDRAWN]
    many = [promise(str(n), state=state) for n, state in enumerate(states)]
    late = promise("late", due=date(2020, 9, 1))

    assert said_of([*many, late], ON) == (
        "Five actions of earlier editions were to be reported on: one overdue, two in time, "
        "one done and one withdrawn."
    )
    assert said_of([], ON) == "No action of an earlier edition is still to be reported on."


def test_an_action_nobody_speaks_of_is_carried_by_itself() -> None:
    first = paper(JULY, [("Audit decisions", ON)])
    (carried,) = promises_now(open_promises([first]), {}, {})
    second = paper(AUGUST, promises=[carried])

    assert open_promises([first, second]) == (carried,)
    assert (carried.made_in, carried.state) == ("2020-07-1", State.OPEN)
    (line,) = promise_lines([carried], {}, ON)
    assert (line.outcome, line.unsaid) == ("", "Nothing was reported.")


def test_an_action_reported_as_done_is_told_once_and_then_no_more() -> None:
    first = paper(JULY, [("Audit decisions", ON)])
    (before,) = open_promises([first])
    (told,) = promises_now([before], {before.id: outcome(before, State.DONE, ON, "Well.")}, {})

    assert (told.state, told.done_on, told.outcome) == (State.DONE, ON, "Well.")
    assert open_promises([first, paper(AUGUST, promises=[told])]) == ()


def test_a_report_that_is_not_final_stays_with_the_action() -> None:
    first = paper(JULY, [("Audit decisions", ON)])
    (before,) = open_promises([first])
    (told,) = promises_now([before], {before.id: outcome(before, State.ON_TRACK)}, {})
    (carried,) = open_promises([first, paper(AUGUST, promises=[told])])
    (line,) = promise_lines([carried], {}, ON)

    assert carried.state is State.ON_TRACK
    assert line.unsaid == ""


def test_the_same_words_with_another_day_move_the_promise_and_are_not_a_new_one() -> None:
    """A day that slips from edition to edition stays visible."""
    november = date(2020, 11, 30)
    carried = open_promises(
        [paper(JULY, [("Audit decisions", ON)]), paper(AUGUST, [("audit  decisions.", november)])]
    )

    assert [(p.due_on, p.first_due_on, p.state) for p in carried] == [(november, ON, State.MOVED)]
    again = Sentence(Kind.ACTION, "Audit decisions", owner="Manager", due_on=november)
    (now,) = promises_now(open_promises([paper(JULY, [("Audit decisions", ON)])]), {},
                          {MASH.id: (again,)})  # fmt: skip
    assert (now.due_on, now.first_due_on, now.state) == (november, ON, State.MOVED)


def test_what_was_promised_again_after_it_was_done_is_a_new_promise() -> None:
    done = promise(state=State.DONE, done_on=ON)
    carried = open_promises(
        [
            paper(JULY, [("Audit decisions", ON)]),
            paper(AUGUST, [("Audit decisions", date(2020, 12, 1))], promises=[done]),
        ]
    )

    assert [(p.made_in, p.first_due_on) for p in carried] == [("2020-08-1", date(2020, 12, 1))]


def test_what_was_promised_inside_the_service_is_not_told_to_the_public() -> None:
    inside = paper(JULY, [("Inside", ON)])
    outside = paper(JULY, [("Outside", ON)], audience=Audience.PUBLIC)
    papers = [inside, outside]

    def told(audience: Audience) -> set[str]:
        return {p.text for p in open_promises(readable_by(papers, audience))}

    assert told(Audience.SERVICE) == {"Inside", "Outside"}
    assert told(Audience.COMMITTEE) == {"Outside"}
    assert told(Audience.PUBLIC) == {"Outside"}
    assert last_for(papers, Audience.COMMITTEE) is None
    assert last_for(papers, Audience.PUBLIC) is outside


def test_the_example_carries_five_promises_and_says_what_became_of_each() -> None:
    """Drawn in `overview_examples`: done, on track, withdrawn, moved, and one silence."""
    overview: Overview = example_overview()

    assert overview.one_page.promises_said == (
        "Five actions of earlier editions were to be reported on: one overdue, one moved to a new "
        "date, one in time, one done and one withdrawn."
    )
    assert [(p.text, p.state, p.outcome or p.unsaid) for p in overview.one_page.promises] == [
        ("Secure temporary chairs for review conferences", "Overdue by 10 days",
         "Nothing was reported."),
        ("Fill the vacant posts of two teams", "Moved to a new date", "Nobody suitable applied."),
        ("Meet partners about an audit of referrals", "In time, on track",
         "Partners have agreed a day."),
        ("Send the list of pending conferences to managers",
         "Done on 2 September 2020, two days late", "Managers have had it every Monday since."),
        ("Bring planned entries to care to a panel", "Withdrawn",
         "The panel sits too rarely for it."),
    ]  # fmt: skip
    assert {p.made_in for p in overview.promises} == {example_earlier().edition}
