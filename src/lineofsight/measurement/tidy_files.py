"""The dataset as a file: Parquet and CSV to work with, an Excel workbook to look at."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter  # type: ignore[import-untyped]

from lineofsight.errors import Fault, UsageFault
from lineofsight.measurement.dataset import Dataset

MOST_ROWS = 1_048_575  # of a worksheet, less its heading
_NUMBERS = ("numerator", "denominator", "value")
_WIDTHS = {"name": 60, "indicator": 40, "period_label": 34, "basis": 32, "group": 28}


def write_dataset(found: Dataset, out: Path) -> None:
    """Write the tidy table, whole or not at all, in the format that the name's ending says.

    Raises UsageFault for an ending that is none of .parquet, .csv and .xlsx, and for a workbook
    with more rows than a worksheet takes.
    """
    demand_known_ending(out)
    aside = out.with_name(f".writing-{out.name}")
    out.parent.mkdir(parents=True, exist_ok=True)
    try:
        _WRITERS[out.suffix.lower()](found, aside)
        aside.replace(out)
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)


def demand_known_ending(out: Path) -> None:
    """Refuse a name whose ending says no format we write; raises UsageFault."""
    if out.suffix.lower() not in _WRITERS:
        raise UsageFault(
            Fault(
                f"A dataset cannot be written as '{out.suffix or out.name}'.",
                f"File: '{out.name}'.",
                "End its name with .parquet, .csv or .xlsx.",
            )
        )


def _write_workbook(found: Dataset, path: Path) -> None:
    table = found.table
    if table.height > MOST_ROWS:
        raise UsageFault(
            Fault(
                f"A worksheet takes {MOST_ROWS:,} rows, and the dataset has {table.height:,}.",
                "It was to be written as an Excel workbook.",
                "Ask for fewer with --indicator and --by, or write a .parquet or .csv file.",
            )
        )
    # What a council typed is text, never a formula or a link.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    with xlsxwriter.Workbook(path, options) as book:
        _cover(book, found)
        _sheet(book, table)


def _cover(book: Any, found: Dataset) -> None:
    sheet = book.add_worksheet("About")
    sheet.set_column(0, 0, 110)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    lines = [f"Dataset of {found.authority}", found.notice]
    lines += ["Synthetic: made-up children, no real ones."] if found.is_synthetic else []
    lines += [
        "A row is one value: an indicator, broken down by what and in which group, for which "
        "period, with its numerator and denominator. Values are rounded half up, once, from the "
        "numerator and denominator beside them.",
    ]
    lines += [f"Not measured: {name}. {why.reason}" for name, why in found.unmeasurable.items()]
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line, book.add_format({"bold": True}) if row == 0 else wrapped)


def _sheet(book: Any, table: pl.DataFrame) -> None:
    sheet = book.add_worksheet("Dataset")
    written, table = _with_symbols(table), table.drop("symbol", strict=False)
    heading = book.add_format({"bold": True, "bottom": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for column, name in enumerate(table.columns):
        kind = day if name == "period_ends_on" else None
        sheet.set_column(column, column, _WIDTHS.get(name, 14), kind)
        sheet.write_string(0, column, name, heading)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, table.height, table.width - 1)
    dated = table.columns.index("period_ends_on")
    for row, (values, words) in enumerate(zip(table.rows(), written.rows(), strict=True), 1):
        for column, (number, word) in enumerate(zip(values, words, strict=True)):
            # A number stays one, so that it can be added up; a symbol stands where there is none.
            value = word if number is None else number
            if value is not None and value != "":
                sheet.write(row, column, value, day if column == dated else None)


def _with_symbols(table: pl.DataFrame) -> pl.DataFrame:
    """Write the symbols of official statistics where a number is hidden, or where none can be.

    'c' is confidential; 'z' not applicable: a number has no denominator, and nothing was there to
    divide by; 'x' not available: how many people live in a group. A table in which nothing is
    hidden has none of them and stays one of numbers.
    """
    if "symbol" not in table.columns:
        return table
    is_group_rate = (pl.col("unit") == "per 10,000") & (pl.col("breakdown") != "total")
    missing = pl.when(is_group_rate).then(pl.lit("x")).otherwise(pl.lit("z"))
    symbol = pl.when(pl.col("symbol") == "c").then(pl.lit("c")).otherwise(missing)
    numbers = (pl.col(name).cast(pl.String()).fill_null(symbol) for name in _NUMBERS)
    return table.with_columns(*numbers).drop("symbol")


_WRITERS: dict[str, Callable[[Dataset, Path], Any]] = {
    ".parquet": lambda found, path: found.table.write_parquet(path),
    ".csv": lambda found, path: _with_symbols(found.table).write_csv(path, include_bom=True),
    ".xlsx": _write_workbook,
}
