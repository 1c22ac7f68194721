"""Lives hang together: every event in its span, every span in its life, every key in its table."""

from __future__ import annotations

import dataclasses
from functools import cache

import polars as pl
import pytest

from lineofsight.errors import UsageFault
from lineofsight.synthetic.lives import Lives, simulate


@cache
def lives_of(size: int, seed: int) -> Lives:
    return simulate(size, seed)


@pytest.fixture(scope="module", params=[(1_000, 3), (6_000, 11), (30_000, 2020)])
def lives(request: pytest.FixtureRequest) -> Lives:
    return lives_of(*request.param)


def frames(lives: Lives) -> dict[str, pl.DataFrame]:
    values = {f.name: getattr(lives, f.name) for f in dataclasses.fields(lives)}
    return {name: value for name, value in values.items() if isinstance(value, pl.DataFrame)}


SPANS = [
    ("needs", "started_on", "ended_on"),
    ("assessments", "started_on", "authorised_on"),
    ("enquiries", "strategy_discussion_on", "conference_on"),
    ("conference_requests", "strategy_discussion_on", "requested_on"),
    ("conference_requests", "requested_on", "held_on"),
    ("plans", "started_on", "ended_on"),
    ("care_periods", "started_on", "ceased_on"),
    ("placements", "started_on", "ended_on"),
    ("legal_statuses", "started_on", "ended_on"),
    ("care_plans", "started_on", "authorised_on"),
    ("care_plans", "started_on", "ended_on"),
    ("missing_episodes", "started_on", "ended_on"),
    ("early_help", "started_on", "completed_on"),
    ("involvements", "started_on", "ended_on"),
    ("adoptions", "decided_on", "placement_order_on"),
    ("adoptions", "placement_order_on", "matched_on"),
    ("adoptions", "matched_on", "placed_on"),
    ("adoptions", "placed_on", "ordered_on"),
    ("mash_decisions", "received_at", "decided_at"),
]


@pytest.mark.parametrize(("table", "start", "end"), SPANS)
def test_nothing_ends_before_it_starts(lives: Lives, table: str, start: str, end: str) -> None:
    rows = frames(lives)[table]
    assert rows.filter(pl.col(end) < pl.col(start)).height == 0


# Appointments: reviews fall due in the future, conferences are booked and actions due then.
AHEAD = ("due_on", "booked_for_on", "actions_due_on")


def test_nothing_is_known_that_comes_after_the_last_day(lives: Lives) -> None:
    for name, rows in frames(lives).items():
        if name == "children":  # the unborn have a day on which they will be born
            continue
        for column, dtype in rows.schema.items():
            if column in AHEAD or not dtype.is_temporal():
                continue
            latest = rows[column].cast(pl.Date).max()
            assert latest is None or latest <= lives.as_at, (name, column)


KEYS = [
    ("children", "child_id"), ("contacts", "contact_id"),
    ("referrals", "referral_id"), ("mash_decisions", "referral_id"), ("needs", "need_id"),
    ("assessments", "assessment_id"), ("enquiries", "enquiry_id"),
    ("conferences", "conference_id"), ("conferences", "enquiry_id"), ("plans", "plan_id"),
    ("care_periods", "period_id"), ("adopters", "adopter_id"), ("care_leavers", "child_id"),
    ("adoptions", "period_id"), ("children", "upn"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "key"), KEYS)
def test_keys_are_given_once(lives: Lives, table: str, key: str) -> None:
    assert frames(lives)[table][key].is_duplicated().sum() == 0


JOINS = [
    ("needs", "referral_id", "referrals"), ("assessments", "need_id", "needs"),
    ("enquiries", "need_id", "needs"), ("conferences", "enquiry_id", "enquiries"),
    ("conference_requests", "enquiry_id", "enquiries"), ("plans", "conference_id", "conferences"),
    ("plan_reviews", "plan_id", "plans"), ("plan_visits", "plan_id", "plans"),
    ("care_periods", "need_id", "needs"), ("placements", "period_id", "care_periods"),
    ("legal_statuses", "period_id", "care_periods"), ("care_plans", "period_id", "care_periods"),
    ("care_reviews", "period_id", "care_periods"), ("adoptions", "period_id", "care_periods"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "key", "other"), JOINS)
def test_every_event_belongs_to_something_of_the_same_child(
    lives: Lives, table: str, key: str, other: str
) -> None:
    mine, theirs = frames(lives)[table], frames(lives)[other]
    assert mine.join(theirs, on=[key, "child_id"], how="anti").height == 0


@pytest.mark.parametrize(
    ("table", "start", "end"),
    [
        ("needs", "started_on", "ended_on"),
        ("plans", "started_on", "ended_on"),
        ("care_periods", "started_on", "ceased_on"),
    ],
)
def test_spans_of_one_child_never_overlap(lives: Lives, table: str, start: str, end: str) -> None:
    ordered = frames(lives)[table].sort("child_id", start)
    follows = ordered.with_columns(next_on=pl.col(start).shift(-1).over("child_id"))
    overlapping = (pl.col(end).is_null() & pl.col("next_on").is_not_null()) | (
        pl.col(end) > pl.col("next_on")
    )
    assert follows.filter(overlapping).height == 0


@pytest.mark.parametrize("table", ["placements", "legal_statuses"])
def test_placements_and_legal_statuses_fill_each_period_of_care(lives: Lives, table: str) -> None:
    parts = frames(lives)[table].sort("period_id", "started_on")
    gaps = parts.with_columns(next_on=pl.col("started_on").shift(-1).over("period_id"))
    assert gaps.filter(pl.col("next_on") != pl.col("ended_on")).height == 0
    whole = parts.group_by("period_id").agg(
        pl.col("started_on").min(), pl.col("ended_on").last().alias("ceased_on")
    )
    known = ["period_id", "started_on", "ceased_on"]
    assert whole.sort("period_id").equals(lives.care_periods.select(known).sort("period_id"))


def test_nothing_but_what_concerns_the_unborn_comes_before_birth(lives: Lives) -> None:
    born = lives.children.select("child_id", "born_on")
    for table, day, ahead in (
        ("care_periods", "started_on", 0), ("placements", "started_on", 0),
        ("early_help", "started_on", 0), ("referrals", "referred_on", 120),
        ("plans", "started_on", 120), ("contacts", "contacted_on", 120),
    ):  # fmt: skip
        rows = frames(lives)[table].join(born, on="child_id")
        days = (rows["born_on"] - rows[day]).dt.total_days()
        assert (days.max() or 0) <= ahead, table


def test_nobody_of_18_or_over_is_in_care_or_on_a_plan(lives: Lives) -> None:
    of_age = lives.children.with_columns(of_age_on=pl.col("born_on").dt.offset_by("18y"))
    for rows, end in ((lives.care_periods, "ceased_on"), (lives.plans, "ended_on")):
        until = rows.join(of_age, on="child_id").with_columns(
            pl.col(end).fill_null(lives.as_at).alias("until")
        )
        late = (until["until"] - until["of_age_on"]).dt.total_days()
        assert late.max() <= 1


def test_siblings_share_the_dates_of_a_conference_and_the_start_of_a_plan(lives: Lives) -> None:
    groups = lives.conferences.group_by("group").agg(
        pl.col("strategy_discussion_on", "held_on", "is_plan_made", "family_id").n_unique()
    )
    different = groups.select(pl.exclude("group").max()).row(0)
    assert different == (1, 1, 1, 1)
    plans = lives.plans.join(lives.conferences, on="conference_id")
    assert plans.filter(pl.col("started_on") != pl.col("held_on")).height == 0
    assert lives.conferences.filter("is_plan_made").height == lives.plans.height


def test_every_conference_is_in_its_enquiry_and_its_request(lives: Lives) -> None:
    held = lives.conferences.join(lives.enquiries, on="enquiry_id")
    assert held.filter(pl.col("held_on") != pl.col("conference_on")).height == 0
    assert held.filter(pl.col("is_conference_unnecessary")).height == 0
    asked = lives.conference_requests.join(lives.conferences, on="enquiry_id", how="left")
    assert asked.filter(~pl.col("held_on").eq_missing(pl.col("held_on_right"))).height == 0


def test_events_of_an_episode_of_need_lie_within_it(lives: Lives) -> None:
    spans = lives.needs.select("need_id", opened_on="started_on", closed_on="ended_on")
    for rows, days in (
        (lives.assessments, ("started_on", "authorised_on")),
        (lives.enquiries, ("strategy_discussion_on", "conference_on")),
        (lives.care_periods, ("started_on", "ceased_on")),
        (lives.need_visits, ("visited_on", "visited_on")),
    ):
        within = rows.join(spans, on="need_id")
        assert within.filter(pl.col(days[0]) < pl.col("opened_on")).height == 0
        assert within.filter(pl.col(days[1]) > pl.col("closed_on")).height == 0


def test_earlier_plans_are_counted(lives: Lives) -> None:
    place = pl.int_range(pl.len()).over("child_id", order_by="started_on")
    counted = lives.plans.select(pl.col("previous_plans"), place=place)
    assert counted.filter(pl.col("previous_plans") != pl.col("place")).height == 0


def test_families_have_one_to_five_children_in_the_expected_shares() -> None:
    families = lives_of(30_000, 2020).children.group_by("family_id").len("children")
    shares = families["children"].value_counts(normalize=True)
    by_size = dict(shares.sort("children").iter_rows())
    assert list(by_size) == [1, 2, 3, 4, 5]
    for size, share in ((1, 0.50), (2, 0.27), (3, 0.14), (4, 0.06), (5, 0.03)):
        assert by_size[size] == pytest.approx(share, abs=0.012)


def test_every_child_is_known_by_a_contact_or_a_referral(lives: Lives) -> None:
    known = pl.concat([lives.contacts["child_id"], lives.referrals["child_id"]]).n_unique()
    assert known == lives.children.height == lives.size


def test_pupil_numbers_carry_their_check_letter() -> None:
    letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
    for number in lives_of(1_000, 3).children["upn"].head(50):
        weighted = sum(int(digit) * weight for weight, digit in enumerate(number[1:], start=2))
        assert number[0] == letters[weighted % 23]


@pytest.mark.parametrize("size", [999, 1_000_001])
def test_a_size_out_of_reach_is_refused(size: int) -> None:
    with pytest.raises(UsageFault) as refused:
        simulate(size)
    assert str(refused.value) == (
        f"A synthetic authority of {size:,} children cannot be made.\n"
        "  The number was given as the size.\n"
        "  Give a whole number from 1,000 to 1,000,000."
    )
