"""Draws a validation report: lines for the terminal, CSV for a spreadsheet, one HTML page to send.

The page stands alone (no script, no file beside it) and names rows by sheet and number only: the
child is found in the workbook, not in the report.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from jinja2 import Environment, PackageLoader

from lineofsight.reference.periods import day_name
from lineofsight.returns.issue import ReadingIssue, rows_in_words
from lineofsight.validation.rule import Severity
from lineofsight.validation.validate import Address, RuleResult, Status, ValidationReport

CSV_COLUMNS = ("what", "code", "severity", "sentence", "table", "file", "sheet", "row", "count")


def lines(report: ValidationReport) -> list[str]:
    """Say the report in lines: a summary, what was broken, what could not be checked."""
    return [
        summary(report),
        *(_broken_line(result) for result in _broken(report)),
        *_not_checked_lines(report.with_status(Status.SKIPPED), "not checked"),
        *_not_checked_lines(report.with_status(Status.CRASHED), "failed, a fault of the program"),
        *(str(issue) for issue in _losses_first(report.issues)),
    ]


def summary(report: ValidationReport) -> str:
    """Say in a sentence how many rules ran and what they found."""
    ran, skipped, crashed = (len(report.with_status(status)) for status in Status)
    errors, queries = (report.count(severity) for severity in Severity)
    return (
        f"{_count(ran, 'check')} ran, {skipped} skipped, {crashed} crashed; "
        f"they found {_count(errors, 'error')} and {_count(queries, 'query', 'queries')}. "
        f"Reading reported {_count(len(report.issues), 'matter')}."
    )


def to_csv(report: ValidationReport) -> str:
    """Write the report as CSV, a line for each row that breaks a rule and for each other matter.

    'what' is 'broken', 'skipped', 'crashed' or 'reading'; 'count' is how many rows or cells.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    for result in report.results:
        writer.writerows(_csv_of_result(result))
    writer.writerows(_csv_of_issue(issue) for issue in report.issues)
    return text.getvalue()


def to_html(report: ValidationReport, title: str) -> str:
    """Draw the report as one accessible page; `title` names the delivery."""
    loader = PackageLoader("lineofsight.validation", "templates")
    page = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return page.get_template("report.html").render(
        title=title,
        as_at=day_name(report.as_at),
        summary=summary(report),
        broken=[(result, _places(result.broken)) for result in _broken(report)],
        issues=_losses_first(report.issues),
        not_checked=[r for r in report.results if r.status is not Status.RAN],
        clean=[r for r in report.with_status(Status.RAN) if not r.broken],
        rows_in_words=rows_in_words,
    )


def _broken(report: ValidationReport) -> list[RuleResult]:
    """Errors before queries, the most broken first."""
    found = [result for result in report.results if result.broken]
    return sorted(found, key=lambda r: (r.rule.severity is Severity.QUERY, -len(r.broken)))


def _losses_first(issues: Sequence[ReadingIssue]) -> list[ReadingIssue]:
    return sorted(issues, key=lambda issue: not issue.kind.is_loss)


def _not_checked_lines(results: Sequence[RuleResult], what: str) -> Iterator[str]:
    ordered = sorted(results, key=lambda result: result.because)
    for because, group in groupby(ordered, key=lambda result: result.because):
        yield f"{', '.join(result.rule.code for result in group)} {what}: {because}."


def _broken_line(result: RuleResult) -> str:
    kind, rule = result.rule.severity.value, result.rule
    rows = _count(len(result.broken), "row")
    places = "; ".join(f"'{sheet}' {rows}" for sheet, rows in _places(result.broken))
    return f"{rule.code} {kind}, {rows}: {rule.sentence} {places}."


def _places(addresses: Sequence[Address]) -> list[tuple[str, str]]:
    """Give each sheet with its row numbers in words."""
    ordered = sorted(addresses, key=lambda place: (place.sheet, place.row))
    sheets = groupby(ordered, key=lambda place: place.sheet)
    return [(sheet, rows_in_words([place.row for place in group])) for sheet, group in sheets]


def _csv_of_result(result: RuleResult) -> Iterator[tuple[Any, ...]]:
    rule = result.rule
    about = (rule.code, rule.severity.value, rule.sentence, rule.table.__name__)
    if result.status is not Status.RAN:
        sentence = f"{rule.sentence} Not checked: {result.because}."
        yield (result.status.value, *about[:2], sentence, about[3], "", "", "", 0)
    for place in result.broken:
        yield ("broken", *about, place.file, place.sheet, place.row, 1)


def _csv_of_issue(issue: ReadingIssue) -> tuple[Any, ...]:
    row = issue.rows[0] if len(issue.rows) == 1 else ""
    kind = issue.kind.name.lower()
    return ("reading", kind, "", str(issue), "", "", issue.sheet, row, issue.count)


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
