"""Publishing, drawing again, checking and comparing editions, as a person types it."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from lineofsight.returns.cover import AS_AT
from tests.deliveries import COVER, write_workbook
from tests.functional.test_command_line import run

PAPER = ("overview", "--month", "2020-07", "--prepared-on", "2020-08-21", "--audience", "service")
COMMENTARY = """# Commentary, July 2020

## front_door.referrals_received
Author: Head of Service, Front Door; 14 August 2020

Schools were closed for most of the period.
"""


def referral(child: str, day: int) -> dict[str, object]:
    """A referral of July 2020 as list 3 has it."""
    said = {"Referral NFA?": "No", "Referral Source": "Schools"}
    return {"Child Unique ID": child, "Date of Referral": date(2020, 7, day), **said}


@dataclass(frozen=True)
class Published:
    """A store with two editions of July, a late referral between them, and what was printed."""

    store: Path
    out: Path
    again: Path
    first: subprocess.CompletedProcess[str]
    second: subprocess.CompletedProcess[str]


def deliver(store: Path, folder: Path, name: str, *rows: dict[str, object], as_at: date) -> None:
    """Write and receive a workbook of Annex A for March to August 2020."""
    path = write_workbook(folder / name, {"List 3": rows}, cover={**COVER, AS_AT: as_at})
    done = run(store, "receive", str(path))
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """July published, then published again with a referral that had been entered late."""
    folder = tmp_path_factory.mktemp("published")
    store, out, again = (folder / name for name in ("store", "out", "again"))
    (folder / "commentary.md").write_text(COMMENTARY, encoding="utf-8")
    first, late = referral("CHILD-1", 3), referral("CHILD-2", 30)
    deliver(store, folder, "one.xlsx", first, as_at=date(2020, 8, 31))
    said = run(store, *PAPER, "--out", str(out), "--commentary", str(folder / "commentary.md"))
    deliver(store, folder, "two.xlsx", first, late, as_at=date(2020, 9, 7))
    return Published(store, out, again, said, run(store, *PAPER, "--out", str(again)))


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by name, those of a folder inside it and of an archive among them."""
    found = {}
    for path in (path for path in folder.rglob("*") if path.is_file()):
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                found |= {f"{path.stem}/{n}": archive.read(n) for n in archive.namelist()}
        else:
            found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


def papers(folder: Path) -> list[str]:
    """The papers of a folder, the folder of pages named once."""
    return sorted({name.partition("/")[0] for name in files(folder)})


PAPERS = [f"overview-2020-07-service{end}" for end in ("-pages", ".docx", ".html", ".pdf", ".xlsx")]


def test_an_overview_is_kept_as_an_edition_and_printed(published: Published) -> None:
    """The next number where the month was published before; each act is in the record."""
    assert published.first.returncode == 0, published.first.stderr
    assert published.first.stdout.splitlines()[-1] == "Kept as edition 2020-07-1."
    assert published.second.stdout.splitlines()[-1] == "Kept as edition 2020-07-2."
    trail = (published.store / "audit.jsonl").read_text(encoding="utf-8").splitlines()
    acts = [(e["act"], e["subject"]) for e in map(json.loads, trail)][1:3]
    assert acts == [
        ("made an overview", "2020-07, service"),
        ("began to freeze an edition", "2020-07-1"),
    ]
    kept = files(published.store / "editions" / "2020-07-1")
    assert {name: kept[name] for name in files(published.out)} == files(published.out)
    assert kept["commentary.md"].decode() == COMMENTARY


def test_no_child_is_in_an_edition(published: Published) -> None:
    for content in files(published.store / "editions" / "2020-07-2").values():
        assert b"CHILD-" not in content


def test_the_list_says_what_each_edition_rests_on(published: Published) -> None:
    done = run(published.store, "edition", "list")
    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["2020-07-1", "2020-07-2"]
    form = (
        r"2020-07-1  prepared on 21 August 2020, published \d{4}-\d\d-\d\d \d\d:\d\d UTC by \S+; "
        r"rests on 1 delivery known at \d{4}-\d\d-\d\d \d\d:\d\d UTC; Line of Sight \d.*"
    )
    assert re.fullmatch(form, lines[0])
    assert "rests on 2 deliveries" in lines[1]


def test_an_edition_is_drawn_again_byte_for_byte(published: Published, tmp_path: Path) -> None:
    """In another process, after the records have changed: all four formats, and every page."""
    done = run(published.store, "edition", "rebuild", "2020-07-1", "--out", str(tmp_path / "r"))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "Every byte is what was published as edition 2020-07-1."
    assert files(tmp_path / "r") == files(published.out)
    assert papers(published.out) == PAPERS
    trail = (published.store / "audit.jsonl").read_text(encoding="utf-8")
    assert '"act": "drew the papers of an edition again", "subject": "2020-07-1"' in trail


def test_papers_that_another_version_made_are_said_to_differ(
    published: Published, tmp_path: Path
) -> None:
    """As if an older version had drawn the page otherwise; --strict then writes nothing."""
    facts = published.store / "editions" / "2020-07-2" / "edition.json"
    kept = facts.read_text(encoding="utf-8")
    told = json.loads(kept)
    told["software"] |= {"source_sha256": "0" * 64, "version": "0.0.9", "commit": ""}
    told["papers"][0]["sha256"] = "0" * 64
    facts.write_text(json.dumps(told), encoding="utf-8")
    rebuild = ("edition", "rebuild", "2020-07-2", "--out", str(tmp_path / "r"))
    try:
        strict = run(published.store, *rebuild, "--strict")
        assert (strict.returncode, files(tmp_path / "r")) == (2, {})
        lines = strict.stderr.splitlines()
        assert lines[0].startswith(
            "Drawn again, overview-2020-07-service.html would not be what was published: Line of "
            "Sight is another one (0.0.9, source 00000000 then, "
        )
        assert lines[1] == "  Edition 2020-07-2. Nothing was written."
        done = run(published.store, *rebuild)
    finally:
        facts.write_text(kept, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].startswith(
        "Not byte for byte what was published: overview-2020-07-service.html, because Line of "
        "Sight is another one (0.0.9, source 00000000 then, "
    )
    assert files(tmp_path / "r") == files(published.again)


def test_an_edition_is_checked(published: Published) -> None:
    """Whole, and with one paper replaced."""
    done = run(published.store, "edition", "check", "2020-07-1")
    # Three frozen parts, the commentary, four papers, the pages; this store has no settings.
    assert done.stdout == "Edition 2020-07-1: 9 files compared, all are what was kept.\n"
    paper = published.store / "editions" / "2020-07-1" / "overview-2020-07-service.pdf"
    kept = paper.read_bytes()
    paper.write_bytes(kept[:-1])
    damaged = run(published.store, "edition", "check", "2020-07-1")
    paper.write_bytes(kept)
    assert damaged.returncode == 4
    assert damaged.stderr == (
        "A file of the edition is not what was kept.\n"
        "  Edition 2020-07-1, file overview-2020-07-service.pdf.\n"
        "  Restore the folder of this edition from a backup.\n"
    )


def test_two_editions_are_compared(published: Published) -> None:
    """One referral became two."""
    done = run(published.store, "edition", "compare", "2020-07-1", "2020-07-2")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "Edition 2020-07-1 and edition 2020-07-2"
    assert "  front_door.referrals_received, July 2020  1 → 2" in lines


def test_a_draft_is_no_edition(published: Published, tmp_path: Path) -> None:
    done = run(published.store, *PAPER, "--draft", "--out", str(tmp_path))
    assert done.stdout.splitlines()[-1] == "A draft: no edition was kept."
    assert papers(tmp_path) == PAPERS
    assert len(list((published.store / "editions").iterdir())) == 2


def test_restated_says_old_and_new_and_lists_rows_only_when_asked(published: Published) -> None:
    """Since the second edition nothing changed; as known on the day of delivery neither."""
    done = run(published.store, "restated", "2020-07")
    assert done.stdout == (
        "July 2020, as published in edition 2020-07-2, prepared on 21 August 2020, and as known "
        "now\nNo figure has changed.\n"
    )
    trail = (published.store / "audit.jsonl").read_text(encoding="utf-8")
    assert "restated a figure" not in trail


def test_the_list_of_restated_months_is_a_page_and_a_table(
    published: Published, tmp_path: Path
) -> None:
    """The second edition is put aside: July was last published with one referral."""
    second = published.store / "editions" / "2020-07-2"
    second.rename(published.store / "aside")
    try:
        done = run(published.store, "restated", "--indicator", "referrals_r", "--out",
                   str(tmp_path))  # fmt: skip
        rows = run(published.store, "restated", "2020-07", "--indicator", "referrals_r", "--rows")
    finally:
        (published.store / "aside").rename(second)
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "restated-months.csv").read_text(encoding="utf-8-sig")
    table = list(csv.DictReader(text.splitlines()))
    told = [(r["month"], r["edition"], r["period"], r["numerator then"], r["numerator now"])
            for r in table]  # fmt: skip
    # Records were delivered from March on: twelve months are five.
    assert told == [
        ("2020-07", "2020-07-1", "July 2020", "1", "2"),
        ("2020-07", "2020-07-1", "5 months to July 2020", "1", "2"),
    ]
    page = (tmp_path / "restated-months.html").read_text(encoding="utf-8")
    assert "July 2020: as published in edition 2020-07-1" in page
    assert "CHILD-" not in page + text + done.stdout
    (line,) = [line for line in rows.stdout.splitlines() if "came in" in line]
    assert "CHILD-2: referred_on 2020-07-30" in line
    assert "two.xlsx, sheet 'List 3', row 3; submission annex-a-2020-09-07-" in line
    assert line.endswith("; then not on record")
    trail = (published.store / "audit.jsonl").read_text(encoding="utf-8").splitlines()
    last = json.loads(trail[-1])
    assert last["act"] == "listed the records that restated a figure"
    assert last["subject"] == "front_door.referrals_received, 2020-07"


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("edition", "check", "2020-07-9"), "There is no edition '2020-07-9'."),
        (("restated", "2019-01"), "No deliveries cover January 2019 whole."),
        (("restated", "2020-07", "--indicator", "zebra"), "There is no indicator like 'zebra'."),
        (("restated", "--rows"), "Usage: "),
    ],
)
def test_what_does_not_exist_is_said(
    published: Published, arguments: tuple[str, ...], what: str
) -> None:
    done = run(published.store, *arguments)
    assert done.returncode == 2
    assert done.stderr.startswith(what)
