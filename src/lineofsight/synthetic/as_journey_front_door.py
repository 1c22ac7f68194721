"""The front door and need told as journey tables, from the contact to the end of the episode."""

from __future__ import annotations

import polars as pl

from lineofsight.journey.tables import (
    assessment_factors,
    assessments,
    cin_plans,
    contacts,
    early_help_assessments,
    mash_decisions,
    need_episodes,
    referrals,
)
from lineofsight.synthetic.assessment_factors import factors
from lineofsight.synthetic.journey_rows import rows_of
from lineofsight.synthetic.lives import Lives
from lineofsight.synthetic.need_plans import need_plans
from lineofsight.synthetic.standing import case_status, latest_allocation

# How the journey calls what `standing.case_status` tells.
_STATUS = {
    "looked after": "looked after",
    "protection plan": "child protection plan",
    "assessment": "open assessment",
    "in need": "child in need plan",
    "closed": "closed",
}


def front_door(known: Lives) -> dict[str, pl.DataFrame]:
    """Give contacts, decisions of the hub, early help and referrals."""
    return {
        "contacts": rows_of(contacts, known.contacts),
        "mash_decisions": rows_of(mash_decisions, known.mash_decisions),
        "early_help_assessments": rows_of(early_help_assessments, known.early_help),
        "referrals": rows_of(referrals, known.referrals),
    }


def need(known: Lives) -> dict[str, pl.DataFrame]:
    """Give episodes of need, their assessments with factors, and plans for children in need."""
    assessed = known.assessments.join(
        referred(known), on="need_id", how="left", maintain_order="left"
    )
    found = factors(known)
    return {
        "need_episodes": _episodes(known),
        "assessments": rows_of(assessments, assessed),
        "assessment_factors": rows_of(
            assessment_factors, found, assessment_started_on=pl.col("started_on")
        ),
        "cin_plans": rows_of(
            cin_plans, need_plans(known).join(referred(known), on="need_id", how="left")
        ),
    }


def referred(known: Lives) -> pl.DataFrame:
    """Give the day of the referral that began each episode of need, as (need_id, referred_on)."""
    days = known.referrals.select("referral_id", "referred_on")
    return known.needs.join(days, on="referral_id").select("need_id", "referred_on")


def _episodes(known: Lives) -> pl.DataFrame:
    rows = known.needs
    for part in (case_status(known), latest_allocation(known, "need_id")):
        rows = rows.join(part, on="need_id", how="left", maintain_order="left")
    return rows_of(need_episodes, rows, status=pl.col("status").replace_strict(_STATUS))
