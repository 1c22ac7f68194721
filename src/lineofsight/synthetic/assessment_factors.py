"""What each finished assessment found: the factors that the children in need census asks for.

Drawn from the assessment itself, so that an assessment has the same factors in every return and
nothing else in the simulation changes. The shares are plausible and stand for nothing: domestic
abuse, mental health and neglect lead, as in the Department's statistics.
"""

from __future__ import annotations

import polars as pl

from lineofsight.synthetic.draws_by_child import share_of
from lineofsight.synthetic.lives import Lives

NONE_FOUND = "21"
_ALONE = "9A"
# How many assessments in a hundred find each factor, by primary need; 'any' where none is told.
_SHARES: dict[str, dict[str, int]] = {
    "any": {"1B": 14, "1A": 3, "2B": 16, "2A": 5, "3B": 30, "3A": 11, "3C": 3, "4B": 31, "4A": 14,
            "5B": 3, "5A": 8, "6B": 6, "6A": 5, "7A": 5, "10A": 4, "11A": 4, "13A": 3, "14A": 8,
            "15A": 5, "16A": 12, "17A": 14, "18A": 9, "19A": 5, "20": 12},
    "N1": {"16A": 27, "17A": 27, "18A": 19, "19A": 9, "3B": 38},
    "N2": {"5A": 55, "6A": 40, "17A": 2, "16A": 2, "3B": 5},
    "N3": {"4B": 60, "6B": 30, "5B": 10},
    "N6": {"14A": 60, "13A": 14, "10A": 16, "2A": 20},
}  # fmt: skip


def factors(lives: Lives) -> pl.DataFrame:
    """Give one row a factor, as (assessment_id, child_id, started_on, factor), by assessment.

    Only an authorised assessment has any; one that found nothing has '21'.
    """
    finished = _finished(lives)
    found = [_found(finished, factor) for factor in _SHARES["any"]]
    alone = finished.filter("is_unaccompanied").with_columns(factor=pl.lit(_ALONE))
    some = pl.concat([*found, alone])
    nothing = finished.join(some, on="assessment_id", how="anti").with_columns(
        factor=pl.lit(NONE_FOUND)
    )
    told = ["assessment_id", "child_id", "started_on", "factor"]
    return pl.concat([some, nothing]).select(told).sort("assessment_id", "factor")


def _finished(lives: Lives) -> pl.DataFrame:
    finished = lives.assessments.filter(pl.col("authorised_on").is_not_null())
    needs = lives.needs.select("need_id", "primary_need")
    alone = lives.children.select("child_id", "is_unaccompanied")
    return finished.join(needs, on="need_id").join(alone, on="child_id")


def _found(finished: pl.DataFrame, factor: str) -> pl.DataFrame:
    share = _SHARES["any"][factor]
    by_need = {need: shares.get(factor, share) for need, shares in _SHARES.items()}
    chance = finished["primary_need"].replace_strict(
        by_need, default=share, return_dtype=pl.Float64
    )
    started = finished["started_on"].to_physical().to_numpy()
    drawn = share_of(finished["child_id"], f"factor {factor}", started)
    kept = finished.filter(pl.Series(drawn) * 100 < chance)
    return kept.with_columns(factor=pl.lit(factor))
