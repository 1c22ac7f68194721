"""From the text of a cell to the value of a journey field, and what had to be reported on the way.

A column holds few different texts, so each text is worked out once and joined back to its rows.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

import polars as pl
import sqlalchemy as sa

from lineofsight.reference.codes import code_sets, spelling_key
from lineofsight.reference.working_days import FIRST_DAY, LAST_DAY
from lineofsight.returns.issue import Kind

TEXT, VALUE, NOTE = "text", "value", "note"
# A byte a row: a delivery has a note column for every column it has.
NOTES = pl.Enum([kind.name for kind in Kind])

_BLANKS = re.compile(r"[\s\u00a0\u200b\ufeff]+")
# Excel's own words for a cell that failed, pasted as text.
_ERROR_TEXT = r"(?i)^#(n/a|ref!|value!|div/0!|name\?|num!|null!)$"
_LETTER = r"^[A-Za-z]{1,2}\)\s*"
_DATE_AND_CLOCK = re.compile(r"(\S*\d\S*(?: [A-Za-z]+ \d+)?)(?: ([0-2]?\d:[0-5]\d(?::[0-5]\d)?))?")
_SERIAL = re.compile(r"\d{4,5}(\.\d+)?")
_AMOUNT = re.compile(r"-?\d{1,9}(\.\d+)?")
_WHOLE = re.compile(r"-?\d+(\.0+)?")
_DAY_ZERO = datetime(1899, 12, 30)
_MOST = 1_000_000_000
# Day before month always: an English return is never read as American.
_DATE_FORMS = (
    "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y",
    "%d %B %Y", "%Y/%m/%d",
)  # fmt: skip
_TRUTHS = {"y": True, "yes": True, "true": True, "1": True}
_TRUTHS |= {"n": False, "no": False, "false": False, "0": False}
# Columns that answer in words of their own.
_OWN_WORDS = {
    "is_placed_outside": {"in": False, "out": True},
}
# A value may be shown if it looks like a code with its label, or several children have it.
_CODE_WITH_LABEL = re.compile(r"[A-Za-z]{1,2}\).*|[A-Z0-9]{1,6}\s*[-:].*|[A-Z]{2,6}\d?")
_PERSONAL = re.compile(r"\d{3,}|\d+[/.-]\d+")
CHILDREN_TO_SHOW_A_VALUE = 3


@dataclass(frozen=True)
class Meaning:
    """What one text means: a value or none, and what must be reported about it."""

    value: Any
    note: Kind | None = None


_UNREADABLE = Meaning(None, Kind.UNREADABLE)
POLARS_TYPES: dict[str, pl.DataType] = {
    "text": pl.String(),
    "code": pl.String(),
    "day": pl.Date(),
    "moment": pl.Datetime("us"),
    "flag": pl.Boolean(),
    "whole": pl.Int64(),
    "amount": pl.Float64(),
}


def convert(texts: pl.Series, field: sa.Column[Any]) -> pl.DataFrame:
    """Give one row a cleaned text: 'value' in the field's type and 'note', a Kind's name or none.

    A cell that is blank has a blank value; a flag's blank is noted.
    """
    kind = field.info["kind"]
    if kind == "text":
        return _as_text(texts, is_identifier=field.name.endswith("_id"))
    distinct = [text for text in texts.unique() if text is not None]
    table = _table(distinct, _reader(field), POLARS_TYPES[kind])
    rows = pl.DataFrame({TEXT: texts}).join(table, on=TEXT, how="left", maintain_order="left")
    return _blank_flags_noted(rows) if kind == "flag" else rows.select(VALUE, NOTE)


def note(kind: Kind) -> pl.Expr:
    """Give the note of a kind, as it stands in a column of notes."""
    return pl.lit(kind.name, NOTES)


def cleaned(cells: pl.Series) -> pl.Series:
    """Take off blanks of every kind at the ends, and turn non-breaking ones into spaces."""
    return cleaned_cells(cells.to_frame())[cells.name]


def cleaned_cells(rows: pl.DataFrame) -> pl.DataFrame:
    """Clean every column of a frame that is text, all at once."""
    texts = pl.col(pl.String, pl.Null).cast(pl.String).str.replace_all(_BLANKS.pattern, " ")
    return rows.with_columns(texts.str.strip_chars().replace("", None))


def _as_text(texts: pl.Series, *, is_identifier: bool) -> pl.DataFrame:
    is_error = texts.str.contains(_ERROR_TEXT).fill_null(False)
    label = texts if is_identifier else texts.str.replace(_LETTER, "")
    frame = pl.DataFrame({VALUE: label, "is_error": is_error})
    if not is_error.any():
        return frame.select(VALUE, pl.lit(None, NOTES).alias(NOTE))
    return frame.select(
        pl.when("is_error").then(None).otherwise(VALUE).alias(VALUE),
        pl.when("is_error").then(note(Kind.UNREADABLE)).alias(NOTE),
    )


def _table(texts: list[str], read: Callable[[str], Meaning], type_: pl.DataType) -> pl.DataFrame:
    meanings = [read(text) for text in texts]
    return pl.DataFrame(
        {
            TEXT: texts,
            VALUE: [meaning.value for meaning in meanings],
            NOTE: [meaning.note.name if meaning.note else None for meaning in meanings],
        },
        schema={TEXT: pl.String(), VALUE: type_, NOTE: NOTES},
    )


def _blank_flags_noted(rows: pl.DataFrame) -> pl.DataFrame:
    blank = pl.col(TEXT).is_null()
    return rows.select(
        VALUE,
        pl.when(blank).then(note(Kind.BLANK_FLAG)).otherwise(NOTE).alias(NOTE),
    )


def may_be_shown(text: str, children: int) -> bool:
    """Tell whether an unknown value of a coded field may stand in a report.

    Shifted columns put names and dates of birth into coded fields, so a value is shown only if
    it holds no long number or date, and looks like a code or stands beside several children: a
    child's own name may fill many rows of a list, but they are all of one child.
    """
    if _PERSONAL.search(text) or len(text) > 60:
        return False
    return children >= CHILDREN_TO_SHOW_A_VALUE or _CODE_WITH_LABEL.fullmatch(text) is not None


def _reader(field: sa.Column[Any]) -> Callable[[str], Meaning]:
    kind = field.info["kind"]
    if kind == "code":
        codes = code_sets()[field.info["code_set"]]
        return lambda text: _unless_error(text, _coded(codes.code_for(text)))
    if kind == "flag":
        truths = _TRUTHS | _OWN_WORDS.get(field.name, {})
        return lambda text: _unless_error(text, _flag(text, truths))
    readers: dict[str, Callable[[str], Meaning]]
    readers = {"day": _day, "moment": _moment, "whole": _whole, "amount": _amount}
    read = readers[kind]
    return lambda text: _unless_error(text, read(text))


def _unless_error(text: str, meaning: Meaning) -> Meaning:
    return _UNREADABLE if text[0] == "#" and re.match(_ERROR_TEXT, text) else meaning


def _coded(code: str | None) -> Meaning:
    return Meaning(code) if code else Meaning(None, Kind.UNKNOWN)


def _flag(text: str, truths: dict[str, bool]) -> Meaning:
    truth = truths.get(spelling_key(re.sub(_LETTER, "", text)))
    return Meaning(truth, Kind.UNKNOWN_FLAG if truth is None else None)


def _whole(text: str) -> Meaning:
    fits = _WHOLE.fullmatch(text) and abs(float(text)) < _MOST
    return Meaning(int(float(text))) if fits else _UNREADABLE


def _amount(text: str) -> Meaning:
    return Meaning(float(text)) if _AMOUNT.fullmatch(text) else _UNREADABLE


# The same few thousand days stand in every column of a return.
@lru_cache(maxsize=50_000)
def _day(text: str) -> Meaning:
    found, note = _instant(text)
    if found is None:
        return _UNREADABLE
    if not FIRST_DAY <= found.date() <= LAST_DAY:
        return Meaning(None, Kind.OUTSIDE_CALENDAR)
    return Meaning(found.date(), Kind.TIME_CUT_OFF if found.time() != time() else note)


def read_day(text: str) -> date | None:
    """Read one date in any of the forms that lists use; None if it is not one."""
    return _day(text).value  # type: ignore[no-any-return]


def _moment(text: str) -> Meaning:
    found, note = _instant(text)
    if found is None:
        return _UNREADABLE
    if not FIRST_DAY <= found.date() <= LAST_DAY:
        return Meaning(None, Kind.OUTSIDE_CALENDAR)
    return Meaning(found, Kind.NO_TIME if found.time() == time() else note)


def _instant(text: str) -> tuple[datetime | None, Kind | None]:
    """Read a date with or without a time, and say whether its form left room for doubt."""
    if _SERIAL.fullmatch(text):
        return _DAY_ZERO + timedelta(seconds=round(float(text) * 86400)), Kind.DATE_AS_NUMBER
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None, microsecond=0), None
    except ValueError:
        return _from_text(text), Kind.DATE_IN_TEXT


def _from_text(text: str) -> datetime | None:
    parts = _DATE_AND_CLOCK.fullmatch(text)
    if parts is None:
        return None
    clock = time.fromisoformat(parts[2].zfill(5)) if parts[2] else time()
    for form in _DATE_FORMS:
        with contextlib.suppress(ValueError):
            return datetime.combine(datetime.strptime(parts[1], form).date(), clock)
    return None
