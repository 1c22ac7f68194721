"""Entering and leaving care in the simulation, and the closing of episodes of need."""

from __future__ import annotations

import numpy as np

from lineofsight.synthetic import steering
from lineofsight.synthetic.calendar import FOREVER, Column, Days, Numbers, Step, Truths, day_of
from lineofsight.synthetic.draws import (
    Rng,
    draw_families,
    one_of,
    regroup,
    uniform_by_group,
)
from lineofsight.synthetic.front_door import admit, eligible
from lineofsight.synthetic.service import Service, plan_to_close

_YEAR = 365.25
# How readily a child enters care: under 1, 1 to 4, 5 to 9, 10 to 13, 14 and over.
_READINESS = np.array([9.0, 1.0, 0.9, 1.7, 3.0])
_NOT_CEASED = np.array("", dtype="U4")
_STAYS_TOGETHER = 0.8
# How readily a child leaves care, by years in care.
_LEAVING = ((0.12, 2.5), (0.5, 1.6), (1.0, 1.2), (2.0, 1.3), (4.0, 0.6), (99.0, 0.3))
_HOME_SOON = {"E4A": 46.0, "E4B": 24.0, "E13": 12.0, "E3": 4.0, "E8": 9.0, "E41": 5.0}
_HOME_LATER = {"E45": 12.0, "E46": 3.0, "E47": 24.0, "E48": 3.0, "E4A": 32.0, "E41": 8.0,
               "E4B": 9.0, "E8": 9.0}  # fmt: skip
_YOUNG_LATER = {"E12": 52.0, "E11": 17.0, "E45": 8.0, "E47": 22.0, "E48": 4.0, "E4A": 20.0}
_OLDER = {"E4A": 30.0, "E4B": 20.0, "E5": 18.0, "E6": 8.0, "E8": 14.0, "E9": 6.0, "E14": 4.0}
_OF_AGE = {"E5": 36.0, "E6": 18.0, "E17": 24.0, "E4B": 8.0, "E7": 8.0, "E8": 6.0}
_CLOSURE = {"E11": "RC1", "E12": "RC1", "E3": "RC5", "E7": "RC6", "E41": "RC3", "E45": "RC4",
            "E46": "RC4", "E47": "RC4", "E48": "RC4"}  # fmt: skip


def settle(service: Service, step: Step, count: int) -> None:
    """Fill the care population as it stood when the simulation begins."""
    people = service.people
    could = (people.born < step.first - 90) & (people.eighteen > step.first + 60)
    child = _whole_families(service, np.flatnonzero(could), count)
    family = regroup(people.family[child])
    longest = step.first - people.born[child] - 40
    ago = np.minimum(longest, 20 + service.rng.exponential(1000, len(child))).astype(np.int64)
    start = step.first - ago
    admit(service, child, start - 7, np.zeros(len(child), dtype=bool), family)
    _place(service, child, start)
    _arrange_short_breaks(service, step)


def _arrange_short_breaks(service: Service, step: Step) -> None:
    """Give disabled children short breaks under an agreement: open throughout, never in care."""
    people = service.people
    could = people.has_disability & (service.need < 0) & (people.born < step.first - 300)
    could &= people.eighteen > day_of(steering.AS_AT) + 60
    chosen = service.rng.permutation(np.flatnonzero(could))
    child = np.sort(chosen[: round(steering.SHORT_BREAKS * service.scale)])
    opened = step.first - service.rng.integers(1, 200, len(child))
    refused = np.zeros(len(child), dtype=bool)
    admit(service, child, opened, refused, regroup(people.family[child]))
    service.is_pending[child] = True
    later = service.rng.integers(30, 2600, len(child))
    service.log("needs").complete(service.need[child], primary_need="N2")
    _log_care(service, child, opened + later, is_short_breaks=True)


def _whole_families(service: Service, child: Numbers, quota: int) -> Numbers:
    group = regroup(service.people.family[child])
    return child[draw_families(service.rng, group, quota)]


def enter(service: Service, step: Step) -> None:
    """Bring this month's children into care, siblings mostly together."""
    quota = int(service.targets.care_entries[step.position])
    alone = _arrive_alone(service, step, int(service.targets.alone_from_abroad[step.position]))
    child = _choose_entrants(service, step, quota - len(alone))
    group = regroup(service.people.family[child])
    low = np.maximum(step.first, np.maximum(service.need_from[child], service.people.born[child]))
    earliest = np.full(int(group.max()) + 1 if len(group) else 0, step.first)
    np.maximum.at(earliest, group, low)
    room = step.last - earliest[group] + 1
    on = earliest[group] + np.floor(uniform_by_group(service.rng, group) * room).astype(np.int64)
    _place(service, child, on)


def _choose_entrants(service: Service, step: Step, quota: int) -> Numbers:
    people = service.people
    could = (service.need >= 0) & (service.care < 0) & ~service.is_pending
    could &= (people.born < step.last - 2) & (people.eighteen > step.last + 60)
    could &= (service.close_on > step.last) & (service.rng.random(len(people)) < _STAYS_TOGETHER)
    child = np.flatnonzero(could)
    if not len(child) or quota <= 0:
        return child[:0]
    group = regroup(people.family[child])
    age = (step.last - people.born[child]) / _YEAR
    weight = (
        np.where(service.plan[child] >= 0, 4.0, 1.0)
        * _READINESS[np.searchsorted([1, 5, 10, 14], age)]
    )
    return child[draw_families(service.rng, group, quota, weight)]


def _arrive_alone(service: Service, step: Step, count: int) -> Numbers:
    """Let unaccompanied children of 15 to 17 arrive: an only child of whom nobody had heard."""
    people = service.people
    alone = np.bincount(people.family)[people.family] == 1
    left = people.eighteen - step.last
    could = eligible(service, step) & alone & (left < 3 * _YEAR) & (service.referred_on < -9999)
    child = np.sort(service.rng.permutation(np.flatnonzero(could))[:count])
    on = service.rng.integers(step.first, step.last, len(child))
    family = regroup(people.family[child])
    admit(service, child, on, np.zeros(len(child), dtype=bool), family)
    service.is_alone[child] = True
    service.log("needs").complete(service.need[child], primary_need="N8")
    _place(service, child, on)
    return child


def _place(service: Service, child: Numbers, on: Days) -> None:
    service.care[child] = _log_care(service, child, on, is_short_breaks=False)
    service.care_from[child] = on
    service.close_on[child] = FOREVER


def _log_care(service: Service, child: Numbers, on: Days, *, is_short_breaks: bool) -> Numbers:
    return service.log("care").add(
        child,
        need=service.need[child],
        started_on=on,
        ceased_on=FOREVER,
        reason_ceased=_NOT_CEASED,
        is_short_breaks=is_short_breaks,
    )


def leave(service: Service, step: Step) -> None:
    """Let children leave care until as many stay as the story has at the end of this month."""
    child = np.flatnonzero(service.care >= 0)
    of_age = service.people.eighteen[child] <= step.last
    surplus = len(child) - int(service.targets.care_open[step.position]) - int(of_age.sum())
    could = ~of_age & (service.care_from[child] < step.first - 1)
    goes = of_age.copy()
    if could.any() and surplus > 0:
        goes[could] = _choose_leavers(service, step, child[could], surplus)
    _log_leaving(service, step, child[goes], of_age[goes])


def _choose_leavers(service: Service, step: Step, child: Numbers, quota: int) -> Truths:
    years = (step.last - service.care_from[child]) / _YEAR
    readiness = np.array([row[1] for row in _LEAVING])
    weight = readiness[np.searchsorted([row[0] for row in _LEAVING], years)]
    weight = np.where(service.is_alone[child], 0.2, weight)
    group = regroup(service.people.family[child] * 2 + (service.rng.random(len(child)) < 0.2))
    return draw_families(service.rng, group, quota, weight)


def _log_leaving(service: Service, step: Step, child: Numbers, of_age: Truths) -> None:
    people, rng = service.people, service.rng
    group = regroup(people.family[child])
    span = step.last - step.first
    on = step.first + np.floor(uniform_by_group(rng, group) * span).astype(np.int64)
    on = np.where(of_age, people.eighteen[child], on)
    entered = (service.care_from[child] - people.born[child]) / _YEAR
    years = (on - service.care_from[child]) / _YEAR
    reason = _reasons(rng, entered, years, of_age)
    service.log("care").complete(service.care[child], ceased_on=on, reason_ceased=reason)
    service.care[child] = -1
    free = service.plan[child] < 0
    lag = np.where(of_age, 0, rng.integers(5, 75, len(child)))
    closure = np.array([_CLOSURE.get(str(code), "RC7") for code in reason], dtype="U3")
    plan_to_close(service, child[free], (on + lag)[free], closure[free])


def _reasons(rng: Rng, entered: Column, years: Column, of_age: Truths) -> Column:
    """Reason codes that fit the age at entry, the years in care, and coming of age."""
    count, age = len(years), entered + years
    reason = one_of(rng, _HOME_LATER, count).astype("U3")
    soon = years < 0.75
    reason[soon] = one_of(rng, _HOME_SOON, int(soon.sum()))
    young = (entered < 4) & (years > 1.25) & (years < 4)
    reason[young] = one_of(rng, _YOUNG_LATER, int(young.sum()))
    older = age > 16
    reason[older] = one_of(rng, _OLDER, int(older.sum()))
    reason[of_age] = one_of(rng, _OF_AGE, int(of_age.sum()))
    return reason


def close(service: Service, step: Step) -> None:
    """Close the episodes of need that are done with, and those of children who came of age."""
    of_age = np.minimum(service.close_on, service.people.eighteen)
    settled = (service.care < 0) & (service.plan < 0) & ~service.is_pending
    settled[service.assessments["child"]] = False
    child = np.flatnonzero((service.need >= 0) & settled & (of_age <= step.last))
    on = np.maximum(of_age[child], service.need_from[child])
    on = np.maximum(on, service.assessed_on[child])
    service.log("needs").complete(
        service.need[child], ended_on=on, closure_reason=service.close_reason[child]
    )
    service.need[child] = -1
