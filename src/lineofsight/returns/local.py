"""The local tables: facts that no national return holds, one sheet each, in plain words.

MASH times, authorised care plans, conference requests, staffing, audits and the entry-to-care
panel. A column is labelled in plain words beside the journey field it fills.
"""

from __future__ import annotations

from lineofsight.journey.tables import (
    audits,
    care_panel_decisions,
    care_plans,
    conference_requests,
    mash_decisions,
    staffing,
)
from lineofsight.returns.layout import Sheet, column
from lineofsight.returns.return_kind import ReturnKind

MASH = Sheet(
    "MASH decisions",
    "Referrals to the multi-agency safeguarding hub, with times",
    (mash_decisions,),
    (
        column("Child", mash_decisions.child_id, also=("Child Unique ID",), needed=True),
        column("Received at", mash_decisions.received_at, needed=True),
        column("Decided at", mash_decisions.decided_at, needed=True),
        column("Outcome", mash_decisions.outcome),
    ),
)
CARE_PLANS = Sheet(
    "Care plans",
    "Care plans of looked-after children, with their authorisation",
    (care_plans,),
    (
        column("Child", care_plans.child_id, also=("Child Unique ID",), needed=True),
        column("Written on", care_plans.started_on, needed=True),
        column("Authorised on", care_plans.authorised_on, needed=True),
        column("Ended on", care_plans.ended_on),
    ),
)
CONFERENCES = Sheet(
    "Conference requests",
    "Initial child protection conferences asked for, booked and postponed",
    (conference_requests,),
    (
        column("Child", conference_requests.child_id, also=("Child Unique ID",), needed=True),
        column("Family", conference_requests.family_id, also=("Family identifier",)),
        column("Strategy discussion on", conference_requests.strategy_discussion_on, needed=True),
        column("Requested on", conference_requests.requested_on),
        column("First booked for", conference_requests.first_booked_for_on),
        column("Held on", conference_requests.held_on),
        column("Times postponed", conference_requests.postponements),
        column("Reason for delay", conference_requests.delay_reason),
    ),
)
STAFFING = Sheet(
    "Staffing",
    "Establishment and caseload of each team at each month-end",
    (staffing,),
    (
        column("Team", staffing.team, needed=True),
        column("Month end", staffing.counted_on, needed=True),
        column("Posts (FTE)", staffing.posts_fte),
        column("In post (FTE)", staffing.in_post_fte),
        column("Agency workers (FTE)", staffing.agency_fte),
        column("Case holders (FTE)", staffing.case_holders_fte),
        column("Children allocated", staffing.cases),
    ),
)
AUDITS = Sheet(
    "Audits",
    "Audits of case work",
    (audits,),
    (
        column("Child", audits.child_id, also=("Child Unique ID",), needed=True),
        column("Audited on", audits.audited_on, needed=True),
        column("Theme", audits.theme),
        column("Grade", audits.grade),
        column("Auditor satisfied", audits.is_assured),
    ),
)
PANEL = Sheet(
    "Entry-to-care panel",
    "Decisions of the entry-to-care panel",
    (care_panel_decisions,),
    (
        column("Child", care_panel_decisions.child_id, also=("Child Unique ID",), needed=True),
        column("Heard on", care_panel_decisions.heard_on, needed=True),
        column("Decision", care_panel_decisions.decision),
        column("Already in care in an emergency", care_panel_decisions.is_emergency),
    ),
)
SHEETS = (MASH, CARE_PLANS, CONFERENCES, STAFFING, AUDITS, PANEL)
LOCAL = ReturnKind("Local tables", "local", SHEETS)
