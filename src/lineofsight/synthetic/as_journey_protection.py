"""Child protection told as journey tables, and visits to children in need and on plans."""

from __future__ import annotations

import polars as pl

from lineofsight.journey.tables import (
    child_protection_plans,
    child_protection_reviews,
    conference_requests,
    core_groups,
    initial_conferences,
    section_47_enquiries,
    visits,
)
from lineofsight.synthetic import core_groups as meetings
from lineofsight.synthetic.as_journey_front_door import referred
from lineofsight.synthetic.journey_rows import rows_of
from lineofsight.synthetic.lives import Lives
from lineofsight.synthetic.standing import latest


def protection(known: Lives) -> dict[str, pl.DataFrame]:
    """Give enquiries, conferences asked for and held, plans, their reviews and core groups."""
    enquiries = known.enquiries.join(referred(known), on="need_id", how="left")
    began = enquiries.select("enquiry_id", "referred_on")
    held = known.conferences.join(began, on="enquiry_id", how="left")
    return {
        "section_47_enquiries": rows_of(section_47_enquiries, enquiries),
        "initial_conferences": rows_of(initial_conferences, held),
        "conference_requests": rows_of(conference_requests, known.conference_requests),
        "child_protection_plans": _plans(known, held),
        "child_protection_reviews": _reviews(known),
        "core_groups": rows_of(core_groups, meetings.core_groups(known)),
    }


def _plans(known: Lives, held: pl.DataFrame) -> pl.DataFrame:
    rows = known.plans.join(held.select("conference_id", "referred_on"), on="conference_id")
    for last, day in ((known.plan_reviews, "held_on"), (known.plan_visits, "visited_on")):
        rows = rows.join(latest(last, "plan_id", day), on="plan_id", how="left")
    return rows_of(
        child_protection_plans,
        rows,
        latest_review_on=pl.col("held_on"),
        latest_visit_on=pl.col("visited_on"),
    )


def _reviews(known: Lives) -> pl.DataFrame:
    began = known.plans.select("plan_id", plan_started_on="started_on")
    return rows_of(child_protection_reviews, known.plan_reviews.join(began, on="plan_id"))


def visited(known: Lives) -> dict[str, pl.DataFrame]:
    """Give visits to children on plans (P) and to other children in need (N)."""
    on_plans = rows_of(visits, known.plan_visits, kind=pl.lit("P"))
    in_need = rows_of(visits, known.need_visits, kind=pl.lit("N"))
    return {"visits": pl.concat([on_plans, in_need])}
