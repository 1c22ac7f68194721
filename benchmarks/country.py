"""Time and memory of measuring the whole country in one pass, against reading the same columns.

    uv run python benchmarks/country.py [CHILDREN] [AUTHORITIES] [--different N]

AUTHORITIES councils (150) know CHILDREN children between them (1,000,000), synthetic. As simulating
a child costs more than counting it, N different councils are simulated (10) and repeated under
other numbers. Preparing the tables is not part of the time; each chapter is then measured, for
every council, month and group, in one process, and the columns that its statements read are read
bare.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import duckdb
from processes import machine

from lineofsight.indicators import ALL, CHAPTERS
from lineofsight.indicators.indicator import Indicator
from lineofsight.journey.breakdowns import find_breakdowns
from lineofsight.measurement.country import measure_country, prepare
from lineofsight.measurement.statement import columns_read, scans_of
from lineofsight.reference.periods import Month
from lineofsight.synthetic.as_journey import as_journey
from lineofsight.synthetic.lives import simulate
from lineofsight.synthetic.window import Window
from lineofsight.warehouse.duckdb import DuckDB
from lineofsight.warehouse.facts import build_facts
from lineofsight.warehouse.journey import Journey

BY = find_breakdowns(["team", "age_band", "sex", "ethnicity", "disability", "need"])
FIRST, LAST = Month.parse("2015-09"), Month.parse("2020-08")


def main() -> None:
    """Prepare the country, measure each chapter, and print the ratio to the bare read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("children", nargs="?", type=int, default=1_000_000)
    parser.add_argument("authorities", nargs="?", type=int, default=150)
    parser.add_argument("--different", type=int, default=10)
    asked = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory(prefix="country-") as folder:
        started = time.perf_counter()
        rows = _prepare(Path(folder), asked.children, asked.authorities, asked.different)
        print(f"Prepared in {time.perf_counter() - started:.0f} s: {rows:,} rows (synthetic).")
        _measure(Path(folder))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"Peak memory of the process, preparing included: {peak:,.0f} MB")


def _prepare(folder: Path, children: int, authorities: int, different: int) -> int:
    rows = 0
    for seed in range(min(different, authorities)):
        window = Window(FIRST.first_day, LAST.last_day)
        facts = build_facts(as_journey(simulate(children // authorities, seed), window))
        journey = Journey(facts, {}, frozenset(), ())
        for number in range(seed, authorities, different):
            prepared = prepare(ALL, journey, number, BY, LAST, folder)
            rows += sum(frame.height for frame in prepared.tables.values())
    return rows


def _measure(folder: Path) -> None:
    print(f"{'chapter':<24}{'figures':>8}{'seconds':>9}{'read':>8}{'ratio':>7}{'cells':>12}")
    whole = bare = 0.0
    for chapter in CHAPTERS:
        name = chapter.__name__.rpartition(".")[2]
        mine = [one for one in ALL if one.chapter == name]
        read = _read(mine, folder)
        started = time.perf_counter()
        counted = measure_country(mine, DuckDB.over(folder), BY, FIRST, LAST)
        seconds = time.perf_counter() - started
        cells = sum(len(each.keys) for each in counted.values()) * (LAST.index - FIRST.index + 1)
        ratio = seconds / read
        print(f"{name:<24}{len(mine):>8}{seconds:>9.2f}{read:>8.2f}{ratio:>7.1f}{cells:>12,}")
        whole, bare = whole + seconds, bare + read
    print(f"{'all':<24}{len(ALL):>8}{whole:>9.2f}{bare:>8.2f}{whole / bare:>7.1f}")


def _read(indicators: Sequence[Indicator], folder: Path) -> float:
    """Seconds to read every column that the statements of some indicators read, each once."""
    columns: dict[str, set[str]] = {}
    for scan in scans_of(indicators):
        table = f"{scan.axis.table}_cut" if scan.axis.is_stock else scan.axis.table
        columns.setdefault(table, set()).update(columns_read(scan))
    started = time.perf_counter()
    with duckdb.connect() as connection:
        for table, names in columns.items():
            files = (folder / table / "*.parquet").as_posix()
            held = {row[0] for row in connection.sql(f"DESCRIBE FROM '{files}'").fetchall()}
            groups = {name for name in held if name.startswith(("by_", "cut_"))} | {"authority"}
            read = ", ".join(f'max("{name}")' for name in sorted(names | groups))
            connection.sql(f"SELECT {read} FROM '{files}'").fetchall()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
