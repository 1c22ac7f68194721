"""A submission is one delivery of a return, read in whole: its rows as journey tables, explained.

`read_delivery` takes a file for what its content says it is, and refuses it with all its faults at
once; what it takes it can `describe` in plain words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache, partial
from pathlib import Path

import polars as pl

from lineofsight.errors import Fault, SubmissionRefused
from lineofsight.journey.fields import ORIGIN, Events
from lineofsight.journey.tables import children
from lineofsight.reference.periods import day_name
from lineofsight.returns.annex_a import ANNEX_A
from lineofsight.returns.children import gather_children
from lineofsight.returns.collected import (
    ROWS_OF_A_LOST_LIST,
    Collected,
    is_collected_xml,
    read_census,
    read_looked_after,
)
from lineofsight.returns.cover import COVER_SHEET, Settled, Stated, read_cover, settle
from lineofsight.returns.csv_reading import read_bytes, read_csv_table
from lineofsight.returns.header import find_header, header_faults
from lineofsight.returns.issue import Kind, ReadingIssue
from lineofsight.returns.layout import Sheet, header_key
from lineofsight.returns.left_blank import (
    is_of_the_template,
    nothing_filled_in,
    remarks_on,
    set_aside,
    without_none,
)
from lineofsight.returns.local import LOCAL
from lineofsight.returns.reading import CSV, SheetCells, read_sheets, sha256_of, sheet_names
from lineofsight.returns.return_kind import ReturnKind
from lineofsight.returns.rows import SheetRows, delivered_fields, take_rows
from lineofsight.returns.ssd import is_dataset, read_safeguarding
from lineofsight.returns.ssd_database import Database
from lineofsight.returns.ssda903 import is_ssda903
from lineofsight.returns.window import window_hint

RETURNS = (ANNEX_A, LOCAL)
_WORKED_OUT = "care_leavers.recorded_on"


@dataclass(frozen=True, slots=True)
class Submission:
    """One delivery: whose, which file, which days it covers, as at when, received when.

    `rows` holds (table, rows taken); `missing_fields` the 'table.field's whose column the
    delivery did not have, `missing_tables` the tables whose list it did not have. `received_at`
    is in UTC. An authority that nobody stated is an empty text.
    """

    id: str
    return_name: str
    authority: str
    authority_code: str
    file_name: str
    sha256: str
    first_day: date
    last_day: date
    as_at: date
    received_at: datetime
    is_synthetic: bool
    rows: tuple[tuple[str, int], ...] = ()
    missing_fields: tuple[str, ...] = ()
    missing_tables: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """A submission with its rows and what reading them had to report.

    `frames` holds one frame a journey table: its fields without clocks and integers, then the
    origin. `sheets` tells (sheet, rows in, rows taken) for each sheet read; the rows between are
    the issues of kinds NOT_TAKEN and SET_ASIDE. `because` completes 'it was taken for that,
    because …' where names of sheets did not tell it; `remarks` are sentences on what was decided
    in reading.
    """

    submission: Submission
    frames: dict[str, pl.DataFrame]
    issues: tuple[ReadingIssue, ...]
    sheets: tuple[tuple[str, int, int], ...]
    because: str = ""
    remarks: tuple[str, ...] = ()


def read_delivery(
    path: Path,
    *,
    first_day: date | None = None,
    last_day: date | None = None,
    as_at: date | None = None,
    authority: str | None = None,
    received_at: datetime | None = None,
    gives_way: bool = False,
) -> Reading:
    """Read a delivered workbook, local table in CSV or census in XML into journey tables.

    The days it covers come from its cover or header, or from the caller; what the caller says
    `gives_way` to the file's own word where a whole folder was meant. `received_at` is now,
    unless an old delivery is taken in later. Raises SubmissionRefused with everything that was
    found.
    """
    given = Stated(first_day, last_day, as_at, authority, gives_way=gives_way)
    moment = received_at or datetime.now(UTC)
    if is_ssda903(path):
        return _kept_apart(read_looked_after([path], given), moment)
    if is_collected_xml(path):
        return _kept_apart(read_census(path, given), moment)
    if is_dataset(path):
        return _kept_apart(read_safeguarding([path], given), moment)
    return _read_workbook(path, given, moment)


def read_files(
    arrived: Sequence[Path | Database],
    *,
    first_day: date | None = None,
    last_day: date | None = None,
    as_at: date | None = None,
    authority: str | None = None,
    gives_way: bool = False,
) -> Reading:
    """Read one file as `read_delivery` does; several are one return between them.

    Such a return is an SSDA903 or the Standard Safeguarding Dataset, which may also come from its
    database. A set is signed over all its files. Raises SubmissionRefused with everything that was
    found in any of them.
    """
    given = Stated(first_day, last_day, as_at, authority, gives_way=gives_way)
    now = datetime.now(UTC)
    paths = [each for each in arrived if isinstance(each, Path)]
    for database in (each for each in arrived if isinstance(each, Database)):
        return _kept_apart(read_safeguarding(database, given), now)
    if len(paths) == 1:
        return read_delivery(
            paths[0],
            first_day=first_day,
            last_day=last_day,
            as_at=as_at,
            authority=authority,
            gives_way=gives_way,
        )
    if any(is_dataset(path) for path in paths):
        return _kept_apart(read_safeguarding(paths, given), now)
    return _kept_apart(read_looked_after(paths, given), now)


def _kept_apart(collected: Collected, received_at: datetime) -> Reading:
    """Make the submission of a collection, and mark its rows as of it."""
    settled = collected.settled
    submission = Submission(
        id=f"{collected.slug}-{settled.as_at.isoformat()}-{collected.sha256[:8]}",
        return_name=collected.return_name,
        authority=settled.authority,
        authority_code=settled.authority_code,
        file_name=collected.file_name,
        sha256=collected.sha256,
        first_day=settled.first_day,
        last_day=settled.last_day,
        as_at=settled.as_at,
        received_at=received_at,
        is_synthetic=settled.is_synthetic,
        rows=tuple((name, frame.height) for name, frame in collected.frames.items()),
        missing_fields=collected.missing_fields,
        missing_tables=collected.missing_tables,
    )
    frames = _of_submission(collected.frames, submission)
    return Reading(
        submission,
        frames,
        collected.issues,
        collected.sheets,
        collected.because,
        collected.remarks,
    )


def _read_workbook(path: Path, given: Stated, moment: datetime) -> Reading:
    names = sheet_names(path)
    kind, chosen = _recognised(path, names)
    cover_name = next((n for n in names if header_key(n) == header_key(COVER_SHEET)), None)
    cells = _cells(path, [*chosen.values(), *([cover_name] if cover_name else [])])
    cover, faults = read_cover(cells.get(cover_name or ""), path.name)
    taken, list_faults = _taken(kind, chosen, cells, path.name)
    taken, blank = set_aside(kind, taken, cells)
    if blank and not taken and not list_faults:
        list_faults = [nothing_filled_in(blank, path.name)]
    settled, window_faults = settle(cover, given, path.name, partial(window_hint, taken, cells))
    faults += [*_absent(kind, chosen, names, path.name), *list_faults, *window_faults]
    if faults or settled is None:
        raise SubmissionRefused(faults)
    unknown = [n for n in names if n not in {*chosen.values(), cover_name}]
    own = [n for n in unknown if kind.is_kept_by_hand and is_of_the_template(n)]
    unknown = [n for n in unknown if n not in own]
    reading = _reading(kind, path, settled, moment, taken, unknown)
    return replace(reading, remarks=(*reading.remarks, *remarks_on(blank, own)))


def _cells(path: Path, names: Sequence[str]) -> dict[str, SheetCells]:
    """Read the named sheets; a CSV file is one sheet, named as the file is."""
    if path.suffix.casefold() != CSV:
        return read_sheets(path, names)
    table = read_csv_table(path, read_bytes(path), _known_headers())
    return {path.stem: replace(table.cells, strays=table.extra_values)}


@cache
def _known_headers() -> frozenset[str]:
    sheets = (sheet for kind in RETURNS for sheet in kind.sheets)
    return frozenset(key for sheet in sheets for column in sheet.columns for key in column.keys)


def _recognised(path: Path, names: Sequence[str]) -> tuple[ReturnKind, dict[str, str]]:
    """Tell which return the sheets belong to, and which sheet is which of its lists."""
    found = {kind: _chosen(kind, names, path) for kind in RETURNS}
    kind = max(found, key=lambda kind: len(found[kind]))
    if found[kind]:
        return kind, found[kind]
    listed = ", ".join(f"'{name}'" for name in names[:15])
    wanted = " or ".join(f"{k.name} ('{k.sheets[0].title}', …)" for k in RETURNS)
    raise SubmissionRefused(
        Fault(
            "The file is no return that is known.",
            f"File: {path.name}. Its sheets are {listed}.",
            f"Name the sheets as in {wanted}.",
        )
    )


def _chosen(kind: ReturnKind, names: Sequence[str], path: Path) -> dict[str, str]:
    chosen: dict[str, str] = {}
    for sheet in kind.sheets:
        matching = [name for name in names if _is_meant(kind, sheet, name, path)]
        if len(matching) > 1:
            raise SubmissionRefused(_ambiguous(sheet, matching, path))
        if matching:
            chosen[sheet.title] = matching[0]
    return chosen


def _is_meant(kind: ReturnKind, sheet: Sheet, name: str, path: Path) -> bool:
    """Tell whether a name means a sheet; a local table's file may have a month after its name."""
    if sheet.is_named(name):
        return True
    is_file = kind.is_kept_by_hand and path.suffix.casefold() == CSV
    return is_file and header_key(name).startswith(header_key(sheet.title))


def _ambiguous(sheet: Sheet, names: Sequence[str], path: Path) -> Fault:
    listed = " and ".join(f"'{name}'" for name in names)
    return Fault(
        f"{len(names)} sheets could all be {sheet.title}.",
        f"File: {path.name}, sheets {listed}.",
        "Keep the one that counts and delete or rename the others.",
    )


def _absent(
    kind: ReturnKind, chosen: dict[str, str], names: Sequence[str], file: str
) -> list[Fault]:
    listed = ", ".join(f"'{name}'" for name in names)
    return [
        Fault(
            f"There is no sheet for {sheet.title}, {sheet.about}.",
            f"File: {file}. Its sheets are {listed}.",
            f"Add the sheet '{sheet.title}' with its header; it may hold no rows.",
        )
        for sheet in kind.sheets
        if sheet.is_needed and sheet.title not in chosen
    ]


def _taken(
    kind: ReturnKind, chosen: dict[str, str], cells: dict[str, SheetCells], file: str
) -> tuple[list[SheetRows], list[Fault]]:
    taken: list[SheetRows] = []
    faults: list[Fault] = []
    for sheet in (sheet for sheet in kind.sheets if sheet.title in chosen):
        content = cells[chosen[sheet.title]]
        header = find_header(sheet, content)
        found = header_faults(sheet, header, content, file)
        if header is not None and not found:
            content = without_none(content, header) if kind.is_kept_by_hand else content
            rows = take_rows(sheet, header, content, file)
            taken.append(rows)
            found = _nothing_taken(rows, file)
        faults += found
    return taken, faults


def _nothing_taken(rows: SheetRows, file: str) -> list[Fault]:
    """Say that a whole list was lost: taken as empty, it would wipe out what is known already."""
    if rows.rows_taken or rows.rows_in < ROWS_OF_A_LOST_LIST:
        return []
    lost = [issue for issue in rows.issues if issue.kind is Kind.NOT_TAKEN]
    columns = " or ".join(f"'{issue.field}'" for issue in lost)
    what = f"No row of {rows.layout.title} could be taken; it holds {rows.rows_in:,}."
    where = f"File: {file}, sheet '{rows.sheet}': rows need a value in column {columns}."
    remedy = "Look whether the values have slipped into another column than their own."
    return [Fault(what, where, remedy)]


def _reading(
    kind: ReturnKind,
    path: Path,
    stated: Settled,
    received_at: datetime,
    taken: Sequence[SheetRows],
    unknown_sheets: Sequence[str],
) -> Reading:
    frames, issues = _frames(kind, taken, stated)
    issues += [ReadingIssue(name, "", Kind.SHEET_UNKNOWN, 1) for name in unknown_sheets]
    submission = _submission(kind, path, stated, received_at, taken, frames)
    sheets = tuple((rows.sheet, rows.rows_in, rows.rows_taken) for rows in taken)
    return Reading(submission, _of_submission(frames, submission), tuple(issues), sheets)


def _of_submission(
    frames: dict[str, pl.DataFrame], submission: Submission
) -> dict[str, pl.DataFrame]:
    origin = pl.lit(submission.id).alias(ORIGIN[0])
    return {
        name: frame.with_columns(origin).select(pl.exclude(*ORIGIN), *ORIGIN)
        for name, frame in frames.items()
    }


def _frames(
    kind: ReturnKind, taken: Sequence[SheetRows], stated: Settled
) -> tuple[dict[str, pl.DataFrame], list[ReadingIssue]]:
    frames = {name: frame for rows in taken for name, frame in rows.frames.items()}
    issues = [issue for rows in taken for issue in rows.issues]
    described = [rows.described for rows in taken if rows.described is not None]
    if kind.describes_children:
        frames["children"], unlike = gather_children(described, stated.as_at)
        issues += unlike
    if "care_leavers" in frames:
        # The list is of one day: of the last that it covers.
        day = pl.lit(stated.last_day).alias("recorded_on")
        frames["care_leavers"] = frames["care_leavers"].with_columns(day)
    return frames, issues


def _submission(
    kind: ReturnKind,
    path: Path,
    stated: Settled,
    received_at: datetime,
    taken: Sequence[SheetRows],
    frames: dict[str, pl.DataFrame],
) -> Submission:
    sha256 = sha256_of(path)
    return Submission(
        id=f"{kind.slug}-{stated.as_at.isoformat()}-{sha256[:8]}",
        return_name=kind.name,
        authority=stated.authority,
        authority_code=stated.authority_code,
        file_name=path.name,
        sha256=sha256,
        first_day=stated.first_day,
        last_day=stated.last_day,
        as_at=stated.as_at,
        received_at=received_at,
        is_synthetic=stated.is_synthetic,
        rows=tuple((name, frame.height) for name, frame in frames.items()),
        missing_fields=_missing_fields(taken),
        missing_tables=tuple(name for name in kind.tables if name not in frames),
    )


def _missing_fields(taken: Sequence[SheetRows]) -> tuple[str, ...]:
    """Name the fields of the tables read for which no sheet had a column."""
    tables: set[type[Events]] = {table for rows in taken for table in rows.layout.tables}
    described = any(rows.described is not None for rows in taken)
    found = {
        (field.table.name, field.name)
        for rows in taken
        for column, _ in rows.header.cells
        for field in column.fields
    }
    if described:
        tables.add(children)
    return tuple(
        f"{table.__name__}.{name}"
        for table in sorted(tables, key=lambda table: table.__name__)
        for name in delivered_fields(table)
        if (table.__name__, name) not in found and f"{table.__name__}.{name}" != _WORKED_OUT
    )


def describe(reading: Reading) -> list[str]:
    """Say in plain words what a delivery was taken for and why, what was taken and reported."""
    said = reading.submission
    whose = said.authority or "an authority that it does not name"
    synthetic = " The data are synthetic." if said.is_synthetic else ""
    names = ", ".join(f"'{sheet}'" for sheet, _, _ in reading.sheets)
    because = reading.because or f"of its sheets {names}"
    return [
        f"{said.file_name} was taken for {said.return_name} of {whose}, because {because}."
        f"{synthetic}",
        f"It covers {day_name(said.first_day)} to {day_name(said.last_day)}, "
        f"as at {day_name(said.as_at)}.",
        *(_sheet_line(*sheet, is_headed=not reading.because) for sheet in reading.sheets),
        *(f"{name} gained {rows:,} row{'' if rows == 1 else 's'}." for name, rows in said.rows),
        *(f"There is no list for {name}." for name in said.missing_tables),
        *_missing_columns(said),
        *reading.remarks,
        *_issue_lines(reading.issues),
    ]


def _missing_columns(submission: Submission) -> Iterator[str]:
    """Name the columns that the return's layout has and the delivery had not."""
    kind = next((kind for kind in RETURNS if kind.name == submission.return_name), None)
    if kind is None and submission.missing_fields:
        yield f"Nothing in it fills {', '.join(submission.missing_fields)}."
    for sheet in kind.sheets if kind else ():
        for column in sheet.columns:
            names = [f"{field.table.name}.{field.name}" for field in column.fields]
            if names and set(names) <= set(submission.missing_fields):
                yield f"'{sheet.title}' has no column '{column.header}'."


def _sheet_line(sheet: str, rows_in: int, rows_taken: int, *, is_headed: bool) -> str:
    if rows_in == 0:
        return f"'{sheet}' has {'a header and ' if is_headed else ''}no rows."
    left = rows_in - rows_taken
    rows = "row" if rows_in == 1 else "rows"
    return f"'{sheet}': {rows_in:,} {rows} read, {rows_taken:,} taken, {left:,} not taken."


def _issue_lines(issues: Sequence[ReadingIssue]) -> list[str]:
    if not issues:
        return ["Nothing had to be reported."]
    lost = sorted(issues, key=lambda issue: not issue.kind.is_loss)
    return [f"Reported: {issue}" for issue in lost]
