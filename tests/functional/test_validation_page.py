"""The validation page in a real browser: axe finds no fault, wide and narrow.

Chromium is needed to run these; axe finds only part of the faults that people meet.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from lineofsight.checking import figures_of_rules
from lineofsight.returns.submission import read_delivery
from lineofsight.validation.report import to_html
from lineofsight.validation.validate import validate_reading
from tests.deliveries import write_workbook
from tests.functional.test_overview_page import CHROMIUM, FLAGS

pytestmark = pytest.mark.skipif(
    CHROMIUM is None,
    reason="Chromium is not on this machine: install Debian's package 'chromium' to run axe.",
)
PLAN = {
    "Child Unique ID": "Q77123",
    "Gender": "Female",
    "Does the Child have a Disability": "No",
    "Child Protection Plan Start Date": date(2019, 8, 3),
    "Child Protection Plan End Date": date(2019, 8, 3),
    "Initial Category of Abuse": "a) Neglect",
    "Latest Category of Abuse": "X - unheard of",
    "Was the Child Seen Alone?": "Yes",
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("page")
    reading = read_delivery(write_workbook(folder / "annex.xlsx", {"List 7": [PLAN, PLAN]}))
    path = folder / "validation.html"
    page = to_html(validate_reading(reading), "Annex A, annex.xlsx", figures_of_rules())
    path.write_text(page, encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield chromium
        chromium.close()


@pytest.mark.parametrize("width", [1400, 390])
def test_axe_finds_no_fault(browser: Browser, address: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(address)
    found = Axe().run(page)
    page.close()
    assert found.violations_count == 0, found.generate_report()


def test_the_page_does_not_scroll_sideways_on_a_telephone(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 900})
    page.goto(address)
    width = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert width <= 390
