"""Rules drawn on yearly figures, as the Department publishes them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from judgement_drawn import HIGH, annual, neighbours, one, percentage, spread

from lineofsight.judgement.finding import Strength
from lineofsight.measurement.measurement import Basis, Measurement, Value
from lineofsight.reference.periods import Period

Pairs = list[tuple[float, float | None]]

seen = percentage("visits.seen", "Children seen in time", HIGH, counted="visits")


YEARS = [
    ("a marked and real gain", [(600, 1000), (700, 1000)], "70", "R5c"),
    ("a real gain no larger than usual", [(660, 1000), (705, 1000)], "70", "R6b"),
    ("a large gain on few", [(12, 20), (14, 20)], "70", "R6b"),
    ("a marked gain, still worse", [(500, 1000), (600, 1000)], "70", "R2a"),
    ("a marked loss, still similar", [(800, 1000), (700, 1000)], "70", "R6b"),
]


@pytest.mark.parametrize(("pairs", "sn", "rule"), [c[1:] for c in YEARS], ids=[c[0] for c in YEARS])
def test_years(pairs: Pairs, sn: str, rule: str) -> None:
    usual = replace(spread(seen, 8.0), typical_change=5.0)

    assert one(annual(seen, pairs, 2020), neighbours(seen, sn), spreads=[usual]).rule == rule


LONG_BETTER = [
    ("three years", [(780, 1000), (790, 1000), (790, 1000)], "70", "R5d"),
    ("two years", [(600, 1000), (785, 1000), (790, 1000)], "70", "R6b"),
    ("by less than the usual gap", [(770, 1000)] * 3, "70", "R6b"),
    ("but surely worse than the year before", [(900, 1000), (900, 1000), (790, 1000)], "70", "R6b"),
    ("on few children", [(16, 20)] * 3, "70", "R6b"),
]


@pytest.mark.parametrize(
    ("pairs", "sn", "rule"), [c[1:] for c in LONG_BETTER], ids=[c[0] for c in LONG_BETTER]
)
def test_what_has_long_been_better_is_a_positive_area(pairs: Pairs, sn: str, rule: str) -> None:
    usual = replace(spread(seen, 8.0), typical_change=50.0)

    found = one(annual(seen, pairs, 2020), neighbours(seen, sn), spreads=[usual])

    assert found.rule == rule
    if rule == "R5d":
        assert found.because == (
            "79% in the year to 31 March 2020 is higher than the statistical neighbours' 70% (year"
            " to 31 March 2020): the 99.8% interval, 75% to 83%, lies wholly above it; it was at"
            " least as good in each of the last 3 years, and nothing is surely worse than before."
        )


def test_what_would_change_a_gain_counts_the_gain_again() -> None:
    # 60.0% to 70.0%: a rise of 5 points stays marked, so 49 fewer keep it and 50 end it.
    usual = replace(spread(seen, 8.0), typical_change=5.0)
    gained = annual(seen, [(600, 1000), (700, 1000)], 2020)

    found = one(gained, neighbours(seen, "60"), spreads=[usual])

    assert found.would_change == "It would be in line had 50 fewer of the 1,000 visits met the" + (
        " condition."
    )


def test_a_change_is_not_taken_across_a_missing_year() -> None:
    drawn = annual(seen, [(600, 1000), (1, 1), (700, 1000)], 2020)
    gapped = replace(drawn, series=(drawn.series[0], drawn.series[2]))

    assert one(gapped, neighbours(seen, "70")).evidence.change is None


def bare(published: str) -> Measurement:
    value = Value(Period.census_year(2020), Basis.YEAR, 0.0, None, 100, Decimal(published))
    return Measurement(seen, "Drawn", (value,))


def test_a_figure_published_without_counts_differs_only_by_twice_the_usual_gap() -> None:
    usual = [spread(seen, 5.0)]

    far = one(bare("69"), neighbours(seen, "80"), spreads=usual)
    near = one(bare("71"), neighbours(seen, "80"), spreads=usual)

    assert (far.rule, far.strength) == ("R2a", Strength.WEAK)
    assert near.rule == "R6b"
    assert near.because.startswith("71% in the year to 31 March 2020 is not far from")


def test_a_positive_area_that_rests_on_one_years_gain_says_that_gains_are_given_back() -> None:
    usual = replace(spread(seen, 8.0), typical_change=5.0)
    gained = annual(seen, [(600, 1000), (700, 1000)], 2020)
    long_good = annual(seen, [(790, 1000)] * 3, 2020)

    rests_on_a_year = one(gained, neighbours(seen, "70"), spreads=[usual])
    rests_on_three = one(long_good, neighbours(seen, "70"), spreads=[usual])

    said = (
        "One year carries the gain; of gains larger than usual English authorities gave back about"
        " a fifth in the next year, more for some figures than for others."
    )
    assert (rests_on_a_year.rule, said in rests_on_a_year.tensions) == ("R5c", True)
    assert (rests_on_three.rule, said in rests_on_three.tensions) == ("R5d", False)
