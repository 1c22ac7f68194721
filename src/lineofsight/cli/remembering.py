"""Verbs that look back: editions as they were published, and months that were restated."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from lineofsight import memory, restating
from lineofsight.cli.options import DayType, MonthType, out_option
from lineofsight.desk import Desk
from lineofsight.editions.comparison import EditionComparison, VerdictChange
from lineofsight.editions.edition import Facts
from lineofsight.editions.rebuild import Rebuilt
from lineofsight.measurement.restated import Restated
from lineofsight.overview.restated import RestatedMonths, label_of
from lineofsight.progress import steps
from lineofsight.publish.restated import write_restated
from lineofsight.reference.periods import Month, day_name
from lineofsight.restating import MonthRestated
from lineofsight.worklists.restated import Cause, KnownRow, RestatedRow, unexplained


@click.group()
def edition() -> None:
    """Published overviews, frozen with everything they rested on."""


@edition.command("list")
@click.pass_obj
def list_editions(desk: Desk) -> None:
    """List the editions: when and by whom each was made, and on what it rests."""
    show_editions(memory.editions(desk))


@edition.command()
@click.argument("identity", metavar="ID")
@out_option
@click.option("--strict", is_flag=True, help="Write nothing unless every byte is as published.")
@click.pass_obj
def rebuild(desk: Desk, identity: str, out: Path, strict: bool) -> None:
    """Draw the papers of an edition again, from what was frozen alone."""
    with steps("Rebuild", 4) as progress:
        made = memory.rebuild(desk, identity, out, is_strict=strict, progress=progress)
    show_rebuilt(made)


@edition.command()
@click.argument("identity", metavar="ID")
@click.pass_obj
def check(desk: Desk, identity: str) -> None:
    """Compare every file of an edition with the hash it was kept with."""
    show_edition_checked(memory.check(desk, identity))


@edition.command("compare")
@click.argument("old")
@click.argument("new")
@click.pass_obj
def compare_editions(desk: Desk, old: str, new: str) -> None:
    """Say which figures of the same months, and which verdicts, differ between two editions."""
    show_editions_compared(memory.compare(desk, old, new))


@click.command()
@click.argument("month", type=MonthType(), required=False)
@click.option(
    "--known-on", type=DayType(), help="Compare with what was known at the end of this day."
)
@click.option("--indicator", "pattern", default="", help="A part of the name, or with * and ?.")
@click.option("--rows", is_flag=True, help="List the records that caused it; the act is recorded.")
@out_option
@click.pass_obj
def restated(
    desk: Desk, month: Month | None, known_on: date | None, pattern: str, rows: bool, out: Path
) -> None:
    """Show a month's figures as they were published, or first known, and as they are now.

    Without a month: a page and a table of all months whose figures changed.
    """
    if month is None:
        if rows:
            raise click.UsageError("--rows needs a MONTH, such as 2020-07.")
        with steps("Restated", 4) as progress:
            found = restating.restated_months(
                desk, known_on=known_on, pattern=pattern, progress=progress
            )
        show_restated_months(found, out)
        return
    show_restated_month(
        restating.restated_month(desk, month, known_on=known_on, pattern=pattern, with_rows=rows)
    )


def show_editions(editions: Sequence[Facts]) -> None:
    """Print each edition with when it was made, by whom, and what it rests on."""
    if not editions:
        click.echo("No overview has been published yet.")
    for facts in editions:
        rests_on = len(facts.submissions)
        deliveries = f"{rests_on} {'delivery' if rests_on == 1 else 'deliveries'}"
        click.echo(
            f"{facts.id}  prepared on {day_name(facts.prepared_on)}, published "
            f"{facts.published_at:%Y-%m-%d %H:%M} UTC by {facts.published_by}; rests on "
            f"{deliveries} known at {facts.known_at:%Y-%m-%d %H:%M} UTC; "
            f"Line of Sight {facts.software.named}"
        )


def show_rebuilt(made: Rebuilt) -> None:
    """Print where the papers are, and whether they are what was published."""
    for path in made.papers:
        click.echo(path)
    if made.differing:
        names = ", ".join(made.differing)
        click.echo(f"Not byte for byte what was published: {names}, because {made.because}.")
    else:
        click.echo(f"Every byte is what was published as edition {made.facts.id}.")


def show_edition_checked(facts: Facts) -> None:
    """Print how many files were compared; what differs is an error."""
    count = len(facts.parts) + len(facts.papers)
    click.echo(f"Edition {facts.id}: {count} files compared, all are what was kept.")


def show_editions_compared(found: EditionComparison) -> None:
    """Print the figures and the verdicts that differ, old and new."""
    click.echo(f"Edition {found.old.id} and edition {found.new.id}\n")
    click.echo(f"Figures of the same months that differ: {len(found.figures)}")
    for one in found.figures:
        click.echo(_restated_line(one, one.measurement.indicator.id))
    if found.new_figures:
        click.echo(f"{found.new_figures} more are only in {found.new.id}.")
    click.echo(f"\nVerdicts that differ: {len(found.verdicts)}")
    for change in found.verdicts:
        click.echo(_verdict_line(change))


def _verdict_line(change: VerdictChange) -> str:
    told = [one.verdict.value if one else "not in it" for one in (change.before, change.after)]
    because = f" {change.after.because}" if change.after else ""
    return f"  {change.name}: {told[0]} → {told[1]}.{because}"


def show_restated_months(found: RestatedMonths, out: Path) -> None:
    """Print the months that changed, and write the list as a page and a table."""
    looked_at = len(found.months) + len(found.unchanged)
    click.echo(
        f"{len(found.months)} of {looked_at} months looked at have figures that changed since."
    )
    for month in found.months:
        count = len(month.lines)
        click.echo(f"  {month.month}  {count} {'figure' if count == 1 else 'figures'}, "
                   f"{month.known}")  # fmt: skip
    if found.new_figures:
        click.echo(f"{found.new_figures:,} figures could not be measured then and can be now.")
    for path in write_restated(found, out):
        click.echo(path)


def show_restated_month(found: MonthRestated) -> None:
    """Print a month's figures then and now, with the rows behind them where they were asked for."""
    click.echo(f"{found.month.name}, {found.then.words}, and as known now")
    if not found.figures:
        click.echo("No figure has changed.")
    for identity in dict.fromkeys(one.measurement.indicator.id for one in found.figures):
        mine = [one for one in found.figures if one.measurement.indicator.id == identity]
        click.echo(f"\n{mine[0].measurement.indicator.name} ({identity})")
        for one in mine:
            click.echo(_restated_line(one, label_of(one)))
        rows = found.rows.get(identity)
        if rows is not None:
            _show_restated_rows(mine, rows)
    if found.new_figures:
        click.echo(f"\n{found.new_figures} figures could not be measured then and can be now.")
    if found.lost:
        click.echo(f"\nNot in the store any more: {', '.join(found.lost)}.")


def _restated_line(one: Restated, about: str) -> str:
    told = [one.measurement.shown(v) if v else "no figure" for v in (one.before, one.after)]
    when = "" if about == label_of(one) else f", {label_of(one)}"
    return f"  {about + when:<28}  {told[0]} → {told[1]}"


def _show_restated_rows(figures: Sequence[Restated], rows: Sequence[RestatedRow]) -> None:
    for row in rows:
        click.echo(f"  {row.cause.value:<8}  {_restated_row(row)}")
    left = unexplained(figures, rows)
    if left:
        click.echo(f"  {left}")


def _restated_row(row: RestatedRow) -> str:
    if row.cause is Cause.CHANGED:
        told = [_told(one) for one in (row.before, row.after) if one]
        return f"{row.row.subject}: {' → '.join(told)}"
    other = row.before if row.cause is Cause.CAME_IN else row.after
    when = "then" if row.cause is Cause.CAME_IN else "now"
    elsewhere = f"{when} {_told(other)}" if other else f"{when} not on record"
    return f"{row.row.subject}: {_told(row.row)}; {elsewhere}"


def _told(row: KnownRow) -> str:
    fields = ", ".join(f"{name} {_shown(value)}" for name, value in row.fields.items())
    address = f"{row.return_name}, {row.file}, sheet '{row.sheet}', row {row.row}"
    return f"{fields} [{address}; submission {row.submission}]"


def _shown(value: Any) -> str:
    return "blank" if value is None else str(value)
