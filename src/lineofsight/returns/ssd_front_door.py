"""From referral to child protection plan: what the rows of the dataset say of one another.

A referral's date, an enquiry's strategy discussion, a plan's reviews and visits stand in other
tables, joined by identifier. A row whose identifier is unknown there is taken all the same and
reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import polars as pl

from lineofsight.journey.fields import Events
from lineofsight.journey.tables import (
    assessment_factors,
    assessments,
    child_protection_plans,
    child_protection_reviews,
    cin_plans,
    initial_conferences,
    need_episodes,
    referrals,
    section_47_enquiries,
    visits,
)
from lineofsight.reference.codes import code_sets
from lineofsight.returns.issue import Kind, ReadingIssue
from lineofsight.returns.reading import ROW
from lineofsight.returns.ssd_cells import chosen_in_json, flag_in_json, from_each, rows_issue
from lineofsight.returns.ssd_layout import (
    ASSESSMENTS,
    CIN_PLANS,
    CIN_VISITS,
    CONFERENCES,
    ENQUIRIES,
    EPISODES_OF_NEED,
    FACTORS,
    FAMILY,
    PLAN_REVIEWS,
    PLAN_VISITS,
    PLANS,
)
from lineofsight.returns.ssd_people import source_from
from lineofsight.returns.ssd_rows import Taken

_NFA = "OUTCOME_NFA_FLAG"
_UNKNOWN_REFERRAL = (
    "A row whose referral is not in ssd_cin_episodes is taken; the date of its referral is blank."
)
_UNKNOWN_ENQUIRY = (
    "A conference whose enquiry is not in ssd_s47_enquiry is taken; it has no strategy discussion."
)
_UNKNOWN_PLAN = (
    "A row whose plan is not in ssd_cp_plans belongs to the plan that the child was on that day, "
    "if there was one."
)
_UNKNOWN_ASSESSMENT = (
    "Factors of an assessment that is not in ssd_cin_assessments are not taken: nobody knows whose "
    "they are."
)
_REFERRED = {
    ASSESSMENTS.name: ("cina_referral_id", assessments),
    CIN_PLANS.name: ("cinp_referral_id", cin_plans),
    ENQUIRIES.name: ("s47e_referral_id", section_47_enquiries),
    CONFERENCES.name: ("icpc_referral_id", initial_conferences),
    PLANS.name: ("cppl_referral_id", child_protection_plans),
}  # fmt: skip
VISIT_KINDS = {PLAN_VISITS.name: "P", CIN_VISITS.name: "N"}
Tables = dict[str, Taken]


def prepare_need(texts: pl.DataFrame) -> pl.DataFrame:
    """Fill a source from its description, and no further action from the outcomes, if need be."""
    texts = source_from(texts, "cine_referral_source_code", "cine_referral_source_desc")
    return with_flag(texts, "cine_referral_nfa", "cine_referral_outcome_json", _NFA)


def prepare_contacts(texts: pl.DataFrame) -> pl.DataFrame:
    """Say a contact's source by its description, if need be."""
    return source_from(texts, "cont_contact_source_code", "cont_contact_source_desc")


def prepare_assessments(texts: pl.DataFrame) -> pl.DataFrame:
    """Turn 'no further action' into its opposite, that support is needed."""
    name = "cina_assessment_outcome_nfa"
    texts = with_flag(texts, name, "cina_assessment_outcome_json", _NFA)
    if name not in texts.columns:
        return texts
    turned = {"Y": "N", "y": "N", "1": "0", "N": "Y", "n": "Y", "0": "1"}
    return texts.with_columns(pl.col(name).replace(turned))


def prepare_enquiries(texts: pl.DataFrame) -> pl.DataFrame:
    """Say no further action by the outcomes, if need be."""
    return with_flag(texts, "s47e_s47_nfa", "s47e_s47_outcome_json", _NFA)


def prepare_conferences(texts: pl.DataFrame) -> pl.DataFrame:
    """Say whether a plan was made by the outcomes, if need be."""
    name, outcomes = "icpc_icpc_outcome_cp_flag", "icpc_icpc_outcome_json"
    return with_flag(texts, name, outcomes, "OUTCOME_CP_FLAG")


def with_flag(texts: pl.DataFrame, flag: str, outcomes: str, key: str) -> pl.DataFrame:
    """Fill a flag that is blank, or has no column, from the JSON beside it."""
    if outcomes not in texts.columns:
        return texts
    said = flag_in_json(texts[outcomes], key)
    if flag not in texts.columns:
        return texts.with_columns(said.alias(flag)) if said.is_not_null().any() else texts
    return texts.with_columns(pl.coalesce(flag, said).alias(flag))


def linked_front_door(taken: Tables, as_at: date) -> None:
    """Put into the rows, in place, what other tables say of them."""
    if EPISODES_OF_NEED.name in taken:
        taken[EPISODES_OF_NEED.name] = _with_needs_met(taken[EPISODES_OF_NEED.name])
        for name, (column, table) in _REFERRED.items():
            if name in taken:
                taken[name] = _referred(taken[name], table, column, taken[EPISODES_OF_NEED.name])
    if ASSESSMENTS.name in taken:
        taken[ASSESSMENTS.name] = _without_unfinished_outcomes(taken[ASSESSMENTS.name])
    _link_conferences(taken)
    _link_plans(taken, as_at)
    for name, kind in VISIT_KINDS.items():
        if name in taken:
            taken[name] = of_kind(taken[name], kind)


def of_kind(taken: Taken, kind: str) -> Taken:
    """Mark visits with why the child was visited."""
    rows = taken.frame(visits).with_columns(pl.lit(kind).alias("kind"))
    return taken.with_frame(visits, rows)


def _with_needs_met(taken: Taken) -> Taken:
    """Leave out referrals with no further action: they begin no episode of need."""
    refused = taken.frame(referrals).filter("is_no_further_action").select(ROW)
    kept = taken.frame(need_episodes).join(refused, on=ROW, how="anti", maintain_order="left")
    return taken.with_frame(need_episodes, kept)


def _referred(taken: Taken, table: type[Events], column: str, needs: Taken) -> Taken:
    dates = needs.beside(referrals, key="cine_referral_id").select("key", said="referred_on")
    rows = taken.beside(table, key=column).drop("referred_on")
    known = dates.drop_nulls("key").unique("key", keep="first")
    linked = rows.join(known, on="key", how="left", maintain_order="left")
    is_lost = pl.col("key").is_not_null() & pl.col("said").is_null()
    lost = linked.filter(is_lost)[ROW]
    issues = rows_issue(taken.table.name, column, Kind.REPAIRED, lost, _UNKNOWN_REFERRAL)
    return taken.with_frame(table, linked.rename({"said": "referred_on"}), *issues)


def _without_unfinished_outcomes(taken: Taken) -> Taken:
    """An assessment that nobody has authorised has found nothing yet, whatever its flag says."""
    is_done = pl.col("authorised_on").is_not_null()
    rows = taken.frame(assessments).with_columns(pl.col("is_support_needed") & is_done)
    return taken.with_frame(assessments, rows)


def factors_of(
    taken: Mapping[str, Taken],
) -> tuple[pl.DataFrame, Taken, list[ReadingIssue]] | None:
    """Give the factors of assessments, one row each; the second is the table with its losses."""
    if FACTORS.name not in taken:
        return None
    table, owner = taken[FACTORS.name], _assessed(taken.get(ASSESSMENTS.name))
    texts = table.text(key="cinf_assessment_id", json="cinf_assessment_factors_json")
    chosen = from_each(texts["json"], chosen_in_json, pl.List(pl.String))
    texts = texts.with_columns(chosen.alias("json"))
    broken = texts.filter(pl.col("json").is_null())[ROW]
    owned = texts.drop_nulls("json").join(owner, on="key", how="left", maintain_order="left")
    lost = owned.filter(pl.col("child_id").is_null())[ROW]
    issues = [
        *rows_issue(FACTORS.name, "cinf_assessment_factors_json", Kind.NOT_TAKEN, broken),
        *rows_issue(FACTORS.name, "", Kind.SET_ASIDE, lost, _UNKNOWN_ASSESSMENT),
    ]
    kept = owned.drop_nulls("child_id")
    frame, unknown = _factor_rows(kept, table)
    left = Taken(table.table, table.file, kept, table.rows_in, kept.height, issues=table.issues)
    return frame, left, [*issues, *unknown]


def _assessed(taken: Taken | None) -> pl.DataFrame:
    """Give whose each assessment is and when it started, by its identifier."""
    days = {"key": pl.String, "child_id": pl.String, "assessment_started_on": pl.Date}
    if taken is None:
        return pl.DataFrame(schema=days)
    owner = taken.beside(assessments, key="cina_assessment_id")
    owner = owner.select("key", "child_id", assessment_started_on="started_on")
    return owner.drop_nulls("key").unique("key", keep="first")


def _factor_rows(owned: pl.DataFrame, table: Taken) -> tuple[pl.DataFrame, list[ReadingIssue]]:
    each = owned.explode("json").drop_nulls("json")
    known = code_sets()["assessment_factor"]
    each = each.with_columns(from_each(each["json"], known.code_for, pl.String).alias("factor"))
    strange = each.filter(pl.col("factor").is_null())
    field = (f"{assessment_factors.__name__}.factor",)
    issues = [
        ReadingIssue(FACTORS.name, "cinf_assessment_factors_json", Kind.UNKNOWN, strange.height,
                     tuple(strange[ROW].unique().sort().head(1000)), None, field)
    ] if strange.height else []  # fmt: skip
    rows = each.drop_nulls("factor").unique([ROW, "factor"], keep="first", maintain_order=True)
    origin = (pl.lit(table.file).alias("file"), pl.lit(table.table.name).alias("sheet"), ROW)
    return rows.select("child_id", "assessment_started_on", "factor", *origin), issues


def _link_conferences(taken: Tables) -> None:
    conferences, enquiries = taken.get(CONFERENCES.name), taken.get(ENQUIRIES.name)
    if conferences and enquiries:
        taken[CONFERENCES.name] = _with_strategy(conferences, enquiries)
        taken[ENQUIRIES.name] = _with_conference(enquiries, conferences)
    if CONFERENCES.name in taken:
        families = taken.get(FAMILY.name)
        taken[CONFERENCES.name] = _with_family(taken[CONFERENCES.name], families)


def _with_strategy(conferences: Taken, enquiries: Taken) -> Taken:
    said = enquiries.beside(section_47_enquiries, key="s47e_s47_enquiry_id")
    said = said.select("key", said="strategy_discussion_on").drop_nulls("key")
    rows = conferences.beside(initial_conferences, key="icpc_s47_enquiry_id")
    rows = rows.drop("strategy_discussion_on").join(
        said.unique("key", keep="first"), on="key", how="left", maintain_order="left"
    )
    is_lost = pl.col("key").is_not_null() & pl.col("said").is_null()
    lost = rows.filter(is_lost)[ROW]
    column = "icpc_s47_enquiry_id"
    issues = rows_issue(CONFERENCES.name, column, Kind.REPAIRED, lost, _UNKNOWN_ENQUIRY)
    renamed = rows.rename({"said": "strategy_discussion_on"})
    return conferences.with_frame(initial_conferences, renamed, *issues)


def _with_conference(enquiries: Taken, conferences: Taken) -> Taken:
    """Give each enquiry the first conference that names it."""
    held = conferences.beside(initial_conferences, key="icpc_s47_enquiry_id")
    first = held.drop_nulls("key").group_by("key").agg(pl.col("held_on").min())
    rows = enquiries.beside(section_47_enquiries, key="s47e_s47_enquiry_id")
    rows = rows.join(first, on="key", how="left", maintain_order="left")
    return enquiries.with_frame(
        section_47_enquiries, rows.with_columns(pl.col("held_on").alias("conference_on"))
    )


def _with_family(conferences: Taken, families: Taken | None) -> Taken:
    """Tell a sibling group by the family, or else by the meeting it was held in."""
    rows = conferences.beside(initial_conferences, meeting="icpc_icpc_meeting_id")
    if families is not None:
        of_child = families.texts.select(child_id="fami_person_id", family="fami_family_id").unique(
            "child_id", keep="first", maintain_order=True
        )
        rows = rows.join(of_child, on="child_id", how="left", maintain_order="left")
    else:
        rows = rows.with_columns(pl.lit(None, pl.String).alias("family"))
    return conferences.with_frame(
        initial_conferences, rows.with_columns(pl.coalesce("family", "meeting").alias("family_id"))
    )


def _link_plans(taken: Tables, as_at: date) -> None:
    if PLANS.name not in taken:
        return
    plans = taken[PLANS.name]
    rows = _with_previous(plans.beside(child_protection_plans, plan="cppl_cp_plan_id"))
    if PLAN_REVIEWS.name in taken:
        reviews = taken[PLAN_REVIEWS.name]
        held, issues = _on_plans(
            reviews, child_protection_reviews, "cppr_cp_plan_id", "held_on", rows
        )
        began = held.with_columns(pl.col("began_on").alias("plan_started_on"))
        taken[PLAN_REVIEWS.name] = reviews.with_frame(child_protection_reviews, began, *issues)
        rows = _with_latest_review(rows, held, as_at)
    if PLAN_VISITS.name in taken:
        calls = taken[PLAN_VISITS.name]
        made, issues = _on_plans(calls, visits, "cppv_cp_plan_id", "visited_on", rows)
        taken[PLAN_VISITS.name] = calls.with_frame(visits, made, *issues)
        rows = _with_latest_visit(rows, made, as_at)
    taken[PLANS.name] = plans.with_frame(child_protection_plans, rows)


def _with_previous(plans: pl.DataFrame) -> pl.DataFrame:
    """Count the child's plans of this authority that started on an earlier day."""
    own = plans.filter(~pl.col("is_other_authority")).select("child_id", earlier="started_on")
    before = plans.select(ROW, "child_id", "started_on").join(own, on="child_id")
    counts = (
        before.filter(pl.col("earlier") < pl.col("started_on"))
        .group_by(ROW)
        .agg(pl.len().cast(pl.Int64).alias("count"))
    )
    rows = plans.join(counts, on=ROW, how="left", maintain_order="left")
    return rows.with_columns(pl.col("count").fill_null(0).alias("previous_plans")).drop("count")


def _on_plans(
    taken: Taken, table: type[Events], column: str, day: str, plans: pl.DataFrame
) -> tuple[pl.DataFrame, Iterator[ReadingIssue]]:
    """Put 'began_on' and the plan's 'plan_row' beside rows: by identifier, or by child and day."""
    rows = taken.beside(table, key=column)
    spans = plans.select("plan", "child_id", "started_on", "ended_on", plan_row=ROW)
    by_key = rows.select(ROW, "key").join(
        spans.drop_nulls("plan").unique("plan", keep="first"), left_on="key", right_on="plan"
    )
    others = rows.join(by_key, on=ROW, how="anti").select(ROW, "child_id", day)
    ends = pl.col("ended_on").fill_null(date.max)
    by_day = (
        others.join(spans, on="child_id")
        .filter(pl.col(day).is_between("started_on", ends))
        .sort("started_on")
        .unique(ROW, keep="last")
    )
    found = pl.concat(
        [frame.select(ROW, "plan_row", began_on="started_on") for frame in (by_key, by_day)]
    )
    lost = rows.filter(pl.col("key").is_not_null()).join(by_key, on=ROW, how="anti")[ROW]
    issues = rows_issue(taken.table.name, column, Kind.REPAIRED, lost, _UNKNOWN_PLAN)
    return rows.join(found, on=ROW, how="left", maintain_order="left"), issues


def _with_latest_review(plans: pl.DataFrame, held: pl.DataFrame, as_at: date) -> pl.DataFrame:
    latest = (
        held.filter(pl.col("held_on") <= as_at)
        .drop_nulls("plan_row")
        .group_by("plan_row")
        .agg(pl.col("held_on").max().alias("latest"))
    )
    rows = plans.join(latest, left_on=ROW, right_on="plan_row", how="left", maintain_order="left")
    return rows.with_columns(pl.col("latest").alias("latest_review_on")).drop("latest")


def _with_latest_visit(plans: pl.DataFrame, made: pl.DataFrame, as_at: date) -> pl.DataFrame:
    """Give each plan its latest visit and whether the child was seen alone on that day."""
    past = made.filter(pl.col("visited_on") <= as_at).drop_nulls("plan_row")
    latest = past.group_by("plan_row").agg(
        pl.col("visited_on").max().alias("latest"),
        pl.col("is_seen_alone")
        .filter(pl.col("visited_on") == pl.col("visited_on").max())
        .any()
        .alias("alone"),
    )
    rows = plans.join(latest, left_on=ROW, right_on="plan_row", how="left", maintain_order="left")
    return rows.with_columns(
        pl.col("latest").alias("latest_visit_on"),
        pl.col("alone").fill_null(False).alias("is_seen_alone"),
    ).drop("latest", "alone")
