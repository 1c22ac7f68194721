"""Small authorities made with one known cause of delay, or none, as journeys.

Families come to a strategy discussion at random, ask for a conference some days later, and hold it
when it is ready. One thing is then made to delay some of them; everything else that a review looks
at is there too, and does nothing. In a slow team the caseload is that of the others; slow weeks are
four at a time, for everybody and for no recorded reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

import numpy as np
import numpy.typing as npt
import polars as pl

from lineofsight.reference.periods import Month
from lineofsight.reference.working_days import FIRST_DAY, working_day_number, working_day_numbers
from lineofsight.warehouse.journey import Journey, Span

Cause = Literal["team", "slow team", "chairs", "late requests", "slow weeks", "none"]
Ints = npt.NDArray[np.int64]
MONTHS = [Month.parse("2020-08") - n for n in reversed(range(24))]
TEAMS = ("North", "South", "East", "West")
FIRST, LAST = date(2018, 6, 1), date(2020, 8, 31)
A_DAY = 1.25  # families
CHAIRS = 1.27  # conferences a day that they can hold; a fifth fewer in two winters


def authority(cause: Cause, seed: int) -> Journey:
    """Make the records of an authority with one cause of delay; the same seed, the same records."""
    rng = np.random.default_rng([seed, *cause.encode()])
    first, last = working_day_number(FIRST), working_day_number(LAST)
    start = np.repeat(np.arange(first, last), rng.poisson(A_DAY, last - first))
    team = rng.integers(0, len(TEAMS), len(start))
    asked = np.where(rng.random(len(start)) < 0.15, rng.integers(4, 7, len(start)),
                     rng.integers(0, 4, len(start)))  # fmt: skip
    taken = 6 + rng.poisson(7.3, len(start))
    if cause == "slow weeks":
        weeks = (start - first) // 20
        taken = np.maximum(taken + np.round(rng.normal(0, 1.7, 60)).astype(int)[weeks], 2)
    if cause in ("team", "slow team"):
        taken = taken + np.where(team == 1, rng.poisson(4.5, len(start)), 0)
    if cause == "late requests":
        is_late = rng.random(len(start)) < 0.35
        asked = np.where(is_late, rng.integers(6, 12, len(start)), np.minimum(asked, 3))
        taken = np.where(is_late, asked + 4 + rng.poisson(7.3, len(start)), taken)
    held = start + np.maximum(taken, asked + 1)
    if cause == "chairs":
        held = _in_turn(held - 3, first)
    return _journey(rng, start, start + asked, held, team, cause)


def _in_turn(ready: Ints, first: int) -> Ints:
    """Give each family the first free chair once it is ready, in the order in which they are."""
    held = np.empty_like(ready)
    free = float(first)
    for family in np.argsort(ready, kind="stable"):
        is_winter = (free - first) % 250 > 170
        free = max(free, float(ready[family])) + 1 / (CHAIRS * (0.8 if is_winter else 1.15))
        held[family] = int(free)
    return held


def _journey(
    rng: np.random.Generator, start: Ints, asked: Ints, held: Ints, team: Ints, cause: Cause
) -> Journey:
    """Put families into tables, each with one to four children."""
    size = rng.choice([1, 2, 3, 4], len(start), p=[0.5, 0.27, 0.15, 0.08])
    family = np.repeat(np.arange(len(start)), size)
    child = [f"C{n}" for n in range(len(family))]
    on = {"strategy_discussion_on": _days(start)[family], "held_on": _days(held)[family]}
    whole = pl.DataFrame({
        "child_id": child,
        "family_id": [f"F{n}" for n in family],
        "team": np.array(TEAMS)[team[family]],
        **on,
        "requested_on": _days(asked)[family],
        "working_days_from_strategy": (held - start)[family],
    })  # fmt: skip
    known = pl.col("held_on") <= LAST
    past = whole.with_columns(pl.when(known).then("held_on").alias("held_on"))
    nothing = pl.lit(None, pl.Date)
    frames = {
        "section_47_enquiries": past.with_columns(
            conference_on="held_on", is_conference_unnecessary=pl.lit(False)
        ),
        "initial_conferences": past.filter(known).with_columns(
            is_transfer_in=pl.lit(False), is_repeated=pl.lit(False)
        ),
        "conference_requests": past.with_columns(
            first_booked_for_on="held_on", stood_down_on=nothing,
            postponements=pl.lit(0, pl.Int64), delay_reason=pl.lit(None, pl.String),
        ),
        "staffing": _staffing(rng, cause),
        "involvements": _involvements(rng, past),
    }  # fmt: skip
    covered = {name: (Span(FIRST, LAST),) for name in frames}
    return Journey(frames, covered, frozenset(), ())


def _days(numbers: Ints) -> npt.NDArray[np.datetime64]:
    place = np.searchsorted(working_day_numbers(), numbers)
    return np.datetime64(FIRST_DAY) + place.astype("timedelta64[D]")


def _staffing(rng: np.random.Generator, cause: Cause) -> pl.DataFrame:
    def rows() -> Iterator[dict[str, object]]:
        for month in range(Month.of(FIRST).index - 1, MONTHS[-1].index + 1):
            for place, team in enumerate(TEAMS):
                load = 16 + 9 * (cause == "team" and place == 1) + rng.normal(0, 1.5)
                agency = rng.integers(0, 3)
                yield {
                    "team": team, "counted_on": Month(month).last_day, "cases": round(7 * load),
                    "case_holders_fte": 7.0, "in_post_fte": 8.0 - agency,
                    "agency_fte": float(agency),
                }  # fmt: skip

    return pl.DataFrame(list(rows()))


def _involvements(rng: np.random.Generator, past: pl.DataFrame) -> pl.DataFrame:
    """One worker from the start; for one family in six another within three days."""
    families = past.select("family_id").unique(maintain_order=True)
    changed = families.filter(pl.Series(rng.random(families.height) < 0.16))
    first = past.select("child_id", worker=pl.lit("A"), started_on="strategy_discussion_on",
                        ended_on=pl.lit(None, pl.Date))  # fmt: skip
    later = past.join(changed, on="family_id", how="semi").select(
        "child_id",
        worker=pl.lit("B"),
        started_on=pl.col("strategy_discussion_on").dt.offset_by("2d"),
        ended_on=pl.lit(None, pl.Date),
    )
    return pl.concat([first, later])
