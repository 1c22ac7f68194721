"""Writes the template of the local tables: a workbook to fill in, or a folder of CSV files.

Everything in it comes from the declarations by which a delivery is read (`local`), so that what
people are asked for and what is understood cannot drift apart.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from lineofsight.errors import Fault, UsageFault
from lineofsight.reference.working_days import FIRST_DAY, LAST_DAY
from lineofsight.returns.arrivals import EXAMPLES
from lineofsight.returns.cover import (
    AS_AT,
    AUTHORITY,
    COVER_LABELS,
    COVER_SHEET,
    DATA_FROM,
    DATA_TO,
    RETURN,
    SYNTHETIC,
)
from lineofsight.returns.layout import Column, Sheet
from lineofsight.returns.left_blank import EXAMPLE, GUIDE_SHEET, LISTS_SHEET
from lineofsight.returns.local import LOCAL, SHEETS
from lineofsight.returns.local_examples import Cell, example_rows
from lineofsight.returns.template_words import (
    ABOUT,
    COVER_NOTES,
    STEPS,
    TITLE,
    YES_NO,
    choices,
    explained,
    heading,
    need,
    readme_text,
)

FILE_NAME = "local-tables.xlsx"
README = "README.txt"
MADE_UP = "Synthetic example: nobody in it exists, and nothing on this sheet is read."
_LAST_ROW = 1_048_575
_FIRST_EXAMPLE_ROW = 3  # after the note, a blank row and the header
_WIDTHS = {"day": 14, "moment": 19, "flag": 14, "code": 28, "whole": 14, "amount": 14, "text": 26}
_LONGEST_PROMPT, _LONGEST_TITLE = 255, 32  # Excel's own limits
_NAVY, _PALE, _GREY = "#1F3A5F", "#E8EEF5", "#8A8A8A"
_DAY = "dd/mm/yyyy"
_HEADER_HEIGHT = 48  # three lines
_LINE = 15.5  # height of a line of text, in points
_WRITTEN_ON = datetime(2020, 9, 14)  # no clock: the same template has the same bytes

Book = Any
Page = Any
Look = Any


def write_template(path: Path) -> Path:
    """Write the workbook to fill in; raises UsageFault rather than write over a file."""
    _demand_absent([path])
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"title": TITLE, "created": _WRITTEN_ON})
        looks = _Looks.of(book)
        _write_guide(book, looks)
        _write_cover(book, looks)
        lists = _Lists.of(SHEETS)
        for sheet in SHEETS:
            _write_table(book, sheet, lists, looks)
        for sheet in SHEETS:
            _write_example(book, sheet, looks)
        _write_lists(book, lists, looks)
    return path


@dataclass(frozen=True)
class Form:
    """One local table begun for somebody: its guide, what to look at, and the rows to complete.

    `guide` is a sentence a line; `told` a table with its header first, shown under the guide and
    never read; `rows` gives the cells that are filled in already, by the column's header.
    """

    title: str
    sheet: Sheet
    authority: str
    is_synthetic: bool
    guide: Sequence[str]
    told: Sequence[Sequence[Cell | None]]
    rows: Sequence[Mapping[str, Cell]]


def write_form(path: Path, form: Form) -> Path:
    """Write a table begun for somebody, to be filled in and received like any local table.

    Raises UsageFault rather than write over a file.
    """
    _demand_absent([path])
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"title": form.title, "created": _WRITTEN_ON})
        looks, lists = _Looks.of(book), _Lists.of([form.sheet])
        _write_form_guide(book, form, looks)
        cover = _write_cover(book, looks)
        cover.write_string(COVER_LABELS.index(AUTHORITY), 1, form.authority, looks.entry)
        is_made_up = YES_NO[0 if form.is_synthetic else 1]
        cover.write_string(COVER_LABELS.index(SYNTHETIC), 1, is_made_up, looks.entry)
        page = _write_table(book, form.sheet, lists, looks)
        for row, cells in enumerate(form.rows, start=1):
            for place, column in enumerate(form.sheet.columns):
                _write_cell(page, row, place, cells.get(column.header), looks.of_column(column))
        _write_example(book, form.sheet, looks)
        _write_lists(book, lists, looks)
    return path


def _write_form_guide(book: Book, form: Form, looks: _Looks) -> None:
    page = book.add_worksheet(GUIDE_SHEET)
    page.hide_gridlines(2)
    page.set_column(0, 3, 30)
    page.write_string(0, 0, form.title, looks.title)
    page.set_row(0, 28)
    for row, sentence in enumerate(form.guide, start=1):
        page.merge_range(row, 0, row, 3, sentence, looks.text)
        page.set_row(row, _LINE * (1 + len(sentence) // 110) + 3)
    top = len(form.guide) + 2
    for row, cells in enumerate(form.told, start=top):
        for place, cell in enumerate(cells):
            look = looks.moment if isinstance(cell, datetime) else looks.text
            _write_cell(page, row, place, cell, looks.optional if row == top else look)
    _print_set(page)


def write_csv_templates(folder: Path) -> tuple[Path, ...]:
    """Write one CSV file a table with its header, examples beside them, and a README.

    Raises UsageFault rather than write over a file: it may have been filled in.
    """
    tables = {folder / _csv_name(sheet): sheet for sheet in SHEETS}
    examples = {folder / EXAMPLES / _csv_name(sheet): sheet for sheet in SHEETS}
    readme = folder / README
    _demand_absent([*tables, *examples, readme])
    (folder / EXAMPLES).mkdir(parents=True, exist_ok=True)
    for path, sheet in tables.items():
        _write_csv(path, sheet, ())
    for path, sheet in examples.items():
        _write_csv(path, sheet, example_rows(sheet))
    names = {_csv_name(sheet): sheet for sheet in SHEETS}
    readme.write_text(readme_text(names), encoding="utf-8", newline="\r\n")
    return (*tables, readme)


def _demand_absent(paths: Sequence[Path]) -> None:
    faults = [
        Fault(
            "A file of that name is there already, and may have been filled in.",
            f"File: {path.name}.",
            "Choose another place with --out or --csv, or move the file away.",
        )
        for path in paths
        if path.exists()
    ]
    if faults:
        raise UsageFault(faults)


@dataclass(frozen=True, slots=True)
class _Looks:
    """The few looks of the workbook."""

    title: Look
    text: Look
    strong: Look
    needed: Look
    optional: Look
    note: Look
    day: Look
    moment: Look
    plain: Look
    entry: Look
    entry_day: Look

    @classmethod
    def of(cls, book: Book) -> _Looks:
        def made(**look: object) -> Look:
            return book.add_format({"font_name": "Arial", "font_size": 11, "valign": "top"} | look)

        wrapped = {"text_wrap": True}
        box = {"border": 1, "border_color": _GREY}
        header = {"bold": True} | wrapped | box
        return cls(
            title=made(bold=True, font_size=16, font_color=_NAVY),
            text=made(**wrapped),
            strong=made(bold=True, **wrapped),
            needed=made(bg_color=_NAVY, font_color="#FFFFFF", **header),
            optional=made(bg_color=_PALE, **header),
            note=made(italic=True, font_color="#8B0000"),
            day=made(num_format=_DAY, align="left"),
            moment=made(num_format=f"{_DAY} hh:mm", align="left"),
            plain=made(num_format="@"),
            entry=made(num_format="@", **box),
            entry_day=made(num_format=_DAY, align="left", **box),
        )

    def of_column(self, column: Column) -> Look:
        """How the cells of a column look: dates as dates, identifiers as text."""
        kind = column.fields[0].info["kind"]
        return {"day": self.day, "moment": self.moment, "text": self.plain}.get(kind)

    def of_header(self, column: Column) -> Look:
        return self.needed if column.is_needed else self.optional


@dataclass(frozen=True, slots=True)
class _Lists:
    """Which column of the sheet of lists holds the choices of which column of a table."""

    titles: tuple[str, ...]
    items: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, sheets: Sequence[Sheet]) -> _Lists:
        found: dict[tuple[str, ...], str] = {}
        for sheet in sheets:
            for column in sheet.columns:
                offered = choices(column)
                if offered and offered != YES_NO:
                    found.setdefault(offered, f"{sheet.title}: {column.header}")
        return cls(tuple(found.values()), tuple(found))

    def range_of(self, offered: tuple[str, ...]) -> str:
        letter = _letter(self.items.index(offered))
        return f"='{LISTS_SHEET}'!${letter}$2:${letter}${len(offered) + 1}"


def _letter(place: int) -> str:
    return chr(ord("A") + place)


def _write_guide(book: Book, looks: _Looks) -> None:
    page = book.add_worksheet(GUIDE_SHEET)
    page.hide_gridlines(2)
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 32)
    page.set_column(2, 2, 78)
    page.set_column(3, 3, 22)
    page.write_string(0, 0, TITLE, looks.title)
    page.set_row(0, 28)
    _merged(page, 1, ABOUT, looks)
    for row, step in enumerate(STEPS, start=2):
        _merged(page, row, f"{row - 1}. {step}", looks)
    _write_contents(page, len(STEPS) + 3, looks)
    _print_set(page)


def _merged(page: Page, row: int, text: str, looks: _Looks) -> None:
    page.merge_range(row, 0, row, 3, text, looks.text)
    page.set_row(row, _LINE * (1 + len(text) // 160) + 3)


def _write_contents(page: Page, top: int, looks: _Looks) -> None:
    for place, words in enumerate(("Sheet", "Column", "What goes there", "Needed")):
        page.write_string(top, place, words, looks.optional)
    row = top + 1
    for sheet in SHEETS:
        page.write_url(row, 0, f"internal:'{sheet.title}'!A1", looks.strong, sheet.title)
        page.write_string(row, 2, f"{sheet.about}.", looks.strong)
        for place, column in enumerate(sheet.columns, start=row + 1):
            page.write_string(place, 1, heading(column), looks.text)
            page.write_string(place, 2, explained(column), looks.text)
            page.write_string(place, 3, need(column), looks.text)
            page.set_row(place, _LINE * (1 + len(explained(column)) // 88) + 2)
        row += len(sheet.columns) + 1


def _write_cover(book: Book, looks: _Looks) -> Page:
    page = book.add_worksheet(COVER_SHEET)
    page.set_tab_color(_NAVY)
    page.set_column(0, 0, 24, looks.strong)
    page.set_column(1, 1, 40)
    written = {RETURN: LOCAL.name, SYNTHETIC: YES_NO[1]}
    for row, label in enumerate(COVER_LABELS):
        page.write_string(row, 0, label, looks.strong)
        look = looks.entry_day if label in (DATA_FROM, DATA_TO, AS_AT) else looks.entry
        page.write(row, 1, written.get(label, ""), look)
        if label in COVER_NOTES:
            page.data_validation(row, 1, row, 1, _cover_rule(label))
    # One cell a row: what stands alone beside no label is no entry of the cover.
    for row, (label, note) in enumerate(COVER_NOTES.items(), start=len(COVER_LABELS) + 2):
        page.write_string(row, 0, f"{label}: {note}", looks.plain)
    _print_set(page)
    return page


def _cover_rule(label: str) -> dict[str, Any]:
    rule: dict[str, Any] = {"validate": "any"}
    if label in (DATA_FROM, DATA_TO, AS_AT):
        rule = _between(FIRST_DAY, LAST_DAY)
    elif label == SYNTHETIC:
        rule = {"validate": "list", "source": list(YES_NO)}
    return rule | {"input_title": label, "input_message": COVER_NOTES[label]}


def _between(first: date, last: date) -> dict[str, Any]:
    return {
        "validate": "date",
        "criteria": "between",
        "minimum": first,
        "maximum": last,
        "error_title": "Not a date",
        "error_message": f"Write a date from {first:%d/%m/%Y} to {last:%d/%m/%Y}, as 31/08/2020.",
    }


def _write_table(book: Book, sheet: Sheet, lists: _Lists, looks: _Looks) -> Page:
    page = book.add_worksheet(sheet.title)
    page.set_tab_color(_NAVY)
    page.freeze_panes(1, 1)
    page.set_row(0, _HEADER_HEIGHT)
    page.ignore_errors({"number_stored_as_text": f"A2:A{_LAST_ROW + 1}"})
    for place, column in enumerate(sheet.columns):
        width = max(_WIDTHS[column.fields[0].info["kind"]], len(column.header) // 2)
        page.set_column(place, place, width, looks.of_column(column))
        page.write_string(0, place, heading(column), looks.of_header(column))
        page.data_validation(1, place, _LAST_ROW, place, cell_rule(column, lists))
    page.repeat_rows(0)
    _print_set(page)
    return page


def cell_rule(column: Column, lists: _Lists) -> dict[str, Any]:
    """Give what Excel checks in a column's cells, and the note it shows beside them."""
    return _checked(column, lists) | {
        "input_title": column.header[:_LONGEST_TITLE],
        "input_message": explained(column)[:_LONGEST_PROMPT],
    }


def _checked(column: Column, lists: _Lists) -> dict[str, Any]:
    kind, offered = column.fields[0].info["kind"], choices(column)
    if offered == YES_NO:
        return {"validate": "list", "source": list(YES_NO)} | _refusal("Choose Yes or No.")
    if offered:
        words = "Choose from the list." if kind == "code" else "These words are not in the list."
        own = {} if kind == "code" else {"error_type": "information"}
        source = lists.range_of(offered)
        return {"validate": "list", "source": source} | _refusal(words) | own
    if kind == "day":
        return _between(FIRST_DAY, LAST_DAY)
    if kind == "moment":
        midnight, last = time(), datetime.combine(LAST_DAY, time(23, 59))
        return _between(datetime.combine(FIRST_DAY, midnight), last)
    if kind in ("whole", "amount"):
        sort = "integer" if kind == "whole" else "decimal"
        refusal = _refusal("Write a number, 0 or more.")
        return {"validate": sort, "criteria": ">=", "value": 0} | refusal
    return {"validate": "any"}


def _refusal(words: str) -> dict[str, Any]:
    return {"error_title": "Please check", "error_message": words}


def _write_example(book: Book, sheet: Sheet, looks: _Looks) -> None:
    page = book.add_worksheet(f"{EXAMPLE}{sheet.title}")
    page.set_tab_color(_GREY)
    page.write_string(0, 0, MADE_UP, looks.note)
    page.set_row(_FIRST_EXAMPLE_ROW - 1, _HEADER_HEIGHT)
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, max(_WIDTHS[column.fields[0].info["kind"]], 14))
        page.write_string(_FIRST_EXAMPLE_ROW - 1, place, heading(column), looks.of_header(column))
    for row, cells in enumerate(example_rows(sheet), start=_FIRST_EXAMPLE_ROW):
        for place, (column, cell) in enumerate(zip(sheet.columns, cells, strict=True)):
            _write_cell(page, row, place, cell, looks.of_column(column))
    _print_set(page)


def _write_cell(page: Page, row: int, place: int, cell: Cell | None, look: Look) -> None:
    if isinstance(cell, date):
        page.write_datetime(row, place, cell, look)
    elif isinstance(cell, str):
        page.write_string(row, place, cell, look)
    elif cell is not None:
        page.write_number(row, place, cell)


def _write_lists(book: Book, lists: _Lists, looks: _Looks) -> None:
    page = book.add_worksheet(LISTS_SHEET)
    page.set_tab_color(_GREY)
    for place, (title, items) in enumerate(zip(lists.titles, lists.items, strict=True)):
        page.set_column(place, place, max(20, *(len(item) + 2 for item in items)))
        page.write_string(0, place, title, looks.optional)
        for row, item in enumerate(items, start=1):
            page.write_string(row, place, item, looks.text)
    _print_set(page)


def _print_set(page: Page) -> None:
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)


def _csv_name(sheet: Sheet) -> str:
    return f"{sheet.title.casefold().replace(' ', '_').replace('-', '_')}.csv"


def _write_csv(path: Path, sheet: Sheet, rows: Sequence[Sequence[Cell | None]]) -> None:
    # The mark at the beginning tells Excel that the text is UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(column.header for column in sheet.columns)
        writer.writerows([_as_text(cell) for cell in row] for row in rows)


def _as_text(cell: Cell | None) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y %H:%M}"
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else "" if cell is None else str(cell)
