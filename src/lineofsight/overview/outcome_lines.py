"""One line by which an officer reports on an action of an earlier edition.

    Outcome: Audit decisions with partners | Done | 2020-10-28 | The board has seen it.
    Outcome: Audit decisions with partners | On track
    Outcome: Audit decisions with partners | Moved | 2020-11-30 | Partners asked for more time.
    Outcome: Audit decisions with partners | Withdrawn | The partnership audits them itself.

The last part is in the officer's own words; only a withdrawal must have it. A line without a state,
as the template has it, reports nothing: the action stays open.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from datetime import date

from lineofsight.errors import nearest
from lineofsight.overview.promise import Promise, State, identity_of

_STATES = {state.value.casefold(): state for state in State}
_WITH_A_DAY = (State.DONE, State.MOVED)
_FORMS = (
    "Write 'Outcome: the action's words | Done | 2020-10-28', or On track, Moved with its new day, "
    "or Withdrawn with the reason; the officer's words may follow."
)


@dataclass(frozen=True, slots=True)
class Reported:
    """What a line says; `faults` are pairs of what is wrong and what to do."""

    promise: Promise | None = None
    state: State = State.OPEN
    day: date | None = None
    words: str = ""
    faults: tuple[tuple[str, str], ...] = ()


def read_outcome(
    line: str,
    promised: Sequence[Promise],
    reported: Container[str],
    day_of: Callable[[str], date | None],
) -> Reported:
    """Read a line that begins with 'Outcome:'.

    `promised` are the open actions under this heading, `reported` the identities of those that a
    line above has reported on; `day_of` reads a day.
    """
    parts = [part.strip() for part in line.partition(":")[2].split("|")]
    promise, rest = _matching(parts, promised)
    if promise is None:
        return _wrong("There is no open action of these words under this heading.",
                      _nearest_open(parts[0], promised))  # fmt: skip
    if promise.id in reported:
        return _wrong("The outcome of this action is reported twice.", "Leave one of the two out.")
    state = _STATES.get(rest[0].casefold() if rest else "")
    if state is None:
        return _wrong(f"'{rest[0]}' is not a state of an action.", _FORMS)
    return _stated(promise, state, rest[1:], day_of)


def _stated(
    promise: Promise, state: State, rest: Sequence[str], day_of: Callable[[str], date | None]
) -> Reported:
    day = day_of(rest[0]) if rest and state in _WITH_A_DAY else None
    if state in _WITH_A_DAY and day is None:
        when = "was done" if state is State.DONE else "is due now"
        return _wrong(f"The outcome does not say on which day it {when}.", _FORMS)
    words = " | ".join(rest[1:] if state in _WITH_A_DAY else rest)
    if state is State.WITHDRAWN and not words:
        return _wrong("The outcome does not say why the action was withdrawn.", _FORMS)
    return Reported(promise, state, day, words)


def _matching(
    parts: Sequence[str], promised: Sequence[Promise]
) -> tuple[Promise | None, Sequence[str]]:
    """Find the promise whose words the line begins with; they may hold a stroke themselves."""
    for end in range(1, len(parts) + 1):
        for promise in promised:
            if identity_of(promise.indicator_id, "|".join(parts[:end])) == _bare(promise):
                return promise, parts[end:]
    return None, ()


def _bare(promise: Promise) -> str:
    words = (part.strip() for part in promise.text.split("|"))
    return identity_of(promise.indicator_id, "|".join(words))


def _nearest_open(text: str, promised: Sequence[Promise]) -> str:
    near = nearest(text, [promise.text for promise in promised], count=1)
    if near:
        return f"Did you mean {near}?"
    if len(promised) == 1:
        return f"The only open one is '{promised[0].text}'."
    return (
        "'lineofsight commentary' writes a file with all open actions."
        if promised
        else ("No action is open here: report under the heading it was promised under.")
    )


def _wrong(what: str, remedy: str) -> Reported:
    return Reported(faults=((what, remedy),))
