"""Sources side by side: where two returns tell the same event differently, and which figure moves.

Rows are shown, so the audit entry of the act is needed by signature. The figures are measured
twice, once with either return leading (`warehouse.merging`); what differs is listed, old and new.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from lineofsight.access.audit import AuditEntry
from lineofsight.measurement.measurement import Measurement
from lineofsight.reference.periods import Month
from lineofsight.warehouse.merging import Told
from lineofsight.warehouse.side_by_side import (
    ANOTHER_DAY,
    ONLY,
    OTHERWISE,
    Compared,
    Difference,
    compare,
)

CSV_COLUMNS = (
    "table", "what", "field", "child", "day", "return 1", "value 1", "file 1", "sheet 1", "row 1",
    "return 2", "value 2", "file 2", "sheet 2", "row 2",
)  # fmt: skip
_NOTHING = "–"


@dataclass(frozen=True, slots=True)
class FigureMoved:
    """One figure that is another with the other return leading.

    `first` and `second` are the figure of the month as text, `first_12` and `second_12` that of
    twelve months; `months` counts the months of the compared days in which the figure differs.
    """

    indicator: str
    name: str
    returns: tuple[str, str]
    first: str
    second: str
    first_12: str
    second_12: str
    months: int


@dataclass(frozen=True)
class Reconciliation:
    """Every table that two returns share, and every figure that depends on which of them leads."""

    month: Month
    compared: tuple[Compared, ...]
    figures: tuple[FigureMoved, ...]

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The pairs of returns that share a table and days."""
        return tuple(dict.fromkeys(c.returns for c in self.compared))


def side_by_side(told: Mapping[str, Sequence[Told]], entry: AuditEntry) -> tuple[Compared, ...]:
    """Compare every table that several returns tell, each pair of them; needs the audit entry."""
    assert entry.subject
    pairs = ((t, a, b) for t, tellers in told.items() for a, b in combinations(tellers, 2))
    found = (compare(table, first, second) for table, first, second in pairs)
    return tuple(one for one in found if one)


def figures_moved(
    returns: tuple[str, str],
    with_first: Sequence[Measurement],
    with_second: Sequence[Measurement],
    months: Sequence[Month],
) -> Iterator[FigureMoved]:
    """Give the figures that differ in one of some months, or in the twelve that end with the last.

    Both sequences hold the same indicators in the same order.
    """
    for first, second in zip(with_first, with_second, strict=True):
        moved = sum(_in(first, month) != _in(second, month) for month in months)
        rolling = (_rolling(first), _rolling(second))
        if moved or rolling[0] != rolling[1]:
            indicator = first.indicator
            last = months[-1]
            yield FigureMoved(indicator.id, indicator.brief or indicator.name, returns,
                              _in(first, last), _in(second, last), *rolling, moved)  # fmt: skip


def _in(measurement: Measurement, month: Month) -> str:
    if measurement.unmeasurable:
        return "cannot be measured"
    value = measurement.at(month)
    return measurement.shown(value) if value else _NOTHING


def _rolling(measurement: Measurement) -> str:
    rolling = measurement.latest_rolling
    return measurement.shown(rolling) if rolling else _NOTHING


def lines(found: Reconciliation) -> Iterator[str]:
    """Say the reconciliation in lines: tables, fields and figures, never a child."""
    if not found.compared:
        yield "No two returns tell of the same days: there is nothing to compare."
    for pair in found.pairs:
        yield f"{pair[0]} against {pair[1]}"
        for compared in (c for c in found.compared if c.returns == pair):
            yield f"  {sentence(compared)}"
        moved = [figure for figure in found.figures if figure.returns == pair]
        if not moved:
            yield "  No figure depends on which of the two leads."
        for figure in moved:
            yield f"  {moved_sentence(figure, found.month)}"


def sentence(compared: Compared) -> str:
    """Say of one table what both tell, and how much they tell differently."""
    days = sum((s.last_day - s.first_day).days + 1 for s in compared.spans)
    first, second = compared.returns
    parts = [f"{compared.both:,} told by both on the same day"]
    if moved := compared.count(ANOTHER_DAY):
        parts.append(f"{moved:,} on another day")
    for side, name in enumerate((first, second)):
        if alone := compared.count(ONLY, side=side):
            parts.append(f"{alone:,} only in {name}")
    for field in compared.fields_told_otherwise:
        count = compared.count(OTHERWISE, field)
        parts.append(f"{count:,} with another '{field.replace('_', ' ')}'")
    words = compared.table.replace("_", " ")
    return f"{words[0].upper()}{words[1:]} ({days:,} days): {', '.join(parts)}."


def moved_sentence(figure: FigureMoved, month: Month) -> str:
    """Say of one figure what it is with either return leading."""
    first, second = figure.returns
    months = "1 month" if figure.months == 1 else f"{figure.months} months"
    return (
        f"{figure.indicator}: {month.name} {figure.first} with {first} leading, {figure.second} "
        f"with {second}; twelve months {figure.first_12} and {figure.second_12}; differs in "
        f"{months}."
    )


def to_csv(compared: Sequence[Compared], entry: AuditEntry) -> str:
    """Write every difference as a line, with both values and both addresses.

    Needs the audit entry: a line names a child.
    """
    assert entry.subject
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    for one in compared:
        writer.writerows(_csv_line(one, difference) for difference in one.differences)
    return text.getvalue()


def _csv_line(compared: Compared, difference: Difference) -> tuple[str | int, ...]:
    sides: list[str | int] = []
    for name, value, place in zip(
        compared.returns, difference.values, difference.places, strict=True
    ):
        address = (place.file, place.sheet, place.row) if place else ("", "", "")
        sides += [name, value, *address]
    about = (difference.table, difference.kind, difference.field)
    return (*about, difference.subject, difference.on, *sides)
