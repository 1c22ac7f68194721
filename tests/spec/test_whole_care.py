"""Periods of care that run through several years' SSDA903, as drawn tables with known answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lineofsight.returns.submission import read_files
from lineofsight.warehouse.journey import Journey, read_journey
from lineofsight.warehouse.store import Store
from tests.unit.returns.test_ssda903 import deliver

# A1 entered care in May 2017, moved in February 2018 and in June 2018, and left in August 2019.
# Each year's return holds the episodes that were open in that year.
HEADER = "A1,F,01/05/2010,WBRI,X1,,\nB2,M,01/05/2011,WBRI,X2,,"
OTHER = "B2,01/{month}/{year},S,V2,N1,U6,PR1,20/{month}/{year},E4A,,,,"
YEARS: dict[int, dict[str, str]] = {
    2018: {
        "episodes": """
            A1,03/05/2017,S,V2,N1,U6,PR1,10/02/2018,X1,CARPL,,,
            A1,10/02/2018,P,V2,N1,U4,PR1,,,,,,
            """,
        "reviews": "A1,01/05/2010,30/05/2017,PN1\nA1,01/05/2010,20/02/2018,PN1",
    },
    2019: {
        "episodes": """
            A1,10/02/2018,P,V2,N1,U4,PR1,04/06/2018,X1,CARPL,,,
            A1,04/06/2018,U,E1,N1,A5,PR1,,,,,,
            """,
        "placed_for_adoption": "A1,01/05/2010,09/05/2018,,",
    },
    2020: {
        "episodes": "A1,04/06/2018,U,E1,N1,A5,PR1,12/08/2019,E11,,,,",
        "placed_for_adoption": "A1,01/05/2010,09/05/2018,,",
        "ad1": "A1,01/05/2010,09/05/2018,01/06/2018,1,2,MF,L11",
    },
}


def journey_of(
    folder: Path, years: Sequence[int], changed: dict[int, str] | None = None
) -> Journey:
    """Receive some years' returns, in the order given."""
    store = Store(folder / "store")
    for year in years:
        tables = dict(YEARS[year], header=HEADER)
        tables["episodes"] = (changed or {}).get(year, tables["episodes"]).strip()
        tables["episodes"] += "\n" + OTHER.format(month="07", year=year - 1)
        place = folder / str(year)
        place.mkdir()
        store.add(read_files(deliver(place, tables), authority="Testshire"))
    return read_journey(store)


def rows(journey: Journey, table: str, *fields: str) -> list[tuple[Any, ...]]:
    return journey.frames[table].filter(child_id="A1").select(fields).sort(fields[0]).rows()


def periods(journey: Journey) -> list[tuple[Any, ...]]:
    return rows(journey, "periods_of_care", "started_on", "ceased_on", "reason_ceased")


@pytest.mark.parametrize("years", [(2018, 2019, 2020), (2020, 2018, 2019)])
def test_a_period_through_three_years_is_one(tmp_path: Path, years: tuple[int, ...]) -> None:
    """Whatever order the returns are received in; nothing of it is reported as gone."""
    journey = journey_of(tmp_path, years)
    assert periods(journey) == [(date(2017, 5, 3), date(2019, 8, 12), "E11")]
    assert journey.reported == ()


def test_an_open_period_is_open(tmp_path: Path) -> None:
    """Without the last year the child is still in care, and since the first."""
    journey = journey_of(tmp_path, (2018, 2019))
    assert periods(journey) == [(date(2017, 5, 3), None, None)]


def test_without_the_first_year_the_first_day_is_not_known(tmp_path: Path) -> None:
    """Then the period begins with the first episode that was delivered."""
    journey = journey_of(tmp_path, (2019, 2020))
    assert periods(journey) == [(date(2018, 2, 10), date(2019, 8, 12), "E11")]


def test_a_year_between_that_is_missing_does_not_hide_the_start(tmp_path: Path) -> None:
    """The episode of February 2018 ended in the missing year: its end is told by none.

    It is open in the older return, so in the newer one's days it stands no more, and is reported.
    """
    journey = journey_of(tmp_path, (2018, 2020))
    assert periods(journey) == [(date(2018, 6, 4), date(2019, 8, 12), "E11")]
    assert len(journey.reported) == 2


def test_the_latest_review_may_be_an_earlier_years(tmp_path: Path) -> None:
    """There was none in the last two years."""
    journey = journey_of(tmp_path, (2018, 2019, 2020))
    assert rows(journey, "periods_of_care", "latest_review_on") == [(date(2018, 2, 20),)]


def test_an_adoption_goes_back_to_the_first_day_in_care(tmp_path: Path) -> None:
    """The order and the placement are of 2018/19, the entry of 2017/18, the match of 2019/20."""
    journey = journey_of(tmp_path, (2018, 2019, 2020))
    steps = ("entered_care_on", "placement_order_on", "matched_on", "placed_on", "ordered_on")
    assert rows(journey, "adoptions", *steps) == [
        (
            date(2017, 5, 3),
            date(2018, 6, 4),
            date(2018, 6, 1),
            date(2018, 6, 4),
            date(2019, 8, 12),
        )
    ]


def test_a_child_who_left_and_came_back_has_two_periods(tmp_path: Path) -> None:
    """The second begins with S, in a later year; the first keeps its own end."""
    back = {
        2019: "A1,10/02/2018,P,V2,N1,U4,PR1,04/06/2018,E4A,,,,",
        2020: "A1,01/09/2019,S,V2,N1,U4,PR1,,,,,,",
    }
    journey = journey_of(tmp_path, (2018, 2019, 2020), back)
    assert periods(journey) == [
        (date(2017, 5, 3), date(2018, 6, 4), "E4A"),
        (date(2019, 9, 1), None, None),
    ]


def test_short_breaks_beside_full_care_stay_apart(tmp_path: Path) -> None:
    """A break that starts on the day of a move is no part of the period of full care."""
    breaks = {2019: YEARS[2019]["episodes"].strip() + "\nA1,10/02/2018,S,V4,N2,K2,PR4,,,,,,"}
    journey = journey_of(tmp_path, (2018, 2019), breaks)
    assert periods(journey) == [(date(2017, 5, 3), None, None), (date(2018, 2, 10), None, None)]
