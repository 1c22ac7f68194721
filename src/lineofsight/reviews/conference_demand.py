"""What a conference team has in front of it: reviews that fall due, and conferences asked for.

Counted in families, because siblings share a conference. Working Together to Safeguard Children:
the first review within three months of the plan's start, the next within six of the last review;
an initial conference within 15 working days of the strategy discussion.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from lineofsight.reference.working_days import working_day_after, working_days_between
from lineofsight.reviews.conference_waits import conference_waits
from lineofsight.reviews.waits import REACHED, WAITING
from lineofsight.warehouse.journey import Journey

TABLES = frozenset(
    {
        *("child_protection_plans", "plan_reviews", "child_protection_reviews"),
        *("section_47_enquiries", "initial_conferences", "conference_requests"),
    }
)
LIMIT = 15  # working days from the strategy discussion to the conference
WEEKS = 26
YEAR = 52  # weeks up to the day, from which rates are taken
STALE = 60  # days after which an enquiry that nobody asked a conference for is not waiting for one


@dataclass(frozen=True, slots=True)
class Due:
    """A review conference of one family: when it falls due, and whether it is the first."""

    due_on: date
    is_first: bool


@dataclass(frozen=True, slots=True)
class Pending:
    """An initial conference of one family, asked for and not held."""

    started_on: date
    requested_on: date

    @property
    def due_on(self) -> date:
        """The fifteenth working day after the strategy discussion."""
        return working_day_after(self.started_on, LIMIT)


@dataclass(frozen=True, slots=True)
class Ending:
    """Plans of families that ended between two conferences, and the weeks they were at risk."""

    ended: int
    weeks: float


@dataclass(frozen=True)
class Past:
    """What the year up to the day tells of what is to come, in families.

    `asked` are initial conferences asked for in each week, oldest first; `lags` the working days
    from strategy discussion to request, `notices` from request to conference, of each; of the
    `waited` that were held `in_time` were so within 15 working days of the discussion; `held` and
    `planned` are initial conferences held and those of them that made a plan; `reviewed` review
    conferences held (blank where no reviews are delivered). `first` and `later` are plans that
    ended without a conference on the day, before the first review and after it, of all records.
    """

    asked: tuple[int, ...]
    lags: tuple[int, ...]
    notices: tuple[int, ...]
    in_time: int
    waited: int
    held: int
    planned: int
    reviewed: int | None
    first: Ending
    later: Ending


@dataclass(frozen=True)
class Demand:
    """What stands before the conference team on a day, in families; `children` for comparison.

    `stale` are enquiries left out because they are old and no request is delivered; `alone` the
    children on a plan whose family nobody recorded, each counted as a family of one.
    """

    on: date
    reviews: tuple[Due, ...]
    pending: tuple[Pending, ...]
    past: Past
    children: int
    families: int
    alone: int
    stale: int
    has_requests: bool


def conference_demand(journey: Journey, on: date) -> Demand:
    """Read what is due on a day, and the past that what is to come is taken from."""
    families = _families(journey, on)
    turns = _turns(journey, families, on)
    standing = _standing(turns, on)
    pending, stale = conferences_pending(journey, on)
    has_requests = not journey.frames["conference_requests"].is_empty()
    return Demand(
        on=on,
        reviews=_reviews_due(standing),
        pending=pending,
        past=_past(journey, families, turns, on),
        children=standing["child_id"].n_unique(),
        families=standing["family_id"].n_unique(),
        alone=standing.filter(~pl.col("is_known"))["child_id"].n_unique(),
        stale=stale,
        has_requests=has_requests,
    )


def conferences_pending(journey: Journey, on: date) -> tuple[tuple[Pending, ...], int]:
    """Give the families whose initial conference is not held on a day, and how many are stale."""
    waits = conference_waits(journey, on)
    rows = waits.of_families().rows.filter(pl.col("outcome") == WAITING)
    if not journey.frames["conference_requests"].is_empty():
        return _pending(rows), 0
    # Without requests an enquiry that was closed and never marked would wait for ever.
    fresh = rows.filter(pl.col("started_on") > on - timedelta(days=STALE))
    return _pending(fresh), rows.height - fresh.height


def _pending(rows: pl.DataFrame) -> tuple[Pending, ...]:
    days = rows.select("started_on", pl.coalesce("requested_on", "started_on")).sort(pl.all())
    return tuple(Pending(*row) for row in days.iter_rows())


def _families(journey: Journey, on: date) -> pl.DataFrame:
    """The family each child was last asked a conference for; one row a child."""
    asked = journey.frames["conference_requests"].filter(pl.col("strategy_discussion_on") <= on)
    known = asked.drop_nulls("family_id").sort("strategy_discussion_on")
    return known.select("child_id", "family_id").unique("child_id", keep="last")


def _in_families(rows: pl.DataFrame, families: pl.DataFrame) -> pl.DataFrame:
    joined = rows.drop("family_id", strict=False).join(families, on="child_id", how="left")
    alone = pl.format("child {}", "child_id")
    return joined.with_columns(
        is_known=pl.col("family_id").is_not_null(), family_id=pl.col("family_id").fill_null(alone)
    )


def _turns(journey: Journey, families: pl.DataFrame, on: date) -> pl.DataFrame:
    """From the start of a plan or a review to the next, as known on the day."""
    turns = journey.frames["plan_reviews"].filter(pl.col("started_on") <= on)
    told = turns.with_columns(
        pl.when(pl.col(name) <= on).then(name).alias(name) for name in ("done_on", "ended_on")
    )
    plans = journey.frames["child_protection_plans"].select(
        "child_id", "latest_review_on", span_started_on="started_on"
    )
    latest = plans.unique(["child_id", "span_started_on"], keep="last")
    found = told.join(latest, on=["child_id", "span_started_on"], how="left")
    return _in_families(_moved_on(found, on), families)


def _moved_on(turns: pl.DataFrame, on: date) -> pl.DataFrame:
    """Let a review count that stands with the plan alone, as in Annex A."""
    later = pl.col("latest_review_on")
    is_known = (later > pl.col("started_on")) & (later <= on)
    counts = (pl.col("ended_on").is_null() & is_known).fill_null(value=False)
    return turns.with_columns(
        due_on=pl.when(counts).then(later.dt.offset_by("6mo")).otherwise("due_on"),
        is_first=pl.col("is_first") & ~counts,
    )


def _standing(turns: pl.DataFrame, on: date) -> pl.DataFrame:
    """The turn each child now on a plan is in; a plan that ended on the day is closed."""
    is_open = pl.col("ended_on").is_null() & (pl.col("started_on") <= on)
    return turns.filter(is_open & pl.col("due_on").is_not_null())


def _reviews_due(standing: pl.DataFrame) -> tuple[Due, ...]:
    """One review for siblings due on the same day; those due apart are counted apart, as held."""
    once = standing.sort("due_on", "is_first").unique(["family_id", "due_on"], keep="first")
    rows = once.sort("due_on", "is_first").select("due_on", "is_first")
    return tuple(Due(*row) for row in rows.iter_rows())


def _past(journey: Journey, families: pl.DataFrame, turns: pl.DataFrame, on: date) -> Past:
    since = on - timedelta(weeks=YEAR)
    waits = conference_waits(journey, on).of_families().rows.with_columns(
        asked_on=pl.coalesce("requested_on", "started_on")
    )  # fmt: skip
    asked = waits.filter(pl.col("asked_on").is_between(since, on, closed="right"))
    held = _held(journey, families, since, on)
    reviewed = journey.frames["child_protection_reviews"]
    return Past(
        asked=_by_week(asked["asked_on"].to_list(), since),
        lags=_working_days(asked, "started_on", "asked_on"),
        notices=_working_days(
            asked.filter(pl.col("outcome") == REACHED).drop_nulls("requested_on"),
            *("asked_on", "reached_on"),
        ),
        in_time=asked.filter((pl.col("outcome") == REACHED) & (pl.col("days") <= LIMIT)).height,
        waited=asked.filter(pl.col("outcome") == REACHED).height,
        held=held.height,
        planned=int(held["is_plan_made"].sum()),
        reviewed=None if reviewed.is_empty() else _reviewed(reviewed, families, since, on),
        first=_ending(turns.filter("is_first"), on),
        later=_ending(turns.filter(~pl.col("is_first")), on),
    )


def _by_week(days: Sequence[date], since: date) -> tuple[int, ...]:
    weeks = [((day - since).days - 1) // 7 for day in days]
    return tuple(weeks.count(week) for week in range(YEAR))


def _working_days(rows: pl.DataFrame, first: str, last: str) -> tuple[int, ...]:
    days = rows.select(first, last).iter_rows()
    return tuple(sorted(max(0, working_days_between(start, end)) for start, end in days))


def _held(journey: Journey, families: pl.DataFrame, since: date, on: date) -> pl.DataFrame:
    """Initial conferences of the year, one row a family and day; a plan for one child is a plan."""
    rows = journey.frames["initial_conferences"].filter(
        pl.col("held_on").is_between(since, on, closed="right") & ~pl.col("is_repeated")
    )
    together = _in_families(rows, families).group_by("family_id", "held_on")
    return together.agg(pl.col("is_plan_made").fill_null(value=False).any())


def _reviewed(rows: pl.DataFrame, families: pl.DataFrame, since: date, on: date) -> int:
    held = rows.filter(pl.col("held_on").is_between(since, on, closed="right"))
    return _in_families(held, families).select("family_id", "held_on").n_unique()


def _ending(turns: pl.DataFrame, on: date) -> Ending:
    """Count families whose last child's plan ended with no review on the day, and time at risk."""
    lasts = turns.filter(pl.col("ended_on").is_null() | (pl.col("ended_on") > pl.col("started_on")))
    families = lasts.group_by("family_id", "started_on").agg(
        until=pl.col("ended_on").fill_null(on).max(),
        is_over=(pl.col("ended_on").is_not_null() & pl.col("done_on").is_null()).all(),
    )
    days = families.select((pl.col("until") - pl.col("started_on")).dt.total_days().sum()).item()
    return Ending(int(families["is_over"].sum()), float(days or 0) / 7)
