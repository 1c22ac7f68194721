"""Lives written as Annex A and the local tables and received are the lives themselves.

Event by event and figure by figure, but for what the lists cannot say. That is:

* Annex A has no column for the referral that an assessment, an enquiry, a conference or a plan
  belongs to, nor for a conference for a child who moved in, nor for an expected birth.
* List 5 names one worker for an enquiry and the conference that followed: the enquiry's.
* List 8 counts a child's placements and times missing of twelve months in each of its periods.
* The sample's list 9 has no column for the review of the pathway plan and the latest contact.
* A list describes a child as on its last day, and only the children that some list names.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from lineofsight.journey.tables import BY_NAME
from lineofsight.reference.periods import Month
from lineofsight.returns.rows import delivered_fields
from lineofsight.synthetic.as_journey import as_journey
from lineofsight.synthetic.authority import write_annex_a, write_local_tables
from lineofsight.synthetic.cin_census import write_cin_census
from lineofsight.synthetic.lives import Lives, simulate
from lineofsight.synthetic.window import Window
from lineofsight.synthetic.workforce_census import write_workforce_census
from lineofsight.warehouse.journey import Journey
from tests.lives_received import (
    ONCE_A_YEAR,
    events,
    fewest_months,
    lost,
    measured,
    of_the_lives,
    received,
    unmeasured,
)

COVERED = Window(date(2015, 9, 1), date(2020, 8, 31))
LAST = Month.parse("2020-08")
# table: the fields that no list holds
NOT_HELD = {
    "contacts": set(),
    "early_help_assessments": set(),
    "referrals": set(),
    "assessments": {"referred_on"},
    "section_47_enquiries": {"referred_on"},
    "initial_conferences": {"family_id", "is_transfer_in", "referred_on", "worker"},
    "need_episodes": set(),
    "child_protection_plans": {"referred_on"},
    "periods_of_care": {"placements_in_12_months", "missing_in_12_months"},
    "care_leavers": {"pathway_plan_reviewed_on", "contacted_on"},
    "adoptions": set(),
    "prospective_adopters": set(),
    "mash_decisions": set(),
    "conference_requests": set(),
    "care_plans": set(),
    "staffing": set(),
    "audits": set(),
    "care_panel_decisions": set(),
}
ONLY_LOCAL = {
    "mash_decisions",
    "conference_requests",
    "care_plans",
    "audits",
    "care_panel_decisions",
}

# Visits are a delivery of their own.
IN_NEITHER = {
    "child_protection.visited_in_10_working_days",
    "child_protection.visited_in_15_working_days",
    "child_protection.visited_in_6_weeks",
    "child_protection.visits_in_time",
    "child_protection.seen_at_visit",
    "child_protection.seen_alone_at_visit",
    "children_looked_after.visits_in_time",
    "children_looked_after.visits_up_to_date",
}


@cache
def lives() -> Lives:
    return simulate(3_000, 3)


@cache
def told() -> dict[str, pl.DataFrame]:
    return as_journey(lives(), COVERED)


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Journey:
    """What one workbook of Annex A and one of local tables come to."""
    folder = tmp_path_factory.mktemp("annex_a")
    paths = [
        write_annex_a(lives(), folder, COVERED, lambda sentence: None),
        write_local_tables(lives(), folder, lambda sentence: None),
    ]
    return received(folder / "store", paths)


@pytest.mark.parametrize("table", NOT_HELD)
def test_every_event_is_the_same(journey: Journey, table: str) -> None:
    fields = [name for name in delivered_fields(BY_NAME[table]) if name not in NOT_HELD[table]]
    truth = events(told()[table], table, fields, COVERED)
    assert truth.height > 0
    assert events(journey.frames[table], table, fields, COVERED).equals(truth)


def test_every_child_is_described_as_on_the_day_of_the_lists(journey: Journey) -> None:
    fields = ["child_id", "sex", "ethnicity", "born_on"]
    described = journey.frames["children"].select(fields)
    listed = [
        told()[table].select("child_id")
        for table in NOT_HELD
        if "child_id" in told()[table].columns and table not in ONLY_LOCAL
    ]
    truth = told()["children"].join(pl.concat(listed), on="child_id", how="semi").select(fields)
    assert described.sort("child_id").equals(truth.sort("child_id"))


def test_a_disability_is_known_of_every_child_that_a_list_asks_about(journey: Journey) -> None:
    """Lists 1 to 3 do not ask."""
    asked = pl.concat(
        told()[table].select("child_id")
        for table in ("assessments", "need_episodes", "section_47_enquiries")
    ).unique()
    fields = ["child_id", "has_disability"]
    truth = told()["children"].join(asked, on="child_id", how="semi").select(fields)
    assert truth["has_disability"].any()
    known = journey.frames["children"].join(asked, on="child_id", how="semi").select(fields)
    assert known.sort("child_id").equals(truth.sort("child_id"))


def test_every_figure_of_every_month_is_the_same(journey: Journey) -> None:
    from_lists = measured(journey, LAST)
    from_lives = measured(of_the_lives(told(), journey), LAST)
    assert unmeasured(from_lists) == ONCE_A_YEAR | IN_NEITHER
    for name in set(from_lists) - unmeasured(from_lists):
        assert len(from_lists[name].series) >= fewest_months(from_lists[name]), name
        assert from_lists[name].series == from_lives[name].series, name
        assert from_lists[name].rolling == from_lives[name].rolling, name
        assert from_lists[name].notes == from_lives[name].notes, name
        assert from_lists[name].design_effect == from_lives[name].design_effect, name


def test_a_store_takes_every_return_of_the_synthetic_authority(tmp_path: Path) -> None:
    paths = [
        write_annex_a(lives(), tmp_path, COVERED, lambda sentence: None),
        write_local_tables(lives(), tmp_path, lambda sentence: None),
        write_cin_census(lives(), tmp_path, 2020),
        write_workforce_census(lives(), tmp_path, 2019),
    ]
    together = received(tmp_path / "store", paths)
    assert len(together.submissions) == len(paths)
    assert all(s.is_synthetic for s in together.submissions)
    assert lost(together) == []
