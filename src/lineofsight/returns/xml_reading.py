"""Opens a census in XML safely and gives its records one by one, however large the file is.

No entity is resolved, no document type is accepted, nothing is fetched, and nesting, texts and
records have limits; a file that breaks off or breaks the rules of XML is refused whole. What a
record's elements mean is told by `xml_modules`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from lxml import etree  # type: ignore[import-untyped]

from lineofsight.errors import Fault, SubmissionRefused, UnknownName
from lineofsight.reference.periods import day_name
from lineofsight.reference.places import find_place
from lineofsight.returns.conversion import read_day
from lineofsight.returns.issue import Kind, ReadingIssue

# A record is a child or a worker with all that belongs to them; real ones have a few thousand
# bytes, and what stands in memory is one record at a time.
MOST_BYTES_A_RECORD = 32_000_000
_CHUNK = 65_536
_SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
HEADER = "Header"
# No census has a field that says that its records are made up; the software that made them can.
SYNTHETIC = "synthetic"
_CODES = etree.ErrorTypes
_CUT_SHORT = {
    _CODES.ERR_TAG_NOT_FINISHED,
    _CODES.ERR_GT_REQUIRED,
    _CODES.ERR_ATTRIBUTE_NOT_FINISHED,
    _CODES.ERR_COMMENT_NOT_FINISHED,
}
_WHAT_BROKE = {
    _CODES.ERR_TAG_NAME_MISMATCH: "an element ends that is not the one begun last",
    _CODES.ERR_NAME_REQUIRED: "an '&' or a '<' stands in a text as it is",
    _CODES.ERR_UNDECLARED_ENTITY: "it uses an entity that XML does not have",
    _CODES.ERR_INVALID_CHAR: "it holds a character that XML does not allow",
    _CODES.ERR_INVALID_ENCODING: "its bytes are not in the encoding that it names",
    _CODES.ERR_UNSUPPORTED_ENCODING: "it names an encoding that nobody knows",
    _CODES.ERR_RESOURCE_LIMIT: "its elements are nested too deep, or a text in it is too long",
    _CODES.ERR_DOCUMENT_END: "something follows after its end",
    _CODES.NS_ERR_UNDEFINED_NAMESPACE: "it uses a namespace prefix that it does not declare",
}
_EXPORT_AGAIN = "Export the census again from the case system, and deliver that file unedited."
_CODE_UNITS_OF_TWO = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"'](utf-?16|ucs-?2)", re.IGNORECASE)
_XML_STARTS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<\x00", b"\xfe\xff\x00<", b"<\x00", b"\x00<")


@dataclass(frozen=True)
class XmlReading:
    """A census as journey tables, with all that a `Submission` and a `Reading` need of it.

    `frames` holds one frame a journey table: its delivered fields, then file, sheet and row.
    `sheets` tells (module, rows in, rows taken); `row` is a line of the file, or, in a file
    without line breaks, the running number of the element. `authority` is empty where the code is
    unknown. `remarks` say in sentences what was decided in reading. `is_synthetic` where the
    header's SoftwareCode says so.
    """

    return_name: str
    slug: str
    frames: dict[str, pl.DataFrame]
    issues: tuple[ReadingIssue, ...]
    sheets: tuple[tuple[str, int, int], ...]
    authority: str
    authority_code: str
    first_day: date
    last_day: date
    as_at: date
    missing_fields: tuple[str, ...]
    missing_tables: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    is_synthetic: bool = False


@dataclass
class Head:
    """What stands before the first record: the root, the header's texts, what follows it."""

    root: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    follows: str = ""


class _Enough(Exception):
    """The head has been read."""


class _DocumentType(Exception):
    """The file declares a document type."""


class _HeadTarget:
    """Listens to the parser until the first element that is not part of the header."""

    def __init__(self) -> None:
        self.head = Head()
        self._path: list[str] = []
        self._text: list[str] = []

    def doctype(self, *_: Any) -> None:
        raise _DocumentType

    def start(self, tag: str, _: Any) -> None:
        name = local_name(tag)
        if not self._path:
            self.head.root = name
        elif len(self._path) == 1 and name != HEADER:
            self.head.follows = name
            raise _Enough
        self._path.append(name)
        self._text.clear()

    def data(self, text: str) -> None:
        self._text.append(text)

    def end(self, _: str) -> None:
        text = "".join(self._text).strip()
        if text:
            self.head.texts.setdefault(self._path[-1], text)
        self._path.pop()
        self._text.clear()

    def close(self) -> None:
        return None


def local_name(tag: str) -> str:
    """Give an element's name without its namespace."""
    return tag.rpartition("}")[2]


def is_xml(path: Path) -> bool:
    """Tell whether a file begins as XML does, in any encoding."""
    try:
        with path.open("rb") as file:
            return file.read(64).lstrip(b" \t\r\n").startswith(_XML_STARTS)
    except OSError:
        return False


def peek(path: Path) -> Head:
    """Read the head without complaint: what cannot be read is empty."""
    try:
        return read_head(path)
    except SubmissionRefused:
        return Head()


def read_head(path: Path) -> Head:
    """Read what stands before the first record; raises SubmissionRefused if that is no safe XML."""
    target = _HeadTarget()
    parser = etree.XMLParser(target=target, encoding=_encoding(path), **_SAFE)
    try:
        for number, chunk in enumerate(_chunks(path)):
            if number * _CHUNK > MOST_BYTES_A_RECORD:
                raise _too_long("The header", path)
            parser.feed(chunk)
        parser.close()
    except _Enough:
        return target.head
    except _DocumentType:
        raise _refused(
            "The file declares a document type (DOCTYPE), which no census does.",
            path,
            "Such a declaration can make a reader fetch or unfold things. " + _EXPORT_AGAIN,
        ) from None
    except etree.XMLSyntaxError as problem:
        raise _broken(parser, problem, path) from None
    return target.head


def unknown_xml(path: Path) -> SubmissionRefused:
    """Make the refusal of a file of XML that is none of the censuses."""
    try:
        root = read_head(path).root
    except SubmissionRefused as refused:
        return refused
    return wrong_root(path, root, "census that is known")


def wrong_root(path: Path, root: str, census: str) -> SubmissionRefused:
    """Make the refusal of XML that is something else; `census` completes 'but no …'."""
    return _refused(
        f"The file is XML, but no {census}: its outermost element is '{root[:40]}'.",
        path,
        "Deliver the XML file that the case system makes for the Department's collection.",
    )


class Records:
    """The records of a file, one at a time; each is forgotten when the next is asked for.

    Iterating raises SubmissionRefused where the file is cut short or broken. Afterwards
    `strangers` counts the elements beside the records, by (parent, name).
    """

    def __init__(self, path: Path, names: tuple[str, ...]) -> None:
        self._path = path
        self._names = frozenset(names)
        self.strangers: Counter[tuple[str, str]] = Counter()

    def __iter__(self) -> Iterator[Any]:
        tags = [f"{{*}}{name}" for name in self._names]
        encoding = _encoding(self._path)
        parser = etree.XMLPullParser(events=("end",), tag=tags, encoding=encoding, **_SAFE)
        try:
            yield from self._fed(parser)
            self._leftovers(parser.close())
        except etree.XMLSyntaxError as problem:
            raise _broken(parser, problem, self._path) from None

    def _fed(self, parser: Any) -> Iterator[Any]:
        waiting = 0
        for chunk in _chunks(self._path):
            parser.feed(chunk)
            waiting += len(chunk)
            for _, record in parser.read_events():
                yield record
                self._forget(record)
                waiting = 0
            if waiting > MOST_BYTES_A_RECORD:
                names = " or ".join(f"<{name}>" for name in sorted(self._names))
                raise _too_long(f"A record, {names},", self._path)

    def _forget(self, record: Any) -> None:
        record.clear()
        parent = record.getparent()
        while parent is not None and (before := record.getprevious()) is not None:
            self._pass(parent, before)
            parent.remove(before)

    def _pass(self, parent: Any, element: Any) -> None:
        name = local_name(element.tag)
        if name not in self._names and name != HEADER and not self._held(element):
            self.strangers[local_name(parent.tag), name] += 1

    def _held(self, element: Any) -> bool:
        return any(local_name(inner.tag) in self._names for inner in element)

    def _leftovers(self, root: Any) -> None:
        for parent in (root, *(e for e in root if self._held(e))):
            for element in parent:
                self._pass(parent, element)

    def issues(self) -> list[ReadingIssue]:
        """Report the elements beside the records that are not in any layout."""
        unknown = Kind.HEADER_UNKNOWN
        found = self.strangers.items()
        return [ReadingIssue(parent, name, unknown, count) for (parent, name), count in found]


def _too_long(what: str, path: Path) -> SubmissionRefused:
    most = MOST_BYTES_A_RECORD // 1_000_000
    return _refused(f"{what} does not end within {most} MB of the file.", path, _EXPORT_AGAIN)


def _chunks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk
    except OSError as problem:
        remedy = "Check the name and that you may read the file."
        raise _refused(f"The file cannot be opened: {problem.strerror}.", path, remedy) from None


def _encoding(path: Path) -> str | None:
    """Overrule a file that says UTF-16 in plain bytes, as text written by way of .NET does."""
    start = next(_chunks(path), b"")[:200].removeprefix(b"\xef\xbb\xbf")
    return "utf-8" if _CODE_UNITS_OF_TWO.match(start) else None


def _broken(parser: Any, problem: Any, path: Path) -> SubmissionRefused:
    """Say what broke; the parser's own words may quote a text, so they are not shown."""
    first = next(iter(parser.feed_error_log), None)
    code, line = (first.type, first.line) if first else (problem.code, problem.lineno or 1)
    if first is None or code == _CODES.ERR_DOCUMENT_EMPTY:
        what = "The file is not XML."
    elif code in _CUT_SHORT:
        what = "The file stops in the middle: it was cut short on its way."
    else:
        broke = _WHAT_BROKE.get(code, "it does not keep the rules of XML")
        what = f"The XML of the file is broken: {broke}."
    return SubmissionRefused(Fault(what, f"File: {path.name}, line {line}.", _EXPORT_AGAIN))


def _refused(what: str, path: Path, remedy: str) -> SubmissionRefused:
    return SubmissionRefused(Fault(what, f"File: {path.name}.", remedy))


@dataclass(frozen=True)
class CensusYear:
    """Whose census it is and the twelve months it covers, from its header."""

    authority: str
    authority_code: str
    first_day: date
    last_day: date
    remarks: tuple[str, ...]
    is_synthetic: bool = False


def read_year(head: Head, path: Path, *, ends: tuple[int, int]) -> CensusYear:
    """Read year and authority from the header; a census year ends on a (month, day).

    The reference date decides, and the year begins after the last such day before it, so that a
    file made during the year covers what it can. A year that says otherwise is remarked on.
    Raises SubmissionRefused if there is neither date nor year.
    """
    stated = head.texts.get("ReferenceDate", "")
    year = _whole_year(head.texts.get("Year", ""))
    last = read_day(stated) if stated else date(year, *ends) if year else None
    if last is None:
        raise _no_year(path, stated, date(year or date.today().year, *ends))
    began = date.fromordinal(date(last.year, *ends).toordinal() + 1)
    first = began if began <= last else began.replace(year=last.year - 1)
    code = head.texts.get("LEA", "")
    remarks = _year_remark(year, first, last)
    made_up = SYNTHETIC in head.texts.get("SoftwareCode", "").casefold()
    return CensusYear(_authority_name(code), code, first, last, remarks, made_up)


def _whole_year(text: str) -> int | None:
    return int(text) if re.fullmatch(r"(19|20)\d\d", text) else None


def _year_remark(year: int | None, first: date, last: date) -> tuple[str, ...]:
    if year in (None, first.year + 1):
        return ()
    return (
        f"The header gives the year {year} but the reference date {day_name(last)}: "
        "the reference date was taken.",
    )


def _authority_name(code: str) -> str:
    try:
        return find_place(code).name
    except UnknownName:
        return ""


def _no_year(path: Path, stated: str, example: date) -> SubmissionRefused:
    what = "The header does not say which year the census covers."
    if stated:
        what = "The header's ReferenceDate is not a date."
    return SubmissionRefused(
        Fault(
            what,
            f"File: {path.name}, Header, CollectionDetails.",
            f"Write the reference date as <ReferenceDate>{example}</ReferenceDate>.",
        )
    )
