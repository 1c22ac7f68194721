"""The rules of the Children in Need census about children, referrals, need, assessments and plans.

Codes are the Department's, from the validation rules of the census (2026/27), which the open
validator csc-validator-be-cin implements; sentences and expressions are ours. A rule that joins
what happened to its referral needs the day of the referral beside it, which the census has and
Annex A has not. Rules on enquiries, conferences and protection plans are in `cin_protection`.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from lineofsight.journey.tables import (
    assessment_factors,
    assessments,
    child_protection_plans,
    children,
    cin_plans,
    initial_conferences,
    need_episodes,
    referrals,
    section_47_enquiries,
)
from lineofsight.validation.rule import (
    AS_AT,
    CHILD,
    ERROR,
    FIRST_DAY,
    QUERY,
    Line,
    Lookup,
    Match,
    Rule,
    is_second_open,
    overlaps_an_earlier,
    theirs,
    value,
    working_day,
)

# Working Together to Safeguard Children: 45 working days for an assessment.
ASSESSMENT_WORKING_DAYS = 45
# A pregnancy: how long before birth an unborn child may be referred.
_UNBORN = "-40w"
_SOURCES_SINCE = date(2013, 4, 1)
_CLOSED_AFTER_ASSESSMENT = ("RC8", "RC9")
_DIED = "RC2"
_NO_FACTORS = "21"

BORN = Lookup("born", children.born_on)
DIED = Lookup("died", children.died_on)
born_on = pl.col("born").list.first()
died_on = pl.col("died").list.first()
_EXPECTED = Lookup("expected", children.expected_on)

_is_unborn = value(children.expected_on).is_not_null() & value(children.born_on).is_null()
_day_before = FIRST_DAY.dt.offset_by("-1d")
_assessment_age = working_day(AS_AT) - working_day(value(assessments.started_on))

born_after_list = Rule(
    "8520",
    ERROR,
    "The date of birth lies after the day on which the lists were made.",
    children,
    value(children.born_on) > AS_AT,
)
born_or_expected = Rule(
    "8525Q",
    QUERY,
    "The child has neither a date of birth nor an expected one, or has both.",
    children,
    value(children.born_on).is_null() == value(children.expected_on).is_null(),
)
expected_out_of_range = Rule(
    "8530Q",
    QUERY,
    "The expected date of birth lies more than 30 days before the day of the lists or more than "
    "nine months after it.",
    children,
    ~value(children.expected_on).is_between(AS_AT.dt.offset_by("-30d"), AS_AT.dt.offset_by("9mo")),
)
died_before_born = Rule(
    "8535Q",
    QUERY,
    "The child is recorded as having died before being born.",
    children,
    value(children.died_on) < value(children.born_on),
)
died_out_of_range = Rule(
    "8545Q",
    QUERY,
    "The date of death lies outside the days that the lists cover.",
    children,
    ~value(children.died_on).is_between(FIRST_DAY, AS_AT),
)
unborn_with_sex = Rule(
    "8750",
    ERROR,
    "An unborn child is recorded as a boy or a girl.",
    children,
    _is_unborn & value(children.sex).is_in(["M", "F"]),
)
referred_before_conception = Rule(
    "8606",
    ERROR,
    "The child was referred more than 40 weeks before being born or expected.",
    referrals,
    value(referrals.referred_on)
    < pl.coalesce(born_on, pl.col("expected").list.first()).dt.offset_by(_UNBORN),
    lookups=(BORN, _EXPECTED),
    optional=(children.expected_on,),
    line=Line("was made more than 40 weeks before the child's birth", (referrals.referred_on,)),
)
referred_after_death = Rule(
    "8555Q",
    QUERY,
    "The child was referred after having died.",
    referrals,
    value(referrals.referred_on) > died_on,
    lookups=(DIED,),
)
referral_without_source = Rule(
    "8866",
    ERROR,
    "The referral has no source.",
    referrals,
    value(referrals.source).is_null() & (value(referrals.referred_on) >= _SOURCES_SINCE),
)
old_referral_without_action = Rule(
    "8569Q",
    QUERY,
    "A referral from before the days that the lists cover is marked as no further action.",
    referrals,
    value(referrals.is_no_further_action)
    & (working_day(value(referrals.referred_on)) < working_day(_day_before)),
)


def _of_referral(name: str, table: type, when: pl.Expr | None = None) -> Match:
    """Match what belongs to a referral by the day on which the child was referred."""
    is_same = theirs(table.referred_on) == value(referrals.referred_on)  # type: ignore[attr-defined]
    return Match(name, table, is_same if when is None else is_same & when)


def _followed_up(code: str, what: str, matches: tuple[Match, ...]) -> Rule:
    found = pl.any_horizontal([match.found for match in matches])
    return Rule(
        code,
        ERROR,
        f"A referral that led to no further action was followed by {what}.",
        referrals,
        value(referrals.is_no_further_action) & found,
        matches=matches,
        line=Line(
            f"is marked as no further action in spite of {what}",
            (referrals.is_no_further_action,),
        ),
    )


assessed_without_action = _followed_up(
    "8831", "an assessment, an enquiry or a conference", (
        _of_referral("is_assessed", assessments),
        _of_referral("is_enquired", section_47_enquiries),
        _of_referral("is_conferenced", initial_conferences),
    ),
)  # fmt: skip
protected_without_action = _followed_up(
    "8832", "a child protection plan", (_of_referral("is_protected", child_protection_plans),)
)
planned_without_action = _followed_up(
    "4000", "a child in need plan", (_of_referral("is_planned", cin_plans),)
)

_need = need_episodes
need_ends_before_start = Rule(
    "8630",
    ERROR,
    "The case was closed before the episode of need began.",
    _need,
    value(_need.ended_on) < value(_need.started_on),
    line=Line("was closed before beginning", (_need.started_on, _need.ended_on)),
)
closed_out_of_range = Rule(
    "8620",
    ERROR,
    "The case was closed before the first of the days that the lists cover, or after the last.",
    _need,
    ~value(_need.ended_on).is_between(FIRST_DAY, AS_AT),
)
closed_without_reason = Rule(
    "8805",
    ERROR,
    "The case is closed but has no reason for closure.",
    _need,
    value(_need.ended_on).is_not_null() & value(_need.closure_reason).is_null(),
)
reason_without_closure = Rule(
    "8810",
    ERROR,
    "There is a reason for closure but the case is not closed.",
    _need,
    value(_need.ended_on).is_null() & value(_need.closure_reason).is_not_null(),
    line=Line("is open but has a reason for closure", (_need.ended_on,)),
)
need_open_twice = Rule(
    "8815",
    ERROR,
    "Two episodes of need of the same child are open.",
    _need,
    is_second_open(_need.started_on, _need.ended_on),
    in_order_of=_need.started_on,
    line=Line("is open beside another of the same child", (_need.started_on, _need.ended_on)),
)
need_open_but_not_the_latest = Rule(
    "8816",
    ERROR,
    "An episode of need is open although a later one of the same child began.",
    _need,
    value(_need.ended_on).is_null()
    & (value(_need.started_on) < value(_need.started_on).max().over(CHILD)),
)
need_overlaps = Rule(
    "8820",
    ERROR,
    "The episode of need begins before an earlier one of the same child has ended.",
    _need,
    overlaps_an_earlier(_need.started_on, _need.ended_on),
    in_order_of=_need.started_on,
)
need_without_primary_need = Rule(
    "8610",
    ERROR,
    "The episode of need has no primary need.",
    _need,
    value(_need.primary_need).is_null(),
)
died_without_date = Rule(
    "8585Q",
    QUERY,
    "The case was closed because the child died, but no date of death is recorded.",
    _need,
    (value(_need.closure_reason) == _DIED) & died_on.is_null(),
    lookups=(DIED,),
)
need_at_twenty_five = Rule(
    "8775Q",
    QUERY,
    "A young person over 25 has an episode of need that is open or ended after that birthday.",
    _need,
    (born_on.dt.offset_by("25y") < AS_AT)
    & (value(_need.ended_on).is_null() | (value(_need.ended_on) > born_on.dt.offset_by("25y"))),
    lookups=(BORN,),
)
_is_closed_after_assessment = value(_need.closure_reason).is_in(_CLOSED_AFTER_ASSESSMENT)
_assessed = Match(
    "is_assessed", assessments, theirs(assessments.referred_on) == value(_need.started_on)
)
closed_after_no_assessment = Rule(
    "8825Q",
    QUERY,
    "The case was closed after an assessment, but the episode of need has none.",
    _need,
    _is_closed_after_assessment & ~_assessed.found,
    matches=(_assessed,),
)

assessed_before_referral = Rule(
    "1103",
    ERROR,
    "The assessment started before the referral that it belongs to.",
    assessments,
    value(assessments.started_on) < value(assessments.referred_on),
)
assessment_ends_before_start = Rule(
    "8608",
    ERROR,
    "The assessment was authorised before it started.",
    assessments,
    value(assessments.authorised_on) < value(assessments.started_on),
    line=Line(
        "was authorised before starting", (assessments.started_on, assessments.authorised_on)
    ),
)
assessment_open_too_long = Rule(
    "8670Q",
    QUERY,
    "The assessment has been open for more than 45 working days.",
    assessments,
    value(assessments.authorised_on).is_null() & (_assessment_age > ASSESSMENT_WORKING_DAYS),
)
assessment_out_of_range = Rule(
    "8696",
    ERROR,
    "The assessment was authorised before the first of the days that the lists cover, or after "
    "the last.",
    assessments,
    ~value(assessments.authorised_on).is_between(FIRST_DAY, AS_AT),
)
assessments_overlap = Rule(
    "8863Q",
    QUERY,
    "The assessment starts before an earlier one of the same child was authorised, or on that day.",
    assessments,
    overlaps_an_earlier(assessments.started_on, assessments.authorised_on, last_day=True),
    in_order_of=assessments.started_on,
)
two_open_assessments = Rule(
    "8896",
    ERROR,
    "Two assessments of the same referral are open.",
    assessments,
    is_second_open(
        assessments.started_on, assessments.authorised_on, within=(assessments.referred_on,)
    ),
    in_order_of=assessments.started_on,
)
_closed = Match(
    "is_closed",
    need_episodes,
    (theirs(need_episodes.started_on) == value(assessments.referred_on))
    & theirs(need_episodes.ended_on).is_not_null(),
)
closed_with_open_assessment = Rule(
    "8867",
    ERROR,
    "The case is closed but the assessment was not authorised.",
    assessments,
    value(assessments.authorised_on).is_null() & _closed.found,
    matches=(_closed,),
    line=Line("is open in a closed case", (assessments.authorised_on,)),
)
_has_factors = Match(
    "has_factors",
    assessment_factors,
    theirs(assessment_factors.assessment_started_on) == value(assessments.started_on),
)
completed_without_factors = Rule(
    "8897Q",
    QUERY,
    "The assessment was completed but names no factor.",
    assessments,
    (value(assessments.authorised_on) >= FIRST_DAY) & ~_has_factors.found,
    matches=(_has_factors,),
)
_is_of_open = Match(
    "is_of_open",
    assessments,
    (theirs(assessments.started_on) == value(assessment_factors.assessment_started_on))
    & theirs(assessments.authorised_on).is_null(),
)
factors_of_an_open_assessment = Rule(
    "8614",
    ERROR,
    "A factor is recorded although the assessment is not completed.",
    assessment_factors,
    _is_of_open.found,
    matches=(_is_of_open,),
)
no_factors_and_another = Rule(
    "8869",
    ERROR,
    "The assessment says that there were no factors (21) and names another.",
    assessment_factors,
    (value(assessment_factors.factor) == _NO_FACTORS)
    & (pl.len().over(CHILD, assessment_factors.assessment_started_on.name) > 1),
)

plan_before_referral = Rule(
    "4015",
    ERROR,
    "The child in need plan starts before the referral that it belongs to.",
    cin_plans,
    value(cin_plans.started_on) < value(cin_plans.referred_on),
)
plan_ends_before_start = Rule(
    "4011",
    ERROR,
    "The child in need plan ended before it started.",
    cin_plans,
    value(cin_plans.ended_on) < value(cin_plans.started_on),
)
plan_of_one_day = Rule(
    "4012Q",
    QUERY,
    "The child in need plan starts and ends on the same day.",
    cin_plans,
    value(cin_plans.started_on) == value(cin_plans.ended_on),
)
plan_out_of_range = Rule(
    "4013",
    ERROR,
    "The child in need plan ended before the first of the days that the lists cover, or after the "
    "last.",
    cin_plans,
    ~value(cin_plans.ended_on).is_between(FIRST_DAY, AS_AT),
)
plan_open_twice = Rule(
    "4004",
    ERROR,
    "Two child in need plans of the same child are open.",
    cin_plans,
    is_second_open(cin_plans.started_on, cin_plans.ended_on),
    in_order_of=cin_plans.started_on,
)
plans_overlap = Rule(
    "4014",
    ERROR,
    "The child in need plan starts before an earlier one of the same child has ended, or on that "
    "day.",
    cin_plans,
    overlaps_an_earlier(cin_plans.started_on, cin_plans.ended_on, last_day=True),
    in_order_of=cin_plans.started_on,
)
plan_after_death = Rule(
    "4008",
    ERROR,
    "The child in need plan starts after the child's death.",
    cin_plans,
    value(cin_plans.started_on) > died_on,
    lookups=(DIED,),
)
plan_ends_after_death = Rule(
    "4009Q",
    QUERY,
    "The child in need plan ends after the child's death.",
    cin_plans,
    value(cin_plans.ended_on) > died_on,
    lookups=(DIED,),
)

CENSUS_RULES = tuple(rule for rule in list(globals().values()) if isinstance(rule, Rule))
