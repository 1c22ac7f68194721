"""Every figure counted twice: by measuring, and by a plain walk over the rows, month by month.

The recount shares no code with the statement: it knows no axis, no running sum and no SQL, only the
recorded rows and the words of each definition.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given

from lineofsight.indicators import BY_ID
from lineofsight.indicators.indicator import Average, Percentage, Rate
from lineofsight.measurement.measurement import Measurement
from lineofsight.reference.periods import Month
from lineofsight.reference.working_days import working_day_after, working_days_between

from ..journeys import FIRST_DAY, MONTH, Tables, recorded_tables
from .test_measure import PEOPLE, SLOW, measured

Row = dict[str, Any]
Met = Callable[[Row, date, Tables], bool]
LONDON = ZoneInfo("Europe/London")
FIRST = Month.of(FIRST_DAY)


@dataclass(frozen=True)
class Recount:
    """How to walk over the rows of one figure.

    A flow has one date; a stock opens and closes. `met` is told the row, the last day of the month
    and all tables; an average sums `total` and `per` instead.
    """

    table: str
    opens: Callable[[Row], Any]
    closes: str = ""
    of: Callable[[Row], bool] = lambda row: True
    met: Met | None = None
    total: Callable[[Row], float | None] | None = None
    per: Callable[[Row], float | None] | None = None

    def rows(self, tables: Tables, month: Month) -> Iterator[Row]:
        """Give the rows that count in a month or at its end."""
        for row in filter(self.of, tables[self.table]):
            opened = _day(self.opens(row))
            if opened is None:
                continue
            if not self.closes:
                if (opened.year, opened.month) == (month.year, month.number):
                    yield row
            else:
                closed = _day(row[self.closes])
                if opened <= month.last_day and (closed is None or closed > month.last_day):
                    yield row

    def value(self, tables: Tables, month: Month) -> tuple[float, float]:
        """Count numerator and denominator of one month."""
        rows = list(self.rows(tables, month))
        if self.total and self.per:
            both = [(self.total(row), self.per(row)) for row in rows]
            known = [(t, p) for t, p in both if t is not None and p is not None]
            return sum(t for t, _ in known), sum(p for _, p in known)
        met = self.met or (lambda row, last, tables: True)
        return sum(met(row, month.last_day, tables) for row in rows), len(rows)


def _day(moment: date | datetime | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment


def on(field: str) -> Callable[[Row], Any]:
    """Give the field of a row."""
    return lambda row: row[field]


def is_yes(field: str) -> Met:
    """Say whether a flag of the row is set."""
    return lambda row, last, tables: bool(row[field])


def is_held_in_15_days(row: Row, last: date, tables: Tables) -> bool:
    """Tell a conference 0 to 15 working days after its strategy discussion."""
    discussed: date | None = row["strategy_discussion_on"]
    return discussed is not None and 0 <= working_days_between(discussed, row["held_on"]) <= 15


def is_decided_in_time(row: Row, last: date, tables: Tables) -> bool:
    """Tell a decision within 24 hours or one working day."""
    received, decided = (row[name].replace(tzinfo=LONDON) for name in ("received_at", "decided_at"))
    passed = decided.timestamp() - received.timestamp()
    days = working_days_between(received.date(), decided.date())
    return 0 <= passed <= 24 * 3600 or (passed > 0 and 0 <= days <= 1)


def is_assessed_in_45_days(row: Row, last: date, tables: Tables) -> bool:
    """Tell an assessment of 0 to 45 working days."""
    return 0 <= working_days_between(row["started_on"], row["authorised_on"]) <= 45


def is_plan_of_two_years(row: Row, last: date, tables: Tables) -> bool:
    """Tell a plan that has lasted more than 729 days, the last day included."""
    started: date = row["started_on"]
    return (last - started).days + 1 > 729


def is_care_plan_authorised(row: Row, last: date, tables: Tables) -> bool:
    """Tell a child for whom a plan was authorised in this period of care by the month-end."""
    days = (p["authorised_on"] for p in tables["care_plans"] if p["child_id"] == row["child_id"])
    until = row["ceased_on"] or date.max
    return any(day and row["started_on"] <= day < until and day <= last for day in days)


def has_been_referred_before(row: Row, last: date, tables: Tables) -> bool:
    """Tell a referral at most twelve months after the child's last one.

    Of two on a day one came first.
    """
    every = sorted(
        (r for r in tables["referrals"] if r["child_id"] == row["child_id"]),
        key=lambda r: r["referred_on"],
    )
    place = next(n for n, other in enumerate(every) if other is row)
    if place == 0:
        return False
    before, now = every[place - 1]["referred_on"], row["referred_on"]
    return (now.year, now.month, now.day) <= (before.year + 1, before.month, before.day)


def past_45(row: Row) -> date:
    """Give the first day past 45 working days."""
    return working_day_after(row["started_on"], 46)


def in_full_care(row: Row) -> bool:
    """Leave out series of short breaks."""
    return row["legal_status"] not in ("V3", "V4")


def workers(row: Row) -> float | None:
    """Give workers in post and agency workers, where both are known."""
    counts = (row["agency_fte"], row["in_post_fte"])
    return None if None in counts else sum(counts)


def _flow(table: str, field: str, met: Met | None = None) -> Recount:
    return Recount(table, on(field), met=met)


def _plans(met: Met | None = None) -> Recount:
    return Recount("child_protection_plans", on("started_on"), "ended_on", met=met)


def _care(met: Met | None = None) -> Recount:
    return Recount("periods_of_care", on("started_on"), "ceased_on", of=in_full_care, met=met)


def _in_care(field: str) -> Recount:
    return Recount("periods_of_care", on(field), of=in_full_care)


def _staff(total: str, per: Callable[[Row], float | None]) -> Recount:
    return Recount("staffing", on("counted_on"), total=on(total), per=per)


RECOUNTS: dict[str, Recount] = {
    "front_door.contacts_received": _flow("contacts", "contacted_on"),
    "front_door.mash_timeliness": _flow("mash_decisions", "decided_at", is_decided_in_time),
    "front_door.referrals_received": _flow("referrals", "referred_on"),
    "front_door.referral_rate": _flow("referrals", "referred_on"),
    "front_door.no_further_action": _flow(
        "referrals", "referred_on", is_yes("is_no_further_action")
    ),
    "front_door.re_referrals": _flow("referrals", "referred_on", has_been_referred_before),
    "early_help.assessments_completed": _flow("early_help_assessments", "completed_on"),
    "assessments.completed": _flow("assessments", "authorised_on"),
    "assessments.timeliness": _flow("assessments", "authorised_on", is_assessed_in_45_days),
    "assessments.child_seen": _flow("assessments", "authorised_on", is_yes("is_child_seen")),
    "assessments.open_beyond_45": Recount("assessments", past_45, "authorised_on"),
    "children_in_need.rate": Recount("need_episodes", on("started_on"), "ended_on"),
    "child_protection.section_47_enquiries_started": _flow(
        "section_47_enquiries", "strategy_discussion_on"
    ),
    "child_protection.conferences_held": _flow("initial_conferences", "held_on"),
    "child_protection.icpc_timeliness": _flow("initial_conferences", "held_on", is_held_in_15_days),
    "child_protection.conferences_to_plan": _flow(
        "initial_conferences", "held_on", is_yes("is_plan_made")
    ),
    "child_protection.plans_started": _flow("child_protection_plans", "started_on"),
    "child_protection.plans_ended": _flow("child_protection_plans", "ended_on"),
    "child_protection.plan_rate": _plans(),
    "child_protection.repeat_plans": _flow(
        "child_protection_plans", "started_on", lambda row, *_: (row["previous_plans"] or 0) > 0
    ),
    "child_protection.two_years_or_more": _plans(is_plan_of_two_years),
    "children_looked_after.started": _in_care("started_on"),
    "children_looked_after.ceased": _in_care("ceased_on"),
    "children_looked_after.number": _care(),
    "children_looked_after.rate": _care(),
    "children_looked_after.care_plan_authorised": _care(is_care_plan_authorised),
    "children_looked_after.unaccompanied": _care(is_yes("is_unaccompanied")),
    "workforce.caseload": _staff("cases", on("case_holders_fte")),
    "workforce.agency_share": _staff("agency_fte", workers),
    "quality.audits_completed": _flow("audits", "audited_on"),
    "quality.mash_decisions_assured": Recount(
        "audits",
        on("audited_on"),
        of=lambda row: row["theme"] == "MASH decision",
        met=is_yes("is_assured"),
    ),
}


def test_every_indicator_is_recounted() -> None:
    """A new indicator comes with its recount."""
    assert set(RECOUNTS) == set(BY_ID)


@SLOW
@given(recorded_tables())
def test_a_walk_over_the_rows_gives_every_figure_of_every_month(tables: Tables) -> None:
    """Months and twelve months, from the first month that has a figure to the last."""
    for one in measured(tables):
        wanted = list(_recounted(one, tables))
        got = [
            (value.period.last_day, value.numerator, value.denominator, value.period.months)
            for both in zip(one.series, one.rolling, strict=True)
            for value in both
        ]
        assert got == wanted, one.indicator.id


def _recounted(one: Measurement, tables: Tables) -> Iterator[tuple[date, float, float | None, int]]:
    indicator = BY_ID[one.indicator.id]
    recount = RECOUNTS[indicator.id]
    first = FIRST.index + indicator.lookback_months
    values: list[tuple[float, float]] = []
    for index in range(first, MONTH.index + 1):
        month = Month(index)
        values.append(recount.value(tables, month))
        year = values[-12:]
        sums = (sum(above for above, _ in year), sum(below for _, below in year))
        ends = len(year) if indicator.is_snapshot else 1
        yield (month.last_day, values[-1][0], _below(indicator, values[-1][1], 1), 1)
        yield (month.last_day, sums[0], _below(indicator, sums[1], ends), len(year))


def _below(indicator: Any, counted: float, month_ends: int) -> float | None:
    if isinstance(indicator, Rate):
        return PEOPLE.estimate * month_ends
    return counted if isinstance(indicator, (Percentage, Average)) else None


@SLOW
@given(recorded_tables())
def test_the_design_effect_is_the_mean_size_of_a_row_s_family(tables: Tables) -> None:
    """Kish: each conference of the last twelve months, with the size of its sibling group."""
    (one,) = (m for m in measured(tables) if m.indicator.id == "child_protection.icpc_timeliness")
    since = (MONTH - 11).first_day
    held = [r for r in tables["initial_conferences"] if since <= r["held_on"] <= MONTH.last_day]
    families = [_family(row, tables) for row in held]
    sizes = Counter((f, r["held_on"]) for f, r in zip(families, held, strict=True) if f)
    each = [
        sizes[family, row["held_on"]] if family else 1
        for family, row in zip(families, held, strict=True)
    ]
    assert one.design_effect == (sum(each) / len(each) if each else 1.0)


def _family(row: Row, tables: Tables) -> str | None:
    found = [
        request["family_id"]
        for request in tables["conference_requests"]
        if (request["child_id"], request["held_on"]) == (row["child_id"], row["held_on"])
        and request["family_id"]
    ]
    return min(found, default=None)
