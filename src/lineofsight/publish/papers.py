"""All formats of one paper and the pages of its indicators: put in place all or none."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from lineofsight.overview.overview import Overview
from lineofsight.publish import DRAWN, FORMATS
from lineofsight.publish.names import INDEX, archive_name


def paper_names(
    stem: str, paper: Overview, suffixes: Collection[str] = tuple(FORMATS)
) -> tuple[str, ...]:
    """Name the files of a paper: one for each format wanted, and the archive of its pages.

    Pages go with the web page, which links them. The archive is what is drawn and kept; where
    papers are read it is put in place as a folder.
    """
    pages = (archive_name(stem),) if paper.pages and "html" in suffixes else ()
    return (*(f"{stem}.{suffix}" for suffix in FORMATS if suffix in suffixes), *pages)


@contextmanager
def drawn_aside(
    paper: Overview, out: Path, names: Sequence[str], progress: Callable[[str], None]
) -> Iterator[tuple[Path, ...]]:
    """Draw a paper into a folder inside `out` that is gone when the caller has done.

    A file is drawn in the format its name ends with; `progress` is told each. A full disk or
    Ctrl-C leaves neither half a paper nor two papers mixed. Raises UsageFault where `out` cannot
    be written to.
    """
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".writing-", dir=out) as aside:
        drawn = tuple(Path(aside) / name for name in names)
        for path in drawn:
            suffix = path.suffix.removeprefix(".")
            progress(suffix)
            DRAWN[suffix](paper, path)
        yield drawn


def put_in_place(drawn: Sequence[Path], out: Path) -> tuple[Path, ...]:
    """Move drawn papers to where they belong; gives their places.

    An archive is put in place as the folder it holds; its place is the first page of it.
    """
    # What may fail for want of room is done before anything is moved.
    ready = [_unpacked(path) if path.suffix == ".zip" else path for path in drawn]
    return tuple(_placed(path, out) for path in ready)


def _unpacked(archive: Path) -> Path:
    folder = archive.with_suffix("")
    with zipfile.ZipFile(archive) as files:
        files.extractall(folder)
    return folder


def _placed(path: Path, out: Path) -> Path:
    place = out / path.name
    if not path.is_dir():
        return path.replace(place)
    if place.exists():
        # A folder that is not empty is not replaced by renaming: the old one is swept with `path`.
        place.replace(path.with_name(f"{path.name}-before"))
    return path.replace(place) / INDEX
