"""What happens during a child protection plan: review conferences and statutory visits.

Visits to the other children in need are here too.
"""

from __future__ import annotations

import numpy as np

from lineofsight.synthetic.calendar import FOREVER, Column, on_or_after_working
from lineofsight.synthetic.draws import Rng
from lineofsight.synthetic.looked_after import every

_FIRST_REVIEW, _NEXT_REVIEW = 91, 182


def reviews(rng: Rng, plans: dict[str, Column], as_at: int) -> dict[str, Column]:
    """Review conferences: within three months, then within six; one in twenty is late.

    Source: Working Together to Safeguard Children (2018), review conferences.
    """
    until = np.minimum(plans["ended_on"], as_at + 1)
    row, _, due = every(rng, plans["started_on"] + _FIRST_REVIEW, until, _NEXT_REVIEW, 0)
    late = rng.random(len(due)) < 0.05
    shift = np.where(late, rng.integers(2, 30, len(due)), -rng.integers(4, 16, len(due)))
    held = on_or_after_working(due + shift)
    ended = plans["ended_on"] < FOREVER
    kept = held < until[row]
    row = np.concatenate([row[kept], np.flatnonzero(ended)])
    held = np.concatenate([held[kept], plans["ended_on"][ended]])
    due = np.concatenate([due[kept], np.full(int(ended.sum()), FOREVER)])
    order = np.lexsort((held, row))
    goes_on = held < plans["ended_on"][row]
    return {"plan": row[order], "due_on": due[order], "held_on": held[order],
            "is_continued": goes_on[order]}  # fmt: skip


def visits(rng: Rng, plans: dict[str, Column], as_at: int) -> dict[str, Column]:
    """Statutory visits about every ten working days."""
    until = np.minimum(plans["ended_on"], as_at + 1)
    row, _, on = every(rng, plans["started_on"] + 5, until, 14, 3)
    seen = rng.random(len(on)) < 0.96
    return {
        "plan": row,
        "visited_on": on,
        "is_seen": seen,
        "is_seen_alone": seen & (rng.random(len(on)) < 0.66),
    }


def need_visits(rng: Rng, needs: dict[str, Column], as_at: int) -> dict[str, Column]:
    """Visits to children in need about every four weeks, the first within the first days."""
    until = np.minimum(needs["ended_on"], as_at + 1)
    row, _, on = every(rng, needs["started_on"] + 4, until, 28, 4)
    return {"need": row, "visited_on": on, "is_seen": rng.random(len(on)) < 0.95}
