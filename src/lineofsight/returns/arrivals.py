"""What arrived: files and folders, sorted into deliveries.

The files of an SSDA903 return are one delivery between them, for each collection year one; every
other file is one by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from lineofsight.returns.ssda903 import is_ssda903
from lineofsight.returns.yearly_files import by_collection_year


def deliveries(arrived: Iterable[Path]) -> list[tuple[Path, ...]]:
    """Sort files, and the files of folders, into deliveries, in the order of their first file.

    Of a folder every file counts but hidden ones (and Office's own, which begin '~$'); folders
    in it are not looked into.
    """
    files = list(dict.fromkeys(_files(arrived)))
    looked_after = [path for path in files if is_ssda903(path) is not None]
    others = [(path,) for path in files if path not in set(looked_after)]
    found = [*others, *by_collection_year(looked_after)]
    return sorted(found, key=lambda delivery: files.index(delivery[0]))


def _files(arrived: Iterable[Path]) -> Iterator[Path]:
    for path in arrived:
        if path.is_dir():
            # An empty folder stands for itself, so that it is refused by name and not passed over.
            yield from sorted(filter(_is_delivered, path.iterdir())) or [path]
        else:
            yield path


def _is_delivered(path: Path) -> bool:
    return path.is_file() and not path.name.startswith((".", "~$"))
