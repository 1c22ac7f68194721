"""A discrete-time hazard model: how likely the end is on each working day, given what is known.

Logistic regression on person-days, fitted by iteratively reweighted least squares. A small ridge
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
    """Every working day on which somebody was still waiting: whose, in which band, and if it ended.

    `bands` gives the band of every day from `first` to `last`: days next to one another share a
    level where few waits ended.
    """

    wait: Ints
    band: Ints
    is_end: Truths
    bands: Ints
    first: int

    @property
    def levels(self) -> Design:
        """One column a band."""
        return np.eye(int(self.bands.max()) + 1)[self.band]


@dataclass(frozen=True)
class Fit:
    """Coefficients with their covariance among families, those of the bands first."""

    coefficients: Floats
    covariance: Design
    bands: int


def person_days(days: Ints, is_end: Truths, after: int, last: int) -> PersonDays:
    """Lay out the days after `after` and up to `last` of waits that were not over by `after`."""
    until = np.minimum(days, last)
    count = np.maximum(until - after, 0)
    wait = np.repeat(np.arange(len(days)), count)
    place = np.arange(len(wait)) - np.repeat(np.cumsum(count) - count, count)
    ends = is_end & (days <= last) & (count > 0)
    bands = _bands(np.bincount(days[ends] - after - 1, minlength=last - after))
    ended = (place == (count - 1)[wait]) & ends[wait]
    return PersonDays(wait, bands[place], ended, bands, after + 1)


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


def fit(lived: PersonDays, design: Design, family: Ints, offset: Floats | None = None) -> Fit:
    """Fit levels by band and one coefficient a column of `design`, which has a row a wait.

    `family` is a number for each wait. An `offset` by wait is added as it is.
    """
    matrix = np.hstack([lived.levels, design[lived.wait]])
    moved = np.zeros(len(matrix)) if offset is None else offset[lived.wait]
    ends = lived.is_end.astype(float)
    ridge = _RIDGE * np.eye(matrix.shape[1])
    found = np.zeros(matrix.shape[1])
    for _ in range(_MOST_ROUNDS):
        chance = _logistic(matrix @ found + moved)
        weight = chance * (1 - chance)
        bread = matrix.T @ (matrix * weight[:, None]) + ridge
        step = np.linalg.solve(bread, matrix.T @ (ends - chance) - ridge @ found)
        found = found + np.clip(step, -2, 2)
        if np.abs(step).max() < _CLOSE:
            break
    residual = ends - _logistic(matrix @ found + moved)
    return Fit(
        found,
        _sandwich(bread, matrix * residual[:, None], family[lived.wait]),
        int(lived.bands.max()) + 1,
    )


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
    bands = lived.bands[: limit - lived.first + 1]
    moved = design @ found.coefficients[found.bands :] + (0 if offset is None else offset)
    chance = _logistic(found.coefficients[bands][None, :] + moved[:, None])
    goes_on = (1 - chance).prod(axis=1)
    # The chance to go on falls by each day's chance of an end, times what moves that day.
    by_day = goes_on @ chance / len(design)
    levels = np.bincount(bands, weights=by_day, minlength=found.bands)
    columns = (goes_on * chance.sum(axis=1)) @ design / len(design)
    return Over(float(1 - goes_on.mean()), np.concatenate([levels, columns]))


def _logistic(value: Floats) -> Floats:
    found: Floats = 1 / (1 + np.exp(-np.clip(value, -35, 35)))
    return found
