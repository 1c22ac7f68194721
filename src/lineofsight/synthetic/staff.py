"""Teams, their workers, who is allocated to whom, and the staffing of each month-end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from lineofsight.synthetic import steering
from lineofsight.synthetic.calendar import FOREVER, Column, Days, Numbers, Step, day_of
from lineofsight.synthetic.draws import Rng
from lineofsight.synthetic.steering import MONTHS

HUB, ASSESSMENT, PROTECTION, CARE, DISABILITY, LEAVING = range(6)
_KINDS = (
    ("Multi Agency Safeguarding Hub", 1, 8),
    ("Assessment Team", 3, 11),
    ("Protection and Court Team", 5, 8),
    ("Looked After Children Team", 3, 10),
    ("Children with Disabilities Team", 1, 6),
    ("Pathways Team", 2, 6),
)
_YEARS_WITH_ONE_WORKER = 400  # days after which a family's worker changes
_SHORTEST_WITH_ONE_WORKER = 230  # days in care
_CASES_A_POST = 16.5
_EXTRA_STAFF = 2.0

# Episode of need, first and last day, kind of team, and which worker in turn it is.
_Spans: TypeAlias = tuple[Numbers, Days, Days, Numbers, Numbers]


@dataclass(frozen=True, slots=True)
class Teams:
    """All teams, with how many workers each has; `first` and `count` speak of kinds of team."""

    names: tuple[str, ...]
    kinds: Numbers
    workers: Numbers
    first: Numbers
    count: Numbers
    first_worker: Numbers

    def team_of(self, kind: int | Numbers, family: Numbers) -> Numbers:
        """The team of a kind that holds a family."""
        return np.asarray(self.first[kind] + family % self.count[kind])

    def worker_of(self, team: Numbers, family: Numbers, on: Days) -> Numbers:
        """The worker of a team who holds a family on a day; the number of 'Worker 017'."""
        turn = family // 7 + (on + 37 * (family % 11)) // _YEARS_WITH_ONE_WORKER
        return np.asarray(self.first_worker[team] + turn % self.workers[team])

    def name_of(self, team: Numbers) -> Column:
        """The name of each team."""
        return np.array(self.names)[team]


def worker_name(numbers: Numbers) -> Column:
    """Name workers by number: they are nobody."""
    return np.char.add("Worker ", np.char.zfill(numbers.astype("U6"), 3))


def build_teams(scale: float) -> Teams:
    """Set up the teams of an authority of this size."""
    counts = np.array([max(1, round(count * scale)) for _, count, _ in _KINDS])
    kinds = np.repeat(np.arange(len(_KINDS)), counts)
    places = np.arange(len(kinds)) - np.repeat(np.cumsum(counts) - counts, counts)
    names = tuple(
        _KINDS[kind][0] if counts[kind] == 1 else f"{_KINDS[kind][0]} {place + 1}"
        for kind, place in zip(kinds, places, strict=True)
    )
    workers = np.array([max(2, round(_KINDS[kind][2] * min(scale, 1) ** 0.5)) for kind in kinds])
    first_worker = 1 + np.cumsum(workers) - workers
    return Teams(names, kinds, workers, np.cumsum(counts) - counts, counts, first_worker)


def involvements(
    teams: Teams,
    family: Numbers,
    is_disabled: Column,
    needs: dict[str, Column],
    assessed: Days,
    care: dict[str, Column],
) -> dict[str, Column]:
    """Spans of allocation: assessment, then protection (or disability), and care meanwhile.

    `assessed` is the day on which the assessment of each episode of need was authorised.
    """
    child, start, end = needs["child"], needs["started_on"], needs["ended_on"]
    handed_over = np.where(assessed < FOREVER, np.minimum(assessed, end), end)
    in_care, out = _first_care(len(child), care)
    handed_over = np.minimum(handed_over, in_care)
    long_term = np.where(is_disabled[child], DISABILITY, PROTECTION)
    row, none = np.arange(len(child)), np.zeros(len(child), dtype=np.int64)
    spans = [
        (row, start, handed_over, np.full(len(child), ASSESSMENT), none),
        (row, handed_over, np.minimum(end, in_care), long_term, none),
        (row, np.minimum(out, end), end, long_term, none),
        _in_care(family[child[care["need"]]], care),
    ]
    return _allocated(teams, family, child, spans)


def _in_care(family: Numbers, care: dict[str, Column]) -> _Spans:
    """Cut care where the worker changes: as often as the family's number has it."""
    start, end = care["started_on"], care["ceased_on"]
    until = np.minimum(end, day_of(steering.AS_AT) + 1)
    lasts = _SHORTEST_WITH_ONE_WORKER + 37 * (family % 11)
    parts = np.maximum(1, -(-(until - start) // lasts))
    row = np.repeat(np.arange(len(start)), parts)
    place = np.arange(len(row)) - np.repeat(np.cumsum(parts) - parts, parts)
    is_last = place == parts[row] - 1
    kind = np.where(care["is_short_breaks"], DISABILITY, CARE)
    begun = start[row] + place * lasts[row]
    ended = np.where(is_last, end[row], begun + lasts[row])
    return care["need"][row], begun, ended, kind[row], place


def _first_care(count: int, care: dict[str, Column]) -> tuple[Days, Days]:
    entered, left = np.full(count, FOREVER), np.full(count, FOREVER)
    full = ~care["is_short_breaks"].astype(bool)
    entered[care["need"][full]] = care["started_on"][full]
    left[care["need"][full]] = care["ceased_on"][full]
    return entered, left


def _allocated(
    teams: Teams,
    family: Numbers,
    children: Numbers,
    spans: Sequence[_Spans],
) -> dict[str, Column]:
    columns = [np.concatenate(parts) for parts in zip(*spans, strict=True)]
    kept = (columns[2] > columns[1]) & (columns[1] < FOREVER)
    need, start, end, kind, place = (column[kept] for column in columns)
    child = children[need]
    team = teams.team_of(kind, family[child])
    return {
        "child": child,
        "need": need,
        "team": team,
        "worker": teams.worker_of(team, family[child], start + place * _YEARS_WITH_ONE_WORKER),
        "started_on": start,
        "ended_on": end,
    }


def staffing(rng: Rng, teams: Teams, spans: dict[str, Column]) -> dict[str, Column]:
    """Posts, people and allocated children of each case-holding team at each month-end."""
    holding = np.flatnonzero(np.isin(teams.kinds, [ASSESSMENT, PROTECTION, CARE, DISABILITY]))
    cases = np.array([_cases(teams, spans, Step.of(0, month).last) for month in MONTHS])
    posts = np.maximum(1, np.round(cases[-60:-8].mean(axis=0) / _CASES_A_POST))
    months = len(MONTHS)
    extra = np.array([Step.of(0, m).last for m in MONTHS]) >= day_of(steering.EXTRA_STAFF_FROM)
    in_post = np.round(posts * _slow(rng, months, len(posts), 0.79) * 2) / 2
    agency = np.round(posts * _slow(rng, months, len(posts), 0.17) * 2) / 2
    additional = _EXTRA_STAFF * extra[:, None] * (teams.kinds == ASSESSMENT)
    agency += additional
    highest = np.array([_highest(teams, spans, Step.of(0, month).last) for month in MONTHS])
    holders = np.round((in_post + agency) * 0.94, 1)
    month, team = np.repeat(np.arange(months), len(holding)), np.tile(holding, months)
    return {
        "team": team,
        "counted_on": np.array([Step.of(0, m).last for m in MONTHS])[month],
        "posts_fte": posts[team],
        "in_post_fte": in_post[month, team],
        "agency_fte": agency[month, team],
        "case_holders_fte": np.maximum(holders[month, team], 0.5),
        "cases": cases[month, team],
        "highest_caseload": highest[month, team],
        "additional_fte": additional[month, team],
    }


def _cases(teams: Teams, spans: dict[str, Column], day: int) -> Numbers:
    is_open = (spans["started_on"] <= day) & (spans["ended_on"] > day)
    return np.bincount(spans["team"][is_open], minlength=len(teams.names))


def _highest(teams: Teams, spans: dict[str, Column], day: int) -> Numbers:
    """How many children the worker with the most of each team holds."""
    is_open = (spans["started_on"] <= day) & (spans["ended_on"] > day)
    held = np.bincount(spans["worker"][is_open], minlength=int(teams.workers.sum()) + 1)
    return np.maximum.reduceat(held, teams.first_worker)


def comings_and_goings(rng: Rng, counted: dict[str, Column]) -> dict[str, Column]:
    """Leavers and sickness of each team and month: one in seven leaves in a year."""
    people = counted["in_post_fte"] + counted["agency_fte"]
    left = rng.binomial(np.ceil(people).astype(np.int64), 0.013) * 1.0
    return {
        "leavers_fte": left,
        "working_days_lost": np.round(rng.gamma(2.0, people / 2.6) * 2) / 2,
    }


def _slow(rng: Rng, months: int, teams: int, level: float) -> Column:
    """A share that wanders a little about its level from month to month."""
    return np.asarray(level + rng.uniform(-0.035, 0.035, (months, teams)))
