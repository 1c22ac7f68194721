"""The paper as a tagged PDF on A4, for the committee's pack and for the screen reader.

Typst refuses to make the file where a picture has no alternative, a heading level is skipped or
the title is missing, so that the claim to PDF/UA-1 is checked each time the paper is made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from lineofsight.overview.funnel_chart import FunnelChart, Standing
from lineofsight.overview.overview import (
    Chart,
    ComparatorLine,
    DatasetChapter,
    DatasetRow,
    Item,
    Overview,
    Section,
)
from lineofsight.publish import arrangement, charts, funnels, multiples, opening_set, steps, style
from lineofsight.publish.arrangement import Statement
from lineofsight.publish.typesetting import pdf_of
from lineofsight.publish.writing import write_whole

# The chart stands beside the figures: narrow enough for its words to be read at that width.
_CHART_ACROSS = 600.0
_PLOT_HEIGHT = 180.0
# Two funnels with their words share a page.
_FUNNEL_HEIGHT = 205.0
# Five small charts stand beside each other: this prints at ten points.
_SMALL_TEXT = 20


def write(overview: Overview, path: Path) -> None:
    """Write the paper as one PDF with its font inside it; the same paper gives the same bytes.

    Raises UsageFault where the file cannot be written.
    """
    write_whole(path, render(overview))


def render(overview: Overview) -> bytes:
    """The paper as the bytes of a PDF."""
    return pdf_of("overview.typ", described(overview), overview.prepared_on)


def described(overview: Overview) -> dict[str, Any]:
    """Everything the Typst template sets, as plain JSON: texts, drawings and fixed words."""
    made = overview.prepared_on
    return {
        "title": overview.title,
        "authority": overview.authority,
        "period": overview.period,
        "prepared": arrangement.prepared(overview),
        "made": [made.year, made.month, made.day],
        "language": overview.language.split("-"),
        "synthetic": arrangement.SYNTHETIC if overview.is_synthetic else "",
        "handling": overview.handling,
        "feet": arrangement.feet(overview),
        "words": _words(),
        "style": _colours(),
        "one_pages": opening_set.described(overview),
        "sections": [_section(section) for section in overview.sections],
        "near_misses": overview.near_misses,
        "way": _way(overview),
        "standings": [_standing(standing) for standing in overview.standings],
        "bases": arrangement.basis_notes(overview),
        "columns": _column_headings(overview),
        "chapters": [_chapter(overview, chapter) for chapter in overview.dataset],
        "multiples": _multiples(overview),
        "restated": {
            "headings": arrangement.RESTATED_HEADINGS,
            "lines": [asdict(line) for line in overview.restatements],
            "note": overview.restated_note,
        },
        "not_measured": [asdict(line) for line in overview.not_measured],
        "glossary": arrangement.glossary(overview),
        "notes": [asdict(note) for note in overview.notes],
    }


def _words() -> dict[str, str]:
    return {
        name.lower(): value
        for name, value in vars(arrangement).items()
        if name.isupper() and isinstance(value, str)
    }


def _colours() -> dict[str, str]:
    names = ("NAVY", "INK", "QUIET", "RULE", "HAIRLINE", "FONT")
    return {name.lower(): getattr(style, name) for name in names}


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "introduction": section.introduction,
        "items": [_item(item) for item in section.items],
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "heading": f"{item.number}. {arrangement.headed(item)}",
        "listed": f"{item.number}. {arrangement.listed_name(item)}",
        "compared": arrangement.compared_heading(item),
        "polarity": arrangement.beneath(item),
        "figures": [asdict(figure) for figure in item.figures],
        "comparators": [_compared(line) for line in item.comparators],
        "computed": _statements(arrangement.computed(item)),
        "said": _statements(arrangement.said(item)),
        "has_comment": arrangement.has_comment(item),
        "chart": _chart(item.chart),
        "definition": item.definition,
    }


def _compared(line: ComparatorLine) -> dict[str, Any]:
    area, rest = arrangement.area_parts(line)
    return asdict(line) | {"area": area, "rest": rest}


def _chart(chart: Chart) -> dict[str, str]:
    return {
        "title": chart.title,
        "caption": chart.caption,
        "alternative": chart.alternative,
        "drawing": charts.draw(chart, _CHART_ACROSS, _PLOT_HEIGHT),
    }


def _way(overview: Overview) -> dict[str, Any]:
    way = overview.way_to_a_plan
    return {
        "is_there": way.is_there,
        "not_said": way.not_said,
        "notes": way.notes,
        "parts": [
            {
                "heading": part.heading,
                "said": part.said,
                "headings": arrangement.way_headings(overview, part),
                "rows": arrangement.way_rows(part),
                "chart": {
                    "title": part.chart.title,
                    "caption": part.chart.caption,
                    "alternative": part.chart.alternative,
                    "drawing": steps.draw(part),
                },
            }
            for part in way.parts
        ],
    }


def _standing(standing: Standing) -> dict[str, Any]:
    return {
        "name": standing.name,
        "polarity": standing.polarity,
        "said": standing.said,
        "chart": _funnel(standing.funnel) if standing.funnel else None,
    }


def _funnel(chart: FunnelChart) -> dict[str, str]:
    return {
        "title": chart.title,
        "caption": chart.caption,
        "alternative": chart.alternative,
        "drawing": funnels.draw(chart, plot_height=_FUNNEL_HEIGHT),
    }


def _statements(statements: Iterable[Statement]) -> list[dict[str, Any]]:
    return [
        {"kind": s.kind.name.lower(), "label": s.kind.value, "texts": s.texts, "by": s.by}
        for s in statements
    ]


def _column_headings(overview: Overview) -> dict[str, list[str]]:
    areas = arrangement.areas(overview)
    return {
        "figures": list(arrangement.columns(overview)),
        "areas": [arrangement.area_heading(overview, area) for area in areas],
    }


def _chapter(overview: Overview, chapter: DatasetChapter) -> dict[str, Any]:
    written = arrangement.written_on_rows(chapter)
    return {
        "title": chapter.title,
        "rows": [_row(overview, row) for row in chapter.rows],
        "written": [
            {"name": row.name, "said": _statements(arrangement.statements(row.sentences))}
            for row in written
        ],
    }


def _multiples(overview: Overview) -> list[dict[str, str]]:
    """The small charts of all indicators, with the words that stand beside them."""
    periods = multiples.shared_periods(one.chart for one in overview.pages)
    return [
        {
            "chapter": one.chapter,
            "name": one.plain_name or one.brief,
            "verdict": one.verdict,
            "alternative": one.chart.alternative,
            "drawing": multiples.draw(one.chart, periods, _SMALL_TEXT),
        }
        for one in overview.pages
    ]


def _row(overview: Overview, row: DatasetRow) -> dict[str, Any]:
    cells = arrangement.figure_cells(overview, row)
    lines = arrangement.comparator_cells(overview, row)
    return {
        "name": arrangement.headed(row),
        "polarity": arrangement.beneath(row),
        "figures": [asdict(cell) if cell else None for cell in cells],
        "comparators": [asdict(line) if line else None for line in lines],
        "verdict": row.verdict,
        "alternative": row.trend_description,
        "drawing": charts.sparkline(row.trend, row.trend_description),
    }
