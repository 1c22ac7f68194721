"""The list of restated months in a real browser: axe finds no fault, nothing is asked of anywhere.

Chromium is needed to run these; axe finds only part of the faults that people meet.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from lineofsight.overview.restated import RestatedLine, RestatedMonth, RestatedMonths
from lineofsight.publish.restated import write_restated
from tests.functional.test_overview_page import CHROMIUM, FLAGS
from tests.overview_examples import AUGUST, example_restated

pytestmark = pytest.mark.skipif(
    CHROMIUM is None,
    reason="Chromium is not on this machine: install Debian's package 'chromium' to run axe.",
)


def example() -> RestatedMonths:
    """July restated since its edition, June as first known, and months that stand."""
    lines = tuple(RestatedLine(x, (41, 41), (50, 54)) for x in example_restated().lines)
    july = "as published in edition 2020-07-1, prepared on 21 August 2020"
    return RestatedMonths(
        authority="Southampton",
        is_synthetic=True,
        made_on=date(2020, 9, 21),
        months=(
            RestatedMonth(AUGUST - 2, "as known on 3 July 2020", lines[:1]),
            RestatedMonth(AUGUST - 1, july, lines),
        ),
        unchanged=tuple(AUGUST - n for n in range(12, 2, -1)),
        new_figures=4,
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield chromium
        chromium.close()


@pytest.mark.parametrize("width", [1400, 390])
def test_axe_finds_no_fault_and_nothing_runs_off(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    web, _ = write_restated(example(), tmp_path)
    page = browser.new_page(viewport={"width": width, "height": 900})
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(web.as_uri())
    found = Axe().run(page)
    shown = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert found.violations_count == 0, found.generate_report()
    assert shown <= width
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert said == []
