"""Every return of a synthetic authority is made by one command and received by one store."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def run(store: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    command = [sys.executable, "-m", "lineofsight", "--store", str(store), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_a_store_takes_all_that_synthesise_writes(tmp_path: Path) -> None:
    store, out = tmp_path / "store", tmp_path / "out"
    made = run(store, "synthesise", "--out", str(out), "--size", "1000", "--returns", "all")
    assert made.returncode == 0, made.stderr
    printed = [Path(line) for line in made.stdout.splitlines()]
    assert all(path.exists() for path in printed)
    deliveries = [str(p) for p in printed if p.suffix not in (".toml", ".md")]
    assert len([name for name in deliveries if name.endswith(".xml")]) >= 8
    # The dataset alone does not say its days; beside a folder they are for what does not.
    days = ("--from", "2015-09-01", "--to", "2020-08-31", "--as-at", "2020-08-31")
    done = run(store, "receive", *deliveries, *days, "--authority", "Solenhaven (synthetic)")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("The data are synthetic.") >= 10


def test_by_default_only_annex_a_and_the_local_tables_are_written(tmp_path: Path) -> None:
    out = tmp_path / "out"
    made = run(tmp_path / "store", "synthesise", "--out", str(out), "--size", "1000")
    assert made.returncode == 0, made.stderr
    assert sorted(path.name for path in out.iterdir()) == [
        "annex-a-2020-08.xlsx",
        "authority.toml",
        "commentary-2020-07.md",
        "commentary-2020-08.md",
        "local-tables-2020-08.xlsx",
        "visits-2019-08.xlsx",
        "visits-2020-08.xlsx",
    ]
