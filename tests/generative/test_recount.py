"""Every figure counted twice: by measuring, and by a plain walk over the rows, month by month.

The recount shares no code with the statement: it knows no axis, no running sum and no SQL, only the
recorded rows and the words of each definition.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given

from lineofsight.indicators import BY_ID
from lineofsight.indicators.indicator import Average, Percentage, Quantile, Rate
from lineofsight.measurement.measurement import Measurement
from lineofsight.reference.periods import Month
from lineofsight.reference.working_days import working_day_after, working_days_between

from ..journeys import FIRST_DAY, MONTH, Tables, recorded_tables
from .recount_of_care import RECOUNTS_OF_CARE
from .recounting import Met, Recount, Row, holds, in_full_care, is_yes, on
from .test_measure import PEOPLE, SLOW, measured

LONDON = ZoneInfo("Europe/London")
FIRST = Month.of(FIRST_DAY)


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


def workers(row: Row) -> float | None:
    """Give workers in post and agency workers, where both are known."""
    counts = (row["agency_fte"], row["in_post_fte"])
    return None if None in counts else sum(counts)


def at_hand(day: date | None, months: int, extra: int = 0) -> date | None:
    """Give the day some calendar months later, and `extra` after it; a day that is not there is the
    first of the month after."""
    if day is None:
        return None
    month = Month(Month.of(day).index + months)
    wanted = day.day + extra
    is_there = wanted <= month.last_day.day
    return month.first_day.replace(day=wanted) if is_there else (month + 1).first_day


def days_later(field: str, days: int) -> Callable[[Row], date | None]:
    """Give the day some days after a field."""
    return lambda row: row[field] + timedelta(days=days) if row[field] else None


def working_days_later(field: str, days: int) -> Callable[[Row], date | None]:
    """Give the first day on which so many working days have passed since a field."""
    return lambda row: working_day_after(row[field], days) if row[field] else None


def months_later(field: str, months: int) -> Callable[[Row], date | None]:
    """Give the day some calendar months after a field."""
    return lambda row: at_hand(row[field], months)


def takes(start: str, end: str, low: int, high: int = 10**6) -> Met:
    """Tell a row whose working days between two fields lie in a band."""

    def met(row: Row, last: date, tables: Tables) -> bool:
        if row[start] is None or row[end] is None:
            return False
        return low <= working_days_between(row[start], row[end]) <= high

    return met


def lasts(low: Callable[[date], Any], high: Callable[[date], Any]) -> Met:
    """Tell a row that began long enough ago, and not too long."""

    def met(row: Row, last: date, tables: Tables) -> bool:
        return bool(low(row["started_on"]) <= last < high(row["started_on"]))

    return met


NOW, EVER = (lambda day: day), (lambda day: date.max)
OVER_3, OVER_6 = (lambda day: at_hand(day, 3, 1)), (lambda day: at_hand(day, 6, 1))
A_YEAR, TWO_YEARS = (lambda day: at_hand(day, 12)), (lambda day: at_hand(day, 24))


def is_referred_after(row: Row, last: date, tables: Tables) -> bool:
    """Tell a contact with a referral of the child in the fourteen days from its own."""
    days = [r["referred_on"] for r in tables["referrals"] if r["child_id"] == row["child_id"]]
    return any(0 <= (day - row["contacted_on"]).days <= 14 for day in days)


def is_not_in_need(row: Row, last: date, tables: Tables) -> bool:
    """Tell a referral whose episode was closed after assessment by the ninetieth day."""
    ends = [
        episode["ended_on"]
        for episode in tables["need_episodes"]
        if (episode["child_id"], episode["started_on"]) == (row["child_id"], row["referred_on"])
        and episode["closure_reason"] in ("RC8", "RC9")
        and episode["ended_on"]
    ]
    return any((end - row["referred_on"]).days <= 90 for end in ends)


def from_referral(tables: Tables) -> list[Row]:
    """Give assessments with the referral they are the first to follow."""
    found = []
    for row in tables["assessments"]:
        days = [
            r["referred_on"]
            for r in tables["referrals"]
            if r["child_id"] == row["child_id"] and r["referred_on"] <= row["started_on"]
        ]
        key = (row["started_on"], _place(tables["assessments"], row))
        before = [
            other["started_on"]
            for n, other in enumerate(tables["assessments"])
            if other["child_id"] == row["child_id"] and (other["started_on"], n) < key
        ]
        if days and all(day < max(days) for day in before) and row["authorised_on"]:
            found.append(row | {"referred_on": max(days)})
    return found


def _place(rows: list[Row], row: Row) -> int:
    return next(n for n, other in enumerate(rows) if other is row)


def conferences(tables: Tables) -> list[Row]:
    """Give one row a child and day, with the earliest discussion of any."""
    return _firsts(tables["initial_conferences"], tables, lambda row: ())


def families(tables: Tables) -> list[Row]:
    """Give one row a family and day; a child whose family is unknown is one."""

    def family(row: Row) -> Any:
        known = _family(row, tables)
        return (known, row["child_id"] if known is None else None)

    by_child = sorted(tables["initial_conferences"], key=lambda row: str(row["child_id"]))
    return _firsts(by_child, tables, family)


def _firsts(rows: list[Row], tables: Tables, family: Callable[[Row], Any]) -> list[Row]:
    first: dict[Any, Row] = {}
    for row in rows:
        key = (family(row) or row["child_id"], row["held_on"])
        first.setdefault(key, row | {"strategy_discussion_on": _first_discussion(row, tables)})
    return list(first.values())


def _first_discussion(row: Row, tables: Tables) -> date | None:
    same = (row["child_id"], row["held_on"])
    days = (
        other["strategy_discussion_on"]
        for other in tables["initial_conferences"]
        if (other["child_id"], other["held_on"]) == same and other["strategy_discussion_on"]
    )
    return min(days, default=None)


def is_ours(row: Row) -> bool:
    """Leave out plans of other authorities."""
    return not row["is_other_authority"]


def has_ended_before(row: Row, last: date, tables: Tables) -> bool:
    """Tell a plan that starts at most two years after the latest end of those before it."""
    plans = tables["child_protection_plans"]
    key = (row["started_on"], _place(plans, row))
    ends = [
        other["ended_on"]
        for n, other in enumerate(plans)
        if other["child_id"] == row["child_id"] and (other["started_on"], n) < key
        and is_ours(other) and other["ended_on"]
    ]  # fmt: skip
    return bool(ends) and _month_day(row["started_on"]) <= _month_day(max(ends)) + 24 * 32


def _month_day(day: date) -> int:
    return Month.of(day).index * 32 + day.day


def turns_of(tables: Tables, done: list[Row], day: str, first: int) -> list[Row]:
    """Cut each plan of ours at the days something was done in it."""
    found = []
    for plan in filter(is_ours, tables["child_protection_plans"]):
        until = plan["ended_on"] or date.max
        since = plan["started_on"] + timedelta(days=first)
        days = {r[day] for r in done if r["child_id"] == plan["child_id"]}
        times = [plan["started_on"], *sorted(d for d in days if since <= d <= until)]
        for n, time in enumerate(times):
            following = times[n + 1] if n + 1 < len(times) else None
            found.append(
                {
                    "plan": plan,
                    "started_on": time,
                    "done_on": following,
                    "ended_on": following or plan["ended_on"],
                    "is_first": n == 0,
                }
            )
    return found


def visit_turns(tables: Tables) -> list[Row]:
    """Give the turns between visits to children on plans."""
    return turns_of(tables, [r for r in tables["visits"] if r["kind"] == "P"], "visited_on", 0)


def visits_due(tables: Tables) -> list[Row]:
    """Give the turns in which ten working days passed, or a visit was made before."""
    return [
        turn
        for turn in visit_turns(tables)
        if turn["done_on"]
        or turn["ended_on"] is None
        or working_days_between(turn["started_on"], turn["ended_on"]) > 10
    ]


def review_turns(tables: Tables) -> list[Row]:
    """Give the turns between reviews, with the day each is due as a number."""
    turns = turns_of(tables, tables["child_protection_reviews"], "held_on", 1)
    for turn in turns:
        months = 3 if turn["is_first"] else 6
        turn["due"] = _month_day(turn["started_on"]) + 32 * months
        turn["due_on"] = at_hand(turn["started_on"], months)
    return turns


def reviews_due(tables: Tables) -> list[Row]:
    """Give the turns in which a review fell due, or was held before."""
    return [
        turn
        for turn in review_turns(tables)
        if turn["done_on"] or turn["ended_on"] is None or _month_day(turn["ended_on"]) > turn["due"]
    ]


def is_reviewed(turn: Row, last: date, tables: Tables) -> bool:
    """Tell a review that was held by the day it was due."""
    return bool(turn["done_on"]) and _month_day(turn["done_on"]) <= turn["due"]


def is_always_reviewed(plan: Row, last: date, tables: Tables) -> bool:
    """Tell a plan, and any other of the child's from that day, without a review missed so far."""
    same = (plan["child_id"], plan["started_on"])
    mine = [
        turn
        for turn in review_turns(tables)
        if (turn["plan"]["child_id"], turn["plan"]["started_on"]) == same
    ]
    return all(is_reviewed(turn, last, tables) or turn["due_on"] > last for turn in mine)


def is_met_early(plan: Row, last: date, tables: Tables) -> bool:
    """Tell a plan whose first core group met within ten working days."""
    until = plan["ended_on"] or date.max
    held = [
        row["held_on"]
        for row in tables["core_groups"]
        if row["child_id"] == plan["child_id"] and plan["started_on"] <= row["held_on"] <= until
    ]
    return bool(held) and working_days_between(plan["started_on"], min(held)) <= 10


def owes_core_group(plan: Row) -> bool:
    """Tell a plan of ours that was open on the tenth working day."""
    ended = plan["ended_on"]
    return is_ours(plan) and (ended is None or working_days_between(plan["started_on"], ended) > 10)


def stretches(tables: Tables) -> list[Row]:
    """Give the runs of days of an episode on which its child was on no plan and not in care."""
    found = []
    for episode in tables["need_episodes"]:
        covers = [
            (row["started_on"], row[end] or date.max)
            for table, end in (("child_protection_plans", "ended_on"),
                               ("periods_of_care", "ceased_on"))
            for row in tables[table]
            if row["child_id"] == episode["child_id"]
        ]  # fmt: skip
        until = episode["ended_on"] or date.max
        turns = {episode["started_on"], until, *(day for cover in covers for day in cover)}
        days = sorted(day for day in turns if episode["started_on"] <= day <= until)
        pieces = [
            (a, b)
            for a, b in itertools.pairwise(days)
            if not any(start <= a and b <= end for start, end in covers)
        ]
        joined: list[tuple[date, date]] = []
        for a, b in pieces:
            follows = bool(joined) and joined[-1][1] == a
            start = joined.pop()[0] if follows else a
            joined.append((start, b))
        found += [
            {
                "child_id": episode["child_id"],
                "started_on": a,
                "ended_on": None if b == date.max else b,
            }
            for a, b in joined
        ]
    return found


def is_planned(stretch: Row, last: date, tables: Tables) -> bool:
    """Tell a stretch between the start of its first child in need plan and the end of its last."""
    until = stretch["ended_on"] or date.max
    spans = [
        (row["started_on"], row["ended_on"] or date.max)
        for row in tables["cin_plans"]
        if row["child_id"] == stretch["child_id"]
        and row["started_on"] < (row["ended_on"] or date.max)
    ]
    inside = [(a, b) for a, b in spans if a < until and b > stretch["started_on"]]
    return bool(inside) and min(a for a, _ in inside) <= last < max(b for _, b in inside)


def _flow(table: str, field: str, met: Met | None = None) -> Recount:
    return Recount(table, on(field), met=met)


def _plans(met: Met | None = None) -> Recount:
    return Recount("child_protection_plans", on("started_on"), "ended_on", of=is_ours, met=met)


def _plans_by(field: str, met: Met | None = None) -> Recount:
    return Recount("child_protection_plans", on(field), of=is_ours, met=met)


def _held(low: int, high: int = 10**6) -> Recount:
    return Recount(
        conferences, on("held_on"), met=takes("strategy_discussion_on", "held_on", low, high)
    )


def _assessed(low: int, high: int = 10**6) -> Recount:
    return _flow("assessments", "authorised_on", takes("started_on", "authorised_on", low, high))


def _known(table: str | Callable[[Tables], list[Row]], start: str, end: str) -> Recount:
    """Rows with a duration, which is what a quantile is of."""

    def is_known(row: Row) -> bool:
        return takes(start, end, 0)(row, date.max, {})

    return Recount(table, on(end), of=is_known)


def _need(met: Met | None = None) -> Recount:
    return Recount("need_episodes", on("started_on"), "ended_on", met=met)


def _last_visit(within: Callable[[Row], bool]) -> Recount:
    return Recount(
        visit_turns, on("started_on"), "ended_on", met=lambda row, last, _: within(row) > last
    )


def _care(met: Met | None = None) -> Recount:
    return Recount("periods_of_care", on("started_on"), "ceased_on", of=in_full_care, met=met)


def _in_care(field: str) -> Recount:
    return Recount("periods_of_care", on(field), of=in_full_care)


def _staff(total: str, per: Callable[[Row], float | None]) -> Recount:
    return Recount("staffing", on("counted_on"), total=on(total), per=per)


RECOUNTS: dict[str, Recount] = {
    "front_door.contacts_received": _flow("contacts", "contacted_on"),
    "front_door.contacts_to_referral": Recount(
        "contacts", days_later("contacted_on", 14), met=is_referred_after
    ),
    "front_door.mash_timeliness": _flow("mash_decisions", "decided_at", is_decided_in_time),
    "front_door.referrals_received": _flow("referrals", "referred_on"),
    "front_door.referral_rate": _flow("referrals", "referred_on"),
    "front_door.from_police": _flow("referrals", "referred_on", holds("source", "6")),
    "front_door.from_schools": _flow("referrals", "referred_on", holds("source", "2A")),
    "front_door.from_health": _flow("referrals", "referred_on", holds("source", "3A")),
    "front_door.no_further_action": _flow(
        "referrals", "referred_on", is_yes("is_no_further_action")
    ),
    "front_door.assessed_not_in_need": Recount(
        "referrals", days_later("referred_on", 90), met=is_not_in_need
    ),
    "front_door.re_referrals": _flow("referrals", "referred_on", has_been_referred_before),
    "front_door.children_re_referred": Recount(
        "referrals", on("referred_on"), met=has_been_referred_before, each="child_id"
    ),
    "early_help.assessments_started": _flow("early_help_assessments", "started_on"),
    "early_help.assessments_completed": _flow("early_help_assessments", "completed_on"),
    "early_help.timeliness": _flow(
        "early_help_assessments",
        "completed_on",
        lambda row, *_: 0 <= (row["completed_on"] - row["started_on"]).days <= 35,
    ),
    "early_help.open_assessments": Recount(
        "early_help_assessments", on("started_on"), "completed_on"
    ),
    "early_help.open_beyond_35_days": Recount(
        "early_help_assessments", days_later("started_on", 36), "completed_on"
    ),
    "assessments.completed": _flow("assessments", "authorised_on"),
    "assessments.rate": _flow("assessments", "authorised_on"),
    "assessments.timeliness": _flow("assessments", "authorised_on", is_assessed_in_45_days),
    "assessments.timeliness_from_referral": Recount(
        from_referral, on("authorised_on"), met=takes("referred_on", "authorised_on", 0, 45)
    ),
    "assessments.took_up_to_10_days": _assessed(0, 10),
    "assessments.took_11_to_20_days": _assessed(11, 20),
    "assessments.took_21_to_30_days": _assessed(21, 30),
    "assessments.took_31_to_40_days": _assessed(31, 40),
    "assessments.took_41_to_45_days": _assessed(41, 45),
    "assessments.took_over_45_days": _assessed(46),
    "assessments.lower_quartile": _known("assessments", "started_on", "authorised_on"),
    "assessments.median": _known("assessments", "started_on", "authorised_on"),
    "assessments.upper_quartile": _known("assessments", "started_on", "authorised_on"),
    "assessments.child_seen": _flow("assessments", "authorised_on", is_yes("is_child_seen")),
    "assessments.support_needed": _flow(
        "assessments", "authorised_on", is_yes("is_support_needed")
    ),
    "assessments.open_assessments": Recount("assessments", on("started_on"), "authorised_on"),
    "assessments.open_beyond_45": Recount("assessments", past_45, "authorised_on"),
    "children_in_need.started": _flow("need_episodes", "started_on"),
    "children_in_need.ended": _flow("need_episodes", "ended_on"),
    "children_in_need.number": _need(),
    "children_in_need.rate": _need(),
    "children_in_need.open_up_to_3_months": _need(lasts(NOW, OVER_3)),
    "children_in_need.open_3_to_6_months": _need(lasts(OVER_3, OVER_6)),
    "children_in_need.open_6_to_12_months": _need(lasts(OVER_6, A_YEAR)),
    "children_in_need.open_1_to_2_years": _need(lasts(A_YEAR, TWO_YEARS)),
    "children_in_need.open_two_years_or_more": _need(lasts(TWO_YEARS, EVER)),
    "children_in_need.ended_within_3_months": _flow(
        "need_episodes",
        "ended_on",
        lambda row, *_: _month_day(row["ended_on"]) <= _month_day(row["started_on"]) + 3 * 32,
    ),
    "children_in_need.ended_after_two_years": _flow(
        "need_episodes",
        "ended_on",
        lambda row, *_: _month_day(row["ended_on"]) >= _month_day(row["started_on"]) + 24 * 32,
    ),
    "children_in_need.closed_after_assessment": _flow(
        "need_episodes", "ended_on", holds("closure_reason", "RC8", "RC9")
    ),
    "children_in_need.plan_in_place": Recount(
        stretches, working_days_later("started_on", 46), "ended_on", met=is_planned
    ),
    "child_protection.section_47_enquiries_started": _flow(
        "section_47_enquiries", "strategy_discussion_on"
    ),
    "child_protection.section_47_rate": _flow("section_47_enquiries", "strategy_discussion_on"),
    "child_protection.enquiries_to_conference": Recount(
        "section_47_enquiries",
        days_later("strategy_discussion_on", 60),
        met=lambda row, *_: (
            bool(row["conference_on"])
            and (row["conference_on"] - row["strategy_discussion_on"]).days <= 60
        ),
    ),
    "child_protection.conferences_held": Recount(conferences, on("held_on")),
    "child_protection.conference_rate": Recount(conferences, on("held_on")),
    "child_protection.families_in_conference": Recount(families, on("held_on")),
    "child_protection.icpc_timeliness": Recount(conferences, on("held_on"), met=is_held_in_15_days),
    "child_protection.family_timeliness": Recount(families, on("held_on"), met=is_held_in_15_days),
    "child_protection.conference_in_0_to_10_days": _held(0, 10),
    "child_protection.conference_in_11_to_15_days": _held(11, 15),
    "child_protection.conference_in_16_to_20_days": _held(16, 20),
    "child_protection.conference_in_over_20_days": _held(21),
    "child_protection.conference_lower_quartile": _known(
        conferences, "strategy_discussion_on", "held_on"
    ),
    "child_protection.conference_median": _known(conferences, "strategy_discussion_on", "held_on"),
    "child_protection.conference_upper_quartile": _known(
        conferences, "strategy_discussion_on", "held_on"
    ),
    "child_protection.conferences_to_plan": Recount(
        conferences, on("held_on"), met=is_yes("is_plan_made")
    ),
    "child_protection.plans_started": _plans_by("started_on"),
    "child_protection.plan_starts_rate": _plans_by("started_on"),
    "child_protection.plans_ended": _plans_by("ended_on"),
    "child_protection.plan_ends_rate": _plans_by("ended_on"),
    "child_protection.plans_open": _plans(),
    "child_protection.plan_rate": _plans(),
    "child_protection.neglect": _plans(holds("latest_category", "NEG")),
    "child_protection.emotional_abuse": _plans(holds("latest_category", "EMO")),
    "child_protection.physical_abuse": _plans(holds("latest_category", "PHY")),
    "child_protection.sexual_abuse": _plans(holds("latest_category", "SAB")),
    "child_protection.repeat_plans": _plans_by(
        "started_on", lambda row, *_: (row["previous_plans"] or 0) > 0
    ),
    "child_protection.repeat_plans_within_two_years": _plans_by("started_on", has_ended_before),
    "child_protection.up_to_3_months": _plans(lasts(NOW, OVER_3)),
    "child_protection.from_3_to_6_months": _plans(lasts(OVER_3, OVER_6)),
    "child_protection.from_6_to_12_months": _plans(lasts(OVER_6, A_YEAR)),
    "child_protection.from_1_to_2_years": _plans(
        lasts(A_YEAR, lambda day: day + timedelta(days=729))
    ),
    "child_protection.over_18_months": _plans(lasts(lambda day: at_hand(day, 18, 1), EVER)),
    "child_protection.two_years_or_more": _plans(is_plan_of_two_years),
    "child_protection.ended_after_two_years": _plans_by(
        "ended_on", lambda row, *_: (row["ended_on"] - row["started_on"]).days + 1 > 729
    ),
    "child_protection.reviews_in_time": Recount(
        "child_protection_plans",
        months_later("started_on", 3),
        "ended_on",
        of=is_ours,
        met=is_always_reviewed,
    ),
    "child_protection.reviews_due_held": Recount(reviews_due, on("due_on"), met=is_reviewed),
    "child_protection.visited_in_10_working_days": _last_visit(
        working_days_later("started_on", 11)
    ),
    "child_protection.visited_in_15_working_days": _last_visit(
        working_days_later("started_on", 16)
    ),
    "child_protection.visited_in_6_weeks": _last_visit(days_later("started_on", 43)),
    "child_protection.visits_in_time": Recount(
        visits_due,
        working_days_later("started_on", 10),
        met=takes("started_on", "done_on", 0, 10),
    ),
    "child_protection.seen_at_visit": Recount(
        "visits", on("visited_on"), of=lambda row: row["kind"] == "P", met=is_yes("is_seen")
    ),
    "child_protection.seen_alone_at_visit": Recount(
        "visits", on("visited_on"), of=lambda row: row["kind"] == "P", met=is_yes("is_seen_alone")
    ),
    "child_protection.core_groups_in_time": Recount(
        "child_protection_plans",
        working_days_later("started_on", 10),
        of=owes_core_group,
        met=is_met_early,
    ),
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
    **RECOUNTS_OF_CARE,
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
        if recount.each:
            sums = recount.value(tables, *map(Month, range(index - len(year) + 1, index + 1)))
        ends = len(year) if indicator.is_snapshot else 1
        yield (month.last_day, values[-1][0], _below(indicator, values[-1][1], 1), 1)
        yield (month.last_day, sums[0], _below(indicator, sums[1], ends), len(year))


def _below(indicator: Any, counted: float, month_ends: int) -> float | None:
    if isinstance(indicator, Rate):
        return PEOPLE.estimate * month_ends
    return counted if isinstance(indicator, (Percentage, Average, Quantile)) else None


@SLOW
@given(recorded_tables())
def test_the_design_effect_is_the_mean_size_of_a_row_s_family(tables: Tables) -> None:
    """Kish: each conference of the last twelve months, with the size of its sibling group."""
    (one,) = measured(tables, [BY_ID["child_protection.icpc_timeliness"]])
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
