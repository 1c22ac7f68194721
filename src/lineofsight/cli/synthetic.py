"""Verbs that make things up: a synthetic authority, and the demonstration with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import click

from lineofsight import demonstration
from lineofsight.cli.options import out_option
from lineofsight.overview.overview import Overview
from lineofsight.progress import steps


@click.command()
@out_option
@click.option("--size", type=click.IntRange(1_000, 1_000_000), default=None)
@click.option("--seed", type=int, default=2020, show_default=True)
def demo(out: Path, size: int | None, seed: int) -> None:
    """Make a whole synthetic authority and its August 2020 overview, from nothing."""
    with steps("Demonstration", demonstration.steps(size)) as progress:
        made = demonstration.run(out, size, seed, progress)
    show_demonstration(made.paper, made.papers)


@click.command()
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


def show_demonstration(paper: Overview, paths: Sequence[Path]) -> None:
    """Print the headline lines, and where the papers are."""
    click.echo(f"{paper.title}\n{paper.authority}: every child is made up.\n")
    for line in paper.headlines:
        click.echo(f"  {line}")
    click.echo()
    for path in paths:
        click.echo(path)
