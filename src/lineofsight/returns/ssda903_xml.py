"""Opens an SSDA903 return in its XML form and lays it out as the tables of its CSV form.

A record's row number is its place among the records of its table, the first being 1. The XML form
has no records of social workers or of deprivations of liberty.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl
from lxml import etree  # type: ignore[import-untyped]

from lineofsight.errors import Fault, SubmissionRefused
from lineofsight.returns.issue import Kind, ReadingIssue
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
from lineofsight.returns.xml_reading import local_name

ROOT, _CHILD = "EXPSSDA903", "CHILD"
_LONGEST_NAME = 40
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


@dataclass
class XmlTables:
    """An XML return as cells by table, and what was met in it that is in no table.

    Row 0 of each table holds its headers, as a CSV file would in its first line. `unknown` and
    `twice` count elements by (parent, name).
    """

    cells: dict[str, SheetCells] = field(default_factory=dict)
    unknown: Counter[tuple[str, str]] = field(default_factory=Counter)
    twice: Counter[tuple[str, str]] = field(default_factory=Counter)

    def issues(self) -> Iterator[ReadingIssue]:
        """Report the elements that are not read."""
        for kind, found in ((Kind.HEADER_UNKNOWN, self.unknown), (Kind.HEADER_TWICE, self.twice)):
            for (parent, name), count in found.items():
                yield ReadingIssue(parent, name[:_LONGEST_NAME], kind, count)


def read_xml_tables(path: Path, content: bytes) -> XmlTables:
    """Read an XML return; raises SubmissionRefused if it is damaged or holds no child."""
    found = {sheet.title: _Rows() for sheet in _TABLES}
    tables, children = XmlTables(), 0
    try:
        walk = _walk(content, "end", f"{{*}}{_CHILD}")
        for _, child in walk:
            children += 1
            _forget_namespaces(child)
            for table, record in _Records(child, tables).every():
                found[table].add(record)
            _forget(child, tables)
    except etree.XMLSyntaxError as problem:
        what = f"The XML document is damaged or was cut short at line {problem.lineno}."
        remedy = "Export or copy it again, and check that a browser can open it."
        raise SubmissionRefused(Fault(what, f"File: {path.name}.", remedy)) from None
    if not children:
        raise SubmissionRefused(_no_children(path))
    _count_strangers(walk.root, tables)
    tables.cells = {title: _cells(title, rows.frame()) for title, rows in found.items()}
    return tables


def _no_children(path: Path) -> Fault:
    where = f"File: {path.name}, {ROOT}."
    return Fault("The return holds no children.", where, "Export it again, with all its children.")


def _walk(content: bytes, event: str, tag: str | None = None) -> Any:
    # Entities and outside documents are not followed: a return needs neither.
    safely = {"resolve_entities": False, "no_network": True, "load_dtd": False,
              "remove_comments": True, "remove_pis": True}  # fmt: skip
    return etree.iterparse(io.BytesIO(content), events=(event,), tag=tag, huge_tree=False, **safely)


def _forget(child: Any, tables: XmlTables) -> None:
    """Let go of a child that was read, and of what stands before it, counting what is no child."""
    child.clear()
    parent = child.getparent()
    while child.getprevious() is not None:
        _count_strangers([parent[0]], tables)
        del parent[0]


def _count_strangers(elements: Any, tables: XmlTables) -> None:
    tables.unknown.update((ROOT, name) for name in _names(elements) if name != _CHILD)


def _names(element: Any) -> Iterator[str]:
    return (local_name(inner.tag) for inner in element if isinstance(inner.tag, str))


def _forget_namespaces(child: Any) -> None:
    for element in child.iter(etree.Element):
        if element.tag.startswith("{"):
            element.tag = local_name(element.tag)


class _Records:
    """The records of one child, whatever the order of its elements."""

    def __init__(self, child: Any, tables: XmlTables) -> None:
        self._child = child
        self._tables = tables

    def every(self) -> Iterator[tuple[str, _Record]]:
        """Give each record with the title of its table."""
        strangers = (name for name in _names(self._child) if name not in ("HEADER", "EPISODE"))
        self._tables.unknown.update((_CHILD, name) for name in strangers)
        headers = self._child.findall("HEADER")
        plain = [self._texts(header) for header in headers]
        # A child with two headers is told twice, like a child on two lines of a CSV file.
        who = next((texts["CHILDID"] for texts in plain if texts.get("CHILDID")), None)
        for episode in self._child.findall("EPISODE"):
            yield EPISODES.title, {"CHILD": who, **self._texts(episode)}
        for header, texts in zip(headers, plain, strict=True):
            yield from self._described(header, texts, {"CHILD": texts.pop("CHILDID", None)})

    def _described(
        self, header: Any, plain: _Record, who: _Record
    ) -> Iterator[tuple[str, _Record]]:
        born: _Record = {**who, "DOB": plain.get("DOB")}
        for tag, sheet in _GROUPS.items():
            for group in header.findall(tag):
                yield sheet.title, {**born, **self._texts(group)}
        for sheet, tags in _LOOSE.items():
            loose = {tag: plain.pop(tag, None) for tag in tags}
            if any(loose.values()):
                yield sheet.title, {**born, **loose}
        is_alone, ended = plain.pop("UASC", None), plain.pop("DUC", None)
        if is_alone == "1" or ended:
            yield UASC.title, {**born, "SEX": plain.get("SEX"), "DUC": ended}
        yield HEADER.title, {**who, **plain}

    def _texts(self, element: Any) -> _Record:
        found: _Record = {}
        for leaf in element:
            if not isinstance(leaf.tag, str) or leaf.tag in _GROUPS:
                continue
            if len(leaf):
                self._tables.unknown[element.tag, leaf.tag] += 1
            elif leaf.tag in found:
                self._tables.twice[element.tag, leaf.tag] += 1
            else:
                found[leaf.tag] = (leaf.text or "").strip() or None
        return found


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
