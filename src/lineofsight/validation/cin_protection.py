"""The rules of the Children in Need census about enquiries, conferences and protection plans.

Codes are the Department's (2026/27); sentences and expressions are ours, see `cin_census`. Rule
8870Q asks about the target date of a conference, which the journey does not keep: it works the
fifteenth working day out. Rule 2884 (a conference recorded in two places) is settled and told when
the census is read.
"""

from __future__ import annotations

from typing import Any

import polars as pl
import sqlalchemy as sa

from lineofsight.journey.fields import Events
from lineofsight.journey.tables import (
    assessments,
    child_protection_plans,
    child_protection_reviews,
    cin_plans,
    initial_conferences,
    need_episodes,
    section_47_enquiries,
)
from lineofsight.validation.cin_census import DIED, died_on
from lineofsight.validation.rule import (
    AS_AT,
    ERROR,
    FIRST_DAY,
    QUERY,
    Line,
    Lookup,
    Match,
    Rule,
    is_second_open,
    is_weekend,
    overlaps_an_earlier,
    theirs,
    value,
    working_day,
)

# Working Together to Safeguard Children: 15 working days from strategy discussion to conference.
CONFERENCE_WORKING_DAYS = 15
_CLOSED_AFTER_ASSESSMENT = ("RC8", "RC9")

_enquiry, _conference = section_47_enquiries, initial_conferences
_plan, _review = child_protection_plans, child_protection_reviews
_enquiry_age = working_day(AS_AT) - working_day(value(_enquiry.strategy_discussion_on))
_is_unfinished = value(_enquiry.conference_on).is_null() & ~value(
    _enquiry.is_conference_unnecessary
)


def _case_of(table: type[Events], name: str, when: pl.Expr) -> Match:
    """Match the episode of need that began with the referral a row belongs to."""
    referral: sa.Column[Any] = table.table.columns["referred_on"]
    is_of = theirs(need_episodes.started_on) == value(referral)
    return Match(name, need_episodes, is_of & when)


enquiry_before_referral = Rule(
    "2889",
    ERROR,
    "The section 47 enquiry started before the referral that it belongs to.",
    _enquiry,
    value(_enquiry.strategy_discussion_on) < value(_enquiry.referred_on),
)
enquiry_conference_before_referral = Rule(
    "1104",
    ERROR,
    "The conference that followed the enquiry is dated before the referral that it belongs to.",
    _enquiry,
    value(_enquiry.conference_on) < value(_enquiry.referred_on),
)
_assessed = Match(
    "is_assessed", assessments, theirs(assessments.referred_on) == value(_enquiry.referred_on)
)
enquiry_without_assessment = Rule(
    "2991Q",
    QUERY,
    "The referral led to a section 47 enquiry but to no assessment.",
    _enquiry,
    value(_enquiry.referred_on).is_not_null() & ~_assessed.found,
    matches=(_assessed,),
)
enquiry_after_conference = Rule(
    "8615",
    ERROR,
    "The section 47 enquiry started after the conference that it led to.",
    _enquiry,
    value(_enquiry.strategy_discussion_on) > value(_enquiry.conference_on),
)
enquiry_without_conference = Rule(
    "8675Q",
    QUERY,
    "More than 15 working days after the strategy discussion there is neither a conference "
    "nor a decision that none is needed.",
    _enquiry,
    _is_unfinished & (_enquiry_age > CONFERENCE_WORKING_DAYS),
)
old_enquiry_unfinished = Rule(
    "8740",
    ERROR,
    "The section 47 enquiry has neither a conference nor a decision that none is needed, but "
    "started outside the days that the lists cover.",
    _enquiry,
    _is_unfinished & ~value(_enquiry.strategy_discussion_on).is_between(FIRST_DAY, AS_AT),
)
two_unfinished_enquiries = Rule(
    "8839",
    ERROR,
    "Two section 47 enquiries of the same referral have neither a conference nor a decision that "
    "none is needed.",
    _enquiry,
    value(_enquiry.referred_on).is_not_null()
    & _is_unfinished
    & (_is_unfinished.sum().over("child_id", "referred_on") > 1),
)
_case = (_enquiry.child_id.name, _enquiry.referred_on.name)
# An enquiry lasts until its conference; one for which none is needed does not last.
_lasts_until = pl.when(~value(_enquiry.is_conference_unnecessary)).then(
    value(_enquiry.conference_on).fill_null(AS_AT)
)
_earlier_last_until = _lasts_until.cum_max().forward_fill().shift(1).over(_case)
enquiries_overlap = Rule(
    "8890",
    ERROR,
    "The section 47 enquiry starts while an earlier one of the same referral has had neither a "
    "conference nor a decision that none is needed.",
    _enquiry,
    value(_enquiry.referred_on).is_not_null()
    & ~value(_enquiry.is_conference_unnecessary)
    & (value(_enquiry.strategy_discussion_on) <= _earlier_last_until),
    in_order_of=_enquiry.strategy_discussion_on,
)
_closed_case = _case_of(_enquiry, "is_closed", theirs(need_episodes.ended_on).is_not_null())
closed_with_unfinished_enquiry = Rule(
    "8868",
    ERROR,
    "The case is closed but the section 47 enquiry has neither a conference nor a decision that "
    "none is needed.",
    _enquiry,
    _is_unfinished & _closed_case.found,
    matches=(_closed_case,),
)

conference_on_weekend = Rule(
    "8875",
    ERROR,
    "The conference is dated on a Saturday or a Sunday.",
    _conference,
    is_weekend(value(_conference.held_on)),
    line=Line("is dated on a weekend", (_conference.held_on,)),
)
conference_out_of_range = Rule(
    "8715",
    ERROR,
    "The conference is dated before the first of the days that the lists cover, or after the last.",
    _conference,
    ~value(_conference.held_on).is_between(FIRST_DAY, AS_AT),
)

plan_before_referral = Rule(
    "1105",
    ERROR,
    "The child protection plan starts before the referral that it belongs to.",
    _plan,
    value(_plan.started_on) < value(_plan.referred_on),
)
plan_without_conference = Rule(
    "2885",
    ERROR,
    "The plan starts on a day on which the child had no initial conference.",
    _plan,
    ~value(_plan.is_other_authority)
    & (value(_plan.started_on) >= FIRST_DAY)
    & ~value(_plan.started_on).is_in(pl.col("conference_days")).fill_null(False),
    lookups=(Lookup("conference_days", _conference.held_on),),
    optional=(_plan.is_other_authority,),
)
plan_of_one_day = Rule(
    "8840",
    ERROR,
    "The child protection plan starts and ends on the same day.",
    _plan,
    value(_plan.started_on) == value(_plan.ended_on),
)
review_before_plan = Rule(
    "8841",
    ERROR,
    "The review conference is dated on or before the day the plan started.",
    _plan,
    value(_plan.latest_review_on) <= value(_plan.started_on),
)
review_of_a_later_plan = Rule(
    "8841",
    ERROR,
    "The review conference is dated on or before the day the plan started.",
    _review,
    value(_review.held_on) <= value(_review.plan_started_on),
)
plan_ends_before_start = Rule(
    "8925",
    ERROR,
    "The child protection plan ended before it started.",
    _plan,
    value(_plan.ended_on) < value(_plan.started_on),
    line=Line("is said to have ended before starting", (_plan.started_on, _plan.ended_on)),
)
plan_out_of_range = Rule(
    "8930",
    ERROR,
    "The child protection plan ended before the first of the days that the lists cover, or after "
    "the last.",
    _plan,
    ~value(_plan.ended_on).is_between(FIRST_DAY, AS_AT),
)
plan_open_twice = Rule(
    "8935",
    ERROR,
    "Two child protection plans of the same child are open.",
    _plan,
    is_second_open(_plan.started_on, _plan.ended_on),
    in_order_of=_plan.started_on,
    line=Line("is open beside another of the same child", (_plan.started_on, _plan.ended_on)),
)
plans_overlap = Rule(
    "8940",
    ERROR,
    "The plan starts before an earlier plan of the same child has ended, or on that day.",
    _plan,
    overlaps_an_earlier(_plan.started_on, _plan.ended_on, last_day=True),
    in_order_of=_plan.started_on,
)
plan_without_first_category = Rule(
    "8905",
    ERROR,
    "The child protection plan has no initial category of abuse.",
    _plan,
    value(_plan.initial_category).is_null(),
)
plan_without_latest_category = Rule(
    "8910",
    ERROR,
    "The child protection plan has no latest category of abuse.",
    _plan,
    value(_plan.latest_category).is_null(),
)
plan_without_earlier_plans = Rule(
    "8730",
    ERROR,
    "The child protection plan does not say how many plans the child had before, or says fewer "
    "than none.",
    _plan,
    value(_plan.previous_plans).is_null() | (value(_plan.previous_plans) < 0),
    line=Line("has no number of earlier plans", (_plan.previous_plans,)),
)
plan_after_death = Rule(
    "8915",
    ERROR,
    "The child protection plan starts after the child's death.",
    _plan,
    value(_plan.started_on) > died_on,
    lookups=(DIED,),
    line=Line("is dated after the child's death", (_plan.started_on,)),
)
plan_ends_after_death = Rule(
    "8920",
    ERROR,
    "The child protection plan ends after the child's death.",
    _plan,
    value(_plan.ended_on) > died_on,
    lookups=(DIED,),
)

_open_protection = Match(
    "is_protected",
    _plan,
    (theirs(_plan.referred_on) == value(cin_plans.referred_on)) & theirs(_plan.ended_on).is_null(),
)
both_plans_open = Rule(
    "4001",
    ERROR,
    "A child in need plan and a child protection plan of the same referral are both open.",
    cin_plans,
    value(cin_plans.ended_on).is_null() & _open_protection.found,
    matches=(_open_protection,),
)


def _is_within(day: pl.Expr, start: pl.Expr, end: pl.Expr) -> pl.Expr:
    return (day >= start) & ((day < end) | end.is_null())


_during_protection = Match(
    "is_within",
    _plan,
    _is_within(value(cin_plans.started_on), theirs(_plan.started_on), theirs(_plan.ended_on)),
)
need_plan_during_protection = Rule(
    "4016",
    ERROR,
    "The child in need plan starts while the child is on a child protection plan.",
    cin_plans,
    _during_protection.found,
    matches=(_during_protection,),
)
_during_need_plan = Match(
    "is_within",
    cin_plans,
    _is_within(value(_plan.started_on), theirs(cin_plans.started_on), theirs(cin_plans.ended_on)),
)
protection_during_need_plan = Rule(
    "4017",
    ERROR,
    "The child protection plan starts while the child is on a child in need plan.",
    _plan,
    _during_need_plan.found,
    matches=(_during_need_plan,),
)


def _after_closure(table: type[Events], what: str, *days: sa.Column[Any]) -> Rule:
    """Rule 8565: activity dated after the day on which its case was closed."""
    ended = theirs(need_episodes.ended_on)
    case = _case_of(table, "is_closed", pl.any_horizontal(value(day) > ended for day in days))
    sentence = f"{what} is dated after the day on which its case was closed."
    return Rule("8565", ERROR, sentence, table, case.found, matches=(case,))


ACTIVITY_AFTER_CLOSURE = (
    _after_closure(
        assessments, "The assessment", assessments.started_on, assessments.authorised_on
    ),
    _after_closure(_enquiry, "The section 47 enquiry", _enquiry.strategy_discussion_on),
    _after_closure(_conference, "The conference", _conference.held_on),
    _after_closure(_plan, "The end of the child protection plan", _plan.ended_on),
    _after_closure(cin_plans, "The child in need plan", cin_plans.started_on, cin_plans.ended_on),
)


def _closed_after_assessment(table: type[Events], what: str) -> Rule:
    """Rule 2990: a case closed after assessment (RC8, RC9) has nothing beyond it."""
    reason = theirs(need_episodes.closure_reason).is_in(_CLOSED_AFTER_ASSESSMENT)
    case = _case_of(table, "is_closed_after_assessment", reason)
    sentence = f"The case was closed after assessment but has {what}."
    return Rule("2990", ERROR, sentence, table, case.found, matches=(case,))


ACTIVITY_OF_ASSESSED_CASES = (
    _closed_after_assessment(_enquiry, "a section 47 enquiry"),
    _closed_after_assessment(_conference, "an initial conference"),
    _closed_after_assessment(_plan, "a child protection plan"),
    _closed_after_assessment(cin_plans, "a child in need plan"),
)

PROTECTION_RULES = (
    *(rule for rule in list(globals().values()) if isinstance(rule, Rule)),
    *ACTIVITY_AFTER_CLOSURE,
    *ACTIVITY_OF_ASSESSED_CASES,
)
