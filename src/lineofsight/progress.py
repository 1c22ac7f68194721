"""Progress of long work: a bar on a terminal, lines in a log, nothing when piped."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

LOG = logging.getLogger("lineofsight")


@contextmanager
def steps(title: str, count: int) -> Iterator[Callable[[str], None]]:
    """Give a function to call as each of `count` steps begins, with the step's name."""
    console = Console(stderr=True)
    if not sys.stderr.isatty():
        yield lambda step: LOG.info("%s: %s", title, step)
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(title, total=count)

        def advance(step: str) -> None:
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
