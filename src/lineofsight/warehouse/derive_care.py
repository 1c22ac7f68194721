"""Fill the derived tables of children looked after: what is owed to them, and their last year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import polars as pl

from lineofsight.journey.fields import ORIGIN
from lineofsight.reference.working_days import working_days_after
from lineofsight.returns.periods_of_care import SHORT_BREAKS
from lineofsight.warehouse.homes import homes
from lineofsight.warehouse.turns import turns

Frames = Mapping[str, pl.DataFrame]
_FIRST_REVIEW = 20  # working days
_FIRST_REVIEW_UNTIL = "3mo"
_DAYS_BETWEEN_WORKERS = 7
_KEPT = ("child_id", "started_on", "ended_on", "team", "worker", *ORIGIN)


def _full_care(recorded: Frames) -> pl.DataFrame:
    """Periods of care as spans, without series of short breaks."""
    is_short = pl.col("legal_status").is_in(SHORT_BREAKS).fill_null(False)
    return recorded["periods_of_care"].filter(~is_short).rename({"ceased_on": "ended_on"})


def _care_reviews(recorded: Frames) -> pl.DataFrame:
    done = recorded["looked_after_reviews"].select("child_id", done_on="held_on")
    rows = turns(_full_care(recorded), done)
    number = pl.int_range(pl.len()).over(pl.col("is_first").cum_sum())
    first = pl.Series(working_days_after(rows["started_on"].to_numpy(), _FIRST_REVIEW))
    # Where the records do not reach back to the start, the first review known is not the first.
    soon = pl.col("started_on") <= pl.col("span_started_on").dt.offset_by(_FIRST_REVIEW_UNTIL)
    due = (
        pl.when(number == 0).then(first)
        .when((number == 1) & soon).then(pl.col("started_on").dt.offset_by("3mo"))
        .otherwise(pl.col("started_on").dt.offset_by("6mo"))
    )  # fmt: skip
    return _with_due(rows, due)


def _care_visits(recorded: Frames) -> pl.DataFrame:
    visited = recorded["visits"].filter(pl.col("kind") == "L")
    spans = homes(recorded["care_episodes"]).join(
        _staff_of(recorded), on="child_id", how="left", maintain_order="left"
    )
    rows = turns(spans, visited.select("child_id", done_on="visited_on"))
    due = pl.when("is_first").then(pl.col("started_on").dt.offset_by("1w"))
    return _with_due(rows, due.otherwise(pl.col("started_on").dt.offset_by("6w")))


def _staff_of(recorded: Frames) -> pl.DataFrame:
    """The team and worker of each child's latest period of care."""
    latest = recorded["periods_of_care"].sort("started_on", maintain_order=True)
    return latest.unique("child_id", keep="last").select("child_id", "team", "worker")


def _care_plan_versions(recorded: Frames) -> pl.DataFrame:
    done = recorded["care_plans"].select("child_id", done_on="authorised_on")
    rows = turns(_full_care(recorded), done)
    authorised = pl.when(~pl.col("is_first")).then("started_on")
    rows = rows.with_columns(authorised_on=authorised)
    return _with_due(rows, pl.col("authorised_on").dt.offset_by("6mo"))


def _with_due(rows: pl.DataFrame, due: pl.Expr) -> pl.DataFrame:
    """Say when each turn is due; one whose span ended before that day is never due."""
    is_over = pl.col("done_on").is_null() & (pl.col("ended_on") < due)
    return rows.with_columns(falls_due_on=due).with_columns(
        due_on=pl.when(~is_over.fill_null(False)).then("falls_due_on"),
        overdue_on=pl.col("falls_due_on").dt.offset_by("1d"),
        is_in_time=(pl.col("done_on") <= pl.col("falls_due_on")).fill_null(False),
    )


def stretches(spans: pl.DataFrame, changes: pl.DataFrame) -> pl.DataFrame:
    """Cut spans where numbers change: a row for each stretch, with the numbers that hold in it.

    `changes` has child_id, the day `at` and a column a number with what is added to it that day
    (taken away: less than nothing). What changed before a span began holds from its first day.
    """
    names = [name for name in changes.columns if name not in ("child_id", "at")]
    numbered = spans.with_row_index("span")
    first = numbered.select("span", at="started_on", **dict.fromkeys(names, pl.lit(0, pl.Int64)))
    inside = (
        numbered.select("span", "child_id", "started_on", "ended_on")
        .join(changes.drop_nulls("at"), on="child_id")
        .filter(pl.col("ended_on").is_null() | (pl.col("at") < pl.col("ended_on")))
        .select("span", pl.max_horizontal("at", "started_on"), pl.col(names).cast(pl.Int64))
    )
    steps = pl.concat([first, inside]).group_by("span", "at").agg(pl.col(names).sum())
    steps = steps.sort("span", "at").with_columns(
        pl.col(names).cum_sum().over("span"), until=pl.col("at").shift(-1).over("span")
    )
    rest = numbered.drop("started_on")
    return steps.join(rest, on="span", how="left", maintain_order="left").select(
        "child_id", "team", "worker", *ORIGIN, *names, started_on="at",
        ended_on=pl.coalesce("until", "ended_on"),
    )  # fmt: skip


def _for_a_year(rows: pl.DataFrame, start: str, end: str, name: str) -> pl.DataFrame:
    """Changes of a number of things of which each counts until twelve months after its end."""
    gone = pl.col(end).dt.offset_by("1y")
    return pl.concat([
        rows.select("child_id", at=start, **{name: pl.lit(1)}),
        rows.select("child_id", at=gone, **{name: pl.lit(-1)}),
    ])  # fmt: skip


def _placement_years(recorded: Frames) -> pl.DataFrame:
    placed = homes(recorded["care_episodes"])
    changes = _for_a_year(placed, "started_on", "ended_on", "placements")
    return stretches(_full_care(recorded), changes)


def _worker_years(recorded: Frames) -> pl.DataFrame:
    """Count each worker once, however often the worker was allocated within the twelve months."""
    key = ["child_id", "worker"]
    rows = recorded["involvements"].drop_nulls(["started_on", "worker"])
    rows = rows.sort(*key, "started_on", maintain_order=True).with_columns(
        until=pl.col("ended_on").dt.offset_by("1y").fill_null(date.max)
    )
    rows = rows.filter(pl.col("until") > pl.col("started_on"))
    known_until = pl.col("until").cum_max().shift(1).over(key)
    is_new = (pl.col("started_on") > known_until).fill_null(True)
    known = (
        rows.with_columns(again=is_new.cum_sum().over(key))
        .group_by(*key, "again")
        .agg(pl.col("started_on").min(), pl.col("until").max())
    )
    gone = known.filter(pl.col("until") < date.max)
    changes = pl.concat([
        known.select("child_id", at="started_on", workers=pl.lit(1)),
        gone.select("child_id", at="until", workers=pl.lit(-1)),
    ])  # fmt: skip
    return stretches(_full_care(recorded), changes)


def _worker_changes(recorded: Frames) -> pl.DataFrame:
    rows = recorded["involvements"].drop_nulls(["started_on", "worker"])
    rows = rows.sort("child_id", "started_on", maintain_order=True)
    before = pl.col("worker").shift(1).over("child_id")
    until = pl.col("ended_on").shift(1).over("child_id").fill_null(pl.col("started_on"))
    is_change = (before != pl.col("worker")) & (
        (pl.col("started_on") - until).dt.total_days() <= _DAYS_BETWEEN_WORKERS
    )
    changed = rows.filter(is_change).select("child_id", "worker", changed_on="started_on")
    within = changed.join(_full_care(recorded).drop("worker"), on="child_id").filter(
        (pl.col("changed_on") > pl.col("started_on"))
        & (pl.col("ended_on").is_null() | (pl.col("changed_on") < pl.col("ended_on")))
    )
    return within.select("child_id", "changed_on", "worker", "team", *ORIGIN)


def _health_years(recorded: Frames) -> pl.DataFrame:
    checks = recorded["health_assessments"]
    is_dental = pl.col("kind") == "dental"
    changes = [
        _for_a_year(checks.filter(~is_dental), "held_on", "held_on", "assessments"),
        _for_a_year(checks.filter(is_dental), "held_on", "held_on", "dental_checks"),
        _under_five(recorded["children"]),
    ]
    spans = _full_care(recorded).with_columns(pl.col("started_on").dt.offset_by("1y"))
    rows = stretches(_lasting(spans), pl.concat(changes, how="diagonal").fill_null(0))
    return rows.with_columns(is_under_five=pl.col("under_five") > 0).drop("under_five")


def _health_turns(recorded: Frames) -> pl.DataFrame:
    return pl.concat([_health_missed(recorded), _health_renewed(recorded)], how="diagonal")


def _health_renewed(recorded: Frames) -> pl.DataFrame:
    """Turns that ended in time: by an assessment, or with the care, before the last ran out."""
    spans = _full_care(recorded).rename({"started_on": "entered_on"})
    at, last = pl.col("at"), pl.col("before_1").dt.offset_by("1y")
    second, fifth = pl.col("before_2").dt.offset_by("1y"), pl.col("born_on").dt.offset_by("5y")
    # Of a child under five the last but one counts, unless the birthday comes before it runs out.
    is_under_five = pl.coalesce(second, at) < fifth
    overdue = pl.when(is_under_five.fill_null(value=False)).then(second).otherwise(last)
    born = recorded["children"].unique("child_id", keep="first").select("child_id", "born_on")
    rows = _checks_and_ends(recorded, spans).join(born, on="child_id", how="left")
    inside = rows.with_columns(overdue_on=overdue).join(spans, on="child_id").filter(
        (at >= pl.col("entered_on").dt.offset_by("1y"))
        & pl.when("is_check").then(at < pl.col("ended_on").fill_null(date.max))
        .otherwise(at == pl.col("ended_on"))
        & (pl.col("overdue_on") > at)
    )  # fmt: skip
    return inside.select(
        "child_id", "team", "worker", *ORIGIN, "overdue_on", started_on="before_1",
        due_on=pl.col("overdue_on").dt.offset_by("-1d"), done_on=pl.when("is_check").then("at"),
        ended_on="at",
    )  # fmt: skip


def _checks_and_ends(recorded: Frames, spans: pl.DataFrame) -> pl.DataFrame:
    """Assessments and ends of care, each with the last two assessments before it."""
    checks = recorded["health_assessments"].filter(pl.col("kind") != "dental")
    rows = pl.concat([
        checks.select("child_id", at="held_on", is_check=pl.lit(value=True)),
        spans.select("child_id", at="ended_on", is_check=pl.lit(value=False)),
    ]).drop_nulls("at").sort("child_id", "at", maintain_order=True)  # fmt: skip
    for name, told in (("before_1", "at"), ("before_2", "before_1")):
        known = pl.when("is_check").then(told)
        rows = rows.with_columns(known.shift(1).forward_fill().over("child_id").alias(name))
    return rows


def _health_missed(recorded: Frames) -> pl.DataFrame:
    """Turns in which an assessment was missing, or will be if none is held.

    Stretches of the same state are joined, and each in which one is missing led to its end. Two of
    a child under five are needed, one of an older child (`health_in_care`).
    """
    needed = pl.when("is_under_five").then(2).otherwise(1)
    rows = _health_years(recorded).sort("child_id", "started_on", maintain_order=True)
    rows = rows.with_columns(is_met=pl.col("assessments") >= needed)
    follows = (pl.col("started_on") == pl.col("ended_on").shift(1)).over("child_id")
    is_same = (pl.col("is_met") == pl.col("is_met").shift(1)).over("child_id")
    begins = ~(follows & is_same).fill_null(value=False)
    runs = rows.group_by(begins.cum_sum().alias("run"), maintain_order=True).agg(
        pl.col("child_id", "started_on", "is_met", "team", "worker", *ORIGIN).first(),
        pl.col("ended_on").last(),
    )
    goes_on = (pl.col("started_on").shift(-1) == pl.col("ended_on")).over("child_id")
    missed = runs.with_columns(
        done_on=pl.when(goes_on.fill_null(value=False)).then("ended_on"),
        overdue_on="started_on",
    ).filter(~pl.col("is_met"))
    return _since_last_check(missed, recorded).select(
        "child_id", "team", "worker", *ORIGIN, "done_on", "ended_on", "overdue_on", "started_on",
        due_on=pl.col("overdue_on").dt.offset_by("-1d"),
    )  # fmt: skip


def _since_last_check(missed: pl.DataFrame, recorded: Frames) -> pl.DataFrame:
    """Begin each turn with the last assessment before it was overdue, or else with the care."""
    checks = recorded["health_assessments"].filter(pl.col("kind") != "dental")
    held = checks.select("child_id", "held_on").drop_nulls().sort("held_on")
    found = missed.sort("overdue_on", maintain_order=True).join_asof(
        held, left_on="overdue_on", right_on="held_on", by="child_id", strategy="backward",
        allow_exact_matches=False, check_sortedness=False,
    )  # fmt: skip
    # Judged after a year of care: without an assessment the turn began when the care did.
    entered = pl.col("overdue_on").dt.offset_by("-1y")
    return found.with_columns(started_on=pl.coalesce("held_on", entered))


def _under_five(children: pl.DataFrame) -> pl.DataFrame:
    born = children.unique("child_id", keep="first").drop_nulls("born_on")
    fifth = pl.col("born_on").dt.offset_by("5y")
    return pl.concat([
        born.select("child_id", at="born_on", under_five=pl.lit(1)),
        born.select("child_id", at=fifth, under_five=pl.lit(-1)),
    ])  # fmt: skip


def _lasting(spans: pl.DataFrame) -> pl.DataFrame:
    return spans.filter(pl.col("ended_on").is_null() | (pl.col("ended_on") > pl.col("started_on")))


def _placements(recorded: Frames) -> pl.DataFrame:
    return homes(recorded["care_episodes"])


def _long_placements(recorded: Frames) -> pl.DataFrame:
    care = _full_care(recorded).select(
        "child_id", "team", "worker", left="ended_on",
        long_on=pl.col("started_on").dt.offset_by("30mo"), entered="started_on",
    )  # fmt: skip
    described = recorded["children"].unique("child_id", keep="first", maintain_order=True)
    born = described.select("child_id", sixteen=pl.col("born_on").dt.offset_by("16y"))
    rows = homes(recorded["care_episodes"]).join(care, on="child_id")
    is_of_care = (pl.col("started_on") >= pl.col("entered")) & (
        pl.col("left").is_null() | (pl.col("started_on") < pl.col("left"))
    )
    rows = rows.filter(is_of_care).join(born, on="child_id", how="left", maintain_order="left")
    return _lasting(
        rows.with_columns(
            started_on=pl.max_horizontal("started_on", "long_on"),
            ended_on=pl.min_horizontal("ended_on", "left", "sixteen"),
            two_years_on=pl.col("settled_on").dt.offset_by("2y"),
        ).select(*_KEPT, "two_years_on")
    )


CARE_ROWS: Mapping[str, Callable[[Frames], pl.DataFrame]] = {
    "care_reviews": _care_reviews,
    "care_visits": _care_visits,
    "care_plan_versions": _care_plan_versions,
    "placement_years": _placement_years,
    "worker_years": _worker_years,
    "worker_changes": _worker_changes,
    "health_years": _health_years,
    "health_turns": _health_turns,
    "placements": _placements,
    "long_placements": _long_placements,
}
