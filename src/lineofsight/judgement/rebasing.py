"""Whether the recorded decisions to draw new limits can be followed, and how they are told.

Limits are never moved by the program: a person decides, with a day and a reason, and the chart
and the paper say all three.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lineofsight.errors import Fault, UsageFault
from lineofsight.judgement.thresholds import LEAST_TRIAL_POINTS
from lineofsight.measurement.measurement import Measurement
from lineofsight.reference.authority import Rebase
from lineofsight.reference.periods import Month, day_name


def demand_points(measurements: Sequence[Measurement], rebases: Sequence[Rebase]) -> None:
    """Refuse rebases that begin before the records or leave too few months for new limits.

    One that begins after the newest month is not yet heeded: a paper of an earlier month is drawn
    as it was. Raises UsageFault naming all that do not fit.
    """
    by_indicator = {m.indicator.id: m for m in measurements}
    faults = [
        fault
        for rebase in rebases
        if (measurement := by_indicator.get(rebase.indicator)) is not None and measurement.series
        for fault in _faults(rebase, measurement, rebases)
    ]
    if faults:
        raise UsageFault(faults)


def told(rebase: Rebase) -> str:
    """Say of a rebase from when limits are new, who decided it, when, and why."""
    month = Month.of(rebase.start).name
    decided = f"decided on {day_name(rebase.on)} by the {_inside(rebase.by)}"
    return f"New limits are drawn from {month} on, {decided}. Reason given: {_ended(rebase.reason)}"


def _faults(rebase: Rebase, measurement: Measurement, rebases: Sequence[Rebase]) -> Iterator[Fault]:
    start = Month.of(rebase.start)
    months = [Month.of(value.period.last_day) for value in measurement.series]
    where = f"It is [[rebase]] from {rebase.start} in the authority's settings."
    if months[0] > start:
        yield Fault(
            f"There is no figure of {rebase.indicator} for {start.name}.",
            f"{where} The records begin with {months[0].name}.",
            "Begin with a month that has a figure, or take the entry out.",
        )
        return
    others = [Month.of(r.start) for r in rebases if r.indicator == rebase.indicator]
    end = min((other for other in others if other > start), default=months[-1] + 1)
    values = zip(months, measurement.series, strict=True)
    points = sum(start <= month < end and value.exact is not None for month, value in values)
    if start <= months[-1] and points < LEAST_TRIAL_POINTS:
        yield Fault(
            f"Limits of {rebase.indicator} cannot be drawn anew from {start.name}.",
            f"{where} Until {(end - 1).name} there are {points} months with a figure.",
            f"Wait until there are {LEAST_TRIAL_POINTS}, or begin with an earlier month.",
        )


def _inside(role: str) -> str:
    """Write a role inside a sentence: 'head of service', but 'DCS' as it is."""
    role = role.strip()
    return role if role[1:2].isupper() else f"{role[:1].lower()}{role[1:]}"


def _ended(reason: str) -> str:
    return f"{reason.strip().rstrip('.')}."
