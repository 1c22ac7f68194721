"""One text, four engines: DuckDB's answer is also that of Polars, PostgreSQL and Spark, to the row.

They share no code, and each is run for real: Debian's PostgreSQL server, Spark in local mode. Where
one of them is absent its tests skip and say what to install.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings

from lineofsight.errors import UsageFault
from lineofsight.indicators import ALL, BY_ID
from lineofsight.indicators.indicator import Indicator
from lineofsight.journey.breakdowns import BREAKDOWNS, Breakdown, find_breakdowns
from lineofsight.measurement.dataset import dataset
from lineofsight.measurement.measure import Question
from lineofsight.reference.periods import Month
from lineofsight.synthetic.as_journey import as_journey
from lineofsight.synthetic.lives import simulate
from lineofsight.synthetic.window import Window
from lineofsight.warehouse.duckdb import DuckDB
from lineofsight.warehouse.engine import Engine
from lineofsight.warehouse.facts import build_facts
from lineofsight.warehouse.journey import Journey, Span
from lineofsight.warehouse.polars import PolarsSQL
from lineofsight.warehouse.postgresql import PostgreSQL
from lineofsight.warehouse.prepared import write_prepared
from lineofsight.warehouse.spark import Spark

from ..journeys import MONTH, Tables, journey_from, recorded_tables
from ..postgresql import running
from .test_measure import PEOPLE, SLOW

Frames = Mapping[str, pl.DataFrame]
Over = Callable[[Frames], AbstractContextManager[Engine]]
# Spark takes a second a statement: it answers for flows, spans, clocks and amounts, not for all.
PLANS = ["plan_rate", "two_years_or_more", "plans_started", "plans_ended"]
FEWER = [BY_ID[f"child_protection.{name}"] for name in PLANS]
FEW = [*FEWER, BY_ID["child_protection.icpc_timeliness"], BY_ID["workforce.caseload"]]
DRAWN = find_breakdowns(["team", "sex", "age_band"])
WHOLE = Window(date(2016, 9, 1), date(2020, 8, 31))
AWKWARD = pl.DataFrame(
    {
        "team": ["North", None, "", 'the "new"', "a, b", "\\.", "it's 5%\n", "É"],
        "row": [1, 2, None, 2**40, -1, 0, 7, 8],
        "fte": [0.1, 2.5, None, 1e-9, 1e22, -0.25, 3.0, 0.0],
        "is_met": [True, False, None, True, True, False, None, True],
        "held_on": [date(2020, 2, 29), None, *[date(1900 + n, 1, 1) for n in range(6)]],
        "received_at": [None, *[datetime(2020, 3, 29, 1, n, 30, 5) for n in range(7)]],
    }
)


@pytest.fixture(scope="module")
def postgresql() -> Iterator[Over]:
    with running() as cluster:
        yield lambda frames: PostgreSQL(frames, cluster.address())


@pytest.fixture(scope="module")
def spark() -> Over:
    try:
        Spark({}).close()
    except UsageFault as absent:
        pytest.skip(str(absent))
    return Spark


@pytest.fixture(scope="module")
def here() -> Over:
    return lambda frames: nullcontext(DuckDB(frames))


@pytest.fixture(scope="module", params=["polars", "postgresql"])
def over(request: pytest.FixtureRequest) -> Over:
    """An engine that answers for everything."""
    if request.param == "postgresql":
        started: Over = request.getfixturevalue("postgresql")
        return started
    return lambda frames: nullcontext(PolarsSQL(frames))


@pytest.fixture(scope="module")
def authority() -> Journey:
    """A synthetic authority of 2,000 children, as its lives tell it."""
    told = as_journey(simulate(2_000, seed=3), WHOLE)
    frames = build_facts({name: _with_origin(frame, name) for name, frame in told.items()})
    covered = {name: (Span(WHOLE.first, WHOLE.last),) for name in frames}
    return Journey(frames, covered, frozenset(), ())


@pytest.fixture(scope="module")
def of_authority(authority: Journey) -> pl.DataFrame:
    return figures_on(DuckDB(authority.frames), authority, MONTH)


def _with_origin(frame: pl.DataFrame, table: str) -> pl.DataFrame:
    here = {name: pl.lit(table) for name in ("submission", "file", "sheet")}
    return frame.with_columns(**here, row=pl.int_range(1, pl.len() + 1))


def figures_on(
    engine: Engine,
    journey: Journey,
    month: Month,
    indicators: Sequence[Indicator] = ALL,
    breakdowns: Sequence[Breakdown] = BREAKDOWNS,
) -> pl.DataFrame:
    """Every value of every group, month and period, with the sums of one engine."""
    question = Question(journey, engine, month, "Generated", PEOPLE)
    return dataset(indicators, question, breakdowns).table


def _same(one: pl.DataFrame, other: pl.DataFrame) -> bool:
    return one.schema == other.schema and one.equals(other)


@settings(parent=SLOW, max_examples=3)
@given(recorded_tables())
def test_drawn_journeys_come_out_the_same(over: Over, tables: Tables) -> None:
    """All indicators by groups, whatever is blank or falls on the turn of a month."""
    journey = journey_from(tables)
    with over(journey.frames) as engine:
        answer = figures_on(engine, journey, MONTH, ALL, DRAWN)
    assert _same(answer, figures_on(DuckDB(journey.frames), journey, MONTH, ALL, DRAWN))


def test_a_whole_authority_comes_out_the_same(
    over: Over, authority: Journey, of_authority: pl.DataFrame
) -> None:
    """Every indicator by every breakdown."""
    with over(authority.frames) as engine:
        answer = figures_on(engine, authority, MONTH)
    assert _same(answer, of_authority)
    assert answer.height > 100_000


def test_spark_comes_out_the_same(spark: Over, authority: Journey) -> None:
    """Plans, conferences and caseloads of a whole authority, by team."""
    few = find_breakdowns(["team"])
    needed = {one.table: authority.frames[one.table] for one in FEW}
    with spark(needed) as engine:
        answer = figures_on(engine, authority, MONTH, FEW, few)
    assert _same(answer, figures_on(DuckDB(needed), authority, MONTH, FEW, few))
    assert answer.height > 2_000


@settings(parent=SLOW, max_examples=2)
@given(recorded_tables())
def test_drawn_journeys_come_out_the_same_on_spark(spark: Over, tables: Tables) -> None:
    journey = journey_from(tables)
    needed = {one.table: journey.frames[one.table] for one in FEWER}
    with spark(needed) as engine:
        answer = figures_on(engine, journey, MONTH, FEWER, ())
    assert _same(answer, figures_on(DuckDB(needed), journey, MONTH, FEWER, ()))


@pytest.mark.parametrize("engine", ["postgresql", "spark"])
def test_what_is_held_is_what_is_there(engine: str, request: pytest.FixtureRequest) -> None:
    """No blank becomes an empty text, no number another, and a table is held anew."""
    over: Over = request.getfixturevalue(engine)
    columns = 'team, "row", fte, is_met, held_on, received_at'
    with over({"rows_held": AWKWARD.head(1), "texts": AWKWARD.select("team")}) as opened:
        opened.hold("rows_held", AWKWARD)
        back = opened.rows(f"SELECT {columns} FROM rows_held")
        assert Counter(back) == Counter(AWKWARD.rows())
        counts = "COUNT(*), COUNT(team), SUM(CASE WHEN team = '' THEN 1 ELSE 0 END)"
        assert opened.rows(f"SELECT {counts} FROM texts") == [(8, 7, 1)]


@pytest.mark.parametrize("engine", ["postgresql", "spark", "here"])
def test_sums_are_plain_numbers(engine: str, request: pytest.FixtureRequest) -> None:
    """Not decimals, whatever an engine adds with: counts are whole, quarters have a fraction."""
    text = (
        'SELECT SUM("row") AS added, SUM(CASE WHEN is_met THEN 1 ELSE 0 END) AS met, '
        "SUM(CASE WHEN is_met THEN 0.25 ELSE 0 END) AS quarters FROM rows_held"
    )
    over: Over = request.getfixturevalue(engine)
    with over({"rows_held": AWKWARD}) as opened:
        answer = {name: values.tolist() for name, values in next(opened.columns([text])).items()}
    assert repr(answer) == f"{{'added': [{2**40 + 17}], 'met': [4], 'quarters': [1.0]}}"


def test_spark_reads_prepared_tables_where_they_are(spark: Over, tmp_path: Path) -> None:
    for authority in (1, 2):
        write_prepared({"rows_held": AWKWARD.drop("row")}, authority, tmp_path)
    text = "SELECT authority, COUNT(*) FROM rows_held GROUP BY authority"
    with Spark.over(tmp_path) as engine:
        assert sorted(engine.rows(text)) == [(1, 8), (2, 8)]


def test_a_server_that_is_not_there_is_said_without_the_address() -> None:
    with pytest.raises(UsageFault) as refused:
        PostgreSQL({}, "postgresql://someone:secret@127.0.0.1:1/nowhere")
    assert "cannot be reached" in str(refused.value)
    assert not any(word in str(refused.value) for word in ("someone", "secret", "127.0.0.1"))
