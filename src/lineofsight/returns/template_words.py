"""What the template says to the people who fill it in: plain words, from the declared columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping

from lineofsight.journey.tables import BY_NAME
from lineofsight.reference.codes import code_sets
from lineofsight.returns.cover import (
    AS_AT,
    AUTHORITY,
    AUTHORITY_CODE,
    DATA_FROM,
    DATA_TO,
    SYNTHETIC,
)
from lineofsight.returns.layout import Column, Sheet
from lineofsight.returns.left_blank import NONE
from lineofsight.returns.rows import required_fields

YES_NO = ("Yes", "No")
MARK = " *"
TITLE = "Local tables: how to fill this in"
ABOUT = (
    "These sheets hold what no national return holds: when the hub decided, who authorised a care "
    "plan, why a conference was postponed, how many cases a team had. Fill in the sheets you keep "
    "and leave the others blank."
)
STEPS = (
    "On the sheet 'Cover', say whose records they are, the first and the last day they cover, and "
    "the day on which they were taken from your systems.",
    "On each sheet you keep, write one row for each event, from the second row down. Bring every "
    "event between the first and the last day, and whatever is still open: a newer delivery takes "
    "the place of an older one for the days it covers.",
    "Click on a cell: a note says what goes there. Where a cell offers a list, choose from it.",
    "A header with * needs a value in every row. A row without one is not taken, and you are told "
    "which row it was.",
    "Delete a column that you do not keep, unless the list below says that it must stay. A column "
    "left blank says that nothing of the kind happened.",
    f"A sheet without rows says nothing at all. Where there was truly nothing to tell, write "
    f"'{NONE}' in the first cell under the header.",
    "Never write a name: children by their identifier, staff by their role.",
    "The sheets that begin with 'Example' show how it is done. They are synthetic, and nothing on "
    "them is read.",
    "Save as an Excel workbook and deliver it: lineofsight receive FILE.",
)
COVER_NOTES = {
    AUTHORITY: "The name of your council.",
    AUTHORITY_CODE: "The Department for Education's three digits, such as 852.",
    DATA_FROM: "The first day for which the sheets hold every event.",
    DATA_TO: "The last day for which the sheets hold every event.",
    AS_AT: "The day on which the records were taken from your systems: the last day or later.",
    SYNTHETIC: "Yes if the records are made up, as for training; otherwise No.",
}
_IN_CSV = (
    "Fill in the files you keep and delete the others. The first row is the header: leave it as "
    "it is, but delete a column that you do not keep, unless the list below says that it must "
    "stay. A column left blank says that nothing of the kind happened.",
    "Write one row for each event. Bring every event between the first and the last day, and "
    "whatever is still open.",
    f"A file without rows is refused. Where there was truly nothing to tell, write '{NONE}' in "
    "the first cell under the header.",
    "Let each file's name begin as it does now; a month may follow. Save as 'CSV UTF-8 (comma "
    "delimited)'.",
    "Never write a name: children by their identifier, staff by their role.",
    "The folder 'examples' shows how it is done; it is synthetic, and is not looked into when "
    "this folder is delivered.",
    "Deliver the folder or one file, and say which days it covers: "
    "lineofsight receive FOLDER --from 2020-08-01 --to 2020-08-31 --as-at 2020-09-02.",
)
_HOW = {
    "day": "Day, month and year: 31/08/2020.",
    "moment": "Day, month, year and time: 31/08/2020 14:05.",
    "flag": "Yes or No; blank is read as No.",
    "code": "Choose from the list.",
    "whole": "A whole number.",
    "amount": "A number; part-time workers count in part.",
    "text": "",
}


def is_required(column: Column) -> bool:
    """Tell whether every row needs a value in this column."""
    field = column.fields[0]
    return field.name in required_fields(BY_NAME[field.table.name])


def choices(column: Column) -> tuple[str, ...]:
    """Give what a cell of the column offers for choice; nothing where there is no list."""
    info = column.fields[0].info
    if info["kind"] == "flag":
        return YES_NO
    if info["kind"] == "code":
        return tuple(code.label for code in code_sets()[info["code_set"]].codes)
    return column.suggested


def heading(column: Column) -> str:
    """Give the header as the workbook shows it: marked where every row needs a value."""
    return column.header + (MARK if is_required(column) else "")


def explained(column: Column) -> str:
    """Say in a few sentences what goes into a column, and in what form."""
    info = column.fields[0].info
    how = "Choose from the list, or use words of your own." if column.suggested else ""
    said = (info["description"], column.hint, how or _HOW[info["kind"]])
    return " ".join(sentence for sentence in said if sentence)


def need(column: Column) -> str:
    """Say how much a column is needed: in every row, as a column, or only if it is kept."""
    if is_required(column):
        return "In every row"
    return "The column must stay" if column.is_needed else "If you keep it"


def readme_text(tables: Mapping[str, Sheet]) -> str:
    """Give the README of a folder of CSV files: how to fill them in, and each file's columns."""
    steps = (f"{number}. {step}" for number, step in enumerate(_IN_CSV, start=1))
    parts = [TITLE.upper(), ABOUT, *steps]
    lines = [line for part in parts for line in (*textwrap.wrap(part, 88), "")]
    lines += [line for name, sheet in tables.items() for line in _file_lines(name, sheet)]
    return "\n".join(lines)


def _file_lines(name: str, sheet: Sheet) -> Iterator[str]:
    yield f"{name}: {sheet.about}"
    for column in sheet.columns:
        said = f"{column.header} ({need(column).casefold()}): {explained(column)}"
        yield from textwrap.wrap(said, 88, initial_indent="  ", subsequent_indent="      ")
        if choices(column):
            offered = f"Choices: {'; '.join(choices(column))}."
            yield from textwrap.wrap(
                offered, 88, initial_indent="      ", subsequent_indent="      "
            )
    yield ""
