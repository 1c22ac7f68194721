"""Hand-made measurements for the judgement tables: a series is drawn, not computed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from lineofsight.comparators.comparator import Area, Comparator, Spread
from lineofsight.judgement.finding import Finding
from lineofsight.judgement.judge import judge
from lineofsight.measurement.measurement import Basis, Measurement, Value
from lineofsight.reference.authority import Target
from lineofsight.reference.periods import Month, Period
from lineofsight.reference.polarity import Polarity

HIGH, LOW, NEUTRAL = Polarity.HIGH, Polarity.LOW, Polarity.NEUTRAL
AUGUST = Month.parse("2020-08")
AS_AT = date(2020, 9, 15)
POPULATION = 50_310


@dataclass(frozen=True, slots=True)
class Drawn:
    """An indicator as a drawn table needs one; it describes itself and counts nothing."""

    id: str
    name: str
    good: Polarity = NEUTRAL
    unit: str = ""
    scale: int = 1
    decimals: int = 0
    is_snapshot: bool = False
    counted: str = "children"
    moved_by: tuple[Drawn, ...] = ()
    chapter: str = ""
    published: str = ""
    source: str = "drawn for a test"
    note: str = ""
    blanks: str = ""
    brief: str = ""


def percentage(identity: str, name: str, good: Polarity = HIGH, **more: object) -> Drawn:
    return Drawn(identity, name, good, unit="%", scale=100, **more)  # type: ignore[arg-type]


def stock_rate(identity: str, name: str, moved_by: tuple[Drawn, ...] = ()) -> Drawn:
    return Drawn(
        identity,
        name,
        unit=" per 10,000",
        scale=10_000,
        is_snapshot=True,
        moved_by=moved_by,
    )


def flow(
    indicator: Drawn,
    pairs: Sequence[tuple[float, float | None]],
    last: Month = AUGUST,
    design_effect: float = 1.0,
) -> Measurement:
    """Measure a flow from its months' (numerator, denominator), oldest first."""
    first = last - (len(pairs) - 1)
    series = tuple(
        Value(Period.month(first + i), Basis.MONTH, x, n, indicator.scale)
        for i, (x, n) in enumerate(pairs)
    )
    rolling = tuple(_twelve(indicator, pairs, first, i) for i in range(len(pairs)))
    return Measurement(indicator, "Drawn", series, rolling, design_effect=design_effect)


def snapshot(
    indicator: Drawn, pairs: Sequence[tuple[float, float | None]], last: Month = AUGUST
) -> Measurement:
    """Measure a snapshot from its month-ends' (numerator, denominator), oldest first."""
    first = last - (len(pairs) - 1)
    series = tuple(
        Value(Period.month_end(first + i), Basis.MONTH_END, x, n, indicator.scale)
        for i, (x, n) in enumerate(pairs)
    )
    basis = Basis.MEAN_OF_MONTH_ENDS
    rolling = tuple(
        replace(_twelve(indicator, pairs, first, i), basis=basis) for i in range(len(pairs))
    )
    return Measurement(indicator, "Drawn", series, rolling)


def annual(indicator: Drawn, pairs: Sequence[tuple[float, float | None]], last: int) -> Measurement:
    """Measure an annual series from its years' (numerator, denominator), oldest first."""
    years = range(last - len(pairs) + 1, last + 1)
    series = tuple(
        Value(Period.census_year(year), Basis.YEAR, x, n, indicator.scale)
        for year, (x, n) in zip(years, pairs, strict=True)
    )
    return Measurement(indicator, "Drawn", series)


def comparator(
    indicator: Drawn, area: Area, value: str, year: int = 2020, **more: object
) -> Comparator:
    return Comparator(
        indicator=indicator.id,
        area=area,
        area_name=area.value,
        value=Decimal(value),
        decimals=0,
        period=f"year to 31 March {year}",
        period_ends_on=date(year, 3, 31),
        published_on=date(year, 9, 1),
        vintage="drawn",
        source="drawn for a test",
        **more,  # type: ignore[arg-type]
    )


def neighbours(indicator: Drawn, value: str, year: int = 2020, **more: object) -> Comparator:
    return comparator(indicator, Area.STATISTICAL_NEIGHBOURS, value, year, **more)


def region(indicator: Drawn, value: str, year: int = 2020) -> Comparator:
    return comparator(indicator, Area.REGION, value, year)


def england(indicator: Drawn, value: str, year: int = 2020) -> Comparator:
    return comparator(indicator, Area.ENGLAND, value, year)


def spread(indicator: Drawn, gap: float, change: float = 0.1, tau: float = 0.35) -> Spread:
    return Spread(indicator.id, gap, change, tau, "2019", 150, "drawn for a test")


def one(
    measurement: Measurement,
    *comparators: Comparator,
    spreads: Sequence[Spread] = (),
    target: str | None = None,
    others: Sequence[Measurement] = (),
    as_at: date = AS_AT,
) -> Finding:
    """Judge one measurement, in the company of others, and give its finding."""
    identity = measurement.indicator.id
    targets = {identity: Target(Decimal(target), "drawn")} if target else {}
    return judge([measurement, *others], comparators, spreads, targets, as_at)[0]


def _twelve(
    indicator: Drawn, pairs: Sequence[tuple[float, float | None]], first: Month, i: int
) -> Value:
    window = pairs[max(0, i - 11) : i + 1]
    totals = [n for _, n in window if n is not None]
    is_flow_rate = indicator.scale == 10_000 and not indicator.is_snapshot
    below = (totals[-1] if is_flow_rate else sum(totals)) if totals else None
    period = Period.twelve_months(first + i, len(window))
    above = sum(x for x, _ in window)
    return Value(period, Basis.TWELVE_MONTHS, above, below, indicator.scale)
