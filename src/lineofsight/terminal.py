"""What the commands print: plain lines that can be read aloud, piped and searched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lineofsight.indicators.indicator import Indicator, Percentage
from lineofsight.reference.periods import Month
from lineofsight.returns.submission import Reading, Submission, describe

if TYPE_CHECKING:
    # A verb loads the rooms that only it needs by itself, as in the cycle.
    from lineofsight.judgement.finding import Finding
    from lineofsight.measurement.measurement import Measurement, Value
    from lineofsight.overview.overview import Overview
    from lineofsight.validation.report import ValidationReport
    from lineofsight.worklists.trace import TracedRow

TWELVE = 12


def slug(name: str) -> str:
    """Turn a name into a part of a file name."""
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")


def show_demonstration(paper: Overview, paths: Sequence[Path]) -> None:
    """Print the headline lines, and where the papers are."""
    click.echo(f"{paper.title}\n{paper.authority}: every child is made up.\n")
    for line in paper.headlines:
        click.echo(f"  {line}")
    click.echo()
    for path in paths:
        click.echo(path)


def show_receipts(taken: Iterable[tuple[Reading, Submission]]) -> None:
    """Print what each delivery was taken for, and what was reported."""
    for reading, submission in taken:
        for line in describe(reading):
            click.echo(line)
        click.echo(f"Kept as submission {submission.id}.\n")


def show_validation(report: ValidationReport, out: Path) -> None:
    """Print the report's summary and write it as a page and a table."""
    from lineofsight.validation.report import write_report

    for line in report.lines():
        click.echo(line)
    for path in write_report(report, out):
        click.echo(path)


def show_measurements(measurements: Sequence[Measurement], month: Month) -> None:
    """Print month and twelve months of every indicator, or why it has no value."""
    click.echo(f"{'Indicator':<46}{month.name:>32}{'Twelve months':>36}")
    for measurement in measurements:
        if measurement.unmeasurable:
            why = measurement.unmeasurable.reason
            click.echo(f"{measurement.indicator.id:<46}  not measurable, because: {why}")
            continue
        rolling = measurement.latest_rolling
        shown = [_figure(measurement, value) for value in (measurement.latest, rolling)]
        if rolling is not None and rolling.period.months < TWELVE:
            shown[1] += f" in {rolling.period.months} months"
        click.echo(f"{measurement.indicator.id:<46}{shown[0]:>32}{shown[1]:>36}")
        for note in measurement.notes:
            click.echo(f"    {note}")


def _figure(measurement: Measurement, value: Value | None) -> str:
    if value is None:
        return "–"
    number = value.rounded(measurement.indicator.decimals)
    text = "–" if number is None else f"{number:,}{measurement.indicator.unit}"
    if value.denominator is None:
        return text
    return f"{text} ({value.numerator:,.0f}/{value.denominator:,.0f})"


def show_findings(findings: Sequence[Finding]) -> None:
    """Print the findings under their verdicts, each with its rule, reason and tensions."""
    from lineofsight.judgement.finding import Verdict

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


def show_paper(paper: Overview, paths: Sequence[Path]) -> None:
    """Print the paper's headlines and where its files are."""
    click.echo(paper.title)
    for line in paper.headlines:
        click.echo(f"  {line}")
    for missing in paper.not_measured:
        click.echo(f"  Not measurable: {missing.name}. {missing.reason}")
    for path in paths:
        click.echo(path)


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
