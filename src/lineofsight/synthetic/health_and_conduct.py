"""Health and conduct of children in care for a year (SSDA903's OC2), as at 31 March.

Health assessments and dental checks are those of the lives. What lives do not hold (the
questionnaire, immunisations, development checks of the under-fives, convictions, substance
misuse) is drawn for each child and year. Shares follow what the Department publishes for England.

Source: Department for Education, children looked after statistics, guide to the outcomes data: all
who were looked after without a break for the twelve months to 31 March, short breaks left out.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from lineofsight.synthetic.ages import age_on
from lineofsight.synthetic.calendar import Column, Truths
from lineofsight.synthetic.draws_by_child import code_of, normal_of, share_of
from lineofsight.synthetic.lives import Lives

_NO_SCORE = {"SDQ2": 26.0, "SDQ3": 12.0, "SDQ4": 48.0, "SDQ5": 14.0}
_SCORED, _MEAN, _SPREAD, _WOBBLE, _MOST = 0.80, 14.1, 6.2, 2.4, 40


def health_and_conduct(lives: Lives, year_end: date) -> pl.DataFrame:
    """Give one row a child looked after for the year that ends on a 31 March.

    `lives` are as known on that day. Columns: child_id, recorded_on, sdq_score, sdq_reason,
    is_convicted, is_health_checked (blank from the fifth birthday), is_immunised,
    is_dentally_checked, is_health_assessed, has_substance_misuse, and has_received_intervention
    and is_offered_intervention, blank where nothing had to be done.
    """
    children = _looked_after_for_a_year(lives, year_end)
    checked = children.join(_checks(lives, year_end), on="child_id", how="left")
    checked = checked.sort("child_id").with_columns(
        pl.col("assessments", "dental_checks").fill_null(0),
        pl.lit(year_end).alias("recorded_on"),
    )
    return checked.with_columns(_drawn(checked, year_end.year)).with_columns(
        # Under five there are two assessments a year.
        is_health_assessed=pl.col("assessments") >= pl.when(pl.col("age") < 5).then(2).otherwise(1),
        is_dentally_checked=pl.col("dental_checks") > 0,
    )


def checks_told(lives: Lives) -> pl.DataFrame:
    """Give `health_assessments`: the first assessment of a period of care is the initial one."""
    is_dental = pl.col("check") == "dental check"
    rows = lives.health_checks.sort("period_id", "checked_on", maintain_order=True)
    is_first = (~is_dental).cum_sum().over("period_id") == 1
    kind = (
        pl.when(is_dental).then(pl.lit("dental"))
        .when(is_first).then(pl.lit("initial"))
        .otherwise(pl.lit("review"))
    )  # fmt: skip
    return rows.select("child_id", "period_id", held_on="checked_on", kind=kind)


def _looked_after_for_a_year(lives: Lives, year_end: date) -> pl.DataFrame:
    since = date(year_end.year - 1, 4, 1)
    is_open = pl.col("ceased_on").is_null() | (pl.col("ceased_on") > year_end)
    throughout = ~pl.col("is_short_breaks") & is_open & (pl.col("started_on") <= since)
    born = lives.children.select("child_id", "born_on")
    children = lives.care_periods.filter(throughout).select("child_id").unique()
    return children.join(born, on="child_id").with_columns(age_on(year_end).alias("age"))


def _checks(lives: Lives, year_end: date) -> pl.DataFrame:
    of_year = pl.col("checked_on").is_between(date(year_end.year - 1, 4, 1), year_end)
    return (
        lives.health_checks.filter(of_year)
        .group_by("child_id")
        .agg(
            (pl.col("check") == "health assessment").sum().alias("assessments"),
            (pl.col("check") == "dental check").sum().alias("dental_checks"),
        )
    )


def _drawn(children: pl.DataFrame, year: int) -> list[pl.Series]:
    child, age = children["child_id"], children["age"].to_numpy()
    misuses = (share_of(child, "misuse") < 0.05) & (share_of(child, "misuse", year) < 0.7)
    misuses &= age >= 12
    received = share_of(child, "intervention", year) < 0.55
    refused = share_of(child, "refused", year) < 0.6
    score, reason = _questionnaire(child, age, year)
    return [
        score,
        reason,
        pl.Series("is_convicted", (age >= 10) & (share_of(child, "convicted", year) < 0.028)),
        _where("is_health_checked", share_of(child, "development", year) < 0.87, age < 5),
        pl.Series("is_immunised", share_of(child, "immunised", year // 3) < 0.88),
        pl.Series("has_substance_misuse", misuses),
        _where("has_received_intervention", received, misuses),
        _where("is_offered_intervention", refused, misuses & ~received),
    ]


def _questionnaire(child: pl.Series, age: Column, year: int) -> tuple[pl.Series, pl.Series]:
    """Score the difficulties of children of 4 to 16, mostly; say why where there is no score."""
    level = _MEAN + _SPREAD * normal_of(child, "difficulties")
    wobble = _WOBBLE * normal_of(child, "difficulties", year)
    score = np.clip(np.round(level + wobble), 0, _MOST).astype(np.int64)
    is_of_age = (age >= 4) & (age <= 16)
    is_scored = is_of_age & (share_of(child, "questionnaire", year) < _SCORED)
    why = np.where(is_of_age, code_of(share_of(child, "no score", year), _NO_SCORE), "SDQ1")
    return _where("sdq_score", score, is_scored), _where("sdq_reason", why, ~is_scored)


def _where(name: str, values: Column, asked: Truths) -> pl.Series:
    """Blank what was not asked."""
    of = pl.Series(values.tolist()) if values.dtype.kind == "U" else pl.Series(values)
    return pl.select(pl.when(pl.Series(asked)).then(of).alias(name)).to_series()
