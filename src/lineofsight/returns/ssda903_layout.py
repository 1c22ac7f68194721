"""The tables of the SSDA903 return of looked-after children, and where in the journey they go.

Source: Department for Education, SSDA903 collection, 2016/17 to 2026/27. Columns without fields
are read past and not kept: the pupil number, the mother and her children, and who adopted.
"""

from __future__ import annotations

from typing import Any

from lineofsight.journey.fields import Events
from lineofsight.journey.tables import (
    adopted_children,
    adoption_decisions,
    care_episodes,
    care_leavers_at_birthday,
    children,
    deprivations_of_liberty,
    health,
    immigration_status,
    involvements,
    looked_after_reviews,
    missing_episodes,
    previous_permanence,
)
from lineofsight.returns.layout import Column, Sheet, column, header_key
from lineofsight.returns.return_kind import ReturnKind

HOME_POSTCODE = column("HOME_POST", care_episodes.home_district, also=("Home postcode",))
PLACEMENT_POSTCODE = column("PL_POST", care_episodes.placement_district, also=("PLPOST",))
BORN = column("DOB", children.born_on, also=("Date of birth",))
_SEX = column("SEX", children.sex, also=("Gender",))


def _child(*tables: type[Events]) -> Column:
    fields = (children.child_id, *(table.table.columns.child_id for table in tables))
    return column("CHILD", *fields, also=("CHILDID", "Child ID"), needed=True)


def _sheet(title: str, about: str, table: type[Events], *columns: Any, needed: bool = False) -> Any:
    own = () if table is children else (table,)
    return Sheet(title, about, (table,), (_child(*own), *columns), is_needed=needed)


HEADER: Sheet = _sheet(
    "header",
    "the children",
    children,
    _SEX,
    BORN,
    column("ETHNIC", children.ethnicity, also=("Ethnicity",)),
    column("UPN"),
    column("MOTHER"),
    column("MC_DOB"),
)
EPISODES: Sheet = _sheet(
    "episodes",
    "the episodes of care",
    care_episodes,
    column("DECOM", care_episodes.started_on, needed=True),
    column("RNE", care_episodes.reason_started),
    column("LS", care_episodes.legal_status),
    column("CIN", care_episodes.primary_need),
    column("PLACE", care_episodes.placement_type, also=("PL",)),
    column("PLACE_PROVIDER", care_episodes.placement_provider),
    column("DEC", care_episodes.ended_on, needed=True),
    column("REC", care_episodes.reason_ended, needed=True),
    column("REASON_PLACE_CHANGE", care_episodes.placement_change_reason),
    HOME_POSTCODE,
    PLACEMENT_POSTCODE,
    column("URN", care_episodes.placement_urn),
    needed=True,
)
REVIEWS: Sheet = _sheet(
    "reviews",
    "the statutory reviews",
    looked_after_reviews,
    BORN,
    column("REVIEW", looked_after_reviews.held_on, needed=True),
    column("REVIEW_CODE", looked_after_reviews.participation),
)
UASC: Sheet = _sheet(
    "uasc",
    "the unaccompanied asylum-seeking children",
    immigration_status,
    _SEX,
    BORN,
    column("DUC", immigration_status.ended_on, needed=True),
)
OC2: Sheet = _sheet(
    "oc2",
    "the health of children looked after for a year",
    health,
    BORN,
    column("SDQ_SCORE", health.sdq_score),
    column("SDQ_REASON", health.sdq_reason),
    column("CONVICTED", health.is_convicted),
    column("HEALTH_CHECK", health.is_health_checked),
    column("IMMUNISATIONS", health.is_immunised),
    column("TEETH_CHECK", health.is_dentally_checked),
    column("HEALTH_ASSESSMENT", health.is_health_assessed),
    column("SUBSTANCE_MISUSE", health.has_substance_misuse),
    column("INTERVENTION_RECEIVED", health.has_received_intervention),
    column("INTERVENTION_OFFERED", health.is_offered_intervention),
)
OC3: Sheet = _sheet(
    "oc3",
    "the care leavers at their birthday",
    care_leavers_at_birthday,
    column("DOB", children.born_on, also=BORN.also, needed=True),
    column("IN_TOUCH", care_leavers_at_birthday.in_touch),
    column("ACTIV", care_leavers_at_birthday.activity),
    column("ACCOM", care_leavers_at_birthday.accommodation),
)
AD1: Sheet = _sheet(
    "ad1",
    "the children adopted",
    adopted_children,
    BORN,
    column("DATE_INT", adopted_children.decided_on, needed=True),
    column("DATE_MATCH", adopted_children.matched_on),
    column("FOSTER_CARE", adopted_children.is_adopted_by_carer),
    column("NB_ADOPTR", adopted_children.adopters),
    column("SEX_ADOPTR"),
    column("LS_ADOPTR"),
)
PLACED: Sheet = _sheet(
    "placed_for_adoption",
    "the decisions to place for adoption",
    adoption_decisions,
    BORN,
    column("DATE_PLACED", adoption_decisions.decided_on, needed=True),
    column("DATE_PLACED_CEASED", adoption_decisions.reversed_on),
    column("REASON_PLACED_CEASED", adoption_decisions.reversal_reason),
)
PERMANENCE: Sheet = _sheet(
    "previous_permanence",
    "the permanence before care",
    previous_permanence,
    BORN,
    column("PREV_PERM", previous_permanence.option, needed=True),
    column("LA_PERM", previous_permanence.arranged_by),
    column("DATE_PERM", previous_permanence.ordered_on),
)
MISSING: Sheet = _sheet(
    "missing",
    "the times children were missing",
    missing_episodes,
    BORN,
    column("MISSING", missing_episodes.kind),
    column("MIS_START", missing_episodes.started_on, needed=True),
    column("MIS_END", missing_episodes.ended_on),
)
WORKERS: Sheet = _sheet(
    "sw_episodes",
    "the social workers",
    involvements,
    BORN,
    column("SW_ID", involvements.worker),
    column("SW_DECOM", involvements.started_on, needed=True),
    column("SW_DEC", involvements.ended_on),
    column("SW_REASON", involvements.change_reason),
)
LIBERTY: Sheet = _sheet(
    "DoLo",
    "the deprivations of liberty",
    deprivations_of_liberty,
    BORN,
    column("DOLO_START", deprivations_of_liberty.started_on, needed=True),
    column("DOLO_END", deprivations_of_liberty.ended_on),
)
TABLES_903: tuple[Sheet, ...] = (
    HEADER, EPISODES, REVIEWS, UASC, OC2, OC3, AD1, PLACED, PERMANENCE, MISSING, WORKERS, LIBERTY,
)  # fmt: skip
SSDA903 = ReturnKind("SSDA903", "ssda903", TABLES_903, describes_children=True)

# Columns that several tables have say nothing about which table a file is.
_SHARED = frozenset(header_key(text) for text in ("CHILD", "CHILDID", "Child ID", "DOB", "SEX",
                                                  "Date of birth", "Gender"))  # fmt: skip


def own_headers(sheet: Sheet) -> dict[str, Column]:
    """Give the folded spellings of the columns that only this table has."""
    return {key: c for c in sheet.columns for key in c.keys - _SHARED}


def known_headers() -> frozenset[str]:
    """Give the folded spellings of every column of every table."""
    return frozenset(key for sheet in TABLES_903 for c in sheet.columns for key in c.keys)
