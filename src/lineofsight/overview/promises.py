"""What was promised, and what became of it: carried from edition to edition until it is final.

An action is carried by itself, whether anybody reports on it or not. Only a report that it is done
or withdrawn, printed in an edition, ends that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from lineofsight.overview.earlier import EarlierPaper, readable_by
from lineofsight.overview.numerals import capital, listed, spoken
from lineofsight.overview.one_page import PromiseLine
from lineofsight.overview.overview import Kind, Overview, Sentence
from lineofsight.overview.promise import Promise, State, identity_of
from lineofsight.reference.audience import Audience
from lineofsight.reference.periods import Month, day_name

NOTHING_REPORTED = "Nothing was reported."
# How a promise stands, in the order in which a reader is told.
_GROUPS = ("overdue", "moved to a new date", "in time", "done", "withdrawn")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an officer reports of one promise: `day` is when it was done or is due now."""

    promise: Promise
    state: State
    day: date | None
    words: str
    author: str
    written_on: date | None

    @property
    def sentence(self) -> Sentence:
        """The report as a sentence of the paper."""
        state = {
            State.DONE: f"done on {day_name(self.day)}" if self.day else "done",
            State.MOVED: f"moved to {day_name(self.day)}" if self.day else "moved",
            State.WITHDRAWN: "withdrawn",
            State.ON_TRACK: "on track",
            State.OPEN: "open",
        }[self.state]
        text = f"{self.promise.text.rstrip('.')}: {state}. {self.words}".rstrip()
        return Sentence(Kind.OUTCOME, text, self.author, self.written_on)


def open_promises(earlier: Sequence[EarlierPaper]) -> tuple[Promise, ...]:
    """Give the actions of earlier papers on which a final report has not been printed yet.

    An action promised again in the same words is the same promise; with another day it was moved.
    """
    known: dict[str, Promise] = {}
    for paper in sorted(earlier, key=lambda paper: (paper.month, paper.edition)):
        for promise in paper.overview.promises:
            known[promise.id] = _newer(known.get(promise.id), promise)
        for promise in promised_in(paper):
            known[promise.id] = _promised_again(known.get(promise.id), promise)
    return tuple(promise for promise in known.values() if not promise.state.is_final)


def promised_to_anybody(earlier: Sequence[EarlierPaper]) -> tuple[Promise, ...]:
    """Give the actions that are still open to any audience: one commentary reports to all."""
    found: dict[str, Promise] = {}
    for audience in Audience:
        for promise in open_promises(readable_by(earlier, audience)):
            found.setdefault(promise.id, promise)
    return tuple(found.values())


def promised_in(paper: EarlierPaper) -> Iterator[Promise]:
    """Give the actions that one edition promised."""
    for indicator, action in _actions_of(paper.overview):
        if action.due_on is not None:
            yield _promise(indicator, action, action.due_on, paper.edition)


def promises_now(
    before: Sequence[Promise],
    outcomes: Mapping[str, Outcome],
    actions: Mapping[str, Sequence[Sentence]],
) -> tuple[Promise, ...]:
    """Give the promises of earlier editions with what this month's commentary says of them.

    `outcomes` are by the identity of the promise; `actions` are this month's sentences by
    indicator: one that says again what was promised, with another day, moves it.
    """
    reported = [_reported(promise, outcomes.get(promise.id)) for promise in before]
    again = {
        identity_of(indicator, one.text): one.due_on
        for indicator, sentences in actions.items()
        for one in sentences
        if one.kind is Kind.ACTION and one.due_on
    }
    return tuple(_moved(p, again[p.id]) if p.id in again else p for p in reported)


def promise_lines(
    promises: Sequence[Promise], names: Mapping[str, str], on: date
) -> tuple[PromiseLine, ...]:
    """Write the promises as they stand on a day, overdue ones first and final ones last.

    `names` are the brief names of the indicators.
    """
    ordered = sorted(promises, key=lambda promise: (_urgency(promise, on), promise.due_on))
    return tuple(_line(p, names.get(p.indicator_id, p.indicator_id), on) for p in ordered)


def said_of(promises: Sequence[Promise], on: date) -> str:
    """Say in a sentence how many actions were to be reported on, and how they stand."""
    if not promises:
        return "No action of an earlier edition is still to be reported on."
    states = [_state_group(promise, on) for promise in promises]
    kinds = [kind for kind in _GROUPS if kind in states]
    if len(promises) == 1:
        return f"One action of earlier editions was to be reported on: it is {kinds[0]}."
    counts = [f"{spoken(states.count(kind), '').strip()} {kind}" for kind in kinds]
    counted = capital(spoken(len(promises), "actions"))
    return f"{counted} of earlier editions were to be reported on: {listed(counts)}."


def _actions_of(overview: Overview) -> Iterator[tuple[str, Sentence]]:
    items = (item for section in overview.sections for item in section.items)
    rows = (row for chapter in overview.dataset for row in chapter.rows)
    said = [(item.indicator_id, item.sentences) for item in items]
    said += [(row.indicator_id, row.sentences) for row in rows]
    for indicator, sentences in said:
        yield from ((indicator, one) for one in sentences if one.kind is Kind.ACTION)


def _promise(indicator: str, action: Sentence, due_on: date, edition: str) -> Promise:
    identity = identity_of(indicator, action.text)
    return Promise(identity, indicator, action.text, action.owner, due_on, due_on, edition)


def _newer(before: Promise | None, now: Promise) -> Promise:
    if before is None:
        return now
    return before if (before.reported_on or date.min) > (now.reported_on or date.min) else now


def _promised_again(before: Promise | None, now: Promise) -> Promise:
    if before is None or before.state.is_final:
        return now
    return _moved(before, now.due_on)


def _moved(promise: Promise, due_on: date) -> Promise:
    if promise.state.is_final or promise.due_on == due_on:
        return promise
    return replace(promise, state=State.MOVED, due_on=due_on)


def _reported(promise: Promise, outcome: Outcome | None) -> Promise:
    if outcome is None:
        return promise
    is_done, is_moved = outcome.state is State.DONE, outcome.state is State.MOVED
    return replace(
        promise,
        state=outcome.state,
        outcome=outcome.words,
        done_on=outcome.day if is_done else None,
        due_on=outcome.day if is_moved and outcome.day else promise.due_on,
        reported_by=outcome.author,
        reported_on=outcome.written_on,
    )


def _state_group(promise: Promise, on: date) -> str:
    if promise.state.is_final:
        return promise.state.value.casefold()
    if promise.due_on < on:
        return "overdue"
    return "moved to a new date" if promise.state is State.MOVED else "in time"


def _urgency(promise: Promise, on: date) -> int:
    return _GROUPS.index(_state_group(promise, on))


def _line(promise: Promise, about: str, on: date) -> PromiseLine:
    is_moved = promise.first_due_on != promise.due_on
    moved = f", first promised for {day_name(promise.first_due_on)}" if is_moved else ""
    is_silent = not promise.outcome and promise.reported_on is None
    return PromiseLine(
        about=about,
        text=promise.text,
        owner=promise.owner,
        due=f"{day_name(promise.due_on)}{moved}",
        made_in=_named(promise.made_in),
        state=_state_words(promise, on),
        outcome=promise.outcome,
        unsaid=NOTHING_REPORTED if is_silent else "",
    )


def _state_words(promise: Promise, on: date) -> str:
    if promise.state is State.DONE:
        return _done(promise)
    if promise.state is State.WITHDRAWN:
        return "Withdrawn"
    late = (on - promise.due_on).days
    if late > 0:
        return f"Overdue by {spoken(late, 'days')}"
    if promise.state is State.MOVED:
        return "Moved to a new date"
    return "In time, on track" if promise.state is State.ON_TRACK else "In time"


def _done(promise: Promise) -> str:
    if promise.done_on is None:
        return "Done"
    late = (promise.done_on - promise.due_on).days
    said = f"Done on {day_name(promise.done_on)}"
    return f"{said}, {spoken(late, 'days')} late" if late > 0 else said


def _named(edition: str) -> str:
    """Name an edition by its month as a reader does: 'July 2020 (2020-07-1)'."""
    month = Month.parse(edition.rpartition("-")[0])
    return f"{month.name} ({edition})"
