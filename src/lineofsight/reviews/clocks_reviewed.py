"""The timescales that can be reviewed, one block each; the limit is that of the indicator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql import visitors

from lineofsight.errors import DefinitionFault, Fault, UnknownName
from lineofsight.indicators import assessments, child_protection, plans_followed
from lineofsight.indicators.indicator import Percentage
from lineofsight.reviews import circumstances as known
from lineofsight.reviews.circumstances import Circumstance
from lineofsight.reviews.conference_waits import conference_waits
from lineofsight.reviews.drivers import Asked
from lineofsight.reviews.recorded_waits import assessment_waits, core_group_waits
from lineofsight.reviews.waits import Waits
from lineofsight.warehouse.journey import Journey

_STAFF = frozenset({"staffing", "involvements"})
_OF_ANY_WAIT = (known.caseload, known.agency, known.backlog, known.christmas, known.august)


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of a wait: its name, what ends it, and how many working days it is allowed.

    The allowances of a clock add up to its limit. `asked` completes the sentence "If …, N% instead
    of M% would have been in time."
    """

    name: str
    allowed: int
    asked: str


@dataclass(frozen=True, slots=True)
class Words:
    """How the waits of a clock are spoken of: 'children whose enquiry began in August 2020'."""

    title: str
    counted: str
    began: str
    reached: str
    ended: str
    event: str
    start: str


@dataclass(frozen=True)
class ReviewedClock:
    """A clock that can be reviewed: its published figure, its waits and its stages.

    `horizon` is the last working day that is followed. `tables` are those the waits are made of;
    `main` of
    them must be delivered for the whole of the months under review. `is_published_by_end` says that
    the figure counts in the month a wait ends in. `circumstances` are known by working day
    `landmark`, and looked at for what goes with delay.
    """

    id: str
    indicator: Percentage
    words: Words
    waits: Callable[[Journey, date], Waits]
    horizon: int
    tables: frozenset[str]
    main: str
    stages: tuple[Stage, ...] = ()
    circumstances: tuple[Circumstance, ...] = ()
    landmark: int = 0
    has_siblings: bool = False
    is_published_by_end: bool = True

    @property
    def limit(self) -> int:
        """The working days in which the indicator counts as in time."""
        return limit_of(self.indicator)

    @property
    def asked(self) -> Asked:
        """What is looked at for what goes with delay: up to twice the limit."""
        last = min(2 * self.limit, self.horizon)
        return Asked(self.circumstances, self.landmark, self.limit, last)


def limit_of(indicator: Percentage) -> int:
    """The upper bound of the number of days that meets an indicator's condition.

    Raises DefinitionFault where its condition has none.
    """
    condition: Any = indicator.met
    for part in visitors.iterate(condition):
        if isinstance(part, sa.BinaryExpression) and part.operator is sa.sql.operators.between_op:
            high: Any = part.right
            return int(high.clauses[1].value)
    raise DefinitionFault(
        Fault(
            f"{indicator.id} has no limit in days.",
            "It is asked for by a review of timeliness.",
            "Write the condition with between(0, limit).",
        )
    )


icpc = ReviewedClock(
    id="icpc",
    indicator=child_protection.icpc_timeliness,
    words=Words(
        title="Initial child protection conferences",
        counted="children",
        began="whose enquiry began",
        reached="had their conference",
        ended="ended without one",
        event="conference",
        start="strategy discussion",
    ),
    waits=conference_waits,
    horizon=40,
    main="initial_conferences",
    tables=frozenset({"initial_conferences", "conference_requests", "section_47_enquiries"})
    | _STAFF,
    stages=(
        Stage("Discussion to request", 3, "every request had gone in by working day 3"),
        Stage(
            "Request to first day booked",
            12,
            "every conference had first been booked for a day at most 12 working days after its "
            "request",
        ),
        Stage(
            "First day booked to conference",
            0,
            "every conference had been held on the day it was first booked for",
        ),
    ),
    circumstances=(
        known.late_request,
        known.caseload,
        known.agency,
        known.change_of_worker,
        known.siblings,
        known.queue,
        known.christmas,
        known.august,
    ),
    landmark=3,
    has_siblings=True,
)

single_assessments = ReviewedClock(
    id="assessments",
    indicator=assessments.timeliness,
    words=Words(
        title="Single assessments",
        counted="assessments",
        began="that began",
        reached="were authorised",
        ended="ended without it, their case closed",
        event="authorisation",
        start="start of the assessment",
    ),
    waits=assessment_waits,
    horizon=80,
    main="assessments",
    tables=frozenset({"assessments", "need_episodes"}) | _STAFF,
    circumstances=_OF_ANY_WAIT,
)

core_groups = ReviewedClock(
    id="core-groups",
    indicator=plans_followed.core_groups_in_time,
    words=Words(
        title="First core groups of child protection plans",
        counted="plans",
        began="that began",
        reached="had their first core group",
        ended="ended without one",
        event="core group",
        start="start of the plan",
    ),
    waits=core_group_waits,
    horizon=30,
    main="core_groups",
    tables=frozenset({"child_protection_plans", "core_groups"}) | _STAFF,
    circumstances=_OF_ANY_WAIT,
    is_published_by_end=False,
)

CLOCKS_REVIEWED = (icpc, single_assessments, core_groups)


def find_clock(identity: str) -> ReviewedClock:
    """Find a clock that can be reviewed; raises UnknownName with the nearest."""
    known = {clock.id: clock for clock in CLOCKS_REVIEWED}
    if identity in known:
        return known[identity]
    listed = f"There are: {', '.join(known)}."
    raise UnknownName.among("review of timeliness", identity, list(known), listed)
