"""Opens an SSDA903 return in its XML form and lays it out as the tables of its CSV form.

A record's row number is its place among the records of its table, the first being 1. The XML form
has no records of social workers or of deprivations of liberty.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
from lxml import etree  # type: ignore[import-untyped]

from lineofsight.errors import Fault, SubmissionRefused
from lineofsight.returns.layout import header_key
from lineofsight.returns.reading import ROW, SheetCells
from lineofsight.returns.ssda903_layout import (
    AD1,
    EPISODES,
    HEADER,
    MISSING,
    OC2,
    OC3,
    PERMANENCE,
    PLACED,
    REVIEWS,
    UASC,
)

ROOT = "EXPSSDA903"
_Record = dict[str, str | None]
# Groups of tags inside HEADER that are records of a table of their own.
_GROUPS = {"AREVIEW": REVIEWS, "AMISSING": MISSING, "PERMANENCE": PERMANENCE, "OC2": OC2,
           "AD_PLACED": PLACED}  # fmt: skip
# Tags that stand in HEADER itself but belong to a table of their own when any is filled.
_LOOSE = {
    OC3: ("IN_TOUCH", "ACTIV", "ACCOM"),
    AD1: ("DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR"),
}
_RECORDS_AT_A_TIME = 20_000
_TABLES = (HEADER, EPISODES, REVIEWS, UASC, OC2, OC3, AD1, PLACED, PERMANENCE, MISSING)


class _Rows:
    """Records of one table, kept as columns of texts by tag, so that they need little memory."""

    def __init__(self) -> None:
        self._waiting: list[_Record] = []
        self._frames: list[pl.DataFrame] = []

    def add(self, record: _Record) -> None:
        """Take one more record."""
        self._waiting.append(record)
        if len(self._waiting) >= _RECORDS_AT_A_TIME:
            self._lay_down()

    def frame(self) -> pl.DataFrame:
        """Give every record, one row each, a tag that it lacks being blank."""
        self._lay_down()
        return pl.concat(self._frames, how="diagonal")

    def _lay_down(self) -> None:
        tags = sorted(set().union(*self._waiting))
        self._frames.append(pl.DataFrame(self._waiting, schema=dict.fromkeys(tags, pl.String)))
        self._waiting = []


def is_xml(content: bytes) -> bool:
    """Tell whether the content of a file is an XML document."""
    start = content[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith((b"<?xml", b"<EXP"))


def root_tag(content: bytes) -> str | None:
    """Give the name of the document's outermost element; None if it is not XML."""
    try:
        _, element = next(_walk(content, "start"))
    except (etree.XMLSyntaxError, StopIteration):
        return None
    return str(etree.QName(element).localname)


def read_xml_tables(path: Path, content: bytes) -> dict[str, SheetCells]:
    """Read an XML return into cells by table; raises SubmissionRefused if it is damaged.

    Row 0 of each table holds its headers, as a CSV file would in its first line.
    """
    found = {sheet.title: _Rows() for sheet in _TABLES}
    try:
        for _, child in _walk(content, "end", "CHILD"):
            for table, record in _records(child):
                found[table].add(record)
            _forget(child)
    except etree.XMLSyntaxError as problem:
        what = f"The XML document is damaged or was cut short at line {problem.lineno}."
        remedy = "Export or copy it again, and check that a browser can open it."
        raise SubmissionRefused(Fault(what, f"File: {path.name}.", remedy)) from None
    return {title: _cells(title, rows.frame()) for title, rows in found.items()}


def _walk(content: bytes, event: str, tag: str | None = None) -> Iterator[Any]:
    # Entities and outside documents are not followed: a return needs neither.
    safely = {"resolve_entities": False, "no_network": True, "load_dtd": False,
              "remove_comments": True, "remove_pis": True}  # fmt: skip
    return iter(
        etree.iterparse(io.BytesIO(content), events=(event,), tag=tag, huge_tree=False, **safely)
    )


def _forget(child: Any) -> None:
    """Let go of a child that was read, and of the emptied ones before it."""
    child.clear()
    while child.getprevious() is not None:
        del child.getparent()[0]


def _records(child: Any) -> Iterator[tuple[str, _Record]]:
    header = child.find("HEADER")
    inside = list(header) if header is not None else []
    plain: _Record = {leaf.tag: leaf.text for leaf in inside if not len(leaf)}
    who: _Record = {"CHILD": plain.pop("CHILDID", None)}
    born: _Record = {**who, "DOB": plain.get("DOB")}
    for episode in child.findall("EPISODE"):
        yield EPISODES.title, {**who, **_texts(episode)}
    if header is None:
        return
    for group in inside:
        if group.tag in _GROUPS:
            plain.pop(group.tag, None)  # an empty group is a record too, and no field
            yield _GROUPS[group.tag].title, {**born, **_texts(group)}
    for sheet, tags in _LOOSE.items():
        loose = {tag: plain.pop(tag, None) for tag in tags}
        if any(text and text.strip() for text in loose.values()):
            yield sheet.title, {**born, **loose}
    is_alone, ended = plain.pop("UASC", None), plain.pop("DUC", None)
    if (is_alone or "").strip() == "1" or (ended or "").strip():
        yield UASC.title, {**born, "SEX": plain.get("SEX"), "DUC": ended}
    yield HEADER.title, {**who, **plain}


def _texts(element: Any) -> _Record:
    return {leaf.tag: leaf.text for leaf in element if not len(leaf)}


def _cells(title: str, found: pl.DataFrame) -> SheetCells:
    sheet = next(sheet for sheet in _TABLES if sheet.title == title)
    same = {key: column.header for column in sheet.columns for key in column.keys}
    header_of = {tag: same.get(header_key(tag), tag) for tag in found.columns}
    names = [column.header for column in sheet.columns]
    names += sorted(set(header_of.values()) - set(names))
    columns = {
        str(number): _column(name, found, [tag for tag in header_of if header_of[tag] == name])
        for number, name in enumerate(names, start=1)
    }
    none = pl.DataFrame(schema={ROW: pl.Int64, "column": pl.Int64})
    rows = pl.DataFrame(columns).with_row_index(ROW, offset=0).cast({ROW: pl.Int64})
    return SheetCells(title, rows.select(ROW, *columns), none)


def _column(name: str, found: pl.DataFrame, tags: list[str]) -> pl.Series:
    """Give a column's name and under it the texts of the tags that mean it, without blanks."""
    cells = pl.Series([None] * found.height, dtype=pl.String)
    if tags:
        texts = (pl.col(tag).str.strip_chars().replace("", None) for tag in tags)
        cells = found.select(pl.coalesce(texts)).to_series().alias("")
    return pl.concat([pl.Series([name], dtype=pl.String), cells])
