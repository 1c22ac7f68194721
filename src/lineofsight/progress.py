"""Progress of long work: a bar on a terminal, nothing when piped, and lines in a log if asked."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LOG = logging.getLogger("lineofsight")


@contextmanager
def steps(title: str, count: int) -> Iterator[Callable[[str], None]]:
    """Give a function to call as each of `count` steps begins, with the step's name."""

    def note(step: str) -> None:
        LOG.info("%s: %s", title, step)

    if not sys.stderr.isatty():
        yield note
        return
    # Only a terminal shows a bar, and the library takes a while to load.
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=count)

        def advance(step: str) -> None:
            note(step)
            bar.update(task, description=f"{title}: {step}", advance=1)

        yield advance


def log_to(path: str | None) -> None:
    """Send the lines of progress to a file, if one is named."""
    LOG.setLevel(logging.INFO)
    if path:
        handler = logging.FileHandler(path, encoding="utf-8")
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        LOG.addHandler(handler)
    else:
        LOG.addHandler(logging.NullHandler())
