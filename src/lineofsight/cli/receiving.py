"""Verbs that take records in, and the template of what has to be kept by hand."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import click

from lineofsight import receiving
from lineofsight.cli.options import FILE, FOLDER, ArrivedType, DayType
from lineofsight.desk import Desk
from lineofsight.progress import steps
from lineofsight.receiving import Receipts, Window
from lineofsight.returns.arrivals import Arrived, deliveries, left_aside
from lineofsight.returns.submission import Reading, Submission, describe


@click.command()
@click.argument("files", nargs=-1, required=True, type=ArrivedType())
@click.option("--from", "first_day", type=DayType(), help="First day covered, if no cover says so.")
@click.option("--to", "last_day", type=DayType(), help="Last day covered.")
@click.option("--as-at", type=DayType(), help="The day the extract was made.")
@click.option("--authority", help="Whose records they are.")
@click.pass_obj
def receive(
    desk: Desk,
    files: tuple[Arrived, ...],
    first_day: date | None,
    last_day: date | None,
    as_at: date | None,
    authority: str | None,
) -> None:
    """Take deliveries into the store: each whole, or refused whole with all its faults.

    Of a folder every file in it is taken, and of the folders in it; the files of an SSDA903 return
    are one delivery, and so are those of a Standard Safeguarding Dataset, which may also be its
    database's address. Days given beside a folder are for files that do not say their own.
    """
    is_folder = any(isinstance(each, Path) and each.is_dir() for each in files)
    window = Window(first_day, last_day, as_at, authority, gives_way=is_folder)
    arrived = deliveries(files)
    with steps("Receive", len(arrived)) as progress:
        receipts = receiving.receive_all(desk, arrived, window, progress)
    show_receipts(receipts.taken)
    # A folder is handed over again every month: what is in the store already is no fault then.
    faults = receipts.refused if is_folder else [*receipts.known, *receipts.refused]
    for fault in faults:
        click.echo(str(fault), err=True)
    show_summary(receipts, left_aside(files))
    if faults:
        sys.exit(max(fault.exit_code for fault in faults))


@click.command()
@click.option("--out", type=FILE, help="The workbook to write.  [default: local-tables.xlsx]")
@click.option("--csv", "folder", type=FOLDER, help="Write CSV files into this folder.")
def template(out: Path | None, folder: Path | None) -> None:
    """Write the local tables to fill in: what no national return holds, explained cell by cell."""
    # Imported here, because the other verbs need not wait for it.
    from lineofsight.returns.template import FILE_NAME, write_csv_templates, write_template

    written = list(write_csv_templates(folder)) if folder else []
    if out or not folder:
        written.append(write_template(out or Path(FILE_NAME)))
    for path in written:
        click.echo(path)


def show_receipts(taken: Iterable[tuple[Reading, Submission]]) -> None:
    """Print what each delivery was taken for, and what was reported."""
    for reading, submission in taken:
        for line in describe(reading):
            click.echo(line)
        click.echo(f"Kept as submission {submission.id}.\n")


def show_summary(receipts: Receipts, aside: Sequence[Path]) -> None:
    """Print what was left aside and, of several deliveries, how many fared how."""
    if aside:
        names = ", ".join(path.name for path in aside)
        click.echo(f"Left aside, as no return comes in such a file: {names}.")
    counts = {
        "taken": len(receipts.taken),
        "in the store already": len(receipts.known),
        "refused": len(receipts.refused),
    }
    if sum(counts.values()) > 1 or aside:
        told = ", ".join(f"{count} {words}" for words, count in counts.items())
        click.echo(f"{sum(counts.values())} deliveries: {told}.")
