"""What officers write: the form they fill in, and who must not be recognised in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from lineofsight import cycle, memory
from lineofsight.desk import Desk
from lineofsight.errors import Fault, UsageFault
from lineofsight.overview.careful import Identifiers
from lineofsight.overview.commentary_form import commentary_form
from lineofsight.overview.promises import promised_to_anybody
from lineofsight.publish.writing import write_whole
from lineofsight.reference.periods import Month
from lineofsight.warehouse.identifiers import identifiers_in
from lineofsight.warehouse.journey import Journey


def write_form(
    desk: Desk,
    month: Month,
    prepared_on: date,
    out: Path,
    progress: Callable[[str], None] = lambda step: None,
) -> Path:
    """Write the commentary of a month as a form, and give its file.

    Raises UsageFault where a file of that name is there: it may hold an officer's words.
    """
    path = out / f"commentary-{month}.md"
    if path.exists():
        raise UsageFault(_is_there(path))
    judged = cycle.judge(desk, month, prepared_on, progress)
    promises = promised_to_anybody(memory.papers_before(desk, month))
    out.mkdir(parents=True, exist_ok=True)
    form = commentary_form(judged.findings, month, promises)
    write_whole(path, form.encode("utf-8"))
    return path


def identifiers_of(journey: Journey) -> Identifiers:
    """Give everything in the records by which somebody could be recognised."""
    found = identifiers_in(journey.frames)
    return Identifiers(found["child"], found["family"], found["worker"], found["place"])


def _is_there(path: Path) -> Fault:
    return Fault(
        "There is a commentary of that month already.",
        f"File: {path.name}. It was left as it is.",
        "Fill that one in, or choose another folder with --out.",
    )
