"""What officers write: the form they fill in, and who must not be recognised in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from lineofsight import cycle, memory
from lineofsight.desk import Desk
from lineofsight.errors import Fault, UsageFault
from lineofsight.overview.commentary_form import commentary_form
from lineofsight.overview.promises import promised_to_anybody
from lineofsight.publish.writing import write_whole
from lineofsight.reference.periods import Month


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


def _is_there(path: Path) -> Fault:
    return Fault(
        "There is a commentary of that month already.",
        f"File: {path.name}. It was left as it is.",
        "Fill that one in, or choose another folder with --out.",
    )
