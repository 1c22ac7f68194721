"""A queue for conference slots, simulated by working day, many times over, from one seed.

Each conference waits from the day it can be held; every working day its slots go to those first in
the order. Initial conferences go first, or whichever falls due first. What is not known is drawn:
how many conferences are asked for, which plans end before their review, which conferences make a
plan. The same draws serve every number of slots as far as they can, so that differences are those
of the slots.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from math import sqrt

import numpy as np
import numpy.typing as npt

from lineofsight.reference.working_days import working_day_after, working_days_between
from lineofsight.reviews.conference_demand import LIMIT, WEEKS, Due, Pending

EARLIEST = 20  # working days before it falls due that a review is held, at most
PATHS, SEED = 1000, 2020
FIRST_REVIEW = timedelta(days=91)  # three months
_A_WEEK = 5  # working days
_BEYOND = 80  # days after the horizon at which something in the queue may fall due

Counts = npt.NDArray[np.int32]
Whole = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


class Order(Enum):
    """Who has the next slot."""

    INITIAL_FIRST = "initial conferences first"
    DUE_FIRST = "whichever falls due first"


@dataclass(frozen=True)
class Arriving:
    """How initial conferences come in: the weekly mean and its variance, over so many weeks.

    `lags` are the working days from strategy discussion to request, each as likely; `plan_share`
    is the share of conferences that make a plan.
    """

    mean: float
    variance: float
    weeks: int
    lags: tuple[int, ...] = (0,)
    plan_share: float = 0.0


@dataclass(frozen=True, slots=True)
class Hazard:
    """Plans that ended between conferences over the weeks at risk; no weeks: none is drawn."""

    ended: float
    weeks: float

    @property
    def a_week(self) -> float:
        """Ends for each week at risk."""
        return self.ended / self.weeks if self.weeks else 0.0


@dataclass(frozen=True)
class Load:
    """All that the queue is fed with, on the working days after `on`."""

    on: date
    reviews: tuple[Due, ...]
    pending: tuple[Pending, ...]
    arriving: Arriving
    first: Hazard = Hazard(0, 0)
    later: Hazard = Hazard(0, 0)
    notice: int = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of so many slots: chances from 0 to 1, and the error of simulating `chance`.

    `chance` is that a conference asked for on the day is held in time; `late_reviews` the share of
    reviews falling due after the day that were not held by then; `waiting` how many conferences
    that could have been held wait at the end (mean).
    """

    slots: int
    order: Order
    chance: float
    error: float
    late_reviews: float
    waiting: float


def simulate(load: Load, slots: int, order: Order, paths: int = PATHS, seed: int = SEED) -> Outcome:
    """Run the queue for 26 weeks with so many slots a week."""
    return _Queue(load, slots, order, paths, seed).run()


def slots_on(day: int, slots: int) -> int:
    """The slots of a working day, the first being 1: a week's are spread evenly over five."""
    return day * slots // _A_WEEK - (day - 1) * slots // _A_WEEK


class _Queue:
    """The state of all paths: how many conferences wait, by kind and working day due."""

    def __init__(self, load: Load, slots: int, order: Order, paths: int, seed: int) -> None:
        self.load, self.slots, self.order, self.paths = load, slots, order, paths
        self.days = working_days_between(load.on, load.on + timedelta(weeks=WEEKS))
        self.width = self.days + _BEYOND
        streams = np.random.SeedSequence(seed).spawn(4)
        self.coming, self.ending, self.deciding, self.asking = map(np.random.default_rng, streams)
        self.waiting: Counts = np.zeros((paths, 2 * self.width), np.int32)
        self.later: Counts = np.zeros((paths, self.width), np.int32)
        self.due: Whole = np.zeros(self.width, np.int64)
        self.ends = [_drawn_hazard(h, self.ending, paths) for h in (load.first, load.later)]
        self.rates = _drawn_rates(load.arriving, self.coming, paths)
        self.reviews = self._reviews_by_release()
        lags: Whole = np.asarray(load.arriving.lags, np.int64)
        self.lags, share = np.unique(lags, return_counts=True)
        self.shares = share / share.sum()
        self.asked_day: Whole = LIMIT - self.asking.choice(lags, paths)

    def run(self) -> Outcome:
        in_time = np.zeros(self.paths, bool)
        late = due = 0.0
        for day in range(1, self.days + 1):
            self._release(day)
            slots = slots_on(day, self.slots)
            if self.load.notice <= day <= LIMIT:
                in_time |= (self._ahead() < slots) & (day <= self.asked_day)
            reviews_late, reviews_due = self._serve(day, slots)
            late, due = late + reviews_late, due + reviews_due
        chance = float(in_time.mean())
        return Outcome(
            self.slots, self.order, chance, sqrt(chance * (1 - chance) / self.paths),
            late / due if due else 0.0, float(self.waiting.sum(axis=1).mean()),
        )  # fmt: skip

    def _place(self, day: int, *, is_initial: bool) -> int:
        """Where conferences of a kind that fall due on a day stand in the order."""
        due = min(max(day, 0), self.width - 1)
        if self.order is Order.INITIAL_FIRST:
            return due if is_initial else self.width + due
        return 2 * due + (0 if is_initial else 1)

    def _day_of(self, working_day_on: date) -> int:
        return working_days_between(self.load.on, working_day_on)

    def _reviews_by_release(self) -> dict[int, list[Due]]:
        found: dict[int, list[Due]] = {}
        for review in self.load.reviews:
            found.setdefault(max(1, self._day_of(review.due_on) - EARLIEST), []).append(review)
        return found

    def _release(self, day: int) -> None:
        """Let those into the queue whose conference can be held from this day on."""
        for review in self.reviews.get(day, ()):
            self._release_review(review)
        self._add_review(day + EARLIEST, self.later[:, day + EARLIEST])
        for one in self.load.pending:
            if max(1, self._day_of(one.requested_on) + self.load.notice) == day:
                self.waiting[:, self._place(self._day_of(one.due_on), is_initial=True)] += 1
        self._release_new(day)

    def _release_review(self, review: Due) -> None:
        weeks = max(0, (review.due_on - self.load.on).days) / 7
        ends = self.ends[0 if review.is_first else 1]
        stays = self.ending.random(self.paths) < np.exp(-ends * weeks)
        self._add_review(self._day_of(review.due_on), stays)

    def _add_review(self, due: int, how_many: Counts | npt.NDArray[np.bool_]) -> None:
        self.waiting[:, self._place(due, is_initial=False)] += how_many
        self.due[min(max(due, 0), self.width - 1)] += how_many.sum()

    def _release_new(self, day: int) -> None:
        asked = day - self.load.notice
        if asked < 1:
            return
        week = min((asked - 1) // _A_WEEK, self.rates.shape[1] - 1)
        mean = self.rates[:, week, None] / _A_WEEK * self.shares
        for lag, came in zip(self.lags, self.coming.poisson(mean).T, strict=True):
            self.waiting[:, self._place(asked + LIMIT - int(lag), is_initial=True)] += came

    def _ahead(self) -> Counts:
        """How many would have their slot before one that was asked for on the day itself."""
        ahead: Counts = np.cumsum(self.waiting, axis=1, dtype=np.int32)
        places = [self._place(int(day), is_initial=True) for day in self.asked_day]
        found: Counts = np.take_along_axis(ahead, np.array(places)[:, None], axis=1)[:, 0]
        return found

    def _serve(self, day: int, slots: int) -> tuple[float, float]:
        """Give the slots of a day away; returns reviews that became late today, and due today."""
        place = self._place(day, is_initial=False)
        before = np.cumsum(self.waiting, axis=1, dtype=np.int32) - self.waiting
        served = np.clip(slots - before, 0, self.waiting)
        self.waiting -= served
        self._make_plans(day, self._initial(served))
        return float(self.waiting[:, place].sum()), float(self.due[day])

    def _initial(self, served: Counts) -> Counts:
        of_kind = (
            served[:, : self.width]
            if self.order is Order.INITIAL_FIRST
            else served[:, 0::2]
        )  # fmt: skip
        total: Counts = of_kind.sum(axis=1)
        return total

    def _make_plans(self, day: int, held: Counts) -> None:
        """Plans made today come back for their first review, unless they end before it."""
        today = working_day_after(self.load.on, day)
        due = self._day_of(today + FIRST_REVIEW)
        lasting = np.exp(-self.ends[0] * (FIRST_REVIEW.days / 7))
        if due < self.width:
            share = self.load.arriving.plan_share * lasting
            self.later[:, due] += self.deciding.binomial(held, share).astype(np.int32)


def _drawn_hazard(hazard: Hazard, chance: np.random.Generator, paths: int) -> Floats:
    """A rate of ending for each path, as uncertain as the count behind it (gamma, Jeffreys)."""
    if not hazard.weeks:
        return np.zeros(paths)
    return chance.gamma(hazard.ended + 0.5, 1 / hazard.weeks, paths)


def _drawn_rates(arriving: Arriving, chance: np.random.Generator, paths: int) -> Floats:
    """Conferences expected in each week of each path: the mean is drawn, then the week about it."""
    if not arriving.mean:
        return np.zeros((paths, WEEKS + 1))
    mean = chance.gamma(arriving.mean * arriving.weeks + 0.5, 1 / arriving.weeks, paths)[:, None]
    weeks = np.broadcast_to(mean, (paths, WEEKS + 1))
    if arriving.variance <= arriving.mean:
        return weeks
    # Negative binomial as a mixture: methods, k = mean squared over (variance less mean).
    k = arriving.mean**2 / (arriving.variance - arriving.mean)
    return chance.gamma(k, weeks / k)


def mean_and_variance(counts: Sequence[int]) -> tuple[float, float]:
    """The mean and the sample variance of weekly counts."""
    values = np.asarray(counts, float)
    return float(values.mean()), float(values.var(ddof=1))
