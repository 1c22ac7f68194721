"""The room that draws the paper: one `Overview`, four formats, and not a number counted.

Each format has its file; `charts` draws the pictures that HTML, PDF and Word share, `arrangement`
says what stands where, `style` and `notation` keep the look. A test reads every figure back from
each format and finds them equal.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lineofsight.overview.overview import Overview


# Each library takes a while to load, and only a verb that writes the paper should wait for it.
def _html(overview: Overview, path: Path) -> None:
    from lineofsight.publish import html

    html.write(overview, path)


def _pdf(overview: Overview, path: Path) -> None:
    from lineofsight.publish import pdf

    pdf.write(overview, path)


def _docx(overview: Overview, path: Path) -> None:
    from lineofsight.publish import docx

    docx.write(overview, path)


def _xlsx(overview: Overview, path: Path) -> None:
    from lineofsight.publish import xlsx

    xlsx.write(overview, path)


def _pages(overview: Overview, path: Path) -> None:
    from lineofsight.publish import pages

    pages.write(overview, path)


FORMATS: dict[str, Callable[[Overview, Path], None]] = {
    "html": _html,
    "pdf": _pdf,
    "docx": _docx,
    "xlsx": _xlsx,
}

# Whatever is drawn, by how its name ends: the formats, and the archive of a page an indicator.
DRAWN: dict[str, Callable[[Overview, Path], None]] = {**FORMATS, "zip": _pages}

__all__ = ["DRAWN", "FORMATS"]
