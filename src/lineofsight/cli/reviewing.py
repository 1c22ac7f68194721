"""The verb that reviews delay and flow, for use inside the service."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from lineofsight import reviewing
from lineofsight.cli.options import DayType, MonthType, month_option, out_option
from lineofsight.desk import Desk
from lineofsight.progress import steps
from lineofsight.reference.periods import Month
from lineofsight.reviewing import Reviewed


@click.group()
def review() -> None:
    """Review why things take as long as they do, what moves a number, and what lies ahead."""


_months_option = click.option(
    "--months",
    type=click.IntRange(1, 120),
    default=24,
    show_default=True,
    help="How many months are reviewed, the last of them the month.",
)


@review.command()
@click.argument("clock")
@month_option
@_months_option
@out_option
@click.pass_obj
def timeliness(desk: Desk, clock: str, month: Month, months: int, out: Path) -> None:
    """Review a timescale: icpc, assessments or core-groups."""
    with steps("Review", 4) as progress:
        found = reviewing.review_of_timeliness(desk, clock, month, months, out, progress)
    show_review(found)


@review.command()
@click.argument("stock")
@month_option
@_months_option
@click.option(
    "--since",
    type=MonthType(),
    default=None,
    help="The month from which the change is reviewed; by default the sixth up to the month.",
)
@out_option
@click.pass_obj
def flow(desk: Desk, stock: str, month: Month, months: int, since: Month | None, out: Path) -> None:
    """Review what moves a number of children: plans or looked-after."""
    with steps("Review", 3) as progress:
        found = reviewing.review_of_flow(desk, stock, month, months, since, out, progress)
    show_review(found)


@review.command()
@month_option
@out_option
@click.pass_obj
def thresholds(desk: Desk, month: Month, out: Path) -> None:
    """Review how far children go from contact to plan, and what comes after."""
    with steps("Review", 4) as progress:
        found = reviewing.review_of_thresholds(desk, month, out, progress)
    show_review(found)


@review.command()
@click.argument("what", type=click.Choice(["conferences"]))
@click.option(
    "--on", type=DayType(), default=None, help="The day; by default the last that records cover."
)
@click.option(
    "--slots",
    type=click.IntRange(1, 1000),
    default=None,
    help="Conferences that can be held a week; by default as set in authority.toml, or estimated.",
)
@out_option
@click.pass_obj
def capacity(desk: Desk, what: str, on: date | None, slots: int | None, out: Path) -> None:
    """Review whether child protection conferences that fall due fit the slots there are."""
    with steps("Review", 3) as progress:
        found = reviewing.review_of_capacity(desk, on, slots, out, progress)
    show_review(found)


_year_option = click.option(
    "--months",
    type=click.IntRange(1, 120),
    default=12,
    show_default=True,
    help="How many months are reviewed, the last of them the month.",
)


@review.command("assurance")
@month_option
@_year_option
@out_option
@click.pass_obj
def assurance(desk: Desk, month: Month, months: int, out: Path) -> None:
    """Review what audits found: satisfied or not, grades, moderation, actions, referrals."""
    with steps("Review", 3) as progress:
        found = reviewing.review_of_assurance(desk, month, months, out, progress)
    show_review(found)


@review.command("panel")
@month_option
@_year_option
@out_option
@click.pass_obj
def panel(desk: Desk, month: Month, months: int, out: Path) -> None:
    """Review the entry-to-care panel: every entry heard or not, and what came after."""
    with steps("Review", 3) as progress:
        found = reviewing.review_of_panel(desk, month, months, out, progress)
    show_review(found)


def show_review(found: Reviewed) -> None:
    """Print what a review says first, and where it was written."""
    click.echo(f"{found.report.title}\n{found.report.authority}, {found.report.period}")
    for sentence in found.report.summary:
        click.echo(sentence)
    for path in found.paths:
        click.echo(path)
