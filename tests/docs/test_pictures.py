"""The pictures of the documentation are of the product as it is, and every one of them is used.

The README's picture is the first screens of the demonstration's page. To take it anew after a
change that is meant to be seen: LINEOFSIGHT_UPDATE_PICTURES=1 pytest tests/docs/test_pictures.py
"""

from __future__ import annotations

import base64
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from lineofsight import demonstration

ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "docs" / "images"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
PICTURE = IMAGES / "overview-2020-08.png"
WIDTH, HEIGHT = 1280, 1884
SEED = 2020  # the one `demo` takes unless told otherwise
IS_UPDATING = os.environ.get("LINEOFSIGHT_UPDATE_PICTURES") == "1"
# Mean difference of a colour value, of 255: another figure makes 0.003, a headline of another
# length 0.5, one more line on the page 13. The rest is room for machines that
# smooth letters otherwise.
MOST_DIFFERENCE = 2.0
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)
DIFFERENCE = """
async ([one, other]) => {
  const pixels = async (png) => {
    const image = new Image();
    image.src = 'data:image/png;base64,' + png;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.width, image.height];
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const drawn = context.getImageData(0, 0, image.width, image.height);
    return {size: [image.width, image.height], data: drawn.data};
  };
  const [a, b] = [await pixels(one), await pixels(other)];
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += Math.abs(a.data[i] - (b.data[i] ?? 0));
  return {one: a.size, other: b.size, mean: sum / (a.data.length * 3 / 4)};
}
"""
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None,
    reason="Chromium is not on this machine: install Debian's package 'chromium' to take pictures.",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def taken(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The picture as it would be taken now."""
    out = tmp_path_factory.mktemp("demonstration")
    demonstration.run(out, None, SEED, lambda step: None)
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    page.goto((out / f"overview-{demonstration.MONTH}-committee.html").as_uri())
    page.evaluate("document.fonts.ready.then(() => true)")
    picture = page.screenshot()
    page.close()
    return picture


def difference(browser: Browser, one: bytes, other: bytes) -> tuple[list[list[int]], float]:
    """Sizes of two pictures and the mean difference of their colours, worked out in a page."""
    page = browser.new_page()
    texts = [base64.b64encode(png).decode("ascii") for png in (one, other)]
    found = page.evaluate(DIFFERENCE, texts)
    page.close()
    return [found["one"], found["other"]], found["mean"]


@needs_chromium
@pytest.mark.slow
def test_the_picture_shows_the_paper_as_it_is(browser: Browser, taken: bytes) -> None:
    if IS_UPDATING:
        PICTURE.write_bytes(taken)

    sizes, mean = difference(browser, PICTURE.read_bytes(), taken)

    assert sizes == [[WIDTH, HEIGHT]] * 2
    assert mean < MOST_DIFFERENCE, (
        "The picture differs from the paper: look at both, and take it anew with "
        "LINEOFSIGHT_UPDATE_PICTURES=1 if the change is meant."
    )


@needs_chromium
def test_a_picture_of_something_else_is_found_out(browser: Browser) -> None:
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    page.set_content("<h1>Another page altogether</h1>")
    other = page.screenshot()
    page.close()

    _, mean = difference(browser, PICTURE.read_bytes(), other)

    assert mean > MOST_DIFFERENCE


def pictures_named() -> list[tuple[str, Path]]:
    """Every picture that a page shows, with the page."""
    return [
        (page.name, (page.parent / named).resolve())
        for page in PAGES
        for named in re.findall(r"!\[[^\]]+\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    ]


def test_every_picture_that_a_page_shows_is_there() -> None:
    named = pictures_named()

    assert named
    assert [(page, path.name) for page, path in named if not path.exists()] == []


def test_every_picture_is_shown_by_a_page() -> None:
    shown = {path for _, path in pictures_named()}

    assert [path.name for path in sorted(IMAGES.iterdir()) if path.resolve() not in shown] == []
