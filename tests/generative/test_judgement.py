"""What holds of every verdict, and how often quiet data raise one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lineofsight.comparators.comparator import Area, Comparator
from lineofsight.judgement.finding import Finding, Signal, Strength, Verdict
from lineofsight.judgement.judge import judge, near_misses
from lineofsight.measurement.measurement import Basis, Measurement, Value
from lineofsight.reference.authority import Target
from lineofsight.reference.periods import Month, Period
from lineofsight.reference.polarity import Polarity

AUGUST = Month.parse("2020-08")
AS_AT = date(2020, 9, 15)
_MIRROR = {
    Polarity.HIGH: Polarity.LOW,
    Polarity.LOW: Polarity.HIGH,
    Polarity.NEUTRAL: Polarity.NEUTRAL,
}
_SURENESS = {Strength.NONE: 0, Strength.WEAK: 1, Strength.STRONG: 2}

Pairs = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Generated:
    """A percentage that describes itself and counts nothing."""

    good: Polarity
    id: str = "generated.share"
    name: str = "A generated share"
    unit: str = "%"
    scale: int = 100
    decimals: int = 0
    is_snapshot: bool = False
    counted: str = "children"
    chapter: str = "generated"
    published: str = ""
    source: str = "generated for a test"
    note: str = ""
    blanks: str = ""
    brief: str = ""


def measured(good: Polarity, pairs: Sequence[tuple[int, int]]) -> Measurement:
    first = AUGUST - (len(pairs) - 1)
    series = tuple(
        Value(Period.month(first + i), Basis.MONTH, x, n, 100) for i, (x, n) in enumerate(pairs)
    )
    rolling = tuple(_twelve(pairs, first, i) for i in range(len(pairs)))
    return Measurement(Generated(good), "Generated", series, rolling)


def _twelve(pairs: Sequence[tuple[int, int]], first: Month, i: int) -> Value:
    window = pairs[max(0, i - 11) : i + 1]
    period = Period.twelve_months(first + i, len(window))
    above, below = (sum(pair[side] for pair in window) for side in (0, 1))
    return Value(period, Basis.TWELVE_MONTHS, above, below, 100)


def beside(value: Decimal) -> Comparator:
    return Comparator(
        indicator="generated.share",
        area=Area.STATISTICAL_NEIGHBOURS,
        area_name="Neighbours",
        value=value,
        decimals=1,
        period="year to 31 March 2020",
        period_ends_on=date(2020, 3, 31),
        published_on=date(2020, 9, 1),
        vintage="generated",
        source="generated for a test",
    )


def judged(
    good: Polarity, pairs: Pairs, sn: Decimal | None = None, target: Decimal | None = None
) -> Finding:
    compared = [] if sn is None else [beside(sn)]
    targets = {} if target is None else {"generated.share": Target(target, "generated")}
    return judge([measured(good, pairs)], compared, (), targets, AS_AT)[0]


months = st.integers(0, 90).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
series = st.lists(months, min_size=1, max_size=30)
shares = st.none() | st.integers(0, 1000).map(lambda tenths: Decimal(tenths) / 10)
polarities = st.sampled_from(list(Polarity))


@settings(max_examples=150, deadline=None)
@given(polarities, series, shares, shares)
def test_any_measurement_has_one_verdict_and_always_the_same(
    good: Polarity, pairs: Pairs, sn: Decimal | None, target: Decimal | None
) -> None:
    first, again = judged(good, pairs, sn, target), judged(good, pairs, sn, target)

    assert first == again
    assert first.because.endswith(".")
    assert "{" not in first.because
    assert near_misses([first]) == near_misses([again])


@settings(max_examples=150, deadline=None)
@given(polarities, series, shares, shares)
def test_counting_the_others_with_the_other_polarity_gives_the_same_verdict(
    good: Polarity, pairs: Pairs, sn: Decimal | None, target: Decimal | None
) -> None:
    others = [(n - x, n) for x, n in pairs]
    turned = [None if value is None else 100 - value for value in (sn, target)]

    found, mirrored = judged(good, pairs, sn, target), judged(_MIRROR[good], others, *turned)

    assert (found.verdict, found.rule, found.strength) == (
        mirrored.verdict,
        mirrored.rule,
        mirrored.strength,
    )


@settings(max_examples=100, deadline=None)
@given(polarities, series, shares, st.integers(2, 12))
def test_more_children_at_the_same_rate_never_make_a_difference_less_sure(
    good: Polarity, pairs: Pairs, sn: Decimal | None, times: int
) -> None:
    few = judged(good, pairs, sn).evidence.first
    many = judged(good, [(x * times, n * times) for x, n in pairs], sn).evidence.first

    assert (few is None) == (many is None)
    if few is not None and many is not None:
        assert _SURENESS[many.strength] >= _SURENESS[few.strength]


@settings(max_examples=100, deadline=None)
@given(series, shares, shares)
def test_a_neutral_figure_is_never_positive_better_or_worse(
    pairs: Pairs, sn: Decimal | None, target: Decimal | None
) -> None:
    found = judged(Polarity.NEUTRAL, pairs, sn, target)

    assert found.verdict is not Verdict.POSITIVE
    said = " ".join((found.because, *found.tensions))
    assert "worse" not in said
    assert "better" not in said


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([Polarity.HIGH, Polarity.LOW]), series, shares)
def test_what_is_said_would_change_the_verdict_does(
    good: Polarity, pairs: Pairs, sn: Decimal | None
) -> None:
    # Under 24 months there is no change of year on year, which the twelve months would also move.
    found = judged(good, pairs[:20], sn)
    level = found.measurement.level
    assume(level is not None and " of the " in found.would_change)
    count = int(found.would_change.split(" had ")[1].split()[0].replace(",", ""))
    shift = count if " more of " in found.would_change else -count
    moved = replace(level, numerator=level.numerator + shift)
    measurement = replace(found.measurement, rolling=(*found.measurement.rolling[:-1], moved))

    compared = [] if sn is None else [beside(sn)]
    turned = judge([measurement], compared, (), {}, AS_AT)[0]

    assert turned.verdict is not found.verdict
    assert turned.verdict.value in found.would_change


def quiet_series(generator: np.random.Generator, share: float, mean: int) -> Pairs:
    sizes = generator.poisson(mean, 24) + 1
    return [(int(generator.binomial(n, share)), int(n)) for n in sizes]


def test_quiet_data_are_seldom_called_unusual_and_more_seldom_listed() -> None:
    """Nothing happens in 1,200 series; the newest month of the measured XmR chart errs in 1.6%."""
    generator = np.random.default_rng(20_200_831)
    shapes = [(0.8, 60), (0.98, 60), (0.9, 12), (0.6, 250)]
    found = [
        judged(Polarity.HIGH, quiet_series(generator, share, mean))
        for share, mean in shapes
        for _ in range(300)
    ]

    signals = sum(f.evidence.variation.signal is not Signal.COMMON_CAUSE for f in found)
    listed = sum(f.verdict in (Verdict.POSITIVE, Verdict.DEVELOPMENT) for f in found)
    assert signals / len(found) < 0.03
    assert listed / len(found) < 0.01


def test_a_fall_of_a_quarter_is_nearly_always_seen() -> None:
    generator = np.random.default_rng(31)
    fallen = [
        judged(
            Polarity.HIGH,
            [*quiet_series(generator, 0.8, 60)[1:], (int(generator.binomial(60, 0.5)), 60)],
        )
        for _ in range(100)
    ]

    assert sum(f.verdict is Verdict.DEVELOPMENT for f in fallen) >= 85
