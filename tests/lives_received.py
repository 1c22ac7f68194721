"""Compares lives as they were received, in whatever returns, with the lives themselves."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import polars as pl

from lineofsight.indicators import ALL
from lineofsight.measurement.measure import Question, measure
from lineofsight.measurement.measurement import Measurement
from lineofsight.reference.periods import Month
from lineofsight.reference.places import Population
from lineofsight.returns.issue import Kind
from lineofsight.returns.submission import read_delivery
from lineofsight.synthetic.journey_rows import inside
from lineofsight.synthetic.window import Window
from lineofsight.warehouse.duckdb import DuckDB
from lineofsight.warehouse.facts import build_facts
from lineofsight.warehouse.journey import Journey, read_journey
from lineofsight.warehouse.store import Store

PEOPLE = Population(5_031, 2019, "made up", "a test")


def received(root: Path, paths: Iterable[Path]) -> Journey:
    """The journey of a store that took in some files, one after the other."""
    store = Store(root)
    for path in paths:
        store.add(read_delivery(path))
    return read_journey(store)


def lost(journey: Journey) -> list[str]:
    """What a newer delivery no longer tells, in sentences."""
    return [str(issue) for issue in journey.reported if issue.kind is Kind.GONE]


def of_the_lives(told: Mapping[str, pl.DataFrame], like: Journey) -> Journey:
    """The journey that the lives themselves come to, said to cover what another covers.

    Of tables that no return covers there are no rows, so that both are asked the same questions.
    """
    covered = {name: frame for name, frame in told.items() if like.covered.get(name)}
    recorded = {
        name: frame.with_columns(
            submission=pl.lit("lives"),
            file=pl.lit("lives"),
            sheet=pl.lit(name),
            row=pl.int_range(1, pl.len() + 1),
        )
        for name, frame in covered.items()
    }
    return dataclasses.replace(like, frames=build_facts(recorded), reported=())


def events(frame: pl.DataFrame, table: str, fields: Sequence[str], window: Window) -> pl.DataFrame:
    """The rows of a window, field by field, in an order of their own."""
    return inside(table, frame, window).select(fields).sort(fields, nulls_last=True)


def measured(journey: Journey, month: Month) -> dict[str, Measurement]:
    """Every indicator of every month up to one, by its identity."""
    engine = DuckDB(journey.frames)
    found = measure(ALL, Question(journey, engine, month, "Solenhaven (synthetic)", PEOPLE))
    return {measurement.indicator.id: measurement for measurement in found}
