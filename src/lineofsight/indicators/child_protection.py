"""Child protection: from the strategy discussion to the end of the plan.

Plans that another authority is responsible for are left out of every figure of plans.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from lineofsight.indicators.indicator import (
    Condition,
    Count,
    Limit,
    Percentage,
    Quantile,
    Rate,
    Since,
    during,
    open_at_end,
    reached,
    since,
)
from lineofsight.journey.tables import (
    child_protection_plans,
    initial_conferences,
    section_47_enquiries,
)
from lineofsight.reference.polarity import HIGH, LOW

_HELD = during(initial_conferences.held_on)
_ONCE = ~initial_conferences.is_repeated
ours: Condition = ~child_protection_plans.is_other_authority
_ON_PLAN = open_at_end(child_protection_plans.started_on, child_protection_plans.ended_on)
_STATISTICS = "Children in need statistics: "
_NOTours = "Plans of other authorities are left out; a return that does not mark them has none."
_LATE_CONFERENCE = (
    "A conference without a strategy discussion date, or held before it, is counted, and counted "
    "as late."
)
section_47_enquiries_started = Count(
    name="Section 47 enquiries started",
    when=during(section_47_enquiries.strategy_discussion_on),
    counted="enquiries",
    published="Section 47 enquiries",
    source="Children in need statistics: one for each child and enquiry.",
)

section_47_rate = Rate(
    name="Rate of section 47 enquiries started per 10,000 (0-17 year olds)",
    brief="Rate of section 47 enquiries",
    when=during(section_47_enquiries.strategy_discussion_on),
    counted="enquiries",
    published="Rate of section 47 enquiries per 10,000 children",
    source=f"{_STATISTICS}one for each child and enquiry; residents aged 0 to 17.",
)

enquiries_to_conference = Percentage(
    name="Percentage of section 47 enquiries followed by an initial conference within 60 days",
    brief="Section 47 enquiries that led to a conference",
    when=reached(section_47_enquiries.day_60_on),
    met=section_47_enquiries.conference_on.is_not(None)
    & (section_47_enquiries.days_to_conference <= 60),
    counted="enquiries",
    source="A local measure: the conference recorded with the enquiry (Annex A, list 5; children "
    "in need census). Sixty days leave time for conferences held late.",
    blanks="An enquiry without a conference led to none.",
    note="An enquiry is counted in the month its sixtieth day lies in, so that none is judged "
    "early. Of two enquiries before one conference each is counted as it is recorded.",
    lookback_months=2,
)

conferences_held = Count(
    name="Initial Child Protection Conferences (ICPCs) held (based on count of children)",
    brief="Initial child protection conferences",
    when=_HELD,
    of=_ONCE,
    published="Initial child protection conferences",
    source="Children in need statistics: each child of a sibling group counts, and children who "
    "moved in on another authority's plan.",
)

conference_rate = Rate(
    name="Rate of Initial Child Protection Conferences per 10,000 (0-17 year olds)",
    brief="Rate of initial child protection conferences",
    when=_HELD,
    of=_ONCE,
    counted="conferences",
    published="Rate of initial child protection conferences per 10,000 children",
    source=f"{_STATISTICS}each child counts, those who moved in too; residents aged 0 to 17.",
)

families_in_conference = Count(
    name="Initial Child Protection Conferences held (based on count of families)",
    brief="Families in initial child protection conferences",
    when=_HELD,
    of=initial_conferences.is_first_of_family,
    counted="families",
    source="A local measure: siblings whose conference was on one day count once. The sibling "
    "group is known from the local table of conference requests.",
    blanks="A child whose sibling group is not known counts as a family.",
)

icpc_timeliness = Percentage(
    name="Percentage of Initial Child Protection Conferences (ICPCs) held within timescales "
    "(based on count of children)",
    brief="Initial child protection conferences within 15 working days",
    when=_HELD,
    of=_ONCE,
    met=initial_conferences.working_days_from_strategy.between(0, 15),
    # The sector's validator counts the first day as the first of fifteen, and teams aim at the
    # limit: what one day more or less would make of the figure is said beside it.
    limits=(
        Limit(
            "within 14 working days",
            initial_conferences.working_days_from_strategy.between(0, 14),
        ),
        Limit(
            "within 16 working days",
            initial_conferences.working_days_from_strategy.between(0, 16),
        ),
    ),
    said=("in time", "late"),
    good=HIGH,
    published="Percentage of initial child protection conferences held within 15 working days",
    source="Working Together to Safeguard Children: within 15 working days of the strategy "
    "discussion that started the enquiry; all conferences held are in the denominator.",
    blanks=_LATE_CONFERENCE,
    cluster=initial_conferences.family_id,
)

family_timeliness = Percentage(
    name="Percentage of Initial Child Protection Conferences held within timescales (based on "
    "count of families)",
    brief="Families' conferences within 15 working days",
    when=_HELD,
    of=initial_conferences.is_first_of_family,
    met=initial_conferences.working_days_from_strategy.between(0, 15),
    counted="families",
    said=("in time", "late"),
    good=HIGH,
    source="Working Together: within 15 working days of the strategy discussion.",
    blanks=_LATE_CONFERENCE,
    note="The first child of the family stands for it.",
)


def _taking(days: str, band: sa.ColumnElement[bool]) -> Percentage:
    """One of the Department's bands of working days, out of all conferences."""
    return Percentage(
        name=f"Percentage of Initial Child Protection Conferences held after {days} working days",
        brief=f"Conferences after {days} working days",
        when=_HELD,
        of=_ONCE,
        met=band,
        counted="conferences",
        published=f"Duration between the enquiry and the conference: {days} days",
        source=f"{_STATISTICS}working days from strategy discussion, of all conferences.",
        blanks="A conference without a strategy discussion date, or held before it, is counted, "
        "and is in no band.",
        cluster=initial_conferences.family_id,
    )


_days: Any = initial_conferences.working_days_from_strategy
conference_in_0_to_10_days = _taking("0 to 10", _days.between(0, 10))
conference_in_11_to_15_days = _taking("11 to 15", _days.between(11, 15))
conference_in_16_to_20_days = _taking("16 to 20", _days.between(16, 20))
conference_in_over_20_days = _taking("21 or more", _days >= 21)


def _quantile(name: str, share: float, published: str) -> Quantile:
    """The working days in which a share of the conferences were held."""
    return Quantile(
        name=f"{name} working days from strategy discussion to initial conference",
        brief=f"{name} days to the conference",
        when=_HELD,
        of=_ONCE & (_days >= 0),
        value=_days,
        share=share,
        counted="conferences",
        published=f"Duration between the enquiry and the conference: {published}",
        source=f"{_STATISTICS}the smallest number that the share of conferences reached.",
        blanks="A conference without a strategy discussion date, or held before it, is left out.",
    )


conference_lower_quartile = _quantile("Lower quartile of", 0.25, "25th percentile")
conference_median = _quantile("Median", 0.5, "median")
conference_upper_quartile = _quantile("Upper quartile of", 0.75, "75th percentile")

conferences_to_plan = Percentage(
    name="Percentage of Initial Child Protection Conferences that led to a plan",
    brief="Initial child protection conferences that led to a plan",
    when=_HELD,
    of=_ONCE,
    met=initial_conferences.is_plan_made,
    source="Annex A, list 5.",
    blanks="A blank outcome counts as no plan.",
    cluster=initial_conferences.family_id,
)

plans_started = Count(
    name="Child Protection Plans (CPP) started",
    brief="Child protection plans started",
    when=during(child_protection_plans.started_on),
    of=ours,
    counted="plans",
    published="Child protection plans starting in the year",
    source="Children in need statistics: each start counts.",
    blanks=_NOTours,
)

plan_starts_rate = Rate(
    name="Rate of Child Protection Plans (CPP) started per 10,000 (0-17 year olds)",
    brief="Rate of child protection plans started",
    when=during(child_protection_plans.started_on),
    of=ours,
    counted="plans",
    published="Rate of child protection plans starting in the year per 10,000 children",
    source="Children in need statistics: each start counts.",
    blanks=_NOTours,
)

plans_ended = Count(
    name="Child Protection Plans (CPP) ended",
    brief="Child protection plans ended",
    when=during(child_protection_plans.ended_on),
    of=ours,
    counted="plans",
    published="Child protection plans ending in the year",
    source="Children in need statistics: each end counts.",
    blanks=_NOTours,
)

plan_ends_rate = Rate(
    name="Rate of Child Protection Plans (CPP) ended per 10,000 (0-17 year olds)",
    brief="Rate of child protection plans ended",
    when=during(child_protection_plans.ended_on),
    of=ours,
    counted="plans",
    published="Rate of child protection plans ending in the year per 10,000 children",
    source="Children in need statistics: each end counts.",
    blanks=_NOTours,
)

plans_open = Count(
    name="Children with Child Protection Plans (CPP) at end of period",
    brief="Number of children with child protection plans",
    when=_ON_PLAN,
    of=ours,
    published="Children on a child protection plan at 31 March",
    source="Children in need statistics; the start day is included, a plan that ends on the day "
    "is closed. Unborn children are counted.",
    blanks=_NOTours,
    moved_by=(plans_started, plans_ended),
)

plan_rate = Rate(
    name="Rate of children with Child Protection Plans (CPP) per 10,000 (0-17 year olds) at end "
    "of period",
    brief="Children with child protection plans",
    when=_ON_PLAN,
    of=ours,
    published="Rate of children on a child protection plan at 31 March per 10,000 children",
    source="Children in need statistics; the start day is included, a plan that ends on the day "
    "is closed. Unborn children are counted though they are not in the population.",
    blanks=_NOTours,
    moved_by=(plans_started, plans_ended),
)


def _latest(category: str, code: str) -> Percentage:
    """Children on plans by the latest category of abuse."""
    return Percentage(
        name=f"Percentage of children with Child Protection Plans at end of period for {category}",
        brief=f"Child protection plans for {category}",
        when=_ON_PLAN,
        of=ours,
        met=child_protection_plans.latest_category == code,
        published=f"Child protection plans at 31 March by latest category of abuse: {category}",
        source=f"{_STATISTICS}latest category of abuse.",
        blanks="A plan without a category is counted, and counted as for another.",
        note="A plan has in every month the category that it was last given.",
    )


neglect = _latest("neglect", "NEG")
emotional_abuse = _latest("emotional abuse", "EMO")
physical_abuse = _latest("physical abuse", "PHY")
sexual_abuse = _latest("sexual abuse", "SAB")

repeat_plans = Percentage(
    name="Percentage of Child Protection Plans started that were a second or subsequent plan",
    brief="Second or subsequent child protection plans",
    when=during(child_protection_plans.started_on),
    of=ours,
    met=child_protection_plans.previous_plans >= 1,
    counted="plans",
    good=LOW,
    published="Percentage of plans that are a second or subsequent plan",
    source="Children in need statistics: a plan at any time before, in this authority.",
    blanks="A blank number of previous plans counts as none.",
)

repeat_plans_within_two_years = Percentage(
    name="Percentage of Child Protection Plans started within two years of the end of another",
    brief="Child protection plans within two years of another",
    when=during(child_protection_plans.started_on),
    of=ours,
    met=child_protection_plans.is_within_two_years_of_previous,
    counted="plans",
    good=LOW,
    source="A local measure: the child's plan before, in this authority, ended at most two years "
    "earlier; a plan that starts on the day another ends is one.",
    note="Only plans in the records received can be seen as previous ones, so the first two years "
    "of the records have no figure.",
    lookback_months=24,
)


def _lasting(length: str, met: Since, published: str) -> Percentage:
    """One of the Department's bands of how long an open plan has lasted."""
    return Percentage(
        name=f"Percentage of children with Child Protection Plans lasting {length} at end of "
        "period",
        brief=f"Child protection plans of {length}",
        when=_ON_PLAN,
        of=ours,
        met=met,
        published=f"Child protection plans at 31 March by length of time: {published}",
        source=f"{_STATISTICS}three months to the day are in the first band.",
        blanks=_NOTours,
    )


_plan = child_protection_plans
up_to_3_months = _lasting(
    "three months or less",
    since(_plan.started_on, until=_plan.over_3_months_on),
    "3 months or less",
)
from_3_to_6_months = _lasting(
    "more than three months, up to six",
    since(_plan.over_3_months_on, until=_plan.over_6_months_on),
    "more than 3 months, 6 months or less",
)
from_6_to_12_months = _lasting(
    "more than six months, less than a year",
    since(_plan.over_6_months_on, until=_plan.one_year_on),
    "more than 6 months, less than 1 year",
)
from_1_to_2_years = _lasting(
    "one year, less than two",
    since(_plan.one_year_on, until=_plan.two_years_on),
    "1 year, less than 2 years",
)

over_18_months = Percentage(
    name="Percentage of children with Child Protection Plans lasting more than 18 months at end "
    "of period",
    brief="Child protection plans of more than 18 months",
    when=_ON_PLAN,
    of=ours,
    met=since(_plan.over_18_months_on),
    good=LOW,
    decimals=1,
    source="A local measure: the plans that are about to last two years.",
    blanks=_NOTours,
)

two_years_or_more = Percentage(
    name="Percentage of children with Child Protection Plans lasting two years or more at end of "
    "period",
    brief="Child protection plans of two years or more",
    when=_ON_PLAN,
    of=ours,
    met=since(child_protection_plans.two_years_on),
    good=LOW,
    decimals=1,
    published="Percentage of plans at 31 March lasting two years or more",
    source="Children in need statistics: more than 729 days, the last day included.",
    blanks=_NOTours,
)

ended_after_two_years = Percentage(
    name="Percentage of Child Protection Plans ended that had lasted two years or more",
    brief="Child protection plans ended after two years or more",
    when=during(child_protection_plans.ended_on),
    of=ours,
    met=child_protection_plans.days_lasted >= 729,
    counted="plans",
    good=LOW,
    published="Percentage of plans ending in the year that had lasted two years or more",
    source="Children in need statistics: more than 729 days, the last day included.",
    blanks=_NOTours,
)
