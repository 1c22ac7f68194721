"""What a figure is followed down to is a child, whatever table it is counted from."""

from __future__ import annotations

from lineofsight.journey.derived import EVERY

OF_NO_CHILD = {"adopter_id", "team", "worker_id", "authority_code"}


def test_the_first_field_of_every_table_says_whom_a_row_is_about() -> None:
    """Derived tables too: `trace` and worklists show it as the child."""
    first = {name: next(iter(events.table.columns)).name for name, events in EVERY.items()}
    others = {name: field for name, field in first.items() if field != "child_id"}
    assert set(others.values()) <= OF_NO_CHILD
    assert others.keys() <= {"prospective_adopters", "staffing", "professionals",
                             "workforce_vacancies"}  # fmt: skip
