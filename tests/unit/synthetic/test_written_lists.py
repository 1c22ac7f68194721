"""What is written: the sample workbook's headers, codes that are understood, counts that agree."""

from __future__ import annotations

import os
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from lineofsight.reference.codes import code_sets
from lineofsight.returns.annex_a_layout import LISTS
from lineofsight.returns.conversion import convert
from lineofsight.returns.layout import header_key
from lineofsight.returns.local import SHEETS
from lineofsight.returns.template_words import choices
from lineofsight.synthetic import annex_a_labels as labels
from lineofsight.synthetic.annex_a_lists import annex_a_lists
from lineofsight.synthetic.lives import Lives, simulate
from lineofsight.synthetic.local_lists import local_lists, visit_lists
from lineofsight.synthetic.window import Window

_BESIDE = Path(__file__).resolve().parents[4] / "shared"
SAMPLE = Path(os.environ.get("LINEOFSIGHT_SHARED", _BESIDE)) / "fixtures/liia-tools/Annex_A.xlsx"
WINDOW = Window(date(2015, 9, 1), date(2020, 8, 31))
YEAR = Window(date(2017, 9, 1), date(2018, 8, 31))
LAST_YEAR = Window(date(2019, 9, 1), date(2020, 8, 31))


@cache
def lives() -> Lives:
    return simulate(6_000, 2020)


@cache
def lists() -> dict[str, pl.DataFrame]:
    return annex_a_lists(lives(), WINDOW)


@pytest.mark.skipif(
    not SAMPLE.exists(),
    reason="The sample workbook is absent: set LINEOFSIGHT_SHARED to the shared folder.",
)
def test_headers_are_those_of_the_sample_workbook() -> None:
    """But for two of list 9 that Ofsted asks for since, without which nobody knows the plans."""
    book = openpyxl.load_workbook(SAMPLE, read_only=True)
    expected = {
        sheet.title: [cell for cell in next(sheet.iter_rows(values_only=True)) if cell]
        for sheet in book
    }
    book.close()
    since = {"Latest Pathway Plan Review Date", "Latest Date of Contact"}
    assert since <= set(lists()["List 9"].columns)
    written = {t: [c for c in frame.columns if c not in since] for t, frame in lists().items()}
    assert written == expected


def test_every_header_is_known_to_the_reader() -> None:
    for sheet in LISTS:
        known = frozenset().union(*(column.keys for column in sheet.columns))
        assert not [h for h in lists()[sheet.title].columns if header_key(h) not in known]


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("sex", {"M": "a) Male", "F": "b) Female", "U": "c) Not stated/recorded"}),
        ("ethnicity", labels.ETHNICITY), ("referral_source", labels.SOURCE),
        ("primary_need", labels.PRIMARY_NEED), ("closure_reason", labels.CLOSURE),
        ("abuse_category", labels.ABUSE), ("legal_status", labels.LEGAL_STATUS),
        ("reason_ceased", labels.CEASED), ("placement_type", labels.PLACEMENT),
        ("placement_provider", labels.PROVIDER), ("accommodation", labels.ACCOMMODATION),
        ("activity", labels.ACTIVITY),
    ],
)  # fmt: skip
def test_every_spelling_is_understood_as_its_code(name: str, spelled: dict[str, str]) -> None:
    assert {code_sets()[name].code_for(text) for text in spelled.values()} == set(spelled)
    assert all(code_sets()[name].code_for(text) == code for code, text in spelled.items())


def test_lists_hold_the_events_of_the_window() -> None:
    day = pl.col("referred_on")
    window = lives().referrals.filter(day.is_between(WINDOW.first, WINDOW.last))
    assert lists()["List 3"].height == window.height > 0
    first, last = (
        lists()["List 3"]["Date of Referral"].min(),
        lists()["List 3"]["Date of Referral"].max(),
    )
    assert (first.year, last.year) == (2015, 2020)


def test_lists_of_spans_hold_what_was_open_or_ended_in_the_window() -> None:
    rows = lists()["List 8"]
    ceased = rows["Date Ceased to be Looked After"].drop_nulls()
    assert ceased.min() >= WINDOW.first
    assert rows["Date Started to be Looked After"].min() < WINDOW.first
    open_now = rows.filter(pl.col("Date Ceased to be Looked After").is_null()).height
    assert open_now == lives().care_periods.filter(pl.col("ceased_on").is_null()).height


def test_the_unborn_have_no_birthday_and_no_age() -> None:
    unborn = lives().children.filter(pl.col("born_on") > WINDOW.last)["child_id"]
    rows = lists()["List 1"].filter(pl.col("Child Unique ID").is_in(unborn.to_list()))
    assert rows.height > 0
    assert rows["Date of Birth"].null_count() == rows["Age"].null_count() == rows.height
    assert set(rows["Gender"]) == {"c) Not stated/recorded"}


def test_ages_are_fractions_of_a_year_at_the_last_day() -> None:
    row = lists()["List 3"].drop_nulls("Age").row(0, named=True)
    assert row["Age"] == (WINDOW.last - row["Date of Birth"]).days / 365.25


def test_earlier_referrals_are_counted_over_the_twelve_months_before() -> None:
    rows = lists()["List 3"].filter(pl.col("Date of Referral") >= date(2017, 1, 1))
    every = lives().referrals
    for row in rows.sample(60, seed=1).to_dicts():
        on = row["Date of Referral"]
        since = pl.Series([on]).dt.offset_by("-12mo")[0]
        before = every.filter(
            (pl.col("child_id") == row["Child Unique ID"])
            & (pl.col("referred_on") >= since)
            & (pl.col("referred_on") < on)
        ).height
        assert row["Number of Referrals in Last 12 Months"] == before
    assert (rows["Number of Referrals in Last 12 Months"] > 0).any()


@pytest.mark.parametrize("window", [WINDOW, YEAR])
def test_placements_of_the_last_twelve_months_are_counted(window: Window) -> None:
    count, year_ago = "Number of Placements in the Last 12 months", window.months_ago(12)
    rows = annex_a_lists(lives(), window)["List 8"]
    rows = rows.filter(pl.col("Date Ceased to be Looked After").is_null())
    for row in rows.sample(40, seed=2).to_dicts():
        placed = lives().placements.filter(
            (pl.col("child_id") == row["Child Unique ID"])
            & (pl.col("started_on") <= window.last)
            & (pl.col("ended_on").is_null() | (pl.col("ended_on") > year_ago))
        )
        assert row[count] == placed.height


def test_a_list_of_an_earlier_year_says_what_was_known_then() -> None:
    yearly = annex_a_lists(lives(), YEAR)
    for title, frame in yearly.items():
        assert frame.columns == lists()[title].columns
        for name, dtype in frame.schema.items():
            assert not dtype.is_temporal() or (frame[name].max() or YEAR.last) <= YEAR.last, name
    plans = lives().plans.filter(
        (pl.col("started_on") <= YEAR.last)
        & (pl.col("ended_on").is_null() | (pl.col("ended_on") > YEAR.last))
    )
    blank = yearly["List 7"].filter(pl.col("Child Protection Plan End Date").is_null())
    assert sorted(blank["Child Unique ID"]) == sorted(plans["child_id"])
    ages = (YEAR.last - yearly["List 3"]["Date of Birth"]).dt.total_days() / 365.25
    assert yearly["List 3"]["Age"].equals(ages, check_names=False)
    unseen = yearly["List 6"].filter(pl.col("CIN Closure Date").is_null())
    assert unseen["Reason for Closure"].null_count() == unseen.height > 0
    assert "e) Closed episode" not in unseen["Case Status"].to_list()


def test_workers_are_numbers_and_nobody() -> None:
    for title in ("List 3", "List 4", "List 5", "List 6", "List 7", "List 8", "List 9"):
        assert lists()[title]["Allocated Worker"].str.contains(r"^Worker \d{3}$").all()


def test_local_tables_are_labelled_as_the_reader_reads_them() -> None:
    written = local_lists(lives(), WINDOW) | visit_lists(lives(), LAST_YEAR)
    assert {title: frame.columns for title, frame in written.items()} == {
        sheet.title: [column.header for column in sheet.columns] for sheet in SHEETS
    }
    assert [title for title, frame in written.items() if frame.is_empty()] == ["Linked identifiers"]


def test_what_is_chosen_from_a_list_is_written_in_the_words_of_the_list() -> None:
    written = local_lists(lives(), WINDOW) | visit_lists(lives(), LAST_YEAR)
    for sheet in SHEETS:
        for column in sheet.columns:
            if not choices(column):
                continue
            cells = written[sheet.title][column.header].drop_nulls().unique()
            if column.suggested:
                assert set(cells) <= set(choices(column)), column.header
            assert convert(cells, column.fields[0])["note"].null_count() == cells.len()


def test_visits_are_told_once_and_for_what_the_child_is_then() -> None:
    rows = visit_lists(lives(), LAST_YEAR)["Visits"]
    day = pl.col("visited_on").is_between(LAST_YEAR.first, LAST_YEAR.last)
    counts = dict(rows["Why"].value_counts().iter_rows())
    assert counts["Child protection plan"] == lives().plan_visits.filter(day).height
    assert counts["Looked after"] == lives().care_visits.filter(day).height
    in_need = rows.filter(pl.col("Why") == "Child in need")
    expected = 0
    for visit in lives().need_visits.filter(day).select("child_id", "visited_on").iter_rows():
        expected += not any(_is_on(spans, *visit) for spans in _spans_of(visit[0]))
    assert in_need.height == expected > 0


@cache
def _spans_of(child: int) -> tuple[list[tuple[date, date | None]], ...]:
    plans, care = lives().plans.filter(child_id=child), lives().care_periods.filter(child_id=child)
    return (
        plans.select("started_on", "ended_on").rows(),
        care.select("started_on", "ceased_on").rows(),
    )


def _is_on(spans: list[tuple[date, date | None]], child: int, day: date) -> bool:
    return any(start <= day and (end is None or day < end) for start, end in spans)


def test_the_highest_caseload_is_no_less_than_the_mean_and_no_more_than_all() -> None:
    rows = local_lists(lives(), WINDOW)["Staffing"]
    assert (rows["Highest caseload"] <= rows["Children allocated"]).all()
    some = rows.filter(pl.col("Children allocated") > 0)
    assert (some["Highest caseload"] > 0).all()
    extra = rows.filter(pl.col("Extra temporary staff (FTE)") > 0)
    assert extra["Month end"].min() == date(2020, 6, 30)
    assert extra["Team"].str.starts_with("Assessment Team").all()


def test_referrals_received_in_the_evening_or_at_a_weekend_are_out_of_hours() -> None:
    rows = local_lists(lives(), WINDOW)["MASH decisions"]
    at = pl.col("Received at")
    evening = (at.dt.hour() >= 18) | (at.dt.hour() < 9) | (at.dt.weekday() > 5)
    assert set(rows.filter(evening)["Out of hours"]) == {"Yes"}
    bank_holiday = at.dt.date() == date(2020, 5, 8)
    at_work = at.dt.hour().is_between(9, 16) & (at.dt.weekday() < 6) & (at.dt.month() == 6)
    assert set(rows.filter(at_work)["Out of hours"]) == {"No"}
    assert set(rows.filter(bank_holiday)["Out of hours"]) <= {"Yes"}


def test_the_panel_begins_in_august_2020() -> None:
    heard = local_lists(lives(), WINDOW)["Entry-to-care panel"]["Heard on"]
    assert heard.min() >= date(2020, 8, 5)


def test_every_period_of_care_in_list_8_has_its_first_care_plan_written() -> None:
    written = local_lists(lives(), WINDOW)["Care plans"]
    missing = set(lists()["List 8"]["Child Unique ID"]) - set(written["Child"])
    assert not missing
