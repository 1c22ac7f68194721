"""The social workers behind the staffing of each month-end: who they are, who comes, who leaves.

A small simulation with a stream of its own, run month by month beside the lives: it changes
nothing in them, and what it tells of a day does not depend on what came later. A team's workers
add up to its staffing: those in post, agency workers, and those who hold cases. A desk is what
`involvements` calls a worker; whoever sits at it on a day holds the children allocated to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from lineofsight.reference.periods import Month
from lineofsight.synthetic import codes, steering
from lineofsight.synthetic.calendar import Step
from lineofsight.synthetic.draws import Rng
from lineofsight.synthetic.draws_by_child import code_of, share_of
from lineofsight.synthetic.lives import Lives
from lineofsight.synthetic.staff import build_teams
from lineofsight.synthetic.steering import Path
from lineofsight.synthetic.workforce_slots import Slot, team_slots

_CENSUS_DAY = (9, 30)
_STREAM = 930
# Chance of leaving in a month: about one in seven a year, agency workers about half of them.
_LEAVES, _AGENCY_LEAVES = 0.0125, 0.055
_LONGEST_BEFORE = 3_000  # days that a worker of the first month may have been there
_ABSENT, _DAYS_LOST = 0.055, 6.5
_YOUNGEST, _OLDEST, _YEAR = 22, 57, 365.25  # years of age at the start in a role
_REASON_LEFT = {"1": 62.0, "5": 8.0, "7": 14.0, "8": 10.0, "4": 2.0, "2": 2.0, "9": 2.0}
_REASON_ABSENT = {"SIC": 60.0, "TRN": 15.0, "OTH": 18.0, "UNP": 7.0}
_SEX = {"1": 15.0, "2": 85.0}
_AT_WORK = {"number": pl.Int64(), "is_agency": pl.Boolean(), "role": pl.String(),
            "started": pl.Int32(), "ended": pl.Int32(), "fte": pl.Float64(),
            "desk": pl.String()}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Workforce:
    """Workers and vacancies of each census day, 30 September, of the history.

    `workers` has one row a worker and day, those who left in the twelve months before among
    them: the fields of `journey.tables.professionals` and born_on, sex, ethnicity. `vacancies`
    has one row a day: counted_on, vacancies_fte, agency_fte, agency_headcount.
    """

    workers: pl.DataFrame
    vacancies: pl.DataFrame


@dataclass(slots=True)
class _Worker:
    number: int
    slot: Slot
    started: int
    ended: int | None = None

    def row(self) -> tuple[Any, ...]:
        slot = self.slot
        return (self.number, slot.is_agency, slot.role, self.started, self.ended, slot.fte,
                slot.desk)  # fmt: skip


class _Office:
    """Everyone at work, by place, and those who left since the last census day."""

    def __init__(self, rng: Rng) -> None:
        self._rng = rng
        self._at_work: dict[tuple[str, str, int], _Worker] = {}
        self._left: list[_Worker] = []
        self._hired = 0

    def turn(self, step: Step, slots: list[Slot]) -> None:
        """Let a month pass: some leave, and every place of its end is filled."""
        wanted = {slot.place: slot for slot in slots}
        is_first = not self._hired
        for place, worker in sorted(self._at_work.items()):
            if place not in wanted or self._leaves(worker):
                worker.ended = self._day(step)
                self._left.append(self._at_work.pop(place))
        for place, slot in wanted.items():
            if place in self._at_work:
                self._at_work[place].slot = slot
            else:
                self._at_work[place] = self._hire(slot, step, is_first=is_first)

    def _leaves(self, worker: _Worker) -> bool:
        chance = _AGENCY_LEAVES if worker.slot.is_agency else _LEAVES
        return bool(self._rng.random() < chance)

    def _day(self, step: Step) -> int:
        return int(self._rng.integers(step.first, step.last))

    def _hire(self, slot: Slot, step: Step, *, is_first: bool) -> _Worker:
        self._hired += 1
        before = int(self._rng.integers(0, _LONGEST_BEFORE)) if is_first else 0
        return _Worker(self._hired, slot, self._day(step) - before)

    def counted(self) -> pl.DataFrame:
        """Give everyone at work and everyone who left since this was last asked, by number."""
        rows = [worker.row() for worker in (*self._at_work.values(), *self._left)]
        self._left = []
        return pl.DataFrame(rows, schema=_AT_WORK, orient="row").sort("number")


def simulate_workforce(lives: Lives) -> Workforce:
    """Simulate the workers of every month-end that staffing is known of; told on census days."""
    office = _Office(np.random.default_rng([_STREAM, lives.size, _salt(lives)]))
    teams = build_teams(lives.size / steering.DEFAULT_SIZE)
    workers, vacancies = [], []
    for rows in lives.staffing.sort("counted_on", "team").partition_by(
        "counted_on", maintain_order=True
    ):
        day = rows["counted_on"][0]
        slots = [slot for row in rows.iter_rows(named=True) for slot in team_slots(row, teams)]
        office.turn(Step.of(0, Month.of(day).index), slots)
        if (day.month, day.day) == _CENSUS_DAY:
            workers.append(_told(office.counted(), lives, day))
            vacancies.append(_vacancies(rows, workers[-1]))
    return Workforce(pl.concat(workers), pl.concat(vacancies))


def _salt(lives: Lives) -> int:
    """A number that lives of another seed do not share."""
    return int(lives.children["child_id"][0])


def _told(counted: pl.DataFrame, lives: Lives, day: date) -> pl.DataFrame:
    in_post = pl.col("ended").is_null()
    described = counted.hstack(_drawn(counted, lives, day)).join(
        _allocated(lives, day), on="desk", how="left", maintain_order="left"
    )
    number = pl.col("number").cast(pl.String).str.zfill(6)
    return described.select(
        pl.format("SW9{}", number).alias("worker_id"),
        pl.lit(day).alias("counted_on"),
        "is_agency",
        "role",
        pl.col("started").cast(pl.Date).alias("role_started_on"),
        pl.col("ended").cast(pl.Date).alias("role_ended_on"),
        pl.when(~in_post).then("reason_left").alias("reason_left"),
        "fte",
        pl.when(in_post).then("fte").alias("fte_on_census_day"),
        pl.when(in_post).then(pl.col("cases").fill_null(0)).alias("cases"),
        pl.when(in_post & ~pl.col("is_agency")).then("days_lost").alias("working_days_lost"),
        (in_post & pl.col("is_absent")).alias("is_absent"),
        pl.when(in_post & pl.col("is_absent")).then("reason_absent").alias("absence_reason"),
        "born_on",
        "sex",
        "ethnicity",
    )


def _drawn(counted: pl.DataFrame, lives: Lives, day: date) -> pl.DataFrame:
    """Draw what a worker is, the same on every census day, and what the year brought."""

    def share(question: str, year: int = 0) -> Path:
        return share_of(counted["number"], f"{question} of worker, {_salt(lives)}", year)

    aged = _YEAR * (_YOUNGEST + (_OLDEST - _YOUNGEST) * share("age") ** 1.5)
    return pl.DataFrame(
        {
            "born_on": (counted["started"] - pl.Series(aged)).cast(pl.Int32).cast(pl.Date),
            "sex": code_of(share("sex"), _SEX).tolist(),
            "ethnicity": code_of(share("ethnicity"), codes.ETHNICITY).tolist(),
            "reason_left": code_of(share("reason to leave"), _REASON_LEFT).tolist(),
            "days_lost": np.round(-np.log(1 - share("days lost", day.year)) * _DAYS_LOST * 2) / 2,
            "is_absent": share("absence", day.year) < _ABSENT,
            "reason_absent": code_of(share("reason of absence", day.year), _REASON_ABSENT).tolist(),
        }
    )


def _allocated(lives: Lives, day: date) -> pl.DataFrame:
    """Count the children allocated to each desk at the end of a day."""
    open_ones = lives.involvements.filter(
        (pl.col("started_on") <= day) & (pl.col("ended_on").is_null() | (pl.col("ended_on") > day))
    )
    return open_ones.group_by(desk="worker").agg(pl.len().cast(pl.Int64).alias("cases"))


def _vacancies(staffing: pl.DataFrame, workers: pl.DataFrame) -> pl.DataFrame:
    lent = workers.filter("is_agency", pl.col("role_ended_on").is_null())
    return staffing.select(
        pl.col("counted_on").first(),
        (pl.col("posts_fte") - pl.col("in_post_fte")).sum().alias("vacancies_fte"),
        pl.col("agency_fte").sum(),
        pl.lit(lent.height).cast(pl.Int64).alias("agency_headcount"),
    )
