"""The modules of the children in need census: every element, and where in the journey it goes.

Source: Department for Education, children in need census, technical specification and XML schemas
2017 to 2026 (`Sex` replaced `GenderCurrent` in 2025; plans for children in need since 2022).
"""

from __future__ import annotations

from lineofsight.journey.tables import (
    assessment_factors,
    assessments,
    child_protection_plans,
    child_protection_reviews,
    children,
    cin_plans,
    initial_conferences,
    need_episodes,
    referrals,
    section_47_enquiries,
)
from lineofsight.returns.layout import Sheet, column
from lineofsight.returns.xml_modules import Module

CHILD_ID, REFERRED = "LAchildID", "CINreferralDate"
CONFERENCE = "DateOfInitialCPC"
DISABILITY_TRUTHS = {
    "NONE": "0",
    **dict.fromkeys(
        ("MOB", "HAND", "PC", "INC", "COMM", "LD", "HEAR", "VIS", "BEH", "CON", "AUT", "DDA"), "1"
    ),
}

DISABILITIES = Module(
    Sheet(
        "Disability",
        "Disabilities of the child; NONE says that there is none",
        (children,),
        (column(CHILD_ID, children.child_id), column("Disability", children.has_disability)),
    ),
    given=(CHILD_ID,),
    is_leaf=True,
)
FACTORS = Module(
    Sheet(
        "AssessmentFactors",
        "Factors identified at the end of the assessment",
        (assessment_factors,),
        (
            column(CHILD_ID, assessment_factors.child_id),
            column("AssessmentActualStartDate", assessment_factors.assessment_started_on),
            column("AssessmentFactors", assessment_factors.factor),
        ),
    ),
    given=(CHILD_ID, "AssessmentActualStartDate"),
    since=2014,
    is_leaf=True,
)
ASSESSMENTS = Module(
    Sheet(
        "Assessments",
        "Single assessments",
        (assessments,),
        (
            column(CHILD_ID, assessments.child_id),
            column(REFERRED, assessments.referred_on),
            column("AssessmentActualStartDate", assessments.started_on),
            column("AssessmentAuthorisationDate", assessments.authorised_on),
        ),
    ),
    given=(CHILD_ID, REFERRED),
    inside=(FACTORS,),
    groups=("FactorsIdentifiedAtAssessment",),
    passed=("AssessmentInternalReviewDate",),
    optional=("AssessmentAuthorisationDate",),
)
CIN_PLANS = Module(
    Sheet(
        "CINPlanDates",
        "Child in need plans",
        (cin_plans,),
        (
            column(CHILD_ID, cin_plans.child_id),
            column(REFERRED, cin_plans.referred_on),
            column("CINPlanStartDate", cin_plans.started_on),
            column("CINPlanEndDate", cin_plans.ended_on),
        ),
    ),
    given=(CHILD_ID, REFERRED),
    optional=("CINPlanEndDate",),
    since=2022,
)
SECTION_47 = Module(
    Sheet(
        "Section47",
        "Section 47 enquiries and the conferences that followed",
        (section_47_enquiries, initial_conferences),
        (
            column(CHILD_ID, section_47_enquiries.child_id, initial_conferences.child_id),
            column(REFERRED, section_47_enquiries.referred_on, initial_conferences.referred_on),
            column(
                "S47ActualStartDate",
                section_47_enquiries.strategy_discussion_on,
                initial_conferences.strategy_discussion_on,
            ),
            column(CONFERENCE, section_47_enquiries.conference_on, initial_conferences.held_on),
            column("ICPCnotRequired", section_47_enquiries.is_conference_unnecessary),
        ),
    ),
    given=(CHILD_ID, REFERRED),
    passed=("InitialCPCtarget",),
    optional=(CONFERENCE,),
)
REVIEWS = Module(
    Sheet(
        "CPPreviewDate",
        "Reviews of child protection plans",
        (child_protection_reviews,),
        (
            column(CHILD_ID, child_protection_reviews.child_id),
            column("CPPstartDate", child_protection_reviews.plan_started_on),
            column("CPPreviewDate", child_protection_reviews.held_on),
        ),
    ),
    given=(CHILD_ID, "CPPstartDate"),
    is_leaf=True,
)
PLANS = Module(
    Sheet(
        "ChildProtectionPlans",
        "Child protection plans",
        (child_protection_plans,),
        (
            column(CHILD_ID, child_protection_plans.child_id),
            column(REFERRED, child_protection_plans.referred_on),
            column("CPPstartDate", child_protection_plans.started_on),
            column("CPPendDate", child_protection_plans.ended_on),
            column("InitialCategoryOfAbuse", child_protection_plans.initial_category),
            column("LatestCategoryOfAbuse", child_protection_plans.latest_category),
            column("NumberOfPreviousCPP", child_protection_plans.previous_plans),
        ),
    ),
    given=(CHILD_ID, REFERRED),
    inside=(REVIEWS,),
    groups=("Reviews",),
    optional=("CPPendDate",),
)
NEED = Module(
    Sheet(
        "CINdetails",
        "Referrals and the episodes of need that they began",
        (referrals, need_episodes, initial_conferences),
        (
            column(
                CHILD_ID, referrals.child_id, need_episodes.child_id, initial_conferences.child_id
            ),
            column(
                REFERRED,
                referrals.referred_on,
                need_episodes.started_on,
                initial_conferences.referred_on,
            ),
            column("ReferralSource", referrals.source),
            column("PrimaryNeedCode", need_episodes.primary_need),
            column("CINclosureDate", need_episodes.ended_on),
            column("ReasonForClosure", need_episodes.closure_reason),
            column(CONFERENCE, initial_conferences.held_on),
            column("ReferralNFA", referrals.is_no_further_action),
        ),
    ),
    given=(CHILD_ID,),
    inside=(ASSESSMENTS, CIN_PLANS, SECTION_47, PLANS),
    passed=("PreProceedingsandFGDM",),
    optional=("CINclosureDate", "ReasonForClosure", CONFERENCE),
)
CHILD = Module(
    Sheet(
        "Child",
        "Children",
        (children,),
        (
            column(CHILD_ID, children.child_id),
            column("Sex", children.sex, also=("GenderCurrent", "PersonGenderCurrent", "Gender")),
            column("Ethnicity", children.ethnicity),
            column("PersonBirthDate", children.born_on),
            column("ExpectedPersonBirthDate", children.expected_on),
            column("PersonDeathDate", children.died_on),
        ),
    ),
    inside=(DISABILITIES, NEED),
    groups=("ChildIdentifiers", "ChildCharacteristics", "Disabilities"),
    passed=("UPN", "FormerUPN", "UPNunknown"),
    optional=("PersonBirthDate", "ExpectedPersonBirthDate", "PersonDeathDate"),
)
