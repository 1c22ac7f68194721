"""Traps of the field that belong to no single indicator; the others stand with theirs.

`shared/docs/domain.md`, section 7, numbers them. A specification that draws one names it by its
number, and `tests/docs` looks for each.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from lineofsight.claims.statement import Outcome
from lineofsight.comparators.neighbours import neighbours_for
from lineofsight.disclosure.rules import Rules
from lineofsight.disclosure.tidy import suppress
from lineofsight.disclosure.tidy_audit import recovered_from
from lineofsight.indicators import child_protection, permanence
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


YEAR_TO_DATE = """
month   | numerator | year to date
April   |        12 |           12
May     |         8 |           20
June    |         3 |           23
July    |         9 |           32
August  |        11 |           43
"""


def test_trap_19_a_hidden_month_cannot_be_worked_out_from_the_year_to_date() -> None:
    """Trap 19: 3 children adopted in June. June alone hidden is 23 less 20. The year to date of
    May or of June has to go too, and then August's needs April to July, whose sum is known: so two
    more of what is left. Hiding May with June, in month and year to date, is enough: 8 + 3 = 11."""
    lines = [line.split("|") for line in YEAR_TO_DATE.strip().splitlines()[1:]]
    rows = [
        ("permanence.adopted", "total", "All", period, date(2020, 4 + n, 30), months)
        for n in range(len(lines))
        for period, months in (("month", 1), ("year to date", n + 1))
    ]
    numbers = [float(cell) for line in lines for cell in line[1:]]
    names = ("indicator", "breakdown", "group", "period", "period_ends_on", "months")
    table = pl.DataFrame(rows, schema=names, orient="row").with_columns(
        numerator=pl.Series(numbers), denominator=pl.lit(None, pl.Float64), value=pl.Series(numbers)
    )
    adopted, rules = [permanence.adopted], Rules()
    only_june = table.with_columns(
        symbol=pl.when((pl.col("period") == "month") & (pl.col("numerator") == 3))
        .then(pl.lit("c"))
        .otherwise(pl.lit(""))
    )
    [found] = recovered_from(only_june, table, adopted, rules)
    assert (found.least, found.most) == (3, 3)
    shown = suppress(table, adopted, rules).table
    hidden = shown.filter(symbol="c").select("period", pl.col("period_ends_on").dt.month()).rows()
    assert hidden == [("month", 5), ("year to date", 5), ("month", 6)]
    assert shown.filter(symbol="c")["value"].to_list() == [None, None, None]
    assert recovered_from(shown, table, adopted, rules) == []


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
