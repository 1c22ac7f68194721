"""Machine-made children: groups, periods, different children and quantiles, counted again by hand.

The counting again goes day by day and child by child and shares nothing with the way the dataset
is made: no deltas, no running sums, no cells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from lineofsight.indicators.indicator import (
    Count,
    Indicator,
    Percentage,
    Quantile,
    during,
    open_at_end,
)
from lineofsight.journey.breakdowns import find_breakdowns
from lineofsight.journey.tables import assessments, child_protection_plans, referrals
from lineofsight.measurement.dataset import dataset
from lineofsight.measurement.measure import Question
from lineofsight.reference.periods import Month
from lineofsight.reference.working_days import is_working_day
from lineofsight.warehouse.duckdb import DuckDB
from lineofsight.warehouse.facts import build_facts
from lineofsight.warehouse.journey import Journey, Span

FIRST, LAST = date(2019, 1, 1), date(2020, 12, 31)
MONTHS = [Month.parse("2019-01") + n for n in range(24)]
SOME = settings(max_examples=25, deadline=None, derandomize=True)
CHILDREN = ("A", "B", "C")
days = st.dates(FIRST, LAST)
spans = st.lists(
    st.tuples(st.sampled_from(CHILDREN), days, st.none() | st.integers(0, 500), st.booleans()),
    max_size=8,
)
births = st.fixed_dictionaries(
    {c: st.none() | st.dates(date(2001, 1, 1), date(2020, 6, 30)) for c in CHILDREN}
)
BANDS = ((0, "Under 1"), (1, "1 to 4"), (5, "5 to 9"), (10, "10 to 15"), (16, "16 and 17"))


@dataclass(frozen=True)
class Row:
    """A span or an event of one child."""

    child: str
    on: date
    until: date | None
    flag: bool

    @classmethod
    def of(cls, drawn: tuple[str, date, int | None, bool]) -> Row:
        child, on, length, flag = drawn
        return cls(child, on, None if length is None else on + timedelta(days=length), flag)


def origin(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    """A frame as if it had been delivered."""
    return frame.with_columns(
        submission=pl.lit("made"),
        file=pl.lit("made"),
        sheet=pl.lit(name),
        row=pl.int_range(2, pl.len() + 2),
    )


def tidy(
    indicator: Indicator, table: str, rows: Sequence[dict[str, Any]], born: dict[str, date | None]
) -> pl.DataFrame:
    """The dataset of one indicator over some rows, by age and sex."""
    object.__setattr__(indicator, "id", "chapter.made")
    people = pl.DataFrame(
        {"child_id": list(born), "born_on": list(born.values())},
        schema_overrides={"born_on": pl.Date},
    )
    frames = {"children": origin(people, "children")}
    if rows:
        frames[table] = origin(pl.DataFrame(list(rows), infer_schema_length=None), table)
    facts = build_facts(frames)
    journey = Journey(facts, {name: (Span(FIRST, LAST),) for name in facts}, frozenset(), ())
    question = Question(journey, DuckDB(facts), MONTHS[-1], "Made", None)
    return dataset([indicator], question, find_breakdowns(["age_band", "sex"])).table


def age_band(born: date | None, day: date) -> str:
    """The age on a day, by the calendar."""
    if born is None:
        return "Not recorded"
    if day < born:
        return "Unborn"
    age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return next((name for least, name in reversed(BANDS) if least <= age < 18), "18 and over")


def by_group(found: pl.DataFrame, breakdown: str, period: str = "month") -> dict[Any, Any]:
    """Numerators above zero by (group, last day of the period)."""
    rows = found.filter((pl.col("breakdown") == breakdown) & (pl.col("period") == period))
    columns = rows.select("group", "period_ends_on", "numerator").rows()
    return {(group, ends): n for group, ends, n in columns if n}


@SOME
@given(spans, births)
def test_spans_by_age_are_those_that_a_walk_through_the_month_ends_meets(
    drawn: list[Any], born: dict[str, date | None]
) -> None:
    """A child on a plan on the last day of a month counts in the age it has that day."""
    rows = [Row.of(one) for one in drawn]
    number = Count(
        name="n",
        source="s",
        when=open_at_end(child_protection_plans.started_on, child_protection_plans.ended_on),
    )
    told = [{"child_id": r.child, "started_on": r.on, "ended_on": r.until} for r in rows]
    found = tidy(number, "child_protection_plans", told, born)
    expected: Counter[Any] = Counter()
    for month in MONTHS:
        day = month.last_day
        for row in rows:
            if row.on <= day and (row.until is None or row.until > day):
                expected[age_band(born[row.child], day), day] += 1
    assert by_group(found, "age_band") == expected
    total: Counter[Any] = Counter()
    for (_, day), n in expected.items():
        total["All", day] += n
    assert by_group(found, "total") == total


def period_days(period: str, month: Month) -> tuple[date, date] | None:
    """The days of the period of a kind that ends with a month, by the calendar."""
    year = month.year if month.number >= 4 else month.year - 1
    if period == "twelve months":
        return max((month - 11).first_day, FIRST), month.last_day
    if period == "year to date":
        return max(date(year, 4, 1), FIRST), month.last_day
    if period == "quarter":
        first = (month - 2).first_day
        return (first, month.last_day) if month.number % 3 == 0 and first >= FIRST else None
    if period == "financial year":
        first = date(year, 4, 1)
        return (first, month.last_day) if month.number == 3 and first >= FIRST else None
    return month.first_day, month.last_day


PERIODS = ("month", "twelve months", "year to date", "quarter", "financial year")


@SOME
@given(spans, births)
def test_different_children_in_every_period(drawn: list[Any], born: dict[str, date | None]) -> None:
    """Of every period the set of children is made and its members are counted."""
    rows = [Row.of(one) for one in drawn]
    different = Percentage(
        name="n",
        source="s",
        when=during(referrals.referred_on),
        met=referrals.is_no_further_action,
        each=referrals.child_id,
    )
    told = [
        {"child_id": r.child, "referred_on": r.on, "is_no_further_action": r.flag} for r in rows
    ]
    found = tidy(different, "referrals", told, born)
    counted = {
        (r["period"], r["period_ends_on"]): (r["numerator"], r["denominator"])
        for r in found.filter(breakdown="total").to_dicts()
    }
    for period in PERIODS:
        for month in MONTHS:
            within = period_days(period, month)
            assert ((period, month.last_day) in counted) == (within is not None)
            if within:
                mine = [r for r in rows if within[0] <= r.on <= within[1]]
                met = {r.child for r in mine if r.flag}
                expected = (len(met), len({r.child for r in mine}))
                assert counted[period, month.last_day] == expected, (period, month)
    # In a breakdown every child counts in one group: the groups make up the total.
    for period in PERIODS:
        groups: Counter[Any] = Counter()
        for (_, day), n in by_group(found, "age_band", period).items():
            groups["All", day] += n
        assert groups == by_group(found, "total", period)


@SOME
@given(spans, births, st.sampled_from([0.25, 0.5, 0.75, 0.9]))
def test_quantiles_in_every_period(
    drawn: list[Any], born: dict[str, date | None], share: float
) -> None:
    """The rows of every period are sorted, and the one that reaches the share is looked up."""
    rows = [r for r in map(Row.of, drawn) if r.until is not None and r.until <= LAST]
    quantile = Quantile(
        name="n",
        source="s",
        when=during(assessments.authorised_on),
        value=assessments.working_days_to_authorisation,
        share=share,
    )
    told = [{"child_id": r.child, "started_on": r.on, "authorised_on": r.until} for r in rows]
    found = tidy(quantile, "assessments", told, born)
    lengths = {(r.child, r.on, r.until): working_days(r.on, r.until) for r in rows if r.until}
    for row in found.filter(breakdown="total").to_dicts():
        within = period_days(row["period"], Month.of(row["period_ends_on"]))
        assert within
        mine = sorted(
            lengths[r.child, r.on, r.until]
            for r in rows
            if r.until and within[0] <= r.until <= within[1]
        )
        assert row["denominator"] == len(mine)
        reached = [x for n, x in enumerate(mine, 1) if n >= share * len(mine)]
        assert row["value"] == (reached[0] if mine else None)


def working_days(start: date, end: date) -> int:
    """Days after the start that are worked on, one by one."""
    span = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(is_working_day(day) for day in span)
