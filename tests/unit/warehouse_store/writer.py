"""A writer in a process of its own, so that a test can stop it: adds a delivery to a store.

    python writer.py STORE add MOST_BYTES     MOST_BYTES: where the disk is full; 0 for never
    python writer.py STORE hold               takes the lock and keeps it

It says 'ready' before it begins.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from lineofsight.errors import LineOfSightError
from lineofsight.returns.issue import Kind, ReadingIssue
from lineofsight.returns.submission import Reading, Submission
from lineofsight.warehouse.store import Store

HAS_LIMITS = importlib.util.find_spec("resource") is not None
RECEIVED = datetime(2020, 9, 3, 9, 30, tzinfo=UTC)
ISSUE = ReadingIssue(
    "List 3", "Referral NFA?", Kind.BLANK_FLAG, 2, (4, 9), None, ("referrals.is_no_further_action",)
)


def made_reading(number: int = 1, rows: int = 3, received_at: datetime = RECEIVED) -> Reading:
    ids = [f"C{n}" for n in range(rows)]
    frame = pl.DataFrame({"child_id": ids, "contacted_on": [date(2020, 8, 3)] * rows})
    submission = Submission(
        id=f"annex-a-2020-08-31-{number:08x}",
        return_name="Annex A",
        authority="Testshire",
        authority_code="E06000999",
        file_name=f"annex-{number}.xlsx",
        sha256=f"{number:064x}",
        first_day=date(2020, 3, 1),
        last_day=date(2020, 8, 31),
        as_at=date(2020, 8, 31),
        received_at=received_at,
        is_synthetic=True,
        rows=(("contacts", rows),),
        missing_fields=("referrals.team",),
        missing_tables=("adoptions",),
    )
    return Reading(submission, {"contacts": frame}, (ISSUE,), (("List 1", rows, rows),))


def _add(root: Path, most_bytes: int) -> int:
    reading = made_reading(2, rows=200_000)
    if most_bytes:
        resource: Any = importlib.import_module("resource")
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    print("ready", flush=True)
    try:
        Store(root).add(reading)
    except LineOfSightError as error:
        print(error)
        return error.exit_code
    return 0


def _hold(root: Path) -> int:
    with Store(root)._only_writer():
        print("ready", flush=True)
        time.sleep(60)
    return 0


if __name__ == "__main__":
    store = Path(sys.argv[1])
    sys.exit(_hold(store) if sys.argv[2] == "hold" else _add(store, int(sys.argv[3])))
