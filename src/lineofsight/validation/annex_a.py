"""The rules of the Children in Need census that the lists of Annex A can break.

Codes are the Department's, from the validation rules of the census (2026/27), which the open
validator csc-validator-be-cin implements; sentences are ours. Annex A has no key between a
referral and what followed it, so rules that need one are not here.
"""

from __future__ import annotations

import polars as pl

from lineofsight.journey.tables import (
    assessments,
    child_protection_plans,
    children,
    initial_conferences,
    need_episodes,
    referrals,
    section_47_enquiries,
)
from lineofsight.validation.rule import (
    AS_AT,
    ERROR,
    FIRST_DAY,
    QUERY,
    Lookup,
    Rule,
    is_second_open,
    is_working_day,
    overlaps_an_earlier,
    value,
    working_day,
)

# Working Together to Safeguard Children: 45 working days for an assessment, 15 for a conference.
ASSESSMENT_WORKING_DAYS = 45
CONFERENCE_WORKING_DAYS = 15
# A pregnancy: how long before birth an unborn child may be referred.
_UNBORN = "-40w"

_plan = child_protection_plans
_assessment_age = working_day(AS_AT) - working_day(value(assessments.started_on))
_enquiry_age = working_day(AS_AT) - working_day(value(section_47_enquiries.strategy_discussion_on))

born_after_list = Rule(
    "8520",
    ERROR,
    "The date of birth lies after the day on which the lists were made.",
    children,
    value(children.born_on) > AS_AT,
)
referred_before_conception = Rule(
    "8606",
    ERROR,
    "The child was referred more than 40 weeks before being born.",
    referrals,
    value(referrals.referred_on) < pl.col("born").list.first().dt.offset_by(_UNBORN),
    lookups=(Lookup("born", children.born_on),),
)
assessment_ends_before_start = Rule(
    "8608",
    ERROR,
    "The assessment was authorised before it started.",
    assessments,
    value(assessments.authorised_on) < value(assessments.started_on),
)
assessment_open_too_long = Rule(
    "8670Q",
    QUERY,
    "The assessment has been open for more than 45 working days.",
    assessments,
    value(assessments.authorised_on).is_null() & (_assessment_age > ASSESSMENT_WORKING_DAYS),
)
assessments_overlap = Rule(
    "8863Q",
    QUERY,
    "The assessment starts before an earlier one of the same child was authorised.",
    assessments,
    overlaps_an_earlier(assessments.started_on, assessments.authorised_on),
)
enquiry_after_conference = Rule(
    "8615",
    ERROR,
    "The section 47 enquiry started after the conference that it led to.",
    section_47_enquiries,
    value(section_47_enquiries.strategy_discussion_on) > value(section_47_enquiries.conference_on),
)
enquiry_without_conference = Rule(
    "8675Q",
    QUERY,
    "More than 15 working days after the strategy discussion there is neither a conference "
    "nor a decision that none is needed.",
    section_47_enquiries,
    value(section_47_enquiries.conference_on).is_null()
    & ~value(section_47_enquiries.is_conference_unnecessary)
    & (_enquiry_age > CONFERENCE_WORKING_DAYS),
)
conference_unnecessary_and_held = Rule(
    "8740",
    ERROR,
    "A conference was both deemed unnecessary and held.",
    section_47_enquiries,
    value(section_47_enquiries.is_conference_unnecessary)
    & value(section_47_enquiries.conference_on).is_not_null(),
)
conference_on_day_off = Rule(
    "8875",
    ERROR,
    "The conference is dated on a weekend or a bank holiday.",
    initial_conferences,
    ~is_working_day(value(initial_conferences.held_on)),
)
need_ends_before_start = Rule(
    "8630",
    ERROR,
    "The case was closed before the episode of need began.",
    need_episodes,
    value(need_episodes.ended_on) < value(need_episodes.started_on),
)
closed_without_reason = Rule(
    "8805",
    ERROR,
    "The case is closed but has no reason for closure.",
    need_episodes,
    value(need_episodes.ended_on).is_not_null() & value(need_episodes.closure_reason).is_null(),
)
reason_without_closure = Rule(
    "8810",
    ERROR,
    "There is a reason for closure but the case is not closed.",
    need_episodes,
    value(need_episodes.ended_on).is_null() & value(need_episodes.closure_reason).is_not_null(),
)
need_open_twice = Rule(
    "8815",
    ERROR,
    "Two episodes of need of the same child are open.",
    need_episodes,
    is_second_open(need_episodes.started_on, need_episodes.ended_on),
)
need_overlaps = Rule(
    "8820",
    ERROR,
    "The episode of need begins before an earlier one of the same child has ended.",
    need_episodes,
    overlaps_an_earlier(need_episodes.started_on, need_episodes.ended_on),
)
plan_without_conference = Rule(
    "2885",
    ERROR,
    "The plan starts on a day on which the child had no initial conference.",
    _plan,
    (value(_plan.started_on) >= FIRST_DAY)
    & ~value(_plan.started_on).is_in(pl.col("conference_days")).fill_null(False),
    lookups=(Lookup("conference_days", initial_conferences.held_on),),
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
plan_ends_before_start = Rule(
    "8925",
    ERROR,
    "The child protection plan ended before it started.",
    _plan,
    value(_plan.ended_on) < value(_plan.started_on),
)
plan_open_twice = Rule(
    "8935",
    ERROR,
    "Two child protection plans of the same child are open.",
    _plan,
    is_second_open(_plan.started_on, _plan.ended_on),
)
plans_overlap = Rule(
    "8940",
    ERROR,
    "The plan starts before an earlier plan of the same child has ended.",
    _plan,
    overlaps_an_earlier(_plan.started_on, _plan.ended_on),
)

ANNEX_A_RULES = tuple(rule for rule in list(globals().values()) if isinstance(rule, Rule))
