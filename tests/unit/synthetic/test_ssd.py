"""The Standard Safeguarding Dataset of the synthetic authority, received: event by event the lives.

What is expected is taken from the frames of the lives directly, never from what the reader made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from lineofsight.journey.fields import ORIGIN
from lineofsight.returns.arrivals import arrived_at
from lineofsight.returns.issue import Kind
from lineofsight.returns.submission import Reading, read_files
from lineofsight.synthetic.as_known import as_known
from lineofsight.synthetic.assessment_factors import factors
from lineofsight.synthetic.lives import Lives, simulate
from lineofsight.synthetic.need_plans import need_plans
from lineofsight.synthetic.ssd import load_ssd, six_years_to, ssd_tables, write_ssd
from lineofsight.synthetic.window import Window
from tests.postgresql import Cluster, running

FIRST = date(2014, 9, 1)
Rows = list[tuple[Any, ...]]


@pytest.fixture(scope="module")
def lives() -> Lives:
    made = simulate(1_200, seed=8)
    return as_known(made, made.as_at)


@pytest.fixture(scope="module")
def csv(lives: Lives, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    return received(write_ssd(lives, tmp_path_factory.mktemp("csv"), lives.as_at), lives)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with running() as made:
        yield made


def received(files: Any, lives: Lives) -> Reading:
    return read_files(files, first_day=FIRST, last_day=lives.as_at, as_at=lives.as_at)


def rows(reading: Reading, table: str, *fields: str) -> Rows:
    return sorted(reading.frames[table].select(fields).rows(), key=str)


def told(frame: pl.DataFrame, *fields: str | pl.Expr) -> Rows:
    """Rows of the lives, the child's identifier as text as a return has it."""
    written = frame.with_columns(pl.col("child_id").cast(pl.String))
    return sorted(written.select(fields).rows(), key=str)


def window(lives: Lives) -> Window:
    return Window(FIRST, lives.as_at)


def test_the_dataset_covers_six_years() -> None:
    assert six_years_to(date(2020, 8, 31)) == Window(FIRST, date(2020, 8, 31))


def test_every_row_is_taken_but_for_the_numbers_that_others_gave(csv: Reading) -> None:
    lost = {sheet: rows_in - taken for sheet, rows_in, taken in csv.sheets if rows_in != taken}
    aside = [issue for issue in csv.issues if issue.kind is Kind.SET_ASIDE]
    assert [issue.sheet for issue in aside] == ["ssd_linked_identifiers"]
    assert lost == {"ssd_linked_identifiers": aside[0].count}
    allowed = {Kind.SET_ASIDE, Kind.BLANK_FLAG}
    assert {issue.kind for issue in csv.issues} <= allowed
    assert csv.submission.is_synthetic


def test_children(csv: Reading, lives: Lives) -> None:
    is_born = pl.col("born_on") <= lives.as_at
    sex = pl.when(is_born).then(pl.col("sex").replace({"1": "M", "2": "F"})).otherwise(pl.lit("U"))
    expected = lives.children.with_columns(
        sex.alias("sex"),
        pl.when(is_born).then("born_on").alias("born"),
        pl.when(~is_born).then("born_on").alias("expected"),
    )
    fields = ("child_id", "sex", "ethnicity", "born_on", "expected_on", "has_disability")
    assert rows(csv, "children", *fields) == told(
        expected, "child_id", "sex", "ethnicity", "born", "expected", "has_disability"
    )


def test_the_front_door(csv: Reading, lives: Lives) -> None:
    held = window(lives)
    contacts = lives.contacts.filter(held.holds("contacted_on"))
    fields = ("child_id", "contacted_on", "source")
    assert rows(csv, "contacts", *fields) == told(contacts, *fields)
    early_help = lives.early_help.filter(held.spans("started_on", "completed_on"))
    fields = ("child_id", "started_on", "completed_on", "organisation")
    assert rows(csv, "early_help_assessments", *fields) == told(early_help, *fields)
    needs = lives.needs.select("referral_id", "ended_on", is_need=pl.lit(True))
    referred = lives.referrals.join(needs, on="referral_id", how="left").filter(
        held.holds("referred_on")
        | (pl.col("is_need").fill_null(False) & held.spans("referred_on", "ended_on"))
    )
    fields = ("child_id", "referred_on", "source", "is_no_further_action", "team", "worker")
    assert rows(csv, "referrals", *fields) == told(referred, *fields)


def test_episodes_of_need(csv: Reading, lives: Lives) -> None:
    needs = lives.needs.filter(window(lives).spans("started_on", "ended_on"))
    fields = ("child_id", "started_on", "ended_on", "primary_need", "closure_reason")
    assert rows(csv, "need_episodes", *fields) == told(needs, *fields)


def _with_referral(lives: Lives, frame: pl.DataFrame) -> pl.DataFrame:
    referred = lives.needs.join(lives.referrals, on="referral_id").select("need_id", "referred_on")
    return frame.join(referred, on="need_id", how="left")


def test_assessments(csv: Reading, lives: Lives) -> None:
    held = lives.assessments.filter(window(lives).spans("started_on", "authorised_on"))
    is_done = pl.col("authorised_on").is_not_null()
    expected = _with_referral(lives, held).with_columns(pl.col("is_support_needed") & is_done)
    fields = ("child_id", "started_on", "authorised_on", "referred_on", "is_child_seen",
              "is_support_needed", "team", "worker")  # fmt: skip
    assert rows(csv, "assessments", *fields) == told(expected, *fields)


def test_factors_and_plans_for_children_in_need(csv: Reading, lives: Lives) -> None:
    held = lives.assessments.filter(window(lives).spans("started_on", "authorised_on"))
    found = factors(lives).join(held, on="assessment_id", how="semi")
    fields = ("child_id", "assessment_started_on", "factor")
    assert rows(csv, "assessment_factors", *fields) == told(
        found, "child_id", "started_on", "factor"
    )
    plans = need_plans(lives).filter(window(lives).spans("started_on", "ended_on"))
    fields = ("child_id", "started_on", "ended_on", "referred_on")
    assert rows(csv, "cin_plans", *fields) == told(_with_referral(lives, plans), *fields)


def test_enquiries_and_conferences(csv: Reading, lives: Lives) -> None:
    held = lives.enquiries.filter(window(lives).holds("strategy_discussion_on", "conference_on"))
    fields = ("child_id", "strategy_discussion_on", "is_conference_unnecessary", "conference_on",
              "referred_on", "team", "worker")  # fmt: skip
    assert rows(csv, "section_47_enquiries", *fields) == told(_with_referral(lives, held), *fields)
    need = lives.enquiries.select("enquiry_id", "need_id")
    met = lives.conferences.filter(window(lives).holds("held_on")).join(need, on="enquiry_id")
    fields = ("child_id", "strategy_discussion_on", "held_on", "is_plan_made", "is_transfer_in",
              "referred_on", "family_id", "team", "worker")  # fmt: skip
    expected = _with_referral(lives, met).with_columns(pl.col("family_id").cast(pl.String))
    assert rows(csv, "initial_conferences", *fields) == told(expected, *fields)


def test_plans(csv: Reading, lives: Lives) -> None:
    held = lives.plans.filter(window(lives).spans("started_on", "ended_on"))
    reviewed = lives.plan_reviews.group_by("plan_id").agg(pl.col("held_on").max())
    start = window(lives).first
    last = pl.col("visited_on") == pl.col("visited_on").max()
    told_of = lives.plan_visits.filter(pl.col("visited_on") >= start)
    visited = told_of.group_by("plan_id").agg(
        pl.col("visited_on").max(), pl.col("is_seen_alone").filter(last).any()
    )
    need = lives.conferences.join(
        lives.enquiries.select("enquiry_id", "need_id"), on="enquiry_id"
    ).select("conference_id", "need_id")
    expected = (
        _with_referral(lives, held.join(need, on="conference_id"))
        .join(reviewed, on="plan_id", how="left")
        .join(visited, on="plan_id", how="left")
        .with_columns(pl.col("is_seen_alone").fill_null(False))
    )
    fields = ("child_id", "started_on", "ended_on", "initial_category", "latest_category",
              "is_seen_alone", "referred_on")  # fmt: skip
    assert rows(csv, "child_protection_plans", *fields) == told(expected, *fields)
    latest = ("child_id", "started_on", "latest_review_on", "latest_visit_on")
    in_window = pl.when(pl.col("held_on") >= start).then("held_on")
    assert rows(csv, "child_protection_plans", *latest) == told(
        expected, "child_id", "started_on", in_window, "visited_on"
    )


def test_previous_plans_are_those_in_the_dataset(csv: Reading, lives: Lives) -> None:
    held = lives.plans.filter(window(lives).spans("started_on", "ended_on"))
    before: Counter[int] = Counter()
    expected = []
    for child, started in held.sort("started_on").select("child_id", "started_on").iter_rows():
        expected.append((str(child), started, before[child]))
        before[child] += 1
    fields = ("child_id", "started_on", "previous_plans")
    assert rows(csv, "child_protection_plans", *fields) == sorted(expected, key=str)
    assert max(before.values()) > 1


def test_reviews_and_visits(csv: Reading, lives: Lives) -> None:
    held = window(lives)
    began = lives.plans.select("plan_id", plan_started_on="started_on")
    reviews = lives.plan_reviews.filter(held.holds("held_on")).join(began, on="plan_id")
    fields = ("child_id", "plan_started_on", "held_on")
    assert rows(csv, "child_protection_reviews", *fields) == told(reviews, *fields)
    in_care = lives.care_periods.filter(held.spans("started_on", "ceased_on"))["period_id"]
    of_care = lives.care_visits.filter(pl.col("period_id").is_in(in_care.implode()))
    every = [
        lives.plan_visits.filter(held.holds("visited_on")).with_columns(kind=pl.lit("P")),
        of_care.with_columns(kind=pl.lit("L")),
        lives.need_visits.filter(held.holds("visited_on")).with_columns(kind=pl.lit("N")),
    ]
    fields = ("child_id", "visited_on", "kind", "is_seen", "is_seen_alone")
    expected = pl.concat([frame.select(fields) for frame in every])
    assert rows(csv, "visits", *fields) == told(expected, *fields)


def _in_care(lives: Lives, frame: pl.DataFrame) -> pl.DataFrame:
    kept = lives.care_periods.filter(window(lives).spans("started_on", "ceased_on"))["period_id"]
    return frame.filter(pl.col("period_id").is_in(kept.implode()))


def test_periods_of_care(csv: Reading, lives: Lives) -> None:
    periods = _in_care(lives, lives.care_periods)
    status = _in_care(lives, lives.legal_statuses).sort("started_on").group_by("period_id").agg(
        pl.col("legal_status").last()
    )  # fmt: skip
    place = _in_care(lives, lives.placements).sort("started_on").group_by("period_id").agg(
        pl.col("placement_type").last(), pl.col("placement_provider").last()
    )  # fmt: skip
    expected = periods.join(status, on="period_id").join(place, on="period_id")
    for source, day, field in (
        (lives.care_reviews, "held_on", "latest_review_on"),
        (lives.care_visits, "visited_on", "latest_visit_on"),
        (lives.health_checks.filter(check="health assessment"), "checked_on",
         "latest_health_assessment_on"),
        (lives.health_checks.filter(check="dental check"), "checked_on",
         "latest_dental_check_on"),
    ):  # fmt: skip
        latest = source.group_by("period_id").agg(pl.col(day).max().alias(field))
        expected = expected.join(latest, on="period_id", how="left")
    fields = ("child_id", "started_on", "ceased_on", "reason_ceased", "primary_need",
              "legal_status", "placement_type", "placement_provider", "latest_review_on",
              "latest_visit_on", "latest_health_assessment_on",
              "latest_dental_check_on")  # fmt: skip
    assert rows(csv, "periods_of_care", *fields) == told(expected, *fields)


def test_permanence_and_asylum(csv: Reading, lives: Lives) -> None:
    planned = set(lives.care_plans["period_id"])
    words = {"return to family": "Return to family", "adoption": "Adoption",
             "SGO or CAO": "Long-term placement with relatives or friends",
             "supported living": "Supported living in the community",
             "long-term fostering": "Long-term fostering",
             "long-term residential": "Long-term residential placement",
             "other": "Other"}  # fmt: skip
    expected = [
        (str(child), start, words.get(aim) if period in planned else None)
        for child, start, aim, period in _in_care(lives, lives.care_periods)
        .select("child_id", "started_on", "permanence_plan", "period_id")
        .iter_rows()
    ]
    fields = ("child_id", "started_on", "permanence_plan")
    assert rows(csv, "periods_of_care", *fields) == sorted(expected, key=str)
    alone = lives.children.filter("is_unaccompanied")
    assert rows(csv, "immigration_status", "child_id") == told(alone, "child_id")
    # A status that has not ended is of every period: of one that is over, its own last year.
    theirs = _in_care(lives, lives.care_periods).join(alone, on="child_id", how="semi")
    flagged = csv.frames["periods_of_care"].filter("is_unaccompanied")
    assert sorted(flagged.select("child_id", "started_on").rows(), key=str) == told(
        theirs, "child_id", "started_on"
    )


def test_every_placement_and_status_is_in_an_episode(csv: Reading, lives: Lives) -> None:
    episodes = csv.frames["care_episodes"]
    moved = episodes.filter(pl.col("reason_started").is_in(["S", "P", "B", "T", "U"]))
    fields = ("child_id", "started_on", "placement_type", "placement_provider", "placement_urn")
    expected = _in_care(lives, lives.placements).with_columns(
        pl.col("postcode").str.split(" ").list.first().alias("district"),
        pl.col("urn").alias("placement_urn"),
    )
    assert sorted(moved.select(*fields, "placement_district").rows(), key=str) == told(
        expected, *fields, "district"
    )
    changed = episodes.filter(pl.col("reason_started").is_in(["S", "L", "B", "U"]))
    fields = ("child_id", "started_on", "legal_status")
    statuses = _in_care(lives, lives.legal_statuses)
    assert sorted(changed.select(fields).rows(), key=str) == told(statuses, *fields)
    left = expected.filter(pl.col("reason_changed").is_not_null())
    why = episodes.filter(pl.col("placement_change_reason").is_not_null())
    said = why.select("child_id", "ended_on", "placement_change_reason").rows()
    assert sorted(said, key=str) == told(left, "child_id", "ended_on", "reason_changed")


def test_what_happens_in_care(csv: Reading, lives: Lives) -> None:
    fields: tuple[str, ...] = ("child_id", "held_on", "participation")
    reviews = _in_care(lives, lives.care_reviews)
    assert rows(csv, "looked_after_reviews", *fields) == told(reviews, *fields)
    gone = _in_care(lives, lives.missing_episodes).rename({"missing": "kind"})
    fields = ("child_id", "started_on", "ended_on", "kind")
    assert rows(csv, "missing_episodes", *fields) == told(gone, *fields)
    plans = _in_care(lives, lives.care_plans)
    fields = ("child_id", "started_on", "ended_on")
    assert rows(csv, "care_plans", *fields) == told(plans, *fields)
    assert "care_plans.authorised_on" in csv.submission.missing_fields


def test_leaving_care_and_adoption(csv: Reading, lives: Lives) -> None:
    suits = pl.when("is_accommodation_suitable").then(pl.lit("suitable"))
    leavers = lives.care_leavers.with_columns(
        suits.otherwise(pl.lit("not suitable")).alias("accommodation_suitability")
    )
    fields = ("child_id", "eligibility", "in_touch", "accommodation",
              "accommodation_suitability", "pathway_plan_reviewed_on", "contacted_on",
              "activity", "team", "worker")  # fmt: skip
    assert rows(csv, "care_leavers", *fields) == told(leavers, *fields)
    adopted = _in_care(lives, lives.adoptions)
    adopted = adopted.join(
        lives.care_periods.select("period_id", entered_care_on="started_on"), on="period_id"
    ).join(lives.children.select("child_id", "family_id"), on="child_id")
    adopted = adopted.with_columns(
        pl.col("family_id").cast(pl.String), reversal_reason=pl.col("reason_reversed")
    )
    fields = ("child_id", "family_id", "entered_care_on", "decided_on", "placement_order_on",
              "matched_on", "placed_on", "ordered_on", "reversed_on",
              "reversal_reason")  # fmt: skip
    assert rows(csv, "adoptions", *fields) == told(adopted, *fields)
    assert adopted.height > 0


def test_workers(csv: Reading, lives: Lives) -> None:
    fields = ("child_id", "started_on", "ended_on", "worker")
    assert rows(csv, "involvements", *fields) == told(lives.involvements, *fields)
    counted = date(2019, 9, 30)
    held: Counter[str] = Counter()
    spans = lives.involvements.select("worker", "started_on", "ended_on", "child_id").unique()
    children: set[tuple[str, int]] = set()
    for worker, start, end, child in spans.iter_rows():
        if start <= counted and (end is None or end > counted):
            children.add((worker, child))
    held.update(worker for worker, _ in children)
    cases = csv.frames["professionals"]["cases"].to_list()
    assert sorted(n for n in cases if n) == sorted(held.values())
    assert set(csv.frames["professionals"]["counted_on"]) == {counted}


def test_parquet_says_what_csv_says(csv: Reading, lives: Lives, tmp_path: Path) -> None:
    parquet = received(write_ssd(lives, tmp_path, lives.as_at, "parquet"), lives)
    assert_same(parquet, csv)


def test_postgresql_says_what_csv_says(csv: Reading, lives: Lives, cluster: Cluster) -> None:
    engine = cluster.made("records")
    load_ssd(ssd_tables(lives, lives.as_at), engine, "ssd_development")
    engine.dispose()
    database = received([arrived_at(cluster.address("records"))], lives)
    assert_same(database, csv)
    assert database.submission.file_name == (
        "PostgreSQL database 'records', schema 'ssd_development'"
    )


def assert_same(one: Reading, other: Reading) -> None:
    assert one.frames.keys() == other.frames.keys()
    for table, frame in one.frames.items():
        ours, theirs = frame.drop(ORIGIN), other.frames[table].drop(ORIGIN)
        assert ours.sort(ours.columns).equals(theirs.sort(ours.columns)), table
    assert one.submission.missing_fields == other.submission.missing_fields
    assert one.submission.missing_tables == other.submission.missing_tables
    assert sorted(one.sheets) == sorted(other.sheets)
