"""What an authority says of itself: its name, population, targets and the events on its charts.

National things (15 working days) stand in the definitions; local things stand here, in a plain
`authority.toml` beside the store.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from lineofsight.errors import Fault, UsageFault
from lineofsight.reference.places import Population


@dataclass(frozen=True, slots=True)
class Target:
    """A local target with the reason it was chosen."""

    value: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened and is marked on the charts."""

    on: date
    label: str


@dataclass(frozen=True, slots=True)
class Authority:
    """One authority's own settings.

    `targets` are keyed by indicator identity; `populations` are newest first; `comparator_table`
    names the shipped table of comparators the authority uses, blank for none.
    """

    name: str
    code: str
    is_synthetic: bool = False
    populations: tuple[Population, ...] = ()
    targets: tuple[tuple[str, Target], ...] = ()
    events: tuple[Event, ...] = ()
    region: str = ""
    comparator_table: str = ""

    @property
    def population(self) -> Population | None:
        """The newest population estimate the authority has given."""
        return self.populations[0] if self.populations else None


def read_authority(path: Path) -> Authority:
    """Read `authority.toml`; raises UsageFault naming the entry that does not fit."""
    try:
        return _authority(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise UsageFault(
            _fault("The authority's settings cannot be read.", path, str(problem))
        ) from None
    except (KeyError, TypeError, ValueError, ArithmeticError) as problem:
        raise UsageFault(
            _fault("An entry is missing or has the wrong form.", path, repr(problem))
        ) from None


def _fault(what: str, path: Path, detail: str) -> Fault:
    remedy = "Compare it with the example in docs/how-to/authority.md."
    return Fault(what, f"File: {path.name}. The reader said: {detail}.", remedy)


def _authority(entries: dict[str, Any]) -> Authority:
    return Authority(
        name=entries["name"],
        code=str(entries["code"]),
        is_synthetic=bool(entries.get("synthetic", False)),
        populations=tuple(_population(p) for p in entries.get("population", [])),
        targets=tuple(
            (t["indicator"], Target(Decimal(str(t["value"])), t["reason"]))
            for t in entries.get("target", [])
        ),
        events=tuple(Event(e["on"], e["label"]) for e in entries.get("event", [])),
        region=entries.get("region", ""),
        comparator_table=entries.get("comparator_table", ""),
    )


def _population(entry: dict[str, Any]) -> Population:
    return Population(
        estimate=int(entry["estimate"]),
        mid_year=int(entry["mid_year"]),
        vintage=entry["vintage"],
        source=entry["source"],
        is_implied=bool(entry.get("implied", False)),
    )
