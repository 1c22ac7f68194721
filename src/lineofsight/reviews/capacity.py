"""The review of conference capacity: what falls due against slots, and the chance to be in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from math import exp

# Not scipy.stats: it says the same and takes more than a second to load.
from scipy.special import chdtri  # type: ignore[import-untyped]

from lineofsight.access.audit import AuditEntry
from lineofsight.reference.working_days import working_days_between
from lineofsight.reviews.conference_demand import (
    LIMIT,
    WEEKS,
    YEAR,
    Demand,
    Ending,
    conference_demand,
)
from lineofsight.reviews.conference_queue import (
    FIRST_REVIEW,
    Arriving,
    Hazard,
    Load,
    Order,
    Outcome,
    mean_and_variance,
    simulate,
    slots_on,
)
from lineofsight.warehouse.journey import Journey

EXTRA = (0, 1, 2, 3, 4)  # slots a week more than there are


class SlotsFrom(Enum):
    """Where the number of slots a week comes from."""

    OPTION = "as asked for with --slots"
    SETTINGS = "as set in authority.toml"
    HELD = "estimated: conferences held a week in the year before"


@dataclass(frozen=True, slots=True)
class Week:
    """A week of what falls due, in families; what is expected rather than known is a decimal.

    `reviews` are due if no plan ends before; `expected_reviews` are those of them that are left
    when plans end as they did. `pending` are initial conferences asked for; `new` those still to be
    asked for, and `first_reviews` what they lead to.
    """

    first_day: date
    reviews: int
    expected_reviews: float
    pending: int
    new: float
    first_reviews: float
    slots: int

    @property
    def expected(self) -> float:
        """All conferences expected to fall due in the week."""
        return self.expected_reviews + self.pending + self.new + self.first_reviews


@dataclass(frozen=True)
class Capacity:
    """A review of conference capacity: numbers, no rows. `overdue` are in the first week."""

    demand: Demand
    load: Load
    slots: int
    slots_from: SlotsFrom
    weeks: tuple[Week, ...]
    overdue_reviews: int
    overdue_pending: int
    outcomes: tuple[Outcome, ...]

    def outcome(self, extra: int, order: Order) -> Outcome:
        """What came of so many extra slots in an order."""
        found = (o for o in self.outcomes if o.slots == self.slots + extra and o.order is order)
        return next(found)


def review_capacity(
    journey: Journey, on: date, slots: int | None, of_settings: int | None, entry: AuditEntry
) -> Capacity | None:
    """Review capacity as known on a day; None where nothing says how many slots there are.

    Needs the audit entry: rows are read.
    """
    assert entry.subject
    demand = conference_demand(journey, on)
    chosen = _slots(demand, slots, of_settings)
    if chosen is None:
        return None
    a_week, slots_from = chosen
    load = load_of(demand)
    return Capacity(
        demand=demand,
        load=load,
        slots=a_week,
        slots_from=slots_from,
        weeks=due_by_week(load, a_week),
        overdue_reviews=sum(review.due_on <= on for review in load.reviews),
        overdue_pending=sum(one.due_on <= on for one in load.pending),
        outcomes=tuple(simulate(load, a_week + extra, order) for order in Order for extra in EXTRA),
    )


def _slots(
    demand: Demand, slots: int | None, of_settings: int | None
) -> tuple[int, SlotsFrom] | None:
    if slots is not None:
        return slots, SlotsFrom.OPTION
    if of_settings is not None:
        return of_settings, SlotsFrom.SETTINGS
    if demand.past.reviewed is None:
        return None
    held = demand.past.held + demand.past.reviewed
    return (2 * held + YEAR) // (2 * YEAR), SlotsFrom.HELD


def load_of(demand: Demand) -> Load:
    """What the queue is fed with: what is due now, and what the year before leads to expect."""
    past = demand.past
    mean, variance = mean_and_variance(past.asked)
    share = past.planned / past.held if past.held else 0.0
    # Without reviews nothing tells a plan that ended at a conference from one that ended between.
    knows_reviews = past.reviewed is not None
    return Load(
        on=demand.on,
        reviews=demand.reviews,
        pending=demand.pending,
        arriving=Arriving(mean, variance, YEAR, past.lags or (0,), share),
        first=_hazard(past.first) if knows_reviews else Hazard(0, 0),
        later=_hazard(past.later) if knows_reviews else Hazard(0, 0),
        notice=_notice(past.notices),
    )


def _hazard(ending: Ending) -> Hazard:
    return Hazard(ending.ended, ending.weeks)


def _notice(notices: Sequence[int]) -> int:
    """The working days that all but one conference in twenty were asked for ahead; at least 1."""
    return max(1, notices[len(notices) // 20]) if notices else 1


def due_by_week(load: Load, slots: int) -> tuple[Week, ...]:
    """What falls due in each of 26 weeks; what is overdue already stands in the first."""
    reviews = Counter(_week(review.due_on, load.on) for review in load.reviews)
    expected = dict.fromkeys(range(WEEKS + 1), 0.0)
    for review in load.reviews:
        weeks = max(0, (review.due_on - load.on).days) / 7
        ends = (load.first if review.is_first else load.later).a_week
        expected[min(_week(review.due_on, load.on), WEEKS)] += exp(-ends * weeks)
    pending = Counter(_week(one.due_on, load.on) for one in load.pending)
    return tuple(
        Week(
            first_day=load.on + timedelta(days=7 * week + 1),
            reviews=reviews[week],
            expected_reviews=expected[week],
            pending=pending[week],
            new=_new(load, week),
            first_reviews=_first_reviews(load, week),
            slots=_slots_in(load.on, week, slots),
        )
        for week in range(WEEKS)
    )


def _week(due_on: date, on: date) -> int:
    return max(0, (due_on - on).days - 1) // 7


def _new(load: Load, week: int) -> float:
    """Initial conferences not yet asked for fall due from the third week on, less the lag."""
    lags = load.arriving.lags
    # Somebody asked for in week v with a lag l is due (15 - l) working days later.
    weeks = [(LIMIT - lag) / 5 for lag in lags]
    return load.arriving.mean * sum(_part(week - ahead) for ahead in weeks) / len(lags)


def _part(weeks_since: float) -> float:
    """How much of a week's arrivals a steady stream that began so long before it has brought."""
    return min(1.0, max(0.0, weeks_since + 1))


def _first_reviews(load: Load, week: int) -> float:
    """First reviews of plans that conferences still to come make, three months after them."""
    lasting = exp(-load.first.a_week * FIRST_REVIEW.days / 7)
    made = load.arriving.plan_share * lasting
    before = week - FIRST_REVIEW.days // 7
    if before < 0:
        return 0.0
    pending = Counter(_week(one.due_on, load.on) for one in load.pending)
    return made * (pending[before] + _new(load, before))


def _slots_in(on: date, week: int, slots: int) -> int:
    first = working_days_between(on, on + timedelta(days=7 * week))
    last = working_days_between(on, on + timedelta(days=7 * week + 7))
    return sum(slots_on(day, slots) for day in range(first + 1, last + 1))


def ending_interval(ending: Ending) -> tuple[float, float]:
    """The exact 95% interval (chi-square) of plans ending a week; needs weeks at risk."""
    low = chdtri(2 * ending.ended, 0.975) / 2 if ending.ended else 0.0
    high = chdtri(2 * ending.ended + 2, 0.025) / 2
    return float(low) / ending.weeks, float(high) / ending.weeks
