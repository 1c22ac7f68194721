"""Files of comparators as they are given: single files, folders, and zipped downloads."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from lineofsight.errors import Fault, UsageFault

_LISTED = (".csv", ".xlsx")
_MOST_BYTES = 500_000_000
_MOST_MEMBERS = 2_000


@dataclass(frozen=True, slots=True)
class Arrived:
    """One file: its name and content; `is_named` where it was asked for by its own name."""

    name: str
    content: bytes
    is_named: bool


def arrived(path: Path) -> Iterator[Arrived]:
    """Give the CSV files and workbooks of a file, a folder with its folders, or a zipped download.

    Raises UsageFault for a zipped download that is damaged or unpacks to more than 500 MB.
    """
    if path.is_dir():
        for each in sorted(p for p in path.rglob("*") if p.suffix.lower() in _LISTED):
            yield Arrived(each.name, each.read_bytes(), is_named=False)
    elif path.suffix.lower() == ".zip":
        yield from _zipped(path)
    else:
        yield Arrived(path.name, path.read_bytes(), is_named=True)


def _zipped(path: Path) -> Iterator[Arrived]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [m for m in archive.infolist() if _suffix(m) in _LISTED]
            if sum(m.file_size for m in members) > _MOST_BYTES or len(members) > _MOST_MEMBERS:
                raise UsageFault(_too_large(path.name))
            for member in sorted(members, key=lambda m: m.filename):
                name = PurePosixPath(member.filename).name
                yield Arrived(name, archive.read(member), is_named=False)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError):
        raise UsageFault(_damaged(path.name)) from None


def _suffix(member: zipfile.ZipInfo) -> str:
    return PurePosixPath(member.filename).suffix.lower()


def _too_large(name: str) -> Fault:
    return Fault(
        "The zipped download unpacks to more than is read.",
        f"File: {name}. At most {_MOST_BYTES // 1_000_000} MB and {_MOST_MEMBERS:,} files are.",
        "Unpack it and give the files that are needed.",
    )


def _damaged(name: str) -> Fault:
    return Fault(
        "The zipped download cannot be unpacked.",
        f"File: {name}. It is damaged, or locked with a password.",
        "Download it again, or unpack it and give its folder.",
    )
