"""The record of who did what: append-only, and needed by signature.

An act that shows children's records takes an `AuditEntry`; the only way to get one is to write it.
The entry names the figure and the month, never a child.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from lineofsight.access.roles import Act, Actor, may
from lineofsight.errors import Fault, StoreFault, UsageFault

_WRITTEN = object()


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the record; made by `AuditTrail.enter` and by nothing else."""

    at: str
    actor: str
    role: str
    act: str
    subject: str
    seal: object = None

    def __post_init__(self) -> None:
        if self.seal is not _WRITTEN:
            raise TypeError("An audit entry is made by writing it: AuditTrail.enter().")


class AuditTrail:
    """The append-only file `audit.jsonl` beside the submissions."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def enter(self, actor: Actor, act: Act, subject: str) -> AuditEntry:
        """Check the role and write the entry; raises UsageFault or StoreFault, and then no act."""
        decision = may(actor, act)
        if not decision.is_allowed:
            where = f"It was asked for: {subject}."
            raise UsageFault(Fault(decision.reason, where, "Ask a performance analyst."))
        now = datetime.now(UTC).isoformat(timespec="seconds")
        entry = AuditEntry(now, actor.name, actor.role.value, act.value, subject, _WRITTEN)
        self._append(entry)
        return entry

    def _append(self, entry: AuditEntry) -> None:
        line = {key: value for key, value in asdict(entry).items() if key != "seal"}
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as record:
                record.write(json.dumps(line, ensure_ascii=False) + "\n")
                record.flush()
                os.fsync(record.fileno())
        except OSError as problem:
            raise StoreFault(
                Fault(
                    f"The audit entry cannot be written: {problem.strerror}.",
                    f"File: {self._path.name} in the store.",
                    "Nothing is shown without it. Make room or give access, and ask again.",
                )
            ) from None

    def entries(self) -> list[dict[str, str]]:
        """All entries, oldest first."""
        if not self._path.exists():
            return []
        lines = self._path.read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]
