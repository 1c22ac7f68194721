"""What the entry-to-care panel saw and what came after: every entry, with or without a decision.

An entry goes with a decision about the same child in the three months before it, or in the four
weeks after. Series of short breaks are no entries. A case of one child heard on one day is one.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from lineofsight.access.audit import AuditEntry
from lineofsight.reference.periods import Month
from lineofsight.warehouse.journey import Journey

TABLES = frozenset({"care_panel_decisions", "periods_of_care"})
BEFORE, AFTER = timedelta(days=92), timedelta(days=28)
LEAST_MONTHS = 6  # since the panel began, below which no change is spoken of
MONTHS_BEFORE = 12
HEARD_BEFORE = "heard before the entry"
RATIFIED = "heard after the entry, ratified"
NOT_RATIFIED = "heard after the entry, not ratified"
UNHEARD = "not heard"
TO_BE_HEARD = "not heard yet (the entry is under four weeks old)"
STANDINGS = (HEARD_BEFORE, RATIFIED, NOT_RATIFIED, UNHEARD, TO_BE_HEARD)
NOT_SAID = "not recorded"
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of cases of one kind, three or six months after they were heard.

    `known` are those for which so many months have passed in the records.
    """

    cases: int
    known: tuple[int, int]
    in_care: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pace:
    """Entries a month before and since the panel began, and their ratio with a 95% interval."""

    before: int
    months_before: int
    since: int
    months_since: int
    ratio: float
    low: float
    high: float


@dataclass(frozen=True)
class PanelReview:
    """The panel's cases and the entries of some months. `pace` is None while it is too early."""

    months: tuple[Month, ...]
    began_on: date | None
    entries: tuple[tuple[Month, Mapping[str, int]], ...]
    emergencies: int
    emergencies_ratified: int
    heard: int
    decisions: Mapping[str, int]
    routes: Mapping[str, int]
    alternatives: Mapping[str, int]
    outcomes: Mapping[str, Outcome]
    pace: Pace | None
    as_at: date


def review_panel(journey: Journey, months: Sequence[Month], entry: AuditEntry) -> PanelReview:
    """Review the panel over some months that follow one another, as known at the end of the last.

    Needs the audit entry of the act: rows are read, though only numbers leave.
    """
    assert entry.subject
    as_at = months[-1].last_day
    panel = journey.frames["care_panel_decisions"].filter(pl.col("heard_on") <= as_at)
    decided = panel.unique(["child_id", "heard_on", "decision"], maintain_order=True).to_dicts()
    care = _entries(journey, as_at)
    first = min((row["heard_on"] for row in decided), default=None)
    since = [row for row in care if first and row["started_on"] >= first]
    heard = [row for row in decided if row["heard_on"] >= months[0].first_day]
    emergencies = [row for row in heard if row["is_emergency"]]
    return PanelReview(
        months=tuple(months),
        began_on=first,
        entries=tuple((month, _standings(since, decided, month, as_at)) for month in months
                      if first and month.last_day >= first),
        emergencies=len(emergencies),
        emergencies_ratified=sum(row["is_ratified"] for row in emergencies),
        heard=len(heard),
        decisions=_counted(heard, "decision"),
        routes=_counted(heard, "route"),
        alternatives=_counted(heard, "alternatives"),
        outcomes={name: _outcome(_of_decision(heard, name), care, as_at)
                  for name in _counted(heard, "decision")},
        pace=pace_of_entries(care, first, months[-1]),
        as_at=as_at,
    )  # fmt: skip


def _entries(journey: Journey, as_at: date) -> list[Row]:
    own = pl.col("started_on") <= as_at
    rows = journey.frames["periods_of_care"].filter(own & ~pl.col("is_short_breaks_only"))
    return list(rows.select("child_id", "started_on", "ceased_on").to_dicts())


def _counted(rows: Sequence[Row], field: str) -> dict[str, int]:
    return dict(Counter(row[field] or NOT_SAID for row in rows).most_common())


def _of_decision(rows: Sequence[Row], name: str) -> list[Row]:
    return [row for row in rows if (row["decision"] or NOT_SAID) == name]


def _standings(
    care: Sequence[Row], decided: Sequence[Row], month: Month, as_at: date
) -> dict[str, int]:
    own = [row for row in care if Month.of(row["started_on"]) == month]
    return dict(Counter(standing(row, decided, as_at) for row in own))


def standing(entry: Row, decided: Sequence[Row], as_at: date) -> str:
    """Say whether the panel heard an entry, and when: of several hearings one before it counts."""
    began = entry["started_on"]
    own = [row for row in decided if row["child_id"] == entry["child_id"]]
    if any(began - BEFORE <= row["heard_on"] <= began and not row["is_emergency"] for row in own):
        return HEARD_BEFORE
    later = [row for row in own if began <= row["heard_on"] <= began + AFTER]
    if later:
        return RATIFIED if any(row["is_ratified"] for row in later) else NOT_RATIFIED
    return UNHEARD if began + AFTER <= as_at else TO_BE_HEARD


def _outcome(cases: Sequence[Row], care: Sequence[Row], as_at: date) -> Outcome:
    known, in_care = [], []
    for months in (3, 6):
        days = [(row["child_id"], months_on(row["heard_on"], months)) for row in cases]
        passed = [(child, day) for child, day in days if day <= as_at]
        known.append(len(passed))
        in_care.append(sum(_is_in_care(child, day, care) for child, day in passed))
    return Outcome(len(cases), (known[0], known[1]), (in_care[0], in_care[1]))


def months_on(day: date, months: int) -> date:
    """The day so many calendar months on, the last of a shorter month.

    >>> months_on(date(2020, 8, 31), 6)
    datetime.date(2021, 2, 28)
    """
    month = Month.of(day) + months
    return month.first_day + timedelta(days=min(day.day, month.last_day.day) - 1)


def _is_in_care(child: str, day: date, care: Sequence[Row]) -> bool:
    return any(
        row["child_id"] == child
        and row["started_on"] <= day
        and (row["ceased_on"] is None or row["ceased_on"] > day)
        for row in care
    )


def pace_of_entries(care: Sequence[Row], began_on: date | None, last: Month) -> Pace | None:
    """Compare entries a month since the panel began with the twelve months before it.

    The month it began in is in neither. The interval is that of a ratio of two counts on the log
    scale. None where there are too few months, or no entries on one side.
    """
    if began_on is None:
        return None
    start = Month.of(began_on)
    months_since = last.index - start.index
    of = Counter(Month.of(row["started_on"]).index for row in care)
    since = sum(of[start.index + n] for n in range(1, months_since + 1))
    before = sum(of[start.index - n] for n in range(1, MONTHS_BEFORE + 1))
    if months_since < LEAST_MONTHS or not since or not before:
        return None
    ratio = (since / months_since) / (before / MONTHS_BEFORE)
    spread = math.exp(1.959964 * math.sqrt(1 / since + 1 / before))
    return Pace(before, MONTHS_BEFORE, since, months_since, ratio, ratio / spread, ratio * spread)
