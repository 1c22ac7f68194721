"""The rows that restate a figure add up to what it changed by, whatever was recorded late."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lineofsight.access.audit import AuditTrail
from lineofsight.access.roles import Act, Actor, Role
from lineofsight.indicators import child_protection, workforce
from lineofsight.indicators.indicator import Indicator
from lineofsight.journey.fields import Events
from lineofsight.journey.tables import child_protection_plans, initial_conferences, staffing
from lineofsight.measurement.measure import Question, measure
from lineofsight.measurement.measurement import Value
from lineofsight.reference.periods import Month
from lineofsight.warehouse.duckdb import DuckDB
from lineofsight.worklists.restated import Cause, KnownRow, Telling, restated_rows
from tests.spec.conftest import journey_of

JULY = Month.parse("2020-07")
children = st.sampled_from(list("ABCDEFGH"))
days = st.sampled_from(
    ["2020-06-30", "2020-07-01", "2020-07-06", "2020-07-27", "2020-07-28", "2020-07-31",
     "2020-08-01", "2018-07-31"]
)  # fmt: skip
no_day = st.one_of(st.just(""), days)
conferences = st.lists(st.tuples(children, no_day, days), max_size=24)
plans = st.lists(st.tuples(children, days, no_day), max_size=24)
posts = st.lists(
    st.tuples(
        st.sampled_from(["T1", "T2"]),
        st.sampled_from(["2020-06-30", "2020-07-31"]),
        st.sampled_from(["", "0", "70", "85"]),
        st.sampled_from(["", "4.5", "7.25"]),
    ),
    max_size=8,
)
CASES: list[tuple[Indicator, type[Events], str, st.SearchStrategy[list[tuple[str, ...]]]]] = [
    (child_protection.icpc_timeliness, initial_conferences,
     "child_id | strategy_discussion_on | held_on", conferences),
    (child_protection.conferences_held, initial_conferences,
     "child_id | strategy_discussion_on | held_on", conferences),
    (child_protection.two_years_or_more, child_protection_plans,
     "child_id | started_on | ended_on", plans),
    (child_protection.plans_ended, child_protection_plans,
     "child_id | started_on | ended_on", plans),
    (workforce.caseload, staffing, "team | counted_on | cases | case_holders_fte", posts),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0].id)
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_the_rows_add_up_to_the_change(
    case: tuple[Indicator, type[Events], str, st.SearchStrategy[list[tuple[str, ...]]]],
    data: st.DataObject,
    tmp_path: Path,
) -> None:
    indicator, events, head, rows = case
    tellings, values = [], []
    for _ in ("then", "now"):
        lines = (" | ".join(cells) for cells in data.draw(rows))
        journey = journey_of({events: "\n".join((head, *lines))})
        engine = DuckDB(journey.frames)
        tellings.append(Telling(engine, ()))
        (found,) = measure([indicator], Question(journey, engine, JULY, "Drawn", None))
        assert found.latest is not None
        values.append(found.latest)
    entry = AuditTrail(tmp_path / "audit.jsonl").enter(
        Actor("drawn", Role.ANALYST), Act.RESTATE, indicator.id
    )
    changes = restated_rows(indicator, JULY, *tellings, entry)
    for side in (0, 1):
        before, after = (_part(value, side) for value in values)
        told = sum(_added(one.after, side) - _added(one.before, side) for one in changes)
        assert round(told, 6) == round(after - before, 6)
    # Each row listed makes a difference of its own.
    for one in changes:
        if one.cause is Cause.CHANGED:
            assert one.before is not None
            assert one.after is not None
            assert one.before.adds != one.after.adds


def _part(value: Value, side: int) -> float:
    return (value.numerator, value.denominator or 0.0)[side]


def _added(row: KnownRow | None, side: int) -> float:
    return (row.adds[side] or 0.0) if row is not None and row.counts else 0.0
