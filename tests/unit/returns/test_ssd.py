"""The Standard Safeguarding Dataset: drawn tables, the journey rows they become, and every trap."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.dialects import mssql

from lineofsight.journey.fields import ORIGIN
from lineofsight.journey.tables import BY_NAME
from lineofsight.returns.arrivals import deliveries
from lineofsight.returns.issue import Kind
from lineofsight.returns.rows import delivered_fields
from lineofsight.returns.ssd_database import statement
from lineofsight.returns.ssd_layout import TABLES_SSD, field_types
from lineofsight.returns.ssd_opening import is_ssd
from lineofsight.returns.submission import Reading, describe
from tests.safeguarding import (
    care,
    conference,
    deliver,
    enquiry,
    legal_status,
    person,
    placement,
    plan,
    read,
    read_dataset,
    referral,
    write_table,
)


def rows(reading: Reading, table: str, *fields: str) -> list[tuple[Any, ...]]:
    return reading.frames[table].select(fields).rows()


def issues(reading: Reading, table: str = "") -> list[tuple[Any, ...]]:
    return [
        (i.sheet, i.field, i.kind, i.count, i.rows)
        for i in reading.issues
        if not table or i.sheet == table
    ]


def reported(reading: Reading, kind: Kind) -> list[tuple[Any, ...]]:
    return [issue[:2] + issue[3:] for issue in issues(reading) if issue[2] is kind]


def sentences(reading: Reading, kind: Kind) -> set[str]:
    return {issue.sentence for issue in reading.issues if issue.kind is kind}


# --- The layout ------------------------------------------------------------------------------


def test_every_field_of_the_layout_is_a_field_of_the_dataset() -> None:
    """The prefixes of the dataset are unique, so a slip of the pen shows here."""
    known = {field for fields in field_types().values() for field in fields}
    headers = {c.header for table in TABLES_SSD for c in table.sheet.columns}
    assert headers - known == {"child", "entered care", "counted on"}
    assert (len(field_types()), sum(map(len, field_types().values()))) == (48, 359)


# --- From referral to plan -------------------------------------------------------------------

FRONT_DOOR: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "ssd_person": [person("1"), person("2", "NULL", pers_sex="U", pers_expected_dob="2024-05-02")],
    "ssd_disability": [
        {"disa_table_id": "1", "disa_person_id": "1", "disa_disability_code": "AUT"},
        {"disa_table_id": "2", "disa_person_id": "2", "disa_disability_code": "NONE"},
    ],
    "ssd_family": [
        {"fami_table_id": str(n), "fami_family_id": "F7", "fami_person_id": str(n)} for n in (1, 2)
    ],
    "ssd_department": [{"dept_team_id": "T1", "dept_team_name": "Assessment Team"}],
    "ssd_professionals": [
        {"prof_professional_id": "W1", "prof_professional_name": "Worker 001",
         "prof_social_worker_registration_no": "SW1", "prof_professional_caseload": "17",
         "prof_agency_worker_flag": "Y", "prof_full_time_equivalency": "0.8"},
        {"prof_professional_id": "W2", "prof_professional_name": "Helper 002"},
    ],
    "ssd_contacts": [
        {"cont_contact_id": "1", "cont_person_id": "1", "cont_contact_date": "2023-05-01",
         "cont_contact_source_code": "2A: Schools"},
    ],
    "ssd_cin_episodes": [
        referral("R1", "1", "2023-05-02", cine_close_date="2024-02-01", cine_close_reason="RC7",
                 cine_referral_team="T1", cine_referral_worker_id="W2"),
        referral("R2", "2", "2023-05-03", cine_referral_nfa="Y", cine_referral_team="T9",
                 cine_referral_worker_id="W9"),
    ],
    "ssd_cin_assessments": [
        {"cina_assessment_id": "A1", "cina_person_id": "1", "cina_referral_id": "R1",
         "cina_assessment_start_date": "2023-05-03", "cina_assessment_auth_date": "2023-06-30",
         "cina_assessment_child_seen": "Y", "cina_assessment_outcome_nfa": "N",
         "cina_assessment_team": "T1", "cina_assessment_worker_id": "W1"},
    ],
    "ssd_assessment_factors": [
        {"cinf_table_id": "1", "cinf_assessment_id": "A1",
         "cinf_assessment_factors_json": '["3B", "20"]'},
    ],
    "ssd_cin_plans": [
        {"cinp_cin_plan_id": "1", "cinp_person_id": "1", "cinp_referral_id": "R1",
         "cinp_cin_plan_start_date": "2023-11-20", "cinp_cin_plan_end_date": "2024-02-01"},
    ],
    "ssd_s47_enquiry": [enquiry("E1", "1", "2023-05-10", s47e_referral_id="R1")],
    "ssd_initial_cp_conference": [
        conference("C1", "1", "2023-05-30", icpc_s47_enquiry_id="E1", icpc_referral_id="R1"),
        conference("C2", "2", "2023-06-01", icpc_s47_enquiry_id="NULL", icpc_icpc_transfer_in="Y",
                   icpc_icpc_outcome_cp_flag="N"),
    ],
    "ssd_cp_plans": [plan("P1", "1", "2023-05-30", "2023-11-20", cppl_referral_id="R1")],
    "ssd_cp_reviews": [
        {"cppr_cp_review_id": "1", "cppr_person_id": "1", "cppr_cp_plan_id": "P1",
         "cppr_cp_review_date": "2023-08-22"},
        {"cppr_cp_review_id": "2", "cppr_person_id": "1", "cppr_cp_plan_id": "P1",
         "cppr_cp_review_date": "2023-11-20"},
    ],
    "ssd_cp_visits": [
        {"cppv_cp_visit_id": "1", "cppv_person_id": "1", "cppv_cp_plan_id": "P1",
         "cppv_cp_visit_date": "2023-10-02", "cppv_cp_visit_seen": "Y",
         "cppv_cp_visit_seen_alone": "Y"},
        {"cppv_cp_visit_id": "2", "cppv_person_id": "1", "cppv_cp_plan_id": "P1",
         "cppv_cp_visit_date": "2023-09-02", "cppv_cp_visit_seen": "Y",
         "cppv_cp_visit_seen_alone": "N"},
    ],
    "ssd_cin_visits": [
        {"cinv_cin_visit_id": "1", "cinv_person_id": "1", "cinv_cin_visit_date": "2023-05-15",
         "cinv_cin_visit_seen": "Y", "cinv_cin_visit_seen_alone": "N"},
    ],
    "ssd_early_help_episodes": [
        {"earl_episode_id": "1", "earl_person_id": "2", "earl_episode_start_date": "2022-01-04",
         "earl_episode_end_date": "NULL", "earl_episode_organisation": "Family Hub"},
    ],
    "ssd_involvements": [
        {"invo_involvements_id": "1", "invo_person_id": "1", "invo_professional_id": "W1",
         "invo_involvement_start_date": "2023-05-02", "invo_involvement_end_date": "2024-02-01",
         "invo_worker_change_reason": "LEFTRL"},
    ],
}  # fmt: skip


def test_from_referral_to_plan(tmp_path: Path) -> None:
    reading = read(tmp_path, FRONT_DOOR)
    day = date
    assert {name: frame.drop(ORIGIN).rows() for name, frame in reading.frames.items()} == {
        "children": [
            ("1", "F", "WBRI", day(2012, 5, 1), None, None, True),
            ("2", "U", "WBRI", None, day(2024, 5, 2), None, False),
        ],
        "contacts": [("1", day(2023, 5, 1), "2A")],
        "early_help_assessments": [("2", day(2022, 1, 4), None, "Family Hub")],
        "referrals": [
            ("1", day(2023, 5, 2), "6", False, "Assessment Team", "Helper 002"),
            ("2", day(2023, 5, 3), "6", True, "T9", "W9"),
        ],
        "need_episodes": [
            ("1", day(2023, 5, 2), day(2024, 2, 1), "N1", "RC7", None, "Assessment Team",
             "Helper 002"),
        ],
        "assessments": [
            ("1", day(2023, 5, 3), day(2023, 6, 30), day(2023, 5, 2), True, True,
             "Assessment Team", "Worker 001"),
        ],
        "assessment_factors": [("1", day(2023, 5, 3), "3B"), ("1", day(2023, 5, 3), "20")],
        "cin_plans": [("1", day(2023, 11, 20), day(2024, 2, 1), day(2023, 5, 2))],
        "section_47_enquiries": [
            ("1", day(2023, 5, 10), False, day(2023, 5, 30), day(2023, 5, 2), None, None),
        ],
        "initial_conferences": [
            ("1", day(2023, 5, 10), day(2023, 5, 30), True, False, day(2023, 5, 2), "F7", None,
             None),
            ("2", None, day(2023, 6, 1), False, True, None, "F7", None, None),
        ],
        "child_protection_plans": [
            ("1", day(2023, 5, 30), day(2023, 11, 20), "NEG", "EMO", 0, day(2023, 11, 20),
             day(2023, 10, 2), True, False, day(2023, 5, 2), None, None),
        ],
        "child_protection_reviews": [
            ("1", day(2023, 5, 30), day(2023, 8, 22)),
            ("1", day(2023, 5, 30), day(2023, 11, 20)),
        ],
        "visits": [
            ("1", day(2023, 10, 2), "P", True, True),
            ("1", day(2023, 9, 2), "P", True, False),
            ("1", day(2023, 5, 15), "N", True, False),
        ],
        "involvements": [("1", day(2023, 5, 2), day(2024, 2, 1), "Worker 001", "LEFTRL")],
        "professionals": [
            ("SW1", day(2023, 9, 30), True, None, None, None, None, 0.8, None, 17, None, False,
             None),
        ],
    }  # fmt: skip
    assert issues(reading) == [
        ("ssd_professionals", "", Kind.SET_ASIDE, 1, (3,)),
    ]
    assert reading.submission.file_name == "Standard Safeguarding Dataset, 18 files"


def test_every_frame_has_the_fields_of_its_table_and_where_each_row_came_from(
    tmp_path: Path,
) -> None:
    reading = read(tmp_path, FRONT_DOOR)
    for name, frame in reading.frames.items():
        assert frame.columns == [*delivered_fields(BY_NAME[name]), *ORIGIN]
    visits = reading.frames["visits"].select("file", "sheet", "row").rows()
    assert visits == [
        ("ssd_cp_visits.csv", "ssd_cp_visits", 2),
        ("ssd_cp_visits.csv", "ssd_cp_visits", 3),
        ("ssd_cin_visits.csv", "ssd_cin_visits", 2),
    ]


def test_what_was_not_delivered_is_said(tmp_path: Path) -> None:
    """A table that is not there is no table of nothing, and a column no column of blanks."""
    reading = read(tmp_path, {"ssd_cp_plans": [plan("P1", "1", "2023-05-30")]})
    submission = reading.submission
    assert [name for name, _ in submission.rows] == ["child_protection_plans"]
    assert "referrals" in submission.missing_tables
    assert "periods_of_care" in submission.missing_tables
    assert submission.missing_fields == (
        "child_protection_plans.latest_review_on",
        "child_protection_plans.latest_visit_on",
        "child_protection_plans.is_seen_alone",
        "child_protection_plans.referred_on",
        "child_protection_plans.team",
        "child_protection_plans.worker",
    )


def test_a_plan_that_came_before(tmp_path: Path) -> None:
    """Another authority's temporary plan is no earlier plan of ours; nor is one of that day."""
    plans = [
        plan("P1", "1", "2019-01-01", "2019-06-01"),
        plan("P2", "1", "2020-01-01", "2020-06-01", cppl_cp_plan_ola="Y"),
        plan("P3", "1", "2021-01-01"),
        plan("P4", "1", "2021-01-01"),
        plan("P5", "2", "2021-01-01"),
    ]
    reading = read(tmp_path, {"ssd_cp_plans": plans})
    fields = ("previous_plans", "is_other_authority")
    assert rows(reading, "child_protection_plans", *fields) == [
        (0, False), (1, True), (1, False), (1, False), (0, False),
    ]  # fmt: skip


def test_an_assessment_that_is_not_authorised_has_found_nothing(tmp_path: Path) -> None:
    base = {"cina_person_id": "1", "cina_assessment_start_date": "2024-03-01",
            "cina_assessment_child_seen": "Y"}  # fmt: skip
    assessments = [
        base | {"cina_assessment_id": "1", "cina_assessment_auth_date": "NULL",
                "cina_assessment_outcome_nfa": "N"},
        base | {"cina_assessment_id": "2", "cina_assessment_auth_date": "2024-03-20",
                "cina_assessment_outcome_nfa": "Y"},
        base | {"cina_assessment_id": "3", "cina_assessment_auth_date": "2024-03-20",
                "cina_assessment_outcome_nfa": "N"},
    ]  # fmt: skip
    reading = read(tmp_path, {"ssd_cin_assessments": assessments})
    assert rows(reading, "assessments", "is_support_needed") == [(False,), (False,), (True,)]


def test_outcomes_in_json_fill_flags_that_are_blank(tmp_path: Path) -> None:
    referrals = [
        referral("R1", "1", "2023-05-02", cine_referral_nfa="",
                 cine_referral_outcome_json='{"OUTCOME_NFA_FLAG": "Y"}'),
        referral("R2", "1", "2023-06-02", cine_referral_nfa="N",
                 cine_referral_outcome_json='{"OUTCOME_NFA_FLAG": "Y"}'),
        referral("R3", "1", "2023-07-02", cine_referral_nfa="",
                 cine_referral_outcome_json="{'OUTCOME_NFA_FLAG': 'N'}"),
        referral("R4", "1", "2023-08-02", cine_referral_nfa="",
                 cine_referral_outcome_json='{"OUTCOME_NFA_FLAG": '),
    ]  # fmt: skip
    reading = read(tmp_path, {"ssd_cin_episodes": referrals})
    assert rows(reading, "referrals", "is_no_further_action") == [
        (True,), (False,), (False,), (False,),
    ]  # fmt: skip
    assert reading.frames["need_episodes"].height == 3
    assert reported(reading, Kind.BLANK_FLAG) == [
        ("ssd_cin_episodes", "cine_referral_nfa", 1, (5,))
    ]


def test_factors_in_every_shape(tmp_path: Path) -> None:
    """A list, a set of answers, plain words; broken text and an assessment nobody has."""
    assessments = [
        {"cina_assessment_id": name, "cina_person_id": "1",
         "cina_assessment_start_date": f"2023-0{n}-01", "cina_assessment_auth_date": "NULL"}
        for n, name in enumerate("ABCDE", start=1)
    ]  # fmt: skip
    written = {
        "A": '["1A", "1A", "99Z"]', "B": '{"2B": "Yes", "2C": "No", "3A": ""}', "C": "4A, 5B",
        "D": '["1A", ', "E": "[]", "Z": '["1A"]',
    }  # fmt: skip
    factors = [
        {"cinf_table_id": n, "cinf_assessment_id": name, "cinf_assessment_factors_json": text}
        for n, (name, text) in enumerate(written.items())
    ]
    reading = read(
        tmp_path, {"ssd_cin_assessments": assessments, "ssd_assessment_factors": factors}
    )
    assert rows(reading, "assessment_factors", "assessment_started_on", "factor") == [
        (date(2023, 1, 1), "1A"),
        (date(2023, 2, 1), "2B"),
        (date(2023, 3, 1), "4A"),
        (date(2023, 3, 1), "5B"),
    ]
    column = "cinf_assessment_factors_json"
    assert issues(reading, "ssd_assessment_factors") == [
        ("ssd_assessment_factors", column, Kind.NOT_TAKEN, 1, (5,)),
        ("ssd_assessment_factors", "", Kind.SET_ASIDE, 1, (7,)),
        ("ssd_assessment_factors", column, Kind.UNKNOWN, 1, (2,)),
    ]
    assert ("ssd_assessment_factors", 6, 4) in reading.sheets


# --- Care ------------------------------------------------------------------------------------

CARE: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "ssd_person": [person("1"), person("2", "2021-06-01")],
    "ssd_cla_episodes": [
        care("E1", "1", "2022-01-10", "2022-03-01", clae_cla_episode_ceased_reason="X1",
             clae_cla_placement_id="P1", clae_cla_id="C1", clae_entered_care_date="2022-01-10"),
        care("E2", "1", "2022-03-01", clae_cla_episode_start_reason="B",
             clae_cla_placement_id="P2", clae_cla_id="C1", clae_entered_care_date="2022-01-10"),
        care("E3", "2", "2021-08-01", "2022-09-01", clae_cla_episode_ceased_reason="E12",
             clae_cla_placement_id="NULL", clae_cla_id="C2",
             clae_entered_care_date="2021-08-01"),
    ],
    "ssd_cla_placement": [
        placement("P1", "1", "2022-01-10", "2022-03-01", clap_cla_placement_change_reason="CREQB",
                  clap_cla_placement_postcode="ZZ1 1AA", clap_cla_placement_urn="SC123",
                  clap_cla_placement_distance="21.5"),
        placement("P2", "1", "2022-03-01", clap_cla_placement_type="K2",
                  clap_cla_placement_provider="PR4",
                  clap_cla_placement_postcode="not known"),
        placement("P3", "2", "2021-08-01", "2022-09-01"),
    ],
    "ssd_legal_status": [
        legal_status("L1", "1", "V2", "2022-01-10", "2022-03-01"),
        legal_status("L2", "1", "C1", "2022-03-01"),
        legal_status("L3", "2", "E1", "2021-07-30", "2022-09-01"),
    ],
    "ssd_cla_reviews": [
        {"clar_cla_review_id": "1", "clar_cla_id": "C1", "clar_cla_review_date": "2022-02-01",
         "clar_cla_review_cancelled": "N", "clar_cla_review_participation": "PN1"},
        {"clar_cla_review_id": "2", "clar_cla_id": "C1", "clar_cla_review_date": "2022-05-01",
         "clar_cla_review_cancelled": "Y", "clar_cla_review_participation": "NULL"},
        {"clar_cla_review_id": "3", "clar_cla_id": "C9", "clar_cla_review_date": "2022-05-01",
         "clar_cla_review_cancelled": "N", "clar_cla_review_participation": "NULL"},
    ],
    "ssd_cla_visits": [
        {"clav_cla_visit_id": "1", "clav_person_id": "1", "clav_cla_visit_date": "2024-03-02",
         "clav_cla_visit_seen": "Y", "clav_cla_visit_seen_alone": "Y"},
    ],
    "ssd_cla_care_plan": [
        {"lacp_table_id": "1", "lacp_person_id": "1",
         "lacp_cla_care_plan_start_date": "2022-01-20", "lacp_cla_care_plan_end_date": "NULL",
         "lacp_cla_care_plan_json": '{"RETURN6M": "Y", "ADOPTION": "N"}'},
        {"lacp_table_id": "2", "lacp_person_id": "1",
         "lacp_cla_care_plan_start_date": "2023-01-20", "lacp_cla_care_plan_end_date": "NULL",
         "lacp_cla_care_plan_json": '{"RETURN6M": "", "LTFOST18": "Yes"}'},
    ],
    "ssd_missing": [
        {"miss_table_id": "1", "miss_person_id": "1", "miss_missing_episode_type": "Missing",
         "miss_missing_episode_start_date": "2024-01-05",
         "miss_missing_rhi_offered": "Y", "miss_missing_rhi_accepted": "N",
         "miss_missing_episode_end_date": "2024-01-06"},
        {"miss_table_id": "2", "miss_person_id": "1", "miss_missing_episode_type": "Absent",
         "miss_missing_episode_start_date": "2024-02-05",
         "miss_missing_episode_end_date": "9999-12-31"},
    ],
    "ssd_permanence": [
        {"perm_table_id": "1", "perm_person_id": "2", "perm_adm_decision_date": "2021-12-01",
         "perm_placement_order_date": "2022-01-15", "perm_matched_date": "2022-03-01",
         "perm_placed_for_adoption_date": "2022-04-01", "perm_permanence_order_type": "Adoption",
         "perm_placed_ffa_cp_date": "2021-09-01",
         "perm_permanence_order_date": "2022-09-01", "perm_adopted_by_carer_flag": "N",
         "perm_number_of_adopters": "2"},
        {"perm_table_id": "2", "perm_person_id": "1", "perm_permanence_order_date": "2024-01-01",
         "perm_permanence_order_type": "SGO"},
    ],
    "ssd_immigration_status": [
        {"immi_immigration_status_id": "1", "immi_person_id": "1",
         "immi_immigration_status": "Unaccompanied Asylum Seeking Child (UASC)",
         "immi_immigration_status_end_date": "NULL"},
        {"immi_immigration_status_id": "2", "immi_person_id": "2",
         "immi_immigration_status": "British citizen", "immi_immigration_status_end_date": "NULL"},
    ],
    "ssd_care_leavers": [
        {"clea_table_id": "1", "clea_person_id": "1",
         "clea_care_leaver_eligibility": "Former relevant", "clea_care_leaver_in_touch": "REFU",
         "clea_care_leaver_accommodation": "U1", "clea_care_leaver_activity": "F2",
         "clea_pathway_plan_review_date": "1900-01-01",
         "clea_care_leaver_latest_contact": "2023-09-02"},
        {"clea_table_id": "2", "clea_person_id": "2",
         "clea_care_leaver_eligibility": "Relevant", "clea_care_leaver_in_touch": "YES",
         "clea_care_leaver_accommodation": "S: No fixed abode or homeless",
         "clea_care_leaver_accom_suitable": "N", "clea_care_leaver_activity": "G5"},
    ],
}  # fmt: skip


def test_care(tmp_path: Path) -> None:
    reading = read(tmp_path, CARE)
    day = date
    assert rows(reading, "care_episodes", *delivered_fields(BY_NAME["care_episodes"])) == [
        ("1", day(2022, 1, 10), "S", "V2", "N1", "U6", "PR1", day(2022, 3, 1), "X1", "CREQB",
         None, "ZZ1", "SC123", 21.5, False),
        ("1", day(2022, 3, 1), "B", "C1", "N1", "K2", "PR4", None, None, None, None, None, None,
         None, False),
        ("2", day(2021, 8, 1), "S", "E1", "N1", "U6", "PR1", day(2022, 9, 1), "E12", None, None,
         None, None, None, False),
    ]  # fmt: skip
    assert rows(reading, "periods_of_care", *delivered_fields(BY_NAME["periods_of_care"])) == [
        ("1", day(2022, 1, 10), None, None, "N1", "C1", "K2", "PR4", "Long-term fostering", True,
         False, day(2022, 2, 1), day(2024, 3, 2), None, None, 1, 1, None, None),
        ("2", day(2021, 8, 1), day(2022, 9, 1), "E12", "N1", "E1", "U6", "PR1", None, False,
         False, None, None, None, None, None, 0, None, None),
    ]  # fmt: skip
    assert rows(reading, "adoptions", *delivered_fields(BY_NAME["adoptions"])) == [
        ("2", None, day(2021, 8, 1), day(2021, 12, 1), day(2022, 1, 15), day(2022, 3, 1),
         day(2022, 4, 1), day(2022, 9, 1), None, None, day(2021, 9, 1)),
    ]  # fmt: skip
    assert rows(reading, "adopted_children", "child_id", "adopters") == [("2", 2)]
    assert rows(reading, "looked_after_reviews", "child_id", "held_on", "participation") == [
        ("1", day(2022, 2, 1), "PN1")
    ]
    interviews = ("is_interview_offered", "is_interview_accepted")
    assert rows(reading, "missing_episodes", "started_on", "ended_on", "kind", *interviews) == [
        (day(2024, 1, 5), day(2024, 1, 6), "M", True, False),
        (day(2024, 2, 5), None, "A", False, False),
    ]
    assert rows(reading, "immigration_status", "child_id", "recorded_on") == [
        ("1", day(2024, 3, 31))
    ]
    fields = ("eligibility", "in_touch", "accommodation", "accommodation_suitability", "activity",
              "pathway_plan_reviewed_on", "contacted_on", "recorded_on")  # fmt: skip
    of_day = day(2024, 3, 31)
    assert rows(reading, "care_leavers", *fields) == [
        ("Former relevant", "REFU", "U", "suitable", "F2", None, day(2023, 9, 2), of_day),
        ("Relevant", "YES", "S", "not suitable", "G5", None, None, of_day),
    ]
    assert reported(reading, Kind.STAND_IN) == [
        ("ssd_care_leavers", "clea_pathway_plan_review_date", 1, (2,)),
        ("ssd_missing", "miss_missing_episode_end_date", 1, (3,)),
    ]


def test_what_care_reports(tmp_path: Path) -> None:
    reading = read(tmp_path, CARE)
    assert reported(reading, Kind.SET_ASIDE) == [
        ("ssd_cla_reviews", "", 1, (3,)),
        ("ssd_cla_reviews", "", 1, (4,)),
        ("ssd_immigration_status", "", 1, (3,)),
        ("ssd_permanence", "", 1, (3,)),
    ]
    assert reported(reading, Kind.UNREADABLE) == [
        ("ssd_cla_placement", "clap_cla_placement_postcode", 1, (3,))
    ]
    assert reported(reading, Kind.REPAIRED) == []


def test_placement_and_status_by_child_and_day(tmp_path: Path) -> None:
    """An unknown placement number falls back to where the child was; no status is said."""
    tables = {
        "ssd_cla_episodes": [
            care("E1", "1", "2022-01-10", clae_cla_placement_id="gone"),
            care("E2", "2", "2022-01-10", clae_cla_placement_id="P2"),
        ],
        "ssd_cla_placement": [
            placement("P1", "1", "2022-01-10", clap_cla_placement_type="K2"),
            placement("P2", "2", "2022-01-10", clap_cla_placement_type="U3"),
        ],
        "ssd_legal_status": [
            legal_status("L1", "1", "C1", "2020-01-10"),
            legal_status("L2", "1", "J1", "2022-01-01", "2022-02-01"),
            legal_status("L3", "2", "V2", "2022-01-11"),
        ],
    }
    reading = read(tmp_path, tables)
    assert rows(reading, "care_episodes", "child_id", "placement_type", "legal_status") == [
        ("1", "K2", "J1"),
        ("2", "U3", None),
    ]
    found = [issue[:4] for issue in issues(reading, "ssd_cla_episodes")]
    assert found == [
        ("ssd_cla_episodes", "", Kind.REPAIRED, 1),
        ("ssd_cla_episodes", "clae_cla_placement_id", Kind.REPAIRED, 1),
    ]


def test_a_placement_without_its_child_is_that_of_its_episode(tmp_path: Path) -> None:
    """Older versions of the dataset say whose a placement is only through the period of care."""
    bare = {k: v for k, v in placement("P1", "", "2022-01-10").items() if k != "clap_person_id"}
    tables = {
        "ssd_cla_episodes": [care("E1", "1", "2022-01-10", clae_cla_id="C1")],
        "ssd_cla_placement": [bare | {"clap_cla_id": "C1"}],
    }
    reading = read(tmp_path, tables)
    assert rows(reading, "care_episodes", "placement_type") == [("U6",)]
    assert ("ssd_cla_placement", 1, 1) in reading.sheets


def test_care_that_began_before_the_dataset(tmp_path: Path) -> None:
    """The first episode is of the middle of care: the entry into care stands beside it."""
    episode = care("E1", "1", "2018-05-01", clae_cla_episode_start_reason="P",
                   clae_entered_care_date="2015-02-03")  # fmt: skip
    reading = read(tmp_path, {"ssd_cla_episodes": [episode]})
    assert rows(reading, "periods_of_care", "started_on") == [(date(2015, 2, 3),)]
    assert rows(reading, "care_episodes", "started_on") == [(date(2018, 5, 1),)]
    (said,) = (s for s in sentences(reading, Kind.REPAIRED) if "entry into care" in s)
    assert said.startswith("A period whose first episode says that care had started before it")


def test_gaps_are_repaired_by_the_rules_of_periods_of_care(tmp_path: Path) -> None:
    episodes = [
        care("E1", "1", "2022-01-10", "2022-03-01", clae_cla_episode_ceased_reason="X1"),
        care("E2", "1", "2022-03-02", "2022-05-01", clae_cla_episode_start_reason="P",
             clae_cla_episode_ceased_reason="E4A"),
    ]  # fmt: skip
    reading = read(tmp_path, {"ssd_cla_episodes": episodes})
    assert rows(reading, "periods_of_care", "started_on", "ceased_on", "reason_ceased") == [
        (date(2022, 1, 10), date(2022, 5, 1), "E4A")
    ]
    (repair,) = (issue for issue in reading.issues if "starts the day after" in issue.sentence)
    assert (repair.sheet, repair.kind, repair.rows) == ("ssd_cla_episodes", Kind.REPAIRED, (3,))


def test_health_by_year(tmp_path: Path) -> None:
    """Two health assessments a year under five, one from then on; a refused one was not had."""
    checks = [
        ("1", "Health Assessment", "2023-06-01", "Approved"),
        ("1", "Dental Check ", "2023-06-02", "Refused"),
        ("2", "Health Assessment", "2023-06-01", "Approved"),
        ("2", "Dental Check", "2023-07-01", "Approved"),
        ("2", "Development check", "2023-07-01", "Approved"),
        ("3", "RHA", "2023-06-01", "NULL"),
        ("3", "Review Health Assessment", "2024-01-01", "NULL"),
        ("3", "Optician check", "2024-01-01", "NULL"),
    ]
    tables: dict[str, list[Any]] = {
        "ssd_person": [person("1"), person("2", "2020-06-01"), person("3", "2020-06-01"),
                       person("4")],
        # The fourth child has not been looked after for a year on 31 March 2024.
        "ssd_cla_episodes": [care(f"E{n}", str(n), "2022-08-10") for n in (1, 2, 3)]
        + [care("E4", "4", "2023-08-10")],
        "ssd_cla_health": [
            {"clah_health_check_id": n, "clah_person_id": child, "clah_health_check_type": kind,
             "clah_health_check_date": day, "clah_health_check_status": status}
            for n, (child, kind, day, status) in enumerate(checks)
        ],
        "ssd_cla_immunisations": [
            {"clai_person_id": "1", "clai_immunisations_status": "Y",
             "clai_immunisations_status_date": "2020-01-01"},
        ],
        "ssd_cla_substance_misuse": [
            {"clas_substance_misuse_id": "1", "clas_person_id": "1",
             "clas_substance_misuse_date": "2023-05-05", "clas_substance_misused": "Y",
             "clas_intervention_received": "N"},
        ],
        "ssd_cla_convictions": [
            {"clac_cla_conviction_id": "1", "clac_person_id": "1",
             "clac_cla_conviction_date": "2023-05-05"},
        ],
        "ssd_sdq_scores": [
            {"csdq_table_id": "1", "csdq_person_id": "1", "csdq_sdq_completed_date": "2023-05-05",
             "csdq_sdq_score": "12", "csdq_sdq_reason": "NULL"},
            {"csdq_table_id": "2", "csdq_person_id": "1", "csdq_sdq_completed_date": "2024-01-05",
             "csdq_sdq_score": "14", "csdq_sdq_reason": "NULL"},
        ],
    }  # fmt: skip
    reading = read(tmp_path, tables)
    assert rows(reading, "health", *delivered_fields(BY_NAME["health"])) == [
        ("1", date(2024, 3, 31), 14, None, True, False, True, False, True, True, False, False),
        ("2", date(2024, 3, 31), None, None, False, True, False, True, False, False, False, False),
        ("3", date(2024, 3, 31), None, None, False, False, False, False, True, False, False,
         False),
    ]  # fmt: skip
    held = reading.frames["health_assessments"]
    assert held.filter(child_id="3").select("held_on", "kind").rows() == [
        (date(2023, 6, 1), "review"),
        (date(2024, 1, 1), "review"),
    ]
    assert reported(reading, Kind.SET_ASIDE) == [
        ("ssd_cla_health", "", 1, (9,)),
        ("ssd_cla_health", "", 1, (3,)),
    ]


# --- Former numbers --------------------------------------------------------------------------


def test_only_this_systems_own_former_numbers_link(tmp_path: Path) -> None:
    """A pupil's or health number never links, and no doubtful one; none is shown."""
    links = [
        ("1", "Case Number", "C-77", "2019-01-01"),
        ("1", "Unique Pupil Number", "A123456789012", "NULL"),
        ("1", "NHS Number", "9434765919", "NULL"),
        ("2", "Case Number", "2", "NULL"),  # the child's present number
        ("2", "Case Number", "3", "NULL"),  # the present number of a child born on another day
        ("2", "Legacy ID", "shared", "NULL"),
        ("3", "Legacy ID", "shared", "NULL"),
    ]
    tables = {
        "ssd_person": [
            person("1", pers_legacy_id="L-1"),
            person("2", pers_legacy_id="1"),  # in use as a present number
            person("3", "2015-09-09", pers_legacy_id="NULL"),
        ],
        "ssd_linked_identifiers": [
            {"link_table_id": n, "link_person_id": child, "link_identifier_type": kind,
             "link_identifier_value": value, "link_valid_from_date": day}
            for n, (child, kind, value, day) in enumerate(links)
        ],
    }  # fmt: skip
    reading = read(tmp_path, tables)
    assert rows(reading, "linked_identifiers", "child_id", "also_known_as", "linked_on") == [
        ("1", "C-77", date(2019, 1, 1)),
        ("1", "L-1", None),
    ]
    assert reported(reading, Kind.SET_ASIDE) == [
        ("ssd_linked_identifiers", "", 2, (3, 4)),
        ("ssd_linked_identifiers", "", 1, (5,)),
    ]
    assert reported(reading, Kind.LEFT_OUT) == [
        ("ssd_linked_identifiers", "", 3, (6, 7, 8)),
        ("ssd_person", "", 1, (3,)),
    ]
    told = " ".join(describe(reading)) + str(reading.issues)
    assert not any(number in told for number in ("A123456789012", "9434765919", "C-77", "L-1"))


# --- How databases and their exports write ---------------------------------------------------


def contact(identity: str, day: str, **more: Any) -> Mapping[str, Any]:
    return {"cont_contact_id": identity, "cont_person_id": "1", "cont_contact_date": day,
            "cont_contact_source_code": "6", **more}  # fmt: skip


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("2023-05-02", None),
        ("2023-05-02 00:00:00.000", None),
        ("2023-05-02T00:00:00", None),
        ("2023-05-02 00:00:00.0000000", None),
        ("May  2 2023 12:00AM", None),
        ("2023-05-02 14:30:00.000", Kind.TIME_CUT_OFF),
        ("May  2 2023  2:30PM", Kind.TIME_CUT_OFF),
        ("02/05/2023", Kind.DATE_IN_TEXT),
        ("02/05/2023 00:00", Kind.DATE_IN_TEXT),
        ("45048", Kind.DATE_AS_NUMBER),
    ],
)
def test_a_date_as_servers_and_exports_write_it(
    tmp_path: Path, written: str, kind: Kind | None
) -> None:
    reading = read(tmp_path, {"ssd_contacts": [contact("1", written)]})
    assert rows(reading, "contacts", "contacted_on") == [(date(2023, 5, 2),)]
    assert {issue.kind for issue in reading.issues} == ({kind} if kind else set())


@pytest.mark.parametrize("written", ["1900-01-01", "1900-01-01 00:00:00.000", "01/01/1900"])
def test_a_stand_in_for_no_date_is_blank_and_reported(tmp_path: Path, written: str) -> None:
    plans = [plan("P1", "1", "2023-05-30", written), plan("P2", "2", written)]
    reading = read(tmp_path, {"ssd_cp_plans": plans})
    assert rows(reading, "child_protection_plans", "child_id", "ended_on") == [("1", None)]
    assert [(i.field, i.kind, i.rows, i.value) for i in reading.issues] == [
        ("cppl_cp_plan_start_date", Kind.STAND_IN, (3,), "1900-01-01"),
        ("cppl_cp_plan_end_date", Kind.STAND_IN, (2,), "1900-01-01"),
        ("cppl_cp_plan_start_date", Kind.NOT_TAKEN, (3,), None),
    ]
    assert reading.sheets == (("ssd_cp_plans", 2, 1),)


def test_the_end_of_time_is_open(tmp_path: Path) -> None:
    plans = [plan("P1", "1", "2023-05-30", "9999-12-31 00:00:00.000")]
    reading = read(tmp_path, {"ssd_cp_plans": plans})
    assert rows(reading, "child_protection_plans", "ended_on") == [(None,)]
    assert [(i.kind, i.value) for i in reading.issues] == [(Kind.STAND_IN, "9999-12-31")]


@pytest.mark.parametrize("written", ["NULL", "null", "(null)", "\\N", "NaN", "", "  "])
def test_the_word_null_is_a_blank(tmp_path: Path, written: str) -> None:
    plans = [plan("P1", "1", "2023-05-30", written, cppl_cp_plan_latest_category=written)]
    reading = read(tmp_path, {"ssd_cp_plans": plans})
    fields = ("ended_on", "latest_category")
    assert rows(reading, "child_protection_plans", *fields) == [(None, None)]
    assert reading.issues == ()


@pytest.mark.parametrize(
    ("written", "is_other"),
    [("Y ", True), ("y", True), ("1", True), ("T", True), ("N   ", False), ("0", False),
     ("F", False)],
)  # fmt: skip
def test_a_padded_flag(tmp_path: Path, written: str, is_other: bool) -> None:
    plans = [plan("P1", "1", "2023-05-30", cppl_cp_plan_ola=written)]
    reading = read(tmp_path, {"ssd_cp_plans": plans})
    assert rows(reading, "child_protection_plans", "is_other_authority") == [(is_other,)]
    assert reading.issues == ()


def test_a_placeholder_of_the_scripts_is_a_blank(tmp_path: Path) -> None:
    reading = read(tmp_path, {"ssd_person": [person("1", pers_ethnicity="SSD_PH")]})
    assert rows(reading, "children", "ethnicity") == [(None,)]
    assert [(i.kind, i.value) for i in reading.issues] == [(Kind.STAND_IN, "SSD_PH")]


def test_numbers_that_a_program_wrote_with_a_fraction(tmp_path: Path) -> None:
    tables = {
        "ssd_person": [person("1")],
        "ssd_cin_episodes": [referral("7.0", "1.0", "2023-05-02")],
        "ssd_cin_plans": [
            {"cinp_cin_plan_id": "1", "cinp_person_id": "1", "cinp_referral_id": "7",
             "cinp_cin_plan_start_date": "2023-06-01"},
        ],
    }  # fmt: skip
    reading = read(tmp_path, tables)
    assert rows(reading, "referrals", "child_id") == [("1",)]
    assert rows(reading, "cin_plans", "referred_on") == [(date(2023, 5, 2),)]
    assert reported(reading, Kind.REPAIRED) == [
        ("ssd_cin_episodes", "cine_referral_id", 1, (2,)),
        ("ssd_cin_episodes", "cine_person_id", 1, (2,)),
    ]


@pytest.mark.parametrize(
    ("code", "words", "source", "is_unknown"),
    [
        ("1A", "", "1A", False),
        ("1A: Individual: Family member", "", "1A", False),
        ("SCHOOL01", "Schools", "2A", False),
        ("NULL", "Police", "6", False),
        ("SCHOOL01", "Somebody's own words", None, True),
    ],
)
def test_a_source_by_code_label_or_description(
    tmp_path: Path, code: str, words: str, source: str | None, is_unknown: bool
) -> None:
    row = contact("1", "2023-05-02", cont_contact_source_code=code, cont_contact_source_desc=words)
    reading = read(tmp_path, {"ssd_contacts": [row]})
    assert rows(reading, "contacts", "source") == [(source,)]
    assert bool(reported(reading, Kind.UNKNOWN)) == is_unknown


@pytest.mark.parametrize(
    ("code", "has_disability"),
    [("MOB", True), ("NONE", False), ("AUT - Autism or Asperger syndrome", True), ("ld", True)],
)
def test_a_disability(tmp_path: Path, code: str, has_disability: bool) -> None:
    tables = {
        "ssd_person": [person("1"), person("2")],
        "ssd_disability": [
            {"disa_table_id": "1", "disa_person_id": "1", "disa_disability_code": code}
        ],
    }
    reading = read(tmp_path, tables)
    assert rows(reading, "children", "has_disability") == [(has_disability,), (False,)]
    assert reading.issues == ()


def test_gender_where_the_sex_is_blank(tmp_path: Path) -> None:
    people = [
        person("1", pers_sex="NULL", pers_gender="1"),
        person("2", pers_sex="F", pers_gender="1"),
    ]
    reading = read(tmp_path, {"ssd_person": people})
    assert rows(reading, "children", "sex") == [("M",), ("F",)]


def test_rows_that_point_nowhere_are_taken_and_reported(tmp_path: Path) -> None:
    tables = {
        "ssd_person": [person("1")],
        "ssd_cin_episodes": [referral("R1", "1", "2023-05-02")],
        "ssd_s47_enquiry": [enquiry("E1", "9", "2023-05-10", s47e_referral_id="R9")],
        "ssd_initial_cp_conference": [
            conference("C1", "1", "2023-05-30", icpc_s47_enquiry_id="E9", icpc_referral_id="R1")
        ],
        "ssd_cp_plans": [plan("P1", "1", "2023-05-30")],
        "ssd_cp_reviews": [
            {"cppr_cp_review_id": "1", "cppr_person_id": "1", "cppr_cp_plan_id": "P9",
             "cppr_cp_review_date": "2023-08-22"},
        ],
    }  # fmt: skip
    reading = read(tmp_path, tables)
    assert rows(reading, "section_47_enquiries", "child_id", "referred_on") == [("9", None)]
    fields = ("strategy_discussion_on", "referred_on")
    assert rows(reading, "initial_conferences", *fields) == [(None, date(2023, 5, 2))]
    assert rows(reading, "child_protection_reviews", "plan_started_on") == [(date(2023, 5, 30),)]
    assert reported(reading, Kind.REPAIRED) == [
        ("ssd_cp_reviews", "cppr_cp_plan_id", 1, (2,)),
        ("ssd_initial_cp_conference", "icpc_s47_enquiry_id", 1, (2,)),
        ("ssd_s47_enquiry", "s47e_referral_id", 1, (2,)),
        ("ssd_s47_enquiry", "", 1, (2,)),
    ]
    assert all(rows_in == taken for _, rows_in, taken in reading.sheets)


def test_one_key_in_several_rows(tmp_path: Path) -> None:
    """The first stands; a repeat and a contradiction are set aside, each by its sentence."""
    contacts = [
        contact("1", "2023-05-02"),
        contact("1", "2023-05-02"),
        contact("1", "2023-06-02"),
        contact("NULL", "2023-07-02"),
        contact("NULL", "2023-07-02"),
    ]
    reading = read(tmp_path, {"ssd_contacts": contacts})
    assert rows(reading, "contacts", "contacted_on") == [
        (date(2023, 5, 2),), (date(2023, 7, 2),), (date(2023, 7, 2),),
    ]  # fmt: skip
    assert [(i.kind, i.rows, i.sentence.split(" ")[0]) for i in reading.issues] == [
        (Kind.SET_ASIDE, (3,), "A"),
        (Kind.SET_ASIDE, (4,), "Of"),
    ]
    assert reading.sheets == (("ssd_contacts", 5, 3),)


def test_columns_that_are_more_or_fewer(tmp_path: Path) -> None:
    rows_ = [
        {"CONT_PERSON_ID": "1", "Local Note": "x", "cont contact date": "2023-05-02",
         "cont_contact_id": "1"},
    ]  # fmt: skip
    reading = read(tmp_path, {"ssd_contacts": rows_})
    assert rows(reading, "contacts", "child_id", "contacted_on", "source") == [
        ("1", date(2023, 5, 2), None)
    ]
    assert [(i.field, i.kind, i.count) for i in reading.issues] == [
        ("Local Note", Kind.HEADER_UNKNOWN, 1)
    ]
    assert reading.submission.missing_fields == ("contacts.source",)


# --- Files and what they are taken for -------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["ssd_contacts.csv", "SSD-Contacts.CSV", "contacts.csv", "ssd_contacts_v.csv", "x.csv"]
)
def test_a_table_is_known_by_its_columns_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    path = write_table(tmp_path / name, [contact("1", "2023-05-02")])
    assert is_ssd(path) == "ssd_contacts"
    reading = read_dataset([path])
    assert reading.frames["contacts"].height == 1
    assert describe(reading)[0] == (
        f"{name} was taken for Standard Safeguarding Dataset of an authority that it does not "
        "name, because the columns of its files are those of 'ssd_contacts'."
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_any_delimiter_and_encoding(tmp_path: Path, delimiter: str, encoding: str) -> None:
    row = {"earl_episode_id": "1", "earl_person_id": "1",
           "earl_episode_start_date": "2022-01-04",
           "earl_episode_organisation": "École Élémentaire"}  # fmt: skip
    path = write_table(tmp_path / "x.csv", [row], delimiter=delimiter, encoding=encoding)
    reading = read_dataset([path])
    fields = ("child_id", "organisation")
    assert rows(reading, "early_help_assessments", *fields) == [("1", "École Élémentaire")]


def test_typed_parquet_says_what_text_says(tmp_path: Path) -> None:
    """Numbers, truths, dates and moments in their own types, and numbers read as fractions."""
    frame = pl.DataFrame(
        {
            "cppl_cp_plan_id": [1, 2],
            "cppl_person_id": [11.0, 12.0],
            "cppl_cp_plan_start_date": [date(2023, 5, 30), date(2023, 6, 1)],
            "cppl_cp_plan_end_date": [None, date(2023, 7, 1)],
            "cppl_cp_plan_ola": [True, False],
            "cppl_cp_plan_initial_category": pl.Series(["NEG", "EMO"], dtype=pl.Categorical),
        }
    ).with_columns(pl.col("cppl_cp_plan_end_date").cast(pl.Datetime("ns")))
    frame.write_parquet(tmp_path / "ssd_cp_plans.parquet")
    reading = read_dataset([tmp_path / "ssd_cp_plans.parquet"])
    fields = ("child_id", "started_on", "ended_on", "initial_category", "is_other_authority",
              "row")  # fmt: skip
    assert rows(reading, "child_protection_plans", *fields) == [
        ("11", date(2023, 5, 30), None, "NEG", True, 1),
        ("12", date(2023, 6, 1), date(2023, 7, 1), "EMO", False, 2),
    ]


def test_the_tables_of_a_folder_are_one_delivery(tmp_path: Path) -> None:
    files = deliver(tmp_path / "all", FRONT_DOOR)
    other = write_table(tmp_path / "all" / "note.csv", [{"Child": "1", "Note": "x"}])
    sorted_out = deliveries([tmp_path / "all"])
    assert sorted(map(len, sorted_out)) == [1, len(files)]
    assert {path for delivery in sorted_out for path in delivery} == {*files, other}


def test_the_order_of_the_files_does_not_matter(tmp_path: Path) -> None:
    files = deliver(tmp_path / "all", FRONT_DOOR)
    one, other = read_dataset(files), read_dataset(files[::-1])
    assert one.submission.sha256 == other.submission.sha256
    for name, frame in one.frames.items():
        assert frame.drop("submission").equals(other.frames[name].drop("submission"))


def test_tables_that_hold_nothing_kept_are_named(tmp_path: Path) -> None:
    tables = {
        "ssd_contacts": [contact("1", "2023-05-02")],
        "ssd_address": [
            {"addr_table_id": "1", "addr_person_id": "1", "addr_address_postcode": "ZZ1 1AA"}
        ],
    }
    reading = read(tmp_path, tables)
    assert "Nothing the journey keeps is in ssd_address: not read." in reading.remarks
    assert [sheet for sheet, _, _ in reading.sheets] == ["ssd_contacts"]


def test_a_log_of_versions_that_says_synthetic_is_believed(tmp_path: Path) -> None:
    log = [
        {"version_number": "1.4", "release_date": "2026-01-01", "is_current": "1",
         "description": "Synthetic authority", "created_at": "NULL"},
    ]  # fmt: skip
    contacts = [contact("1", "2023-05-02")]
    made_up = read(tmp_path / "a", {"ssd_contacts": contacts, "ssd_version_log": log})
    assert made_up.submission.is_synthetic
    assert not read(tmp_path / "b", {"ssd_contacts": contacts}).submission.is_synthetic


def test_what_a_database_is_asked_for() -> None:
    """Names are never asked for. SQL Server's text is rendered here; it has not been run."""
    columns = ["pers_person_id", "pers_forename", "pers_surname", "pers_sex", "Local Note"]
    asked = statement(columns, "ssd", "ssd_person_v", "ssd_person")
    text = str(asked.compile(dialect=mssql.dialect()))  # type: ignore[no-untyped-call]
    assert " ".join(text.split()) == (
        "SELECT ssd.ssd_person_v.pers_person_id, ssd.ssd_person_v.pers_sex, "
        "ssd.ssd_person_v.[Local Note] FROM ssd.ssd_person_v "
        "ORDER BY ssd.ssd_person_v.pers_person_id"
    )


# --- Rows in are rows taken and rows reported ------------------------------------------------

_TEXTS = st.sampled_from(
    ["", "NULL", "1", "2", "P1", "P2", "2023-05-02", "1900-01-01", "9999-12-31", "31/02/2023",
     "Y", "N ", "maybe", '["1A"]', "{broken", "U6", "Case Number", "Dental check"]
)  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_rows_in_are_rows_taken_and_rows_reported(data: st.DataObject) -> None:
    """Whatever stands in the cells of whatever tables."""
    chosen = data.draw(st.sets(st.sampled_from([t.name for t in TABLES_SSD]), min_size=1,
                               max_size=5))  # fmt: skip
    tables = {
        name: [
            {field: data.draw(_TEXTS) for field in field_types()[name]}
            for _ in range(data.draw(st.integers(1, 4)))
        ]
        for name in sorted(chosen)
    }
    with tempfile.TemporaryDirectory() as folder:
        reading = read(Path(folder), tables)
    blank = {"", "NULL", "1900-01-01", "9999-12-31"}
    dates = {f for fields in field_types().values() for f, t in fields.items() if t == "datetime"}
    for sheet, rows_in, taken in reading.sheets:
        told = sum(
            issue.count
            for issue in reading.issues
            if issue.sheet == sheet and issue.kind in (Kind.NOT_TAKEN, Kind.SET_ASIDE)
        )
        assert rows_in == taken + told, sheet
        held = [
            row
            for row in tables[sheet]
            if any(v not in ("", "NULL") and not (v in blank and f in dates)
                   for f, v in row.items())
        ]  # fmt: skip
        assert rows_in == len(held)
    assert {sheet for sheet, _, _ in reading.sheets} == chosen
