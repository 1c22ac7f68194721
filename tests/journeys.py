"""Small journeys written by a machine: any fields, any dates, blanks wherever a blank may be."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import cache
from typing import Any

import polars as pl
import sqlalchemy as sa
from hypothesis import strategies as st

from lineofsight.indicators import ALL
from lineofsight.journey.clocks import records_behind
from lineofsight.journey.fields import Events, fields_of
from lineofsight.journey.tables import TABLES, children
from lineofsight.reference.periods import Month
from lineofsight.warehouse.facts import TYPES, build_facts
from lineofsight.warehouse.journey import Journey, Span

FIRST_DAY, LAST_DAY = date(2018, 1, 1), date(2020, 12, 31)
MONTH = Month.parse("2020-08")
WORDS = {
    "theme": ["MASH decision", "Assessment"],
    "legal_status": ["C2", "V2", "V3", "V4"],
    "source": ["6", "2A", "3A", "9"],
    "closure_reason": ["RC1", "RC8", "RC9"],
    "latest_category": ["NEG", "EMO", "PHY", "SAB"],
    "kind": ["P", "L", "N", "M", "A", "initial", "dental"],
    "placement_type": ["U1", "U6", "K2", "H5", "P1", "A5", "A6", "T1"],
    "placement_provider": ["PR1", "PR4"],
    "reason_started": ["S", "P", "L", "U"],
    "reason_ceased": ["E11", "E43", "E4A", "E5"],
    "participation": ["PN0", "PN1", "PN4", "PN6"],
    "in_touch": ["YES", "NO", "DIED"],
    "activity": ["F2", "G5", "0"],
    "grade": ["good", "inadequate"],
    "moderated_grade": ["good", "inadequate"],
    "referral_grade": ["outstanding", "inadequate"],
    "alternatives": ["Kinship care", "None possible"],
    "sdq_reason": ["SDQ1", "SDQ2"],
}
Tables = dict[str, list[dict[str, Any]]]


def days() -> st.SearchStrategy[date]:
    """Days around the turn of months and years, where mistakes live."""
    turns = [date(y, m, d) for y in (2018, 2019, 2020) for m in (1, 2, 8, 9, 12) for d in (1, 28)]
    return st.sampled_from([*turns, date(2020, 2, 29), date(2020, 8, 31)]) | st.dates(
        FIRST_DAY, LAST_DAY
    )


def _cell(name: str, column: sa.Column[Any]) -> st.SearchStrategy[Any]:
    kind = column.info["kind"]
    cells: dict[str, st.SearchStrategy[Any]] = {
        "text": st.sampled_from(WORDS.get(name, ["A", "B", "C"])),
        "code": st.sampled_from(WORDS.get(name, ["N1", "N2"])),
        "day": days(),
        "moment": st.builds(datetime.combine, days(), st.sampled_from([time(9), time(17, 30)])),
        "flag": st.booleans(),
        "whole": st.integers(0, 3),
        "amount": st.integers(0, 40).map(lambda n: n / 4),
    }
    return cells[kind] if column.info["required"] else st.none() | cells[kind]


@cache
def _rested_on() -> frozenset[str]:
    """The recorded fields that figures, intervals and some groups are made of, as 'table.field'."""
    beside = [one.cluster for one in ALL if one.cluster is not None]
    beside += [children.sex, children.born_on]
    fields = frozenset(f"{column.table.name}.{column.name}" for column in beside)
    return records_behind(fields.union(*(one.fields() for one in ALL)))


def _recorded(events: type[Events]) -> dict[str, sa.Column[Any]]:
    return {n: c for n, c in fields_of(events).items() if not c.info["kind"].startswith("clock")}


def _rows(events: type[Events]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Rows of a table that figures rest on; what none rests on stays blank where it may be."""
    name = events.__name__
    if not any(field.startswith(f"{name}.") for field in _rested_on()):
        return st.builds(list)
    blank = [n for n, c in _recorded(events).items() if not _matters(name, n, c)]
    drawn = {n: _cell(n, c) for n, c in _recorded(events).items() if n not in blank}
    row = st.fixed_dictionaries({**drawn, **dict.fromkeys(blank, st.none())})
    return st.lists(row, max_size=8)


def _matters(table: str, name: str, column: sa.Column[Any]) -> bool:
    must_be = column.info["required"] and column.info["kind"] != "flag"
    return must_be or name == "team" or f"{table}.{name}" in _rested_on()


def recorded_tables() -> st.SearchStrategy[Tables]:
    """Rows for every table of the journey, as they might be delivered."""
    return st.fixed_dictionaries({events.__name__: _rows(events) for events in TABLES})


def journey_from(tables: Tables) -> Journey:
    """Build the journey of some rows, delivered whole for 2018 to 2020."""
    frames = {}
    for events in TABLES:
        schema = {n: TYPES[c.info["kind"]] for n, c in _recorded(events).items()}
        frame = pl.DataFrame(tables[events.__name__], schema=schema)
        frames[events.__name__] = frame.with_columns(
            submission=pl.lit("generated"),
            file=pl.lit("generated.xlsx"),
            sheet=pl.lit(events.__name__),
            row=pl.int_range(2, pl.len() + 2),
        )
    covered = {name: (Span(FIRST_DAY, LAST_DAY),) for name in frames}
    return Journey(build_facts(frames), covered, frozenset(), ())
