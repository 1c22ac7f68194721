"""How the codes of SSDA903 changed from year to year, for a return written in a year's shape.

A schema year is named by its end, as a collection year is. Lives speak the codes of their own last
years (2018/19 to 2020/21); what another year asks for is put in their place here.

Source: Department for Education, SSDA903 code lists 2016/17 to 2026/27, as recorded by the open
pipeline of LIIA (`SSDA903_schema_2017.yml` and its differences) and the validator of Data to
Insight (rule 146 of each year).
"""

from __future__ import annotations

import numpy as np
import polars as pl

from lineofsight.synthetic.draws_by_child import share_of

FIRST_SCHEMA, LAST_SCHEMA = 2017, 2027
# The first schema year with the social worker file, and with deprivations of liberty.
SOCIAL_WORKERS_FROM, LIBERTY_FROM = 2024, 2027
_GUARDIANS_TOLD_APART_FROM = 2019
_APPRENTICES_TOLD_APART_FROM = 2022
_SEX_IN_LETTERS_FROM = 2025
_SUPPORTED_ACCOMMODATION_FROM = 2026
_GUARDIANS = {"E45": "E43", "E46": "E43", "E47": "E44", "E48": "E44"}
_SEX = {"1": "M", "2": "F"}
# Semi-independent and independent living both became supported accommodation; which of the four
# kinds of other placement a child is in, lives do not say.
_PLACES = {"H5": "K3", "P2": "K3", "Z1": "Z14"}
_APPRENTICE, _OTHER_TRAINING = {"F3": "F4", "P3": "P4"}, {"F3": "F5", "P3": "P5"}
_APPRENTICES = 0.3


def sex_in(schema_year: int) -> pl.Expr:
    """Give the column 'sex' as the year writes it."""
    is_lettered = schema_year >= _SEX_IN_LETTERS_FROM
    return pl.col("sex").replace(_SEX) if is_lettered else pl.col("sex")


def reason_ended_in(schema_year: int) -> pl.Expr:
    """Give 'reason_ended'; before 2018/19 special guardians were not told apart so finely."""
    reason = pl.col("reason_ended")
    return reason if schema_year >= _GUARDIANS_TOLD_APART_FROM else reason.replace(_GUARDIANS)


def placement_type_in(schema_year: int) -> pl.Expr:
    """Give 'placement_type' by the year's list."""
    place = pl.col("placement_type")
    return place.replace(_PLACES) if schema_year >= _SUPPORTED_ACCOMMODATION_FROM else place


def activity_in(schema_year: int, rows: pl.DataFrame) -> pl.Series:
    """Give 'activity'; from 2021/22 apprentices are told apart from others in training or work."""
    activity = rows["activity"]
    if schema_year < _APPRENTICES_TOLD_APART_FROM:
        return activity
    years = rows["birthday_on"].dt.year().to_numpy()
    is_apprentice = pl.Series(
        np.less(share_of(rows["child_id"], "apprentice", years), _APPRENTICES)
    )
    other = activity.replace(_OTHER_TRAINING)
    return pl.select(
        pl.when(is_apprentice).then(activity.replace(_APPRENTICE)).otherwise(other)
    ).to_series()
