"""The store keeps a delivery whole or not at all, whatever stops it half-way."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from lineofsight.errors import StoreFault, SubmissionRefused
from lineofsight.warehouse.store import Store
from tests.unit.warehouse_store import writer
from tests.unit.warehouse_store.writer import ISSUE, RECEIVED, made_reading


def test_what_is_read_back_is_what_was_added(tmp_path: Path) -> None:
    reading = made_reading()
    store = Store(tmp_path / "store")
    assert store.add(reading) == reading.submission
    assert Store(tmp_path / "store").submissions() == (reading.submission,)
    table = store.table(reading.submission, "contacts")
    assert table is not None
    assert table.collect().equals(reading.frames["contacts"])
    assert store.table(reading.submission, "adoptions") is None
    assert store.issues(reading.submission) == (ISSUE,)


def test_a_store_that_does_not_exist_yet_is_empty(tmp_path: Path) -> None:
    assert Store(tmp_path / "nowhere").submissions() == ()


def test_submissions_come_oldest_first_and_as_known_on_a_day(tmp_path: Path) -> None:
    store = Store(tmp_path)
    late, early = made_reading(2, received_at=RECEIVED + timedelta(days=30)), made_reading(1)
    for reading in (late, early):
        store.add(reading)
    assert store.submissions() == (early.submission, late.submission)
    assert store.submissions(date(2020, 9, 2)) == ()
    assert store.submissions(date(2020, 9, 3)) == (early.submission,)
    assert store.submissions(date(2020, 10, 3)) == (early.submission, late.submission)


def test_the_same_file_twice_is_refused(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.add(made_reading())
    with pytest.raises(SubmissionRefused) as refused:
        store.add(made_reading())
    assert str(refused.value) == (
        "The same file is in the store already.\n"
        "  File: annex-1.xlsx. It was received on 3 September 2020 as annex-1.xlsx, and is "
        "submission annex-a-2020-08-31-00000001.\n"
        "  Nothing needs to be done; deliver a file only when it has changed."
    )
    assert len(store.submissions()) == 1


def test_another_authority_s_records_are_refused(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.add(made_reading(1))
    other = made_reading(2)
    elsewhere = replace(other.submission, authority="Elsewhere", authority_code="E06000998")
    with pytest.raises(SubmissionRefused) as refused:
        store.add(replace(other, submission=elsewhere))
    assert str(refused.value) == (
        "The store holds the records of 'Testshire' (code E06000999); this delivery is of "
        "'Elsewhere' (code E06000998).\n"
        "  File: annex-2.xlsx.\n"
        "  Give each authority a store of its own with --store, or spell the name as the store "
        "does."
    )
    assert len(store.submissions()) == 1


@pytest.mark.parametrize(("name", "code"), [("", ""), ("TESTSHIRE", ""), ("Renamed", "E06000999")])
def test_a_delivery_that_may_be_the_same_authority_s_is_taken(
    tmp_path: Path, name: str, code: str
) -> None:
    """A CSV file names nobody, a cover may shout, and a code outlives a name."""
    store = Store(tmp_path)
    store.add(made_reading(1))
    other = made_reading(2)
    named = replace(other.submission, authority=name, authority_code=code)
    store.add(replace(other, submission=named))
    assert len(store.submissions()) == 2


def test_a_second_writer_is_told_to_wait(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.add(made_reading(1))
    held = _start(tmp_path, "hold")
    try:
        with pytest.raises(StoreFault) as refused:
            Store(tmp_path, seconds_to_wait=0.2).add(made_reading(2))
    finally:
        held.kill()
        held.communicate()
    assert str(refused.value) == (
        "Another delivery is being taken into the store.\n"
        f"  Store: {tmp_path.name}.\n"
        "  Wait until it has finished and deliver the file again."
    )
    store.add(made_reading(2))  # the lock of a process that died is nobody's
    assert len(store.submissions()) == 2


def test_facts_that_are_damaged_are_said_to_be(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    submission = store.add(made_reading())
    place = tmp_path / "store" / "submissions" / submission.id
    (place / "submission.json").write_text("{", encoding="utf-8")
    with pytest.raises(StoreFault) as damaged:
        store.submissions()
    assert str(damaged.value) == (
        "A file of the store cannot be read.\n"
        "  Store: store, submission annex-a-2020-08-31-00000001, file submission.json.\n"
        "  Restore the folder of this submission from a backup."
    )
    table = place / "contacts.parquet"
    table.write_bytes(table.read_bytes()[:-100])
    with pytest.raises(StoreFault) as cut:
        store.table(submission, "contacts")
    assert str(cut.value).startswith("The file of a table is damaged.\n")
    table.unlink()
    with pytest.raises(StoreFault) as missing:
        store.table(submission, "contacts")
    assert str(missing.value).startswith("The file of a table is missing.\n")


def test_a_store_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("", encoding="utf-8")
    with pytest.raises(StoreFault) as refused:
        Store(tmp_path / "store").add(made_reading())
    assert str(refused.value) == (
        "The store cannot be written: File exists.\n"
        "  Store: store. Nothing was kept of the delivery; the store is as it was.\n"
        "  Check that the folder exists, that you may write to it, and deliver again."
    )


def _start(root: Path, *words: str) -> subprocess.Popen[str]:
    """Start a writer of its own and wait until it is about to write."""
    command = [sys.executable, writer.__file__, str(root), *words]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_a_full_disk_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    if not writer.HAS_LIMITS:
        pytest.skip("This system has no limit of file size to stand in for a full disk.")
    Store(tmp_path / "store").add(made_reading(1))
    before = _files(tmp_path)
    process = _start(tmp_path / "store", "add", "20000")
    said, _ = process.communicate(timeout=120)
    assert process.returncode == StoreFault.exit_code
    assert said == (
        "There is no room left for the delivery.\n"
        "  Store: store. Nothing was kept of the delivery; the store is as it was.\n"
        "  Free some space and deliver the file again.\n"
    )
    assert _files(tmp_path) == before


def _files(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.mark.slow
@pytest.mark.parametrize("sign", ["SIGKILL", "SIGINT"])
def test_stopping_the_writer_at_any_moment_leaves_the_old_state_or_the_new(
    tmp_path: Path, sign: str
) -> None:
    if not hasattr(signal, sign):
        pytest.skip(f"This system has no {sign}.")
    root = tmp_path / "store"
    Store(root).add(made_reading(1))
    seen = set()
    moments = random.Random(sign)
    for _ in range(6):
        process = _start(root, "add", "0")
        time.sleep(moments.uniform(0, 0.06))
        os.kill(process.pid, getattr(signal, sign))
        process.communicate(timeout=60)
        seen.add(_state(root))
        shutil.rmtree(root / "submissions" / made_reading(2).submission.id, ignore_errors=True)
    assert seen <= {("old",), ("old", "new")}
    # The next writer sweeps up what was left behind.
    Store(root).add(made_reading(3))
    assert [path.name for path in root.iterdir() if path.name.startswith(".writing")] == []


def _state(root: Path) -> tuple[str, ...]:
    """Read all that the store says it holds; anything torn would raise or be short."""
    store, names = Store(root), {1: "old", 2: "new"}
    held = []
    for submission in store.submissions():
        table = store.table(submission, "contacts")
        assert table is not None
        assert table.collect().height == dict(submission.rows)["contacts"]
        held.append(names[int(submission.sha256, 16)])
    return tuple(held)
