"""The rules of the local tables: what no national return holds, and no national rule checks.

Times in the hub, authorised care plans, conference requests, staffing, audits, the entry-to-care
panel, visits and linked identifiers. Their codes are our own.
"""

from __future__ import annotations

import polars as pl

from lineofsight.journey.tables import (
    audits,
    care_panel_decisions,
    care_plans,
    child_protection_plans,
    conference_requests,
    initial_conferences,
    linked_identifiers,
    mash_decisions,
    periods_of_care,
    prospective_adopters,
    staffing,
    visits,
)
from lineofsight.validation.rule import (
    AS_AT,
    CHILD,
    ERROR,
    FIRST_DAY,
    QUERY,
    Line,
    Match,
    Rule,
    is_working_day,
    theirs,
    value,
    working_day,
)

CONFERENCE_WORKING_DAYS = 15
# A hub decides within one working day; five say that the record was forgotten.
_FORGOTTEN_WORKING_DAYS = 5
# A draft of a care plan that nobody has authorised after two weeks of work.
_DRAFT_WORKING_DAYS = 10
_MOST_CASES = 60
_SMALLEST_PART = 0.005  # of a full-time worker: sums of rounded parts differ by less

_hub = mash_decisions
_received, _decided = value(_hub.received_at), value(_hub.decided_at)
_times = (_hub.received_at, _hub.decided_at)
decided_before_received = Rule(
    "L11",
    ERROR,
    "The hub decided before the referral was received.",
    _hub,
    _decided < _received,
    line=Line("was decided before being received", _times),
)


def _is_midnight(moment: pl.Expr) -> pl.Expr:
    return (moment.dt.hour() == 0) & (moment.dt.minute() == 0)


time_of_day_missing = Rule(
    "L50",
    QUERY,
    "The referral was received or decided at midnight sharp: the time of day may be missing.",
    _hub,
    _is_midnight(_received) | _is_midnight(_decided).fill_null(False),
    line=Line("has no time of day", _times),
)
forgotten_in_the_hub = Rule(
    "L51",
    QUERY,
    "The referral has been open in the hub for more than five working days.",
    _hub,
    _decided.is_null()
    & (working_day(AS_AT) - working_day(_received.cast(pl.Date)) > _FORGOTTEN_WORKING_DAYS),
)
decided_without_outcome = Rule(
    "L52",
    QUERY,
    "The hub decided, but what it decided is not recorded.",
    _hub,
    _decided.is_not_null() & value(_hub.outcome).is_null(),
)

_written, _authorised = value(care_plans.started_on), value(care_plans.authorised_on)
care_plan_authorised_before_written = Rule(
    "L36",
    ERROR,
    "The care plan was authorised before it was written.",
    care_plans,
    _authorised < _written,
)
care_plan_ends_before_written = Rule(
    "L53",
    ERROR,
    "The care plan ended before it was written.",
    care_plans,
    value(care_plans.ended_on) < _written,
)
care_plan_authorised_after_end = Rule(
    "L54",
    ERROR,
    "The care plan was authorised after it had ended.",
    care_plans,
    _authorised > value(care_plans.ended_on),
)
_ever_in_care = Match(
    "is_in_care",
    periods_of_care,
    theirs(periods_of_care.ceased_on).is_null()
    | (theirs(periods_of_care.ceased_on) >= value(care_plans.started_on)),
)
care_plan_without_care = Rule(
    "L55",
    ERROR,
    "There is a care plan for a child who was not looked after when it was written or later.",
    care_plans,
    (_written >= FIRST_DAY) & ~_ever_in_care.found,
    matches=(_ever_in_care,),
)
care_plan_left_as_draft = Rule(
    "L56",
    QUERY,
    "The care plan was written more than ten working days ago and is not authorised.",
    care_plans,
    _authorised.is_null()
    & value(care_plans.ended_on).is_null()
    & (working_day(AS_AT) - working_day(_written) > _DRAFT_WORKING_DAYS),
)

_asked = conference_requests
_strategy, _requested = value(_asked.strategy_discussion_on), value(_asked.requested_on)
_held, _booked = value(_asked.held_on), value(_asked.first_booked_for_on)
_late = working_day(_held) - working_day(_strategy) > CONFERENCE_WORKING_DAYS
conference_held_before_asked_for = Rule(
    "L12",
    QUERY,
    "The conference was held before it was asked for.",
    _asked,
    _held < _requested,
)
asked_for_before_strategy = Rule(
    "L57",
    ERROR,
    "The conference was asked for before the strategy discussion.",
    _asked,
    _requested < _strategy,
)
booked_before_asked_for = Rule(
    "L58",
    ERROR,
    "The conference was first booked for a day before it was asked for.",
    _asked,
    _booked < _requested,
)
booked_for_a_day_off = Rule(
    "L59",
    QUERY,
    "The conference was first booked for a weekend or a bank holiday.",
    _asked,
    ~is_working_day(_booked),
)
postponed_but_held_as_booked = Rule(
    "L60",
    QUERY,
    "The conference is said to have been postponed but was held on the day first booked, or was "
    "held on another and is said not to have been.",
    _asked,
    (value(_asked.postponements) > 0) != (_held != _booked),
)
late_without_reason = Rule(
    "L61",
    QUERY,
    "The conference was held more than 15 working days after the strategy discussion, and no "
    "reason is recorded.",
    _asked,
    _late & value(_asked.delay_reason).is_null(),
)
pending_too_long = Rule(
    "L62",
    QUERY,
    "More than 15 working days after the strategy discussion the conference is still pending.",
    _asked,
    _held.is_null() & (working_day(AS_AT) - working_day(_strategy) > CONFERENCE_WORKING_DAYS),
)
_is_recorded = Match(
    "is_recorded", initial_conferences, theirs(initial_conferences.held_on) == _held
)
held_but_not_recorded = Rule(
    "L63",
    ERROR,
    "The conference was held by the local table but no initial conference of the child is "
    "recorded on that day.",
    _asked,
    (_held >= FIRST_DAY) & ~_is_recorded.found,
    matches=(_is_recorded,),
)
siblings_apart = Rule(
    "L64",
    QUERY,
    "Children of one family with one strategy discussion had their conferences on different days.",
    _asked,
    value(_asked.family_id).is_not_null()
    & _held.is_not_null()
    & (
        _held.drop_nulls()
        .n_unique()
        .over(_asked.family_id.name, _asked.strategy_discussion_on.name)
        > 1
    ),
)

_team = staffing
_posts, _in_post, _agency = (
    value(_team.posts_fte), value(_team.in_post_fte), value(_team.agency_fte)
)  # fmt: skip
_holders, _cases = value(_team.case_holders_fte), value(_team.cases)
_caseload = (_team.cases, _team.case_holders_fte)
team_twice = Rule(
    "L70",
    ERROR,
    "The team stands twice for the same month-end.",
    _team,
    pl.struct(_team.team.name, _team.counted_on.name).is_duplicated(),
    line=Line("is recorded twice for the same team and day", (_team.counted_on,)),
)
not_a_month_end = Rule(
    "L71",
    ERROR,
    "The row describes a day that is no month-end.",
    _team,
    value(_team.counted_on) != value(_team.counted_on).dt.month_end(),
    line=Line("is dated on a day other than a month-end", (_team.counted_on,)),
)
fewer_than_none = Rule(
    "L72",
    ERROR,
    "A number of posts, workers or children is less than none.",
    _team,
    pl.any_horizontal(number < 0 for number in (_posts, _in_post, _agency, _holders, _cases)),
)
cases_without_holders = Rule(
    "L73",
    ERROR,
    "Children are allocated to the team but nobody in it holds cases.",
    _team,
    (_cases > 0) & (_holders.fill_null(0) <= 0),
    line=Line("has children allocated but no case holders", _caseload),
)
more_holders_than_workers = Rule(
    "L74",
    ERROR,
    "More workers hold cases than are in post and from agencies together.",
    _team,
    _holders > _in_post + _agency + _SMALLEST_PART,
    line=Line("has more case holders than workers", (_team.case_holders_fte,)),
)
more_workers_than_posts = Rule(
    "L75",
    QUERY,
    "More workers are in post than there are posts.",
    _team,
    _in_post > _posts + _SMALLEST_PART,
)
caseload_out_of_reason = Rule(
    "L76",
    QUERY,
    "More than 60 children are allocated for each worker who holds cases.",
    _team,
    (_holders > 0) & (_cases > _holders * _MOST_CASES),
    line=Line("has more than 60 children for each case holder", _caseload),
)

audit_without_theme = Rule(
    "L77",
    ERROR,
    "The audit does not say what was audited.",
    audits,
    value(audits.theme).is_null(),
    line=Line("has no theme", (audits.theme,)),
)
audit_without_grade = Rule(
    "L78",
    QUERY,
    "The audit has no grade.",
    audits,
    value(audits.grade).is_null(),
)
satisfied_with_the_inadequate = Rule(
    "L79",
    QUERY,
    "The auditor was satisfied, but graded the work inadequate.",
    audits,
    value(audits.is_assured) & (value(audits.grade) == "inadequate"),
)
audited_twice = Rule(
    "L80",
    QUERY,
    "The same child was audited twice on one day on the same theme.",
    audits,
    pl.struct(CHILD, audits.audited_on.name, audits.theme.name).is_duplicated(),
)

_panel = care_panel_decisions
_in_care_when_heard = Match(
    "is_in_care",
    periods_of_care,
    (theirs(periods_of_care.started_on) <= value(_panel.heard_on))
    & (
        theirs(periods_of_care.ceased_on).is_null()
        | (theirs(periods_of_care.ceased_on) > value(_panel.heard_on))
    ),
)
heard_without_decision = Rule(
    "L81",
    QUERY,
    "The panel heard the case, but what it decided is not recorded.",
    _panel,
    value(_panel.decision).is_null(),
)
emergency_outside_care = Rule(
    "L82",
    QUERY,
    "The child is said to have entered care in an emergency but was not looked after when the "
    "panel heard the case.",
    _panel,
    value(_panel.is_emergency) & ~_in_care_when_heard.found,
    matches=(_in_care_when_heard,),
)
in_care_before_the_panel = Rule(
    "L83",
    QUERY,
    "The child was looked after already when the panel heard the case, but not as an emergency.",
    _panel,
    ~value(_panel.is_emergency) & _in_care_when_heard.found,
    matches=(_in_care_when_heard,),
)

seen_alone_but_not_seen = Rule(
    "L84",
    ERROR,
    "The child was seen alone on a visit on which the child was not seen.",
    visits,
    value(visits.is_seen_alone) & ~value(visits.is_seen),
)
_on_plan = Match(
    "is_protected",
    child_protection_plans,
    (theirs(child_protection_plans.started_on) <= value(visits.visited_on))
    & (
        theirs(child_protection_plans.ended_on).is_null()
        | (theirs(child_protection_plans.ended_on) >= value(visits.visited_on))
    ),
)
plan_visit_without_plan = Rule(
    "L85",
    QUERY,
    "The visit is one of a child protection plan, but the child was on none.",
    visits,
    (value(visits.kind) == "P") & (value(visits.visited_on) >= FIRST_DAY) & ~_on_plan.found,
    matches=(_on_plan,),
)
_in_care_when_visited = Match(
    "is_in_care",
    periods_of_care,
    (theirs(periods_of_care.started_on) <= value(visits.visited_on))
    & (
        theirs(periods_of_care.ceased_on).is_null()
        | (theirs(periods_of_care.ceased_on) >= value(visits.visited_on))
    ),
)
care_visit_outside_care = Rule(
    "L86",
    QUERY,
    "The visit is one of a looked-after child, but the child was not looked after.",
    visits,
    (value(visits.kind) == "L")
    & (value(visits.visited_on) >= FIRST_DAY)
    & ~_in_care_when_visited.found,
    matches=(_in_care_when_visited,),
)

linked_to_itself = Rule(
    "L90",
    ERROR,
    "An identifier is linked to itself.",
    linked_identifiers,
    value(linked_identifiers.child_id) == value(linked_identifiers.also_known_as),
)
linked_twice = Rule(
    "L91",
    ERROR,
    "One identifier is linked to two children.",
    linked_identifiers,
    value(linked_identifiers.child_id).n_unique().over(linked_identifiers.also_known_as.name) > 1,
)
linked_in_a_chain = Rule(
    "L92",
    ERROR,
    "The identifier that is kept is itself linked to another.",
    linked_identifiers,
    value(linked_identifiers.child_id).is_in(value(linked_identifiers.also_known_as).implode())
    & (value(linked_identifiers.child_id) != value(linked_identifiers.also_known_as)),
)

_adopter = prospective_adopters
adopters_out_of_order = Rule(
    "L93",
    ERROR,
    "The adopter was approved before the enquiry, or matched before being approved.",
    _adopter,
    (value(_adopter.approved_on) < value(_adopter.enquired_on))
    | (value(_adopter.matched_on) < value(_adopter.approved_on)),
)

LOCAL_RULES = tuple(rule for rule in list(globals().values()) if isinstance(rule, Rule))
