"""Which fields of the journey a delivery of the Standard Safeguarding Dataset had columns for."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from lineofsight.journey.tables import BY_NAME
from lineofsight.returns.rows import delivered_fields
from lineofsight.returns.ssd_rows import Opened

# Fields put together from several tables: a field was delivered if one of the ways to it, each a
# set of columns, was there in whole. Columns go by the dataset's names, which tell their table.
_EPISODE = "clae_cla_episode_start_date"
WAYS: dict[str, tuple[tuple[str, ...], ...]] = {
    "children.sex": (("pers_sex",), ("pers_gender",)),
    "children.has_disability": (("disa_disability_code",),),
    "contacts.source": (("cont_contact_source_code",), ("cont_contact_source_desc",)),
    "referrals.source": (("cine_referral_source_code",), ("cine_referral_source_desc",)),
    "referrals.is_no_further_action": (
        ("cine_referral_nfa",),
        ("cine_referral_outcome_json",),
    ),
    "assessments.is_support_needed": (
        ("cina_assessment_outcome_nfa",),
        ("cina_assessment_outcome_json",),
    ),
    "assessments.referred_on": (("cina_referral_id", "cine_referral_id"),),
    "assessment_factors.child_id": (("cinf_assessment_id", "cina_assessment_id"),),
    "assessment_factors.assessment_started_on": (("cinf_assessment_id", "cina_assessment_id"),),
    "cin_plans.referred_on": (("cinp_referral_id", "cine_referral_id"),),
    "section_47_enquiries.referred_on": (("s47e_referral_id", "cine_referral_id"),),
    "section_47_enquiries.is_conference_unnecessary": (
        ("s47e_s47_nfa",),
        ("s47e_s47_outcome_json",),
    ),
    "section_47_enquiries.conference_on": (("s47e_s47_enquiry_id", "icpc_s47_enquiry_id"),),
    "initial_conferences.referred_on": (("icpc_referral_id", "cine_referral_id"),),
    "initial_conferences.strategy_discussion_on": (("s47e_s47_enquiry_id", "icpc_s47_enquiry_id"),),
    "initial_conferences.is_plan_made": (
        ("icpc_icpc_outcome_cp_flag",),
        ("icpc_icpc_outcome_json",),
    ),
    "initial_conferences.family_id": (("fami_family_id",), ("icpc_icpc_meeting_id",)),
    "child_protection_plans.referred_on": (("cppl_referral_id", "cine_referral_id"),),
    "child_protection_plans.previous_plans": (("cppl_cp_plan_start_date",),),
    "child_protection_plans.latest_review_on": (("cppr_cp_review_date",),),
    "child_protection_plans.latest_visit_on": (("cppv_cp_visit_date",),),
    "child_protection_plans.is_seen_alone": (("cppv_cp_visit_seen_alone",),),
    "child_protection_reviews.plan_started_on": (("cppr_cp_plan_id", "cppl_cp_plan_id"),),
    "visits.kind": (("visits",),),
    "care_episodes.legal_status": (("lega_legal_status",),),
    "care_episodes.placement_type": (("clap_cla_placement_type",),),
    "care_episodes.placement_provider": (("clap_cla_placement_provider",),),
    "care_episodes.placement_change_reason": (("clap_cla_placement_change_reason",),),
    "care_episodes.placement_district": (("clap_cla_placement_postcode",),),
    "care_episodes.placement_urn": (("clap_cla_placement_urn",),),
    "care_episodes.distance_miles": (("clap_cla_placement_distance",),),
    "care_leavers.recorded_on": (("clea_person_id",),),
    "health_assessments.child_id": (("clah_health_check_date",),),
    "health_assessments.held_on": (("clah_health_check_date",),),
    "health_assessments.kind": (("clah_health_check_type",),),
    "looked_after_reviews.child_id": (("clar_cla_id", "clae_cla_id"),),
    "periods_of_care.child_id": ((_EPISODE,),),
    "periods_of_care.started_on": ((_EPISODE,),),
    "periods_of_care.ceased_on": (("clae_cla_episode_ceased_date",),),
    "periods_of_care.reason_ceased": (("clae_cla_episode_ceased_reason",),),
    "periods_of_care.primary_need": (("clae_cla_primary_need_code",),),
    "periods_of_care.legal_status": (("lega_legal_status",),),
    "periods_of_care.placement_type": (("clap_cla_placement_type",),),
    "periods_of_care.placement_provider": (("clap_cla_placement_provider",),),
    "periods_of_care.permanence_plan": (("lacp_cla_care_plan_json",),),
    "periods_of_care.is_unaccompanied": (("immi_immigration_status",),),
    "periods_of_care.latest_review_on": (("clar_cla_review_date", "clae_cla_id"),),
    "periods_of_care.latest_visit_on": (("clav_cla_visit_date",),),
    "periods_of_care.latest_health_assessment_on": (("clah_health_check_date",),),
    "periods_of_care.latest_dental_check_on": (("clah_health_check_date",),),
    "periods_of_care.placements_in_12_months": (("clap_cla_placement_type",),),
    "periods_of_care.missing_in_12_months": (("miss_missing_episode_type",),),
    "health.child_id": ((_EPISODE,),),
    "health.recorded_on": ((_EPISODE,),),
    "health.sdq_score": (("csdq_sdq_score",),),
    "health.sdq_reason": (("csdq_sdq_reason",),),
    "health.is_convicted": (("clac_cla_conviction_date",),),
    "health.is_health_checked": (("clah_health_check_date",),),
    "health.is_immunised": (("clai_immunisations_status",),),
    "health.is_dentally_checked": (("clah_health_check_date",),),
    "health.is_health_assessed": (("clah_health_check_date",),),
    "health.has_substance_misuse": (("clas_substance_misused",),),
    "health.has_received_intervention": (("clas_intervention_received",),),
    "immigration_status.recorded_on": (("immi_immigration_status",),),
    "previous_permanence.recorded_on": (("lapp_previous_permanence_option",),),
    "professionals.counted_on": (("prof_professional_id",),),
    "adoptions.entered_care_on": ((_EPISODE,),),
    "adoptions.family_id": (("fami_family_id",),),
    "linked_identifiers.child_id": (("link_person_id",), ("pers_legacy_id",)),
    "linked_identifiers.also_known_as": (("link_identifier_value",), ("pers_legacy_id",)),
}


def missing_fields(
    opened: Mapping[str, Opened], frames: Mapping[str, pl.DataFrame]
) -> tuple[str, ...]:
    """Name the fields of the tables made, as 'table.field', for which there was no column."""
    delivered = {name for table in opened.values() for name in table.texts.columns}
    delivered |= set(frames)
    straight = {
        f"{field.table.name}.{field.name}"
        for table in opened.values()
        for column in table.table.sheet.columns
        if column.header in table.texts.columns
        for field in column.fields
    }
    return tuple(
        name
        for table in sorted(frames)
        for field in delivered_fields(BY_NAME[table])
        if not _is_delivered(name := f"{table}.{field}", delivered, straight)
    )


def _is_delivered(name: str, delivered: set[str], straight: set[str]) -> bool:
    if name in WAYS:
        return any(delivered.issuperset(way) for way in WAYS[name])
    return name in straight
