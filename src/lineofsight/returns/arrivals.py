"""What arrived: files, folders and databases, sorted into deliveries.

The files of an SSDA903 return are one delivery between them, for each collection year one, and so
are the tables of a Standard Safeguarding Dataset; every other file is one by itself, and so is a
database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from lineofsight.returns.ssd import is_dataset
from lineofsight.returns.ssd_database import Database, database_at, is_address
from lineofsight.returns.ssd_layout import SLUG
from lineofsight.returns.ssda903 import is_ssda903
from lineofsight.returns.ssda903_layout import SSDA903
from lineofsight.returns.yearly_files import by_collection_year

Arrived = Path | Database


def arrived_at(place: str) -> Arrived:
    """Tell a database's address from the name of a file or folder.

    Raises UsageFault if the address is of no database that can be read.
    """
    return database_at(place) if is_address(place) else Path(place)


def deliveries(arrived: Iterable[Arrived]) -> list[tuple[Arrived, ...]]:
    """Sort files, and the files of folders, into deliveries, in the order of their first file.

    Of a folder every file counts but hidden ones, Office's own (which begin '~$') and a 'README';
    folders in it are not looked into.
    """
    files = list(dict.fromkeys(_files(arrived)))
    returned = {each: _set_of(each) for each in files}
    looked_after = [f for f in files if isinstance(f, Path) and returned[f] == SSDA903.slug]
    dataset = tuple(f for f in files if returned[f] == SLUG)
    found: list[tuple[Arrived, ...]] = [(f,) for f in files if returned[f] is None]
    found += by_collection_year(looked_after)
    found += [dataset] if dataset else []
    return sorted(found, key=lambda delivery: files.index(delivery[0]))


def _set_of(arrived: Arrived) -> str | None:
    """Name the return whose files come as a set; None for what comes by itself."""
    if isinstance(arrived, Database):
        return None
    if is_ssda903(arrived) is not None:
        return SSDA903.slug
    return SLUG if is_dataset(arrived) else None


def _files(arrived: Iterable[Arrived]) -> Iterator[Arrived]:
    for path in arrived:
        if isinstance(path, Path) and path.is_dir():
            # An empty folder stands for itself, so that it is refused by name and not passed over.
            yield from sorted(filter(_is_delivered, path.iterdir())) or [path]
        else:
            yield path


def _is_delivered(path: Path) -> bool:
    is_beside = path.name.startswith((".", "~$")) or path.stem.casefold() == "readme"
    return path.is_file() and not is_beside
