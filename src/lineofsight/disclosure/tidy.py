"""The tidy dataset with small numbers hidden, and all from which they could be worked out.

A value that is hidden has neither number nor parts, and `symbol` says 'c'. What stays in the table
is all that its reader has: figures of staff are as they were.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from lineofsight.disclosure.counting import family_of, kind_of, numerator_family_of
from lineofsight.disclosure.flows import Flow, hide_flow
from lineofsight.disclosure.rules import Rules
from lineofsight.disclosure.series import (
    Family,
    Hidden,
    Kind,
    Line,
    Pair,
    Periods,
    families_of,
    hide_lines,
)
from lineofsight.disclosure.table import FIXED, Bound, Numbers, Whole
from lineofsight.errors import Fault, UsageFault
from lineofsight.indicators.indicator import Indicator

# A table that its readers have had already.
Published = pl.DataFrame
CONFIDENTIAL = "c"
# What hiding a period costs, and what it costs more in the newest month.
COSTS = {
    "month": 2,
    "twelve months": 3,
    "year to date": 2,
    "quarter": 2,
    "financial year": 4,
}
NEWEST = {"month": 8, "twelve months": 8, "year to date": 4, "quarter": 2, "financial year": 2}
_DAY_PERIODS = ("quarter", "financial year")


@dataclass(frozen=True)
class Suppressed:
    """A table to be shown, how many values are hidden in it, and what the hiding costs.

    `least` is the least that any hiding of the whole could cost; `given_away` names the values with
    small numbers that can be worked out from what was published before, whatever is hidden now.
    """

    table: pl.DataFrame
    hidden: int
    given_away: frozenset[str]
    cost: float
    least: float


def suppress(
    table: pl.DataFrame,
    indicators: Sequence[Indicator],
    rules: Rules,
    published: pl.DataFrame | None = None,
) -> Suppressed:
    """Hide what is small in a tidy table of the whole, and what tells it.

    `table` has the columns of `measurement.tidy.COLUMNS`; what comes back has `symbol` besides.
    `published` is such a table that came back before: what it shows stays known, and is shown.
    """
    rows = table.with_columns(is_out=_is_out(table, published)).with_row_index("place")
    ends = _months(table)
    lines, places = {}, {}
    for indicator in indicators:
        kind = kind_of(indicator)
        mine = rows.filter(pl.col("indicator") == indicator.id, breakdown="total")
        if kind is not None and mine.height:
            lines[indicator.id] = _line(indicator, kind, mine, ends)
            places[indicator.id] = mine["place"].to_numpy()
    found = hide_all(lines, indicators, rules)
    is_hidden = np.zeros(table.height, dtype=bool)
    for identity, place in places.items():
        is_hidden[place] = found[identity].is_hidden
    given = np.zeros(table.height, dtype=bool)
    for identity, place in places.items():
        given[place] = found[identity].given_away
    costs = [(one.cost, one.least) for one in found.values()]
    cost, least = (sum(each[k] for each in costs) for k in (0, 1))
    names = frozenset(map(name_of, table.filter(pl.Series(given)).to_dicts()))
    return Suppressed(marked(table, is_hidden), int(is_hidden.sum()), names, cost, least)


def name_of(row: Mapping[str, Any]) -> str:
    """Name a value: its indicator, its kind of period, and the day that ends."""
    return f"{row['indicator']}, {row['period']} to {row['period_ends_on']}"


def _is_out(table: pl.DataFrame, published: pl.DataFrame | None) -> pl.Series:
    """Which rows of a table show what was shown before."""
    if published is None:
        return pl.Series(np.zeros(table.height, dtype=bool))
    keys = ["indicator", "breakdown", "group", "period", "period_ends_on", "months"]
    shown = published.filter(pl.col("symbol") == "").select(*keys, is_out=pl.lit(True))
    found = table.select(keys).join(shown, on=keys, how="left", maintain_order="left")
    return found["is_out"].fill_null(False)


def marked(table: pl.DataFrame, is_hidden: npt.NDArray[np.bool_]) -> pl.DataFrame:
    """Take the hidden values out of a table, and say 'c' where they were."""
    hides = pl.Series(is_hidden)
    numbers = ("numerator", "denominator", "value")
    shown = (pl.when(hides).then(None).otherwise(pl.col(name)).alias(name) for name in numbers)
    symbol = pl.when(hides).then(pl.lit(CONFIDENTIAL)).otherwise(pl.lit("")).alias("symbol")
    return table.with_columns(*shown, symbol)


def hide_all(
    lines: Mapping[str, Line], indicators: Sequence[Indicator], rules: Rules
) -> dict[Hashable, Hidden]:
    """Hide in all lines, by identity, knowing the stocks that starts and ends move as well."""
    found = hide_lines(list(lines.values()), rules)
    families = families_of(list(lines.values()))
    must: dict[Hashable, set[Pair]] = {}
    for flow, names in _flows(lines, families, indicators, found):
        for name, pairs in zip(names, hide_flow(flow, rules), strict=True):
            must.setdefault(name, set()).update(pairs)
    more = any(pairs - _pairs_hidden(families[name], found) for name, pairs in must.items())
    return hide_lines(list(lines.values()), rules, must) if more else found


def _flows(
    lines: Mapping[str, Line],
    families: Mapping[Hashable, Family],
    indicators: Sequence[Indicator],
    found: Mapping[Hashable, Hidden],
) -> Iterator[tuple[Flow, tuple[Hashable, ...]]]:
    done = set()
    for indicator in indicators:
        moved = [indicator, *indicator.moved_by]
        names = tuple(lines[one.id].family for one in moved if one.id in lines)
        if len(moved) != 3 or len(names) != 3 or names in done:
            continue
        done.add(names)
        three = (families[names[0]], families[names[1]], families[names[2]])
        hidden = [one.mask(_pairs_hidden(one, found)) for one in three]
        first = int(max(one.periods.start.min() for one in three))
        flow = Flow(three, (hidden[0], hidden[1], hidden[2]), first)
        if flow.balances:
            yield flow, names


def _pairs_hidden(family: Family, found: Mapping[Hashable, Hidden]) -> set[Pair]:
    """Periods hidden in every figure of a family that shows them: nobody sees their count."""
    shown: set[Pair] = set()
    for line in family.lines:
        start, stop = line.periods.start.tolist(), line.periods.stop.tolist()
        pairs = zip(start, stop, found[line.key].is_hidden.tolist(), strict=True)
        shown |= {(a, b) for a, b, is_hidden in pairs if not is_hidden}
    return family.pairs(np.ones(len(family.periods), dtype=bool)) - shown


def _months(table: pl.DataFrame) -> range:
    days = table["period_ends_on"].unique().sort().to_list()
    indices = [day.year * 12 + day.month - 1 for day in (days[0], days[-1])] if days else [0, -1]
    return range(indices[0], indices[1] + 1)


def _line(indicator: Indicator, kind: Kind, rows: pl.DataFrame, months: range) -> Line:
    last = (
        rows["period_ends_on"].dt.year() * 12 + rows["period_ends_on"].dt.month() - 1
    ).to_numpy()
    stop = last - months.start + 1
    at_end = indicator.is_snapshot & rows["period"].is_in(_DAY_PERIODS).to_numpy()
    start = stop - np.where(at_end, 1, rows["months"].to_numpy())
    cost = _costs(rows, last == months.stop - 1)
    counted, above = _counts(kind, rows)
    same_as = numerator_family_of(indicator)
    if indicator.each is not None:
        known = tuple(_of_different(start, stop)) if kind is Kind.COUNT else ()
        place = np.arange(len(start))
        periods = Periods(place, place + 1, cost)
        family = (family_of(indicator), "different", indicator.id)
        return Line(indicator.id, kind, family, periods, counted, above, known=known)
    is_month = (rows["period"] == "month").to_numpy()
    at = stop[is_month] - 1
    series = [_spread(each, is_month, at, len(months)) for each in (counted, above)]
    whole = series[0] if series[0] is not None else np.zeros(len(months))
    periods = Periods(start, stop, cost)
    return Line(indicator.id, kind, family_of(indicator), periods, whole, series[1], same_as)


def _costs(rows: pl.DataFrame, is_newest: npt.NDArray[np.bool_]) -> Numbers:
    base = rows["period"].replace_strict(COSTS, return_dtype=pl.Float64).to_numpy()
    more = rows["period"].replace_strict(NEWEST, return_dtype=pl.Float64).to_numpy()
    cost = base + np.where(is_newest, more, 0.0)
    return np.asarray(np.where(rows["is_out"].to_numpy(), FIXED, cost))


def _counts(kind: Kind, rows: pl.DataFrame) -> tuple[Numbers, Numbers | None]:
    above, below = rows["numerator"].to_numpy(), rows["denominator"].to_numpy()
    if kind is Kind.SHARE:
        return below, above
    return (below, None) if kind is Kind.MEAN else (above, None)


def _spread(
    values: Numbers | None, is_month: npt.NDArray[np.bool_], at: Whole, months: int
) -> Numbers | None:
    if values is None:
        return None
    found = np.zeros(months)
    found[at] = values[is_month]
    return found


def _of_different(start: Whole, stop: Whole) -> Iterator[Bound]:
    """What everybody knows of different children: a period has no fewer than each period in it,
    and no more than its months together, or than the period before and the month that is new."""
    of = {(int(a), int(b)): n for n, (a, b) in enumerate(zip(start, stop, strict=True))}
    for (first, last), n in of.items():
        if last - first == 1:
            continue
        months = [of[m, m + 1] for m in range(first, last) if (m, m + 1) in of]
        yield from (Bound({n: 1, month: -1}, 0, np.inf) for month in months)
        if len(months) == last - first:
            yield Bound({n: -1, **dict.fromkeys(months, 1)}, 0, np.inf)
        for before in ((a, last - 1) for a in (first - 1, first) if (a, last - 1) in of):
            if n != of[before] and (last - 1, last) in of:
                yield Bound({n: -1, of[before]: 1, of[last - 1, last]: 1}, 0, np.inf)
        if (first, last - 1) in of:
            yield Bound({n: 1, of[first, last - 1]: -1}, 0, np.inf)


def read_published(path: Path) -> pl.DataFrame:
    """Read a dataset that was written for the public before; raises UsageFault for any other."""
    try:
        found = pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError):
        found = pl.DataFrame()
    if not {"symbol", "indicator", "period", "period_ends_on"} <= set(found.columns):
        raise UsageFault(
            Fault(
                "What was published before cannot be read.",
                f"File: '{path.name}'.",
                "Give the .parquet file that was written with --audience public or committee.",
            )
        )
    return found
