"""Papers of every kind are read, and the page of claims in a real browser: axe finds no fault."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from lineofsight.claiming import write_checked
from lineofsight.claims.check import check
from lineofsight.claims.passages import passages_of
from lineofsight.claims.reading import read_lines
from lineofsight.claims.report import summary, to_csv
from lineofsight.claims.statement import Checked, Outcome, Ruling, Statement
from tests.claims_drawn import FACTS, NAMES
from tests.functional.test_overview_page import CHROMIUM, FLAGS

HEADING = "Percentage of Single Assessments (SA) completed in 45 working days"
TEXT = "89% of Single Assessments were completed in August, and 74% over the past 12 months."
REGION = "The regional average is 81%. We will look at the delays."


def checked(path: Path) -> Checked:
    """Check a file against the drawn facts."""
    statements = check(passages_of(read_lines(path), NAMES), NAMES, FACTS)
    return Checked(path.name, "Southampton", "August 2020", statements, is_synthetic=True)


def written(folder: Path, kind: str) -> Path:
    """The same paper as each kind of file."""
    path = folder / f"paper.{kind}"
    if kind == "docx":
        document = docx.Document()
        document.add_heading(HEADING, level=2)
        document.add_paragraph(TEXT)
        table = document.add_table(rows=1, cols=1)
        table.cell(0, 0).text = REGION
        document.save(str(path))
    elif kind == "pdf":
        path.write_bytes(_pdf())
    else:
        marks = "## " if kind == "md" else "1. "
        path.write_text(f"{marks}{HEADING}\n\n{TEXT}\n\n{REGION}\n", encoding="utf-8")
    return path


def _pdf() -> bytes:
    """Typeset as the product's own papers are, wrapped and hyphenated."""
    import typst

    source = (
        '#set page(width: 11cm, height: auto)\n#set text(lang: "en", hyphenate: true)\n'
        f"#set par(justify: true)\n= {HEADING}\n\n{TEXT.replace('%', '%')}\n\n{REGION}\n"
    )
    drawn = typst.compile(source.encode("utf-8"), format="pdf")
    assert isinstance(drawn, bytes)
    return drawn


PLACES = {
    "md": ["line 3", "line 3", "line 5", "line 5"],
    "txt": ["line 3", "line 3", "line 5", "line 5"],
    "docx": ["paragraph 2", "paragraph 2", "paragraph 3", "paragraph 3"],
}


@pytest.mark.parametrize("kind", ["md", "txt", "docx", "pdf"])
def test_the_same_paper_of_every_kind_is_read_alike(tmp_path: Path, kind: str) -> None:
    """Under its heading, with the place of each statement."""
    found = checked(written(tmp_path, kind))
    assert [one.outcome for one in found.statements] == [
        Outcome.HOLDS,
        Outcome.FALSE,
        Outcome.HOLDS,
        Outcome.UNCHECKED,
    ]
    places = [one.place for one in found.statements]
    assert places == PLACES.get(kind, places)
    assert kind != "pdf" or all(place.startswith("page 1, line ") for place in places)
    assert summary(found) == ("4 statements: 2 hold, 1 does not hold, 1 cannot be checked.")


def test_the_table_has_every_statement_and_no_formula() -> None:
    """A cell that begins like a formula is made harmless."""
    evil = Statement("line 1", "=2+5 referrals", Ruling(Outcome.UNCHECKED, "Unknown."))
    found = Checked("a.txt", "Southampton", "August 2020", (evil,))
    rows = list(csv.reader(io.StringIO(to_csv(found))))
    assert rows[1] == ["line 1", "'=2+5 referrals", "cannot be checked", "Unknown.", "", "", ""]
    assert summary(Checked("a", "b", "c", ())) == (
        "No statement was found that figures could tell of."
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield chromium
        chromium.close()


@pytest.mark.skipif(
    CHROMIUM is None,
    reason="Chromium is not on this machine: install Debian's package 'chromium' to run axe.",
)
@pytest.mark.parametrize("width", [1400, 390])
def test_axe_finds_no_fault_and_nothing_runs_off(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    """What does not hold stands first; the tables can be scrolled with the keyboard."""
    path = tmp_path / "claims.html"
    write_checked(checked(written(tmp_path, "md")), path)
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(path.as_uri())
    found = Axe().run(page)
    headings = page.locator("h2").all_inner_texts()
    regions = page.locator("[role=region][tabindex='0']").count()
    shown = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert found.violations_count == 0, found.generate_report()
    assert headings == ["What does not hold", "Every statement, in the order of the text"]
    assert regions == 2
    assert shown <= width
    assert list(tmp_path.glob(".writing-*")) == []
