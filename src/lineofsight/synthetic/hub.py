"""The hub in front of the service: contacts, its decisions with times, and early help."""

from __future__ import annotations

import numpy as np

from lineofsight.synthetic import codes, steering
from lineofsight.synthetic.calendar import (
    Column,
    Days,
    Numbers,
    Step,
    Truths,
    day_of,
    months_of,
    working_day,
    working_number,
)
from lineofsight.synthetic.draws import Rng, one_of, per_month
from lineofsight.synthetic.population import Population
from lineofsight.synthetic.steering import MONTHS

_DAY = 1440
_OPENS, _CLOSES = 9 * 60, 17 * 60 + 30
_MONTHS_AHEAD = 2
_SLOWEST = 6  # working days a late decision takes at most


def decisions(rng: Rng, referrals: dict[str, Column]) -> dict[str, Column]:
    """The hub's decision on every referral: minutes since 1970 of receipt and of decision.

    Source of the clock: 24 hours or one working day, as the model report words it.
    """
    on = referrals["referred_on"]
    received = on * _DAY + _times_of_day(rng, len(on))
    late = _late(rng, on)
    following = working_number(on) + 1
    slow = following + rng.integers(1, _SLOWEST - 1, len(on))
    next_day = working_day(following) * _DAY + _OPENS + rng.integers(0, 400, len(on))
    same_day = received + 20 + rng.exponential(190, len(on)).astype(np.int64)
    at_work = working_number(on) > working_number(on - 1)
    prompt = at_work & (same_day <= on * _DAY + _CLOSES)
    decided = np.where(prompt, same_day, next_day)
    slow_at = working_day(slow) * _DAY + _OPENS + rng.integers(0, 450, len(on))
    turned_away = referrals["is_no_further_action"]
    outcome = np.where(turned_away, "No further action", one_of(rng, codes.MASH_OUTCOME, len(on)))
    return {
        "child": referrals["child"],
        "referral": np.arange(len(on)),
        "received_at": received,
        "decided_at": np.where(late, slow_at, decided),
        "outcome": outcome,
        "is_out_of_hours": ~at_work | ~_in_hours(received % _DAY),
    }


def _in_hours(minute: Numbers) -> Truths:
    return np.asarray((minute >= _OPENS) & (minute < _CLOSES))


def _times_of_day(rng: Rng, count: int) -> Numbers:
    at_desk = rng.triangular(8 * 60, 11 * 60, 18 * 60, count)
    any_time = rng.uniform(1, _DAY, count)
    return np.where(rng.random(count) < 0.92, at_desk, any_time).astype(np.int64)


def _late(rng: Rng, on: Days) -> Truths:
    """Choose the late ones by month, early enough for the decision to fall in the same month."""
    late = np.zeros(len(on), dtype=bool)
    months, path = months_of(on), steering.DECIDED_IN_A_DAY.path(rng)
    for position, month in enumerate(MONTHS):
        step, rows = Step.of(position, month), np.flatnonzero(months == month)
        could = rows[working_number(on[rows]) + _SLOWEST <= step.last_number]
        quota = int(len(rows) * (1 - path[position]) + rng.random())
        late[rng.permutation(could)[:quota]] = True
    return late


def contacts(
    rng: Rng, people: Population, referrals: dict[str, Column], scale: float
) -> dict[str, Column]:
    """Contacts: one for each referral, at least one for each child, and those that lead nowhere."""
    lead = np.flatnonzero(rng.random(len(referrals["child"])) < 0.97)
    before = (rng.random(len(lead)) < 0.15).astype(np.int64)
    known = np.zeros(len(people), dtype=bool)
    known[referrals["child"][lead]] = True
    child, on = _idle_contacts(rng, people, scale, np.flatnonzero(~known))
    leads_on = np.arange(len(lead) + len(child)) < len(lead)
    source = one_of(rng, codes.REFERRAL_SOURCE, len(child))
    columns = {
        "child": np.concatenate([referrals["child"][lead], child]),
        "contacted_on": np.concatenate([referrals["referred_on"][lead] - before, on]),
        "source": np.concatenate([referrals["source"][lead], source]),
        "leads_to_referral": leads_on,
    }
    return _one_a_day(columns)


def _one_a_day(columns: dict[str, Column]) -> dict[str, Column]:
    """Keep the first of several contacts about a child on a day: the service records one."""
    key = columns["child"] * 2**20 + columns["contacted_on"]
    first = np.sort(np.unique(key, return_index=True)[1])
    return {name: values[first] for name, values in columns.items()}


def _idle_contacts(
    rng: Rng, people: Population, scale: float, unknown: Numbers
) -> tuple[Numbers, Days]:
    """Month by month, children drawn at random; those never heard of before come first."""
    share = steering.CONTACTS_PER_REFERRAL - 1
    pace = steering.IDLE_CONTACTS.path(rng)
    monthly = per_month(steering.REFERRALS.path(rng) * share * pace, scale)
    first_month = _months_to_be_heard_of(rng, people, unknown)
    children, days = [], []
    for position, month in enumerate(MONTHS):
        step = Step.of(position, month)
        heard = unknown[first_month == month]
        count = max(0, int(monthly[position]) - len(heard))
        drawn = rng.integers(0, len(people), 3 * count + 20)
        of_age = (people.born[drawn] < step.first) & (people.eighteen[drawn] > step.last)
        child = np.concatenate([heard, drawn[of_age][:count]])
        children.append(child)
        days.append(_contact_days(rng, people, step, child))
    return np.concatenate(children), np.concatenate(days)


def _months_to_be_heard_of(rng: Rng, people: Population, unknown: Numbers) -> Numbers:
    low = np.clip(months_of(people.born[unknown] - 40), MONTHS[0], MONTHS[-1])
    high = np.minimum(months_of(people.eighteen[unknown]) - 1, MONTHS[-1])
    room = np.maximum(1, high - low + 1)
    return np.asarray(low + np.floor(rng.random(len(unknown)) * room).astype(np.int64))


def _contact_days(rng: Rng, people: Population, step: Step, child: Numbers) -> Days:
    span = step.last_number - step.first_number + 1
    at_work = working_day(step.first_number + rng.integers(0, span, len(child)))
    any_day = rng.integers(step.first, step.last + 1, len(child))
    return np.where(rng.random(len(child)) < 0.9, at_work, any_day)


def early_help(rng: Rng, people: Population, scale: float) -> dict[str, Column]:
    """Targeted early help assessments by schools, health visitors and the locality teams.

    Counted by the month of completion; those under way at the end are completed after it.
    """
    path = steering.EARLY_HELP.path(rng)
    monthly = per_month(np.append(path, path[-_MONTHS_AHEAD:]), scale)
    children, days = [], []
    for position, quota in enumerate(monthly):
        step = Step.of(position, MONTHS[0] + position)
        drawn = rng.integers(0, len(people), 3 * int(quota) + 20)
        of_age = (people.born[drawn] < step.first - 60) & (people.eighteen[drawn] > step.last)
        child = drawn[of_age][: int(quota)]
        span = step.last_number - step.first_number + 1
        children.append(child)
        days.append(working_day(step.first_number + rng.integers(0, span, len(child))))
    child, completed = np.concatenate(children), np.concatenate(days)
    started = working_day(working_number(completed) - rng.integers(8, 36, len(child)))
    columns = {
        "child": child,
        "started_on": started,
        "completed_on": completed,
        "organisation": one_of(rng, codes.EARLY_HELP, len(child)),
    }
    begun = started <= day_of(steering.AS_AT)
    return {name: values[begun] for name, values in columns.items()}
