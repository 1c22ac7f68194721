"""The state of the simulated service: who is open to it, and the log of what happened."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from lineofsight.synthetic.calendar import FOREVER, Column, Days, Numbers, Truths
from lineofsight.synthetic.draws import Rng, per_month
from lineofsight.synthetic.population import Population
from lineofsight.synthetic.steering import Path, Told


class Log:
    """Rows of one kind of event in the order they happened; a row can be completed later."""

    def __init__(self) -> None:
        self._chunks: list[dict[str, Column]] = []
        self._completions: list[tuple[Numbers, dict[str, Any]]] = []
        self._length = 0

    def add(self, child: Numbers, **columns: Any) -> Numbers:
        """Add one row for each child and give the row numbers."""
        chunk = {"child": child}
        chunk |= {name: np.broadcast_to(value, len(child)) for name, value in columns.items()}
        self._chunks.append(chunk)
        self._length += len(child)
        return np.arange(self._length - len(child), self._length)

    def complete(self, rows: Numbers, **columns: Any) -> None:
        """Set columns of earlier rows, once more is known."""
        self._completions.append((rows, columns))

    def columns(self) -> dict[str, Column]:
        """Every row with what became of it, column by column."""
        names = self._chunks[0] if self._chunks else {}
        whole = {name: np.concatenate([chunk[name] for chunk in self._chunks]) for name in names}
        for rows, columns in self._completions:
            for name, values in columns.items():
                whole[name][rows] = values
        return whole


class Waiting:
    """Rows that wait for something, column by column; a mask says who stays."""

    def __init__(self, *names: str) -> None:
        self.columns: dict[str, Column] = {name: np.empty(0, dtype=np.int64) for name in names}

    def __getitem__(self, name: str) -> Column:
        return self.columns[name]

    def add(self, **columns: Column) -> None:
        """Let more rows wait."""
        self.columns = {
            name: np.concatenate([old, columns[name].astype(np.int64)])
            for name, old in self.columns.items()
        }

    def keep(self, mask: Truths) -> None:
        """Let the rows outside the mask go."""
        self.columns = {name: values[mask] for name, values in self.columns.items()}


@dataclass(frozen=True, slots=True)
class Targets:
    """The story scaled to the size of this authority, one entry a month."""

    referrals: Numbers
    referred_again: Path
    turned_away: Path
    assessment_pace: Path
    assessed_in_time: Path
    enquiries: Numbers
    conferences: Numbers
    conferences_in_time: Path
    conferences_to_plans: Path
    plans_open: Numbers
    care_entries: Numbers
    care_open: Numbers
    alone_from_abroad: Numbers


def scaled_stock(told: Told, rng: Rng, scale: float) -> Numbers:
    """Scale a path of stocks, each by itself."""
    return np.floor(told.path(rng) * scale + 0.5).astype(np.int64)


def scaled_flow(told: Told, rng: Rng, scale: float) -> Numbers:
    """Scale a path of monthly counts so that nothing is lost to rounding."""
    return per_month(told.path(rng), scale)


@dataclass(slots=True)
class Service:
    """Who is open to the service at this moment of the simulation; one entry a child."""

    rng: Rng
    people: Population
    scale: float
    targets: Targets
    need: Numbers
    need_from: Days
    close_on: Days
    assessed_on: Days
    close_reason: Column
    referred_on: Days
    plan: Numbers
    plan_from: Days
    plans_had: Numbers
    care: Numbers
    care_from: Days
    is_pending: Truths
    is_alone: Truths
    assessments: Waiting
    conferences: Waiting
    groups: int = 0
    owed: dict[str, int] = field(default_factory=lambda: {"in time": 0, "late": 0})
    logs: dict[str, Log] = field(default_factory=dict)

    def log(self, name: str) -> Log:
        """The log of one kind of event."""
        return self.logs.setdefault(name, Log())


def open_service(rng: Rng, people: Population, scale: float, targets: Targets) -> Service:
    """Build a service to which nobody is open yet."""
    count = len(people)
    nobody, never = np.full(count, -1, dtype=np.int64), np.full(count, FOREVER, dtype=np.int64)
    return Service(
        rng=rng,
        people=people,
        scale=scale,
        targets=targets,
        need=nobody.copy(),
        need_from=never.copy(),
        close_on=never.copy(),
        assessed_on=-never,
        close_reason=np.full(count, "RC7"),
        referred_on=np.full(count, -FOREVER, dtype=np.int64),
        plan=nobody.copy(),
        plan_from=never.copy(),
        plans_had=np.zeros(count, dtype=np.int64),
        care=nobody.copy(),
        care_from=never.copy(),
        is_pending=np.zeros(count, dtype=bool),
        is_alone=np.zeros(count, dtype=bool),
        assessments=Waiting("child", "row", "from_number", "due_number", "is_late"),
        conferences=Waiting("child", "row", "request", "group", "from_number"),
    )


def plan_to_close(service: Service, child: Numbers, on: Days, reason: str | Column) -> None:
    """Set the day on which children's episodes of need will close."""
    service.close_on[child] = on
    service.close_reason[child] = reason
