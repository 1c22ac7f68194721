"""An authority's figures as knowledge: which numbers stand behind which, and who shares them.

Every month of every numerator and denominator is an unknown. Two figures whose numbers are the
same in every month count the same children, and share their unknowns: what one of them tells, a
reader holds against the other. Parts that make a whole together, and starts and ends that make a
stock, are found in the numbers in the same way.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lineofsight.disclosure.knowledge import Item, Row, Secret
from lineofsight.disclosure.rules import Rules
from lineofsight.disclosure.small import Form, form_of, numbers_of
from lineofsight.measurement.measurement import Basis, Measurement, Value, round_half_up
from lineofsight.reference.periods import Month

INFINITE = float("inf")
# Shorter series, or nearly empty ones, may be equal by chance.
_LEAST_ALIKE, _LEAST_FILLED = 12, 6
Series = tuple[tuple[int, float], ...]
Weights = dict[int, float]


@dataclass(frozen=True, slots=True)
class Counted:
    """The numbers of one measurement by month: what is counted, and what it is counted of."""

    parts: Series
    wholes: Series | None

    @property
    def rests(self) -> Series | None:
        if self.wholes is None:
            return None
        return tuple(
            (month, whole - part)
            for (month, part), (_, whole) in zip(self.parts, self.wholes, strict=True)
        )


def counted(measurement: Measurement) -> Counted:
    """Give the numbers of a measurement by index of month."""
    values = [value for value in measurement.series if form_of(value) is not Form.GIVEN]
    parts = tuple((_month(value), value.numerator) for value in values)
    forms = {form_of(value) for value in values}
    if not forms & {Form.SHARE, Form.AVERAGE}:
        return Counted(parts, None)
    return Counted(parts, tuple((_month(value), value.denominator or 0.0) for value in values))


class Unknowns:
    """Numbers the unknowns of a group of figures; series that are alike share theirs."""

    def __init__(self) -> None:
        self._numbered: dict[Hashable, int] = {}

    @property
    def size(self) -> int:
        return len(self._numbered)

    def at(self, series: Hashable, month: int) -> int:
        return self._numbered.setdefault((series, month), len(self._numbered))


def identity_of(series: Series, owner: Hashable) -> Hashable:
    """Name a series by its numbers, so that equal ones are one; a short one by its owner."""
    is_long = len(series) >= _LEAST_ALIKE
    is_filled = sum(bool(number) for _, number in series) >= _LEAST_FILLED
    return series if is_long and is_filled else owner


@dataclass(frozen=True, slots=True)
class Sums:
    """One value as sums of unknowns: of what it counts, and of what it is counted of."""

    part: Weights
    whole: Weights

    @property
    def rest(self) -> Weights:
        found = dict(self.whole)
        for unknown, weight in self.part.items():
            found[unknown] = found.get(unknown, 0.0) - weight
        return {unknown: weight for unknown, weight in found.items() if weight}


class Figures:
    """One measurement laid out as knowledge over the unknowns of its group."""

    def __init__(self, measurement: Measurement, unknowns: Unknowns, rules: Rules) -> None:
        self.measurement, self.rules, self._unknowns = measurement, rules, unknowns
        self.identity = measurement.indicator.id
        numbers = counted(measurement)
        self._parts, self._wholes = dict(numbers.parts), dict(numbers.wholes or ())
        self._part_name = identity_of(numbers.parts, (self.identity, "part"))
        self._whole_name = identity_of(numbers.wholes or (), (self.identity, "whole"))

    def sums(self, value: Value) -> Sums:
        """Write a value as sums over its months; as unknowns of its own where it is no such sum."""
        months = [_month(value) - back for back in range(_length(value))]
        form = form_of(value)
        part = self._sum(self._part_name, self._parts, months, value.numerator, value, "part")
        if form in (Form.COUNT, Form.RATE):
            return Sums(part, {})
        below = value.denominator or 0.0
        whole = self._sum(self._whole_name, self._wholes, months, below, value, "whole")
        return Sums({} if form is Form.GIVEN else part, whole)

    def _sum(
        self,
        name: Hashable,
        series: Mapping[int, float],
        months: Sequence[int],
        total: float,
        value: Value,
        of: str,
    ) -> Weights:
        known = [month for month in months if month in series]
        if abs(sum(series[month] for month in known) - total) > 1e-6:
            own = (self.identity, value.basis, of)
            return {self._unknowns.at(own, _month(value)): 1.0}
        return {self._unknowns.at(name, month): 1.0 for month in known}

    def figure(self, value: Value, key: Hashable, cost: float) -> Item:
        """The value as printed, without its numbers."""
        numbers = numbers_of(value)
        return Item(key, tuple(self._printed(value)), cost, numbers.is_primary(self.rules))

    def numbers(self, value: Value, key: Hashable, cost: float) -> Item:
        """The numbers a value was made of: '44 of 60 children'."""
        rows = tuple(self._told(value))
        return Item(key, rows, cost, numbers_of(value).has_few(self.rules))

    def secrets(self, value: Value) -> Iterator[Secret]:
        """The small numbers behind a value."""
        if value.basis is Basis.MEAN_OF_MONTH_ENDS:
            return  # its month-ends have theirs
        sums, numbers = self.sums(value), numbers_of(value)
        for of, weights, truth in (
            ("part", sums.part, numbers.part),
            ("whole", sums.whole, numbers.whole),
            ("rest", sums.rest if numbers.rest is not None else {}, numbers.rest),
        ):
            if weights and truth is not None and self.rules.is_few(truth):
                yield Secret((self.identity, value.basis, _month(value), of), weights, truth)

    def always(self) -> Iterator[Row]:
        """What anybody knows: a part is no larger than its whole."""
        for value in self.measurement.series:
            if form_of(value) is Form.SHARE:
                yield Row(self.sums(value).rest, 0.0, INFINITE)

    def _printed(self, value: Value) -> Iterator[Row]:
        sums, form = self.sums(value), form_of(value)
        if value.exact is None:
            yield Row.exactly(sums.whole, 0.0)
        elif form is not Form.GIVEN:
            low, high = self._as_rounded(value.exact)
            if form in (Form.COUNT, Form.RATE):
                yield _within(sums.part, value, low, high)
            else:
                yield Row(_less(sums, low / value.scale), 0.0, INFINITE)
                yield Row(_less(sums, high / value.scale), -INFINITE, 0.0)

    def _as_rounded(self, exact: Decimal) -> tuple[float, float]:
        decimals = self.measurement.indicator.decimals
        half, middle = 0.5 * 10.0**-decimals, float(round_half_up(exact, decimals))
        return middle - half, middle + half

    def _told(self, value: Value) -> Iterator[Row]:
        sums, form = self.sums(value), form_of(value)
        reach = 0.5 * value.period.months if value.basis is Basis.MEAN_OF_MONTH_ENDS else 0.0
        if form is not Form.GIVEN:
            yield Row(sums.part, value.numerator - reach, value.numerator + reach)
        if form not in (Form.COUNT, Form.RATE):
            below = value.denominator or 0.0
            yield Row(sums.whole, below - reach, below + reach)


def _within(part: Weights, value: Value, low: float, high: float) -> Row:
    """Bound a sum by a printed count or rate; a whole number of one day or month is exact."""
    if form_of(value) is Form.RATE:
        each = (value.denominator or 0.0) / value.scale
        return Row(part, low * each, high * each)
    if value.basis is Basis.MEAN_OF_MONTH_ENDS:
        return Row(part, low * value.period.months, high * value.period.months)
    if high - low == 1.0:
        return Row.exactly(part, value.numerator)
    return Row(part, low, high)


def _less(sums: Sums, share: float) -> Weights:
    found = dict(sums.part)
    for unknown, weight in sums.whole.items():
        found[unknown] = found.get(unknown, 0.0) - share * weight
    return found


def _length(value: Value) -> int:
    return 1 if value.basis is Basis.MONTH_END else value.period.months


def _month(value: Value) -> int:
    return Month.of(value.period.last_day).index
