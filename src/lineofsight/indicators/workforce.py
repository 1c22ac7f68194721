"""Workforce: caseloads, vacancies and agency workers."""

from __future__ import annotations

from lineofsight.indicators.indicator import Average, during
from lineofsight.journey.tables import staffing
from lineofsight.reference.polarity import LOW

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
