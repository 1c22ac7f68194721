"""An action that was promised, and what became of it: carried from edition to edition."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import Enum


class State(Enum):
    """What was last reported of an action; the values are the words an officer writes."""

    OPEN = ""
    ON_TRACK = "On track"
    MOVED = "Moved"
    DONE = "Done"
    WITHDRAWN = "Withdrawn"

    @property
    def is_final(self) -> bool:
        """Whether nothing more is to be reported."""
        return self in (State.DONE, State.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Promise:
    """One action of an earlier edition with the newest report on it.

    `id` stays the same from edition to edition. `made_in` names the edition that promised it first
    ('2020-07-1'); `due_on` is the day it is due now and `first_due_on` the day it was promised for.
    `outcome` is in the officer's words; `done_on` the day it was done.
    """

    id: str
    indicator_id: str
    text: str
    owner: str
    due_on: date
    first_due_on: date
    made_in: str
    state: State = State.OPEN
    outcome: str = ""
    done_on: date | None = None
    reported_by: str = ""
    reported_on: date | None = None


def identity_of(indicator_id: str, text: str) -> str:
    """Give an action its identity: its indicator and its words, however they are spaced.

    >>> identity_of("a.b", "Audit  decisions.") == identity_of("a.b", "audit decisions")
    True
    """
    words = " ".join(text.casefold().split()).rstrip(" .")
    return hashlib.sha256(f"{indicator_id}\n{words}".encode()).hexdigest()[:12]
