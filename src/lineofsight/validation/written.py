"""Writes a report into a folder: a page to read, a workbook to work with, a table for programs."""

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
) -> tuple[Path, Path, Path]:
    """Write a page, a workbook and a table (CSV) into a folder, and give their paths.

    They are named after the `submission` they are about, if it is one.
    """
    out.mkdir(parents=True, exist_ok=True)
    stem = f"{STEM}-{submission}" if submission else STEM
    page, workbook, table = (out / f"{stem}.{suffix}" for suffix in ("html", "xlsx", "csv"))
    page.write_text(to_html(report, title, bearing), encoding="utf-8")
    write_workbook(report, workbook, title, bearing)
    # Excel takes a CSV for UTF-8 only with a byte-order mark.
    table.write_text(to_csv(report), encoding="utf-8-sig", newline="")
    return page, workbook, table
