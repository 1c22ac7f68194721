"""Children looked after, continued: their health, and going missing."""

from __future__ import annotations

import sqlalchemy as sa

from lineofsight.indicators.children_looked_after import in_full_care
from lineofsight.indicators.indicator import (
    Average,
    Condition,
    Count,
    Percentage,
    during,
    open_at_end,
    reached,
)
from lineofsight.journey.derived import health_years
from lineofsight.journey.tables import health, missing_episodes, periods_of_care
from lineofsight.reference.polarity import HIGH, LOW

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
