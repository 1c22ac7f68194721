"""Puts the cells of an SSDA903 table into the form the journey keeps, and says what it lacks.

Dates as the return writes them (DD/MM/YYYY) become ISO days; of a postcode only the first half
goes further, so that no full postcode is ever kept.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import polars as pl

from lineofsight.journey.fields import Events
from lineofsight.journey.tables import BY_NAME
from lineofsight.returns.collection_year import Year
from lineofsight.returns.conversion import cleaned
from lineofsight.returns.header import Header
from lineofsight.returns.issue import MOST_ROWS_NAMED, Kind, ReadingIssue
from lineofsight.returns.layout import Column
from lineofsight.returns.reading import ROW, SheetCells
from lineofsight.returns.rows import SheetRows, delivered_fields
from lineofsight.returns.ssda903_layout import HOME_POSTCODE, PLACEMENT_POSTCODE

YEARLY = ("health", "immigration_status", "previous_permanence")
DERIVED = ("periods_of_care", "adoptions")
_DAY = r"^\s*(\d{2})/(\d{2})/(\d{4})\s*$"
# Its first half is the district, which is all of it that is kept.
POSTCODE = r"^([A-Z]{1,2}[0-9][A-Z0-9]?)\s*(?:[0-9][A-Z]{2})?$"
# Where a field of a table that is put together comes from; it is missing if none of these is here.
_SOURCES = {
    "periods_of_care.child_id": "care_episodes.child_id",
    "periods_of_care.started_on": "care_episodes.started_on",
    "periods_of_care.ceased_on": "care_episodes.ended_on",
    "periods_of_care.reason_ceased": "care_episodes.reason_ended",
    "periods_of_care.primary_need": "care_episodes.primary_need",
    "periods_of_care.legal_status": "care_episodes.legal_status",
    "periods_of_care.placement_type": "care_episodes.placement_type",
    "periods_of_care.placement_provider": "care_episodes.placement_provider",
    "periods_of_care.placements_in_12_months": "care_episodes.placement_type",
    "periods_of_care.is_unaccompanied": "immigration_status.child_id",
    "periods_of_care.latest_review_on": "looked_after_reviews.held_on",
    "periods_of_care.missing_in_12_months": "missing_episodes.kind",
    "adoptions.child_id": "care_episodes.child_id",
    "adoptions.entered_care_on": "care_episodes.started_on",
    "adoptions.decided_on": "care_episodes.child_id",
    "adoptions.placement_order_on": "care_episodes.legal_status",
    "adoptions.matched_on": "adopted_children.matched_on",
    "adoptions.placed_on": "care_episodes.placement_type",
    "adoptions.ordered_on": "care_episodes.reason_ended",
    "adoptions.reversed_on": "adoption_decisions.reversed_on",
    "adoptions.reversal_reason": "adoption_decisions.reversal_reason",
    "care_leavers_at_birthday.birthday_on": "care_leavers_at_birthday.child_id",
    **{f"{table}.recorded_on": f"{table}.child_id" for table in YEARLY},
}


def in_standard_form(cells: SheetCells, header: Header) -> SheetCells:
    """Write standard dates as ISO and cut postcodes to their first half.

    What is no postcode is left blank and noted as unreadable.
    """
    rows, unreadable = cells.rows, [cells.unreadable]
    for column, cell in header.cells:
        if column.header in (HOME_POSTCODE.header, PLACEMENT_POSTCODE.header):
            rows, failed = _cut_postcodes(rows, cell, header.row)
            unreadable.append(failed)
        elif _is_day(column):
            rows = rows.with_columns(pl.col(cell).str.replace(_DAY, "$3-$2-$1"))
    return dataclasses.replace(cells, rows=rows, unreadable=pl.concat(unreadable))


def _is_day(column: Column) -> bool:
    return bool(column.fields) and column.fields[0].info["kind"] == "day"


def _cut_postcodes(
    rows: pl.DataFrame, cell: str, header_row: int
) -> tuple[pl.DataFrame, pl.DataFrame]:
    whole = cleaned(rows[cell])
    district = whole.str.to_uppercase().str.extract(POSTCODE)
    is_data = rows[ROW] > header_row
    failed = rows.filter(is_data & whole.is_not_null() & district.is_null())[ROW]
    column = pl.Series("column", [int(cell)] * len(failed), pl.Int64)
    kept = pl.select(pl.when(is_data).then(district).otherwise(rows[cell]).alias(cell)).to_series()
    return rows.with_columns(kept), pl.DataFrame([failed, column])


def with_birthdays(rows: SheetRows, year: Year) -> SheetRows:
    """Give care leavers the birthday that fell in the collection year; 29 February is 1 March.

    A row without a readable date of birth is not taken, and reported.
    """
    assert rows.described is not None
    (name,) = rows.frames
    born = rows.described.select(ROW, "born_on")
    leavers = rows.frames[name].join(born, on=ROW, how="left", maintain_order="left")
    unknown = leavers.filter(pl.col("born_on").is_null())[ROW]
    month, day = pl.col("born_on").dt.month(), pl.col("born_on").dt.day()
    of_year = pl.when(month >= 4).then(year.first_day.year).otherwise(year.first_day.year + 1)
    birthday = pl.date(of_year, month, 1) + pl.duration(days=day.cast(pl.Int64) - 1)
    known = leavers.filter(pl.col("born_on").is_not_null()).with_columns(
        birthday.cast(pl.Date).alias("birthday_on")
    )
    return dataclasses.replace(
        rows,
        frames={name: known.drop("born_on")},
        rows_taken=rows.rows_taken - len(unknown),
        issues=(*rows.issues, *_not_taken(rows.sheet, unknown)),
    )


def _not_taken(sheet: str, rows: pl.Series) -> Sequence[ReadingIssue]:
    named = tuple(rows.sort().head(MOST_ROWS_NAMED).to_list())
    fields = ("children.born_on",)
    return (
        [ReadingIssue(sheet, "DOB", Kind.NOT_TAKEN, len(rows), named, None, fields)]
        if named
        else []
    )


def missing_fields(
    taken: Sequence[SheetRows], frames: Mapping[str, pl.DataFrame]
) -> tuple[str, ...]:
    """Name the fields of the tables read, as 'table.field', for which there was no column."""
    found = {
        f"{field.table.name}.{field.name}"
        for rows in taken
        for column, _ in rows.header.cells
        for field in column.fields
    }
    found |= {name for name, source in _SOURCES.items() if source in found}
    tables: list[type[Events]] = [BY_NAME[name] for name in sorted(frames)]
    return tuple(
        name
        for table in tables
        for field in delivered_fields(table)
        if (name := f"{table.__name__}.{field}") not in found
    )
