"""From recorded rows to facts: every date gets its integers, and every clock its column."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import polars as pl
import sqlalchemy as sa

from lineofsight.journey.clocks import CLOCKS, Clock, clocks_of
from lineofsight.journey.derived import DERIVED
from lineofsight.journey.fields import DAY_PARTS, ORIGIN, Events, fields_of
from lineofsight.journey.tables import BY_NAME
from lineofsight.reference.working_days import FIRST_DAY, calendar, working_day_numbers
from lineofsight.returns.conversion import POLARS_TYPES
from lineofsight.warehouse.derive import derive
from lineofsight.warehouse.duckdb import DuckDB
from lineofsight.warehouse.sql_text import render

TYPES: dict[str, pl.DataType] = {
    **POLARS_TYPES,
    "clock": pl.Int64(),
    "clock_flag": pl.Boolean(),
    "clock_day": pl.Date(),
}
_FIRST_ORDINAL = FIRST_DAY.toordinal()
_EPOCH_ORDINAL = 719_163


def build_facts(
    recorded: Mapping[str, pl.DataFrame], only: frozenset[str] | None = None
) -> dict[str, pl.DataFrame]:
    """Give every table of the journey its integers and clocks; a table nobody delivered is empty.

    Clocks of derived tables are worked out first, so that clocks of recorded tables may use them.

    `recorded` holds frames with declared fields and the origin columns; fields that a delivery did
    not have may be missing and become blank. `only` names the tables that are asked about, with
    those that they rest on; a derived one that is not among them stays empty.
    """
    frames = {name: _readied(recorded.get(name), events) for name, events in BY_NAME.items()}
    derived = derive(frames, only)
    frames |= {e.__name__: _readied(derived.get(e.__name__), e) for e in DERIVED}
    engine = DuckDB({name: frames[name].with_row_index("position") for name in _read_by_clocks()})
    for name in (*(events.__name__ for events in DERIVED), *BY_NAME):
        if clocks := clocks_of(name):
            frames[name] = _with_clocks(frames[name], clocks, engine)
            engine.hold(name, frames[name].with_row_index("position"))
    return frames


@cache
def _read_by_clocks() -> frozenset[str]:
    fields = frozenset[str]().union(*(clock.needs() for clock in CLOCKS))
    return frozenset({clock.table for clock in CLOCKS} | {name.split(".")[0] for name in fields})


def _readied(frame: pl.DataFrame | None, events: type[Events]) -> pl.DataFrame:
    if frame is None or frame.is_empty():
        return _empty(events)
    return _with_integers(_complete(frame, events), events)


@cache
def _empty(events: type[Events]) -> pl.DataFrame:
    return _with_integers(_complete(None, events), events)


def _complete(frame: pl.DataFrame | None, events: type[Events]) -> pl.DataFrame:
    fields = {name: TYPES[column.info["kind"]] for name, column in fields_of(events).items()}
    origin = {name: pl.Int64() if name == "row" else pl.String() for name in ORIGIN}
    schema = fields | origin
    if frame is None:
        return pl.DataFrame(schema=schema)
    columns = [
        (pl.col(name).cast(kind) if name in frame.columns else pl.lit(None, kind).alias(name))
        for name, kind in schema.items()
    ]
    flags = [n for n, column in fields_of(events).items() if column.info["kind"] == "flag"]
    return frame.select(columns).with_columns(pl.col(flags).fill_null(False))


def _with_integers(frame: pl.DataFrame, events: type[Events]) -> pl.DataFrame:
    kinds = {name: column.info["kind"] for name, column in fields_of(events).items()}
    dated = [name for name, kind in kinds.items() if kind in ("day", "moment", "clock_day")]
    moments = [name for name, kind in kinds.items() if kind == "moment"]
    return frame.with_columns(
        *(part for name in dated for part in _day_parts(name)),
        *(_utc_minute(name).alias(f"{name}_minute") for name in moments),
    )


def _day_parts(name: str) -> list[pl.Expr]:
    day = pl.col(name).cast(pl.Date())
    ordinal = day.to_physical().cast(pl.Int64) + _EPOCH_ORDINAL
    month = day.dt.year().cast(pl.Int64) * 12 + day.dt.month().cast(pl.Int64) - 1
    numbers = pl.lit(pl.Series(working_day_numbers().astype(np.int64)))
    parts = {
        "month": month,
        "day": ordinal,
        "working_day": numbers.gather(ordinal - _FIRST_ORDINAL),
        "month_day": month * 32 + day.dt.day().cast(pl.Int64),
    }
    return [expression.alias(f"{name}_{part}") for part, expression in parts.items()]


def _utc_minute(name: str) -> pl.Expr:
    # An hour that the spring clock change skips was written by a wrong clock: read it as the
    # hour after, so that the moment is not lost.
    def in_london(moment: pl.Expr) -> pl.Expr:
        return moment.dt.replace_time_zone(
            "Europe/London", ambiguous="earliest", non_existent="null"
        )

    local = pl.coalesce(in_london(pl.col(name)), in_london(pl.col(name) + pl.duration(hours=1)))
    return local.dt.timestamp("ms") // 60_000


def _with_clocks(frame: pl.DataFrame, clocks: tuple[Clock, ...], engine: DuckDB) -> pl.DataFrame:
    names = [clock.fills.name for clock in clocks]
    worked_out = pl.DataFrame(schema=dict.fromkeys(names, pl.Null()))
    if frame.height:
        computed = engine.frame(render(_clock_statement(clocks)))
        # DuckDB gives no order of its own, so the rows come back with their position.
        worked_out = computed.sort("position").drop("position")
    for clock in clocks:
        frame = frame.with_columns(_clock_columns(clock, worked_out[clock.fills.name]))
    return frame


def _clock_statement(clocks: tuple[Clock, ...]) -> sa.Select[Any]:
    table = clocks[0].fills.table
    columns = [clock.expression.label(clock.fills.name) for clock in clocks]
    return sa.select(sa.literal_column(f"{table.name}.position").label("position"), *columns)


def _clock_columns(clock: Clock, values: pl.Series) -> list[pl.Series]:
    name = clock.fills.name
    if clock.scale is None:
        return [values.alias(name).cast(TYPES[clock.fills.info["kind"]])]
    return _days_reached(name, values, clock.scale, is_deadline=clock.is_deadline)


def _days_reached(
    name: str, numbers: pl.Series, scale: str, *, is_deadline: bool
) -> list[pl.Series]:
    """The first day that reaches each number or, of a deadline, the last that does not pass it."""
    days = _calendar()
    wanted = numbers.cast(pl.Int64)
    known, sought = days[scale].to_numpy(), wanted.fill_null(0).to_numpy()
    first = np.searchsorted(known, sought)
    position = np.searchsorted(known, sought, side="right") - 1 if is_deadline else first
    inside = (first < days.height) & (position >= 0) & wanted.is_not_null().to_numpy()
    at = pl.select(pl.when(pl.Series(inside)).then(pl.Series(position, dtype=pl.Int64))).to_series()
    reached = days.select(pl.all().gather(at))
    return [reached["date"].alias(name)] + [reached[p].alias(f"{name}_{p}") for p in DAY_PARTS]


@cache
def _calendar() -> pl.DataFrame:
    days = calendar()
    return pl.DataFrame({"date": days.date} | {part: getattr(days, part) for part in DAY_PARTS})
