"""Child protection in the simulation: enquiries, initial conferences, and plans."""

from __future__ import annotations

import numpy as np

from lineofsight.synthetic import codes, steering
from lineofsight.synthetic.calendar import (
    FOREVER,
    Days,
    Numbers,
    Step,
    Truths,
    on_or_after_working,
    working_day,
    working_number,
)
from lineofsight.synthetic.draws import (
    draw_families,
    one_of,
    regroup,
    take_families,
    uniform_by_group,
)
from lineofsight.synthetic.service import Service, plan_to_close
from lineofsight.synthetic.steering import Path

_TIMELY = 15
_SMALL = 0.3
_SOONEST = 5
_LONG_STAYERS = 6  # in one family of so many, plans last about two years
_TWO_YEARS = 23.5  # months; the month in which a plan would pass two years counts
_TOO_OLD = 150  # nobody within five months of 18 is taken to a conference
# How readily a plan is ended, by months since it started: at the reviews rather than between.
_ENDING = ((2.5, 0.03), (3.6, 1.6), (8.3, 0.55), (10, 2.2), (14, 1.0), (16.5, 3.0), (20, 2.5),
           (24, 4.0), (999, 2.0))  # fmt: skip


def enquire(service: Service, step: Step) -> None:
    """Start this month's section 47 enquiries; about a third are to go to a conference."""
    total = int(service.targets.enquiries[step.position])
    for_conference = int(service.targets.conferences[step.position])
    before = round(0.95 * steering.PLANNED_BEFORE * for_conference)
    open_to = _open_to_enquiry(service, step)
    unplanned = open_to & (service.plan < 0)
    known = _choose(service, step, unplanned & (service.plans_had > 0), before)
    unknown = unplanned & (service.plans_had == 0)
    new = _choose(service, step, unknown, for_conference - len(known))
    _start_enquiries(service, step, known, new)
    open_to[np.concatenate([known, new])] = False
    rest = _choose(service, step, open_to, total - len(known) - len(new))
    _log_enquiries(service, step, rest, goes_on=False)


def _open_to_enquiry(service: Service, step: Step) -> Truths:
    young = service.people.eighteen > step.last + _TOO_OLD
    staying = (service.close_on > step.last) & (service.care < 0) & ~service.is_pending
    starts = on_or_after_working(np.where(service.need >= 0, service.need_from, 0))
    return np.asarray((service.need >= 0) & young & staying & (starts <= step.last))


def _choose(service: Service, step: Step, could: Truths, quota: int) -> Numbers:
    """Choose families; those newly referred are likelier to be enquired into."""
    child = np.flatnonzero(could)
    if not len(child) or quota <= 0:
        return child[:0]
    group = regroup(service.people.family[child])
    weight = np.where(service.need_from[child] >= step.first, 3.0, 1.0)
    return child[draw_families(service.rng, group, quota, weight)]


def _start_enquiries(service: Service, step: Step, known: Numbers, new: Numbers) -> None:
    child = np.sort(np.concatenate([known, new]))
    rows, on, group = _log_enquiries(service, step, child, goes_on=True)
    asked = on + np.floor(uniform_by_group(service.rng, group) * 6).astype(np.int64)
    request = service.log("requests").add(
        child,
        enquiry=rows,
        group=group + service.groups,
        strategy_discussion_on=on,
        requested_on=on_or_after_working(asked),
        held_on=FOREVER,
    )
    service.conferences.add(
        child=child,
        row=rows,
        request=request,
        group=group + service.groups,
        from_number=working_number(on),
    )
    service.groups += int(group.max()) + 1 if len(group) else 0
    service.is_pending[child] = True
    service.close_on[child] = FOREVER


def _log_enquiries(
    service: Service, step: Step, child: Numbers, *, goes_on: bool
) -> tuple[Numbers, Days, Numbers]:
    group = regroup(service.people.family[child])
    on = _strategy_days(service, step, child, group)
    rows = service.log("enquiries").add(
        child,
        need=service.need[child],
        group=group,
        strategy_discussion_on=on,
        is_conference_unnecessary=not goes_on,
        conference_on=FOREVER,
        is_plan_made=False,
    )
    stays = np.minimum(service.close_on[child], FOREVER)
    service.close_on[child] = np.where(stays < FOREVER, np.maximum(stays, on + 30), stays)
    return rows, on, group


def _strategy_days(service: Service, step: Step, child: Numbers, group: Numbers) -> Days:
    """One strategy discussion a family, on a working day after the latest referral among it."""
    earliest = np.full(int(group.max()) + 1 if len(group) else 0, step.first_number)
    opened = working_number(on_or_after_working(service.need_from[child]))
    np.maximum.at(earliest, group, opened)
    low = np.minimum(earliest[group], step.last_number)
    room = step.last_number - low + 1
    return working_day(low + np.floor(uniform_by_group(service.rng, group) * room).astype(np.int64))


def confer(service: Service, step: Step) -> None:
    """Hold this month's initial conferences: so many in time, so many late, families together."""
    total = int(service.targets.conferences[step.position])
    in_time = round(total * float(service.targets.conferences_in_time[step.position]))
    timely = _timely(service, step, in_time + service.owed["in time"])
    late = _late(service, step, total - in_time + service.owed["late"], barred=timely)
    _carry(service, "in time", in_time - int(timely.sum()))
    _carry(service, "late", total - in_time - int(late.sum()))
    numbers = np.where(timely, *_held_numbers(service, step))
    held = timely | late
    waiting = service.conferences
    share = float(service.targets.conferences_to_plans[step.position])
    chosen = {name: waiting[name][held] for name in waiting.columns}
    _hold(service, chosen, numbers[held], share)
    waiting.keep(~held)


def _carry(service: Service, kind: str, short: int) -> None:
    """In a small authority a large family does not fit a month's number: hold it over."""
    if service.scale < _SMALL:
        service.owed[kind] += short


def _timely(service: Service, step: Step, quota: int) -> Truths:
    waiting, from_number = service.conferences, service.conferences["from_number"]
    could = (from_number + _SOONEST <= step.last_number) & (
        from_number + _TIMELY >= step.first_number
    )
    urgency = from_number + 12 * uniform_by_group(service.rng, regroup(waiting["group"]))
    return _take(waiting["group"], could, urgency, quota)


def _late(service: Service, step: Step, quota: int, *, barred: Truths) -> Truths:
    waiting, from_number = service.conferences, service.conferences["from_number"]
    could = (from_number + _TIMELY + 1 <= step.last_number) & ~barred
    urgency = from_number + 10 * uniform_by_group(service.rng, regroup(waiting["group"]))
    return _take(waiting["group"], could, urgency, quota)


def _take(group: Numbers, could: Truths, urgency: Path, quota: int) -> Truths:
    chosen = np.zeros(len(group), dtype=bool)
    if could.any():
        chosen[could] = take_families(group[could], urgency[could], quota)
    return chosen


def _held_numbers(service: Service, step: Step) -> tuple[Numbers, Numbers]:
    """Give the working-day number of each waiting conference if held in time, and if held late."""
    start = service.conferences["from_number"]
    group = regroup(service.conferences["group"])
    low = np.maximum(start + _SOONEST, step.first_number)
    high = np.minimum(start + _TIMELY, step.last_number)
    timely = low + np.floor((high - low + 1) * uniform_by_group(service.rng, group) ** 0.45)
    low = np.maximum(start + _TIMELY + 1, step.first_number)
    late = low + np.floor(
        (step.last_number - low + 1) * uniform_by_group(service.rng, group) ** 1.5
    )
    return timely.astype(np.int64), late.astype(np.int64)


def _hold(service: Service, held: dict[str, Numbers], numbers: Numbers, share: float) -> None:
    child, on = held["child"], working_day(numbers)
    if not len(child):
        return
    group = regroup(held["group"])
    refused = round((1 - share) * len(child))
    planned = ~draw_families(service.rng, group, refused)
    is_transfer_in = uniform_by_group(service.rng, group) < 0.012
    conference = service.log("conferences").add(
        child,
        enquiry=held["row"],
        group=held["group"],
        strategy_discussion_on=working_day(held["from_number"]),
        held_on=on,
        is_plan_made=planned,
        is_transfer_in=is_transfer_in,
    )
    service.log("enquiries").complete(held["row"], conference_on=on, is_plan_made=planned)
    service.log("requests").complete(held["request"], held_on=on)
    service.is_pending[child] = False
    spared = child[~planned]
    closing = on[~planned] + 30 + service.rng.integers(0, 60, len(spared))
    plan_to_close(service, spared, closing, "RC7")
    _start_plans(service, child[planned], conference[planned], on[planned], group[planned])


def _start_plans(
    service: Service, child: Numbers, conference: Numbers, on: Days, group: Numbers
) -> None:
    rng = service.rng
    first = one_of(rng, codes.ABUSE_CATEGORY, len(group) + 1)[regroup(group)]
    latest = one_of(rng, codes.ABUSE_CATEGORY, len(group))
    service.plan[child] = service.log("plans").add(
        child,
        conference=conference,
        started_on=on,
        ended_on=FOREVER,
        initial_category=first,
        latest_category=np.where(rng.random(len(group)) < 0.12, latest, first),
        previous_plans=service.plans_had[child],
    )
    service.plan_from[child] = on
    service.plans_had[child] += 1


def end_plans(service: Service, step: Step) -> None:
    """End plans until as many are open as the story has at the end of this month."""
    child = np.flatnonzero(service.plan >= 0)
    if not len(child):
        return
    of_age = service.people.eighteen[child] <= step.last
    surplus = len(child) - int(service.targets.plans_open[step.position]) - int(of_age.sum())
    could = ~of_age & (service.plan_from[child] < step.first - 20)
    ends = of_age.copy()
    if could.any() and surplus > 0:
        ends[could] = _step_down(service, step, child[could], surplus)
    _log_ends(service, step, child[ends])


def _step_down(service: Service, step: Step, child: Numbers, quota: int) -> Truths:
    group = regroup(service.people.family[child])
    months = (step.last - service.plan_from[child]) / 30.44
    limits, readiness = np.array([row[0] for row in _ENDING]), np.array([r[1] for r in _ENDING])
    weight = readiness[np.searchsorted(limits, months)]
    stays = service.people.family[child] % _LONG_STAYERS == 0
    weight = np.where(stays & (months < 30), weight * 0.05, weight)
    weight = np.where(_overlong(months), 80.0, weight)
    weight = np.where((service.care[child] >= 0) & (months > 1), weight + 6, weight)
    return draw_families(service.rng, group, quota, weight)


def _overlong(months: Path) -> Truths:
    """Tell which plans are ended first: the oldest, where too many have lasted two years."""
    allowed = round(steering.PLANS_OF_TWO_YEARS * len(months))
    too_many = int((months > _TWO_YEARS).sum()) - allowed
    overlong = np.zeros(len(months), dtype=bool)
    overlong[np.argsort(-months, kind="stable")[: max(too_many, 0)]] = True
    return overlong


def _log_ends(service: Service, step: Step, child: Numbers) -> None:
    if not len(child):
        return
    group = regroup(service.people.family[child])
    span = step.last_number - step.first_number
    number = step.first_number + np.floor(uniform_by_group(service.rng, group) * span)
    on = np.minimum(working_day(number.astype(np.int64)), step.last - 1)
    on = np.where(service.people.eighteen[child] <= step.last, service.people.eighteen[child], on)
    service.log("plans").complete(service.plan[child], ended_on=on)
    service.plan[child] = -1
    home = service.care[child] < 0
    closing = on + 15 + np.floor(95 * uniform_by_group(service.rng, group)).astype(np.int64)
    plan_to_close(service, child[home], closing[home], "RC7")
