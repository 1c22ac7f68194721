"""Deliveries as authorities make them: spellings, stray rows, and rows that are not taken."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from lineofsight.journey.fields import ORIGIN
from lineofsight.journey.tables import BY_NAME
from lineofsight.returns.annex_a_layout import LIST_3
from lineofsight.returns.header import find_header
from lineofsight.returns.issue import Kind
from lineofsight.returns.local import SHEETS
from lineofsight.returns.reading import SheetCells
from lineofsight.returns.rows import delivered_fields, take_rows
from lineofsight.returns.submission import describe, read_delivery
from tests.deliveries import COVER, write_workbook

DAY = date(2020, 8, 3)
REFERRAL = {"Child Unique ID": "A1", "Date of Referral": DAY, "Referral NFA?": "No"}


def test_a_cover_gives_authority_days_and_whether_the_data_are_made_up(tmp_path: Path) -> None:
    said = read_delivery(write_workbook(tmp_path / "a.xlsx")).submission
    assert (said.authority, said.is_synthetic) == ("Testshire", True)
    assert (said.first_day, said.last_day) == (date(2020, 3, 1), date(2020, 8, 31))


def test_sheets_with_only_a_header_are_tables_without_rows(tmp_path: Path) -> None:
    reading = read_delivery(write_workbook(tmp_path / "a.xlsx"))
    assert {name: frame.height for name, frame in reading.frames.items()} == dict.fromkeys(
        [*dict(reading.submission.rows)], 0
    )
    assert reading.issues == ()
    assert "'List 3' has a header and no rows." in describe(reading)
    assert describe(reading)[-1] == "Nothing had to be reported."


def test_every_frame_has_the_fields_of_its_table_and_the_origin(tmp_path: Path) -> None:
    reading = read_delivery(write_workbook(tmp_path / "a.xlsx"))
    for name, frame in reading.frames.items():
        assert frame.columns == [*delivered_fields(BY_NAME[name]), *ORIGIN]


def test_rows_without_child_or_date_are_not_taken_and_are_counted_once(tmp_path: Path) -> None:
    rows = [
        REFERRAL,
        {**REFERRAL, "Child Unique ID": None},
        {**REFERRAL, "Date of Referral": None},
        {**REFERRAL, "Date of Referral": "the Monday after half-term"},
        {"Referral NFA?": "Yes"},  # neither child nor date: one row, reported once
    ]
    reading = read_delivery(write_workbook(tmp_path / "a.xlsx", {"List 3": rows}))
    lost = [(i.field, i.count, i.rows) for i in reading.issues if i.kind is Kind.NOT_TAKEN]
    assert reading.frames["referrals"]["row"].to_list() == [2]
    assert lost == [("Child Unique ID", 2, (3, 6)), ("Date of Referral", 2, (4, 5))]
    assert ("List 3", 5, 1) in reading.sheets


def test_titles_above_the_header_and_blank_rows_keep_excels_row_numbers(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", {"List 3": [REFERRAL, REFERRAL]})
    book = openpyxl.load_workbook(path)
    sheet = book["List 3"]
    sheet.insert_rows(3, 2)  # two blank rows between the two referrals
    sheet.cell(3, 1).value = "\u00a0 "  # one of them holds a non-breaking space
    sheet.insert_rows(1, 3)
    sheet.cell(1, 1).value = "Testshire: List 3, referrals in six months"
    book.save(path)
    reading = read_delivery(path)
    assert reading.frames["referrals"]["row"].to_list() == [5, 8]
    assert ("List 3", 2, 2) in reading.sheets


def test_sheet_names_and_headers_are_matched_by_pattern(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", {"List 3": [REFERRAL]})
    book = openpyxl.load_workbook(path)
    book["List 3"].title = "list_3 Referrals"
    sheet = book["list_3 Referrals"]
    spelled = {
        "Child Unique ID": "child unique id ",
        "Gender": "Sex",
        "Age of Child (Years)": "Age",
        "Date of Referral": "DATE  OF\u00a0REFERRAL",
        "Referral NFA?": "Referral NFA (Y/N))",
    }
    for cell in sheet[1]:
        cell.value = spelled.get(cell.value, cell.value)
    book.save(path)
    reading = read_delivery(path)
    assert reading.frames["referrals"].select("referred_on", "is_no_further_action").rows() == [
        (DAY, False)
    ]
    assert reading.issues == ()


def test_optional_columns_and_lists_that_are_absent_are_remembered(tmp_path: Path) -> None:
    headers = ["Child Unique ID", "Gender", "Date of Birth", "Date of Referral", "Team Manager"]
    path = write_workbook(
        tmp_path / "a.xlsx",
        {"List 3": [{**{"Child Unique ID": "A1", "Date of Referral": DAY}, "Team Manager": "x"}]},
        headers={"List 3": headers},
        leave_out=("List 1", "List 9"),
    )
    reading = read_delivery(path)
    said = reading.submission
    assert said.missing_tables == ("contacts", "care_leavers")
    assert [name for name in said.missing_fields if name.startswith("referrals")] == [
        "referrals.source",
        "referrals.is_no_further_action",
        "referrals.team",
        "referrals.worker",
    ]
    assert "'List 3' has no column 'Referral Source'." in describe(reading)
    assert [str(issue) for issue in reading.issues] == [
        "'List 3', column 'Team Manager': 1 cell of a column that is not in the list's layout: "
        "not read."
    ]


def test_a_formula_nobody_has_calculated_is_a_cell_that_cannot_be_read(tmp_path: Path) -> None:
    adoption = {"Child Unique ID": "A1", "Does the Child have a Disability": "No"}
    path = write_workbook(tmp_path / "a.xlsx", {"List 10": [adoption]})
    book = openpyxl.load_workbook(path)  # openpyxl writes formulas without their results
    headers = [cell.value for cell in book["List 10"][1]]
    entered = headers.index("Date the Child Entered Care")
    book["List 10"].cell(2, entered + 1).value = DAY
    book["List 10"].cell(2, entered + 2).value = "=H2+5"
    book.save(path)
    reading = read_delivery(path)
    assert reading.frames["adoptions"].select("entered_care_on", "decided_on").rows() == [
        (DAY, None)
    ]
    assert [(i.field, i.kind, i.rows) for i in reading.issues] == [
        ("Date of Decision that Child Should be Placed for Adoption", Kind.UNREADABLE, (2,))
    ]


def test_the_newest_known_value_describes_a_child(tmp_path: Path) -> None:
    born = date(2010, 1, 2)
    rows = {
        "List 1": [
            {"Child Unique ID": "A1", "Date of Contact": date(2020, 8, 9), "Gender": "U"},
        ],
        "List 3": [
            {**REFERRAL, "Gender": "Female", "Ethnicity": "a) WBRI", "Date of Birth": born},
        ],
        "List 4": [
            {
                "Child Unique ID": "A1",
                "Continuous Assessment Start Date": date(2020, 8, 5),
                "Ethnicity": "f) MWBC",
                "Does the Child have a Disability": "a) Yes",
            }
        ],
    }
    reading = read_delivery(write_workbook(tmp_path / "a.xlsx", rows))
    child = reading.frames["children"].row(0, named=True)
    assert reading.frames["children"].height == 1
    assert (child["sex"], child["ethnicity"], child["born_on"]) == ("F", "MWBC", born)
    assert child["has_disability"] is True
    unlike = [(i.field, i.count) for i in reading.issues if i.kind is Kind.UNLIKE]
    assert unlike == [("Ethnicity", 1)]


def test_local_tables_are_recognised_by_their_sheets(tmp_path: Path) -> None:
    rows = {
        "MASH decisions": [
            {
                "Child": "A1",
                "Received at": datetime(2020, 8, 3, 16, 30),
                "Decided at": "04/08/2020 11:15",
                "Outcome": "Assessment",
            }
        ],
        "Staffing": [{"Team": "North", "Month end": "31/08/2020", "Posts (FTE)": 12.5}],
        "Audits": [{"Child": "A1", "Audited on": DAY, "Grade": "Requires improvement"}],
    }
    cover = {**COVER, "Return": "Local tables"}
    path = write_workbook(tmp_path / "local.xlsx", rows, sheets=SHEETS, cover=cover)
    reading = read_delivery(path, received_at=datetime(2020, 9, 4, 9, tzinfo=UTC))
    assert reading.submission.return_name == "Local tables"
    assert reading.submission.id.startswith("local-2020-08-31-")
    hub = reading.frames["mash_decisions"].row(0, named=True)
    assert (hub["received_at"], hub["decided_at"]) == (
        datetime(2020, 8, 3, 16, 30),
        datetime(2020, 8, 4, 11, 15),
    )
    assert reading.frames["staffing"]["posts_fte"].to_list() == [12.5]
    assert reading.frames["audits"]["grade"].to_list() == ["requires improvement"]
    assert "children" not in reading.frames


def test_sheets_and_columns_that_do_not_belong_are_reported_and_not_read(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", {"List 3": [REFERRAL]})
    book = openpyxl.load_workbook(path)
    book.create_sheet("Notes")["A1"] = "for the meeting"
    sheet = book["List 3"]
    sheet.cell(1, 12).value, sheet.cell(2, 12).value = "Date of referral", date(2019, 1, 1)
    book.save(path)
    reading = read_delivery(path)
    assert reading.frames["referrals"]["referred_on"].to_list() == [DAY]
    assert [str(issue) for issue in reading.issues] == [
        "'List 3', column 'Date of referral': 1 cell of a column that stands there twice: the "
        "first was read.",
        "'Notes': 1 sheet that belongs to no list: not read.",
    ]


def test_a_csv_file_named_after_a_local_table_is_that_table(tmp_path: Path) -> None:
    path = tmp_path / "care_plans.csv"
    lines = ["Child,Written on,Authorised on,Team", "A1,03/08/2020,2020-08-04,", ",,,", "A2,,,"]
    path.write_bytes("\ufeff".encode() + "\r\n".join(lines).encode())
    days = {
        "first_day": date(2020, 8, 1),
        "last_day": date(2020, 8, 31),
        "as_at": date(2020, 8, 31),
    }
    reading = read_delivery(path, **days)
    plan = reading.frames["care_plans"].row(0, named=True)
    assert (plan["started_on"], plan["authorised_on"], plan["row"]) == (DAY, date(2020, 8, 4), 2)
    assert [(i.field, i.kind, i.rows) for i in reading.issues] == [
        ("Written on", Kind.NOT_TAKEN, (4,)),
        ("Written on", Kind.DATE_IN_TEXT, (2,)),
        ("Team", Kind.HEADER_UNKNOWN, ()),
    ]
    assert "care_plans.ended_on" in reading.submission.missing_fields


_CELLS = st.sampled_from(["", None, "A1", "03/08/2020", "x", "#N/A", "44046", "Yes", "\u00a0"])


@given(rows=st.lists(st.tuples(_CELLS, _CELLS, _CELLS), max_size=12))
@settings(deadline=None)
def test_rows_in_are_rows_taken_plus_rows_reported(
    rows: list[tuple[str | None, str | None, str | None]],
) -> None:
    header = ("Child Unique ID", "Date of Referral", "Referral NFA?")
    numbered = [(number, *row) for number, row in enumerate([header, *rows], start=1)]
    schema = {"row": pl.Int64, **dict.fromkeys("123", pl.String)}
    frame = pl.DataFrame(numbered, schema=schema, orient="row")
    unreadable = pl.DataFrame(schema={"row": pl.Int64, "column": pl.Int64})
    cells = SheetCells("List 3", frame, unreadable)
    found = find_header(LIST_3, cells)
    assert found is not None
    reading = take_rows(LIST_3, found, cells, "a.xlsx")
    lost = [i for i in reading.issues if i.kind is Kind.NOT_TAKEN]
    filled = [row for row in rows if any((cell or "").strip() for cell in row)]
    taken = reading.frames["referrals"]
    assert len(filled) == reading.rows_in == reading.rows_taken + sum(i.count for i in lost)
    assert taken.height == reading.rows_taken
    assert {*taken["row"], *(row for i in lost for row in i.rows)} == {
        number for number, *row in numbered[1:] if any((cell or "").strip() for cell in row)
    }
    assert taken.filter(pl.col("child_id").is_null() | pl.col("referred_on").is_null()).is_empty()
