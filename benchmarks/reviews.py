"""How long a review takes on large synthetic authorities: reading rows, estimating, telling.

    uv run python benchmarks/reviews.py [SIZE …]

SIZE is the number of children simulated; 30,000 is a city. The journey is built from the lives
themselves, and its building, which a review shares with every other verb, is told apart. The floor
is the same tables read once into arrays.
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

import polars as pl

from lineofsight.access.audit import AuditTrail
from lineofsight.access.roles import Act, Actor, Role
from lineofsight.measurement.measure import Question, measure
from lineofsight.reference.periods import Month
from lineofsight.reviews.clocks_reviewed import CLOCKS_REVIEWED, ReviewedClock
from lineofsight.reviews.flow import review_flow
from lineofsight.reviews.flow_told import tell_flow
from lineofsight.reviews.stocks_reviewed import STOCKS, Stock
from lineofsight.reviews.timeliness import review_timeliness
from lineofsight.reviews.timeliness_told import tell_timeliness
from lineofsight.reviews.written import page_of
from lineofsight.synthetic.as_journey import as_journey
from lineofsight.synthetic.lives import simulate
from lineofsight.synthetic.window import Window
from lineofsight.warehouse.duckdb import DuckDB
from lineofsight.warehouse.facts import build_facts
from lineofsight.warehouse.journey import Journey, Span

FIRST, LAST = date(2015, 9, 1), date(2020, 8, 31)
MONTHS = [Month.of(LAST) - n for n in reversed(range(24))]
TRAIL = Path(tempfile.mkdtemp()) / "audit.jsonl"


def main(sizes: list[int]) -> None:
    """Print a line a review and size."""
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    print(f"load {os.getloadavg()[0]:.1f}; 24 months")
    for size in sizes:
        journey = timed(f"journey of {size:,} children", lambda: journey_of(size))  # noqa: B023
        for clock in CLOCKS_REVIEWED:
            timed(f"timeliness {clock.id}", lambda: timeliness(clock, journey))  # noqa: B023
        for stock in STOCKS:
            timed(f"flow {stock.id}", lambda: flow(stock, journey))  # noqa: B023
        timed("floor: the tables as arrays", lambda: floor(journey))  # noqa: B023
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"most memory: {peak:,.0f} MB")


def timed(words: str, act: Callable[[], Journey]) -> Journey:
    """Do something, and print its seconds by the clock and of the processor."""
    started = (time.perf_counter(), time.process_time())
    found = act()
    clock, cpu = time.perf_counter() - started[0], time.process_time() - started[1]
    print(f"{words:32} {clock:6.2f} s by the clock, {cpu:6.2f} CPU s")
    return found


def journey_of(size: int) -> Journey:
    """The lives of an authority as a journey."""
    told = as_journey(simulate(size), Window(FIRST, LAST))
    recorded = {
        name: frame.with_columns(
            submission=pl.lit("lives"), file=pl.lit("lives"), sheet=pl.lit(name),
            row=pl.int_range(1, pl.len() + 1),
        )
        for name, frame in told.items()
    }  # fmt: skip
    covered = {name: (Span(FIRST, LAST),) for name in recorded}
    return Journey(build_facts(recorded), covered, frozenset(), ())


def timeliness(clock: ReviewedClock, journey: Journey) -> Journey:
    """Review a timescale to the finished page."""
    entry = AuditTrail(TRAIL).enter(Actor("benchmark", Role.ANALYST), Act.REVIEW, clock.id)
    question = Question(journey, DuckDB(journey.frames), MONTHS[-1], "Benchmark", None)
    published = measure([clock.indicator], question)[0]
    found = review_timeliness(clock, journey, MONTHS, published, entry)
    page_of(tell_timeliness(found, "Benchmark", is_synthetic=True))
    return journey


def flow(stock: Stock, journey: Journey) -> Journey:
    """Review a number to the finished page."""
    entry = AuditTrail(TRAIL).enter(Actor("benchmark", Role.ANALYST), Act.REVIEW, stock.id)
    found = review_flow(stock, journey, MONTHS, MONTHS[-6], Month.of(FIRST), entry)
    page_of(tell_flow(found, "Benchmark", is_synthetic=True))
    return journey


def floor(journey: Journey) -> Journey:
    """Read every column of the tables that reviews rest on into an array."""
    tables = frozenset[str]().union(*(one.tables for one in (*CLOCKS_REVIEWED, *STOCKS)))
    for name in tables:
        for column in journey.frames[name]:
            column.to_numpy()
    return journey


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [30_000])
