"""The child protection adviser's week: conferences pending with their issues, themes, escalations.

It stands on the list of initial conferences: who is pending, and how urgent, is read from there.
The theme of an issue, the note and the escalation are the adviser's, from the local table.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from lineofsight.access.audit import AuditEntry
from lineofsight.journey.derived import conferences_sought
from lineofsight.journey.fields import part_of
from lineofsight.warehouse.engine import Engine
from lineofsight.warehouse.sql_text import render
from lineofsight.worklists.conferences import INITIAL
from lineofsight.worklists.listed import ORDER, WEEK, Listed, State, WeeksList, draw_up, family_of

ID = "adviser"
TITLE = "The child protection adviser's week"
NEEDS = (*INITIAL.needs, "conference_requests")
WEEKS = 8


@dataclass(frozen=True, slots=True)
class Issue:
    """What the adviser recorded of one conference; `until` is the day it was held or stood down."""

    child: str
    family: str
    opened_on: date
    until: date | None
    theme: str | None
    note: str | None
    escalated_on: date | None
    closed_on: date | None

    def is_pending(self, day: date) -> bool:
        """Whether the conference was pending at the end of a day."""
        return self.opened_on <= day and (self.until is None or self.until > day)

    def is_escalated(self, day: date) -> bool:
        """Whether an escalation was open at the end of a day."""
        begun = self.escalated_on is not None and self.escalated_on <= day
        return begun and (self.closed_on is None or self.closed_on > day)


@dataclass(frozen=True, slots=True)
class Family:
    """One family with a pending conference: its children, the most urgent row, what is recorded."""

    children: tuple[str, ...]
    first: Listed
    themes: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def state(self) -> State:
        """How urgent the family's most urgent conference is."""
        return self.first.state


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme: in how many families with a pending conference it stood, week by week."""

    name: str
    families: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Escalation:
    """An escalation that is open: whose, since when, about what."""

    children: tuple[str, ...]
    escalated_on: date
    theme: str | None
    is_held: bool


@dataclass(frozen=True)
class AdvisersWeek:
    """The adviser's report of a week.

    `days` are the last days of the weeks of the themes, the newest last; `escalated` and `settled`
    count families whose issue was escalated or settled in the week.
    """

    week: WeeksList
    families: tuple[Family, ...]
    days: tuple[date, ...]
    themes: tuple[Theme, ...]
    pending: tuple[int, ...]
    escalations: tuple[Escalation, ...]
    escalated: int
    settled: int


def draw_advisers_week(engine: Engine, on: date, entry: AuditEntry) -> AdvisersWeek:
    """Draw up the adviser's week at the end of a day, from the journey as at that day.

    Needs the audit entry of the act: it names children.
    """
    week = draw_up(INITIAL, engine, on, entry)
    issues = _issues(engine)
    days = tuple(on - timedelta(days=WEEK * n) for n in reversed(range(WEEKS)))
    return AdvisersWeek(
        week=week,
        families=_families(week, issues),
        days=days,
        themes=_themes(issues, days),
        pending=tuple(len({i.family for i in issues if i.is_pending(day)}) for day in days),
        escalations=_escalations(issues, on),
        escalated=_in_week(issues, week, "escalated_on"),
        settled=_in_week(issues, week, "closed_on"),
    )


def _issues(engine: Engine) -> tuple[Issue, ...]:
    """What is recorded of every conference that anything could be open of, as of the day."""
    sought = conferences_sought
    days = [sought.strategy_discussion_on, sought.held_on, sought.closed_on, sought.escalated_on,
            sought.escalation_closed_on]  # fmt: skip
    asked = sa.select(
        sought.child_id, sought.family_id, sought.practice_issue, sought.adviser_note,
        *(part_of(day, "day").label(f"d{n}") for n, day in enumerate(days)),
    ).where(sought.strategy_discussion_on.is_not(None))  # fmt: skip
    return tuple(map(_issue, engine.rows(render(asked))))


def _issue(values: tuple[Any, ...]) -> Issue:
    child, family, theme, note, *numbers = values
    opened, held, closed, escalated, settled = (
        None if number is None else date.fromordinal(number) for number in numbers
    )
    assert opened
    ends = [day for day in (held, closed) if day]
    return Issue(
        child=str(child),
        family=family or f"child {child}",
        opened_on=opened,
        until=min(ends, default=None),
        theme=theme,
        note=note,
        escalated_on=escalated,
        closed_on=settled,
    )


def _families(week: WeeksList, issues: Sequence[Issue]) -> tuple[Family, ...]:
    """The families on the list, in its order, each with what is recorded of it."""
    recorded: Mapping[tuple[str, date], Issue] = {(i.child, i.opened_on): i for i in issues}
    found: defaultdict[tuple[str, str], list[Listed]] = defaultdict(list)
    for one in week.rows:
        found[family_of(one.row)].append(one)
    return tuple(_family(rows, recorded) for rows in found.values())


def _family(rows: Sequence[Listed], recorded: Mapping[tuple[str, date], Issue]) -> Family:
    told = [recorded[one.row.child, one.row.opened_on] for one in rows]
    return Family(
        children=tuple(one.row.child for one in rows),
        first=min(rows, key=lambda one: ORDER[one.state]),
        themes=tuple(dict.fromkeys(issue.theme for issue in told if issue.theme)),
        notes=tuple(dict.fromkeys(issue.note for issue in told if issue.note)),
    )


def _themes(issues: Sequence[Issue], days: Sequence[date]) -> tuple[Theme, ...]:
    """Families in which each theme stood at the end of each week, the most frequent now first."""
    weeks = [
        Counter(theme for _, theme in {(i.family, i.theme) for i in issues if _stands(i, day)})
        for day in days
    ]
    names = sorted({name for week in weeks for name in week if name})
    found = [Theme(name, tuple(week[name] for week in weeks)) for name in names]
    return tuple(sorted(found, key=lambda t: (-t.families[-1], -sum(t.families), t.name)))


def _stands(issue: Issue, day: date) -> bool:
    """Whether a theme is known of a pending conference on a day.

    A theme has no day of its own; that of an escalated issue is known from its escalation on.
    """
    known = issue.escalated_on is None or issue.escalated_on <= day
    return bool(issue.theme) and known and issue.is_pending(day)


def _escalations(issues: Sequence[Issue], on: date) -> tuple[Escalation, ...]:
    groups: defaultdict[tuple[str, date], list[Issue]] = defaultdict(list)
    for issue in issues:
        if issue.is_escalated(on) and issue.escalated_on:
            groups[issue.family, issue.escalated_on].append(issue)
    found = [
        Escalation(
            tuple(sorted(issue.child for issue in group)),
            day,
            next((issue.theme for issue in group if issue.theme), None),
            not any(issue.is_pending(on) for issue in group),
        )
        for (_, day), group in groups.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.escalated_on, one.children)))


def _in_week(issues: Sequence[Issue], week: WeeksList, day: str) -> int:
    return len({i.family for i in issues if (at := getattr(i, day)) and week.since < at <= week.on})
