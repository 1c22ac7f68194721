"""Where the days beyond the limit arise: stages of a wait, and what each would spare by itself.

All of it is arithmetic on recorded dates. What would come of it if a service really did so is
another question, and is not answered here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from lineofsight.reviews.clocks_reviewed import Stage
from lineofsight.reviews.waits import REACHED, Floats, Waits


@dataclass(frozen=True, slots=True)
class StageShare:
    """One stage: how long it took, its part of the overrun, and what it alone would have spared.

    `overrun` is in working days of all children, `share` its part of the whole; `in_time_then` is
    the number in time had this stage alone kept its allowance, all else lasting as it did.
    """

    stage: Stage
    mean: float
    median: float
    eightieth: float
    beyond: int
    overrun: float
    share: float
    in_time_then: int


@dataclass(frozen=True)
class Staged:
    """The stages of the waits that reached their end and have all their dates.

    `without_dates` reached their end too, with a date missing or out of order.
    """

    children: int
    in_time: int
    overrun: int
    without_dates: int
    stages: tuple[StageShare, ...]


def staged(waits: Waits, stages: Sequence[Stage], limit: int) -> Staged:
    """Take the waits that reached their end apart into stages.

    The overrun of a wait is what it lasts beyond `limit`. Its parts are Shapley's: the mean, over
    all orders in which stages are brought to their allowance one after another, of the days this
    spares. They add up to the whole, as the allowances add up to the limit.
    """
    assert sum(stage.allowed for stage in stages) == limit
    reached = waits.rows.filter(waits.rows["outcome"] == REACHED)
    cuts = [reached[f"cut_{k}"].cast(float).to_numpy() for k in range(len(stages) - 1)]
    ends = np.column_stack([np.zeros(reached.height), *cuts, reached["days"].to_numpy()])
    lengths = np.diff(ends, axis=1)
    is_whole = np.asarray((lengths >= 0).all(axis=1))
    lengths = lengths[is_whole]
    total = lengths.sum(axis=1)
    parts = _shapley(lengths, stages, limit)
    overrun = int(np.maximum(total - limit, 0).sum())
    return Staged(
        children=len(lengths),
        in_time=int((total <= limit).sum()),
        overrun=overrun,
        without_dates=int((~is_whole).sum()),
        stages=tuple(
            _share(stage, lengths, k, parts[k], overrun, limit)
            for k, stage in enumerate(stages)
            if len(lengths)
        ),
    )


def _share(
    stage: Stage, lengths: Floats, k: int, part: float, overrun: int, limit: int
) -> StageShare:
    own = lengths[:, k]
    kept = lengths.sum(axis=1) - np.maximum(own - stage.allowed, 0)
    return StageShare(
        stage=stage,
        mean=float(own.mean()),
        median=float(np.median(own)),
        eightieth=float(np.quantile(own, 0.8, method="inverted_cdf")),
        beyond=int((own > stage.allowed).sum()),
        overrun=part,
        share=part / overrun if overrun else 0.0,
        in_time_then=int((kept <= limit).sum()),
    )


def _shapley(lengths: Floats, stages: Sequence[Stage], limit: int) -> Floats:
    spared = np.maximum(lengths - [stage.allowed for stage in stages], 0)
    parts = np.zeros(len(stages))
    orders = list(permutations(range(len(stages))))
    for order in orders:
        left = lengths.sum(axis=1)
        for k in order:
            then = left - spared[:, k]
            parts[k] += (np.maximum(left - limit, 0) - np.maximum(then - limit, 0)).sum()
            left = then
    return parts / len(orders)
