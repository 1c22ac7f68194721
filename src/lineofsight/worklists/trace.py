"""From a figure down to the records it was counted from.

Built from the same definition as the figure: the rows that count, whether each meets the
condition, and the record as delivered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from lineofsight.access.audit import AuditEntry
from lineofsight.indicators.indicator import Indicator, Percentage
from lineofsight.journey.clocks import records_behind
from lineofsight.journey.derived import EVERY
from lineofsight.journey.tables import WHEN
from lineofsight.measurement.counted import is_counted, is_met
from lineofsight.reference.periods import Month
from lineofsight.returns.submission import Submission
from lineofsight.warehouse.engine import Engine
from lineofsight.warehouse.sql_text import render

ORIGIN_LABELS = ("submission", "file", "sheet", "row")


@dataclass(frozen=True, slots=True)
class TracedRow:
    """One row behind a figure.

    `is_met` is None for figures without a condition; `fields` are what the definition looked at;
    the rest is the address of the record as delivered.
    """

    subject: str
    is_met: bool | None
    fields: Mapping[str, Any]
    return_name: str
    file: str
    sheet: str
    row: int


def trace(
    indicator: Indicator,
    month: Month,
    engine: Engine,
    submissions: Sequence[Submission],
    entry: AuditEntry,
) -> tuple[TracedRow, ...]:
    """List the rows that count in a month, those that do not meet the condition first.

    Needs the audit entry of the act. `engine` holds the journey's tables.
    """
    assert entry.subject
    shown = shown_fields(indicator)
    names = {submission.id: submission.return_name for submission in submissions}
    rows = engine.rows(render(_statement(indicator, month, shown)))
    traced = [_traced(row, [c.name for c in shown], indicator, names) for row in rows]
    return tuple(sorted(traced, key=lambda t: (bool(t.is_met), t.file, t.sheet, t.row)))


def shown_fields(indicator: Indicator) -> list[sa.Column[Any]]:
    """The dates, what the definition looks at, and the recorded fields its clocks rest on."""
    table = EVERY[indicator.table].table
    looked_at = indicator.fields() | records_behind(indicator.fields())
    own = {name.split(".")[1] for name in looked_at if name.split(".")[0] == indicator.table}
    wanted = own | set(WHEN.get(indicator.table, ()))
    subject = next(iter(table.columns)).name
    # A day's integers are how the engine sees it; the reader is shown the day.
    return [
        column
        for column in table.columns
        if column.name in wanted - {subject} and column.info["kind"] != "part"
    ]


def _statement(
    indicator: Indicator, month: Month, shown: Sequence[sa.Column[Any]]
) -> sa.Select[Any]:
    table = EVERY[indicator.table].table
    subject = next(iter(table.columns))
    origin = [table.columns[name] for name in ORIGIN_LABELS]
    met = is_met_in(indicator, month).label("is_met")
    columns = [column.label(f"shown_{n}") for n, column in enumerate(shown)]
    return sa.select(subject.label("subject"), met, *origin, *columns).where(
        is_counted(indicator, month, month)
    )


def is_met_in(indicator: Indicator, month: Month) -> sa.ColumnElement[Any]:
    """Say whether a row meets the condition in a month; null for figures without one."""
    if not isinstance(indicator, Percentage):
        nothing: sa.ColumnElement[Any] = sa.null()
        return nothing
    return sa.case((is_met(indicator, month), sa.true()), else_=sa.false())


def _traced(
    row: tuple[Any, ...], shown: Sequence[str], indicator: Indicator, names: Mapping[str, str]
) -> TracedRow:
    subject, is_met, submission, file, sheet, number, *values = row
    return TracedRow(
        subject=str(subject),
        is_met=is_met if isinstance(indicator, Percentage) else None,
        fields=dict(zip(shown, values, strict=True)),
        return_name=names.get(submission, submission),
        file=file,
        sheet=sheet,
        row=number,
    )
