"""Where records come from and how they agree: the verbs `reconcile` and `linked`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from lineofsight.access.roles import Act
from lineofsight.desk import Desk, Progress, demand_submissions
from lineofsight.indicators import ALL
from lineofsight.indicators.indicator import Indicator
from lineofsight.journey.clocks import records_behind
from lineofsight.measurement.measure import Question, measure
from lineofsight.measurement.measurement import Measurement
from lineofsight.reference.periods import Month
from lineofsight.returns.issue import Kind, ReadingIssue
from lineofsight.warehouse.duckdb import DuckDB
from lineofsight.warehouse.journey import Journey, read_journey, told_by_return
from lineofsight.warehouse.side_by_side import Compared
from lineofsight.worklists.reconciliation import (
    FigureMoved,
    Reconciliation,
    figures_moved,
    side_by_side,
)
from lineofsight.worklists.reconciliation_page import write_reconciliation


def reconcile(
    desk: Desk, month: Month | None, out: Path, progress: Progress = lambda step: None
) -> tuple[Reconciliation, tuple[Path, Path]]:
    """Lay returns that tell of the same days side by side; the act is recorded first.

    Figures are compared in the months that lie whole in those days, up to `month` or the last.
    """
    entry = desk.trail.enter(desk.actor, Act.RECONCILE, str(month or "all months"))
    authority = desk.authority()
    progress("records")
    compared = side_by_side(told_by_return(desk.store, authority.leading), entry)
    figures: list[FigureMoved] = []
    last = month or max((m for c in compared for m in _whole_months(c, None)), default=None)
    for pair in dict.fromkeys(c.returns for c in compared):
        progress(" and ".join(pair))
        own = [c for c in compared if c.returns == pair]
        figures += _figures_moved(desk, pair, own, last)
    found = Reconciliation(last or Month.of(date.today()), compared, tuple(figures))
    is_synthetic = authority.is_synthetic
    return found, write_reconciliation(found, out, authority.name, entry, is_synthetic=is_synthetic)


def _whole_months(compared: Compared, until: Month | None) -> list[Month]:
    spans = ((Month.of(s.first_day), Month.of(s.last_day), s) for s in compared.spans)
    every = ((Month(n), s) for a, b, s in spans for n in range(a.index, b.index + 1))
    whole = {m for m, s in every if s.first_day <= m.first_day and m.last_day <= s.last_day}
    return sorted(m for m in whole if until is None or m <= until)


def _figures_moved(
    desk: Desk, pair: tuple[str, str], compared: Sequence[Compared], last: Month | None
) -> list[FigureMoved]:
    months = sorted({m for one in compared for m in _whole_months(one, last)})
    if not months:
        return []
    tables = {one.table for one in compared if one.differences}
    touched = [i for i in ALL if tables & {f.split(".")[0] for f in records_behind(i.fields())}]
    measured = (_measured_leading(desk, name, touched, months[-1]) for name in pair)
    return list(figures_moved(pair, next(measured), next(measured), months))


def _measured_leading(
    desk: Desk, return_name: str, indicators: Sequence[Indicator], month: Month
) -> tuple[Measurement, ...]:
    authority = desk.authority()
    journey = read_journey(desk.store, leading=(return_name, *authority.leading))
    return _measured(desk, journey, indicators, month)


def _measured(
    desk: Desk, journey: Journey, indicators: Sequence[Indicator], month: Month
) -> tuple[Measurement, ...]:
    authority = desk.authority()
    engine = DuckDB(journey.frames)
    question = Question(journey, engine, month, authority.name, authority.population)
    return measure(indicators, question)


def linked(
    desk: Desk, month: Month, progress: Progress = lambda step: None
) -> tuple[tuple[ReadingIssue, ...], tuple[FigureMoved, ...]]:
    """Say what linked identifiers do: rows given another identifier, and figures that move."""
    desk.trail.enter(desk.actor, Act.LINK, str(month))
    authority = desk.authority()
    demand_submissions(desk, desk.store.submissions())
    measured: dict[str, tuple[Measurement, ...]] = {}
    for words, is_linked in (("as recorded", False), ("linked", True)):
        progress(words)
        journey = read_journey(desk.store, leading=authority.leading, is_linked=is_linked)
        measured[words] = _measured(desk, journey, ALL, month)
    kinds = (Kind.LINKED, Kind.LINK_UNCLEAR)
    reported = tuple(issue for issue in journey.reported if issue.kind in kinds)
    before, after = measured.values()
    return reported, tuple(figures_moved(("as recorded", "linked"), before, after, [month]))
