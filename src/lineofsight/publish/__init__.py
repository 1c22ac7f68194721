"""The room that draws the paper: one `Overview`, four formats, and not a number counted.

Each format has its file; `charts` draws the pictures that HTML, PDF and Word share, `arrangement`
says what stands where, `style` and `notation` keep the look. A test reads every figure back from
each format and finds them equal.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lineofsight.overview.overview import Overview
from lineofsight.publish import docx, html, pdf, xlsx

FORMATS: dict[str, Callable[[Overview, Path], None]] = {
    "html": html.write,
    "pdf": pdf.write,
    "docx": docx.write,
    "xlsx": xlsx.write,
}

__all__ = ["FORMATS"]
