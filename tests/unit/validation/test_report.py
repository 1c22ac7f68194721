"""How a report speaks: in lines, as CSV, and as a page that stands alone."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from lineofsight.returns.submission import read_delivery
from lineofsight.validation.report import ValidationReport, to_csv, to_html
from lineofsight.validation.validate import RULES, validate_reading
from lineofsight.validation.written import write_report
from tests.deliveries import write_workbook

CHILD = "Q77123"
PLAN = {
    "Child Unique ID": CHILD,
    "Gender": "Female",
    "Does the Child have a Disability": "No",
    "Child Protection Plan Start Date": date(2019, 8, 3),
    "Child Protection Plan End Date": date(2019, 8, 3),
    "Initial Category of Abuse": "a) Neglect",
    "Latest Category of Abuse": "X - <b>unheard of</b>",
    "Was the Child Seen Alone?": "Yes",
}


@pytest.fixture
def report(tmp_path: Path) -> ValidationReport:
    rules = [rule for rule in RULES if rule.code in ("8840", "8925", "L11")]
    reading = read_delivery(write_workbook(tmp_path / "annex.xlsx", {"List 7": [PLAN]}))
    return validate_reading(reading, rules)


def test_lines(report: ValidationReport) -> None:
    assert report.lines() == [
        "2 checks ran, 1 skipped, 0 crashed; they found 1 error and 0 queries. Reading reported "
        "1 matter.",
        "8840 error, 1 row: The child protection plan starts and ends on the same day. "
        "'List 7' row 2.",
        "L11 not checked: there is no list for mash_decisions.",
        "'List 7', column 'Latest Category of Abuse': 1 cell with a value that is not in the code "
        "list: left blank ('X - <b>unheard of</b>'); row 2.",
    ]


def test_csv(report: ValidationReport) -> None:
    rows = list(csv.DictReader(to_csv(report).splitlines()))
    assert [(r["what"], r["code"], r["sheet"], r["row"], r["count"]) for r in rows] == [
        ("broken", "8840", "List 7", "2", "1"),
        ("skipped", "L11", "", "", "0"),
        ("reading", "unknown", "List 7", "2", "1"),
    ]


def test_the_page_stands_alone_and_names_no_child(report: ValidationReport) -> None:
    page = to_html(report, "annex.xlsx")
    tree = etree.HTML(page)
    assert tree.get("lang") == "en-GB"
    assert tree.xpath("//script | //link | //img | //@src") == []
    assert [h.text for h in tree.xpath("//h1 | //h2")] == [
        "Validation: annex.xlsx",
        "What the checks found",
        "What reading the file reported",
        "What could not be checked",
        "What was checked and found in order",
    ]
    assert all(table.xpath("caption and thead/tr/th/@scope") for table in tree.xpath("//table"))
    assert CHILD not in page
    assert "<b>unheard" not in page


def test_the_report_is_written_as_a_page_and_a_table(
    report: ValidationReport, tmp_path: Path
) -> None:
    page, workbook, table = write_report(report, tmp_path / "out", "annex.xlsx")
    assert page.read_text(encoding="utf-8") == to_html(report, "annex.xlsx")
    assert workbook.name == "validation.xlsx"
    assert table.read_text(encoding="utf-8-sig") == to_csv(report).replace("\r\n", "\n")
