"""Traps of the field that belong to no single indicator; the others stand with theirs.

`shared/docs/domain.md`, section 7, numbers them. A specification that draws one names it by its
number, and `tests/docs` looks for each.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from lineofsight.claims.statement import Outcome
from lineofsight.comparators.neighbours import neighbours_for
from lineofsight.indicators import child_protection
from lineofsight.journey.tables import child_protection_plans
from lineofsight.reference.authority import read_authority
from tests.claims_drawn import claimed

from .conftest import journey_of, measured
from .test_dataset import ENGINES

SETTINGS = """
name = "Drawn"
code = "852"

[[population]]
estimate = 50_000
mid_year = 2018
vintage = "as first published in 2019"
source = "drawn"

[[population]]
estimate = 40_000
mid_year = 2019
vintage = "rebased after the census of 2021"
source = "drawn"
"""


def test_trap_15_a_new_vintage_of_the_population_does_not_bend_a_series(
    tmp_path: Path,
) -> None:
    """Trap 15: the authority's settings hold an estimate of 2018 and a rebased one of 2019. Eight
    plans are open from 2018 on: the rate is two in every month, before the newer estimate too,
    because one estimate stands under all of them, and it is named with its vintage."""
    (tmp_path / "authority.toml").write_text(SETTINGS, encoding="utf-8")
    population = read_authority(tmp_path / "authority.toml").population
    assert population is not None
    rows = "\n".join(f"{child} | 2018-01-10 |" for child in "ABCDEFGH")
    journey = journey_of({child_protection_plans: f"child_id | started_on | ended_on\n{rows}"})
    found = measured(
        child_protection.plan_rate, journey, "2020-08", ENGINES[0], population.estimate
    )
    since = [value for value in found.series if value.period.last_day.year >= 2018]
    assert len(since) == 32
    assert {value.exact for value in since} == {2}
    assert population.vintage == "rebased after the census of 2021"


@pytest.mark.parametrize(
    ("year", "version", "nearest"),
    [(2024, "April 2021", "Portsmouth"), (2025, "May 2025", "Coventry")],
)
def test_trap_16_a_new_list_of_neighbours_is_named_where_it_begins(
    year: int, version: str, nearest: str
) -> None:
    """Trap 16: Southampton (852) is compared by the list of April 2021 until 2024 and by that of
    May 2025 from then on; each comparator carries the version, so that a step between the two is
    not taken for a change of the neighbours."""
    codes = {"Portsmouth": "851", "Coventry": "331"}
    group = neighbours_for(year)
    assert version in group.group_version
    assert group.of("852")[0] == codes[nearest]


def test_trap_23_a_number_in_commentary_that_is_not_the_table_s() -> None:
    """Trap 23: the table has 44 of 60 conferences in time in August, 73%, and 63% over twelve
    months. An officer who writes 63% of August is told the figure, and what 63% is; one who writes
    73% is not."""
    heading = "child_protection.icpc_timeliness"
    (right,) = claimed("73% of conferences were in time in August.", heading)
    (wrong,) = claimed("63% of conferences were in time in August.", heading)
    assert (right.outcome, wrong.outcome) == (Outcome.HOLDS, Outcome.FALSE)
    assert wrong.ruling.why == (
        "It is 73% in August 2020 (44 of 60 children). 63% was the figure over the twelve months to"
        " August 2020."
    )
