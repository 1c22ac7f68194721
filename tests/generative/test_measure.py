"""Journeys written by a machine: engines agree, and figures keep their promises."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings

from lineofsight.access.audit import AuditTrail
from lineofsight.access.roles import Act, Actor, Role
from lineofsight.indicators import ALL
from lineofsight.indicators.indicator import Average, Percentage, Rate
from lineofsight.measurement.measure import Question, measure
from lineofsight.measurement.measurement import Measurement
from lineofsight.reference.places import Population
from lineofsight.warehouse.duckdb import DuckDB
from lineofsight.warehouse.polars import PolarsSQL
from lineofsight.worklists.trace import trace

from ..journeys import MONTH, journey_from, recorded_tables

SLOW = settings(
    max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
PEOPLE = Population(12_345, 2019, "generated", "generated")
Tables = dict[str, list[dict[str, Any]]]


def measured(tables: Tables, engine: type[Any] = DuckDB) -> tuple[Measurement, ...]:
    """Measure every indicator of a generated journey."""
    journey = journey_from(tables)
    held = engine(journey.frames)
    return measure(ALL, Question(journey, held, MONTH, "Generated", PEOPLE))


@SLOW
@given(recorded_tables())
def test_two_engines_agree_on_every_figure_of_every_month(tables: Tables) -> None:
    """DuckDB and Polars share no code; the same text gives the same numbers."""
    assert measured(tables, DuckDB) == measured(tables, PolarsSQL)


@SLOW
@given(recorded_tables())
def test_a_numerator_never_exceeds_its_denominator(tables: Tables) -> None:
    """In a percentage the numerator is a condition on the denominator's rows."""
    for one in measured(tables):
        for value in (*one.series, *one.rolling):
            assert value.numerator >= 0
            if isinstance(one.indicator, Percentage):
                assert value.denominator is not None
                assert value.numerator <= value.denominator


@settings(parent=SLOW, max_examples=5)  # three journeys an example
@given(recorded_tables(), recorded_tables())
def test_other_children_add_and_change_nothing_else(tables: Tables, others: Tables) -> None:
    """The figures of two unrelated groups of children together are the sums of their figures."""
    both = deepcopy(tables)
    for name, rows in others.items():
        for row in deepcopy(rows):
            for key in ("child_id", "family_id"):
                if row.get(key) is not None:
                    row[key] = f"other {row[key]}"
            both[name].append(row)
    apart = zip(measured(tables), measured(others), measured(both), strict=True)
    for one, other, together in apart:
        for a, b, sum_ in zip(one.series, other.series, together.series, strict=True):
            assert a.numerator + b.numerator == sum_.numerator
            if isinstance(one.indicator, (Percentage, Average)):
                assert (a.denominator or 0) + (b.denominator or 0) == sum_.denominator


def test_the_records_behind_a_figure_are_as_many_as_it_says(tmp_path: Path) -> None:
    """The trace and the figure come from one definition and cannot disagree."""
    trail = AuditTrail(tmp_path / "audit.jsonl")

    @SLOW
    @given(recorded_tables())
    def check(tables: Tables) -> None:
        journey = journey_from(tables)
        engine = DuckDB(journey.frames)
        question = Question(journey, engine, MONTH, "Generated", PEOPLE)
        for one in measure(ALL, question):
            indicator, latest = one.indicator, one.latest
            if latest is None:
                continue
            entry = trail.enter(Actor("test", Role.ANALYST), Act.TRACE, "generated")
            rows = trace(indicator, MONTH, engine, (), entry)  # type: ignore[arg-type]
            if isinstance(indicator, Average):
                # Both averages sum a field as it was delivered.
                total = indicator.total.name
                assert sum(row.fields[total] for row in rows) == latest.numerator
            elif isinstance(indicator, Percentage):
                met = sum(bool(row.is_met) for row in rows)
                assert (met, len(rows)) == (latest.numerator, latest.denominator)
            else:
                assert len(rows) == latest.numerator, isinstance(indicator, Rate)

    check()
