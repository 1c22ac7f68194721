"""Flow: opening plus starts less ends is closing, and what a change is made of."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from lineofsight.access.audit import AuditTrail
from lineofsight.access.roles import Act, Actor, Role
from lineofsight.measurement.measure import Question, measure
from lineofsight.reference.periods import Month
from lineofsight.reviews.flow import review_flow
from lineofsight.reviews.flow_told import tell_flow
from lineofsight.reviews.ledger import Entry, by_age, by_group, by_month
from lineofsight.reviews.length_of_stay import decompose
from lineofsight.reviews.pace import Pace, compare_pace
from lineofsight.reviews.stocks_reviewed import STOCKS, Stock, looked_after, plans, spans_of
from lineofsight.reviews.unusual import unusual_months
from lineofsight.synthetic.as_journey import as_journey
from lineofsight.synthetic.lives import simulate
from lineofsight.synthetic.window import Window
from lineofsight.warehouse.duckdb import DuckDB
from lineofsight.warehouse.facts import build_facts
from lineofsight.warehouse.journey import Journey, Span

FIRST_DAY, LAST_DAY = date(2015, 9, 1), date(2020, 8, 31)
LAST = Month.of(LAST_DAY)
MONTHS = [Month(n) for n in range(Month.of(FIRST_DAY).index, LAST.index + 1)]
TABLES = frozenset({"child_protection_plans", "periods_of_care", "need_episodes", "children"})


@pytest.fixture(scope="module")
def journey() -> Journey:
    """The children of the demonstration, as a journey."""
    told = as_journey(simulate(), Window(FIRST_DAY, LAST_DAY))
    wanted = TABLES | {"care_episodes"}
    recorded = {
        name: told[name].with_columns(
            submission=pl.lit("lives"), file=pl.lit("lives"), sheet=pl.lit(name),
            row=pl.int_range(1, pl.len() + 1),
        )
        for name in wanted
    }  # fmt: skip
    covered = {name: (Span(FIRST_DAY, LAST_DAY),) for name in wanted}
    return Journey(build_facts(recorded, TABLES), covered, frozenset(), ())


def spans(*lines: tuple[str, str], born: str = "2010-05-15") -> pl.DataFrame:
    """Spans drawn as the days on which they start and end (blank while open)."""
    rows = pl.DataFrame(
        {
            "start_on": [date.fromisoformat(start) for start, _ in lines],
            "end_on": [date.fromisoformat(end) if end else None for _, end in lines],
        },
        schema={"start_on": pl.Date, "end_on": pl.Date},
    )
    month = {
        name: pl.col(f"{name}_on").dt.year().cast(pl.Int64) * 12
        + pl.col(f"{name}_on").dt.month().cast(pl.Int64)
        - 1
        for name in ("start", "end")
    }
    return rows.with_columns(**month, born_on=pl.lit(date.fromisoformat(born)))


def test_a_month_by_hand() -> None:
    """Open throughout, started, ended on the last day (closed), started and ended within."""
    drawn = spans(
        ("2020-01-10", ""),
        ("2020-08-03", ""),
        ("2020-02-01", "2020-08-31"),
        ("2020-08-04", "2020-08-20"),
        ("2020-02-01", "2020-07-31"),
    )
    assert by_month(drawn, [LAST]) == (Entry("August 2020", 2, 2, 2, 2),)


@pytest.mark.parametrize("stock", STOCKS, ids=lambda stock: stock.id)
def test_the_ledger_balances_in_every_month(stock: Stock, journey: Journey) -> None:
    """Of sixty made-up months, and every sixth by group: each of the four is counted by itself."""
    found = spans_of(stock, journey, LAST_DAY)
    whole = by_month(found, MONTHS)
    for line in whole:
        assert line.opening + line.starts - line.ends == line.closing, line
    assert [line.closing for line in whole[:-1]] == [line.opening for line in whole[1:]]
    for month, line in list(zip(MONTHS, whole, strict=True))[5::6]:
        for grouping in stock.groupings:
            groups = by_group(found, grouping.name, month, month)
            assert all(g.opening + g.starts - g.ends == g.closing for g in groups)
            assert sum(g.closing for g in groups) == line.closing


@pytest.mark.parametrize("stock", STOCKS, ids=lambda stock: stock.id)
def test_only_birthdays_move_anybody_between_ages(stock: Stock, journey: Journey) -> None:
    """What passes out of one age band passes into another: together nothing."""
    found = spans_of(stock, journey, LAST_DAY)
    for month in MONTHS[-24:]:
        lines = by_age(found, month, month)
        assert sum(line.moved for line in lines) == 0
        assert all(e.opening + e.starts - e.ends + e.moved == e.closing for e in lines)


def test_a_birthday_moves_a_child_to_the_next_band() -> None:
    """Ten on 15 May 2020: from 5 to 9 into 10 to 15."""
    found = by_age(spans(("2020-01-10", "")), Month.parse("2020-05"), Month.parse("2020-05"))
    assert found == (Entry("5 to 9", 1, 0, 0, 0, -1), Entry("10 to 15", 0, 0, 0, 1, 1))


@pytest.mark.parametrize("stock", STOCKS, ids=lambda stock: stock.id)
def test_the_ledger_is_that_of_the_indicators(stock: Stock, journey: Journey) -> None:
    """The number and both flows are those a paper prints, month by month."""
    question = Question(journey, DuckDB(journey.frames), LAST, "Lives", None)
    number, starts, ends = measure([stock.number, stock.starts, stock.ends], question)
    for month, line in zip(MONTHS, by_month(spans_of(stock, journey, LAST_DAY), MONTHS),
                           strict=True):  # fmt: skip
        values = [one.at(month) for one in (number, starts, ends)]
        told = [value.numerator if value else 0 for value in values]
        assert told == [line.closing, line.starts, line.ends], month


def test_a_change_taken_apart_by_hand() -> None:
    """Two cohorts reach back. June: 4 entered of whom 4 are there, and 4 in May of whom 2 are.

    August: 6 entered, all there; 4 in July of whom 3 are. So 6 becomes 9. Entries: (6 - 4) x 1 = 2.
    Length of stay: (3/4 - 2/4) x 4 = 1.
    """
    june = [("2020-06-10", "2020-07-20")] * 4
    may = [("2020-05-10", "2020-07-20")] * 2 + [("2020-05-10", "2020-06-10")] * 2
    august = [("2020-08-10", "")] * 6
    july = [("2020-07-10", "")] * 3 + [("2020-07-10", "2020-08-10")]
    drawn = spans(*june, *may, *august, *july)
    months = (Month.parse(text) for text in ("2020-06", "2020-08", "2020-05"))
    found = decompose(drawn, *months)
    assert (found.opening, found.closing, found.reach) == (6, 9, 2)
    assert (found.entries, found.stay, found.older) == (2, 1, 0)


def test_who_entered_before_records_of_entries_is_told_apart() -> None:
    """Nobody can say how many entered with them: one left, and one who entered in July is new."""
    drawn = spans(("2012-01-01", "2020-07-01"), ("2020-07-10", ""))
    months = (Month.parse(text) for text in ("2020-06", "2020-08", "2020-05"))
    found = decompose(drawn, *months)
    assert (found.opening, found.closing) == (1, 1)
    assert (found.entries, found.stay, found.older) == (1, 0, -1)


@pytest.mark.parametrize("stock", STOCKS, ids=lambda stock: stock.id)
def test_the_parts_add_up_to_the_change(stock: Stock, journey: Journey) -> None:
    """To the last child, whatever the two months."""
    found = spans_of(stock, journey, LAST_DAY)
    for before in MONTHS[12:-6:5]:
        one = decompose(found, before, LAST, MONTHS[0])
        assert one.entries + one.stay + one.older == pytest.approx(one.closing - one.opening)


def test_the_entries_of_july_2020_are_found_and_no_other_month(journey: Journey) -> None:
    """The demonstration has 30 entries to care in July 2020, about 16 in other months."""
    lines = by_month(spans_of(looked_after, journey, LAST_DAY), MONTHS)
    counts = [(month, line.starts) for month, line in zip(MONTHS, lines, strict=True)]
    (found,) = unusual_months(counts, 24)
    assert (str(found.month), found.count, found.is_high) == ("2020-07", 30, True)


def test_plans_end_more_slowly_since_march_2020_and_care_does_not(journey: Journey) -> None:
    """That is the demonstration's story: of plans, and not of children looked after."""
    before, recent = MONTHS[-30:-6], MONTHS[-6:]
    paces = {
        stock.id: compare_pace(spans_of(stock, journey, LAST_DAY), before, recent, stock.bands)
        for stock in STOCKS
    }
    assert paces["plans"].pace is Pace.SLOWER
    assert paces["looked-after"].pace is Pace.ALIKE


def test_one_month_of_fewer_is_no_steady_reduction(journey: Journey, tmp_path: Path) -> None:
    """August 2020 after the spike of July: the model report wrote "a steady reduction again"."""
    entry = AuditTrail(tmp_path / "audit.jsonl").enter(Actor("a", Role.ANALYST), Act.REVIEW, "flow")
    found = review_flow(looked_after, journey, MONTHS[-24:], LAST - 5, MONTHS[0], entry)
    summary = tell_flow(found, "Lives", is_synthetic=True).summary
    assert summary[0].startswith("488 children were looked after at the end of August 2020, 7 more")
    assert summary[1].endswith("so no change of pace can be told from chance.")
    assert summary[2:] == (
        "July 2020 stands out: 30 came into care, more than the 9 to 23 that the months before it "
        "lead to (mean 16.2).",
        "In August 2020 the number fell by 9. That is one month: a steady reduction is not said of "
        "fewer than 6 months in a row.",
    )


def made_up(seed: int, slower: float = 1.0) -> pl.DataFrame:
    """Plans of families that start at random and end at random, more slowly in the last half-year.

    Each month one in ten ends, siblings together.
    """
    rng = np.random.default_rng(seed)
    start = np.repeat(np.arange(-60, 0), rng.poisson(14, 60))
    end = start + rng.geometric(0.1, len(start))
    late = np.maximum(start + 1, -6)
    end = np.where(end < late, end, late - 1 + rng.geometric(0.1 * slower, len(start)))
    size = 1 + np.arange(len(start)) % 3
    months = {"start": np.repeat(start, size), "end": np.repeat(end, size)}
    ended = pl.when(pl.col("end") < 0).then(pl.col("end") + LAST.index + 1)
    return pl.DataFrame(months).with_columns(
        pl.col("start") + LAST.index + 1, ended.alias("end"), born_on=pl.lit(date(2010, 5, 15))
    )


def test_a_pace_that_has_not_changed_is_not_said_to_have() -> None:
    """At least 18 of 20 made-up authorities; and a pace of half is found in as many."""
    before, recent = MONTHS[-30:-6], MONTHS[-6:]

    def paces(slower: float) -> list[Pace]:
        found = (made_up(seed, slower) for seed in range(20))
        return [compare_pace(one, before, recent, plans.bands).pace for one in found]

    assert paces(1.0).count(Pace.ALIKE) >= 18
    assert paces(0.5).count(Pace.SLOWER) >= 18


def test_an_unusual_month_by_hand() -> None:
    """Twelve months of 10 and 14 in turn: mean 12, every range 4, so limits 12 -/+ 2.66 x 4.

    23 is beyond 22.64 and rarer than one in a hundred; 22 is not beyond.
    """
    before = [(LAST - n, 10 + 4 * (n % 2)) for n in range(12, 0, -1)]
    (found,) = unusual_months([*before, (LAST, 23)], 1)
    assert (found.mean, round(found.low, 2), round(found.high, 2)) == (12, 1.36, 22.64)
    assert unusual_months([*before, (LAST, 22)], 1) == ()


def test_a_month_is_not_unusual_for_leaving_a_calm_series() -> None:
    """Of months that hardly vary 16 after 12s lies beyond limits, and is what chance brings."""
    before = [(LAST - n, 12 + n % 2) for n in range(12, 0, -1)]
    assert unusual_months([*before, (LAST, 17)], 1) == ()


def test_a_month_without_a_year_before_it_is_not_held_against_it() -> None:
    """Eleven months are too few for limits."""
    before = [(LAST - n, 10 + 4 * (n % 2)) for n in range(11, 0, -1)]
    assert unusual_months([*before, (LAST, 90)], 1) == ()
