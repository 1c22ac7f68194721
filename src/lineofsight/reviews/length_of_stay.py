"""What part of a change in a stock is entries, and what part length of stay: exactly.

A stock is the sum, over months of entry, of entries times the share of them still there. Between
two month-ends both change. Cohorts are paired by how long ago they entered; of each pair's change,
entries explain theirs at the mean of the two shares, and length of stay its own at the mean of the
two entries (Shapley's division of a product). The parts add up to the change to the last child.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from lineofsight.reference.periods import Month
from lineofsight.reviews.ledger import open_at
from lineofsight.reviews.waits import Floats


@dataclass(frozen=True, slots=True)
class Change:
    """A change between two month-ends in parts that add up to it.

    `entries` and `stay` are of cohorts that entered less than `reach` months before either
    month-end, which is as far as records of entries go back from the first; `older` is the change
    of those who entered longer ago.
    """

    before: Month
    after: Month
    opening: int
    closing: int
    entries: float
    stay: float
    older: int
    reach: int


def decompose(spans: pl.DataFrame, before: Month, after: Month, first: Month) -> Change:
    """Divide the change between the ends of two months; records of entries begin with `first`."""
    reach = before.index - first.index + 1
    begun = np.array([_entered(spans, month, reach) for month in (before, after)])
    there = np.array([_entered(open_at(spans, month), month, reach) for month in (before, after)])
    share = _shares(begun, there)
    opening, closing = (open_at(spans, month).height for month in (before, after))
    return Change(
        before=before,
        after=after,
        opening=opening,
        closing=closing,
        entries=float(((begun[1] - begun[0]) * share.mean(axis=0)).sum()),
        stay=float(((share[1] - share[0]) * begun.mean(axis=0)).sum()),
        older=int((closing - there[1].sum()) - (opening - there[0].sum())),
        reach=reach,
    )


def _entered(spans: pl.DataFrame, month: Month, reach: int) -> Floats:
    """How many entered in each of the months up to one, the latest first."""
    ago = month.index - spans["start"].to_numpy()
    found: Floats = np.bincount(ago[(ago >= 0) & (ago < reach)], minlength=reach).astype(float)
    return found


def _shares(begun: Floats, there: Floats) -> Floats:
    """The share of each cohort still there; where one had nobody, that of the other one."""
    share = np.divide(there, begun, out=np.full_like(there, np.nan), where=begun > 0)
    other = share[::-1]
    found: Floats = np.nan_to_num(np.where(np.isnan(share), other, share))
    return found
