"""The tables of care of the Standard Safeguarding Dataset, as the lives of the authority fill them.

Episodes are those of the SSDA903. The period's number serves as the dataset's CLA ID.
"""

from __future__ import annotations

import polars as pl

from lineofsight.synthetic.care_episodes import cut_into_episodes
from lineofsight.synthetic.health_and_conduct import checks_told
from lineofsight.synthetic.lives import Lives
from lineofsight.synthetic.ssd_tables import Staff, Tables, flag, identifier, table_number
from lineofsight.synthetic.window import Window

_AIMS = {
    "return to family": "RETURN6M",
    "adoption": "ADOPTION",
    # The dataset has no key for orders: the nearest is a home with relatives or friends.
    "SGO or CAO": "LTRELFR",
    "supported living": "SUPPLIV",
    "long-term residential": "RESPLMT",
    "long-term fostering": "LTFOST18",
    "other": "OTHERPLN",
}
_CHECKS = {
    "initial": "Initial Health Assessment",
    "review": "Review Health Assessment",
    "dental": "Dental Check",
}
_KINDS = {"M": "Missing", "A": "Absent"}


def _episodes(lives: Lives) -> pl.DataFrame:
    """Give the episodes of every period of care, with their placement and their referral."""
    placed = lives.placements.with_row_index("placement").sort("started_on")
    rows = cut_into_episodes(lives).sort("started_on").join_asof(
        placed.select("period_id", "started_on", "placement"),
        on="started_on", by="period_id", check_sortedness=False,
    )  # fmt: skip
    periods = lives.care_periods.join(
        lives.needs.select("need_id", "referral_id"), on="need_id", how="left"
    )
    facts = periods.select("period_id", "referral_id", entered_on="started_on")
    rows = rows.join(facts, on="period_id", how="left", maintain_order="left")
    return rows.sort("period_id", "started_on")


def care(lives: Lives, window: Window, staff: Staff) -> Tables:
    """Give the periods of care open in the window, whole, and what happened in them."""
    kept = lives.care_periods.filter(window.spans("started_on", "ceased_on"))["period_id"]
    of_kept = pl.col("period_id").is_in(kept.implode())
    rows = _episodes(lives).filter(of_kept)
    placements = lives.placements.with_row_index("placement").filter(of_kept)
    return {
        "ssd_cla_episodes": rows.select(
            table_number("E", "clae_cla_episode_id"),
            identifier("child_id", "clae_person_id"),
            pl.col("started_on").alias("clae_cla_episode_start_date"),
            pl.col("reason_started").alias("clae_cla_episode_start_reason"),
            pl.col("primary_need").alias("clae_cla_primary_need_code"),
            pl.col("ended_on").alias("clae_cla_episode_ceased_date"),
            pl.col("reason_ended").alias("clae_cla_episode_ceased_reason"),
            identifier("period_id", "clae_cla_id"),
            identifier("referral_id", "clae_referral_id"),
            pl.format("P{}", "placement").alias("clae_cla_placement_id"),
            pl.col("entered_on").alias("clae_entered_care_date"),
        ),
        "ssd_cla_placement": placements.select(
            pl.format("P{}", "placement").alias("clap_cla_placement_id"),
            pl.col("started_on").alias("clap_cla_placement_start_date"),
            pl.col("placement_type").alias("clap_cla_placement_type"),
            pl.col("urn").alias("clap_cla_placement_urn"),
            pl.col("distance_miles").alias("clap_cla_placement_distance"),
            identifier("period_id", "clap_cla_id"),
            pl.col("placement_provider").alias("clap_cla_placement_provider"),
            pl.col("postcode").alias("clap_cla_placement_postcode"),
            pl.col("ended_on").alias("clap_cla_placement_end_date"),
            pl.col("reason_changed").alias("clap_cla_placement_change_reason"),
            identifier("child_id", "clap_person_id"),
        ),
        "ssd_legal_status": lives.legal_statuses.filter(of_kept).select(
            table_number("LS", "lega_legal_status_id"),
            identifier("child_id", "lega_person_id"),
            pl.col("legal_status").alias("lega_legal_status"),
            pl.col("started_on").alias("lega_legal_status_start_date"),
            pl.col("ended_on").alias("lega_legal_status_end_date"),
        ),
        **_reviewed_and_visited(lives, of_kept),
        **_checked_and_missing(lives, of_kept),
        "ssd_permanence": _permanence(lives, of_kept),
        "ssd_care_leavers": _leavers(lives, staff),
    }


def _reviewed_and_visited(lives: Lives, of_kept: pl.Expr) -> Tables:
    return {
        "ssd_cla_reviews": lives.care_reviews.filter(of_kept).select(
            table_number("CR", "clar_cla_review_id"),
            identifier("period_id", "clar_cla_id"),
            pl.col("due_on").alias("clar_cla_review_due_date"),
            pl.col("held_on").alias("clar_cla_review_date"),
            pl.lit("N").alias("clar_cla_review_cancelled"),
            pl.col("participation").alias("clar_cla_review_participation"),
        ),
        "ssd_cla_visits": lives.care_visits.filter(of_kept).select(
            table_number("CV", "clav_cla_visit_id"),
            identifier("period_id", "clav_cla_id"),
            identifier("child_id", "clav_person_id"),
            pl.col("visited_on").alias("clav_cla_visit_date"),
            flag(pl.col("is_seen"), "clav_cla_visit_seen"),
            flag(pl.col("is_seen_alone"), "clav_cla_visit_seen_alone"),
        ),
        "ssd_cla_care_plan": _care_plans(lives, of_kept),
    }


def _care_plans(lives: Lives, of_kept: pl.Expr) -> pl.DataFrame:
    """Give care plans; the period's aim stands in the latest, those before it are not told."""
    plans = lives.care_plans.filter(of_kept).join(
        lives.care_periods.select("period_id", "permanence_plan"),
        on="period_id", how="left", maintain_order="left",
    )  # fmt: skip
    is_latest = pl.col("started_on") == pl.col("started_on").max().over("period_id")
    aim = pl.col("permanence_plan").replace_strict(_AIMS, default=None, return_dtype=pl.String)
    return plans.select(
        table_number("CP", "lacp_table_id"),
        identifier("child_id", "lacp_person_id"),
        pl.col("started_on").alias("lacp_cla_care_plan_start_date"),
        pl.col("ended_on").alias("lacp_cla_care_plan_end_date"),
        pl.when(is_latest)
        .then(pl.concat_str(pl.lit('{"'), aim, pl.lit('": "Y"}')))
        .alias("lacp_cla_care_plan_json"),
    )


def _checked_and_missing(lives: Lives, of_kept: pl.Expr) -> Tables:
    return {
        "ssd_cla_health": checks_told(lives)
        .filter(of_kept)
        .select(
            table_number("H", "clah_health_check_id"),
            identifier("child_id", "clah_person_id"),
            pl.col("kind").replace_strict(_CHECKS).alias("clah_health_check_type"),
            pl.col("held_on").alias("clah_health_check_date"),
            pl.lit("Approved").alias("clah_health_check_status"),
        ),
        "ssd_missing": lives.missing_episodes.filter(of_kept).select(
            table_number("MS", "miss_table_id"),
            identifier("child_id", "miss_person_id"),
            pl.col("started_on").alias("miss_missing_episode_start_date"),
            pl.col("missing").replace_strict(_KINDS).alias("miss_missing_episode_type"),
            pl.col("ended_on").alias("miss_missing_episode_end_date"),
            flag(pl.col("is_interview_offered"), "miss_missing_rhi_offered"),
            flag(pl.col("is_interview_accepted"), "miss_missing_rhi_accepted"),
        ),
    }


def _permanence(lives: Lives, of_kept: pl.Expr) -> pl.DataFrame:
    is_ordered = pl.col("ordered_on").is_not_null()
    return lives.adoptions.filter(of_kept).select(
        table_number("PM", "perm_table_id"),
        identifier("child_id", "perm_person_id"),
        identifier("period_id", "perm_cla_id"),
        pl.col("decided_on").alias("perm_adm_decision_date"),
        pl.col("placement_order_on").alias("perm_placement_order_date"),
        pl.col("placed_on").alias("perm_placed_for_adoption_date"),
        pl.col("matched_on").alias("perm_matched_date"),
        pl.col("fostering_to_adopt_on").alias("perm_placed_ffa_cp_date"),
        pl.col("reversed_on").alias("perm_decision_reversed_date"),
        pl.col("reason_reversed").alias("perm_decision_reversed_reason"),
        pl.col("ordered_on").alias("perm_permanence_order_date"),
        pl.when(is_ordered).then(pl.lit("Adoption")).alias("perm_permanence_order_type"),
    )


def _leavers(lives: Lives, staff: Staff) -> pl.DataFrame:
    return lives.care_leavers.select(
        table_number("CL", "clea_table_id"),
        identifier("child_id", "clea_person_id"),
        pl.col("eligibility").alias("clea_care_leaver_eligibility"),
        pl.col("in_touch").alias("clea_care_leaver_in_touch"),
        pl.col("contacted_on").alias("clea_care_leaver_latest_contact"),
        pl.col("accommodation").alias("clea_care_leaver_accommodation"),
        flag(pl.col("is_accommodation_suitable"), "clea_care_leaver_accom_suitable"),
        pl.col("activity").alias("clea_care_leaver_activity"),
        pl.col("pathway_plan_reviewed_on").alias("clea_pathway_plan_review_date"),
        staff.team("clea_care_leaver_allocated_team"),
        staff.worker("clea_care_leaver_worker_id"),
    )
