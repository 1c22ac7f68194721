"""Every return of the same lives in one store is one journey, and its figures are the lives' own.

Annex A, the local tables, four children in need censuses, four SSDA903 and four workforce censuses
tell the same events two or three times over. Each is there once, with what any return says of it.
What stands in a yearly return only is compared in the years that all four cover, as known on the
last day of them; care as SSDA903 tells it has a test of its own.

Together they still do not say the worker of a conference (list 5 names that of its enquiry), and
list 8 counts a child's placements of twelve months in each of its periods of care.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from lineofsight.journey.tables import BY_NAME
from lineofsight.reference.periods import Month
from lineofsight.returns.arrivals import deliveries
from lineofsight.returns.rows import delivered_fields
from lineofsight.returns.submission import read_files
from lineofsight.synthetic.as_journey import as_journey
from lineofsight.synthetic.authority import synthesise
from lineofsight.synthetic.lives import Lives, simulate
from lineofsight.synthetic.settings import NAME
from lineofsight.synthetic.window import Window
from lineofsight.warehouse.journey import Journey, read_journey
from lineofsight.warehouse.store import Store
from tests.lives_received import (
    ONCE_A_YEAR,
    events,
    fewest_months,
    lost,
    measured,
    of_the_lives,
    unmeasured,
)

SIZE, SEED, DATASET = 3_000, 3, "ssd"
HISTORY = Window(date(2015, 9, 1), date(2020, 8, 31))
YEARS = Window(date(2016, 4, 1), date(2020, 3, 31))
LAST = Month.parse("2020-08")
# What a folder is received with: only the dataset does not say its days itself.
DAYS = {"first_day": HISTORY.first, "last_day": HISTORY.last, "as_at": HISTORY.last}
# table: the fields that no return says as the lives do; the referral is compared below
WHOLE_HISTORY = {
    "contacts": set(),
    "mash_decisions": set(),
    "early_help_assessments": set(),
    "referrals": set(),
    "need_episodes": set(),
    "assessments": {"referred_on"},
    "section_47_enquiries": {"referred_on"},
    "initial_conferences": {"family_id", "referred_on", "worker"},
    "conference_requests": set(),
    "child_protection_plans": {"referred_on"},
    "staffing": set(),
    "audits": set(),
    "care_panel_decisions": set(),
    "care_plans": set(),
    "periods_of_care": {"placements_in_12_months", "missing_in_12_months"},
    "adoptions": set(),
    "prospective_adopters": set(),
}
# The dataset tells what ended before the history that the lives are compared in, or does not.
OLDER_THAN_THE_HISTORY = {"child_protection.repeat_plans", "children_in_need.plan_in_place"}
IN_THE_YEARS = ("assessment_factors", "child_protection_reviews")
OF_A_REFERRAL = ("assessments", "section_47_enquiries", "initial_conferences",
                 "child_protection_plans")  # fmt: skip


@cache
def lives() -> Lives:
    return simulate(SIZE, SEED)


@cache
def told(window: Window) -> dict[str, pl.DataFrame]:
    return as_journey(lives(), window)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every return that is synthesised."""
    out = tmp_path_factory.mktemp("altogether")
    synthesise(out / "out", SIZE, SEED, returns="all")
    return out


@pytest.fixture(scope="module")
def journey(folder: Path) -> Journey:
    """What they come to without the Standard Safeguarding Dataset."""
    return read_journey(kept(folder, without=(DATASET,)))


@pytest.fixture(scope="module")
def with_dataset(folder: Path) -> Journey:
    """What they come to where the Standard Safeguarding Dataset leads."""
    return read_journey(kept(folder, without=()))


def kept(folder: Path, without: tuple[str, ...]) -> Store:
    """Receive a folder, but for some of the folders in it, as the command line would."""
    store = Store(folder / f"store{len(without)}")
    for delivery in deliveries([folder / "out"]):
        first = delivery[0]
        if isinstance(first, Path) and first.parent.name not in without:
            store.add(read_files(delivery, **DAYS, authority=NAME, gives_way=True))
    return store


def test_one_store_takes_them_all(journey: Journey) -> None:
    assert Counter(s.return_name for s in journey.submissions) == {
        "Annex A": 1,
        "Local tables": 3,  # two of them are a year's visits
        "Children in need census": 4,
        "SSDA903": 4,
        "Children's social work workforce census": 4,
    }
    assert lost(journey) == []
    # No delivery may lose the label, whatever its format has no field for.
    assert [s.file_name for s in journey.submissions if not s.is_synthetic] == []


@pytest.mark.parametrize("table", WHOLE_HISTORY)
def test_every_event_is_there_once(journey: Journey, table: str) -> None:
    besides = WHOLE_HISTORY[table]
    fields = [name for name in delivered_fields(BY_NAME[table]) if name not in besides]
    truth = events(told(HISTORY)[table], table, fields, HISTORY)
    assert truth.height > 0
    assert events(journey.frames[table], table, fields, HISTORY).equals(truth)


@pytest.mark.parametrize("table", IN_THE_YEARS)
def test_what_only_the_censuses_say_is_there_in_their_years(journey: Journey, table: str) -> None:
    fields = [*delivered_fields(BY_NAME[table])]
    truth = events(told(YEARS)[table], table, fields, YEARS)
    assert truth.height > 50
    assert events(journey.frames[table], table, fields, YEARS).equals(truth)


@pytest.mark.parametrize("table", OF_A_REFERRAL)
def test_an_event_of_the_years_knows_its_referral_from_the_census(
    journey: Journey, table: str
) -> None:
    """Annex A told the event, and has no column for the referral."""
    fields = ["child_id", *_first_day(table), "referred_on"]
    truth = events(told(YEARS)[table], table, fields, YEARS)
    assert truth["referred_on"].null_count() == 0
    assert events(journey.frames[table], table, fields, YEARS).equals(truth)


def _first_day(table: str) -> list[str]:
    days = ("held_on",) if table == "initial_conferences" else ("started_on",)
    return ["strategy_discussion_on"] if table == "section_47_enquiries" else [*days]


def test_every_figure_of_every_month_is_that_of_the_lives(journey: Journey) -> None:
    from_returns = measured(journey, LAST)
    from_lives = measured(of_the_lives(told(HISTORY), journey), LAST)
    assert unmeasured(from_returns) == ONCE_A_YEAR
    for name in set(from_returns) - unmeasured(from_returns):
        found = from_returns[name]
        assert len(found.series) >= fewest_months(found), name
        assert found.series == from_lives[name].series, name
        assert found.rolling == from_lives[name].rolling, name


def test_the_dataset_leads_and_the_figures_stay_those_of_the_lives(with_dataset: Journey) -> None:
    """The whole case system beside all returns: it leads, they fill what it has no column for."""
    kinds = {submission.return_name for submission in with_dataset.submissions}
    assert len(kinds) == 6
    conferences = with_dataset.frames["initial_conferences"]
    assert conferences["submission"].str.starts_with("ssd").all()
    found = measured(with_dataset, LAST)
    from_lives = measured(of_the_lives(told(HISTORY), with_dataset), LAST)
    assert unmeasured(found) == ONCE_A_YEAR
    for name in set(found) - unmeasured(found) - OLDER_THAN_THE_HISTORY:
        assert found[name].series == from_lives[name].series, name
    # Six years of plans know of no plan that ended before them, and the dataset keeps no count.
    repeated = (found, from_lives)
    seen, true = (one["child_protection.repeat_plans"].series for one in repeated)
    assert [value.denominator for value in seen] == [value.denominator for value in true]
    assert all(a.numerator <= b.numerator for a, b in zip(seen, true, strict=True))
    assert sum(v.numerator for v in seen) > 0.7 * sum(v.numerator for v in true)
