"""Children in need: open episodes, how long they last, and the plans of the children in them."""

from __future__ import annotations

from lineofsight.indicators.indicator import (
    Count,
    Percentage,
    Rate,
    Since,
    during,
    open_at_end,
    since,
)
from lineofsight.journey.derived import need_stretches
from lineofsight.journey.tables import need_episodes
from lineofsight.reference.polarity import HIGH

_OPEN = open_at_end(need_episodes.started_on, need_episodes.ended_on)
_WHO = (
    "Children in need statistics: open episodes, children on plans and looked-after children "
    "included."
)
_DURATION = (
    "Children in need statistics: from the referral to the date, or to the closure of the episode; "
    "three months to the day are in the first band."
)

started = Count(
    name="Episodes of need started",
    when=during(need_episodes.started_on),
    counted="episodes of need",
    published="Children starting an episode of need",
    source="Children in need statistics: each episode that began with a referral in the period.",
)

ended = Count(
    name="Episodes of need ended",
    when=during(need_episodes.ended_on),
    counted="episodes of need",
    published="Children ending an episode of need",
    source="Children in need statistics: each episode closed in the period.",
)

number = Count(
    name="Children in need at end of period",
    brief="Number of children in need",
    when=_OPEN,
    counted="episodes of need",
    published="Children in need at 31 March",
    source=_WHO,
    moved_by=(started, ended),
)

rate = Rate(
    name="Rate of children in need per 10,000 (0-17 year olds) at end of period",
    brief="Children in need",
    when=_OPEN,
    counted="episodes of need",
    published="Rate of children in need at 31 March per 10,000 children",
    source=_WHO,
    moved_by=(started, ended),
)


def _open_for(length: str, met: Since, published: str) -> Percentage:
    """One of the Department's bands of how long an open episode has lasted."""
    return Percentage(
        name=f"Percentage of children in need at end of period whose episode has lasted {length}",
        brief=f"Children in need for {length}",
        when=_OPEN,
        met=met,
        counted="episodes of need",
        published=f"Duration of open episodes: {published}",
        source=_DURATION,
    )


open_up_to_3_months = _open_for(
    "three months or less",
    since(need_episodes.started_on, until=need_episodes.over_3_months_on),
    "3 months or less",
)
open_3_to_6_months = _open_for(
    "more than three months, up to six",
    since(need_episodes.over_3_months_on, until=need_episodes.over_6_months_on),
    "more than 3 months, 6 months or less",
)
open_6_to_12_months = _open_for(
    "more than six months, less than a year",
    since(need_episodes.over_6_months_on, until=need_episodes.one_year_on),
    "more than 6 months, less than 1 year",
)
open_1_to_2_years = _open_for(
    "one year, less than two",
    since(need_episodes.one_year_on, until=need_episodes.two_years_on),
    "1 year, less than 2 years",
)
open_two_years_or_more = _open_for(
    "two years or more", since(need_episodes.two_years_on), "2 years or more"
)

ended_within_3_months = Percentage(
    name="Percentage of episodes of need ended after three months or less",
    brief="Episodes of need ended after three months or less",
    when=during(need_episodes.ended_on),
    met=need_episodes.is_ended_within_3_months,
    counted="episodes of need",
    published="Duration of ended episodes: 3 months or less",
    source=_DURATION,
)

ended_after_two_years = Percentage(
    name="Percentage of episodes of need ended after two years or more",
    brief="Episodes of need ended after two years or more",
    when=during(need_episodes.ended_on),
    met=need_episodes.is_ended_after_two_years,
    counted="episodes of need",
    published="Duration of ended episodes: 2 years or more",
    source=_DURATION,
)

closed_after_assessment = Percentage(
    name="Percentage of episodes of need closed after assessment",
    brief="Episodes of need closed after assessment",
    when=during(need_episodes.ended_on),
    met=need_episodes.closure_reason.in_(("RC8", "RC9")),
    counted="episodes of need",
    published="Reason for closure: case closed after assessment, no further action or referred "
    "to early help",
    source="Children in need statistics: reasons for closure RC8 and RC9.",
    blanks="An episode closed without a reason is counted as closed for another.",
)

plan_in_place = Percentage(
    name="Percentage of children in need, neither on a child protection plan nor looked after, "
    "with a child in need plan at end of period",
    brief="Children in need with a child in need plan",
    when=open_at_end(need_stretches.day_46_on, need_stretches.ended_on),
    met=since(need_stretches.planned_on, until=need_stretches.plan_ended_on),
    good=HIGH,
    source="A local measure; Working Together asks for a plan where an assessment finds need. The "
    "census collects these plans since 2022, the local tables at any time.",
    blanks="A child without a plan in the records has none.",
    note="Counted from the 46th working day after the episode began, or after a protection plan or "
    "care ended, so that no child is judged before there was time for an assessment. Between two "
    "plans of one such stretch the child counts as having one.",
    lookback_months=12,
)
