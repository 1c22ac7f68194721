"""The verb that writes the commentary of a month as a form."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from lineofsight import commenting
from lineofsight.cli.options import month_option, out_option, prepared_option
from lineofsight.desk import Desk
from lineofsight.progress import steps
from lineofsight.reference.periods import Month


@click.command()
@month_option
@prepared_option
@out_option
@click.pass_obj
def commentary(desk: Desk, month: Month, prepared_on: date, out: Path) -> None:
    """Write the officers' commentary of a month as a form, with every action that is open."""
    with steps("Commentary", 8) as progress:
        path = commenting.write_form(desk, month, prepared_on, out, progress=progress)
    click.echo(path)
