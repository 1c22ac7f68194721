"""At which step a high rate of plans arises: steps worked out by hand, and what is left unsaid.

Two drawn areas, each with 10,000 children:

    stage                       own     theirs
    referrals                   1,000   500
    assessments                   800   500
    section 47 enquiries          400   100
    initial conferences           100    50
    plans started                  80    40
    plans open on 31 March         40    40

The steps, own over theirs: referrals 1000/500 = 2; assessments 0.8 over 1 = 0.8; enquiries 0.5 over
0.2 = 2.5; conferences 0.25 over 0.5 = 0.5; starts 0.8 over 0.8 = 1; open 0.5 over 1 = 0.5. Their
product is 2 x 0.8 x 2.5 x 0.5 x 1 x 0.5 = 1, as 40 over 40 is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineofsight.comparators.comparator import Area
from lineofsight.judgement.decomposition import Decomposition, Place, decompose
from lineofsight.measurement.stages import Stage, Way, Ways
from lineofsight.overview.thresholds_told import way_to_a_plan

OWN = (1000, 800, 400, 100, 80, 40)
THEIRS = (500, 500, 100, 50, 40, 40)


def way(name: str, rates: Sequence[float | None], area: Area | None = None) -> Way:
    stages = tuple(
        None if rate is None else Stage(Decimal(str(rate)), Decimal(str(rate))) for rate in rates
    )
    return Way(name, stages, area)


def split(
    own: Sequence[float | None],
    theirs: Sequence[float | None],
    everyone: Sequence[Sequence[float | None]] = (),
) -> Decomposition:
    found = decompose(ways(own, theirs, everyone))
    assert len(found) == 1
    return found[0]


def ways(
    own: Sequence[float | None],
    theirs: Sequence[float | None],
    everyone: Sequence[Sequence[float | None]] = (),
) -> Ways:
    england = way("England", theirs, Area.ENGLAND)
    all_of = tuple(way(f"Place {n}", rates) for n, rates in enumerate(everyone))
    return Ways(2020, way("Drawn", own), (england,), all_of, "Drawn 2020")


def test_the_steps_are_those_worked_out_by_hand() -> None:
    steps = split(OWN, THEIRS).steps
    assert [round(step.times, 10) for step in steps] == [2, 0.8, 2.5, 0.5, 1, 0.5]
    assert [step.until for step in steps] == [0, 1, 2, 3, 4, 5]


def test_the_interval_rests_on_our_own_numbers() -> None:
    """Referrals: ln 2 with standard error 1/sqrt(1000) = 0.031623, 1.959964 of it 0.061979:
    2 x exp(-0.061979) = 1.8798 to 2 x exp(0.061979) = 2.1279. Conferences for every enquiry:
    sqrt(1/100 + 1/400) = 0.111803, 0.219130: 0.5 x exp(-+) = 0.4016 to 0.6225."""
    steps = split(OWN, THEIRS).steps
    assert steps[0].lower == pytest.approx(1.8798, abs=1e-4)
    assert steps[0].upper == pytest.approx(2.1279, abs=1e-4)
    assert steps[3].lower == pytest.approx(0.4016, abs=1e-4)
    assert steps[3].upper == pytest.approx(0.6225, abs=1e-4)
    assert [step.is_sure for step in steps] == [True, True, True, True, False, True]


positive = st.floats(min_value=0.1, max_value=5000).map(lambda rate: round(rate, 1))


@given(st.lists(st.tuples(positive, positive), min_size=6, max_size=6))
def test_the_shares_add_up_to_the_gap(rates: list[tuple[float, float]]) -> None:
    found = split([own for own, _ in rates], [theirs for _, theirs in rates])
    own, theirs = rates[-1]
    assert sum(step.share for step in found.steps) == pytest.approx(found.gap, abs=1e-9)
    assert found.gap == pytest.approx(math.log(own / theirs), abs=1e-9)


def test_a_stage_without_a_figure_makes_one_step_of_two() -> None:
    """Without assessments: 400 enquiries for every 1,000 referrals, 0.4 over 100/500 = 0.2: 2."""
    found = split((1000, None, 400, 100, 80, 40), THEIRS)
    assert [(step.until, step.merged) for step in found.steps][:2] == [(0, ()), (2, (1,))]
    assert found.steps[1].times == pytest.approx(2)
    told = way_to_a_plan(ways((1000, None, 400, 100, 80, 40), THEIRS), (found,))
    assert told.parts[0].steps[1].name == (
        "Section 47 enquiries for every 100 referrals (assessments not published)"
    )


def test_without_referrals_the_first_step_is_from_children_to_assessments() -> None:
    found = split(OWN, (None, 500, 100, 50, 40, 40))
    assert (found.steps[0].since, found.steps[0].until, found.steps[0].merged) == (None, 1, (0,))
    assert found.steps[0].times == pytest.approx(800 / 500)


def test_nought_has_no_logarithm_and_its_step_is_joined_to_the_next() -> None:
    found = split((1000, 800, 400, 100, 0, 40), THEIRS)
    assert [step.until for step in found.steps] == [0, 1, 2, 3, 5]


def test_without_a_rate_of_plans_nothing_is_said_but_why() -> None:
    for own in ((1000, 800, 400, 100, 80, None), (1000, 800, 400, 100, 80, 0)):
        drawn = ways(own, THEIRS)
        assert decompose(drawn) == ()
    told = way_to_a_plan(ways((1000, 800, 400, 100, 80, None), THEIRS), ())
    assert told.parts == ()
    assert told.not_said == (
        "Where the rate of plans arises cannot be said for 2020: no rate of plans is published for "
        "Drawn."
    )


def test_a_number_that_is_not_published_leaves_its_step_without_an_interval() -> None:
    drawn = ways(OWN, THEIRS)
    stages = (*drawn.own.stages[:2], Stage(Decimal(400), None), *drawn.own.stages[3:])
    steps = decompose(Ways(2020, Way("Drawn", stages), drawn.others, (), ""))[0].steps
    assert [step.lower is None for step in steps] == [False, False, True, True, False, False]


def test_rank_and_place_are_those_among_all_authorities() -> None:
    """40 authorities with 10, 20 … 400 referrals and 100 plans. With 370 three have more, which is
    the fourth of 40 and in the highest tenth; with 310 the tenth, in the upper quarter (the third
    quartile of 10 to 400 is 302.5); with 200 the 21st, in the middle half."""
    everyone = [(10 * n, 100, 100, 100, 100, 100) for n in range(1, 41)]
    expected = {370: (4, Place.HIGHEST_TENTH), 310: (10, Place.HIGH), 200: (21, Place.MIDDLE)}
    for referrals, (rank, place) in expected.items():
        own = (referrals, 100, 100, 100, 100, 100)
        step = split(own, (200, 100, 100, 100, 100, 100), everyone).steps[0]
        assert (step.rank, step.of, step.place) == (rank, 40, place)


def test_among_few_authorities_no_place_is_given() -> None:
    everyone = [(10 * n, 100, 100, 100, 100, 100) for n in range(1, 30)]
    step = split(OWN, THEIRS, everyone).steps[0]
    assert (step.rank, step.place) == (None, None)


def test_what_is_said_names_the_steps_and_no_cause() -> None:
    """Twice as many plans: referrals 2, enquiries 2.5 and conferences 0.4 times."""
    own, theirs = (1000, 500, 250, 50, 40, 80), (500, 250, 50, 25, 20, 40)
    told = way_to_a_plan(ways(own, theirs), (split(own, theirs),))
    assert told.parts[0].said == (
        "On 31 March 2020 Drawn had 80.0 children on a plan for every 10,000, and England 40.0: "
        "2.00 times as many. The higher rate arises mostly at section 47 enquiries for every "
        "assessment (2.50 times) and referrals for every child (2.00 times). Initial conferences "
        "for every section 47 enquiry (0.40 times) work the other way."
    )
    assert told.parts[0].chart.title == (
        "The higher rate arises at section 47 enquiries and referrals"
    )
    assert [round(step.adds, 2) for step in told.parts[0].steps] == [1.0, 0.0, 1.32, -1.32, 0, 0]


def test_rates_that_are_close_are_not_called_higher() -> None:
    told = way_to_a_plan(ways(OWN, THEIRS), (split(OWN, THEIRS),))
    assert told.parts[0].said.startswith(
        "On 31 March 2020 Drawn had 40.0 children on a plan for every 10,000, and England 40.0: "
        "close to each other. Steps that part, and make up for each other: referrals"
    )
    assert told.parts[0].chart.title == "The rates are close; single steps part"
