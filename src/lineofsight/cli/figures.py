"""Verbs that work figures out and follow them down to their records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from lineofsight import cycle
from lineofsight import dataset as door
from lineofsight.cli.evidence import evidence_lines
from lineofsight.cli.options import (
    FILE,
    DayType,
    MonthType,
    hindsight_option,
    month_option,
    prepared_option,
)
from lineofsight.desk import Desk
from lineofsight.errors import Fault, UsageFault
from lineofsight.indicators import CHAPTERS
from lineofsight.indicators.indicator import Indicator, Percentage
from lineofsight.journey.breakdowns import BREAKDOWNS
from lineofsight.judgement.finding import Finding, Verdict
from lineofsight.judgement.reasons import near_misses
from lineofsight.judgement.rebasing import told
from lineofsight.measurement.dataset import Dataset
from lineofsight.measurement.measurement import Measurement
from lineofsight.progress import steps
from lineofsight.reference.audience import Audience
from lineofsight.reference.periods import Month, day_name
from lineofsight.worklists.trace import TracedRow

TWELVE = 12


@click.command()
@click.option("--month", type=MonthType(), help="The month, 2020-08.")
@click.option("--as-at", type=DayType(), help="In place of a month any day, 2020-08-17.")
@click.option(
    "--indicator",
    "patterns",
    multiple=True,
    metavar="PATTERN",
    help="Only these, * standing for anything: 'child_protection.*'. May be repeated.",
)
@click.option(
    "--by",
    "breakdowns",
    multiple=True,
    metavar="BREAKDOWN",
    help=f"Break figures down by {', '.join(one.name for one in BREAKDOWNS)}. May be repeated.",
)
@click.option("--out", type=FILE, help="Write all months and periods: .parquet, .csv or .xlsx.")
@click.option(
    "--audience",
    type=click.Choice([one.value for one in Audience]),
    default=Audience.SERVICE.value,
    show_default=True,
    help="For whom it is written: for any but the service small numbers are hidden.",
)
@click.option(
    "--published",
    type=FILE,
    help="The .parquet file its readers have had already: it can be compared with this one.",
)
@click.pass_obj
def measure(
    desk: Desk,
    month: Month | None,
    as_at: date | None,
    patterns: Sequence[str],
    breakdowns: Sequence[str],
    out: Path | None,
    audience: str,
    published: Path | None,
) -> None:
    """Measure indicators for a month and the twelve months that end with it.

    With --by they are broken down into groups; with --out the whole dataset is written: every
    month since records begin, twelve months, year to date, quarters and financial years.
    """
    wanted = door.asked(month, as_at, patterns, breakdowns, Audience(audience))
    if out is None and wanted.audience is not Audience.SERVICE:
        raise UsageFault(
            Fault(
                "On the screen figures are shown to the service only.",
                f"They were asked for with --audience {audience}.",
                "Write them with --out, as .parquet, .csv or .xlsx.",
            )
        )
    if out is None and not breakdowns and as_at is None:
        with steps("Measure", len(CHAPTERS)) as progress:
            _, measurements = cycle.measure(desk, wanted.month, wanted.indicators, progress)
        show_measurements(measurements, wanted.month)
        return
    if out is not None:
        door.demand_known_ending(out)
    with steps("Measure", 4 if wanted.audience is Audience.SERVICE else 5) as progress:
        before = None if published is None else door.read_published(published)
        found = door.dataset(desk, wanted, progress, before)
    if out is not None:
        door.write_dataset(found, out)
        click.echo(f"{found.table.height:,} values written to {out.name}.")
        show_unmeasurable(found)
    else:
        show_groups(found, wanted)
    click.echo(f"\n{found.notice}")


@click.command()
@month_option
@prepared_option
@hindsight_option
@click.pass_obj
def judge(desk: Desk, month: Month, prepared_on: date, with_hindsight: bool) -> None:
    """Name the positive areas and the areas for development, with their evidence."""
    with steps("Judge", len(CHAPTERS)) as progress:
        judged = cycle.judge(desk, month, prepared_on, progress, with_hindsight=with_hindsight)
    show_findings(judged.findings)
    show_near_misses(judged.findings)


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


def show_groups(found: Dataset, wanted: door.Asked) -> None:
    """Print every group of every indicator: the month asked for, and its twelve months."""
    ends = wanted.closing.last_day(wanted.month)
    now = [row for row in found.table.iter_rows(named=True) if row["period_ends_on"] == ends]
    values = {(r["indicator"], r["breakdown"], r["group"], r["period"]): r for r in now}
    heading = f"{'Month to ' + day_name(ends):>32}{'Twelve months':>36}"
    for indicator in wanted.indicators:
        # Groups stand in the table in their own order, ages from the youngest; whoever counts in
        # the month counts in its twelve months.
        found_in = [k for k in values if k[0] == indicator.id and k[3] == "twelve months"]
        groups = dict.fromkeys(key[1:3] for key in found_in)
        if groups:
            click.echo(f"\n{indicator.id}\n{indicator.name}\n{'':<34}{heading}")
        for group in groups:
            month, twelve = (
                _group_value(values.get((indicator.id, *group, period)), indicator)
                for period in ("month", "twelve months")
            )
            click.echo(f"  {group[1][:30]:<32}{month:>32}{twelve:>36}")
    show_unmeasurable(found)


def _group_value(row: Mapping[str, Any] | None, indicator: Indicator) -> str:
    """'73% (8/11)'; of a group without a denominator the number counted."""
    if row is None:
        return "–"
    value, above, below = row["value"], row["numerator"], row["denominator"]
    if value is None:
        return f"{above:,.0f} counted" if below is None else "–"
    shown = f"{value:,.{indicator.decimals}f}{indicator.unit}"
    return shown if below is None else f"{shown} ({above:,.0f}/{below:,.0f})"


def show_unmeasurable(found: Dataset) -> None:
    """Print which indicators have no value, and why."""
    for identity, why in found.unmeasurable.items():
        click.echo(f"{identity}: not measurable, because: {why.reason}")


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
    for rebase in finding.evidence.variation.rebases:
        click.echo(f"     {told(rebase)}")
    if finding.stability:
        click.echo(f"     {' '.join(check.words for check in finding.stability)}")
    for line in evidence_lines(finding):
        click.echo(f"       · {line}")


def show_near_misses(findings: Sequence[Finding]) -> None:
    """Print what came near to being listed, and was not."""
    near = near_misses(findings)
    if near:
        click.echo(f"\nNear misses ({len(near)})")
    for line in near:
        click.echo(f"  {line}")


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
