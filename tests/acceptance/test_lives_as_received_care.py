"""The lives' care written as four yearly SSDA903 and received: the same journey, event by event.

What the lives were is told by `care_as_journey`, which tests/unit/synthetic/test_care_told.py holds
against the lives themselves. What a return cannot carry is named here, a sentence each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from lineofsight.indicators.children_looked_after import (
    ceased,
    number,
    rate,
    started,
    unaccompanied,
)
from lineofsight.indicators.indicator import Indicator
from lineofsight.journey.fields import ORIGIN
from lineofsight.journey.tables import BY_NAME
from lineofsight.measurement.measure import Question, measure
from lineofsight.reference.periods import Month
from lineofsight.reference.places import Population
from lineofsight.returns.rows import delivered_fields
from lineofsight.returns.ssda903 import read_ssda903
from lineofsight.returns.submission import read_delivery, read_files
from lineofsight.synthetic.as_journey_care import care_as_journey
from lineofsight.synthetic.authority import write_annex_a
from lineofsight.synthetic.lives import Lives, simulate
from lineofsight.synthetic.settings import NAME
from lineofsight.synthetic.ssda903 import collection_years, write_ssda903, write_ssda903_years
from lineofsight.synthetic.window import Window
from lineofsight.warehouse.duckdb import DuckDB
from lineofsight.warehouse.facts import build_facts
from lineofsight.warehouse.journey import Journey, Span, read_journey
from lineofsight.warehouse.store import Store

FIRST_DAY, LAST_DAY = date(2016, 4, 1), date(2020, 3, 31)
WHOLE = Window(FIRST_DAY, LAST_DAY)
YEARS = range(2017, 2021)
RESIDENTS = Population(15_000, 2019, "made up", "synthetic")
# SSDA903 told special guardians apart no more finely than this until 2018.
GUARDIANS_UNTIL_2018 = {"E45": "E43", "E46": "E43", "E47": "E44", "E48": "E44"}
# Tables of events that a yearly return tells once and whole: nothing is missing, nothing is more.
AS_THEY_ARE = (
    "missing_episodes", "health", "immigration_status", "care_leavers_at_birthday",
    "adoption_decisions", "adopted_children", "previous_permanence",
)  # fmt: skip
# The return has no column for these; `missing_fields` of the submission says so.
NOT_CARRIED = {
    "permanence_plan", "is_placed_outside", "latest_visit_on", "latest_health_assessment_on",
    "latest_dental_check_on", "team", "worker",
}  # fmt: skip


NOT_CARRIED_BY_EVENTS = {
    "is_placed_outside", "distance_miles", "is_interview_offered", "is_interview_accepted",
    "interviewed_on", "fostered_on",
}  # fmt: skip


@cache
def lives() -> Lives:
    return simulate(9_000, 903)


def year_of(year: int) -> Window:
    return Window(date(year - 1, 4, 1), date(year, 3, 31))


@dataclass(frozen=True)
class Received:
    """The four returns in a store, and the journey they make."""

    store: Store
    journey: Journey

    def rows(self, table: str) -> pl.DataFrame:
        """Give a table's delivered fields, in the order of child and day."""
        return in_order(self.journey.frames[table], table)


def in_order(frame: pl.DataFrame, table: str) -> pl.DataFrame:
    carried = [n for n in delivered_fields(BY_NAME[table]) if n not in NOT_CARRIED_BY_EVENTS]
    fields = [name for name in carried if name in frame.columns]
    return frame.select(fields).sort(fields, nulls_last=True)


@pytest.fixture(scope="module")
def received(tmp_path_factory: pytest.TempPathFactory) -> Received:
    folder = tmp_path_factory.mktemp("years")
    store = Store(folder / "store")
    for year in write_ssda903_years(lives(), folder):
        store.add(read_files(sorted(year.iterdir()), authority=NAME))
    return Received(store, read_journey(store))


@cache
def told(window: Window = WHOLE) -> Mapping[str, pl.DataFrame]:
    return care_as_journey(lives(), window)


def same(found: pl.DataFrame, true: pl.DataFrame) -> None:
    """Compare row by row and field by field, and say which rows only one side has."""
    assert found.columns == true.columns
    only_found = found.join(true, on=found.columns, how="anti", nulls_equal=True)
    only_true = true.join(found, on=found.columns, how="anti", nulls_equal=True)
    assert (only_found.rows(named=True)[:3], only_true.rows(named=True)[:3]) == ([], [])
    assert found.height == true.height > 0


def full_care(periods: pl.DataFrame) -> pl.DataFrame:
    return periods.filter(pl.col("legal_status") != "V4")


def test_the_years_follow_one_another_without_a_row_lost(received: Received) -> None:
    """Every row of every year stands in the journey: nothing is reported as gone."""
    assert list(collection_years(lives())) == list(YEARS)
    assert [(s.first_day, s.last_day) for s in received.journey.submissions] == [
        (year_of(y).first, year_of(y).last) for y in YEARS
    ]
    assert [str(issue) for issue in received.journey.reported] == []


@pytest.mark.parametrize("table", AS_THEY_ARE)
def test_events_of_a_table_are_those_of_the_lives(received: Received, table: str) -> None:
    same(received.rows(table), in_order(told()[table], table))


def test_reviews_are_those_of_the_lives(received: Received) -> None:
    """Reviews of children in short breaks are not asked for (rule 399)."""
    periods = told()["periods_of_care"]
    short = periods.filter(legal_status="V4")["child_id"]
    true = told()["looked_after_reviews"].filter(~pl.col("child_id").is_in(short.implode()))
    found = received.rows("looked_after_reviews")
    both = found.filter(pl.col("child_id").is_in(short.implode()))
    # A child with short breaks and full care too would have reviews; none of these has.
    assert both.is_empty()
    same(found, in_order(true, "looked_after_reviews"))


def coarser_until_2018(rows: pl.DataFrame, reason: str, ended: str) -> pl.DataFrame:
    old = pl.col(ended) <= year_of(2018).last
    return rows.with_columns(
        pl.when(old)
        .then(pl.col(reason).replace(GUARDIANS_UNTIL_2018))
        .otherwise(reason)
        .alias(reason)
    )


def test_episodes_are_those_of_the_lives(received: Received) -> None:
    """All open in the years; before 2018/19 special guardians are told apart less finely."""
    true = coarser_until_2018(told()["care_episodes"], "reason_ended", "ended_on")
    same(received.rows("care_episodes"), in_order(true, "care_episodes"))


def first_delivered(periods: pl.DataFrame) -> pl.DataFrame:
    """Begin each period with its first episode that was open on or after the first day covered.

    A yearly return does not hold the episodes that ended before the year, so a period whose first
    episode ended before April 2016 begins with the episode that was open then.
    """
    episodes = told()["care_episodes"].select(
        "child_id", "legal_status", began_on="started_on", until="ended_on"
    )
    within = periods.select("child_id", "started_on", "ceased_on", short=is_short()).join(
        episodes, on="child_id"
    )
    within = within.filter(
        (pl.col("short") == is_short())
        & (pl.col("began_on") >= pl.col("started_on"))
        & (pl.col("began_on") <= pl.col("ceased_on").fill_null(date.max))
    )
    first = within.group_by("child_id", "started_on").agg(pl.col("began_on").min())
    return (
        periods.join(first, on=["child_id", "started_on"], how="left")
        .with_columns(started_on="began_on")
        .drop("began_on")
    )


def is_short() -> pl.Expr:
    return pl.col("legal_status") == "V4"


def as_last_told(table: str, start: str, end: str) -> pl.DataFrame:
    """Take each row from the newest year that tells it: its counts are those of that year."""
    rows: list[pl.DataFrame] = []
    for year in reversed(YEARS):
        older = told(year_of(year))[table]
        known = pl.concat([r.select("child_id", start) for r in rows]) if rows else None
        rows.append(older.join(known, on=["child_id", start], how="anti") if rows else older)
        assert known is None or older.height > rows[-1].height
    return pl.concat(rows).filter(pl.col(end).is_null() | (pl.col(end) >= FIRST_DAY))


def test_periods_of_care_are_those_of_the_lives(received: Received) -> None:
    """One row a period through all years, each field as the newest year that holds it told it."""
    true = as_last_told("periods_of_care", "started_on", "ceased_on")
    true = coarser_until_2018(true, "reason_ceased", "ceased_on")
    begun_before = first_delivered(true)
    assert 0 < (begun_before["started_on"] != true["started_on"]).sum() < true.height / 2
    carried = [n for n in begun_before.columns if n not in NOT_CARRIED]
    reviewed = pl.when(~is_short()).then("latest_review_on").alias("latest_review_on")
    # A review before the first day covered is in no return that was delivered.
    since = pl.when(pl.col("latest_review_on") >= FIRST_DAY).then("latest_review_on")
    begun_before = begun_before.with_columns(reviewed).with_columns(since.alias("latest_review_on"))
    expected = begun_before.select(carried).sort(carried, nulls_last=True)
    same(received.rows("periods_of_care").select(carried).sort(carried, nulls_last=True), expected)


def test_a_period_that_was_begun_within_the_years_has_its_true_first_day(
    received: Received,
) -> None:
    """Entries to care, child by child and day by day, are the lives' own."""
    began = pl.col("started_on") >= FIRST_DAY
    found = received.rows("periods_of_care").filter(began).select("child_id", "started_on")
    periods = lives().care_periods.with_columns(pl.col("child_id").cast(pl.String))
    true = periods.filter(pl.col("started_on").is_between(FIRST_DAY, LAST_DAY))
    assert sorted(found.rows()) == sorted(true.select("child_id", "started_on").rows())


def order_delivered(adoptions: pl.DataFrame) -> pl.DataFrame:
    """Date each placement order by the first episode under it that was open on or after day one.

    The return tells an order by the status E1 of an episode, and no episode that ended earlier.
    """
    under_order = told()["care_episodes"].filter(legal_status="E1")
    first = under_order.group_by("child_id").agg(pl.col("started_on").min().alias("first_on"))
    shown = adoptions.join(first, on="child_id", how="left", maintain_order="left")
    later = shown["first_on"] != shown["placement_order_on"]
    assert (shown["placement_order_on"].filter(later) < FIRST_DAY).all()
    return shown.with_columns(placement_order_on="first_on").drop("first_on")


def test_adoptions_are_those_of_the_lives(received: Received) -> None:
    """The match is asked for of adopted children only; a family is not told at all."""
    true = as_last_told("adoptions", "entered_care_on", "ordered_on")
    stood = told()["adoption_decisions"].select("child_id", "decided_on")
    true = order_delivered(true.join(stood, on=["child_id", "decided_on"], how="semi"))
    found = received.rows("adoptions")
    carried = [n for n in found.columns if n not in {"family_id", "entered_care_on"}]
    matched = pl.when(pl.col("ordered_on").is_not_null()).then("matched_on").alias("matched_on")
    expected = true.with_columns(matched).select(carried).sort(carried, nulls_last=True)
    same(found.select(carried).sort(carried, nulls_last=True), expected)
    first = first_delivered(full_care(told()["periods_of_care"])).select("child_id", "started_on")
    entered = found.select("child_id", started_on="entered_care_on")
    assert entered.join(first, on=["child_id", "started_on"], how="anti").is_empty()


def test_children_are_described_as_they_are(received: Received) -> None:
    """Sex, ethnic background and birthday; the return has no disability."""
    found = received.journey.frames["children"].select("child_id", "sex", "ethnicity", "born_on")
    sexes = pl.col("sex").replace({"1": "M", "2": "F"})
    true = lives().children.select(
        pl.col("child_id").cast(pl.String), sexes, "ethnicity", "born_on"
    )
    assert found.join(true, on=true.columns, how="anti").is_empty()
    in_care = told()["periods_of_care"]["child_id"]
    leavers = told()["care_leavers_at_birthday"]["child_id"]
    assert set(found["child_id"]) == {*in_care, *leavers}


@pytest.mark.parametrize("table", ["involvements"])
def test_social_workers_are_those_of_the_lives(tmp_path: Path, table: str) -> None:
    """Asked for from 2023/24: a year of the lives in that year's shape."""
    reading = read_ssda903(write_ssda903(lives(), tmp_path, 2020, schema_year=2024))
    same(in_order(reading.frames[table], table), in_order(told(year_of(2020))[table], table))


@pytest.mark.parametrize("year", YEARS)
def test_xml_and_csv_tell_the_same(tmp_path: Path, year: int) -> None:
    """All tables of both forms, but for where in the file each row stands."""
    as_csv = read_ssda903(write_ssda903(lives(), tmp_path / "csv", year))
    as_xml = read_ssda903(write_ssda903(lives(), tmp_path / "xml", year, "xml"))
    assert as_csv.frames.keys() == as_xml.frames.keys()
    for table, frame in as_csv.frames.items():
        rows = frame.drop(ORIGIN[1:])
        other = as_xml.frames[table].drop(ORIGIN[1:])
        assert rows.sort(rows.columns).equals(other.sort(rows.columns)), table
    assert (as_csv.first_day, as_csv.last_day) == (as_xml.first_day, as_xml.last_day)


def of_lives() -> Journey:
    """The journey of the lives, never written to a file."""
    frames = {
        name: frame.with_columns(
            submission=pl.lit("lives"),
            file=pl.lit("lives"),
            sheet=pl.lit(name),
            row=pl.int_range(1, pl.len() + 1, dtype=pl.Int64),
        )
        for name, frame in told().items()
    }
    covered = {name: (Span(FIRST_DAY, LAST_DAY),) for name in frames}
    return Journey(build_facts(frames), covered, frozenset(), ())


def monthly(journey: Journey, indicator: Indicator) -> list[tuple[date, float, float | None]]:
    last = Month.of(LAST_DAY)
    engine = DuckDB(journey.frames)
    (measured,) = measure([indicator], Question(journey, engine, last, NAME, RESIDENTS))
    return [(v.period.last_day, v.numerator, v.denominator) for v in measured.series]


@pytest.mark.parametrize("indicator", [started, ceased, number, rate, unaccompanied])
def test_every_month_measures_the_same(received: Received, indicator: Indicator) -> None:
    """All 48 months of the figures that rest on periods of care."""
    found = monthly(received.journey, indicator)
    assert len(found) == 48
    assert found == monthly(of_lives(), indicator)


def test_a_made_up_return_says_so_in_its_name_or_its_authority(received: Received) -> None:
    """The return itself has no field for it."""
    assert all(s.is_synthetic for s in received.journey.submissions)
    assert all(s.authority == NAME for s in received.journey.submissions)


# Annex A, lists 8 to 10, of the same lives.

IN_THE_LIST = Window(date(2019, 9, 1), date(2020, 8, 31))


@pytest.fixture(scope="module")
def annex_a(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, pl.DataFrame]:
    folder = tmp_path_factory.mktemp("annex-a")
    return read_delivery(write_annex_a(lives(), folder, IN_THE_LIST, print)).frames


def test_list_8_tells_the_periods_of_care(annex_a: Mapping[str, pl.DataFrame]) -> None:
    """Field by field; the two counts of the last twelve months are the child's, not the period's.

    They agree for a child with one period in the list and no placement with the same carer.
    """
    counts = ["placements_in_12_months", "missing_in_12_months"]
    true = told(IN_THE_LIST)["periods_of_care"]
    found = in_order(annex_a["periods_of_care"], "periods_of_care")
    same(found.drop(counts), in_order(true.drop(counts), "periods_of_care"))
    stays = told(IN_THE_LIST)["care_episodes"].filter(pl.col("reason_started").is_in(["T", "U"]))
    every = (
        lives()
        .care_periods.filter(
            pl.col("ceased_on").is_null() | (pl.col("ceased_on") > IN_THE_LIST.months_ago(12))
        )
        .select(pl.col("child_id").cast(pl.String))
    )
    alone = every.unique("child_id", keep="none").join(stays, on="child_id", how="anti")
    key = ["child_id", "started_on"]
    one = true.join(alone, on="child_id", how="semi").select(*key, *counts)
    same(
        found.join(alone, on="child_id", how="semi").select(*key, *counts).sort(key), one.sort(key)
    )
    assert one.height > true.height / 2


def test_list_9_tells_the_care_leavers_of_the_day(annex_a: Mapping[str, pl.DataFrame]) -> None:
    """The two days that lists have had since 2024 are not in the list of this form."""
    not_held = ["pathway_plan_reviewed_on", "contacted_on"]
    true = told(IN_THE_LIST)["care_leavers"].drop(not_held)
    found = annex_a["care_leavers"].drop(not_held)
    same(in_order(found, "care_leavers"), in_order(true, "care_leavers"))


def test_list_10_tells_the_adoptions(annex_a: Mapping[str, pl.DataFrame]) -> None:
    """Every step of every child with a decision, whatever became of it."""
    true = told(IN_THE_LIST)["adoptions"]
    same(in_order(annex_a["adoptions"], "adoptions"), in_order(true, "adoptions"))
