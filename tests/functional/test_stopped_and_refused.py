"""What is left behind when a command is stopped, refused or short of room."""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.deliveries import COVER, write_workbook

REFERRAL = {"Child Unique ID": "CHILD-7781", "Date of Referral": date(2020, 8, 3)}
REFERRAL |= {"Referral NFA?": "No", "Gender": "Firstname Surname"}
STOPPED = (
    "",
    "Stopped before anything was done.\n",
    "Stopped: a delivery is in the store whole or not at all, and none was torn.\n",
    # Stopped while a verb runs, the sentence stands on a line of its own, below the ^C.
    "\nStopped: a delivery is in the store whole or not at all, and none was torn.\n",
)
_LIMITS: Any = importlib.import_module("resource") if importlib.util.find_spec("resource") else None


def run(
    store: Path, *arguments: str, cwd: Path | None = None, most_bytes: int = 0
) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own, from a folder, with a limit of file size."""

    def limit() -> None:
        _LIMITS.setrlimit(_LIMITS.RLIMIT_FSIZE, (most_bytes, most_bytes))

    return subprocess.run(
        _command(store, arguments),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=cwd,
        preexec_fn=limit if most_bytes else None,
    )


def _command(store: Path, arguments: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", "lineofsight", "--store", str(store), *arguments]


def deliver(folder: Path, name: str = "annex.xlsx", **cover: str) -> Path:
    """Write a workbook with one referral."""
    return write_workbook(folder / name, {"List 3": [REFERRAL]}, cover={**COVER, **cover})


def kept(store: Path) -> list[str]:
    """Names of the submissions in a store."""
    return sorted(path.name for path in (store / "submissions").glob("*"))


def test_one_refused_file_does_not_stop_the_others(tmp_path: Path) -> None:
    """The good ones are kept and said, the bad one is said, and the exit code is its own."""
    good, other = deliver(tmp_path), deliver(tmp_path, "other.xlsx", Authority="Elsewhere")
    bad = tmp_path / "bad.xlsx"
    bad.write_text("no workbook", encoding="utf-8")
    done = run(tmp_path / "store", "receive", str(bad), str(good), str(other))
    assert done.returncode == 3
    assert len(kept(tmp_path / "store")) == 1
    assert "annex.xlsx was taken for Annex A of Testshire" in done.stdout
    assert done.stderr == (
        "The file is not an Excel workbook; it is text or something unknown.\n"
        "  File: bad.xlsx.\n"
        "  Save the data from Excel as 'Excel Workbook (*.xlsx)' and deliver that file.\n"
        "The store holds the records of 'Testshire'; this delivery is of 'Elsewhere'.\n"
        "  File: other.xlsx.\n"
        "  Give each authority a store of its own with --store, or spell the name as the store "
        "does.\n"
    )


def test_paths_with_spaces_and_accents_from_another_folder(tmp_path: Path) -> None:
    """Relative to where the analyst stands."""
    folder = tmp_path / "returns of août"
    folder.mkdir()
    deliver(folder, "Annex Ä 2020.xlsx")
    done = run(Path("störe"), "receive", "Annex Ä 2020.xlsx", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert len(kept(folder / "störe")) == 1


def test_nothing_that_is_left_behind_or_printed_names_a_child(tmp_path: Path) -> None:
    """The log, the audit trail, the issues kept with the rows, and what receive says."""
    log, store = tmp_path / "run.log", tmp_path / "store"
    done = run(store, "--log", str(log), "receive", str(deliver(tmp_path)))
    assert done.returncode == 0, done.stderr
    run(store, "--log", str(log), "measure", "--month", "2020-08")
    lines = log.read_text(encoding="utf-8").splitlines()
    assert [line.split(" ", 2)[2] for line in lines][:2] == [
        "Receive: annex.xlsx",
        "Measure: front_door",
    ]
    trail = (store / "audit.jsonl").read_text(encoding="utf-8")
    assert [json.loads(trail.splitlines()[0])["subject"]] == kept(store)
    issues = "".join(p.read_text(encoding="utf-8") for p in store.rglob("*.json"))
    for written in (done.stdout, done.stderr, *lines, trail, issues):
        assert "CHILD-7781" not in written
        assert "Surname" not in written


@pytest.mark.parametrize(
    ("name", "said"),
    [("nowhere/run.log", "No such file or directory"), ("taken/run.log", "Not a directory")],
)
def test_a_log_that_cannot_be_written_is_said_in_three_sentences(
    tmp_path: Path, name: str, said: str
) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    done = run(tmp_path / "store", "--log", str(tmp_path / name), "measure", "--month", "2020-08")
    assert done.returncode == 4
    assert done.stderr == (
        f"A file cannot be read or written: {said}.\n"
        "  File or folder: 'run.log'.\n"
        "  Check that its folder exists, that you may write there, and that there is room.\n"
    )


def test_a_commentary_that_is_not_there_stops_the_paper(tmp_path: Path) -> None:
    """A misspelt name made a paper without the officers' words."""
    store = tmp_path / "store"
    run(store, "receive", str(deliver(tmp_path)))
    none = tmp_path / "none.md"
    done = run(store, "overview", "--month", "2020-08", "--commentary", str(none))
    assert done.returncode == 2
    assert "none.md' does not exist." in done.stderr


def test_only_a_fault_of_the_program_shows_a_traceback(tmp_path: Path) -> None:
    """A table that is whole but not what the store wrote: nobody foresaw it."""
    store = tmp_path / "store"
    run(store, "receive", str(deliver(tmp_path)))
    (table,) = store.rglob("referrals.parquet")
    frame = pl.read_parquet(table).with_columns(referred_on=pl.lit("a Monday"))
    frame.write_parquet(table)
    done = run(store, "measure", "--month", "2020-08")
    assert done.returncode == 70
    assert done.stderr.startswith("Traceback")


def test_a_paper_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    """The disk is full after the first of four files: last month's papers stand as they were."""
    if _LIMITS is None:
        pytest.skip("This system has no limit of file size to stand in for a full disk.")
    store, out = tmp_path / "store", tmp_path / "out"
    run(store, "receive", str(deliver(tmp_path)))
    paper = ("overview", "--month", "2020-08", "--prepared-on", "2020-09-21", "--out", str(out))
    assert run(store, *paper).returncode == 0
    before = _every_file(out)
    assert sum("/" not in name for name in before) == 4
    trail = (store / "audit.jsonl").read_text(encoding="utf-8").splitlines()
    acts = [(entry["act"], entry["subject"]) for entry in map(json.loads, trail)]
    assert acts[-2:] == [
        ("made an overview", "2020-08, committee"),
        ("began to freeze an edition", "2020-08-1"),
    ]
    sizes = sorted(len(content) for content in before.values())
    done = run(store, *paper, most_bytes=sizes[-1] - 1)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert _every_file(out) == before
    assert [path.name for path in (store / "editions").iterdir()] == ["2020-08-1"]


def _every_file(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.slow
def test_ctrl_c_at_any_moment_leaves_a_whole_store_and_a_sentence(tmp_path: Path) -> None:
    """While the program is loaded, while the workbook is read, while the rows are written.

    Before Python itself is ready the process just ends, and says nothing. An end by the signal
    itself is what a shell reports as 130 too.
    """
    if os.name == "nt":
        pytest.skip("Windows sends Ctrl-C to a whole console, not to one process.")
    path, moments = deliver(tmp_path), random.Random(2020)
    for number in range(4):
        store = tmp_path / f"store-{number}"
        process = subprocess.Popen(
            _command(store, ("receive", str(path))),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        time.sleep(moments.uniform(0.4, 4))
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=120)
        assert said in STOPPED
        assert process.returncode in (130 if said else 0, -signal.SIGINT)
        was_kept = len(kept(store)) == 1
        assert was_kept or process.returncode != 0
        again = run(store, "receive", str(path))
        assert again.returncode == (3 if was_kept else 0)
        assert len(kept(store)) == 1
        assert list(store.glob(".writing*")) == []
