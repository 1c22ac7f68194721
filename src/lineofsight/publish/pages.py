"""A page an indicator, all of them at a glance, and the glossary: a folder of pages without script.

They share one style sheet, which holds the fonts, and ask for nothing outside their folder; the
paper stands beside it. Until the folder is put in place its files travel as one archive.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from lineofsight.overview.overview import IndicatorPage, Item, Kind, Overview
from lineofsight.publish import arrangement, multiples, style
from lineofsight.publish.html import draw, embedded_fonts
from lineofsight.publish.names import GLOSSARY, INDEX, page_file, paper_of
from lineofsight.publish.templating import page
from lineofsight.publish.writing import writable, write_whole

STYLE = "style.css"
# The same files must give the same archive, whenever it is made.
_MOMENT = (1980, 1, 1, 0, 0, 0)


def write(overview: Overview, path: Path) -> None:
    """Write all pages into one archive, whose name says which paper they belong to.

    Raises UsageFault where the file cannot be written.
    """
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files(overview, paper_of(path.name)):
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text.encode("utf-8"))
    write_whole(path, whole.getvalue())


def files(overview: Overview, paper: str) -> Iterator[tuple[str, str]]:
    """Give every file of the folder with its text; `paper` is the file that stands beside it."""
    yield STYLE, page("pages.css.j2", fonts=embedded_fonts(), style=style)
    yield INDEX, _index(overview, paper)
    if overview.glossary:
        yield GLOSSARY, _filled("glossary.html.j2", overview, paper, is_glossary=True)
    for place in _places(overview):
        yield page_file(place.page.indicator_id), _page(overview, paper, place)


@dataclass(frozen=True, slots=True)
class _Place:
    """A page with its neighbours, and where in the paper its numbered item stands, if any."""

    page: IndicatorPage
    before: IndicatorPage | None
    after: IndicatorPage | None
    anchor: str


def _places(overview: Overview) -> list[_Place]:
    anchors = {
        item.indicator_id: f"item-{outer}-{inner}" for outer, inner, item in _numbered(overview)
    }
    around: list[IndicatorPage | None] = [None, *overview.pages, None]
    befores, afters = around, around[2:]
    return [
        _Place(one, before, after, anchors.get(one.indicator_id, "dataset"))
        for one, before, after in zip(overview.pages, befores, afters, strict=False)
    ]


def _numbered(overview: Overview) -> Iterator[tuple[int, int, Item]]:
    for outer, section in enumerate(overview.sections, start=1):
        for inner, item in enumerate(section.items, start=1):
            yield outer, inner, item


def _page(overview: Overview, paper: str, place: _Place) -> str:
    return _filled("indicator_page.html.j2", overview, paper, place=place, one=place.page)


def _index(overview: Overview, paper: str) -> str:
    periods = multiples.shared_periods(one.chart for one in overview.pages)
    chapters = arrangement.by_chapter(overview)

    def draw_small(one: IndicatorPage) -> Markup:
        return Markup(multiples.draw(one.chart, periods))

    return _filled(
        "pages_index.html.j2",
        overview,
        paper,
        chapters=chapters,
        draw_small=draw_small,
        listed={item.indicator_id for _, _, item in _numbered(overview)},
    )


def _filled(
    template: str, overview: Overview, paper: str, *, is_glossary: bool = False, **words: object
) -> str:
    whole = page(
        template,
        overview=overview,
        paper=paper,
        page_file=page_file,
        glossary_file=GLOSSARY,
        is_glossary=is_glossary,
        a=arrangement,
        kinds=Kind,
        draw=draw,
        **words,
    )
    # Half of a page is white space of its template.
    return "\n".join(line for line in writable(whole).split("\n") if line)
