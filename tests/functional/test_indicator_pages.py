"""The folder of pages in a real browser, and every link of it without one.

What is seen is looked at as pictures too: a chart must hold something, and its lines must be told
apart when the colours are gone.
"""

from __future__ import annotations

import base64
import shutil
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html as lxml_html
from playwright.sync_api import Browser, Page, sync_playwright

from lineofsight.overview.overview import (
    Chart,
    Division,
    Figure,
    Group,
    IndicatorPage,
    Overview,
    ReferenceLine,
    Series,
    Told,
)
from lineofsight.publish import charts, multiples
from lineofsight.publish.papers import drawn_aside, paper_names, put_in_place
from tests.overview_examples import example_overview

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None,
    reason="Chromium is not on this machine: install Debian's package 'chromium' to run axe.",
)
ITEM = "child_protection.icpc_timeliness.html"
LOOKED_AT = ("index.html", "glossary.html", ITEM, "workforce.caseload.html", "quality.audits.html")
# Where a pixel is darker than paper, in grey as the eye weighs colours.
INK_OF = """
async ([svg, width, height]) => {
  const image = new Image();
  image.src = 'data:image/svg+xml;base64,' + svg;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.drawImage(image, 0, 0, width, height);
  const {data} = context.getImageData(0, 0, width, height);
  const rows = [];
  for (let y = 0; y < height; y++) {
    let row = '';
    for (let x = 0; x < width; x++) {
      const i = (y * width + x) * 4;
      row += 0.2126 * data[i] + 0.7152 * data[i+1] + 0.0722 * data[i+2] < 190 ? '#' : ' ';
    }
    rows.push(row);
  }
  return rows;
}
"""


def divided(one: IndicatorPage) -> IndicatorPage:
    """A page with groups and fields, as a council's records give it."""
    figures = (Figure("", "73%", "44 of 60 children", ""), Figure("", "no figure", "", ""))
    groups = tuple(Group(f"Protection and Court Team {n}", figures) for n in range(1, 13))
    exactly = (Told("initial_conferences.working_days_from_strategy", "BETWEEN 0 AND 15"),)
    divisions = (Division("Team", groups), Division("Sex", groups[:2]))
    return replace(one, divisions=divisions, exactly=exactly)


@pytest.fixture(scope="module")
def paper() -> Overview:
    plain = example_overview()
    return replace(plain, pages=tuple(map(divided, plain.pages)))


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory, paper: Overview) -> Path:
    """The page of the paper and the folder of pages, as they are published."""
    folder = tmp_path_factory.mktemp("out")
    names = [n for n in paper_names("overview", paper) if n.endswith((".html", ".zip"))]
    with drawn_aside(paper, folder, names, lambda step: None) as drawn:
        put_in_place(drawn, folder)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield chromium
        chromium.close()


def opened(browser: Browser, out: Path, name: str, width: int = 1280) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto((out / "overview-pages" / name).as_uri())
    return page


def pages_of(out: Path) -> list[Path]:
    return [out / "overview.html", *sorted((out / "overview-pages").glob("*.html"))]


def test_every_indicator_has_its_page_and_every_page_is_known(paper: Overview, out: Path) -> None:
    names = {path.name for path in (out / "overview-pages").iterdir()}

    wanted = {f"{one.indicator_id}.html" for one in paper.pages}
    assert names == wanted | {"index.html", "glossary.html", "style.css"}
    assert sorted(path.name for path in out.iterdir()) == ["overview-pages", "overview.html"]


def test_every_link_of_every_page_leads_to_a_place_that_is_there(out: Path) -> None:
    identities = {path.resolve(): identities_of(path) for path in pages_of(out)}
    broken, followed = [], 0
    for path in pages_of(out):
        for address in lxml_html.parse(str(path)).getroot().xpath("//a/@href | //link/@href"):
            file, place = urldefrag(address)
            target = (path.parent / unquote(file)).resolve() if file else path.resolve()
            followed += 1
            if not target.exists() or (place and place not in identities[target]):
                broken.append((path.name, address))
    assert broken == []
    assert followed > 100


def identities_of(path: Path) -> set[str]:
    return set(lxml_html.parse(str(path)).getroot().xpath("//@id"))


def test_every_page_is_reached_from_the_paper_and_from_its_neighbours(
    paper: Overview, out: Path
) -> None:
    """The paper links each item and each line; before and after lead through all of them."""
    linked = lxml_html.parse(str(out / "overview.html")).getroot().xpath("//a/@href")
    wanted = [f"{one.indicator_id}.html" for one in paper.pages]
    assert {f"overview-pages/{name}" for name in wanted} <= set(linked)
    assert linked.count(f"overview-pages/{ITEM}") == 2
    walked = [wanted[0]]
    while (
        after := lxml_html.parse(str(out / "overview-pages" / walked[-1]))
        .getroot()
        .xpath("//a[@rel='next']/@href")
    ):
        walked += after
    assert walked == wanted


def test_every_figure_on_a_page_is_the_papers(paper: Overview, out: Path) -> None:
    for chapter in paper.dataset:
        for row in chapter.rows:
            page = lxml_html.parse(str(out / "overview-pages" / f"{row.indicator_id}.html"))
            board = page.getroot().xpath("//dl[@class='figures']/div")
            shown = [["".join(dd.itertext()) for dd in div.iter("dt", "dd")] for div in board]
            assert shown == [[f.label, f.text, f.detail, f.basis] for f in row.figures]
            index = lxml_html.parse(str(out / "overview-pages" / "index.html")).getroot()
            [small] = index.xpath(f"//li[h3/a/@href='{row.indicator_id}.html']")
            text = " ".join(small.text_content().split())
            assert all(f.text in text and f.detail in text for f in row.figures)


def test_no_page_runs_anything_or_asks_anybody(out: Path) -> None:
    for path in (out / "overview-pages").glob("*.html"):
        page = lxml_html.parse(str(path)).getroot()
        assert page.xpath("//script | //iframe | //img | //@onclick | //@style | //@src") == []
        assert page.xpath("//link/@href") == ["style.css"]
    style = (out / "overview-pages" / "style.css").read_text("utf-8")
    assert style.count("url(") == style.count("url(data:font/woff2") == 3


@needs_chromium
@pytest.mark.parametrize("name", LOOKED_AT)
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_no_fault_and_nothing_runs_off_the_screen(
    browser: Browser, out: Path, name: str, width: int
) -> None:
    page = opened(browser, out, name, width)
    found = Axe().run(page)
    shown = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert found.violations_count == 0, found.generate_report()
    assert shown <= width


@needs_chromium
def test_pages_from_a_folder_are_dressed_and_send_no_request(browser: Browser, out: Path) -> None:
    """Opened as files, as they are from a shared drive: style and fonts come from the folder."""
    page = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto((out / "overview-pages" / ITEM).as_uri())
    fonts = "document.fonts.ready.then(f => [...f].filter(x => x.status == 'loaded').length)"
    loaded = page.evaluate(fonts)
    page.close()
    assert loaded >= 2
    assert {url.partition(":")[0] for url in asked} <= {"file", "data"}
    assert said == []


@needs_chromium
def test_the_keyboard_reaches_every_link_in_order(browser: Browser, out: Path) -> None:
    page = opened(browser, out, ITEM)
    wanted = page.evaluate(
        "[...document.querySelectorAll('a, summary, [tabindex=\"0\"]')].map(e => e.textContent)"
    )
    reached = []
    for _ in wanted:
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent"))
    page.keyboard.press("Shift+Tab")
    page.close()
    assert reached == wanted
    assert reached[0] == "Skip to the page"


@needs_chromium
def test_pages_can_be_gone_through_from_the_index(browser: Browser, out: Path) -> None:
    page = opened(browser, out, "index.html")
    page.click("text=Initial child protection conferences within 15 working days")
    assert page.url.endswith(ITEM)
    page.click("nav.crumbs >> text=Performance Overview")
    assert page.url.endswith("overview.html#item-2-2")
    page.close()


# Pictures: what is drawn is looked at.


def lines_only(dashes: str) -> Chart:
    """A chart of nothing but levels of one style, or of one series."""
    months = tuple(f"{name} 2020" for name in ("May", "Jun", "Jul", "Aug"))
    series = Series("Each month", (60, 60, 60, 60), dashes, ("60%",) * 4)
    lines = (ReferenceLine("A level", 60, dashes),) if dashes in ("target", "comparator") else ()
    shown = () if lines else (series,)
    return Chart("Title", "Alternative", "Caption", "%", months, shown, lines)


def ink(browser: Browser, svg: str, width: int, height: int) -> list[str]:
    page = browser.new_page()
    encoded = base64.b64encode(svg.encode("utf-8")).decode("ascii")
    rows: list[str] = page.evaluate(INK_OF, [encoded, width, height])
    page.close()
    return rows


@needs_chromium
def test_every_chart_of_the_paper_holds_ink_in_large_and_in_small(
    browser: Browser, paper: Overview
) -> None:
    periods = multiples.shared_periods(one.chart for one in paper.pages)
    for one in paper.pages[:6]:
        large = ink(browser, charts.draw(one.chart), 760, 420)
        small = ink(browser, multiples.draw(one.chart, periods), 264, 130)
        assert 1500 < sum(row.count("#") for row in large) < 60_000, one.indicator_id
        assert 300 < sum(row.count("#") for row in small) < 12_000, one.indicator_id


@needs_chromium
def test_lines_are_told_apart_when_the_colours_are_gone(browser: Browser) -> None:
    """Months have points, twelve months are thick, a target is dots, comparators are dashes."""
    months = lines_only("actual").labels
    looks = {}
    for name in ("actual", "rolling", "target", "comparator"):
        rows = ink(browser, multiples.draw(lines_only(name), months), 264, 130)
        plot = [row[10:190] for row in rows[24:104]]
        columns = ["".join(row[x] for row in plot).count("#") for x in range(180)]
        looks[name] = columns
    assert set(looks["rolling"]) <= {3, 4}
    assert max(looks["actual"]) >= 4
    assert min(looks["actual"]) >= 1
    gaps = {name: columns.count(0) for name, columns in looks.items()}
    assert gaps["actual"] == gaps["rolling"] == 0
    assert gaps["target"] > 60
    assert 20 < gaps["comparator"] < 70
    runs = {n: sum(a == 0 < b for a, b in pairwise(c)) for n, c in looks.items()}
    assert runs["target"] > runs["comparator"] > 5


@needs_chromium
def test_no_word_of_a_chart_lies_over_another_or_is_cut_off(
    browser: Browser, out: Path, paper: Overview
) -> None:
    """Measured where they are drawn: boxes of all words of a chart, in every page and the index."""
    for name in ("index.html", *(f"{one.indicator_id}.html" for one in paper.pages)):
        page = opened(browser, out, name)
        page.evaluate("document.fonts.ready.then(() => true)")
        assert page.evaluate(OVERLAPS) == [], name
        page.close()


OVERLAPS = """
() => [...document.querySelectorAll('svg.chart, svg.multiple')].flatMap(svg => {
  const whole = svg.getBoundingClientRect();
  const boxes = [...svg.querySelectorAll('text')]
    .map(t => [t.textContent, t.getBoundingClientRect()])
    .filter(([words]) => words.trim());
  const cut = boxes.filter(([_, b]) => b.left < whole.left - 1 || b.right > whole.right + 1);
  const over = boxes.flatMap(([a, p], i) => boxes.slice(i + 1)
    .filter(([_, q]) => p.left < q.right - 1 && q.left < p.right - 1
                     && p.top < q.bottom - 5 && q.top < p.bottom - 5)
    .map(([b]) => [a, b]));
  return [...cut.map(([words]) => words), ...over];
})
"""
