"""What people left blank in a workbook that they fill in by hand, and which sheets are no data.

A council keeps some of the local tables and not others. A sheet without rows therefore says
nothing: taken as 'nothing happened' it would wipe out what is known. Whoever means that writes
'None' under the header.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from lineofsight.errors import Fault
from lineofsight.returns.conversion import cleaned
from lineofsight.returns.header import Header
from lineofsight.returns.layout import header_key
from lineofsight.returns.reading import ROW, SheetCells
from lineofsight.returns.return_kind import ReturnKind
from lineofsight.returns.rows import SheetRows, filled_rows

GUIDE_SHEET, LISTS_SHEET, EXAMPLE = "How to fill this in", "Lists", "Example - "
NONE = "None"
_NOTHING = {header_key(word) for word in (NONE, "Nil", "Nothing to report", "No cases")}


def is_of_the_template(name: str) -> bool:
    """Tell whether a sheet is the template's own: guide, lists or a worked example, never data."""
    own = {header_key(GUIDE_SHEET), header_key(LISTS_SHEET)}
    return header_key(name) in own or header_key(name).startswith(header_key(EXAMPLE))


def says_none(cells: SheetCells, header: Header) -> bool:
    """Tell whether the one row under the header says 'None' and nothing else."""
    rows = filled_rows(cells.rows.filter(pl.col(ROW) > header.row))
    if rows.height != 1:
        return False
    texts = [cleaned(rows[name])[0] for name in rows.columns if name != ROW]
    filled = [text for text in texts if text]
    return len(filled) == 1 and header_key(filled[0]) in _NOTHING


def without_none(cells: SheetCells, header: Header) -> SheetCells:
    """Take out the row that says that there are none."""
    if not says_none(cells, header):
        return cells
    kept = cells.rows.filter(pl.col(ROW) <= header.row)
    return SheetCells(cells.name, kept, cells.unreadable, cells.strays)


def set_aside(
    kind: ReturnKind, taken: Sequence[SheetRows], cells: Mapping[str, SheetCells]
) -> tuple[list[SheetRows], list[str]]:
    """Part the sheets that say something from the names of those that were left blank."""
    if not kind.is_kept_by_hand:
        return [*taken], []
    told = {
        rows.sheet for rows in taken if rows.rows_in or says_none(cells[rows.sheet], rows.header)
    }
    kept = [rows for rows in taken if rows.sheet in told]
    return kept, [rows.sheet for rows in taken if rows.sheet not in told]


def nothing_filled_in(blank: Sequence[str], file: str) -> Fault:
    """Say that a delivery has its headers and nothing under them."""
    one = len(blank) == 1
    return Fault(
        "Nothing is filled in: "
        + ("the table holds no row." if one else f"none of the {len(blank)} sheets holds a row."),
        f"File: {file}" + (f", '{blank[0]}'." if one else "."),
        f"Write one row for each event. If there was nothing to tell, write '{NONE}' in the first "
        "cell under the header.",
    )


def remarks_on(blank: Sequence[str], own_sheets: Iterable[str]) -> list[str]:
    """Say which sheets were taken as not delivered, and which are no data at all."""
    said = []
    if blank:
        said.append(
            f"Left blank and taken as not delivered: {_listed(blank)}. Where nothing happened, "
            f"write '{NONE}' in the first cell under the header."
        )
    if named := [*own_sheets]:
        said.append(f"Not read, as they explain the template and hold no data: {_listed(named)}.")
    return said


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)
