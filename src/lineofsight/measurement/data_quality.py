"""The data-quality lines beside a figure: how many of its rows break a rule that it suffers from.

Rules come in as plain data and the rows that break them as a table of the engine, so that nothing
here knows a rule; only numbers go on from here. What became of the rows is counted, not assumed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from lineofsight.indicators.indicator import Indicator, OpenAtEnd, Percentage
from lineofsight.journey.clocks import records_behind
from lineofsight.journey.derived import EVERY
from lineofsight.journey.fields import ORIGIN
from lineofsight.measurement.counted import is_counted, is_met
from lineofsight.reference.periods import Month
from lineofsight.warehouse.engine import Engine
from lineofsight.warehouse.sql_text import render

FLAGGED = "flagged_rows"
# More lines than these would say less.
MOST_LINES = 3
TWELVE = 12
_ROWS = sa.table(
    FLAGGED,
    sa.column("rule", sa.Integer()),
    *(sa.column(name, sa.Integer() if name == "row" else sa.String()) for name in ORIGIN),
)
_NOUNS = {
    "audits": ("audit", "audits"),
    "assessments": ("assessment", "assessments"),
    "child_protection_plans": ("plan", "plans"),
    "contacts": ("contact", "contacts"),
    "early_help_assessments": ("assessment", "assessments"),
    "initial_conferences": ("conference", "conferences"),
    "mash_decisions": ("referral", "referrals"),
    "need_episodes": ("episode of need", "episodes of need"),
    "periods_of_care": ("period of care", "periods of care"),
    "referrals": ("referral", "referrals"),
    "section_47_enquiries": ("enquiry", "enquiries"),
    "staffing": ("row of staffing", "rows of staffing"),
}
# How a percentage speaks of its rows when it has no words of its own.
_UNSAID, _YES_AND_NO = ("met", "not met"), ("as yes", "as no")


@dataclass(frozen=True, slots=True)
class Flag:
    """A rule that some figures suffer from.

    `number` stands beside its rows in the engine's table of flagged rows; `table` is theirs. A
    figure suffers from it that uses all of `fields` ('table.field'). `said` is what is the matter,
    of one row and of several ('has no theme', 'have no theme').
    """

    number: int
    table: str
    fields: frozenset[str]
    is_error: bool
    said: tuple[str, str]


@dataclass(frozen=True, slots=True)
class QualityNote:
    """How many rows of a figure break one rule, as a sentence; `undecided` of them lack a value."""

    text: str
    count: int
    undecided: int


def quality_notes(
    indicator: Indicator, flags: Sequence[Flag], engine: Engine, first: Month, last: Month
) -> tuple[QualityNote, ...]:
    """Say the weightiest matters with the rows that a figure counts, errors first, most rows first.

    Of a flow the rows from `first` to `last` are looked at, of a stock those at the end of `last`.
    """
    fields = records_behind(indicator.fields()) | indicator.fields()
    touching = {f.number: f for f in flags if f.table == indicator.table and f.fields <= fields}
    if not touching:
        return ()
    rows = engine.rows(render(_statement(indicator, sorted(touching), first, last)))
    found = sorted(rows, key=lambda row: (not touching[row[0]].is_error, -row[1], row[0]))
    return tuple(_notes(indicator, touching, found[:MOST_LINES], last.index - first.index + 1))


def _statement(
    indicator: Indicator, numbers: Sequence[int], first: Month, last: Month
) -> sa.Select[Any]:
    table = EVERY[indicator.table].table
    same = sa.and_(*(table.columns[name] == _ROWS.c[name] for name in ORIGIN))
    met: sa.ColumnElement[Any] = sa.true()
    if isinstance(indicator, Percentage):
        met = is_met(indicator, last)
    one, none = sa.literal(1), sa.literal(0)
    return (
        sa.select(
            _ROWS.c.rule,
            sa.func.count().label("counted"),
            sa.func.sum(sa.case((met, one), else_=none)).label("met"),
            sa.func.sum(sa.case((met.is_(None), one), else_=none)).label("undecided"),
        )
        .select_from(table.join(_ROWS, same))
        .where(_ROWS.c.rule.in_(numbers), is_counted(indicator, first, last))
        .group_by(_ROWS.c.rule)
    )


def _notes(
    indicator: Indicator,
    touching: dict[int, Flag],
    rows: Sequence[tuple[Any, ...]],
    months: int,
) -> Iterator[QualityNote]:
    for number, *counts in rows:
        count, met, undecided = (int(each) for each in counts)
        flag = touching[number]
        which = "" if isinstance(indicator.when, OpenAtEnd) else f" of {_span(months)}"
        noun = _NOUNS[indicator.table][count != 1]
        said = f"{count:,} {noun}{which} {flag.said[count != 1]}"
        yield QualityNote(f"{said}: {_effect(indicator, count, met)}.", count, undecided)


def _span(months: int) -> str:
    return "the month" if months == 1 else f"the {'twelve' if months == TWELVE else months} months"


def _effect(indicator: Indicator, count: int, met: int) -> str:
    if not isinstance(indicator, Percentage):
        return "counted"
    yes, no = _YES_AND_NO if indicator.said == _UNSAID else indicator.said
    if 0 < met < count:
        return f"{met:,} counted {yes}, {count - met:,} {no}"
    return f"counted {yes if met else no}"
