"""The reporting cycle: its verbs, each a few lines, so that this page is the whole flow.

validate → measure → judge → overview, and trace from a figure down to its records. `receiving`
comes before them; `sources`, `memory` and `restating` look back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from lineofsight.access.roles import Act
from lineofsight.checking import Checked, check_journey, check_submission, tables_to_measure
from lineofsight.comparators.comparator import Area, Comparator, admissible
from lineofsight.comparators.library import Holding
from lineofsight.comparators.published import Published, read_published
from lineofsight.comparing import compared_with, demand_comparators, later_releases
from lineofsight.desk import Desk, Progress, demand_submissions
from lineofsight.errors import Fault, UnknownName, UsageFault
from lineofsight.explaining import exactly
from lineofsight.indicators import ALL, find_indicator
from lineofsight.indicators.indicator import Indicator
from lineofsight.journey.breakdowns import BREAKDOWNS
from lineofsight.judgement.decomposition import decompose
from lineofsight.judgement.finding import Finding
from lineofsight.judgement.judge import judge as judge_measurements
from lineofsight.judgement.judge import near_misses
from lineofsight.judgement.rebasing import demand_points
from lineofsight.judgement.withheld import Withholding, withheld
from lineofsight.measurement.all_authorities import all_authorities
from lineofsight.measurement.by_group import by_group
from lineofsight.measurement.measure import Question
from lineofsight.measurement.measure import measure as measure_journey
from lineofsight.measurement.measurement import Measurement
from lineofsight.measurement.published import (
    comparator_trend,
    comparators_for,
    measure_published,
    other_comparators_for,
)
from lineofsight.measurement.spread import spreads
from lineofsight.measurement.stages import ways_of
from lineofsight.measurement.trend_basis import trend_basis
from lineofsight.overview.among_all import standings_of
from lineofsight.overview.chart_data import Trends
from lineofsight.overview.commentary import Commentary, read_commentary
from lineofsight.overview.earlier import EarlierPaper, readable_by
from lineofsight.overview.indicator_page import Behind
from lineofsight.overview.lay_out import lay_out
from lineofsight.overview.overview import Note, Overview
from lineofsight.overview.promises import open_promises, promised_to_anybody
from lineofsight.overview.restated import NOTHING_PUBLISHED, RestatedSince
from lineofsight.overview.thresholds_told import way_to_a_plan
from lineofsight.publish.papers import drawn_aside, paper_names, put_in_place
from lineofsight.reference.audience import Audience
from lineofsight.reference.authority import Authority
from lineofsight.reference.periods import Month, day_name
from lineofsight.reference.places import find_place
from lineofsight.returns.submission import Submission
from lineofsight.validation.report import ValidationReport
from lineofsight.warehouse.duckdb import DuckDB
from lineofsight.warehouse.journey import Journey
from lineofsight.worklists.trace import TracedRow
from lineofsight.worklists.trace import trace as trace_rows

YEARS_OF_TREND = 10


@dataclass(frozen=True)
class MonthJudged:
    """One month of one authority: what was measured, and what was found."""

    authority: Authority
    month: Month
    journey: Journey
    measurements: tuple[Measurement, ...]
    findings: tuple[Finding, ...]
    holdings: tuple[Holding, ...] = ()


def validate(desk: Desk) -> ValidationReport:
    """Check the journey as it stands against every rule."""
    desk.trail.enter(desk.actor, Act.VALIDATE, "the journey")
    journey = desk.journey()
    demand_submissions(desk, journey.submissions)
    return check_journey(journey, desk.store)


def validate_submissions(desk: Desk, identity: str | None = None) -> Iterator[Checked]:
    """Check each delivery by itself as it came, or the one of this identity.

    Raises UnknownName with the nearest identities where the store holds no such submission.
    """
    submissions = desk.store.submissions()
    demand_submissions(desk, submissions)
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
    demand_submissions(desk, journey.submissions)
    flags, tables = tables_to_measure(journey, month)
    engine = DuckDB(tables)
    question = Question(journey, engine, month, authority.name, authority.population, flags)
    return journey, measure_journey(indicators, question, progress)


def judge(
    desk: Desk,
    month: Month,
    prepared_on: date,
    progress: Progress = lambda step: None,
    *,
    with_hindsight: bool = False,
) -> MonthJudged:
    """Measure a month and find what is a positive area and what an area for development.

    For what it is compared with see `comparing.compared_with`.
    """
    authority = desk.authority()
    journey, measurements = measure(desk, month, ALL, progress)
    against = compared_with(desk, authority, month, prepared_on, with_hindsight=with_hindsight)
    demand_points(measurements, authority.charting.rebases)
    findings = judge_measurements(
        measurements,
        against.comparators,
        against.spreads,
        dict(authority.targets),
        against.known_on,
        against.tried,
        charting=authority.charting,
    )
    return MonthJudged(authority, month, journey, measurements, findings, against.holdings)


def overview(
    desk: Desk,
    judged: MonthJudged,
    prepared_on: date,
    commentary: Path | None,
    restated: RestatedSince = NOTHING_PUBLISHED,
    audience: Audience = Audience.SERVICE,
    earlier: Sequence[EarlierPaper] = (),
    what: Withholding | None = None,
) -> Overview:
    """Lay out the Performance Overview of a month for an audience; the act is recorded first.

    `earlier` are the papers of earlier months that it looks back on; `what` says what must not be
    shown, and without it small numbers stand as they are.
    """
    desk.trail.enter(desk.actor, Act.PUBLISH, f"{judged.month}, {audience}")
    findings = withheld(judged.findings, what) if what else judged.findings
    authority = judged.authority
    return lay_out(
        findings,
        authority=authority.name,
        month=judged.month,
        year=None,
        prepared_on=prepared_on,
        is_synthetic=authority.is_synthetic,
        events=authority.events,
        commentary=_commentary(commentary, earlier, audience),
        region_name=authority.region,
        sources=(
            _deliveries(judged.journey.submissions),
            *later_releases(findings, prepared_on),
        ),
        near_misses=near_misses(findings),
        restated=restated,
        behind=behind(judged, what),
        audience=audience,
        earlier=earlier,
        is_suppressed=what is not None,
    )


def behind(judged: MonthJudged, what: Withholding | None = None) -> Behind:
    """Count the groups of every measured indicator, and say what each counts.

    Workers are people of the service: figures are never divided by them here. Where `what` must
    not be shown there are no groups at all: it was decided for the whole figures, and a group
    could give a small number away.
    """
    exact = {one.id: exactly(one) for one in ALL}
    if what is not None:
        return Behind({}, exact)
    journey, authority = judged.journey, judged.authority
    question = Question(journey, DuckDB({}), judged.month, authority.name, authority.population)
    groups = [one for one in BREAKDOWNS if not one.is_inside]
    grouped = by_group(ALL, question, groups)
    return Behind(grouped, exact)


def published_figures(desk: Desk, folder: Path | None) -> Published:
    """Read published statistics from a folder of downloaded files or, without one, the store."""
    return read_published(folder) if folder else demand_comparators(desk)


def compare(name: str, year: int, published: Published, prepared_on: date) -> Overview:
    """Lay out the overview of any English authority from published statistics."""
    place = find_place(name)
    measurements = measure_published(published, place, year)
    ways = ways_of(published, place, year)
    trends = {
        m.indicator.id: comparator_trend(published, place, m.indicator.id, _years(year))
        for m in measurements
    }
    findings = judge_measurements(
        measurements,
        admissible(comparators_for(published, place, year), prepared_on),
        spreads(published, year),
        {},
        prepared_on,
        other_comparators_for(published, place, year),
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
        comparator_trends=_trends(trends.values()),
        trend_bases={
            identity: trend_basis(published, place, identity, _years(year), trend)
            for identity, trend in trends.items()
        },
        standings=standings_of(findings, all_authorities(published, place, year)),
        way_to_a_plan=way_to_a_plan(ways, decompose(ways)),
    )


def publish(paper: Overview, out: Path, stem: str, progress: Progress) -> tuple[Path, ...]:
    """Draw one overview in every format, all of them or none; gives the files."""
    with drawn_aside(paper, out, paper_names(stem, paper), progress) as drawn:
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


def _commentary(
    path: Path | None, earlier: Sequence[EarlierPaper], audience: Audience
) -> Commentary:
    """Read the commentary; what it reports to others than this audience is left out."""
    if path is None:
        return Commentary()
    known = {indicator.id: indicator.name for indicator in ALL}
    own = {promise.id for promise in open_promises(readable_by(earlier, audience))}
    return read_commentary(path, known, promised_to_anybody(earlier), own)


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
