"""Young people who left care, as at their birthday in a year: SSDA903's OC3.

Source: Department for Education, SSDA903 guide: those who turn 17 to 21 and are no longer looked
after, but had been for thirteen weeks in all since they were 14, some of it after they turned 16.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from lineofsight.synthetic.ages import birthday
from lineofsight.synthetic.draws_by_child import code_of, share_of
from lineofsight.synthetic.leaving_care import (
    ACCOMMODATION,
    ACTIVITY,
    IN_TOUCH,
    SUITABLE,
    UNSUITABLE,
)
from lineofsight.synthetic.lives import Lives
from lineofsight.synthetic.window import Window

AGES = range(17, 22)
NOT_KNOWN = "0"  # what the return asks for when the authority is not in touch
_WEEKS_IN_CARE = 13


def birthdays_after_care(lives: Lives, window: Window) -> pl.DataFrame:
    """Give one row a young person and birthday in the window.

    `lives` are as known on its last day. Columns: child_id, birthday_on, in_touch, activity and
    accommodation (a letter with 1 for suitable or 2, or NOT_KNOWN). Born on 29 February, they
    turn on 1 March.
    """
    care = _care_after_14(lives)
    turned = pl.concat([_turned(care, age) for age in AGES])
    has_left = turned.group_by("child_id", "birthday_on").agg(
        _was_entitled(), is_in_care=_is_in_care().any()
    )
    rows = has_left.filter(
        pl.col("birthday_on").is_between(window.first, window.last)
        & pl.col("is_entitled")
        & ~pl.col("is_in_care")
    ).sort("birthday_on", "child_id")
    return rows.select("child_id", "birthday_on").with_columns(_circumstances(rows))


def _care_after_14(lives: Lives) -> pl.DataFrame:
    born = lives.children.select("child_id", "born_on")
    full = lives.care_periods.filter(~pl.col("is_short_breaks"))
    rows = full.select("child_id", "started_on", "ceased_on").join(born, on="child_id")
    return rows.filter(pl.col("ceased_on").fill_null(lives.as_at) > birthday(14))


def _turned(care: pl.DataFrame, age: int) -> pl.DataFrame:
    return care.with_columns(
        birthday(age).alias("birthday_on"), on_14=birthday(14), on_16=birthday(16)
    )


def _was_entitled() -> pl.Expr:
    """Count the days in care from the 14th birthday to this one, and look for some after 16."""
    until = pl.min_horizontal(pl.col("ceased_on").fill_null(pl.date(9999, 1, 1)), "birthday_on")
    since = pl.max_horizontal("started_on", "on_14")
    days = (until - since).dt.total_days().clip(0).sum()
    is_after_16 = (until > pl.max_horizontal("started_on", "on_16")).any()
    return ((days >= 7 * _WEEKS_IN_CARE) & is_after_16).alias("is_entitled")


def _is_in_care() -> pl.Expr:
    began = pl.col("started_on") <= pl.col("birthday_on")
    return began & (pl.col("ceased_on").is_null() | (pl.col("ceased_on") > pl.col("birthday_on")))


def _circumstances(rows: pl.DataFrame) -> list[pl.Series]:
    child, year = rows["child_id"], rows["birthday_on"].dt.year().to_numpy()
    touch = code_of(share_of(child, "in touch", year), IN_TOUCH)
    home = code_of(share_of(child, "home", year), ACCOMMODATION)
    suits = ~np.isin(home, UNSUITABLE) & (share_of(child, "suits", year) < SUITABLE)
    home = np.char.add(home, np.where(suits, "1", "2"))
    activity = code_of(share_of(child, "activity", year), ACTIVITY)
    is_known = touch == "YES"
    return [
        pl.Series("in_touch", touch.tolist(), pl.String),
        pl.Series("activity", np.where(is_known, activity, NOT_KNOWN).tolist(), pl.String),
        pl.Series("accommodation", np.where(is_known, home, NOT_KNOWN).tolist(), pl.String),
    ]
