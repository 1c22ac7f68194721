"""A worked example of every local table: synthetic, one small story told through all of them.

Two children of one family and a third child; none exists. The template shows them beside the
sheets that are to be filled in, and in the forms in which people write: labels, 'Yes' and 'No'.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeAlias

from lineofsight.returns import local, local_care
from lineofsight.returns.layout import Sheet

Cell: TypeAlias = str | int | float | date | datetime
Row: TypeAlias = Mapping[str, Cell]

_MASH: tuple[Row, ...] = (
    {
        "Child": "E1001",
        "Received at": datetime(2020, 7, 28, 10, 15),
        "Decided at": datetime(2020, 7, 28, 15, 40),
        "Outcome": "Strategy discussion",
        "Out of hours": "No",
    },
    {
        "Child": "E1002",
        "Received at": datetime(2020, 7, 28, 10, 15),
        "Decided at": datetime(2020, 7, 28, 15, 40),
        "Outcome": "Strategy discussion",
        "Out of hours": "No",
    },
    {
        "Child": "E1003",
        "Received at": datetime(2020, 8, 29, 21, 5),
        "Outcome": "Single assessment",
        "Out of hours": "Yes",
    },
)
_CARE_PLANS: tuple[Row, ...] = (
    {
        "Child": "E1001",
        "Written on": date(2020, 8, 21),
        "Authorised on": date(2020, 8, 27),
        "Authorised by": "Service manager",
        "Status": "Authorised",
    },
    {"Child": "E1002", "Written on": date(2020, 8, 21), "Status": "Waiting for authorisation"},
)
_CONFERENCES: tuple[Row, ...] = (
    {
        "Child": "E1001",
        "Family": "F77",
        "Strategy discussion on": date(2020, 7, 29),
        "Requested on": date(2020, 7, 31),
        "First booked for": date(2020, 8, 14),
        "Booked for now": date(2020, 8, 20),
        "Held on": date(2020, 8, 20),
        "Times postponed": 2,
        "Reason for delay": "Social work report not ready",
        "Reason for further delay": "Conference not quorate",
        "Practice issue": "Report late or incomplete",
        "Adviser's note": "Report came the day before; school could not come twice.",
        "Escalated on": date(2020, 8, 17),
        "Escalation closed on": date(2020, 8, 20),
    },
    {
        "Child": "E1002",
        "Family": "F77",
        "Strategy discussion on": date(2020, 7, 29),
        "Requested on": date(2020, 7, 31),
        "First booked for": date(2020, 8, 14),
        "Stood down on": date(2020, 8, 12),
        "Reason stood down": "Child became looked after",
        "Times postponed": 0,
    },
)
_STAFFING: tuple[Row, ...] = (
    {
        "Team": "Assessment Team 1",
        "Month end": date(2020, 7, 31),
        "Posts (FTE)": 11,
        "In post (FTE)": 8.5,
        "Agency workers (FTE)": 2,
        "Extra temporary staff (FTE)": 2,
        "Case holders (FTE)": 9.8,
        "Children allocated": 176,
        "Highest caseload": 27,
        "Leavers in the month (FTE)": 1,
        "Working days lost to sickness": 6.5,
    },
    {
        "Team": "Assessment Team 1",
        "Month end": date(2020, 8, 31),
        "Posts (FTE)": 11,
        "In post (FTE)": 9.5,
        "Agency workers (FTE)": 1.5,
        "Extra temporary staff (FTE)": 2,
        "Case holders (FTE)": 10.4,
        "Children allocated": 168,
        "Highest caseload": 23,
        "Leavers in the month (FTE)": 0,
        "Working days lost to sickness": 3,
    },
)
_AUDITS: tuple[Row, ...] = (
    {
        "Child": "E1001",
        "Audited on": date(2020, 8, 25),
        "Theme": "MASH decision",
        "Sample": "mash-2020-08",
        "Auditor": "Service manager",
        "Grade": "Good",
        "Moderated grade": "Good",
        "Auditor satisfied": "Yes",
        "Remedial actions": 0,
        "Referring agency": "Police",
        "Quality of referral": "Requires improvement",
    },
    {
        "Child": "E1003",
        "Audited on": date(2020, 8, 26),
        "Theme": "Assessment",
        "Auditor": "Team manager",
        "Grade": "Good",
        "Moderated grade": "Requires improvement",
        "Auditor satisfied": "No",
        "Remedial actions": 2,
        "Actions due on": date(2020, 9, 11),
    },
)
_PANEL: tuple[Row, ...] = (
    {
        "Child": "E1002",
        "Put to the panel on": date(2020, 8, 13),
        "Heard on": date(2020, 8, 19),
        "Route": "Section 20 accommodation",
        "Decision": "Entry to care confirmed",
        "Already in care in an emergency": "Yes",
        "Ratified afterwards": "Yes",
        "Alternatives tried": "Kinship care",
    },
    {
        "Child": "E1003",
        "Put to the panel on": date(2020, 8, 20),
        "Heard on": date(2020, 8, 26),
        "Route": "Pre-proceedings",
        "Decision": "Support at home agreed",
        "Already in care in an emergency": "No",
        "Ratified afterwards": "No",
        "Alternatives tried": "Family group conference",
    },
)
_VISITS: tuple[Row, ...] = (
    {
        "Child": "E1001",
        "Visited on": date(2020, 8, 24),
        "Why": "Looked after",
        "Seen": "Yes",
        "Seen alone": "Yes",
    },
    {
        "Child": "E1003",
        "Visited on": date(2020, 8, 27),
        "Why": "Child in need",
        "Seen": "No",
        "Seen alone": "No",
    },
)
_PLAN_REVIEWS: tuple[Row, ...] = (
    {"Child": "E1001", "Plan started on": date(2020, 5, 12), "Held on": date(2020, 8, 6)},
)
_CORE_GROUPS: tuple[Row, ...] = (
    {"Child": "E1001", "Held on": date(2020, 7, 9)},
    {"Child": "E1001", "Held on": date(2020, 8, 20)},
)
_NEED_PLANS: tuple[Row, ...] = (
    {
        "Child": "E1002",
        "Started on": date(2020, 3, 3),
        "Ended on": date(2020, 7, 29),
        "Referred on": date(2020, 1, 14),
    },
    {"Child": "E1003", "Started on": date(2020, 8, 24), "Referred on": date(2020, 6, 22)},
)
_LINKED: tuple[Row, ...] = (
    {"Identifier kept": "E1003", "Also known as": "E0417", "Linked on": date(2020, 8, 28)},
)
_PLACEMENTS: tuple[Row, ...] = (
    {
        "Child": "E1001",
        "Placed on": date(2020, 8, 19),
        "Ended on": date(2020, 8, 28),
        "Type of placement": "Foster placement with other carer, not long term or fostering for "
        "adoption",
        "Provider": "Private provision",
        "Legal status": "Accommodated under section 20",
        "Outside the authority": "Yes",
        "Miles from home": 24.5,
    },
    {
        "Child": "E1001",
        "Placed on": date(2020, 8, 28),
        "Type of placement": "Foster placement with relative or friend, long term",
        "Provider": "Own provision by the local authority",
        "Legal status": "Accommodated under section 20",
        "Outside the authority": "No",
        "Miles from home": 3,
    },
)
_REVIEWS: tuple[Row, ...] = (
    {
        "Child": "E1001",
        "Held on": date(2020, 9, 11),
        "How the child took part": "Attended and spoke",
    },
)
_HEALTH: tuple[Row, ...] = (
    {
        "Child": "E1001",
        "Checked on": date(2020, 9, 8),
        "What was checked": "Initial health assessment",
    },
    {"Child": "E1001", "Checked on": date(2020, 9, 10), "What was checked": "Dental check"},
)
_MISSING: tuple[Row, ...] = (
    {
        "Child": "E1001",
        "Gone on": date(2020, 9, 1),
        "Back on": date(2020, 9, 2),
        "Missing or away": "Missing",
        "Interview offered": "Yes",
        "Interview accepted": "Yes",
        "Interviewed on": date(2020, 9, 4),
    },
)
_WORKERS: tuple[Row, ...] = (
    {
        "Child": "E1001",
        "Worker": "Worker 014",
        "Allocated on": date(2020, 8, 19),
        "Reason for change": "First contact with a social worker",
    },
)
EXAMPLES: dict[str, tuple[Row, ...]] = {
    local.MASH.title: _MASH,
    local.CARE_PLANS.title: _CARE_PLANS,
    local.CONFERENCES.title: _CONFERENCES,
    local.STAFFING.title: _STAFFING,
    local.AUDITS.title: _AUDITS,
    local.PANEL.title: _PANEL,
    local.VISITS.title: _VISITS,
    local.REVIEWS.title: _PLAN_REVIEWS,
    local.CORE_GROUPS.title: _CORE_GROUPS,
    local.NEED_PLANS.title: _NEED_PLANS,
    local_care.PLACEMENTS.title: _PLACEMENTS,
    local_care.REVIEWS.title: _REVIEWS,
    local_care.HEALTH.title: _HEALTH,
    local_care.MISSING.title: _MISSING,
    local_care.WORKERS.title: _WORKERS,
    local.LINKED.title: _LINKED,
}


def example_rows(sheet: Sheet) -> list[list[Cell | None]]:
    """Give the rows of a table's worked example, each with one cell a column, blanks as None."""
    return [[row.get(column.header) for column in sheet.columns] for row in EXAMPLES[sheet.title]]
