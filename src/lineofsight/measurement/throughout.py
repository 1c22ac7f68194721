"""Indicators measured in every month they can be, though their records end on different days.

One measurement answers for the months up to one; an indicator that rests on a table which ends
earlier, or that has a gap, has no value there. So it is measured at the end of each delivery too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from lineofsight.indicators.indicator import Indicator
from lineofsight.measurement.measure import Question, measure
from lineofsight.measurement.measurement import Measurement, Value
from lineofsight.reference.periods import Month


def measure_throughout(
    indicators: Sequence[Indicator], question: Question
) -> tuple[Measurement, ...]:
    """Measure indicators in every month up to the question's in which they can be measured.

    A series given here may have gaps: a month in it has the value that measuring at that month
    gives. The question's engine holds the months up to the question's.
    """
    found: dict[str, list[Measurement]] = {indicator.id: [] for indicator in indicators}
    for end in _ends(question):
        missing = [i for i in indicators if not any(m.at(end) for m in found[i.id])]
        for measured in measure(missing, replace(question, month=end)) if missing else ():
            found[measured.indicator.id].append(measured)
    return tuple(_joined(found[indicator.id]) for indicator in indicators)


def _ends(question: Question) -> list[Month]:
    """The question's month, then the last whole months of deliveries before it, newest first."""
    first = question.journey.first_month
    days = (one.last_day for one in question.journey.submissions)
    ends = (Month.of(day) if day == Month.of(day).last_day else Month.of(day) - 1 for day in days)
    inside = {end for end in ends if first is not None and first <= end < question.month}
    return [question.month, *sorted(inside, reverse=True)]


def _joined(measured: Sequence[Measurement]) -> Measurement:
    """One measurement with the values of all, the newest first asked standing where several do."""
    usable = [one for one in measured if one.series]
    if not usable:
        return measured[0]
    return replace(
        usable[0],
        series=_by_time(value for one in usable for value in one.series),
        rolling=_by_time(value for one in usable for value in one.rolling),
    )


def _by_time(values: Iterable[Value]) -> tuple[Value, ...]:
    found: dict[Month, Value] = {}
    for value in values:
        found.setdefault(Month.of(value.period.last_day), value)
    return tuple(found[month] for month in sorted(found))
