"""Reviews as a person asks for them: what is printed, what is written, and what is refused."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from lineofsight import reviewing
from lineofsight.access.audit import AuditTrail
from lineofsight.access.roles import Actor, Role
from lineofsight.desk import Desk
from lineofsight.errors import UnknownName, UsageFault
from lineofsight.reference.periods import Month
from lineofsight.returns.cover import DATA_FROM, RETURN
from lineofsight.returns.local import AUDITS, CONFERENCES, PANEL
from lineofsight.returns.submission import read_delivery
from lineofsight.reviews.clocks_reviewed import find_clock, icpc
from lineofsight.reviews.drivers_told import tell_drivers
from lineofsight.reviews.stocks_reviewed import find_stock
from lineofsight.reviews.written import page_of
from tests.deliveries import COVER, write_workbook
from tests.functional.test_command_line import run
from tests.functional.test_overview_page import CHROMIUM, FLAGS
from tests.spec.reviews.test_causes_of_delay import reviewed

MONTH = Month.parse("2020-08")
ANALYST = Actor("a", Role.ANALYST)


def enquiry(child: str, began: date, held: date | None) -> dict[str, object]:
    """A line of List 5: an enquiry that goes to a conference."""
    return {
        "Child Unique ID": child,
        "Gender": "Female",
        "Strategy discussion initiating Section 47 Enquiry Start Date": began,
        "Was an Initial Child Protection Conference deemed unnecessary?": "No",
        "Date of Initial Child Protection Conference": held,
        "Did the Initial Child Protection Conference Result in a Child Protection Plan": "Yes",
    }


def asked_for(child: str, began: date, held: date | None) -> dict[str, object]:
    """A line of the conference requests: asked for two days later, first booked for day 14."""
    return {
        "Child": child,
        "Family": f"F{child}",
        "Strategy discussion on": began,
        "Requested on": began + timedelta(days=2),
        "First booked for": began + timedelta(days=14),
        "Held on": held,
        "Times postponed": 0 if held == began + timedelta(days=14) else 1,
    }


def received(folder: Path, covered: dict[str, object]) -> Path:
    """Ten enquiries of June 2020: six conferences after 14 days, three after 28, one to come."""
    began = date(2020, 6, 1)
    waits = [*((n, 14) for n in range(6)), *((n, 28) for n in range(6, 9)), (9, None)]
    lines = [
        (f"Q{n}", began, began + timedelta(days=length) if length else None) for n, length in waits
    ]
    desk = Desk(folder / "store", ANALYST)
    annex_a = write_workbook(
        folder / "annex.xlsx", {"List 5": [enquiry(*line) for line in lines]}, cover=covered
    )
    local = write_workbook(
        folder / "local.xlsx",
        {CONFERENCES.title: [asked_for(*line) for line in lines]},
        sheets=[CONFERENCES],
        cover={**covered, RETURN: "Local tables"},
    )
    for path in (annex_a, local):
        desk.store.add(read_delivery(path))
    return folder / "store"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ten enquiries, in deliveries of six months."""
    return received(tmp_path_factory.mktemp("reviews"), COVER)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ten enquiries, in deliveries of a year."""
    return received(tmp_path_factory.mktemp("year"), {**COVER, DATA_FROM: date(2019, 9, 1)})


def test_a_review_says_first_what_became_of_the_children(store: Path, tmp_path: Path) -> None:
    """Six of ten after ten working days (14 days), three after twenty, one waiting past day 15."""
    asked = ("review", "timeliness", "icpc", "--month", "2020-08", "--months", "3")
    done = run(store, *asked, "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[2] == (
        "Of the 10 children whose enquiry began from June 2020 to August 2020, 60% (95% interval "
        "31% to 83%) had their conference by working day 15, 90% by day 20; none ended without "
        "one; one is still waiting, past day 15."
    )
    assert lines[4:6] == [
        "Of 15 working days beyond the limit, 100% arose in the stage 'first day booked to "
        "conference', which took 3.3 working days on average and is allowed 0.",
        "If every conference had been held on the day it was first booked for, 100% instead of "
        "67% would have been in time.",
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "review-timeliness-icpc-2020-08.html",
        "review-timeliness-icpc-2020-08.xlsx",
    ]


def test_the_workbook_has_the_tables_of_the_page_as_numbers(store: Path, tmp_path: Path) -> None:
    """June 2020: ten children, 60% in time, nine held, one late and waiting."""
    desk = Desk(store, ANALYST)
    found = reviewing.review_of_timeliness(desk, "icpc", MONTH, 3, tmp_path, lambda step: None)
    book = openpyxl.load_workbook(found.paths[1])
    assert book.sheetnames == ["About", *(table.name for table in found.report.tables)]
    head, june, *_ = book["By month"].iter_rows(values_only=True)
    assert head[:3] == ("Month", "Children", "In time (day 15) (%)")
    assert june[:9] == ("June 2020", 10, 60, 31, 83, 9, 0, 1, 0)
    page = found.paths[0].read_text(encoding="utf-8")
    assert "For use inside the service only" in page
    assert "Q1" not in page, "no child's identifier leaves a review"


def test_the_steps_lead_from_the_published_figure(store: Path, tmp_path: Path) -> None:
    """Nine held of whom six in time; one still waiting makes six of ten."""
    desk = Desk(store, ANALYST)
    found = reviewing.review_of_timeliness(desk, "icpc", MONTH, 3, tmp_path, lambda step: None)
    (steps,) = (
        table for table in found.report.tables if table.name == "From published to followed"
    )
    assert [row[1:3] for row in steps.rows] == [(9, 6), (1, 0), (10, 6)]


def test_the_act_is_recorded_before_a_row_is_read(store: Path, tmp_path: Path) -> None:
    """Even where nothing can be reviewed."""
    desk = Desk(store, ANALYST)
    with pytest.raises(UsageFault):
        reviewing.review_of_flow(desk, "plans", MONTH, 48, None, tmp_path, lambda step: None)
    entry = AuditTrail(store / "audit.jsonl").entries()[-1]
    assert (entry["act"], entry["subject"]) == (
        "reviewed delay, flow, thresholds or capacity",
        "flow plans 2020-08",
    )
    assert list(tmp_path.iterdir()) == []


def test_a_committee_member_may_not_review(store: Path, tmp_path: Path) -> None:
    """Reviews are for inside the service."""
    desk = Desk(store, Actor("c", Role.COMMITTEE))
    with pytest.raises(
        UsageFault, match="may not do this: reviewed delay, flow, thresholds or capacity"
    ):
        reviewing.review_of_timeliness(desk, "icpc", MONTH, 3, tmp_path, lambda step: None)
    assert list(tmp_path.iterdir()) == []


def test_months_in_which_nothing_began_are_refused(store: Path, tmp_path: Path) -> None:
    """July 2020 has records, and no enquiry."""
    desk = Desk(store, ANALYST)
    july = Month.parse("2020-07")
    with pytest.raises(UsageFault) as told:
        reviewing.review_of_timeliness(desk, "icpc", july, 1, tmp_path, lambda step: None)
    assert str(told.value) == (
        "There is nothing to review: no strategy discussion from July 2020 to July 2020.\n"
        "  The table is 'initial_conferences'.\n"
        "  Ask for other months with --month and --months."
    )


def test_one_month_is_spoken_of_as_one(store: Path, tmp_path: Path) -> None:
    """Not 'from June 2020 to June 2020'."""
    desk = Desk(store, ANALYST)
    june = Month.parse("2020-06")
    found = reviewing.review_of_timeliness(desk, "icpc", june, 1, tmp_path, lambda step: None)
    assert found.report.summary[0].startswith(
        "Of the 10 children whose enquiry began in June 2020, 60% (95% interval 31% to 83%)"
    )


def test_months_that_no_records_cover_are_refused(store: Path, tmp_path: Path) -> None:
    """Three sentences, and exit code 2."""
    done = run(store, "review", "timeliness", "icpc", "--month", "2020-08", "--out", str(tmp_path))
    assert done.returncode == 2
    assert done.stderr == (
        "The records of initial conferences do not cover September 2018 to August 2020.\n"
        "  A review counts everything that began or ended in these months.\n"
        "  Ask for fewer months with --months, or receive the returns that cover them.\n"
    )


def test_an_unknown_review_is_answered_with_the_known() -> None:
    """And with the nearest."""
    with pytest.raises(UnknownName, match="review of timeliness 'iccp'") as told:
        find_clock("iccp")
    assert str(told.value).endswith(
        "There are: icpc, assessments, core-groups.\n  Did you mean 'icpc'?"
    )
    with pytest.raises(UnknownName, match="review of flow 'plan'") as told:
        find_stock("plan")
    assert str(told.value).endswith("There are: plans, looked-after.\n  Did you mean 'plans'?")


def test_capacity_says_how_likely_it_is_to_be_in_time(year: Path, tmp_path: Path) -> None:
    """Of ten conferences asked for one is pending, long past its day; five slots are plenty."""
    asked = ("review", "capacity", "conferences", "--on", "2020-08-31", "--slots", "5")
    done = run(year, *asked, "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "Review of capacity: child protection conferences"
    assert lines[2].startswith("With 5 conference slots a week (as asked for with --slots), a ")
    assert lines[3].startswith("Reviews pay for it: of those falling due in the 26 weeks 0% are ")
    assert lines[4].startswith("Of the 9 conferences asked for in the year before and held, 67% ")
    assert lines[6].startswith(
        "Already past their day: initial conferences asked for 1, reviews 0."
    )
    page = (tmp_path / "review-capacity-conferences-2020-08-31.html").read_text(encoding="utf-8")
    assert "For use inside the service only" in page
    assert "Q9" not in page, "no child's identifier leaves a review"


def test_capacity_is_refused_where_nothing_tells_the_slots(year: Path, tmp_path: Path) -> None:
    """No reviews are delivered, so what was held is not known either; nothing is written."""
    asked = ("review", "capacity", "conferences", "--on", "2020-08-31")
    done = run(year, *asked, "--out", str(tmp_path))
    assert done.returncode != 0
    assert done.stderr.strip().endswith(
        "How many conference slots there are a week is not known.\n"
        "  It is estimated from conferences held, and no child protection reviews are delivered.\n"
        "  Give it with --slots, or in authority.toml under [conferences]."
    )
    assert not list(tmp_path.iterdir())


def test_capacity_is_refused_for_less_than_a_year(store: Path, tmp_path: Path) -> None:
    """Half a year's conferences taken for a year's would halve what is to come."""
    asked = ("review", "capacity", "conferences", "--slots", "5")
    done = run(store, *asked, "--out", str(tmp_path))
    assert done.returncode == 2
    tables = ("section 47 enquiries", "child protection plans", "conference requests", "initial")
    for table in tables:
        assert f"The records of {table}" in done.stderr
    assert "do not cover 3 September 2019 to 31 August 2020.\n" in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.fixture(scope="module")
def capacity_page(year: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    out = tmp_path_factory.mktemp("capacity")
    desk, on = Desk(year, ANALYST), date(2020, 8, 31)
    return reviewing.review_of_capacity(desk, on, 5, out, lambda step: None).paths[0].as_uri()


@pytest.fixture(scope="module")
def page(store: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A review with everything a page can hold: stages, months, and a named circumstance."""
    out = tmp_path_factory.mktemp("page")
    desk = Desk(store, ANALYST)
    report = reviewing.review_of_timeliness(desk, "icpc", MONTH, 3, out, lambda step: None).report
    named = tuple(tell_drivers(reviewed("team", 0), icpc))
    others = tuple(one for one in report.sections if one.heading != named[0].heading)
    whole = dataclasses.replace(report, sections=(*others, *named))
    path = out / "whole.html"
    path.write_text(page_of(whole), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield chromium
        chromium.close()


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not on this machine: it runs axe.")
@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("which", ["page", "capacity_page"])
def test_axe_finds_no_fault_and_nothing_scrolls_sideways(
    browser: Browser, which: str, width: int, request: pytest.FixtureRequest
) -> None:
    """Wide and on a telephone."""
    shown = browser.new_page(viewport={"width": width, "height": 900})
    shown.goto(request.getfixturevalue(which))
    found = Axe().run(shown)
    across = shown.evaluate("document.documentElement.scrollWidth")
    shown.close()
    assert found.violations_count == 0, found.generate_report()
    assert across <= width


def test_a_review_of_assurance_and_of_the_panel_from_their_local_tables(tmp_path: Path) -> None:
    """Received as a council hands them in; printed without a child, written, and in the trail."""
    desk = Desk(tmp_path / "store", ANALYST)
    audited = {"Child": "Q1", "Audited on": date(2020, 8, 3), "Theme": "MASH decision",
               "Auditor satisfied": "Yes", "Grade": "Good"}  # fmt: skip
    heard = {"Child": "Q1", "Heard on": date(2020, 8, 5), "Decision": "Support at home agreed"}
    cover = {**COVER, RETURN: "Local tables"}
    local = write_workbook(
        tmp_path / "l.xlsx",
        {AUDITS.title: [audited], PANEL.title: [heard]},
        sheets=[AUDITS, PANEL],
        cover=cover,
    )
    entered = {"Child Unique ID": "Q1", "Date Started to be Looked After": date(2020, 8, 10)}
    annex_a = write_workbook(tmp_path / "a.xlsx", {"List 8": [entered]})
    for path in (annex_a, local):
        desk.store.add(read_delivery(path))
    for name, said in (
        ("assurance", "MASH decision: the auditor was satisfied in 100%"),
        (
            "panel",
            "Entries to care since then: 1, of which 0 were not heard and 0 are not heard yet.",
        ),
    ):
        out = tmp_path / "out"
        done = run(
            desk.root, "review", name, "--month", "2020-08", "--months", "6", "--out", str(out)
        )
        assert done.returncode == 0, done.stderr
        assert said in done.stdout
        assert "Q1" not in done.stdout
        assert "Q1" not in (out / f"review-{name}-2020-08.html").read_text(encoding="utf-8")
        assert (out / f"review-{name}-2020-08.xlsx").exists()
    subjects = {e["subject"] for e in AuditTrail(desk.root / "audit.jsonl").entries()}
    assert {"assurance 2020-08", "panel 2020-08"} <= subjects


@pytest.mark.parametrize("name", ["assurance", "panel"])
def test_a_review_of_what_was_not_received_is_refused(store: Path, name: str) -> None:
    """No audits and no panel in this store."""
    done = run(store, "review", name, "--month", "2020-08")
    assert done.returncode != 0
    assert "do not cover September 2019 to August 2020." in done.stderr
