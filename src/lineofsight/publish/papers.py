"""All formats of one paper, drawn aside and put in place: all of them or none."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from lineofsight.overview.overview import Overview
from lineofsight.publish import FORMATS


def paper_names(stem: str) -> tuple[str, ...]:
    """Name the files of a paper, one for each format."""
    return tuple(f"{stem}.{suffix}" for suffix in FORMATS)


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
            FORMATS[suffix](paper, path)
        yield drawn


def put_in_place(drawn: Sequence[Path], out: Path) -> tuple[Path, ...]:
    """Move drawn papers to where they belong; gives their places."""
    return tuple(path.replace(out / path.name) for path in drawn)
