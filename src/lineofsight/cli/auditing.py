"""The verb that draws the cases of an audit."""

from __future__ import annotations

from pathlib import Path

import click

from lineofsight import auditing
from lineofsight.cli.options import FILE, month_option
from lineofsight.desk import Desk
from lineofsight.reference.periods import Month
from lineofsight.worklists.audit_sample import Plan


@click.group()
def audit() -> None:
    """Draw the cases of an audit, as a form to fill in and receive."""


@audit.command()
@click.argument("frame")
@month_option
@click.option("--size", type=click.IntRange(1), default=20, show_default=True, help="How many.")
@click.option("--by", multiple=True, help="Divide the sample by this: outcome or hours.")
@click.option("--seed", type=int, default=1, show_default=True, help="Draws the same again.")
@click.option(
    "--spare",
    type=click.IntRange(0, 60),
    default=6,
    show_default=True,
    help="Leave out children audited in the month or so many months before it.",
)
@click.option("--out", type=FILE, help="The form to write.  [default: audit-SAMPLE.xlsx]")
@click.pass_obj
def sample(
    desk: Desk,
    frame: str,
    month: Month,
    size: int,
    by: tuple[str, ...],
    seed: int,
    spare: int,
    out: Path | None,
) -> None:
    """Draw a sample of a month's cases: mash-decisions."""
    plan = Plan(size, tuple(dict.fromkeys(by)), seed, spare)
    found = auditing.sample_for_audit(desk, frame, month, plan, out)
    for sentence in found.sentences:
        click.echo(sentence)
    click.echo(found.path)
