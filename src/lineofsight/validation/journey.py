"""Rules that any journey keeps, whichever return it came from. Their codes are our own."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from lineofsight.journey.fields import Events, fields_of
from lineofsight.journey.tables import (
    TABLES,
    assessments,
    child_protection_plans,
    children,
    contacts,
    early_help_assessments,
    initial_conferences,
    need_episodes,
    periods_of_care,
    referrals,
    section_47_enquiries,
)
from lineofsight.reference.working_days import FIRST_DAY as CALENDAR_FROM
from lineofsight.reference.working_days import LAST_DAY as CALENDAR_TO
from lineofsight.validation.cin_census import BORN, born_on
from lineofsight.validation.rule import (
    AS_AT,
    CHILD,
    ERROR,
    QUERY,
    Line,
    Match,
    Rule,
    Severity,
    has_earlier_row,
    is_bank_holiday,
    is_second_open,
    overlaps_an_earlier,
    theirs,
    value,
)

# A conference is booked, an action due and a birth expected on a day to come.
_MAY_BE_TO_COME = frozenset(
    {"first_booked_for_on", "booked_for_on", "expected_on", "actions_due_on"}
)
_eighteenth_birthday = born_on.dt.offset_by("18y")


def _days_of(table: type[Events]) -> list[str]:
    return [name for name, f in fields_of(table).items() if f.info["kind"] in ("day", "moment")]


def _after_the_list(table: type[Events]) -> Rule | None:
    days = [name for name in _days_of(table) if name not in _MAY_BE_TO_COME]
    later = [pl.col(name).cast(pl.Date) > AS_AT for name in days]
    sentence = "A date lies after the day on which the lists were made."
    return _whole_rows("L01", ERROR, sentence, table, later)


def _outside_the_calendar(table: type[Events]) -> Rule | None:
    days = [pl.col(name).cast(pl.Date) for name in _days_of(table)]
    outside = [~day.is_between(CALENDAR_FROM, CALENDAR_TO) for day in days]
    sentence = "A date lies outside the calendar of working days (1985 to 2045)."
    return _whole_rows("L02", ERROR, sentence, table, outside)


def _twice(table: type[Events]) -> Rule:
    fields = [n for n, f in fields_of(table).items() if not f.info["kind"].startswith("clock")]
    sentence = "The row is the same as another row in every field."
    is_twice = pl.struct(fields).is_duplicated()
    return Rule("L03", QUERY, sentence, table, is_twice, needs_every_field=False)


def _whole_rows(
    code: str, severity: Severity, sentence: str, table: type[Events], any_of: list[pl.Expr]
) -> Rule | None:
    if not any_of:
        return None
    broken = pl.any_horizontal(any_of)
    return Rule(code, severity, sentence, table, broken, needs_every_field=False)


def _for_every_table() -> Iterator[Rule]:
    for table in TABLES:
        rules = (_after_the_list(table), _outside_the_calendar(table), _twice(table))
        yield from (rule for rule in rules if rule is not None)


child_twice = Rule(
    "L04",
    ERROR,
    "The child stands twice in the table of children.",
    children,
    pl.col(CHILD).is_duplicated(),
)
child_without_birth = Rule(
    "L05",
    QUERY,
    "The child has no date of birth, and no expected one.",
    children,
    value(children.born_on).is_null() & value(children.expected_on).is_null(),
    optional=(children.expected_on,),
)
early_help_ends_before_start = Rule(
    "L10",
    ERROR,
    "The early help assessment was completed before it started.",
    early_help_assessments,
    value(early_help_assessments.completed_on) < value(early_help_assessments.started_on),
)

_conference, _enquiry = initial_conferences, section_47_enquiries
conference_without_strategy = Rule(
    "L13",
    ERROR,
    "The conference has no strategy discussion, so that it cannot have been held in time.",
    _conference,
    value(_conference.strategy_discussion_on).is_null() & ~value(_conference.is_transfer_in),
    optional=(_conference.is_transfer_in,),
    line=Line("has no strategy discussion date", (_conference.strategy_discussion_on,)),
)
conference_on_bank_holiday = Rule(
    "L14",
    QUERY,
    "The conference is dated on a bank holiday of England.",
    _conference,
    is_bank_holiday(value(_conference.held_on)),
)
conference_before_strategy = Rule(
    "L15",
    ERROR,
    "The conference was held before the strategy discussion that led to it.",
    _conference,
    value(_conference.held_on) < value(_conference.strategy_discussion_on),
    line=Line(
        "is dated before the strategy discussion",
        (_conference.held_on, _conference.strategy_discussion_on),
    ),
)
conference_unnecessary_and_held = Rule(
    "L16",
    ERROR,
    "A conference was both deemed unnecessary and held.",
    _enquiry,
    value(_enquiry.is_conference_unnecessary) & value(_enquiry.conference_on).is_not_null(),
)
_plan = child_protection_plans
_is_of_conference = theirs(_plan.started_on) == value(_conference.held_on)
_plan_since = Match("is_planned", _plan, theirs(_plan.started_on) >= value(_conference.held_on))
_plan_that_day = Match("is_planned", _plan, _is_of_conference)
plan_made_but_none_started = Rule(
    "L17",
    ERROR,
    "The conference decided on a plan, but none started on that day or later.",
    _conference,
    value(_conference.is_plan_made) & ~_plan_since.found,
    matches=(_plan_since,),
    line=Line(
        "is said to have led to a plan missing from the records", (_conference.is_plan_made,)
    ),
)
plan_started_but_none_made = Rule(
    "L18",
    ERROR,
    "The conference decided on no plan, but one started on that day.",
    _conference,
    ~value(_conference.is_plan_made) & _plan_that_day.found,
    matches=(_plan_that_day,),
    line=Line("is said to have led to no plan though one started", (_conference.is_plan_made,)),
)
conference_twice = Rule(
    "L19",
    ERROR,
    "The child has two initial conferences on the same day.",
    _conference,
    pl.struct(CHILD, _conference.held_on.name).is_duplicated(),
    line=Line("is recorded twice for the same child and day", (_conference.held_on,)),
)
contact_twice = Rule(
    "L06",
    QUERY,
    "The child has two contacts from the same source on the same day.",
    contacts,
    pl.struct(CHILD, contacts.contacted_on.name, contacts.source.name).is_duplicated(),
)
referral_twice = Rule(
    "L07",
    QUERY,
    "The child has two referrals on the same day.",
    referrals,
    pl.struct(CHILD, referrals.referred_on.name).is_duplicated(),
)
assessment_twice = Rule(
    "L08",
    QUERY,
    "The child has two assessments that started on the same day.",
    assessments,
    pl.struct(CHILD, assessments.started_on.name).is_duplicated(),
)
enquiry_twice = Rule(
    "L09",
    QUERY,
    "The child has two section 47 enquiries that started on the same day.",
    _enquiry,
    pl.struct(CHILD, _enquiry.strategy_discussion_on.name).is_duplicated(),
)

on_plan_at_eighteen = Rule(
    "L20",
    QUERY,
    "A young person of 18 or over is on an open child protection plan.",
    _plan,
    value(_plan.ended_on).is_null() & (_eighteenth_birthday <= AS_AT),
    lookups=(BORN,),
    line=Line("is open beyond an 18th birthday", (_plan.ended_on,)),
)
fewer_plans_than_recorded = Rule(
    "L21",
    ERROR,
    "The plan says that the child had fewer plans before than the records hold.",
    _plan,
    has_earlier_row()
    & (value(_plan.previous_plans) < pl.int_range(pl.len(), dtype=pl.Int64).over(CHILD)),
    in_order_of=_plan.started_on,
    line=Line("has fewer earlier plans than the records hold", (_plan.previous_plans,)),
)
_open_case = Match("is_in_need", need_episodes, theirs(need_episodes.ended_on).is_null())
protected_without_case = Rule(
    "L22",
    QUERY,
    "The child is on an open child protection plan but has no open episode of need.",
    _plan,
    value(_plan.ended_on).is_null() & ~_open_case.found,
    matches=(_open_case,),
)
looked_after_without_case = Rule(
    "L23",
    QUERY,
    "The child is looked after but has no open episode of need.",
    periods_of_care,
    value(periods_of_care.ceased_on).is_null() & ~_open_case.found,
    matches=(_open_case,),
)
_need = need_episodes
closed_status_of_open_case = Rule(
    "L24",
    ERROR,
    "The status of the case is closed but no day of closure is recorded.",
    _need,
    (value(_need.status) == "closed") & value(_need.ended_on).is_null(),
    line=Line("is closed by status but has no closure date", (_need.ended_on,)),
)
open_status_of_closed_case = Rule(
    "L25",
    ERROR,
    "A day of closure is recorded but the status of the case is not closed.",
    _need,
    (value(_need.status) != "closed") & (value(_need.ended_on) <= AS_AT),
    line=Line("is open by status but has a closure date", (_need.ended_on,)),
)
_open_plan = Match("is_protected", _plan, theirs(_plan.ended_on).is_null())
protected_by_status = Rule(
    "L26",
    QUERY,
    "The status of the case is a child protection plan, but the child has no open plan.",
    _need,
    (value(_need.status) == "child protection plan") & ~_open_plan.found,
    matches=(_open_plan,),
)
_open_care = Match("is_in_care", periods_of_care, theirs(periods_of_care.ceased_on).is_null())
looked_after_by_status = Rule(
    "L27",
    QUERY,
    "The status of the case is looked after, but the child has no open period of care.",
    _need,
    (value(_need.status) == "looked after") & ~_open_care.found,
    matches=(_open_care,),
)

_care = periods_of_care
_span = (_care.started_on, _care.ceased_on)
care_ends_before_start = Rule(
    "L30",
    ERROR,
    "The period of care ended before it started.",
    _care,
    value(_care.ceased_on) < value(_care.started_on),
    line=Line("is said to have ended before starting", _span),
)
care_overlaps = Rule(
    "L31",
    ERROR,
    "The period of care starts before an earlier one of the same child has ended.",
    _care,
    overlaps_an_earlier(*_span),
    in_order_of=_care.started_on,
    line=Line("is overlapping an earlier one of the same child", _span),
)
care_open_twice = Rule(
    "L32",
    ERROR,
    "Two periods of care of the same child are open.",
    _care,
    is_second_open(*_span),
    in_order_of=_care.started_on,
    line=Line("is open beside another of the same child", _span),
)
in_care_at_eighteen = Rule(
    "L33",
    ERROR,
    "A young person of 18 or over is recorded as looked after.",
    _care,
    value(_care.ceased_on).is_null() & (_eighteenth_birthday <= AS_AT),
    lookups=(BORN,),
    line=Line("is open beyond an 18th birthday", (_care.ceased_on,)),
)
care_before_birth = Rule(
    "L34",
    ERROR,
    "The child started to be looked after before being born.",
    _care,
    value(_care.started_on) < born_on,
    lookups=(BORN,),
    line=Line("is dated before the child's birth", (_care.started_on,)),
)
care_ceased_without_reason = Rule(
    "L35",
    QUERY,
    "The period of care ended without a reason, or has a reason without an end.",
    _care,
    value(_care.ceased_on).is_null() != value(_care.reason_ceased).is_null(),
)
care_without_legal_status = Rule(
    "L41",
    ERROR,
    "The period of care has no legal status, so that short breaks cannot be told apart.",
    _care,
    value(_care.legal_status).is_null(),
    line=Line("has no legal status", (_care.legal_status,)),
)
reviewed_before_care = Rule(
    "L42",
    ERROR,
    "The latest review lies before the day the period of care started.",
    _care,
    value(_care.latest_review_on) < value(_care.started_on),
)
unaccompanied_with_parents = Rule(
    "L43",
    QUERY,
    "An unaccompanied asylum-seeking child is placed with the parents.",
    _care,
    value(_care.is_unaccompanied) & (value(_care.placement_type) == "P1"),
    line=Line("has an unaccompanied child placed with parents", (_care.is_unaccompanied,)),
)

JOURNEY_RULES = (
    *_for_every_table(),
    *(rule for rule in list(globals().values()) if isinstance(rule, Rule)),
)
