"""The rules of the children's social work workforce census. Their codes are our own.

The figures of the Overview are counted month by month from the local table of staffing; these
rules keep the yearly census, which shows whether that table can be right.
"""

from __future__ import annotations

import polars as pl

from lineofsight.journey.tables import professionals, workforce_vacancies
from lineofsight.validation.rule import ERROR, QUERY, Rule, value

_worker, _vacancies = professionals, workforce_vacancies
_has_left = value(_worker.role_ended_on) <= value(_worker.counted_on)

worker_left_before_coming = Rule(
    "L100",
    ERROR,
    "The worker left before taking up the role.",
    _worker,
    value(_worker.role_ended_on) < value(_worker.role_started_on),
)
left_without_reason = Rule(
    "L101",
    QUERY,
    "The worker left without a reason, or has a reason without having left.",
    _worker,
    value(_worker.role_ended_on).is_null() != value(_worker.reason_left).is_null(),
)
more_than_full_time = Rule(
    "L102",
    ERROR,
    "The worker's full-time equivalent is less than none or more than one.",
    _worker,
    ~value(_worker.fte).is_between(0, 1) | ~value(_worker.fte_on_census_day).is_between(0, 1),
)
worker_twice = Rule(
    "L103",
    ERROR,
    "The worker stands twice in the census, both times as still in post.",
    _worker,
    value(_worker.role_ended_on).is_null()
    & (
        value(_worker.role_ended_on)
        .is_null()
        .sum()
        .over(_worker.worker_id.name, _worker.counted_on.name)
        > 1
    ),
)
leaver_with_cases = Rule(
    "L104",
    ERROR,
    "The worker left on or before the census day but has children allocated on it.",
    _worker,
    _has_left & (value(_worker.cases) > 0),
)
absent_without_reason = Rule(
    "L105",
    ERROR,
    "The worker was absent on the census day without a reason, or has a reason without absence.",
    _worker,
    value(_worker.is_absent) == value(_worker.absence_reason).is_null(),
)
cases_without_time = Rule(
    "L106",
    QUERY,
    "The worker has children allocated but worked no hours on the census day.",
    _worker,
    (value(_worker.cases) > 0) & (value(_worker.fte_on_census_day) <= 0),
)
fewer_vacancies_than_none = Rule(
    "L107",
    ERROR,
    "A number of vacancies or agency workers is less than none.",
    _vacancies,
    pl.any_horizontal(
        value(field) < 0
        for field in (
            _vacancies.vacancies_fte, _vacancies.agency_fte, _vacancies.agency_headcount
        )
    ),
)  # fmt: skip
more_agency_time_than_heads = Rule(
    "L108",
    ERROR,
    "Agency workers make more full-time equivalents than there are heads.",
    _vacancies,
    value(_vacancies.agency_fte) > value(_vacancies.agency_headcount),
)

WORKFORCE_RULES = tuple(rule for rule in list(globals().values()) if isinstance(rule, Rule))
