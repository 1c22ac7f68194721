"""A hundred kills in the middle of `receive`, and two `receive` at once: the store stays sound."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from lineofsight.access.roles import Actor, Role
from lineofsight.desk import Desk
from lineofsight.errors import SubmissionRefused
from lineofsight.receiving import Window, receive
from lineofsight.returns.annex_a_layout import LISTS
from lineofsight.warehouse.store import Store
from tests.deliveries import COVER, write_workbook

KILLS = 100
PROJECT = Path(__file__).resolve().parents[2]


def deliver(folder: Path, name: str, month: int) -> Path:
    """Write a workbook of a synthetic authority with some referrals of a month."""
    referrals = [
        {
            "Child Unique ID": f"SYN-{number}",
            "Date of Referral": date(2020, month, 1 + number % 28),
            "Referral NFA?": "No",
        }
        for number in range(60)
    ]
    cover = {**COVER, "Data from": date(2020, month, 1), "Data to": date(2020, month, 28)}
    spared = [sheet.title for sheet in LISTS if not sheet.is_needed]
    rows = {"List 3": referrals}
    return write_workbook(folder / name, rows, cover=cover, leave_out=spared)


def desk(store: Path) -> Desk:
    """An analyst's desk over a store."""
    return Desk(store, Actor("analyst", Role.ANALYST))


def sound(store: Path) -> list[str]:
    """Read every submission of a store whole; gives the names of the files they came from."""
    kept = Store(store)
    for submission in kept.submissions():
        kept.issues(submission)
        for table, rows in submission.rows:
            scan = kept.table(submission, table)
            assert scan is not None
            assert scan.collect().height == rows
    return [submission.file_name for submission in kept.submissions()]


def received_again(store: Path, path: Path) -> bool:
    """Receive the same file once more; False if it is in the store already."""
    try:
        receive(desk(store), path, Window())
    except SubmissionRefused as refused:
        said = [fault.what for fault in refused.faults]
    else:
        return True
    assert said == ["The same file is in the store already."]
    return False


@pytest.mark.slow
def test_a_hundred_kills_leave_the_old_state_or_the_new(tmp_path: Path) -> None:
    """At moments spread over a whole delivery: reading, writing, and putting it in place."""
    if not hasattr(os, "fork"):
        pytest.skip("Windows cannot fork: run this test on Linux or macOS.")
    july, august = deliver(tmp_path, "july.xlsx", 7), deliver(tmp_path, "august.xlsx", 8)
    first = tmp_path / "store-0"
    receive(desk(first), july, Window())
    done = subprocess.run(
        [sys.executable, "-m", "tests.functional.nursery", august, "2020", first, str(KILLS)],
        capture_output=True,
        text=True,
        check=False,
        cwd=PROJECT,
    )
    assert done.returncode == 0, done.stderr
    killed = json.loads(done.stdout)
    assert sum(was_alive for _, was_alive in killed) == KILLS
    for name, was_alive in killed:
        store = Path(name)
        before = sound(store)
        assert before in (["july.xlsx"], ["july.xlsx", "august.xlsx"])
        assert was_alive or len(before) == 2
        assert received_again(store, august) == (len(before) == 1)
        assert [s.file_name for s in Store(store).submissions()] == ["july.xlsx", "august.xlsx"]
        assert {path.name for path in store.iterdir()} == {"submissions", "audit.jsonl", ".lock"}
        assert len(desk(store).trail.entries()) >= 2


@pytest.mark.parametrize("is_same", [False, True])
def test_two_receive_at_once(tmp_path: Path, is_same: bool) -> None:
    """One waits for the other; what it then finds it takes, or refuses in three sentences."""
    july = deliver(tmp_path, "july.xlsx", 7)
    other = july if is_same else deliver(tmp_path, "august.xlsx", 8)
    store = tmp_path / "store"
    both = [
        subprocess.Popen(
            [sys.executable, "-m", "lineofsight", "--store", store, "receive", path],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        for path in (july, other)
    ]
    said = [process.communicate(timeout=300)[1] for process in both]
    codes = sorted(process.returncode for process in both)
    assert codes == ([0, 3] if is_same else [0, 0]), said
    assert sorted(sound(store)) == (["july.xlsx"] if is_same else ["august.xlsx", "july.xlsx"])
    refusal = "".join(said)
    assert refusal.startswith("The same file is in the store already.\n") == is_same
    assert len(refusal.splitlines()) == (3 if is_same else 0)
    assert {path.name for path in store.iterdir()} == {"submissions", "audit.jsonl", ".lock"}
