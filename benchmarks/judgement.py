"""Judging every English authority from published figures, year by year.

    uv run python benchmarks/judgement.py FOLDER [FIRST LAST]

FOLDER holds the Department's files from Explore Education Statistics. The floor is reading them and
laying out every authority's figures and comparators, without any judgement, in the same run.
"""

from __future__ import annotations

import os
import platform
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

from lineofsight.comparators.comparator import Comparator, Spread
from lineofsight.comparators.published import Published, read_published
from lineofsight.judgement.judge import judge
from lineofsight.measurement.measurement import Measurement
from lineofsight.measurement.published import (
    comparators_for,
    measure_published,
    other_comparators_for,
)
from lineofsight.measurement.spread import spreads
from lineofsight.reference.places import Place, authorities

AS_AT = date(2026, 1, 1)
Laid = tuple[tuple[Measurement, ...], tuple[Comparator, ...], tuple[Comparator, ...]]


def main(folder: Path, first: int, last: int) -> None:
    """Print seconds by the clock and of the processor, and their ratio to the floor."""
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    print(f"load {os.getloadavg()[0]:.1f}; real published figures, {first} to {last}")
    started = (time.perf_counter(), time.process_time())
    published = read_published(folder)
    laid_out = [
        (year, laid(published, place, year))
        for year in range(first, last + 1)
        for place in of_year(year)
    ]
    by_year = {year: spreads(published, year) for year in range(first, last + 1)}
    floor = since(started)
    started = (time.perf_counter(), time.process_time())
    findings = 0
    for year, (measured, compared, others) in laid_out:
        findings += len(judge(measured, compared, by_year[year], {}, AS_AT, others))
    judged = since(started)
    print(f"{len(laid_out):,} authority-years, {findings:,} findings")
    print(f"read and laid out: {floor[0]:.1f} s by the clock, {floor[1]:.1f} CPU s")
    print(f"judged:            {judged[0]:.1f} s by the clock, {judged[1]:.1f} CPU s")
    print(f"ratio to reading and laying out: {judged[1] / floor[1]:.1f}")
    print(f"a finding: {1000 * judged[1] / findings:.2f} ms")
    started = (time.perf_counter(), time.process_time())
    with ProcessPoolExecutor(initializer=take, initargs=(laid_out, by_year)) as workers:
        again = sum(workers.map(judged_of, range(len(laid_out)), chunksize=20))
    assert again == findings
    print(f"on all processors: {since(started)[0]:.1f} s by the clock, starting them included")


_given: list[tuple[list[tuple[int, Laid]], dict[int, tuple[Spread, ...]]]] = []


def take(laid_out: list[tuple[int, Laid]], by_year: dict[int, tuple[Spread, ...]]) -> None:
    """Keep in a worker what it judges."""
    _given[:] = [(laid_out, by_year)]


def judged_of(number: int) -> int:
    """Judge one authority's year, and give how many findings that made."""
    laid_out, by_year = _given[0]
    year, (measured, compared, others) = laid_out[number]
    return len(judge(measured, compared, by_year[year], {}, AS_AT, others))


def laid(published: Published, place: Place, year: int) -> Laid:
    """What one judgement is given."""
    return (
        measure_published(published, place, year),
        comparators_for(published, place, year),
        other_comparators_for(published, place, year),
    )


def of_year(year: int) -> list[Place]:
    """The authorities that existed in a year."""
    return [p for p in authorities() if (p.since or year) <= year <= (p.until or year)]


def since(started: tuple[float, float]) -> tuple[float, float]:
    """Seconds by the clock and of the processor since a moment."""
    return time.perf_counter() - started[0], time.process_time() - started[1]


if __name__ == "__main__":
    years = (int(sys.argv[2]), int(sys.argv[3])) if len(sys.argv) > 3 else (2017, 2024)
    main(Path(sys.argv[1]), *years)
