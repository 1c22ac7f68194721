"""Compares lives as they were received, in whatever returns, with the lives themselves."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import polars as pl

from lineofsight.indicators import ALL, find_indicator
from lineofsight.journey.clocks import records_behind
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


# What is collected once a year has no figure for August.
ONCE_A_YEAR = frozenset(
    {
        "children_looked_after.immunised",
        "children_looked_after.questionnaires_scored",
        "children_looked_after.questionnaire_average",
        "children_looked_after.questionnaire_concern",
        "care_leavers.in_touch_at_birthday",
        "care_leavers.in_suitable_accommodation_at_birthday",
        "care_leavers.in_education_employment_or_training_at_birthday",
        "care_leavers.not_in_education_employment_or_training_at_birthday",
    }
)


def unmeasured(found: Mapping[str, Measurement]) -> set[str]:
    """Which indicators have no figure."""
    return {name for name, one in found.items() if one.unmeasurable}


def fewest_months(one: Measurement) -> int:
    """How many months five years of records must give, or two years of visits."""
    indicator = find_indicator(one.indicator.id)
    tables = {name.split(".")[0] for name in records_behind(indicator.fields())}
    return (24 if "visits" in tables else 60) - max(12, indicator.lookback_months)


def measured(journey: Journey, month: Month) -> dict[str, Measurement]:
    """Every indicator of every month up to one, by its identity."""
    engine = DuckDB(journey.frames)
    found = measure(ALL, Question(journey, engine, month, "Solenhaven (synthetic)", PEOPLE))
    return {measurement.indicator.id: measurement for measurement in found}
