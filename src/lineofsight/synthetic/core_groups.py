"""Core groups of child protection plans: the first within ten working days, then every six weeks.

Drawn from the plan itself, so that a plan has the same meetings in every return and nothing else in
the simulation changes. One first meeting in eight is late.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from lineofsight.synthetic.calendar import day_of, on_or_after_working, working_day, working_number
from lineofsight.synthetic.draws_by_child import share_of
from lineofsight.synthetic.lives import Lives

_IN_TIME, _LATE = (3, 8), (11, 9)  # from so many working days on, and over how many more
_SHARE_LATE = 0.12
_APART = 42


def core_groups(lives: Lives) -> pl.DataFrame:
    """Give one row a meeting, as (child_id, held_on), by child and day."""
    started = lives.plans["started_on"].to_physical().cast(pl.Int64).to_numpy()
    last = day_of(lives.as_at)
    ended = lives.plans["ended_on"].to_physical().cast(pl.Int64).fill_null(last + 1).to_numpy()
    late = share_of(lives.plans["plan_id"], "core group late") < _SHARE_LATE
    place = share_of(lives.plans["plan_id"], "core group")
    wait = np.where(late, _LATE[0] + place * _LATE[1], _IN_TIME[0] + place * _IN_TIME[1])
    first = working_day(working_number(on_or_after_working(started)) + wait.astype(np.int64))
    times = np.maximum((ended - first - 1) // _APART + 1, 0)
    row = np.repeat(np.arange(len(first)), times)
    turn = np.arange(len(row)) - np.repeat(np.cumsum(times) - times, times)
    held = on_or_after_working(first[row] + _APART * turn)
    kept = held < ended[row]
    return pl.DataFrame(
        {
            "child_id": lives.plans["child_id"].gather(row[kept]),
            "held_on": pl.Series(held[kept]).cast(pl.Int32).cast(pl.Date),
        }
    ).sort("child_id", "held_on")
