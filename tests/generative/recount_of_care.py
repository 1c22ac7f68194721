"""The chapters of care counted a second time: looked after, permanence, leavers, staff, quality."""

from __future__ import annotations

import itertools
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from lineofsight.reference.periods import Month
from lineofsight.reference.working_days import working_day_after, working_days_between

from ..journeys import Tables
from .recounting import Met, Recount, Row, holds, in_full_care, is_yes, on

FOSTERED = ("U1", "U2", "U3", "U4", "U5", "U6")
NOWHERE = ("G", "H", "R")
IN_WORK = ("F1", "P1", "F2", "P2", "F3", "P3", "F4", "P4", "F5", "P5")
OUT_OF_WORK = ("G4", "G5", "G6")


def after(day: date | None, months: int) -> date | None:
    """The same day of a later month, or that month's last day."""
    if day is None:
        return None
    month = Month(Month.of(day).index + months)
    return month.first_day.replace(day=min(day.day, monthrange(month.year, month.number)[1]))


def number(day: date) -> int:
    """Calendar months and days on one scale."""
    return Month.of(day).index * 32 + day.day


def of_child(tables: Tables, table: str, child: str) -> list[Row]:
    """The rows about a child."""
    return [row for row in tables[table] if row["child_id"] == child]


def periods(tables: Tables) -> list[Row]:
    """Periods of full care."""
    return [row for row in tables["periods_of_care"] if in_full_care(row)]


def homes(tables: Tables, child: str) -> list[Row]:
    """A child's placements: episodes joined while the carer stays the same."""
    episodes = [r for r in of_child(tables, "care_episodes", child) if in_full_care(r)]
    episodes.sort(key=lambda r: (r["started_on"], r["ended_on"] or date.max))
    found: list[Row] = []
    before: Row | None = None
    settled: tuple[str, ...] | None = None
    for row in episodes:
        kind = row["placement_type"] or ""
        where = (kind, row["placement_provider"] or "", row["placement_urn"] or "")
        is_entry = before is None or bool(
            before["ended_on"] and (row["started_on"] - before["ended_on"]).days > 1
        )
        is_back = bool(before and (before["placement_type"] or "").startswith("T"))
        stays = (
            row["reason_started"] in ("L", "T", "U")
            or kind in ("A3", "A5")
            or kind.startswith("T")
            or (is_back and where == settled)
        )
        if is_entry or not stays:
            found.append({"episodes": [], "is_entry": is_entry, **row})
        found[-1] |= {"ended_on": row["ended_on"], "placement_type": row["placement_type"]}
        found[-1]["episodes"] = [*found[-1]["episodes"], row]
        settled = settled if kind.startswith("T") else where
        before = row
    for n, home in enumerate(found):
        is_adoptive = home["placement_type"] in ("A4", "A6") and not home["is_entry"]
        home["settled_on"] = found[n - 1]["started_on"] if is_adoptive else home["started_on"]
        miles = [e["distance_miles"] for e in home["episodes"]]
        home["distance_miles"] = next((m for m in miles if m is not None), None)
        home["is_placed_outside"] = any(e["is_placed_outside"] for e in home["episodes"])
    return [h for h in found if h["ended_on"] is None or h["ended_on"] > h["started_on"]]


def all_homes(tables: Tables) -> list[Row]:
    """The placements of every child."""
    children = {row["child_id"] for row in tables["care_episodes"]}
    return [home for child in sorted(children) for home in homes(tables, child)]


def in_the_year(last: date, start: date, end: date | None) -> bool:
    """Whether a span has begun, and had not ended twelve months before."""
    return start <= last and (end is None or last < (after(end, 12) or date.max))


def has_moved_often(row: Row, last: date, tables: Tables) -> bool:
    """Tell three placements in twelve months."""
    lived = homes(tables, row["child_id"])
    return sum(in_the_year(last, h["started_on"], h["ended_on"]) for h in lived) >= 3


def has_three_workers(row: Row, last: date, tables: Tables) -> bool:
    """Tell three different workers in twelve months."""
    known = {
        r["worker"]
        for r in of_child(tables, "involvements", row["child_id"])
        if r["worker"] and in_the_year(last, r["started_on"], r["ended_on"])
    }
    return len(known) >= 3


def checks(row: Row, last: date, tables: Tables, *kinds: str | None) -> int:
    """How many checks of some kinds the twelve months hold."""
    held = of_child(tables, "health_assessments", row["child_id"])
    return sum(in_the_year(last, r["held_on"], r["held_on"]) for r in held if r["kind"] in kinds)


def is_assessed(row: Row, last: date, tables: Tables) -> bool:
    """Tell a child whose health assessments are up to date."""
    born = next((r["born_on"] for r in of_child(tables, "children", row["child_id"])), None)
    is_young = bool(born) and born <= last < (after(born, 60) or date.max)
    held = sum(
        in_the_year(last, r["held_on"], r["held_on"])
        for r in of_child(tables, "health_assessments", row["child_id"])
        if r["kind"] is not None and r["kind"] != "dental"
    )
    return held >= (2 if is_young else 1)


def turns(spans: list[Row], days: Callable[[Row], set[Any]], end: str) -> Iterator[Row]:
    """Cut spans at the days something was done in them."""
    for span in spans:
        until = span[end] or date.max
        done = sorted(d for d in days(span) if d and span["started_on"] <= d <= until)
        times = [span["started_on"], *done]
        for n, time in enumerate(times):
            following = times[n + 1] if n + 1 < len(times) else None
            yield {
                "span_started_on": span["started_on"],
                "started_on": time,
                "done_on": following,
                "ended_on": following or span[end],
                "n": n,
            }


def owed(turn: Row, due: date | None) -> Row:
    """A turn with the day it is due, blank where its span ended before."""
    is_over = turn["done_on"] is None and due and turn["ended_on"] and turn["ended_on"] < due
    return turn | {"due_on": None if is_over else due}


def reviews(tables: Tables) -> list[Row]:
    """Turns between reviews."""

    def held(span: Row) -> set[Any]:
        rows = of_child(tables, "looked_after_reviews", span["child_id"])
        return {row["held_on"] for row in rows}

    def due(turn: Row) -> date | None:
        if turn["n"] == 0:
            return working_day_after(turn["started_on"], 20)
        is_second = turn["n"] == 1 and turn["started_on"] <= after(turn["span_started_on"], 3)
        return after(turn["started_on"], 3 if is_second else 6)

    return [owed(turn, due(turn)) for turn in turns(periods(tables), held, "ceased_on")]


def visits(tables: Tables) -> list[Row]:
    """Turns between visits."""

    def made(span: Row) -> set[Any]:
        rows = of_child(tables, "visits", span["child_id"])
        return {row["visited_on"] for row in rows if row["kind"] == "L"}

    return [
        owed(turn, turn["started_on"] + timedelta(days=42 if turn["n"] else 7))
        for turn in turns(all_homes(tables), made, "ended_on")
    ]


def care_plans(tables: Tables) -> list[Row]:
    """Turns between authorisations of care plans."""

    def signed(span: Row) -> set[Any]:
        return {r["authorised_on"] for r in of_child(tables, "care_plans", span["child_id"])}

    return list(turns(periods(tables), signed, "ceased_on"))


def is_in_time(turn: Row, last: date, tables: Tables) -> bool:
    """Tell what was done by the day it was due."""
    return bool(turn["done_on"]) and turn["done_on"] <= turn["due_on"]


def is_not_overdue(turn: Row, last: date, tables: Tables) -> bool:
    """Tell what is not late."""
    return turn["due_on"] is None or last <= turn["due_on"]


def is_plan_new(turn: Row, last: date, tables: Tables) -> bool:
    """Tell a plan authorised in the last six months."""
    return turn["n"] > 0 and last <= (after(turn["started_on"], 6) or date.max)


def long_stays(tables: Tables) -> list[Row]:
    """Placements of children under 16 once they have been in care for two and a half years."""
    found = []
    for period in periods(tables):
        born = next((r["born_on"] for r in of_child(tables, "children", period["child_id"])), None)
        left, long_on = period["ceased_on"], after(period["started_on"], 30) or date.max
        for home in homes(tables, period["child_id"]):
            if home["started_on"] < period["started_on"] or (left and home["started_on"] >= left):
                continue
            ends = [d for d in (home["ended_on"], left, after(born, 16 * 12)) if d]
            start, end = max(home["started_on"], long_on), min(ends, default=None)
            if end is None or end > start:
                found.append({"started_on": start, "ended_on": end, "home": home})
    return found


def is_settled(row: Row, last: date, tables: Tables) -> bool:
    """Tell two years in the placement, or in it and the one before."""
    return (after(row["home"]["settled_on"], 24) or date.max) <= last


def changes(tables: Tables) -> list[Row]:
    """Changes of worker within full care."""
    found = []
    for child in {row["child_id"] for row in tables["involvements"]}:
        rows = [r for r in of_child(tables, "involvements", child) if r["worker"]]
        rows.sort(key=lambda r: r["started_on"])
        for before, row in itertools.pairwise(rows):
            gap = (row["started_on"] - (before["ended_on"] or row["started_on"])).days
            is_in_care = any(
                p["started_on"] < row["started_on"]
                and (p["ceased_on"] is None or row["started_on"] < p["ceased_on"])
                for p in periods(tables)
                if p["child_id"] == child
            )
            if before["worker"] != row["worker"] and gap <= 7 and is_in_care:
                found.append({"child_id": child, "changed_on": row["started_on"]})
    return found


def is_in_order(tables: Tables, row: Row) -> tuple[list[Row], list[Row]]:
    """The full care of a child before and after a period of care."""
    rows = of_child(tables, "periods_of_care", row["child_id"])
    rows.sort(key=lambda r: r["started_on"])
    place = next(n for n, other in enumerate(rows) if other is row)
    return tuple([r for r in part if in_full_care(r)] for part in (rows[:place], rows[place + 1 :]))  # type: ignore[return-value]


def is_back(row: Row, last: date, tables: Tables) -> bool:
    """Tell an entry within twelve months of leaving care."""
    ends = [r["ceased_on"] for r in is_in_order(tables, row)[0] if r["ceased_on"]]
    return bool(ends) and number(row["started_on"]) - number(max(ends)) <= 12 * 32


def comes_back(row: Row, last: date, tables: Tables) -> bool:
    """Tell a leaver who entered care within twelve months."""
    starts = [r["started_on"] for r in is_in_order(tables, row)[1]]
    return bool(starts) and number(min(starts)) - number(row["ceased_on"]) <= 12 * 32


def a_year_later(row: Row) -> date | None:
    """The first day that is twelve calendar months after leaving care."""
    left: date | None = row["ceased_on"]
    if left is None:
        return None
    same = after(left, 12)
    assert same
    return same if same.day == left.day else same + timedelta(days=1)


def health_due(row: Row) -> date | None:
    """The twentieth working day, of those who did not leave before it."""
    left = row["ceased_on"]
    if left and working_days_between(row["started_on"], left) < 20:
        return None
    return working_day_after(row["started_on"], 20)


def is_seen_by_doctor(row: Row, last: date, tables: Tables) -> bool:
    """Tell an initial health assessment by the twentieth working day."""
    held = of_child(tables, "health_assessments", row["child_id"])
    days = [r["held_on"] for r in held if r["kind"] == "initial"]
    days = [day for day in days if day >= row["started_on"]]
    return bool(days) and working_days_between(row["started_on"], min(days)) <= 20


def is_talked_to(row: Row, last: date, tables: Tables) -> bool:
    """Tell a return interview by the third day."""
    held = row["interviewed_on"]
    return bool(held) and 0 <= (held - row["ended_on"]).days <= 3


def is_19_to_21(row: Row, tables: Tables) -> bool:
    """Tell a birthday from the nineteenth to the twenty-first."""
    born = [r["born_on"] for r in of_child(tables, "children", row["child_id"]) if r["born_on"]]
    months = [Month.of(row["birthday_on"]).index - Month.of(day).index for day in born]
    return bool(months) and 19 * 12 <= max(months) < 22 * 12


def birthdays(tables: Tables) -> list[Row]:
    """Young people at a birthday that counts."""
    return [
        row
        for row in tables["care_leavers_at_birthday"]
        if row["birthday_on"] and is_19_to_21(row, tables)
        and row["in_touch"] not in ("DIED", "RHOM")
    ]  # fmt: skip


def is_listed(row: Row) -> bool:
    """Leave out who died or went home for good."""
    return row["in_touch"] not in ("DIED", "RHOM")


def days_between(start: str, end: str) -> Callable[[Row], float | None]:
    """The days from one field to another, where both are known."""
    return lambda row: (row[end] - row[start]).days if row[start] and row[end] else None


def to_home(row: Row) -> float | None:
    """The days from entering care to living with the adopters."""
    fostered = days_between("entered_care_on", "fostered_on")(row)
    return days_between("entered_care_on", "placed_on")(row) if fostered is None else fostered


def to_match(row: Row) -> float | None:
    """The days from the placement order to the match, none if it came first."""
    days = days_between("placement_order_on", "matched_on")(row)
    return None if days is None else max(days, 0)


def vacancies(row: Row) -> float | None:
    """Posts that nobody in post fills."""
    posts, people = row["posts_fte"], row["in_post_fte"]
    return None if posts is None or people is None else max(posts - people, 0)


def vacancies_and_people(row: Row) -> float | None:
    """Vacancies and workers in post."""
    empty = vacancies(row)
    return None if empty is None else empty + row["in_post_fte"]


def times(field: str, factor: float) -> Callable[[Row], float | None]:
    """A number of the row, so many times."""
    return lambda row: None if row[field] is None else row[field] * factor


def is_known(field: str) -> Met:
    """Tell a row whose field is filled."""
    return lambda row, last, tables: row[field] is not None


def _care(met: Met | None = None) -> Recount:
    return Recount("periods_of_care", on("started_on"), "ceased_on", of=in_full_care, met=met)


def _in_care(field: str, met: Met | None = None, **of: Any) -> Recount:
    return Recount("periods_of_care", on(field), met=met, **({"of": in_full_care} | of))


def _episodes(met: Met) -> Recount:
    return Recount("care_episodes", on("started_on"), "ended_on", of=in_full_care, met=met)


def _years(met: Met) -> Recount:
    return Recount(periods, lambda row: after(row["started_on"], 12), "ceased_on", met=met)


def _yearly(met: Met, of: Callable[[Row], bool] = lambda row: True) -> Recount:
    return Recount("health", on("recorded_on"), of=of, met=met)


def _missing(day: str, kind: str, **more: Any) -> Recount:
    return Recount("missing_episodes", on(day), of=lambda row: row["kind"] == kind, **more)


def _list(met: Met, of: Callable[[Row], bool] = is_listed) -> Recount:
    return Recount("care_leavers", on("recorded_on"), of=of, met=met)


def _birthday(met: Met, of: Callable[[Row], bool] = lambda row: True) -> Recount:
    return Recount(birthdays, on("birthday_on"), of=of, met=met)


def _average(table: str, day: str, total: Any, per: Any) -> Recount:
    return Recount(table, on(day), total=total, per=per)


def _audits(met: Met, of: Callable[[Row], bool] = lambda row: True) -> Recount:
    return Recount("audits", on("audited_on"), of=of, met=met)


def _panel(met: Met | None = None, **more: Any) -> Recount:
    return Recount("care_panel_decisions", on("heard_on"), met=met, **more)


def _one(row: Row) -> float:
    return 1


RECOUNTS_OF_CARE: dict[str, Recount] = {
    "children_looked_after.starts_rate": _in_care("started_on"),
    "children_looked_after.ends_rate": _in_care("ceased_on"),
    "children_looked_after.unaccompanied_number": _care(is_yes("is_unaccompanied")),
    "children_looked_after.three_or_more_social_workers": _care(has_three_workers),
    "children_looked_after.care_plan_up_to_date": Recount(
        care_plans, on("started_on"), "ended_on", met=is_plan_new
    ),
    "children_looked_after.reviews_in_time": Recount(reviews, on("due_on"), met=is_in_time),
    "children_looked_after.reviews_up_to_date": Recount(
        reviews, on("started_on"), "ended_on", met=is_not_overdue
    ),
    "children_looked_after.participation": Recount(
        "looked_after_reviews",
        on("held_on"),
        of=lambda row: row["participation"] != "PN0",
        met=holds("participation", "PN1", "PN2", "PN3", "PN5", "PN6"),
    ),
    "children_looked_after.visits_in_time": Recount(visits, on("due_on"), met=is_in_time),
    "children_looked_after.visits_up_to_date": Recount(
        visits, on("started_on"), "ended_on", met=is_not_overdue
    ),
    "children_looked_after.in_foster_care": _episodes(holds("placement_type", *FOSTERED)),
    "children_looked_after.with_relatives_or_friends": _episodes(
        holds("placement_type", *FOSTERED[:3])
    ),
    "children_looked_after.with_parents": _episodes(holds("placement_type", "P1")),
    "children_looked_after.in_childrens_homes": _episodes(
        holds("placement_type", "K1", "K2", "K3")
    ),
    "children_looked_after.in_semi_independent_homes": _episodes(
        holds("placement_type", "H5", "P2")
    ),
    "children_looked_after.own_provision": _episodes(holds("placement_provider", "PR1")),
    "children_looked_after.placed_outside": _care(is_yes("is_placed_outside")),
    "children_looked_after.placed_over_20_miles": Recount(
        all_homes,
        on("started_on"),
        "ended_on",
        met=lambda row, *_: (row["distance_miles"] or 0) > 20 and row["is_placed_outside"],
    ),
    "children_looked_after.three_or_more_placements": _care(has_moved_often),
    "children_looked_after.placement_stability": Recount(
        long_stays, on("started_on"), "ended_on", met=is_settled
    ),
    "children_looked_after.initial_health_in_time": Recount(
        "periods_of_care", health_due, of=in_full_care, met=is_seen_by_doctor
    ),
    "children_looked_after.health_assessment": _years(is_assessed),
    "children_looked_after.dental_check": _years(
        lambda row, last, tables: checks(row, last, tables, "dental") >= 1
    ),
    "children_looked_after.immunised": _yearly(is_yes("is_immunised")),
    "children_looked_after.questionnaires_scored": _yearly(
        is_known("sdq_score"), lambda row: row["sdq_reason"] != "SDQ1"
    ),
    "children_looked_after.questionnaire_average": _average(
        "health", "recorded_on", on("sdq_score"), _one
    ),
    "children_looked_after.questionnaire_concern": _yearly(
        lambda row, *_: row["sdq_score"] >= 17, lambda row: row["sdq_score"] is not None
    ),
    "children_looked_after.missing_children": _missing("started_on", "M", each="child_id"),
    "children_looked_after.times_missing": _missing("started_on", "M"),
    "children_looked_after.times_away": _missing("started_on", "A"),
    "children_looked_after.return_interviews_offered": _missing(
        "ended_on", "M", met=is_yes("is_interview_offered")
    ),
    "children_looked_after.return_interviews_accepted": Recount(
        "missing_episodes",
        on("ended_on"),
        of=lambda row: row["kind"] == "M" and row["is_interview_offered"],
        met=is_yes("is_interview_accepted"),
    ),
    "children_looked_after.return_interviews_in_time": Recount(
        "missing_episodes",
        lambda row: row["ended_on"] + timedelta(days=3) if row["ended_on"] else None,
        of=lambda row: row["kind"] == "M",
        met=is_talked_to,
    ),
    "permanence.adopted": _in_care("ceased_on", holds("reason_ceased", "E11", "E12")),
    "permanence.adopted_share": _in_care("ceased_on", holds("reason_ceased", "E11", "E12")),
    "permanence.special_guardianship_share": _in_care(
        "ceased_on", holds("reason_ceased", "E43", "E44", "E45", "E46", "E47", "E48")
    ),
    "permanence.returned_home_share": _in_care("ceased_on", holds("reason_ceased", "E4A", "E4B")),
    "permanence.back_after_returning_home": Recount(
        "periods_of_care",
        a_year_later,
        of=lambda row: in_full_care(row) and row["reason_ceased"] in ("E4A", "E4B"),
        met=comes_back,
    ),
    "permanence.re_entries": _in_care("started_on", is_back),
    "permanence.permanence_plan_recorded": _care(is_known("permanence_plan")),
    "permanence.decisions_for_adoption": Recount("adoptions", on("decided_on")),
    "permanence.placed_for_adoption": Recount("adoptions", on("placed_on")),
    "permanence.decisions_reversed": Recount("adoptions", on("reversed_on")),
    "permanence.days_to_placement": _average(
        "adoptions", "ordered_on", days_between("entered_care_on", "placed_on"), _one
    ),
    "permanence.days_to_adoptive_home": _average("adoptions", "ordered_on", to_home, _one),
    "permanence.days_to_match": _average("adoptions", "ordered_on", to_match, _one),
    "permanence.placed_within_14_months": Recount(
        "adoptions",
        on("placed_on"),
        met=lambda row, *_: (row["placed_on"] - row["entered_care_on"]).days <= 426,
    ),
    "care_leavers.in_touch": _list(holds("in_touch", "YES")),
    "care_leavers.in_suitable_accommodation": _list(
        holds("accommodation_suitability", "suitable"),
        lambda row: is_listed(row) and row["accommodation"] not in NOWHERE,
    ),
    "care_leavers.in_education_employment_or_training": _list(holds("activity", *IN_WORK)),
    "care_leavers.not_in_education_employment_or_training": _list(holds("activity", *OUT_OF_WORK)),
    "care_leavers.pathway_plan_up_to_date": _list(
        lambda row, *_: (
            bool(row["pathway_plan_reviewed_on"])
            and number(row["recorded_on"]) - number(row["pathway_plan_reviewed_on"]) <= 6 * 32
        )
    ),
    "care_leavers.contacted_lately": _list(
        lambda row, *_: (
            bool(row["contacted_on"]) and (row["recorded_on"] - row["contacted_on"]).days <= 56
        )
    ),
    "care_leavers.in_touch_at_birthday": _birthday(holds("in_touch", "YES")),
    "care_leavers.in_suitable_accommodation_at_birthday": _birthday(
        lambda row, *_: (
            row["accommodation"] is not None
            and row["accommodation"][1:] == "1"
            and row["accommodation"][0] in "BCDEKSTUVWXYZ"
        ),
        lambda row: (row["accommodation"] or " ")[0] not in NOWHERE,
    ),
    "care_leavers.in_education_employment_or_training_at_birthday": _birthday(
        holds("activity", *IN_WORK)
    ),
    "care_leavers.not_in_education_employment_or_training_at_birthday": _birthday(
        holds("activity", *OUT_OF_WORK)
    ),
    "workforce.vacancy_rate": _average("staffing", "counted_on", vacancies, vacancies_and_people),
    "workforce.turnover_rate": _average(
        "staffing", "counted_on", times("leavers_fte", 12), on("in_post_fte")
    ),
    "workforce.absence_rate": _average(
        "staffing", "counted_on", times("working_days_lost", 12), times("in_post_fte", 253)
    ),
    "workforce.highest_caseload": _average("staffing", "counted_on", on("highest_caseload"), _one),
    "workforce.additional_staff": _average(
        "staffing", "counted_on", on("additional_fte"), on("posts_fte")
    ),
    "workforce.changes_of_worker": Recount(changes, on("changed_on"), each="child_id"),
    "workforce.looked_after_with_worker": _care(is_known("worker")),
    "workforce.plans_with_worker": Recount(
        "child_protection_plans", on("started_on"), "ended_on", met=is_known("worker")
    ),
    "quality.graded_good_or_better": _audits(
        holds("grade", "good", "outstanding"), lambda row: row["grade"] is not None
    ),
    "quality.moderated": _audits(is_known("moderated_grade")),
    "quality.moderated_grade_agrees": _audits(
        lambda row, *_: row["moderated_grade"] == row["grade"],
        lambda row: row["moderated_grade"] is not None,
    ),
    "quality.actions_closed_in_time": Recount(
        "audits",
        on("actions_due_on"),
        of=lambda row: (row["remedial_actions"] or 0) >= 1,
        met=lambda row, *_: (
            bool(row["actions_closed_on"]) and row["actions_closed_on"] <= row["actions_due_on"]
        ),
    ),
    "quality.referrals_of_good_quality": _audits(
        holds("referral_grade", "good", "outstanding"),
        lambda row: row["referral_grade"] is not None,
    ),
    "quality.panel_cases_heard": _panel(),
    "quality.panel_heard_before_entry": _panel(lambda row, *_: not row["is_emergency"]),
    "quality.panel_emergencies_ratified": _panel(
        is_yes("is_ratified"), of=lambda row: bool(row["is_emergency"])
    ),
    "quality.panel_alternatives_offered": _panel(
        lambda row, *_: row["alternatives"] not in (None, "None possible")
    ),
}
