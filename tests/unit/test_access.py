"""Who may do what, and the record of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lineofsight.access.audit import AuditEntry, AuditTrail
from lineofsight.access.roles import Act, Actor, Role, may
from lineofsight.errors import StoreFault, UsageFault

TRUTH = """
              | RECEIVE | VALIDATE | PUBLISH | DATASET | TRACE | LINK | RECONCILE | REVIEW | SAMPLE | WORKLIST | FREEZE | REBUILD | RESTATE | CHECK_CLAIMS | ADD_COMPARATORS | REMOVE_COMPARATORS
    ANALYST   | yes     | yes      | yes     | yes     | yes   | yes  | yes       | yes    | yes    | yes      | yes    | yes     | yes     | yes | yes | yes
    SERVICE   | no      | yes      | yes     | yes     | yes   | yes  | yes       | yes    | yes    | yes      | yes    | yes     | yes     | yes | no | no
    COMMITTEE | no      | no       | no      | no      | no    | no   | no        | no     | no     | no       | no     | no      | no      | no | no | no
"""  # noqa: E501


def test_the_truth_table_of_roles() -> None:
    """Every role and every act, drawn."""
    head, *rows = [[c.strip() for c in line.split("|")] for line in TRUTH.strip().splitlines()]
    acts = [Act[name] for name in head[-len(Act) :]]
    assert {row[0] for row in rows} == {role.name for role in Role}
    for name, *cells in rows:
        for act, cell in zip(acts, cells, strict=True):
            assert may(Actor("a", Role[name]), act).is_allowed == (cell == "yes"), (name, act)


def test_an_entry_can_be_had_in_one_way_only(tmp_path: Path) -> None:
    """By writing it: an act that needs one cannot be called without a line in the record."""
    with pytest.raises(TypeError, match="made by writing it"):
        AuditEntry("now", "a", "performance analyst", "act", "subject")
    trail = AuditTrail(tmp_path / "audit.jsonl")
    entry = trail.enter(Actor("a", Role.ANALYST), Act.TRACE, "x.y, 2020-08")
    assert trail.entries() == [
        {
            "at": entry.at,
            "actor": "a",
            "role": "performance analyst",
            "act": "followed a figure to its records",
            "subject": "x.y, 2020-08",
        }
    ]


def test_what_is_not_allowed_is_refused_with_its_reason_and_leaves_no_entry(
    tmp_path: Path,
) -> None:
    """The refusal names the role and the act."""
    trail = AuditTrail(tmp_path / "audit.jsonl")
    with pytest.raises(UsageFault) as refusal:
        trail.enter(Actor("a", Role.COMMITTEE), Act.TRACE, "x.y, 2020-08")
    assert str(refusal.value) == (
        "A committee member may not do this: followed a figure to its records.\n"
        "  It was asked for: x.y, 2020-08.\n"
        "  Ask a performance analyst."
    )
    assert trail.entries() == []


def test_without_a_record_nothing_is_done(tmp_path: Path) -> None:
    """A record that cannot be written stops the act."""
    (tmp_path / "store").write_text("a file where the folder should be", encoding="utf-8")
    trail = AuditTrail(tmp_path / "store" / "audit.jsonl")
    with pytest.raises(StoreFault, match="The audit entry cannot be written"):
        trail.enter(Actor("a", Role.ANALYST), Act.TRACE, "x.y, 2020-08")


def test_entries_are_added_and_never_replaced(tmp_path: Path) -> None:
    """Append-only: the earlier lines stay as they are."""
    trail = AuditTrail(tmp_path / "audit.jsonl")
    for month in ("2020-07", "2020-08"):
        trail.enter(Actor("a", Role.SERVICE), Act.TRACE, month)
    assert [entry["subject"] for entry in trail.entries()] == ["2020-07", "2020-08"]
