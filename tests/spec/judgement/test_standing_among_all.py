"""Where an authority stands among all: quarters, ranks and the funnel, each worked out by hand.

The funnel's limits are those of Spiegelhalter's additive overdispersion: for a percentage on the
arcsine scale, `sin(asin sqrt p +- z sqrt(1/4n + tau^2))^2`; for a rate on the log scale of observed
over expected, `England x exp(+- z sqrt(1/E + tau^2))` with E the number expected at England's rate.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from lineofsight.comparators.catalogue import published_indicator
from lineofsight.comparators.published_indicator import PublishedIndicator
from lineofsight.judgement.funnel import percentage_limits, rate_limits
from lineofsight.judgement.standing import (
    Quarter,
    Ranking,
    Zone,
    funnel_of,
    quartiles,
    rank_among,
)
from lineofsight.judgement.thresholds import Z_95, Z_998
from lineofsight.measurement.all_authorities import AllAuthorities, AuthorityFigure
from lineofsight.reference.polarity import HIGH, LOW, NEUTRAL


def numbers(text: str) -> list[Decimal]:
    return [Decimal(number) for number in text.split()]


def indicator(identity: str) -> PublishedIndicator:
    found = published_indicator(identity)
    assert found is not None
    return found


def everyone(identity: str, england: str, tau: float, drawn: str) -> AllAuthorities:
    """Authorities drawn as rows of a code, a numerator and a denominator."""
    described = indicator(identity)
    figures = []
    for row in drawn.strip().splitlines():
        code, top, bottom = row.split()
        share = Decimal(top) / Decimal(bottom) * described.scale
        counts = float(top), float(bottom)
        figures.append(AuthorityFigure(code, f"Place {code}", round(share, 1), counts))
    return AllAuthorities(
        indicator=described,
        period=described.timing.period(2020),
        figures=tuple(figures),
        without=(),
        own="852",
        neighbours=(),
        england=Decimal(england),
        tau=tau,
    )


# Quarters and ranks.


def test_quartiles_lie_between_two_figures() -> None:
    """Six figures: places 5 x 1/4 = 1.25, 2.5 and 3.75, counted from 0.

    10 20 30 40 50 60: 20 + 0.25 x 10 = 22.5; 30 + 0.5 x 10 = 35; 40 + 0.75 x 10 = 47.5.
    """
    assert quartiles(numbers("60 10 50 20 40 30")) == tuple(numbers("22.5 35 47.5"))


def test_one_figure_is_all_three_quartiles() -> None:
    assert quartiles(numbers("7")) == tuple(numbers("7 7 7"))


def test_no_figures_have_no_quartiles() -> None:
    with pytest.raises(ValueError, match="no values"):
        quartiles([])


def test_figures_on_the_first_quartile_are_in_the_best_quarter_where_low_is_good() -> None:
    """Nine figures, places 2, 4 and 6: the quartiles are 20, 25 and 30 themselves.

    Three of the nine are at 20, on the boundary: all three, and the 10 below, are in the lowest
    quarter, band A. 25 is on the median, so second-lowest; 30, on the third quartile, is C, not D.
    """
    drawn = numbers("10 20 20 20 25 26 30 31 40")
    assert quartiles(drawn) == tuple(numbers("20 25 30"))
    bands = {str(own): rank_among(own, drawn, LOW).band for own in drawn}  # type: ignore[union-attr]
    assert bands == {
        "10": "A",
        "20": "A",
        "25": "B",
        "26": "C",
        "30": "C",
        "31": "D",
        "40": "D",
    }


def test_figures_on_the_third_quartile_are_not_in_the_best_quarter_where_high_is_good() -> None:
    """The same nine: only 31 and 40 lie above 30 (A); 30 is B; 20, on the first quartile, is D."""
    drawn = numbers("10 20 20 20 25 26 30 31 40")
    bands = {str(own): rank_among(own, drawn, HIGH).band for own in drawn}  # type: ignore[union-attr]
    assert bands == {
        "10": "D",
        "20": "D",
        "25": "C",
        "26": "B",
        "30": "B",
        "31": "A",
        "40": "A",
    }


def test_equals_share_the_best_rank_and_the_next_one_leaves_a_gap() -> None:
    """High is good: 9 is first, both 8 are second, 7 is fourth.

    Quartiles of 7 8 8 9 at places 0.75, 1.5 and 2.25: 7.75, 8 and 8.25. 8 lies on the median, and a
    figure on a quartile belongs to the quarter below it: C.
    """
    drawn = numbers("8 7 9 8")
    assert rank_among(Decimal(9), drawn, HIGH) == Ranking(1, 4, 0, Quarter.HIGHEST, "A")
    assert rank_among(Decimal(8), drawn, HIGH) == Ranking(2, 4, 1, Quarter.SECOND_LOWEST, "C")
    assert rank_among(Decimal(7), drawn, HIGH) == Ranking(4, 4, 0, Quarter.LOWEST, "D")


def test_where_low_is_good_the_lowest_is_first() -> None:
    """The same four: 7 is first; both 8, on the median, are in the second-lowest quarter, B."""
    drawn = numbers("8 7 9 8")
    assert rank_among(Decimal(7), drawn, LOW) == Ranking(1, 4, 0, Quarter.LOWEST, "A")
    assert rank_among(Decimal(8), drawn, LOW) == Ranking(2, 4, 1, Quarter.SECOND_LOWEST, "B")
    assert rank_among(Decimal(9), drawn, LOW) == Ranking(4, 4, 0, Quarter.HIGHEST, "D")


def test_neutral_gets_no_rank_and_no_quarter() -> None:
    assert rank_among(Decimal(8), numbers("8 7 9 8"), NEUTRAL) is None


# The funnel.


def test_limits_of_a_percentage_by_hand() -> None:
    """England 64%, 400 children, tau 0.1: sqrt(1/1600 + 0.01) = sqrt(0.010625) = 0.1030776.

    asin sqrt 0.64 = asin 0.8 = 0.9272952. 95%: 0.9272952 -+ 1.959964 x 0.1030776 = 0.2020285, so
    0.7252667 and 1.1293237; sin 0.7252667 = 0.6633, squared 44.0%; sin 1.1293237 = 0.9041, squared
    81.7%. 99.8%: -+ 3.090232 x 0.1030776 = 0.3185338, so 0.6087614 and 1.2458290; 0.57185^2 = 32.7%
    and 0.94767^2 = 89.8%. Without tau: -+ 3.090232 x 0.025 = 0.0772558, so 56.4% and 71.2%.
    """
    assert percentage_limits(400, 64, 0.1, Z_95) == pytest.approx((44.0, 81.7), abs=0.05)
    assert percentage_limits(400, 64, 0.1, Z_998) == pytest.approx((32.7, 89.8), abs=0.05)
    assert percentage_limits(400, 64, 0.0, Z_998) == pytest.approx((56.4, 71.2), abs=0.05)


def test_limits_of_a_rate_by_hand() -> None:
    """England 40 per 10,000, 25,000 children: E = 100; tau 0.3: sqrt(0.01 + 0.09) = 0.3162278.

    95%: exp(1.959964 x 0.3162278) = exp(0.619795) = 1.85855, so 40 / 1.85855 = 21.5 and 74.3.
    99.8%: exp(3.090232 x 0.3162278) = exp(0.977217) = 2.65705, so 15.1 and 106.3. Without tau the
    99.8% limits would be 40 / 1.36207 = 29.4 and 54.5.
    """
    assert rate_limits(25_000, 40, 10_000, 0.3, Z_95) == pytest.approx((21.5, 74.3), abs=0.05)
    assert rate_limits(25_000, 40, 10_000, 0.3, Z_998) == pytest.approx((15.1, 106.3), abs=0.05)
    assert rate_limits(25_000, 40, 10_000, 0.0, Z_998) == pytest.approx((29.4, 54.5), abs=0.05)


def test_authorities_are_placed_by_the_limits_of_their_size() -> None:
    """England 40, 25,000 children each: 95% from 21.5 to 74.3, 99.8% from 15.1 to 106.3, as above.

    266 of 25,000 are 106.4, 265 are 106.0; 186 are 74.4, 185 are 74.0; 54 are 21.6, 53 are 21.2;
    38 are 15.2, 37 are 14.8.
    """
    drawn = """
        801 266 25000
        802 265 25000
        803 186 25000
        804 185 25000
        805 54 25000
        806 53 25000
        807 38 25000
        808 37 25000
    """
    funnel = funnel_of(everyone("child_protection.plan_rate", "40", 0.3, drawn))
    assert funnel is not None
    assert [one.zone for one in funnel.placed] == [
        Zone.ABOVE_998,
        Zone.ABOVE_95,
        Zone.ABOVE_95,
        Zone.WITHIN,
        Zone.WITHIN,
        Zone.BELOW_95,
        Zone.BELOW_95,
        Zone.BELOW_998,
    ]


def test_the_limits_narrow_with_size_and_stay_between_none_and_all() -> None:
    drawn = "801 3 4\n802 3000 4000"
    funnel = funnel_of(everyone("child_protection.icpc_timeliness", "90", 0.1, drawn))
    assert funnel is not None
    assert (funnel.outer.sizes[0], funnel.outer.sizes[-1]) == pytest.approx((4, 4000))
    assert funnel.outer.upper[0] == 100
    assert funnel.outer.upper[-1] < 100
    assert sorted(funnel.outer.lower) == list(funnel.outer.lower)


def test_nobody_on_a_plan_lies_low_and_is_no_error() -> None:
    """Expected 100: ln(0.5 / 100) / 0.3162 = -16.8, far below the limits; drawn at 0."""
    drawn = "801 0 25000\n802 100 25000"
    funnel = funnel_of(everyone("child_protection.plan_rate", "40", 0.3, drawn))
    assert funnel is not None
    assert (funnel.placed[0].zone, funnel.placed[0].value) == (Zone.BELOW_998, 0)


def test_none_of_a_few_is_no_rarity_and_none_of_many_is() -> None:
    """England 2%, no overdispersion; half an event stands for none.

    asin sqrt 0.02 = 0.14190. Of 150: asin sqrt(0.5/150) = 0.05777, (0.05777 - 0.14190) x 2 x
    sqrt 150 = -2.06, below the 95% limits. Of 1,000: asin sqrt 0.0005 = 0.02236, times 2 sqrt 1000
    = 63.25, -7.56. All of 150 where 98% are usual mirrors the first.
    """
    drawn = "801 0 150\n802 0 1000"
    few = funnel_of(everyone("child_protection.two_years_or_more", "2", 0.0, drawn))
    full = funnel_of(everyone("child_protection.reviews_in_time", "98", 0.0, "801 150 150"))
    assert few is not None
    assert full is not None
    assert [one.zone for one in few.placed] == [Zone.BELOW_95, Zone.BELOW_998]
    assert [one.zone for one in full.placed] == [Zone.ABOVE_95]


def test_an_authority_without_counts_is_ranked_but_not_drawn() -> None:
    drawn = everyone("child_protection.icpc_timeliness", "80", 0.1, "801 80 100\n802 70 100")
    bare = replace(drawn, figures=(*drawn.figures, AuthorityFigure("803", "C", Decimal(5), None)))
    funnel = funnel_of(bare)
    assert funnel is not None
    assert [one.figure.code for one in funnel.placed] == ["801", "802"]


@pytest.mark.parametrize("lacking", ["england", "tau"])
def test_without_england_or_overdispersion_there_is_no_funnel(lacking: str) -> None:
    """Never the raw limits of chance alone."""
    drawn = everyone("child_protection.plan_rate", "40", 0.3, "801 100 25000")
    assert funnel_of(replace(drawn, **{lacking: None})) is None  # type: ignore[arg-type]
