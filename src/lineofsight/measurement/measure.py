"""Measuring: definitions and a journey in, values out; every month of every indicator at once."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

import numpy as np
import sqlalchemy as sa

from lineofsight.errors import Fault, UsageFault
from lineofsight.indicators.indicator import (
    Average,
    During,
    Indicator,
    OpenAtEnd,
    Rate,
    at_limits,
)
from lineofsight.journey.clocks import columns_demanded
from lineofsight.journey.derived import EVERY
from lineofsight.journey.fields import part_of
from lineofsight.measurement.coverage import Coverage
from lineofsight.measurement.data_quality import Flag, quality_notes
from lineofsight.measurement.dense import Figures, Parts, figures
from lineofsight.measurement.measurement import (
    AtLimit,
    Basis,
    Measurement,
    Unmeasurable,
    Value,
)
from lineofsight.measurement.statement import Source, scans_of
from lineofsight.reference.periods import Month, Period, day_name
from lineofsight.reference.places import Population
from lineofsight.warehouse.engine import Engine
from lineofsight.warehouse.journey import Journey
from lineofsight.warehouse.sql_text import render

TWELVE = 12


@dataclass(frozen=True, slots=True)
class _Row:
    """What was counted of one indicator for a month and for the twelve months that end with it.

    `months` is how many months the twelve are where records begin later.
    """

    month: Month
    in_month: _Counted
    in_twelve: _Counted
    months: int


class _Counted(NamedTuple):
    numerator: float
    denominator: float
    undecided: float
    quantile: float | None


@dataclass(frozen=True)
class Question:
    """Everything a measurement depends on besides the definition.

    The rows of the `flags` stand in the engine's table of flagged rows.
    """

    journey: Journey
    engine: Engine
    month: Month
    authority: str
    population: Population | None
    flags: tuple[Flag, ...] = ()


def spine(journey: Journey, month: Month) -> range:
    """The dense months that are measured, as indices: from the first covered one to `month`.

    Raises UsageFault where no record covers `month`.
    """
    first, last_day = journey.first_month, journey.last_covered_day
    if first is None or last_day is None or not first <= month <= Month.of(last_day):
        until = "no records" if last_day is None else f"records up to {day_name(last_day)}"
        raise UsageFault(
            Fault(
                f"No records cover {month.name}.",
                f"The store holds {until}.",
                "Ask for a month inside them, or receive the return that covers it.",
            )
        )
    return range(first.index, month.index + 1)


def measure(
    indicators: Sequence[Indicator],
    question: Question,
    progress: Callable[[str], None] = lambda chapter: None,
) -> tuple[Measurement, ...]:
    """Measure indicators for every month up to the question's, in the given order.

    `progress` is told each chapter's name as it starts. Raises UsageFault where no record covers
    the month.
    """
    months = spine(question.journey, question.month)
    coverage = Coverage(question.journey, months)
    source = Source(months.start)
    found: dict[str, Measurement] = {}
    for chapter, members in _by_chapter(indicators).items():
        progress(chapter)
        asked = [one for member in members for one in (member, *at_limits(member))]
        scans = scans_of(asked)
        counted = figures(asked, scans, question.engine, lambda scan: source, len(months))
        for one in members:
            found[one.id] = _measurement(one, counted, question, coverage, months)
    return tuple(found[indicator.id] for indicator in indicators)


def _by_chapter(indicators: Sequence[Indicator]) -> Mapping[str, list[Indicator]]:
    chapters: dict[str, list[Indicator]] = defaultdict(list)
    for indicator in indicators:
        chapters[indicator.chapter].append(indicator)
    return chapters


def _measurement(
    indicator: Indicator,
    counted: Mapping[str, Figures],
    question: Question,
    coverage: Coverage,
    months: range,
) -> Measurement:
    problem = problem_of(indicator, question, coverage)
    if problem:
        return Measurement(indicator, question.authority, unmeasurable=problem)
    first = coverage.first_usable(indicator) or 0
    usable = list(_rows(counted[indicator.id], months, first))
    return Measurement(
        indicator,
        question.authority,
        series=tuple(_monthly(indicator, row, question) for row in usable),
        rolling=tuple(_rolling(indicator, row, question) for row in usable),
        population=question.population if isinstance(indicator, Rate) else None,
        design_effect=_design_effect(indicator, question),
        has_counts=not isinstance(indicator, Average) or indicator.has_counts,
        notes=_notes(indicator, usable, question),
        at_limits=_at_limits(indicator, counted, question, months, first),
    )


def _at_limits(
    indicator: Indicator,
    counted: Mapping[str, Figures],
    question: Question,
    months: range,
    first: int,
) -> tuple[AtLimit, ...]:
    found = []
    for other in at_limits(indicator):
        rows = list(_rows(counted[other.id], months, first))
        series = tuple(_monthly(other, row, question) for row in rows)
        rolling = tuple(_rolling(other, row, question) for row in rows)
        found.append(AtLimit(other.id.removeprefix(f"{indicator.id} "), series, rolling))
    return tuple(found)


def _rows(counted: Figures, months: range, first: int) -> Iterator[_Row]:
    """The total's rows, from the first usable month on; months before it are in no sum."""
    positions = np.arange(len(months))
    in_month = counted.over(positions)
    in_twelve = counted.over(np.maximum(positions - (TWELVE - 1), first))
    for at in range(first, len(months)):
        shorter = min(TWELVE, at - first + 1)
        yield _Row(Month(months[at]), _at(in_month, at), _at(in_twelve, at), shorter)


def _at(parts: Parts, month: int) -> _Counted:
    sums = (parts.numerator, parts.denominator, parts.undecided)
    numerator, denominator, undecided = (float(each[0, month]) for each in sums)
    number = None if parts.quantile is None else float(parts.quantile[0, month])
    return _Counted(numerator, denominator, undecided, number)


def problem_of(indicator: Indicator, question: Question, coverage: Coverage) -> Unmeasurable | None:
    """Say why an indicator has no value in the question's month, if it has none."""
    problem = _problem(indicator, question, coverage)
    if problem is None and coverage.first_usable(indicator) is None:
        return _too_short(question)
    return problem


def _problem(indicator: Indicator, question: Question, coverage: Coverage) -> Unmeasurable | None:
    journey = question.journey
    needed = columns_demanded(indicator.fields())
    tables = sorted({name.split(".")[0] for name in needed})
    absent = [table for table in tables if not journey.covered.get(table)]
    if absent:
        what = " and ".join(_in_words(table) for table in absent)
        return Unmeasurable(
            f"No delivery holds {what}.", f"Receive a return or a local table with {what}."
        )
    first, last = coverage.days_needed(indicator, question.month)
    missing = sorted(
        name
        for name in needed
        if name in journey.missing_fields or journey.lacks(name, first, last)
    )
    if missing:
        fields = " and ".join(_field_in_words(name) for name in missing)
        return Unmeasurable(
            f"The records received do not have {fields}.", "Deliver them with that column filled."
        )
    if isinstance(indicator, Rate) and question.population is None:
        return Unmeasurable(
            "No population aged 0 to 17 is given for the authority.",
            "Add a [[population]] entry to the authority's settings.",
        )
    return None


def _in_words(table: str) -> str:
    return table.replace("_", " ").replace("mash", "MASH")


def _field_in_words(name: str) -> str:
    table, field = name.split(".")
    description = EVERY[table].table.columns[field].info["description"]
    return f"'{description.split(';')[0].rstrip('.')}' ({_in_words(table)})"


def _too_short(question: Question) -> Unmeasurable:
    spans = sorted({(s.first_day, s.last_day) for s in question.journey.submissions})
    dates = ", ".join(f"{day_name(first)} to {day_name(last)}" for first, last in spans)
    return Unmeasurable(
        f"The records do not reach far enough for {question.month.name}; they cover {dates}.",
        "Receive the return that covers the month whole, and the year before it where the "
        "figure looks back.",
    )


def _monthly(indicator: Indicator, row: _Row, question: Question) -> Value:
    basis = Basis.MONTH_END if indicator.is_snapshot else Basis.MONTH
    period = Period.month_end(row.month) if indicator.is_snapshot else Period.month(row.month)
    return _value(indicator, period, basis, row.in_month, question, 1)


def _rolling(indicator: Indicator, row: _Row, question: Question) -> Value:
    basis = Basis.MEAN_OF_MONTH_ENDS if indicator.is_snapshot else Basis.TWELVE_MONTHS
    period = Period.twelve_months(row.month, row.months)
    times = row.months if indicator.is_snapshot else 1
    return _value(indicator, period, basis, row.in_twelve, question, times)


def _value(
    indicator: Indicator,
    period: Period,
    basis: Basis,
    counted: _Counted,
    question: Question,
    times: int,
) -> Value:
    below = _denominator(indicator, counted.denominator, question, times)
    number = counted.quantile
    given = None if number is None or math.isnan(number) else Decimal(repr(number))
    return Value(period, basis, counted.numerator, below, indicator.scale, given)


def _denominator(
    indicator: Indicator, counted: float, question: Question, times: int
) -> float | None:
    if isinstance(indicator, Rate):
        assert question.population is not None
        return float(question.population.estimate * times)
    return counted if indicator.has_denominator else None


def _notes(indicator: Indicator, rows: list[_Row], question: Question) -> tuple[str, ...]:
    """Say what is the matter with the rows of the figure; of a stock, those at the last month-end.

    How many lack a value is not said again where a rule has told what they lack.
    """
    looked_at = rows[-1:] if isinstance(indicator.when, OpenAtEnd) else rows[-TWELVE:]
    first, last = looked_at[0].month, looked_at[-1].month
    told = quality_notes(indicator, question.flags, question.engine, first, last)
    undecided = int(sum(row.in_month.undecided for row in looked_at))
    said = tuple(note.text for note in told)
    if any(note.undecided == undecided for note in told):
        return said
    return (*said, *_lacking(indicator, undecided))


def _lacking(indicator: Indicator, undecided: int) -> tuple[str, ...]:
    if not undecided:
        return ()
    records = "1 record lacks" if undecided == 1 else f"{undecided:,} records lack"
    what_then = indicator.blanks
    if isinstance(indicator, Average):
        what_then = f"{'It is' if undecided == 1 else 'They are'} left out."
    return (f"{records} a value that the figure needs. {what_then}".rstrip(),)


def _design_effect(indicator: Indicator, question: Question) -> float:
    """Kish's design effect for whole clusters: sum of m squared over sum of m (methods, 2)."""
    if indicator.cluster is None or not isinstance(indicator.when, During):
        return 1.0
    rows = question.engine.rows(render(_cluster_sizes(indicator, question.month)))
    sizes = [size for family, size in rows if family is not None]
    alone = sum(size for family, size in rows if family is None)
    total = sum(sizes) + alone
    return (sum(size * size for size in sizes) + alone) / total if total else 1.0


def _cluster_sizes(indicator: Indicator, month: Month) -> sa.Select[Any]:
    assert indicator.cluster is not None
    assert isinstance(indicator.when, During)
    day = part_of(indicator.when.date, "day")
    in_month = part_of(indicator.when.date, "month")
    return (
        sa.select(indicator.cluster, sa.func.count().label("size"))
        .where(indicator.of, in_month > month.index - TWELVE, in_month <= month.index)
        .group_by(indicator.cluster, day)
    )
