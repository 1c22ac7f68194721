"""The definitions: one indicator is one block, a chapter a file, in committee order.

Nothing here runs. The module variable is an indicator's identity: `icpc_timeliness` in
`child_protection.py` is `child_protection.icpc_timeliness` in the store, the manual and the tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

from lineofsight.errors import UnknownName
from lineofsight.indicators import (
    assessments,
    care_leavers,
    child_protection,
    children_in_need,
    children_looked_after,
    early_help,
    front_door,
    health_in_care,
    homes_in_care,
    permanence,
    plans_followed,
    quality,
    workforce,
)
from lineofsight.indicators.indicator import Indicator

CHAPTERS: tuple[ModuleType, ...] = (
    front_door,
    early_help,
    assessments,
    children_in_need,
    child_protection,
    children_looked_after,
    permanence,
    care_leavers,
    workforce,
    quality,
)
# A chapter that is too long for one file is continued in others.
CONTINUED: dict[ModuleType, tuple[ModuleType, ...]] = {
    child_protection: (plans_followed,),
    children_looked_after: (homes_in_care, health_in_care),
}


def _collected(chapter: ModuleType) -> Iterator[Indicator]:
    chapter_name = chapter.__name__.rpartition(".")[2]
    for module in (chapter, *CONTINUED.get(chapter, ())):
        for name, value in vars(module).items():
            if isinstance(value, Indicator):
                # The block cannot know the variable it is bound to; its chapter tells it, once.
                object.__setattr__(value, "id", f"{chapter_name}.{name}")
                yield value


ALL: tuple[Indicator, ...] = tuple(i for chapter in CHAPTERS for i in _collected(chapter))
BY_ID: dict[str, Indicator] = {indicator.id: indicator for indicator in ALL}


def find_indicator(identity: str) -> Indicator:
    """Give the indicator of this identity; raises UnknownName with the nearest ones."""
    if identity in BY_ID:
        return BY_ID[identity]
    where = "Indicators are named chapter.indicator."
    raise UnknownName.among("indicator", identity, tuple(BY_ID), where)
