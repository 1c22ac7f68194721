"""Who may do what: one table, and a decision that carries its reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Role(Enum):
    """What somebody is to the service."""

    ANALYST = "performance analyst"
    SERVICE = "head of service"
    COMMITTEE = "committee member"


class Act(Enum):
    """What can be done, in the words of the audit trail."""

    RECEIVE = "began to receive a delivery"
    VALIDATE = "read the validation report"
    PUBLISH = "made an overview"
    DATASET = "laid out the dataset by groups"
    TRACE = "followed a figure to its records"
    LINK = "looked at children with two identifiers"
    RECONCILE = "compared the records of two returns"
    REVIEW = "reviewed delay, flow, thresholds or capacity"
    SAMPLE = "drew a sample for an audit"
    WORKLIST = "drew up a worklist"
    FREEZE = "began to freeze an edition"
    REBUILD = "drew the papers of an edition again"
    RESTATE = "listed the records that restated a figure"
    ADD_COMPARATORS = "began to add published comparators"
    CHECK_CLAIMS = "checked what a text claims"
    REMOVE_COMPARATORS = "began to remove published comparators"


# What changes the store is the analyst's.
_KEEPING = {Act.RECEIVE, Act.ADD_COMPARATORS, Act.REMOVE_COMPARATORS}
ALLOWED: dict[Role, frozenset[Act]] = {
    Role.ANALYST: frozenset(Act),
    Role.SERVICE: frozenset(set(Act) - _KEEPING),
    Role.COMMITTEE: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who asks, under the name the machine knows them by."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Decision:
    """Allowed or not, with the reason."""

    is_allowed: bool
    reason: str


def may(actor: Actor, act: Act) -> Decision:
    """Decide whether an actor may do something.

    >>> may(Actor("m", Role.COMMITTEE), Act.TRACE).is_allowed
    False
    """
    is_allowed = act in ALLOWED[actor.role]
    verb = "may" if is_allowed else "may not"
    return Decision(is_allowed, f"A {actor.role.value} {verb} do this: {act.value}.")
