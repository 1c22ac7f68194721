"""Only the tables that somebody asks about are worked out, and the figures are the same."""

from __future__ import annotations

from collections import defaultdict

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from lineofsight.access.roles import Actor, Role
from lineofsight.dataset import asked, dataset
from lineofsight.desk import Desk
from lineofsight.indicators import ALL
from lineofsight.journey.clocks import tables_behind
from lineofsight.receiving import Window, receive
from lineofsight.reference.periods import Month
from lineofsight.synthetic.authority import synthesise

MONTH = Month.parse("2020-08")
GROUPS = ("need", "placement", "ward", "disability", "legal_status")
ORDER = ["indicator", "breakdown", "group", "period", "period_ends_on"]


def _alike() -> list[list[str]]:
    """Indicators that rest on the same tables, together."""
    found = defaultdict(list)
    for indicator in ALL:
        found[tables_behind(indicator.fields())].append(indicator.id)
    return list(found.values())


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("authority")
    files = synthesise(folder / "returns", 1_000, 5)
    desk = Desk(folder / "store", Actor("a test", Role.ANALYST))
    for path in files.returns:
        receive(desk, path, Window())
    return desk


@pytest.fixture(scope="module")
def whole(desk: Desk) -> dict[tuple[str, ...], pl.DataFrame]:
    """The dataset of all indicators, as a whole and by groups."""
    return {by: table(desk, [], by) for by in ((), GROUPS)}


def table(desk: Desk, identities: list[str], by: tuple[str, ...]) -> pl.DataFrame:
    return dataset(desk, asked(MONTH, None, identities, by)).table.sort(ORDER)


@pytest.mark.parametrize("identities", _alike(), ids=lambda identities: identities[0])
@pytest.mark.parametrize("by", [(), GROUPS], ids=["whole", "groups"])
def test_some_indicators_are_what_they_are_among_all(
    desk: Desk,
    whole: dict[tuple[str, ...], pl.DataFrame],
    identities: list[str],
    by: tuple[str, ...],
) -> None:
    alone = table(desk, identities, by)

    assert_frame_equal(alone, whole[by].filter(pl.col("indicator").is_in(identities)))


def test_a_derived_table_rests_on_what_it_is_made_of() -> None:
    """Reviews of plans need the plans and the conferences, and nothing of those in care."""
    found = tables_behind(frozenset({"plan_reviews.is_in_time"}))

    assert {"plan_reviews", "child_protection_plans", "child_protection_reviews"} <= found
    assert "periods_of_care" not in found
