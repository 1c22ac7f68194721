"""Five yearly workbooks, received one after the other, tell what one of five years tells.

No figure differs, in any month. Two tables of the journey do, as the lists honestly must:

* `periods_of_care`: list 8 counts placements and missing episodes 'in the last 12 months' to its
  own date. Of a period that ended before the last delivery, the newest list that holds it is
  older than the one of five years, so the count is of another twelve months.
* `children`: a yearly list 9 names care leavers of its day; some have left the service by the
  day of the five-year workbook, and nothing else is told of them. A disability is not said in
  every list, and the newest of one year says less of a child than five years do.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from lineofsight.access.roles import Actor, Role
from lineofsight.cycle import measure
from lineofsight.desk import SETTINGS, Desk
from lineofsight.indicators.indicator import Indicator
from lineofsight.journey.clocks import records_behind
from lineofsight.journey.fields import ORIGIN
from lineofsight.measurement.measurement import Measurement
from lineofsight.receiving import Window, receive
from lineofsight.reference.periods import Month
from lineofsight.returns.annex_a import ANNEX_A
from lineofsight.returns.local import LOCAL
from lineofsight.synthetic.authority import (
    YEARS_OF_VISITS,
    Deliveries,
    SynthesisedFiles,
    synthesise,
)
from lineofsight.warehouse.journey import Journey

LAST = Month.parse("2020-08")
AT_THE_LIST = ["placements_in_12_months", "missing_in_12_months"]
# No child of the synthetic authority is recorded twice.
NOBODY = ("linked_identifiers",)
# Tables that only the SSDA903 delivers; these deliveries do not hold it.
UNTOLD = {"health", "care_leavers_at_birthday"}
# Every month shows these as the newest delivery has them, see docs/deviations.md.
LAST_GIVEN = {
    "child_protection_plans.latest_category",
    "periods_of_care.is_placed_outside",
    "periods_of_care.permanence_plan",
    "periods_of_care.worker",
    "child_protection_plans.worker",
}
MONTHS_TOLD, MONTHS_OF_VISITS = 60, 12 * YEARS_OF_VISITS
Synthesised = Callable[[Deliveries], SynthesisedFiles]


@dataclass(frozen=True)
class Received:
    """A journey and everything measured of it."""

    journey: Journey
    measurements: tuple[Measurement, ...]


@pytest.fixture(scope="module")
def synthesised(tmp_path_factory: pytest.TempPathFactory) -> Synthesised:
    folder = tmp_path_factory.mktemp("years")
    return cache(lambda deliveries: synthesise(folder / deliveries, 3_000, 7, None, deliveries))


def received(store: Path, paths: tuple[Path, ...], settings: Path, month: Month) -> Received:
    desk = Desk(store, Actor("a test", Role.ANALYST))
    for path in paths:
        receive(desk, path, Window())
    shutil.copyfile(settings, store / SETTINGS)
    return Received(*measure(desk, month))


@pytest.fixture(scope="module")
def one(synthesised: Synthesised, tmp_path_factory: pytest.TempPathFactory) -> Received:
    files = synthesised("one")
    return received(tmp_path_factory.mktemp("one"), files.returns, files.settings, LAST)


@pytest.fixture(scope="module")
def yearly(synthesised: Synthesised, tmp_path_factory: pytest.TempPathFactory) -> Received:
    files = synthesised("yearly")
    assert len(files.annex_a) == 5
    return received(tmp_path_factory.mktemp("yearly"), files.returns, files.settings, LAST)


def rests_on_visits(indicator: Indicator) -> bool:
    """Tell a figure whose records are delivered for the last years alone."""
    return "visits.visited_on" in records_behind(indicator.fields())


def shows_the_newest_list(indicator: Indicator) -> bool:
    """Tell a figure that describes children as the newest delivery has them."""
    return indicator.table == "care_leavers" or bool(LAST_GIVEN & indicator.fields())


def test_every_figure_of_every_month_is_the_same(one: Received, yearly: Received) -> None:
    for whole, by_year in zip(one.measurements, yearly.measurements, strict=True):
        if whole.indicator.table in UNTOLD:
            assert whole.unmeasurable is not None, whole.indicator.id
            continue
        assert whole.unmeasurable is None, whole.indicator.id
        told = MONTHS_OF_VISITS if rests_on_visits(whole.indicator) else MONTHS_TOLD
        assert len(whole.series) >= told - whole.indicator.lookback_months, whole.indicator.id
        assert whole.series == by_year.series, whole.indicator.id
        assert whole.rolling == by_year.rolling, whole.indicator.id
        assert whole.notes == by_year.notes, whole.indicator.id
        assert whole.design_effect == by_year.design_effect, whole.indicator.id


def test_nothing_that_a_year_told_is_gone_in_the_next(yearly: Received) -> None:
    assert yearly.journey.reported == ()


def rows(received: Received, table: str) -> pl.DataFrame:
    frame = received.journey.frames[table].drop(ORIGIN)
    return frame.sort(frame.columns)


@pytest.mark.parametrize("table", sorted({*ANNEX_A.tables, *LOCAL.tables} - {"children"}))
def test_every_record_is_the_same(one: Received, yearly: Received, table: str) -> None:
    at_the_list = AT_THE_LIST if table == "periods_of_care" else []
    assert (rows(one, table).height > 0) is (table not in NOBODY)
    assert rows(one, table).drop(at_the_list).equals(rows(yearly, table).drop(at_the_list))


def test_every_child_is_there(one: Received, yearly: Received) -> None:
    known = ["child_id", "sex", "ethnicity", "born_on"]
    whole, by_year = (r.journey.frames["children"].select(known) for r in (one, yearly))
    missing = whole.join(by_year, on=known, how="anti", nulls_equal=True)
    assert missing.height == 0


def test_what_was_known_in_2018_was_right(
    synthesised: Synthesised, one: Received, tmp_path: Path
) -> None:
    """The first three workbooks give the figures up to August 2018, as far as Annex A goes."""
    files = synthesised("yearly")
    early = received(tmp_path / "store", files.annex_a[:3], files.settings, Month.parse("2018-08"))
    differ, same = [], []
    for then, later in zip(early.measurements, one.measurements, strict=True):
        if then.unmeasurable is None and not shows_the_newest_list(then.indicator):
            is_same = then.series == later.series[: len(then.series)]
            (same if is_same else differ).append(then.indicator.id)
    assert differ == []
    assert len(same) >= 60
