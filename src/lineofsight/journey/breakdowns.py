"""By what a figure can be broken down: the groups that its rows fall into.

A group is that of the row where the row has it (team, category of abuse), that of the child (sex),
or that of the child on the day (age, where it lived, legal status, placement, need). A span that is
open while the child passes from one group to another counts in each for as long as it was there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lineofsight.errors import UnknownName
from lineofsight.journey.derived import EVERY

NOT_RECORDED = "Not recorded"


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One way to divide rows into groups.

    `own` is the field by which a row says it itself; `code_set` where its codes have their words.
    `is_inside` says that the groups are people of the service, and never leave it.
    """

    name: str
    title: str
    own: str = ""
    code_set: str = ""
    is_of_child: bool = True
    is_of_care: bool = False
    is_inside: bool = False

    def applies_to(self, table: str) -> bool:
        """Whether the rows of a table fall into these groups."""
        columns = EVERY[table].table.columns
        if self.own and self.own in columns:
            return True
        if self.is_of_care and table not in CARE_TABLES:
            return False
        return self.is_of_child and "child_id" in columns


CARE_TABLES = {
    "periods_of_care",
    "care_episodes",
    "care_plans",
    "looked_after_reviews",
    "missing_episodes",
    "health",
}
BREAKDOWNS: tuple[Breakdown, ...] = (
    Breakdown("team", "Team", own="team", is_of_child=False),
    Breakdown("worker", "Worker", own="worker", is_of_child=False, is_inside=True),
    Breakdown("ward", "Ward"),
    Breakdown("locality", "Locality"),
    Breakdown("age_band", "Age"),
    Breakdown("sex", "Sex", code_set="sex"),
    Breakdown("ethnicity", "Ethnic group"),
    Breakdown("disability", "Disability"),
    Breakdown("need", "Primary need", own="primary_need", code_set="primary_need"),
    Breakdown(
        "category",
        "Category of abuse",
        own="latest_category",
        code_set="abuse_category",
        is_of_child=False,
    ),
    Breakdown("legal_status", "Legal status", code_set="legal_status", is_of_care=True),
    Breakdown("placement", "Placement", code_set="placement_type", is_of_care=True),
)
BY_NAME: dict[str, Breakdown] = {one.name: one for one in BREAKDOWNS}


def find_breakdowns(names: Sequence[str]) -> tuple[Breakdown, ...]:
    """Give the breakdowns of these names; raises UnknownName with the nearest ones."""
    where = "Figures can be broken down by these."
    for name in names:
        if name not in BY_NAME:
            raise UnknownName.among("breakdown", name, tuple(BY_NAME), where)
    return tuple(BY_NAME[name] for name in dict.fromkeys(names))
