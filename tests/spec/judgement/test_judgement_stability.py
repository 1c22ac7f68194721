"""How stable a verdict is, drawn: which month carries it, and which comparator."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from judgement_drawn import (
    HIGH,
    POPULATION,
    Drawn,
    annual,
    comparator,
    flow,
    neighbours,
    one,
    percentage,
    snapshot,
    spread,
    stock_rate,
)

from lineofsight.comparators.comparator import Area, Comparator
from lineofsight.judgement.finding import Check, Finding, Otherwise, Verdict
from lineofsight.judgement.judge import judge
from lineofsight.judgement.leaving_out import each_left_out
from lineofsight.measurement.measurement import AtLimit, Measurement

Pairs = list[tuple[float, float | None]]

seen = percentage("visits.seen", "Children seen in time", HIGH, counted="visits")
plans = Drawn("plans.starts", "Plans started", unit=" per 10,000", scale=10_000)
cared_for = stock_rate("care.rate", "Children looked after")
SN_80 = neighbours(seen, "80")


def of_period(finding: Finding) -> Check:
    return next(check for check in finding.stability if check.of == "period left out")


def against(finding: Finding) -> Check | None:
    return next((check for check in finding.stability if check.of == "comparators"), None)


def test_no_single_month_carries_a_figure_that_is_worse_in_all() -> None:
    found = one(flow(seen, [(70, 100)] * 24), SN_80)

    assert of_period(found) == Check(
        "period left out",
        12,
        12,
        (),
        "The verdict is the same whichever of the twelve months is left out.",
    )


def test_the_month_that_carries_a_verdict_is_named() -> None:
    # Eleven months at 79 of 100 and one, May, at 50: 919 of 1,200 = 76.6%, 95% interval to 78.9%.
    # Without May 869 of 1,100 = 79.0%, interval to 81.3%, which holds the neighbours' 80%. Without
    # another month 840 of 1,100 = 76.4%, interval to 78.8%.
    months: Pairs = [(79, 100)] * 20 + [(50, 100)] + [(79, 100)] * 3

    found = one(flow(seen, months), SN_80)

    assert found.rule == "R2a"
    assert of_period(found) == Check(
        "period left out",
        12,
        11,
        (Otherwise("May 2020", Verdict.IN_LINE),),
        "Without May 2020 it would be in line.",
    )


def test_a_newest_month_that_carries_a_positive_area_is_named() -> None:
    usual = [(80 + wobble, 100) for wobble in (0, 2, -1, 1, -2, 0, 1, -1, 2, -2, 1, 0) * 2]
    found = one(flow(seen, [*usual[1:], (97, 100)]), SN_80)

    assert found.rule == "R5a"
    assert of_period(found).words == "Without August 2020 it would be in line."


def test_more_than_three_months_are_counted_not_named() -> None:
    # 932 of 1,200: interval to 79.93%, surely below 80. Without a month of 76 or of 77 the interval
    # of the 1,100 left reaches 80.17% or 80.09%; without one of 80 only 79.8%.
    months: Pairs = [(78, 100)] * 12 + [(76, 100), (77, 100), (80, 100)] * 4

    found = one(flow(seen, months), SN_80)

    assert (found.rule, of_period(found).tried, of_period(found).same) == ("R2a", 12, 4)
    assert of_period(found).words == (
        "Without any one of 8 of the twelve months it would be in line."
    )


def test_a_population_stands_for_the_months_that_are_left() -> None:
    drawn = flow(plans, [(12, POPULATION)] * 12)

    left_out, rest = next(each_left_out(drawn))

    # Eleven months of 12 plans over eleven twelfths of the residents' year: the rate stays.
    assert left_out.period.label == "September 2019"
    assert rest.rolling[-1].numerator == 132
    assert rest.rolling[-1].exact == pytest.approx(drawn.rolling[-1].exact)
    assert len(rest.series) == 11


def test_a_bare_count_stands_for_twelve_such_months() -> None:
    drawn = flow(Drawn("missing.episodes", "Missing"), [(30, None)] * 11 + [(60, None)])

    kept = [rest.rolling[-1].exact for _, rest in each_left_out(drawn)]

    # 390 in all: without a month of 30, 360 in eleven; without the one of 60, 330 in eleven.
    assert kept[0] == pytest.approx(Decimal(360) * 12 / 11)
    assert kept[-1] == 360


def test_children_counted_once_in_several_months_are_not_left_out_by_month() -> None:
    drawn = flow(seen, [(70, 100)] * 24)
    once = replace(drawn.rolling[-1], numerator=500.0)
    counted_once = replace(drawn, rolling=(*drawn.rolling[:-1], once))

    assert list(each_left_out(counted_once)) == []
    assert one(counted_once, SN_80).stability == ()


def test_a_stock_without_its_unusual_month() -> None:
    starts, ends = Drawn("care.starts", "Starts"), Drawn("care.ends", "Ends")
    rate = stock_rate("care.rate", "Children looked after", (starts, ends))
    came = [16, 18, 15, 17, 14, 16, 17, 15, 18, 14, 17, 16, 15, 18, 16, 14, 17, 15, 16, 18, 15, 17]
    pairs: Pairs = [(x, None) for x in (*came, 33, 18)]
    stock = snapshot(rate, [(488.0, POPULATION)] * 24)
    others = [flow(starts, pairs), flow(ends, [(16, None)] * 24)]

    found = one(stock, neighbours(rate, "86"), spreads=[spread(rate, 0.14)], others=others)

    assert found.rule == "R4"
    assert of_period(found).words == "Without the figure of 31 July 2020 it would be in line."


def yearly(*percents: float) -> Measurement:
    return annual(seen, [(percent * 10, 1000) for percent in percents], 2020)


def test_a_gain_rests_on_the_year_before() -> None:
    usual = replace(spread(seen, 8.0), typical_change=5.0)

    gained = one(yearly(61, 60, 70), neighbours(seen, "70"), spreads=[usual])
    low = one(yearly(61, 60, 50), neighbours(seen, "70"), spreads=[usual])

    assert of_period(gained).otherwise == (Otherwise("year to 31 March 2019", Verdict.IN_LINE),)
    assert of_period(gained).words == "Without the year to 31 March 2019 it would be in line."
    assert of_period(low).words == (
        "The verdict is the same whichever of the two earlier years is left out."
    )


def test_one_earlier_year_is_named() -> None:
    found = one(yearly(60, 50), neighbours(seen, "70"))

    assert of_period(found).words == "The verdict is the same without the year to 31 March 2019."


def by_list(value: str, version: str, year: int = 2020) -> Comparator:
    return neighbours(seen, value, year, group_version=version)


def held_against(mine: Comparator, *others: Comparator, as_at: date = date(2020, 9, 15)) -> Finding:
    return judge([flow(seen, [(76, 100)] * 24)], [mine], (), {}, as_at, others)[0]


def test_another_list_of_neighbours_that_gives_another_verdict_is_named() -> None:
    mine, theirs = by_list("80", "April 2021"), by_list("77", "May 2025")

    found = held_against(mine, theirs)

    assert found.rule == "R2a"
    assert against(found) == Check(
        "comparators",
        1,
        0,
        (Otherwise("against the neighbours by the list of May 2025", Verdict.IN_LINE),),
        "Against the neighbours by the list of May 2025 it would be in line.",
    )


def test_the_same_against_another_year_and_another_list() -> None:
    mine = by_list("80", "April 2021")

    found = held_against(mine, by_list("81", "April 2021", 2019), by_list("82", "May 2025"))

    check = against(found)
    assert check is not None
    assert (check.tried, check.same) == (2, 2)
    assert check.words == (
        "It is the same against the comparators for the year to 31 March 2019 and against the"
        " neighbours by the list of May 2025."
    )


def test_a_year_is_tried_with_all_its_areas_at_once() -> None:
    """England's older figure alone would change nothing: the neighbours decide."""
    older = (by_list("77", "", 2019), comparator(seen, Area.ENGLAND, "90", 2019))
    mine = (by_list("80", ""), comparator(seen, Area.ENGLAND, "80"))

    found = judge([flow(seen, [(76, 100)] * 24)], (*mine, *older), (), {}, date(2020, 9, 15))[0]

    check = against(found)
    assert check is not None
    assert check.words == (
        "Against the comparators for the year to 31 March 2019 it would be in line."
    )


def test_nothing_is_said_where_there_is_no_other_or_it_is_not_known_yet() -> None:
    mine = by_list("80", "April 2021")
    early = replace(by_list("77", "May 2025"), published_on=date(2025, 5, 1))

    assert against(held_against(mine)) is None
    assert against(held_against(mine, mine)) is None
    assert against(held_against(mine, early)) is None


def test_what_is_not_judged_has_no_stability() -> None:
    assert one(flow(seen, [(70, 100)] * 24)).stability == ()


def at(words: str, percent: float) -> AtLimit:
    drawn = flow(seen, [(percent, 100)] * 24)
    return AtLimit(words, drawn.series, drawn.rolling)


def test_a_verdict_that_hangs_on_the_limit_says_so() -> None:
    drawn = flow(seen, [(76, 100)] * 24)
    later = replace(drawn, at_limits=(at("within 14 days", 71), at("within 16 days", 80)))

    found = one(later, SN_80)

    assert found.rule == "R2a"
    assert found.stability[1] == Check(
        "limits",
        2,
        1,
        (Otherwise("within 16 days", Verdict.IN_LINE),),
        "Counted within 14 days it is 71%, within 16 days it is 80% and would be in line.",
    )


def test_a_verdict_that_does_not_hang_on_the_limit_says_that() -> None:
    drawn = flow(seen, [(70, 100)] * 24)
    later = replace(drawn, at_limits=(at("within 14 days", 66), at("within 16 days", 72)))

    assert one(later, SN_80).stability[1].words == (
        "Counted within 14 days it is 66%, within 16 days it is 72%: the verdict is the same."
    )
