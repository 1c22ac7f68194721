"""Ranks and funnels of real published figures: they agree with the findings and with each other."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from lineofsight.comparators.published import Published, read_published
from lineofsight.judgement.standing import Funnel, funnel_of, rank_among
from lineofsight.measurement.all_authorities import AllAuthorities, all_authorities
from lineofsight.overview.overview import Overview
from lineofsight.reference.places import find_place
from lineofsight.reference.polarity import Polarity
from tests.countries import paper_of

SHARED = Path(
    os.environ.get("LINEOFSIGHT_SHARED", Path(__file__).resolve().parents[2] / "../shared")
)
FOLDER = SHARED / "reference" / "dfe"
pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(),
    reason="The published statistics are absent: put the shared folder beside the project, or name"
    " it in LINEOFSIGHT_SHARED.",
)

YEARS = (2020, 2024)
AS_AT = date(2026, 1, 1)


@pytest.fixture(scope="module")
def published() -> Published:
    return read_published(FOLDER)


@pytest.fixture(scope="module")
def everyone(published: Published) -> list[AllAuthorities]:
    southampton = find_place("Southampton")
    return [one for year in YEARS for one in all_authorities(published, southampton, year)]


@pytest.fixture(scope="module")
def southampton() -> Overview:
    return paper_of("Southampton", 2020, FOLDER, AS_AT)


def funnels(everyone: list[AllAuthorities]) -> Iterator[tuple[AllAuthorities, Funnel]]:
    for one in everyone:
        funnel = funnel_of(one)
        if funnel is not None:
            yield one, funnel


def test_every_authority_is_a_figure_or_a_reason(everyone: list[AllAuthorities]) -> None:
    """There were 151 authorities in 2020 and 153 in 2024."""
    for one in everyone:
        expected = 151 if one.period.last_day.year == 2020 else 153
        known = len(one.figures) + sum(count for _, count in one.without)
        assert known == expected, one.indicator.id


def test_the_funnels_leave_few_outside(everyone: list[AllAuthorities]) -> None:
    """As the manual says: about one in seven outside the 95% limits, one in forty the 99.8%."""
    zones = Counter(p.zone.name for _, funnel in funnels(everyone) for p in funnel.placed)
    total = zones.total()
    assert zones["WITHIN"] / total == pytest.approx(0.86, abs=0.005)
    assert (zones["ABOVE_998"] + zones["BELOW_998"]) / total == pytest.approx(0.024, abs=0.003)


def test_no_funnel_leaves_more_than_a_tenth_beyond(everyone: list[AllAuthorities]) -> None:
    for one, funnel in funnels(everyone):
        beyond = sum(p.zone.name.endswith("998") for p in funnel.placed)
        assert beyond <= len(funnel.placed) / 10, one.indicator.id


def test_the_quarters_hold_a_quarter_each_but_for_ties(everyone: list[AllAuthorities]) -> None:
    """No band is larger than a quarter by more than the figures that are level at its edge."""
    for one in everyone:
        good, values = one.indicator.good, [figure.value for figure in one.figures]
        if good is Polarity.NEUTRAL:
            continue
        rankings = [rank_among(value, values, good) for value in values]
        bands = Counter(ranking.band for ranking in rankings if ranking)
        level = max(Counter(values).values())
        assert max(bands.values()) <= len(values) / 4 + level, one.indicator.id
        assert min(ranking.rank for ranking in rankings if ranking) == 1


def test_an_outlier_of_the_findings_lies_beyond_the_limits(southampton: Overview) -> None:
    """Southampton 2020: section 47 enquiries, 426.7 per 10,000 against 170.5, and nothing else."""
    said = [one for one in southampton.standings if "outlier" in one.said]
    assert [one.indicator_id for one in said] == ["child_protection.section_47_rate"]
    assert said[0].funnel is not None
    assert said[0].funnel.title == "Southampton at 426.7 lies above the 99.8% limits"
    listed = [row.verdict for chapter in southampton.dataset for row in chapter.rows]
    assert sum("outlier" in verdict for verdict in listed) == 1


@pytest.mark.parametrize("name", ["Rutland", "Kent", "City of London", "Torbay", "Hackney"])
def test_findings_and_funnels_agree_on_outliers(name: str) -> None:
    """A finding called an outlier is never drawn inside the limits."""
    overview = paper_of(name, 2024, FOLDER, AS_AT)
    called = {
        row.indicator_id
        for chapter in overview.dataset
        for row in chapter.rows
        if "outlier" in row.verdict
    }
    drawn = {one.indicator_id for one in overview.standings if "outlier" in one.position}
    assert drawn == called


def test_ranks_of_southampton_in_2020(southampton: Overview) -> None:
    """Counted again from the published file by hand: reviews in time and conferences in time."""
    ranking = {one.indicator_id: one.ranking for one in southampton.standings}
    assert ranking["child_protection.reviews_in_time"] == (
        "Southampton ranks 146th of 147 authorities with a figure, in the lowest quarter "
        "(lower is worse)."
    )
    assert ranking["child_protection.plan_starts_rate"] == (
        "Southampton ranks 141st of 150 authorities with a figure, in the highest quarter "
        "(higher is worse)."
    )
