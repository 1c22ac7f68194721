"""Every return of an authority in one store comes to the lives themselves.

Annex A, the local tables, four children in need censuses, four SSDA903 returns, the workforce
censuses and the visits are received one after the other, as a folder would be. Annex A leads for
the days it covers and the others fill what it has no column for. Synthetic: every child is made up.

What no return between them can say, and the tests leave out by name:

* Annex A marks no transfers and no links between a referral and what followed; the censuses do, but
  only to 31 March 2020.
* What a list says of the day it was made (current placement, latest visit) is that of Annex A.
"""

from __future__ import annotations

from functools import cache

import polars as pl
import pytest

from lineofsight.access.roles import Actor, Role
from lineofsight.desk import Desk
from lineofsight.indicators import ALL
from lineofsight.journey.tables import BY_NAME
from lineofsight.receiving import Window as Given
from lineofsight.receiving import receive_all
from lineofsight.reference.periods import Month
from lineofsight.returns.arrivals import deliveries
from lineofsight.returns.issue import Kind
from lineofsight.returns.rows import delivered_fields
from lineofsight.synthetic.as_journey import as_journey
from lineofsight.synthetic.authority import synthesise
from lineofsight.synthetic.lives import Lives, simulate
from lineofsight.synthetic.settings import NAME
from lineofsight.synthetic.window import Window
from lineofsight.warehouse.journey import Journey
from tests.lives_received import events, measured, of_the_lives

from .test_lives_as_received_in_annex_a import COVERED

SIZE, SEED = 1_500, 4
LAST = Month.parse("2020-08")
CENSUS_DAYS = Window(
    COVERED.first.replace(year=2016, month=4), LAST.first_day.replace(month=3, day=31)
)


@cache
def lives() -> Lives:
    return simulate(SIZE, SEED)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A store that was handed two folders, each taken in one command, nothing refused."""
    folder = tmp_path_factory.mktemp("everything")
    synthesise(folder / "made", SIZE, SEED, returns="all")
    desk = Desk(folder / "store", Actor("analyst", Role.ANALYST))
    files = sorted((folder / "made").glob("*.xlsx"))
    arrived = deliveries([*files, *sorted((folder / "made" / "returns").iterdir())])
    given = Given(authority=NAME, gives_way=True)
    taken, refused = receive_all(desk, arrived, given, lambda step: None)
    assert [str(refusal) for refusal in refused] == []
    kinds = {submission.return_name for _, submission in taken}
    assert kinds == {
        "Annex A",
        "Local tables",
        "Children in need census",
        "SSDA903",
        "Children's social work workforce census",
    }
    return desk


@pytest.fixture(scope="module")
def journey(desk: Desk) -> Journey:
    """What all of them come to."""
    return desk.journey()


def test_everything_in_the_store_is_said_to_be_synthetic(desk: Desk) -> None:
    """Each delivery by itself: none may lose the label."""
    assert [s.file_name for s in desk.store.submissions() if not s.is_synthetic] == []


def test_no_row_is_gone(journey: Journey) -> None:
    """No newer delivery denies what an older one told."""
    assert [str(i) for i in journey.reported if i.kind is Kind.GONE] == []


EVENTS = (
    "contacts", "mash_decisions", "referrals", "need_episodes", "assessments",
    "section_47_enquiries", "initial_conferences", "child_protection_plans",
    "child_protection_reviews", "conference_requests", "care_plans", "audits", "staffing",
)  # fmt: skip
# Told by Annex A as on the day of its lists, or by nobody for the days after the last census.
LEFT_OUT = {
    "need_episodes": {"status"},
    "initial_conferences": {"is_transfer_in", "referred_on", "family_id", "worker"},
    "assessments": {"referred_on"},
    "section_47_enquiries": {"referred_on"},
    "child_protection_plans": {"referred_on", "is_other_authority"},
}


@pytest.mark.parametrize("table", EVENTS)
def test_every_event_is_the_same(journey: Journey, table: str) -> None:
    """Field by field, in the days that Annex A or the censuses cover."""
    window = CENSUS_DAYS if table == "child_protection_reviews" else COVERED
    left_out = LEFT_OUT.get(table, set())
    truth = as_journey(lives(), window)[table]
    fields = [n for n in delivered_fields(BY_NAME[table]) if n in truth.columns]
    fields = [n for n in fields if n not in left_out]
    expected = events(truth, table, fields, window)
    assert expected.height > 5
    assert events(journey.frames[table], table, fields, window).equals(expected)


@pytest.mark.parametrize("table", ["assessments", "section_47_enquiries", "child_protection_plans"])
def test_the_referral_is_filled_from_the_census(journey: Journey, table: str) -> None:
    """For what began in the days of the censuses, all but what cannot be told apart is filled."""
    fields = ["child_id", next(iter(delivered_fields(BY_NAME[table]))), "referred_on"]
    fields = list(dict.fromkeys(fields))
    truth = events(as_journey(lives(), CENSUS_DAYS)[table], table, fields, CENSUS_DAYS)
    found = events(journey.frames[table], table, fields, CENSUS_DAYS)
    filled = found.filter(pl.col("referred_on").is_not_null())
    assert filled.height > 0.95 * truth.height
    assert filled.join(truth, on=fields, how="anti").height == 0


def test_every_figure_of_every_month_is_the_same(journey: Journey) -> None:
    """All 31 indicators, from the lives and from what was received."""
    from_returns = measured(journey, LAST)
    truth = as_journey(lives(), COVERED)
    from_lives = measured(of_the_lives(truth, journey), LAST)
    unmeasured = {name for name, one in from_returns.items() if one.unmeasurable}
    assert unmeasured == set()
    assert len(from_returns) == len(ALL)
    differing = [
        (name, str(value.period.label))
        for name, one in from_returns.items()
        for value, other in zip(one.series, from_lives[name].series, strict=True)
        if (value.numerator, value.denominator) != (other.numerator, other.denominator)
    ]
    assert differing == []
