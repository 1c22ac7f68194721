"""The tables of the Standard Safeguarding Dataset, and where in the journey their fields go.

Source: Data to Insight, Standard Safeguarding Dataset, object and field list (1.4); every field of
it stands in `data/ssd_fields.csv`. Fields without a place in the journey are read past and not
kept: names, addresses, pupil and health numbers among them. Older spellings of a field stand
beside it.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from lineofsight.journey.fields import Events
from lineofsight.journey.tables import (
    adopted_children,
    adoption_decisions,
    adoptions,
    assessment_factors,
    assessments,
    care_episodes,
    care_leavers,
    care_plans,
    child_protection_plans,
    child_protection_reviews,
    children,
    cin_plans,
    contacts,
    early_help_assessments,
    health,
    immigration_status,
    initial_conferences,
    involvements,
    linked_identifiers,
    looked_after_reviews,
    missing_episodes,
    need_episodes,
    previous_permanence,
    professionals,
    referrals,
    section_47_enquiries,
    visits,
)
from lineofsight.returns.layout import Column, Sheet, column, header_key
from lineofsight.returns.return_kind import ReturnKind

NAME, SLUG, PREFIX = "Standard Safeguarding Dataset", "ssd", "ssd_"
# Columns that no delivery has: what other tables say of a row, put beside its own cells.
LOOKED_UP_CHILD, LOOKED_UP_ENTRY, LOOKED_UP_DAY = "child", "entered care", "counted on"


@dataclass(frozen=True)
class SsdTable:
    """One table of the dataset: its layout, its primary key, and what a row of it needs besides.

    A table whose sheet has no journey tables only helps to read the others. `needs` names journey
    fields that the journey could do without and a row of this table cannot.
    """

    sheet: Sheet
    key: tuple[str, ...]
    needs: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The table's name in the dataset."""
        return self.sheet.title


@cache
def field_types() -> dict[str, dict[str, str]]:
    """Give every field of every table of the dataset with its type, in the order given there."""
    path = files("lineofsight.returns") / "data" / "ssd_fields.csv"
    found: dict[str, dict[str, str]] = {}
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            found.setdefault(row["table"], {})[row["field"]] = row["type"]
    return found


def _table(
    name: str,
    about: str,
    tables: tuple[type[Events], ...],
    key: tuple[str, ...],
    *columns: Column,
    needs: tuple[str, ...] = (),
) -> SsdTable:
    known = {c.header for c in columns}
    rest = [column(field) for field in field_types()[name] if field not in known]
    return SsdTable(Sheet(name, about, tables, (*columns, *rest)), key, needs)


def _who(header: str, *tables: type[Events], needed: bool = True) -> Column:
    fields: tuple[Any, ...] = tuple(table.table.columns.child_id for table in tables)
    return column(header, *fields, needed=needed)


def _staff(team: str, worker: str, *tables: type[Events]) -> tuple[Column, Column]:
    """The team and the worker, whom older versions of the dataset gave by name."""
    teams: tuple[Any, ...] = tuple(table.table.columns.team for table in tables)
    workers: tuple[Any, ...] = tuple(table.table.columns.worker for table in tables)
    return (
        column(team, *teams, also=(f"{team}_name", f"{team}_id")),
        column(worker, *workers, also=(worker.replace("_id", "_name"), worker.replace("_id", ""))),
    )


PERSON = _table(
    "ssd_person", "the children and young people", (children,), ("pers_person_id",),
    _who("pers_person_id", children),
    column("pers_sex", children.sex),
    column("pers_ethnicity", children.ethnicity),
    column("pers_dob", children.born_on),
    column("pers_expected_dob", children.expected_on),
    column("pers_death_date", children.died_on),
)  # fmt: skip
DISABILITY = _table(
    "ssd_disability", "their disabilities", (children,), ("disa_table_id",),
    _who("disa_person_id", children),
    column("disa_disability_code", children.has_disability, needed=True),
)  # fmt: skip
FAMILY = _table(
    "ssd_family", "which children are of one family", (), ("fami_family_id", "fami_person_id"),
    column("fami_person_id", needed=True),
    column("fami_family_id", needed=True),
)  # fmt: skip
DEPARTMENT = _table(
    "ssd_department", "the teams", (), ("dept_team_id",),
    column("dept_team_id", needed=True),
    column("dept_team_name", needed=True),
)  # fmt: skip
WORKERS = _table(
    "ssd_professionals", "the workers", (professionals,), ("prof_professional_id",),
    column("prof_professional_id", needed=True),
    column("prof_social_worker_registration_no", professionals.worker_id),
    column(LOOKED_UP_DAY, professionals.counted_on),
    column("prof_agency_worker_flag", professionals.is_agency),
    column("prof_professional_job_title", professionals.role),
    column("prof_full_time_equivalency", professionals.fte),
    column("prof_professional_caseload", professionals.cases),
)  # fmt: skip
LINKED = _table(
    "ssd_linked_identifiers", "other numbers of the children", (linked_identifiers,),
    ("link_table_id",),
    _who("link_person_id", linked_identifiers),
    column("link_identifier_value", linked_identifiers.also_known_as, needed=True),
    column("link_identifier_type", needed=True),
    column("link_valid_from_date", linked_identifiers.linked_on),
)  # fmt: skip
IMMIGRATION = _table(
    "ssd_immigration_status", "their immigration status", (immigration_status,),
    ("immi_immigration_status_id",),
    _who("immi_person_id", immigration_status),
    column("immi_immigration_status_end_date", immigration_status.ended_on,
           also=("immi_immigration_status_end",)),
    column("immi_immigration_status", needed=True),
)  # fmt: skip
CONTACTS = _table(
    "ssd_contacts", "the contacts", (contacts,), ("cont_contact_id",),
    _who("cont_person_id", contacts),
    column("cont_contact_date", contacts.contacted_on, needed=True),
    column("cont_contact_source_code", contacts.source, also=("cont_contact_source",)),
)  # fmt: skip
EARLY_HELP = _table(
    "ssd_early_help_episodes", "the episodes of early help", (early_help_assessments,),
    ("earl_episode_id",),
    _who("earl_person_id", early_help_assessments),
    column("earl_episode_start_date", early_help_assessments.started_on, needed=True),
    column("earl_episode_end_date", early_help_assessments.completed_on),
    column("earl_episode_organisation", early_help_assessments.organisation),
)  # fmt: skip
EPISODES_OF_NEED = _table(
    "ssd_cin_episodes", "the referrals and the episodes of need", (referrals, need_episodes),
    ("cine_referral_id",),
    _who("cine_person_id", referrals, need_episodes),
    column("cine_referral_date", referrals.referred_on, need_episodes.started_on, needed=True),
    column("cine_referral_source_code", referrals.source, also=("cine_referral_source",)),
    column("cine_referral_nfa", referrals.is_no_further_action),
    column("cine_cin_primary_need_code", need_episodes.primary_need,
           also=("cine_cin_primary_need",)),
    column("cine_close_date", need_episodes.ended_on),
    column("cine_close_reason", need_episodes.closure_reason),
    *_staff("cine_referral_team", "cine_referral_worker_id", referrals, need_episodes),
)  # fmt: skip
ASSESSMENTS = _table(
    "ssd_cin_assessments", "the assessments", (assessments,), ("cina_assessment_id",),
    _who("cina_person_id", assessments),
    column("cina_assessment_start_date", assessments.started_on, needed=True),
    column("cina_assessment_auth_date", assessments.authorised_on),
    column("cina_assessment_child_seen", assessments.is_child_seen),
    column("cina_assessment_outcome_nfa", assessments.is_support_needed),
    *_staff("cina_assessment_team", "cina_assessment_worker_id", assessments),
)  # fmt: skip
FACTORS = _table(
    "ssd_assessment_factors", "the factors found by assessments", (),
    ("cinf_table_id", "cinf_assessment_id"),
    column("cinf_assessment_id", needed=True),
    column("cinf_assessment_factors_json", assessment_factors.factor, needed=True),
)  # fmt: skip
CIN_PLANS = _table(
    "ssd_cin_plans", "the child in need plans", (cin_plans,), ("cinp_cin_plan_id",),
    _who("cinp_person_id", cin_plans),
    column("cinp_cin_plan_start_date", cin_plans.started_on, needed=True),
    column("cinp_cin_plan_end_date", cin_plans.ended_on),
)  # fmt: skip
CIN_VISITS = _table(
    "ssd_cin_visits", "the visits to children in need", (visits,), ("cinv_cin_visit_id",),
    _who("cinv_person_id", visits),
    column("cinv_cin_visit_date", visits.visited_on, needed=True),
    column("cinv_cin_visit_seen", visits.is_seen),
    column("cinv_cin_visit_seen_alone", visits.is_seen_alone),
)  # fmt: skip
ENQUIRIES = _table(
    "ssd_s47_enquiry", "the section 47 enquiries", (section_47_enquiries,),
    ("s47e_s47_enquiry_id",),
    _who("s47e_person_id", section_47_enquiries),
    column("s47e_s47_start_date", section_47_enquiries.strategy_discussion_on, needed=True),
    column("s47e_s47_nfa", section_47_enquiries.is_conference_unnecessary),
    *_staff("s47e_s47_completed_by_team", "s47e_s47_completed_by_worker_id",
            section_47_enquiries),
)  # fmt: skip
CONFERENCES = _table(
    "ssd_initial_cp_conference", "the initial child protection conferences",
    (initial_conferences,), ("icpc_icpc_id",),
    _who("icpc_person_id", initial_conferences),
    column("icpc_icpc_date", initial_conferences.held_on, needed=True),
    column("icpc_icpc_outcome_cp_flag", initial_conferences.is_plan_made),
    column("icpc_icpc_transfer_in", initial_conferences.is_transfer_in),
    *_staff("icpc_icpc_team", "icpc_icpc_worker_id", initial_conferences),
)  # fmt: skip
PLANS = _table(
    "ssd_cp_plans", "the child protection plans", (child_protection_plans,), ("cppl_cp_plan_id",),
    _who("cppl_person_id", child_protection_plans),
    column("cppl_cp_plan_start_date", child_protection_plans.started_on, needed=True),
    column("cppl_cp_plan_end_date", child_protection_plans.ended_on),
    column("cppl_cp_plan_initial_category", child_protection_plans.initial_category),
    column("cppl_cp_plan_latest_category", child_protection_plans.latest_category),
    column("cppl_cp_plan_ola", child_protection_plans.is_other_authority),
)  # fmt: skip
PLAN_REVIEWS = _table(
    "ssd_cp_reviews", "the review child protection conferences", (child_protection_reviews,),
    ("cppr_cp_review_id",),
    _who("cppr_person_id", child_protection_reviews),
    column("cppr_cp_review_date", child_protection_reviews.held_on, needed=True),
)  # fmt: skip
PLAN_VISITS = _table(
    "ssd_cp_visits", "the visits to children on plans", (visits,), ("cppv_cp_visit_id",),
    _who("cppv_person_id", visits),
    column("cppv_cp_visit_date", visits.visited_on, needed=True),
    column("cppv_cp_visit_seen", visits.is_seen),
    column("cppv_cp_visit_seen_alone", visits.is_seen_alone),
)  # fmt: skip
CARE_EPISODES = _table(
    "ssd_cla_episodes", "the episodes of care", (care_episodes,), ("clae_cla_episode_id",),
    _who("clae_person_id", care_episodes),
    column("clae_cla_episode_start_date", care_episodes.started_on, needed=True,
           also=("clae_cla_episode_start",)),
    column("clae_cla_episode_start_reason", care_episodes.reason_started),
    column("clae_cla_primary_need_code", care_episodes.primary_need,
           also=("clae_cla_primary_need",)),
    column("clae_cla_episode_ceased_date", care_episodes.ended_on, needed=True,
           also=("clae_cla_episode_ceased",)),
    column("clae_cla_episode_ceased_reason", care_episodes.reason_ended,
           also=("clae_cla_episode_cease_reason",)),
)  # fmt: skip
PLACEMENTS = _table(
    "ssd_cla_placement", "the placements", (care_episodes,), ("clap_cla_placement_id",),
    _who("clap_person_id", care_episodes, needed=False),
    column("clap_cla_placement_start_date", care_episodes.started_on, needed=True),
    column("clap_cla_placement_end_date", care_episodes.ended_on),
    column("clap_cla_placement_type", care_episodes.placement_type),
    column("clap_cla_placement_provider", care_episodes.placement_provider),
    column("clap_cla_placement_change_reason", care_episodes.placement_change_reason),
    column("clap_cla_placement_postcode", care_episodes.placement_district),
    column("clap_cla_placement_urn", care_episodes.placement_urn),
    column("clap_cla_placement_distance", care_episodes.distance_miles),
)  # fmt: skip
LEGAL_STATUSES = _table(
    "ssd_legal_status", "the legal statuses", (care_episodes,), ("lega_legal_status_id",),
    _who("lega_person_id", care_episodes),
    column("lega_legal_status_start_date", care_episodes.started_on, needed=True),
    column("lega_legal_status_end_date", care_episodes.ended_on),
    column("lega_legal_status", care_episodes.legal_status, needed=True),
    needs=("legal_status",),
)  # fmt: skip
CARE_REVIEWS = _table(
    "ssd_cla_reviews", "the reviews of looked-after children", (looked_after_reviews,),
    ("clar_cla_review_id",),
    column(LOOKED_UP_CHILD, looked_after_reviews.child_id),
    column("clar_cla_id", needed=True),
    column("clar_cla_review_date", looked_after_reviews.held_on, needed=True),
    column("clar_cla_review_participation", looked_after_reviews.participation),
)  # fmt: skip
CARE_VISITS = _table(
    "ssd_cla_visits", "the visits to looked-after children", (visits,), ("clav_cla_visit_id",),
    _who("clav_person_id", visits),
    column("clav_cla_visit_date", visits.visited_on, needed=True),
    column("clav_cla_visit_seen", visits.is_seen),
    column("clav_cla_visit_seen_alone", visits.is_seen_alone),
)  # fmt: skip
CARE_PLANS = _table(
    "ssd_cla_care_plan", "the care plans", (care_plans,), ("lacp_table_id",),
    _who("lacp_person_id", care_plans),
    column("lacp_cla_care_plan_start_date", care_plans.started_on, needed=True),
    column("lacp_cla_care_plan_end_date", care_plans.ended_on),
)  # fmt: skip
MISSING = _table(
    "ssd_missing", "the times children were missing", (missing_episodes,), ("miss_table_id",),
    _who("miss_person_id", missing_episodes),
    column("miss_missing_episode_start_date", missing_episodes.started_on, needed=True),
    column("miss_missing_episode_end_date", missing_episodes.ended_on),
    column("miss_missing_episode_type", missing_episodes.kind),
    column("miss_missing_rhi_offered", missing_episodes.is_interview_offered),
    column("miss_missing_rhi_accepted", missing_episodes.is_interview_accepted),
)  # fmt: skip
CHECKS = _table(
    "ssd_cla_health", "the health checks", (health,), ("clah_health_check_id",),
    _who("clah_person_id", health),
    column("clah_health_check_date", health.recorded_on, needed=True),
    column("clah_health_check_type", needed=True),
    needs=("recorded_on",),
)  # fmt: skip
IMMUNISATIONS = _table(
    "ssd_cla_immunisations", "the immunisations", (health,), ("clai_person_id",),
    _who("clai_person_id", health),
    column("clai_immunisations_status", health.is_immunised, needed=True),
    column("clai_immunisations_status_date", health.recorded_on),
)  # fmt: skip
MISUSE = _table(
    "ssd_cla_substance_misuse", "the misuse of substances", (health,),
    ("clas_substance_misuse_id",),
    _who("clas_person_id", health),
    column("clas_substance_misuse_date", health.recorded_on, needed=True),
    column("clas_substance_misused", health.has_substance_misuse),
    column("clas_intervention_received", health.has_received_intervention),
    needs=("recorded_on",),
)  # fmt: skip
CONVICTIONS = _table(
    "ssd_cla_convictions", "the convictions", (health,), ("clac_cla_conviction_id",),
    _who("clac_person_id", health),
    column("clac_cla_conviction_date", health.recorded_on, needed=True),
    needs=("recorded_on",),
)  # fmt: skip
QUESTIONNAIRES = _table(
    "ssd_sdq_scores", "the strengths and difficulties questionnaires", (health,),
    ("csdq_table_id",),
    _who("csdq_person_id", health),
    column("csdq_sdq_completed_date", health.recorded_on, needed=True),
    column("csdq_sdq_score", health.sdq_score, also=("csdq_sdq_details_json",)),
    column("csdq_sdq_reason", health.sdq_reason),
    needs=("recorded_on",),
)  # fmt: skip
LEAVERS = _table(
    "ssd_care_leavers", "the care leavers", (care_leavers,), ("clea_table_id",),
    _who("clea_person_id", care_leavers),
    column("clea_care_leaver_eligibility", care_leavers.eligibility),
    column("clea_care_leaver_in_touch", care_leavers.in_touch),
    column("clea_care_leaver_accommodation", care_leavers.accommodation),
    column("clea_care_leaver_accom_suitable", care_leavers.accommodation_suitability),
    column("clea_care_leaver_activity", care_leavers.activity),
    column("clea_pathway_plan_review_date", care_leavers.pathway_plan_reviewed_on),
    column("clea_care_leaver_latest_contact", care_leavers.contacted_on),
    *_staff("clea_care_leaver_allocated_team", "clea_care_leaver_worker_id", care_leavers),
)  # fmt: skip
PERMANENCE = _table(
    "ssd_permanence", "the decisions and orders for permanence",
    (adoption_decisions, adoptions, adopted_children), ("perm_table_id",),
    _who("perm_person_id", adoption_decisions, adoptions, adopted_children),
    column("perm_adm_decision_date", adoption_decisions.decided_on, adoptions.decided_on,
           adopted_children.decided_on, needed=True),
    column(LOOKED_UP_ENTRY, adoptions.entered_care_on),
    column("perm_placement_order_date", adoptions.placement_order_on),
    column("perm_matched_date", adoptions.matched_on, adopted_children.matched_on),
    column("perm_placed_for_adoption_date", adoptions.placed_on),
    column("perm_placed_ffa_cp_date", adoptions.fostered_on),
    column("perm_permanence_order_date", adoptions.ordered_on),
    column("perm_decision_reversed_date", adoption_decisions.reversed_on, adoptions.reversed_on),
    column("perm_decision_reversed_reason", adoption_decisions.reversal_reason,
           adoptions.reversal_reason),
    column("perm_adopted_by_carer_flag", adopted_children.is_adopted_by_carer),
    column("perm_number_of_adopters", adopted_children.adopters),
)  # fmt: skip
PREVIOUS = _table(
    "ssd_cla_previous_permanence", "the permanence before care", (previous_permanence,),
    ("lapp_table_id",),
    _who("lapp_person_id", previous_permanence),
    column("lapp_previous_permanence_option", previous_permanence.option, needed=True),
    column("lapp_previous_permanence_la", previous_permanence.arranged_by),
    column("lapp_previous_permanence_order_date", previous_permanence.ordered_on,
           also=("lapp_previous_permanence_order_date_json",)),
)  # fmt: skip
INVOLVEMENTS = _table(
    "ssd_involvements", "the workers of the children", (involvements,), ("invo_involvements_id",),
    _who("invo_person_id", involvements),
    column("invo_involvement_start_date", involvements.started_on, needed=True),
    column("invo_involvement_end_date", involvements.ended_on),
    column("invo_professional_id", involvements.worker),
    column("invo_worker_change_reason", involvements.change_reason),
)  # fmt: skip
# Each table after those that its rows point to.
TABLES_SSD: tuple[SsdTable, ...] = (
    PERSON, DISABILITY, FAMILY, DEPARTMENT, WORKERS, LINKED, IMMIGRATION, CONTACTS, EARLY_HELP,
    EPISODES_OF_NEED, ASSESSMENTS, FACTORS, CIN_PLANS, CIN_VISITS, ENQUIRIES, CONFERENCES, PLANS,
    PLAN_REVIEWS, PLAN_VISITS, CARE_EPISODES, PLACEMENTS, LEGAL_STATUSES, CARE_REVIEWS,
    CARE_VISITS, CARE_PLANS, MISSING, CHECKS, IMMUNISATIONS, MISUSE, CONVICTIONS, QUESTIONNAIRES,
    LEAVERS, PERMANENCE, PREVIOUS, INVOLVEMENTS,
)  # fmt: skip
BY_TABLE_NAME = {table.name: table for table in TABLES_SSD}
VERSION_LOG = "ssd_version_log"
# A table is told by its columns; those of this one are everybody's ('description').
_SAYS_LITTLE = (VERSION_LOG, "ssd_api_data_staging")
_FEWEST_OF_ITS_OWN, _FEWEST_OF_ANYBODYS = 2, 4
# Other names under which extracts have called a table.
_ALSO = {
    "ssds47enquiries": "ssd_s47_enquiry",
    "ssdclaplacements": "ssd_cla_placement",
    "ssdclaplans": "ssd_cla_care_plan",
    "ssdclacareplans": "ssd_cla_care_plan",
    "ssdcpconferences": "ssd_initial_cp_conference",
    "ssdinitialcpconferences": "ssd_initial_cp_conference",
    "ssddisabilities": "ssd_disability",
    "ssdpersons": "ssd_person",
}
_VIEW_ENDINGS = ("view", "v")


def kind() -> ReturnKind:
    """The dataset as a kind of return: its tables and the journey tables they become."""
    return ReturnKind(NAME, SLUG, tuple(table.sheet for table in TABLES_SSD))


@cache
def known_headers() -> frozenset[str]:
    """Give the folded spellings of every column of every table, known to the journey or not."""
    kept = (key for table in TABLES_SSD for c in table.sheet.columns for key in c.keys)
    return frozenset([*kept, *(header_key(f) for fields in field_types().values() for f in fields)])


def table_named(name: str) -> str | None:
    """Find the table that a file's or view's name means; None if it means none.

    >>> table_named("SSD-CIN Episodes"), table_named("person"), table_named("ssd_person_v")
    ('ssd_cin_episodes', 'ssd_person', 'ssd_person')
    """
    folded = header_key(name)
    forms = [folded, *(folded.removesuffix(end) for end in _VIEW_ENDINGS if folded.endswith(end))]
    by_key = {header_key(table): table for table in field_types()} | _ALSO
    tries = [form if form.startswith("ssd") else f"ssd{form}" for form in forms]
    return next((by_key[form] for form in tries if form in by_key), None)


def table_with(headers: list[str]) -> str | None:
    """Find the table that most of these column headers belong to; None if too few do."""
    keys = {header_key(text) for text in headers}
    best, most = None, 0
    for name in field_types():
        count = len(keys & _keys_of(name))
        fewest = _FEWEST_OF_ANYBODYS if name in _SAYS_LITTLE else _FEWEST_OF_ITS_OWN
        if count >= max(fewest, most + 1):
            best, most = name, count
    return best


@cache
def _keys_of(name: str) -> frozenset[str]:
    fields = frozenset(header_key(field) for field in field_types()[name])
    table = BY_TABLE_NAME.get(name)
    kept = (key for c in table.sheet.columns for key in c.keys) if table else ()
    return fields.union(kept)
