"""Time to hide small numbers of a whole authority, and to attack what is left.

    uv run python benchmarks/disclosure.py STORE [MONTH]

STORE is a store with five years of records (`lineofsight demo` makes one). (a) 36 months, each with
its twelve months and its year to date; (b) all months since records begin and all periods. Each in
this process, on one processor if OMP_NUM_THREADS is 1; libraries loaded.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import polars as pl

from lineofsight.access.roles import Actor, Role
from lineofsight.dataset import asked, dataset
from lineofsight.desk import Desk
from lineofsight.disclosure.rules import Rules
from lineofsight.disclosure.tidy import suppress
from lineofsight.disclosure.tidy_audit import recovered_from
from lineofsight.indicators import ALL
from lineofsight.reference.periods import Month

MONTHS = 36


def main() -> None:
    """Lay the dataset out once, and print seconds of hiding and of the attack."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("month", nargs="?", default="2020-08")
    given = parser.parse_args()
    month, desk = Month.parse(given.month), Desk(given.store, Actor("benchmark", Role.ANALYST))
    whole = dataset(desk, asked(month)).table
    ends = pl.col("period_ends_on")
    position = ends.dt.year() * 12 + ends.dt.month() - 1
    is_late = position - pl.col("months") >= month.index - MONTHS
    is_usual = pl.col("period").is_in(["month", "twelve months", "year to date"])
    _show(f"{MONTHS} months", whole.filter(is_late & is_usual))
    _show("all months and periods", whole)


def _show(what: str, table: pl.DataFrame) -> None:
    started = time.process_time()
    found = suppress(table, ALL, Rules())
    hiding = time.process_time() - started
    recovered = recovered_from(found.table, table, ALL, Rules())
    attack = time.process_time() - started - hiding
    print(
        f"{what}: {table.height:,} values, {found.hidden:,} hidden in {hiding:.1f} s; "
        f"cost {found.cost:.0f}, at least {found.least:.0f}; "
        f"{len(recovered)} recovered in {attack:.1f} s"
    )


if __name__ == "__main__":
    main()
