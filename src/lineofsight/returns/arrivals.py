"""What arrived: files and folders, sorted into deliveries.

The files of an SSDA903 return are one delivery between them; every other file is one by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from lineofsight.returns.ssda903 import is_ssda903


def deliveries(arrived: Iterable[Path]) -> list[tuple[Path, ...]]:
    """Sort files, and the files of folders, into deliveries, in the order of their first file.

    Of a folder every file counts but hidden ones, Office's own (which begin '~$') and a 'README';
    folders in it are not looked into.
    """
    found: list[list[Path]] = []
    looked_after: list[Path] = []
    for path in dict.fromkeys(_files(arrived)):
        if is_ssda903(path) is None:
            found.append([path])
            continue
        if not looked_after:
            found.append(looked_after)
        looked_after.append(path)
    return [tuple(files) for files in found]


def _files(arrived: Iterable[Path]) -> Iterator[Path]:
    for path in arrived:
        if path.is_dir():
            # An empty folder stands for itself, so that it is refused by name and not passed over.
            yield from sorted(filter(_is_delivered, path.iterdir())) or [path]
        else:
            yield path


def _is_delivered(path: Path) -> bool:
    is_beside = path.name.startswith((".", "~$")) or path.stem.casefold() == "readme"
    return path.is_file() and not is_beside
