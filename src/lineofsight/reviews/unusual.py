"""Months whose number of starts or ends is far from what the months before it would lead to.

A month is called unusual only if it lies beyond the limits of a chart of the months before it
(mean and moving ranges, XmR) and is rarer than one in a hundred if each event came by chance alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import pdtr, pdtrc  # type: ignore[import-untyped]

from lineofsight.reference.periods import Month
from lineofsight.reviews.waits import Floats

FEWEST, MOST = 12, 24  # months before a month that it is held against
_RARE = 0.01
_SCREEN, _WIDTH = 3.267, 2.66


@dataclass(frozen=True, slots=True)
class Unusual:
    """A month whose number is unusual, with the mean and the limits of the months before it."""

    month: Month
    count: int
    mean: float
    low: float
    high: float

    @property
    def is_high(self) -> bool:
        """Whether there were many, not few."""
        return self.count > self.mean


def unusual_months(counts: Sequence[tuple[Month, int]], last: int) -> tuple[Unusual, ...]:
    """Find the unusual ones among the last so many of a series of months without a gap."""
    found = (_held_against(counts, place) for place in range(len(counts))[-last:])
    return tuple(one for one in found if one is not None)


def _held_against(counts: Sequence[tuple[Month, int]], place: int) -> Unusual | None:
    before = np.array([count for _, count in counts[max(0, place - MOST) : place]], dtype=float)
    if len(before) < FEWEST:
        return None
    month, count = counts[place]
    mean, reach = float(before.mean()), _WIDTH * _moving_range(before)
    one = Unusual(month, count, mean, max(0.0, mean - reach), mean + reach)
    is_beyond = count > mean + reach or count < mean - reach
    by_chance = float(pdtrc(count - 1, mean) if count > mean else pdtr(count, mean))
    return one if is_beyond and by_chance < _RARE else None


def _moving_range(values: Floats) -> float:
    """The mean moving range, once more without ranges that are themselves beyond their limit."""
    ranges = np.abs(np.diff(values))
    kept = ranges[ranges < _SCREEN * ranges.mean()]
    # Where most months are alike, screening would leave nothing but zeroes.
    return float(kept.mean()) if len(kept) and kept.mean() > 0 else float(ranges.mean())
