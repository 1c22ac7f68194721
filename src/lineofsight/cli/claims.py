"""The verb that checks what a person wrote against the figures."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from lineofsight import claiming, cycle
from lineofsight.claims.reading import read_lines
from lineofsight.claims.report import summary
from lineofsight.claims.statement import Checked, Statement
from lineofsight.cli.options import FILE, month_option, prepared_option
from lineofsight.desk import Desk
from lineofsight.indicators import CHAPTERS
from lineofsight.progress import steps
from lineofsight.reference.periods import Month

# Not an error's code: the text was read, and something in it is contradicted.
CONTRADICTED = 1
_WIDTH = 98
_INDENT = " " * 4


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@month_option
@prepared_option
@click.option("--out", type=FILE, help="Write a page (.html) or a table (.csv) as well.")
@click.option(
    "--strict", is_flag=True, help=f"End with {CONTRADICTED} where a statement does not hold."
)
@click.pass_obj
def claims(
    desk: Desk, file: Path, month: Month, prepared_on: date, out: Path | None, strict: bool
) -> None:
    """Check the statements of a text (.md, .txt, .docx, .pdf) against a month's figures.

    Each is said to hold, to hold with something to add, not to hold (with the right figure), or
    not to be for figures to tell.
    """
    if out is not None:
        claiming.demand_known_ending(out)
    # A file that cannot be read is answered before anything is measured.
    lines = read_lines(file)
    with steps("Claims", len(CHAPTERS)) as progress:
        judged = cycle.judge(desk, month, prepared_on, progress)
        checked = claiming.check_lines(desk, lines, file.name, judged)
    show_checked(checked)
    if out is not None:
        claiming.write_checked(checked, out)
        click.echo(out)
    if strict and checked.is_false:
        sys.exit(CONTRADICTED)


def show_checked(checked: Checked) -> None:
    """Print every statement by its place with what came of it, and how many there are of each."""
    click.echo(f"{checked.title}, held against {checked.authority}, {checked.period}\n")
    width = max((len(one.place) for one in checked.statements), default=0)
    for one in checked.statements:
        head = f"{one.place:<{width}}  {one.outcome.value.upper():<17}  "
        click.echo(textwrap.fill(one.words, _WIDTH, initial_indent=head, subsequent_indent=_INDENT))
        for line in _told(one):
            click.echo(line)
    click.echo(f"\n{summary(checked)}")


def _told(one: Statement) -> Iterator[str]:
    text = f"{one.ruling.why} [{one.indicator}]" if one.is_bound else one.ruling.why
    yield from textwrap.wrap(text, _WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT)
