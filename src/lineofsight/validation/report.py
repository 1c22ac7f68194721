"""The outcome of every rule, said in lines for the terminal, as CSV and as one HTML page to send.

The page stands alone (no script, no file beside it) and names rows by sheet and number only: the
child is found in the workbook, not in the report.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import groupby
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader

from lineofsight.reference.periods import day_name
from lineofsight.returns.issue import ReadingIssue, rows_in_words
from lineofsight.validation.bearing import Bearing
from lineofsight.validation.rule import Rule, Severity

CSV_COLUMNS = ("what", "code", "severity", "sentence", "table", "file", "sheet", "row", "count")
NO_BEARING: Bearing = {}
_MOST_FIGURES = 3


class Status(Enum):
    """What became of a rule."""

    RAN = "ran"
    SKIPPED = "skipped"
    CRASHED = "crashed"


class Address(NamedTuple):
    """Where a row stands in what was delivered; there may be a great many."""

    file: str
    sheet: str
    row: int


@dataclass(frozen=True)
class RuleResult:
    """One rule's outcome: `because` says why it was skipped or crashed, else it is empty."""

    rule: Rule
    status: Status
    because: str = ""
    checked: int = 0
    broken: tuple[Address, ...] = ()


@dataclass(frozen=True)
class ValidationReport:
    """Every rule's outcome, and what reading the delivery had to report."""

    as_at: date
    results: tuple[RuleResult, ...]
    issues: tuple[ReadingIssue, ...] = ()

    def count(self, severity: Severity) -> int:
        """How many rows break rules of a severity; a row counts once for each rule."""
        return sum(len(r.broken) for r in self.results if r.rule.severity is severity)

    def with_status(self, status: Status) -> tuple[RuleResult, ...]:
        """The results of one status, in the order of the rules."""
        return tuple(result for result in self.results if result.status is status)

    def lines(self) -> list[str]:
        """Say the report in lines: a summary, what was broken, what could not be checked."""
        return [
            summary(self),
            *(_broken_line(result) for result in broken_first(self)),
            *_not_checked_lines(self.with_status(Status.SKIPPED), "not checked"),
            *_not_checked_lines(self.with_status(Status.CRASHED), "failed, a fault of the program"),
            *(str(issue) for issue in losses_first(self.issues)),
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


def to_html(report: ValidationReport, title: str, bearing: Bearing = NO_BEARING) -> str:
    """Draw the report as one accessible page; `title` names the delivery."""
    loader = PackageLoader("lineofsight.validation", "templates")
    page = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return page.get_template("report.html").render(
        title=title,
        as_at=day_name(report.as_at),
        summary=summary(report),
        broken=[
            (result, _places(result.broken), _bears_on(result, bearing))
            for result in broken_first(report)
        ],
        issues=losses_first(report.issues),
        not_checked=[*_by_reason(report, Status.CRASHED), *_by_reason(report, Status.SKIPPED)],
        clean=_clean(report),
        rows_in_words=rows_in_words,
    )


def _bears_on(result: RuleResult, bearing: Bearing) -> str:
    names = bearing.get(result.rule.key, ())
    if len(names) <= _MOST_FIGURES:
        return "; ".join(names)
    return f"{'; '.join(names[:_MOST_FIGURES])}; and {len(names) - _MOST_FIGURES} more"


def _by_reason(report: ValidationReport, status: Status) -> list[tuple[str, str, int, str]]:
    """Group what did not run by why: (status, because, how many checks, their codes)."""
    ordered = sorted(report.with_status(status), key=lambda result: result.because)
    groups = groupby(ordered, key=lambda result: result.because)
    held = [(because, [result.rule.code for result in group]) for because, group in groups]
    return [
        (status.value, because, len(codes), ", ".join(dict.fromkeys(codes)))
        for because, codes in sorted(held, key=lambda group: -len(group[1]))
    ]


def _clean(report: ValidationReport) -> list[tuple[str, str, str, int]]:
    """Group what ran and found nothing by code: (code, sentence, tables, rows checked)."""
    held: dict[str, list[RuleResult]] = {}
    for result in report.with_status(Status.RAN):
        if not result.broken:
            held.setdefault(result.rule.code, []).append(result)
    return [
        (
            code,
            results[0].rule.sentence,
            _tables([result.rule.table.__name__ for result in results]),
            sum(result.checked for result in results),
        )
        for code, results in held.items()
    ]


def _tables(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{len(names)} tables"


def broken_first(report: ValidationReport) -> list[RuleResult]:
    """Give the results with broken rows: errors before queries, the most broken first."""
    found = [result for result in report.results if result.broken]
    return sorted(found, key=lambda r: (r.rule.severity is Severity.QUERY, -len(r.broken)))


def losses_first(issues: Sequence[ReadingIssue]) -> list[ReadingIssue]:
    """Put what did not reach the figures before what did."""
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
    """Give each sheet with its row numbers in words; its file too where rows come from several."""
    is_one_file = len({place.file for place in addresses}) == 1
    ordered = sorted(addresses, key=lambda place: (place.file, place.sheet, place.row))
    return [
        (sheet if is_one_file else f"{file}, {sheet}", rows_in_words([p.row for p in group]))
        for (file, sheet), group in groupby(ordered, key=lambda place: (place.file, place.sheet))
    ]


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
