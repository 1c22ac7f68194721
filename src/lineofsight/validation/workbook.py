"""The report as a workbook: to filter, to sort, and to hand the rows to whoever corrects them.

Rows are named by file, sheet and number, as Excel shows them; no child stands in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from lineofsight.reference.periods import day_name
from lineofsight.validation.bearing import Bearing
from lineofsight.validation.report import (
    NO_BEARING,
    Address,
    RuleResult,
    Status,
    ValidationReport,
    broken_first,
    losses_first,
    summary,
)
from lineofsight.validation.rule import Severity

# A rule that more rows break than anybody corrects one by one is a fault of an export. All rows
# stand in the table beside the workbook; here they would fill Excel's sheet and take a minute.
MOST_ROWS_OF_A_RULE = 10_000
_ABOUT = (
    "An error cannot be true and must be corrected in the case system. A query can be true and "
    "asks to be looked at.",
    "A row is named by the file and the sheet it was delivered in, and by its number as Excel "
    "shows it. In a file without sheets the sheet is the table or the element of the return.",
    "A code without an L in front is the Department's own, of the validation rules of its "
    "collection; one with an L is a rule of this program. The sentences are this program's.",
    "A check that was skipped says nothing about the data, good or bad; the sheet Rules says why.",
    "A check bears on a figure that uses a field the check looks at.",
    f"Of a rule the first {MOST_ROWS_OF_A_RULE:,} rows are listed; the table beside this workbook "
    "(CSV) has them all.",
    "No sheet holds anything about a child but the address of a row.",
)


@dataclass(frozen=True)
class _Sheet:
    """One sheet: headings with the width of their columns, and rows."""

    name: str
    columns: tuple[tuple[str, int], ...]
    rows: Iterator[Sequence[Any]]


def write_workbook(
    report: ValidationReport, path: Path, title: str, bearing: Bearing = NO_BEARING
) -> None:
    """Write the report as a workbook; every sheet has its heading frozen and a filter on it."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"title": f"Validation: {title}", "author": "Line of Sight"})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        for sheet in _sheets(report, title, bearing):
            _write(book.add_worksheet(sheet.name), sheet, bold, plain)


def _sheets(report: ValidationReport, title: str, bearing: Bearing) -> Iterator[_Sheet]:
    yield _Sheet("Summary", (("What", 44), ("How many", 60)), _summary(report, title))
    yield _Sheet(
        "Broken rules",
        (("Rule", 10), ("Severity", 10), ("Sentence", 70), ("Table", 26), ("Rows broken", 13),
         ("Rows checked", 13), ("Bears on", 70)),
        _broken_rules(report, bearing),
    )  # fmt: skip
    yield _Sheet(
        "Rows",
        (("Rule", 10), ("Severity", 10), ("Sentence", 70), ("File", 34), ("Sheet", 24),
         ("Row", 10), ("Fields", 60)),
        _rows(report),
    )  # fmt: skip
    yield _Sheet(
        "Reading issues",
        (("Sheet", 34), ("Column", 34), ("How many", 10), ("What", 60), ("Value", 24),
         ("First row", 10), ("Rule applied", 70)),
        _issues(report),
    )  # fmt: skip
    yield _Sheet(
        "Rules",
        (("Rule", 10), ("Severity", 10), ("Sentence", 70), ("Table", 26), ("Outcome", 10),
         ("Because", 50), ("Rows checked", 13), ("Rows broken", 13), ("Fields", 60),
         ("Bears on", 70)),
        _rules(report, bearing),
    )  # fmt: skip
    yield _Sheet("About", (("How to read this workbook", 100),), iter((text,) for text in _ABOUT))


def _write(worksheet: Any, sheet: _Sheet, bold: Any, plain: Any) -> None:
    for number, (_, width) in enumerate(sheet.columns):
        worksheet.set_column(number, number, width, plain)
    worksheet.write_row(0, 0, [heading for heading, _ in sheet.columns], bold)
    last = 0
    for last, row in enumerate(sheet.rows, start=1):
        worksheet.write_row(last, 0, row)
    worksheet.freeze_panes(1, 0)
    # A code such as 8608 is a name, whatever Excel thinks of digits in a text.
    worksheet.ignore_errors({"number_stored_as_text": f"A1:A{last + 1}"})
    worksheet.autofilter(0, 0, last, len(sheet.columns) - 1)


def _summary(report: ValidationReport, title: str) -> Iterator[Sequence[Any]]:
    yield "Delivery", title
    yield "Lists as at", day_name(report.as_at)
    yield "In a sentence", summary(report)
    for status in Status:
        yield f"Checks {status.value}", len(report.with_status(status))
    for severity in Severity:
        yield f"Rows that break a rule, {severity.value}", report.count(severity)
    yield "Matters that reading reported", len(report.issues)
    if unlisted := sum(len(r.broken) - len(_listed(r)) for r in report.results):
        yield "Rows that are in the table beside this workbook but not on its sheet Rows", unlisted


def _broken_rules(report: ValidationReport, bearing: Bearing) -> Iterator[Sequence[Any]]:
    for result in broken_first(report):
        counts = (len(result.broken), result.checked)
        yield (*_about(result), result.rule.table.__name__, *counts, _bears_on(result, bearing))


def _rows(report: ValidationReport) -> Iterator[Sequence[Any]]:
    for result in broken_first(report):
        fields = ", ".join(result.rule.fields)
        for place in _listed(result):
            yield (*_about(result), *place, fields)


def _listed(result: RuleResult) -> tuple[Address, ...]:
    return result.broken[:MOST_ROWS_OF_A_RULE]


def _issues(report: ValidationReport) -> Iterator[Sequence[Any]]:
    for issue in losses_first(report.issues):
        first = issue.rows[0] if issue.rows else ""
        what = f"{issue.nouns} {issue.kind.value}"
        yield issue.sheet, issue.field, issue.count, what, issue.value or "", first, issue.sentence


def _rules(report: ValidationReport, bearing: Bearing) -> Iterator[Sequence[Any]]:
    for result in report.results:
        outcome = (result.status.value, result.because, result.checked, len(result.broken))
        fields = ", ".join(result.rule.fields)
        table = result.rule.table.__name__
        yield (*_about(result), table, *outcome, fields, _bears_on(result, bearing))


def _about(result: RuleResult) -> tuple[str, str, str]:
    return result.rule.code, result.rule.severity.value, result.rule.sentence


def _bears_on(result: RuleResult, bearing: Bearing) -> str:
    return "; ".join(bearing.get(result.rule.key, ()))
