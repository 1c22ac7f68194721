"""Where somebody works: the store, the authority's settings, and the record of acts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from lineofsight.access.audit import AuditTrail
from lineofsight.access.roles import Actor
from lineofsight.errors import Fault, LineOfSightError, UnknownName, UsageFault
from lineofsight.indicators import find_indicator
from lineofsight.reference.authority import Authority, read_authority
from lineofsight.reference.places import find_place
from lineofsight.returns.submission import Submission
from lineofsight.warehouse.merging import LEADING
from lineofsight.warehouse.store import Store

if TYPE_CHECKING:
    from lineofsight.warehouse.journey import Journey

Progress = Callable[[str], None]
SETTINGS = "authority.toml"


@dataclass(frozen=True)
class Desk:
    """Where an actor works: the store, the authority's settings, and the record of acts."""

    root: Path
    actor: Actor

    @property
    def store(self) -> Store:
        return Store(self.root)

    @property
    def trail(self) -> AuditTrail:
        return AuditTrail(self.root / "audit.jsonl")

    def journey(self, only: frozenset[str] | None = None, *, as_at: date | None = None) -> Journey:
        """The journey as known now, with the returns leading that the settings name.

        `only` names the tables that are asked about, where not all are. `as_at` leaves out what
        happened after a day.
        """
        # Only verbs that look at the journey should wait for the engine to load.
        from lineofsight.warehouse.journey import read_journey

        path = self.root / SETTINGS
        leading = read_authority(path).leading if path.exists() else ()
        return read_journey(self.store, leading=leading, only=only, as_at=as_at)

    def authority(self) -> Authority:
        """The settings beside the store, or what the submissions say of themselves."""
        submissions = self.store.submissions()
        # Made-up records make a made-up paper, whatever the settings leave unsaid.
        is_synthetic = any(s.is_synthetic for s in submissions)
        path = self.root / SETTINGS
        if path.exists():
            settings = _with_known_names(read_authority(path))
            return replace(settings, is_synthetic=settings.is_synthetic or is_synthetic)
        demand_submissions(self, submissions)
        # A CSV file has no cover: what names the authority is the newest delivery that does.
        named = [s for s in submissions if s.authority] or submissions
        codes = [s.authority_code for s in named if s.authority_code]
        return Authority(
            named[-1].authority,
            codes[-1] if codes else "",
            is_synthetic=is_synthetic,
        )


def _with_known_names(authority: Authority) -> Authority:
    """Refuse indicators, places and returns nobody knows: they would be left out unsaid."""
    faults: list[Fault] = []
    rebased = (rebase.indicator for rebase in authority.charting.rebases)
    for identity in (*(identity for identity, _ in authority.targets), *rebased):
        try:
            find_indicator(identity)
        except LineOfSightError as unknown:
            faults += unknown.faults
    if authority.compared_as:
        try:
            find_place(authority.compared_as)
        except LineOfSightError as unknown:
            faults += unknown.faults
    for name in authority.leading:
        if name not in LEADING:
            where = f"File: {SETTINGS}, entry 'leading'."
            faults += UnknownName.among("return", name, LEADING, where).faults
    if faults:
        raise UsageFault(faults)
    return authority


def demand_submissions(desk: Desk, submissions: Sequence[Submission]) -> None:
    """Refuse in a sentence to work on an empty store; raises UsageFault."""
    if not submissions:
        raise UsageFault(
            Fault(
                "The store holds no submissions.",
                f"It was looked for in '{desk.root.name}'.",
                "Receive a return first: lineofsight receive FILE.",
            )
        )
