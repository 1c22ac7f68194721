"""What is known of a wait soon after it began, and may go with delay: one block each.

Each is known by a working day that is the same for all waits (the landmark): what happens later,
such as who held the conference in the end, would explain a delay by the delay itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from lineofsight.reference.working_days import FIRST_DAY, working_day_numbers
from lineofsight.reviews.waits import REACHED, Floats, Ints, Waits
from lineofsight.warehouse.journey import Journey

_RECENT = 20  # working days over which the pace of ends is taken
_CHRISTMAS = (12, 25)


@dataclass(frozen=True)
class Scene:
    """The waits that were not over by the landmark, all waits beside them, and the journey.

    `landmark` is the working day by which everything is known.
    """

    waits: Waits
    every: Waits
    journey: Journey
    landmark: int

    @property
    def number(self) -> Ints:
        """The number of the working day on which each wait reached the landmark."""
        found: Ints = self.waits.rows["start_number"].to_numpy() + self.landmark
        return found

    @property
    def day(self) -> pl.Series:
        """The date of the landmark of each wait."""
        place = np.searchsorted(working_day_numbers(), self.number)
        days = np.datetime64(FIRST_DAY) + place.astype("timedelta64[D]")
        return pl.Series(days).cast(pl.Date)


@dataclass(frozen=True)
class Circumstance:
    """Something that may go with delay.

    `values` gives a number for each wait, NaN where it is not recorded. `words` completes "linked
    with delay: …"; `step` is the difference that its odds ratio is told for, as `step_words` says;
    `unit` stands after a value. A yes or no is 1 or 0. `source` names where it is recorded.
    `is_shared` says that it is alike for all who wait in the same weeks, or for all of a team, and
    `caution` what else it may stand for.
    """

    id: str
    words: str
    values: Callable[[Scene], Floats]
    step: float
    step_words: str
    source: str
    unit: str = ""
    is_yes_or_no: bool = False
    is_of_team: bool = False
    is_shared: bool = False
    caution: str = ""


def _late_request(scene: Scene) -> Floats:
    """Whether nobody had asked by the landmark; blank where a conference has no day of request."""
    asked = scene.waits.rows["cut_0"]
    is_late = (asked.is_null() | (asked > scene.landmark)).cast(pl.Float64).to_numpy()
    is_unknown = asked.is_null().to_numpy() & (scene.waits.outcome == REACHED)
    found: Floats = np.where(is_unknown | (not asked.is_not_null().any()), np.nan, is_late)
    return found


def _staffed(scene: Scene, value: pl.Expr) -> Floats:
    """A number of the team at the last month-end before the wait began, at most 62 days earlier."""
    staffing = scene.journey.frames["staffing"].select("team", "counted_on", value=value)
    waits = scene.waits.rows.select("team", "started_on").with_row_index("place")
    found = waits.sort("started_on").join_asof(
        staffing.drop_nulls("team").sort("counted_on"),
        left_on="started_on",
        right_on="counted_on",
        by="team",
        tolerance=timedelta(days=62),
        check_sortedness=False,
    )
    return found.sort("place")["value"].cast(pl.Float64).fill_null(float("nan")).to_numpy()


def _caseload(scene: Scene) -> Floats:
    holders = pl.when(pl.col("case_holders_fte") > 0).then("case_holders_fte")
    return _staffed(scene, pl.col("cases") / holders)


def _agency(scene: Scene) -> Floats:
    people = pl.col("in_post_fte").fill_null(0) + pl.col("agency_fte")
    return _staffed(scene, 100 * pl.col("agency_fte") / pl.when(people > 0).then(people))


def _change_of_worker(scene: Scene) -> Floats:
    """Whether another worker took the child on between the start and the landmark."""
    waits = scene.waits.rows.select("child_id", "started_on").with_columns(until=scene.day)
    waits = waits.with_row_index("place")
    workers = scene.journey.frames["involvements"].select(
        "child_id", "worker", "ended_on", from_on="started_on"
    )
    both = waits.join(workers, on="child_id")
    held = both.filter(
        (pl.col("from_on") <= pl.col("started_on"))
        & (pl.col("ended_on").is_null() | (pl.col("ended_on") > pl.col("started_on")))
    )
    began = both.filter(
        (pl.col("from_on") > pl.col("started_on")) & (pl.col("from_on") <= pl.col("until"))
    )
    found = np.full(waits.height, np.nan)
    found[held["place"].to_numpy()] = 0
    changed = began.join(held, on=["place", "worker"], how="anti")["place"].to_numpy()
    found[np.intersect1d(changed, held["place"].to_numpy())] = 1
    return found


def _siblings(scene: Scene) -> Floats:
    """How many children of the family wait since the same day."""
    every = scene.every.rows.group_by("family_id", "started_on").agg(size=pl.len())
    rows = scene.waits.rows.select("family_id", "started_on")
    found = rows.join(every, on=["family_id", "started_on"], how="left", maintain_order="left")
    return found["size"].cast(pl.Float64).to_numpy()


def _queue(scene: Scene) -> Floats:
    """Working days that it would take to end all waits before this one at the pace of late.

    Other families waiting at the landmark, over those whose wait ended with a conference on a day
    of the twenty working days before it.
    """
    families = scene.every.of_families()
    start = families.rows["start_number"].to_numpy()
    end = start + families.days
    end = np.where(families.outcome == 0, np.iinfo(np.int64).max, end)
    here = scene.number
    waiting = _until(start, here) - _until(end, here) - 1
    held = end[families.outcome == REACHED]
    pace = (_until(held, here) - _until(held, here - _RECENT)) / _RECENT
    return np.where(pace > 0, waiting / np.where(pace > 0, pace, 1), np.nan)


def _until(numbers: Ints, here: Ints) -> Floats:
    """How many of some numbers are at most each of others."""
    return np.searchsorted(np.sort(numbers), here, side="right").astype(float)


def _over_christmas(scene: Scene) -> Floats:
    """Whether the three weeks after the start have Christmas in them."""
    return _has_day(scene, _CHRISTMAS, 21)


def _has_day(scene: Scene, day: tuple[int, int], within: int) -> Floats:
    starts = scene.waits.rows["started_on"]
    found = np.zeros(len(starts))
    for year in sorted(set(starts.dt.year().to_list())):
        held = date(year, *day)
        found += ((starts <= held) & (starts > held - timedelta(days=within))).to_numpy()
    return found


def _in_august(scene: Scene) -> Floats:
    """Whether the wait began from 20 July to 31 August, while schools are closed."""
    starts = pl.DataFrame({"on": scene.waits.rows["started_on"]})
    month, day = pl.col("on").dt.month(), pl.col("on").dt.day()
    inside = (month == 8) | ((month == 7) & (day >= 20))
    return starts.select(inside.cast(pl.Float64)).to_series().to_numpy()


_QUEUE = (
    "A queue is long where there are too few chairs or slots for those who ask, and also in weeks "
    "in which everything goes slowly: the records cannot tell one from the other."
)
late_request = Circumstance(
    id="late request",
    words="late requests",
    values=_late_request,
    step=1,
    step_words="No request by working day 3",
    source="Local table of conference requests: requested on",
    is_yes_or_no=True,
)
caseload = Circumstance(
    id="caseload",
    words="high caseloads",
    values=_caseload,
    step=5,
    step_words="Five children more for each case holder of the team",
    source="Local table of staffing: children allocated over case holders, at the month-end before",
    unit=" children a case holder",
    is_of_team=True,
    is_shared=True,
)
agency = Circumstance(
    id="agency workers",
    words="many agency workers",
    values=_agency,
    step=10,
    step_words="Ten per cent more of the team's workers from an agency",
    source="Local table of staffing: agency workers over all workers, at the month-end before",
    unit="% agency workers",
    is_of_team=True,
    is_shared=True,
)
change_of_worker = Circumstance(
    id="change of worker",
    words="a change of social worker",
    values=_change_of_worker,
    step=1,
    step_words="Another worker took the child on meanwhile",
    source="Involvements: workers of the child",
    is_yes_or_no=True,
)
siblings = Circumstance(
    id="sibling group",
    words="large sibling groups",
    values=_siblings,
    step=1,
    step_words="One child more in the family",
    source="Local table of conference requests: family",
    unit=" children in the family",
)
queue = Circumstance(
    id="queue",
    words="a long queue for conferences",
    values=_queue,
    step=5,
    step_words="Five working days more to clear the queue",
    source="Families waiting, over conferences held in the twenty working days before",
    unit=" working days to clear the queue",
    is_shared=True,
    caution=_QUEUE,
)
backlog = Circumstance(
    id="backlog",
    words="a long backlog",
    values=_queue,
    step=5,
    step_words="Five working days more to clear the backlog",
    source="Those waiting, over those ended in the twenty working days before",
    unit=" working days to clear the backlog",
    is_shared=True,
    caution=_QUEUE,
)
christmas = Circumstance(
    id="Christmas",
    words="Christmas",
    values=_over_christmas,
    step=1,
    step_words="Christmas within three weeks of the start",
    source="The day the wait began",
    is_yes_or_no=True,
    is_shared=True,
)
august = Circumstance(
    id="summer holidays",
    words="the summer holidays",
    values=_in_august,
    step=1,
    step_words="Began from 20 July to 31 August",
    source="The day the wait began",
    is_yes_or_no=True,
    is_shared=True,
)
