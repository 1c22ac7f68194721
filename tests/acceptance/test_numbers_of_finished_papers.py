"""Every number of a finished paper is a fact: a real annual paper, and one number altered."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date

import pytest

from lineofsight import cycle
from lineofsight.claims.finished import unmatched_numbers
from lineofsight.comparators.comparator import admissible
from lineofsight.comparators.published import read_published
from lineofsight.judgement.finding import Finding
from lineofsight.judgement.judge import judge
from lineofsight.judgement.standing import rank_among
from lineofsight.measurement.all_authorities import all_authorities
from lineofsight.measurement.published import (
    comparator_trend,
    comparators_for,
    measure_published,
    other_comparators_for,
)
from lineofsight.measurement.spread import spreads
from lineofsight.overview.overview import Overview
from lineofsight.reference.places import find_place
from tests.acceptance.test_standings_of_published_figures import FOLDER, pytestmark

__all__ = ["pytestmark"]  # without the published statistics there is nothing to test

YEAR, PREPARED_ON = 2023, date(2026, 1, 1)
Made = tuple[Overview, tuple[Finding, ...], dict[str, set[int]]]


@pytest.fixture(scope="module")
def made() -> Made:
    """Camden in 2023: the paper, what it was made of, and the counts that stand in no finding."""
    published, place = read_published(FOLDER), find_place("Camden")
    findings = judge(
        measure_published(published, place, YEAR),
        admissible(comparators_for(published, place, YEAR), PREPARED_ON),
        spreads(published, YEAR),
        {},
        PREPARED_ON,
        other_comparators_for(published, place, YEAR),
    )
    known: dict[str, set[int]] = defaultdict(set)
    for one in all_authorities(published, place, YEAR):
        own = one.figure(one.own)
        values = [figure.value for figure in one.figures]
        ranking = rank_among(own.value, values, one.indicator.good) if own else None
        if ranking is not None:
            known[one.indicator.id] |= {ranking.rank, ranking.of, ranking.equals}
    for finding in findings:
        identity = finding.indicator_id
        trend = comparator_trend(published, place, identity, range(YEAR - 9, YEAR + 1))
        known[identity] |= {comparator.members for comparator in trend}
    return cycle.compare("Camden", YEAR, published, PREPARED_ON), findings, known


def test_every_number_of_a_paper_of_published_figures_is_a_fact(made: Made) -> None:
    """Some forty indicators with their comparators, charts and places among all authorities."""
    assert unmatched_numbers(*made) == ()


@pytest.mark.parametrize(
    ("right", "wrong_number"),
    [("83.3%", "38.3%"), ("84.6% a year", "84.5% a year"), ("15 working", "14 working")],
)
def test_a_number_that_was_altered_is_found_where_it_stands(
    made: Made, right: str, wrong_number: str
) -> None:
    """A figure, the figure of the year before, and the limit in the name of the indicator."""
    paper, findings, known = made
    first, *others = paper.headlines
    assert right in first
    wrong = first.replace(right, wrong_number)
    found = unmatched_numbers(replace(paper, headlines=(wrong, *others)), findings, known)
    assert [(one.place, one.sentence) for one in found] == [("Headline", wrong)]
