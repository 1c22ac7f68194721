"""What can be worked out: the least and the greatest a secret may be, given all that is shown.

A secret is exposed where no number below one and none above five is possible. For an exposed
secret the items that prove it are named, by the multipliers of the linear programs: as long as
they are all shown it stays exposed, whatever else is withheld.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lineofsight.disclosure.knowledge import Knowledge, Secret, matrix
from lineofsight.disclosure.programs import Programs

_SLACK = 1e-6
_REMEMBERED = 300
Keys = frozenset[Hashable]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Exposed:
    """A secret that can be worked out: the range left to it, and the items that give it away."""

    secret: Secret
    least: float
    greatest: float
    because_of: Keys


class Attack:
    """Works out secrets from what is shown of some knowledge, for one choice after another.

    Numbers that were found possible once are tried again first: where they agree with all that is
    shown they clear every secret that is six or nought in them.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self.secrets, self._enough = knowledge.secrets, knowledge.most_secret + 1
        rows, self._owners = knowledge.rows()
        self._low = np.array([row.low for row in rows], float)
        self._high = np.array([row.high for row in rows], float)
        self._rows = matrix([row.weights for row in rows], knowledge.size)
        self._forms = matrix([secret.weights for secret in self.secrets], knowledge.size)
        told = [row.weights for row in rows]
        asked = [secret.weights for secret in self.secrets]
        self._programs = Programs(told, asked, knowledge.size, self._enough)
        # Numbers found possible, newest last: the sums of the rows, and of the secrets.
        self._sums = np.zeros((0, len(rows)))
        self._values = np.zeros((0, len(self.secrets)))

    def exposed(self, withheld: Keys) -> list[Exposed]:
        """Give the secrets that what is shown confines to one to five."""
        is_shown = np.array([o is None or o not in withheld for o in self._owners], bool)
        left = self._not_cleared(is_shown)
        if not left:
            return []
        low = np.where(is_shown, self._low, -np.inf)
        self._programs.show(low, np.where(is_shown, self._high, np.inf))
        found: list[Exposed] = []
        while left:
            at, *left = left
            one = self._one(at)
            if one is None:
                left = [other for other in left if self._is_open(self._values[-1, other])]
            else:
                found.append(one)
        return found

    def _not_cleared(self, is_shown: NDArray[np.bool_]) -> list[int]:
        told = self._sums[:, is_shown]
        low, high = self._low[is_shown] - _SLACK, self._high[is_shown] + _SLACK
        agrees = ((low <= told) & (told <= high)).all(axis=1)
        is_left = self._is_open(self._values[agrees]).all(axis=0)
        return [int(at) for at in np.flatnonzero(is_left)]

    def _one(self, at: int) -> Exposed | None:
        greatest, why_not_more = self._extreme(at, -1)
        if greatest >= self._enough - _SLACK:
            return None
        least, why_not_less = self._extreme(at, 1)
        if least <= _SLACK:
            return None
        return Exposed(self.secrets[at], least, greatest, why_not_more | why_not_less)

    def _extreme(self, at: int, sign: int) -> tuple[float, Keys]:
        """Give the least (sign 1) or greatest (-1) of a secret, and the items that bound it."""
        numbers, duals = self._programs.solve(at, sign)
        values = self._forms @ numbers
        self._sums = np.vstack([self._sums[-_REMEMBERED:], self._rows @ numbers])
        self._values = np.vstack([self._values[-_REMEMBERED:], values])
        owners = (self._owners[row] for row in np.flatnonzero(np.abs(duals) > _SLACK).tolist())
        return float(values[at]), frozenset(owner for owner in owners if owner is not None)

    def _is_open(self, values: Floats) -> NDArray[np.bool_]:
        """Whether secrets are neither nought nor more than small in some numbers."""
        return np.asarray((values > _SLACK) & (values < self._enough - _SLACK))
