"""Marks: what is recognised in a sentence, each with its place; the earlier reader wins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import TypeVar

from lineofsight.claims.spans import Span
from lineofsight.comparators.comparator import Area


class Hedge(Enum):
    """How exactly a number is meant."""

    EXACT = ""
    ABOUT = "about"
    JUST_UNDER = "nearly"
    JUST_OVER = "just over"
    MORE = "more than"
    LESS = "less than"
    AT_LEAST = "at least"
    AT_MOST = "at most"


class Cue(Enum):
    """What words without a number claim, or that what they say is no figure."""

    UP = "a rise"
    DOWN = "a fall"
    BETTER = "an improvement"
    WORSE = "a worsening"
    LEVEL = "no change"
    STEADY = "steady"
    GOOD_TREND = "a good trend"
    CONSISTENT = "consistently"
    DOUBLED = "doubled"
    HALVED = "halved"
    OUTLIER = "an outlier"
    CONCERN = "an area of concern"
    ABOVE = "above"
    BELOW = "below"
    BETTER_THAN = "better than"
    WORSE_THAN = "worse than"
    ALIKE = "in line with"
    MOST = "all but a few"
    STAFF_ADDED = "additional staff"
    PLAN = "a plan"
    DONE = "an action"
    CAUSE = "a cause"
    FORECAST = "a forecast"
    VIEW = "a view"


@dataclass(frozen=True, slots=True)
class Mark:
    """Something recognised at `start` to `end` of a sentence."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quantity(Mark):
    """A number that is claimed.

    `unit` is '%', ' per 10,000', ' points' (of percentage), ' working days', ' of' (a numerator
    and its denominator in `other`), or empty. `noun` is what is counted, where it is said. `other`
    is the upper end of a range. `grain` is the size of the last digit that was written; `is_word`
    says that it stands for a fraction ('a third'), whose grain is wide, `is_change` that `number`
    came before and `other` after ('from 80% to 73%').
    """

    number: Decimal
    unit: str
    noun: str = ""
    hedge: Hedge = Hedge.EXACT
    other: Decimal | None = None
    grain: Decimal = Decimal(1)
    is_word: bool = False
    is_change: bool = False


@dataclass(frozen=True, slots=True)
class When(Mark):
    """A period that is spoken of."""

    span: Span


@dataclass(frozen=True, slots=True)
class Whose(Mark):
    """An area; None is the authority itself, its target, or another authority or region."""

    area: Area | None
    is_target: bool = False
    is_elsewhere: bool = False

    @property
    def is_own(self) -> bool:
        return self.area is None and not self.is_target and not self.is_elsewhere


@dataclass(frozen=True, slots=True)
class Named(Mark):
    """The name of an indicator, word for word."""

    indicators: tuple[str, ...]

    def covers(self, mark: Mark) -> bool:
        """Tell whether a mark begins within the name."""
        return self.start <= mark.start < self.end


@dataclass(frozen=True, slots=True)
class Cued(Mark):
    """Words that claim something without a number, or that say it is no figure."""

    cue: Cue


@dataclass(frozen=True, slots=True)
class Structure(Mark):
    """A number that belongs to a definition, a date or a name: '45 working days', 'Covid-19'."""


M = TypeVar("M", bound=Mark)


def without_overlaps(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Keep of overlapping marks the one that was given first; in the order of the sentence."""
    kept: list[Mark] = []
    for mark in marks:
        if all(mark.end <= other.start or other.end <= mark.start for other in kept):
            kept.append(mark)
    return tuple(sorted(kept, key=lambda mark: mark.start))


def of_kind(marks: Iterable[Mark], kind: type[M]) -> tuple[M, ...]:
    """Give the marks of one kind."""
    return tuple(mark for mark in marks if isinstance(mark, kind))
