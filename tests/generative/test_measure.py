"""Journeys written by a machine: figures keep their promises (for engines: test_engines)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings

from lineofsight.access.audit import AuditTrail
from lineofsight.access.roles import Act, Actor, Role
from lineofsight.indicators import ALL
from lineofsight.indicators.indicator import Average, Indicator, Percentage, Rate
from lineofsight.measurement.measure import Question, measure
from lineofsight.measurement.measurement import Measurement
from lineofsight.reference.places import Population
from lineofsight.warehouse.duckdb import DuckDB
from lineofsight.worklists.trace import TracedRow, trace

from ..journeys import MONTH, Tables, journey_from, recorded_tables

# Only slowness is forgiven: a journey too large to draw would leave a test without examples.
# A failing journey is shown as it was drawn: to shrink it, it would be measured 500 times.
SLOW = settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
)
PEOPLE = Population(12_345, 2019, "generated", "generated")


def measured(tables: Tables, indicators: Sequence[Indicator] = ALL) -> tuple[Measurement, ...]:
    """Measure indicators of a generated journey."""
    journey = journey_from(tables)
    held = DuckDB(journey.frames)
    return measure(indicators, Question(journey, held, MONTH, "Generated", PEOPLE))


@settings(parent=SLOW, max_examples=5)  # three journeys an example
@given(recorded_tables())
def test_other_children_add_and_change_nothing_else(tables: Tables) -> None:
    """The figures of two groups of children are together the figures of both.

    And in a percentage the numerator is a condition on the denominator's rows: it is never more.
    """
    apart = zip(*(measured(part) for part in (*_two_groups(tables), tables)), strict=True)
    for one, other, together in apart:
        for a, b, sum_ in zip(one.series, other.series, together.series, strict=True):
            assert a.numerator + b.numerator == sum_.numerator, one.indicator.id
            if isinstance(one.indicator, (Percentage, Average)):
                assert (a.denominator or 0) + (b.denominator or 0) == sum_.denominator
        for value in (*together.series, *together.rolling):
            # An average's sum may be of days before another day.
            assert value.numerator >= 0 or isinstance(together.indicator, Average)
            if isinstance(together.indicator, Percentage):
                assert value.denominator is not None
                assert value.numerator <= value.denominator


def _two_groups(tables: Tables) -> tuple[Tables, Tables]:
    """Split rows by child; those of no child, of staff and audits, one by one."""
    one: Tables = {name: [] for name in tables}
    other: Tables = {name: [] for name in tables}
    for name, rows in tables.items():
        for n, row in enumerate(rows):
            is_one = row["child_id"] == "A" if "child_id" in row else n % 2 == 0
            (one if is_one else other)[name].append(row)
    return one, other


def test_the_records_behind_a_figure_are_as_many_as_it_says(tmp_path: Path) -> None:
    """The trace and the figure come from one definition and cannot disagree."""
    trail = AuditTrail(tmp_path / "audit.jsonl")

    @settings(parent=SLOW, max_examples=6)
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
            assert _behind(rows, indicator) in ((latest.numerator, latest.denominator), None)

    check()


def _behind(rows: Sequence[TracedRow], indicator: Indicator) -> tuple[float, float | None] | None:
    """What the rows come to, as numerator and denominator; None for sums of several fields."""
    if isinstance(indicator, Average):
        if not isinstance(indicator.total, sa.Column) or not isinstance(indicator.per, sa.Column):
            return None
        total, per = indicator.total.name, indicator.per.name
        return sum(row.fields[total] for row in rows), sum(row.fields[per] for row in rows)
    met = [row for row in rows if row.is_met] if isinstance(indicator, Percentage) else rows
    below = PEOPLE.estimate if isinstance(indicator, Rate) else _different(rows, indicator)
    return _different(met, indicator), below if indicator.has_denominator else None


def _different(rows: Sequence[TracedRow], indicator: Indicator) -> int:
    """How many rows, or how many different values of the field that is counted instead."""
    if indicator.each is None:
        return len(rows)
    name = indicator.each.name
    return len({row.fields.get(name, row.subject) for row in rows})
