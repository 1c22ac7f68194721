"""The level of a measurement: its intervals, its comparisons, its target, and its change."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from lineofsight.comparators.comparator import Area, Comparator, Spread, admissible
from lineofsight.judgement.charts import Chart
from lineofsight.judgement.finding import (
    Assurance,
    Change,
    Comparison,
    Direction,
    Strength,
)
from lineofsight.judgement.funnel import LEAST_EVENTS, percentage_z, rate_z
from lineofsight.judgement.intervals import (
    events_interval,
    percentage_interval,
    rate_interval,
    rate_ratio,
    share_difference,
)
from lineofsight.judgement.thresholds import (
    BARE_GAPS,
    FULL_YEAR,
    MONTHS_IN_AGREEMENT,
    MONTHS_LOOKED_AT,
    YEARS_LOOKED_AT,
    Z_95,
    Z_998,
)
from lineofsight.measurement.measurement import Basis, Measurement, Value, round_half_up
from lineofsight.reference.authority import Target
from lineofsight.reference.periods import Month
from lineofsight.reference.polarity import Polarity

PERCENT = 100
Pair = tuple[Decimal, Decimal]
Bounds = tuple[Pair | None, Pair | None]

_BAD_SIDES = {Polarity.HIGH: Direction.LOWER, Polarity.LOW: Direction.HIGHER}
_PAPER_ORDER = (Area.STATISTICAL_NEIGHBOURS, Area.REGION, Area.ENGLAND)


def counts_of(value: Value) -> tuple[float, float] | None:
    """Give numerator and denominator of a percentage or rate; None where there are none.

    The mean of month-ends is given for one month-end, since its children are the same children
    twelve times over.
    """
    if not value.denominator or value.scale == 1 or math.isnan(value.numerator):
        return None
    months = value.period.months if value.basis is Basis.MEAN_OF_MONTH_ENDS else 1
    return value.numerator / months, value.denominator / months


def interval_of(value: Value, design_effect: float, z: float) -> Pair | None:
    """Give the interval of a value in display units; None for averages, counts and bare figures."""
    counts = counts_of(value)
    if counts is None:
        return None
    if value.scale == PERCENT:
        return _decimals(percentage_interval(*counts, design_effect, z))
    return _decimals(rate_interval(*counts, value.scale, design_effect, z))


def month_interval(value: Value, design_effect: float) -> Pair | None:
    """Give the 95% interval of one period's own value; for a bare count that of its events."""
    if value.denominator is not None or value.given is not None:
        return interval_of(value, design_effect, Z_95)
    lower, upper = events_interval(value.numerator / design_effect)
    return _decimals((lower * design_effect, upper * design_effect))


def a_month_of(level: Value) -> Decimal | None:
    """Give what a level means for one month: a count over twelve months is shared out."""
    is_sum = level.denominator is None and level.basis is Basis.TWELVE_MONTHS
    return level.exact / level.period.months if level.exact is not None and is_sum else level.exact


def chosen(
    comparators: Sequence[Comparator], measurement: Measurement, as_at: date
) -> tuple[Comparator, ...]:
    """Give the comparator of each area that was known on the day, in the order of a paper.

    Of several the newest that does not end after the figure itself is taken; one that ends later
    only where there is no other. One not known on `as_at` is never used.
    """
    level, indicator = measurement.level, measurement.indicator.id
    if level is None:
        return ()
    known = admissible((c for c in comparators if c.indicator == indicator), as_at)
    newest = (
        max((c for c in known if c.area is area), key=lambda c: _fitness(c, level), default=None)
        for area in _PAPER_ORDER
    )
    return tuple(c for c in newest if c is not None)


def compare(
    level: Value, comparator: Comparator, good: Polarity, bounds: Bounds, spread: Spread | None
) -> Comparison | None:
    """Hold a level against one comparator; None for a bare count, which no other area shares.

    `bounds` are the level's 95% and 99.8% intervals. Higher or lower is said where the 95% interval
    excludes the comparator, strongly where the 99.8% interval does. A figure published without its
    counts has no interval: it differs, weakly, where the gap is more than twice the gap usual among
    authorities.
    """
    exact = level.exact
    if exact is None or (level.denominator is None and level.given is None):
        return None
    strength = _strength(level, comparator, bounds, spread)
    return _side(exact, comparator, good, strength, _age(level, comparator))


def compare_again(
    was: Comparison, level: Value, good: Polarity, bounds: Bounds, spread: Spread | None
) -> Comparison:
    """Hold another level of the same period, that has a value, against the same comparator."""
    strength = _strength(level, was.comparator, bounds, spread)
    return _side(level.exact or Decimal(0), was.comparator, good, strength, was.age_months)


def usual_gaps(level: Value, comparator: Decimal, spread: Spread | None) -> float | None:
    """Give the gap to a comparator in units of the gap usual among authorities.

    In points for a percentage, on the log scale for anything else, where none counted stands as
    half an event, as in the funnel; None where it is not known.
    """
    exact = level.exact
    if exact is None or spread is None or spread.typical_gap <= 0:
        return None
    size = _distance(exact or _half_for_none(level), comparator, level.scale)
    return size / spread.typical_gap if math.isfinite(size) else None


def funnel_z(
    level: Value, england: Decimal | None, deff: float, spread: Spread | None
) -> float | None:
    """Give the overdispersion-adjusted z around England; None without counts, England or tau."""
    counts = counts_of(level)
    if counts is None or england is None or england <= 0 or spread is None:
        return None
    if level.scale == PERCENT:
        return percentage_z(*counts, float(min(england, Decimal(100))), spread.tau, deff)
    return rate_z(*counts, float(england), level.scale, spread.tau, deff)


def children_behind(level: Value, comparison: Comparison | None, good: Polarity) -> int | None:
    """Give how many children the gap to a comparator stands for; 0 on its good side.

    Gap times denominator for a percentage, gap times population for a rate, to whole children.
    """
    counts = counts_of(level)
    if counts is None or comparison is None:
        return None
    gap = {Polarity.HIGH: -comparison.gap, Polarity.LOW: comparison.gap}.get(good)
    size = abs(comparison.gap) if gap is None else max(gap, Decimal(0))
    return int(round_half_up(size * Decimal(repr(counts[1])) / level.scale, 0))


def reached(value: Value, standard: Decimal, good: Polarity) -> bool | None:
    """Say whether a value reaches a standard; None where it has no value or no good side."""
    if value.exact is None or good is Polarity.NEUTRAL:
        return None
    return value.exact >= standard if good is Polarity.HIGH else value.exact <= standard


def looked_at(measurement: Measurement) -> tuple[Value, ...]:
    """Give the values a target is judged over: the last twelve months, or three years."""
    count = YEARS_LOOKED_AT if measurement.is_annual else MONTHS_LOOKED_AT
    return measurement.series[-count:]


def assure(
    measurement: Measurement, level: Value, target: Target | None, chart: Chart | None
) -> Assurance:
    """Say whether the process reaches its target as it stands.

    Consistently, either where the target lies outside the process limits of the newest month
    (the assurance icon of Making Data Count), or where the 99.8% interval of the level excludes
    it and at least ten of the last twelve months agree: limits alone would never be sure of a
    small service, however long it went on.
    """
    good = measurement.indicator.good
    if target is None or good is Polarity.NEUTRAL:
        return Assurance.NO_TARGET
    sides = {_side_of_limits(chart, target), _side_of_level(measurement, level, target)} - {0}
    if len(sides) != 1:
        return Assurance.HIT_AND_MISS
    is_above = sides == {1}
    is_pass = is_above is (good is Polarity.HIGH)
    return Assurance.CONSISTENT_PASS if is_pass else Assurance.CONSISTENT_FAIL


def change_of(measurement: Measurement, spread: Spread | None) -> Change | None:
    """Give the newest twelve months (or year) against the one before, with its 95% interval.

    Newcombe's interval for percentages, a rate ratio for rates and counts; widened for rows that
    share a family. None where either year is not whole, and for averages and bare figures, which
    have no interval.
    """
    years = two_years(measurement)
    return years and change_between(measurement, *years, spread)


def change_between(
    measurement: Measurement, before: Value, after: Value, spread: Spread | None
) -> Change | None:
    """Give the change from one year to another of a measurement, as `change_of` does."""
    first, second = before.exact, after.exact
    if first is None or second is None:
        return None
    bounds = _change_bounds(before, after, measurement.design_effect)
    if bounds is None:
        return None
    size = _distance(second, first, after.scale)
    good, is_up = measurement.indicator.good, second > first
    is_real = not bounds[0] <= 0 <= bounds[1]
    return Change(
        first,
        second,
        second - first,
        *_decimals(bounds),
        is_real=is_real,
        is_marked=is_real and spread is not None and size > spread.typical_change,
        label=f"{after.period.label} against {before.period.label}",
        is_better=is_real and good is not Polarity.NEUTRAL and is_up is (good is Polarity.HIGH),
        is_worse=is_real and good is not Polarity.NEUTRAL and is_up is (good is Polarity.LOW),
    )


def two_years(measurement: Measurement) -> tuple[Value, Value] | None:
    """Give the year before and the newest year, or twelve months; None where one is not whole."""
    values = measurement.series if measurement.is_annual else measurement.rolling
    if not values:
        return None
    newest = values[-1]
    year_before = Month.of(newest.period.last_day) - FULL_YEAR
    before = next((v for v in values if Month.of(v.period.last_day) == year_before), None)
    if before is None or not all(_is_whole(v) for v in (before, newest)):
        return None
    return before, newest


def _decimals(bounds: tuple[float, float]) -> Pair:
    return Decimal(repr(bounds[0])), Decimal(repr(bounds[1]))


def _age(level: Value, comparator: Comparator) -> int:
    return Month.of(level.period.last_day).index - Month.of(comparator.period_ends_on).index


def _fitness(comparator: Comparator, level: Value) -> tuple[bool, int, date]:
    is_past = comparator.period_ends_on <= level.period.last_day
    day = comparator.period_ends_on.toordinal()
    return is_past, day if is_past else -day, comparator.published_on or date.min


def _side(
    exact: Decimal, comparator: Comparator, good: Polarity, strength: Strength, age_months: int
) -> Comparison:
    gap = exact - comparator.value
    direction = Direction.SIMILAR
    if strength is not Strength.NONE:
        direction = Direction.HIGHER if gap > 0 else Direction.LOWER
    bad = _BAD_SIDES.get(good)
    is_apart = bad is not None and direction is not Direction.SIMILAR
    return Comparison(
        comparator=comparator,
        direction=direction,
        strength=strength,
        is_worse=is_apart and direction is bad,
        is_better=is_apart and direction is not bad,
        gap=gap,
        age_months=age_months,
    )


def _strength(
    level: Value, comparator: Comparator, bounds: Bounds, spread: Spread | None
) -> Strength:
    narrow, wide = bounds
    if narrow is None or wide is None:
        gaps = usual_gaps(level, comparator.value, spread)
        is_far = gaps is not None and gaps > BARE_GAPS
        return Strength.WEAK if is_far else Strength.NONE
    if not wide[0] <= comparator.value <= wide[1]:
        return Strength.STRONG
    return Strength.NONE if narrow[0] <= comparator.value <= narrow[1] else Strength.WEAK


def _distance(one: Decimal, other: Decimal, scale: int) -> float:
    if scale == PERCENT:
        return abs(float(one - other))
    if one <= 0 or other <= 0:
        return 0.0 if one == other else math.inf
    return abs(math.log(one / other))


def _half_for_none(level: Value) -> Decimal:
    """A rate of nothing has no logarithm: the rate of half an event stands for it."""
    if not level.denominator:
        return Decimal(0)
    return Decimal(repr(LEAST_EVENTS * level.scale / level.denominator))


def _side_of_limits(chart: Chart | None, target: Target) -> int:
    if chart is None:
        return 0
    value = float(target.value)
    return int(chart.lower[-1] > value) - int(chart.upper[-1] < value)


def _side_of_level(measurement: Measurement, level: Value, target: Target) -> int:
    wide = interval_of(level, measurement.design_effect, Z_998)
    values = [value.exact for value in looked_at(measurement) if value.exact is not None]
    whole = YEARS_LOOKED_AT if measurement.is_annual else MONTHS_LOOKED_AT
    enough = whole if measurement.is_annual else MONTHS_IN_AGREEMENT
    if wide is None or len(values) < whole:
        return 0
    is_above = wide[0] > target.value and sum(v >= target.value for v in values) >= enough
    is_below = wide[1] < target.value and sum(v < target.value for v in values) >= enough
    return int(is_above) - int(is_below)


def _is_whole(value: Value) -> bool:
    is_day = value.basis in (Basis.YEAR_END, Basis.SEPTEMBER)
    return is_day or value.period.months == FULL_YEAR


def _change_bounds(before: Value, after: Value, deff: float) -> tuple[float, float] | None:
    pairs = counts_of(before), counts_of(after)
    if pairs[0] is not None and pairs[1] is not None:
        first, second = _effective(pairs[0], deff), _effective(pairs[1], deff)
        if before.scale == PERCENT:
            low, high = share_difference(first, second)
            return PERCENT * low, PERCENT * high
        return _ratio_bounds(before, rate_ratio(first, second))
    if before.denominator is None and after.denominator is None and before.given is None:
        first, second = (_effective((_count(v), 1.0), deff) for v in (before, after))
        return _ratio_bounds(before, rate_ratio((first[0], 1), (second[0], 1)))
    return None


def _effective(counts: tuple[float, float], deff: float) -> tuple[float, float]:
    return counts[0] / deff, counts[1] / deff


def _count(value: Value) -> float:
    return float(value.exact or 0)


def _ratio_bounds(before: Value, ratio: tuple[float, float] | None) -> tuple[float, float] | None:
    if ratio is None:
        return None
    base = float(before.exact or 0)
    return base * (ratio[0] - 1), base * (ratio[1] - 1)
