"""Which values of a paper are hidden, for whoever lays it out.

    hidden = protected(measurements, audience, settings.disclosure, months=24)
    hidden.is_hidden(measurement.indicator.id, value.period, value.basis)

Give *all* measurements that any part of the paper shows, once: figures, tables, charts, the text
behind a chart, small trend lines, sentences and the workbook all ask the one `Hidden` it returns. A
hidden value is hidden whole: its number, what it was made of, the point of a chart, and every
sentence, title and alternative text that names it (write `c`). Nothing may be shown that was not
given: no month before the `months` newest, no interval, limit or mean line from which a value can
be worked out. A figure of the Department's has been suppressed by the Department and is never
hidden. What comes back has withstood the audit, which raises DisclosureFault otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from lineofsight.disclosure.counting import family_of, kind_of, numerator_family_of
from lineofsight.disclosure.rules import Rules, is_suppressed
from lineofsight.disclosure.series import Kind, Line, Periods
from lineofsight.disclosure.table import FIXED, Numbers, Whole
from lineofsight.disclosure.tidy import COSTS, NEWEST, hide_all, marked, name_of
from lineofsight.indicators.indicator import Indicator
from lineofsight.measurement.measurement import Basis, Measurement, Value
from lineofsight.reference.audience import Audience
from lineofsight.reference.authority import Disclosure
from lineofsight.reference.periods import Period

Key = tuple[str, Period, Basis]
_NAMES = {
    Basis.MONTH: "month",
    Basis.MONTH_END: "month",
    Basis.TWELVE_MONTHS: "twelve months",
    Basis.MEAN_OF_MONTH_ENDS: "twelve months",
}


@dataclass(frozen=True, slots=True)
class Hidden:
    """The values of a paper that are hidden, and those that were given away before."""

    values: frozenset[Key] = frozenset()
    given_away: frozenset[Key] = frozenset()

    def is_hidden(self, indicator: str, period: Period, basis: Basis) -> bool:
        """Whether a value of a paper is hidden."""
        return (indicator, period, basis) in self.values


def protected(
    measurements: Sequence[Measurement],
    audience: Audience,
    disclosure: Disclosure,
    months: int = 24,
    published: frozenset[Key] = frozenset(),
) -> Hidden:
    """Choose the values that a paper hides: of its last `months`, the months and twelve months.

    `published` are the values that its readers have had before; they cannot be hidden.
    """
    if not is_suppressed(audience, disclosure):
        return Hidden()
    lines, shown = {}, {}
    last = max((_index(v) for m in measurements for v in m.series[-1:]), default=0)
    for one in measurements:
        indicator = one.indicator
        if isinstance(indicator, Indicator) and one.series and (kind := kind_of(indicator)):
            values = tuple(_shown(one, last, months))
            lines[indicator.id] = _line(one, indicator, kind, values, (last, months, published))
            shown[indicator.id] = values
    rules = Rules(disclosure.threshold, disclosure.smallest_denominator)
    chosen = [m.indicator for m in measurements if isinstance(m.indicator, Indicator)]
    found = hide_all(lines, chosen, rules)
    hidden, given_away = (
        frozenset(
            (name, value.period, value.basis)
            for name, values in shown.items()
            for value, is_in in zip(values, getattr(found[name], which), strict=True)
            if is_in
        )
        for which in ("is_hidden", "given_away")
    )
    _demand_safe(shown, chosen, Hidden(hidden, given_away), rules)
    return Hidden(hidden, given_away)


def _demand_safe(
    shown: Mapping[str, Sequence[Value]],
    indicators: Sequence[Indicator],
    hidden: Hidden,
    rules: Rules,
) -> None:
    """Attack the paper as its reader has it; raises DisclosureFault where a number comes out."""
    # Loaded here: linear programming takes seconds to load, and the service's paper needs none.
    from lineofsight.disclosure.audit import demand_nothing_recovered
    from lineofsight.disclosure.tidy_audit import recovered_from

    pairs = [(name, value) for name, values in shown.items() for value in values]
    rows = [_row(name, value) for name, value in pairs]
    truth = pl.DataFrame(rows)
    is_hidden = np.array([hidden.is_hidden(n, v.period, v.basis) for n, v in pairs], dtype=bool)
    known = {
        name_of(row)
        for row, (n, v) in zip(rows, pairs, strict=True)
        if (n, v.period, v.basis) in hidden.given_away
    }
    recovered = recovered_from(marked(truth, is_hidden), truth, indicators, rules) if rows else []
    demand_nothing_recovered([one for one in recovered if one.name not in known], "the paper")


def _row(name: str, value: Value) -> dict[str, Any]:
    """A value as a row of the tidy table, as far as its reader's equations need it."""
    return {
        "indicator": name,
        "breakdown": "total",
        "period": _NAMES[value.basis],
        "period_ends_on": value.period.last_day,
        "months": value.period.months,
        "numerator": float(value.numerator),
        "denominator": None if value.denominator is None else float(value.denominator),
        "value": 0.0,
    }


def _index(value: Value) -> int:
    day = value.period.last_day
    return day.year * 12 + day.month - 1


def _shown(one: Measurement, last: int, months: int) -> Iterator[Value]:
    yield from (v for v in (*one.series, *one.rolling) if _index(v) > last - months)


def _line(
    one: Measurement,
    indicator: Indicator,
    kind: Kind,
    values: Sequence[Value],
    frame: tuple[int, int, frozenset[Key]],
) -> Line:
    last, months, published = frame
    # The oldest twelve months shown reach eleven months further back than the months shown.
    first = last - months - 10
    stop = np.array([_index(v) - first + 1 for v in values])
    start = stop - np.array([v.period.months for v in values])
    cost = np.array(
        [_cost(v, last, (indicator.id, v.period, v.basis) in published) for v in values]
    )
    if indicator.each is not None:
        place = np.arange(len(values))
        counted, above = _counts(kind, values)
        family = (family_of(indicator), "different", indicator.id)
        return Line(indicator.id, kind, family, Periods(place, place + 1, cost), counted, above)
    inside = [v for v in one.series if _index(v) >= first]
    at = np.array([_index(v) - first for v in inside])
    whole, top = _counts(kind, inside)
    counted = _spread(whole, at, last - first + 1)
    above = None if top is None else _spread(top, at, last - first + 1)
    periods = Periods(start, stop, cost)
    same_as = numerator_family_of(indicator)
    return Line(indicator.id, kind, family_of(indicator), periods, counted, above, same_as)


def _cost(value: Value, last: int, is_out: bool) -> float:
    name = _NAMES[value.basis]
    return FIXED if is_out else COSTS[name] + (NEWEST[name] if _index(value) == last else 0.0)


def _counts(kind: Kind, values: Sequence[Value]) -> tuple[Numbers, Numbers | None]:
    above = np.array([v.numerator for v in values], np.float64)
    below = np.array([v.denominator or 0.0 for v in values], np.float64)
    if kind is Kind.SHARE:
        return below, above
    return (below, None) if kind is Kind.MEAN else (above, None)


def _spread(values: Numbers, at: Whole, months: int) -> Numbers:
    found = np.zeros(months)
    found[at] = values
    return found
