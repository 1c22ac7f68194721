"""The steps to a plan on the real published figures: Southampton in 2020, and everybody ever."""

from __future__ import annotations

import math

import pytest

from lineofsight.comparators.comparator import Area
from lineofsight.comparators.published import Published, read_published
from lineofsight.judgement.decomposition import decompose
from lineofsight.measurement.stages import every_way, ways_of
from lineofsight.overview.thresholds_told import way_to_a_plan
from lineofsight.reference.places import Place, authorities, find_place
from tests.functional.test_command_line import SHARED

PUBLISHED = SHARED / "reference" / "dfe"


@pytest.fixture(scope="module")
def published() -> Published:
    if not PUBLISHED.is_dir():
        pytest.skip("The published statistics are not here: put the folder shared beside the "
                    "project, or set LINEOFSIGHT_SHARED to it.")  # fmt: skip
    return read_published(PUBLISHED)


def test_southampton_in_2020_parts_from_england_before_the_conference(
    published: Published,
) -> None:
    """79.9 against 43.7 for every 10,000 is 1.83 times, 0.603 in logarithms. As published:
    enquiries for every child 426.7 against 170.5, +0.917; conferences for every enquiry -0.148;
    plans for every conference -0.070; plans open for every one started -0.096."""
    found = {one.other.area: one for one in decompose(ways_of(published, _southampton(), 2020))}
    england = found[Area.ENGLAND]
    assert england.gap == pytest.approx(0.603, abs=0.001)
    shares = [step.share for step in england.steps]
    assert sum(shares[:3]) == pytest.approx(0.917, abs=0.002)
    assert shares[3:] == pytest.approx([-0.148, -0.070, -0.096], abs=0.002)
    assert set(found) == set(Area)
    near = found[Area.STATISTICAL_NEIGHBOURS].other
    assert (near.members, near.of) == (10, 10)


def test_every_authority_of_every_year_is_split_exactly(published: Published) -> None:
    """1,800 authority-years: shares add up, words are found, a suppressed stage is no number."""
    told = 0
    for year in published.years("child_protection.plan_rate"):
        everyone = every_way(published, year)
        for place in authorities():
            ways = ways_of(published, place, year, everyone)
            found = decompose(ways)
            for one in found:
                assert math.isclose(sum(s.share for s in one.steps), one.gap, abs_tol=1e-9)
                assert all(math.isfinite(step.times) for step in one.steps)
            way = way_to_a_plan(ways, found)
            assert way.is_there
            told += bool(way.parts)
    assert told > 1_700


def _southampton() -> Place:
    return find_place("Southampton")
