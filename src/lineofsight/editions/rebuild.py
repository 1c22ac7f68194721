"""The papers of an edition drawn again from what was frozen, and held against what was published.

The records are not looked at, nor the settings of today: an edition says what was said.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lineofsight.editions.edition import Edition, Facts
from lineofsight.editions.software import Software, software
from lineofsight.errors import Fault, UsageFault
from lineofsight.publish.papers import drawn_aside, put_in_place


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """Papers drawn again: where they are, which differ from those published, and why in words."""

    facts: Facts
    papers: tuple[Path, ...]
    differing: tuple[str, ...] = ()
    because: str = ""


def rebuild(
    edition: Edition,
    out: Path,
    *,
    is_strict: bool = False,
    progress: Callable[[str], None] = lambda step: None,
) -> Rebuilt:
    """Draw the papers of an edition into a folder, and compare their hashes with those recorded.

    Where they differ the result says so and why; with `is_strict` UsageFault is raised instead and
    nothing is written.
    """
    facts = edition.facts
    names = [file.name for file in facts.papers]
    with drawn_aside(edition.contents.overview, out, names, progress) as drawn:
        now = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in drawn}
        differing = tuple(file.name for file in facts.papers if now[file.name] != file.sha256)
        because = _because(facts, software()) if differing else ""
        if differing and is_strict:
            raise UsageFault(_refusal(facts, differing, because))
        return Rebuilt(facts, put_in_place(drawn, out), differing, because)


def _because(facts: Facts, now: Software) -> str:
    changed = now.changed_since(facts.software)
    return changed or "the software is the same, so what was frozen or this machine has changed"


def _refusal(facts: Facts, differing: tuple[str, ...], because: str) -> Fault:
    return Fault(
        f"Drawn again, {', '.join(differing)} would not be what was published: {because}.",
        f"Edition {facts.id}. Nothing was written.",
        "Leave out --strict to write them all the same, use the version that made the edition, "
        "or take the papers that are kept in its folder.",
    )
