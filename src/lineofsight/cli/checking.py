"""Verbs that check what was received, and how sources agree."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from lineofsight import cycle, sources
from lineofsight.checking import Checked, figures_of_rules
from lineofsight.cli.options import MonthType, month_option, out_option
from lineofsight.desk import Desk
from lineofsight.progress import steps
from lineofsight.reference.periods import Month
from lineofsight.returns.issue import ReadingIssue
from lineofsight.validation.report import ValidationReport
from lineofsight.validation.written import write_report
from lineofsight.worklists.reconciliation import FigureMoved, Reconciliation, lines


@click.command()
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
            show_validation(cycle.validate(desk), out)
        for checked in cycle.validate_submissions(desk, submission):
            progress(checked.submission)
            show_checked(checked, out, is_alone=submission is not None)


@click.command()
@click.option("--month", type=MonthType(), default=None, help="The last month compared, 2020-08.")
@out_option
@click.pass_obj
def reconcile(desk: Desk, month: Month | None, out: Path) -> None:
    """Lay returns that tell of the same days side by side: what differs, which figures move."""
    with steps("Reconcile", 2) as progress:
        found, paths = sources.reconcile(desk, month, out, progress)
    show_reconciliation(found, paths)


@click.command()
@month_option
@click.pass_obj
def linked(desk: Desk, month: Month) -> None:
    """Say what linked identifiers do: rows given another identifier, and figures that move."""
    with steps("Linked", 2) as progress:
        reported, figures = sources.linked(desk, month, progress)
    show_linked(reported, figures, month)


def show_validation(report: ValidationReport, out: Path) -> None:
    """Print the report on all records together and write it as page, workbook and table."""
    for line in report.lines():
        click.echo(line)
    for path in write_report(report, out, bearing=figures_of_rules()):
        click.echo(path)


def show_checked(checked: Checked, out: Path, *, is_alone: bool) -> None:
    """Write the report on one submission, and print its summary, or all of it if `is_alone`."""
    lines = checked.report.lines()
    click.echo(f"\n{checked.submission}: {checked.title}")
    for line in lines if is_alone else lines[:1]:
        click.echo(line)
    written = write_report(
        checked.report, out, checked.title, figures_of_rules(), submission=checked.submission
    )
    for path in written:
        click.echo(path)


def show_reconciliation(found: Reconciliation, paths: Sequence[Path]) -> None:
    """Print what two returns tell differently, in numbers, and where the records are listed."""
    for line in lines(found):
        click.echo(line)
    for path in paths:
        click.echo(path)


def show_linked(
    reported: Sequence[ReadingIssue], figures: Sequence[FigureMoved], month: Month
) -> None:
    """Print the rows that were given another identifier, and the figures before and after."""
    for issue in reported:
        click.echo(str(issue))
    if not reported:
        click.echo("No identifiers are linked: the local table 'Linked identifiers' is empty.")
    elif not figures:
        click.echo(f"No figure of {month.name} or its twelve months moves.")
    for figure in figures:
        click.echo(
            f"{figure.indicator}: {month.name} {figure.first} as recorded, {figure.second} linked; "
            f"twelve months {figure.first_12} and {figure.second_12}."
        )
