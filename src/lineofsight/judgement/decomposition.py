"""At which step a rate of child protection plans comes to be higher or lower than another one.

The rate of plans is a product: referrals for every child, assessments for every referral, enquiries
for every assessment, conferences for every enquiry, plans started for every conference, plans open
for every one started. The logarithm of its ratio to another area's rate is therefore the sum of the
logarithms of the ratios of the steps, to the last digit.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from lineofsight.judgement.standing import quartiles
from lineofsight.judgement.thresholds import Z_95
from lineofsight.measurement.stages import Stage, Way, Ways

# Fewer authorities than this say little of what is usual.
_FEWEST = 30


class Place(Enum):
    """Where a step of an authority lies among those of all authorities."""

    LOWEST_TENTH = "among the lowest tenth"
    LOW = "in the lower quarter"
    MIDDLE = "in the middle half"
    HIGH = "in the upper quarter"
    HIGHEST_TENTH = "among the highest tenth"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: from the stage `since` (None for the children of the area) to the stage `until`.

    Both are positions in `STAGES`; where the figures of stages between them are missing they are
    in `merged`. `own` and `theirs` are the ratios (for the first step, per child), `times` how
    many times theirs our own is with its 95% interval, and `share` the logarithm of it: what the
    step adds to the logarithm of the gap. `rank` is 1 for the highest of `of` authorities.
    """

    since: int | None
    until: int
    merged: tuple[int, ...]
    own: float
    theirs: float
    times: float
    lower: float | None
    upper: float | None
    share: float
    rank: int | None = None
    of: int = 0
    place: Place | None = None

    @property
    def is_sure(self) -> bool:
        """Whether the interval excludes an equal step."""
        return (
            self.lower is not None
            and self.upper is not None
            and not (self.lower <= 1 <= self.upper)
        )


@dataclass(frozen=True, slots=True)
class Decomposition:
    """The gap between an authority's rate of plans and another's, step by step.

    Rates are for every 10,000 children; `times` is their ratio and `gap` its logarithm, which is
    the sum of the steps' shares.
    """

    own: Way
    other: Way
    own_rate: Decimal
    their_rate: Decimal
    times: float
    gap: float
    steps: tuple[Step, ...]

    @property
    def leading(self) -> Step:
        """The step that adds most in the direction of the gap."""
        side = 1 if self.gap >= 0 else -1
        return max(self.steps, key=lambda step: side * step.share)

    def against(self) -> tuple[Step, ...]:
        """The steps that surely work against the gap, the strongest first."""
        side = 1 if self.gap >= 0 else -1
        found = [step for step in self.steps if side * step.share < 0 and step.is_sure]
        return tuple(sorted(found, key=lambda step: side * step.share))


def decompose(ways: Ways) -> tuple[Decomposition, ...]:
    """Split the gap to each area compared with; empty where the authority has no rate of plans.

    An interval is of our own step alone, on our own numbers (delta method); the other's step is
    taken as known. A stage that either has no figure of, or where it is nought, is left out and
    the steps on both sides of it become one.
    """
    found = (_decomposed(ways, other) for other in ways.others)
    return tuple(one for one in found if one is not None)


def _decomposed(ways: Ways, other: Way) -> Decomposition | None:
    kept = [n for n, pair in enumerate(_pairs(ways.own, other)) if all(map(_is_usable, pair))]
    last = len(ways.own.stages) - 1
    if last not in kept:
        return None
    own, theirs = ways.own.stages[last], other.stages[last]
    assert own is not None and theirs is not None  # noqa: PT018
    times = float(own.rate / theirs.rate)
    return Decomposition(
        own=ways.own,
        other=other,
        own_rate=own.rate,
        their_rate=theirs.rate,
        times=times,
        gap=math.log(times),
        steps=tuple(_steps(ways, other, kept)),
    )


def _pairs(own: Way, other: Way) -> Iterator[tuple[Stage | None, Stage | None]]:
    return zip(own.stages, other.stages, strict=True)


def _is_usable(stage: Stage | None) -> bool:
    return stage is not None and stage.rate > 0


def _steps(ways: Ways, other: Way, kept: Sequence[int]) -> Iterator[Step]:
    since: int | None = None
    for until in kept:
        merged = tuple(range(0 if since is None else since + 1, until))
        own, theirs = _ratio(ways.own, since, until), _ratio(other, since, until)
        share = math.log(own / theirs)
        error = _error(ways.own, since, until)
        low, high = (None, None) if error is None else _bounds(share, error)
        standing = _standing(ways.everyone, own, since, until)
        yield Step(since, until, merged, own, theirs, math.exp(share), low, high, share, *standing)
        since = until


def _ratio(way: Way, since: int | None, until: int) -> float:
    upper = way.stages[until]
    assert upper is not None
    if since is None:
        return float(upper.rate) / 10_000
    lower = way.stages[since]
    assert lower is not None
    return float(upper.rate / lower.rate)


def _error(way: Way, since: int | None, until: int) -> float | None:
    """Standard error of the logarithm of a step: the root of one over each number.

    As if both numbers were independent counts. The second is mostly a part of the first, and then
    this is too wide; siblings are counted together, and then it is too narrow.
    """
    used = (until,) if since is None else (since, until)
    numbers = [_number(way, stage) for stage in used]
    if any(not number for number in numbers):
        return None
    return math.sqrt(sum(1 / float(number) for number in numbers if number))


def _number(way: Way, stage: int) -> Decimal | None:
    found = way.stages[stage]
    return found.number if found is not None else None


def _bounds(share: float, error: float) -> tuple[float, float]:
    return math.exp(share - Z_95 * error), math.exp(share + Z_95 * error)


def _standing(
    everyone: Sequence[Way], own: float, since: int | None, until: int
) -> tuple[int | None, int, Place | None]:
    """Rank among all authorities that have this step, and which part of them it lies in."""
    usable = [
        way
        for way in everyone
        if _is_usable(way.stages[until]) and (since is None or _is_usable(way.stages[since]))
    ]
    if len(usable) < _FEWEST:
        return None, len(usable), None
    ratios = [_ratio(way, since, until) for way in usable]
    rank = 1 + sum(ratio > own for ratio in ratios)
    return rank, len(ratios), _place(own, rank, ratios)


def _place(own: float, rank: int, ratios: Sequence[float]) -> Place:
    tenth = len(ratios) / 10
    if rank <= tenth:
        return Place.HIGHEST_TENTH
    if rank > len(ratios) - tenth:
        return Place.LOWEST_TENTH
    first, _, third = quartiles([Decimal(repr(ratio)) for ratio in ratios])
    if own > third:
        return Place.HIGH
    return Place.LOW if own < first else Place.MIDDLE
