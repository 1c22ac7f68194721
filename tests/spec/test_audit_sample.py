"""Samples of audits, drawn by hand and by lot: who can be drawn, how many, and how evenly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineofsight.access.audit import AuditEntry, AuditTrail
from lineofsight.access.roles import Act, Actor, Role
from lineofsight.errors import UnknownName, UsageFault
from lineofsight.reference.periods import Month
from lineofsight.worklists.audit_sample import Drawn, Plan, Record, allocate, draw
from lineofsight.worklists.frames_audited import MASH_DECISIONS, find_frame

AUGUST = Month.parse("2020-08")


@pytest.fixture
def entry(tmp_path: Path) -> AuditEntry:
    """The entry without which nobody draws."""
    return AuditTrail(tmp_path / "audit.jsonl").enter(Actor("a", Role.ANALYST), Act.SAMPLE, "test")


def decision(
    child: str, on: datetime | None, outcome: str | None = "Early help", *, late: bool = False
) -> Record:
    """A decision of the hub."""
    return {"child_id": child, "received_at": datetime(2020, 7, 31), "decided_at": on,
            "outcome": outcome, "is_out_of_hours": late}  # fmt: skip


def audited(child: str, on: date, theme: str = "MASH decision") -> Record:
    """An audit of a child's case."""
    return {"child_id": child, "audited_on": on, "theme": theme}


def children(drawn: Drawn) -> list[str]:
    """Who was drawn."""
    return [record["child_id"] for record in drawn.cases]


def sampled(
    records: Sequence[Record], entry: AuditEntry, plan: Plan, audits: Sequence[Record] = ()
) -> Drawn:
    """A sample of August."""
    return draw(MASH_DECISIONS, AUGUST, plan, records, audits, entry)


def test_the_frame_is_the_months_completed_decisions_without_those_audited_lately(
    entry: AuditEntry,
) -> None:
    records = [
        decision("first minute", datetime(2020, 8, 1, 0, 0)),
        decision("last minute", datetime(2020, 8, 31, 23, 59)),
        decision("day before", datetime(2020, 7, 31, 23, 59)),
        decision("day after", datetime(2020, 9, 1, 0, 0)),
        decision("open", None),
        decision("twice", datetime(2020, 8, 20), "Single assessment"),
        decision("twice", datetime(2020, 8, 4), "Early help"),
        decision("audited in February", datetime(2020, 8, 5)),
        decision("audited in January", datetime(2020, 8, 5)),
        decision("audited since", datetime(2020, 8, 5)),
        decision("another theme", datetime(2020, 8, 5)),
    ]
    audits = [
        audited("audited in February", date(2020, 2, 1)),
        audited("audited in January", date(2020, 1, 31)),
        audited("audited since", date(2020, 9, 3)),
        audited("another theme", date(2020, 8, 3), "Case file"),
    ]
    drawn = sampled(records, entry, Plan(size=99), audits)
    assert children(drawn) == [
        "another theme", "audited in January", "first minute", "last minute", "twice",
    ]  # fmt: skip
    assert (drawn.events, drawn.children, drawn.spared) == (8, 7, 2)
    assert drawn.cases[-1]["outcome"] == "Single assessment"  # the last of the month


def test_a_sample_is_drawn_again_from_its_seed_in_whatever_order_records_come(
    entry: AuditEntry,
) -> None:
    records = [decision(f"C{n:03}", datetime(2020, 8, 1 + n % 31)) for n in range(200)]
    once = children(sampled(records, entry, Plan(10, seed=4)))
    assert children(sampled(records[::-1], entry, Plan(10, seed=4))) == once
    assert children(sampled(records, entry, Plan(10, seed=5))) != once


def test_strata_give_one_case_each_and_the_rest_in_proportion(entry: AuditEntry) -> None:
    """Of 70, 28 and 2: one each, then 7 shared by 69, 27 and 1 of 97, so 4.98, 1.95 and 0.07."""
    outcomes = ["Early help"] * 70 + ["No further action"] * 28 + [None] * 2
    records = [decision(f"C{n:03}", datetime(2020, 8, 3), o) for n, o in enumerate(outcomes)]
    drawn = sampled(records, entry, Plan(10, by=("outcome",)))
    assert [(s.name, s.cases, s.drawn) for s in drawn.strata] == [
        ("Early help", 70, 6), ("No further action", 28, 3), ("not recorded", 2, 1),
    ]  # fmt: skip
    assert Counter(r["outcome"] for r in drawn.cases) == {
        "Early help": 6, "No further action": 3, None: 1,
    }  # fmt: skip


@given(st.lists(st.integers(1, 60), min_size=1, max_size=8), st.integers(0, 100))
def test_shares_add_up_to_the_sample_and_none_is_beyond_its_stratum(
    counts: list[int], more: int
) -> None:
    cases = {str(n): count for n, count in enumerate(counts)}
    shares = allocate(cases, len(counts) + more)
    assert sum(shares.values()) == min(len(counts) + more, sum(counts))
    assert all(1 <= shares[name] <= cases[name] for name in cases)


def test_every_case_is_drawn_equally_often(entry: AuditEntry) -> None:
    """5 of 25 by 2,000 seeds, 400 times each: chi-square of 24 degrees, 1 in 10,000 beyond 58.6.

    Drawing without putting back makes a count vary 24/25 x 4/5 of a Poisson's, hence the factor.
    """
    records = [decision(f"C{n:02}", datetime(2020, 8, 3)) for n in range(25)]
    times = Counter[str]()
    for seed in range(2_000):
        times.update(children(sampled(records, entry, Plan(5, seed=seed))))
    spread = sum((times[r["child_id"]] - 400) ** 2 / 400 for r in records)
    assert spread / (4 / 5 * 25 / 24) < 58.6


@pytest.mark.parametrize("seed", range(50))
def test_nobody_audited_lately_is_ever_drawn(entry: AuditEntry, seed: int) -> None:
    records = [decision(f"C{n:02}", datetime(2020, 8, 3)) for n in range(30)]
    audits = [audited(f"C{n:02}", date(2020, 2 + n % 7, 1)) for n in range(0, 30, 2)]
    drawn = sampled(records, entry, Plan(10, seed=seed), audits)
    assert len(drawn.cases) == 10
    assert not set(children(drawn)) & {a["child_id"] for a in audits}


def test_what_cannot_be_drawn_is_refused_in_three_sentences(entry: AuditEntry) -> None:
    with pytest.raises(UsageFault) as nothing:
        sampled([], entry, Plan(5))
    assert str(nothing.value) == (
        "There is nothing to draw from: no decisions of the safeguarding hub (MASH) of August 2020 "
        "are left.\n"
        "  Children audited lately are left out, and so are decisions that are still open.\n"
        "  Choose another month, or spare fewer months with --spare."
    )
    two = [decision("A", datetime(2020, 8, 3)), decision("B", datetime(2020, 8, 3), late=True)]
    with pytest.raises(UsageFault) as small:
        sampled(two, entry, Plan(1, by=("hours",)))
    assert str(small.value) == (
        "A sample of 1 cannot hold one case of each of 2 strata.\n"
        "  Options --size and --by, frame 'mash-decisions', August 2020.\n"
        "  Ask for at least 2 with --size, or divide by less with --by."
    )
    with pytest.raises(UnknownName, match="colour"):
        sampled(two, entry, Plan(2, by=("colour",)))
    with pytest.raises(UnknownName, match="mash-decision"):
        find_frame("mash-decision")
