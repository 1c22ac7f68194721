"""Ways of choosing among simulated children: whole families, exact totals, even shares."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lineofsight.synthetic.calendar import Column, Numbers, Truths
from lineofsight.synthetic.steering import Path

Rng = np.random.Generator


def evenly(rng: Rng, shares: Path) -> Truths:
    """Draw yes or no for each row so that any stretch of rows holds its share, within one."""
    totals = np.floor(np.cumsum(shares) + rng.random())
    return np.asarray(np.diff(totals, prepend=0.0) >= 1)


def spread(rng: Rng, count: int, share: float) -> Truths:
    """Draw yes or no for rows in order of time, close to the share in any stretch."""
    return evenly(rng, np.full(count, share))


def evenly_by_group(rng: Rng, share: float, groups: Numbers) -> Truths:
    """Draw yes or no for each group of rows, the groups in an order of their own."""
    count = int(groups.max()) + 1 if len(groups) else 0
    drawn = np.empty(count, dtype=bool)
    drawn[rng.permutation(count)] = spread(rng, count, share)
    return np.asarray(drawn[groups])


def regroup(keys: Numbers) -> Numbers:
    """Number the groups of rows that share a key from 0."""
    return np.unique(keys, return_inverse=True)[1].reshape(-1)


def uniform_by_group(rng: Rng, groups: Numbers) -> Path:
    """Draw one number from 0 to 1 for each group, given to each of its rows."""
    drawn = rng.random(int(groups.max()) + 1 if len(groups) else 0)
    return np.asarray(drawn[groups])


def one_of(rng: Rng, shares: Mapping[str, float], count: int) -> Column:
    """Draw a code for each of `count` rows, with the given shares."""
    limits = np.cumsum(list(shares.values()))
    places = np.searchsorted(limits, rng.random(count) * limits[-1], side="right")
    return np.asarray(np.array(list(shares))[np.minimum(places, len(shares) - 1)])


def per_month(path: Path, scale: float) -> Numbers:
    """Scale a path of counts to whole numbers whose running sum stays within one of it."""
    totals = np.floor(np.cumsum(path * scale) + 0.5)
    return np.diff(totals, prepend=0.0).astype(np.int64)


def draw_families(rng: Rng, groups: Numbers, quota: int, readiness: Path | float = 1.0) -> Truths:
    """Draw whole groups at random until exactly `quota` rows are chosen, see `take_families`.

    A group twice as ready is twice as likely to come next: an exponential race.
    """
    race = -np.log(1 - uniform_by_group(rng, groups)) / readiness
    return take_families(groups, race, quota)


def take_families(groups: Numbers, priority: Path, quota: int) -> Truths:
    """Choose whole groups, lowest priority number first, until exactly `quota` rows are chosen.

    `groups` and `priority` have one entry a row; a group's priority is that of its first row.
    A group that no longer fits is passed over; the total falls short only if none fits.
    """
    _, first, group, sizes = np.unique(
        groups, return_index=True, return_inverse=True, return_counts=True
    )
    chosen = _fill(sizes, priority[first], quota)
    return np.asarray(chosen[group.reshape(-1)])


def _fill(sizes: Numbers, priority: Path, quota: int) -> Truths:
    chosen = np.zeros(len(sizes), dtype=bool)
    order = _front(priority, quota)
    while quota > 0:
        order = order[~chosen[order] & (sizes[order] <= quota)]
        if not len(order):
            break
        fits = np.cumsum(sizes[order]) <= quota
        chosen[order[fits]] = True
        quota -= int(sizes[order[fits]].sum())
    return chosen


def _front(priority: Path, quota: int) -> Numbers:
    """Order the groups by priority, looking no further than the quota can reach."""
    reach = 4 * max(quota, 0) + 50
    if reach < len(priority):
        near = np.argpartition(priority, reach)[:reach]
        return np.asarray(near[np.argsort(priority[near], kind="stable")])
    return np.argsort(priority, kind="stable")
