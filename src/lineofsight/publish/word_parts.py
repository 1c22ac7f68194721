"""Paragraphs, tables, pictures and feet of a Word document, and packing it without a clock."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import cast

from docx.document import Document as WordDocument
from docx.enum.text import WD_BREAK, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.section import Section
from docx.shape import InlineShape
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from lineofsight.overview.overview import Overview
from lineofsight.publish import arrangement, style
from lineofsight.publish.writing import writable

# [MS-ODRAWXML] 2.18: what Word writes for 'Mark as decorative'.
_DECORATIVE = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" '
    'val="1"/></a:ext></a:extLst>'
)
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Text:
    """Words of one look; `is_below` begins them on a new line."""

    words: str
    size: float = 0.0
    is_bold: bool = False
    is_italic: bool = False
    is_quiet: bool = False
    is_label: bool = False
    is_navy: bool = False
    is_below: bool = False


def paragraph(
    document: WordDocument, style_name: str, *texts: Text | str, is_kept: bool = False
) -> Paragraph:
    """Add a paragraph in a named style; `is_kept` holds it on the page of the next one."""
    made = document.add_paragraph(style=style_name)
    if is_kept:
        made.paragraph_format.keep_with_next = True
    for text in texts:
        _add(made, text if isinstance(text, Text) else Text(text))
    return made


def table(
    document: WordDocument,
    headings: Sequence[str],
    rows: Sequence[Sequence[Sequence[Text]]],
    widths: Sequence[float],
    style_of_text: str = "Table text",
    is_kept: bool = False,
) -> Table:
    """Add a table whose header row is marked and repeats; widths are in millimetres.

    `is_kept` holds a short table on one page, with what follows it.
    """
    made: Table = document.add_table(rows=1, cols=len(headings), style="Paper table")
    made.autofit = False
    # Looked up by name for every cell, the style costs more than all the rest of the document.
    style_id = document.styles[style_of_text].style_id
    for cell, heading in zip(made.rows[0].cells, headings, strict=True):
        _fill(cell, (Text(heading, is_bold=True),), style_id)
    for texts in rows:
        for cell, words in zip(_new_row(made).cells, texts, strict=True):
            _fill(cell, words, style_id)
    _mark_header(made.rows[0])
    for row in made.rows:
        _keep_whole(row)
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
    document.add_paragraph(style="After table").paragraph_format.keep_with_next = is_kept
    if is_kept:
        _hold(made)
    return made


def describe_picture(shape: InlineShape, title: str, alternative: str) -> None:
    """Give a picture its title and alternative text."""
    properties = shape._inline.docPr
    properties.set("title", writable(title))
    properties.set("descr", writable(alternative))


def mark_decorative(shape: InlineShape) -> None:
    """Say that a picture tells nothing that its words beside it do not tell."""
    properties = shape._inline.docPr
    properties.set("descr", "")
    properties.append(parse_xml(_DECORATIVE))


def running_feet(document: WordDocument, overview: Overview) -> None:
    """Put the paper's name at the head of each page, and the page number at its foot."""
    for section in document.sections:
        _head(section, overview)
        _foot(section, overview)


def packed(document: WordDocument) -> bytes:
    """The document as bytes that do not depend on when they were made."""
    loose, tight = BytesIO(), BytesIO()
    document.save(loose)
    with zipfile.ZipFile(loose) as before, zipfile.ZipFile(tight, "w") as after:
        for name in before.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(entry, before.read(name))
    return tight.getvalue()


def _add(to: Paragraph, text: Text) -> Run:
    run = to.add_run()
    if text.is_below:
        run.add_break(WD_BREAK.LINE)
    run.add_text(writable(text.words))
    run.bold = True if text.is_bold or text.is_label else None
    run.italic = True if text.is_italic else None
    if text.size or text.is_label:
        run.font.size = Pt(text.size or 10.5)
    if text.is_quiet or text.is_label or text.is_navy:
        colour = style.NAVY if text.is_navy else style.QUIET
        run.font.color.rgb = RGBColor.from_string(colour.removeprefix("#"))
    return run


def _hold(made: Table) -> None:
    for row in made.rows:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _new_row(to: Table) -> _Row:
    return cast(_Row, to.add_row())  # type: ignore[no-untyped-call]


def _fill(cell: _Cell, texts: Sequence[Text], style_id: str) -> None:
    filled = cell.paragraphs[0]
    filled._p.style = style_id
    for text in texts:
        _add(filled, text)


def _mark_header(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _keep_whole(row: _Row) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.insert(0, OxmlElement("w:cantSplit"))


def _head(section: Section, overview: Overview) -> None:
    section.header.is_linked_to_previous = False
    line = _running(section, section.header.paragraphs[0])
    line.add_run(writable(f"{overview.authority}: {overview.title}\t{overview.period}"))


def _foot(section: Section, overview: Overview) -> None:
    section.footer.is_linked_to_previous = False
    line = _running(section, section.footer.paragraphs[0])
    for place, said in enumerate(arrangement.feet(overview)):
        if place:
            line.add_run().add_break(WD_BREAK.LINE)
        line.add_run(writable(said))
    line.add_run("\tPage ")
    _number(line, "PAGE")
    line.add_run(" of ")
    _number(line, "NUMPAGES")


def _running(section: Section, line: Paragraph) -> Paragraph:
    edges = (section.page_width, section.left_margin, section.right_margin)
    width, left, right = (edge or 0 for edge in edges)
    line.style = "Running"
    room = Emu(width - left - right)
    line.paragraph_format.tab_stops.add_tab_stop(room, WD_TAB_ALIGNMENT.RIGHT)
    return line


def _number(line: Paragraph, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run, shown = OxmlElement("w:r"), OxmlElement("w:t")
    shown.text = "1"
    run.append(shown)
    field.append(run)
    line._p.append(field)
