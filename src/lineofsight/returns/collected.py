"""A census or return as the Department collects it, with what the caller adds to its header.

Such files state their own year, so what is given beside them may only agree with them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from lineofsight.errors import Fault, SubmissionRefused
from lineofsight.reference.codes import spelling_key
from lineofsight.reference.periods import day_name
from lineofsight.returns.cin_census import is_cin_census, read_cin_census
from lineofsight.returns.cover import Settled, Stated
from lineofsight.returns.issue import ReadingIssue
from lineofsight.returns.workforce_census import is_workforce_census, read_workforce_census
from lineofsight.returns.xml_reading import XmlReading, is_xml, unknown_xml

# Fewer rows of which none can be taken are remarks under an empty list.
ROWS_OF_A_LOST_LIST = 10
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
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        settled=agreed(reading, given),
        frames=reading.frames,
        issues=reading.issues,
        sheets=reading.sheets,
        missing_fields=reading.missing_fields,
        missing_tables=reading.missing_tables,
        because=because,
        remarks=reading.remarks,
    )


def agreed(reading: XmlReading, given: Stated) -> Settled:
    """Join a file's own year with what was given beside it, which says nothing else."""
    return Settled(
        reading.first_day,
        reading.last_day,
        given.as_at or reading.as_at,
        reading.authority or given.authority or "",
        reading.authority_code,
        is_synthetic=False,
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
    for option, own, by_hand in days:
        if own and by_hand and own != by_hand:
            yield _unlike(day_name(own), f"{option} is {day_name(by_hand)}", option, file)
    if given.as_at and stated.last_day and given.as_at < stated.last_day:
        yield _before_the_end(given.as_at, stated.last_day, file)
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
