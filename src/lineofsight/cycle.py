"""The reporting cycle: its verbs, each a few lines, so that this page is the whole flow.

receive → validate → measure → judge → overview, and trace from a figure down to its records.

A verb loads the rooms that only it needs by itself: receiving a file should not wait for the
libraries that draw a paper.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from lineofsight.access.audit import AuditTrail
from lineofsight.access.roles import Act, Actor
from lineofsight.errors import Fault, LineOfSightError, UsageFault
from lineofsight.indicators import ALL, find_indicator
from lineofsight.indicators.indicator import Indicator
from lineofsight.reference.authority import Authority, read_authority
from lineofsight.reference.periods import Month, day_name
from lineofsight.reference.places import find_place
from lineofsight.returns.issue import ReadingIssue
from lineofsight.returns.submission import Reading, Submission, read_files
from lineofsight.warehouse.store import Store

if TYPE_CHECKING:
    from lineofsight.comparators.comparator import Area, Comparator, Spread
    from lineofsight.judgement.finding import Finding
    from lineofsight.measurement.measurement import Measurement
    from lineofsight.overview.chart_data import Trends
    from lineofsight.overview.overview import Note, Overview
    from lineofsight.validation.report import ValidationReport
    from lineofsight.warehouse.journey import Journey
    from lineofsight.worklists.trace import TracedRow

Progress = Callable[[str], None]
YEARS_OF_TREND = 10
SETTINGS = "authority.toml"


@dataclass(frozen=True)
class Desk:
    """Where an actor works: the store, the authority's settings, and the record of acts."""

    root: Path
    actor: Actor

    @property
    def store(self) -> Store:
        return Store(self.root)

    @property
    def trail(self) -> AuditTrail:
        return AuditTrail(self.root / "audit.jsonl")

    def authority(self) -> Authority:
        """The settings beside the store, or what the submissions say of themselves."""
        submissions = self.store.submissions()
        # Made-up records make a made-up paper, whatever the settings leave unsaid.
        is_synthetic = any(s.is_synthetic for s in submissions)
        path = self.root / SETTINGS
        if path.exists():
            settings = _with_known_targets(read_authority(path))
            return replace(settings, is_synthetic=settings.is_synthetic or is_synthetic)
        _demand_submissions(self, submissions)
        # A CSV file has no cover: what names the authority is the newest delivery that does.
        named = [s for s in submissions if s.authority] or submissions
        codes = [s.authority_code for s in named if s.authority_code]
        return Authority(
            named[-1].authority,
            codes[-1] if codes else "",
            is_synthetic=is_synthetic,
        )


@dataclass(frozen=True, slots=True)
class Window:
    """What a delivery covers and is as at, where the file does not say so itself."""

    first_day: date | None = None
    last_day: date | None = None
    as_at: date | None = None
    authority: str | None = None


@dataclass(frozen=True)
class MonthJudged:
    """One month of one authority: what was measured, and what was found."""

    authority: Authority
    month: Month
    journey: Journey
    measurements: tuple[Measurement, ...]
    findings: tuple[Finding, ...]


def receive(
    desk: Desk, delivery: Path | Sequence[Path], window: Window
) -> tuple[Reading, Submission]:
    """Take one delivery whole, or refuse it whole and leave the store as it was.

    Several files are one delivery only where they are one SSDA903 return between them.
    """
    reading = read_files(
        [delivery] if isinstance(delivery, Path) else delivery,
        first_day=window.first_day,
        last_day=window.last_day,
        as_at=window.as_at,
        authority=window.authority,
    )
    desk.trail.enter(desk.actor, Act.RECEIVE, reading.submission.id)
    return reading, desk.store.add(reading)


def validate(desk: Desk) -> ValidationReport:
    """Check the journey as it stands against every rule."""
    from lineofsight.validation.validate import validate as validate_frames
    from lineofsight.warehouse.journey import read_journey

    desk.trail.enter(desk.actor, Act.VALIDATE, "the journey")
    journey = read_journey(desk.store)
    _demand_submissions(desk, journey.submissions)
    delivered = {name: frame for name, frame in journey.frames.items() if journey.covered[name]}
    return validate_frames(
        delivered,
        max(s.as_at for s in journey.submissions),
        [*journey.gone, *_reading_issues(desk, journey.submissions)],
        first_day=min(s.first_day for s in journey.submissions),
        missing_fields=journey.missing_fields,
    )


def measure(
    desk: Desk,
    month: Month,
    indicators: Sequence[Indicator] = ALL,
    progress: Progress = lambda step: None,
) -> tuple[Journey, tuple[Measurement, ...]]:
    """Measure indicators for every month up to this one."""
    from lineofsight.measurement.measure import Question
    from lineofsight.measurement.measure import measure as measure_journey
    from lineofsight.warehouse.duckdb import DuckDB
    from lineofsight.warehouse.journey import read_journey, with_months

    authority = desk.authority()
    journey = read_journey(desk.store)
    engine = DuckDB(with_months(journey, month))
    question = Question(journey, engine, month, authority.name, authority.population)
    return journey, measure_journey(indicators, question, progress)


def judge(
    desk: Desk, month: Month, prepared_on: date, progress: Progress = lambda step: None
) -> MonthJudged:
    """Measure a month and find what is a positive area and what an area for development."""
    from lineofsight.comparators.comparator import admissible
    from lineofsight.comparators.shipped import shipped_comparators, shipped_spreads
    from lineofsight.judgement.judge import judge as judge_measurements

    authority = desk.authority()
    journey, measurements = measure(desk, month, ALL, progress)
    comparators: tuple[Comparator, ...] = ()
    spread: tuple[Spread, ...] = ()
    if authority.comparator_table:
        comparators = admissible(shipped_comparators(authority.comparator_table), prepared_on)
        spread = shipped_spreads()
    findings = judge_measurements(
        measurements, comparators, spread, dict(authority.targets), prepared_on
    )
    return MonthJudged(authority, month, journey, measurements, findings)


def overview(
    desk: Desk, judged: MonthJudged, prepared_on: date, commentary: Path | None
) -> Overview:
    """Lay out the Performance Overview of a month; the act is recorded first."""
    from lineofsight.judgement.judge import near_misses
    from lineofsight.overview.commentary import Commentary, read_commentary
    from lineofsight.overview.lay_out import lay_out

    desk.trail.enter(desk.actor, Act.PUBLISH, str(judged.month))
    known = {indicator.id: indicator.name for indicator in ALL}
    authority = judged.authority
    return lay_out(
        judged.findings,
        authority=authority.name,
        month=judged.month,
        year=None,
        prepared_on=prepared_on,
        is_synthetic=authority.is_synthetic,
        events=authority.events,
        commentary=read_commentary(commentary, known) if commentary else Commentary(),
        region_name=authority.region,
        sources=(_deliveries(judged.journey.submissions),),
        near_misses=near_misses(judged.findings),
    )


def compare(name: str, year: int, folder: Path, prepared_on: date) -> Overview:
    """Lay out the overview of any English authority from published statistics."""
    from lineofsight.comparators.comparator import admissible
    from lineofsight.comparators.published import read_published
    from lineofsight.judgement.judge import judge as judge_measurements
    from lineofsight.judgement.judge import near_misses
    from lineofsight.measurement.published import (
        comparator_trend,
        comparators_for,
        measure_published,
    )
    from lineofsight.measurement.spread import spreads
    from lineofsight.overview.commentary import Commentary
    from lineofsight.overview.lay_out import lay_out

    place = find_place(name)
    published = read_published(folder)
    measurements = measure_published(published, place, year)
    findings = judge_measurements(
        measurements,
        admissible(comparators_for(published, place, year), prepared_on),
        spreads(published, year),
        {},
        prepared_on,
    )
    return lay_out(
        findings,
        authority=place.name,
        month=None,
        year=year,
        prepared_on=prepared_on,
        is_synthetic=False,
        events=(),
        commentary=Commentary(),
        region_name=place.region,
        sources=(),
        near_misses=near_misses(findings),
        comparator_trends=_trends(
            comparator_trend(published, place, m.indicator.id, _years(year)) for m in measurements
        ),
    )


def publish(paper: Overview, out: Path, stem: str, progress: Progress) -> tuple[Path, ...]:
    """Draw one overview in every format, all of them or none; gives the files."""
    from lineofsight.publish import FORMATS

    out.mkdir(parents=True, exist_ok=True)
    names = {suffix: f"{stem}.{suffix}" for suffix in FORMATS}
    # Drawn aside first: a full disk or Ctrl-C must not leave half a paper, or two papers mixed.
    with tempfile.TemporaryDirectory(prefix=".writing-", dir=out) as aside:
        for suffix, write in FORMATS.items():
            progress(suffix)
            write(paper, Path(aside) / names[suffix])
        for name in names.values():
            (Path(aside) / name).replace(out / name)
    return tuple(out / name for name in names.values())


def trace(desk: Desk, identity: str, month: Month) -> tuple[Indicator, tuple[TracedRow, ...]]:
    """Follow a figure down to the records it was counted from; the act is recorded first."""
    from lineofsight.warehouse.duckdb import DuckDB
    from lineofsight.worklists.trace import trace as trace_rows

    indicator = find_indicator(identity)
    journey, measurements = measure(desk, month, (indicator,))
    problem = measurements[0].unmeasurable
    if problem:
        where = f"The figure is {indicator.id} for {month.name}."
        raise UsageFault(Fault(f"It cannot be measured. {problem.reason}", where, problem.remedy))
    entry = desk.trail.enter(desk.actor, Act.TRACE, f"{indicator.id}, {month}")
    engine = DuckDB(journey.frames)
    return indicator, trace_rows(indicator, month, engine, journey.submissions, entry)


def receive_all(
    desk: Desk, arrived: Iterable[Sequence[Path]], window: Window, progress: Progress
) -> tuple[list[tuple[Reading, Submission]], list[LineOfSightError]]:
    """Receive several deliveries: each whole or refused whole, and none stops the others."""
    taken: list[tuple[Reading, Submission]] = []
    refused: list[LineOfSightError] = []
    for files in arrived:
        progress(", ".join(path.name for path in files))
        try:
            taken.append(receive(desk, files, window))
        except LineOfSightError as refusal:
            refused.append(refusal)
    return taken, refused


def _reading_issues(desk: Desk, submissions: Sequence[Submission]) -> Iterator[ReadingIssue]:
    """What reading reported, with the file's name where a list was delivered more than once."""
    for submission in submissions:
        for issue in desk.store.issues(submission):
            named = f"{submission.file_name}, {issue.sheet}"
            yield issue if len(submissions) == 1 else replace(issue, sheet=named)


def _with_known_targets(authority: Authority) -> Authority:
    """Refuse a target for an indicator nobody knows: it would be left out of the paper unsaid."""
    faults: list[Fault] = []
    for identity, _ in authority.targets:
        try:
            find_indicator(identity)
        except LineOfSightError as unknown:
            faults += unknown.faults
    if faults:
        raise UsageFault(faults)
    return authority


def _demand_submissions(desk: Desk, submissions: Sequence[Submission]) -> None:
    if not submissions:
        raise UsageFault(
            Fault(
                "The store holds no submissions.",
                f"It was looked for in '{desk.root.name}'.",
                "Receive a return first: lineofsight receive FILE.",
            )
        )


def _years(year: int) -> range:
    return range(year - YEARS_OF_TREND + 1, year + 1)


def _trends(trends: Iterable[Sequence[Comparator]]) -> Mapping[str, Trends]:
    found: dict[str, dict[Area, tuple[tuple[int, Decimal | None], ...]]] = {}
    for trend in trends:
        for one in trend:
            areas = found.setdefault(one.indicator, {})
            areas[one.area] = (*areas.get(one.area, ()), (one.period_ends_on.year, one.value))
    return found


def _deliveries(submissions: Sequence[Submission]) -> Note:
    from lineofsight.overview.overview import Note

    return Note(
        "Records used",
        tuple(
            f"{s.return_name}, as at {day_name(s.as_at)}, covering {day_name(s.first_day)} to "
            f"{day_name(s.last_day)}; submission {s.id}."
            for s in submissions
        ),
    )
