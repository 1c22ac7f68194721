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
_TABLES = (HEADER, EPISODES, REVIEWS, UASC, OC2, OC3, AD1, PLACED, PERMANENCE, MISSING)


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
    found: dict[str, list[_Record]] = {sheet.title: [] for sheet in _TABLES}
    try:
        for _, child in _walk(content, "end", "CHILD"):
            for table, record in _records(child):
                found[table].append(record)
            child.clear()
    except etree.XMLSyntaxError as problem:
        what = f"The XML document is damaged or was cut short at line {problem.lineno}."
        remedy = "Export or copy it again, and check that a browser can open it."
        raise SubmissionRefused(Fault(what, f"File: {path.name}.", remedy)) from None
    return {title: _cells(title, records) for title, records in found.items()}


def _walk(content: bytes, event: str, tag: str | None = None) -> Iterator[Any]:
    # Entities and outside documents are not followed: a return needs neither.
    safely = {"resolve_entities": False, "no_network": True, "load_dtd": False}
    return iter(
        etree.iterparse(io.BytesIO(content), events=(event,), tag=tag, huge_tree=False, **safely)
    )


def _records(child: Any) -> Iterator[tuple[str, _Record]]:
    header = child.find("HEADER")
    plain = _texts(header) if header is not None else {}
    who: _Record = {"CHILD": plain.pop("CHILDID", None)}
    born: _Record = {**who, "DOB": plain.get("DOB")}
    for episode in child.findall("EPISODE"):
        yield EPISODES.title, {**who, **_texts(episode)}
    if header is None:
        return
    for tag, sheet in _GROUPS.items():
        for group in header.findall(tag):
            yield sheet.title, {**born, **_texts(group)}
    for sheet, tags in _LOOSE.items():
        loose = {tag: plain.pop(tag, None) for tag in tags}
        if any(loose.values()):
            yield sheet.title, {**born, **loose}
    is_alone, ended = plain.pop("UASC", None), plain.pop("DUC", None)
    if is_alone == "1" or ended:
        yield UASC.title, {**born, "SEX": plain.get("SEX"), "DUC": ended}
    yield HEADER.title, {**who, **plain}


def _texts(element: Any) -> _Record:
    leaves = (tag for tag in element if isinstance(tag.tag, str) and not len(tag))
    return {
        leaf.tag: (leaf.text or "").strip() or None for leaf in leaves if leaf.tag not in _GROUPS
    }


def _cells(title: str, records: list[_Record]) -> SheetCells:
    sheet = next(sheet for sheet in _TABLES if sheet.title == title)
    names = [column.header for column in sheet.columns]
    same = {key: column.header for column in sheet.columns for key in column.keys}
    tidy = [{same.get(header_key(tag), tag): text for tag, text in r.items()} for r in records]
    names += sorted({tag for record in tidy for tag in record} - set(names))
    cells = {str(n): [name, *(r.get(name) for r in tidy)] for n, name in enumerate(names, start=1)}
    frame = pl.DataFrame(cells, schema=dict.fromkeys(cells, pl.String))
    none = pl.DataFrame(schema={ROW: pl.Int64, "column": pl.Int64})
    rows = frame.with_row_index(ROW, offset=0).cast({ROW: pl.Int64})
    return SheetCells(title, rows.select(ROW, *cells), none)
