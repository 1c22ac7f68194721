"""Cumulative incidence by Aalen and Johansen: how many had reached an end by each working day.

Waits that go on are counted as long as they are known (censored), and a wait that ended otherwise
is a competing end, not one that might still come. Whole days are all ties; they are taken exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from lineofsight.reviews.waits import ENDED, REACHED, WAITING, Floats, Ints, Waits

_Z = 1.959964
_OUTCOMES = 3


@dataclass(frozen=True, slots=True)
class Share:
    """A share of children with its 95% interval, each between 0 and 1."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Incidence:
    """Shares by working day, from day 0 on; NaN after the last day on which anybody was followed.

    `reached` and `ended` are the two cumulative incidences and `waiting` what is left of one.
    `variance` is that of `reached`, siblings taken together. `at_risk` counts who was still waiting
    at the start of each day, `children` all who began.
    """

    reached: Floats
    ended: Floats
    waiting: Floats
    variance: Floats
    at_risk: Ints
    children: int
    design_effect: float

    def by(self, day: int) -> Share | None:
        """The share that had reached the end by a day; None where nobody was followed so far."""
        if not self.children or np.isnan(self.reached[day]):
            return None
        value = float(min(max(self.reached[day], 0.0), 1.0))
        return Share(value, *wilson(value, self._effective(day, value)))

    def _effective(self, day: int, value: float) -> float:
        """How many children that knew nothing of each other would say as much."""
        spread, variance = value * (1 - value), float(self.variance[day])
        if spread > 0 and variance > 0:
            return spread / variance
        return self.children / self.design_effect


def cumulative_incidence(waits: Waits, last: int) -> Incidence:
    """Estimate both cumulative incidences by each working day from 0 to `last`.

    On each day d of n still waiting: F += S(before) d/n, and S falls by all ends of the day. The
    variance is the sum over families of squared influences (infinitesimal jackknife), which without
    censoring and siblings is that of a share, F(1 - F)/n.
    """
    return incidence_of(waits.days, waits.outcome, waits.family, last)


def incidence_of(days: Ints, outcome: Ints, family: Ints, last: int) -> Incidence:
    """Estimate as `cumulative_incidence` does, from columns of a wait each."""
    # Waits of one length and outcome are alike: there are few kinds, however many children.
    kind = np.clip(days, 0, last + 1) * _OUTCOMES + outcome
    count = np.bincount(kind, minlength=(last + 2) * _OUTCOMES).reshape(last + 2, _OUTCOMES)
    at_risk = count.sum(axis=1)[::-1].cumsum()[::-1][: last + 1]
    held, ended = count[: last + 1, REACHED], count[: last + 1, ENDED]
    followed = np.maximum(at_risk, 1)
    after = np.cumprod(1 - (held + ended) / followed)
    before = np.concatenate([[1.0], after[:-1]])
    is_known = (at_risk > 0) | (before <= 0)
    influence = _influence(at_risk, held, held + ended, before)
    parts = (np.cumsum(before * held / followed), np.cumsum(before * ended / followed), after)
    reached, left, waiting = (np.where(is_known, part, np.nan) for part in parts)
    squared = [float((np.bincount(family, day[kind]) ** 2).sum()) for day in influence.T]
    variance = np.where(is_known, squared, np.nan)
    return Incidence(reached, left, waiting, variance, at_risk, len(days), _design_effect(family))


def _influence(at_risk: Ints, held: Ints, either: Ints, before: Floats) -> Floats:
    """What one child more would move `reached` by: a row a kind of wait, a column a day."""
    span = np.arange(len(at_risk))
    length, outcome = np.divmod(np.arange((len(at_risk) + 1) * _OUTCOMES), _OUTCOMES)
    here = length[:, None] >= span
    own = (length[:, None] == span) & (outcome == REACHED)[:, None]
    over = (length[:, None] == span) & (outcome != WAITING)[:, None]
    followed, staying = np.maximum(at_risk, 1), at_risk - either
    moved = np.where(staying > 0, over - here * either / followed, 0) / np.maximum(staying, 1)
    waiting = np.zeros_like(moved)
    waiting[:, 1:] = -np.cumsum(moved, axis=1)[:, :-1]
    step = (own - here * held / followed) / followed
    found: Floats = np.cumsum(before * (step + waiting * held / followed), axis=1)
    return found


def _design_effect(family: Ints) -> float:
    sizes = np.unique(family, return_counts=True)[1] if len(family) else np.ones(1)
    return float((sizes**2).sum() / sizes.sum())


def wilson(value: float, count: float) -> tuple[float, float]:
    """Give Wilson's interval of a share at an effective number of children."""
    middle = value + _Z**2 / (2 * count)
    half = _Z * sqrt(value * (1 - value) / count + _Z**2 / (4 * count**2))
    whole = 1 + _Z**2 / count
    return max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole)
