"""The paper of an authority from published figures, as it is read: funnels, ranks and trends.

The statistics are drawn (see `tests/countries.py`), so that the pages can be checked anywhere;
browser tests want Chromium.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from docx import Document
from lxml import html as lxml_html
from playwright.sync_api import Browser, sync_playwright

from lineofsight.cli import lineofsight
from lineofsight.overview.overview import Overview
from tests.countries import draw_country, of_year, paper_of

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
FLAGS = "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking"
needs_a_browser = pytest.mark.skipif(
    CHROMIUM is None,
    reason="Chromium is not on this machine: install Debian's package 'chromium' to run axe.",
)
FORMATS = ("html", "pdf", "docx", "xlsx")


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def statistics(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("statistics")
    draw_country(folder, (2022, 2023, 2024), {("301", 2024): "c"})
    return folder


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory, statistics: Path) -> dict[str, Path]:
    """The paper of Southampton in four formats, made as a person makes it."""
    out = tmp_path_factory.mktemp("paper")
    words = ["compare", "--authority", "Southampton", "--year", "2024"]
    asked = [*words, "--published", str(statistics), "--out", str(out)]
    done = CliRunner().invoke(lineofsight, asked)
    assert done.exit_code == 0, done.output
    return {name: next(out.glob(f"*.{name}")) for name in FORMATS}


@pytest.fixture(scope="module")
def paper(statistics: Path) -> Overview:
    return paper_of("Southampton", 2024, statistics, date(2026, 1, 1))


def test_the_page_holds_a_funnel_for_every_indicator_with_its_words(
    drawn: dict[str, Path], paper: Overview
) -> None:
    page = lxml_html.parse(str(drawn["html"])).getroot()
    funnels = page.xpath("//*[local-name()='svg'][contains(@class, 'funnel')]")
    charts = [one.funnel for one in paper.standings if one.funnel]
    assert len(funnels) == len(charts) == 4
    for picture, chart in zip(funnels, charts, strict=True):
        words = ["".join(node.itertext()) for node in picture.iter("text")]
        assert picture.findtext("title") == chart.title
        assert picture.findtext("desc") == chart.alternative
        assert any(word.startswith("Southampton ") for word in words)
        assert any(word.endswith(" England") for word in words)
        assert {"95% limit", "99.8% limit"} <= set(words)


def test_no_suppressed_authority_is_named_in_a_funnel(drawn: dict[str, Path]) -> None:
    hidden = next(place.name for place in of_year(2024) if place.code == "301")
    book = openpyxl.load_workbook(drawn["xlsx"], read_only=True)
    rows = book["Funnel data"].iter_rows(min_row=4, values_only=True)
    of_it = [row[0] for row in rows if row[1] == hidden]
    assert "Rate of children on a child protection plan at 31 March per 10,000 children" not in (
        of_it
    )
    assert len(of_it) == 3


def test_page_pdf_and_word_say_the_same_of_every_standing(
    drawn: dict[str, Path], paper: Overview
) -> None:
    page = lxml_html.parse(str(drawn["html"])).getroot().text_content()
    pdf = "".join(p.extract_text() for p in pypdf.PdfReader(drawn["pdf"]).pages)
    word = "".join(p.text for p in Document(str(drawn["docx"])).paragraphs)
    for text in map(squeezed, (page, pdf, word)):
        for one in paper.standings:
            assert squeezed(f"{one.name}{one.polarity}{one.said}") in text
            assert one.funnel is not None
            assert squeezed(one.funnel.title) in text
            assert squeezed(one.funnel.caption) in text


def test_word_pictures_have_their_alternative(drawn: dict[str, Path], paper: Overview) -> None:
    shapes = Document(str(drawn["docx"])).inline_shapes
    told = {shape._inline.docPr.get("descr") for shape in shapes}
    assert {one.funnel.alternative for one in paper.standings if one.funnel} <= told


def test_the_workbook_holds_every_authority_as_numbers(
    drawn: dict[str, Path], paper: Overview
) -> None:
    book = openpyxl.load_workbook(drawn["xlsx"], read_only=True)
    rows = list(book["Funnel data"].iter_rows(min_row=4, values_only=True))
    marks = sum(len(one.funnel.marks) for one in paper.standings if one.funnel)
    assert len(rows) == marks
    assert all(isinstance(row[4], (int, float)) for row in rows)
    assert [row[2] for row in rows].count("the authority") == 4
    said = [row[3] for row in book["Standings"].iter_rows(min_row=4, values_only=True)]
    assert said == [one.position for one in paper.standings]


def test_each_funnel_keeps_the_page_small(drawn: dict[str, Path]) -> None:
    page = drawn["html"].read_text(encoding="utf-8")
    pieces = page.split('class="chart funnel"')[1:]
    assert all(len(piece.split("</svg>")[0]) < 40_000 for piece in pieces)


def test_the_word_file_is_whole(drawn: dict[str, Path]) -> None:
    assert zipfile.ZipFile(drawn["docx"]).testzip() is None


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield chromium
        chromium.close()


@needs_a_browser
@pytest.mark.parametrize("width", [1400, 390])
def test_axe_finds_no_fault(browser: Browser, drawn: dict[str, Path], width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(drawn["html"].as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    found = Axe().run(page)
    page.close()
    assert found.violations_count == 0, found.generate_report()


@needs_a_browser
def test_the_page_fits_a_narrow_screen(browser: Browser, drawn: dict[str, Path]) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 900})
    page.goto(drawn["html"].as_uri())
    shown = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert shown <= 320


@needs_a_browser
def test_no_words_of_a_funnel_cover_each_other(browser: Browser, drawn: dict[str, Path]) -> None:
    """The boxes of the words as a browser sets them, with the shipped font."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(drawn["html"].as_uri())
    page.evaluate("document.fonts.ready")
    covered = page.evaluate(
        """() => [...document.querySelectorAll('svg.funnel')].flatMap(svg => {
            const words = [...svg.querySelectorAll('text')];
            const boxes = words.map(t => [t, t.getBoundingClientRect()]);
            return boxes.flatMap(([t, a], i) => boxes.slice(i + 1)
                .filter(([, b]) => a.left < b.right && b.left < a.right
                    && a.top + 3 < b.bottom - 3 && b.top + 3 < a.bottom - 3)
                .map(([u]) => t.textContent + ' / ' + u.textContent));
        })"""
    )
    page.close()
    assert covered == []
