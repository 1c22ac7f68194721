"""Worklists as a person asks for them: printed, written, filtered in a browser, and refused."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from lineofsight.access.audit import AuditTrail
from lineofsight.access.roles import Actor, Role
from lineofsight.desk import Desk
from lineofsight.errors import UsageFault
from lineofsight.listing import Part, draw_worklists
from lineofsight.returns.submission import read_delivery
from tests.deliveries import COVER, write_workbook
from tests.functional.test_command_line import run
from tests.functional.test_overview_page import CHROMIUM, FLAGS
from tests.functional.test_reviews import asked_for, enquiry, received

NEVER = ("Q0", "Q5", "Q9")  # children in the records, whom no message may name


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten enquiries of 1 June: six conferences on the 15th, three on the 29th, one to come."""
    return received(tmp_path_factory.mktemp("worklists"), COVER)


@pytest.fixture(scope="module")
def drawn(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The list of 26 June: four pending, each late since the 23rd."""
    out = tmp_path_factory.mktemp("out")
    done = run(store, "worklist", "conferences", "--on", "2020-06-26", "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "Initial child protection conferences pending",
        "  4 conferences of 4 families on 26 June 2020: 4 late.",
        "  Since 19 June 2020: 0 new, 0 gone.",
        "  Drawn up for a day before the last that records tell of (31 August 2020): bookings, "
        "reasons, notes and who is responsible are as last recorded.",
        f"  {out / 'worklist-conferences-2020-06-26.html'}",
        f"  {out / 'worklist-conferences-2020-06-26.xlsx'}",
    ]
    return out


def test_the_workbook_has_the_list_what_left_it_and_what_it_is(drawn: Path) -> None:
    """Dates are dates, numbers numbers, and siblings could stand together."""
    book = openpyxl.load_workbook(drawn / "worklist-conferences-2020-06-26.xlsx")
    assert book.sheetnames == ["List", "Gone since last week", "About"]
    head, first, *_ = book["List"].iter_rows(values_only=True)
    told = dict(zip(head, first, strict=True))
    assert told["Urgency"] == "\u25a0 late"
    assert (told["Child"], told["Family"]) == ("Q6", "FQ6")
    assert told["Strategy discussion"] == datetime(2020, 6, 1)
    assert (told["Working days since"], told["Working days left"]) == (19, -4)
    assert told["Due"] == datetime(2020, 6, 22)
    assert told["Asked for"] == datetime(2020, 6, 3)
    about = [row[0] for row in book["About"].iter_rows(values_only=True)]
    assert about[0] == "Initial child protection conferences pending"
    assert "For use inside the service only: this list names the records of children." in about


def test_what_was_asked_for_is_in_the_audit_trail_and_names_no_child(
    store: Path, drawn: Path
) -> None:
    """One entry a list, before a row is read."""
    entries = AuditTrail(store / "audit.jsonl").entries()
    found = [e for e in entries if e["act"] == "drew up a worklist"]
    assert "conferences 2020-06-26" in {e["subject"] for e in found}
    assert not any(child in str(found) for child in NEVER)


def test_the_day_after_three_were_held(store: Path, tmp_path: Path) -> None:
    """On 30 June three are gone, held late; one is left."""
    done = run(store, "worklist", "conferences", "--on", "2020-06-30", "--out", str(tmp_path))
    assert "1 conference of 1 family on 30 June 2020: 1 late." in done.stdout
    assert "0 new, 3 gone: 3 held late." in done.stdout
    page = (tmp_path / "worklist-conferences-2020-06-30.html").read_text(encoding="utf-8")
    assert page.count("held late, after 20 working days") == 3


def test_without_a_name_the_lists_are_named(store: Path) -> None:
    """And nothing is drawn up."""
    done = run(store, "worklist")
    assert done.returncode == 0
    assert [line.split()[0] for line in done.stdout.splitlines()][:3] == [
        "mash-decisions",
        "assessments",
        "conferences",
    ]
    assert done.stdout.splitlines()[-1].split()[0] == "all"


def test_all_draws_what_the_records_allow_and_says_what_they_do_not(
    store: Path, tmp_path: Path
) -> None:
    """No visits and no decisions of the hub were delivered."""
    done = run(store, "worklist", "all", "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert (
        "No records of mash decisions were received: this list cannot be drawn up." in done.stdout
    )
    assert "No records of visits were received: this list cannot be drawn up." in done.stdout
    names = {path.stem for path in tmp_path.glob("*.html")}
    assert "worklist-conferences-2020-08-31" in names
    assert "worklist-plan-visits-2020-08-31" not in names


def test_a_list_without_its_records_is_refused(store: Path) -> None:
    """An empty list would look like good news."""
    done = run(store, "worklist", "mash-decisions")
    assert done.returncode != 0
    assert done.stderr == (
        "No records of mash decisions were received: this list cannot be drawn up.\n"
        "  A list without them would say that everybody is late, or nobody.\n"
        "  Receive the return or the local table that has them (lineofsight template).\n"
    )


def test_a_day_before_the_records_is_refused(store: Path) -> None:
    """Nothing tells what happened in the week before it."""
    done = run(store, "worklist", "assessments", "--on", "2020-03-04")
    assert done.stderr == (
        "The records of assessments do not cover the week up to 4 March 2020.\n"
        "  A list says what changed since the week before.\n"
        "  Ask for another day with --on, or receive the returns that cover it.\n"
    )


def test_an_unknown_list_and_an_unknown_team_are_refused(store: Path) -> None:
    """With the nearest name."""
    assert "There is no worklist 'confernces'." in run(store, "worklist", "confernces").stderr
    done = run(store, "worklist", "conferences", "--on", "2020-06-26", "--team", "Nowhere")
    assert done.stderr.startswith(
        "There is no team 'Nowhere'.\n"
        "  It was looked for in all records that the list is drawn from.\n"
    )


def test_a_team_with_nobody_on_the_list_has_an_empty_list(tmp_path: Path) -> None:
    """Its children had their conferences weeks ago: that is good news, and no unknown team."""
    desk = Desk(tmp_path / "store", Actor("a", Role.ANALYST))
    held = {**enquiry("Q1", date(2020, 6, 1), date(2020, 6, 15)), "Allocated Team": "North"}
    waiting = {**enquiry("Q2", date(2020, 8, 17), None), "Allocated Team": "South"}
    book = write_workbook(tmp_path / "a.xlsx", {"List 5": [held, waiting]})
    desk.store.add(read_delivery(book))
    out = tmp_path / "out"
    done = run(desk.root, "worklist", "conferences", "--team", "North", "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert "0 conferences on 31 August 2020." in done.stdout
    page = (out / "worklist-conferences-2020-08-31.html").read_text(encoding="utf-8")
    assert "Only team North." in page
    assert "Nobody is on this list." in page


def test_a_day_after_the_records_says_how_far_they_reach(store: Path, tmp_path: Path) -> None:
    """What happened since is not known, and the list says so."""
    done = run(store, "worklist", "conferences", "--on", "2020-09-04", "--out", str(tmp_path))
    assert "Records of section 47 enquiries reach to 31 August 2020" in done.stdout


def test_what_nobody_delivered_is_not_recorded_rather_than_blank(tmp_path: Path) -> None:
    """From Annex A alone: no requests, no bookings, no reasons."""
    desk = Desk(tmp_path / "store", Actor("a", Role.ANALYST))
    began = date(2020, 8, 3)
    lines = [enquiry("Q1", began, None), enquiry("Q2", date(2020, 6, 1), None)]
    desk.store.add(read_delivery(write_workbook(tmp_path / "a.xlsx", {"List 5": lines})))
    done = run(desk.root, "worklist", "conferences", "--out", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    assert "1 conference of 1 family on 31 August 2020: 1 late." in done.stdout
    assert "No requests for conferences are delivered" in done.stdout
    book = openpyxl.load_workbook(tmp_path / "out" / "worklist-conferences-2020-08-31.xlsx")
    head, first = book["List"].iter_rows(values_only=True)
    told = dict(zip(head, first, strict=True))
    for column in ("Booked for", "Asked for", "Times postponed", "Reason", "Adviser's note"):
        assert told[column] == "not recorded"


def test_a_member_of_a_committee_is_refused(store: Path, tmp_path: Path) -> None:
    """No list is written, and no entry either."""
    desk = Desk(store, Actor("c", Role.COMMITTEE))
    with pytest.raises(UsageFault, match="may not do this: drew up a worklist"):
        draw_worklists(desk, "conferences", None, Part(), tmp_path, lambda step: None)
    assert list(tmp_path.iterdir()) == []


def test_a_formula_in_a_note_stays_text(tmp_path: Path) -> None:
    """What a record holds is shown, and never run."""
    from lineofsight.returns.cover import RETURN
    from lineofsight.returns.local import CONFERENCES

    desk = Desk(tmp_path / "store", Actor("a", Role.ANALYST))
    asked = {**asked_for("Q1", date(2020, 8, 17), None), "Adviser's note": "=1+1 <b>soon</b>"}
    annex = {"List 5": [enquiry("Q1", date(2020, 8, 17), None)]}
    cover = {**COVER, RETURN: "Local tables"}
    desk.store.add(read_delivery(write_workbook(tmp_path / "a.xlsx", annex)))
    local = write_workbook(
        tmp_path / "l.xlsx", {CONFERENCES.title: [asked]}, sheets=[CONFERENCES], cover=cover
    )
    desk.store.add(read_delivery(local))
    out = tmp_path / "out"
    draw_worklists(desk, "conferences", None, Part(), out, lambda step: None)
    book = openpyxl.load_workbook(out / "worklist-conferences-2020-08-31.xlsx")
    values = [cell for row in book["List"].iter_rows() for cell in row]
    assert [c.data_type for c in values if c.value == "=1+1 <b>soon</b>"] == ["s"]
    page = (out / "worklist-conferences-2020-08-31.html").read_text(encoding="utf-8")
    assert "=1+1 &lt;b&gt;soon&lt;/b&gt;" in page


needs_chromium = pytest.mark.skipif(
    CHROMIUM is None,
    reason="Chromium is not on this machine: install Debian's package 'chromium' to run axe.",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield chromium
        chromium.close()


def opened(browser: Browser, drawn: Path, width: int) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto((drawn / "worklist-conferences-2020-06-26.html").as_uri())
    return page


@needs_chromium
@pytest.mark.parametrize("width", [1400, 390])
def test_axe_finds_no_fault_and_nothing_runs_off(browser: Browser, drawn: Path, width: int) -> None:
    page = opened(browser, drawn, width)
    found = Axe().run(page)
    across = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert found.violations_count == 0, found.generate_report()
    assert across <= width


@needs_chromium
def test_the_list_is_filtered_from_the_keyboard_and_says_how_many_are_left(
    browser: Browser, drawn: Path
) -> None:
    """Tab to the tick box, space: nobody is new; tab to the button, enter: all are back."""
    page = opened(browser, drawn, 1400)
    shown = page.locator("#rows tbody tr:visible")
    assert shown.count() == 4
    page.get_by_label("Only new since last week").focus()
    page.keyboard.press("Space")
    assert page.get_by_role("status").inner_text() == "0 of 4 rows shown."
    assert shown.count() == 0
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("document.getElementById('count').textContent.startsWith('4 of 4')")
    assert shown.count() == 4
    page.get_by_label("Urgency").select_option("late")
    assert page.get_by_role("status").inner_text() == "4 of 4 rows shown."
    page.close()


@pytest.fixture(scope="module")
def advisers(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The adviser's page of 26 June."""
    out = tmp_path_factory.mktemp("adviser")
    done = run(store, "worklist", "adviser", "--on", "2020-06-26", "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert "Escalations: 0 open on 26 June 2020" in done.stdout
    return out / "worklist-adviser-2020-06-26.html"


@needs_chromium
def test_the_advisers_week_is_one_sheet_of_a4(browser: Browser, advisers: Path) -> None:
    """Printed as it stands."""
    page = browser.new_page()
    page.goto(advisers.as_uri())
    sheets = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    page.close()
    assert len(sheets.pages) == 1
    width, height = (float(n) for n in sheets.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (595, 842)


@needs_chromium
@pytest.mark.parametrize("width", [1400, 390])
def test_axe_finds_no_fault_in_the_advisers_week(
    browser: Browser, advisers: Path, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(advisers.as_uri())
    found = Axe().run(page)
    across = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert found.violations_count == 0, found.generate_report()
    assert across <= width


def test_the_advisers_week_is_not_cut_up(store: Path) -> None:
    """Themes of a part would be taken for themes of all."""
    done = run(store, "worklist", "adviser", "--team", "North")
    assert done.stderr == (
        "The adviser's week is not divided by teams or workers.\n"
        "  Options --team and --worker.\n"
        "  Leave them out, or ask for the list 'conferences' with them.\n"
    )
