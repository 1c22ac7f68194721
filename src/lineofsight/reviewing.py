"""Reviews: the verb `review`. Each is an act that is recorded before a row is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from lineofsight.access.roles import Act
from lineofsight.desk import Desk, Progress, demand_submissions
from lineofsight.errors import Fault, UsageFault
from lineofsight.indicators.indicator import Indicator
from lineofsight.journey.clocks import records_behind
from lineofsight.measurement.measure import Question, measure
from lineofsight.reference.periods import Month, day_name
from lineofsight.reviews import assurance, conference_demand, panel
from lineofsight.reviews.assurance_told import tell_assurance
from lineofsight.reviews.capacity import review_capacity
from lineofsight.reviews.capacity_told import tell_capacity
from lineofsight.reviews.clocks_reviewed import find_clock
from lineofsight.reviews.flow import review_flow
from lineofsight.reviews.flow_told import tell_flow
from lineofsight.reviews.panel_told import tell_panel
from lineofsight.reviews.report import Report
from lineofsight.reviews.stocks_reviewed import find_stock
from lineofsight.reviews.thresholds import MAIN, STAGES, TABLES, YEAR, review_thresholds
from lineofsight.reviews.thresholds_told import tell_thresholds
from lineofsight.reviews.timeliness import review_timeliness
from lineofsight.reviews.timeliness_told import tell_timeliness
from lineofsight.reviews.written import write_review
from lineofsight.warehouse.duckdb import DuckDB
from lineofsight.warehouse.journey import Journey

RECENT = 6  # months up to the last whose change is reviewed, unless said otherwise
LEAST_BEFORE = 12  # months before them that records must cover


@dataclass(frozen=True)
class Reviewed:
    """A review as it is told, and the files it was written to."""

    report: Report
    paths: tuple[Path, ...]


def review_of_timeliness(
    desk: Desk, name: str, month: Month, months: int, out: Path, progress: Progress
) -> Reviewed:
    """Review a timescale for the waits that began in so many months, the last of them `month`.

    Raises UnknownName for a timescale nobody reviews, and UsageFault where its records do not
    cover all of the months.
    """
    clock = find_clock(name)
    stem = f"review-timeliness-{clock.id}-{month}"
    entry = desk.trail.enter(desk.actor, Act.REVIEW, f"timeliness {clock.id} {month}")
    authority = desk.authority()
    demand_submissions(desk, desk.store.submissions())
    progress("records")
    journey = desk.journey(clock.tables | _tables_of(clock.indicator))
    asked = [month - n for n in reversed(range(months))]
    _demand_cover(journey, clock.main, asked[0], month)
    progress("published figure")
    question = Question(
        journey, DuckDB(journey.frames), month, authority.name, authority.population
    )
    published = measure([clock.indicator], question)[0]
    progress("review")
    found = review_timeliness(clock, journey, asked, published, entry)
    report = tell_timeliness(found, authority.name, is_synthetic=authority.is_synthetic)
    progress("writing")
    return Reviewed(report, write_review(report, out, stem, entry))


def review_of_flow(
    desk: Desk,
    name: str,
    month: Month,
    months: int,
    since: Month | None,
    out: Path,
    progress: Progress,
) -> Reviewed:
    """Review what moved a number over so many months, and its change since a month.

    `since` is by default the sixth month up to `month`. Raises UnknownName for a number nobody
    reviews, and UsageFault where records do not cover the months, or a year before `since`.
    """
    stock = find_stock(name)
    entry = desk.trail.enter(desk.actor, Act.REVIEW, f"flow {stock.id} {month}")
    authority = desk.authority()
    demand_submissions(desk, desk.store.submissions())
    progress("records")
    journey = desk.journey(stock.tables)
    asked = [month - n for n in reversed(range(months))]
    begun = since or month - (RECENT - 1)
    _demand_order(begun, month)
    _demand_cover(journey, stock.kept, min(asked[0], begun - LEAST_BEFORE), month)
    progress("review")
    first = _first_covered(journey, stock.kept, month)
    found = review_flow(stock, journey, asked, begun, first, entry)
    report = tell_flow(found, authority.name, is_synthetic=authority.is_synthetic)
    progress("writing")
    return Reviewed(report, write_review(report, out, f"review-flow-{stock.id}-{month}", entry))


def review_of_thresholds(desk: Desk, month: Month, out: Path, progress: Progress) -> Reviewed:
    """Review how far children go from contact to plan, and what comes after.

    Raises UsageFault where records of referrals and of plans do not cover two years.
    """
    entry = desk.trail.enter(desk.actor, Act.REVIEW, f"thresholds {month}")
    authority = desk.authority()
    demand_submissions(desk, desk.store.submissions())
    progress("records")
    indicators = [stage.indicator for stage in STAGES]
    asked = frozenset[str]().union(*(_tables_of(one) for one in indicators))
    journey = desk.journey(TABLES | asked)
    for table in MAIN:
        _demand_cover(journey, table, month - (2 * YEAR - 1), month)
    progress("numbers of the period")
    people = authority.population
    question = Question(journey, DuckDB(journey.frames), month, authority.name, people)
    measured = measure(indicators, question)
    progress("review")
    residents = people.estimate if people else None
    found = review_thresholds(journey, month, measured, residents, entry)
    report = tell_thresholds(found, authority.name, is_synthetic=authority.is_synthetic)
    progress("writing")
    return Reviewed(report, write_review(report, out, f"review-thresholds-{month}", entry))


def review_of_capacity(
    desk: Desk, on: date | None, slots: int | None, out: Path, progress: Progress
) -> Reviewed:
    """Review conferences that fall due against slots a week, as known on a day.

    The day is by default the last that records cover. Raises UsageFault where enquiries or plans
    are not covered, and where nothing tells how many slots there are.
    """
    entry = desk.trail.enter(desk.actor, Act.REVIEW, f"capacity conferences {on or 'newest'}")
    authority = desk.authority()
    demand_submissions(desk, desk.store.submissions())
    progress("records")
    journey = desk.journey(conference_demand.TABLES)
    day = on or journey.last_covered_day or date.today()
    _demand_year(journey, day)
    progress("review")
    found = review_capacity(journey, day, slots, authority.conference_slots, entry)
    if found is None:
        raise UsageFault(_UNKNOWN_SLOTS)
    report = tell_capacity(found, authority.name, is_synthetic=authority.is_synthetic)
    progress("writing")
    return Reviewed(report, write_review(report, out, f"review-capacity-conferences-{day}", entry))


def review_of_assurance(
    desk: Desk, month: Month, months: int, out: Path, progress: Progress
) -> Reviewed:
    """Review what the audits of so many months found, the last of them `month`.

    Raises UsageFault where records of audits do not cover the months.
    """
    entry = desk.trail.enter(desk.actor, Act.REVIEW, f"assurance {month}")
    authority = desk.authority()
    demand_submissions(desk, desk.store.submissions())
    progress("records")
    journey = desk.journey(assurance.TABLES)
    asked = [month - n for n in reversed(range(months))]
    _demand_cover(journey, "audits", asked[0], month)
    progress("review")
    found = assurance.review_assurance(journey, asked, entry)
    report = tell_assurance(found, authority.name, is_synthetic=authority.is_synthetic)
    progress("writing")
    return Reviewed(report, write_review(report, out, f"review-assurance-{month}", entry))


def review_of_panel(
    desk: Desk, month: Month, months: int, out: Path, progress: Progress
) -> Reviewed:
    """Review the entry-to-care panel over so many months, the last of them `month`.

    Raises UsageFault where records of the panel or of care do not cover the months.
    """
    entry = desk.trail.enter(desk.actor, Act.REVIEW, f"panel {month}")
    authority = desk.authority()
    demand_submissions(desk, desk.store.submissions())
    progress("records")
    journey = desk.journey(panel.TABLES)
    asked = [month - n for n in reversed(range(months))]
    for table in sorted(panel.TABLES):
        _demand_cover(journey, table, asked[0], month)
    progress("review")
    found = panel.review_panel(journey, asked, entry)
    report = tell_panel(found, authority.name, is_synthetic=authority.is_synthetic)
    progress("writing")
    return Reviewed(report, write_review(report, out, f"review-panel-{month}", entry))


_UNKNOWN_SLOTS = Fault(
    "How many conference slots there are a week is not known.",
    "It is estimated from conferences held, and no child protection reviews are delivered.",
    "Give it with --slots, or in authority.toml under [conferences].",
)


def _demand_order(since: Month, month: Month) -> None:
    if since <= month:
        return
    raise UsageFault(
        Fault(
            f"{since.name} does not lie before {month.name}.",
            "The change is reviewed from the month of --since to that of --month.",
            "Give an earlier month with --since.",
        )
    )


def _first_covered(journey: Journey, table: str, month: Month) -> Month:
    """The first month from which records of a table are there without a gap."""
    first = month
    while journey.covers(table, (first - 1).first_day, month.last_day):
        first = first - 1
    return first


def _tables_of(indicator: Indicator) -> frozenset[str]:
    return frozenset(name.split(".")[0] for name in records_behind(indicator.fields()))


def _demand_year(journey: Journey, day: date) -> None:
    """Refuse rates of a year from records of less: half of it would be taken for all."""
    since = day - timedelta(weeks=conference_demand.YEAR) + timedelta(days=1)
    told = [
        *("section_47_enquiries", "child_protection_plans"),
        *(
            t
            for t in sorted(conference_demand.TABLES & journey.covered.keys())
            if journey.covered[t]
        ),
    ]
    short = [table for table in dict.fromkeys(told) if not journey.covers(table, since, day)]
    if short:
        raise UsageFault(
            Fault(
                f"The records of {table.replace('_', ' ')} do not cover {day_name(since)} to "
                f"{day_name(day)}.",
                "How many conferences are to come is taken from the 52 weeks up to the day.",
                "Ask for another day with --on, or receive the returns that cover them.",
            )
            for table in short
        )


def _demand_cover(journey: Journey, table: str, first: Month, last: Month) -> None:
    if journey.covers(table, first.first_day, last.last_day):
        return
    words = table.replace("_", " ")
    raise UsageFault(
        Fault(
            f"The records of {words} do not cover {first.name} to {last.name}.",
            "A review counts everything that began or ended in these months.",
            "Ask for fewer months with --months, or receive the returns that cover them.",
        )
    )
