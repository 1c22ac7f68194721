"""The verb that says what an indicator is."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import click

from lineofsight import explaining as door
from lineofsight.explaining import Explanation

WIDTH = 96


@click.command()
@click.argument("indicator")
def explain(indicator: str) -> None:
    """Say what an indicator is: definition, fields, clocks, rules, deviations and its SQL."""
    show_explanation(door.explain(indicator))


def show_explanation(found: Explanation) -> None:
    """Print an explanation, a paragraph each."""
    click.echo(f"{found.indicator.id}\n{textwrap.fill(found.indicator.name, WIDTH)}\n")
    _pairs(found.definition)
    _chapter("Recorded fields it rests on", found.fields)
    _chapter("Clocks", found.clocks)
    _chapter("Rules that look at these fields", found.rules)
    deviations = [
        (d.figure, f"Here: {d.ours}." + (f" The Department: {d.theirs}." if d.theirs else ""))
        for d in found.deviations
    ]
    _chapter("Where it can differ from the Department's figure", deviations)
    click.echo("\nSQL, the same for every engine (the number of a month is 12 x year + month - 1)")
    for statement in found.statements:
        click.echo(f"\n{statement}")


def _chapter(title: str, pairs: Sequence[tuple[str, str]]) -> None:
    if pairs:
        click.echo(f"\n{title}")
        _pairs(pairs)


def _pairs(pairs: Sequence[tuple[str, str]]) -> None:
    for label, text in pairs:
        first = f"  {label + ':':<14} "
        click.echo(textwrap.fill(text, WIDTH, initial_indent=first, subsequent_indent=" " * 17))
