"""Children looked after: entries, numbers, care plans and leaving care."""

from __future__ import annotations

from lineofsight.indicators.indicator import (
    Condition,
    Count,
    Percentage,
    Rate,
    during,
    open_at_end,
    since,
)
from lineofsight.journey.tables import periods_of_care
from lineofsight.reference.polarity import HIGH

in_full_care: Condition = ~periods_of_care.is_short_breaks_only
in_care_at_end = open_at_end(periods_of_care.started_on, periods_of_care.ceased_on)

started = Count(
    name="Children starting to be looked after",
    when=during(periods_of_care.started_on),
    of=in_full_care,
    published="Children starting to be looked after",
    source="Children looked after statistics; every start in the month counts, where the "
    "Department counts a child's first start in the year.",
)

ceased = Count(
    name="Children ceasing to be looked after",
    when=during(periods_of_care.ceased_on),
    of=in_full_care,
    published="Children ceasing to be looked after",
    source="Children looked after statistics; every end in the month counts, where the "
    "Department counts a child's last end in the year.",
)

number = Count(
    name="Number of Looked after Children at end of period",
    brief="Number of looked-after children",
    when=in_care_at_end,
    of=in_full_care,
    published="Children looked after at 31 March",
    source="Children looked after statistics; series of short breaks left out, unaccompanied "
    "asylum-seeking children included.",
    moved_by=(started, ceased),
)

rate = Rate(
    name="Looked after Children rate per 10,000",
    brief="Looked-after children",
    when=in_care_at_end,
    of=in_full_care,
    published="Rate of children looked after at 31 March per 10,000 children",
    source="Children looked after statistics; residents aged 0 to 17.",
    moved_by=(started, ceased),
)

care_plan_authorised = Percentage(
    name="Percentage of Looked after Children with an authorised care plan",
    brief="Looked-after children with an authorised care plan",
    when=in_care_at_end,
    of=in_full_care,
    met=since(periods_of_care.care_plan_authorised_on),
    said=("authorised", "not authorised"),
    good=HIGH,
    source="Care Planning, Placement and Case Review (England) Regulations 2010, regulation 5. "
    "Local table of care plans, in no national return.",
    blanks="A draft does not count; a plan authorised earlier in the same period of care does, "
    "and there are no days of grace for children who have just entered care.",
)

unaccompanied = Percentage(
    name="Percentage of Looked after Children who are unaccompanied asylum seekers",
    brief="Looked-after children who are unaccompanied asylum seekers",
    when=in_care_at_end,
    of=in_full_care,
    met=periods_of_care.is_unaccompanied,
    decimals=1,
    source="Annex A, list 8: unaccompanied within the last 12 months of the list's date.",
    blanks="A blank counts as no.",
)
