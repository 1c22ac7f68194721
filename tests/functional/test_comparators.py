"""Comparators as a person keeps them: added as downloaded, listed, shown, and used."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.functional.test_command_line import run
from tests.published_drawn import (
    LIST_HEADER,
    PLANS,
    TEN,
    draw,
    england,
    local,
    on_plans,
    south_east,
)

NEAREST = ("851", "373", "874", "879", "831")


@pytest.fixture
def download(tmp_path: Path) -> Path:
    """The zipped download of a release: one table that is read, one that is not, and a guide."""
    folder = tmp_path / "release"
    folder.mkdir()
    rates = ("40.0", "50.0", "60.0", "90.0", "c")
    neighbours = [
        f"{local(code, 2022)},{on_plans('c' if rate == 'c' else '100', rate)}"
        for code, rate in zip(NEAREST, rates, strict=True)
    ]
    draw(
        folder,
        "d1.csv",
        PLANS,
        f"{england(2022)},{on_plans('50920', '42.1')}",
        f"{south_east(2022)},{on_plans('8400', '41.5')}",
        f"{local('852', 2022, 'Southampton')},{on_plans('480', '96.2')}",
        *neighbours,
    )
    draw(folder, "a6.csv", "Neglect_Initial", f"{england(2022)},1")
    path = tmp_path / "release.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, f"data/{file.name}")
        archive.writestr("data-guidance.txt", "guide")
    return path


def test_a_download_is_added_listed_and_shown(tmp_path: Path, download: Path) -> None:
    store = tmp_path / "store"
    added = run(store, "comparators", "add", str(download), "--published-on", "2022-10-27")
    assert (added.returncode, added.stderr) == (0, "")
    assert added.stdout == (
        "d1.csv: Children in need 2022, child protection plans; 2022; published on 27 October "
        "2022.\n"
        "Left aside, as no comparator is read from them: a6.csv.\n"
        "1 added, 0 there already, 1 left aside, 0 refused.\n"
    )
    again = run(store, "comparators", "add", str(download))
    assert again.returncode == 0
    assert "is in the store already.\n" in again.stdout
    assert "0 added, 1 there already, 1 left aside, 0 refused." in again.stdout
    listed = run(store, "comparators", "list").stdout
    assert listed.splitlines()[:2] == [
        "Children in need 2022, child protection plans",
        "  2022; published on 27 October 2022",
    ]
    shown = run(store, "comparators", "show", "child_protection.plan_rate", "--authority", "852")
    assert shown.returncode == 0, shown.stderr
    assert [" ".join(line.split()) for line in shown.stdout.splitlines()] == [
        "Rate of children on a child protection plan at 31 March per 10,000 children, Southampton",
        "Children in need, child protection plans (Department for Education)",
        "",
        "31 March 2022",
        "Southampton 96.2 per 10,000",
        "Statistical neighbours 60.0 per 10,000; median 55.0, 4 of 10 neighbours, list of "
        "April 2021; Children in need 2022, published 27 October 2022",
        "South East 41.5 per 10,000; Children in need 2022, published 27 October 2022",
        "England 42.1 per 10,000; Children in need 2022, published 27 October 2022",
        "neighbour Place 831 published as 'c': suppressed so that no child can be identified",
    ]
    one = run(
        store, "comparators", "show", "child_protection.plan_rate", "--authority", "852",
        "--year", "2022",
    ).stdout  # fmt: skip
    assert "neighbour Place 851" in one
    early = run(
        store, "comparators", "show", "child_protection.plan_rate", "--authority", "852",
        "--known-on", "2022-10-26",
    )  # fmt: skip
    assert early.returncode == 2
    assert "holds no published tables that were published by 26 October 2022." in early.stderr


def test_who_added_what_is_on_record_and_no_path_is(tmp_path: Path, download: Path) -> None:
    store = tmp_path / "store"
    run(store, "comparators", "add", str(download))
    entries = [json.loads(line) for line in (store / "audit.jsonl").read_text().splitlines()]
    assert [entry["act"] for entry in entries] == ["began to add published comparators"]
    assert entries[0]["subject"].startswith("children-in-need-2022-child-protection-plans-")
    kept = next((store / "comparators").glob("*/holding.json")).read_text(encoding="utf-8")
    assert str(tmp_path) not in kept


def test_all_faults_are_said_and_what_is_in_order_is_taken(tmp_path: Path, download: Path) -> None:
    store, letter, unknown = tmp_path / "store", tmp_path / "letter.csv", tmp_path / "list.csv"
    letter.write_text("Dear all,\n", encoding="utf-8")
    unknown.write_text(f"{LIST_HEADER}\n852,Southampton,6,South East,{TEN}\n", encoding="utf-8")
    done = run(store, "comparators", "add", str(letter), str(unknown), str(download))
    assert done.returncode == 2
    assert "1 added, 0 there already, 1 left aside, 2 refused." in done.stdout
    assert "The file is neither a published table nor a list" in done.stderr
    assert "--issued 2025-05" in done.stderr
    issued = run(store, "comparators", "add", str(unknown), "--issued", "2014-10")
    assert issued.returncode == 0, issued.stderr
    assert "Statistical neighbours, October 2014; for figures from 2014 on" in issued.stdout


def test_without_comparators_each_verb_says_how_to_add_them(tmp_path: Path) -> None:
    store = tmp_path / "store"
    listed = run(store, "comparators", "list")
    assert (listed.returncode, "comparators add FILE" in listed.stdout) == (0, True)
    for verb in (
        ("comparators", "show", "child_protection.plan_rate", "--authority", "Leeds"),
        ("compare", "--authority", "Leeds", "--year", "2022", "--out", str(tmp_path / "out")),
    ):
        done = run(store, *verb)
        assert done.returncode == 2
        assert done.stderr == (
            "The store holds no published tables.\n"
            "  It was looked for in 'store'.\n"
            "  Add them first: lineofsight comparators add FILE…\n"
        )


def test_an_indicator_nobody_publishes_is_answered_with_the_nearest(
    tmp_path: Path, download: Path
) -> None:
    store = tmp_path / "store"
    run(store, "comparators", "add", str(download))
    done = run(store, "comparators", "show", "child_protection.plan_rat", "--authority", "852")
    assert done.returncode == 2
    assert "Did you mean 'child_protection.plan_rate'" in done.stderr


def test_the_overview_of_an_authority_is_made_from_what_the_store_holds(
    tmp_path: Path, download: Path
) -> None:
    store, out = tmp_path / "store", tmp_path / "out"
    run(store, "comparators", "add", str(download), "--published-on", "2022-10-27")
    done = run(store, "compare", "--authority", "852", "--year", "2022", "--out", str(out))
    assert done.returncode == 0, done.stderr
    page = (out / "overview-southampton-2022.html").read_text(encoding="utf-8")
    assert "96.2" in page
    assert "42.1" in page
