"""Reads an SSDA903 return: a set of CSV files, or one XML file, for a year from April to March.

A table is recognised by its columns, whatever its file is called. Every row and cell is taken or
reported, and every episode that a rule of `periods_of_care` touches is named.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from lineofsight.errors import Fault, LineOfSightError, SubmissionRefused, nearest
from lineofsight.journey.tables import children
from lineofsight.returns.children import gather_children
from lineofsight.returns.collection_year import Year, ends_early, settle_year
from lineofsight.returns.csv_reading import DELIMITERS, CsvTable, read_bytes, read_csv_table
from lineofsight.returns.header import ROWS_SEARCHED, Header, find_header, header_faults
from lineofsight.returns.issue import MOST_ROWS_NAMED, Kind, ReadingIssue
from lineofsight.returns.layout import Sheet, header_key
from lineofsight.returns.looked_after_facts import gather_adoptions, with_details
from lineofsight.returns.periods_of_care import Rebuilt, Repair, rebuild
from lineofsight.returns.reading import SheetCells
from lineofsight.returns.rows import SheetRows, delivered_fields, take_rows
from lineofsight.returns.ssda903_cells import (
    DERIVED,
    YEARLY,
    in_standard_form,
    missing_fields,
    with_birthdays,
)
from lineofsight.returns.ssda903_layout import (
    EPISODES,
    HEADER,
    OC3,
    SSDA903,
    TABLES_903,
    known_headers,
    own_headers,
)
from lineofsight.returns.ssda903_xml import ROOT, XmlTables, is_xml, read_xml_tables, root_tag

_BYTES_LOOKED_AT = 65_536
_HEADER_LIKE = re.compile(r"(?!.*\d{3})[\w ./()?-]{1,40}")
# A table's fields in order, then where the row came from.
_ORDER = (pl.exclude("file", "sheet", "row"), "file", "sheet", "row")


@dataclass(frozen=True)
class Ssda903Reading:
    """An SSDA903 return as journey tables, and what reading it had to report.

    `frames` holds one frame a journey table: its fields without clocks and integers, then file,
    sheet and row (the submission's name is added when it is kept). `sheets` tells (table, rows
    in, rows taken); the rows between are the issues of kind NOT_TAKEN. `repairs` are the rows
    that a stated rule changed, joined or left out of a period of care. `files` holds (file, its
    tables, SHA-256) and `said` sentences about the year, the encodings and the delimiters.
    """

    frames: dict[str, pl.DataFrame]
    issues: tuple[ReadingIssue, ...]
    repairs: tuple[Repair, ...]
    sheets: tuple[tuple[str, int, int], ...]
    files: tuple[tuple[str, str, str], ...]
    first_day: date
    last_day: date
    as_at: date
    missing_fields: tuple[str, ...]
    missing_tables: tuple[str, ...]
    said: tuple[str, ...]
    authority_code: str = ""


@dataclass(frozen=True)
class _Table:
    """One table of the return as cells, with its header where it was found."""

    file: str
    sheet: Sheet
    header: Header | None
    cells: SheetCells
    csv: CsvTable | None = None


@dataclass
class _Delivery:
    """Everything opened so far and everything wrong with it."""

    tables: list[_Table] = field(default_factory=list)
    files: list[tuple[str, str, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    issues: list[ReadingIssue] = field(default_factory=list)


def is_ssda903(path: Path) -> str | None:
    """Say which table of the SSDA903 a file is and why, by its columns; None if it is none."""
    known = _known(path)
    return known[1] if known else None


def title_of(path: Path) -> str | None:
    """Give the title of the table that a file is, ROOT for a return in XML; None if it is none."""
    known = _known(path)
    return known[0] if known else None


def _known(path: Path) -> tuple[str, str] | None:
    """Tell a file by its first lines: its table's title, and a sentence that says why."""
    try:
        with path.open("rb") as file:
            content = file.read(_BYTES_LOOKED_AT)
        if is_xml(content):
            is_return = root_tag(content) == ROOT
            because = f"SSDA903 in XML, because its outermost element is {ROOT}"
            return (ROOT, because) if is_return else None
        whole_lines = content[: content.rfind(b"\n") + 1] or content
        table = _recognised(read_csv_table(path, whole_lines, known_headers()))
    except (OSError, LineOfSightError):
        return None
    if table is None:
        return None
    return table.sheet.title, f"SSDA903 table '{table.sheet.title}', {_because(table)}"


def tables_in(path: Path) -> tuple[SheetRows, ...]:
    """Read the tables of one file of a return, those that can be read; none if it cannot be."""
    readable, _ = _readable(_opened([path]))
    return tuple(_taken(table, header) for table, header in readable)


def _because(table: _Table) -> str:
    own = own_headers(table.sheet).values()
    cells = table.header.cells if table.header else ()
    names = [f"'{column.header}'" for column, _ in cells if column in own]
    if len(names) > 3:
        return f"because of its columns {', '.join(names[:3])} and {len(names) - 3} more"
    return f"because of its column{'s' if len(names) > 1 else ''} {' and '.join(names)}"


def read_ssda903(
    paths: Sequence[Path], year: int | None = None, as_at: date | None = None
) -> Ssda903Reading:
    """Read the files of one SSDA903 return into journey tables.

    `year` names the collection year by its end (2018 for 1 April 2017 to 31 March 2018); without
    it the year is the one in which nearly all episodes ended. `as_at` is for a return drawn
    before the year is over. Raises SubmissionRefused with everything that was found.
    """
    delivery = _opened(paths)
    readable, header_problems = _readable(delivery)
    taken = [_taken(table, header) for table, header in readable]
    faults = [*delivery.faults, *_set_faults(delivery, paths), *header_problems]
    names = [path.name for path in paths]
    settled, year_fault = settle_year(taken, year, as_at, names)
    # Without episodes the year cannot be told, and their absence is said already.
    if year_fault and any(table.sheet is EPISODES for table, _ in readable):
        faults.append(year_fault)
    if faults or settled is None:
        raise SubmissionRefused(faults)
    return _reading(delivery, taken, settled)


def _opened(paths: Sequence[Path]) -> _Delivery:
    delivery = _Delivery()
    for path in paths:
        try:
            _open_into(delivery, path)
        except SubmissionRefused as refused:
            delivery.faults += refused.faults
    return delivery


def _open_into(delivery: _Delivery, path: Path) -> None:
    content = read_bytes(path)
    if is_xml(content):
        xml = _xml_tables(path, content)
        delivery.issues += xml.issues()
        found = _tables_of(path, xml)
    else:
        found = [_csv_table(path, content)]
    titles = ", ".join(table.sheet.title for table in found)
    delivery.tables += found
    delivery.files.append((path.name, titles, hashlib.sha256(content).hexdigest()))


def _xml_tables(path: Path, content: bytes) -> XmlTables:
    if (tag := root_tag(content)) not in (ROOT, None):
        what = f"The XML document is no SSDA903: its outermost element is '{tag}', not '{ROOT}'."
        remedy = "Export the return again as SSDA903, or deliver its CSV files."
        raise SubmissionRefused(Fault(what, f"File: {path.name}.", remedy))
    return read_xml_tables(path, content)


def _tables_of(path: Path, xml: XmlTables) -> list[_Table]:
    sheets = [sheet for sheet in TABLES_903 if sheet.title in xml.cells]
    found = [(sheet, xml.cells[sheet.title]) for sheet in sheets]
    return [_Table(path.name, sheet, find_header(sheet, cells), cells) for sheet, cells in found]


def _csv_table(path: Path, content: bytes) -> _Table:
    csv = read_csv_table(path, content, known_headers())
    table = _recognised(csv)
    if table is None:
        raise SubmissionRefused(_no_table(csv))
    return table


def _recognised(csv: CsvTable) -> _Table | None:
    """Find the table that has most of a file's columns to itself; None if none has any."""
    best, most = None, 0
    top = dataclasses.replace(csv.cells, rows=csv.cells.rows.head(ROWS_SEARCHED))
    for sheet in TABLES_903:
        header = find_header(sheet, top)
        own = own_headers(sheet).values()
        count = sum(column in own for column, _ in header.cells) if header else 0
        if count > most:
            cells = dataclasses.replace(csv.cells, name=sheet.title)
            best, most = _Table(csv.file, sheet, header, cells, csv), count
    return best


def _no_table(csv: CsvTable) -> Fault:
    known = known_headers()
    first = [text for text in csv.cells.rows.row(0)[1:] if text]
    # A first row without a single known name may be a child's: nothing of it is shown.
    is_header = any(header_key(text) in known for text in first)
    headers = [text for text in first if is_header and _HEADER_LIKE.fullmatch(text)]
    own = sorted({c.header for sheet in TABLES_903 for c in own_headers(sheet).values()})
    strange = [text for text in headers if header_key(text) not in known]
    near = [(text, nearest(text, own, count=1)) for text in strange]
    hints = [f"{meant} for '{text}'" for text, meant in near if meant]
    remedy = "Give it a header row with the column names of the SSDA903 guide, as in 'DECOM'."
    if hints:
        remedy = f"Should it be {' and '.join(hints)}? Then change that header."
    shown = ", ".join(f"'{text}'" for text in headers) or "no column names"
    where = f"File: {csv.file}. Its first row has {shown}."
    return Fault("The columns are those of no table of the SSDA903.", where, remedy)


def _set_faults(delivery: _Delivery, paths: Sequence[Path]) -> Iterator[Fault]:
    """Say which tables were delivered twice, and which must be there and are not."""
    names = ", ".join(path.name for path in paths) or "none"
    for sheet in TABLES_903:
        files = [table.file for table in delivery.tables if table.sheet is sheet]
        if len(files) > 1:
            yield Fault(
                f"{len(files)} files are the table '{sheet.title}', {sheet.about}.",
                f"Files: {', '.join(files)}.",
                "Deliver the one that counts and leave out the others.",
            )
        elif sheet.is_needed and not files:
            columns = ", ".join(f"'{c.header}'" for c in sheet.columns if c.is_needed)
            yield Fault(
                f"There is no file of the table '{sheet.title}', {sheet.about}.",
                f"Files: {names}.",
                f"Add the file, with the columns {columns}; it may hold no rows.",
            )


def _readable(delivery: _Delivery) -> tuple[list[tuple[_Table, Header]], list[Fault]]:
    readable: list[tuple[_Table, Header]] = []
    faults: list[Fault] = []
    for table in delivery.tables:
        found = header_faults(table.sheet, table.header, table.cells, table.file)
        if table.header is not None and not found:
            readable.append((table, table.header))
        faults += found
    return readable, faults


def _taken(table: _Table, header: Header) -> SheetRows:
    cells = in_standard_form(table.cells, header)
    return take_rows(table.sheet, header, cells, table.file)


def _reading(delivery: _Delivery, taken: Sequence[SheetRows], year: Year) -> Ssda903Reading:
    taken = [with_birthdays(rows, year) if rows.layout is OC3 else rows for rows in taken]
    frames = {name: frame for rows in taken for name, frame in rows.frames.items()}
    frames |= {
        name: frames[name].with_columns(pl.lit(year.as_at).alias("recorded_on"))
        for name in YEARLY
        if name in frames
    }
    frames["children"], unlike = _children(taken, year.as_at)
    rebuilt = rebuild(frames["care_episodes"])
    derived, homeless = _derived(rebuilt, frames, year.as_at)
    frames |= derived
    kind = [name for name in (*SSDA903.tables, *DERIVED) if name not in frames]
    repairs = (*rebuilt.repairs, *homeless, *_line_repairs(delivery), *_strangers(taken))
    return Ssda903Reading(
        frames={name: frame.select(_ORDER) for name, frame in frames.items()},
        issues=(
            *(i for rows in taken for i in rows.issues),
            *delivery.issues,
            *_extra(delivery),
            *unlike,
        ),
        repairs=repairs,
        sheets=tuple((rows.sheet, rows.rows_in, rows.rows_taken) for rows in taken),
        files=tuple(delivery.files),
        first_day=year.first_day,
        last_day=year.as_at,
        as_at=year.as_at,
        missing_fields=missing_fields(taken, frames),
        missing_tables=tuple(dict.fromkeys(kind)),
        said=(year.said, *ends_early(frames, year), *_how_written(delivery)),
    )


def _derived(
    rebuilt: Rebuilt, frames: dict[str, pl.DataFrame], as_at: date
) -> tuple[dict[str, pl.DataFrame], list[Repair]]:
    periods = with_details(rebuilt, frames, as_at)
    if not {"adoption_decisions", "adopted_children"} & frames.keys():
        return {"periods_of_care": periods}, []
    adoptions, homeless = gather_adoptions(frames, periods, rebuilt)
    groups = homeless.group_by("sheet", maintain_order=True)
    sentence = "An adoption of a child without a period of care is not in the table of adoptions."
    repairs = [
        dataclasses.replace(repair, is_left_out=True)
        for (sheet,), rows in groups
        for repair in Repair.of("adoption_without_care", sentence, rows["row"], str(sheet))
    ]
    return {"periods_of_care": periods, "adoptions": adoptions}, repairs


def _children(taken: Sequence[SheetRows], as_at: date) -> tuple[pl.DataFrame, list[ReadingIssue]]:
    """Gather the children; only what the header does not say already is compared with it."""
    headers: list[pl.DataFrame] = []
    others: list[pl.DataFrame] = []
    for rows in taken:
        if rows.described is not None:
            (headers if rows.layout is HEADER else others).append(rows.described)
    for header in headers:
        others = [_unlike(frame, header) for frame in others]
    return gather_children([*others, *headers], as_at)


def _unlike(frame: pl.DataFrame, header: pl.DataFrame) -> pl.DataFrame:
    details = [name for name in delivered_fields(children) if name in frame.columns]
    details = [name for name in details if name in header.columns]
    return frame.join(header, on=details, how="anti", nulls_equal=True)


def _extra(delivery: _Delivery) -> Iterator[ReadingIssue]:
    for table in delivery.tables:
        if table.csv and table.csv.extra_values:
            rows = table.csv.long_rows[:MOST_ROWS_NAMED]
            count = table.csv.extra_values
            yield ReadingIssue(table.sheet.title, "", Kind.STRAY, count, rows)


def _line_repairs(delivery: _Delivery) -> Iterator[Repair]:
    sentence = "A line with fewer cells than the header has is read with blanks for the others."
    for table in delivery.tables:
        rows = pl.Series(table.csv.short_rows if table.csv else (), dtype=pl.Int64)
        yield from Repair.of("short_line", sentence, rows, table.sheet.title)


def _strangers(taken: Sequence[SheetRows]) -> Iterator[Repair]:
    """Find rows about children whom the header does not have; without a header there are none."""
    headers = [rows.frames["children"] for rows in taken if rows.layout is HEADER]
    others = [rows for rows in taken if rows.layout is not HEADER]
    sentence = "A row about a child who is not in 'header' is taken like any other."
    for header, rows in ((header, rows) for header in headers for rows in others):
        (frame,) = rows.frames.values()
        strangers = frame.join(header, on="child_id", how="anti")["row"]
        yield from Repair.of("not_in_header", sentence, strangers, rows.sheet)


def _how_written(delivery: _Delivery) -> Iterator[str]:
    for table in delivery.tables:
        if table.csv is None:
            yield f"{table.file} holds the table '{table.sheet.title}' in XML."
            continue
        yield (
            f"{table.file} was taken for the table '{table.sheet.title}', {_because(table)}; it is "
            f"in {table.csv.encoding}, its cells separated by {DELIMITERS[table.csv.delimiter]}."
        )
