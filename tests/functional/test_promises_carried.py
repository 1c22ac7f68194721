"""Three months of one small authority: promised, silent, reported, and then told no more."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lineofsight import commenting, cycle, disclosing, memory
from lineofsight.access.roles import Actor, Role
from lineofsight.desk import Desk
from lineofsight.errors import UsageFault
from lineofsight.overview.careful import Identifiers
from lineofsight.overview.overview import Overview
from lineofsight.overview.promises import promised_to_anybody
from lineofsight.receiving import Window, receive
from lineofsight.reference.periods import Month
from lineofsight.returns.cover import AS_AT
from tests.deliveries import COVER, write_workbook
from tests.functional.test_command_line import run

JUNE = """# Commentary, June 2020

## front_door.referrals_received
Action: Visit every school | Owner: Head of Service | Due: 2020-07-31
Action: Print new leaflets | Owner: Manager | Due: 2020-10-31
"""
REPORT = "Author: Head of Service; 14 September 2020\n"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A store with a referral a month; nothing is published yet."""
    folder = tmp_path_factory.mktemp("promises")
    said = {"Referral NFA?": "No", "Referral Source": "Schools"}
    rows = [
        {"Child Unique ID": f"CHILD-{n}", "Date of Referral": date(2020, n, 3), **said}
        for n in range(3, 9)
    ]
    path = write_workbook(
        folder / "one.xlsx", {"List 3": rows}, cover={**COVER, AS_AT: date(2020, 8, 31)}
    )
    found = Desk(folder / "store", Actor("test", Role.ANALYST))
    receive(found, path, Window())
    return found


def published(desk: Desk, month: str, on: date, commentary: Path | None, out: Path) -> Overview:
    """Publish a month as a web page alone, and give its paper."""
    judged = cycle.judge(desk, Month.parse(month), on)
    paper = memory.overview(desk, judged, on, commentary)
    memory.publish(desk, judged, paper, commentary, out, suffixes=("html",))
    return paper


def told(paper: Overview) -> list[tuple[str, str, str]]:
    """How each promise of a paper stands."""
    return [(p.text, p.state, p.outcome or p.unsaid) for p in paper.one_page.promises]


def test_a_promise_goes_from_edition_to_edition_until_it_is_kept(
    desk: Desk, tmp_path: Path
) -> None:
    june = tmp_path / "june.md"
    june.write_text(JUNE, encoding="utf-8")
    first = published(desk, "2020-06", date(2020, 7, 20), june, tmp_path)
    assert first.one_page.promises_said == "Nothing was promised: there is no earlier edition."

    # In July nobody wrote anything: both are carried by themselves.
    july = published(desk, "2020-07", date(2020, 8, 20), None, tmp_path)
    assert told(july) == [
        ("Visit every school", "Overdue by 20 days", "Nothing was reported."),
        ("Print new leaflets", "In time", "Nothing was reported."),
    ]

    # The form of August asks about both; one is answered.
    done = run(desk.root, "commentary", "--month", "2020-08", "--prepared-on", "2020-09-21",
               "--out", str(tmp_path))  # fmt: skip
    form = tmp_path / "commentary-2020-08.md"
    assert (done.returncode, done.stdout.strip()) == (0, str(form))
    text = form.read_text(encoding="utf-8")
    assert "<!-- Promised in edition 2020-06-1 by Head of Service, due 31 July 2020. -->" in text
    text = text.replace("Author:\n", REPORT).replace(
        "Outcome: Visit every school |",
        "Outcome: Visit every school | Done | 2020-09-10 | All were seen.",
    )
    form.write_text(text, encoding="utf-8")
    august = published(desk, "2020-08", date(2020, 9, 21), form, tmp_path)
    assert told(august) == [
        ("Print new leaflets", "In time", "Nothing was reported."),
        ("Visit every school", "Done on 10 September 2020, 41 days late", "All were seen."),
    ]
    assert {p.made_in for p in august.one_page.promises} == {"June 2020 (2020-06-1)"}
    page = (tmp_path / "overview-2020-08-service.html").read_text(encoding="utf-8")
    assert "Outcome of an action" in page
    assert "Visit every school: done on 10 September 2020. All were seen." in page

    # What was reported as done is not asked for again.
    later = memory.papers_before(desk, Month.parse("2020-09"))
    assert [p.text for p in promised_to_anybody(later)] == ["Print new leaflets"]


def test_a_form_is_not_written_over_what_officers_wrote(desk: Desk, tmp_path: Path) -> None:
    mine = tmp_path / "commentary-2020-08.md"
    mine.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageFault) as refusal:
        commenting.write_form(desk, Month.parse("2020-08"), date(2020, 9, 21), tmp_path)
    assert str(refusal.value) == (
        "There is a commentary of that month already.\n"
        "  File: commentary-2020-08.md. It was left as it is.\n"
        "  Fill that one in, or choose another folder with --out."
    )
    assert mine.read_text(encoding="utf-8") == "mine"


def test_the_records_say_who_must_not_be_named(desk: Desk) -> None:
    children = frozenset(f"CHILD-{n}" for n in range(3, 9))
    assert disclosing.identifiers_of(desk.journey()) == Identifiers(children=children)
