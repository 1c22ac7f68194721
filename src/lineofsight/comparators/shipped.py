"""Comparators and spreads that come with the product, so that it judges without any download.

They are the comparators printed in Southampton's overview of August 2020, each with what is known
of its origin, and the spreads of the indicators measured on the published figures of 2019 or the
nearest year. The spreads were measured and written by

    write_spreads(spreads_nearest(read_published(folder), 2019), path)

with `folder` the downloaded files and `spreads_nearest` from `measurement/spread.py`; a test in
`tests/acceptance` measures them again.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path

from lineofsight.comparators.comparator import Area, Comparator, Spread
from lineofsight.errors import UnknownName

_COMPARATORS = ("model_report_2020_08",)
_SPREADS = "spread_2019.csv"
_SPREAD_COLUMNS = (
    "indicator",
    "typical_gap",
    "typical_change",
    "tau",
    "period",
    "authorities",
    "source",
)


@cache
def shipped_comparators(table: str) -> tuple[Comparator, ...]:
    """The comparators of a shipped table, such as those printed in the model report.

    Raises UnknownName where no table of that name ships.
    """
    if table not in _COMPARATORS:
        where = "It is named in the authority's settings as comparator_table."
        raise UnknownName.among("table of comparators", table, _COMPARATORS, where)
    return tuple(_comparator(row) for row in _rows(f"{table}.csv"))


@cache
def shipped_spreads() -> tuple[Spread, ...]:
    """Spreads of the published indicators in 2019, or in the nearest year that has figures."""
    return tuple(_spread(row) for row in _rows(_SPREADS))


def write_spreads(spreads: Iterable[Spread], path: Path) -> None:
    """Write spreads as the table that ships; numbers to four decimals."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(_SPREAD_COLUMNS)
        for spread in spreads:
            measured = (spread.typical_gap, spread.typical_change, spread.tau)
            numbers = (f"{number:.4f}" for number in measured)
            rest = (spread.period, spread.authorities, spread.source)
            writer.writerow((spread.indicator, *numbers, *rest))


def _rows(name: str) -> Iterator[dict[str, str]]:
    path = files("lineofsight.comparators") / "data" / name
    with path.open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def _comparator(row: dict[str, str]) -> Comparator:
    return Comparator(
        indicator=row["indicator"],
        area=Area[row["area"]],
        area_name=row["area_name"],
        value=Decimal(row["value"]),
        decimals=int(row["decimals"]),
        period=row["period"],
        period_ends_on=date.fromisoformat(row["period_ends_on"]),
        published_on=date.fromisoformat(row["published_on"]) if row["published_on"] else None,
        vintage=row["vintage"],
        source=row["source"],
        group_version=row["group_version"],
    )


def _spread(row: dict[str, str]) -> Spread:
    return Spread(
        indicator=row["indicator"],
        typical_gap=float(row["typical_gap"]),
        typical_change=float(row["typical_change"]),
        tau=float(row["tau"]),
        period=row["period"],
        authorities=int(row["authorities"]),
        source=row["source"],
    )
