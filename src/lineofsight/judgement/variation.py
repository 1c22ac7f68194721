"""What the newest months say against their own history.

A flow is charted itself. A stock never is: its level repeats last month's children, and so does a
snapshot percentage (children with a care plan), whose months are nearly the same children; on
such series an XmR chart calls most points special. A stock is charted by what moves it, its
starts and its net change; a snapshot percentage is not charted, and is held against its target by
the interval of its level. Rolling twelve months are never charted.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from lineofsight.judgement.charts import (
    Cause,
    Chart,
    is_sustained,
    p_prime,
    special_causes,
    u_prime,
    xmr,
)
from lineofsight.judgement.finding import Limits, Signal, Variation
from lineofsight.judgement.thresholds import (
    CEILING,
    CHARTED_MONTHS,
    DENOMINATOR_SWING,
    LEAST_POINTS,
    LEAST_TRIAL_POINTS,
    RECENT_MONTHS,
    SMALL_EXPECTED,
)
from lineofsight.measurement.measurement import Measurement, Value
from lineofsight.reference.authority import Charting, Rebase
from lineofsight.reference.periods import Month
from lineofsight.reference.polarity import Polarity

AS_USUAL = Charting()
NOT_CHARTED = Variation(Signal.NOT_CHARTED)
NET_CHANGE = "net change"

Slots = tuple[Value | None, ...]
Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Charted:
    """A chart with the label of each month and the special causes found in it.

    Where limits were drawn anew `chart` is of the months since, and `earlier` are the charts of
    the months before, each with the number of its months; None where it had no limits.
    """

    chart: Chart
    labels: tuple[str, ...]
    causes: tuple[Cause | None, ...]
    earlier: tuple[tuple[int, Chart | None], ...] = ()
    rebases: tuple[Rebase, ...] = ()

    @property
    def points(self) -> int:
        return int(np.isfinite(self.chart.values).sum())


def charted(measurement: Measurement, charting: Charting = AS_USUAL) -> Charted | None:
    """Chart the newest 24 months of a flow; None for stocks, years and series that never move."""
    if measurement.is_annual or measurement.indicator.is_snapshot:
        return None
    return _drawn(measurement, _last_months(measurement.series), _flow_chart, charting)


def variation_of(measurement: Measurement, chart: Charted | None) -> Variation:
    """Say what the newest month of a charted flow is, in the light of which way is good."""
    if chart is None:
        return NOT_CHARTED
    of, limits = measurement.indicator.name, _limits(chart, measurement.indicator.scale)
    as_drawn = Variation(Signal.NOT_CHARTED, of, limits=limits, rebases=chart.rebases)
    if chart.points < LEAST_POINTS or np.isnan(chart.chart.values[-1]):
        return as_drawn
    cause = chart.causes[-1]
    if cause is None:
        return replace(as_drawn, signal=Signal.COMMON_CAUSE)
    return replace(
        as_drawn,
        signal=_signal(cause.is_high, measurement.indicator.good),
        rule=cause.rule,
        label=chart.labels[-1],
        is_sustained=is_sustained(chart.chart),
    )


def movements_of(
    measurement: Measurement, known: Mapping[str, Measurement], charting: Charting = AS_USUAL
) -> tuple[Variation, ...]:
    """Give the special causes of the last three months in what moves a stock, newest first.

    `known` holds the authority's measurements by indicator. `of` is the name of the starts, or
    'net change'; the signal is neutral: high means more starts, or a stock that grew. Empty for
    flows, percentages and years.
    """
    if not _is_stock(measurement):
        return ()
    starts, *ends = _flows(measurement, known) or (None, None)
    found: list[Variation] = []
    if starts is not None:
        found += _recent(_count_chart(starts, charting), starts.indicator.name)
    return tuple(found + _recent(_net_chart(measurement, starts, ends, charting), NET_CHANGE))


def stock_variation(
    measurement: Measurement,
    known: Mapping[str, Measurement],
    movements: Sequence[Variation],
    charting: Charting = AS_USUAL,
) -> Variation:
    """Say of a stock whether what moves it was unusual in the last three months.

    A snapshot percentage is no stock and is not charted.
    """
    if not _is_stock(measurement):
        return NOT_CHARTED
    if movements:
        return movements[0]
    starts, *ends = _flows(measurement, known) or (None, None)
    for chart, of in (
        (_count_chart(starts, charting), starts.indicator.name if starts else ""),
        (_net_chart(measurement, starts, ends, charting), NET_CHANGE),
    ):
        if chart is not None and chart.points >= LEAST_POINTS:
            limits = _limits(chart, 1)
            return Variation(Signal.COMMON_CAUSE, of, limits=limits, rebases=chart.rebases)
    return NOT_CHARTED


def points_of(measurement: Measurement) -> int:
    """Count the months, or years, that have a value."""
    return sum(value.exact is not None for value in measurement.series)


def _is_stock(measurement: Measurement) -> bool:
    indicator = measurement.indicator
    return indicator.is_snapshot and indicator.scale != 100 and not measurement.is_annual


def _flows(
    measurement: Measurement, known: Mapping[str, Measurement]
) -> tuple[Measurement | None, ...]:
    moved_by = getattr(measurement.indicator, "moved_by", ())
    return tuple(known.get(flow.id) for flow in moved_by)


def _last_months(series: Sequence[Value]) -> Slots:
    by_month = {_month(value): value for value in series}
    last = max(by_month, default=0)
    first = max(min(by_month, default=0), last - CHARTED_MONTHS + 1)
    return tuple(by_month.get(month) for month in range(first, last + 1))


def _month(value: Value) -> int:
    return Month.of(value.period.last_day).index


def _labels(series: Sequence[Value]) -> tuple[str, ...]:
    last = max((_month(value) for value in series), default=0)
    return tuple(Month(last - back).name for back in reversed(range(len(_last_months(series)))))


def _flow_chart(months: Slots) -> Chart | None:
    shown = [None if v is None or v.exact is None else float(v.exact) for v in months]
    met = [None if v is None else v.numerator for v in months]
    totals = [None if v is None else v.denominator for v in months]
    scale = next((v.scale for v in months if v is not None), 1)
    if _has_uneven_months(met, totals, scale):
        return p_prime(met, totals) if scale == 100 else u_prime(met, totals, scale)
    return xmr(shown)


def _has_uneven_months(
    met: Sequence[float | None], totals: Sequence[float | None], scale: int
) -> bool:
    sizes = np.array([n for n in totals if n], dtype=float)
    if not len(sizes):
        return False
    if np.max(np.abs(sizes / sizes.mean() - 1)) > DENOMINATOR_SWING:
        return True
    share = sum(x for x, n in zip(met, totals, strict=True) if x and n) / float(sizes.sum())
    few = min(share, 1 - share) * float(sizes.mean())
    return scale == 100 and (few < SMALL_EXPECTED or max(share, 1 - share) > CEILING)


def _drawn(
    measurement: Measurement,
    months: tuple[Entry, ...],
    chart_of: Callable[[tuple[Entry, ...]], Chart | None],
    charting: Charting,
) -> Charted | None:
    """Chart the months, anew from each month that a rebase was recorded for.

    Limits and runs are of one step each: nothing is reckoned across a rebase.
    """
    labels = _labels(measurement.series)
    first = max((_month(v) for v in measurement.series), default=0) - len(labels) + 1
    begun = {
        Month.of(rebase.start).index - first: rebase
        for rebase in charting.rebases_of(measurement.indicator.id)
    }
    used = tuple(rebase for place, rebase in begun.items() if place < len(months))
    places = [0, *(place for place in begun if 0 < place < len(months))]
    ends = [*places[1:], len(months)]
    steps = [months[start:end] for start, end in zip(places, ends, strict=True)]
    *earlier, newest = [(len(step), chart_of(step)) for step in steps]
    chart = newest[1]
    if chart is None or np.isfinite(chart.values).sum() < LEAST_TRIAL_POINTS:
        return None
    causes = [cause for step in (*earlier, newest) for cause in _causes(*step, charting)]
    return Charted(chart, labels, tuple(causes), tuple(earlier), used)


def _causes(months: int, chart: Chart | None, charting: Charting) -> tuple[Cause | None, ...]:
    if chart is None or np.isfinite(chart.values).sum() < LEAST_TRIAL_POINTS:
        return (None,) * months
    return special_causes(chart, charting.two_of_three)


def _count_chart(flow: Measurement | None, charting: Charting) -> Charted | None:
    if flow is None or not flow.series:
        return None
    numbers = tuple(None if v is None else v.numerator for v in _last_months(flow.series))
    return _drawn(flow, numbers, xmr, charting)


def _net_chart(
    stock: Measurement,
    starts: Measurement | None,
    ends: Sequence[Measurement | None],
    charting: Charting,
) -> Charted | None:
    months = _last_months(stock.series)
    net: list[float | None]
    if starts is not None and len(ends) == 1 and ends[0] is not None:
        came, went = ({_month(v): v.numerator for v in m.series} for m in (starts, ends[0]))
        places = [_month(stock.series[-1]) - back for back in reversed(range(len(months)))]
        net = [came[m] - went[m] if m in came and m in went else None for m in places]
    else:
        net = [_step(before, after) for before, after in zip((None, *months), months, strict=False)]
    return _drawn(stock, tuple(net), xmr, charting)


def _step(before: Value | None, after: Value | None) -> float | None:
    return None if before is None or after is None else after.numerator - before.numerator


def _recent(chart: Charted | None, of: str) -> list[Variation]:
    if chart is None or chart.points < LEAST_POINTS:
        return []
    newest = list(zip(chart.labels, chart.causes, strict=True))[-RECENT_MONTHS:]
    return [
        Variation(
            _neutral(cause.is_high),
            of,
            cause.rule,
            label,
            _limits(chart, 1),
            rebases=chart.rebases,
        )
        for label, cause in reversed(newest)
        if cause is not None
    ]


def _neutral(is_high: bool) -> Signal:
    return Signal.NEUTRAL_HIGH if is_high else Signal.NEUTRAL_LOW


def _signal(is_high: bool, good: Polarity) -> Signal:
    if good is Polarity.NEUTRAL:
        return _neutral(is_high)
    return Signal.IMPROVEMENT if is_high is (good is Polarity.HIGH) else Signal.CONCERN


def _limits(charted: Charted, scale: int) -> Limits:
    """Cut the limits to what can be shown; a step without limits has none in its months."""
    chart = charted.chart
    ceiling = 100.0 if scale == 100 else np.inf
    centre: list[float] = []
    lower: list[float] = []
    upper: list[float] = []
    for months, step in (*charted.earlier, (len(chart.values), chart)):
        if step is None:
            for numbers in (centre, lower, upper):
                numbers += [math.nan] * months
            continue
        is_net = step.lower.min() < 0 and bool((step.values < 0).any())
        centre += [step.centre] * months
        lower += np.clip(step.lower, -np.inf if is_net else 0.0, ceiling).tolist()
        upper += np.clip(step.upper, None, ceiling).tolist()
    is_trial = charted.points < LEAST_POINTS
    edges = tuple(centre), tuple(lower), tuple(upper)
    return Limits(chart.kind, *edges, charted.points, is_trial)
