"""What the commands print: plain lines that can be read aloud, piped and searched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from lineofsight.editions.comparison import EditionComparison, VerdictChange
from lineofsight.editions.edition import Facts
from lineofsight.editions.rebuild import Rebuilt
from lineofsight.indicators.indicator import Indicator, Percentage
from lineofsight.judgement.finding import Finding, Verdict
from lineofsight.measurement.measurement import Measurement
from lineofsight.measurement.restated import Restated
from lineofsight.overview.overview import Overview
from lineofsight.overview.restated import RestatedMonths, label_of
from lineofsight.publish.restated import write_restated
from lineofsight.reference.periods import Month, day_name
from lineofsight.restating import MonthRestated
from lineofsight.returns.submission import Reading, Submission, describe
from lineofsight.validation.report import ValidationReport, write_report
from lineofsight.worklists.reconciliation import Reconciliation, lines
from lineofsight.worklists.restated import Cause, KnownRow, RestatedRow, unexplained
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


def show_reconciliation(found: Reconciliation, paths: Sequence[Path]) -> None:
    """Print what two returns tell differently, in numbers, and where the records are listed."""
    for line in lines(found):
        click.echo(line)
    for path in paths:
        click.echo(path)


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


def show_checked(facts: Facts) -> None:
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
            click.echo(_restated_line(one, label_of(one.value)))
        rows = found.rows.get(identity)
        if rows is not None:
            _show_restated_rows(mine, rows)
    if found.new_figures:
        click.echo(f"\n{found.new_figures} figures could not be measured then and can be now.")
    if found.lost:
        click.echo(f"\nNot in the store any more: {', '.join(found.lost)}.")


def _restated_line(one: Restated, about: str) -> str:
    told = [one.measurement.shown(v) if v else "no figure" for v in (one.before, one.after)]
    when = "" if about == label_of(one.value) else f", {label_of(one.value)}"
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
