"""Young people with leaving-care duties, as they are on one day: a list without a history."""

from __future__ import annotations

import numpy as np

from lineofsight.synthetic import staff
from lineofsight.synthetic.calendar import FOREVER, Column, Numbers, Truths
from lineofsight.synthetic.draws import Rng, one_of, regroup
from lineofsight.synthetic.looked_after import Periods

_YEAR = 365.25
# Shares of each code; SSDA903 adds to the letter of a home whether it suits (1) or not (2).
IN_TOUCH = {"YES": 91.0, "NO": 5.0, "REFU": 2.0, "NREQ": 1.0, "RHOM": 1.0}
ACCOMMODATION = {"U": 34.0, "B": 14.0, "D": 16.0, "Z": 15.0, "E": 6.0, "K": 2.0, "T": 3.0,
                  "S": 1.0, "X": 3.0, "R": 3.0, "Y": 3.0}  # fmt: skip
ACTIVITY = {"F1": 5.0, "F2": 21.0, "P2": 4.0, "F3": 21.0, "P3": 6.0, "G4": 11.0, "G5": 24.0,
             "G6": 8.0}  # fmt: skip

UNSUITABLE = ("S", "X", "R")  # no home, custody, not known
SUITABLE = 0.96  # of the others


def care_leavers(
    rng: Rng, periods: Periods, family: Numbers, scale: float, as_at: int
) -> dict[str, Column]:
    """Who has left care and is owed a service on the day `as_at`: row of their last period.

    `family` is that of each period's child; `scale` sets how many teams there are. Circumstances
    are drawn anew for each day asked for: nothing ties those of one day to those of another.
    """
    row = _entitled(rng, periods, as_at)
    age = (as_at - periods.born[row]) / _YEAR
    teams = staff.build_teams(scale)
    team = teams.team_of(staff.LEAVING, family[row])
    worker = teams.worker_of(team, family[row], np.full(len(row), as_at))
    return {"period": row} | _circumstances(rng, age, as_at) | {
        "team": teams.name_of(team), "worker": staff.worker_name(worker)
    }  # fmt: skip


def _entitled(rng: Rng, periods: Periods, as_at: int) -> Numbers:
    age = (as_at - periods.born) / _YEAR
    looked_after_at_16 = (periods.until - periods.born > 16.25 * _YEAR) & (
        periods.until - periods.start > 91
    )
    left = (periods.end < FOREVER) & (age >= 16) & (age < 21)
    stays = (age >= 21) & (age < 25) & (rng.random(len(age)) < 0.25)
    row = np.flatnonzero(looked_after_at_16 & (left | ((periods.end < FOREVER) & stays)))
    return row[_last_of_child(periods.child[row])]


def _last_of_child(child: Numbers) -> Truths:
    group = regroup(child)
    last = np.full(int(group.max()) + 1 if len(group) else 0, -1)
    last[group] = np.arange(len(group))
    return np.asarray(last[group] == np.arange(len(group)))


def _circumstances(rng: Rng, age: Column, as_at: int) -> dict[str, Column]:
    count = len(age)
    touch = one_of(rng, IN_TOUCH, count)
    home = np.where(touch == "YES", one_of(rng, ACCOMMODATION, count), "R")
    suitable = ~np.isin(home, UNSUITABLE) & (rng.random(count) < SUITABLE)
    return {
        "eligibility": np.where(age < 18, "relevant", "former relevant"),
        "in_touch": touch,
        "accommodation": home,
        "is_accommodation_suitable": suitable,
        "activity": one_of(rng, ACTIVITY, count),
        "pathway_plan_reviewed_on": as_at - rng.integers(5, 190, count),
        "contacted_on": as_at - rng.integers(1, np.where(touch == "YES", 56, 300), count),
    }
