"""Workforce: caseloads, vacancies, turnover, absence and agency workers; whose worker changes."""

from __future__ import annotations

import sqlalchemy as sa

from lineofsight.indicators.indicator import Average, Count, Percentage, during, open_at_end
from lineofsight.journey.derived import worker_changes
from lineofsight.journey.tables import child_protection_plans, periods_of_care, staffing
from lineofsight.reference.polarity import HIGH, LOW

caseload = Average(
    name="Average caseload: children for each worker (full-time equivalent) who holds cases",
    brief="Average caseload",
    when=during(staffing.counted_on),
    is_month_end=True,
    total=staffing.cases,
    per=staffing.case_holders_fte,
    counted="children",
    good=LOW,
    decimals=1,
    published="Average caseload",
    source="Children's social work workforce statistics, counted there on 30 September; here at "
    "each month-end from the local table.",
)

agency_share = Average(
    name="Percentage of workers who are agency workers, full-time equivalent",
    brief="Agency workers",
    when=during(staffing.counted_on),
    is_month_end=True,
    is_share=True,
    total=staffing.agency_fte,
    per=staffing.agency_fte + staffing.in_post_fte,
    counted="workers",
    good=LOW,
    decimals=1,
    published="Agency worker rate",
    source="Children's social work workforce statistics: agency workers over agency workers and "
    "workers in post.",
)

# Posts that no permanent worker fills, whether or not an agency worker does; a team with more
# workers than posts has none, and one of which either is unknown is left out.
_vacancies = sa.case(
    (staffing.posts_fte > staffing.in_post_fte, staffing.posts_fte - staffing.in_post_fte),
    (staffing.posts_fte <= staffing.in_post_fte, sa.literal(0.0)),
)
_MONTHS = 12
_WORKING_DAYS_A_YEAR = 253

vacancy_rate = Average(
    name="Percentage of social work posts that are vacant, full-time equivalent",
    brief="Vacancies",
    when=during(staffing.counted_on),
    is_month_end=True,
    is_share=True,
    total=_vacancies,
    per=_vacancies + staffing.in_post_fte,
    counted="posts",
    good=LOW,
    decimals=1,
    published="Vacancy rate of children's social workers",
    source="Children's social work workforce statistics: vacancies over vacancies and workers in "
    "post; posts covered by agency workers are vacant. Here at each month-end from the local "
    "table, where the Department counts on 30 September.",
    blanks="A team without posts or workers in post is left out.",
)

turnover_rate = Average(
    name="Turnover of social workers, full-time equivalent, as a yearly rate",
    brief="Turnover of social workers",
    when=during(staffing.counted_on),
    is_share=True,
    has_counts=False,
    total=staffing.leavers_fte * _MONTHS,
    per=staffing.in_post_fte,
    counted="workers",
    good=LOW,
    decimals=1,
    published="Turnover rate of children's social workers",
    source="Children's social work workforce statistics: leavers of the year over workers in post "
    "on 30 September. Here the leavers of a month, times twelve, over workers in post at its end; "
    "over twelve months that is the leavers of the year over the average in post.",
    blanks="A team without leavers or workers in post is left out.",
)

absence_rate = Average(
    name="Percentage of working days lost to sickness by social workers in post",
    brief="Sickness absence",
    when=during(staffing.counted_on),
    is_share=True,
    has_counts=False,
    total=staffing.working_days_lost * _MONTHS,
    per=staffing.in_post_fte * _WORKING_DAYS_A_YEAR,
    counted="working days",
    good=LOW,
    decimals=1,
    published="Sickness absence rate of children's social workers",
    source="Children's social work workforce statistics: days lost over full-time equivalents "
    "times 253 working days a year. Here the days of a month, times twelve.",
    blanks="A team without days lost or workers in post is left out.",
    note="Every month is taken for a twelfth of a year of 253 working days, leap years too.",
)

highest_caseload = Average(
    name="Highest caseload of a worker, on average over the teams",
    brief="Highest caseload of a team's worker",
    when=during(staffing.counted_on),
    is_month_end=True,
    total=staffing.highest_caseload,
    per=sa.literal(1),
    counted="teams",
    good=LOW,
    decimals=1,
    source="Local table: of each team the worker with most children, then the mean over teams.",
    blanks="A team without the figure is left out.",
)

additional_staff = Average(
    name="Temporary social work staff beyond the establishment, for each 100 posts",
    brief="Staff beyond the establishment",
    when=during(staffing.counted_on),
    is_month_end=True,
    is_share=True,
    total=staffing.additional_fte,
    per=staffing.posts_fte,
    counted="posts",
    decimals=1,
    source="Local table, full-time equivalents.",
    blanks="A team without either figure is left out.",
)

changes_of_worker = Count(
    name="Looked after Children whose social worker changed",
    brief="Looked-after children whose social worker changed",
    when=during(worker_changes.changed_on),
    each=worker_changes.child_id,
    good=LOW,
    source="Local: from the allocations. A child counts once, however often the worker changed; "
    "the first worker of a child is no change.",
    blanks="An allocation without a worker's name is left out.",
    lookback_months=1,
)

_AS_RECORDED_NOW = (
    "The list holds the latest worker: month-ends before its date show who is recorded now."
)

looked_after_with_worker = Percentage(
    name="Percentage of Looked after Children with an allocated worker at end of period",
    brief="Looked-after children with an allocated worker",
    when=open_at_end(periods_of_care.started_on, periods_of_care.ceased_on),
    of=~periods_of_care.is_short_breaks_only,
    met=periods_of_care.worker.is_not(None),
    said=("allocated", "not allocated"),
    good=HIGH,
    decimals=1,
    source="Annex A, list 8.",
    blanks="A blank is a child without a worker.",
    note=_AS_RECORDED_NOW,
)

plans_with_worker = Percentage(
    name="Percentage of children with Child Protection Plans with an allocated worker at end of "
    "period",
    brief="Children on plans with an allocated worker",
    when=open_at_end(child_protection_plans.started_on, child_protection_plans.ended_on),
    met=child_protection_plans.worker.is_not(None),
    said=("allocated", "not allocated"),
    good=HIGH,
    decimals=1,
    source="Annex A, list 7.",
    blanks="A blank is a child without a worker.",
    note=_AS_RECORDED_NOW,
)
