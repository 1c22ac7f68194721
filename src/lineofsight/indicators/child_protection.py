"""Child protection: from the strategy discussion to the end of the plan."""

from __future__ import annotations

from lineofsight.indicators.indicator import Count, Percentage, Rate, during, open_at_end, since
from lineofsight.journey.tables import (
    child_protection_plans,
    initial_conferences,
    section_47_enquiries,
)
from lineofsight.reference.polarity import HIGH, LOW

section_47_enquiries_started = Count(
    name="Section 47 enquiries started",
    when=during(section_47_enquiries.strategy_discussion_on),
    counted="enquiries",
    published="Section 47 enquiries",
    source="Children in need statistics: one for each child and enquiry.",
)

conferences_held = Count(
    name="Initial Child Protection Conferences (ICPCs) held (based on count of children)",
    brief="Initial child protection conferences",
    when=during(initial_conferences.held_on),
    published="Initial child protection conferences",
    source="Children in need statistics: each child of a sibling group counts.",
)

icpc_timeliness = Percentage(
    name="Percentage of Initial Child Protection Conferences (ICPCs) held within timescales "
    "(based on count of children)",
    brief="Initial child protection conferences within 15 working days",
    when=during(initial_conferences.held_on),
    met=initial_conferences.working_days_from_strategy.between(0, 15),
    said=("in time", "late"),
    good=HIGH,
    published="Percentage of initial child protection conferences held within 15 working days",
    source="Working Together to Safeguard Children: within 15 working days of the strategy "
    "discussion that started the enquiry; all conferences held are in the denominator.",
    blanks="A conference without a strategy discussion date, or held before it, is counted, and "
    "counted as late.",
    cluster=initial_conferences.family_id,
)

conferences_to_plan = Percentage(
    name="Percentage of Initial Child Protection Conferences that led to a plan",
    brief="Initial child protection conferences that led to a plan",
    when=during(initial_conferences.held_on),
    met=initial_conferences.is_plan_made,
    source="Annex A, list 5.",
    blanks="A blank outcome counts as no plan.",
    cluster=initial_conferences.family_id,
)

plans_started = Count(
    name="Child Protection Plans (CPP) started",
    brief="Child protection plans started",
    when=during(child_protection_plans.started_on),
    counted="plans",
    published="Child protection plans starting in the year",
    source="Children in need statistics: each start counts.",
)

plans_ended = Count(
    name="Child Protection Plans (CPP) ended",
    brief="Child protection plans ended",
    when=during(child_protection_plans.ended_on),
    counted="plans",
    published="Child protection plans ending in the year",
    source="Children in need statistics: each end counts.",
)

plan_rate = Rate(
    name="Rate of children with Child Protection Plans (CPP) per 10,000 (0-17 year olds) at end "
    "of period",
    brief="Children with child protection plans",
    when=open_at_end(child_protection_plans.started_on, child_protection_plans.ended_on),
    published="Rate of children on a child protection plan at 31 March per 10,000 children",
    source="Children in need statistics; the start day is included, a plan that ends on the day "
    "is closed. Unborn children are counted though they are not in the population.",
    moved_by=(plans_started, plans_ended),
)

repeat_plans = Percentage(
    name="Percentage of Child Protection Plans started that were a second or subsequent plan",
    brief="Second or subsequent child protection plans",
    when=during(child_protection_plans.started_on),
    met=child_protection_plans.previous_plans >= 1,
    counted="plans",
    good=LOW,
    published="Percentage of plans that are a second or subsequent plan",
    source="Children in need statistics: a plan at any time before, in this authority.",
    blanks="A blank number of previous plans counts as none.",
)

two_years_or_more = Percentage(
    name="Percentage of children with Child Protection Plans lasting two years or more at end of "
    "period",
    brief="Child protection plans of two years or more",
    when=open_at_end(child_protection_plans.started_on, child_protection_plans.ended_on),
    met=since(child_protection_plans.two_years_on),
    good=LOW,
    decimals=1,
    published="Percentage of plans at 31 March lasting two years or more",
    source="Children in need statistics: more than 729 days, the last day included.",
)
