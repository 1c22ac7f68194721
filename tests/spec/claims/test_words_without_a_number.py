"""Words that claim something without a number, and those that are for no figure to tell."""

from __future__ import annotations

import pytest

from lineofsight.claims.statement import Outcome
from tests.claims_drawn import claimed, outcomes

HOLDS, BUT, FALSE = Outcome.HOLDS, Outcome.HOLDS_BUT, Outcome.FALSE
UNCHECKED = Outcome.UNCHECKED
MASH = "Referrals dealt with by MASH within one working day"
SA, ICPC = "Assessments within 45 working days", "child_protection.icpc_timeliness"
CARE = "Looked-after children with an authorised care plan"
PLANS, RATE = "Children with child protection plans", "Looked after Children rate per 10,000"

MOVED = [
    (RATE, "There was an increase of children entering care in July.", HOLDS, "is unusual"),
    (RATE, "There was a fall of children entering care in July.", FALSE, "18 in June 2020, 30 in"),
    (RATE, "The number of looked after children fell in August.", HOLDS, "494 at the end of July"),
    (RATE, "The number of looked after children rose in August.", FALSE, "488 at the end of Aug"),
    (ICPC, "Timeliness improved in August.", HOLDS, "63% in July 2020, 73% in August 2020"),
    (ICPC, "Timeliness has deteriorated since June.", FALSE, "63% in June 2020"),
    (PLANS, "There has been a steady increase since May.", HOLDS, "79 per 10,000 at the end of M"),
    (PLANS, "There has been a steady reduction since May.", FALSE, "82 per 10,000"),
    (RATE, "There has been a steady reduction since July.", BUT, "One month only"),
    (RATE, "There has been a steady increase since May.", BUT, "1 of 3 months did not"),
    ("", "Children starting to be looked after doubled in July.", FALSE, "18 in June 2020, 30"),
    ("", "Children starting to be looked after halved in August.", HOLDS, "30 in July 2020, 14"),
    (ICPC, "Timeliness remained stable.", HOLDS, "cannot be told apart from no change"),
    (MASH, "Timeliness remained stable.", FALSE, "97% after 94% in the twelve before"),
    (MASH, "This shows nothing. It is a positive trend.", HOLDS, "seven months in a row"),
    (CARE, "Again it is a good performance trend.", BUT, "a good level rather than a trend"),
    (ICPC, "There is a positive trend.", BUT, "cannot be told apart from no change"),
    (RATE, "There is a positive trend.", UNCHECKED, "Neither a high nor a low figure is good"),
]


@pytest.mark.parametrize(("heading", "sentence", "outcome", "why"), MOVED)
def test_words_of_movement(heading: str, sentence: str, outcome: Outcome, why: str) -> None:
    """'Steady' needs three months the same way; 'a positive trend' a special cause or a change that
    is real."""
    found = claimed(sentence, heading)[-1]
    assert found.outcome is outcome
    assert why in found.ruling.why


def test_a_spike_is_looked_for_where_it_is_said_to_be() -> None:
    """Thirty entered in July; eighteen in June were no spike."""
    text = "There was an increase of children entering care in {}, and a steady reduction since "
    july = claimed(f"{text.format('July')}this spike.", RATE)
    june = claimed(f"{text.format('June')}this spike.", RATE)
    assert outcomes(july) == [HOLDS, BUT]
    assert june[-1].outcome is FALSE
    assert june[-1].ruling.why == (
        "The highest of the last twelve months was 30 in July 2020, not 18 in June 2020."
    )


STANDING = [
    (PLANS, "We are an outlier.", UNCHECKED),
    (PLANS, "The rate is well above the national average.", HOLDS),
    (PLANS, "The rate is below the national average.", FALSE),
    (PLANS, "The rate is in line with statistical neighbours.", FALSE),
    (PLANS, "The rate is better than England.", UNCHECKED),
    (SA, "Timeliness is in line with statistical neighbours.", HOLDS),
    (SA, "Timeliness is better than the region.", BUT),
    (ICPC, "Timeliness is worse than statistical neighbours.", HOLDS),
    (ICPC, "Timeliness is better than statistical neighbours.", FALSE),
    (ICPC, "It remains an area of concern.", HOLDS),
    (RATE, "It remains an area of concern.", BUT),
    (SA, "It remains an area of concern.", UNCHECKED),
    (
        MASH,
        "We audited MASH decisions, with assurance in all but a small minority of cases.",
        HOLDS,
    ),
    (ICPC, "All but a few conferences were in time.", FALSE),
    (ICPC, "Most conferences were in time.", HOLDS),
    (SA, "There are additional staff in the service.", BUT),
]


@pytest.mark.parametrize(("heading", "sentence", "outcome"), STANDING)
def test_words_of_standing(heading: str, sentence: str, outcome: Outcome) -> None:
    """'Better than the region' is true of August (89% against 81%) and not of the twelve months."""
    assert outcomes(claimed(sentence, heading)) == [outcome]


ELSE = [
    (ICPC, "There was an increase in domestic abuse in July."),
    (ICPC, "Most cases were complex."),
    (ICPC, "Children are always at the centre."),
    (ICPC, "We focus on improving timeliness."),
    (ICPC, "A reduction in lateness is needed."),
]


@pytest.mark.parametrize(("heading", "sentence"), ELSE)
def test_words_of_something_else_are_not_held_against_the_heading(
    heading: str, sentence: str
) -> None:
    assert [one for one in claimed(sentence, heading) if one.is_bound] == []


UNFIGURED = [
    ("Meeting set in October 2020 with partners to discuss the audit.", "A plan"),
    ("A review of thresholds will be scheduled over the next 6 months.", "A plan"),
    ("We will reach 90% by March.", "A plan"),
    ("Additional support has been secured for the team.", "An action"),
    ("This is due to the pandemic.", "A cause"),
    ("Caseloads are the most significant issue in delays.", "A cause"),
    ("Staffing is having a positive impact on performance.", "A cause"),
    ("It is probable that there will be further reductions.", "A forecast"),
    ("The quality of assessment still needs to improve.", "A view"),
]


@pytest.mark.parametrize(("sentence", "reason"), UNFIGURED)
def test_what_is_for_no_figure_to_tell(sentence: str, reason: str) -> None:
    (found,) = claimed(sentence, ICPC)
    assert found.outcome is UNCHECKED
    assert found.ruling.why.startswith(reason)
    assert not found.is_bound


@pytest.mark.parametrize(
    "sentence",
    [
        "Managers were in the office throughout.",
        "If timeliness falls in August we must act.",
        "Reduced caseloads and confidence matter, and they will be critical.",
        "The team met at 10am on 14 September 2020 to discuss Covid-19 and form 12.",
    ],
)
def test_what_claims_nothing_is_no_statement(sentence: str) -> None:
    """Conditions, passing words, and numbers of dates and names."""
    assert [one for one in claimed(sentence, ICPC) if one.is_bound] == []
