"""Whether spans end more slowly than they did, for as long as they have lasted already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from math import exp, log, sqrt

import numpy as np
import polars as pl
from scipy.special import stdtrit  # type: ignore[import-untyped]

from lineofsight.reference.periods import Month
from lineofsight.reviews.ledger import age_on
from lineofsight.reviews.waits import Floats, Ints

_TAIL = 0.975
_OLD = 16  # years of age from which a span's end is near for another reason


class Pace(Enum):
    """How ends of late compare with those expected at the pace of before."""

    SLOWER = "slower"
    QUICKER = "quicker"
    ALIKE = "alike"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Paced:
    """Ends since a month, beside what the pace of the months before would have brought.

    `ratio` is one over the other with its 95% interval; the pace is called slower or quicker only
    where the interval leaves out 1.
    """

    since: Month
    until: Month
    months_before: int
    ended: int
    expected: float
    ratio: float
    low: float
    high: float

    @property
    def pace(self) -> Pace:
        """The verdict."""
        if not self.expected or not self.ended:
            return Pace.UNKNOWN
        if self.high < 1:
            return Pace.SLOWER
        return Pace.QUICKER if self.low > 1 else Pace.ALIKE


def compare_pace(
    spans: pl.DataFrame, before: Sequence[Month], recent: Sequence[Month], bands: Sequence[int]
) -> Paced:
    """Compare the ends of recent months with those expected at the pace of the months before.

    Expected is, summed over bands of months since the start and of age, the spans open at each
    month's beginning times the share of such spans that ended in a month before. Siblings end
    together, so the ends vary more than single ones would: the interval is widened by how much
    those of the months before varied.
    """
    at_risk, ended = _counted(spans, before, bands)
    now_at_risk, now_ended = _counted(spans, recent, bands)
    exposed = at_risk.sum(axis=0)
    rate = np.divide(ended.sum(axis=0), exposed, out=np.zeros_like(exposed), where=exposed > 0)
    expected = float((now_at_risk * rate).sum())
    count, earlier = int(now_ended.sum()), float(ended.sum())
    ratio = count / expected if expected else float("nan")
    spread = _dispersion(ended.sum(axis=1), (at_risk * rate).sum(axis=1))
    error = sqrt(spread * (1 / count + 1 / earlier)) if count and earlier else float("nan")
    # Student's, as the spread is itself estimated from the months before.
    reach = float(stdtrit(max(len(before) - 1, 1), _TAIL)) * error
    low, high = (
        (exp(log(ratio) - reach), exp(log(ratio) + reach))
        if count and expected
        else (float("nan"),) * 2
    )
    return Paced(recent[0], recent[-1], len(before), count, expected, ratio, low, high)


def _counted(
    spans: pl.DataFrame, months: Sequence[Month], bands: Sequence[int]
) -> tuple[Floats, Floats]:
    """Spans open as each month begins, and those of them that end in it, by month and band."""
    start, end = spans["start"].to_numpy(), spans["end"].fill_null(2**31).to_numpy()
    cells = 2 * (len(bands) + 1)
    at_risk, ended = np.zeros((len(months), cells)), np.zeros((len(months), cells))
    for place, month in enumerate(months):
        is_open = (start < month.index) & (end >= month.index)
        cell = np.searchsorted(bands, month.index - start, side="right")
        cell = cell + (len(bands) + 1) * _is_old(spans, month)
        at_risk[place] = np.bincount(cell[is_open], minlength=cells)
        ended[place] = np.bincount(cell[is_open & (end == month.index)], minlength=cells)
    return at_risk, ended


def _is_old(spans: pl.DataFrame, month: Month) -> Ints:
    old = spans.select((age_on(pl.lit(month.first_day)) >= _OLD).fill_null(False).cast(pl.Int64))
    return old.to_series().to_numpy()


def _dispersion(ended: Floats, expected: Floats) -> float:
    """How much more monthly ends vary than chance has it; one at least."""
    known = expected > 0
    if known.sum() < 2:
        return 1.0
    squares = (ended[known] - expected[known]) ** 2 / expected[known]
    return max(1.0, float(squares.sum()) / (int(known.sum()) - 1))
