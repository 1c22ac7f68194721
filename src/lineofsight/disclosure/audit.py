"""The audit: try to work out every hidden number from what is about to be published.

It shares nothing with the choice of what to hide but the definitions: no paths, no cuts, no reader
who knows every denominator. It takes what its reader has, every equation and bound of it, and asks
linear programming how far each hidden number can be confined. `tidy_audit` writes the equations of
a dataset down.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog  # type: ignore[import-untyped]
from scipy.sparse import csr_array  # type: ignore[import-untyped]

from lineofsight.disclosure.table import Bound, Form, Numbers
from lineofsight.errors import DisclosureFault, Fault

_NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Secret:
    """A number that must not be known to lie from `low` to `high`, and what it is called."""

    name: str
    form: Form
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Recovered:
    """A hidden number that can be worked out: it lies from `least` to `most`."""

    name: str
    least: float
    most: float


class Reader:
    """Somebody who has all that is shown: bounds on sums of unknown numbers, none below nought."""

    def __init__(self, unknowns: int, told: Sequence[Bound]) -> None:
        self._unknowns = unknowns
        equal = [one for one in told if one.low == one.high]
        less = [(one.form, one.high, 1) for one in told if one.low < one.high < np.inf]
        less += [(one.form, -one.low, -1) for one in told if -np.inf < one.low < one.high]
        self._equal = self._matrix((one.form, 1) for one in equal)
        self._equals = np.array([one.low for one in equal])
        self._less = self._matrix((form, turn) for form, _, turn in less)
        self._limits = np.array([limit for _, limit, _ in less])

    def _matrix(self, forms: Iterable[tuple[Form, int]]) -> csr_array:
        signed = enumerate(forms)
        rows = [(n, atom, w * turn) for n, (form, turn) in signed for atom, w in form.items()]
        count = 1 + max((row for row, _, _ in rows), default=-1)
        row, atom, weight = ([each[k] for each in rows] for k in range(3))
        return csr_array((np.array(weight, float), (row, atom)), shape=(count, self._unknowns))

    def recovered(self, secrets: Sequence[Secret]) -> list[Recovered]:
        """The secrets that what is shown confines to their range, with what is known of them."""
        left, found = list(secrets), []
        while left:
            # All together first: what goes up or down with the rest is not confined.
            worlds = [self._world(left, rises) for rises in (True, False)]
            kept = _still_confined(left, worlds)
            if len(kept) == len(left):
                recovered, worlds = self._confined(left[0])
                found += [recovered] if recovered is not None else []
                kept = _still_confined(left[1:], worlds)
            left = kept
        return found

    def _world(self, secrets: Sequence[Secret], rises: bool) -> Numbers:
        aim = np.zeros(self._unknowns)
        for one in secrets:
            for atom, weight in one.form.items():
                # No more weight than is needed: what is not confined must not hide what is.
                aim[atom] += weight / (1.0 + abs(one.high))
        return self._solved(aim if rises else -aim)

    def _confined(self, secret: Secret) -> tuple[Recovered | None, list[Numbers]]:
        aim = np.zeros(self._unknowns)
        for atom, weight in secret.form.items():
            aim[atom] += weight
        worlds = [self._solved(-aim), self._solved(aim)]
        # Children come whole: between 0.9 and 1.1 lies nothing but 1.
        least = float(np.ceil(float(aim @ worlds[0]) - _NEAR))
        most = float(np.floor(float(aim @ worlds[1]) + _NEAR))
        is_confined = least >= secret.low and most <= secret.high
        return (Recovered(secret.name, least, most) if is_confined else None), worlds

    def _solved(self, aim: Numbers) -> Numbers:
        solved = linprog(
            -aim,
            A_ub=self._less if len(self._limits) else None,
            b_ub=self._limits if len(self._limits) else None,
            A_eq=self._equal if len(self._equals) else None,
            b_eq=self._equals if len(self._equals) else None,
            # A million children: far beyond every range, so that nothing is without end.
            bounds=(0, 1_000_000),
            method="highs",
        )
        assert solved.status == 0, solved.message
        return np.asarray(solved.x)


def _still_confined(secrets: Sequence[Secret], worlds: Sequence[Numbers]) -> list[Secret]:
    return [one for one in secrets if not any(_escapes(one, world) for world in worlds)]


def _escapes(secret: Secret, world: Numbers) -> bool:
    value = sum(weight * world[atom] for atom, weight in secret.form.items())
    return bool(value < secret.low - 1 + _NEAR or value > secret.high + 1 - _NEAR)


def demand_nothing_recovered(recovered: Sequence[Recovered], what: str) -> None:
    """Refuse what tells a hidden number; raises DisclosureFault with how many, never with which."""
    if not recovered:
        return
    count = len(recovered)
    numbers = "1 hidden number" if count == 1 else f"{count:,} hidden numbers"
    raise DisclosureFault(
        Fault(
            f"{numbers} of children could be worked out from {what}.",
            "The audit by attack found it before anything was written; nothing was.",
            "This is a defect of the program: please report it. Ask for fewer figures until then.",
        )
    )
