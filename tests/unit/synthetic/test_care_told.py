"""The lives' care as journey tables, held against the lives themselves, day by day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import polars as pl
import pytest

from lineofsight.journey.tables import BY_NAME
from lineofsight.reference.codes import code_sets
from lineofsight.returns.conversion import POLARS_TYPES
from lineofsight.returns.rows import delivered_fields
from lineofsight.synthetic.as_journey_care import care_as_journey, year_ends
from lineofsight.synthetic.birthdays_after_care import birthdays_after_care
from lineofsight.synthetic.care_episodes import cut_into_episodes
from lineofsight.synthetic.draws_by_child import code_of, share_of
from lineofsight.synthetic.lives import Lives, simulate
from lineofsight.synthetic.window import Window

WHOLE = Window(date(2015, 9, 1), date(2020, 8, 31))
TABLES = (
    "adopted_children", "adoption_decisions", "adoptions", "care_episodes", "care_leavers",
    "care_leavers_at_birthday", "health", "health_assessments", "immigration_status",
    "involvements",
    "looked_after_reviews", "missing_episodes", "periods_of_care", "previous_permanence", "visits",
)  # fmt: skip
LATER = date(2021, 1, 1)  # after every day


@cache
def lives() -> Lives:
    return simulate(6_000, 11)


@cache
def told(window: Window = WHOLE) -> dict[str, pl.DataFrame]:
    return care_as_journey(lives(), window)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_its_fields_in_order_and_codes_that_are_known(table: str) -> None:
    fields = delivered_fields(BY_NAME[table])
    frame = told()[table]
    assert sorted(told()) == [*TABLES]
    assert frame.height > 0
    assert dict(frame.schema) == {n: POLARS_TYPES[f.info["kind"]] for n, f in fields.items()}
    for name, field in fields.items():
        if field.info["required"]:
            assert frame[name].null_count() == 0, name
        if field.info["kind"] == "code":
            known = {code.code for code in code_sets()[field.info["code_set"]].codes}
            assert set(frame[name].drop_nulls()) <= known, name


def test_periods_are_the_lives_own() -> None:
    true = lives().care_periods.filter(WHOLE.spans("started_on", "ceased_on"))
    columns = ["started_on", "ceased_on", "reason_ceased", "primary_need", "team", "worker"]
    expected = true.select(pl.col("child_id").cast(pl.String), *columns)
    found = told()["periods_of_care"].select("child_id", *columns)
    assert sorted(found.rows(), key=str) == sorted(expected.rows(), key=str)


def spans_of(frame: pl.DataFrame, *values: str) -> dict[int, list[tuple[object, ...]]]:
    found: dict[int, list[tuple[object, ...]]] = defaultdict(list)
    rows = frame.sort("period_id", "started_on").select(
        "period_id", "started_on", pl.col("ended_on").fill_null(LATER), *values
    )
    for period, *span in rows.iter_rows():
        found[period].append(tuple(span))
    return found


def on(spans: list[tuple[object, ...]], day: date) -> tuple[object, ...]:
    (span,) = (s for s in spans if s[0] <= day < s[1])  # type: ignore[operator]
    return span[2:]


def test_on_every_day_an_episode_says_what_the_placement_and_the_status_say() -> None:
    """Read on the first and last day of every episode, of every placement and of every status."""
    place = ("placement_type", "placement_provider", "urn", "postcode")
    placed, ordered = (
        spans_of(lives().placements, *place),
        spans_of(lives().legal_statuses, "legal_status"),
    )
    episodes = cut_into_episodes(lives())
    said = spans_of(
        episodes, "placement_type", "placement_provider", "placement_urn", "placement_postcode",
        "legal_status",
    )  # fmt: skip
    assert said.keys() == placed.keys() == ordered.keys()
    for period, spans in said.items():
        every = [*spans, *placed[period], *ordered[period]]
        days = {s[0] for s in every} | {s[1] - timedelta(days=1) for s in every}  # type: ignore[operator]
        for day in days:
            both = (*on(placed[period], day), *on(ordered[period], day))
            assert on(spans, day) == both, (period, day)


def test_chains_are_whole() -> None:
    """From S to the end of the period, each episode ends by X1 where the next one starts."""
    episodes = cut_into_episodes(lives())
    ends = {row[0]: row[1:] for row in lives().care_periods.select(
        "period_id", "started_on", "ceased_on", "reason_ceased").rows()}  # fmt: skip
    columns = ("started_on", "ended_on", "reason_started", "reason_ended")
    by_period: dict[int, list[tuple[object, ...]]] = defaultdict(list)
    for period, *row in episodes.select("period_id", *columns).iter_rows():
        by_period[period].append(tuple(row))
    assert by_period.keys() == ends.keys()
    for period, chain in by_period.items():
        began, ceased, reason = ends[period]
        assert [c[2] == "S" for c in chain] == [True, *[False] * (len(chain) - 1)]
        assert (chain[0][0], chain[-1][1], chain[-1][3]) == (began, ceased, reason)
        for one, following in pairwise(chain):
            assert (one[1], one[3]) == (following[0], "X1")


def test_an_episode_starts_for_what_changed() -> None:
    """S, then P, L, B, or T and U where the carer stays; a move has its reason, nothing else."""
    columns = ("period_id", "reason_started", "legal_status", "placement_type", "placement_urn",
               "placement_postcode", "placement_provider", "placement_change_reason")  # fmt: skip
    rows = cut_into_episodes(lives()).select(columns).rows()
    seen = set()
    for before, after in pairwise(rows):
        reason = after[1]
        if before[0] != after[0]:
            assert reason == "S"
            assert before[7] is None
            continue
        is_order = before[2] != after[2]
        seen.add(reason)
        assert (before[7] is not None) == (reason != "L")
        assert is_order or reason in "PT"
        assert (reason in "TU") == (after[3] in ("A3", "A5") and reason not in "L")
        if reason == "L":
            assert before[3:7] == after[3:7]
    assert {"P", "L"} <= seen


def test_a_narrower_window_tells_the_same_of_its_days() -> None:
    """What a year tells of a day is what five years tell of it."""
    year = Window(date(2017, 4, 1), date(2018, 3, 31))
    for table in ("looked_after_reviews", "visits", "care_leavers_at_birthday", "health"):
        day = told(year)[table].columns[1]
        within = told()[table].filter(pl.col(day).is_between(year.first, year.last))
        assert told(year)[table].equals(within), table


def test_health_rests_on_the_checks_that_were_made() -> None:
    """Teeth and assessments of each child and year, recounted from the lives."""
    checks: dict[tuple[str, int, str], int] = defaultdict(int)
    for child, on_day, check in (
        lives()
        .health_checks.select(pl.col("child_id").cast(pl.String), "checked_on", "check")
        .iter_rows()
    ):
        checks[child, on_day.year + (on_day.month >= 4), check] += 1
    born = dict(lives().children.select(pl.col("child_id").cast(pl.String), "born_on").rows())
    for row in told()["health"].iter_rows(named=True):
        child, end = row["child_id"], row["recorded_on"]
        under_five = born[child] > date(end.year - 5, end.month, end.day)
        assert row["is_dentally_checked"] == (checks[child, end.year, "dental check"] > 0)
        made = checks[child, end.year, "health assessment"]
        assert row["is_health_assessed"] == (made >= (2 if under_five else 1))
        assert not row["is_health_checked"] or under_five
        assert (row["sdq_score"] is None) == (row["sdq_reason"] is not None)
        assert not row["has_received_intervention"] or row["has_substance_misuse"]


def test_health_is_of_those_in_care_for_the_whole_year() -> None:
    for end in year_ends(WHOLE):
        since = date(end.year - 1, 4, 1)
        true = lives().care_periods.filter(
            ~pl.col("is_short_breaks")
            & (pl.col("started_on") <= since)
            & (pl.col("ceased_on").is_null() | (pl.col("ceased_on") > end))
        )
        found = told()["health"].filter(recorded_on=end)["child_id"]
        assert sorted(found) == sorted(true["child_id"].cast(pl.String))


def test_care_leavers_turn_17_to_21_and_are_not_in_care() -> None:
    born = dict(lives().children.select(pl.col("child_id").cast(pl.String), "born_on").rows())
    in_care = defaultdict(list)
    for child, start, end in (
        lives()
        .care_periods.filter(~pl.col("is_short_breaks"))
        .select(
            pl.col("child_id").cast(pl.String), "started_on", pl.col("ceased_on").fill_null(LATER)
        )
        .iter_rows()
    ):
        in_care[child].append((start, end))
    rows = told()["care_leavers_at_birthday"]
    for child, day in rows.select("child_id", "birthday_on").iter_rows():
        assert day.year - born[child].year in range(17, 22)
        assert (day.month, day.day) in {(born[child].month, born[child].day), (3, 1)}
        assert not any(start <= day < end for start, end in in_care[child])
        turned_16 = date(born[child].year + 16, born[child].month, min(born[child].day, 28))
        assert any(end > turned_16 for _, end in in_care[child])
    known = rows.filter(in_touch="YES")
    assert (
        rows.filter(pl.col("in_touch") != "YES")
        .select(((pl.col("activity") == "0") & (pl.col("accommodation") == "0")).all())
        .item()
    )
    assert "0" not in {*known["activity"], *known["accommodation"]}


def test_nobody_is_missed_at_the_edge_of_thirteen_weeks() -> None:
    """91 days since the 14th birthday count, 90 do not; drawn lives of two young people."""
    born, left = date(2000, 5, 10), date(2017, 5, 1)
    for days, is_there in ((91, True), (90, False)):
        periods = lives().care_periods.head(1).with_columns(
            started_on=pl.lit(left - timedelta(days=days)), ceased_on=pl.lit(left),
            is_short_breaks=pl.lit(False),
        )  # fmt: skip
        children = (
            lives()
            .children.filter(pl.col("child_id").is_in(periods["child_id"].implode()))
            .with_columns(born_on=pl.lit(born))
        )
        drawn = Lives(**{
            name: getattr(lives(), name) for name in Lives.__slots__
        } | {"care_periods": periods, "children": children})  # fmt: skip
        found = birthdays_after_care(drawn, Window(date(2017, 4, 1), date(2018, 3, 31)))
        assert (found.height == 1) == is_there


def test_the_adopters_are_those_matched_with_the_family() -> None:
    """The household that is looked up was matched on the day one of the siblings was."""
    matched = (
        lives()
        .adoptions.filter(pl.col("matched_on").is_not_null())
        .join(lives().children.select("child_id", "family_id"), on="child_id")
    )
    days = defaultdict(set)
    for family, day in matched.select("family_id", "matched_on").iter_rows():
        days[family].add(day)
    homes = lives().adopters.select("household_id", "matched_on").unique()
    by_home = dict(homes.rows())
    for place, family in enumerate(sorted(days), start=1):
        assert by_home[place] in days[family]
    adopted = told()["adopted_children"]
    assert set(adopted["adopters"]) <= {1, 2}


def test_a_draw_hangs_on_the_child_the_question_and_the_year_alone() -> None:
    """Not on the others, nor their order; and it is spread evenly."""
    children = pl.Series("child_id", range(1_000_000, 1_020_000))
    drawn = share_of(children, "immunised", 2019)
    assert (share_of(children.reverse(), "immunised", 2019)[::-1] == drawn).all()
    assert (share_of(children.head(5), "immunised", 2019) == drawn[:5]).all()
    for other in (share_of(children, "immunised", 2020), share_of(children, "convicted", 2019)):
        assert abs(((drawn < 0.5) == (other < 0.5)).mean() - 0.5) < 0.02
    counts = pl.Series((drawn * 10).astype(int)).value_counts()["count"]
    assert counts.min() > 1_850  # type: ignore[operator]
    assert counts.max() < 2_150  # type: ignore[operator]
    assert set(code_of(drawn, {"A": 1.0, "B": 3.0}).tolist()) == {"A", "B"}
