"""A measurement as it would be had one of its months, or years, never been recorded."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from lineofsight.measurement.measurement import Measurement, Value

# Sums of months and the twelve months themselves are floats that were added in another order.
_TOLERANCE = 1e-9


def each_left_out(measurement: Measurement) -> Iterator[tuple[Value, Measurement]]:
    """Give each month of the newest twelve with the measurement without it, oldest first.

    For a yearly figure, each year but the newest. Nothing where fewer than two months are known,
    and nothing where the twelve months are not the sum of their months: a child who counts once in
    several months, or a median.
    """
    if measurement.is_annual:
        for place in range(len(measurement.series) - 1):
            yield measurement.series[place], _without(measurement, place, measurement.rolling)
        return
    places = _places(measurement)
    if len(places) < 2 or not _is_sum(measurement, places):
        return
    for place in places:
        ended = _rest(measurement, places, place)
        rolling = (*measurement.rolling[:-1], ended)
        yield measurement.series[place], _without(measurement, place, rolling)


def without_month(measurement: Measurement, left_out: Value) -> Measurement:
    """Give a flow that moves a stock without one month; its twelve months stay as they are."""
    day = left_out.period.last_day
    kept = tuple(value for value in measurement.series if value.period.last_day != day)
    return replace(measurement, series=kept)


def _without(measurement: Measurement, place: int, rolling: tuple[Value, ...]) -> Measurement:
    series = (*measurement.series[:place], *measurement.series[place + 1 :])
    return replace(measurement, series=series, rolling=rolling)


def _places(measurement: Measurement) -> list[int]:
    """Give the places in the series of the months that the newest twelve months are made of."""
    whole = measurement.latest_rolling
    if whole is None:
        return []
    first, last = whole.period.first_day, whole.period.last_day
    days = (value.period.last_day for value in measurement.series)
    return [place for place, day in enumerate(days) if first <= day <= last]


def _is_sum(measurement: Measurement, places: list[int]) -> bool:
    whole, months = measurement.rolling[-1], [measurement.series[place] for place in places]
    is_given = whole.given is not None or any(month.given is not None for month in months)
    return not is_given and _is_about(sum(m.numerator for m in months), whole.numerator)


def _rest(measurement: Measurement, places: list[int], place: int) -> Value:
    """Give the twelve months without one of them.

    A percentage or an average loses the month above and below the line. A population, which is
    not a sum of months, and a bare count stand for the months that are left: eleven twelfths of
    the residents' year, and as many events as twelve such months would have.
    """
    whole, month = measurement.rolling[-1], measurement.series[place]
    left = whole.numerator - month.numerator
    share = (len(places) - 1) / len(places)
    if whole.denominator is None:
        return replace(whole, numerator=left / share)
    summed = sum(measurement.series[each].denominator or 0.0 for each in places)
    if _is_about(summed, whole.denominator):
        return replace(whole, numerator=left, denominator=summed - (month.denominator or 0.0))
    return replace(whole, numerator=left, denominator=whole.denominator * share)


def _is_about(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=_TOLERANCE, abs_tol=_TOLERANCE)
