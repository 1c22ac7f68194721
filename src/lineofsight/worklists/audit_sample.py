"""Draws the cases of an audit: simple at random, or stratified, and the same again from one seed.

Each case of the frame gets a lot, the SHA-256 of seed, frame, month and child; the lowest lots are
drawn. So every case has the same chance, the draw does not hang on the order of the records or the
release of a library, and whoever holds the seed can draw it again.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lineofsight.access.audit import AuditEntry
from lineofsight.errors import Fault, UnknownName, UsageFault
from lineofsight.reference.periods import Month
from lineofsight.worklists.frames_audited import Frame

Record = Mapping[str, Any]
NOT_RECORDED = "not recorded"


@dataclass(frozen=True, slots=True)
class Plan:
    """How a sample is drawn: its size, the strata's names, the seed, and the months spared."""

    size: int
    by: tuple[str, ...] = ()
    seed: int = 1
    months_spared: int = 6


@dataclass(frozen=True, slots=True)
class Stratum:
    """One stratum: how many cases could be drawn and how many were."""

    name: str
    cases: int
    drawn: int


@dataclass(frozen=True)
class Drawn:
    """A sample with what it was drawn from.

    `events` counts the records of the month, `children` the children behind them, `spared` those
    left out as audited lately; `cases` are the records drawn, by child.
    """

    frame: Frame
    month: Month
    plan: Plan
    events: int
    children: int
    spared: int
    strata: tuple[Stratum, ...]
    cases: tuple[Record, ...]

    @property
    def name(self) -> str:
        """What the audits table calls the sample."""
        return f"{self.frame.id}-{self.month}-{self.plan.seed}"


def draw(
    frame: Frame,
    month: Month,
    plan: Plan,
    records: Iterable[Record],
    audits: Iterable[Record],
    entry: AuditEntry,
) -> Drawn:
    """Draw a sample of the month's cases, without children audited lately under the same theme.

    A child is one case, told by the last of its records in the month. Lately is from the first day
    of the month so many months before, up to what is known now. Raises UsageFault where nothing is
    left to draw from or fewer are asked for than there are strata, UnknownName for a stratum that
    the frame does not have. Needs the audit entry: the sample names children.
    """
    _demand_strata(frame, plan)
    events = [r for r in records if r[frame.when] and _day(r[frame.when]) in _days(month)]
    events.sort(key=lambda record: (record["child_id"], record[frame.when]))
    last_of = {record["child_id"]: record for record in events}
    since = (month - plan.months_spared).first_day
    lately = {
        a["child_id"] for a in audits if a["theme"] == frame.theme and a["audited_on"] >= since
    }
    open_to = [record for child, record in last_of.items() if child not in lately]
    strata = _divided(open_to, frame, plan)
    _demand_cases(frame, month, plan, strata)
    shares = allocate({name: len(cases) for name, cases in strata.items()}, plan.size)
    chosen = [
        c for n, cases in strata.items() for c in _lowest(cases, shares[n], frame, month, plan)
    ]
    return Drawn(
        frame,
        month,
        plan,
        len(events),
        len(last_of),
        len(last_of) - len(open_to),
        tuple(Stratum(name, len(cases), shares[name]) for name, cases in strata.items()),
        tuple(sorted(chosen, key=lambda record: str(record["child_id"]))),
    )


def allocate(cases: Mapping[str, int], size: int) -> dict[str, int]:
    """Share a sample among strata in proportion, at least one each, by the largest remainder.

    Equal remainders go by the strata's order. A size beyond all cases takes every case.

    >>> allocate({"a": 70, "b": 28, "c": 2}, 10)
    {'a': 6, 'b': 3, 'c': 1}
    """
    size = min(size, sum(cases.values()))
    shares = dict.fromkeys(cases, 1)
    spare = {name: count - 1 for name, count in cases.items()}
    left, total = size - len(cases), sum(spare.values())
    if not left:
        return shares
    for name, count in spare.items():
        shares[name] += left * count // total
    over = sorted(spare, key=lambda name: -(left * spare[name] % total))
    for name in over[: size - sum(shares.values())]:
        shares[name] += 1
    return shares


def _lowest(
    cases: Sequence[Record], count: int, frame: Frame, month: Month, plan: Plan
) -> list[Record]:
    def lot(record: Record) -> bytes:
        text = f"{plan.seed}|{frame.id}|{month}|{record['child_id']}"
        return hashlib.sha256(text.encode()).digest()

    return sorted(cases, key=lot)[:count]


def _divided(records: Iterable[Record], frame: Frame, plan: Plan) -> dict[str, list[Record]]:
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        found[", ".join(_word(record[frame.strata[by]]) for by in plan.by) or "all"].append(record)
    return dict(sorted(found.items()))


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "out of hours" if value else "in hours"
    return NOT_RECORDED if value is None else str(value)


def _day(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value


def _days(month: Month) -> set[date]:
    first = month.first_day.toordinal()
    return {date.fromordinal(n) for n in range(first, month.last_day.toordinal() + 1)}


def _demand_strata(frame: Frame, plan: Plan) -> None:
    for by in plan.by:
        if by not in frame.strata:
            where = f"Option --by, frame '{frame.id}'."
            raise UnknownName.among("stratum", by, tuple(frame.strata), where)


def _demand_cases(frame: Frame, month: Month, plan: Plan, strata: Mapping[str, object]) -> None:
    if not strata:
        raise UsageFault(
            Fault(
                f"There is nothing to draw from: no {frame.counted} of {month.name} are left.",
                "Children audited lately are left out, and so are decisions that are still open.",
                "Choose another month, or spare fewer months with --spare.",
            )
        )
    if plan.size < len(strata):
        raise UsageFault(
            Fault(
                f"A sample of {plan.size} cannot hold one case of each of {len(strata)} strata.",
                f"Options --size and --by, frame '{frame.id}', {month.name}.",
                f"Ask for at least {len(strata)} with --size, or divide by less with --by.",
            )
        )
