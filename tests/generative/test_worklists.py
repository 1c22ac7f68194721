"""What was listed and not done in time is what the figures count late, in every month.

A synthetic authority is drawn up week by week, each list as it stood on its Monday. The figures are
measured once, at the end, with all that is known then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

import polars as pl
import pytest
import sqlalchemy as sa

from lineofsight.access.audit import AuditEntry, AuditTrail
from lineofsight.access.roles import Act, Actor, Role
from lineofsight.indicators import assessments as assessment_figures
from lineofsight.indicators.indicator import During, Indicator
from lineofsight.journey.tables import (
    assessments,
    child_protection_plans,
    child_protection_reviews,
    initial_conferences,
    mash_decisions,
    section_47_enquiries,
)
from lineofsight.measurement.measure import Question
from lineofsight.measurement.measurement import Measurement
from lineofsight.measurement.throughout import measure_throughout
from lineofsight.reference.periods import Month
from lineofsight.reviews.conference_demand import conferences_pending
from lineofsight.synthetic.as_journey import as_journey
from lineofsight.synthetic.lives import simulate
from lineofsight.synthetic.window import Window
from lineofsight.warehouse.duckdb import DuckDB
from lineofsight.warehouse.facts import build_facts
from lineofsight.warehouse.journey import Journey, Span
from lineofsight.warehouse.sql_text import render
from lineofsight.warehouse.up_to import up_to
from lineofsight.worklists.every import LISTS, find_list
from lineofsight.worklists.listed import Row, State, WeeksList, draw_up, family_of
from lineofsight.worklists.worklist import Worklist

CHILDREN = 4_000
FIRST, LAST = date(2015, 9, 1), date(2020, 8, 31)
MONTHS = [Month.parse("2019-08") + n for n in range(12)]
MONDAYS = [date(2019, 7, 29) + timedelta(weeks=n) for n in range(56)]
TABLES = frozenset({one.table for one in LISTS})
Drawn = dict[str, WeeksList]


@cache
def recorded() -> dict[str, pl.DataFrame]:
    """The lives of an authority, as tables."""
    told = as_journey(simulate(CHILDREN), Window(FIRST, LAST))
    return {
        name: frame.with_columns(
            submission=pl.lit("lives"),
            file=pl.lit("lives"),
            sheet=pl.lit(name),
            row=pl.int_range(1, pl.len() + 1),
        )
        for name, frame in told.items()
    }


@pytest.fixture(scope="module")
def entry(tmp_path_factory: pytest.TempPathFactory) -> AuditEntry:
    """The entry without which no list is drawn up."""
    trail = AuditTrail(tmp_path_factory.mktemp("trail") / "audit")
    return trail.enter(Actor("a", Role.ANALYST), Act.WORKLIST, "test")


@pytest.fixture(scope="module")
def weeks(entry: AuditEntry) -> dict[date, Drawn]:
    """Every list on every Monday, and on the last day of every month."""
    days = {*MONDAYS, *(month.last_day for month in MONTHS)}
    return {day: drawn_on(day, entry) for day in sorted(days)}


def drawn_on(day: date, entry: AuditEntry) -> Drawn:
    """Every list as the records stood on a day."""
    engine = DuckDB(build_facts(up_to(recorded(), day), TABLES))
    return {one.id: draw_up(one, engine, day, entry) for one in LISTS}


@cache
def known_at_the_end() -> Question:
    """The journey with all that is known at the end."""
    frames = build_facts(recorded())
    journey = Journey(frames, {n: (Span(FIRST, LAST),) for n in frames}, frozenset(), ())
    return Question(journey, DuckDB(frames), MONTHS[-1], "Made up", None)


@cache
def late_in_figures() -> dict[str, dict[Month, int]]:
    """Rows that a figure counts and not in time, by figure and month, known at the end."""
    figures = {one.indicator.id: one.indicator for one in LISTS}
    figures |= {one.stock.id: one.stock for one in LISTS if one.stock}
    measured = measure_throughout(tuple(figures.values()), known_at_the_end())
    return {one.indicator.id: {m: late_of(one, m) for m in MONTHS} for one in measured}


def late_of(measured: Measurement, month: Month) -> int:
    """How many rows a percentage counts of a month that do not meet its condition."""
    value = measured.at(month)
    if value is None:
        return 0
    assert value.denominator is not None
    return round(value.denominator - value.numerator)


def counted_in(indicator: Indicator) -> dict[Month, int]:
    """The numerator of a figure, month by month."""
    (measured,) = measure_throughout((indicator,), known_at_the_end())
    values = {month: measured.at(month) for month in MONTHS}
    return {month: round(value.numerator) if value else 0 for month, value in values.items()}


def lists_of(indicator: Indicator) -> list[Worklist]:
    return [one for one in LISTS if one.indicator.id == indicator.id]


def mondays(weeks: dict[date, Drawn], worklist: Worklist) -> Iterator[WeeksList]:
    return (weeks[day][worklist.id] for day in MONDAYS)


def key(row: Row) -> tuple[Any, ...]:
    return (row.child, row.opened_on, row.due_on)


ENDING = ("mash-decisions", "assessments", "conferences")


@pytest.mark.parametrize("name", ENDING)
def test_what_left_a_list_late_is_what_the_figure_of_its_month_counts_late(
    weeks: dict[date, Drawn], name: str
) -> None:
    """Figures that count in the month in which something is done."""
    worklist = find_list(name)
    left = [row for week in mondays(weeks, worklist) for row in week.gone if row.is_counted_late]
    by_month = Counter(Month.of(row.left_on) for row in left if row.left_on)
    counted = late_in_figures()[worklist.indicator.id]
    untimed = untimed_conferences() if name == "conferences" else Counter[Month]()
    assert {m: by_month[m] + untimed[m] for m in MONTHS} == {m: counted[m] for m in MONTHS}
    assert sum(by_month[month] for month in MONTHS) > 10


def untimed_conferences() -> Counter[Month]:
    """Conferences of the figure for which nobody waited by its days: told apart by hand."""
    rows = recorded()["initial_conferences"].unique(["child_id", "held_on"], keep="first")
    start = pl.col("strategy_discussion_on")
    none = rows.filter(start.is_null() | (start > pl.col("held_on")))
    return Counter(Month.of(day) for day in none["held_on"])


@pytest.mark.parametrize("name", ENDING)
def test_what_left_late_had_stood_on_the_list_as_late(weeks: dict[date, Drawn], name: str) -> None:
    """On every Monday between the day it was late and the day it was done."""
    worklist = find_list(name)
    as_late = {
        (key(one.row), week.on)
        for week in mondays(weeks, worklist)
        for one in week.rows
        if one.state is State.LATE
    }
    for week in mondays(weeks, worklist):
        for row in week.gone:
            if row.is_counted_late and row.overdue_on and row.left_on:
                stood = [d for d in MONDAYS if row.overdue_on <= d < row.left_on]
                assert all((key(row), day) in as_late for day in stood)


DUE = sorted(
    {
        one.indicator.id
        for one in LISTS
        if one.due is not None and isinstance(one.indicator.when, During) and one.id not in ENDING
    }
)


@pytest.mark.parametrize("figure", DUE)
def test_what_was_late_on_a_list_is_what_the_figure_of_the_month_it_was_due_counts_late(
    weeks: dict[date, Drawn], figure: str
) -> None:
    """Figures that count in the month in which something fell due."""
    late: dict[tuple[Any, ...], Row] = {}
    for worklist in (one for one in LISTS if one.indicator.id == figure):
        for week in mondays(weeks, worklist):
            late |= {key(x.row): x.row for x in week.rows if x.state is State.LATE}
            late |= {key(row): row for row in week.gone if row.is_counted_late}
    by_month = Counter(Month.of(row.due_on) for row in late.values() if row.due_on)
    counted = late_in_figures()[figure]
    assert {m: by_month[m] for m in MONTHS} == {m: counted[m] for m in MONTHS}
    assert sum(by_month.values()) > 0


STOCKS = sorted({one.stock.id for one in LISTS if one.stock})


@pytest.mark.parametrize("figure", STOCKS)
def test_what_is_late_at_a_month_end_is_what_its_figure_counts(
    weeks: dict[date, Drawn], figure: str
) -> None:
    """Figures that count who is up to date at the end of a month."""
    names = [one.id for one in LISTS if one.stock and one.stock.id == figure]
    found = {
        month: sum(weeks[month.last_day][name].count(State.LATE) for name in names)
        for month in MONTHS
    }
    counted = late_in_figures()[figure]
    assert found == {month: counted[month] for month in MONTHS}


def test_assessments_late_at_a_month_end_are_those_open_beyond_45_days(
    weeks: dict[date, Drawn],
) -> None:
    """The count that the percentage cannot see yet."""
    counted = counted_in(assessment_figures.open_beyond_45)
    for month in MONTHS:
        assert weeks[month.last_day]["assessments"].count(State.LATE) == counted[month]


def test_re_entries_listed_are_those_the_figure_counts(weeks: dict[date, Drawn]) -> None:
    """Each stands on the list, or came and went, in the week of its entry."""
    worklist = find_list("re-entries")
    seen = {
        (row.child, row.opened_on)
        for week in mondays(weeks, worklist)
        for row in (*(one.row for one in week.rows), *week.gone)
    }
    by_month = Counter(Month.of(opened) for _, opened in seen)
    assert {month: by_month[month] for month in MONTHS} == counted_in(worklist.indicator)


@pytest.mark.parametrize("day", MONDAYS[::13])
def test_health_assessments_listed_ahead_are_those_that_will_be_missing(
    weeks: dict[date, Drawn], day: date
) -> None:
    """Counted by hand from the stretches: one missing now or within the days that are listed."""
    years = build_facts(up_to(recorded(), day), frozenset({"health_years"}))["health_years"]
    needed = pl.when("is_under_five").then(2).otherwise(1)
    ahead = day + timedelta(days=find_list("health-assessments").ahead)
    missing = years.filter(
        (pl.col("assessments") < needed)
        & (pl.col("started_on") <= ahead)
        & (pl.col("ended_on").is_null() | (pl.col("ended_on") > day))
    )
    listed = {one.row.child for one in weeks[day]["health-assessments"].rows}
    assert listed == set(missing["child_id"])
    assert listed


def test_who_is_new_was_not_there_last_week_and_who_is_gone_was_or_came_since(
    weeks: dict[date, Drawn],
) -> None:
    """New and gone are the difference of two lists, each drawn up by itself."""
    for worklist in LISTS:
        for before, after in pairwise(MONDAYS):
            last = {key(one.row) for one in weeks[before][worklist.id].rows}
            week = weeks[after][worklist.id]
            new = {key(one.row) for one in week.rows if one.is_new}
            assert new == {key(one.row) for one in week.rows} - last, (worklist.id, after)
            gone = {key(row) for row in week.gone}
            assert last - {key(one.row) for one in week.rows} <= gone, (worklist.id, after)


@pytest.mark.parametrize("day", MONDAYS[::13])
def test_the_review_of_capacity_waits_for_the_families_on_the_list(
    weeks: dict[date, Drawn], day: date
) -> None:
    """Two ways to the same conferences: from three tables, and from the derived one.

    That a child moved in on another authority's plan is recorded when the conference is held: the
    list of the day has it, the review, which looks back, sets it aside.
    """
    pending, _ = conferences_pending(known_at_the_end().journey, day)
    conferences = recorded()["initial_conferences"].filter("is_transfer_in")
    moved_in = set(conferences.select("child_id", "strategy_discussion_on").iter_rows())
    rows = [x.row for x in weeks[day]["conferences"].rows]
    left = [row for row in rows if (row.child, row.opened_on) not in moved_in]
    assert sorted(p.due_on for p in pending) == sorted(
        due for _, due in {(family_of(row), row.due_on) for row in left}
    )


@pytest.mark.parametrize(
    "name", ["assessments", "conferences", "review-conferences", "mash-decisions"]
)
def test_the_day_due_is_the_last_that_the_figure_counts_in_time(name: str) -> None:
    """Begun on any day of four years, done on the day due it is in time, on the next it is late."""
    starts = [date(2018, 1, 1) + timedelta(days=n) for n in range(4 * 365)]
    worklist = find_list(name)
    open_rows = DuckDB(build_facts(begun(name, starts, [None] * len(starts)), TABLES))
    assert worklist.due is not None
    assert worklist.overdue is not None
    asked = sa.select(worklist.due, worklist.overdue, next(iter(worklist.opened.table.columns)))
    days = sorted(open_rows.rows(render(asked)), key=lambda row: int(row[2]))
    for place, expected in ((0, True), (1, False)):
        done = [row[place] for row in days]
        engine = DuckDB(build_facts(begun(name, starts, done), TABLES))
        first = part_first(name, worklist)
        truths = sa.select(sa.case((worklist.in_time, sa.true()), else_=sa.false())).where(first)
        assert {row[0] for row in engine.rows(render(truths))} == {expected}


def part_first(name: str, worklist: Worklist) -> Any:
    """Of turns, those that were begun by hand: a review begins the next one."""
    return worklist.opened.table.columns["is_first"] if "review" in name else sa.true()


def begun(name: str, starts: list[date], done: list[date | None]) -> dict[str, pl.DataFrame]:
    """Tables in which something began and was done, a child a row."""
    ids = [str(n) for n in range(len(starts))]
    if name == "assessments":
        return {assessments.__name__: rows(child_id=ids, started_on=starts, authorised_on=done)}
    if name == "mash-decisions":
        return {mash_decisions.__name__: rows(
            child_id=ids, received_at=at_hour(starts, 9), decided_at=at_hour(done, 23),
        )}  # fmt: skip
    if name == "review-conferences":
        held = [day for day in done if day]
        whose = [child for child, day in zip(ids, done, strict=True) if day]
        return {
            child_protection_plans.__name__: rows(child_id=ids, started_on=starts),
            child_protection_reviews.__name__: rows(child_id=whose, held_on=held),
        }
    enquiries = rows(child_id=ids, strategy_discussion_on=starts, conference_on=done)
    held_rows = enquiries.drop_nulls("conference_on").rename({"conference_on": "held_on"})
    return {
        section_47_enquiries.__name__: enquiries,
        initial_conferences.__name__: held_rows,
    }


def at_hour(days: list[Any], hour: int) -> pl.Series:
    """Moments at an hour of days, blank for a blank."""
    return pl.Series(days, dtype=pl.Date).cast(pl.Datetime("us")) + timedelta(hours=hour)


def rows(**columns: Any) -> pl.DataFrame:
    frame = pl.DataFrame(columns)
    days = [n for n in frame.columns if n.endswith("_on")]
    return frame.with_columns(
        pl.col(days).cast(pl.Date),
        submission=pl.lit("drawn"),
        file=pl.lit("drawn"),
        sheet=pl.lit("drawn"),
        row=pl.int_range(1, pl.len() + 1),
    )
