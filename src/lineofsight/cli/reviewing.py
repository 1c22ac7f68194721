"""The verb that reviews delay and flow, for use inside the service."""

from __future__ import annotations

from pathlib import Path

import click

from lineofsight import reviewing
from lineofsight.cli.options import month_option, out_option
from lineofsight.desk import Desk
from lineofsight.progress import steps
from lineofsight.reference.periods import Month
from lineofsight.reviewing import Reviewed


@click.group()
def review() -> None:
    """Review why things take as long as they do, and what moves a number of children."""


@review.command()
@click.argument("clock")
@month_option
@click.option("--months", type=click.IntRange(1, 120), default=24, show_default=True,
              help="How many months are reviewed, the last of them the month.")  # fmt: skip
@out_option
@click.pass_obj
def timeliness(desk: Desk, clock: str, month: Month, months: int, out: Path) -> None:
    """Review a timescale: icpc, assessments or core-groups."""
    with steps("Review", 4) as progress:
        found = reviewing.review_of_timeliness(desk, clock, month, months, out, progress)
    show_review(found)


def show_review(found: Reviewed) -> None:
    """Print what a review says first, and where it was written."""
    click.echo(f"{found.report.title}\n{found.report.authority}, {found.report.period}")
    for sentence in found.report.summary:
        click.echo(sentence)
    for path in found.paths:
        click.echo(path)
