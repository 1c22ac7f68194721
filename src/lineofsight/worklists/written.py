"""Writes a worklist: a page to read and filter, and a workbook to work with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from jinja2 import Environment, PackageLoader

from lineofsight.access.audit import AuditEntry
from lineofsight.reference.periods import day_name
from lineofsight.worklists.adviser_told import (
    LONGEST_NOTE,
    MOST_ESCALATIONS,
    MOST_FAMILIES,
    MOST_THEMES,
    ToldWeek,
)
from lineofsight.worklists.told import Cell, Table, ToldList

INSIDE = "For use inside the service only: this list names the records of children."
_NARROW, _WIDE = 14, 26


def write_worklist(told: ToldList, out: Path, stem: str, entry: AuditEntry) -> tuple[Path, Path]:
    """Write the page and the workbook, each whole or not at all, and give their paths.

    Needs the audit entry: both name children.
    """
    assert entry.subject
    sheets = {"List": told.listed, "Gone since last week": told.gone}
    about = (told.purpose, *told.summary, *told.remarks, *told.notes)
    return _write(told, page_of(told), sheets, about, out / stem)


def write_advisers_week(
    told: ToldWeek, out: Path, stem: str, entry: AuditEntry
) -> tuple[Path, Path]:
    """Write the adviser's page and the workbook behind it, each whole or not at all.

    Needs the audit entry: both name children.
    """
    assert entry.subject
    sheets = {"Families": told.families, "Themes": told.themes, "Escalations": told.escalations}
    about = (*told.summary, *told.remarks, *told.notes)
    return _write(told, advisers_page_of(told), sheets, about, out / stem)


def _write(
    told: ToldList | ToldWeek,
    page: str,
    sheets: Mapping[str, Table],
    about: Sequence[str],
    path: Path,
) -> tuple[Path, Path]:
    path.parent.mkdir(parents=True, exist_ok=True)
    web, workbook = (path.with_name(f"{path.name}.{end}") for end in ("html", "xlsx"))
    aside = {target: target.with_name(f".writing-{target.name}") for target in (web, workbook)}
    try:
        aside[web].write_text(page, encoding="utf-8")
        _write_workbook(told, sheets, about, aside[workbook])
        for target, written in aside.items():
            written.replace(target)
    finally:
        for written in aside.values():
            written.unlink(missing_ok=True)
    return web, workbook


def page_of(told: ToldList) -> str:
    """The list as one page of HTML that needs nothing else."""
    return _drawn("worklist.html", told=told)


def advisers_page_of(told: ToldWeek) -> str:
    """The adviser's week as one page of HTML that prints on one sheet of A4."""
    return _drawn(
        "adviser.html",
        told=told,
        tables=(
            ("Conferences pending", told.families, MOST_FAMILIES, told.families_left),
            ("Themes, in families, week by week", told.themes, MOST_THEMES, told.themes_left),
            ("Escalations open", told.escalations, MOST_ESCALATIONS, told.escalations_left),
        ),
        longest=LONGEST_NOTE,
    )


def _drawn(template: str, **values: Any) -> str:
    loader = PackageLoader("lineofsight.worklists", "templates")
    pages = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return pages.get_template(template).render(inside=INSIDE, shown=_shown, day=day_name, **values)


def _shown(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return f"{_short(cell)}, {cell:%H:%M}"
    if isinstance(cell, date):
        return _short(cell)
    if isinstance(cell, int):
        return f"{cell:,}".replace("-", "\u2212")
    return "\u2013" if cell is None else cell


def _short(day: date) -> str:
    """A day that is not broken over two lines."""
    return f"{day.day}\u00a0{day:%b}\u00a0{day.year}"


def _write_workbook(
    told: ToldList | ToldWeek, sheets: Mapping[str, Table], about: Sequence[str], path: Path
) -> None:
    safe = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, safe) as book:
        book.set_properties({"title": told.title, "author": "Line of Sight"})
        formats = {
            "head": book.add_format(
                {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
            ),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "day": book.add_format({"num_format": "d mmm yyyy", "align": "left", "valign": "top"}),
            "moment": book.add_format({"num_format": "d mmm yyyy hh:mm", "valign": "top"}),
        }
        for name, table in sheets.items():
            _write_table(book.add_worksheet(name), table, formats, told.on)
        _write_about(book.add_worksheet("About"), told, about, formats)


def _write_table(sheet: Any, table: Table, formats: dict[str, Any], on: date) -> None:
    last = len(table.columns) - 1
    for place, name in enumerate(table.columns):
        sheet.write_string(0, place, name, formats["head"])
        sheet.set_column(place, place, _WIDE if _is_wide(name) else _NARROW)
    for number, line in enumerate(table.lines, start=1):
        for place, cell in enumerate(line.cells):
            _write_cell(sheet, number, place, cell, formats)
    sheet.autofilter(0, 0, max(len(table.lines), 1), last)
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer(f"&L{INSIDE}&R{on.isoformat()}, page &P of &N")


def _is_wide(name: str) -> bool:
    return name in (
        "Reason",
        "Adviser's note",
        "How",
        "Issue",
        "Theme",
        "Children",
        "Stood down because",
        "Legal status",
    )


def _write_cell(sheet: Any, row: int, place: int, cell: Cell, formats: dict[str, Any]) -> None:
    if isinstance(cell, datetime):
        sheet.write_datetime(row, place, cell, formats["moment"])
    elif isinstance(cell, date):
        sheet.write_datetime(row, place, cell, formats["day"])
    elif isinstance(cell, int):
        sheet.write_number(row, place, cell)
    elif cell is not None:
        sheet.write_string(row, place, cell, formats["text"])


def _write_about(
    sheet: Any, told: ToldList | ToldWeek, about: Sequence[str], formats: dict[str, Any]
) -> None:
    sheet.set_column(0, 0, 110)
    synthetic = ["Synthetic: every child is made up."] if told.is_synthetic else []
    head = f"{told.authority}, {day_name(told.on)}"
    sheet.write_string(0, 0, told.title, formats["head"])
    for row, line in enumerate([head, *synthetic, INSIDE, *about], start=1):
        sheet.write_string(row, 0, line, formats["text"])
