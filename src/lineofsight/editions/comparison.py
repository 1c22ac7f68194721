"""Two editions side by side: which figures of the same months changed, and which verdicts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lineofsight.editions.edition import Contents, Edition, Facts
from lineofsight.judgement.finding import Finding
from lineofsight.measurement.restated import Restated, restated
from lineofsight.reference.periods import Month


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """An indicator whose verdict is another one; None where one edition does not have it."""

    name: str
    before: Finding | None
    after: Finding | None


@dataclass(frozen=True, slots=True)
class EditionComparison:
    """What differs between two editions; `new_figures` counts those only the newer one has."""

    old: Facts
    new: Facts
    figures: tuple[Restated, ...]
    verdicts: tuple[VerdictChange, ...]
    new_figures: int


def compare_editions(old: Edition, new: Edition) -> EditionComparison:
    """Compare the months both editions could speak of, and the verdicts of their own months."""
    last = min(old.facts.month, new.facts.month)
    months = [month for month in _months(old.contents) if month <= last]
    found = restated(old.contents.measurements, new.contents.measurements, months)
    figures = tuple(one for one in found if one.before is not None)
    verdicts = tuple(_verdict_changes(old.contents, new.contents))
    return EditionComparison(old.facts, new.facts, figures, verdicts, len(found) - len(figures))


def _months(contents: Contents) -> list[Month]:
    days = {v.period.last_day for m in contents.measurements for v in m.series}
    return [Month.of(day) for day in sorted(days)]


def _verdict_changes(old: Contents, new: Contents) -> Iterator[VerdictChange]:
    before = {f.indicator_id: f for f in old.findings}
    after = {f.indicator_id: f for f in new.findings}
    for identity in dict.fromkeys((*after, *before)):
        pair = before.get(identity), after.get(identity)
        then, now = (one.verdict if one else None for one in pair)
        if then is not now:
            described = pair[1] or pair[0]
            assert described is not None
            yield VerdictChange(described.measurement.indicator.name, *pair)
