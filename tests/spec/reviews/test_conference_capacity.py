"""Conference capacity by hand: what falls due, in families, and queues whose answer is known.

Drawn on Friday 4 September 2020: the first working day after it is Monday the 7th, and 31 August
before it was a bank holiday.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from math import exp, log, sqrt
from pathlib import Path
from random import Random

import pytest

from lineofsight.access.audit import AuditTrail
from lineofsight.access.roles import Act, Actor, Role
from lineofsight.journey.tables import (
    child_protection_plans,
    child_protection_reviews,
    conference_requests,
    initial_conferences,
    section_47_enquiries,
)
from lineofsight.reference.working_days import working_day_after, working_days_between
from lineofsight.reviews.capacity import (
    SlotsFrom,
    due_by_week,
    ending_interval,
    load_of,
    review_capacity,
)
from lineofsight.reviews.capacity_told import tell_capacity
from lineofsight.reviews.conference_demand import Due, Ending, Pending, conference_demand
from lineofsight.reviews.conference_queue import (
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

from ..conftest import journey_of

ON = date(2020, 9, 4)
SURE = 1e9  # weeks behind a rate that leave no doubt of it
NOBODY = Arriving(0, 0, 52)
GIVEN = {
    child_protection_plans: """
        child_id | started_on | ended_on
        A        | 2020-06-15 |
        B        | 2020-06-15 |
        C        | 2020-02-03 |
        D        | 2020-05-01 |
        E        | 2020-08-07 | 2020-09-04
    """,
    child_protection_reviews: """
        child_id | held_on
        C        | 2020-04-27
    """,
    initial_conferences: """
        child_id | strategy_discussion_on | held_on    | is_plan_made
        A        | 2020-05-25             | 2020-06-15 | yes
        B        | 2020-05-25             | 2020-06-15 | no
    """,
    conference_requests: """
        child_id | family_id | strategy_discussion_on | requested_on | held_on    | stood_down_on
        A        | F1        | 2020-05-25             | 2020-05-27   | 2020-06-15 |
        B        | F1        | 2020-05-25             | 2020-05-27   | 2020-06-15 |
        H        | F2        | 2020-08-28             | 2020-09-01   |            |
        I        | F2        | 2020-08-28             | 2020-09-01   |            |
        J        | F3        | 2020-08-20             | 2020-08-21   |            | 2020-09-02
    """,
}


@pytest.fixture(scope="module")
def journey() -> Journey:
    return journey_of(GIVEN)


def test_what_is_due_is_counted_in_families(journey: Journey) -> None:
    """A and B share the first review, three months after 15 June; C's is six after 27 April.

    D's fell due on 1 August; E's plan ended on the day. H and I share the one conference pending,
    due 15 working days after 28 August, the 31st left out; J's was stood down.
    """
    demand = conference_demand(journey, ON)
    assert demand.reviews == (
        Due(date(2020, 8, 1), is_first=True),
        Due(date(2020, 9, 15), is_first=True),
        Due(date(2020, 10, 27), is_first=False),
    )
    (pending,) = demand.pending
    assert (pending.requested_on, pending.due_on) == (date(2020, 9, 1), date(2020, 9, 21))
    assert (demand.children, demand.families, demand.alone) == (4, 3, 2)


def test_the_past_is_counted_in_families_too(journey: Journey) -> None:
    """Three asked for; lags of 2 (over 25 May), 1 and 1 days; one held, 13 days after it was asked.

    Before the first review: 81 days of A and B, 84 of C, 126 of D, 28 of E, whose plan ended.
    """
    past = conference_demand(journey, ON).past
    assert (sum(past.asked), past.asked[-1], past.lags, past.notices) == (3, 1, (1, 1, 2), (13,))
    assert (past.waited, past.in_time, past.held, past.planned, past.reviewed) == (1, 1, 1, 1, 1)
    assert past.first == Ending(1, (81 + 84 + 126 + 28) / 7)
    assert past.later == Ending(0, 130 / 7)


def test_what_falls_due_by_week() -> None:
    """The first week is 5 to 11 September, with five working days; what is overdue is in it."""
    load = Load(
        ON,
        (Due(date(2020, 8, 1), True), Due(date(2020, 9, 15), True), Due(date(2020, 10, 27), False)),
        (Pending(date(2020, 8, 28), date(2020, 9, 1)),),
        NOBODY,
        first=Hazard(10, 1000),
    )
    weeks = due_by_week(load, 4)
    assert Counter({n: w.reviews for n, w in enumerate(weeks) if w.reviews}) == {0: 1, 1: 1, 7: 1}
    assert [n for n, week in enumerate(weeks) if week.pending] == [2]
    assert weeks[0].expected_reviews == 1, "what is overdue cannot end before it falls due"
    assert weeks[1].expected_reviews == pytest.approx(exp(-0.01 * 11 / 7))
    assert weeks[7].expected_reviews == 1
    assert weeks[1].first_day == date(2020, 9, 12)
    assert {week.slots for week in weeks[:15]} == {4}
    # Four working days from 19 December, three from the 26th: 60 of 75 days' slots are given by
    # then, 63 of 79 days' and 65 of 82 days'.
    assert [week.slots for week in weeks[15:17]] == [3, 2]


def test_new_conferences_and_the_reviews_they_lead_to() -> None:
    """Four a week asked for on the day of the discussion: due three weeks on; 13 weeks to review.

    Half of them make a plan; so do those pending, of which one is due in the third week.
    """
    load = Load(
        ON, (), (Pending(date(2020, 8, 28), date(2020, 9, 1)),), Arriving(4, 4, 52, (0,), 0.5)
    )
    weeks = due_by_week(load, 4)
    assert [week.new for week in weeks[:5]] == [0, 0, 0, 4, 4]
    assert [week.first_reviews for week in weeks[12:18]] == [0, 0, 0, 0.5, 2, 2]


def test_new_conferences_asked_for_late_fall_due_sooner() -> None:
    """With 5 days already gone they fall due two weeks after they were asked for."""
    weeks = due_by_week(Load(ON, (), (), Arriving(4, 4, 52, (5,))), 4)
    assert [week.new for week in weeks[:4]] == [0, 0, 4, 4]


@pytest.mark.parametrize(("slots", "by_day"), [(7, [1, 1, 2, 1, 2]), (5, [1] * 5), (0, [0] * 5)])
def test_a_weeks_slots_are_spread_over_its_days(slots: int, by_day: list[int]) -> None:
    assert [slots_on(day, slots) for day in range(1, 6)] == by_day


def waiting(count: int) -> tuple[Pending, ...]:
    return (Pending(date(2020, 8, 21), date(2020, 8, 21)),) * count


@pytest.mark.parametrize(("ahead", "chance"), [(0, 1.0), (14, 1.0), (15, 0.0)])
@pytest.mark.parametrize("order", Order)
def test_a_queue_without_chance_in_it(ahead: int, chance: float, order: Order) -> None:
    """One slot a day: behind 14 it is held on day 15, in time; behind 15 a day too late."""
    found = simulate(Load(ON, (), waiting(ahead), NOBODY), 5, order, paths=20)
    assert (found.chance, found.error) == (chance, 0.0)


@pytest.mark.parametrize(("lag", "ahead", "chance"), [(5, 9, 1.0), (5, 10, 0.0), (16, 0, 0.0)])
def test_days_gone_before_it_was_asked_for_are_missing(lag: int, ahead: int, chance: float) -> None:
    """Five days gone leave ten; sixteen leave none, whatever the slots."""
    load = Load(ON, (), waiting(ahead), Arriving(0, 0, 52, (lag,)))
    assert simulate(load, 5, Order.INITIAL_FIRST, paths=20).chance == chance


@pytest.mark.parametrize(("notice", "chance"), [(15, 1.0), (16, 0.0)])
def test_no_conference_is_held_before_its_notice(notice: int, chance: float) -> None:
    load = Load(ON, (), (), NOBODY, notice=notice)
    assert simulate(load, 5, Order.INITIAL_FIRST, paths=20).chance == chance


def test_a_queue_whose_chance_is_binomial() -> None:
    """Twenty reviews due in two weeks, each still needed with chance 0.7, one slot a day.

    They go first if whichever falls due first does; ours is in time if at most 14 are needed:
    P(Binomial(20, 0.7) <= 14) = 0.5836. If initial conferences go first it is certain.
    """
    due = working_day_after(ON, 10)
    assert due == date(2020, 9, 18)
    a_week = -log(0.7) / 2
    load = Load(ON, (Due(due, True),) * 20, (), NOBODY, first=Hazard(a_week * SURE, SURE))
    found = simulate(load, 5, Order.DUE_FIRST, paths=4000)
    assert found.chance == pytest.approx(0.5836, abs=4 * sqrt(0.5836 * 0.4164 / 4000))
    assert found.error == pytest.approx(sqrt(0.5836 * 0.4164 / 4000), rel=0.05)
    assert simulate(load, 5, Order.INITIAL_FIRST, paths=100).chance == 1


@pytest.mark.parametrize("variance", [10, 40])
def test_without_slots_all_that_come_wait(variance: float) -> None:
    """Two a working day from the second on (one day's notice), whatever their spread."""
    load = Load(ON, (), (), Arriving(10, variance, int(SURE)))
    found = simulate(load, 0, Order.INITIAL_FIRST, paths=2000)
    # 26 weeks have 130 weekdays; Christmas, Boxing Day's substitute and New Year are no work.
    assert found.waiting == pytest.approx(2 * (130 - 3 - 1), rel=0.02)


def test_plans_made_come_back_for_their_first_review() -> None:
    """Ten conferences, each of which makes a plan: ten reviews, and all are held in time."""
    load = Load(ON, (), waiting(10), Arriving(0, 0, 52, (0,), 1.0))
    assert sum(week.first_reviews for week in due_by_week(load, 50)) == 10
    found = simulate(load, 50, Order.DUE_FIRST, paths=10)
    assert (found.late_reviews, found.waiting) == (0, 0)


@pytest.mark.parametrize(("slots", "late"), [(0, 1.0), (5, 0.0)])
def test_a_review_not_held_by_its_day_is_late(slots: int, late: float) -> None:
    load = Load(ON, (Due(date(2020, 9, 9), True),), (), NOBODY)
    assert simulate(load, slots, Order.DUE_FIRST, paths=10).late_reviews == late


BUSY = Load(
    ON,
    tuple(Due(working_day_after(ON, day), day % 2 == 0) for day in range(1, 60)),
    waiting(12),
    Arriving(8, 24, 52, (0, 1, 2, 4), 0.8),
    first=Hazard(10, 1000),
    later=Hazard(20, 1000),
    notice=3,
)


def busy(slots: int, order: Order) -> Outcome:
    return simulate(BUSY, slots, order, paths=200)


@pytest.mark.parametrize("order", Order)
def test_more_slots_never_make_it_worse(order: Order) -> None:
    """The same draws for every number of slots: no difference is chance."""
    found = [busy(slots, order) for slots in range(0, 31, 3)]
    chances = [one.chance for one in found]
    assert chances == sorted(chances)
    assert chances[0] == 0
    assert chances[-1] == 1
    assert [one.waiting for one in found] == sorted((one.waiting for one in found), reverse=True)


def test_the_same_records_give_the_same_figures() -> None:
    assert busy(9, Order.DUE_FIRST) == busy(9, Order.DUE_FIRST)
    other = simulate(BUSY, 9, Order.DUE_FIRST, paths=200, seed=1)
    assert other.waiting != busy(9, Order.DUE_FIRST).waiting


def test_who_goes_first_is_in_time_more_often() -> None:
    assert busy(9, Order.INITIAL_FIRST).chance > busy(9, Order.DUE_FIRST).chance
    assert busy(9, Order.INITIAL_FIRST).late_reviews > busy(9, Order.DUE_FIRST).late_reviews


def test_the_interval_of_plans_that_end() -> None:
    """Exact for 10 events: 4.795 to 18.390 (chi-square); for none: 0 to 3.689."""
    assert ending_interval(Ending(10, 1)) == pytest.approx((4.7954, 18.3904), abs=1e-4)
    assert ending_interval(Ending(0, 100)) == pytest.approx((0, 0.036889), abs=1e-6)


def test_the_spread_of_weekly_counts() -> None:
    assert mean_and_variance((2, 4, 6)) == (4, 4)


def test_where_slots_come_from(journey: Journey, tmp_path: Path) -> None:
    """Asked for before settings, settings before what was held: 2 in 52 weeks round to none."""
    entry = AuditTrail(tmp_path / "a.jsonl").enter(Actor("a", Role.ANALYST), Act.REVIEW, "drawn")

    def of(slots: int | None, settings: int | None) -> tuple[int, SlotsFrom]:
        found = review_capacity(journey, ON, slots, settings, entry)
        assert found
        return found.slots, found.slots_from

    assert of(3, 4) == (3, SlotsFrom.OPTION)
    assert of(None, 4) == (4, SlotsFrom.SETTINGS)
    assert of(None, None) == (0, SlotsFrom.HELD)


def test_without_reviews_no_plan_ends_early_and_no_slots_are_known(tmp_path: Path) -> None:
    """Nothing tells a plan that ended at a review from one that ended before it."""
    given = {table: text for table, text in GIVEN.items() if table is not child_protection_reviews}
    journey = journey_of(given)
    entry = AuditTrail(tmp_path / "a.jsonl").enter(Actor("a", Role.ANALYST), Act.REVIEW, "drawn")
    assert review_capacity(journey, ON, None, None, entry) is None
    assert load_of(conference_demand(journey, ON)).first == Hazard(0, 0)
    found = review_capacity(journey, ON, 5, None, entry)
    assert found
    told = tell_capacity(found, "Drawn", is_synthetic=True)
    words = " ".join(text for section in told.sections for text in section.paragraphs)
    assert "No child protection reviews are delivered" in words


def test_a_review_that_stands_with_the_plan_counts() -> None:
    """As in Annex A, which has the latest review alone: six months after it the next is due."""
    plans = """
        child_id | started_on | latest_review_on
        A        | 2020-02-03 | 2020-04-30
        B        | 2020-06-15 |
    """
    demand = conference_demand(journey_of({child_protection_plans: plans}), ON)
    assert demand.reviews == (Due(date(2020, 9, 15), True), Due(date(2020, 10, 30), False))


def test_without_requests_old_enquiries_do_not_wait_for_ever() -> None:
    """One of 20 August, due 11 September; one of a year ago is left out, and said to be."""
    enquiries = """
        child_id | strategy_discussion_on | is_conference_unnecessary
        A        | 2020-08-20             | no
        B        | 2019-08-20             | no
        C        | 2020-08-20             | yes
    """
    demand = conference_demand(journey_of({section_47_enquiries: enquiries}), ON)
    assert [one.due_on for one in demand.pending] == [date(2020, 9, 11)]
    assert (demand.stale, demand.has_requests) == (1, False)


def by_hand(load: Load, slots: int, order: Order) -> tuple[int, bool]:
    """A queue as lists, for a load without chance: how many wait at the end, and ours in time.

    Ours is the last of all initial conferences that fall due on its day.
    """
    queue: list[tuple[int, int]] = []
    is_held = False
    for day in range(1, working_days_between(ON, ON + timedelta(weeks=26)) + 1):
        for review in load.reviews:
            due = working_days_between(ON, review.due_on)
            if max(1, due - 20) == day:
                queue.append((due, 1))
        for one in load.pending:
            if max(1, working_days_between(ON, one.requested_on) + load.notice) == day:
                queue.append((max(0, working_days_between(ON, one.due_on)), 0))
        queue.sort(key=lambda c: (c[1], c[0]) if order is Order.INITIAL_FIRST else c)
        before = [c for c in queue if c[1] == 0 or order is Order.DUE_FIRST]
        ahead = sum(c <= (15, 0) for c in before)
        is_held |= load.notice <= day <= 15 and ahead < slots_on(day, slots)
        queue = queue[slots_on(day, slots) :]
    return len(queue), is_held


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("seed", range(12))
def test_the_queue_is_that_of_plain_lists(order: Order, seed: int) -> None:
    """Loads drawn at random, without chance in the queue itself."""
    chance = Random(seed)
    reviews = (working_day_after(ON, chance.randint(1, 125)) for _ in range(chance.randint(0, 150)))
    began = (ON - timedelta(days=chance.randint(3, 20)) for _ in range(chance.randint(0, 25)))
    load = Load(
        ON,
        tuple(Due(on, chance.random() < 0.5) for on in reviews),
        tuple(Pending(on, on + timedelta(days=chance.randint(0, 3))) for on in began),
        NOBODY,
        notice=chance.randint(1, 8),
    )
    slots = chance.randint(0, 9)
    found = simulate(load, slots, order, paths=3)
    assert (found.waiting, found.chance == 1) == by_hand(load, slots, order)
