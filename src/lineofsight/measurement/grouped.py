"""What an indicator's newest figures are made of: its groups, and its quarter and year so far."""

from __future__ import annotations

from dataclasses import dataclass

from lineofsight.measurement.measurement import Value


@dataclass(frozen=True, slots=True)
class GroupValues:
    """One group: the month and the twelve months; None where the indicator has no such value.

    A group of a rate has no denominator, because how many people live in it is not known.
    """

    group: str
    month: Value | None
    twelve: Value | None


@dataclass(frozen=True, slots=True)
class GroupedBy:
    """One way to divide an indicator: what it is called, and every group that has rows."""

    breakdown: str
    title: str
    groups: tuple[GroupValues, ...]


@dataclass(frozen=True, slots=True)
class Grouped:
    """An indicator's groups, and its values for the newest whole quarter and the year to date.

    Years begin in April.
    """

    by: tuple[GroupedBy, ...] = ()
    quarter: Value | None = None
    year_to_date: Value | None = None


NOT_GROUPED = Grouped()
