"""The template of the local tables: untouched it tells nothing, filled in it is taken whole."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from lineofsight.errors import SubmissionRefused, UsageFault
from lineofsight.returns.conversion import convert
from lineofsight.returns.issue import Kind
from lineofsight.returns.layout import Column, Sheet
from lineofsight.returns.local import AUDITS, SHEETS, STAFFING
from lineofsight.returns.submission import Reading, describe, read_delivery
from lineofsight.returns.template import write_csv_templates, write_template
from lineofsight.returns.template_words import choices, explained
from tests.deliveries import COVER, write_workbook

FIRST, LAST = date(2020, 7, 1), date(2020, 8, 31)
DAYS = {"first_day": FIRST, "last_day": LAST, "as_at": LAST}
EXAMPLE_ROW = 4
# Of an episode of care the table of placements asks for what a placement is told by.
NOT_ASKED_FOR = tuple(
    f"care_episodes.{field}"
    for field in (
        "reason_started", "primary_need", "reason_ended", "placement_change_reason",
        "home_district", "placement_district", "placement_urn",
    )
)  # fmt: skip
COLUMNS = [(sheet, column) for sheet in SHEETS for column in sheet.columns]
BESIDE = [f"Example - {sheet.title}" for sheet in SHEETS]


def filled(path: Path, sheets: Sequence[str], words: Mapping[str, str] | None = None) -> Path:
    """Fill in a template as a person would: the cover, and rows copied from the examples."""
    write_template(path)
    book = openpyxl.load_workbook(path)
    for label in book["Cover"]["A"][:7]:
        entry = {"Authority": "Testshire", "Data from": FIRST, "Data to": LAST, "As at": LAST}
        if label.value in entry:
            book["Cover"].cell(label.row, 2).value = entry[label.value]
    for title in sheets:
        for row, cells in enumerate(book[f"Example - {title}"].iter_rows(EXAMPLE_ROW), start=2):
            for cell in cells:
                book[title].cell(row, cell.column).value = cell.value
    for title, word in (words or {}).items():
        book[title].cell(2, 1).value = word
    book.save(path)
    return path


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    path = tmp_path_factory.mktemp("filled") / "local.xlsx"
    return read_delivery(filled(path, [sheet.title for sheet in SHEETS]))


def test_an_untouched_template_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = write_template(tmp_path / "local-tables.xlsx")
    with pytest.raises(SubmissionRefused) as refused:
        read_delivery(path)
    assert str(refused.value) == (
        "Nothing is filled in: none of the 16 sheets holds a row.\n"
        "  File: local-tables.xlsx.\n"
        "  Write one row for each event. If there was nothing to tell, write 'None' in the first "
        "cell under the header.\n"
        "The delivery does not say which days it covers: there is no 'Data from' or 'Data to' or "
        "'As at'.\n"
        "  File: local-tables.xlsx; such entries stand on a sheet 'Cover'.\n"
        "  Give --from DATE --to DATE --as-at DATE."
    )


def test_days_given_beside_an_untouched_template_do_not_make_it_a_delivery(tmp_path: Path) -> None:
    """Taken as thirteen tables without rows it would wipe out what is known of those days."""
    path = write_template(tmp_path / "local-tables.xlsx")
    with pytest.raises(SubmissionRefused) as refused:
        read_delivery(path, **DAYS)
    assert [fault.what for fault in refused.value.faults] == [
        "Nothing is filled in: none of the 16 sheets holds a row."
    ]


def test_a_template_filled_in_from_its_examples_is_taken_whole(whole: Reading) -> None:
    assert whole.sheets == (
        ("MASH decisions", 3, 3), ("Care plans", 2, 2), ("Conference requests", 2, 2),
        ("Staffing", 2, 2), ("Audits", 2, 2), ("Entry-to-care panel", 2, 2), ("Visits", 2, 2),
        ("Review conferences", 1, 1), ("Core groups", 2, 2), ("Child in need plans", 2, 2),
        ("Placements in care", 2, 2), ("Reviews in care", 1, 1), ("Health checks in care", 2, 2),
        ("Missing from care", 1, 1), ("Workers in care", 1, 1), ("Linked identifiers", 1, 1),
    )  # fmt: skip
    assert whole.issues == ()
    said = whole.submission
    assert (said.return_name, said.authority, said.is_synthetic) == (
        "Local tables", "Testshire", False,
    )  # fmt: skip
    assert (said.first_day, said.last_day, said.as_at) == (FIRST, LAST, LAST)
    assert (said.missing_fields, said.missing_tables) == (NOT_ASKED_FOR, ())


def test_what_the_examples_say_reaches_the_journey(whole: Reading) -> None:
    hub = whole.frames["mash_decisions"]
    assert hub.select("child_id", "received_at", "decided_at", "is_out_of_hours").rows() == [
        ("E1001", datetime(2020, 7, 28, 10, 15), datetime(2020, 7, 28, 15, 40), False),
        ("E1002", datetime(2020, 7, 28, 10, 15), datetime(2020, 7, 28, 15, 40), False),
        ("E1003", datetime(2020, 8, 29, 21, 5), None, True),
    ]
    plans = whole.frames["care_plans"].select("authorised_on", "authorised_by", "status")
    assert plans.rows() == [
        (date(2020, 8, 27), "Service manager", "authorised"), (None, None, "submitted"),
    ]  # fmt: skip
    requests = whole.frames["conference_requests"]
    assert requests.select("held_on", "postponements", "stood_down_on", "escalated_on").rows() == [
        (date(2020, 8, 20), 2, None, date(2020, 8, 17)), (None, 0, date(2020, 8, 12), None),
    ]  # fmt: skip
    team = whole.frames["staffing"].select("counted_on", "in_post_fte", "highest_caseload")
    assert team.rows() == [(date(2020, 7, 31), 8.5, 27), (date(2020, 8, 31), 9.5, 23)]
    audits = whole.frames["audits"]
    assert audits.select("grade", "moderated_grade", "referring_agency", "referral_grade").rows() \
        == [("good", "good", "6", "requires improvement"),
            ("good", "requires improvement", None, None)]  # fmt: skip
    panel = whole.frames["care_panel_decisions"].select("route", "is_emergency", "is_ratified")
    assert panel.rows() == [("section 20", True, True), ("pre-proceedings", False, False)]
    visits = whole.frames["visits"].select("child_id", "kind", "is_seen", "is_seen_alone")
    assert visits.rows() == [("E1001", "L", True, True), ("E1003", "N", False, False)]
    reviews = whole.frames["child_protection_reviews"].select("plan_started_on", "held_on")
    assert reviews.rows() == [(date(2020, 5, 12), date(2020, 8, 6))]
    assert whole.frames["core_groups"]["held_on"].to_list() == [
        date(2020, 7, 9), date(2020, 8, 20),
    ]  # fmt: skip
    need_plans = whole.frames["cin_plans"].select("child_id", "started_on", "ended_on")
    assert need_plans.rows() == [
        ("E1002", date(2020, 3, 3), date(2020, 7, 29)), ("E1003", date(2020, 8, 24), None),
    ]  # fmt: skip
    placed = whole.frames["care_episodes"].select(
        "placement_type", "placement_provider", "legal_status", "is_placed_outside",
        "distance_miles",
    )  # fmt: skip
    assert placed.rows() == [("U6", "PR4", "V2", True, 24.5), ("U1", "PR1", "V2", False, 3.0)]
    assert whole.frames["looked_after_reviews"]["participation"].to_list() == ["PN1"]
    assert whole.frames["health_assessments"]["kind"].to_list() == ["initial", "dental"]
    missing = whole.frames["missing_episodes"]
    assert missing.select("kind", "is_interview_offered", "interviewed_on").rows() == [
        ("M", True, date(2020, 9, 4))
    ]
    assert whole.frames["involvements"]["change_reason"].to_list() == ["FCONTA"]
    linked = whole.frames["linked_identifiers"].select("child_id", "also_known_as", "linked_on")
    assert linked.rows() == [("E1003", "E0417", date(2020, 8, 28))]


def test_the_sheets_that_explain_are_named_and_not_taken_for_data(whole: Reading) -> None:
    names = ", ".join(f"'{name}'" for name in ("How to fill this in", *BESIDE, "Lists"))
    said = f"Not read, as they explain the template and hold no data: {names}."
    assert describe(whole)[-2:] == [said, "Nothing had to be reported."]


def test_sheets_left_blank_are_not_delivered(tmp_path: Path) -> None:
    """A council that keeps no audits does not say that there were none."""
    reading = read_delivery(filled(tmp_path / "a.xlsx", ["Staffing"]))
    assert dict(reading.submission.rows) == {"staffing": 2}
    assert reading.submission.missing_tables == (
        "mash_decisions", "care_plans", "conference_requests", "audits", "care_panel_decisions",
        "visits", "child_protection_reviews", "core_groups", "cin_plans", "care_episodes",
        "looked_after_reviews", "health_assessments", "missing_episodes", "involvements",
        "linked_identifiers",
    )  # fmt: skip
    assert reading.remarks[0] == (
        "Left blank and taken as not delivered: 'MASH decisions', 'Care plans', 'Conference "
        "requests', 'Audits', 'Entry-to-care panel', 'Visits', 'Review conferences', 'Core "
        "groups', 'Child in need plans', 'Placements in care', 'Reviews in care', 'Health checks "
        "in care', 'Missing from care', 'Workers in care', 'Linked identifiers'. Where nothing "
        "happened, write 'None' in the first cell under the header."
    )


@pytest.mark.parametrize("word", ["None", "none ", "NIL", "Nothing to report"])
def test_none_under_the_header_says_that_nothing_happened(word: str, tmp_path: Path) -> None:
    path = filled(tmp_path / "a.xlsx", ["Staffing"], {"Audits": word})
    reading = read_delivery(path)
    assert dict(reading.submission.rows) == {"staffing": 2, "audits": 0}
    assert ("Audits", 0, 0) in reading.sheets
    assert reading.issues == ()


def test_none_among_other_rows_is_a_row_that_is_not_taken(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.xlsx", ["Audits"])
    book = openpyxl.load_workbook(path)
    book["Audits"].cell(4, 1).value = "None"
    book.save(path)
    reading = read_delivery(path)
    assert ("Audits", 3, 2) in reading.sheets
    assert [(i.kind, i.field, i.rows) for i in reading.issues if i.kind is Kind.NOT_TAKEN] == [
        (Kind.NOT_TAKEN, "Audited on", (4,))
    ]


@pytest.mark.parametrize(("sheet", "column"), COLUMNS, ids=lambda part: str(
    getattr(part, "title", getattr(part, "header", part))
))  # fmt: skip
def test_what_a_list_offers_is_understood(sheet: Sheet, column: Column) -> None:
    offered = choices(column)
    if not offered:
        return
    read = convert(pl.Series([*offered]), column.fields[0])
    assert read["note"].null_count() == len(offered)
    assert read["value"].n_unique() == len(offered)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return openpyxl.load_workbook(write_template(tmp_path_factory.mktemp("t") / "t.xlsx"))


KINDS = {"flag": "list", "code": "list", "day": "date", "moment": "date", "whole": "whole",
         "amount": "decimal", "text": None}  # fmt: skip


def test_every_cell_is_checked_and_explained(book: Any) -> None:
    for sheet in SHEETS:
        page = book[sheet.title]
        found = [(*rule.sqref.ranges, rule) for rule in page.data_validations.dataValidation]
        rules = {cells.min_col: (cells, rule) for cells, rule in found}
        for place, column in enumerate(sheet.columns, start=1):
            cells, rule = rules[place]
            kind = column.fields[0].info["kind"]
            wanted = "list" if column.suggested else KINDS[kind]
            assert rule.type == wanted, (sheet.title, column.header)
            assert (cells.min_row, cells.max_row) == (2, 1_048_576)
            # Excel cuts what is longer than its limits.
            assert rule.prompt == explained(column)
            assert rule.promptTitle == column.header
            assert len(rule.prompt) <= 255
            assert len(rule.promptTitle) <= 32
            if kind in ("whole", "amount"):
                assert (rule.operator, rule.formula1) == ("greaterThanOrEqual", "0")
            if wanted == "list":
                assert listed(book, rule.formula1) == choices(column)
            # Words that are only suggested do not keep others out.
            assert (rule.errorStyle == "information") == bool(column.suggested)


def listed(book: Any, formula: str) -> tuple[str, ...]:
    if formula.startswith('"'):
        return tuple(formula.strip('"').split(","))
    name, _, cells = formula.partition("!")
    return tuple(row[0].value for row in book[name.strip("'")][cells.replace("$", "")])


def test_headers_stand_still_and_the_needed_ones_are_marked(book: Any) -> None:
    page = book["Care plans"]
    assert page.freeze_panes == "B2"
    headers = ["Child *", "Written on *", "Authorised on", "Authorised by", "Status", "Ended on"]
    assert [cell.value for cell in page[1]] == headers
    assert [page.column_dimensions[letter].width > 10 for letter in "ABCDEF"] == [True] * 6


def test_a_template_that_may_have_been_filled_in_is_never_written_over(tmp_path: Path) -> None:
    path = write_template(tmp_path / "local-tables.xlsx")
    with pytest.raises(UsageFault) as refused:
        write_template(path)
    assert str(refused.value) == (
        "A file of that name is there already, and may have been filled in.\n"
        "  File: local-tables.xlsx.\n"
        "  Choose another place with --out or --csv, or move the file away."
    )
    write_csv_templates(tmp_path / "csv")
    (tmp_path / "csv" / "audits.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageFault):
        write_csv_templates(tmp_path / "csv")
    assert (tmp_path / "csv" / "audits.csv").read_text(encoding="utf-8") == "mine"


def test_the_same_template_has_the_same_bytes(tmp_path: Path) -> None:
    one, other = (write_template(tmp_path / name).read_bytes() for name in ("a.xlsx", "b.xlsx"))
    assert one == other


def test_csv_files_have_the_headers_and_their_examples_are_taken_whole(tmp_path: Path) -> None:
    *tables, readme = write_csv_templates(tmp_path)
    assert readme.name == "README.txt"
    for path, sheet in zip(tables, SHEETS, strict=True):
        (headers,) = csv.reader(path.read_text(encoding="utf-8-sig").splitlines())
        assert headers == [column.header for column in sheet.columns]
        reading = read_delivery(tmp_path / "examples" / path.name, **DAYS)
        ((_, rows_in, taken),) = reading.sheets
        assert rows_in == taken > 0, path.name
        assert {issue.kind for issue in reading.issues} <= {Kind.DATE_IN_TEXT}
        assert set(reading.submission.missing_fields) <= set(NOT_ASKED_FOR)


@pytest.mark.parametrize("name", ["Care plans August 2020.csv", "care_plans-2020-08.CSV"])
def test_a_month_may_follow_the_name_of_a_csv_file(name: str, tmp_path: Path) -> None:
    write_csv_templates(tmp_path)
    path = (tmp_path / "examples" / "care_plans.csv").rename(tmp_path / name)
    assert dict(read_delivery(path, **DAYS).submission.rows) == {"care_plans": 2}


def test_a_csv_file_without_rows_is_refused_with_its_table_named(tmp_path: Path) -> None:
    write_csv_templates(tmp_path)
    with pytest.raises(SubmissionRefused) as refused:
        read_delivery(tmp_path / "audits.csv", **DAYS)
    assert str(refused.value) == (
        "Nothing is filled in: the table holds no row.\n"
        "  File: audits.csv, 'audits'.\n"
        "  Write one row for each event. If there was nothing to tell, write 'None' in the first "
        "cell under the header."
    )


OLD_HEADERS = {
    "Staffing": ["Team", "Month end", "Posts (FTE)", "In post (FTE)", "Agency workers (FTE)",
                 "Case holders (FTE)", "Children allocated"],
    "Audits": ["Child", "Audited on", "Theme", "Grade", "Auditor satisfied"],
}  # fmt: skip


def test_workbooks_without_the_newer_columns_and_sheets_are_read_as_before(tmp_path: Path) -> None:
    rows = {
        "Staffing": [{"Team": "North", "Month end": LAST, "Children allocated": 90}],
        "Audits": [
            {"Child": "A1", "Audited on": LAST, "Grade": "Good", "Auditor satisfied": "Yes"}
        ],
    }
    path = write_workbook(
        tmp_path / "old.xlsx", rows, sheets=(STAFFING, AUDITS), headers=OLD_HEADERS, cover=COVER
    )
    reading = read_delivery(path)
    assert reading.frames["staffing"].select("team", "cases", "highest_caseload").rows() == [
        ("North", 90, None)
    ]
    assert reading.frames["audits"].select("grade", "is_assured").rows() == [("good", True)]
    assert "staffing.highest_caseload" in reading.submission.missing_fields
    assert "audits.moderated_grade" in reading.submission.missing_fields
    assert reading.issues == ()
