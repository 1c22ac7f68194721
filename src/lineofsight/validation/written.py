"""Writes a report into a folder: as a page to read and a workbook to work with."""

from __future__ import annotations

from pathlib import Path

from lineofsight.validation.bearing import Bearing
from lineofsight.validation.report import NO_BEARING, ValidationReport, to_csv, to_html
from lineofsight.validation.workbook import write_workbook

STEM = "validation"


def write_report(
    report: ValidationReport,
    out: Path,
    title: str = "the records received",
    bearing: Bearing = NO_BEARING,
    *,
    submission: str = "",
) -> tuple[Path, ...]:
    """Write a page and a workbook into a folder, and give their paths.

    They are named after the `submission` they are about. The report of all records together has
    a plain table (CSV) beside them, for programs.
    """
    out.mkdir(parents=True, exist_ok=True)
    stem = f"{STEM}-{submission}" if submission else STEM
    page, workbook, table = (out / f"{stem}.{suffix}" for suffix in ("html", "xlsx", "csv"))
    page.write_text(to_html(report, title, bearing), encoding="utf-8")
    write_workbook(report, workbook, title, bearing)
    if submission:
        return page, workbook
    # Excel takes a CSV for UTF-8 only with a byte-order mark.
    table.write_text(to_csv(report), encoding="utf-8-sig", newline="")
    return page, workbook, table
