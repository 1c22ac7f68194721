"""The whole dataset: every indicator, group, month and period as one tidy table.

A row is one value: which indicator, broken down by what, in which group, for which period, with its
numerator and denominator. Small numbers stand as they are: the table is for the inside of the
service.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from lineofsight.indicators.indicator import Indicator, Rate
from lineofsight.journey.breakdowns import Breakdown
from lineofsight.measurement.coverage import Coverage
from lineofsight.measurement.dense import Figures, figures
from lineofsight.measurement.measure import Question, problem_of, spine
from lineofsight.measurement.measurement import Unmeasurable
from lineofsight.measurement.statement import Scan, Source, columns_read, scans_of
from lineofsight.measurement.tidy import Piece, Wording, tidy_table
from lineofsight.measurement.windows import MONTH, TWELVE_MONTHS, WINDOWS, Window
from lineofsight.reference.periods import MONTH_END, Closing
from lineofsight.warehouse.breakdowns import BrokenDown, Wanted, broken_down, column_at

INSIDE = (
    "For the inside of the service: small numbers stand as they are, so that groups of few "
    "children can be recognised. Do not publish or pass it on."
)


@dataclass(frozen=True)
class Dataset:
    """A tidy table, and why some indicators are not in it.

    The table's columns: indicator, name, chapter, breakdown, group, period, period_label,
    period_ends_on, months, basis, numerator, denominator, value (rounded half up as shown), unit;
    where small numbers are hidden `symbol` besides. `notice` says who may have it.
    """

    table: pl.DataFrame
    unmeasurable: Mapping[str, Unmeasurable]
    authority: str = ""
    is_synthetic: bool = False
    notice: str = INSIDE


def dataset(
    indicators: Sequence[Indicator],
    question: Question,
    breakdowns: Sequence[Breakdown] = (),
    closing: Closing = MONTH_END,
    progress: Callable[[str], None] = lambda step: None,
) -> Dataset:
    """Measure indicators for all groups, months and periods up to the question's month.

    Where months close on another day than their end, the question's journey is closed on it too,
    and only months and twelve months are given. Raises UsageFault where no record covers the month.
    """
    windows = WINDOWS if closing == MONTH_END else (MONTH, TWELVE_MONTHS)
    months = spine(question.journey, question.month)
    coverage = Coverage(question.journey, months, closing)
    problems = {i.id: problem_of(i, question, coverage) for i in indicators}
    usable = [i for i in indicators if problems[i.id] is None]
    progress("groups")
    scans = scans_of(usable)
    groups = _groups(scans, question, breakdowns, closing)
    progress("cells")
    source_of = sources(breakdowns, months.start)
    counted = figures(usable, scans, question.engine, source_of, len(months))
    progress("periods")
    pieces = [
        piece
        for indicator in usable
        for piece in _pieces(indicator, counted[indicator.id], question, coverage, months, windows)
    ]
    progress("table")
    names = [one.name for one in breakdowns]
    wording = Wording(usable, names, groups.words, windows, closing)
    missing = {name: why for name, why in problems.items() if why}
    return Dataset(tidy_table(pieces, wording, months), missing, question.authority)


def _groups(
    scans: Sequence[Scan], question: Question, breakdowns: Sequence[Breakdown], closing: Closing
) -> BrokenDown:
    """Give the engine the tables with their groups, and keep what the groups are called."""
    if not breakdowns:
        return BrokenDown({}, {})
    last_day = closing.last_day(question.month)
    frames = question.journey.frames
    found = broken_down(frames, wanted_of(scans), breakdowns, last_day, closing)
    for name, frame in found.tables.items():
        question.engine.hold(name, frame)
    return found


def wanted_of(scans: Sequence[Scan]) -> list[Wanted]:
    """Say what some scans need of each table, for groups to be put beside its rows."""
    tables: dict[str, list[Scan]] = {}
    for scan in scans:
        tables.setdefault(scan.axis.table, []).append(scan)
    return [
        Wanted(
            table,
            frozenset(s.axis.opens.name for s in mine if s.axis.closes is None),
            frozenset(
                (s.axis.opens.name, s.axis.closes.name) for s in mine if s.axis.closes is not None
            ),
            frozenset(name for s in mine for name in columns_read(s)),
        )
        for table, mine in tables.items()
    ]


def sources(
    breakdowns: Sequence[Breakdown], first_month: int, over: tuple[str, ...] = ()
) -> Callable[[Scan], Source]:
    """Say where each scan reads: events from their table, stocks from the one that is cut."""
    # Where many authorities are held their tables were prepared, cut or not.
    is_cut = bool(breakdowns or over)

    def source_of(scan: Scan) -> Source:
        mine = [(n, one) for n, one in enumerate(breakdowns, 1) if one.applies_to(scan.axis.table)]
        if scan.axis.is_stock:
            named = tuple((n, f"by_{one.name}") for n, one in mine)
        else:
            named = tuple((n, column_at(one.name, scan.axis.opens.name)) for n, one in mine)
        return Source(first_month, named, over, is_cut=scan.axis.is_stock and is_cut)

    return source_of


def _pieces(
    indicator: Indicator,
    counted: Figures,
    question: Question,
    coverage: Coverage,
    months: range,
    windows: Sequence[Window],
) -> Iterator[Piece]:
    first = coverage.first_usable(indicator)
    assert first is not None
    positions = np.arange(len(months))
    population = question.population.estimate if question.population else None
    for window in windows:
        starts = window.starts(months)
        stands = window.ends(months) & (positions >= first)
        if window.is_whole:
            stands &= starts >= first
        starts = np.maximum(starts, first)
        lengths = positions - starts + 1
        # A stock is not the sum of its months: a quarter's is that of the day it ends.
        at_end = indicator.is_snapshot and (window.is_whole or window.name == "month")
        parts = counted.over(positions if at_end else starts)
        times = lengths if indicator.is_snapshot and not at_end else np.ones_like(lengths)
        yield Piece(
            indicator,
            window,
            counted.keys,
            parts,
            lengths,
            stands,
            times,
            population if isinstance(indicator, Rate) else None,
        )
