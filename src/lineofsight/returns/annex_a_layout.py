"""The eleven lists of Ofsted's Annex A: every column, and where in the journey it goes.

Source: Ofsted, inspection of local authority children's services (ILACS), Annex A child-level
data, 2018 to 2026. `also` holds the spellings that years and case systems have used.
"""

from __future__ import annotations

from lineofsight.journey.fields import Events
from lineofsight.journey.tables import (
    adoptions,
    assessments,
    care_leavers,
    child_protection_plans,
    children,
    contacts,
    early_help_assessments,
    initial_conferences,
    need_episodes,
    periods_of_care,
    prospective_adopters,
    referrals,
    section_47_enquiries,
)
from lineofsight.returns.layout import Column, Sheet, column

_UNACCOMPANIED = "Unaccompanied Asylum Seeking Child (UASC)"
_GENDER = column("Gender", children.sex, also=("Sex", "Gender / Sex"))
_ETHNICITY = column("Ethnicity", children.ethnicity, also=("Ethnic background", "Ethnic origin"))
_BORN = column("Date of Birth", children.born_on, also=("DOB", "D.O.B.", "Birth date"))
# Not kept, but with the date of birth it tells on which day the lists were made.
AGE = column("Age of Child (Years)", also=("Age", "Age (Years)", "Age of Child"))
_DISABILITY = column(
    "Does the Child have a Disability",
    children.has_disability,
    also=("Disability", "Does the child have a disability?", "Child has a disability"),
)


def _child(*tables: type[Events], disability: bool = True) -> tuple[Column, ...]:
    identity = _identity(*tables)
    return (identity, _GENDER, _ETHNICITY, _BORN, AGE, *((_DISABILITY,) if disability else ()))


def _identity(*tables: type[Events]) -> Column:
    spellings = ("Child ID", "Child Unique Identifier", "Unique Child ID", "Child's Unique ID")
    fields = (children.child_id, *(table.table.columns.child_id for table in tables))
    return column("Child Unique ID", *fields, also=spellings, needed=True)


def _staff(*tables: type[Events]) -> tuple[Column, ...]:
    return (
        column("Allocated Team", *(t.table.columns.team for t in tables), also=("Team",)),
        column(
            "Allocated Worker",
            *(t.table.columns.worker for t in tables),
            also=("Worker", "Allocated Social Worker"),
        ),
    )


LIST_1 = Sheet(
    "List 1",
    "Contacts",
    (contacts,),
    (
        *_child(contacts, disability=False),
        column("Date of Contact", contacts.contacted_on, also=("Contact Date",), needed=True),
        column("Contact Source", contacts.source, also=("Source of Contact",)),
    ),
)
LIST_2 = Sheet(
    "List 2",
    "Early help (targeted) assessments",
    (early_help_assessments,),
    (
        *_child(early_help_assessments, disability=False),
        column(
            "Assessment start date",
            early_help_assessments.started_on,
            also=("Early help assessment start date", "Date assessment started"),
            needed=True,
        ),
        column(
            "Assessment completion date",
            early_help_assessments.completed_on,
            also=("Early help assessment completion date", "Date assessment completed"),
        ),
        column("Organisation completing assessment", early_help_assessments.organisation),
    ),
)
LIST_3 = Sheet(
    "List 3",
    "Referrals",
    (referrals,),
    (
        *_child(referrals, disability=False),
        column("Date of Referral", referrals.referred_on, also=("Referral Date",), needed=True),
        column("Referral Source", referrals.source, also=("Source of Referral",)),
        column(
            "Referral NFA?",
            referrals.is_no_further_action,
            also=("NFA", "Referral no further action?", "Referral with no further action"),
        ),
        column("Number of Referrals in Last 12 Months"),
        *_staff(referrals),
    ),
    is_needed=True,
)
LIST_4 = Sheet(
    "List 4",
    "Assessments",
    (assessments,),
    (
        *_child(assessments),
        column(
            "Continuous Assessment Start Date",
            assessments.started_on,
            also=("Assessment Start Date", "Single Assessment Start Date"),
            needed=True,
        ),
        column(
            "Child Seen During Continuous Assessment",
            assessments.is_child_seen,
            also=("Child Seen During Assessment", "Child Seen During Single Assessment"),
        ),
        column(
            "Continuous Assessment Date of Authorisation",
            assessments.authorised_on,
            also=(
                "Assessment Date of Authorisation",
                "Date of Authorisation",
                "Assessment Authorisation Date",
                "Single Assessment Date of Authorisation",
            ),
        ),
        column(
            "Was the child assessed as requiring LA children's social care support?",
            assessments.is_support_needed,
            also=("Was the child assessed as requiring social care support?",),
        ),
        *_staff(assessments),
    ),
    is_needed=True,
)
LIST_5 = Sheet(
    "List 5",
    "Section 47 enquiries and initial child protection conferences",
    (section_47_enquiries, initial_conferences),
    (
        *_child(section_47_enquiries, initial_conferences),
        column(
            "Strategy discussion initiating Section 47 Enquiry Start Date",
            section_47_enquiries.strategy_discussion_on,
            initial_conferences.strategy_discussion_on,
            also=("Strategy discussion date", "Section 47 Enquiry Start Date", "S47 Start Date"),
            needed=True,
        ),
        column(
            "Was an Initial Child Protection Conference deemed unnecessary?",
            section_47_enquiries.is_conference_unnecessary,
            also=("Was an ICPC deemed unnecessary?", "ICPC not required"),
        ),
        column(
            "Date of Initial Child Protection Conference",
            section_47_enquiries.conference_on,
            initial_conferences.held_on,
            also=("Date of ICPC", "ICPC Date", "Initial Child Protection Conference Date"),
            needed=True,
        ),
        column(
            "Did the Initial Child Protection Conference Result in a Child Protection Plan",
            initial_conferences.is_plan_made,
            also=("Did the ICPC result in a Child Protection Plan", "ICPC resulted in a CP Plan"),
        ),
        column("Number of Section 47 Enquiries in the last 12 months"),
        column("Number of ICPCs in the last 12 months"),
        *_staff(section_47_enquiries, initial_conferences),
    ),
    is_needed=True,
)
LIST_6 = Sheet(
    "List 6",
    "Children in need",
    (need_episodes,),
    (
        *_child(need_episodes),
        column(
            "CIN Start Date",
            need_episodes.started_on,
            also=("Child in Need Start Date", "Date CIN Started"),
            needed=True,
        ),
        column("Primary Need Code", need_episodes.primary_need, also=("Primary Need",)),
        column("Date Child Was Last Seen", also=("Date child last seen",)),
        column(
            "CIN Closure Date",
            need_episodes.ended_on,
            also=("CIN End Date", "Child in Need Closure Date"),
        ),
        column("Reason for Closure", need_episodes.closure_reason, also=("Closure Reason",)),
        column("Case Status", need_episodes.status, also=("Status",)),
        *_staff(need_episodes),
    ),
    is_needed=True,
)
LIST_7 = Sheet(
    "List 7",
    "Child protection plans",
    (child_protection_plans,),
    (
        *_child(child_protection_plans),
        column(
            "Child Protection Plan Start Date",
            child_protection_plans.started_on,
            also=("CP Plan Start Date", "CPP Start Date"),
            needed=True,
        ),
        column("Initial Category of Abuse", child_protection_plans.initial_category),
        column("Latest Category of Abuse", child_protection_plans.latest_category),
        column(
            "Date of the Last Statutory Visit",
            child_protection_plans.latest_visit_on,
            also=("Date of Last Statutory Visit", "Last Statutory Visit"),
        ),
        column("Was the Child Seen Alone?", child_protection_plans.is_seen_alone),
        column(
            "Date of latest review conference",
            child_protection_plans.latest_review_on,
            also=("Date of latest review child protection conference", "Latest review date"),
        ),
        column(
            "Child Protection Plan End Date",
            child_protection_plans.ended_on,
            also=("CP Plan End Date", "CPP End Date"),
        ),
        column(
            "Subject to Emergency Protection Order or Protected Under Police Powers "
            "in Last Six Months (Y/N)"
        ),
        column(
            "Number of Previous Child Protection Plans",
            child_protection_plans.previous_plans,
            also=("Number of Previous CP Plans",),
        ),
        *_staff(child_protection_plans),
    ),
    is_needed=True,
)
LIST_8 = Sheet(
    "List 8",
    "Children looked after",
    (periods_of_care,),
    (
        *_child(periods_of_care, disability=False),
        column(
            f"{_UNACCOMPANIED} within the Last 12 Months (Y/N)",
            periods_of_care.is_unaccompanied,
            also=("UASC", "UASC within the last 12 months", _UNACCOMPANIED),
        ),
        _DISABILITY,
        column(
            "Date Started to be Looked After",
            periods_of_care.started_on,
            also=("Date became looked after", "Start date of looked after period"),
            needed=True,
        ),
        column(
            "Child's Category of Need", periods_of_care.primary_need, also=("Category of Need",)
        ),
        column(
            "Is this a second or subsequent period of being a Looked After Child "
            "within the last 12 months (Y/N)"
        ),
        column("Start date of current legal status"),
        column("Child's Legal Status", periods_of_care.legal_status, also=("Legal Status",)),
        column(
            "Date of Latest Statutory Review",
            periods_of_care.latest_review_on,
            also=("Date of last statutory review", "Latest statutory review date"),
        ),
        column(
            "Date of Last Social Work Visit",
            periods_of_care.latest_visit_on,
            also=("Date of latest social work visit",),
        ),
        column(
            "What is the permanence plan for this child?",
            periods_of_care.permanence_plan,
            also=("Permanence plan",),
        ),
        column("Date of Last IRO Visit / Contact to the Child"),
        column("Date of Last Health Assessment", periods_of_care.latest_health_assessment_on),
        column("Date of Last Dental Check", periods_of_care.latest_dental_check_on),
        column(
            "Number of Placements in the Last 12 months",
            periods_of_care.placements_in_12_months,
        ),
        column(
            "Date Ceased to be Looked After",
            periods_of_care.ceased_on,
            also=("Date ceased looked after",),
        ),
        column("Reason Ceased to be Looked After", periods_of_care.reason_ceased),
        column("Start Date of Most Recent Placement"),
        column("Placement Type", periods_of_care.placement_type),
        column("Placement Provider", periods_of_care.placement_provider),
        column("Placement postcode"),
        column("URN of Placement"),
        column("Placement Location", periods_of_care.is_placed_outside),
        column("LA of Placement"),
        column(
            "Number of Episodes the Child has been 'Missing' from their Placement "
            "in the last 12 months",
            periods_of_care.missing_in_12_months,
        ),
        column(
            "Number of Episodes the Child has been 'Absent' from their Placement "
            "in the last 12 months"
        ),
        column("Was the child offered a Return Interview after their last missing episode (Y/N)?"),
        column("Did the child accept a Return Interview after their last missing episode (Y/N)?"),
        *_staff(periods_of_care),
    ),
    is_needed=True,
)
LIST_9 = Sheet(
    "List 9",
    "Leaving care services",
    (care_leavers,),
    (
        *_child(care_leavers, disability=False),
        column(f"{_UNACCOMPANIED}, or formerly UASC if 18 or over (Y/N)", also=("UASC",)),
        _DISABILITY,
        *_staff(care_leavers),
        column(
            "Allocated Personal Advisor",
            also=("Allocated Personal Adviser", "Personal Advisor", "Personal Adviser"),
        ),
        column("Eligibility Category", care_leavers.eligibility),
        column("Latest Pathway Plan Review Date", care_leavers.pathway_plan_reviewed_on),
        column("LA in Touch", care_leavers.in_touch, also=("In Touch",)),
        column("Latest Date of Contact", care_leavers.contacted_on),
        column("Type of Accommodation", care_leavers.accommodation),
        column("Suitability of Accommodation", care_leavers.accommodation_suitability),
        column("Activity Status", care_leavers.activity),
    ),
)
LIST_10 = Sheet(
    "List 10",
    "Children with a decision to be placed for adoption",
    (adoptions,),
    (
        _identity(adoptions),
        column("Family identifier", adoptions.family_id, also=("Family ID",)),
        _GENDER,
        _ETHNICITY,
        _BORN,
        AGE,
        _DISABILITY,
        column("Date the Child Entered Care", adoptions.entered_care_on, needed=True),
        column(
            "Date of Decision that Child Should be Placed for Adoption",
            adoptions.decided_on,
        ),
        column("Date of Placement Order", adoptions.placement_order_on),
        column("Date of Matching Child and Prospective Adopters", adoptions.matched_on),
        column("Date Placed for Adoption", adoptions.placed_on),
        column("Date of Adoption Order", adoptions.ordered_on),
        column(
            "Date of Decision that Child Should No Longer be Placed for Adoption",
            adoptions.reversed_on,
        ),
        column("Reason Why Child No Longer Placed for Adoption", adoptions.reversal_reason),
        column(
            "Date the child was placed for fostering in FFA or concurrent planning placement",
            adoptions.fostered_on,
        ),
    ),
)
LIST_11 = Sheet(
    "List 11",
    "Prospective adopters",
    (prospective_adopters,),
    (
        column(
            "Individual adopter identifier",
            prospective_adopters.adopter_id,
            also=("Adopter ID", "Individual adopter ID"),
            needed=True,
        ),
        column("Family identifier", prospective_adopters.family_id, also=("Family ID",)),
        column("Gender", also=("Sex",)),
        column("Ethnicity"),
        column("Disability", also=("Does the adopter have a disability",)),
        column("Is the (prospective) adopter fostering for adoption?"),
        column("Date enquiry received", prospective_adopters.enquired_on, needed=True),
        column("Date Stage 1 started"),
        column("Date Stage 1 ended"),
        column("Date Stage 2 started"),
        column("Date Stage 2 ended"),
        column("Date application submitted"),
        column("Date application approved", prospective_adopters.approved_on),
        column("Date adopter matched with child(ren)", prospective_adopters.matched_on),
        column("Date child/children placed with adopter(s)"),
        column("No. of children placed", also=("Number of children placed",)),
        column("Date of Adoption Order"),
        column("Date of leaving adoption process", prospective_adopters.left_on),
        column("Reason for leaving adoption process"),
    ),
)
LISTS = (
    LIST_1, LIST_2, LIST_3, LIST_4, LIST_5, LIST_6, LIST_7, LIST_8, LIST_9, LIST_10, LIST_11,
)  # fmt: skip
