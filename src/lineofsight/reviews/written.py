"""Writes a review into a folder: a page to read, and a workbook of its tables to work with."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from markupsafe import Markup

from lineofsight.access.audit import AuditEntry
from lineofsight.reviews.drawing import draw, pages
from lineofsight.reviews.report import Report, Table

INSIDE = "For use inside the service only: nothing here is suppressed."
_LONGEST_NAME = 31  # letters of the name of a sheet, in Excel


def write_review(report: Report, out: Path, stem: str, entry: AuditEntry) -> tuple[Path, Path]:
    """Write the page and the workbook, each whole or not at all, and give their paths.

    Needs the audit entry: small numbers stand in both.
    """
    assert entry.subject
    out.mkdir(parents=True, exist_ok=True)
    page, workbook = out / f"{stem}.html", out / f"{stem}.xlsx"
    aside = {path: path.with_name(f".writing-{path.name}") for path in (page, workbook)}
    try:
        aside[page].write_text(page_of(report), encoding="utf-8")
        _write_workbook(report, aside[workbook])
        for path, written in aside.items():
            written.replace(path)
    finally:
        for written in aside.values():
            written.unlink(missing_ok=True)
    return page, workbook


def page_of(report: Report) -> str:
    """The review as one page of HTML that needs nothing else."""
    return pages().get_template("review.html").render(
        report=report, draw=lambda chart: Markup(draw(chart))
    )  # fmt: skip


def _write_workbook(report: Report, path: Path) -> None:
    with xlsxwriter.Workbook(
        path, {"strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.set_properties({"title": report.title, "author": "Line of Sight"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        _cover(book.add_worksheet("About"), report, wrapped, bold)
        for table in report.tables:
            _write_table(book.add_worksheet(table.name[:_LONGEST_NAME]), table, wrapped, bold)


def _cover(sheet: Any, report: Report, wrapped: Any, bold: Any) -> None:
    sheet.set_column(0, 0, 110)
    synthetic = ["Synthetic: every child is made up."] if report.is_synthetic else []
    lines = [f"{report.authority}, {report.period}", *synthetic, INSIDE, *report.summary]
    sheet.write_string(0, 0, report.title, bold)
    for row, line in enumerate(lines, start=1):
        sheet.write_string(row, 0, line, wrapped)


def _write_table(sheet: Any, table: Table, wrapped: Any, bold: Any) -> None:
    sheet.freeze_panes(1, 1)
    for n, column in enumerate(table.columns):
        unit = f" ({column.unit.strip()})" if column.unit else ""
        sheet.write_string(0, n, f"{column.name}{unit}", bold)
        sheet.set_column(n, n, 44 if n == 0 else 16)
    for r, row in enumerate(table.rows, start=1):
        for c, cell in enumerate(row):
            if isinstance(cell, (int, Decimal)):
                sheet.write_number(r, c, cell)
            elif cell is not None:
                sheet.write_string(r, c, cell, wrapped)
