"""Waits for an initial child protection conference, pieced together from three tables.

Conferences held, conferences asked for and not held, and where no requests are delivered the
enquiries that rule out no conference. Conferences whose wait has no length stand in the published
figure and are counted aside: of children who moved in, without a discussion, or held before it.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from lineofsight.reviews.waits import NOTHING_ASIDE, Waits, waits_from
from lineofsight.warehouse.journey import Journey

MOVED_IN = "held for a child who moved in on another authority's plan"
WITHOUT_START = "without a strategy discussion date"
BEFORE_START = "dated before their strategy discussion"
_KEY = ("child_id", "started_on")
_CUTS = ("requested_on", "first_booked_for_on")


def conference_waits(journey: Journey, as_at: date) -> Waits:
    """Give the waits from the first strategy discussion to the conference, as known on a day."""
    asked = _requests(journey)
    held = _held(journey)
    timed, aside = _set_aside(held, as_at)
    rest = _not_held(journey, asked, held)
    rows = pl.concat([_with_requests(timed, asked), rest.select(_with_requests_columns())])
    rows = rows.join(_teams(journey), on=list(_KEY), how="left", maintain_order="left")
    return waits_from(rows, as_at, _CUTS, aside, _remarks(journey, asked, rows, as_at))


def _requests(journey: Journey) -> pl.DataFrame:
    """One row a child and discussion: what was asked for, booked and put off."""
    requests = journey.frames["conference_requests"]
    return requests.select(
        "child_id",
        "family_id",
        *_CUTS,
        "postponements",
        "delay_reason",
        started_on="strategy_discussion_on",
        reached_on="held_on",
        ended_on="stood_down_on",
    ).unique(_KEY, keep="last", maintain_order=True)


def _held(journey: Journey) -> pl.DataFrame:
    """Conferences held, once each, with the first of the discussions that led to them."""
    conferences = journey.frames["initial_conferences"]
    first = pl.col("strategy_discussion_on").min().over("child_id", "held_on")
    held = conferences.with_columns(started_on=first).filter(~pl.col("is_repeated"))
    return held.select(
        "child_id",
        "family_id",
        "started_on",
        "is_transfer_in",
        reached_on="held_on",
        days="working_days_from_strategy",
    )


def _set_aside(held: pl.DataFrame, as_at: date) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Part the conferences whose wait has a length from the others, by the reason."""
    reason = (
        pl.when("is_transfer_in").then(pl.lit(MOVED_IN))
        .when(pl.col("started_on").is_null()).then(pl.lit(WITHOUT_START))
        .when(pl.col("started_on") > pl.col("reached_on")).then(pl.lit(BEFORE_START))
    )  # fmt: skip
    told = held.with_columns(reason.alias("reason"))
    published = pl.col("reason").is_not_null() & (pl.col("reached_on") <= as_at)
    aside = told.filter(published).select(*NOTHING_ASIDE.columns)
    return told.filter(pl.col("reason").is_null()), aside


def _with_requests_columns() -> list[str]:
    return [*_KEY, "family_id", "reached_on", "ended_on", *_CUTS, "postponements", "delay_reason"]


def _with_requests(held: pl.DataFrame, asked: pl.DataFrame) -> pl.DataFrame:
    """Add what the request says: found by its discussion, else by the day of the conference."""
    what = ["family_id", *_CUTS, "postponements", "delay_reason"]
    found = held.select(*_KEY, "reached_on", "family_id")
    for n, day in enumerate(("started_on", "reached_on")):
        told = asked.drop_nulls(day).unique(["child_id", day], keep="last", maintain_order=True)
        told = told.select("child_id", day, *(pl.col(name).alias(f"{name}_{n}") for name in what))
        found = found.join(told, on=["child_id", day], how="left", maintain_order="left")
    both = [pl.coalesce(f"{name}_0", f"{name}_1").alias(name) for name in what[1:]]
    family = pl.coalesce("family_id", "family_id_0", "family_id_1").alias("family_id")
    blank = pl.lit(None, pl.Date).alias("ended_on")
    return found.with_columns(family, blank, *both).select(_with_requests_columns())


def _not_held(journey: Journey, asked: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """Waits that no conference held stands for: open, stood down, or held by the request alone."""
    if asked.is_empty():
        asked = _enquiries_open(journey)
    found = asked.join(held, on=list(_KEY), how="anti")
    by_day = held.select("child_id", "reached_on").drop_nulls()
    return found.join(by_day, on=["child_id", "reached_on"], how="anti")


def _enquiries_open(journey: Journey) -> pl.DataFrame:
    """Enquiries that rule out no conference, as if each had asked for one."""
    enquiries = journey.frames["section_47_enquiries"].filter(~pl.col("is_conference_unnecessary"))
    blank = {name: pl.lit(None, pl.Date) for name in ("ended_on", *_CUTS)}
    return enquiries.select(
        "child_id",
        started_on="strategy_discussion_on",
        reached_on="conference_on",
        family_id=pl.lit(None, pl.String),
        postponements=pl.lit(None, pl.Int64),
        delay_reason=pl.lit(None, pl.String),
        **blank,
    ).unique(_KEY, keep="last", maintain_order=True)


def _teams(journey: Journey) -> pl.DataFrame:
    """The team of each enquiry: who is responsible when the wait begins, whatever comes of it."""
    enquiries = journey.frames["section_47_enquiries"]
    told = enquiries.select("child_id", "team", started_on="strategy_discussion_on")
    return told.unique(_KEY, keep="first", maintain_order=True)


def _remarks(journey: Journey, asked: pl.DataFrame, rows: pl.DataFrame, as_at: date) -> list[str]:
    if asked.is_empty():
        return [
            "No requests for conferences are delivered: every enquiry that is not marked as "
            "needing none counts as waiting. Where that mark is left blank this is too many."
        ]
    return list(_unaccounted(journey, rows, as_at)) + list(_without_day(journey, rows))


def _unaccounted(journey: Journey, rows: pl.DataFrame, as_at: date) -> list[str]:
    undecided = _enquiries_open(journey).filter(
        (pl.col("started_on") <= as_at) & pl.col("reached_on").is_null()
    )
    count = undecided.join(rows, on=list(_KEY), how="anti").height
    if not count:
        return []
    return [
        f"{count:,} enquiries of all months are neither marked as needing no conference nor "
        "followed by a request: they are not counted as waiting."
    ]


def _without_day(journey: Journey, rows: pl.DataFrame) -> list[str]:
    """Requests that go on though the enquiry says that no conference is needed."""
    ruled_out = journey.frames["section_47_enquiries"].filter("is_conference_unnecessary")
    ruled_out = ruled_out.select("child_id", started_on="strategy_discussion_on")
    waiting = rows.filter(pl.col("reached_on").is_null() & pl.col("ended_on").is_null())
    count = waiting.join(ruled_out, on=list(_KEY), how="semi").height
    if not count:
        return []
    return [
        f"{count:,} requests of all months are still open though their enquiry needs no "
        "conference: they count as waiting until a day is recorded on which they were stood down."
    ]
