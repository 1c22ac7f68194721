"""The local tables: facts that no national return holds, one sheet each, in plain words.

MASH times, authorised care plans, conference requests, staffing, audits, the entry-to-care panel,
visits, review conferences, core groups, child in need plans, and identifiers of one child recorded
twice; and what is collected of care but once a year, for the months between (`local_care`). A
column is labelled in plain words beside the journey field it fills; from the same declaration a
delivery is read, the template is written and the synthetic authority's tables are made. A council
delivers the sheets and columns that it keeps.
"""

from __future__ import annotations

from lineofsight.journey.tables import (
    audits,
    care_panel_decisions,
    care_plans,
    child_protection_reviews,
    cin_plans,
    conference_requests,
    core_groups,
    linked_identifiers,
    mash_decisions,
    staffing,
    visits,
)
from lineofsight.returns.layout import Sheet, column
from lineofsight.returns.local_care import CARE_SHEETS
from lineofsight.returns.local_child import child_column as _child
from lineofsight.returns.return_kind import ReturnKind

_ROLES = ("Team manager", "Service manager", "Head of service", "Director")
_DELAYS = (
    "Social work report not ready",
    "Change of social worker",
    "Strategy discussion recorded late",
    "Conference not quorate",
    "Parents asked for another day",
    "No chair available",
)


MASH = Sheet(
    "MASH decisions",
    "Referrals to the multi-agency safeguarding hub, with times",
    (mash_decisions,),
    (
        _child(mash_decisions.child_id),
        column("Received at", mash_decisions.received_at, needed=True),
        column("Decided at", mash_decisions.decided_at, needed=True),
        column(
            "Outcome",
            mash_decisions.outcome,
            suggested=(
                "No further action",
                "Advice and information",
                "Early help",
                "Single assessment",
                "Strategy discussion",
            ),
        ),
        column("Out of hours", mash_decisions.is_out_of_hours),
    ),
)
CARE_PLANS = Sheet(
    "Care plans",
    "Care plans of looked-after children, with their authorisation",
    (care_plans,),
    (
        _child(care_plans.child_id),
        column("Written on", care_plans.started_on, needed=True),
        column("Authorised on", care_plans.authorised_on, needed=True),
        column("Authorised by", care_plans.authorised_by, suggested=_ROLES),
        column("Status", care_plans.status, also=("Version status",)),
        column("Ended on", care_plans.ended_on),
    ),
)
CONFERENCES = Sheet(
    "Conference requests",
    "Initial child protection conferences asked for, booked and postponed",
    (conference_requests,),
    (
        _child(conference_requests.child_id),
        column("Family", conference_requests.family_id, also=("Family identifier",)),
        column("Strategy discussion on", conference_requests.strategy_discussion_on, needed=True),
        column("Requested on", conference_requests.requested_on),
        column("First booked for", conference_requests.first_booked_for_on),
        column("Booked for now", conference_requests.booked_for_on, also=("Booked for",)),
        column("Held on", conference_requests.held_on),
        column("Times postponed", conference_requests.postponements),
        column("Reason for delay", conference_requests.delay_reason, suggested=_DELAYS),
        column(
            "Reason for further delay",
            conference_requests.further_delay_reason,
            suggested=_DELAYS,
        ),
        column("Stood down on", conference_requests.stood_down_on, also=("Cancelled on",)),
        column(
            "Reason stood down",
            conference_requests.stood_down_reason,
            also=("Reason cancelled",),
            suggested=(
                "Threshold not met after enquiry",
                "Child became looked after",
                "Family moved to another authority",
                "Child died",
            ),
        ),
        column(
            "Practice issue",
            conference_requests.practice_issue,
            suggested=(
                "Report late or incomplete",
                "Children's views missing",
                "Father not engaged",
                "Partner information missing",
                "Drift since the strategy discussion",
            ),
        ),
        column("Adviser's note", conference_requests.adviser_note),
        column("Escalated on", conference_requests.escalated_on),
        column("Escalation closed on", conference_requests.escalation_closed_on),
    ),
)
STAFFING = Sheet(
    "Staffing",
    "Establishment and caseload of each team at each month-end",
    (staffing,),
    (
        column("Team", staffing.team, needed=True, hint="As your other returns name it."),
        column("Month end", staffing.counted_on, needed=True),
        column("Posts (FTE)", staffing.posts_fte),
        column("In post (FTE)", staffing.in_post_fte),
        column("Agency workers (FTE)", staffing.agency_fte),
        column("Extra temporary staff (FTE)", staffing.additional_fte),
        column("Case holders (FTE)", staffing.case_holders_fte),
        column("Children allocated", staffing.cases),
        column("Highest caseload", staffing.highest_caseload),
        column("Leavers in the month (FTE)", staffing.leavers_fte),
        column("Working days lost to sickness", staffing.working_days_lost),
    ),
)
AUDITS = Sheet(
    "Audits",
    "Audits of case work",
    (audits,),
    (
        _child(audits.child_id),
        column("Audited on", audits.audited_on, needed=True),
        column(
            "Theme",
            audits.theme,
            suggested=(
                "MASH decision",
                "Assessment",
                "Case file",
                "Supervision",
                "Quality of referral",
            ),
        ),
        column("Sample", audits.sample, hint="Blank if the case was not drawn by this program."),
        column(
            "Auditor",
            audits.auditor_role,
            suggested=("Team manager", "Service manager", "Independent auditor", "Partner agency"),
        ),
        column("Grade", audits.grade),
        column("Moderated grade", audits.moderated_grade),
        column("Auditor satisfied", audits.is_assured),
        column("Remedial actions", audits.remedial_actions),
        column("Actions due on", audits.actions_due_on),
        column("Actions closed on", audits.actions_closed_on),
        column("Referring agency", audits.referring_agency),
        column("Quality of referral", audits.referral_grade),
    ),
)
PANEL = Sheet(
    "Entry-to-care panel",
    "Decisions of the entry-to-care panel",
    (care_panel_decisions,),
    (
        _child(care_panel_decisions.child_id),
        column("Put to the panel on", care_panel_decisions.requested_on),
        column("Heard on", care_panel_decisions.heard_on, needed=True),
        column("Route", care_panel_decisions.route),
        column(
            "Decision",
            care_panel_decisions.decision,
            suggested=(
                "Entry to care agreed",
                "Entry to care confirmed",
                "Support at home agreed",
                "Care proceedings to be considered",
                "Deferred",
            ),
        ),
        column("Already in care in an emergency", care_panel_decisions.is_emergency),
        column("Ratified afterwards", care_panel_decisions.is_ratified),
        column(
            "Alternatives tried",
            care_panel_decisions.alternatives,
            also=("Alternatives offered",),
            suggested=(
                "Family group conference",
                "Edge-of-care support",
                "Kinship care",
                "Short breaks",
                "None possible",
            ),
        ),
    ),
)
VISITS = Sheet(
    "Visits",
    "Visits of social workers to children",
    (visits,),
    (
        _child(visits.child_id),
        column("Visited on", visits.visited_on, also=("Date of visit",), needed=True),
        column("Why", visits.kind, also=("Kind of visit", "Type of visit")),
        column("Seen", visits.is_seen, also=("Child seen",)),
        column("Seen alone", visits.is_seen_alone, also=("Child seen alone",)),
    ),
)
REVIEWS = Sheet(
    "Review conferences",
    "Review conferences of child protection plans",
    (child_protection_reviews,),
    (
        _child(child_protection_reviews.child_id),
        column("Plan started on", child_protection_reviews.plan_started_on),
        column("Held on", child_protection_reviews.held_on, also=("Date of review",), needed=True),
    ),
)
CORE_GROUPS = Sheet(
    "Core groups",
    "Meetings of the core groups of child protection plans",
    (core_groups,),
    (
        _child(core_groups.child_id),
        column("Held on", core_groups.held_on, also=("Date of meeting",), needed=True),
    ),
)
NEED_PLANS = Sheet(
    "Child in need plans",
    "Plans of children in need who are on no protection plan and not looked after",
    (cin_plans,),
    (
        _child(cin_plans.child_id),
        column("Started on", cin_plans.started_on, also=("Plan start date",), needed=True),
        column("Ended on", cin_plans.ended_on, also=("Plan end date",)),
        column("Referred on", cin_plans.referred_on, also=("Referral date",)),
    ),
)
LINKED = Sheet(
    "Linked identifiers",
    "Children recorded under two identifiers",
    (linked_identifiers,),
    (
        column("Identifier kept", linked_identifiers.child_id, also=("Child",), needed=True),
        column("Also known as", linked_identifiers.also_known_as, needed=True),
        column("Linked on", linked_identifiers.linked_on),
    ),
)
SHEETS = (
    MASH, CARE_PLANS, CONFERENCES, STAFFING, AUDITS, PANEL, VISITS, REVIEWS, CORE_GROUPS,
    NEED_PLANS, *CARE_SHEETS, LINKED,
)  # fmt: skip
LOCAL = ReturnKind("Local tables", "local", SHEETS, is_kept_by_hand=True)
