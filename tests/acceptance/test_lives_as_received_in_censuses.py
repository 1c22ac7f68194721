"""Lives written as four yearly children in need censuses and received are the lives themselves.

Event by event and figure by figure, but for what a census cannot say. That is:

* A conference for a child who moved in stands beside the enquiries, so the census says neither
  from which strategy discussion it is counted nor that the enquiry led to one.
* A census describes a child as on its last day: who was unborn in the last census that tells of
  the child stays so.
* It has no column for teams, workers, visits, or whether a child was seen or needed support.
* What was over before the first census began is told only as far as an episode was still open.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from lineofsight.indicators import ALL
from lineofsight.journey.tables import BY_NAME
from lineofsight.reference.periods import Month
from lineofsight.returns.rows import delivered_fields
from lineofsight.synthetic.as_journey import as_journey
from lineofsight.synthetic.cin_census import CIN_YEARS, census_window, write_cin_census
from lineofsight.synthetic.lives import Lives, simulate
from lineofsight.synthetic.window import Window
from lineofsight.synthetic.workforce_census import WORKFORCE_YEARS, write_workforce_census
from lineofsight.warehouse.journey import Journey
from tests.lives_received import events, lost, measured, of_the_lives, received

COVERED = Window(date(2016, 4, 1), date(2020, 3, 31))
LAST = Month.parse("2020-03")
# table: the fields that no census holds
NOT_HELD = {
    "referrals": {"team", "worker"},
    "need_episodes": {"status", "team", "worker"},
    "assessments": {"is_child_seen", "is_support_needed", "team", "worker"},
    "assessment_factors": set(),
    "section_47_enquiries": {"team", "worker"},
    "initial_conferences": {"family_id", "team", "worker"},
    "child_protection_plans": {"latest_visit_on", "is_seen_alone", "team", "worker"},
    "child_protection_reviews": set(),
}
CHAPTERS = {"front_door", "early_help", "assessments", "children_in_need", "child_protection"}
# No contacts, hub or early help; no visits, core groups or families; not whether a child was seen
# or needed support; plans of children in need only since 2022.
NOT_COLLECTED = {
    "front_door.contacts_received",
    "front_door.contacts_to_referral",
    "front_door.mash_timeliness",
    "early_help.assessments_started",
    "early_help.assessments_completed",
    "early_help.timeliness",
    "early_help.open_assessments",
    "early_help.open_beyond_35_days",
    "assessments.child_seen",
    "assessments.support_needed",
    "children_in_need.plan_in_place",
    "child_protection.families_in_conference",
    "child_protection.family_timeliness",
    "child_protection.visited_in_10_working_days",
    "child_protection.visited_in_15_working_days",
    "child_protection.visited_in_6_weeks",
    "child_protection.visits_in_time",
    "child_protection.seen_at_visit",
    "child_protection.seen_alone_at_visit",
    "child_protection.core_groups_in_time",
}
MEASURABLE = {one.id for one in ALL if one.chapter in CHAPTERS} - NOT_COLLECTED


@cache
def lives() -> Lives:
    return simulate(3_000, 3)


@cache
def told() -> dict[str, pl.DataFrame]:
    """The lives, less what a conference for a child who moved in does not say in a census."""
    frames = as_journey(lives(), COVERED)
    moved_in = frames["initial_conferences"].filter("is_transfer_in")
    assert moved_in.height > 0
    beside = moved_in.select("child_id", conference_on="held_on", is_beside=pl.lit(True))
    enquiries = frames["section_47_enquiries"].join(
        beside, on=["child_id", "conference_on"], how="left", maintain_order="left"
    )
    return frames | {
        "initial_conferences": frames["initial_conferences"].with_columns(
            pl.when(~pl.col("is_transfer_in"))
            .then("strategy_discussion_on")
            .alias("strategy_discussion_on")
        ),
        "section_47_enquiries": enquiries.with_columns(
            pl.when(pl.col("is_beside").is_null()).then("conference_on").alias("conference_on")
        ).drop("is_beside"),
    }


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Journey:
    """What four censuses come to, received in the order of their years."""
    folder = tmp_path_factory.mktemp("censuses")
    return received(folder / "store", [write_cin_census(lives(), folder, y) for y in CIN_YEARS])


@pytest.mark.parametrize("table", NOT_HELD)
def test_every_event_is_the_same(journey: Journey, table: str) -> None:
    fields = [name for name in delivered_fields(BY_NAME[table]) if name not in NOT_HELD[table]]
    truth = events(told()[table], table, fields, COVERED)
    assert truth.height > 50
    assert events(journey.frames[table], table, fields, COVERED).equals(truth)


def test_no_census_loses_what_another_told(journey: Journey) -> None:
    assert lost(journey) == []


def test_spans_longer_than_a_year_are_one(journey: Journey) -> None:
    """Plans that were open at the end of a census year stand in two censuses at least."""
    turn = date(2018, 3, 31)
    plans = journey.frames["child_protection_plans"]
    across = plans.filter(
        pl.col("started_on") <= turn,
        pl.col("ended_on").is_null() | (pl.col("ended_on") > turn),
    )
    assert across.height > 10
    assert plans.unique(["child_id", "started_on"]).height == plans.height
    assert across["file"].unique().to_list() != ["cin-census-2018.xml"]


def test_every_child_is_described_as_in_the_last_census_that_tells_of_it(journey: Journey) -> None:
    fields = ["child_id", "sex", "ethnicity", "born_on", "expected_on", "died_on", "has_disability"]
    newest_first = []
    for year in sorted(CIN_YEARS, reverse=True):
        frames = as_journey(lives(), census_window(year))
        in_it = pl.concat(frames[n].select("child_id") for n in ("referrals", "need_episodes"))
        newest_first.append(frames["children"].join(in_it, on="child_id", how="semi"))
    truth = pl.concat(newest_first).unique("child_id", keep="first").select(fields)
    assert truth["expected_on"].is_not_null().any()
    assert journey.frames["children"].select(fields).sort("child_id").equals(truth.sort("child_id"))


def test_every_figure_of_every_month_is_the_same(journey: Journey) -> None:
    from_censuses = measured(journey, LAST)
    from_lives = measured(of_the_lives(told(), journey), LAST)
    measurable = {name for name, found in from_censuses.items() if found.unmeasurable is None}
    assert measurable == MEASURABLE
    for name in measurable:
        reach = from_censuses[name].indicator.lookback_months
        assert len(from_censuses[name].series) + reach >= 48, name
        assert from_censuses[name].series == from_lives[name].series, name
        assert from_censuses[name].rolling == from_lives[name].rolling, name
        assert from_censuses[name].notes == from_lives[name].notes, name


def test_the_censuses_and_annex_a_are_of_one_authority_and_say_they_are_made_up(
    journey: Journey,
) -> None:
    assert {s.authority_code for s in journey.submissions} == {"999"}
    assert all(s.is_synthetic for s in journey.submissions)


def test_every_worker_of_four_workforce_censuses_is_the_same(tmp_path: Path) -> None:
    paths = [write_workforce_census(lives(), tmp_path, year) for year in WORKFORCE_YEARS]
    counted = received(tmp_path / "store", paths)
    window = Window(date(2015, 10, 1), date(2019, 9, 30))
    frames = as_journey(lives(), window)
    for table in ("professionals", "workforce_vacancies"):
        fields = [*delivered_fields(BY_NAME[table])]
        truth = events(frames[table], table, fields, window)
        assert truth["counted_on"].n_unique() == 4
        assert events(counted.frames[table], table, fields, window).equals(truth)
