"""Many authorities at once: their tables prepared once as Parquet, and measured in one pass.

Every row carries its authority's number, and every cell is counted for each authority. The result
stays wide, an array a figure with a row for each authority and group: laid out as a tidy table it
would cost more than all the counting. The group-bys run where the tables are (DuckDB, or Spark over
files that do not fit one machine); the small cells are finished here.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lineofsight.indicators.indicator import Indicator
from lineofsight.journey.breakdowns import Breakdown
from lineofsight.measurement.dataset import sources, wanted_of
from lineofsight.measurement.dense import Figures, figures
from lineofsight.measurement.statement import scans_of
from lineofsight.reference.periods import Month
from lineofsight.warehouse.breakdowns import BrokenDown, broken_down
from lineofsight.warehouse.engine import Engine
from lineofsight.warehouse.journey import Journey
from lineofsight.warehouse.prepared import AUTHORITY, write_prepared


def prepare(
    indicators: Sequence[Indicator],
    journey: Journey,
    authority: int,
    breakdowns: Sequence[Breakdown],
    last: Month,
    folder: Path,
) -> BrokenDown:
    """Write what some indicators need of one authority into a folder, a file a table.

    Gives the tables and the words of their groups; those of code sets are numbered alike in every
    authority, those of teams and places for each by itself.
    """
    wanted = wanted_of(scans_of(indicators))
    found = broken_down(journey.frames, wanted, breakdowns, last.last_day)
    write_prepared(found.tables, authority, folder)
    return found


def measure_country(
    indicators: Sequence[Indicator],
    engine: Engine,
    breakdowns: Sequence[Breakdown],
    first: Month,
    last: Month,
) -> dict[str, Figures]:
    """Measure indicators for every authority, group and month; the engine holds prepared tables."""
    source_of = sources(breakdowns, first.index, (AUTHORITY,))
    scans = scans_of(indicators)
    return figures(indicators, scans, engine, source_of, last.index - first.index + 1)
