"""The places that a team's staffing at a month-end makes: how many, of which kind, how full."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from lineofsight.synthetic.staff import Teams, worker_name

_LENT = 0.18  # of a team's desks; about the share of agency workers
FIRST_LINE_MANAGER, CASE_HOLDER = "3", "5"


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a team: its full-time equivalent, its role, and the desk whose children it holds.

    `place` tells it from every other of the month, and is the same from month to month. A worker
    without a desk (blank) has no children allocated yet, or manages.
    """

    place: tuple[str, str, int]
    is_agency: bool
    role: str
    fte: float
    desk: str = ""


def team_slots(staffing: dict[str, Any], teams: Teams) -> Iterator[Slot]:
    """Give the places of a team from a row of `Lives.staffing`.

    The places for permanent workers add up to `in_post_fte`, those for agency workers to
    `agency_fte`, and all but the managers' to `case_holders_fte`.
    """
    team, in_post, agency = staffing["team"], staffing["in_post_fte"], staffing["agency_fte"]
    managing = min(max(in_post + agency - staffing["case_holders_fte"], 0), in_post)
    for number, fte in enumerate(_shared(managing, math.ceil(round(managing, 2)))):
        yield Slot((team, "manager", number), False, FIRST_LINE_MANAGER, fte)
    permanent, lent = _desks(team, teams, has_permanent=in_post > managing, has_lent=agency > 0)
    yield from _holders(team, permanent, in_post - managing, is_agency=False)
    yield from _holders(team, lent, agency, is_agency=True)


def _desks(
    team: str, teams: Teams, *, has_permanent: bool, has_lent: bool
) -> tuple[list[str], list[str]]:
    """Divide a team's desks between permanent and agency workers, the same way in every month."""
    place = teams.names.index(team)
    numbers = teams.first_worker[place] + np.arange(teams.workers[place])
    names = [str(name) for name in worker_name(numbers)]
    if not (has_permanent and has_lent):
        return (names, []) if has_permanent else ([], names)
    lent = max(1, round(_LENT * len(names)))
    return names[:-lent], names[-lent:]


def _holders(team: str, desks: list[str], fte: float, *, is_agency: bool) -> Iterator[Slot]:
    kind = "agency" if is_agency else "permanent"
    at_desks = _parts(min(fte, len(desks)), len(desks))
    for number, (desk, part) in enumerate(zip(desks, at_desks, strict=True)):
        yield Slot((team, kind, number), is_agency, CASE_HOLDER, part, desk)
    beside = round(max(fte - len(desks), 0), 2)
    for number, part in enumerate(_shared(beside, math.ceil(beside)), start=len(desks)):
        yield Slot((team, kind, number), is_agency, CASE_HOLDER, part)


def _parts(fte: float, count: int) -> list[float]:
    """Divide a full-time equivalent among workers: as many full-time as leaves the rest half."""
    full = max(0, min(count, math.floor(2 * fte) - count))
    return [1.0] * full + _shared(fte - full, count - full)


def _shared(fte: float, count: int) -> list[float]:
    """Divide evenly in hundredths; the last takes what rounding leaves."""
    if count == 0:
        return []
    each = round(fte / count, 2)
    return [each] * (count - 1) + [round(fte - each * (count - 1), 2)]
