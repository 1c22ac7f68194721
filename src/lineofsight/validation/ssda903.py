"""The rules of the SSDA903 about episodes of care, of which periods of care are rebuilt.

Codes are the Department's (2026/27), which the open validator csc-validator-be-903 implements;
sentences and expressions are ours. Rules about what else the return holds are in `looked_after`.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from lineofsight.journey.tables import care_episodes
from lineofsight.validation.cin_census import BORN, born_on
from lineofsight.validation.rule import (
    AS_AT,
    CHILD,
    ERROR,
    FIRST_DAY,
    Rule,
    after,
    before,
    has_earlier_row,
    has_later_row,
    value,
)

_episode = care_episodes
_started, _ended = value(_episode.started_on), value(_episode.ended_on)
_why_started, _why_ended = value(_episode.reason_started), value(_episode.reason_ended)
_status, _placement = value(_episode.legal_status), value(_episode.placement_type)
_provider = value(_episode.placement_provider)

STARTED, CONTINUES = "S", "X1"
TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
SHORT_BREAKS = ("V3", "V4")
FOR_ADOPTION = ("A3", "A4", "A5", "A6")
ADOPTED = ("E11", "E12")
_FOSTERED = ("U1", "U2", "U3", "U4", "U5", "U6")
_LONG_TERM_FOSTERED = ("U1", "U4")
_GUARDIANSHIP = ("E45", "E46", "E47", "E48")
_GUARDIANSHIP_TO_CARER = ("E45", "E46")
_INDEPENDENT = ("E5", "E6")
_REMANDED = ("J1", "J2", "J3")
_DIED, _FOUND_OF_AGE = "E2", "E15"
_WITHOUT_PROVIDER = (*TEMPORARY, "Z1")
_CARE_WENT_ON = ("P", "L", "T", "U", "B")
_SAME_STATUS = ("P", "T")
_ACT_IN_FORCE = date(1991, 10, 14)  # Children Act 1989

_is_temporary = _placement.is_in(TEMPORARY)
_has_left = _why_ended.is_not_null() & (_why_ended != CONTINUES)
_days = (_ended.fill_null(AS_AT) - _started).dt.total_days()


def _birthday(years: int) -> pl.Expr:
    return born_on.dt.offset_by(f"{years}y")


earlier_episode_not_ended = Rule(
    "142",
    ERROR,
    "The episode has no end, or no reason for it, although a later one follows.",
    _episode,
    has_later_row() & (_ended.is_null() | _why_ended.is_null()),
    in_order_of=_episode.started_on,
)
no_reason_for_start = Rule(
    "143",
    ERROR,
    "The episode has no reason why it started.",
    _episode,
    _why_started.is_null(),
)
no_legal_status = Rule(
    "144",
    ERROR,
    "The episode has no legal status.",
    _episode,
    _status.is_null(),
)
no_need = Rule(
    "145",
    ERROR,
    "The episode has no category of need.",
    _episode,
    value(_episode.primary_need).is_null(),
)
no_placement = Rule(
    "146",
    ERROR,
    "The episode has no placement type.",
    _episode,
    _placement.is_null(),
)
end_without_reason = Rule(
    "148",
    ERROR,
    "The episode has an end without a reason, or a reason without an end.",
    _episode,
    _ended.is_null() != _why_ended.is_null(),
)
before_birth = Rule(
    "302",
    ERROR,
    "The first episode starts before the child was born.",
    _episode,
    ~has_earlier_row() & (_started < born_on),
    lookups=(BORN,),
    in_order_of=_episode.started_on,
)
started_at_eighteen = Rule(
    "352",
    ERROR,
    "The young person started to be looked after at 18 or over.",
    _episode,
    (_why_started == STARTED) & (_birthday(18) <= _started),
    lookups=(BORN,),
)
before_the_act = Rule(
    "353",
    ERROR,
    "The episode starts before 14 October 1991, the day the Children Act 1989 came into force.",
    _episode,
    _started < _ACT_IN_FORCE,
)
less_than_a_day = Rule(
    "355",
    ERROR,
    "The episode starts and ends on the same day.",
    _episode,
    _started == _ended,
)
ends_before_start = Rule(
    "356",
    ERROR,
    "The episode ends before it starts.",
    _episode,
    _ended < _started,
)
first_is_no_start = Rule(
    "357",
    ERROR,
    "The first episode of the child, which lies in the days covered, does not say that care "
    "started (S).",
    _episode,
    ~has_earlier_row() & (_started >= FIRST_DAY) & _why_started.ne_missing(pl.lit(STARTED)),
    in_order_of=_episode.started_on,
)
remanded_under_ten = Rule(
    "358",
    ERROR,
    "A child of ten or under is looked after as a young offender (J1 to J3).",
    _episode,
    _status.is_in(_REMANDED) & (_birthday(10) >= _started),
    lookups=(BORN,),
)
police_protection_too_long = Rule(
    "361",
    ERROR,
    "An episode under police protection (L1) lasts longer than 72 hours.",
    _episode,
    (_status == "L1") & (_days > 3),
)
emergency_order_too_long = Rule(
    "362",
    ERROR,
    "An episode under an emergency protection order (L2) lasts longer than 21 days.",
    _episode,
    (_status == "L2") & (_days > 21),
)
assessment_order_too_long = Rule(
    "363",
    ERROR,
    "An episode under a child assessment order (L3) lasts longer than seven days.",
    _episode,
    (_status == "L3") & (_days > 7),
)
short_break_too_long = Rule(
    "365",
    ERROR,
    "A single short break (V3) lasts longer than 17 days.",
    _episode,
    (_status == "V3") & ((_ended - _started).dt.total_days() > 17),
)
semi_independent_too_young = Rule(
    "371",
    ERROR,
    "A child under 14 is placed in semi-independent living (H5).",
    _episode,
    (_placement == "H5") & (_started < _birthday(14)),
    lookups=(BORN,),
)
custody_too_young = Rule(
    "372",
    ERROR,
    "A child under ten is placed in youth custody or prison (R5).",
    _episode,
    (_placement == "R5") & (_started < _birthday(10)),
    lookups=(BORN,),
)
school_too_young = Rule(
    "373",
    ERROR,
    "A child under four is placed in a residential school (S1).",
    _episode,
    (_placement == "S1") & (_started < _birthday(4)),
    lookups=(BORN,),
)
in_hospital_too_long = Rule(
    "375",
    ERROR,
    "A temporary stay in hospital (T1) lasts longer than six weeks.",
    _episode,
    (_placement == "T1") & (_days > 42),
)
with_parents_by_agreement = Rule(
    "378",
    ERROR,
    "A child accommodated by agreement (V2) is placed with the parents (P1).",
    _episode,
    (_placement == "P1") & (_status == "V2"),
)
stand_in_too_long = Rule(
    "379",
    ERROR,
    "A temporary placement for another reason (T4) lasts longer than seven days.",
    _episode,
    (_placement == "T4") & (_days > 7),
)
starts_in_temporary_placement = Rule(
    "380",
    ERROR,
    "A temporary placement begins with something other than a change of placement (P or B).",
    _episode,
    _is_temporary & ~_why_started.is_in(["P", "B"]).fill_null(False),
)
ends_in_temporary_placement = Rule(
    "381",
    ERROR,
    "Care ends in a temporary placement.",
    _episode,
    _is_temporary & _has_left,
)
short_break_in_temporary_placement = Rule(
    "382",
    ERROR,
    "A short break (V3 or V4) is spent in a temporary placement.",
    _episode,
    _is_temporary & _status.is_in(SHORT_BREAKS),
)
short_break_with_long_term_carers = Rule(
    "384",
    ERROR,
    "A short break (V3 or V4) is spent in a long-term foster placement (U1 or U4).",
    _episode,
    _placement.is_in(_LONG_TERM_FOSTERED) & _status.is_in(SHORT_BREAKS),
)
adopted_at_eighteen = Rule(
    "386",
    ERROR,
    "Care ended with adoption, but on or after the 18th birthday.",
    _episode,
    _why_ended.is_in(ADOPTED) & (_birthday(18) <= _ended),
    lookups=(BORN,),
)
independent_too_young = Rule(
    "387",
    ERROR,
    "Care ended with independent living (E5 or E6) before the 14th birthday.",
    _episode,
    _why_ended.is_in(_INDEPENDENT) & (_ended < _birthday(14)),
    lookups=(BORN,),
)
continued_by_nothing = Rule(
    "388",
    ERROR,
    "The episode ended and care continued (X1), but no episode starts on that day.",
    _episode,
    (_why_ended == CONTINUES)
    & _ended.is_not_null()
    & after(_episode.started_on).ne_missing(_ended),
    in_order_of=_episode.started_on,
)
adult_services_too_young = Rule(
    "389",
    ERROR,
    "Care ended with a transfer to adult social care (E7) before the 16th birthday.",
    _episode,
    (_why_ended == "E7") & (_ended < _birthday(16)),
    lookups=(BORN,),
)
adopted_from_elsewhere = Rule(
    "390",
    ERROR,
    "Care ended with adoption, but the child was not placed for adoption.",
    _episode,
    _why_ended.is_in(ADOPTED) & ~_placement.is_in(FOR_ADOPTION),
)
guardianship_at_eighteen = Rule(
    "407",
    ERROR,
    "Care ended with special guardianship after the 18th birthday.",
    _episode,
    _why_ended.is_in(_GUARDIANSHIP) & (_birthday(18) < _ended),
    lookups=(BORN,),
)
placed_without_order = Rule(
    "408",
    ERROR,
    "The child is placed for adoption with a placement order (A5 or A6), but under another "
    "legal status than E1.",
    _episode,
    _placement.is_in(["A5", "A6"]) & (_status != "E1"),
)
both_kinds_of_short_breaks = Rule(
    "426",
    ERROR,
    "The child has short breaks of both kinds, V3 and V4.",
    _episode,
    _status.is_in(SHORT_BREAKS)
    & (_status == "V3").any().over(CHILD)
    & (_status == "V4").any().over(CHILD),
)
starts_within_care = Rule(
    "431",
    ERROR,
    "Care is said to start (S) on or before the day on which the episode before ended.",
    _episode,
    (_why_started == STARTED) & (_started <= before(_episode.ended_on)),
    in_order_of=_episode.started_on,
)
no_start_after_leaving = Rule(
    "432",
    ERROR,
    "The child had left care with the episode before, but this one does not say that care "
    "started (S).",
    _episode,
    before(_episode.reason_ended).is_not_null()
    & (before(_episode.reason_ended) != CONTINUES)
    & _why_started.ne_missing(pl.lit(STARTED)),
    in_order_of=_episode.started_on,
)
does_not_follow_on = Rule(
    "433",
    ERROR,
    "The episode is said to continue care but does not start on the day on which the one "
    "before ended.",
    _episode,
    has_earlier_row()
    & _why_started.is_in(_CARE_WENT_ON)
    & before(_episode.ended_on).ne_missing(_started),
    in_order_of=_episode.started_on,
)
only_status_changed = Rule(
    "434",
    ERROR,
    "Only the legal status is said to have changed (L), but it is the same, or the placement "
    "is another.",
    _episode,
    (_why_started == "L")
    & has_earlier_row()
    & (
        (_status == before(_episode.legal_status))
        | _placement.ne_missing(before(_episode.placement_type))
        | _provider.ne_missing(before(_episode.placement_provider))
    ),
    in_order_of=_episode.started_on,
)
only_placement_changed = Rule(
    "435",
    ERROR,
    "Only the placement is said to have changed (P or T), but the legal status is another.",
    _episode,
    _why_started.is_in(_SAME_STATUS)
    & has_earlier_row()
    & (_status != before(_episode.legal_status)),
    in_order_of=_episode.started_on,
)
both_changed = Rule(
    "436",
    ERROR,
    "Legal status and placement are said to have changed (U or B), but the legal status is "
    "the same.",
    _episode,
    _why_started.is_in(["U", "B"]) & has_earlier_row() & (_status == before(_episode.legal_status)),
    in_order_of=_episode.started_on,
)
care_after_the_last_end = Rule(
    "437",
    ERROR,
    "An episode follows one that ended because the child died (E2) or was found to be of age "
    "(E15).",
    _episode,
    has_later_row() & _why_ended.is_in([_DIED, _FOUND_OF_AGE]),
    in_order_of=_episode.started_on,
)
stayed_on_under_eighteen = Rule(
    "460",
    ERROR,
    "The young person is said to have stayed with the carers at 18 (E17) before the 18th birthday.",
    _episode,
    (_why_ended == "E17") & (_ended < _birthday(18)),
    lookups=(BORN,),
)
overlaps_the_one_before = Rule(
    "501",
    ERROR,
    "The episode starts before the one before has ended.",
    _episode,
    _started < before(_episode.ended_on),
    in_order_of=_episode.started_on,
)
need_changed_in_care = Rule(
    "504",
    ERROR,
    "The category of need differs from that of the episode that this one continues.",
    _episode,
    (before(_episode.reason_ended) == CONTINUES)
    & (before(_episode.ended_on) == _started)
    & (value(_episode.primary_need) != before(_episode.primary_need)),
    in_order_of=_episode.started_on,
)
guardian_was_no_carer = Rule(
    "516",
    ERROR,
    "Care ended with special guardianship to a former carer (E45 or E46), but the child was "
    "not fostered.",
    _episode,
    _why_ended.is_in(_GUARDIANSHIP_TO_CARER) & ~_placement.is_in(_FOSTERED),
)
no_provider = Rule(
    "526",
    ERROR,
    "The placement has no provider.",
    _episode,
    _provider.is_null() & ~_placement.is_in(_WITHOUT_PROVIDER),
)
provided_by_parents = Rule(
    "550",
    ERROR,
    "A parent is named as the provider (PR0) of a placement that is not with parents (P1).",
    _episode,
    (_provider == "PR0") & (_placement != "P1"),
)

EPISODE_RULES = tuple(rule for rule in list(globals().values()) if isinstance(rule, Rule))
