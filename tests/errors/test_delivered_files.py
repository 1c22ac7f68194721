"""One broken delivery each, made here, and the whole message it is answered with."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from lineofsight.errors import SubmissionRefused
from lineofsight.returns.annex_a_layout import LIST_3, LISTS
from lineofsight.returns.issue import Kind
from lineofsight.returns.submission import read_delivery
from tests.censuses import REFERRED, child, cin, written
from tests.deliveries import COVER, write_workbook


def _refusal(path: Path, authority: str | None = None, **given: date) -> str:
    with pytest.raises(SubmissionRefused) as refused:
        read_delivery(path, authority=authority, **given)
    assert refused.value.exit_code == 3
    return str(refused.value)


def _headers(without: str = "", **renamed: str) -> list[str]:
    kept = [c.header for c in LIST_3.columns if c.header != without]
    return [renamed.get(header.replace(" ", "_"), header) for header in kept]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert _refusal(tmp_path / "annex.xlsx") == (
        "The file cannot be opened: No such file or directory.\n"
        "  File: annex.xlsx.\n"
        "  Check the name and that you may read the file."
    )


def test_text_renamed_to_xlsx(tmp_path: Path) -> None:
    path = tmp_path / "annex.xlsx"
    path.write_text("Child Unique ID,Gender\nA1,Female\n", encoding="utf-8")
    assert _refusal(path) == (
        "The file is not an Excel workbook; it is text or something unknown.\n"
        "  File: annex.xlsx.\n"
        "  Save the data from Excel as 'Excel Workbook (*.xlsx)' and deliver that file."
    )


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"%PDF-1.7\n", "a PDF document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a workbook of the old .xls kind, or one with a "
         "password"),
        (b"<html><body>Sign in</body></html>", "a web page"),
        (b"", "an empty file"),
    ],
)  # fmt: skip
def test_another_kind_of_file(tmp_path: Path, start: bytes, kind: str) -> None:
    path = tmp_path / "annex.xlsx"
    path.write_bytes(start)
    assert _refusal(path) == (
        f"The file is not an Excel workbook; it is {kind}.\n"
        "  File: annex.xlsx.\n"
        "  Save the data from Excel as 'Excel Workbook (*.xlsx)' and deliver that file."
    )


def test_xml_that_is_no_census(tmp_path: Path) -> None:
    path = tmp_path / "list.xml"
    path.write_text("<?xml version='1.0'?><Catalogue><Item/></Catalogue>", encoding="utf-8")
    assert _refusal(path) == (
        "The file is XML, but no census that is known: its outermost element is 'Catalogue'.\n"
        "  File: list.xml.\n"
        "  Deliver the XML file that the case system makes for the Department's collection."
    )


def test_a_census_that_contradicts_what_was_given(tmp_path: Path) -> None:
    path = written(tmp_path / "cin.xml", cin(child(REFERRED)))
    assert _refusal(
        path, first_day=date(2022, 4, 1), as_at=date(2024, 1, 1), authority="Testshire"
    ) == (
        "The file itself says 1 April 2023, but --from is 1 April 2022.\n"
        "  File: cin.xml.\n"
        "  Leave out --from, or deliver the file that is meant.\n"
        "The file covers days to 31 March 2024, but --as-at is 1 January 2024.\n"
        "  File: cin.xml.\n"
        "  Leave out --as-at, or give the day on which the file was made.\n"
        "The file itself says 'City of London', but --authority is 'Testshire'.\n"
        "  File: cin.xml.\n"
        "  Leave out --authority, or deliver the file that is meant."
    )


def test_a_census_of_which_a_whole_module_is_lost(tmp_path: Path) -> None:
    undated = "<CINreferralDate>soon</CINreferralDate><ReferralNFA>0</ReferralNFA>"
    path = written(tmp_path / "cin.xml", cin(child(*[undated] * 10)))
    assert _refusal(path).startswith("No row of 'CINdetails' could be taken; it holds 10.\n")


def test_a_workbook_cut_short(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "annex.xlsx")
    path.write_bytes(path.read_bytes()[:-2000])
    assert _refusal(path) == (
        "The workbook is damaged or was cut short on its way.\n"
        "  File: annex.xlsx.\n"
        "  Copy or download it again, and check that it opens in Excel."
    )


def test_a_sheet_whose_bytes_were_damaged(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "annex.xlsx")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet3.xml"] = parts["xl/worksheets/sheet3.xml"][:300]
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert _refusal(path) == (
        "The workbook cannot be read.\n"
        "  File: annex.xlsx.\n"
        "  Open it in Excel, save it under a new name, and deliver that file."
    )


def test_an_archive_that_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "annex.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    assert _refusal(path) == (
        "The file is a zip archive but not an Excel workbook.\n"
        "  File: annex.xlsx.\n"
        "  Deliver the workbook itself, saved as 'Excel Workbook (*.xlsx)'."
    )


def test_a_workbook_that_unpacks_to_far_too_much(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "annex.xlsx")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet99.xml", b" " * 100_000_000)
    assert _refusal(path) == (
        "The workbook unpacks to 100 MB, far more than its size suggests.\n"
        "  File: annex.xlsx.\n"
        "  Copy the lists alone, as values, into a new workbook and deliver that."
    )


def test_a_workbook_of_no_known_return(tmp_path: Path) -> None:
    path = tmp_path / "school.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("Pupils")
    book.add_worksheet("Absences")
    book.close()
    assert _refusal(path) == (
        "The file is no return that is known.\n"
        "  File: school.xlsx. Its sheets are 'Pupils', 'Absences'.\n"
        "  Name the sheets as in Annex A ('List 1', …) or Local tables ('MASH decisions', …)."
    )


def test_a_needed_list_is_missing(tmp_path: Path) -> None:
    others = [sheet.title for sheet in LISTS if sheet.title not in ("List 3", "List 4")]
    path = write_workbook(tmp_path / "annex.xlsx", leave_out=[t for t in others if t != "List 5"])
    message = _refusal(path)
    assert message.startswith(
        "There is no sheet for List 6, Children in need.\n"
        "  File: annex.xlsx. Its sheets are 'List 3', 'List 4', 'List 5', 'Cover'.\n"
        "  Add the sheet 'List 6' with its header; it may hold no rows.\n"
        "There is no sheet for List 7, Child protection plans.\n"
    )
    assert message.count("There is no sheet") == 3


def test_a_needed_column_is_missing(tmp_path: Path) -> None:
    headers = {"List 3": ["Child Unique ID", "Gender", "Referral Source", "Allocated Team"]}
    assert _refusal(write_workbook(tmp_path / "annex.xlsx", headers=headers)) == (
        "The column 'Date of Referral' is missing.\n"
        "  File: annex.xlsx, sheet 'List 3', row 1.\n"
        "  Add the column, with the header 'Date of Referral'."
    )


def test_a_header_that_is_misspelled(tmp_path: Path) -> None:
    headers = {"List 3": _headers(Date_of_Referral="Date of Refferal")}
    assert _refusal(write_workbook(tmp_path / "annex.xlsx", headers=headers)) == (
        "The column 'Date of Referral' is missing.\n"
        "  File: annex.xlsx, sheet 'List 3', row 1.\n"
        "  Is it the column headed 'Date of Refferal'? Then change that header to "
        "'Date of Referral'."
    )


def test_a_sheet_without_anything_in_it(tmp_path: Path) -> None:
    assert _refusal(write_workbook(tmp_path / "annex.xlsx", empty=("List 3",))) == (
        "The sheet is empty: it has not even a header row.\n"
        "  File: annex.xlsx, sheet 'List 3'.\n"
        "  Give it the header row of List 3."
    )


def test_a_sheet_without_a_header(tmp_path: Path) -> None:
    headers = {"List 3": ["A1", "Female", "a) WBRI", "03/08/2020"]}
    assert _refusal(write_workbook(tmp_path / "annex.xlsx", headers=headers)) == (
        "No row in the first 30 looks like the header of List 3.\n"
        "  File: annex.xlsx, sheet 'List 3'.\n"
        "  Put the headers, 'Child Unique ID' and 'Date of Referral' among them, in one row."
    )


def test_two_sheets_for_one_list(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "annex.xlsx")
    book = openpyxl.load_workbook(path)
    book.create_sheet("List 3 old")
    book.save(path)
    assert _refusal(path) == (
        "2 sheets could all be List 3.\n"
        "  File: annex.xlsx, sheets 'List 3' and 'List 3 old'.\n"
        "  Keep the one that counts and delete or rename the others."
    )


def test_a_cover_with_a_date_in_words(tmp_path: Path) -> None:
    cover = {**COVER, "As at": "the end of August"}
    assert _refusal(write_workbook(tmp_path / "annex.xlsx", cover=cover)) == (
        "The cover's 'As at' is not a date.\n"
        "  File: annex.xlsx, sheet 'Cover', entry 'As at'.\n"
        "  Write it as day, month and year: 31/08/2020.\n"
        "The delivery does not say which days it covers: there is no 'As at'.\n"
        "  File: annex.xlsx; such entries stand on a sheet 'Cover'.\n"
        "  Give --as-at DATE."
    )


def test_days_that_contradict_the_cover(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "annex.xlsx")
    assert _refusal(path, last_day=date(2020, 7, 31)) == (
        "The cover's 'Data to' is 31 August 2020, but --to is 31 July 2020.\n"
        "  File: annex.xlsx, sheet 'Cover'.\n"
        "  Leave out --to, or correct the cover."
    )


def test_days_in_an_impossible_order(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "annex.xlsx", cover=None)
    days = {"first_day": date(2020, 9, 1), "last_day": date(2020, 8, 31)}
    assert _refusal(path, **days, as_at=date(2020, 8, 31)) == (
        "The days do not follow one another: from 1 September 2020 to 31 August 2020, as at "
        "31 August 2020.\n"
        "  File: annex.xlsx.\n"
        "  The first day comes before the last, and the lists are made on the last day or later."
    )


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    path = write_workbook(
        tmp_path / "annex.xlsx",
        cover=None,
        leave_out=("List 8",),
        empty=("List 7",),
        headers={"List 3": _headers(without="Date of Referral"), "List 6": ["x", "y"]},
    )
    said = [line for line in _refusal(path).splitlines() if not line.startswith("  ")]
    assert said == [
        "There is no sheet for List 8, Children looked after.",
        "The column 'Date of Referral' is missing.",
        "No row in the first 30 looks like the header of List 6.",
        "The sheet is empty: it has not even a header row.",
        "The delivery does not say which days it covers: there is no 'Data from' or 'Data to' "
        "or 'As at'.",
    ]


def test_a_date_in_words_is_reported_and_its_row_not_taken(tmp_path: Path) -> None:
    row = {"Child Unique ID": "A1", "Date of Referral": "the last Monday of August"}
    path = write_workbook(tmp_path / "annex.xlsx", {"List 3": [{**row, "Referral NFA?": "No"}]})
    reading = read_delivery(path)
    assert [str(issue) for issue in reading.issues] == [
        "'List 3', column 'Date of Referral': 1 row without a value here, which every row "
        "needs: not taken; row 2.",
        "'List 3', column 'Date of Referral': 1 cell that cannot be read: left blank; row 2.",
    ]


def test_a_name_in_a_coded_column_is_in_no_message(tmp_path: Path) -> None:
    row = {"Child Unique ID": "A1", "Date of Referral": date(2020, 8, 3), "Referral NFA?": "No"}
    shifted = {**row, "Gender": "Firstname Surname", "Ethnicity": "12/03/2011"}
    reading = read_delivery(write_workbook(tmp_path / "annex.xlsx", {"List 3": [shifted]}))
    assert [str(issue) for issue in reading.issues] == [
        "'List 3', column 'Gender': 1 cell with a value that is not in the code list: left "
        "blank; row 2.",
        "'List 3', column 'Ethnicity': 1 cell with a value that is not in the code list: left "
        "blank; row 2.",
    ]


def test_a_stray_value_in_the_last_cell_of_a_sheet_stops_nothing(tmp_path: Path) -> None:
    row = {"Child Unique ID": "A1", "Date of Referral": date(2020, 8, 3), "Referral NFA?": "No"}
    path = write_workbook(tmp_path / "annex.xlsx", {"List 3": [row]})
    book = openpyxl.load_workbook(path)
    book["List 3"]["XFD1048576"] = "x"
    book.save(path)
    reading = read_delivery(path)
    assert reading.frames["referrals"].select("child_id", "referred_on").rows() == [
        ("A1", date(2020, 8, 3))
    ]
    assert [(i.sheet, i.kind, i.count) for i in reading.issues] == [("List 3", Kind.STRAY, 1)]


def test_a_list_whose_columns_have_slipped_is_refused_not_taken_as_empty(tmp_path: Path) -> None:
    """Taken as a list without rows it would wipe out the referrals known already."""
    slipped = {"Gender": "A1", "Date of Birth": "b) Female", "Referral Source": "03/08/2020"}
    path = write_workbook(tmp_path / "annex.xlsx", {"List 3": [slipped] * 12})
    assert _refusal(path) == (
        "No row of List 3 could be taken; it holds 12.\n"
        "  File: annex.xlsx, sheet 'List 3': rows need a value in column 'Child Unique ID'.\n"
        "  Look whether the values have slipped into another column than their own."
    )


def test_a_remark_under_an_empty_list_is_no_lost_list(tmp_path: Path) -> None:
    remark = {"Gender": "No early help in these months."}
    reading = read_delivery(write_workbook(tmp_path / "annex.xlsx", {"List 2": [remark]}))
    assert dict(reading.submission.rows)["early_help_assessments"] == 0
    assert [issue.kind for issue in reading.issues] == [Kind.NOT_TAKEN, Kind.UNKNOWN]


def test_an_authority_that_is_not_the_cover_s(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "annex.xlsx")
    assert read_delivery(path, authority="TESTSHIRE ").submission.authority == "Testshire"
    with pytest.raises(SubmissionRefused) as refused:
        read_delivery(path, authority="Elsewhere")
    assert str(refused.value) == (
        "The cover's 'Authority' is 'Testshire', but --authority is 'Elsewhere'.\n"
        "  File: annex.xlsx, sheet 'Cover'.\n"
        "  Leave out --authority, or correct the cover."
    )


def test_one_child_s_name_in_many_rows_is_in_no_message(tmp_path: Path) -> None:
    """A name fills a coded column as often as the child was referred; a label, for many."""
    row = {"Date of Referral": date(2020, 8, 3), "Referral NFA?": "No"}
    names = [{**row, "Child Unique ID": "A1", "Ethnicity": "Firstname Surname"}] * 5
    labels = [{**row, "Child Unique ID": f"B{n}", "Ethnicity": "Saxon or Jute"} for n in range(3)]
    path = write_workbook(tmp_path / "annex.xlsx", {"List 3": [*names, *labels]})
    assert [(issue.count, issue.value) for issue in read_delivery(path).issues] == [
        (5, None),
        (3, "Saxon or Jute"),
    ]


def test_a_csv_file_with_an_open_quotation_mark(tmp_path: Path) -> None:
    path = tmp_path / "Care plans.csv"
    path.write_text('Child,Written on,Authorised on\n"' + "x" * 200_000, encoding="utf-8")
    assert _refusal(path) == (
        "A quotation mark is opened and never closed, so that cells run into each other.\n"
        "  File: Care plans.csv.\n"
        "  Find the line with a single quotation mark and take it out."
    )
