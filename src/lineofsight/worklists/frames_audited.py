"""What an audit can draw from: each frame is one block, its cases those that ended in a month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lineofsight.errors import UnknownName


@dataclass(frozen=True)
class Frame:
    """A table whose rows are drawn, the field that dates them, and what the form repeats.

    `theme` is what the audits table calls such an audit; `told` gives the fields that help an
    auditor find the case, by their label; `strata` the fields by which a sample can be divided.
    """

    id: str
    counted: str
    theme: str
    table: str
    when: str
    told: Mapping[str, str]
    strata: Mapping[str, str]


MASH_DECISIONS = Frame(
    id="mash-decisions",
    counted="decisions of the safeguarding hub (MASH)",
    theme="MASH decision",
    table="mash_decisions",
    when="decided_at",
    told={"Received at": "received_at", "Decided at": "decided_at", "Outcome": "outcome"},
    strata={"outcome": "outcome", "hours": "is_out_of_hours"},
)

FRAMES = (MASH_DECISIONS,)


def find_frame(name: str) -> Frame:
    """Find a frame by its name; raises UnknownName."""
    by_name = {frame.id: frame for frame in FRAMES}
    if name not in by_name:
        raise UnknownName.among("frame of an audit", name, tuple(by_name), "Command: audit sample.")
    return by_name[name]
