"""The lives' care told as tables of the journey: what any return of it should come to.

Every row that was open in a window or happened in it, as known on its last day. What is counted
for a year (health, asylum, permanence before care) is there for each year to 31 March that ends
in the window. Counts 'in the last twelve months' are those to the window's last day.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from lineofsight.journey.fields import Events
from lineofsight.journey.tables import BY_NAME
from lineofsight.returns.rows import laid_out
from lineofsight.synthetic.ages import birthday
from lineofsight.synthetic.annex_a_labels import PERMANENCE
from lineofsight.synthetic.as_known import as_known
from lineofsight.synthetic.birthdays_after_care import birthdays_after_care
from lineofsight.synthetic.care_episodes import WITH_SAME_CARER, cut_into_episodes
from lineofsight.synthetic.health_and_conduct import checks_told, health_and_conduct
from lineofsight.synthetic.lives import Lives
from lineofsight.synthetic.permanence_told import (
    adopted_told,
    adoptions_told,
    decisions_told,
    permanence_before,
)
from lineofsight.synthetic.window import Window

_DISTRICT = r"^(\S+)"
_LOOKED_AFTER = "L"
_FIRST_WORKER, _HANDED_ON = "FCONTA", "TSPROC"


def care_as_journey(lives: Lives, window: Window) -> dict[str, pl.DataFrame]:
    """Tell the care in a window as journey tables: their delivered fields, without the origin.

    Tables: periods_of_care, care_episodes, looked_after_reviews, missing_episodes, health,
    immigration_status, care_leavers, care_leavers_at_birthday, adoptions, adoption_decisions,
    adopted_children, previous_permanence, involvements (those of children in full care) and
    visits (those of looked-after children). Children are known by their identifier as text.
    """
    known = as_known(lives, window.last)
    ends = year_ends(window)
    frames = {
        "periods_of_care": _periods(known, window),
        "care_episodes": _episodes(known, window),
        "looked_after_reviews": known.care_reviews.filter(window.holds("held_on")),
        "missing_episodes": _missing(known, window),
        "health_assessments": checks_told(known).filter(window.holds("held_on")),
        "health": _each_year([health_and_conduct(as_known(lives, end), end) for end in ends]),
        "immigration_status": _each_year([alone_from_abroad(known, end) for end in ends]),
        "care_leavers": _leavers(known, window),
        "care_leavers_at_birthday": birthdays_after_care(known, window),
        "adoptions": adoptions_told(known, window),
        "adoption_decisions": decisions_told(known, window),
        "adopted_children": adopted_told(lives, known, window),
        "previous_permanence": _each_year([permanence_before(known, end) for end in ends]),
        "involvements": involvements_in_care(known, window),
        "visits": _visits(known, window),
    }
    return {name: _in_order(frame, BY_NAME[name]) for name, frame in frames.items()}


def year_ends(window: Window) -> list[date]:
    """Give every 31 March in a window."""
    ends = (date(year, 3, 31) for year in range(window.first.year, window.last.year + 1))
    return [end for end in ends if window.first <= end <= window.last]


def _in_order(rows: pl.DataFrame, table: type[Events]) -> pl.DataFrame:
    told = laid_out(rows, table)
    return told.sort(told.columns[:2], maintain_order=True)


def _each_year(frames: list[pl.DataFrame]) -> pl.DataFrame:
    none = pl.DataFrame(schema={"child_id": pl.Int64})
    return pl.concat([none, *frames], how="diagonal")


def _periods(known: Lives, window: Window) -> pl.DataFrame:
    rows = known.care_periods.filter(window.spans("started_on", "ceased_on"))
    for part in (
        _latest(known.placements, "placement_type", "placement_provider", "is_outside"),
        _latest(known.legal_statuses, "legal_status"),
        _latest_day(known.care_reviews, "held_on", "latest_review_on"),
        _latest_day(known.care_visits, "visited_on", "latest_visit_on"),
        *_latest_checks(known),
        _placements_in_a_year(known, window),
        _times_missing(known, window),
    ):
        rows = rows.join(part, on="period_id", how="left")
    alone = known.children.select("child_id", "is_unaccompanied")
    words = {plan: label.split(") ", 1)[1] for plan, label in PERMANENCE.items()}
    return rows.join(alone, on="child_id", how="left").with_columns(
        pl.col("permanence_plan").replace_strict(words, return_dtype=pl.String),
        pl.col("placements_in_12_months", "missing_in_12_months").fill_null(0),
        is_placed_outside="is_outside",
    )


def _latest(rows: pl.DataFrame, *columns: str) -> pl.DataFrame:
    ordered = rows.sort("period_id", "started_on")
    latest = ordered.unique("period_id", keep="last", maintain_order=True)
    return latest.select("period_id", *columns)


def _latest_day(rows: pl.DataFrame, day: str, name: str) -> pl.DataFrame:
    return rows.group_by("period_id").agg(pl.col(day).max().alias(name))


def _latest_checks(known: Lives) -> list[pl.DataFrame]:
    names = {
        "health assessment": "latest_health_assessment_on",
        "dental check": "latest_dental_check_on",
    }
    checks = known.health_checks
    return [_latest_day(checks.filter(check=c), "checked_on", n) for c, n in names.items()]


def _placements_in_a_year(known: Lives, window: Window) -> pl.DataFrame:
    """Count the carers each period saw in the twelve months to the last day."""
    stays = pl.col("placement_type").is_in(WITH_SAME_CARER)
    is_first = (pl.col("period_id") != pl.col("period_id").shift(1)).fill_null(True)
    since = window.months_ago(12)
    return (
        known.placements.sort("period_id", "started_on")
        .with_columns(carer=(is_first | ~stays).cum_sum())
        .filter(pl.col("ended_on").is_null() | (pl.col("ended_on") > since))
        .group_by("period_id")
        .agg(placements_in_12_months=pl.col("carer").n_unique())
    )


def _times_missing(known: Lives, window: Window) -> pl.DataFrame:
    since = window.months_ago(12)
    went = known.missing_episodes.filter(
        (pl.col("missing") == "M") & (pl.col("started_on") > since)
    )
    return went.group_by("period_id").agg(missing_in_12_months=pl.len())


def _episodes(known: Lives, window: Window) -> pl.DataFrame:
    return (
        cut_into_episodes(known)
        .filter(window.spans("started_on", "ended_on"))
        .with_columns(
            home_district=pl.col("home_postcode").str.extract(_DISTRICT),
            placement_district=pl.col("placement_postcode").str.extract(_DISTRICT),
            is_placed_outside="is_outside",
        )
    )


def _missing(known: Lives, window: Window) -> pl.DataFrame:
    rows = known.missing_episodes.filter(window.spans("started_on", "ended_on"))
    return rows.with_columns(kind="missing")


def alone_from_abroad(known: Lives, year_end: date) -> pl.DataFrame:
    """Give `immigration_status` of a year: unaccompanied until the 18th birthday.

    Columns: child_id, recorded_on and ended_on, blank if that birthday is not in the year.
    """
    year = Window(date(year_end.year - 1, 4, 1), year_end)
    in_care = known.care_periods.filter(year.spans("started_on", "ceased_on"))
    rows = known.children.filter(
        pl.col("is_unaccompanied") & pl.col("child_id").is_in(in_care["child_id"].implode())
    ).with_columns(ended_on=birthday(18), recorded_on=pl.lit(year_end))
    until = pl.when(pl.col("ended_on") <= year_end).then("ended_on")
    return rows.filter(pl.col("ended_on") >= year.first).with_columns(ended_on=until)


def _leavers(known: Lives, window: Window) -> pl.DataFrame:
    letter = pl.col("eligibility").replace_strict(
        {"relevant": "Relevant child", "former relevant": "Former relevant child"},
        return_dtype=pl.String,
    )
    suits = pl.when("is_accommodation_suitable").then(pl.lit("suitable"))
    return known.care_leavers.with_columns(
        letter,
        accommodation_suitability=suits.otherwise(pl.lit("not suitable")),
        recorded_on=pl.lit(window.last),
    )


def involvements_in_care(known: Lives, window: Window) -> pl.DataFrame:
    """Give `involvements` with children while in full care, both open in the window.

    The worker with whom a period of care began is the first; others came as the process foresees.
    """
    full = known.care_periods.filter(
        ~pl.col("is_short_breaks") & window.spans("started_on", "ceased_on")
    ).select("child_id", entered_on="started_on", left_on="ceased_on")
    spans = known.involvements.filter(window.spans("started_on", "ended_on"))
    meets = (pl.col("left_on").is_null() | (pl.col("started_on") < pl.col("left_on"))) & (
        pl.col("ended_on").is_null() | (pl.col("ended_on") > pl.col("entered_on"))
    )
    rows = spans.join(full, on="child_id").filter(meets)
    is_first = (pl.col("started_on") == pl.col("entered_on")).any()
    reason = pl.when(is_first).then(pl.lit(_FIRST_WORKER)).otherwise(pl.lit(_HANDED_ON))
    return rows.group_by("child_id", "started_on", "ended_on", "worker", maintain_order=True).agg(
        reason.alias("change_reason")
    )


def _visits(known: Lives, window: Window) -> pl.DataFrame:
    rows = known.care_visits.filter(window.holds("visited_on"))
    return rows.with_columns(kind=pl.lit(_LOOKED_AFTER))
