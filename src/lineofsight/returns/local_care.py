"""Local tables of children looked after: what SSDA903 collects once a year, for every month.

A council that delivers the Standard Safeguarding Dataset has all of it there, but the day of the
return interview and whether a placement lies outside the authority.
"""

from __future__ import annotations

from lineofsight.journey.tables import (
    care_episodes,
    health_assessments,
    involvements,
    looked_after_reviews,
    missing_episodes,
)
from lineofsight.returns.layout import Sheet, column
from lineofsight.returns.local_child import child_column

PLACEMENTS = Sheet(
    "Placements in care",
    "Where looked-after children live, one row a placement",
    (care_episodes,),
    (
        child_column(care_episodes.child_id),
        column("Placed on", care_episodes.started_on, needed=True),
        column("Ended on", care_episodes.ended_on, needed=True),
        column("Type of placement", care_episodes.placement_type, also=("Placement type",)),
        column("Provider", care_episodes.placement_provider, also=("Placement provider",)),
        column("Legal status", care_episodes.legal_status),
        column("Outside the authority", care_episodes.is_placed_outside),
        column("Miles from home", care_episodes.distance_miles, also=("Distance",)),
    ),
)
REVIEWS = Sheet(
    "Reviews in care",
    "Statutory reviews of looked-after children",
    (looked_after_reviews,),
    (
        child_column(looked_after_reviews.child_id),
        column("Held on", looked_after_reviews.held_on, also=("Date of review",), needed=True),
        column("How the child took part", looked_after_reviews.participation,
               also=("Participation",)),
    ),
)  # fmt: skip
HEALTH = Sheet(
    "Health checks in care",
    "Health assessments and dental checks of looked-after children",
    (health_assessments,),
    (
        child_column(health_assessments.child_id),
        column("Checked on", health_assessments.held_on, also=("Date of check",), needed=True),
        column("What was checked", health_assessments.kind, also=("Kind of check",)),
    ),
)
MISSING = Sheet(
    "Missing from care",
    "Times a looked-after child was missing or away, with the return interview",
    (missing_episodes,),
    (
        child_column(missing_episodes.child_id),
        column("Gone on", missing_episodes.started_on, needed=True),
        column("Back on", missing_episodes.ended_on),
        column("Missing or away", missing_episodes.kind),
        column("Interview offered", missing_episodes.is_interview_offered),
        column("Interview accepted", missing_episodes.is_interview_accepted),
        column("Interviewed on", missing_episodes.interviewed_on),
    ),
)
WORKERS = Sheet(
    "Workers in care",
    "Social workers of looked-after children, one row a worker and time",
    (involvements,),
    (
        child_column(involvements.child_id),
        column("Worker", involvements.worker, hint="As your other returns name the worker."),
        column("Allocated on", involvements.started_on, needed=True),
        column("Until", involvements.ended_on),
        column("Reason for change", involvements.change_reason),
    ),
)
CARE_SHEETS = (PLACEMENTS, REVIEWS, HEALTH, MISSING, WORKERS)
