"""Builds the text of a census in XML from columns: no tree, an element a line, escaped."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from lineofsight.returns.xml_reading import SYNTHETIC

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
# A census has no field that says that it is made up: the software that made it says so.
SOFTWARE = f"Line of Sight {SYNTHETIC}"
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def element(tag: str, value: pl.Expr | str) -> pl.Expr:
    """An element with a text; nothing where the value is blank. A string names a column."""
    column = pl.col(value) if isinstance(value, str) else value
    text = column.cast(pl.String).str.replace_many(_ESCAPES)
    return pl.format(f"<{tag}>{{}}</{tag}>\n", text).fill_null("")


def truth(tag: str, value: pl.Expr | str) -> pl.Expr:
    """An element that says 1 for true and 0 for false."""
    column = pl.col(value) if isinstance(value, str) else value
    return element(tag, column.cast(pl.Int8))


def block(tag: str, *inside: pl.Expr) -> pl.Expr:
    """An element around others."""
    return pl.concat_str(opened(tag), *inside, closed(tag))


def opened(tag: str) -> pl.Expr:
    """The start of an element."""
    return pl.lit(f"<{tag}>\n")


def closed(tag: str) -> pl.Expr:
    """The end of an element."""
    return pl.lit(f"</{tag}>\n")


def grouped(tag: str, column: str) -> pl.Expr:
    """An element around a column of text; nothing where that is blank or empty."""
    is_there = pl.col(column).fill_null("") != ""
    return pl.when(is_there).then(block(tag, pl.col(column))).otherwise(pl.lit(""))


def written_out(texts: Mapping[str, str]) -> str:
    """The lines of elements that a header holds, in order."""
    row = pl.select(pl.lit(text).alias(tag) for tag, text in texts.items())
    return str(row.select(pl.concat_str([element(tag, tag) for tag in texts])).item())


def header(collection: str, year: int, reference: str, *, authority: str, made_at: str) -> str:
    """The header of a census; `made_at` is no clock's: the same lives give the same bytes."""
    details = {"Collection": collection, "Year": str(year), "ReferenceDate": reference}
    source = {
        "SourceLevel": "L",
        "LEA": authority,
        "SoftwareCode": SOFTWARE,
        "Release": "1",
        "SerialNo": "001",
        "DateTime": made_at,
    }
    return (
        f"<Header>\n<CollectionDetails>\n{written_out(details)}</CollectionDetails>\n"
        f"<Source>\n{written_out(source)}</Source>\n</Header>\n"
    )
