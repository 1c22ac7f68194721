"""How long worklists of a million children take, list by list, against reading their columns.

    uv run python benchmarks/worklists.py [CHILDREN …]

A city is simulated and its journey repeated, each time with other identifiers, until it has so many
children; what a list needs of the journey is there before it is drawn up, as for any other verb.
The floor is the columns of the list's table, read once into arrays.
"""

from __future__ import annotations

import os
import platform
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import polars as pl

from lineofsight.access.audit import AuditTrail
from lineofsight.access.roles import Act, Actor, Role
from lineofsight.synthetic.as_journey import as_journey
from lineofsight.synthetic.lives import simulate
from lineofsight.synthetic.window import Window
from lineofsight.warehouse.duckdb import DuckDB
from lineofsight.warehouse.facts import build_facts
from lineofsight.worklists.every import LISTS
from lineofsight.worklists.listed import draw_up

Found = TypeVar("Found")
CITY = 30_000
FIRST, LAST = date(2015, 9, 1), date(2020, 8, 31)
TRAIL = Path(tempfile.mkdtemp()) / "audit.jsonl"


def main(sizes: list[int]) -> None:
    """Print a line a list and size."""
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    print(f"load {os.getloadavg()[0]:.1f}; synthetic")
    entry = AuditTrail(TRAIL).enter(Actor("benchmark", Role.ANALYST), Act.WORKLIST, "all")
    city = city_of()
    known = city["children"].height
    for size in sizes:
        frames = {name: repeated(frame, -(-size // known)) for name, frame in city.items()}
        print(f"{frames['children'].height:,} children in the records")
        engine = DuckDB(frames)
        for one in LISTS:
            seconds, week = timed(lambda: draw_up(one, engine, LAST, entry))  # noqa: B023
            least, _ = timed(lambda: floor(frames[one.table]))  # noqa: B023
            print(f"{one.id:28} {len(week.rows):8,} rows {seconds:6.2f} s, "
                  f"{seconds / max(least, 1e-9):6.1f} times the floor")  # fmt: skip
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"most memory: {peak:,.0f} MB")


def city_of() -> dict[str, pl.DataFrame]:
    """The tables that lists read, of a city."""
    told = as_journey(simulate(CITY), Window(FIRST, LAST))
    recorded = {
        name: frame.with_columns(
            submission=pl.lit("lives"), file=pl.lit("lives"), sheet=pl.lit(name),
            row=pl.int_range(1, pl.len() + 1),
        )
        for name, frame in told.items()
    }  # fmt: skip
    tables = {"children", "section_47_enquiries", "conference_requests"}
    tables |= {one.table for one in LISTS}
    built = build_facts(recorded)
    return {name: built[name] for name in tables}


def repeated(frame: pl.DataFrame, times: int) -> pl.DataFrame:
    """A table so many times over, each time of other children and families."""
    names = [n for n in ("child_id", "family_id") if n in frame.columns]
    return pl.concat(
        frame.with_columns(pl.format(f"{copy}-{{}}", name).alias(name) for name in names)
        for copy in range(times)
    )


def floor(frame: pl.DataFrame) -> None:
    """Read every column of a table into an array."""
    for column in frame:
        column.to_numpy()


def timed(act: Callable[[], Found]) -> tuple[float, Found]:
    """The seconds by the clock that something takes, and what it gives."""
    started = time.perf_counter()
    found = act()
    return time.perf_counter() - started, found


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1_000_000])
