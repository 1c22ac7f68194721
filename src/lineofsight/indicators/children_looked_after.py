"""Children looked after: entries, numbers, care plans and leaving care."""

from __future__ import annotations

import sqlalchemy as sa

from lineofsight.indicators.indicator import (
    Average,
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
    health_years,
    long_placements,
    placement_years,
    worker_years,
)
from lineofsight.journey.tables import (
    care_episodes,
    health,
    looked_after_reviews,
    missing_episodes,
    periods_of_care,
)
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

# --- Where children live -------------------------------------------------------------------------

placed_at_end = open_at_end(care_episodes.started_on, care_episodes.ended_on)
in_full_placement: Condition = ~care_episodes.is_short_break
_SSDA903_PLACEMENTS = "Children looked after statistics; SSDA903 guide, placement codes"
_NO_TYPE = "A placement without a type is counted, and counted as another one."

in_foster_care = Percentage(
    name="Percentage of Looked after Children in foster care at end of period",
    brief="Looked-after children in foster care",
    when=placed_at_end,
    of=in_full_placement,
    met=care_episodes.placement_type.in_(("U1", "U2", "U3", "U4", "U5", "U6")),
    good=HIGH,
    published="Children looked after in foster placements at 31 March",
    source=f"{_SSDA903_PLACEMENTS} U1 to U6.",
    blanks=_NO_TYPE,
)

with_relatives_or_friends = Percentage(
    name="Percentage of Looked after Children fostered by relatives or friends at end of period",
    brief="Looked-after children fostered by relatives or friends",
    when=placed_at_end,
    of=in_full_placement,
    met=care_episodes.placement_type.in_(("U1", "U2", "U3")),
    published="Children looked after fostered by relatives or friends at 31 March",
    source=f"{_SSDA903_PLACEMENTS} U1 to U3.",
    blanks=_NO_TYPE,
)

with_parents = Percentage(
    name="Percentage of Looked after Children placed with their parents at end of period",
    brief="Looked-after children placed with parents",
    when=placed_at_end,
    of=in_full_placement,
    met=care_episodes.placement_type == "P1",
    published="Children looked after placed with parents at 31 March",
    source=f"{_SSDA903_PLACEMENTS} P1.",
    blanks=_NO_TYPE,
)

in_childrens_homes = Percentage(
    name="Percentage of Looked after Children in children's homes at end of period",
    brief="Looked-after children in children's homes",
    when=placed_at_end,
    of=in_full_placement,
    met=care_episodes.placement_type.in_(("K1", "K2", "K3")),
    source=f"{_SSDA903_PLACEMENTS} K1 to K3: secure homes included.",
    blanks=_NO_TYPE,
)

in_semi_independent_homes = Percentage(
    name="Percentage of Looked after Children in semi-independent or independent living at end of "
    "period",
    brief="Looked-after children living semi-independently",
    when=placed_at_end,
    of=in_full_placement,
    met=care_episodes.placement_type.in_(("H5", "P2")),
    source=f"{_SSDA903_PLACEMENTS} H5 and P2.",
    blanks=_NO_TYPE,
)

own_provision = Percentage(
    name="Percentage of Looked after Children in placements provided by the authority itself at "
    "end of period",
    brief="Looked-after children in the authority's own placements",
    when=placed_at_end,
    of=in_full_placement,
    met=care_episodes.placement_provider == "PR1",
    published="Children looked after in own provision at 31 March",
    source="Children looked after statistics; SSDA903 guide, placement provider PR1.",
    blanks="A placement without a provider is counted, and counted as another's.",
)

placed_outside = Percentage(
    name="Percentage of Looked after Children placed outside the authority at end of period",
    brief="Looked-after children placed outside the authority",
    when=in_care_at_end,
    of=in_full_care,
    met=periods_of_care.is_placed_outside,
    published="Children looked after placed outside the local authority boundary at 31 March",
    source="Annex A, list 8, placement location.",
    blanks="A blank counts as inside.",
    note="The list holds the latest placement of a child: month-ends before the list's date show "
    "where the child lived last, which need not be where the child lived then.",
)

placed_over_20_miles = Percentage(
    name="Percentage of Looked after Children placed more than 20 miles from home and outside the "
    "authority at end of period",
    brief="Placed over 20 miles from home and outside the authority",
    when=placed_at_end,
    of=in_full_placement,
    met=sa.and_(care_episodes.distance_miles > 20, care_episodes.is_placed_outside),
    good=LOW,
    published="Children looked after placed more than 20 miles from their homes and outside the "
    "local authority boundary at 31 March",
    source="Children looked after statistics: all children looked after are in the denominator, "
    "those whose distance is not known too.",
    blanks="A distance that is not known counts as not over 20 miles.",
)

three_or_more_placements = Percentage(
    name="Percentage of Looked after Children who had three or more placements in the last 12 "
    "months",
    brief="Three or more placements in 12 months",
    when=open_at_end(placement_years.started_on, placement_years.ended_on),
    met=placement_years.placements >= 3,
    said=("three or more", "fewer"),
    good=LOW,
    published="Children looked after who had three or more placements in the year",
    source="Children looked after statistics, placement stability: placements of a day or more, "
    "the one at the beginning of the twelve months included; temporary ones, the return from them "
    "and adoption by the same carers are no moves.",
    blanks="An episode without a type of placement is a placement of its own.",
    lookback_months=12,
)

placement_stability = Percentage(
    name="Percentage of Looked after Children (aged under 16 and looked after for at least two and "
    "a half years) who have lived in the same placement for at least two years",
    brief="Long-term placement stability",
    when=open_at_end(long_placements.started_on, long_placements.ended_on),
    met=since(long_placements.two_years_on),
    said=("two years or more", "less than two years"),
    good=HIGH,
    published="Children looked after for two and a half years who lived with the same carer for "
    "two",
    source="Children looked after statistics, placement stability; of children placed for adoption "
    "the placement before counts too.",
    blanks="A child without a date of birth counts as under 16.",
)

# --- Health --------------------------------------------------------------------------------------

initial_health_in_time = Percentage(
    name="Percentage of children entering care who had an initial health assessment within 20 "
    "working days",
    brief="Initial health assessments within 20 working days",
    when=reached(periods_of_care.initial_health_due_on),
    of=in_full_care,
    met=periods_of_care.is_initial_health_in_time,
    said=("in time", "late or not held"),
    good=HIGH,
    source="Statutory guidance 'Promoting the health and wellbeing of looked-after children'. "
    "Counted in the month of the twentieth working day, so that nobody is judged early; children "
    "who left care before it are left out.",
    blanks="An assessment that is not recorded was not held.",
    lookback_months=2,
)

_LOOKED_AFTER_A_YEAR = open_at_end(health_years.started_on, health_years.ended_on)

health_assessment = Percentage(
    name="Percentage of children looked after for at least 12 months whose health assessments are "
    "up to date",
    brief="Health assessments up to date",
    when=_LOOKED_AFTER_A_YEAR,
    met=sa.or_(
        health_years.assessments >= 2,
        sa.and_(health_years.assessments == 1, ~health_years.is_under_five),
    ),
    said=("up to date", "not up to date"),
    good=HIGH,
    published="Children looked after for at least 12 months who had their annual health assessment",
    source="Children looked after statistics, outcomes: one in the last twelve months, two of a "
    "child under five.",
    blanks="An assessment that is not recorded, or was refused, was not held.",
    lookback_months=12,
)

dental_check = Percentage(
    name="Percentage of children looked after for at least 12 months who had their teeth checked "
    "in the last 12 months",
    brief="Dental checks up to date",
    when=_LOOKED_AFTER_A_YEAR,
    met=health_years.dental_checks >= 1,
    said=("checked", "not checked"),
    good=HIGH,
    published="Children looked after for at least 12 months who had their teeth checked by a "
    "dentist",
    source="Children looked after statistics, outcomes.",
    blanks="A check that is not recorded was not made.",
    lookback_months=12,
)

_IN_THE_MONTH_OF_THE_YEAR = (
    "It has a value in the month with which the year it describes ends (March), and in no other."
)

immunised = Percentage(
    name="Percentage of children looked after for at least 12 months whose immunisations are up to "
    "date",
    brief="Immunisations up to date",
    when=during(health.recorded_on),
    met=health.is_immunised,
    said=("up to date", "not up to date"),
    good=HIGH,
    published="Children looked after for at least 12 months whose immunisations were up to date",
    source="Children looked after statistics, outcomes (SSDA903, OC2).",
    blanks="A blank counts as not up to date.",
    note=_IN_THE_MONTH_OF_THE_YEAR,
)

_of_age_for_questionnaire: Condition = sa.or_(
    health.sdq_reason.is_(None), health.sdq_reason != "SDQ1"
)

questionnaires_scored = Percentage(
    name="Percentage of children aged 4 to 16 looked after for at least 12 months with a score of "
    "the Strengths and Difficulties Questionnaire",
    brief="Children with a questionnaire score",
    when=during(health.recorded_on),
    of=_of_age_for_questionnaire,
    met=health.sdq_score.is_not(None),
    said=("scored", "no score"),
    good=HIGH,
    published="Children looked after for whom an SDQ score was submitted",
    source="Children looked after statistics, outcomes (SSDA903, OC2); children whom the return "
    "calls too young or too old (SDQ1) are left out.",
    blanks="A child without a score and without a reason counts as not scored.",
    note=_IN_THE_MONTH_OF_THE_YEAR,
)

questionnaire_average = Average(
    name="Average score of the Strengths and Difficulties Questionnaire of children looked after "
    "for at least 12 months",
    brief="Average questionnaire score",
    when=during(health.recorded_on),
    total=health.sdq_score,
    per=sa.literal(1),
    good=LOW,
    decimals=1,
    published="Average SDQ score of children looked after",
    source="Children looked after statistics, outcomes (SSDA903, OC2): 0 to 40, the higher the "
    "more difficulties.",
    blanks="A child without a score is left out.",
    note=_IN_THE_MONTH_OF_THE_YEAR,
)

questionnaire_concern = Percentage(
    name="Percentage of children with a score of the Strengths and Difficulties Questionnaire "
    "whose score is a cause for concern (17 to 40)",
    brief="Questionnaire scores that are a cause for concern",
    when=during(health.recorded_on),
    of=health.sdq_score.is_not(None),
    met=health.sdq_score >= 17,
    said=("cause for concern", "normal or borderline"),
    good=LOW,
    published="Children looked after whose SDQ score is a cause for concern",
    source="Children looked after statistics, outcomes: 0 to 13 normal, 14 to 16 borderline, 17 to "
    "40 a cause for concern.",
    note=_IN_THE_MONTH_OF_THE_YEAR,
)

# --- Missing and away ----------------------------------------------------------------------------

missing_children = Count(
    name="Looked after Children who went missing",
    when=during(missing_episodes.started_on),
    of=missing_episodes.kind == "M",
    each=missing_episodes.child_id,
    good=LOW,
    published="Children looked after who had a missing incident in the year",
    source="Children looked after statistics: a child counts once, however often it went missing.",
    blanks="A time without a kind is left out.",
    note="Authorities record differently; some record every absence as missing.",
)

times_missing = Count(
    name="Times Looked after Children went missing",
    when=during(missing_episodes.started_on),
    of=missing_episodes.kind == "M",
    counted="times missing",
    good=LOW,
    published="Missing incidents of children looked after in the year",
    source="Children looked after statistics; a time is counted when it began.",
    blanks="A time without a kind is left out.",
)

times_away = Count(
    name="Times Looked after Children were away from placement without authorisation",
    brief="Times away without authorisation",
    when=during(missing_episodes.started_on),
    of=missing_episodes.kind == "A",
    counted="times away",
    good=LOW,
    published="Away from placement without authorisation incidents in the year",
    source="Children looked after statistics; a time is counted when it began.",
    blanks="A time without a kind is left out.",
)

return_interviews_offered = Percentage(
    name="Percentage of times missing after which a return interview was offered",
    brief="Return interviews offered",
    when=during(missing_episodes.ended_on),
    of=missing_episodes.kind == "M",
    met=missing_episodes.is_interview_offered,
    said=("offered", "not offered"),
    counted="returns",
    good=HIGH,
    source="Statutory guidance on children who run away or go missing from home or care; Standard "
    "Safeguarding Dataset or local table.",
    blanks="A blank counts as not offered.",
)

return_interviews_accepted = Percentage(
    name="Percentage of return interviews offered that the child accepted",
    brief="Return interviews accepted",
    when=during(missing_episodes.ended_on),
    of=sa.and_(missing_episodes.kind == "M", missing_episodes.is_interview_offered),
    met=missing_episodes.is_interview_accepted,
    said=("accepted", "declined"),
    counted="offers",
    good=HIGH,
    source="Statutory guidance on children who run away or go missing from home or care; Standard "
    "Safeguarding Dataset or local table.",
    blanks="A blank counts as declined.",
)

return_interviews_in_time = Percentage(
    name="Percentage of times missing after which a return interview was held within 72 hours",
    brief="Return interviews within 72 hours",
    when=reached(missing_episodes.interview_due_on),
    of=missing_episodes.kind == "M",
    met=missing_episodes.is_interviewed_in_time,
    said=("in time", "late or not held"),
    counted="returns",
    good=HIGH,
    source="Statutory guidance on children who run away or go missing from home or care. Local "
    "table: no national return has the day of the interview.",
    blanks="A return without the day of an interview counts as not interviewed.",
    note="By days: an interview by the third day after the return is in time. Counted in the month "
    "of that day.",
    lookback_months=1,
)
