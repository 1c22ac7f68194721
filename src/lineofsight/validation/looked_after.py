"""The rules of the SSDA903 about what it holds beside the episodes of care.

Reviews, asylum, health, care leavers, adoption, missing, permanence and deprivation of liberty.
Codes are the Department's (2026/27) unless they begin with L; sentences and expressions are ours.
Whether a child was looked after on a day is asked of the periods of care rebuilt from the episodes.
"""

from __future__ import annotations

import polars as pl

from lineofsight.journey.tables import (
    adopted_children,
    adoption_decisions,
    adoptions,
    care_leavers_at_birthday,
    deprivations_of_liberty,
    health,
    immigration_status,
    involvements,
    looked_after_reviews,
    missing_episodes,
    periods_of_care,
    previous_permanence,
)
from lineofsight.validation.cin_census import BORN, born_on
from lineofsight.validation.rule import (
    ERROR,
    FIRST_DAY,
    QUERY,
    Match,
    Rule,
    before,
    has_earlier_row,
    theirs,
    value,
)

_review, _oc2, _oc3 = looked_after_reviews, health, care_leavers_at_birthday
_missing, _liberty = missing_episodes, deprivations_of_liberty
_care_began, _care_ceased = theirs(periods_of_care.started_on), theirs(periods_of_care.ceased_on)
_UNDER_FOUR = "PN0"
_NOTHING_KNOWN = "0"
_NO_PERMANENCE = "Z1"
_NOT_TO_BE_ASKED = ("DIED", "RHOM")
_HIGHEST_SDQ = 40
_BIRTHDAYS = (17, 18, 19, 20, 21)


def _birthday(years: int) -> pl.Expr:
    return born_on.dt.offset_by(f"{years}y")


def _looked_after_on(day: pl.Expr) -> pl.Expr:
    return (_care_began <= day) & ((_care_ceased >= day) | _care_ceased.is_null())


_in_care = Match("is_in_care", periods_of_care, _looked_after_on(value(_review.held_on)))
review_outside_care = Rule(
    "L37",
    ERROR,
    "The review is dated on a day on which the child was not looked after.",
    _review,
    (value(_review.held_on) >= FIRST_DAY) & ~_in_care.found,
    matches=(_in_care,),
)
review_without_participation = Rule(
    "167",
    ERROR,
    "The review does not say how the child took part.",
    _review,
    value(_review.participation).is_null(),
)
four_taken_for_younger = Rule(
    "440",
    ERROR,
    "The review says that the child was under four (PN0), but the child was older.",
    _review,
    (value(_review.participation) == _UNDER_FOUR) & (value(_review.held_on) > _birthday(4)),
    lookups=(BORN,),
)
under_four_taken_for_older = Rule(
    "441",
    ERROR,
    "The review says how the child took part as if four or over, but the child was younger.",
    _review,
    (value(_review.participation) != _UNDER_FOUR) & (value(_review.held_on) < _birthday(4)),
    lookups=(BORN,),
)

asylum_after_eighteen = Rule(
    "304",
    ERROR,
    "The child ceased to be unaccompanied and asylum-seeking after the 18th birthday.",
    immigration_status,
    value(immigration_status.ended_on) > _birthday(18),
    lookups=(BORN,),
)
_cared_for_in_year = Match(
    "is_in_care",
    periods_of_care,
    (_care_began <= value(immigration_status.recorded_on))
    & (
        _care_ceased.is_null()
        | (_care_ceased > value(immigration_status.recorded_on).dt.offset_by("-1y"))
    ),
)
asylum_without_care = Rule(
    "L38",
    ERROR,
    "The child is recorded as unaccompanied and asylum-seeking but was not looked after in the "
    "twelve months.",
    immigration_status,
    ~_cared_for_in_year.found,
    matches=(_cared_for_in_year,),
)

_had_a_year = Match(
    "is_of_a_year",
    periods_of_care,
    (_care_began <= value(_oc2.recorded_on).dt.offset_by("1d").dt.offset_by("-1y"))
    & ((_care_ceased > value(_oc2.recorded_on)) | _care_ceased.is_null()),
)
_says_something = (
    value(_oc2.is_convicted)
    | value(_oc2.is_health_checked)
    | value(_oc2.is_immunised)
    | value(_oc2.is_dentally_checked)
    | value(_oc2.is_health_assessed)
    | value(_oc2.has_substance_misuse)
)
score_before_a_year = Rule(
    "185",
    ERROR,
    "The child has a score of strengths and difficulties but was not looked after for the whole "
    "twelve months.",
    _oc2,
    value(_oc2.sdq_score).is_not_null() & ~_had_a_year.found,
    matches=(_had_a_year,),
)
health_before_a_year = Rule(
    "190",
    ERROR,
    "Health and conduct are recorded of a child who was not looked after for the whole twelve "
    "months.",
    _oc2,
    _says_something & ~_had_a_year.found,
    matches=(_had_a_year,),
)
score_out_of_range = Rule(
    "180",
    ERROR,
    "The score of strengths and difficulties is not between 0 and 40.",
    _oc2,
    ~value(_oc2.sdq_score).is_between(0, _HIGHEST_SDQ),
)
_is_scored = value(_oc2.sdq_score).is_not_null() | value(_oc2.sdq_reason).is_not_null()
scored_under_four = Rule(
    "188",
    ERROR,
    "A child under four at the end of the year has a score of strengths and difficulties, or a "
    "reason for none.",
    _oc2,
    _is_scored & (_birthday(4) > value(_oc2.recorded_on)),
    lookups=(BORN,),
)
scored_over_seventeen = Rule(
    "189",
    ERROR,
    "A young person of 17 or over at the start of the year has a score of strengths and "
    "difficulties, or a reason for none.",
    _oc2,
    _is_scored & (_birthday(17) < value(_oc2.recorded_on).dt.offset_by("1d").dt.offset_by("-1y")),
    lookups=(BORN,),
)
score_and_reason_for_none = Rule(
    "197a",
    ERROR,
    "There is a score of strengths and difficulties and a reason why there is none.",
    _oc2,
    value(_oc2.sdq_score).is_not_null() & value(_oc2.sdq_reason).is_not_null(),
)
intervention_without_misuse = Rule(
    "193",
    ERROR,
    "An intervention for substance misuse is recorded, but no misuse.",
    _oc2,
    ~value(_oc2.has_substance_misuse)
    & (value(_oc2.has_received_intervention) | value(_oc2.is_offered_intervention)),
)
convicted_under_ten = Rule(
    "542",
    ERROR,
    "A child under ten at the end of the year is recorded as convicted.",
    _oc2,
    value(_oc2.is_convicted) & (_birthday(10) > value(_oc2.recorded_on)),
    lookups=(BORN,),
)
surveillance_at_five = Rule(
    "546",
    ERROR,
    "Health surveillance, which is for children under five, is recorded of an older child.",
    _oc2,
    value(_oc2.is_health_checked) & (_birthday(5) <= value(_oc2.recorded_on)),
    lookups=(BORN,),
)

leaver_of_another_age = Rule(
    "391",
    ERROR,
    "The young person was not 17, 18, 19, 20 or 21 on the birthday of the year.",
    _oc3,
    ~(value(_oc3.birthday_on).dt.year() - born_on.dt.year()).is_in(_BIRTHDAYS),
    lookups=(BORN,),
)
_answers = (value(_oc3.in_touch), value(_oc3.activity), value(_oc3.accommodation))
leaver_half_answered = Rule(
    "153",
    ERROR,
    "Of contact, activity and accommodation some are recorded and some are not.",
    _oc3,
    pl.any_horizontal(answer.is_null() for answer in _answers)
    & pl.any_horizontal(answer.is_not_null() for answer in _answers),
)
in_touch_without_answers = Rule(
    "345",
    ERROR,
    "The authority is in touch but knows neither or only one of activity and accommodation.",
    _oc3,
    (value(_oc3.in_touch) == "YES")
    & ((value(_oc3.activity) == _NOTHING_KNOWN) | (value(_oc3.accommodation) == _NOTHING_KNOWN)),
)
answers_of_one_not_asked = Rule(
    "344",
    ERROR,
    "The young person died or returned home, but activity or accommodation is recorded.",
    _oc3,
    value(_oc3.in_touch).is_in(_NOT_TO_BE_ASKED)
    & ((value(_oc3.activity) != _NOTHING_KNOWN) | (value(_oc3.accommodation) != _NOTHING_KNOWN)),
)

_decision, _adoption, _adopted = adoption_decisions, adoptions, adopted_children
reversed_before_decided = Rule(
    "522",
    ERROR,
    "The decision to place for adoption was reversed before it was made.",
    _decision,
    value(_decision.reversed_on) < value(_decision.decided_on),
)
reversal_half_recorded = Rule(
    "119",
    ERROR,
    "A reversed decision has a day without a reason, or a reason without a day.",
    _decision,
    value(_decision.reversed_on).is_null() != value(_decision.reversal_reason).is_null(),
)
decided_before_birth = Rule(
    "184",
    ERROR,
    "The decision to place for adoption lies before the child's birth.",
    _decision,
    value(_decision.decided_on) < born_on,
    lookups=(BORN,),
)
decided_while_decided = Rule(
    "579",
    ERROR,
    "A decision to place for adoption was made while an earlier one stood.",
    _decision,
    has_earlier_row()
    & (
        before(_decision.reversed_on).is_null()
        | (value(_decision.decided_on) < before(_decision.reversed_on))
    ),
    in_order_of=_decision.decided_on,
)
_taken_back = Match("is_taken_back", _decision, theirs(_decision.reversed_on).is_not_null())
_stands = Match("is_standing", _decision, theirs(_decision.reversed_on).is_null())
adopted_though_reversed = Rule(
    "525",
    ERROR,
    "The child was adopted although the decision to place for adoption was reversed.",
    _adopted,
    _taken_back.found & ~_stands.found,
    matches=(_taken_back, _stands),
)
matched_before_decided = Rule(
    "333",
    ERROR,
    "The child was matched with the adopters before the decision to place for adoption.",
    _adopted,
    value(_adopted.matched_on) < value(_adopted.decided_on),
)
decided_before_care = Rule(
    "1003",
    ERROR,
    "The decision to place for adoption lies before the child started to be looked after.",
    _adoption,
    value(_adoption.decided_on) < value(_adoption.entered_care_on),
)
placed_before_matched = Rule(
    "331",
    ERROR,
    "The child was placed for adoption before being matched with the adopters.",
    _adoption,
    value(_adoption.ordered_on).is_not_null()
    & (value(_adoption.placed_on) < value(_adoption.matched_on)),
)
placed_before_decided = Rule(
    "552",
    ERROR,
    "The child was placed for adoption before the decision to place.",
    _adoption,
    value(_adoption.placed_on) < value(_adoption.decided_on),
)
order_before_decided = Rule(
    "554",
    ERROR,
    "The placement order lies before the decision to place for adoption.",
    _adoption,
    value(_adoption.placement_order_on) < value(_adoption.decided_on),
)
adopted_before_placed = Rule(
    "L40",
    QUERY,
    "The child was adopted before being placed for adoption.",
    _adoption,
    value(_adoption.ordered_on) < value(_adoption.placed_on),
)

back_before_gone = Rule(
    "567",
    ERROR,
    "The child was back before going missing.",
    _missing,
    value(_missing.ended_on) < value(_missing.started_on),
)
missing_without_kind = Rule(
    "565",
    ERROR,
    "The episode does not say whether the child was missing or away without authorisation.",
    _missing,
    value(_missing.kind).is_null(),
)
missing_while_missing = Rule(
    "574",
    ERROR,
    "The child went missing before being back from the time before.",
    _missing,
    has_earlier_row()
    & (
        before(_missing.ended_on).is_null()
        | (value(_missing.started_on) < before(_missing.ended_on))
    ),
    in_order_of=_missing.started_on,
)
missing_before_birth = Rule(
    "586",
    ERROR,
    "The child went missing before being born.",
    _missing,
    value(_missing.started_on) < born_on,
    lookups=(BORN,),
)
_gone_in_care = Match("is_in_care", periods_of_care, _looked_after_on(value(_missing.started_on)))
missing_outside_care = Rule(
    "578",
    ERROR,
    "The child went missing on a day on which the child was not looked after.",
    _missing,
    (value(_missing.started_on) >= FIRST_DAY) & ~_gone_in_care.found,
    matches=(_gone_in_care,),
)
_care_open = Match("is_care_open", periods_of_care, _care_ceased.is_null())
missing_beyond_care = Rule(
    "577",
    ERROR,
    "The child has ceased to be looked after but is still recorded as missing.",
    _missing,
    value(_missing.ended_on).is_null() & ~_care_open.found,
    matches=(_care_open,),
)

permanence_of_nothing = Rule(
    "635",
    ERROR,
    "The child had no earlier permanence arrangement (Z1), but its day or authority is recorded.",
    previous_permanence,
    (value(previous_permanence.option) == _NO_PERMANENCE)
    & (
        value(previous_permanence.ordered_on).is_not_null()
        | value(previous_permanence.arranged_by).is_not_null()
    ),
)
worker_left_before_coming = Rule(
    "SW18STG2",
    ERROR,
    "The social worker's time with the child ended on or before the day it started.",
    involvements,
    value(involvements.ended_on) <= value(involvements.started_on),
)
liberty_restored_before_taken = Rule(
    "702",
    ERROR,
    "The deprivation of liberty ended on or before the day it started.",
    _liberty,
    value(_liberty.ended_on) <= value(_liberty.started_on),
)
deprived_while_deprived = Rule(
    "705",
    ERROR,
    "A deprivation of liberty started while an earlier one lasted.",
    _liberty,
    has_earlier_row()
    & (
        before(_liberty.ended_on).is_null()
        | (value(_liberty.started_on) < before(_liberty.ended_on))
    ),
    in_order_of=_liberty.started_on,
)

LOOKED_AFTER_RULES = tuple(rule for rule in list(globals().values()) if isinstance(rule, Rule))
