"""A census or return as the Department collects it, with what the caller adds to its header.

Such files state their own year, so what is given beside them may only agree with them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl

from lineofsight.errors import Fault, SubmissionRefused, UnknownName
from lineofsight.reference.codes import spelling_key
from lineofsight.reference.periods import day_name
from lineofsight.reference.places import find_place
from lineofsight.returns.cin_census import is_cin_census, read_cin_census
from lineofsight.returns.cover import Settled, Stated
from lineofsight.returns.issue import Kind, ReadingIssue
from lineofsight.returns.periods_of_care import Repair
from lineofsight.returns.reading import sha256_of
from lineofsight.returns.ssda903 import Ssda903Reading, is_ssda903, read_ssda903
from lineofsight.returns.ssda903_layout import SSDA903
from lineofsight.returns.workforce_census import is_workforce_census, read_workforce_census
from lineofsight.returns.xml_reading import XmlReading, is_xml, unknown_xml

# Fewer rows of which none can be taken are remarks under an empty list.
ROWS_OF_A_LOST_LIST = 10
_MADE_UP = "synthetic"
_WEB_PAGES = (b"<html", b"<!doctype html")
_CENSUSES: tuple[
    tuple[Callable[[Path], str | None], Callable[[Path], XmlReading]], ...
] = (
    (is_cin_census, read_cin_census),
    (is_workforce_census, read_workforce_census),
)  # fmt: skip


@dataclass(frozen=True)
class Collected:
    """A collection as journey tables, with all that a `Submission` and a `Reading` need of it.

    `because` completes 'it was taken for that, because …'; `remarks` are whole sentences.
    """

    return_name: str
    slug: str
    file_name: str
    sha256: str
    settled: Settled
    frames: dict[str, pl.DataFrame]
    issues: tuple[ReadingIssue, ...]
    sheets: tuple[tuple[str, int, int], ...]
    missing_fields: tuple[str, ...]
    missing_tables: tuple[str, ...]
    because: str
    remarks: tuple[str, ...]


def is_collected_xml(path: Path) -> bool:
    """Tell whether a file is XML other than a web page, so that it is a census or nothing known."""
    return is_xml(path) and not _first_bytes(path).startswith(_WEB_PAGES)


def _first_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(64).lstrip().lower()


def read_census(path: Path, given: Stated) -> Collected:
    """Read a census in XML; raises SubmissionRefused if it is none, or not what was given."""
    for reason_of, read in _CENSUSES:
        if reason := reason_of(path):
            return _collected(read(path), path, given, reason)
    raise unknown_xml(path)


def _collected(reading: XmlReading, path: Path, given: Stated, because: str) -> Collected:
    stated = Stated(
        reading.first_day,
        reading.last_day,
        reading.as_at,
        reading.authority or None,
        reading.authority_code or None,
    )
    faults = [*lost_lists(reading.sheets, path.name), *disagreements(stated, given, path.name)]
    if faults:
        raise SubmissionRefused(faults)
    return Collected(
        return_name=reading.return_name,
        slug=reading.slug,
        file_name=path.name,
        sha256=sha256_of(path),
        settled=_agreed(reading, given, reading.authority),
        frames=reading.frames,
        issues=reading.issues,
        sheets=reading.sheets,
        missing_fields=reading.missing_fields,
        missing_tables=reading.missing_tables,
        because=because,
        remarks=reading.remarks,
    )


def read_looked_after(paths: Sequence[Path], given: Stated) -> Collected:
    """Read the files of one SSDA903 return; raises SubmissionRefused with all that is wrong.

    The days it covers are its collection year, or as much of it as is given.
    """
    reading = _read_903(paths, given)
    name = paths[0].name if len(paths) == 1 else f"SSDA903, {len(paths)} files"
    authority = _authority_name(reading.authority_code)
    stated = Stated(reading.first_day, reading.last_day, None, authority or None)
    faults = [*lost_lists(reading.sheets, name), *disagreements(stated, given, name)]
    if faults:
        raise SubmissionRefused(faults)
    return Collected(
        return_name=SSDA903.name,
        slug=SSDA903.slug,
        file_name=name,
        sha256=_joint_sha256(reading),
        settled=replace(_agreed(reading, given, authority), is_synthetic=_is_made_up(paths, given)),
        frames=reading.frames,
        issues=(*reading.issues, *(repaired(repair) for repair in reading.repairs)),
        sheets=reading.sheets,
        missing_fields=reading.missing_fields,
        missing_tables=reading.missing_tables,
        because=_because_of_files(paths),
        remarks=reading.said,
    )


def _read_903(paths: Sequence[Path], given: Stated) -> Ssda903Reading:
    if not given.gives_way:
        return read_ssda903(paths, as_at=given.last_day or given.as_at)
    reading = read_ssda903(paths)
    # The folder's day cuts the year short where it lies in it, and says nothing of years before.
    if given.as_at and reading.first_day <= given.as_at < reading.last_day:
        return read_ssda903(paths, as_at=given.as_at)
    return reading


def _is_made_up(paths: Sequence[Path], given: Stated) -> bool:
    """Tell made-up records by a name that says so: the return itself has no field for it."""
    names = (*(path.name for path in paths), given.authority or "")
    return any(_MADE_UP in name.casefold() for name in names)


def _because_of_files(paths: Sequence[Path]) -> str:
    if len(paths) == 1:
        return f"it is {is_ssda903(paths[0])}"
    return f"each of {', '.join(path.name for path in paths)} has the columns of one of its tables"


def _joint_sha256(reading: Ssda903Reading) -> str:
    """Sign the set whatever the order it was given in; one file keeps its own signature."""
    signed = sorted((name, sha256) for name, _, sha256 in reading.files)
    if len(signed) == 1:
        return signed[0][1]
    lines = "".join(f"{name}\t{sha256}\n" for name, sha256 in signed)
    return hashlib.sha256(lines.encode()).hexdigest()


def repaired(repair: Repair) -> ReadingIssue:
    """Make of a repair what is reported and kept."""
    kind = Kind.LEFT_OUT if repair.is_left_out else Kind.REPAIRED
    return ReadingIssue(repair.sheet, "", kind, repair.count, repair.rows, sentence=repair.sentence)


def _authority_name(code: str) -> str:
    try:
        return find_place(code).name if code else ""
    except UnknownName:
        return ""


def _agreed(reading: XmlReading | Ssda903Reading, given: Stated, authority: str) -> Settled:
    """Join a file's own year with what was given beside it, which says nothing else."""
    made_on = None if given.gives_way else given.as_at
    return Settled(
        reading.first_day,
        reading.last_day,
        made_on or reading.as_at,
        authority or given.authority or "",
        reading.authority_code,
        is_synthetic=isinstance(reading, XmlReading) and reading.is_synthetic,
    )


def lost_lists(sheets: tuple[tuple[str, int, int], ...], file: str) -> Iterator[Fault]:
    """Say which whole lists were lost: taken as empty, they would wipe out what is known."""
    for sheet, rows_in, rows_taken in sheets:
        if rows_in >= ROWS_OF_A_LOST_LIST and not rows_taken:
            yield Fault(
                f"No row of '{sheet}' could be taken; it holds {rows_in:,}.",
                f"File: {file}, '{sheet}'.",
                "Look whether whom and when each row is about stands in it, and export again.",
            )


def disagreements(stated: Stated, given: Stated, file: str) -> Iterator[Fault]:
    """Say where what was given differs from what the file says of itself."""
    days = (
        ("--from", stated.first_day, given.first_day),
        ("--to", stated.last_day, given.last_day),
    )
    for option, own, by_hand in () if given.gives_way else days:
        if own and by_hand and own != by_hand:
            yield _unlike(day_name(own), f"{option} is {day_name(by_hand)}", option, file)
    made_on = None if given.gives_way else given.as_at
    if made_on and stated.last_day and made_on < stated.last_day:
        yield _before_the_end(made_on, stated.last_day, file)
    names = {spelling_key(name) for name in (stated.authority, given.authority) if name}
    if len(names) > 1:
        said = f"--authority is '{given.authority}'"
        yield _unlike(f"'{stated.authority}'", said, "--authority", file)


def _unlike(own: str, given: str, option: str, file: str) -> Fault:
    return Fault(
        f"The file itself says {own}, but {given}.",
        f"File: {file}.",
        f"Leave out {option}, or deliver the file that is meant.",
    )


def _before_the_end(as_at: date, last_day: date, file: str) -> Fault:
    return Fault(
        f"The file covers days to {day_name(last_day)}, but --as-at is {day_name(as_at)}.",
        f"File: {file}.",
        "Leave out --as-at, or give the day on which the file was made.",
    )
