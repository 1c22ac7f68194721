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
from lineofsight.returns.layout import header_key
from lineofsight.returns.local import SHEETS
from lineofsight.synthetic import annex_a_labels as labels
from lineofsight.synthetic.annex_a_lists import annex_a_lists
from lineofsight.synthetic.lives import Lives, simulate
from lineofsight.synthetic.local_lists import local_lists
from lineofsight.synthetic.window import Window

_BESIDE = Path(__file__).resolve().parents[4] / "shared"
SAMPLE = Path(os.environ.get("LINEOFSIGHT_SHARED", _BESIDE)) / "fixtures/liia-tools/Annex_A.xlsx"
WINDOW = Window(date(2015, 9, 1), date(2020, 8, 31))
YEAR = Window(date(2017, 9, 1), date(2018, 8, 31))


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
    book = openpyxl.load_workbook(SAMPLE, read_only=True)
    expected = {
        sheet.title: [cell for cell in next(sheet.iter_rows(values_only=True)) if cell]
        for sheet in book
    }
    book.close()
    assert {title: frame.columns for title, frame in lists().items()} == expected


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
    written = local_lists(lives(), WINDOW)
    sheets = {sheet.title: sheet for sheet in SHEETS}
    assert set(sheets) - set(written) == {"Visits", "Linked identifiers"}
    for title, frame in written.items():
        columns = sheets[title].columns
        assert frame.height
        assert frame.columns == [c.header for c in columns if c.header in frame.columns]
        assert {c.header for c in columns if c.is_needed} <= set(frame.columns)
        assert len(frame.columns) >= 4


def test_the_panel_begins_in_august_2020() -> None:
    heard = local_lists(lives(), WINDOW)["Entry-to-care panel"]["Heard on"]
    assert heard.min() >= date(2020, 8, 5)


def test_every_period_of_care_in_list_8_has_its_first_care_plan_written() -> None:
    written = local_lists(lives(), WINDOW)["Care plans"]
    missing = set(lists()["List 8"]["Child Unique ID"]) - set(written["Child"])
    assert not missing
