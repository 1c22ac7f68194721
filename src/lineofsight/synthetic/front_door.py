"""The front door of the simulation: referrals, and assessments with their authorisation."""

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
    evenly_by_group,
    one_of,
    regroup,
    spread,
    uniform_by_group,
)
from lineofsight.synthetic.service import Service, plan_to_close

_YEAR = 366
_LATEST_AGE_LEFT = 180  # nobody within half a year of 18 is newly referred
_UNBORN_DAYS = 80
_ON_TIME, _LONGEST = 45, 78
_LATE_RUNNING_MONTHS = 2.15  # how long a late assessment runs before it is late
_LEAST_OVERDUE = 0.22
_IN_HAND_MONTHS = 2.45  # counted before the month's work is done


def refer(service: Service, step: Step) -> None:
    """Refer this month's children, and open an episode of need for those not turned away."""
    child = _choose(service, step)
    if not len(child):
        return
    family = regroup(service.people.family[child])
    on = _referral_days(service, step, family)
    refused = round(len(child) * float(service.targets.turned_away[step.position]))
    is_nfa = draw_families(service.rng, family, refused)
    admit(service, child, on, is_nfa, family)
    taken = ~is_nfa
    _start_assessments(service, step, child[taken], on[taken], regroup(family[taken]))


def admit(service: Service, child: Numbers, on: Days, is_nfa: Truths, family: Numbers) -> None:
    """Log referrals, and open an episode of need for each one that is not turned away."""
    source = one_of(service.rng, codes.REFERRAL_SOURCE, len(child))[family]
    rows = service.log("referrals").add(
        child, referred_on=on, source=source, is_no_further_action=is_nfa
    )
    service.referred_on[child] = on
    taken, need = child[~is_nfa], one_of(service.rng, codes.PRIMARY_NEED, len(child))[family]
    service.need[taken] = service.log("needs").add(
        taken,
        referral=rows[~is_nfa],
        started_on=on[~is_nfa],
        ended_on=FOREVER,
        primary_need=need[~is_nfa],
        closure_reason="RC7",
    )
    service.need_from[taken] = on[~is_nfa]
    plan_to_close(service, taken, np.full(len(taken), FOREVER), "RC7")


def eligible(service: Service, step: Step) -> Truths:
    """Children of an age to be referred who are not open to the service."""
    people = service.people
    in_age = (people.born < step.first + _UNBORN_DAYS) & (
        people.eighteen > step.last + _LATEST_AGE_LEFT
    )
    return np.asarray(in_age & (service.need < 0))


def _choose(service: Service, step: Step) -> Numbers:
    total = int(service.targets.referrals[step.position])
    again = round(total * float(service.targets.referred_again[step.position]))
    could = eligible(service, step)
    recent = service.referred_on > step.last - _YEAR + 2
    long_ago = service.referred_on < step.first - _YEAR - 1
    first = _pick(service, np.flatnonzero(could & recent), again)
    second = _pick(service, np.flatnonzero(could & long_ago), total - len(first))
    return np.sort(np.concatenate([first, second]))


def _pick(service: Service, child: Numbers, quota: int) -> Numbers:
    if not len(child):
        return child
    group = regroup(service.people.family[child])
    return child[draw_families(service.rng, group, quota)]


def _referral_days(service: Service, step: Step, family: Numbers) -> Days:
    """Most referrals come on working days, one in fourteen on any day."""
    numbers = step.first_number + np.floor(
        uniform_by_group(service.rng, family) * (step.last_number - step.first_number + 1)
    )
    any_day = step.first + np.floor(
        uniform_by_group(service.rng, family) * (step.last - step.first + 1)
    )
    at_work = uniform_by_group(service.rng, family) > 1 / 14
    return np.where(at_work, working_day(numbers.astype(np.int64)), any_day.astype(np.int64))


def _start_assessments(
    service: Service, step: Step, child: Numbers, referred: Days, family: Numbers
) -> None:
    wait = np.floor(uniform_by_group(service.rng, family) ** 2 * 3).astype(np.int64)
    on = working_day(working_number(on_or_after_working(referred)) + wait)
    on = np.where((wait == 0) & (uniform_by_group(service.rng, family) < 0.5), referred, on)
    row = service.log("assessments").add(
        child,
        need=service.need[child],
        started_on=on,
        authorised_on=FOREVER,
        is_child_seen=spread(service.rng, len(child), steering.CHILD_SEEN),
        is_support_needed=False,
    )
    is_late = evenly_by_group(service.rng, _late_share(service, step), family)
    number = working_number(on)
    taken = _length_of_assessment(service, is_late, family)
    service.assessments.add(
        child=child, row=row, from_number=number, due_number=number + taken, is_late=is_late
    )


def _length_of_assessment(service: Service, is_late: Truths, family: Numbers) -> Numbers:
    """Working days: most assessments finish close to the limit, as deadlines make them."""
    early = 45 - np.floor(38 * uniform_by_group(service.rng, family) ** 1.9)
    late = 46 + np.floor((_LONGEST - 46) * uniform_by_group(service.rng, family) ** 1.6)
    return np.where(is_late, late, early).astype(np.int64)


def _late_share(service: Service, step: Step) -> float:
    """Share of new assessments that will run late, so that the late work in hand holds level."""
    path = service.targets.assessed_in_time
    ahead = 1 - float(path[min(step.position + 2, len(path) - 1)])
    monthly = float(service.targets.referrals[step.position]) * (1 - steering.NO_FURTHER_ACTION)
    wanted = (_LATE_RUNNING_MONTHS * ahead + max(0.95 * ahead, _LEAST_OVERDUE)) * monthly
    missing = wanted - float(service.assessments["is_late"].sum())
    return float(np.clip(ahead + 0.5 * missing / max(monthly, 1.0), 0.02, 0.75))


def authorise(service: Service, step: Step) -> None:
    """Complete as many assessments as the teams get through, the story's share of them in time."""
    waiting = service.assessments
    share = float(service.targets.assessed_in_time[step.position])
    timely = _timely_ones(service, step, round(share * _capacity(service, step)))
    late = _late_ones(service, step, round(int(timely.sum()) * (1 - share) / share))
    number = np.where(timely, *_finishing_numbers(service, step))
    done = timely | late
    _finish(service, waiting["child"][done], waiting["row"][done], working_day(number[done]))
    waiting.keep(~done)


def _capacity(service: Service, step: Step) -> float:
    """Assessments the teams complete in a month: what came in, and some of what has piled up."""
    recent = service.targets.referrals[max(step.position - 2, 0) : step.position]
    usual = float(recent.mean()) * (1 - steering.NO_FURTHER_ACTION) if len(recent) else 0.0
    late = 1 - float(service.targets.assessed_in_time[step.position])
    in_hand = (_IN_HAND_MONTHS + 1.5 * late) * usual
    return usual * float(service.targets.assessment_pace[step.position]) + 0.25 * (
        len(service.assessments["child"]) - in_hand
    )


def _timely_ones(service: Service, step: Step, quota: int) -> Truths:
    """Those whose last day falls in the month, and the next due while there is room."""
    waiting = service.assessments
    could = ~waiting["is_late"].astype(bool) & (waiting["from_number"] + 6 <= step.last_number)
    must = could & (waiting["from_number"] + _ON_TIME <= step.last_number)
    order = np.argsort(np.where(could, waiting["due_number"], FOREVER), kind="stable")
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    return np.asarray(must | (could & (place < quota)))


def _finishing_numbers(service: Service, step: Step) -> tuple[Numbers, Numbers]:
    """Give the working day on which each waiting assessment finishes, if in time and if late."""
    waiting, drawn = service.assessments, service.rng.random(len(service.assessments["child"]))
    low = np.maximum(step.first_number, waiting["from_number"] + 6)
    early = low + np.floor(drawn * (step.last_number - low + 1)).astype(np.int64)
    due = waiting["due_number"]
    timely = np.where((due >= step.first_number) & (due <= step.last_number), due, early)
    timely = np.minimum(timely, waiting["from_number"] + _ON_TIME)
    low = np.maximum(step.first_number, waiting["from_number"] + _ON_TIME + 1)
    late = low + np.floor(drawn * (step.last_number - low + 1)).astype(np.int64)
    return timely, late


def _late_ones(service: Service, step: Step, quota: int) -> Truths:
    waiting = service.assessments
    overdue = waiting["is_late"].astype(bool) & (waiting["from_number"] + 46 <= step.last_number)
    ripe = np.flatnonzero(overdue)
    order = ripe[np.argsort(waiting["due_number"][ripe], kind="stable")]
    chosen = np.zeros(len(overdue), dtype=bool)
    chosen[order[:quota]] = True
    return chosen


def _finish(service: Service, child: Numbers, row: Numbers, on: Days) -> None:
    family = regroup(service.people.family[child])
    helped = evenly_by_group(service.rng, steering.SUPPORT_NEEDED, family)
    service.assessed_on[child] = on
    busy = (service.plan[child] >= 0) | (service.care[child] >= 0) | service.is_pending[child]
    service.log("assessments").complete(row, authorised_on=on, is_support_needed=helped | busy)
    support = on + 30 + np.floor(100 * uniform_by_group(service.rng, family)).astype(np.int64)
    closing = on + np.floor(8 * uniform_by_group(service.rng, family)).astype(np.int64)
    closes = np.where(helped, support, closing)
    reason = np.where(helped, "RC7", "RC8")
    free = ~busy & (service.need[child] >= 0)
    held = np.maximum(closes, service.close_on[child] % FOREVER)
    plan_to_close(service, child[free], held[free], reason[free])
