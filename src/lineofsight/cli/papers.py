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
from lineofsight.disclosing import withheld_for
from lineofsight.errors import Fault
from lineofsight.overview.overview import Overview
from lineofsight.progress import steps
from lineofsight.publish import DRAWN
from lineofsight.reference.audience import Audience
from lineofsight.reference.periods import Month
from lineofsight.reference.places import find_place

# Chapters of indicators, and the small numbers.
_STEPS_OF_JUDGING = 9


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
@click.option(
    "--audience",
    "audiences",
    type=click.Choice(Audience, case_sensitive=False),
    multiple=True,
    default=(Audience.COMMITTEE,),
    show_default="committee",
    help="For whom the paper is; may be given several times. Small numbers are shown to the "
    "service only.",
)
@click.option("--draft", is_flag=True, help="Write the papers and keep no edition of them.")
@click.pass_obj
def overview(
    desk: Desk,
    month: Month,
    prepared_on: date,
    out: Path,
    commentary: Path | None,
    with_hindsight: bool,
    audiences: Sequence[Audience],
    draft: bool,
) -> None:
    """Write the Performance Overview of a month: HTML, PDF, Word and Excel.

    What is published is frozen as an edition, with everything it rests on.
    """
    made: list[tuple[Overview, Sequence[Path], str]] = []
    with steps("Overview", _STEPS_OF_JUDGING + len(DRAWN) * len(audiences)) as progress:
        judged = cycle.judge(desk, month, prepared_on, progress, with_hindsight=with_hindsight)
        withheld = withheld_for(desk, judged, audiences, progress)
        for audience, what in withheld.items():
            paper = memory.overview(desk, judged, prepared_on, commentary, audience, what)
            if draft:
                stem = memory.stem_of(month, audience)
                made.append((paper, cycle.publish(paper, out, stem, progress), ""))
            else:
                facts, paths = memory.publish(desk, judged, paper, commentary, out, progress)
                made.append((paper, paths, facts.id))
        contradicted = claiming.contradicted(desk, judged, made[0][0], commentary)
    warn(contradicted)
    show_papers(made)


def show_papers(made: Sequence[tuple[Overview, Sequence[Path], str]]) -> None:
    """Print the headlines of the first paper, and the files and the edition of each."""
    first, paths, _ = made[0]
    show_paper(first, [*paths, *(path for _, more, _ in made[1:] for path in more)])
    kept = [edition for _, _, edition in made if edition]
    named = f"edition {kept[0]}" if len(kept) == 1 else f"editions {', '.join(kept)}"
    click.echo(f"Kept as {named}." if kept else "A draft: no edition was kept.")


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
    with steps("Compare", 1 + len(DRAWN)) as progress:
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
