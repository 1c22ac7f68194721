"""Where a rate of plans arises, in the Word document: sentences, bars and tables."""

from __future__ import annotations

from io import BytesIO

from docx.document import Document as WordDocument
from docx.shared import Mm

from lineofsight.overview.overview import Overview
from lineofsight.overview.way_to_a_plan import Against
from lineofsight.publish import arrangement, steps
from lineofsight.publish.typesetting import pictures_of
from lineofsight.publish.word_parts import Text, describe_picture, paragraph, table

_WIDTH = Mm(160)
# In millimetres; together the width of the page between its margins.
_COLUMNS = (54, 20, 24, 30, 16, 26)


def add_way(document: WordDocument, overview: Overview) -> None:
    """Add the part of the paper that says where the rate of plans arises, if it has one."""
    way = overview.way_to_a_plan
    if not way.is_there:
        return
    paragraph(document, "Heading 1", arrangement.WAY_TO_A_PLAN)
    paragraph(document, "Normal", way.not_said or arrangement.WAY_INTRODUCTION)
    pictures = pictures_of([steps.draw(part) for part in way.parts], _WIDTH.pt)
    for part, picture in zip(way.parts, pictures, strict=True):
        _part(document, overview, part, picture)
    for note in way.notes:
        paragraph(document, "Quiet", note)


def _part(document: WordDocument, overview: Overview, part: Against, picture: bytes) -> None:
    paragraph(document, "Heading 2", part.heading)
    paragraph(document, "Normal", part.said, is_kept=True)
    paragraph(document, "Heading 3", part.chart.title)
    holder = document.add_paragraph(style="Picture")
    shape = holder.add_run().add_picture(BytesIO(picture), width=_WIDTH)
    describe_picture(shape, part.chart.title, part.chart.alternative)
    paragraph(document, "Quiet", part.chart.caption)
    rows = [[[Text(cell)] for cell in row] for row in arrangement.way_rows(part)]
    table(document, arrangement.way_headings(overview, part), rows, _COLUMNS)
