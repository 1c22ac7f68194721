"""The tree of errors, and the three sentences each of them speaks.

    LineOfSightError
    ├── UsageFault            exit 2   what was asked for does not exist or does not fit
    │   └── UnknownName              an authority, indicator, field or command nobody knows
    ├── SubmissionRefused     exit 3   a delivery that is not taken; all its faults at once
    ├── StoreFault            exit 4   the store cannot be read or written
    ├── DefinitionFault       exit 5   an indicator, clock or rule is written wrongly
    └── DisclosureFault       exit 6   what was to be published tells what must stay hidden

Anything else that escapes is our own bug: only that shows a traceback (exit 70).
No message carries a child's data: a fault names the file, the sheet, the row and the field.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: what, where, and what to do, a sentence each."""

    what: str
    where: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.what}\n  {self.where}\n  {self.remedy}"


class LineOfSightError(Exception):
    """An error the reader can mend; `faults` holds everything that was found, not the first."""

    exit_code = 1

    def __init__(self, faults: Fault | Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = (faults,) if isinstance(faults, Fault) else tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class UsageFault(LineOfSightError):
    """What was asked for does not exist or does not fit."""

    exit_code = 2


class UnknownName(UsageFault):
    """A name nobody knows, answered with the nearest ones."""

    @classmethod
    def among(cls, kind: str, name: str, known: Sequence[str], where: str) -> UnknownName:
        """Build the error for `name`, which is not one of the `known` names of this `kind`."""
        near = nearest(name, known)
        remedy = f"Did you mean {near}?" if near else f"There are {len(known)} to choose from."
        return cls(Fault(f"There is no {kind} '{name}'.", where, remedy))


class SubmissionRefused(LineOfSightError):
    """A delivery that is not taken; the store is as it was before."""

    exit_code = 3


class AlreadyKept(SubmissionRefused):
    """A delivery that is in the store already: it need not be taken again."""


class StoreFault(LineOfSightError):
    """The store cannot be read or written."""

    exit_code = 4


class DefinitionFault(LineOfSightError):
    """An indicator, clock or rule is written wrongly; found when the program starts."""

    exit_code = 5


class DisclosureFault(LineOfSightError):
    """What was to be published tells what must stay hidden: nothing is written."""

    exit_code = 6


def nearest(name: str, known: Sequence[str], count: int = 3) -> str:
    """Say the known names closest to `name`, quoted and joined with 'or'; empty if none is near."""
    by_folded = {candidate.casefold(): candidate for candidate in known}
    close = difflib.get_close_matches(name.casefold(), list(by_folded), n=count, cutoff=0.5)
    return " or ".join(f"'{by_folded[match]}'" for match in close)
