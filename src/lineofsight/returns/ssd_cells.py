"""Puts the cells of the Standard Safeguarding Dataset into the form that the other returns have.

Databases and their exports write 'NULL', stand-in dates, padded flags, numbers with '.0' and
JSON; what is changed is reported, but for the plain word NULL.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import polars as pl

from lineofsight.returns.conversion import cleaned
from lineofsight.returns.issue import MOST_ROWS_NAMED, Kind, ReadingIssue
from lineofsight.returns.reading import ROW
from lineofsight.returns.ssd_layout import SsdTable, field_types
from lineofsight.returns.ssda903_cells import POSTCODE

NULLS = ("NULL", "null", "Null", "(null)", "\\N", "NaN", "nan", "NaT", "<NA>")
# The scripts that fill the dataset write this where a system has nothing for a field.
PLACEHOLDER = "SSD_PH"
_NEVER, _FOR_EVER = "1900-01-01", "9999-12-31"
_STAND_INS = {
    _NEVER: r"^(1900-01-01|01/01/1900|Jan +1 1900)",
    _FOR_EVER: r"^(9999-12-31|31/12/9999|Dec 31 9999)",
}
_MIDNIGHT = r"^(\d{4}-\d{2}-\d{2})[ T]00:00(?::00(?:\.0+)?)?(?:Z|\+00(?::?00)?)?$"
# How SQL Server writes a date when it is asked for text.
_SERVER_TEXT = r"^[A-Z][a-z]{2} {1,2}\d{1,2} \d{4} {1,2}\d{1,2}:\d{2}[AP]M$"
_NUMBER_WITH_ZERO = r"^(\d+)\.0+$"
_TRUTHS = {"T": "Y", "F": "N", "t": "Y", "f": "N"}
_YES = ("y", "yes", "true", "1", "t")
_NO = ("n", "no", "false", "0", "f")


def in_standard_form(
    table: SsdTable, texts: pl.DataFrame
) -> tuple[pl.DataFrame, list[ReadingIssue]]:
    """Clean every column of a table's texts, and say which cells were read in another way."""
    types = field_types()[table.name]
    issues: list[ReadingIssue] = []
    columns = [texts[ROW]]
    for name in (name for name in texts.columns if name != ROW):
        plain = cleaned(texts[name]).replace(dict.fromkeys(NULLS))
        column, found = _standard(plain, name, types.get(name, ""))
        columns.append(column.alias(name))
        issues += (_cells(table, name, texts[ROW], *each) for each in found if each[0].any())
    return pl.DataFrame(columns), issues


_Found = tuple[pl.Series, Kind, str | None, str]


def _standard(plain: pl.Series, name: str, type_: str) -> tuple[pl.Series, list[_Found]]:
    """Give the column in standard form and (which cells, kind, value, sentence) to report."""
    is_placeholder = (plain == PLACEHOLDER).fill_null(False)
    plain = plain.set(is_placeholder, None)
    found: list[_Found] = [(is_placeholder, Kind.STAND_IN, PLACEHOLDER, "")]
    if type_ == "datetime":
        plain, others = _days(plain)
        return plain, [*found, *others]
    if type_ == "nchar":
        return plain.replace(_TRUTHS), found
    if name.endswith("_id"):
        is_number = plain.str.contains(_NUMBER_WITH_ZERO).fill_null(False)
        sentence = "An identifier that a program wrote as a number with '.0' is read without it."
        found.append((is_number, Kind.REPAIRED, None, sentence))
        return plain.str.replace(_NUMBER_WITH_ZERO, "$1"), found
    return plain, found


def _days(plain: pl.Series) -> tuple[pl.Series, list[_Found]]:
    found: list[_Found] = []
    for value, pattern in _STAND_INS.items():
        is_stand_in = plain.str.contains(pattern).fill_null(False)
        plain = plain.set(is_stand_in, None)
        found.append((is_stand_in, Kind.STAND_IN, value, ""))
    if plain.str.contains(_SERVER_TEXT).any():
        one_space = plain.str.replace_all(" +", " ")
        moments = one_space.str.to_datetime("%b %d %Y %I:%M%p", strict=False)
        written = moments.dt.strftime("%Y-%m-%d %H:%M:%S")
        plain = pl.select(pl.coalesce(written, plain)).to_series()
    return plain.str.replace(_MIDNIGHT, "$1"), found


def _cells(
    table: SsdTable,
    name: str,
    rows: pl.Series,
    which: pl.Series,
    kind: Kind,
    value: str | None,
    sentence: str,
) -> ReadingIssue:
    column = next((c for c in table.sheet.columns if c.header == name), None)
    fields = tuple(f"{f.table.name}.{f.name}" for f in column.fields) if column else ()
    named = tuple(rows.filter(which).head(MOST_ROWS_NAMED).to_list())
    return ReadingIssue(table.name, name, kind, int(which.sum()), named, value, fields, sentence)


def rows_issue(
    table: str,
    field: str,
    kind: Kind,
    rows: pl.Series,
    sentence: str = "",
    value: str | None = None,
) -> Iterator[ReadingIssue]:
    """Yield what there is to report of some rows of a table; nothing if there are none."""
    if len(rows):
        named = tuple(rows.sort().head(MOST_ROWS_NAMED).to_list())
        yield ReadingIssue(table, field, kind, len(rows), named, value, (), sentence)


def districts(postcodes: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Cut postcodes to their first half; the second series marks those that are none."""
    found = postcodes.str.to_uppercase().str.extract(POSTCODE)
    return found, found.is_null() & postcodes.is_not_null()


def from_each(texts: pl.Series, read: Callable[[str], Any], type_: Any) -> pl.Series:
    """Work out each different text once; a blank stays blank."""
    distinct = texts.drop_nulls().unique().to_list()
    values = pl.Series([read(text) for text in distinct], dtype=type_)
    table = pl.DataFrame({"text": pl.Series(distinct, dtype=pl.String), "value": values})
    rows = pl.DataFrame({"text": texts})
    return rows.join(table, on="text", how="left", maintain_order="left")["value"]


def flag_in_json(texts: pl.Series, key: str) -> pl.Series:
    """Give what JSON says under a key as 'Y' or 'N', blank where it says nothing."""

    def read(text: str) -> str | None:
        content = read_json(text)
        value = content.get(key) if isinstance(content, dict) else None
        return None if value is None else _yes_or_no(value)

    return from_each(texts, read, pl.String)


def chosen_in_json(text: str) -> list[str] | None:
    """Give the words that JSON chooses: a list's items, or the keys that are said to be so.

    Text that is no JSON is taken as words parted by commas; what is broken gives None.

    >>> chosen_in_json('["1A", "2B"]'), chosen_in_json('{"1A": "Yes", "2B": "No", "3A": ""}')
    (['1A', '2B'], ['1A'])
    """
    content = read_json(text)
    if isinstance(content, dict):
        return [key for key, value in content.items() if _yes_or_no(value) == "Y"]
    if isinstance(content, list):
        return [str(item).strip() for item in content if item is not None and str(item).strip()]
    if text[:1] in "[{" and content is None:
        return None
    words = content if isinstance(content, str) else text
    return [word.strip() for word in re.split("[,;]", words) if word.strip()]


def read_json(text: str) -> Any:
    """Read JSON, with single quotation marks too; None if it cannot be read."""
    for form in (text, text.replace("'", '"')):
        try:
            return json.loads(form)
        except (ValueError, RecursionError):
            continue
    return None


def _yes_or_no(value: Any) -> str | None:
    folded = str(value).strip().casefold()
    return "Y" if folded in _YES else "N" if folded in _NO else None
