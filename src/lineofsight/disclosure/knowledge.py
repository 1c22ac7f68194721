"""What a reader knows: bounds on sums of numbers that he does not know one by one.

The unknown numbers are counts, never negative. Every figure that is shown is an item; what it
teaches are rows, each a weighted sum of unknowns between two bounds. A secret is a sum that is
small in truth and must not be told from what is shown.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array  # type: ignore[import-untyped]


@dataclass(frozen=True, slots=True)
class Row:
    """A weighted sum of unknowns lies between two bounds."""

    weights: Mapping[int, float]
    low: float
    high: float

    @classmethod
    def exactly(cls, weights: Mapping[int, float], number: float) -> Row:
        """The sum is known."""
        return cls(weights, number, number)


@dataclass(frozen=True, slots=True)
class Item:
    """A figure as shown: what it teaches, and what withholding it costs.

    `key` names it; `is_primary` says that it must be withheld whatever the cost; `is_given_away`
    that it has been published before, so that withholding it now hides nothing.
    """

    key: Hashable
    rows: tuple[Row, ...]
    cost: float = 1.0
    is_primary: bool = False
    is_given_away: bool = False


@dataclass(frozen=True, slots=True)
class Secret:
    """A sum of unknowns that is small in truth."""

    key: Hashable
    weights: Mapping[int, float]
    truth: float


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything about some figures that belong together.

    `size` is the number of unknowns; `known` are rows anybody knows (a part is no larger than its
    whole, opening and starts and ends make the closing number). Numbers from one to `most_secret`
    are small.
    """

    size: int
    items: tuple[Item, ...]
    secrets: tuple[Secret, ...]
    known: tuple[Row, ...] = ()
    most_secret: int = 5

    def rows(self) -> tuple[list[Row], list[Hashable | None]]:
        """Give every row with the item that tells it.

        A row that everybody knows, or that was given away before, belongs to no item.
        """
        rows = [*self.known]
        owners: list[Hashable | None] = [None] * len(rows)
        for item in self.items:
            rows += item.rows
            owners += [None if item.is_given_away else item.key] * len(item.rows)
        return rows, owners


def matrix(rows: Sequence[Mapping[int, float]], size: int) -> csr_array:
    """Lay weighted sums out as a sparse matrix, a sum a line."""
    columns = [column for row in rows for column in row]
    values = [weight for row in rows for weight in row.values()]
    ends = np.cumsum([0, *(len(row) for row in rows)])
    return csr_array((values, columns, ends), shape=(len(rows), size))
