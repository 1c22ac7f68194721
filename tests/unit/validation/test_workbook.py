"""The report as a workbook: every rule accounted for, every row addressed, no child in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from lineofsight.checking import figures_of_rules
from lineofsight.returns.submission import read_delivery
from lineofsight.validation.report import Address, RuleResult, Status, ValidationReport
from lineofsight.validation.validate import RULES, validate_reading
from lineofsight.validation.workbook import MOST_ROWS_OF_A_RULE, write_workbook
from tests.deliveries import write_workbook as write_delivery

CHILD = "Q77123"
PLAN = {
    "Child Unique ID": CHILD,
    "Gender": "Female",
    "Does the Child have a Disability": "No",
    "Child Protection Plan Start Date": date(2019, 8, 3),
    "Child Protection Plan End Date": date(2019, 8, 3),
    "Initial Category of Abuse": "a) Neglect",
    "Latest Category of Abuse": "X - unheard of",
    "Was the Child Seen Alone?": "Yes",
}


@pytest.fixture
def report(tmp_path: Path) -> ValidationReport:
    reading = read_delivery(write_delivery(tmp_path / "annex.xlsx", {"List 7": [PLAN, PLAN]}))
    return validate_reading(reading)


@pytest.fixture
def book(report: ValidationReport, tmp_path: Path) -> openpyxl.Workbook:
    path = tmp_path / "validation.xlsx"
    write_workbook(report, path, "Annex A, annex.xlsx", figures_of_rules())
    return openpyxl.load_workbook(path)


def test_the_sheets_each_with_a_frozen_heading_and_a_filter(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == [
        "Summary", "Broken rules", "Rows", "Reading issues", "Rules", "About",
    ]  # fmt: skip
    assert {sheet.freeze_panes for sheet in book} == {"A2"}
    assert all(sheet.auto_filter.ref for sheet in book)


def test_a_row_is_named_by_file_sheet_and_number(book: openpyxl.Workbook) -> None:
    rows = [row for row in book["Rows"].iter_rows(values_only=True) if row[0] == "8840"]
    sentence = "The child protection plan starts and ends on the same day."
    fields = "child_protection_plans.started_on, child_protection_plans.ended_on"
    assert rows == [
        ("8840", "error", sentence, "annex.xlsx", "List 7", 2, fields),
        ("8840", "error", sentence, "annex.xlsx", "List 7", 3, fields),
    ]


def test_every_rule_is_accounted_for(book: openpyxl.Workbook, report: ValidationReport) -> None:
    _, *rules = book["Rules"].iter_rows(values_only=True)
    assert len(rules) == len(RULES)
    by_code = {(row[0], row[3]): row for row in rules}
    ran = by_code["8840", "child_protection_plans"]
    assert ran[4:8] == ("ran", None, 2, 2)
    assert "Children with child protection plans" in ran[9]
    skipped = by_code["L11", "mash_decisions"]
    assert skipped[4:8] == ("skipped", "there is no list for mash_decisions", 0, 0)
    assert all(row[5] for row in rules if row[4] != "ran")


def test_what_reading_reported_stands_in_it(book: openpyxl.Workbook) -> None:
    _, issue = book["Reading issues"].iter_rows(values_only=True)
    assert issue == (
        "List 7", "Latest Category of Abuse", 2,
        "cells with a value that is not in the code list: left blank", "X - unheard of", 2, None,
    )  # fmt: skip


def test_of_a_rule_that_an_export_breaks_everywhere_the_first_rows_are_listed(
    tmp_path: Path,
) -> None:
    """A row more than are listed: all are counted, and what is not listed is said."""
    (rule,) = (rule for rule in RULES if rule.code == "8840")
    broken = tuple(Address("a.csv", "plans", n) for n in range(MOST_ROWS_OF_A_RULE + 1))
    result = RuleResult(rule, Status.RAN, "", len(broken), broken)
    path = tmp_path / "many.xlsx"
    write_workbook(ValidationReport(date(2020, 8, 31), (result,)), path, "a.csv")
    book = openpyxl.load_workbook(path, read_only=True)
    assert sum(1 for _ in book["Rows"].iter_rows(values_only=True)) == MOST_ROWS_OF_A_RULE + 1
    *_, unlisted = book["Summary"].iter_rows(values_only=True)
    assert unlisted == (
        "Rows that are in the table beside this workbook but not on its sheet Rows", 1,
    )  # fmt: skip


def test_no_child_stands_in_it(book: openpyxl.Workbook) -> None:
    cells = [
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    ]
    assert [cell for cell in cells if CHILD in cell] == []
