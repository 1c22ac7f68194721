"""The page that opens the paper, in the Word document: real tables under real headings."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from docx.document import Document as WordDocument
from docx.shared import Pt
from docx.table import Table

from lineofsight.overview.one_page import Area, AreaLine, Column, OnePage, PromiseLine, Row
from lineofsight.overview.overview import Overview
from lineofsight.publish import arrangement, icons, opening
from lineofsight.publish.typesetting import pictures_of
from lineofsight.publish.word_parts import Text, mark_decorative, paragraph, table

_SIGN = Pt(11)
# In millimetres; each together the width of the page between its margins.
_GRID = (36, 30, 30, 30, 44)
_AREA = (50, 34, 38, 48)
_AREA_WITH_GAP = (46, 32, 34, 38, 20)
_PROMISES = (50, 28, 30, 26, 36)


def add_opening(document: WordDocument, overview: Overview) -> None:
    """Add what sums the paper up, under its first heading."""
    page = overview.one_page
    paragraph(document, "Heading 1", arrangement.SUMMARY)
    paragraph(document, "Normal", page.opening, Text(f" {opening.computed(page)}", is_quiet=True))
    if opening.has_grid(page):
        _add_grid(document, page)
    for area in page.areas:
        _add_area(document, area, overview.figure_columns)
    if page.changed_said:
        _add_changes(document, page)
    if page.promises_said:
        _add_promises(document, page)


def _add_grid(document: WordDocument, page: OnePage) -> None:
    paragraph(document, "Heading 2", opening.GRID)
    rows = [
        [[Text(row.value, is_bold=True)], *([*_cell(cell)] for cell in cells)]
        for row, cells in opening.grid_rows(page)
    ]
    headings = (opening.GRID_CORNER, *(column.value for column in Column))
    _sign(table(document, headings, rows, _GRID, style_of_text="Small"))
    if page.grid.note:
        paragraph(document, "Quiet", page.grid.note)


def _cell(cell: opening.CellShown) -> tuple[Text, ...]:
    if not cell.count:
        return (Text(opening.NONE, is_quiet=True),)
    return (Text(f"{cell.count}", is_bold=True), Text(f" {cell.names}"))


def _sign(made: Table) -> None:
    """Put the sign of each row and column before its words."""
    signs: tuple[Row | Column, ...] = (*Row, *Column)
    cells = [*(row.cells[0] for row in made.rows[1:]), *made.rows[0].cells[1:]]
    pictures = pictures_of([icons.draw(sign) for sign in signs], _SIGN.pt)
    for cell, picture in zip(cells, pictures, strict=True):
        line = cell.paragraphs[0]
        run = line.add_run()
        mark_decorative(run.add_picture(BytesIO(picture), width=_SIGN))
        run.add_text(" ")
        line._p.insert(line._p.index(line.runs[0]._r), run._r)


def _add_area(document: WordDocument, area: Area, columns: Sequence[str]) -> None:
    paragraph(document, "Heading 2", area.title)
    if not area.lines:
        paragraph(document, "Normal", area.none or arrangement.NOTHING_HERE)
        return
    has_gap = opening.has_gap(area)
    rows = [_area_row(line, columns, has_gap=has_gap) for line in opening.lines(area)]
    widths = _AREA_WITH_GAP if has_gap else _AREA
    table(document, opening.headings(area, columns), rows, widths, style_of_text="Small")


def _area_row(line: AreaLine, columns: Sequence[str], *, has_gap: bool) -> list[list[Text]]:
    figures = [
        [
            *([Text(figure.label, is_quiet=True)] if figure.label != column else []),
            Text(figure.text, is_bold=True, is_below=figure.label != column),
            Text(figure.detail, is_quiet=True, is_below=True),
        ]
        for figure, column in zip(line.figures, columns, strict=True)
    ]
    name = [Text(line.name, is_bold=True), Text(line.polarity, is_quiet=True, is_below=True)]
    behind = [[Text(line.behind or arrangement.BLANK)]] if has_gap else []
    return [name, *figures, [Text(line.against)], *behind]


def _add_changes(document: WordDocument, page: OnePage) -> None:
    paragraph(document, "Heading 2", opening.CHANGED)
    paragraph(document, "Normal", page.changed_said)
    for line in opening.changes(page):
        words = Text(f"{line.what}: ", is_bold=True)
        paragraph(document, "List Bullet", words, opening.shown(line.names))


def _add_promises(document: WordDocument, page: OnePage) -> None:
    paragraph(document, "Heading 2", opening.PROMISED)
    paragraph(document, "Normal", page.promises_said)
    if page.promises:
        rows = [_promise_row(line) for line in opening.promises(page)]
        table(document, opening.PROMISE_HEADINGS, rows, _PROMISES, style_of_text="Small")


def _promise_row(line: PromiseLine) -> list[list[Text]]:
    text, owner, due, state, outcome = opening.promise_cells(line)
    promised = Text(opening.promised_in(line), is_quiet=True, is_below=True)
    said = Text(outcome, is_italic=bool(line.outcome))
    words = [[Text(owner)], [Text(due)], [Text(state, is_bold=True)], [said]]
    return [[Text(text, is_bold=True), promised], *words]
