"""The six indicators of the model report, drawn synthetically, and nothing else, are listed."""

from __future__ import annotations

from decimal import Decimal

import model_report as drawn
import pytest
from judgement_drawn import AS_AT

from lineofsight.judgement.finding import Finding, Verdict
from lineofsight.judgement.judge import judge, near_misses
from lineofsight.reference.authority import Target

TARGETS = {
    drawn.mash.id: Target(Decimal(95), "local"),
    drawn.care_plans.id: Target(Decimal(90), "local"),
}


@pytest.fixture(scope="module")
def findings() -> dict[str, Finding]:
    judged = judge(drawn.measurements(), drawn.comparators(), drawn.spreads(), TARGETS, AS_AT)
    return {finding.indicator_id: finding for finding in judged}


LISTED = [
    (drawn.care_plans, Verdict.POSITIVE, 1, "R5b"),
    (drawn.mash, Verdict.POSITIVE, 2, "R5b"),
    (drawn.assessments, Verdict.POSITIVE, 3, "R5a"),
    (drawn.plan_rate, Verdict.DEVELOPMENT, 1, "R3c"),
    (drawn.conferences, Verdict.DEVELOPMENT, 2, "R2a"),
    (drawn.care_rate, Verdict.DEVELOPMENT, 3, "R4"),
]


@pytest.mark.parametrize(("indicator", "verdict", "rank", "rule"), LISTED)
def test_the_six_are_listed(
    findings: dict[str, Finding], indicator: drawn.Drawn, verdict: Verdict, rank: int, rule: str
) -> None:
    found = findings[indicator.id]

    assert (found.verdict, found.rank, found.rule) == (verdict, rank, rule)


def test_nothing_else_is_listed(findings: dict[str, Finding]) -> None:
    listed = {
        i for i, f in findings.items() if f.verdict in (Verdict.POSITIVE, Verdict.DEVELOPMENT)
    }

    assert listed == {indicator.id for indicator, *_ in LISTED}


REASONS = [
    (
        drawn.mash,
        "97% over September 2019 to August 2020 reaches the target of 95% consistently: it was"
        " reached in 12 of the last 12 months, and nothing is surely worse than before.",
        "It would be in line had 43 fewer of the 3,960 referrals met the condition.",
    ),
    (
        drawn.assessments,
        "76% over September 2019 to August 2020 is similar to the statistical neighbours' 76%"
        " (year to 31 March 2019), and 89% in August 2020 is better than its usual variation"
        " explains (beyond the process limits).",
        "It would be in line had 52 fewer of the 3,000 assessments met the condition.",
    ),
    (
        drawn.plan_rate,
        "82 per 10,000 on 31 August 2020 is far higher than the statistical neighbours' 48 per"
        " 10,000 (year to 31 March 2019) and needs explaining: the gap is 2.7 times the one usual"
        " among authorities, and the 99.8% interval, 70 to 95 per 10,000, lies wholly above it.",
        "It would be in line with 14 fewer children.",
    ),
    (
        drawn.conferences,
        "63% over September 2019 to August 2020 is lower than the statistical neighbours' 84%"
        " (year to 31 March 2019): the 99.8% interval, 54% to 71%, lies wholly below it.",
        "It would be in line had 119 more of the 702 children met the condition.",
    ),
    (
        drawn.care_rate,
        "97 per 10,000 on 31 August 2020 is higher than the statistical neighbours' 86 per 10,000"
        " (year to 31 March 2019): the 95% interval, 89 to 106 per 10,000, lies wholly above it,"
        " the 99.8% one, 84 to 111 per 10,000, does not; and 'Children who started to be looked"
        " after' was unusually high in July 2020.",
        "It would be in line with 14 fewer children.",
    ),
]


@pytest.mark.parametrize(("indicator", "because", "would_change"), REASONS)
def test_the_reason_is_one_sentence_with_its_figures(
    findings: dict[str, Finding], indicator: drawn.Drawn, because: str, would_change: str
) -> None:
    found = findings[indicator.id]

    assert (found.because, found.would_change) == (because, would_change)


def test_a_positive_area_below_the_region_and_england_says_so(
    findings: dict[str, Finding],
) -> None:
    assert findings[drawn.assessments.id].tensions == (
        "It is similar to the statistical neighbours' 76%, but lower than the region's 81% and"
        " England's 81% (year to 31 March 2019).",
        "89% in August 2020 is better than 76% over September 2019 to August 2020. The month's own"
        " 95% interval is 84% to 92%, on 250 assessments.",
        "The neighbours', the region's and England's figures are for the year to 31 March 2019,"
        " 17 months before this month.",
    )


def test_children_behind_the_gap(findings: dict[str, Finding]) -> None:
    behind = {i.id: findings[i.id].evidence.children_behind_gap for i, *_ in LISTED[3:]}

    # 412 - 48 x 5.031; 0.84 x 702 - 442; 488 - 86 x 5.031.
    assert behind == {
        drawn.plan_rate.id: 171,
        drawn.conferences.id: 148,
        drawn.care_rate.id: 55,
    }


def test_a_quiet_council_has_no_near_miss(findings: dict[str, Finding]) -> None:
    assert near_misses(tuple(findings.values())) == ()


def test_findings_come_in_the_order_given(findings: dict[str, Finding]) -> None:
    assert list(findings) == [m.indicator.id for m in drawn.measurements()]


def test_every_reason_is_one_sentence(findings: dict[str, Finding]) -> None:
    for found in findings.values():
        assert found.because.endswith(".")
        assert "  " not in found.because
        assert "{" not in found.because
