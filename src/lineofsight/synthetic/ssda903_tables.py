"""The tables of an SSDA903 return of the synthetic authority, as text, in the guide's order.

A year's return holds every episode that was open at some time from 1 April to 31 March, with the
true day on which it began; what ended later is open in it. Reviews, health and social workers of
children in short breaks (V4) are not asked for (rule 399). Lives record nothing late, so what was
known on 31 March is what a council would know when it sends the return in.

Source: Department for Education, SSDA903 guide; columns as in `returns.ssda903_layout`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import polars as pl

from lineofsight.synthetic import ssda903_codes as codes
from lineofsight.synthetic.ages import age_on
from lineofsight.synthetic.as_journey_care import alone_from_abroad, involvements_in_care
from lineofsight.synthetic.as_known import as_known
from lineofsight.synthetic.birthdays_after_care import birthdays_after_care
from lineofsight.synthetic.care_episodes import cut_into_episodes
from lineofsight.synthetic.health_and_conduct import health_and_conduct
from lineofsight.synthetic.lives import Lives
from lineofsight.synthetic.permanence_told import (
    adopted_told,
    decisions_told,
    permanence_before,
)
from lineofsight.synthetic.window import Window

_SCHOOL_AGE = 4
_TOO_YOUNG = "UN1"  # no unique pupil number yet
_DAY = "%d/%m/%Y"
_NOT_YET: pl.Expr = pl.lit(None, pl.String)


@dataclass(frozen=True)
class _Year:
    """One collection year: all the lives, what was known of them at its end, and its shape."""

    lives: Lives
    known: Lives
    window: Window
    schema_year: int

    @property
    def end(self) -> date:
        return self.window.last


def ssda903_tables(lives: Lives, year: int, schema_year: int) -> dict[str, pl.DataFrame]:
    """Give the tables of the year that ends on 31 March of `year`, by the name of their file.

    Every column is text, with days as DD/MM/YYYY; rows are in the order of the child's number and
    the day. `schema_year` says which year's columns and codes it is written in.
    """
    window = Window(date(year - 1, 4, 1), date(year, 3, 31))
    told = _Year(lives, as_known(lives, window.last), window, schema_year)
    makers = dict(_MAKERS)
    if schema_year >= codes.SOCIAL_WORKERS_FROM:
        makers["social_worker"] = _social_worker
    if schema_year >= codes.LIBERTY_FROM:
        makers["DoLo"] = _liberty
    rows = {name: make(told) for name, make in makers.items()}
    found = [_written(frame, told) for frame in rows.values()]
    return {"header": _header(told, found), **dict(zip(rows, found, strict=True))}


def _written(rows: pl.DataFrame, year: _Year) -> pl.DataFrame:
    """Write every cell as text; 'DOB' and 'SEX' are those of the child, where they are asked for.

    The first column is the child's number, and with the next that holds days it gives the order.
    """
    about = year.known.children.select(
        CHILD="child_id", born=pl.col("born_on"), sex=codes.sex_in(year.schema_year)
    )
    order = ["CHILD", *(n for n, kind in rows.schema.items() if kind == pl.Date and n != "DOB")]
    whole = rows.join(about, on="CHILD", how="left").sort(order[:2], maintain_order=True)
    whole = whole.with_columns(
        pl.col(name).alias(column)
        for column, name in (("DOB", "born"), ("SEX", "sex"))
        if column in rows.columns
    )
    return whole.select(_as_text(name, whole.schema[name]) for name in rows.columns)


def _as_text(name: str, kind: pl.DataType) -> pl.Expr:
    if kind == pl.Date:
        return pl.col(name).dt.strftime(_DAY)
    if kind == pl.Boolean:
        return pl.col(name).cast(pl.Int8).cast(pl.String)
    return pl.col(name).cast(pl.String)


def _header(year: _Year, tables: list[pl.DataFrame]) -> pl.DataFrame:
    """Describe every child whom any table names."""
    named = pl.concat([table.select("CHILD") for table in tables]).unique()
    in_full_care = year.known.care_periods.filter(~pl.col("is_short_breaks"))
    has_mother_field = (pl.col("sex") == "2") & pl.col("child_id").is_in(
        in_full_care["child_id"].implode()
    )
    children = year.known.children.filter(
        pl.col("child_id").cast(pl.String).is_in(named["CHILD"].implode())
    ).select(
        CHILD="child_id",
        SEX="sex",
        DOB="born_on",
        ETHNIC="ethnicity",
        UPN=pl.when(age_on(year.end) < _SCHOOL_AGE).then(pl.lit(_TOO_YOUNG)).otherwise("upn"),
        # Nobody in the lives is a mother.
        MOTHER=pl.when(has_mother_field).then(pl.lit("0")),
        MC_DOB=_NOT_YET,
    )
    return _written(children, year)


def _episodes(year: _Year) -> pl.DataFrame:
    rows = cut_into_episodes(year.known).filter(year.window.spans("started_on", "ended_on"))
    return rows.select(
        CHILD="child_id",
        DECOM="started_on",
        RNE="reason_started",
        LS="legal_status",
        CIN="primary_need",
        PLACE=codes.placement_type_in(year.schema_year),
        PLACE_PROVIDER="placement_provider",
        DEC="ended_on",
        REC=codes.reason_ended_in(year.schema_year),
        REASON_PLACE_CHANGE="placement_change_reason",
        HOME_POST="home_postcode",
        PL_POST="placement_postcode",
        URN="placement_urn",
    )


def _reviews(year: _Year) -> pl.DataFrame:
    full = year.known.care_periods.filter(~pl.col("is_short_breaks"))["period_id"]
    rows = year.known.care_reviews.filter(
        year.window.holds("held_on") & pl.col("period_id").is_in(full.implode())
    )
    return rows.select(
        CHILD="child_id", DOB=_NOT_YET, REVIEW="held_on", REVIEW_CODE="participation"
    )


def _uasc(year: _Year) -> pl.DataFrame:
    rows = alone_from_abroad(year.known, year.end)
    return rows.select(CHILD="child_id", DOB=_NOT_YET, SEX=_NOT_YET, DUC="ended_on")


def _oc2(year: _Year) -> pl.DataFrame:
    return health_and_conduct(year.known, year.end).select(
        CHILD="child_id",
        DOB=_NOT_YET,
        SDQ_SCORE="sdq_score",
        SDQ_REASON="sdq_reason",
        CONVICTED="is_convicted",
        HEALTH_CHECK="is_health_checked",
        IMMUNISATIONS="is_immunised",
        TEETH_CHECK="is_dentally_checked",
        HEALTH_ASSESSMENT="is_health_assessed",
        SUBSTANCE_MISUSE="has_substance_misuse",
        INTERVENTION_RECEIVED="has_received_intervention",
        INTERVENTION_OFFERED="is_offered_intervention",
    )


def _oc3(year: _Year) -> pl.DataFrame:
    rows = birthdays_after_care(year.known, year.window)
    rows = rows.with_columns(codes.activity_in(year.schema_year, rows).alias("activity"))
    return rows.select(
        CHILD="child_id", DOB=_NOT_YET, IN_TOUCH="in_touch", ACTIV="activity", ACCOM="accommodation"
    )


def _ad1(year: _Year) -> pl.DataFrame:
    return adopted_told(year.lives, year.known, year.window).select(
        CHILD="child_id",
        DOB=_NOT_YET,
        DATE_INT="decided_on",
        DATE_MATCH="matched_on",
        FOSTER_CARE="is_adopted_by_carer",
        NB_ADOPTR="adopters",
        SEX_ADOPTR="sex_of_adopters",
        LS_ADOPTR="bond_of_adopters",
    )


def _placed_for_adoption(year: _Year) -> pl.DataFrame:
    return decisions_told(year.known, year.window).select(
        CHILD="child_id",
        DOB=_NOT_YET,
        DATE_PLACED="decided_on",
        DATE_PLACED_CEASED="reversed_on",
        REASON_PLACED_CEASED="reversal_reason",
    )


def _prev_perm(year: _Year) -> pl.DataFrame:
    return permanence_before(year.known, year.end).select(
        CHILD="child_id",
        DOB=_NOT_YET,
        PREV_PERM="option",
        LA_PERM="arranged_by",
        DATE_PERM="ordered_on",
    )


def _missing(year: _Year) -> pl.DataFrame:
    rows = year.known.missing_episodes.filter(year.window.spans("started_on", "ended_on"))
    return rows.select(
        CHILD="child_id",
        DOB=_NOT_YET,
        MISSING="missing",
        MIS_START="started_on",
        MIS_END="ended_on",
    )


def _social_worker(year: _Year) -> pl.DataFrame:
    return involvements_in_care(year.known, year.window).select(
        CHILD="child_id",
        DOB=_NOT_YET,
        SW_ID="worker",
        SW_DECOM="started_on",
        SW_DEC="ended_on",
        SW_REASON="change_reason",
    )


def _liberty(year: _Year) -> pl.DataFrame:
    """Nobody in the lives is deprived of liberty: the file has its header and no rows."""
    days = {"DOLO_START": pl.Date, "DOLO_END": pl.Date}
    return pl.DataFrame(schema={"CHILD": pl.Int64, "DOB": pl.String, **days})


_MAKERS: dict[str, Callable[[_Year], pl.DataFrame]] = {
    "episodes": _episodes,
    "reviews": _reviews,
    "uasc": _uasc,
    "oc2": _oc2,
    "oc3": _oc3,
    "ad1": _ad1,
    "placed_for_adoption": _placed_for_adoption,
    "prev_perm": _prev_perm,
    "missing": _missing,
}
