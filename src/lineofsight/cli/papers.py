"""Verbs that write the overview: of a month's records, and of published statistics."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from lineofsight import claiming, cycle, memory
from lineofsight.cli.options import hindsight_option, month_option, out_option, prepared_option
from lineofsight.desk import Desk
from lineofsight.errors import Fault
from lineofsight.overview.overview import Overview
from lineofsight.progress import steps
from lineofsight.reference.periods import Month
from lineofsight.reference.places import find_place


@click.command()
@month_option
@prepared_option
@out_option
@click.option(
    "--commentary",
    # A misspelt name must not make a paper without its commentary.
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Officers' commentary, a Markdown file.",
)
@hindsight_option
@click.option("--draft", is_flag=True, help="Write the papers and keep no edition of them.")
@click.pass_obj
def overview(
    desk: Desk,
    month: Month,
    prepared_on: date,
    out: Path,
    commentary: Path | None,
    with_hindsight: bool,
    draft: bool,
) -> None:
    """Write the Performance Overview of a month: HTML, PDF, Word and Excel.

    What is published is frozen as an edition, with everything it rests on.
    """
    with steps("Overview", 12) as progress:
        judged = cycle.judge(desk, month, prepared_on, progress, with_hindsight=with_hindsight)
        paper = memory.overview(desk, judged, prepared_on, commentary)
        warn(claiming.contradicted(desk, judged, paper, commentary))
        if draft:
            paths = cycle.publish(paper, out, f"overview-{month}", progress)
        else:
            facts, paths = memory.publish(desk, judged, paper, commentary, out, progress)
    show_paper(paper, paths)
    click.echo("A draft: no edition was kept." if draft else f"Kept as edition {facts.id}.")


@click.command()
@click.option("--authority", required=True, help="Any English authority: name or code.")
@click.option("--year", type=click.IntRange(2013, 2040), required=True)
@click.option(
    "--published",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="A folder with the Department's files from Explore Education Statistics.  [default: the "
    "comparators in the store]",
)
@prepared_option
@out_option
@click.pass_obj
def compare(
    desk: Desk, authority: str, year: int, published: Path | None, prepared_on: date, out: Path
) -> None:
    """Write the overview of any English authority from published statistics."""
    # A name nobody knows is answered before any file is read.
    find_place(authority)
    with steps("Compare", 5) as progress:
        progress("published statistics")
        paper = cycle.compare(
            authority, year, cycle.published_figures(desk, published), prepared_on
        )
        stem = f"overview-{slug(paper.authority)}-{year}"
        paths = cycle.publish(paper, out, stem, progress)
    show_paper(paper, paths)


def warn(faults: Sequence[Fault]) -> None:
    """Print on standard error what in a paper is contradicted by its figures."""
    for fault in faults:
        click.echo(f"Warning: {fault}", err=True)


def slug(name: str) -> str:
    """Turn a name into a part of a file name."""
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")


def show_paper(paper: Overview, paths: Sequence[Path]) -> None:
    """Print the paper's headlines and where its files are."""
    click.echo(paper.title)
    for line in paper.headlines:
        click.echo(f"  {line}")
    for missing in paper.not_measured:
        click.echo(f"  Not measurable: {missing.name}. {missing.reason}")
    for path in paths:
        click.echo(path)
