"""Numbers in prose held against drawn facts: each sentence with what came of it, and why.

The facts are those of `tests/claims_drawn.py`: conferences 44 of 60 in August and 63% over twelve
months, neighbours 84%, England 79% (77% the year before); assessments 89% and 76%; 488 children
looked after after 494 in July.
"""

from __future__ import annotations

import pytest

from lineofsight.claims.statement import Outcome
from tests.claims_drawn import claimed, outcomes

HOLDS, BUT, FALSE = Outcome.HOLDS, Outcome.HOLDS_BUT, Outcome.FALSE
UNCHECKED = Outcome.UNCHECKED
ICPC = (
    "Percentage of Initial Child Protection Conferences (ICPCs) held within timescales "
    "(based on count of children)"
)
SA = "Percentage of Single Assessments (SA) completed in 45 working days"
CARE = "Percentage of Looked after Children with an authorised care plan"
RATE = "Looked after Children rate per 10,000"

OWN = [
    (ICPC, "Timeliness was 73% in August 2020.", HOLDS, "73% in August 2020 (44 of 60 children)."),
    (ICPC, "Timeliness was 74% in August.", FALSE, "It is 73% in August 2020"),
    (ICPC, "Timeliness was 63% in August.", FALSE, "63% was the figure over the twelve months"),
    (ICPC, "It averaged 63% over the past 12 months.", HOLDS, "(441 of 700 children)."),
    (ICPC, "We are at 73%.", HOLDS, "73% in August 2020"),
    (ICPC, "We are at 63%.", BUT, "It is 63% over the twelve months to August 2020"),
    (ICPC, "It was 73.3% in August.", HOLDS, "73% in August 2020"),
    (ICPC, "It was 73.4% in August.", FALSE, "It is 73% in August 2020"),
    (ICPC, "In August, 44 of 60 were in time.", HOLDS, "(44 of 60 children)"),
    (ICPC, "In August, 45 of 60 were in time.", FALSE, "(44 of 60 children)"),
    (ICPC, "27% of conferences were late in August.", HOLDS, "which leaves 27%"),
    (ICPC, "73% of conferences were late in August.", FALSE, "which leaves 27%"),
    (SA, "It was 75% over the past 12 months.", BUT, "Rounded, it is 76%"),
    (CARE, "95% had one over the past 12 months.", BUT, "A figure counted on a day"),
    (CARE, "95% had one as the mean of the past 12 months.", HOLDS, "95% as the mean"),
    (RATE, "There are 488 children in our care.", HOLDS, "488 children at the end of August"),
    (RATE, "There are 484 children in our care.", BUT, "It is on average 484 children"),
    (RATE, "Currently, there are 484 children in our care.", FALSE, "It is 488 children"),
    ("", "30 children entered care in July.", HOLDS, "30 children in July 2020"),
    ("", "44 children have entered care since July.", HOLDS, "over the 2 months to August"),
    ("", "In 2018 170 children entered care.", UNCHECKED, "hold no figure"),
    ("", "85% of immunisations are up to date.", UNCHECKED, "No delivery holds health."),
]


@pytest.mark.parametrize(("heading", "sentence", "outcome", "why"), OWN)
def test_the_authority_s_own_figures(
    heading: str, sentence: str, outcome: Outcome, why: str
) -> None:
    """A period is the sentence's or else the paper's month; an indicator is the sentence's or else
    the heading's."""
    (found,) = claimed(sentence, heading)
    assert found.outcome is outcome
    assert why in found.ruling.why


HEDGED = [
    ("Nearly 90% of assessments were in time in August.", HOLDS),
    ("Almost 95% of assessments were in time in August.", FALSE),
    ("About 90% of assessments were in time in August.", HOLDS),
    ("About 80% of assessments were in time in August.", FALSE),
    ("More than 85% of assessments were in time in August.", HOLDS),
    ("More than 89% of assessments were in time in August.", FALSE),
    ("At least 89% of assessments were in time in August.", HOLDS),
    ("Fewer than 500 children are looked after.", HOLDS),
    ("No more than 480 children are looked after.", FALSE),
    ("Just over 70% of ICPCs were in time in August.", FALSE),
    ("Just over 72% of ICPCs were in time in August.", HOLDS),
    ("Between 60% and 70% of ICPCs were in time over the past 12 months.", HOLDS),
    ("Between 65% and 70% of ICPCs were in time over the past 12 months.", FALSE),
    ("Nine out of ten single assessments were in time in August.", HOLDS),
    ("Three quarters of ICPCs were in time in August.", HOLDS),
    ("Two thirds of ICPCs were in time in August.", FALSE),
    ("A quarter of ICPCs were late in August.", HOLDS),
    ("One in two ICPCs was late in August.", FALSE),
    ("Fourteen children entered care in August.", HOLDS),
]


@pytest.mark.parametrize(("sentence", "outcome"), HEDGED)
def test_numbers_with_a_hedge_and_in_words(sentence: str, outcome: Outcome) -> None:
    """'Nearly' lies below, 'about' on either side within two points; a fraction in words fits
    within three points."""
    assert outcomes(claimed(sentence)) == [outcome]


COMPARED = [
    ("It was 63% (SN 84%, NA 79%, REG 77%).", [BUT, HOLDS, HOLDS, HOLDS], "England's 79%"),
    ("It was 63% (SN 79%, NA 84%).", [BUT, FALSE, FALSE], "84% is the figure of the statistical"),
    ("Neighbours aside, the national average is 77%.", [BUT], "It is England's 77% (year to 31"),
    ("The statistical neighbour average is 84%.", [HOLDS], "(year to 31 March 2019)"),
    ("Statistical neighbours were at 80% in 2017/18.", [HOLDS], "(year to 31 March 2018)"),
    ("Statistical neighbours were at 84% in 2016/17.", [BUT], "(year to 31 March 2019)"),
    ("Statistical neighbours were at 90% in 2016/17.", [UNCHECKED], "March 2017 is at hand"),
    ("Regional and national averages are 79%.", [FALSE, HOLDS], "The region's 77%"),
    ("Portsmouth was at 90%.", [UNCHECKED], "another place"),
    ("Against 84% for statistical neighbours, it was 73% in August.", [HOLDS, HOLDS], "44 of 60"),
]


@pytest.mark.parametrize(("sentence", "expected", "why"), COMPARED)
def test_comparators_and_their_years(sentence: str, expected: list[Outcome], why: str) -> None:
    """The year the paper uses is tried first; another year's figure holds, and its year is said."""
    found = claimed(sentence, ICPC)
    assert outcomes(found) == expected
    assert any(why in one.ruling.why for one in found)


CHANGES = [
    ("Timeliness rose from 63% to 73%.", [HOLDS]),
    ("Timeliness fell from 63% to 73%.", [FALSE]),
    ("Timeliness fell from 80% to 73%.", [FALSE]),
    ("Timeliness rose from 63% in July to 73% in August.", [HOLDS, HOLDS, HOLDS]),
    ("Timeliness fell from 63% in July to 73% in August.", [FALSE, HOLDS, HOLDS]),
    ("Timeliness is up 10 percentage points on last month.", [HOLDS]),
    ("Timeliness is down 10 percentage points on last month.", [FALSE]),
    ("Timeliness is 21 percentage points below statistical neighbours.", [HOLDS]),
    ("Timeliness is 11 percentage points below statistical neighbours.", [HOLDS]),
    ("Timeliness is 15 percentage points below statistical neighbours.", [FALSE]),
]


@pytest.mark.parametrize(("sentence", "expected"), CHANGES)
def test_changes_from_one_figure_to_another(sentence: str, expected: list[Outcome]) -> None:
    """63.5% in July and 73.3% in August are 9.8 points apart; 84% is 21 above 63% and 11 above
    73.3%."""
    assert outcomes(claimed(sentence, ICPC)) == expected


def test_per_cent_and_percentage_points_are_told_apart() -> None:
    """From 63.5% to 73.3% are 9.8 points, and 15.5 per cent."""
    points = claimed("Timeliness is up 10% on last month.", ICPC)
    percent = claimed("Timeliness is up 15.5% on last month.", ICPC)
    confused = claimed("Timeliness is up 16 percentage points on last month.", ICPC)
    assert outcomes((*points, *percent, *confused)) == [BUT, HOLDS, FALSE]
    assert "percentage points, not per cent" in points[0].ruling.why
    assert "15.5 per cent" in points[0].ruling.why
    assert "it is per cent" in confused[0].ruling.why


PARTS = [
    ("In the east locality 60% were in time in August.", [UNCHECKED]),
    ("Only 40% of the late conferences had a report.", [UNCHECKED]),
    ("60% were due to reports that were not ready.", [UNCHECKED, UNCHECKED]),
    ("Fifteen were late.", []),
    ("73% (44 children) were in time in August.", [HOLDS, HOLDS]),
    ("73% (12 children) were in time in August.", [HOLDS, UNCHECKED]),
    ("20% of families were homeless.", [UNCHECKED]),
    ("Consistently above 50%.", [HOLDS]),
    ("Timeliness was consistently above 70%.", [FALSE]),
    ("A 20% reduction is planned.", [UNCHECKED]),
    ("73% (44 of 60) were in time in August.", [HOLDS, HOLDS]),
    ("73% (45 of 60) were in time in August.", [HOLDS, FALSE]),
    ("Performance against the 15-day target was 73% in August.", [HOLDS]),
]


@pytest.mark.parametrize(("sentence", "expected"), PARTS)
def test_a_part_or_a_plan_is_not_contradicted_by_the_whole(
    sentence: str, expected: list[Outcome]
) -> None:
    """A true statement about some of the children is not called false."""
    assert outcomes(claimed(sentence, ICPC)) == expected


def test_a_number_that_can_be_of_several_figures_is_never_false() -> None:
    """Nothing says which of the three percentages is meant."""
    found = claimed("Performance was 73% in August, and 12% of the plans were thin.")
    assert FALSE not in outcomes(found)


def test_a_statement_quotes_its_own_words_only() -> None:
    """What stands beside it may name a child."""
    (found,) = claimed("Jo Bloggs was seen, and timeliness was 74% in August; he is well.", ICPC)
    assert found.words == "timeliness was 74% in August"
