"""What arrived: files, folders and databases, sorted into deliveries.

The files of an SSDA903 return are one delivery between them, for each collection year one, and so
are the tables of a Standard Safeguarding Dataset; every other file is one by itself, and so is a
database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from lineofsight.returns.ssd import is_dataset
from lineofsight.returns.ssd_database import Database, database_at, is_address
from lineofsight.returns.ssd_layout import SLUG
from lineofsight.returns.ssda903 import is_ssda903
from lineofsight.returns.ssda903_layout import SSDA903
from lineofsight.returns.yearly_files import by_collection_year

Arrived = Path | Database
EXAMPLES = "examples"  # the folder beside a template that shows how its tables are filled in
# What lies beside returns in a folder; a table of a return may come as text all the same.
_NO_RETURNS = frozenset(
    {".txt", ".md", ".toml", ".pdf", ".doc", ".docx", ".msg", ".eml", ".htm", ".html", ".log",
     ".json", ".png", ".jpg", ".ini", ".sql", ".py"}
)  # fmt: skip


def arrived_at(place: str) -> Arrived:
    """Tell a database's address from the name of a file or folder.

    Raises UsageFault if the address is of no database that can be read.
    """
    return database_at(place) if is_address(place) else Path(place)


def deliveries(arrived: Iterable[Arrived]) -> list[tuple[Arrived, ...]]:
    """Sort files, and the files of folders, into deliveries, in the order of their first file.

    Of a folder, and of the folders in it, every file counts but hidden ones, Office's own (which
    begin '~$'), the template's examples, and what is `left_aside`.
    """
    files = list(dict.fromkeys(_files(arrived)))
    returned = {each: _set_of(each) for each in files}
    looked_after = [f for f in files if isinstance(f, Path) and returned[f] == SSDA903.slug]
    dataset = [f for f in files if isinstance(f, Path) and returned[f] == SLUG]
    found: list[tuple[Arrived, ...]] = [(f,) for f in files if returned[f] is None]
    found += by_collection_year(looked_after)
    found += [tuple(group) for _, group in groupby(dataset, lambda path: path.parent)]
    return sorted(found, key=lambda delivery: files.index(delivery[0]))


def left_aside(arrived: Iterable[Arrived]) -> list[Path]:
    """Give the files of folders that no return comes in, such as letters, settings and pictures."""
    return [path for path in _inside(arrived) if not _may_hold_a_return(path)]


def _set_of(arrived: Arrived) -> str | None:
    """Name the return whose files come as a set; None for what comes by itself."""
    if isinstance(arrived, Database):
        return None
    if is_ssda903(arrived) is not None:
        return SSDA903.slug
    return SLUG if is_dataset(arrived) else None


def _files(arrived: Iterable[Arrived]) -> Iterator[Arrived]:
    for each in arrived:
        if isinstance(each, Path) and each.is_dir():
            # An empty folder stands for itself, so that it is refused by name and not passed over.
            yield from (
                filter(_may_hold_a_return, _inside([each])) if any(_inside([each])) else [each]
            )
        else:
            yield each


def _inside(arrived: Iterable[Arrived]) -> Iterator[Path]:
    """The files of folders and of the folders in them, those of a folder before its folders'."""
    for folder in arrived:
        if isinstance(folder, Path) and folder.is_dir():
            within = sorted(path for path in folder.iterdir() if not _is_hidden(path))
            yield from (path for path in within if path.is_file())
            yield from _inside(path for path in within if path.is_dir())


def _is_hidden(path: Path) -> bool:
    is_example = path.is_dir() and path.name.casefold() == EXAMPLES
    return path.name.startswith((".", "~$")) or is_example


def _may_hold_a_return(path: Path) -> bool:
    if path.stem.casefold() == "readme":
        return False
    return path.suffix.casefold() not in _NO_RETURNS or _set_of(path) is not None
