"""Where an authority stands among all, in the Word document: sentences and funnel charts."""

from __future__ import annotations

from io import BytesIO

from docx.document import Document as WordDocument
from docx.shared import Mm

from lineofsight.overview.funnel_chart import FunnelChart
from lineofsight.overview.overview import Overview
from lineofsight.publish import arrangement, funnels
from lineofsight.publish.typesetting import pictures_of
from lineofsight.publish.word_parts import describe_picture, paragraph

_WIDTH = Mm(160)
_PLOT_HEIGHT = 220.0


def add_standings(document: WordDocument, overview: Overview) -> None:
    """Add the part of the paper that says where the authority stands, if it has one."""
    if not overview.standings:
        return
    heading = paragraph(document, "Heading 1", arrangement.STANDINGS)
    heading.paragraph_format.page_break_before = True
    paragraph(document, "Normal", arrangement.STANDINGS_INTRODUCTION)
    charts = [s.funnel for s in overview.standings if s.funnel]
    drawn = pictures_of([funnels.draw(c, plot_height=_PLOT_HEIGHT) for c in charts], _WIDTH.pt)
    pictures = iter(drawn)
    for standing in overview.standings:
        paragraph(document, "Heading 2", standing.name)
        paragraph(document, "Quiet", standing.polarity, is_kept=True)
        paragraph(document, "Normal", standing.said, is_kept=standing.funnel is not None)
        if standing.funnel:
            _chart(document, standing.funnel, next(pictures))


def _chart(document: WordDocument, chart: FunnelChart, picture: bytes) -> None:
    paragraph(document, "Heading 3", chart.title)
    holder = document.add_paragraph(style="Picture")
    shape = holder.add_run().add_picture(BytesIO(picture), width=_WIDTH)
    describe_picture(shape, chart.title, chart.alternative)
    paragraph(document, "Quiet", chart.caption)
