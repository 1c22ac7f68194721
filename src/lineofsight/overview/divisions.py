"""An indicator divided into its groups, ready to be read: number and percentage of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from lineofsight.measurement.grouped import Grouped, GroupedBy, GroupValues
from lineofsight.measurement.measurement import Basis, Measurement, Value, round_half_up
from lineofsight.overview.figures import detail_of, value_text
from lineofsight.overview.numerals import measure, tally
from lineofsight.overview.overview import Division, Figure, Group

# Groups whose words the records themselves hold have no order of their own.
_BY_NAME = frozenset({"team", "ward", "locality"})
_LAST = "Not recorded"
_NOTHING = Figure("", "no figure", "", "")


def divisions_of(measurement: Measurement, grouped: Grouped) -> tuple[Division, ...]:
    """Give every way an indicator is divided; one that knows a single group divides nothing."""
    whole = _newest(measurement.series), _newest(measurement.rolling)
    return tuple(
        Division(one.title, tuple(_group(measurement, group, whole) for group in _ordered(one)))
        for one in grouped.by
        if len(one.groups) > 1
    )


def _newest(values: Sequence[Value]) -> Value | None:
    return values[-1] if values else None


def _ordered(one: GroupedBy) -> list[GroupValues]:
    """By name where the words are the records' own, otherwise as they come; the unknown last."""
    found = list(one.groups)
    if one.breakdown in _BY_NAME:
        found.sort(key=lambda group: _natural(group.group))
    return sorted(found, key=lambda group: group.group == _LAST)


def _natural(text: str) -> list[tuple[str, int]]:
    """Sort 'Team 2' before 'Team 10'."""
    return [(words, int(n or 0)) for words, n in re.findall(r"(\D*)(\d*)", text)]


def _group(
    measurement: Measurement, group: GroupValues, whole: tuple[Value | None, Value | None]
) -> Group:
    values = (group.month, group.twelve)
    return Group(
        group.group,
        tuple(_figure(measurement, v, of) for v, of in zip(values, whole, strict=True)),
    )


def _figure(measurement: Measurement, value: Value | None, whole: Value | None) -> Figure:
    """A count with its share of all; a percentage, or an average, with what it is made of."""
    if value is None:
        is_count = whole is not None and _is_count(measurement, whole)
        return Figure("", "0", "0% of all", "") if is_count else _NOTHING
    if not _is_count(measurement, value):
        return Figure("", value_text(measurement, value), detail_of(measurement, value), "")
    text = tally(_each(value))
    share = "" if whole is None or not whole.numerator else _share(value, whole)
    return Figure("", text, share, "")


def _is_count(measurement: Measurement, value: Value) -> bool:
    """Whether the number itself is shown: of a group of a rate the residents are not known."""
    is_rate = measurement.indicator.scale == 10_000
    return value.given is None and (is_rate or value.denominator is None)


def _each(value: Value) -> Decimal:
    exact = Decimal(repr(value.numerator))
    if value.basis is not Basis.MEAN_OF_MONTH_ENDS:
        return exact
    return round_half_up(exact / value.period.months, 0)


def _share(value: Value, whole: Value) -> str:
    exact = Decimal(repr(value.numerator)) / Decimal(repr(whole.numerator)) * 100
    return f"{measure(exact, 0, '%')} of all"
