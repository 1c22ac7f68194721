"""Verbs that work figures out and follow them down to their records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import click

from lineofsight import cycle
from lineofsight.cli.options import month_option, prepared_option
from lineofsight.desk import Desk
from lineofsight.indicators.indicator import Indicator, Percentage
from lineofsight.judgement.finding import Finding, Verdict
from lineofsight.measurement.measurement import Measurement
from lineofsight.progress import steps
from lineofsight.reference.periods import Month
from lineofsight.worklists.trace import TracedRow

TWELVE = 12


@click.command()
@month_option
@click.pass_obj
def measure(desk: Desk, month: Month) -> None:
    """Measure every indicator for a month and the twelve months that end with it."""
    with steps("Measure", 8) as progress:
        _, measurements = cycle.measure(desk, month, progress=progress)
    show_measurements(measurements, month)


@click.command()
@month_option
@prepared_option
@click.pass_obj
def judge(desk: Desk, month: Month, prepared_on: date) -> None:
    """Name the positive areas and the areas for development, with their evidence."""
    with steps("Judge", 8) as progress:
        judged = cycle.judge(desk, month, prepared_on, progress)
    show_findings(judged.findings)


@click.command()
@click.argument("indicator")
@month_option
@click.pass_obj
def trace(desk: Desk, indicator: str, month: Month) -> None:
    """List the records behind a figure: which count, which are met, and where each is."""
    traced, rows = cycle.trace(desk, indicator, month)
    show_trace(traced, month, rows)


def show_measurements(measurements: Sequence[Measurement], month: Month) -> None:
    """Print month and twelve months of every indicator, or why it has no value."""
    click.echo(f"{'Indicator':<46}{month.name:>32}{'Twelve months':>36}")
    for measurement in measurements:
        if measurement.unmeasurable:
            why = measurement.unmeasurable.reason
            click.echo(f"{measurement.indicator.id:<46}  not measurable, because: {why}")
            continue
        rolling = measurement.latest_rolling
        shown = [measurement.shown(v) if v else "–" for v in (measurement.latest, rolling)]
        if rolling is not None and rolling.period.months < TWELVE:
            shown[1] += f" in {rolling.period.months} months"
        click.echo(f"{measurement.indicator.id:<46}{shown[0]:>32}{shown[1]:>36}")
        for note in measurement.notes:
            click.echo(f"    {note}")


def show_findings(findings: Sequence[Finding]) -> None:
    """Print the findings under their verdicts, each with its rule, reason and tensions."""
    for verdict in Verdict:
        mine = sorted((f for f in findings if f.verdict is verdict), key=lambda f: f.rank)
        click.echo(f"\n{verdict.value.capitalize()} ({len(mine)})")
        for finding in mine:
            _show_finding(finding)


def _show_finding(finding: Finding) -> None:
    click.echo(f"  {finding.rank}. {finding.measurement.indicator.name}")
    click.echo(f"     {finding.because} [{finding.rule}]")
    for tension in finding.tensions:
        click.echo(f"     But: {tension}")
    if finding.would_change:
        click.echo(f"     {finding.would_change}")


def show_trace(indicator: Indicator, month: Month, rows: Sequence[TracedRow]) -> None:
    """Print every record behind a figure with its address."""
    click.echo(f"{indicator.name}, {month.name}")
    said = ("counted", "counted")
    if isinstance(indicator, Percentage):
        said = indicator.said
        met = sum(bool(row.is_met) for row in rows)
        click.echo(
            f"{met} of {len(rows)} {indicator.counted} {said[0]}, {len(rows) - met} {said[1]}.\n"
        )
    else:
        click.echo(f"{len(rows)} records.\n")
    for row in rows:
        click.echo(_traced_line(row, said[0] if row.is_met else said[1]))


def _traced_line(row: TracedRow, said: str) -> str:
    fields = ", ".join(f"{name} {_shown(value)}" for name, value in row.fields.items())
    address = f"{row.return_name}, {row.file}, sheet '{row.sheet}', row {row.row}"
    return f"{said:<9} {row.subject:<10} {fields}  [{address}]"


def _shown(value: Any) -> str:
    return "blank" if value is None else str(value)
