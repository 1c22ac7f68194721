"""The command line: one command a verb of the cycle, and no thought of its own."""

from __future__ import annotations

import getpass
import sys
import traceback
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

import click

from lineofsight import cycle, demonstration, memory, restating, terminal
from lineofsight.access.roles import Actor, Role
from lineofsight.cycle import Desk, Window
from lineofsight.errors import Fault, LineOfSightError, StoreFault
from lineofsight.progress import log_to, steps
from lineofsight.reference.periods import Month
from lineofsight.returns.arrivals import Arrived, arrived_at, deliveries

BUG = 70
STOPPED = 130
# Of several files the first may be kept when the second is stopped.
STOPPED_SENTENCE = "Stopped: a delivery is in the store whole or not at all, and none was torn."


class _Month(click.ParamType[Month]):
    name = "YYYY-MM"

    def convert(self, value: Any, param: Any, ctx: Any) -> Month:
        return value if isinstance(value, Month) else Month.parse(value)


class _Day(click.ParamType[date]):
    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()
        except ValueError:
            self.fail(f"'{value}' is not a day. Write it as 2020-08-31.", param, ctx)


class _Arrived(click.ParamType[Arrived]):
    name = "FILE"

    def convert(self, value: Any, param: Any, ctx: Any) -> Arrived:
        # What the address holds may be a secret: no message of click's repeats it.
        return arrived_at(value) if isinstance(value, str) else value


FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)
month_option = click.option("--month", type=_Month(), required=True, help="The month, 2020-08.")
out_option = click.option("--out", type=FOLDER, default=Path("out"), show_default=True)
prepared_option = click.option(
    "--prepared-on",
    type=_Day(),
    default=date.today,
    show_default="today",
    help="The date of the paper: comparators published later are not used.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--store",
    type=FOLDER,
    default=Path("store"),
    show_default=True,
    envvar="LINEOFSIGHT_STORE",
    help="The folder that keeps the submissions.",
)
@click.option("--log", type=str, default=None, help="Write lines of progress to this file.")
@click.pass_context
def lineofsight(ctx: click.Context, store: Path, log: str | None) -> None:
    """From a council's records to its Performance Overview, every figure traceable."""
    log_to(log)
    ctx.obj = Desk(store, Actor(getpass.getuser(), Role.ANALYST))


@lineofsight.command()
@out_option
@click.option("--size", type=click.IntRange(1_000, 1_000_000), default=None)
@click.option("--seed", type=int, default=2020, show_default=True)
def demo(out: Path, size: int | None, seed: int) -> None:
    """Make a whole synthetic authority and its August 2020 overview, from nothing."""
    with steps("Demonstration", demonstration.steps(size)) as progress:
        made = demonstration.run(out, size, seed, progress)
    terminal.show_demonstration(made.paper, made.papers)


@lineofsight.command()
@out_option
@click.option("--size", type=click.IntRange(1_000, 1_000_000), default=None)
@click.option("--seed", type=int, default=2020, show_default=True)
@click.option(
    "--deliveries",
    type=click.Choice(("auto", "one", "yearly")),
    default="auto",
    show_default=True,
    help="Workbooks of Annex A: one of five years, one a year, or one where it fits into Excel.",
)
@click.option(
    "--returns",
    type=click.Choice(("annex-a", "all")),
    default="annex-a",
    show_default=True,
    help="Annex A and the local tables only, or every return, year by year.",
)
@click.option(
    "--mess",
    type=click.IntRange(0, 3),
    default=0,
    show_default=True,
    help="Faults as real files have them: 0 none, 1 one of each, 2 some, 3 many; listed in a file.",
)
def synthesise(
    out: Path,
    size: int | None,
    seed: int,
    deliveries: Literal["auto", "one", "yearly"],
    returns: Literal["annex-a", "all"],
    mess: int,
) -> None:
    """Write the returns of a synthetic authority: real formats, made-up children."""
    with steps("Synthesise", demonstration.synthetic_steps(size, deliveries, returns)) as progress:
        files = demonstration.synthesise_into(out, size, seed, progress, deliveries, returns, mess)
    for path in files:
        click.echo(path)


@lineofsight.command()
@click.argument("files", nargs=-1, required=True, type=_Arrived())
@click.option("--from", "first_day", type=_Day(), help="First day covered, if no cover says so.")
@click.option("--to", "last_day", type=_Day(), help="Last day covered.")
@click.option("--as-at", type=_Day(), help="The day the extract was made.")
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

    Of a folder every file in it is taken; the files of an SSDA903 return are one delivery, and so
    are those of a Standard Safeguarding Dataset, which may also be its database's address. Days
    given beside a folder are for the files in it that do not say their own.
    """
    is_folder = any(isinstance(each, Path) and each.is_dir() for each in files)
    window = Window(first_day, last_day, as_at, authority, gives_way=is_folder)
    arrived = deliveries(files)
    with steps("Receive", len(arrived)) as progress:
        taken, refused = cycle.receive_all(desk, arrived, window, progress)
    terminal.show_receipts(taken)
    for refusal in refused:
        click.echo(str(refusal), err=True)
    if len(arrived) > 1:
        said = f"{len(arrived)} deliveries: {len(taken)} taken, {len(refused)} refused."
        click.echo(said)
    if refused:
        sys.exit(max(refusal.exit_code for refusal in refused))


@lineofsight.command()
@out_option
@click.option("--submission", help="Check this submission alone, by its identity.")
@click.pass_obj
def validate(desk: Desk, out: Path, submission: str | None) -> None:
    """Check every submission, and all records together, against every rule.

    Writes a page and a workbook for each, with the address of every row.
    """
    with steps("Validate", len(desk.store.submissions()) + 1) as progress:
        if submission is None:
            progress("all records")
            terminal.show_validation(cycle.validate(desk), out)
        for checked in cycle.validate_submissions(desk, submission):
            progress(checked.submission)
            terminal.show_checked(checked, out, is_alone=submission is not None)


@lineofsight.command()
@month_option
@click.pass_obj
def measure(desk: Desk, month: Month) -> None:
    """Measure every indicator for a month and the twelve months that end with it."""
    with steps("Measure", 8) as progress:
        _, measurements = cycle.measure(desk, month, progress=progress)
    terminal.show_measurements(measurements, month)


@lineofsight.command()
@month_option
@prepared_option
@click.pass_obj
def judge(desk: Desk, month: Month, prepared_on: date) -> None:
    """Name the positive areas and the areas for development, with their evidence."""
    with steps("Judge", 8) as progress:
        judged = cycle.judge(desk, month, prepared_on, progress)
    terminal.show_findings(judged.findings)


@lineofsight.command()
@month_option
@prepared_option
@out_option
@click.option(
    "--commentary",
    # A misspelt name must not make a paper without its commentary.
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Officers' commentary, a Markdown file.",
)
@click.option("--draft", is_flag=True, help="Write the papers and keep no edition of them.")
@click.pass_obj
def overview(
    desk: Desk, month: Month, prepared_on: date, out: Path, commentary: Path | None, draft: bool
) -> None:
    """Write the Performance Overview of a month: HTML, PDF, Word and Excel.

    What is published is frozen as an edition, with everything it rests on.
    """
    with steps("Overview", 12) as progress:
        judged = cycle.judge(desk, month, prepared_on, progress)
        paper = memory.overview(desk, judged, prepared_on, commentary)
        if draft:
            paths = cycle.publish(paper, out, f"overview-{month}", progress)
        else:
            facts, paths = memory.publish(desk, judged, paper, commentary, out, progress)
    terminal.show_paper(paper, paths)
    click.echo("A draft: no edition was kept." if draft else f"Kept as edition {facts.id}.")


@lineofsight.command()
@click.option("--authority", required=True, help="Any English authority: name or code.")
@click.option("--year", type=click.IntRange(2013, 2040), required=True)
@click.option(
    "--published",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    required=True,
    help="The folder with the Department's files from Explore Education Statistics.",
)
@prepared_option
@out_option
def compare(authority: str, year: int, published: Path, prepared_on: date, out: Path) -> None:
    """Write the overview of any English authority from published statistics."""
    with steps("Compare", 5) as progress:
        progress("published statistics")
        paper = cycle.compare(authority, year, published, prepared_on)
        stem = f"overview-{terminal.slug(paper.authority)}-{year}"
        paths = cycle.publish(paper, out, stem, progress)
    terminal.show_paper(paper, paths)


@lineofsight.command()
@click.argument("indicator")
@month_option
@click.pass_obj
def trace(desk: Desk, indicator: str, month: Month) -> None:
    """List the records behind a figure: which count, which are met, and where each is."""
    traced, rows = cycle.trace(desk, indicator, month)
    terminal.show_trace(traced, month, rows)


@lineofsight.command()
@click.option("--month", type=_Month(), default=None, help="The last month compared, 2020-08.")
@out_option
@click.pass_obj
def reconcile(desk: Desk, month: Month | None, out: Path) -> None:
    """Lay returns that tell of the same days side by side: what differs, which figures move."""
    with steps("Reconcile", 2) as progress:
        found, paths = cycle.reconcile(desk, month, out, progress)
    terminal.show_reconciliation(found, paths)


@lineofsight.command()
@month_option
@click.pass_obj
def linked(desk: Desk, month: Month) -> None:
    """Say what linked identifiers do: rows given another identifier, and figures that move."""
    with steps("Linked", 2) as progress:
        reported, figures = cycle.linked(desk, month, progress)
    terminal.show_linked(reported, figures, month)


@lineofsight.command()
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


@lineofsight.group()
def edition() -> None:
    """Published overviews, frozen with everything they rested on."""


@edition.command("list")
@click.pass_obj
def list_editions(desk: Desk) -> None:
    """List the editions: when and by whom each was made, and on what it rests."""
    terminal.show_editions(memory.editions(desk))


@edition.command()
@click.argument("identity", metavar="ID")
@out_option
@click.option("--strict", is_flag=True, help="Write nothing unless every byte is as published.")
@click.pass_obj
def rebuild(desk: Desk, identity: str, out: Path, strict: bool) -> None:
    """Draw the papers of an edition again, from what was frozen alone."""
    with steps("Rebuild", 4) as progress:
        made = memory.rebuild(desk, identity, out, is_strict=strict, progress=progress)
    terminal.show_rebuilt(made)


@edition.command()
@click.argument("identity", metavar="ID")
@click.pass_obj
def check(desk: Desk, identity: str) -> None:
    """Compare every file of an edition with the hash it was kept with."""
    terminal.show_edition_checked(memory.check(desk, identity))


@edition.command("compare")
@click.argument("old")
@click.argument("new")
@click.pass_obj
def compare_editions(desk: Desk, old: str, new: str) -> None:
    """Say which figures of the same months, and which verdicts, differ between two editions."""
    terminal.show_editions_compared(memory.compare(desk, old, new))


@lineofsight.command()
@click.argument("month", type=_Month(), required=False)
@click.option("--known-on", type=_Day(), help="Compare with what was known at the end of this day.")
@click.option("--indicator", "pattern", default="", help="A part of the name, or with * and ?.")
@click.option("--rows", is_flag=True, help="List the records that caused it; the act is recorded.")
@out_option
@click.pass_obj
def restated(
    desk: Desk, month: Month | None, known_on: date | None, pattern: str, rows: bool, out: Path
) -> None:
    """Show a month's figures as they were published, or first known, and as they are now.

    Without a month: a page and a table of all months whose figures changed.
    """
    if month is None:
        if rows:
            raise click.UsageError("--rows needs a MONTH, such as 2020-07.")
        with steps("Restated", 4) as progress:
            found = restating.restated_months(
                desk, known_on=known_on, pattern=pattern, progress=progress
            )
        terminal.show_restated_months(found, out)
        return
    terminal.show_restated_month(
        restating.restated_month(desk, month, known_on=known_on, pattern=pattern, with_rows=rows)
    )


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; exit codes tell the family of the error."""
    # A council's terminal may still write in a code page that lacks the characters we print.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        lineofsight.main(args=arguments, standalone_mode=False)
    except LineOfSightError as error:
        click.echo(str(error), err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo(STOPPED_SENTENCE, err=True)
        sys.exit(STOPPED)
    except OSError as problem:
        click.echo(str(_disk_fault(problem)), err=True)
        sys.exit(StoreFault.exit_code)
    except Exception:
        # The one place where a traceback is shown: this is our own bug, not the reader's doing.
        traceback.print_exc()
        sys.exit(BUG)


def _disk_fault(problem: OSError) -> Fault:
    name = Path(str(problem.filename or "")).name
    return Fault(
        f"A file cannot be read or written: {problem.strerror or 'the disk gave no reason'}.",
        f"File or folder: '{name}'." if name else "The disk did not say which file.",
        "Check that its folder exists, that you may write there, and that there is room.",
    )
