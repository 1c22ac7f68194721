"""Children looked after: entries, numbers, plans, reviews, visits and leaving care.

The chapter is continued in `homes_in_care` and `health_in_care`.
"""

from __future__ import annotations

import sqlalchemy as sa

from lineofsight.indicators.indicator import (
    Condition,
    Count,
    Percentage,
    Rate,
    during,
    open_at_end,
    reached,
    since,
)
from lineofsight.journey.derived import (
    care_plan_versions,
    care_reviews,
    care_visits,
    worker_years,
)
from lineofsight.journey.tables import looked_after_reviews, periods_of_care
from lineofsight.reference.polarity import HIGH, LOW

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

# --- Entries and ends ----------------------------------------------------------------------------

starts_rate = Rate(
    name="Rate of children starting to be looked after per 10,000 (0-17 year olds)",
    brief="Rate of children starting to be looked after",
    when=during(periods_of_care.started_on),
    of=in_full_care,
    decimals=1,
    published="Rate of children who started to be looked after in the year per 10,000 children",
    source="Children looked after statistics; every start counts, where the Department counts a "
    "child's first start in the year.",
)

ends_rate = Rate(
    name="Rate of children ceasing to be looked after per 10,000 (0-17 year olds)",
    brief="Rate of children ceasing to be looked after",
    when=during(periods_of_care.ceased_on),
    of=in_full_care,
    decimals=1,
    published="Rate of children who ceased to be looked after in the year per 10,000 children",
    source="Children looked after statistics; every end counts, where the Department counts a "
    "child's last end in the year.",
)

unaccompanied_number = Count(
    name="Number of Looked after Children who are unaccompanied asylum seekers at end of period",
    brief="Unaccompanied asylum-seeking children looked after",
    when=in_care_at_end,
    of=sa.and_(in_full_care, periods_of_care.is_unaccompanied),
    published="Unaccompanied asylum-seeking children looked after at 31 March",
    source="Annex A, list 8: unaccompanied within the last 12 months of the list's date.",
    blanks="A blank counts as no.",
)

three_or_more_social_workers = Percentage(
    name="Percentage of Looked after Children who had three or more social workers in the last 12 "
    "months",
    brief="Three or more social workers in 12 months",
    when=open_at_end(worker_years.started_on, worker_years.ended_on),
    met=worker_years.workers >= 3,
    said=("three or more", "fewer"),
    good=LOW,
    published="Children looked after who had three or more social workers in the year",
    source="Children looked after statistics, social worker stability: different workers in the "
    "twelve months, those before the child entered care included.",
    blanks="An allocation without a worker's name is left out.",
    lookback_months=12,
)

# --- Plans, reviews and visits -------------------------------------------------------------------

care_plan_up_to_date = Percentage(
    name="Percentage of Looked after Children whose care plan was authorised in the last six "
    "months",
    brief="Looked-after children with an up-to-date care plan",
    when=open_at_end(care_plan_versions.started_on, care_plan_versions.ended_on),
    met=since(care_plan_versions.authorised_on, until=care_plan_versions.overdue_on),
    said=("up to date", "out of date or none"),
    good=HIGH,
    source="Local, in no national return: the latest plan of this period of care was authorised "
    "within six calendar months. The regulations ask that a plan is kept under review "
    "(Care Planning Regulations 2010, regulation 6) and name no age.",
    blanks="A plan without the day of authorisation is a draft and does not count.",
    lookback_months=6,
)

reviews_in_time = Percentage(
    name="Percentage of reviews of Looked after Children due in the period that were held in time",
    brief="Looked-after reviews held in time",
    when=reached(care_reviews.due_on),
    met=care_reviews.is_in_time,
    said=("in time", "late or not held"),
    counted="reviews",
    good=HIGH,
    source="Care Planning Regulations 2010, regulation 33: the first within 20 working days of "
    "the start, the second within three months of it, the others within six months.",
    blanks="A review that is not recorded was not held.",
    note="A child who leaves care before a review is due is owed none. From 24 April to 25 "
    "September 2020 the six months were relaxed by law (SI 2020/445); they are kept here.",
    lookback_months=6,
)

reviews_up_to_date = Percentage(
    name="Percentage of Looked after Children whose reviews are up to date at end of period",
    brief="Looked-after children whose reviews are up to date",
    when=open_at_end(care_reviews.started_on, care_reviews.ended_on),
    met=since(care_reviews.started_on, until=care_reviews.overdue_on),
    said=("up to date", "overdue"),
    good=HIGH,
    source="Care Planning Regulations 2010, regulation 33; a child whose review is not yet due is "
    "up to date.",
    blanks="A review that is not recorded was not held.",
    lookback_months=6,
)

participation = Percentage(
    name="Percentage of reviews of Looked after Children in which the child took part",
    brief="Children taking part in their reviews",
    when=during(looked_after_reviews.held_on),
    of=sa.or_(
        looked_after_reviews.participation.is_(None), looked_after_reviews.participation != "PN0"
    ),
    met=looked_after_reviews.participation.in_(("PN1", "PN2", "PN3", "PN5", "PN6")),
    said=("took part", "did not"),
    counted="reviews",
    good=HIGH,
    source="SSDA903 guide, review codes: attended or gave their views by other means (PN1, PN2, "
    "PN3, PN5, PN6); children under four (PN0) are left out.",
    blanks="A review without a code is counted, and counted as not taken part in.",
)

visits_in_time = Percentage(
    name="Percentage of visits to Looked after Children due in the period that were made in time",
    brief="Visits to looked-after children made in time",
    when=reached(care_visits.due_on),
    met=care_visits.is_in_time,
    said=("in time", "late or not made"),
    counted="visits",
    good=HIGH,
    source="Care Planning Regulations 2010, regulation 28: within a week of the start of each "
    "placement, then within six weeks of the visit before.",
    blanks="A visit that is not recorded was not made.",
    note="Where a placement is meant to last until 18 and is a year old the law asks for three "
    "months; no return says so, and six weeks are kept for all.",
    lookback_months=2,
)

visits_up_to_date = Percentage(
    name="Percentage of Looked after Children whose visits are up to date at end of period",
    brief="Looked-after children whose visits are up to date",
    when=open_at_end(care_visits.started_on, care_visits.ended_on),
    met=since(care_visits.started_on, until=care_visits.overdue_on),
    said=("up to date", "overdue"),
    good=HIGH,
    source="Care Planning Regulations 2010, regulation 28; a child whose visit is not yet due is "
    "up to date.",
    blanks="A visit that is not recorded was not made.",
    note="Six weeks are kept for all, see visits made in time.",
    lookback_months=2,
)
