"""What follows from the records: tables nobody delivers, worked out whenever a journey is built.

Some figures need a child's whole course: whether each visit came before it was due, how many
placements lie in the last twelve months. Each such course is a table here, a row a step, so that a
definition stays a condition on a row. A row carries the address of the record that its span comes
from. `warehouse.derive` fills them; `RESTS_ON` says which recorded fields a table is made of.
"""

from __future__ import annotations

from lineofsight.journey.fields import Events, day, flag, text
from lineofsight.journey.tables import BY_NAME, child_protection_plans, visits


class Turns(Events, is_pattern=True):
    """What is owed to a child again and again, a row a turn: a visit, a review, a health check.

    A turn begins on the first day of the span (a plan, a period of care) or on the day the thing
    was last done, and lasts until it is done again or the span ends; the turns of a span follow
    each other without a gap. When a turn is due is a clock (`journey.clocks`).
    """

    child_id = text("The child.", required=True)
    span_started_on = day("The day the plan or the period of care began.", required=True)
    started_on = day("The day of the last time, or the first day of the span.", required=True)
    done_on = day("The day it was done again; blank while it is open, or where the span ended.")
    ended_on = day("The day the turn ended, done or with its span; blank while it is open.")
    is_first = flag("The first turn of its span.")
    team = text("The team responsible.")
    worker = text("The worker responsible.")


class plan_visits(Turns):
    """Visits to children on child protection plans, a row from each visit to the next."""


DERIVED: tuple[type[Events], ...] = (plan_visits,)
EVERY: dict[str, type[Events]] = {**BY_NAME, **{table.__name__: table for table in DERIVED}}
RESTS_ON: dict[str, frozenset[str]] = {
    events.__name__: frozenset(f"{field.table.name}.{field.name}" for field in fields)
    for events, fields in {
        plan_visits: (
            child_protection_plans.started_on,
            child_protection_plans.ended_on,
            visits.visited_on,
            visits.kind,
        ),
    }.items()
}
