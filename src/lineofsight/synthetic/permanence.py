"""Adoption and prospective adopters; the ethnic background of children who come alone."""

from __future__ import annotations

import numpy as np

from lineofsight.synthetic import codes
from lineofsight.synthetic.calendar import FOREVER, Column, Days, Numbers
from lineofsight.synthetic.draws import Rng, one_of
from lineofsight.synthetic.looked_after import Periods

_YEAR = 365.25
_REVERSED = {"RD1": 40.0, "RD2": 15.0, "RD3": 35.0, "RD4": 10.0}


def ethnicity_alone(rng: Rng, count: int) -> Column:
    """Ethnic background of children who come to the country alone."""
    return one_of(rng, codes.ALONE_ETHNICITY, count)


def adoptions(rng: Rng, periods: Periods, as_at: int) -> dict[str, Column]:
    """Children with a decision for adoption: those adopted, those on the way, those turned back.

    `period` is the row of the period of care; days are FOREVER where a step was not reached.
    """
    adopted = np.flatnonzero(periods.is_adopted)
    young = (periods.age < 4) & (periods.end == FOREVER)
    length = as_at - periods.start
    could = np.flatnonzero(young & (length > 200) & (length < 1000))
    hoped = could[rng.random(len(could)) < 0.55]
    row = np.concatenate([adopted, hoped])
    decided, order, matched, placed, ordered = _steps(rng, periods, row)
    back = np.flatnonzero((ordered == FOREVER) & (rng.random(len(row)) < 0.12))
    turned = np.full(len(row), FOREVER, dtype=np.int64)
    turned[back] = np.minimum(decided[back] + 120, as_at - 1)
    for days in (matched, placed):
        days[back] = FOREVER
    reason = np.where(turned < FOREVER, one_of(rng, _REVERSED, len(row)), "")
    order = np.where((reason == "RD2") | (order >= turned), FOREVER, order)
    fostering = np.where(placed < FOREVER, placed - 200, FOREVER)
    fostering[rng.random(len(row)) > 0.12] = FOREVER
    fostering[fostering <= periods.start[row] + 10] = FOREVER
    columns = {"period": row, "decided_on": decided, "placement_order_on": order,
               "matched_on": matched, "placed_on": placed, "ordered_on": ordered,
               "reversed_on": turned, "reason_reversed": reason,
               "fostering_to_adopt_on": fostering}  # fmt: skip
    kept = decided < as_at
    return {name: values[kept] for name, values in columns.items()}


def _steps(rng: Rng, periods: Periods, row: Numbers) -> tuple[Days, Days, Days, Days, Days]:
    """Decision, placement order, match, placement, adoption order; none after the history."""
    is_adopted = periods.is_adopted[row]
    length = np.where(is_adopted, periods.until[row] - periods.start[row], 620)
    stray = rng.uniform(-0.03, 0.03, (4, len(row)))
    at = [periods.start[row] + (length * (share + stray[place])).astype(np.int64)
          for place, share in enumerate((0.30, 0.42, 0.58, 0.68))]  # fmt: skip
    reached = [np.where(days < periods.until[row], days, FOREVER) for days in at]
    ordered = np.where(is_adopted, periods.end[row], FOREVER)
    return reached[0], reached[1], reached[2], reached[3], ordered


def adopters(
    rng: Rng, adoption: dict[str, Column], families: Numbers, from_day: int, as_at: int
) -> dict[str, Column]:
    """Prospective adopters: those matched with the children, and as many not yet matched."""
    matched = np.flatnonzero(adoption["matched_on"] < FOREVER)
    _, first = np.unique(families[matched], return_index=True)
    matched = matched[first]
    waiting = int(1.3 * len(matched)) + 1
    enquired = np.concatenate([
        adoption["matched_on"][matched] - rng.integers(230, 700, len(matched)),
        rng.integers(from_day, as_at, waiting),
    ])  # fmt: skip
    home = np.arange(len(enquired))
    stages = _approval(rng, enquired, len(matched))
    later = {
        name: np.concatenate([adoption[name][matched], np.full(waiting, FOREVER)])
        for name in ("matched_on", "placed_on", "ordered_on")
    }
    columns = {"household": home, "enquired_on": enquired} | stages | later
    columns["children"] = np.concatenate(
        [_children_matched(adoption, families, matched), np.zeros(waiting, dtype=np.int64)]
    )
    columns = _leave_process(rng, columns, as_at)
    return _two_adopters(rng, _cut(columns, as_at))


def _children_matched(adoption: dict[str, Column], families: Numbers, matched: Numbers) -> Numbers:
    placed = families[adoption["placed_on"] < FOREVER]
    return np.asarray([(placed == family).sum() for family in families[matched]], dtype=np.int64)


def _approval(rng: Rng, enquired: Days, matched: int) -> dict[str, Column]:
    first = enquired + rng.integers(10, 45, len(enquired))
    second = first + rng.integers(45, 65, len(enquired)) + rng.integers(0, 20, len(enquired))
    ends = second + rng.integers(60, 100, len(enquired))
    return {
        "stage_1_started_on": first,
        "stage_1_ended_on": second - 2,
        "stage_2_started_on": second,
        "stage_2_ended_on": ends,
        "applied_on": second,
        "approved_on": ends,
    }


def _leave_process(rng: Rng, columns: dict[str, Column], as_at: int) -> dict[str, Column]:
    leaves = (columns["matched_on"] == FOREVER) & (rng.random(len(columns["household"])) < 0.45)
    left = columns["enquired_on"] + rng.integers(20, 300, len(leaves))
    columns["left_on"] = np.where(leaves & (left < as_at), left, FOREVER)
    columns["reason_left"] = np.where(
        columns["left_on"] < FOREVER, one_of(rng, {"1": 70.0, "2": 22.0, "3": 8.0}, len(left)), ""
    )
    return columns


def _cut(columns: dict[str, Column], as_at: int) -> dict[str, Column]:
    """Blank every step that lies after the history or after leaving the process."""
    limit = np.minimum(columns["left_on"], as_at + 1)
    steps = [name for name in columns if name.endswith("_on") and name != "left_on"]
    return columns | {
        name: np.where(columns[name] < limit, columns[name], FOREVER) for name in steps
    }


def _two_adopters(rng: Rng, columns: dict[str, Column]) -> dict[str, Column]:
    homes = len(columns["household"])
    row = np.repeat(np.arange(homes), np.where(rng.random(homes) < 0.82, 2, 1))
    columns = {name: values[row] for name, values in columns.items()}
    columns["sex"] = one_of(rng, {"1": 48.0, "2": 52.0}, len(row))
    columns["ethnicity"] = one_of(rng, codes.ETHNICITY, homes)[row]
    columns["has_disability"] = rng.random(len(row)) < 0.03
    columns["is_fostering_to_adopt"] = (rng.random(homes) < 0.12)[row]
    return columns
