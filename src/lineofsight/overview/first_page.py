"""Lay out the page that opens the paper, from what the paper says already.

No figure is worked out here and none is read from a measurement: what is suppressed in the paper
is suppressed on its first page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lineofsight.judgement.finding import DECIDING_ORDER, Assurance, Finding, Signal, Verdict
from lineofsight.overview.earlier import EarlierPaper
from lineofsight.overview.figures import brief_name, level_text, target_verb
from lineofsight.overview.numerals import capital, spoken
from lineofsight.overview.one_page import (
    Area,
    AreaLine,
    Column,
    Grid,
    GridCell,
    OnePage,
    Row,
    ShortFigure,
)
from lineofsight.overview.overview import ComparatorLine, DatasetChapter, Item, Section
from lineofsight.overview.promise import Promise
from lineofsight.overview.promises import promise_lines, said_of
from lineofsight.overview.since_last import changes_since, since_words

NOTHING_TO_COMPARE = "There is nothing to hold it against."
NOTHING_PROMISED = "Nothing was promised: there is no earlier edition."
_LISTED = (Verdict.POSITIVE, Verdict.DEVELOPMENT)
_ROWS = {
    Signal.IMPROVEMENT: Row.IMPROVING,
    Signal.CONCERN: Row.WORSE,
    Signal.NEUTRAL_HIGH: Row.NEUTRAL,
    Signal.NEUTRAL_LOW: Row.NEUTRAL,
    Signal.COMMON_CAUSE: Row.NO_CHANGE,
    Signal.NOT_CHARTED: Row.NOT_CHARTED,
}
_COLUMNS = {
    Assurance.CONSISTENT_PASS: Column.REACHES,
    Assurance.HIT_AND_MISS: Column.HIT_AND_MISS,
    Assurance.CONSISTENT_FAIL: Column.MISSES,
    Assurance.NO_TARGET: Column.NO_TARGET,
}


@dataclass(frozen=True, slots=True)
class LookedBack:
    """What a monthly paper looks back on.

    `last` is the newest earlier paper for the same audience; `is_first` says that no earlier paper
    at all is kept; `promises` are those of earlier editions with this month's reports.
    """

    last: EarlierPaper | None
    is_first: bool
    promises: tuple[Promise, ...]
    restated: int


def first_page(
    findings: Sequence[Finding],
    sections: Sequence[Section],
    dataset: Sequence[DatasetChapter],
    opening: str,
    prepared_on: date,
    back: LookedBack | None,
) -> OnePage:
    """Lay out the first page; `back` is None for a paper of published statistics."""
    grid = grid_of(findings)
    areas = tuple(_area(section) for section in sections)
    if back is None:
        return OnePage(opening, grid, areas)
    changed = changes_since(back.last, sections, dataset, grid, back.restated)
    return OnePage(
        opening,
        grid,
        areas,
        changed_said=since_words(back.last, changed, is_first=back.is_first),
        changed=changed,
        promises_said=NOTHING_PROMISED if back.is_first else said_of(back.promises, prepared_on),
        promises=promise_lines(back.promises, _brief_names(findings), prepared_on),
    )


def grid_of(findings: Sequence[Finding]) -> Grid:
    """Set every indicator that is charted or has a target in its cell, those listed first."""
    placed: dict[tuple[Row, Column], list[Finding]] = {}
    left_out = 0
    for finding in sorted(findings, key=lambda finding: finding.verdict not in _LISTED):
        place = _place(finding)
        if place == (Row.NOT_CHARTED, Column.NO_TARGET):
            left_out += 1
        else:
            placed.setdefault(place, []).append(finding)
    cells = tuple(
        _cell(row, column, placed[row, column])
        for row in Row
        for column in Column
        if (row, column) in placed
    )
    return Grid(cells, _note(left_out))


def against_in_brief(finding: Finding, comparators: Sequence[ComparatorLine]) -> str:
    """Say in a line what decides: the first comparator with its year, or else the target."""
    by_area = {line.area: line for line in comparators}
    first = next((by_area[a.value] for a in DECIDING_ORDER if a.value in by_area), None)
    if first is not None:
        return f"{first.verdict}: {first.text}, {first.period}."
    verb, target = target_verb(finding), finding.evidence.target
    if not verb or target is None:
        return ""
    return f"{capital(verb)} the target of {level_text(finding.measurement, target.value)}."


def _place(finding: Finding) -> tuple[Row, Column]:
    evidence = finding.evidence
    return _ROWS[evidence.variation.signal], _COLUMNS[evidence.assurance]


def _cell(row: Row, column: Column, findings: Sequence[Finding]) -> GridCell:
    ids = tuple(finding.indicator_id for finding in findings)
    return GridCell(row, column, ids, tuple(brief_name(f.measurement) for f in findings))


def _note(left_out: int) -> str:
    if not left_out:
        return ""
    verb = "has" if left_out == 1 else "have"
    return f"{capital(spoken(left_out, 'further indicators'))} {verb} neither a chart nor a target."


def _area(section: Section) -> Area:
    return Area(section.title, tuple(map(_area_line, section.items)), _none(section))


def _none(section: Section) -> str:
    return "" if section.items else section.introduction


def _area_line(item: Item) -> AreaLine:
    return AreaLine(
        name=item.brief or item.name,
        polarity=item.polarity,
        figures=tuple(ShortFigure(f.label, f.text, f.detail) for f in item.figures),
        against=item.against or NOTHING_TO_COMPARE,
        behind=item.behind,
    )


def _brief_names(findings: Sequence[Finding]) -> Mapping[str, str]:
    return {finding.indicator_id: brief_name(finding.measurement) for finding in findings}
