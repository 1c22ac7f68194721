"""Taking deliveries in: each whole, or refused whole with all its faults."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from lineofsight.access.roles import Act
from lineofsight.desk import Desk, Progress
from lineofsight.errors import AlreadyKept, LineOfSightError
from lineofsight.returns.arrivals import Arrived
from lineofsight.returns.submission import Reading, Submission, read_files


@dataclass(frozen=True, slots=True)
class Window:
    """What a delivery covers and is as at, where the file does not say so itself.

    What is said of a whole folder `gives_way` to what each file says.
    """

    first_day: date | None = None
    last_day: date | None = None
    as_at: date | None = None
    authority: str | None = None
    gives_way: bool = False


def receive(
    desk: Desk, delivery: Path | Sequence[Arrived], window: Window
) -> tuple[Reading, Submission]:
    """Take one delivery whole, or refuse it whole and leave the store as it was.

    Several files are one delivery only where they are one return between them.
    """
    reading = read_files(
        [delivery] if isinstance(delivery, Path) else delivery,
        first_day=window.first_day,
        last_day=window.last_day,
        as_at=window.as_at,
        authority=window.authority,
        gives_way=window.gives_way,
    )
    desk.trail.enter(desk.actor, Act.RECEIVE, reading.submission.id)
    return reading, desk.store.add(reading)


@dataclass
class Receipts:
    """What became of several deliveries: taken, there already, or refused with all faults."""

    taken: list[tuple[Reading, Submission]] = field(default_factory=list)
    known: list[AlreadyKept] = field(default_factory=list)
    refused: list[LineOfSightError] = field(default_factory=list)


def receive_all(
    desk: Desk, arrived: Iterable[Sequence[Arrived]], window: Window, progress: Progress
) -> Receipts:
    """Receive several deliveries: each whole or refused whole, and none stops the others."""
    receipts = Receipts()
    for files in arrived:
        progress(", ".join(path.name for path in files))
        try:
            receipts.taken.append(receive(desk, files, window))
        except AlreadyKept as known:
            receipts.known.append(known)
        except LineOfSightError as refusal:
            receipts.refused.append(refusal)
    return receipts
