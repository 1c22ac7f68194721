"""What a paper for others than the service must withhold: a verb of the cycle.

Papers of earlier months are taken from the store as they were published: what they showed is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lineofsight.cycle import MonthJudged
from lineofsight.desk import Desk, Progress
from lineofsight.disclosure.papers import Shown, Withheld, shown, withheld_from
from lineofsight.disclosure.rules import Rules, is_suppressed
from lineofsight.editions.edition import Edition
from lineofsight.editions.shelf import Shelf
from lineofsight.measurement.measurement import Measurement, Value
from lineofsight.overview.careful import Identifiers
from lineofsight.overview.figures import CONFIDENTIAL, NUMBERS_CONFIDENTIAL
from lineofsight.overview.overview import Chart, DatasetRow
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
) -> dict[Audience, Withheld | None]:
    """Decide for each audience what its paper must withhold; None where it may see everything.

    Papers for the committee and for the public withhold the same: both may be read by anybody, and
    one beside the other.
    """
    found: dict[Audience, Withheld | None] = dict.fromkeys(audiences)
    settings = judged.authority.disclosure
    published = [audience for audience in audiences if is_suppressed(audience, settings)]
    if published:
        progress("small numbers")
        before, rules = published_before(desk, judged.month), Rules.of(settings)
        decided = withheld_from(judged.measurements, judged.month, before, rules)
        found |= dict.fromkeys(published, decided)
    return found


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
    paper = edition.contents.overview
    behind = {m.indicator.id: m for m in edition.contents.measurements}
    for chapter in paper.dataset:
        for row in chapter.rows:
            yield from _written(row, behind[row.indicator_id])
    for page in paper.pages:
        yield from _drawn(page.chart, behind[page.indicator_id])


def _drawn(chart: Chart, measurement: Measurement) -> Iterator[tuple[Shown, Value]]:
    """The points of a chart: months, and the twelve months that end with each."""
    of_style = {"actual": measurement.series, "rolling": measurement.rolling}
    for line in chart.series:
        values = {_label(value): value for value in of_style.get(line.style, ())}
        for label, point in zip(chart.labels, line.values, strict=True):
            if point is not None and label in values:
                yield shown(measurement.indicator.id, values[label]), values[label]


def _label(value: Value) -> str:
    return Month.of(value.period.last_day).short_name


def _written(row: DatasetRow, measurement: Measurement) -> Iterator[tuple[Shown, Value]]:
    newest = (measurement.latest, measurement.latest_rolling)
    for figure, found in zip(row.figures, newest, strict=False):
        if found is None or figure.text == CONFIDENTIAL:
            continue
        key = shown(row.indicator_id, found)
        yield key, found
        if figure.detail != NUMBERS_CONFIDENTIAL:
            yield replace(key, is_numbers=True), found
