"""What happens in a period of care: placements, legal statuses, care plans, reviews, health."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lineofsight.synthetic import codes
from lineofsight.synthetic.calendar import (
    FOREVER,
    Column,
    Days,
    Numbers,
    Step,
    Truths,
    months_later,
    on_or_after_working,
    working_day,
    working_number,
)
from lineofsight.synthetic.draws import Rng, one_of
from lineofsight.synthetic.steering import MONTHS, Path

_YEAR = 365.25
_MOVES = 12
_FIRST_TYPE = {"U6": 46.0, "U3": 20.0, "K2": 6.0, "P1": 7.0, "U4": 6.0, "R3": 3.0, "U1": 5.0,
               "H5": 3.0, "Z1": 2.0, "K1": 0.5, "R1": 1.5}  # fmt: skip
_NEXT_TYPE = {"U4": 32.0, "U6": 32.0, "U1": 10.0, "U3": 8.0, "K2": 9.0, "P1": 5.0, "R1": 1.5,
              "S1": 1.5, "K1": 1.0}  # fmt: skip
_TEEN_TYPE = {"U4": 24.0, "U6": 26.0, "K2": 18.0, "H5": 12.0, "P2": 9.0, "U1": 5.0, "U3": 4.0,
              "R2": 1.0, "R5": 1.0}  # fmt: skip
_UNPLANNED = 0.08  # years in care before anybody has written down what is hoped for
_ALONE_TYPE = {"U6": 45.0, "H5": 35.0, "P2": 20.0}
_MOVE_REASON = {"CARPL": 45.0, "CREQB": 17.0, "CREQO": 6.0, "LAREQ": 9.0, "CHILD": 8.0,
                "PLACE": 6.0, "STAND": 2.0, "ALLEG": 2.0, "OTHER": 5.0}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Periods:
    """Periods of care, one entry a period; `until` is the last day of the history if still open."""

    child: Numbers
    start: Days
    end: Days
    until: Days
    reason: Column
    born: Days
    is_alone: Truths
    is_short_breaks: Truths

    def __len__(self) -> int:
        return len(self.child)

    @property
    def age(self) -> Path:
        """Age at entry, in years."""
        return (self.start - self.born) / _YEAR

    @property
    def is_adopted(self) -> Truths:
        """The period ended in adoption."""
        return np.isin(self.reason, ["E11", "E12"])


def placements(rng: Rng, periods: Periods, placed_for_adoption: Days) -> dict[str, Column]:
    """Placements of each period in order: row of the period, days, type, provider, location."""
    starts = _placement_starts(rng, periods)
    starts[periods.is_short_breaks, 1:] = FOREVER
    starts[starts >= np.minimum(placed_for_adoption, periods.until)[:, None]] = FOREVER
    starts = np.sort(np.column_stack([starts, placed_for_adoption]), axis=1)
    last = np.column_stack([starts[:, 1:], np.full(len(periods), FOREVER)])
    row, place = np.nonzero(starts < FOREVER)
    start, end = starts[row, place], np.minimum(last[row, place], periods.end[row])
    kind = _placement_types(rng, periods, row, place, start)
    kind = np.where(start == placed_for_adoption[row], _adoptive(rng, len(row)), kind)
    moved = end < periods.end[row]
    reason = np.where(moved, one_of(rng, _MOVE_REASON, len(row)), "")
    return {
        "period": row,
        "started_on": start,
        "ended_on": end,
        "placement_type": kind,
        "placement_provider": _providers(rng, kind),
        "reason_changed": reason,
    } | _whereabouts(rng, kind)


def _placement_starts(rng: Rng, periods: Periods) -> Days:
    shape = (len(periods), _MOVES)
    short = rng.random(shape) < np.where(np.arange(_MOVES) == 0, 0.42, 0.40)
    lasts = np.where(short, rng.exponential(75, shape) + 3, rng.exponential(1150, shape) + 30)
    starts = periods.start[:, None] + np.cumsum(lasts, axis=1).astype(np.int64)
    return np.column_stack([periods.start, starts])


def _placement_types(
    rng: Rng, periods: Periods, row: Numbers, place: Numbers, start: Days
) -> Column:
    age = (start - periods.born[row]) / _YEAR
    kind = np.where(place == 0, one_of(rng, _FIRST_TYPE, len(row)), "  ")
    kind = np.where(place > 0, one_of(rng, _NEXT_TYPE, len(row)), kind)
    kind = np.where((age > 14) & (place > 0), one_of(rng, _TEEN_TYPE, len(row)), kind)
    kind = np.where(np.isin(kind, ["H5", "P2", "K1", "R5"]) & (age < 15.5), "U6", kind)
    kind = np.where((kind == "R3") & (age > 1), "U6", kind)
    kind = np.where((kind == "K2") & (age < 8), "U6", kind)
    kind = np.where(periods.is_short_breaks[row], "K2", kind)
    return np.where(periods.is_alone[row], one_of(rng, _ALONE_TYPE, len(row)), kind)


def _adoptive(rng: Rng, count: int) -> Column:
    return one_of(rng, {"A6": 66.0, "A5": 16.0, "A4": 12.0, "A3": 6.0}, count)


def _providers(rng: Rng, kind: Column) -> Column:
    fostered = one_of(rng, {"PR1": 62.0, "PR4": 34.0, "PR5": 4.0}, len(kind))
    housed = one_of(rng, {"PR4": 74.0, "PR1": 16.0, "PR5": 10.0}, len(kind))
    provider = np.where(np.isin(kind, ["U4", "U5", "U6"]), fostered, housed)
    provider = np.where(np.isin(kind, ["U1", "U2", "U3"]), "PR1", provider)
    provider = np.where(np.isin(kind, ["A3", "A4", "A5", "A6"]), "PR1", provider)
    provider = np.where(np.isin(kind, ["R2", "R5"]), "PR3", provider)
    return np.where(kind == "P1", "PR0", provider)


def _whereabouts(rng: Rng, kind: Column) -> dict[str, Column]:
    count = len(kind)
    far = np.where(np.isin(kind, ["K1", "K2", "R1", "S1", "H5"]), 0.62, 0.33)
    outside = (rng.random(count) < far) & (kind != "P1")
    miles = np.where(outside, rng.gamma(1.6, 14.0, count) + 3, rng.gamma(2.0, 1.4, count))
    district = np.where(outside, rng.integers(30, 99, count), rng.integers(1, 20, count))
    registered = np.isin(kind, ["K1", "K2", "R1"])
    urn = np.where(registered, (1_000_000 + rng.integers(0, 900, count)).astype("U7"), "")
    postcode = np.char.add(np.char.add("ZZ", district.astype("U2")), " 1AA")
    return {
        "is_outside": outside,
        "distance_miles": np.round(miles, 1),
        "postcode": postcode,
        "urn": urn,
    }


def legal_statuses(rng: Rng, periods: Periods, placement_order: Days) -> dict[str, Column]:
    """Legal statuses of each period in order: V2, L1, L2 or C1 at entry, then C1, C2, E1."""
    starts, kinds = _status_stages(rng, periods, placement_order)
    starts[periods.is_short_breaks, 1:] = FOREVER
    kinds[periods.is_short_breaks, 0] = "V4"
    starts[starts >= periods.until[:, None]] = FOREVER
    order = np.argsort(starts, axis=1, kind="stable")
    starts, kinds = np.take_along_axis(starts, order, 1), np.take_along_axis(kinds, order, 1)
    following = np.column_stack([starts[:, 1:], np.full(len(periods), FOREVER)])
    row, place = np.nonzero((starts < FOREVER) & (starts < following))
    end = np.minimum(following[row, place], periods.end[row])
    return {
        "period": row,
        "started_on": starts[row, place],
        "ended_on": end,
        "legal_status": kinds[row, place],
    }


def _status_stages(rng: Rng, periods: Periods, placement_order: Days) -> tuple[Days, Column]:
    count = len(periods)
    first = one_of(rng, {"V2": 53.0, "C1": 31.0, "L1": 9.0, "L2": 4.0, "J1": 3.0}, count)
    first = np.where((first == "J1") & (periods.age < 12), "V2", first)
    adopting = placement_order < FOREVER
    first = np.where(periods.is_alone, "V2", np.where(adopting & (first == "J1"), "C1", first))
    urgent = np.isin(first, ["L1", "L2"])
    proceedings = (rng.random(count) < 0.6) | adopting | urgent
    proceedings &= ~periods.is_alone & (first != "J1")
    wait = np.where(urgent, rng.integers(2, 9, count), rng.integers(25, 140, count))
    interim = np.where(proceedings & (first != "C1"), periods.start + wait, FOREVER)
    begun = np.where(first == "C1", periods.start, interim)
    full = np.where(begun < FOREVER, begun + rng.integers(150, 270, count), FOREVER)
    full = np.where(adopting, FOREVER, full)
    interim = np.where(interim >= placement_order, FOREVER, interim)
    starts = np.column_stack([periods.start, interim, full, placement_order])
    kinds = np.column_stack([first, *(np.full(count, code) for code in ("C1", "C2", "E1"))])
    return starts, kinds


def first_care_plans(rng: Rng, periods: Periods, counted: Truths, authorised: Path) -> Days:
    """Day on which each period's first care plan was authorised, FOREVER if it never was.

    At each month-end the share of `counted` periods with an authorised plan follows the path
    `authorised`: managers work through the waiting plans, roughly in order.
    """
    on = np.full(len(periods), FOREVER, dtype=np.int64)
    old = (periods.start < Step.of(0, MONTHS[0]).first) & (rng.random(len(periods)) < 0.93)
    on[old] = np.minimum(periods.start[old] + 20, Step.of(0, MONTHS[0]).first)
    patience = periods.start + rng.exponential(55, len(periods))
    for position, month in enumerate(MONTHS):
        step = Step.of(position, month)
        is_open = counted & (periods.start <= step.last) & (periods.end > step.last)
        waiting = np.flatnonzero(is_open & (on == FOREVER) & (periods.start + 3 <= step.last))
        unready = int((is_open & (on == FOREVER)).sum())
        wanted = round(int(is_open.sum()) * (1 - float(authorised[position])))
        chosen = waiting[np.argsort(patience[waiting], kind="stable")][: max(unready - wanted, 0)]
        on[chosen] = _days_within(rng, step, periods.start[chosen] + 3)
    left = (on == FOREVER) & (periods.end < FOREVER) & (periods.end - periods.start > 25)
    left &= rng.random(len(periods)) < 0.6
    on[left] = periods.start[left] + 18
    uncounted = ~counted & (periods.until - periods.start > 20)
    on[uncounted] = periods.start[uncounted] + 10
    return on


def _days_within(rng: Rng, step: Step, earliest: Days) -> Days:
    low = np.maximum(step.first_number, working_number(earliest - 1) + 1)
    low = np.minimum(low, step.last_number)
    room = step.last_number - low + 1
    day = working_day(low + np.floor(rng.random(len(low)) * room).astype(np.int64))
    return np.maximum(day, earliest)


def care_plans(rng: Rng, periods: Periods, first: Days) -> dict[str, Column]:
    """Care plans of each period: the first, and once it is authorised a new one each half year."""
    row, place, on = every(rng, periods.start, periods.until, 185, 20)
    kept = (place == 0) | (on > first[row] + 30)
    row, place, on = row[kept], place[kept], on[kept]
    signed = on_or_after_working(on + rng.integers(2, 22, len(on)))
    signed = np.where(signed < periods.until[row], signed, FOREVER)
    signed = np.where(place == 0, first[row], signed)
    written = np.minimum(np.minimum(periods.start + 3, first), periods.until - 1)[row]
    started = np.where(place == 0, written, on)
    follows = np.append(row[1:] == row[:-1], False) if len(row) else np.zeros(0, dtype=bool)
    return {
        "period": row,
        "started_on": started,
        "authorised_on": signed,
        "ended_on": np.where(follows, np.append(started[1:], 0), periods.end[row]),
    }


def authorisers(rng: Rng, plans: dict[str, Column]) -> dict[str, Column]:
    """Who authorised each care plan."""
    who = one_of(rng, codes.AUTHORISED_BY, len(plans["authorised_on"]))
    return {"authorised_by": np.where(plans["authorised_on"] < FOREVER, who, "")}


def every(
    rng: Rng, start: Days, until: Days, gap: int, jitter: int
) -> tuple[Numbers, Numbers, Days]:
    """Days that recur from `start` until before `until`: row, place in its sequence, day.

    The first falls on `start` itself; later ones stray by up to `jitter` days.
    """
    counts = np.maximum(0, (until - start + gap - 1) // gap)
    row = np.repeat(np.arange(len(start)), counts)
    place = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
    stray = np.where(place > 0, rng.integers(-jitter, jitter + 1, len(row)), 0)
    on = start[row] + place * gap + stray
    kept = (on < until[row]) & (on >= start[row])
    return row[kept], place[kept], on[kept]


def care_reviews(rng: Rng, periods: Periods) -> dict[str, Column]:
    """Statutory reviews: within 20 working days, within three months more, then half-yearly.

    Source: Care Planning, Placement and Case Review (England) Regulations 2010, regulation 33.
    """
    first = working_day(working_number(periods.start) + 20)
    rest, _, later = every(rng, months_later(first, 3), periods.until, 181, 0)
    row = np.concatenate([np.arange(len(periods)), np.arange(len(periods)), rest])
    due = np.concatenate([first, months_later(first, 3) - 3, later])
    late = rng.random(len(due)) < 0.04
    early = np.floor(rng.random(len(due)) ** 2 * 11).astype(np.int64)
    held = on_or_after_working(np.where(late, due + rng.integers(1, 25, len(due)), due - early - 2))
    held = np.where(late, held, np.minimum(held, due))
    age = (held - periods.born[row]) / _YEAR
    kept = (held < periods.until[row]) & (due < periods.until[row])
    order = np.lexsort((due[kept], row[kept]))
    spoke = one_of(rng, {"PN1": 55.0, "PN2": 4.0, "PN3": 4.0, "PN4": 3.0, "PN5": 14.0,
                         "PN6": 14.0, "PN7": 6.0}, len(due))  # fmt: skip
    columns = {"period": row, "due_on": due, "held_on": held,
               "participation": np.where(age < 4, "PN0", spoke)}  # fmt: skip
    columns = {name: values[kept][order] for name, values in columns.items()}
    _, unique = np.unique(columns["period"] * FOREVER + columns["held_on"], return_index=True)
    return {name: values[unique] for name, values in columns.items()}


def care_visits(rng: Rng, periods: Periods) -> dict[str, Column]:
    """Social work visits: within a week of entry, then every five to six weeks.

    Source: the same Regulations, regulation 28.
    """
    row, _, on = every(rng, periods.start + 4, periods.until, 38, 4)
    seen = rng.random(len(on)) < 0.98
    alone = seen & (rng.random(len(on)) < 0.8)
    return {"period": row, "visited_on": on, "is_seen": seen, "is_seen_alone": alone}


def health_checks(rng: Rng, periods: Periods) -> dict[str, Column]:
    """Health assessments (half-yearly under five, else yearly) and dental checks (yearly)."""
    gap = np.where(periods.age < 4, 175, 350)
    parts = []
    for name, days in (("health assessment", 175), ("health assessment", 350)):
        chosen = np.flatnonzero(gap == days)
        row, _, on = every(rng, periods.start[chosen] + 26, periods.until[chosen], days, 12)
        parts.append((chosen[row], on, np.full(len(on), name)))
    row, _, on = every(rng, periods.start + 90, periods.until, 340, 30)
    parts.append((row, on, np.full(len(on), "dental check")))
    row, on, check = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    kept = rng.random(len(row)) < 0.93
    return {"period": row[kept], "checked_on": on[kept], "check": check[kept]}


def missing_episodes(rng: Rng, periods: Periods) -> dict[str, Column]:
    """Times a child went missing (M) or was away without leave (A) from a placement."""
    restless = (rng.random(len(periods)) < 0.16) & (periods.age + 1 > 9)
    row, _, on = every(rng, np.where(restless, periods.start + 20, FOREVER), periods.until, 75, 30)
    long = np.floor(rng.exponential(1.3, len(on))).astype(np.int64)
    offered = rng.random(len(on)) < 0.86
    accepted = offered & (rng.random(len(on)) < 0.55)
    back = np.minimum(on + long, periods.until[row])
    # Drawn from the day itself, so that nothing that is drawn later changes: 0 to 5 days.
    interviewed = back + (on * 7 + row) % 11 // 2
    return {
        "period": row,
        "missing": one_of(rng, {"M": 84.0, "A": 16.0}, len(on)),
        "started_on": on,
        "ended_on": back,
        "is_interview_offered": offered,
        "is_interview_accepted": accepted,
        "interviewed_on": np.where(accepted, interviewed, FOREVER),
    }


def permanence_plans(rng: Rng, periods: Periods) -> Column:
    """What is hoped for each child: home at first, then a permanent home elsewhere."""
    years = (periods.until - periods.start) / _YEAR
    age = (periods.until - periods.born) / _YEAR
    early = one_of(rng, {"return to family": 62.0, "SGO or CAO": 22.0, "other": 16.0}, len(periods))
    later = one_of(rng, {"long-term fostering": 74.0, "SGO or CAO": 14.0,
                         "long-term residential": 12.0}, len(periods))  # fmt: skip
    plan = np.where(years < 1, early, later)
    plan = np.where(years < _UNPLANNED, "", plan)
    return np.where((age > 16.5) & (years > 0.5), "supported living", plan).astype("U24")
