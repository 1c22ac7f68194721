"""Which numbers stand behind a value, and whether they are small."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from lineofsight.disclosure.rules import Rules
from lineofsight.measurement.measurement import Basis, Measurement, Value, is_about_children


class Form(Enum):
    """How a figure is made of its numbers."""

    COUNT = "a number by itself"
    RATE = "a number for each 10,000 of a population that is known"
    SHARE = "a part of a whole"
    AVERAGE = "a sum over those it is of"
    GIVEN = "a median, or a number published without its parts"


@dataclass(frozen=True, slots=True)
class Numbers:
    """The counts behind one value: None where it has none of that kind.

    Of a mean of month-ends they are the counts at a month-end on average.
    """

    part: float | None
    whole: float | None
    rest: float | None

    def is_primary(self, rules: Rules) -> bool:
        """Whether the value must not be shown at all."""
        is_share = self.rest is not None and self.whole is not None
        of_few = is_share and 0 < (self.whole or 0.0) < rules.smallest_denominator
        return rules.is_few(self.part) or rules.is_few(self.whole) or of_few

    def has_few(self, rules: Rules) -> bool:
        """Whether the counts must not be shown, though the value perhaps may."""
        return self.is_primary(rules) or rules.is_few(self.rest)


def is_protected(measurement: Measurement) -> bool:
    """Tell whether a figure counts children or what is done with them; staff are not protected."""
    return measurement.has_counts and is_about_children(measurement.indicator)


def form_of(value: Value) -> Form:
    """Say how a value is made of its numbers."""
    if value.given is not None:
        return Form.GIVEN
    if value.denominator is None:
        return Form.COUNT
    return {10_000: Form.RATE, 100: Form.SHARE}.get(value.scale, Form.AVERAGE)


def numbers_of(value: Value) -> Numbers:
    """Give the counts behind a value; a population and a sum of days are none."""
    months = value.period.months if value.basis is Basis.MEAN_OF_MONTH_ENDS else 1
    part, whole = value.numerator / months, (value.denominator or 0.0) / months
    match form_of(value):
        case Form.SHARE:
            return Numbers(part, whole, whole - part)
        case Form.COUNT | Form.RATE:
            return Numbers(part, None, None)
        case Form.AVERAGE | Form.GIVEN:
            return Numbers(None, whole if value.denominator is not None else None, None)
