"""Keeps editions in a process of its own, so that a test can stop it at any moment.

    python keeper.py STORE kill ROUNDS SEED    forks a writer, kills it, and says what is there
    python keeper.py STORE full MOST_BYTES     keeps one where the disk is full

It speaks in lines of JSON.
"""

from __future__ import annotations

import importlib
import json
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from lineofsight.editions.edition import Contents, Facts, RestsOn, frozen
from lineofsight.editions.shelf import Shelf
from lineofsight.editions.software import Software
from lineofsight.errors import LineOfSightError
from lineofsight.reference.authority import Authority
from tests.overview_examples import AUGUST, example_findings, example_overview

KNOWN_AT = datetime(2020, 9, 7, 9, 30, tzinfo=UTC)
PAPERS = {f"overview-2020-08.{suffix}": suffix.encode() * 90_000 for suffix in ("html", "pdf")}
SUBMISSION = RestsOn(
    "annex-a-2020-08-31-00000001",
    "Annex A",
    f"{1:064x}",
    date(2020, 3, 1),
    date(2020, 8, 31),
    date(2020, 8, 31),
    KNOWN_AT,
)


def made_facts() -> Facts:
    """An edition of August 2020 that has not been kept yet."""
    return Facts(
        id="",
        month=AUGUST,
        number=0,
        authority="Southampton",
        prepared_on=date(2020, 9, 21),
        published_at=datetime(2020, 9, 21, 10, 0, tzinfo=UTC),
        published_by="drawn",
        known_at=KNOWN_AT,
        software=Software("0.1.0", "", f"{7:064x}", (("typst", "1"),)),
        neighbour_groups=("April 2021",),
        submissions=(SUBMISSION,),
    )


def made_contents() -> Contents:
    """The example's paper with its findings, its settings and a commentary."""
    return Contents(
        overview=example_overview(),
        findings=frozen(example_findings()),
        settings=Authority("Southampton", "852"),
        settings_file=b'name = "Southampton"\r\ncode = 852\r\n',
        commentary_file=b"# Commentary, August 2020\n",
    )


def keep(root: Path, contents: Contents) -> Facts:
    """Keep one edition, and tell nobody."""
    return Shelf(root).keep(made_facts(), contents, PAPERS, lambda identity: None)


def state(root: Path) -> list[str]:
    """The editions that are there; each is checked whole, and anything torn raises."""
    shelf = Shelf(root)
    return [shelf.check(facts.id).id for facts in shelf.every()]


def killed(root: Path, rounds: int, seed: int) -> Iterator[dict[str, Any]]:
    """Fork a writer, stop it somewhere in the time that keeping takes, and look."""
    contents, moments = made_contents(), random.Random(seed)
    begun = time.perf_counter()
    keep(root, contents)
    usual = time.perf_counter() - begun
    for _ in range(rounds):
        before = state(root)
        writer = os.fork()
        if writer == 0:
            keep(root, contents)
            os._exit(0)
        time.sleep(moments.uniform(0, 1.5 * usual))
        os.kill(writer, signal.SIGKILL)
        os.waitpid(writer, 0)
        half_done = len(list(root.glob(".writing-*")))
        yield {"before": before, "after": state(root), "half_done": half_done}


def main(root: Path, what: str, *numbers: str) -> int:
    """Do one of the three; gives the exit code."""
    if what == "kill":
        for line in killed(root, *map(int, numbers)):
            print(json.dumps(line), flush=True)
        return 0
    resource: Any = importlib.import_module("resource")
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(numbers[0]),) * 2)
    try:
        keep(root, made_contents())
    except LineOfSightError as error:
        print(error)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
