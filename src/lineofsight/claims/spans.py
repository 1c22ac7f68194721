"""Spans of months that a sentence can speak of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from lineofsight.reference.periods import Month


class SpanKind(Enum):
    """How the months of a span are taken together."""

    MONTH = "month"
    MONTHS = "months"
    UNSAID = "unsaid"
    SINCE = "since"


@dataclass(frozen=True, slots=True)
class Span:
    """From one month to another, both included; `UNSAID` where a sentence names no period.

    Of kind `SINCE` the first month is the one things are measured from. `is_mean` says that an
    average was spoken of.
    """

    first: Month
    last: Month
    kind: SpanKind
    is_mean: bool = False

    @property
    def months(self) -> int:
        return self.last.index - self.first.index + 1

    @property
    def words(self) -> str:
        """'August 2020', 'the twelve months to August 2020'."""
        if self.first == self.last:
            return self.first.name
        if self.kind is SpanKind.SINCE:
            return f"{self.first.name} to {self.last.name}"
        count = "twelve" if self.months == 12 else f"{self.months}"
        return f"the {count} months to {self.last.name}"
