"""What happens during a child protection plan: review conferences and statutory visits.

Visits to the other children in need are here too.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from lineofsight.synthetic.calendar import (
    FOREVER,
    Column,
    Days,
    Numbers,
    Truths,
    on_or_after_working,
)
from lineofsight.synthetic.draws import Rng
from lineofsight.synthetic.draws_by_child import share_of
from lineofsight.synthetic.looked_after import every

_FIRST_REVIEW, _NEXT_REVIEW = 91, 182
_SOONER = 16  # so many days less than half a year lie between reviews that are on time
_UNVISITED, _STRETCH = 0.05, 56  # one stretch of eight weeks in twenty passes without a visit


def reviews(rng: Rng, plans: dict[str, Column], as_at: int) -> dict[str, Column]:
    """Review conferences: within three months, then within six; one in twenty is late.

    Source: Working Together to Safeguard Children (2018), review conferences.
    """
    until = np.minimum(plans["ended_on"], as_at + 1)
    row, place, due = every(rng, plans["started_on"] + _FIRST_REVIEW, until, _NEXT_REVIEW, 0)
    late = rng.random(len(due)) < 0.05
    shift = np.where(late, rng.integers(2, 30, len(due)), -rng.integers(4, 16, len(due)))
    held = on_or_after_working(due - _SOONER * place + shift)
    ended = plans["ended_on"] < FOREVER
    kept = held < until[row]
    next_due, next_held = _next_review(plans["started_on"], row)
    ahead = next_held < until
    row = np.concatenate([row[kept], np.flatnonzero(ahead), np.flatnonzero(ended)])
    held = np.concatenate([held[kept], next_held[ahead], plans["ended_on"][ended]])
    due = np.concatenate([due[kept], next_due[ahead], np.full(int(ended.sum()), FOREVER)])
    order = np.lexsort((held, row))
    goes_on = held < plans["ended_on"][row]
    return {"plan": row[order], "due_on": due[order], "held_on": held[order],
            "is_continued": goes_on[order]}  # fmt: skip


def _next_review(started: Days, reviewed: Numbers) -> tuple[Days, Days]:
    """When the review after a plan's last is due, and the day, some time before, on which it is.

    Drawn apart from the lives' own stream, which goes on as before.
    """
    place = np.bincount(reviewed, minlength=len(started))
    due = started + _FIRST_REVIEW + _NEXT_REVIEW * place
    early = 4 + np.floor(12 * share_of(pl.Series(np.arange(len(started))), "review ahead"))
    return due, on_or_after_working(due - _SOONER * place - early.astype(np.int64))


def visits(rng: Rng, plans: dict[str, Column], as_at: int) -> dict[str, Column]:
    """Statutory visits about every ten working days, but for stretches in which nobody came."""
    until = np.minimum(plans["ended_on"], as_at + 1)
    row, _, on = every(rng, plans["started_on"] + 5, until, 14, 3)
    seen = rng.random(len(on)) < 0.96
    columns = {
        "plan": row,
        "visited_on": on,
        "is_seen": seen,
        "is_seen_alone": seen & (rng.random(len(on)) < 0.66),
    }
    made = _is_made(row, on)
    return {name: values[made] for name, values in columns.items()}


def _is_made(plan: Numbers, on: Days) -> Truths:
    # Drawn apart from the lives' own stream, which goes on as before.
    drawn = share_of(pl.Series(plan), "weeks without a visit", (on + 13 * plan) // _STRETCH)
    return np.asarray(drawn >= _UNVISITED)


def need_visits(rng: Rng, needs: dict[str, Column], as_at: int) -> dict[str, Column]:
    """Visits to children in need about every four weeks, the first within the first days."""
    until = np.minimum(needs["ended_on"], as_at + 1)
    row, _, on = every(rng, needs["started_on"] + 4, until, 28, 4)
    return {"need": row, "visited_on": on, "is_seen": rng.random(len(on)) < 0.95}
