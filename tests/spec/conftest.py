"""The specification's instrument: a drawn table, one indicator, the answer, on every engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import polars as pl
import pytest

from lineofsight.indicators.indicator import Indicator
from lineofsight.journey.clocks import records_behind
from lineofsight.journey.fields import Events, fields_of
from lineofsight.measurement.measure import Question, measure
from lineofsight.measurement.measurement import Measurement
from lineofsight.reference.periods import Month
from lineofsight.reference.places import Population
from lineofsight.warehouse.duckdb import DuckDB
from lineofsight.warehouse.facts import TYPES, build_facts
from lineofsight.warehouse.journey import Journey, Span
from lineofsight.warehouse.polars import PolarsSQL

ENGINES = (DuckDB, PolarsSQL)
FIRST_DAY, LAST_DAY = date(2015, 1, 1), date(2021, 12, 31)
READERS: dict[str, Callable[[str], Any]] = {
    "text": str,
    "code": str,
    "day": date.fromisoformat,
    "moment": datetime.fromisoformat,
    "flag": lambda cell: {"yes": True, "no": False}[cell],
    "whole": int,
    "amount": float,
}


def drawn(events: type[Events], drawing: str) -> pl.DataFrame:
    """Read a table drawn with | between cells; a blank cell is a missing value."""
    lines = [line for line in drawing.strip().splitlines() if line.strip(" -+")]
    head, *body = [[cell.strip() for cell in line.split("|")] for line in lines]
    kinds = {name: column.info["kind"] for name, column in fields_of(events).items()}
    rows = [
        {
            name: READERS[kinds[name]](cell) if cell else None
            for name, cell in zip(head, row, strict=True)
        }
        for row in body
    ]
    frame = pl.DataFrame(rows, schema={name: TYPES[kinds[name]] for name in head})
    return frame.with_columns(
        submission=pl.lit("drawn"),
        file=pl.lit("drawn.xlsx"),
        sheet=pl.lit(events.__name__),
        row=pl.int_range(2, pl.len() + 2),
    )


def journey_of(
    given: Mapping[type[Events], str], first_day: date = FIRST_DAY, last_day: date = LAST_DAY
) -> Journey:
    """Build a journey from drawn tables, delivered for 2015 to 2021 unless said otherwise."""
    frames = build_facts({events.__name__: drawn(events, d) for events, d in given.items()})
    covered = {name: (Span(first_day, last_day),) for name in frames}
    return Journey(frames, covered, frozenset(), ())


def measured(
    indicator: Indicator, journey: Journey, month: str, engine: type[Any], population: int
) -> Measurement:
    """Measure one indicator on one engine."""
    at = Month.parse(month)
    frames = journey.frames
    people = Population(population, 2019, "drawn", "drawn")
    question = Question(journey, engine(frames), at, "Drawn", people)
    return measure([indicator], question)[0]


Spec = Callable[..., None]


@pytest.fixture
def spec() -> Spec:
    """Give the function that states what an indicator counts in a drawn table."""

    def check(
        indicator: Indicator,
        *,
        month: str = "2020-08",
        given: Mapping[type[Events], str],
        numerator: float,
        denominator: float | None = None,
        twelve_months: tuple[float, float | None] | None = None,
        population: int = 10_000,
        value: int | None = None,
    ) -> None:
        journey = journey_of(given)
        for engine in ENGINES:
            found = measured(indicator, journey, month, engine, population)
            assert found.unmeasurable is None, found.unmeasurable
            assert found.latest is not None
            got = (found.latest.numerator, found.latest.denominator)
            assert got == (numerator, denominator), engine.name
            assert value is None or found.latest.rounded(0) == value, engine.name
            if twelve_months is not None:
                rolling = found.latest_rolling
                assert rolling is not None
                assert (rolling.numerator, rolling.denominator) == twelve_months, engine.name

    return check


def clock_values(
    given: Mapping[type[Events], str], events: type[Events], field: str
) -> Sequence[Any]:
    """Work out one clock for each row of a drawn table."""
    frames = build_facts({e.__name__: drawn(e, d) for e, d in given.items()})
    return frames[events.__name__][field].to_list()


def tables_needed(indicator: Indicator) -> frozenset[str]:
    """Names of the journey tables a figure rests on."""
    return frozenset(name.split(".")[0] for name in records_behind(indicator.fields()))
