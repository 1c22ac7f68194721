"""Verbs that keep published comparators: what there is to compare with, from when, from where."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from lineofsight import comparing
from lineofsight.cli.options import DayType, MonthType
from lineofsight.comparators.comparator import Area, Comparator
from lineofsight.comparators.explore_education import meaning
from lineofsight.comparators.library import Holding
from lineofsight.comparators.published_indicator import PublishedFigure, PublishedIndicator
from lineofsight.comparators.recognised import Kind, Said
from lineofsight.comparing import Added
from lineofsight.desk import Desk
from lineofsight.measurement.held import Held, HeldYear
from lineofsight.measurement.measurement import round_half_up
from lineofsight.progress import steps
from lineofsight.reference.periods import Month, day_name


@click.group()
def comparators() -> None:
    """Published figures to compare with: add them to the store, list them, show them."""


@comparators.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--published-on",
    type=DayType(),
    help="The day the release came out, if it is not one we know. It holds for all files given.",
)
@click.option(
    "--issued", type=MonthType(), help="The month a list of neighbours was issued in, 2025-05."
)
@click.pass_obj
def add(
    desk: Desk, files: tuple[Path, ...], published_on: date | None, issued: Month | None
) -> None:
    """Add published tables and lists of statistical neighbours as they were downloaded.

    CSV files of Explore Education Statistics, the zipped download of a release, a folder of them,
    lists of neighbours as workbook or CSV, and population estimates. Each file is recognised by
    what stands in it, and taken whole or refused whole.
    """
    with steps("Add", len(files)) as progress:
        result = comparing.add(desk, files, Said(published_on, issued), progress)
    show_added(result)
    for fault in result.refused:
        click.echo(str(fault), err=True)
    if result.refused:
        sys.exit(max(fault.exit_code for fault in result.refused))


@comparators.command("list")
@click.pass_obj
def list_(desk: Desk) -> None:
    """List what is in the store: which release, which years, published when, added by whom."""
    held = comparing.holdings(desk)
    if not held:
        click.echo("The store holds no comparators. Add some: lineofsight comparators add FILE…")
    for one in held:
        click.echo(one.title)
        click.echo(f"  {_years(one)}; {_published(one)}")
        click.echo(f"  {one.id}")
        click.echo(f"  {one.file_name}, added on {day_name(one.added_at.date())} by {one.added_by}")


@comparators.command()
@click.argument("identity")
@click.pass_obj
def remove(desk: Desk, identity: str) -> None:
    """Take a file out of the store, for instance to add it again with another day.

    Editions have kept what they used of it.
    """
    gone = comparing.remove(desk, identity)
    click.echo(f"{gone.title} ({gone.file_name}) is removed.")


@comparators.command()
@click.argument("indicator")
@click.option("--authority", help="Another English authority: name or code.")
@click.option("--known-on", type=DayType(), help="Only what had been published by this day.")
@click.option("--year", type=int, help="This year alone, with its neighbours one by one.")
@click.pass_obj
def show(
    desk: Desk, indicator: str, authority: str | None, known_on: date | None, year: int | None
) -> None:
    """Show the comparators of an indicator year by year, with where each comes from."""
    show_held(comparing.show(desk, indicator, authority, known_on), year)


def show_added(result: Added) -> None:
    """Print what each file was recognised as, and what became of the others."""
    for one in result.added:
        click.echo(f"{one.file_name}: {one.title}; {_years(one)}; {_published(one)}.")
    for one in result.known:
        click.echo(f"{one.title} ({one.file_name}) is in the store already.")
    if result.aside:
        click.echo(f"Left aside, as no comparator is read from them: {', '.join(result.aside)}.")
    counts = (
        (len(result.added), "added"),
        (len(result.known), "there already"),
        (len(result.aside), "left aside"),
        (len(result.refused), "refused"),
    )
    click.echo(f"{', '.join(f'{count} {words}' for count, words in counts)}.")


def show_held(found: Held, year: int | None) -> None:
    """Print the years of an indicator, newest first; of one year every neighbour."""
    click.echo(f"{found.indicator.name}, {found.place.name}\n{found.indicator.source}\n")
    for one in found.years:
        if year in (None, one.year):
            for line in _year_lines(found, one, is_alone=year is not None):
                click.echo(line)
    if year is not None and year not in [one.year for one in found.years]:
        click.echo(f"There is no figure of {year}.")


def _year_lines(found: Held, one: HeldYear, *, is_alone: bool) -> Iterator[str]:
    indicator = found.indicator
    label = indicator.timing.period(one.year).label
    yield f"{label[0].upper()}{label[1:]}"
    if one.own is not None:
        yield f"  {found.place.name:<24}{_figure(indicator, one.own)}"
    for comparator in one.comparators:
        yield _comparator_line(indicator, comparator)
    missing = [figure for figure in one.neighbours if figure.value is None]
    told = one.neighbours if is_alone else missing
    for figure in told:
        yield f"    neighbour {figure.area_name:<28}{_figure(indicator, figure)}"


def _comparator_line(indicator: PublishedIndicator, one: Comparator) -> str:
    is_ours = one.area is Area.STATISTICAL_NEIGHBOURS
    name = one.area.value if is_ours else one.area_name
    parts = [f"{name:<24}{_number(indicator, one)}"]
    if one.median is not None:
        median = round_half_up(one.median, indicator.decimals)
        parts.append(
            f"median {median}, {one.members} of 10 neighbours, list of {one.group_version}"
        )
    published = (
        f"published {day_name(one.published_on)}"
        if one.published_on
        else (f"used from {day_name(one.known_from)} on, as the day it was published is not known")
    )
    parts.append(f"{one.vintage}, {published}")
    return f"  {'; '.join(parts)}"


def _number(indicator: PublishedIndicator, one: Comparator) -> str:
    return f"{round_half_up(one.value, one.decimals)}{indicator.unit}"


def _figure(indicator: PublishedIndicator, figure: PublishedFigure) -> str:
    if figure.value is None:
        return meaning(figure.symbol)
    return f"{round_half_up(figure.value, indicator.decimals)}{indicator.unit}"


def _years(one: Holding) -> str:
    if one.kind is Kind.NEIGHBOURS:
        return f"for figures from {one.first_year} on"
    return (
        f"{one.first_year} to {one.last_year}"
        if one.first_year < one.last_year
        else str(one.first_year)
    )


def _published(one: Holding) -> str:
    if one.published_on:
        return f"published on {day_name(one.published_on)}"
    return (
        f"day of publication not known, used from {day_name(one.known_from)} on "
        "(say it with --published-on)"
    )
