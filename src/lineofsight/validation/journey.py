"""Rules that any journey keeps, whichever return it came from. Their codes are our own."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from lineofsight.journey.fields import Events, fields_of
from lineofsight.journey.tables import (
    TABLES,
    adoptions,
    care_plans,
    child_protection_plans,
    children,
    conference_requests,
    early_help_assessments,
    mash_decisions,
    periods_of_care,
)
from lineofsight.reference.working_days import FIRST_DAY as CALENDAR_FROM
from lineofsight.reference.working_days import LAST_DAY as CALENDAR_TO
from lineofsight.validation.rule import (
    AS_AT,
    CHILD,
    ERROR,
    QUERY,
    Lookup,
    Rule,
    Severity,
    is_second_open,
    overlaps_an_earlier,
    value,
)

# A conference is booked for a day to come.
_MAY_BE_TO_COME = frozenset({"first_booked_for_on"})
_BORN = Lookup("born", children.born_on)
_born_on = pl.col("born").list.first()
_eighteenth_birthday = _born_on.dt.offset_by("18y")


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
early_help_ends_before_start = Rule(
    "L10",
    ERROR,
    "The early help assessment was completed before it started.",
    early_help_assessments,
    value(early_help_assessments.completed_on) < value(early_help_assessments.started_on),
)
decided_before_received = Rule(
    "L11",
    ERROR,
    "The hub decided before the referral was received.",
    mash_decisions,
    value(mash_decisions.decided_at) < value(mash_decisions.received_at),
)
conference_held_before_asked_for = Rule(
    "L12",
    QUERY,
    "The conference was held before it was asked for.",
    conference_requests,
    value(conference_requests.held_on) < value(conference_requests.requested_on),
)
on_plan_at_eighteen = Rule(
    "L20",
    QUERY,
    "A young person of 18 or over is on an open child protection plan.",
    child_protection_plans,
    value(child_protection_plans.ended_on).is_null() & (_eighteenth_birthday <= AS_AT),
    lookups=(_BORN,),
)
care_ends_before_start = Rule(
    "L30",
    ERROR,
    "The period of care ended before it started.",
    periods_of_care,
    value(periods_of_care.ceased_on) < value(periods_of_care.started_on),
)
care_overlaps = Rule(
    "L31",
    ERROR,
    "The period of care starts before an earlier one of the same child has ended.",
    periods_of_care,
    overlaps_an_earlier(periods_of_care.started_on, periods_of_care.ceased_on),
)
care_open_twice = Rule(
    "L32",
    ERROR,
    "Two periods of care of the same child are open.",
    periods_of_care,
    is_second_open(periods_of_care.started_on, periods_of_care.ceased_on),
)
in_care_at_eighteen = Rule(
    "L33",
    ERROR,
    "A young person of 18 or over is recorded as looked after.",
    periods_of_care,
    value(periods_of_care.ceased_on).is_null() & (_eighteenth_birthday <= AS_AT),
    lookups=(_BORN,),
)
care_before_birth = Rule(
    "L34",
    ERROR,
    "The child started to be looked after before being born.",
    periods_of_care,
    value(periods_of_care.started_on) < _born_on,
    lookups=(_BORN,),
)
care_ceased_without_reason = Rule(
    "L35",
    QUERY,
    "The period of care ended without a reason, or has a reason without an end.",
    periods_of_care,
    value(periods_of_care.ceased_on).is_null() != value(periods_of_care.reason_ceased).is_null(),
)
care_plan_authorised_before_written = Rule(
    "L36",
    ERROR,
    "The care plan was authorised before it was written.",
    care_plans,
    value(care_plans.authorised_on) < value(care_plans.started_on),
)
adoption_out_of_order = Rule(
    "L40",
    QUERY,
    "The child was placed for adoption before the decision, or adopted before being placed.",
    adoptions,
    (value(adoptions.placed_on) < value(adoptions.decided_on))
    | (value(adoptions.ordered_on) < value(adoptions.placed_on)),
)

JOURNEY_RULES = (
    *_for_every_table(),
    *(rule for rule in list(globals().values()) if isinstance(rule, Rule)),
)
