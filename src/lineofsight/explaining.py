"""What an indicator is, all in one place: definition, fields, clocks, rules, deviations, the SQL.

Nothing is written twice: it is gathered from the block of the indicator, the tables, the clocks,
the rules and the deviations, for `explain` and for the reference manual.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from lineofsight.checking import figures_of_rules
from lineofsight.indicators import find_indicator
from lineofsight.indicators.deviations import DEVIATIONS, Deviation
from lineofsight.indicators.indicator import (
    Average,
    Count,
    During,
    Indicator,
    Percentage,
    Quantile,
    Rate,
    Since,
    everything,
)
from lineofsight.journey.breakdowns import BREAKDOWNS
from lineofsight.journey.clocks import CLOCKS, records_behind
from lineofsight.journey.derived import EVERY
from lineofsight.measurement.statement import Scan, Source, Sums, cells_statement, scans_of
from lineofsight.reference.periods import Month
from lineofsight.reference.polarity import HIGH, LOW
from lineofsight.validation.validate import RULES
from lineofsight.warehouse.sql_text import render

# The statement names the first month it counts in; this one stands for it.
FIRST_MONTH = Month.parse("2015-09")
_KINDS = {
    Count: "A count",
    Rate: "A rate for each 10,000 residents aged 0 to 17",
    Percentage: "A percentage",
    Average: "An average: one sum over another",
    Quantile: "A quantile of whole numbers",
}
# What of a definition speaks of fields; the rest is in words that a committee reads.
_EXACT = frozenset(
    ("Kind", "Counted", "Only where", "Met", "Sum of", "Over", "Number", "Once each", "Look back")
)


@dataclass(frozen=True)
class Explanation:
    """Everything there is to say about an indicator, as pairs of a heading and its lines."""

    indicator: Indicator
    definition: tuple[tuple[str, str], ...]
    fields: tuple[tuple[str, str], ...]
    clocks: tuple[tuple[str, str], ...]
    rules: tuple[tuple[str, str], ...]
    deviations: tuple[Deviation, ...]
    statements: tuple[str, ...]


def explain(identity: str) -> Explanation:
    """Gather what an indicator is; raises UnknownName with the nearest identities."""
    indicator = find_indicator(identity)
    recorded = sorted(records_behind(indicator.fields()))
    return Explanation(
        indicator,
        tuple((label, text) for label, text in _definition(indicator) if text),
        tuple((name, _described(name)) for name in recorded),
        tuple(_clocks(indicator)),
        tuple(_rules(indicator)),
        tuple(d for d in DEVIATIONS if d.concerns(indicator)),
        tuple(statements_of(indicator)),
    )


def exactly(indicator: Indicator) -> tuple[tuple[str, str], ...]:
    """Say in the fields of the records what is counted, and the clocks that they rest on."""
    said = tuple((label, text) for label, text in _definition(indicator) if text)
    return (*(pair for pair in said if pair[0] in _EXACT), *_clocks(indicator))


def statements_of(indicator: Indicator) -> Iterator[str]:
    """The SQL text that an engine runs for an indicator, one statement a scan."""
    for scan in scans_of([indicator]):
        said = ", ".join(f"w{place} {role}" for place, role in _roles(scan))
        yield f"-- {said}\n{render(cells_statement(scan, Source(FIRST_MONTH.index)))}"


def _roles(scan: Scan) -> list[tuple[int, str]]:
    if not isinstance(scan, Sums):
        return [(0, "rows")]
    return [(place, t.role) for place, t in zip(scan.places, scan.tallies, strict=True)]


def _definition(indicator: Indicator) -> Iterator[tuple[str, str]]:
    yield "Kind", f"{_KINDS[type(indicator)]}, counting {indicator.counted}."
    yield "Counted", _when(indicator)
    yield "Only where", _condition(indicator.of)
    yield from _of_kind(indicator)
    if indicator.each is not None:
        yield "Once each", f"Each {indicator.each.name} counts once in a period."
    yield "Good is", {HIGH: "high", LOW: "low"}.get(indicator.good, "neither high nor low")
    yield "Source", indicator.source
    yield "Blanks", indicator.blanks
    yield "Note", indicator.note
    if indicator.lookback_months:
        months = f"Records must reach {indicator.lookback_months} months back."
        yield "Look back", months
    yield "Published as", indicator.published or "not published by the Department"
    yield "Moved by", ", ".join(flow.id for flow in indicator.moved_by)
    groups = [b.name for b in BREAKDOWNS if b.applies_to(indicator.table)]
    yield "By", ", ".join(groups)


def _when(indicator: Indicator) -> str:
    when, table = indicator.when, indicator.table
    if isinstance(when, During):
        return f"In the month of {when.date.name}, in the table {table}."
    return (
        f"At each month-end from {when.start.name} until {when.end.name}, in the table {table}; "
        "the first day is included, and what ends on the day is closed."
    )


def _of_kind(indicator: Indicator) -> Iterator[tuple[str, str]]:
    if isinstance(indicator, Percentage):
        met = indicator.met
        if isinstance(met, Since):
            until = "" if met.until is None else f", until {met.until.name}"
            yield "Met", f"From {met.date.name} on{until}."
        else:
            yield "Met", _condition(met)
    if isinstance(indicator, Average):
        yield "Sum of", _condition(indicator.total)
        yield "Over", _condition(indicator.per)
    if isinstance(indicator, Quantile):
        yield "Number", f"{indicator.value.name}, reached by {indicator.share:.0%} of the rows."


def _condition(expression: sa.ColumnElement[Any]) -> str:
    return "" if expression is everything else render(expression)


def _described(name: str) -> str:
    table, field = name.split(".")
    description: str = EVERY[table].table.columns[field].info["description"]
    return description


def _clocks(indicator: Indicator) -> Iterator[tuple[str, str]]:
    """The clocks that an indicator rests on, and those that they rest on."""
    by_name = {f"{clock.table}.{clock.fills.name}": clock for clock in CLOCKS}
    todo, seen = sorted(indicator.fields()), set()
    while todo:
        name = todo.pop(0)
        if name in by_name and name not in seen:
            seen.add(name)
            clock = by_name[name]
            yield name, f"{clock.fills.info['description']} {clock.source}"
            todo += sorted(clock.needs())


def _rules(indicator: Indicator) -> Iterator[tuple[str, str]]:
    name = indicator.brief or indicator.name
    bearing = figures_of_rules()
    for rule in RULES:
        if name in bearing.get(rule.key, ()):
            yield rule.code, rule.sentence
