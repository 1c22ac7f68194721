"""A discrete-time hazard model: how likely the end is on each working day, given what is known.

Logistic regression on person-days, fitted by iteratively reweighted least squares. All days of a
wait in one band are alike and counted, not repeated. A small ridge
keeps it finite where a group has no end at all; errors are those of families, not of days
(a sandwich whose middle sums scores by family).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lineofsight.reviews.waits import Floats, Ints, Truths, summed_by

Design = npt.NDArray[np.float64]
_RIDGE = 1e-3
_MOST_ROUNDS = 60
_CLOSE = 1e-8
_MOST_BANDS, _ENDS_IN_A_BAND = 20, 15


@dataclass(frozen=True)
class PersonDays:
    """How long each wait lasted in each band of working days, and whether it ended there.

    `days` and `ends` have a row a wait and a column a band; `bands` gives the band of every day
    from `first` on: days next to one another share a level where few waits ended.
    """

    days: Design
    ends: Design
    bands: Ints
    first: int


@dataclass(frozen=True)
class Fit:
    """Coefficients with their covariance among families, those of the bands first.

    `shared` is the covariance among months of start, where these were given: families that wait in
    the same weeks may share what no record tells.
    """

    coefficients: Floats
    covariance: Design
    bands: int
    shared: Design | None = None


def person_days(days: Ints, is_end: Truths, after: int, last: int) -> PersonDays:
    """Lay out the days after `after` and up to `last` of waits that were not over by `after`."""
    count = np.maximum(np.minimum(days, last) - after, 0)
    ended = np.flatnonzero(is_end & (days <= last) & (count > 0))
    bands = _bands(np.bincount(count[ended] - 1, minlength=last - after))
    length = np.bincount(bands)
    begins = np.concatenate([[0], np.cumsum(length)[:-1]])
    lasted = np.clip(count[:, None] - begins, 0, length).astype(float)
    ends = np.zeros_like(lasted)
    ends[ended, bands[count[ended] - 1]] = 1
    return PersonDays(lasted, ends, bands, after + 1)


def _bands(ends: Ints) -> Ints:
    """Join days until each band has ends enough; what is left over joins the last one."""
    wanted = max(_ENDS_IN_A_BAND, ends.sum() / _MOST_BANDS)
    found, band, held = [], 0, 0
    for count in ends.tolist():
        found.append(band)
        held += count
        if held >= wanted:
            band, held = band + 1, 0
    last = band if held >= wanted else max(band - 1, 0)
    bands: Ints = np.minimum(np.array(found), last)
    return bands


def fit(
    lived: PersonDays,
    design: Design,
    family: Ints,
    offset: Floats | None = None,
    month: Ints | None = None,
) -> Fit:
    """Fit levels by band and one coefficient a column of `design`, which has a row a wait.

    `family` and `month` are numbers for each wait. An `offset` by wait is added as it is.
    """
    bands = lived.days.shape[1]
    ridge = _RIDGE * np.eye(bands + design.shape[1])
    found = np.zeros(len(ridge))
    for _ in range(_MOST_ROUNDS):
        chance = _chances(found, bands, design, offset)
        weight = lived.days * chance * (1 - chance)
        bread = _information(weight, design) + ridge
        score = _scores(lived, chance, design).sum(axis=0) - ridge @ found
        step = np.linalg.solve(bread, score)
        found = found + np.clip(step, -2, 2)
        if np.abs(step).max() < _CLOSE:
            break
    scores = _scores(lived, _chances(found, bands, design, offset), design)
    shared = None if month is None else _sandwich(bread, scores, month)
    return Fit(found, _sandwich(bread, scores, family), bands, shared)


def _chances(found: Floats, bands: int, design: Design, offset: Floats | None) -> Design:
    """The chance of an end on a day, by wait and band."""
    moved = design @ found[bands:] + (0 if offset is None else offset)
    return _logistic(found[:bands] + moved[:, None])


def _information(weight: Design, design: Design) -> Design:
    across = weight.T @ design
    inside = design.T @ (design * weight.sum(axis=1)[:, None])
    return np.block([[np.diag(weight.sum(axis=0)), across], [across.T, inside]])


def _scores(lived: PersonDays, chance: Design, design: Design) -> Design:
    residual = lived.ends - lived.days * chance
    return np.hstack([residual, design * residual.sum(axis=1)[:, None]])


def _sandwich(bread: Design, scores: Design, family: Ints) -> Design:
    summed = summed_by(family, scores)
    inverse = np.linalg.inv(bread)
    correction = len(summed) / max(len(summed) - 1, 1)
    found: Design = correction * inverse @ (summed.T @ summed) @ inverse
    return found


@dataclass(frozen=True)
class Over:
    """The mean share of waits that a model has over by a day, and its slope by coefficient."""

    share: float
    slope: Floats


def share_by(
    lived: PersonDays, found: Fit, design: Design, limit: int, offset: Floats | None = None
) -> Over:
    """The share that the model has over by `limit`, of those not over before the first day."""
    days = np.bincount(lived.bands[: limit - lived.first + 1], minlength=found.bands)
    chance = _chances(found.coefficients, found.bands, design, offset)
    goes_on = np.exp(np.log1p(-chance) @ days)
    # The chance to go on falls by each day's chance of an end, times what moves that day.
    levels = goes_on @ (chance * days) / len(design)
    columns = (goes_on * (chance @ days)) @ design / len(design)
    return Over(float(1 - goes_on.mean()), np.concatenate([levels, columns]))


def _logistic(value: Floats) -> Floats:
    found: Floats = 1 / (1 + np.exp(-np.clip(value, -35, 35)))
    return found
