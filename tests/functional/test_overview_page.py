"""The page in a real browser: nothing is asked of the network, nothing runs, axe finds no fault.

Chromium is needed to run these; axe finds only part of the faults that people meet.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from lineofsight.publish import html
from tests.overview_examples import example_overview

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)
pytestmark = pytest.mark.skipif(
    CHROMIUM is None,
    reason="Chromium is not on this machine: install Debian's package 'chromium' to run axe.",
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "overview.html"
    html.write(example_overview(), path)
    return path.as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield chromium
        chromium.close()


@pytest.fixture
def desk(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.goto(address)
    yield page
    page.close()


@pytest.mark.parametrize("width", [1400, 390])
def test_axe_finds_no_fault(browser: Browser, address: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(address)
    found = Axe().run(page)
    page.close()
    assert found.violations_count == 0, found.generate_report()


def test_the_page_sends_no_request_and_breaks_no_policy(browser: Browser, address: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(address)
    page.evaluate("document.fonts.ready")
    page.close()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert said == []


def test_the_shipped_font_is_the_one_that_is_shown(desk: Page) -> None:
    loaded = desk.evaluate(
        "document.fonts.ready.then(f => [...f].filter(x => x.status == 'loaded').length)"
    )
    assert loaded >= 2


@pytest.mark.parametrize("width", [320, 768])
def test_nothing_runs_off_a_narrow_screen(browser: Browser, address: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(address)
    shown = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert shown <= width


def test_body_text_is_at_least_eighteen_pixels_and_no_text_is_under_fifteen(desk: Page) -> None:
    sizes = desk.evaluate(
        """() => [...document.querySelectorAll('main *, header *')]
            .filter(e => [...e.childNodes].some(n => n.nodeType == 3 && n.data.trim()))
            .filter(e => !e.closest('svg'))
            .map(e => parseFloat(getComputedStyle(e).fontSize))"""
    )
    assert min(sizes) >= 15
    assert desk.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 18


def test_the_first_tab_reaches_the_skip_link_and_it_leads_to_the_paper(desk: Page) -> None:
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.textContent") == "Skip to the paper"
    desk.keyboard.press("Enter")
    assert desk.evaluate("document.activeElement.id") == "main"


def test_the_page_prints_on_a4_with_nothing_cut_off(desk: Page, tmp_path: Path) -> None:
    desk.emulate_media(media="print")
    desk.set_viewport_size({"width": 672, "height": 1000})  # A4 less its margins, at 96 to the inch
    wide = desk.evaluate(
        """() => [...document.querySelectorAll('main table, main svg, main p')]
            .filter(e => e.getBoundingClientRect().right > 673).length"""
    )
    assert wide == 0
