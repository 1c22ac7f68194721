"""The reporting cycle: its verbs, each a few lines, so that this page is the whole flow.

receive → validate → measure → judge → overview, and trace from a figure down to its records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from lineofsight.access.audit import AuditTrail
from lineofsight.access.roles import Act, Actor
from lineofsight.checking import Checked, check_journey, check_submission, tables_to_measure
from lineofsight.comparators.comparator import Area, Comparator, Spread, admissible
from lineofsight.comparators.published import read_published
from lineofsight.comparators.shipped import shipped_comparators, shipped_spreads
from lineofsight.errors import Fault, LineOfSightError, UnknownName, UsageFault
from lineofsight.indicators import ALL, find_indicator
from lineofsight.indicators.indicator import Indicator
from lineofsight.journey.clocks import records_behind
from lineofsight.judgement.finding import Finding
from lineofsight.judgement.judge import judge as judge_measurements
from lineofsight.judgement.judge import near_misses
from lineofsight.measurement.measure import Question
from lineofsight.measurement.measure import measure as measure_journey
from lineofsight.measurement.measurement import Measurement
from lineofsight.measurement.published import (
    comparator_trend,
    comparators_for,
    measure_published,
)
from lineofsight.measurement.spread import spreads
from lineofsight.overview.chart_data import Trends
from lineofsight.overview.commentary import Commentary, read_commentary
from lineofsight.overview.lay_out import lay_out
from lineofsight.overview.overview import Note, Overview
from lineofsight.overview.restated import NOTHING_PUBLISHED, RestatedSince
from lineofsight.publish.papers import drawn_aside, paper_names, put_in_place
from lineofsight.reference.authority import Authority, read_authority
from lineofsight.reference.periods import Month, day_name
from lineofsight.reference.places import find_place
from lineofsight.returns.arrivals import Arrived
from lineofsight.returns.issue import Kind, ReadingIssue
from lineofsight.returns.submission import Reading, Submission, read_files
from lineofsight.validation.report import ValidationReport
from lineofsight.warehouse.duckdb import DuckDB
from lineofsight.warehouse.journey import Journey, read_journey, told_by_return, with_months
from lineofsight.warehouse.merging import LEADING
from lineofsight.warehouse.side_by_side import Compared
from lineofsight.warehouse.store import Store
from lineofsight.worklists.reconciliation import (
    FigureMoved,
    Reconciliation,
    figures_moved,
    side_by_side,
)
from lineofsight.worklists.reconciliation_page import write_reconciliation
from lineofsight.worklists.trace import TracedRow
from lineofsight.worklists.trace import trace as trace_rows

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

    def journey(self) -> Journey:
        """The journey as known now, with the returns leading that the settings name."""
        path = self.root / SETTINGS
        leading = read_authority(path).leading if path.exists() else ()
        return read_journey(self.store, leading=leading)

    def authority(self) -> Authority:
        """The settings beside the store, or what the submissions say of themselves."""
        submissions = self.store.submissions()
        # Made-up records make a made-up paper, whatever the settings leave unsaid.
        is_synthetic = any(s.is_synthetic for s in submissions)
        path = self.root / SETTINGS
        if path.exists():
            settings = _with_known_names(read_authority(path))
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
    """What a delivery covers and is as at, where the file does not say so itself.

    What is said of a whole folder `gives_way` to what each file says.
    """

    first_day: date | None = None
    last_day: date | None = None
    as_at: date | None = None
    authority: str | None = None
    gives_way: bool = False


@dataclass(frozen=True)
class MonthJudged:
    """One month of one authority: what was measured, and what was found."""

    authority: Authority
    month: Month
    journey: Journey
    measurements: tuple[Measurement, ...]
    findings: tuple[Finding, ...]


def receive(
    desk: Desk, delivery: Path | Sequence[Arrived], window: Window
) -> tuple[Reading, Submission]:
    """Take one delivery whole, or refuse it whole and leave the store as it was.

    Several files are one delivery only where they are one return between them.
    """
    reading = read_files(
        [delivery] if isinstance(delivery, Path) else delivery,
        first_day=window.first_day,
        last_day=window.last_day,
        as_at=window.as_at,
        authority=window.authority,
        gives_way=window.gives_way,
    )
    desk.trail.enter(desk.actor, Act.RECEIVE, reading.submission.id)
    return reading, desk.store.add(reading)


def validate(desk: Desk) -> ValidationReport:
    """Check the journey as it stands against every rule."""
    desk.trail.enter(desk.actor, Act.VALIDATE, "the journey")
    journey = desk.journey()
    _demand_submissions(desk, journey.submissions)
    return check_journey(journey, desk.store)


def validate_submissions(desk: Desk, identity: str | None = None) -> Iterator[Checked]:
    """Check each delivery by itself as it came, or the one of this identity.

    Raises UnknownName with the nearest identities where the store holds no such submission.
    """
    submissions = desk.store.submissions()
    _demand_submissions(desk, submissions)
    by_id = {submission.id: submission for submission in submissions}
    if identity is not None and identity not in by_id:
        raise UnknownName.among("submission", identity, tuple(by_id), "Of those in the store.")
    for submission in submissions if identity is None else [by_id[identity]]:
        desk.trail.enter(desk.actor, Act.VALIDATE, submission.id)
        yield check_submission(desk.store, submission)


def measure(
    desk: Desk,
    month: Month,
    indicators: Sequence[Indicator] = ALL,
    progress: Progress = lambda step: None,
) -> tuple[Journey, tuple[Measurement, ...]]:
    """Measure indicators for every month up to this one."""
    authority = desk.authority()
    journey = desk.journey()
    _demand_submissions(desk, journey.submissions)
    flags, tables = tables_to_measure(journey, month)
    engine = DuckDB(tables)
    question = Question(journey, engine, month, authority.name, authority.population, flags)
    return journey, measure_journey(indicators, question, progress)


def judge(
    desk: Desk, month: Month, prepared_on: date, progress: Progress = lambda step: None
) -> MonthJudged:
    """Measure a month and find what is a positive area and what an area for development."""
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
    desk: Desk,
    judged: MonthJudged,
    prepared_on: date,
    commentary: Path | None,
    restated: RestatedSince = NOTHING_PUBLISHED,
) -> Overview:
    """Lay out the Performance Overview of a month; the act is recorded first."""
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
        restated=restated,
    )


def compare(name: str, year: int, folder: Path, prepared_on: date) -> Overview:
    """Lay out the overview of any English authority from published statistics."""
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
    with drawn_aside(paper, out, paper_names(stem), progress) as drawn:
        return put_in_place(drawn, out)


def trace(desk: Desk, identity: str, month: Month) -> tuple[Indicator, tuple[TracedRow, ...]]:
    """Follow a figure down to the records it was counted from; the act is recorded first."""
    indicator = find_indicator(identity)
    journey, measurements = measure(desk, month, (indicator,))
    problem = measurements[0].unmeasurable
    if problem:
        where = f"The figure is {indicator.id} for {month.name}."
        raise UsageFault(Fault(f"It cannot be measured. {problem.reason}", where, problem.remedy))
    entry = desk.trail.enter(desk.actor, Act.TRACE, f"{indicator.id}, {month}")
    engine = DuckDB(journey.frames)
    return indicator, trace_rows(indicator, month, engine, journey.submissions, entry)


def reconcile(
    desk: Desk, month: Month | None, out: Path, progress: Progress = lambda step: None
) -> tuple[Reconciliation, tuple[Path, Path]]:
    """Lay returns that tell of the same days side by side; the act is recorded first.

    Figures are compared in the months that lie whole in those days, up to `month` or the last.
    """
    entry = desk.trail.enter(desk.actor, Act.RECONCILE, str(month or "all months"))
    authority = desk.authority()
    progress("records")
    compared = side_by_side(told_by_return(desk.store, authority.leading), entry)
    figures: list[FigureMoved] = []
    last = month or max((m for c in compared for m in _whole_months(c, None)), default=None)
    for pair in dict.fromkeys(c.returns for c in compared):
        progress(" and ".join(pair))
        own = [c for c in compared if c.returns == pair]
        figures += _figures_moved(desk, pair, own, last)
    found = Reconciliation(last or Month.of(date.today()), compared, tuple(figures))
    is_synthetic = authority.is_synthetic
    return found, write_reconciliation(found, out, authority.name, entry, is_synthetic=is_synthetic)


def _whole_months(compared: Compared, until: Month | None) -> list[Month]:
    spans = ((Month.of(s.first_day), Month.of(s.last_day), s) for s in compared.spans)
    every = ((Month(n), s) for a, b, s in spans for n in range(a.index, b.index + 1))
    whole = {m for m, s in every if s.first_day <= m.first_day and m.last_day <= s.last_day}
    return sorted(m for m in whole if until is None or m <= until)


def _figures_moved(
    desk: Desk, pair: tuple[str, str], compared: Sequence[Compared], last: Month | None
) -> list[FigureMoved]:
    months = sorted({m for one in compared for m in _whole_months(one, last)})
    if not months:
        return []
    tables = {one.table for one in compared if one.differences}
    touched = [i for i in ALL if tables & {f.split(".")[0] for f in records_behind(i.fields())}]
    measured = (_measured_leading(desk, name, touched, months[-1]) for name in pair)
    return list(figures_moved(pair, next(measured), next(measured), months))


def _measured_leading(
    desk: Desk, return_name: str, indicators: Sequence[Indicator], month: Month
) -> tuple[Measurement, ...]:
    authority = desk.authority()
    journey = read_journey(desk.store, leading=(return_name, *authority.leading))
    engine = DuckDB(with_months(journey, month))
    question = Question(journey, engine, month, authority.name, authority.population)
    return measure_journey(indicators, question)


def linked(
    desk: Desk, month: Month, progress: Progress = lambda step: None
) -> tuple[tuple[ReadingIssue, ...], tuple[FigureMoved, ...]]:
    """Say what linked identifiers do: rows given another identifier, and figures that move."""
    desk.trail.enter(desk.actor, Act.LINK, str(month))
    authority = desk.authority()
    _demand_submissions(desk, desk.store.submissions())
    measured: dict[str, tuple[Measurement, ...]] = {}
    for words, is_linked in (("as recorded", False), ("linked", True)):
        progress(words)
        journey = read_journey(desk.store, leading=authority.leading, is_linked=is_linked)
        engine = DuckDB(with_months(journey, month))
        question = Question(journey, engine, month, authority.name, authority.population)
        measured[words] = measure_journey(ALL, question)
    kinds = (Kind.LINKED, Kind.LINK_UNCLEAR)
    reported = tuple(issue for issue in journey.reported if issue.kind in kinds)
    before, after = measured.values()
    return reported, tuple(figures_moved(("as recorded", "linked"), before, after, [month]))


def receive_all(
    desk: Desk, arrived: Iterable[Sequence[Arrived]], window: Window, progress: Progress
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


def _with_known_names(authority: Authority) -> Authority:
    """Refuse indicators and returns nobody knows: they would be left out unsaid."""
    faults: list[Fault] = []
    for identity, _ in authority.targets:
        try:
            find_indicator(identity)
        except LineOfSightError as unknown:
            faults += unknown.faults
    for name in authority.leading:
        if name not in LEADING:
            where = f"File: {SETTINGS}, entry 'leading'."
            faults += UnknownName.among("return", name, LEADING, where).faults
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
    return Note(
        "Records used",
        tuple(
            f"{s.return_name}, as at {day_name(s.as_at)}, covering {day_name(s.first_day)} to "
            f"{day_name(s.last_day)}; submission {s.id}."
            for s in submissions
        ),
    )
