"""What the reader of a dataset has: its values as equations, and what they must not tell."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl

from lineofsight.disclosure.audit import Reader, Recovered, Secret
from lineofsight.disclosure.counting import family_of, kind_of, numerator_family_of
from lineofsight.disclosure.rules import Rules
from lineofsight.disclosure.series import Kind
from lineofsight.disclosure.table import Bound
from lineofsight.disclosure.tidy import name_of
from lineofsight.indicators.indicator import Indicator

Row = Mapping[str, Any]
_AT_END = ("quarter", "financial year")


@dataclass
class _Sheet:
    """What one reader writes down: a number for each unknown, what is told, and the secrets."""

    unknowns: dict[Hashable, int] = field(default_factory=dict)
    told: list[Bound] = field(default_factory=list)
    secrets: list[Secret] = field(default_factory=list)

    def number(self, *name: Hashable) -> int:
        return self.unknowns.setdefault(name, len(self.unknowns))


def recovered_from(
    shown: pl.DataFrame, truth: pl.DataFrame, indicators: Sequence[Indicator], rules: Rules
) -> list[Recovered]:
    """Try to work out every hidden number of `truth` from the table that is `shown`.

    Both have the same rows of the whole; hidden ones of `shown` have the symbol 'c'.
    """
    chosen = [i for i in indicators if kind_of(i) is not None]
    found: list[Recovered] = []
    for together in _told_together(chosen):
        rows = {one.id: list(_rows(one, shown, truth)) for one in together}
        # Denominators are told by all; numerators only tell of each other through them.
        sheet = _Sheet()
        for indicator in together:
            for row in rows[indicator.id]:
                _write_down_whole(sheet, indicator, row, rules)
        _write_down_stocks(sheet, together, truth)
        found += _read(sheet)
        for indicator in together:
            if kind_of(indicator) is Kind.SHARE:
                own = _Sheet(dict(sheet.unknowns), list(sheet.told))
                for row in rows[indicator.id]:
                    _write_down_top(own, indicator, row, rules)
                found += _read(own)
    return found


def _read(sheet: _Sheet) -> list[Recovered]:
    if not sheet.secrets:
        return []
    return Reader(len(sheet.unknowns), sheet.told).recovered(sheet.secrets)


def _rows(
    indicator: Indicator, shown: pl.DataFrame, truth: pl.DataFrame
) -> Iterator[tuple[Row, Row]]:
    mine = (pl.col("indicator") == indicator.id) & (pl.col("breakdown") == "total")
    yield from zip(shown.filter(mine).to_dicts(), truth.filter(mine).to_dicts(), strict=True)


def _told_together(indicators: Sequence[Indicator]) -> Iterator[list[Indicator]]:
    """Indicators in groups of which no two tell anything of each other."""
    group: dict[Hashable, set[Hashable]] = {}
    for indicator in indicators:
        names = {family_of(indicator), numerator_family_of(indicator)} - {None}
        names |= {family_of(one) for one in indicator.moved_by}
        joined = set().union(names, *(group.get(name, set()) for name in names))
        group.update((name, joined) for name in joined)
    found: dict[int, list[Indicator]] = {}
    for indicator in indicators:
        found.setdefault(id(group[family_of(indicator)]), []).append(indicator)
    yield from found.values()


def _write_down_whole(
    sheet: _Sheet, indicator: Indicator, row: tuple[Row, Row], rules: Rules
) -> None:
    seen, true = row
    months = _months(indicator, true)
    whole = {sheet.number(family_of(indicator), m): 1 for m in months}
    counted = "numerator" if kind_of(indicator) is Kind.COUNT else "denominator"
    if seen["symbol"] != "c":
        sheet.told.append(Bound(whole, seen[counted], seen[counted]))
    elif rules.is_small(np.array(true[counted])):
        sheet.secrets.append(Secret(name_of(true), whole, 1, rules.threshold))


def _write_down_top(
    sheet: _Sheet, indicator: Indicator, row: tuple[Row, Row], rules: Rules
) -> None:
    seen, true = row
    months = _months(indicator, true)
    if indicator.each is None and true["period"] == "month":
        _know_parts(sheet, indicator, months)
    top = {_numerator(sheet, indicator, m): 1 for m in months}
    if seen["symbol"] != "c":
        sheet.told.append(Bound(top, seen["numerator"], seen["numerator"]))
        return
    name, most = name_of(true), rules.threshold
    whole = {sheet.number(family_of(indicator), m): 1 for m in months}
    counted, above = true["denominator"], true["numerator"]
    if rules.is_small(np.array(above)):
        sheet.secrets.append(Secret(name, top, 1, most))
    if rules.is_small(np.array(counted - above)):
        left = {**whole, **dict.fromkeys(top, -1)}
        sheet.secrets.append(Secret(name, left, 1, most))
    if rules.is_of_few(np.array(counted)):
        sheet.secrets.append(Secret(name, top, above, above))


def _months(indicator: Indicator, row: Row) -> list[Hashable]:
    """What a value adds up: months, or itself where different children are counted."""
    ends = row["period_ends_on"]
    last = ends.year * 12 + ends.month - 1
    if indicator.each is not None:
        return [(row["period"], last, row["months"])]
    is_day = indicator.is_snapshot and row["period"] in _AT_END
    return list(range(last if is_day else last - row["months"] + 1, last + 1))


def _numerator(sheet: _Sheet, indicator: Indicator, month: Hashable) -> int:
    same = numerator_family_of(indicator)
    return sheet.number(same, month) if same is not None else sheet.number(indicator.id, month)


def _know_parts(sheet: _Sheet, indicator: Indicator, months: Sequence[Hashable]) -> None:
    """Everybody knows that no more meet a condition than there are."""
    for month in months:
        whole = sheet.number(family_of(indicator), month)
        top = _numerator(sheet, indicator, month)
        sheet.told.append(Bound({whole: 1, top: -1}, 0, np.inf))


def _write_down_stocks(sheet: _Sheet, indicators: Sequence[Indicator], truth: pl.DataFrame) -> None:
    """Of each stock: this month-end is the last one, with the starts and without the ends."""
    for indicator in indicators:
        if len(indicator.moved_by) != 2:
            continue
        three = [family_of(one) for one in (indicator, *indicator.moved_by)]
        values = [_by_month(truth, one) for one in (indicator, *indicator.moved_by)]
        for month in sorted(set.intersection(*map(set, values))):
            if month - 1 not in values[0]:
                continue
            now, before = values[0][month], values[0][month - 1]
            if now - before == values[1][month] - values[2][month]:
                stock, starts, ends = three
                form = {
                    sheet.number(stock, month): 1,
                    sheet.number(stock, month - 1): -1,
                    sheet.number(starts, month): -1,
                    sheet.number(ends, month): 1,
                }
                sheet.told.append(Bound(form, 0, 0))


def _by_month(truth: pl.DataFrame, indicator: Indicator) -> dict[int, float]:
    mine = (pl.col("indicator") == indicator.id) & (pl.col("breakdown") == "total")
    rows = truth.filter(mine & (pl.col("period") == "month")).to_dicts()
    return {
        row["period_ends_on"].year * 12 + row["period_ends_on"].month - 1: row["numerator"]
        for row in rows
    }
