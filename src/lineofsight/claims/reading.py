"""Takes in the file a person wrote: Markdown, plain text, Word or PDF, as lines with their place.

A message names the file and what to do about it, and nothing of what stands in it.
"""

from __future__ import annotations

import logging
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from lineofsight.claims.passages import Line, plain_text
from lineofsight.errors import Fault, UsageFault

# What a paper of words comes to; more is a mistake, or meant to fill the memory.
MOST_BYTES = 50_000_000
_MOST_UNPACKED = 4 * MOST_BYTES
_MOST_LEVELS = 6


def read_lines(path: Path) -> tuple[Line, ...]:
    """Read a file's lines, each with its place: 'line 12', 'paragraph 4', 'page 2, line 7'.

    Raises UsageFault for a file of another kind, one that cannot be read, is encrypted, is too
    large, or holds no text.
    """
    reader = _READERS.get(path.suffix.casefold())
    if reader is None:
        kinds = ", ".join(_READERS)
        raise _fault(path, "It is not known how to read this file.", f"Give it as one of {kinds}.")
    try:
        size = path.stat().st_size
    except OSError as problem:
        what = f"The file cannot be read: {problem.strerror}."
        raise _fault(path, what, "Check its name, and that you may read it.") from None
    if size > MOST_BYTES:
        raise _fault(path, "The file is too large to be a paper.", "Give the text alone, in parts.")
    lines = tuple(reader(path))
    if not any(line.text.strip() for line in lines):
        remedy = "If it is a scan, give the document that it was printed from."
        raise _fault(path, "The file holds no text.", remedy)
    return lines


def _text_lines(path: Path) -> Iterator[Line]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        remedy = "Save it as plain text in UTF-8."
        raise _fault(path, "The file cannot be read as text.", remedy) from None
    except OSError as problem:
        what = f"The file cannot be read: {problem.strerror}."
        raise _fault(path, what, "Check that you may read it.") from None
    # A form feed is a blank here: an editor counts no line for it.
    lines = re.split(r"\r\n|\n|\r", plain_text(text).replace("\f", " "))
    for number, line in enumerate(lines, start=1):
        yield Line(f"line {number}", line)


def _word_lines(path: Path) -> Iterator[Line]:
    """Each paragraph of a Word document, and each cell of its tables, with an empty line between.

    Tables come where they stand among the paragraphs.
    """
    import docx
    from docx.table import Table

    _demand_small(path)
    try:
        parts = list(docx.Document(str(path)).iter_inner_content())
        number = 0
        for part in parts:
            rows = part.rows if isinstance(part, Table) else ()
            cells = dict.fromkeys(p for row in rows for cell in row.cells for p in cell.paragraphs)
            for paragraph in cells or ([] if isinstance(part, Table) else [part]):
                number += 1
                level = _level_of(paragraph.style.name if paragraph.style else "")
                yield Line(f"paragraph {number}", plain_text(paragraph.text), level)
                yield Line(f"paragraph {number}", "")
    except Exception:  # The library meets a broken file with whatever broke.
        raise _unreadable(path, "Word document") from None


def _demand_small(path: Path) -> None:
    """Refuse what is no Word document, or one that unpacks to more than a paper holds."""
    try:
        with zipfile.ZipFile(path) as packed:
            size = sum(part.file_size for part in packed.infolist())
    except (zipfile.BadZipFile, OSError):
        raise _unreadable(path, "Word document") from None
    if size > _MOST_UNPACKED:
        raise _fault(path, "The file is too large to be a paper.", "Give the text alone, in parts.")


def _level_of(style: str) -> int:
    """The level of a heading by its style: 1 for 'Heading 1', and for a title."""
    name, _, number = style.rpartition(" ")
    if style == "Title":
        return 1
    return min(int(number), _MOST_LEVELS) if name == "Heading" and number.isdigit() else 0


def _pdf_lines(path: Path) -> Iterator[Line]:
    import pypdf

    # It warns of small faults in the file on standard error; what matters is raised.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        document = pypdf.PdfReader(path)
        is_closed = document.is_encrypted and not document.decrypt("")
        pages = [] if is_closed else [page.extract_text() for page in document.pages]
    except Exception:  # The library meets a broken file with whatever broke.
        raise _unreadable(path, "PDF") from None
    if is_closed:
        raise _fault(
            path, "The PDF is encrypted.", "Save a copy without a password, and give that."
        )
    for number, text in enumerate(pages, start=1):
        for place, line in enumerate(plain_text(text).splitlines(), start=1):
            yield Line(f"page {number}, line {place}", line)


def _unreadable(path: Path, kind: str) -> UsageFault:
    remedy = "Open it in the program it was written with and save it anew, without a password."
    return _fault(path, f"The file cannot be read as a {kind}.", remedy)


def _fault(path: Path, what: str, remedy: str) -> UsageFault:
    return UsageFault(Fault(what, f"File: {path.name}.", remedy))


_READERS: dict[str, Callable[[Path], Iterator[Line]]] = {
    ".md": _text_lines,
    ".txt": _text_lines,
    ".docx": _word_lines,
    ".pdf": _pdf_lines,
}
