"""Staff, the quality of their work, and adopters told as journey tables."""

from __future__ import annotations

import polars as pl

from lineofsight.journey.tables import (
    audits,
    care_panel_decisions,
    care_plans,
    involvements,
    professionals,
    prospective_adopters,
    staffing,
    workforce_vacancies,
)
from lineofsight.synthetic.journey_rows import rows_of
from lineofsight.synthetic.lives import Lives
from lineofsight.synthetic.settings import CODE
from lineofsight.synthetic.workforce import simulate_workforce

_ROUTES = {
    "Pre-proceedings": "pre-proceedings",
    "Section 20 accommodation": "section 20",
    "Care proceedings": "proceedings",
    "Emergency protection or police protection": "emergency",
}


def quality(known: Lives) -> dict[str, pl.DataFrame]:
    """Give what the local tables hold besides the front door and conferences."""
    return {
        "staffing": rows_of(staffing, known.staffing),
        "audits": rows_of(
            audits,
            known.audits,
            grade=pl.col("grade").str.to_lowercase(),
            moderated_grade=pl.col("moderated_grade").str.to_lowercase(),
            referral_grade=pl.col("referral_grade").str.to_lowercase(),
        ),
        "care_panel_decisions": rows_of(
            care_panel_decisions,
            known.care_panel,
            route=pl.col("route").replace_strict(_ROUTES, return_dtype=pl.String),
        ),
        "care_plans": rows_of(
            care_plans,
            known.care_plans,
            status=pl.when(pl.col("authorised_on").is_not_null())
            .then(pl.lit("authorised"))
            .otherwise(pl.lit("draft")),
        ),
    }


def workers(known: Lives) -> dict[str, pl.DataFrame]:
    """Give who was allocated to whom, and the workers and vacancies of each census day."""
    workforce = simulate_workforce(known)
    return {
        "involvements": rows_of(involvements, known.involvements),
        "professionals": rows_of(professionals, workforce.workers),
        "workforce_vacancies": rows_of(
            workforce_vacancies, workforce.vacancies, authority_code=pl.lit(CODE)
        ),
    }


def adopters(known: Lives) -> dict[str, pl.DataFrame]:
    """Give the people who applied to adopt."""
    household = pl.col("household_id")
    return {
        "prospective_adopters": rows_of(prospective_adopters, known.adopters, family_id=household)
    }
