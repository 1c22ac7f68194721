"""What a paper for others than the service must withhold: a verb of the cycle.

Papers of earlier months are taken from the store as they were published: what they showed is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lineofsight.cycle import MonthJudged
from lineofsight.desk import Desk, Progress
from lineofsight.disclosure.papers import Disclosure, Shown, shown, withheld_from
from lineofsight.editions.edition import Edition
from lineofsight.editions.shelf import Shelf
from lineofsight.measurement.measurement import Measurement, Value
from lineofsight.overview.careful import Identifiers
from lineofsight.overview.figures import CONFIDENTIAL
from lineofsight.overview.overview import DatasetRow
from lineofsight.reference.audience import Audience
from lineofsight.reference.periods import Month
from lineofsight.warehouse.identifiers import identifiers_in
from lineofsight.warehouse.journey import Journey

_YEAR = 12


def withheld_for(
    desk: Desk,
    judged: MonthJudged,
    audiences: Sequence[Audience],
    progress: Progress = lambda step: None,
) -> dict[Audience, Disclosure | None]:
    """Decide for each audience what its paper must withhold; None where it may see everything.

    Papers for the committee and for the public withhold the same: both may be read by anybody, and
    one beside the other.
    """
    found: dict[Audience, Disclosure | None] = dict.fromkeys(audiences)
    published = [audience for audience in audiences if _is_suppressed(judged, audience)]
    if published:
        progress("small numbers")
        before = published_before(desk, judged.month)
        decided = withheld_from(judged.measurements, judged.month, before)
        found |= dict.fromkeys(published, decided)
    return found


def _is_suppressed(judged: MonthJudged, audience: Audience) -> bool:
    if audience is Audience.COMMITTEE:
        return judged.authority.disclosure.is_committee_suppressed
    return audience is Audience.PUBLIC


def identifiers_of(journey: Journey) -> Identifiers:
    """Give everything in the records by which somebody could be recognised."""
    found = identifiers_in(journey.frames)
    return Identifiers(found["child"], found["family"], found["worker"], found["place"])


def published_before(desk: Desk, month: Month) -> dict[Shown, Value]:
    """Give what papers of the year up to a month showed to others than the service."""
    shelf = Shelf(desk.root)
    return {
        key: value
        for facts in shelf.every()
        if facts.audience is not Audience.SERVICE and month - _YEAR <= facts.month <= month
        for key, value in _told_in(shelf.read(facts.id))
    }


def _told_in(edition: Edition) -> Iterator[tuple[Shown, Value]]:
    """Read off a paper what it showed of each indicator, with the values behind it."""
    behind = {m.indicator.id: m for m in edition.contents.measurements}
    for chapter in edition.contents.overview.dataset:
        for row in chapter.rows:
            yield from _told_of(row, behind[row.indicator_id])


def _told_of(row: DatasetRow, measurement: Measurement) -> Iterator[tuple[Shown, Value]]:
    months = measurement.series[len(measurement.series) - len(row.trend) :]
    for value, drawn in zip(months, row.trend, strict=False):
        if drawn is not None:
            yield shown(row.indicator_id, value), value
    newest = (measurement.latest, measurement.latest_rolling)
    for figure, found in zip(row.figures, newest, strict=False):
        if found is None or figure.text == CONFIDENTIAL:
            continue
        key = shown(row.indicator_id, found)
        yield key, found
        if not figure.detail.startswith("numbers confidential"):
            yield replace(key, is_numbers=True), found
