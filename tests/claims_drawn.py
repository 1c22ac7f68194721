"""Facts drawn by hand to hold sentences against: the example paper's six, and what they leave out.

August 2020: MASH 297 of 300 (99%), 96.99% over twelve months; assessments 178 of 200 (89%), 75.97%;
conferences 44 of 60 (73%), 63%; 488 looked after (97 per 10,000), 494 in July; 412 on plans.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from lineofsight.claims.check import check
from lineofsight.claims.facts import Facts, gather
from lineofsight.claims.naming import Names
from lineofsight.claims.passages import Passage
from lineofsight.claims.statement import Outcome, Statement
from lineofsight.comparators.comparator import Area
from lineofsight.judgement.finding import Finding, Signal, Variation, Verdict
from lineofsight.measurement.measurement import Unmeasurable
from lineofsight.reference.polarity import HIGH
from tests.overview_examples import (
    AUGUST,
    CONFERENCES,
    LOOKED_AFTER,
    Figured,
    assessments_finding,
    care_plans_finding,
    comparator,
    conferences_finding,
    evidence,
    looked_after_finding,
    mash_finding,
    measurement,
    plans_finding,
)

NUMBER = Figured(
    id="children_looked_after.number",
    name="Number of Looked after Children at end of period",
    brief="Number of looked-after children",
    is_snapshot=True,
)
STARTED = Figured(id="children_looked_after.started", name="Children starting to be looked after")
AUDITED = Figured(
    id="quality.mash_decisions_assured",
    name="Percentage of audited MASH decisions with which the auditor was satisfied",
    brief="Audited MASH decisions found satisfactory",
    counted="audited decisions",
    good=HIGH,
    unit="%",
)
STAFF = Figured(
    id="workforce.additional_staff",
    name="Temporary social work staff beyond the establishment, for each 100 posts",
    brief="Staff beyond the establishment",
    counted="posts",
    unit="%",
    decimals=1,
    is_snapshot=True,
)
IMMUNISED = Figured(
    id="children_looked_after.immunised",
    name="Percentage of Looked after Children whose immunisations are up to date",
    brief="Immunisations up to date",
    unit="%",
)
IN_CARE = [
    470, 471, 473, 476, 474, 477, 478, 480, 479, 482, 481, 483,
    482, 480, 483, 481, 484, 482, 483, 485, 484, 486, 494, 488,
]  # fmt: skip
# Fifteen to eighteen in most months, thirty in July 2020 and fourteen in August.
ENTERED = [15, 17, 16, 18, 14, 17, 15, 18, 16, 17, 15, 18, 16, 18, 14, 17, 16, 18, 14, 17, 15, 18]


def found(figured: Figured, counts: list[float], totals: list[float] | None = None) -> Finding:
    """A finding that says nothing but its figures."""
    drawn = measurement(figured, counts, totals)
    return Finding(drawn, Verdict.NOT_JUDGED, evidence(None), "R1c", "")


def _started() -> Finding:
    drawn = measurement(STARTED, [*map(float, ENTERED), 30.0, 14.0])
    july = Variation(Signal.NEUTRAL_HIGH, STARTED.name, "beyond the process limits", "July 2020")
    return Finding(drawn, Verdict.NOT_JUDGED, evidence(None, movements=(july,)), "R1c", "")


def _immunised() -> Finding:
    missing = Unmeasurable("No delivery holds health.", "Receive one.")
    drawn = replace(measurement(IMMUNISED, []), unmeasurable=missing)
    return Finding(drawn, Verdict.NOT_JUDGED, evidence(None), "R1a", "")


def findings() -> tuple[Finding, ...]:
    """The example paper's six, and five that it leaves out."""
    return (
        mash_finding(),
        assessments_finding(),
        care_plans_finding(),
        plans_finding(),
        conferences_finding(),
        looked_after_finding(),
        found(NUMBER, [*map(float, IN_CARE)]),
        _started(),
        found(AUDITED, [13.0] * 23 + [12.0], [14.0] * 23 + [13.0]),
        found(STAFF, [0.0] * 22 + [6.0, 6.0], [100.0] * 24),
        _immunised(),
    )


def facts() -> Facts:
    """All of them, with the conferences of England and the neighbours of a year before as well."""
    older = (
        comparator(CONFERENCES, Area.ENGLAND, "77", date(2018, 3, 31)),
        comparator(CONFERENCES, Area.STATISTICAL_NEIGHBOURS, "80", date(2018, 3, 31)),
        comparator(LOOKED_AFTER, Area.ENGLAND, "64", date(2018, 3, 31)),
    )
    return gather(findings(), older, AUGUST, ("Southampton",), "South East")


FACTS = facts()
NAMES = Names(FACTS.indicators)


def claimed(text: str, *headings: str) -> tuple[Statement, ...]:
    """Check a paragraph that stands under headings, the nearest first."""
    return check([Passage(text, headings, ((0, "line 1"),))], NAMES, FACTS)


def outcomes(statements: Sequence[Statement]) -> list[Outcome]:
    """What came of each."""
    return [one.outcome for one in statements]
