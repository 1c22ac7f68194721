"""A paper as it was published earlier: what the new one looks back on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lineofsight.overview.overview import Overview
from lineofsight.reference.audience import Audience
from lineofsight.reference.periods import Month

# From the narrowest to the widest: who may read a paper of one may read those of the later ones.
_WIDENING = (Audience.SERVICE, Audience.COMMITTEE, Audience.PUBLIC)


@dataclass(frozen=True, slots=True)
class EarlierPaper:
    """The newest edition of an earlier month for one audience: '2020-07-1', and its paper."""

    edition: str
    month: Month
    overview: Overview


def readable_by(papers: Sequence[EarlierPaper], audience: Audience) -> tuple[EarlierPaper, ...]:
    """Give the papers that an audience may have seen: its own, and those for wider ones.

    What was promised inside the service alone is not carried into a paper for the public.
    """
    own = _WIDENING.index(audience)
    return tuple(p for p in papers if _WIDENING.index(p.overview.audience) >= own)


def last_for(papers: Sequence[EarlierPaper], audience: Audience) -> EarlierPaper | None:
    """Give the newest earlier paper that was made for the same audience."""
    same = [paper for paper in papers if paper.overview.audience is audience]
    return max(same, key=lambda paper: paper.month, default=None)
