"""All worklists, in the order of a child's journey, and how one is found."""

from __future__ import annotations

from lineofsight.errors import UnknownName
from lineofsight.worklists import assessments, conferences, front_door, looked_after, visits
from lineofsight.worklists.worklist import Worklist

LISTS: tuple[Worklist, ...] = (
    front_door.MASH,
    assessments.OPEN,
    conferences.INITIAL,
    conferences.REVIEWS,
    visits.PLANS,
    looked_after.FIRST_REVIEWS,
    looked_after.LATER_REVIEWS,
    visits.LOOKED_AFTER,
    looked_after.CARE_PLANS,
    looked_after.INITIAL_HEALTH,
    looked_after.HEALTH,
    looked_after.RE_ENTRIES,
)


def find_list(name: str) -> Worklist:
    """Find a list by its name; raises UnknownName."""
    by_name = {one.id: one for one in LISTS}
    if name not in by_name:
        raise UnknownName.among("worklist", name, tuple(by_name), "Command: worklist.")
    return by_name[name]
