"""What is too small to be shown: counts of 1 to 5, and ratios of fewer than ten."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lineofsight.disclosure.table import Numbers, Truths
from lineofsight.reference.audience import Audience
from lineofsight.reference.authority import Disclosure


@dataclass(frozen=True, slots=True)
class Rules:
    """Counts from 1 to `threshold` are small; a ratio of fewer than `smallest_denominator` is too.

    Nought is shown: it says that nothing happened to anybody. The Department's rule for children in
    need is 1 to 5.
    """

    threshold: int = 5
    smallest_denominator: int = 10

    @classmethod
    def of(cls, settings: Disclosure) -> Rules:
        """The rules by an authority's settings."""
        return cls(settings.threshold, settings.smallest_denominator)

    def is_few(self, count: float | None) -> bool:
        """Whether one count is small; what is no count is not."""
        return count is not None and 0 < count < self.threshold + 1

    def is_small(self, counts: Numbers) -> Truths:
        """Whether counts are small."""
        return np.asarray((counts >= 1) & (counts <= self.threshold))

    def is_of_few(self, denominators: Numbers) -> Truths:
        """Whether ratios have too small a denominator to be shown; without any there is none."""
        return np.asarray((denominators >= 1) & (denominators < self.smallest_denominator))


def is_suppressed(audience: Audience, disclosure: Disclosure) -> bool:
    """Whether small numbers are hidden from an audience, by the settings of an authority."""
    if audience is Audience.COMMITTEE:
        return disclosure.is_committee_suppressed
    return audience is Audience.PUBLIC
