"""The page that opens the paper as the rows of one sheet, with nothing left out of its lists."""

from __future__ import annotations

from collections.abc import Iterator

from lineofsight.overview.one_page import AreaLine, GridCell, OnePage, PromiseLine
from lineofsight.overview.overview import Overview
from lineofsight.publish import opening

HEADINGS = (
    *("Part", "Subject", "What is said", "Which way is good", "First figure", "Of how many"),
    *("Second figure", "Of how many then", "Held against", "Behind the gap", "Owner", "Due"),
    *("Promised in", "Outcome in the officer's words"),
)
WIDTHS = (28, 60, 44, 30, 26, 30, 26, 30, 44, 18, 32, 30, 24, 60)

_Cells = tuple[str, ...]


def rows(overview: Overview) -> tuple[_Cells, ...]:
    """Every line of the first page; what a line does not have is an empty cell."""
    page = overview.one_page
    return tuple(_filled(cells) for cells in _rows(page))


def _rows(page: OnePage) -> Iterator[_Cells]:
    if page.opening:
        yield ("Summary", "", page.opening)
    for cell in page.grid.cells:
        yield from _of_cell(cell)
    if page.grid.note:
        yield (opening.GRID, "", page.grid.note)
    for area in page.areas:
        yield from (_of_area(area.title, line) for line in area.lines)
        if area.none:
            yield (area.title, "", area.none)
    if page.changed_said:
        yield (opening.CHANGED, "", page.changed_said)
    for change in page.changed:
        yield from ((opening.CHANGED, name, change.what) for name in change.names)
    if page.promises_said:
        yield (opening.PROMISED, "", page.promises_said)
    yield from map(_of_promise, page.promises)


def _of_cell(cell: GridCell) -> Iterator[_Cells]:
    for name in cell.names:
        yield (opening.GRID, name, f"{cell.row.value}; {cell.column.value[:1].lower()}"
               f"{cell.column.value[1:]}")  # fmt: skip


def _of_area(title: str, line: AreaLine) -> _Cells:
    figures = [cell for f in line.figures for cell in (f"{f.label}: {f.text}", f.detail)]
    return (title, line.name, "", line.polarity, *figures, line.against, line.behind)


def _of_promise(line: PromiseLine) -> _Cells:
    about = (opening.PROMISED, f"{line.text} ({line.about})", line.state)
    return (*about, *("",) * 7, line.owner, line.due, line.made_in, line.outcome or line.unsaid)


def _filled(cells: _Cells) -> _Cells:
    return (*cells, *("",) * (len(HEADINGS) - len(cells)))
