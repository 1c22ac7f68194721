"""The review of conference capacity in words: what falls due, what fits, what cannot be said."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from lineofsight.reference.periods import day_name
from lineofsight.reviews.capacity import EXTRA, Capacity, SlotsFrom, ending_interval
from lineofsight.reviews.conference_demand import STALE, Ending
from lineofsight.reviews.conference_queue import EARLIEST, PATHS, SEED, Order
from lineofsight.reviews.report import (
    Bar,
    Bars,
    Cell,
    Column,
    Line,
    Plot,
    Report,
    Section,
    Table,
    number,
    percent,
)


def tell_capacity(found: Capacity, authority: str, *, is_synthetic: bool) -> Report:
    """Tell a review of conference capacity as a report."""
    return Report(
        title="Review of capacity: child protection conferences",
        authority=authority,
        period=f"26 weeks from {day_name(found.weeks[0].first_day)}, "
        f"as known on {day_name(found.demand.on)}",
        is_synthetic=is_synthetic,
        summary=tuple(_summary(found)),
        sections=(_weeks(found), _chances(found), _past(found), _reading(found)),
    )


def _summary(found: Capacity) -> Iterator[str]:
    now = found.outcome(0, Order.INITIAL_FIRST)
    by_due = found.outcome(0, Order.DUE_FIRST)
    yield (
        f"With {found.slots:,} conference slots a week ({found.slots_from.value}), a conference "
        f"asked for on {day_name(found.demand.on)} is held within 15 working days of the strategy "
        f"discussion with a chance of {_chance(now.chance)} if initial conferences go first, and "
        f"of {_chance(by_due.chance)} if whichever falls due first does."
    )
    yield (
        f"Reviews pay for it: of those falling due in the 26 weeks {percent(now.late_reviews)}% "
        f"are late if initial conferences go first, {percent(by_due.late_reviews)}% otherwise."
    )
    yield from _past_in_time(found)
    expected = sum(week.expected for week in found.weeks)
    slots = sum(week.slots for week in found.weeks)
    over = [week for week in found.weeks if week.expected > week.slots]
    yield (
        f"In 26 weeks {number(expected):,} conferences are expected to fall due, against "
        f"{slots:,} slots. More fall due than there are slots in {_weeks_text(len(over))}."
    )
    if found.overdue_reviews or found.overdue_pending:
        yield (
            f"Already past their day: initial conferences asked for {found.overdue_pending:,}, "
            f"reviews {found.overdue_reviews:,}. They stand in the first week."
        )


def _past_in_time(found: Capacity) -> Iterator[str]:
    """What happened is the measure of what slots alone can explain."""
    past = found.demand.past
    if not past.waited:
        return
    share = past.in_time / past.waited
    yield (
        f"Of the {past.waited:,} conferences asked for in the year before and held, "
        f"{percent(share)}% were in time. The chance above is that slots allow it: late reports, "
        "quoracy and short notice come on top, and are not in it."
    )


def _chance(chance: float) -> str:
    shown = percent(chance)
    # A thousand runs without a failure do not show that there is none.
    if shown == 100:
        return "more than 99%"
    if shown == 0:
        return "less than 1%"
    return f"{shown}%"


def _weeks_text(count: int) -> str:
    if not count:
        return "no week"
    return "one week" if count == 1 else f"{count} weeks"


def _weeks(found: Capacity) -> Section:
    demand = found.demand
    text = (
        f"{demand.children:,} children of {demand.families:,} families are on plans, and "
        f"{len(demand.pending):,} initial conferences are asked for and not held. Siblings who "
        "are due on the same day share a conference; those due on different days are counted "
        "apart, as such conferences held are.",
        "A first review falls due three months after the plan began, the next six months after "
        "the last. Reviews due are known; expected reviews allow for plans that end before. New "
        "conferences, and the first reviews that they lead to, are what the year before leads to "
        "expect.",
    )
    return Section("What falls due, by week", text, (_plot(found),), (_week_table(found),))


def _plot(found: Capacity) -> Plot:
    expected = tuple((float(n), week.expected) for n, week in enumerate(found.weeks))
    slots = tuple((float(n), float(week.slots)) for n, week in enumerate(found.weeks))
    highest = max(y for _, y in (*expected, *slots))
    return Plot(
        title="Conferences expected to fall due, and slots, by week",
        alternative="Two lines by week: conferences expected to fall due, and slots. The figures "
        "are in the table below.",
        across="Week beginning",
        up="Conferences",
        ticks=tuple(
            (float(n), f"{week.first_day.day} {week.first_day:%b}")
            for n, week in enumerate(found.weeks)
            if n % 5 == 0
        ),
        lines=(Line("Expected to fall due", expected), Line("Slots", slots, "8 4")),
        top=float(-(-int(highest + 1) // 10) * 10),
    )


def _week_table(found: Capacity) -> Table:
    columns = (
        Column("Week beginning", is_number=False), Column("Reviews due"),
        Column("Reviews expected"), Column("Initial, asked for"), Column("Initial, new"),
        Column("First reviews, new"), Column("Expected together"), Column("Slots"),
    )  # fmt: skip
    rows = tuple(
        (day_name(w.first_day), w.reviews, number(w.expected_reviews, 1), w.pending,
         number(w.new, 1), number(w.first_reviews, 1), number(w.expected, 1), w.slots)
        for w in found.weeks
    )  # fmt: skip
    return Table("By week", "Conferences that fall due in each of 26 weeks", columns, rows)


def _chances(found: Capacity) -> Section:
    text = (
        "A slot is one conference for one family. Each working day's slots go to conferences in "
        f"one of two orders. A conference is held at the earliest {_notice(found)} after it was "
        f"asked for, a review at the earliest {EARLIEST} working days before it falls due. The "
        "slots of a bank holiday are lost.",
        f"{PATHS:,} runs from the seed {SEED}, the same for each number of slots; the same "
        "records give the same figures. By simulation alone a chance can be off by up to "
        f"{_error(found)} percentage points.",
    )
    bars = tuple(
        Bar(_slots_text(found, extra), 100 * one.chance, _chance(one.chance))
        for extra in EXTRA
        for one in (found.outcome(extra, Order.DUE_FIRST),)
    )
    chart = Bars(
        "Chance that a conference asked for today is in time, if whichever falls due first goes "
        "first",
        "A bar for each number of slots. The figures are in the table below.",
        bars,
    )
    return Section("The chance to be in time, by slots", text, (chart,), (_chance_table(found),))


def _error(found: Capacity) -> Decimal | None:
    """The widest error of simulation; of none in n runs, three in n are not ruled out."""
    return percent(max(3 / PATHS, *(1.96 * one.error for one in found.outcomes)), 1)


def _notice(found: Capacity) -> str:
    days = found.load.notice
    return "one working day" if days == 1 else f"{days} working days"


def _slots_text(found: Capacity, extra: int) -> str:
    if not extra:
        return f"{found.slots:,} a week"
    return f"{found.slots + extra:,} a week, {extra} more"


def _chance_table(found: Capacity) -> Table:
    columns = (
        Column("Slots", is_number=False),
        Column("Order", is_number=False),
        Column("In time, asked for today", is_number=False),
        Column("Reviews late", "%"),
        Column("Waiting after 26 weeks"),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            _slots_text(found, extra), order.value.capitalize(), _chance(one.chance),
            percent(one.late_reviews, 1), number(one.waiting, 1),
        )
        for order in Order
        for extra in EXTRA
        for one in (found.outcome(extra, order),)
    )  # fmt: skip
    return Table("Chance by slots", "By slots a week and by who goes first", columns, rows)


def _past(found: Capacity) -> Section:
    past, arriving = found.demand.past, found.load.arriving
    spread = (
        "They vary more from week to week than chance alone would have it (negative binomial)."
        if arriving.variance > arriving.mean
        else "They vary no more from week to week than chance would have it (Poisson)."
    )
    plans = f" {percent(past.planned / past.held)}% of them made a plan." if past.held else ""
    return Section(
        "What it is taken from",
        (
            f"{sum(past.asked):,} initial conferences were asked for in the 52 weeks up to the "
            f"day: {number(arriving.mean, 1)} a week, variance {number(arriving.variance, 1)}. "
            f"{spread}",
            f"{past.held:,} initial conferences were held, of families.{plans}",
            *_endings(found),
            *_slots(found),
        ),
    )


def _endings(found: Capacity) -> Iterator[str]:
    past = found.demand.past
    if past.reviewed is None:
        yield (
            "No child protection reviews are delivered, so nothing tells a plan that ended at a "
            "review from one that ended before it: no plan is taken to end early, and the reviews "
            "expected are the most there can be."
        )
        return
    yield f"{past.reviewed:,} review conferences were held."
    for name, ending in (("before its first review", past.first), ("after it", past.later)):
        if ending.weeks:
            yield _ending(name, ending)


def _ending(name: str, ending: Ending) -> str:
    low, high = (1000 * end for end in ending_interval(ending))
    return (
        f"A family's plan ended {name} without a conference on the day {ending.ended:,} times in "
        f"{number(ending.weeks):,} weeks: {number(1000 * ending.ended / ending.weeks, 1)} in a "
        f"thousand weeks (95% interval {number(low, 1)} to {number(high, 1)}), whatever the week."
    )


def _slots(found: Capacity) -> Iterator[str]:
    if found.slots_from is SlotsFrom.HELD:
        yield (
            f"No number of slots was given. {found.slots:,} is how many conferences, initial and "
            "review, were held a week. A team that was not stretched can hold more; set the true "
            "number in authority.toml or give it with --slots."
        )


def _reading(found: Capacity) -> Section:
    return Section("What this cannot say", tuple(_limits(found)))


def _limits(found: Capacity) -> Iterator[str]:
    demand = found.demand
    yield (
        "It knows slots, not people: who is booked for which day, chairs on leave, reports that "
        "come late, police and schools that cannot come. Conferences booked already keep no day "
        "of their own here; they take their turn."
    )
    yield (
        "It takes the year before to go on: a surge, or a change of threshold, is not in it. "
        "Conferences held outside the slots, and those for children who move in, are not in it. "
        "Every conference asked for is taken to be held, so conferences stood down make it too "
        "dark."
    )
    if demand.alone:
        yield (
            f"Of {demand.alone:,} of {demand.children:,} children on plans no family is recorded: "
            "each counts as a family of one, which is too many where siblings are among them."
        )
    if not demand.has_requests:
        yield (
            "No requests for conferences are delivered. Every enquiry of the last "
            f"{STALE} days not marked as needing none counts as asked for on the day it began"
            f"; {demand.stale:,} older ones are left out."
        )
