"""The verb that draws up the week's lists, for use inside the service."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from lineofsight import listing
from lineofsight.cli.options import DayType, out_option
from lineofsight.desk import Desk
from lineofsight.progress import steps
from lineofsight.worklists import adviser
from lineofsight.worklists.every import LISTS


@click.command()
@click.argument("name", required=False)
@click.option(
    "--on", type=DayType(), default=None, help="The day; by default the last that records cover."
)
@click.option("--team", multiple=True, help="Only this team's rows; may be repeated.")
@click.option("--worker", multiple=True, help="Only this worker's rows; may be repeated.")
@out_option
@click.pass_obj
def worklist(
    desk: Desk,
    name: str | None,
    on: date | None,
    team: tuple[str, ...],
    worker: tuple[str, ...],
    out: Path,
) -> None:
    """Draw up a list of who is owed what by when, or all; without a name: which there are."""
    if name is None:
        width = max(len(one.id) for one in LISTS)
        for one in LISTS:
            click.echo(f"{one.id:{width}}  {one.title}")
        click.echo(f"{adviser.ID:{width}}  {adviser.TITLE}, on one page")
        click.echo(f"{listing.EVERY_LIST:{width}}  Every one of these that the records allow")
        return
    part = listing.Part(team, worker)
    with steps("Worklist", len(listing.names_asked_for(name)) + 2) as progress:
        found = listing.draw_worklists(desk, name, on, part, out, progress)
    for drawn in found:
        click.echo(drawn.title)
        for sentence in drawn.sentences:
            click.echo(f"  {sentence}")
        for path in drawn.paths:
            click.echo(f"  {path}")
