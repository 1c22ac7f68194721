"""The review of thresholds: how far children go from contact to plan, and what comes after.

The period view divides what happened in twelve months by what happened in them; the cohort view
follows the referrals of twelve months for half a year each. They part when numbers move. Outcomes
at the margin say where to look: of plans that ended early, and of conferences without a plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from lineofsight.access.audit import AuditEntry
from lineofsight.indicators import assessments, child_protection, front_door
from lineofsight.indicators.indicator import Count
from lineofsight.measurement.measurement import Measurement, Value
from lineofsight.reference.periods import Month
from lineofsight.reviews.incidence import Share, wilson
from lineofsight.warehouse.journey import Journey

FOLLOWED, EARLY, BACK = 6, 4, 12  # months
YEAR = 12


@dataclass(frozen=True, slots=True)
class Stage:
    """A step on the way to a plan: the indicator of its number, and the rows a child reaches it by.

    `table` and `day` are blank for what no referral is followed to.
    """

    words: str
    indicator: Count
    table: str = ""
    day: str = ""


STAGES = (
    Stage("Contacts", front_door.contacts_received),
    Stage("Referrals", front_door.referrals_received),
    Stage("Assessments", assessments.completed, "assessments", "started_on"),
    Stage("Section 47 enquiries", child_protection.section_47_enquiries_started,
          "section_47_enquiries", "strategy_discussion_on"),
    Stage("Initial conferences", child_protection.conferences_held,
          "initial_conferences", "held_on"),
    Stage("Plans started", child_protection.plans_started, "child_protection_plans", "started_on"),
    Stage("Plans open at the end", child_protection.plans_open),
)  # fmt: skip
TABLES = frozenset({"contacts", "referrals", "conference_requests", "section_47_enquiries"}) | {
    stage.table for stage in STAGES if stage.table
}
MAIN = ("referrals", "child_protection_plans")


@dataclass(frozen=True, slots=True)
class StageFound:
    """A stage in twelve months and in the twelve before; None where it cannot be measured.

    `reached` is the share of followed referrals that reached it, None where it is not followed.
    """

    stage: Stage
    now: int | None
    before: int | None
    reached: Share | None


@dataclass(frozen=True, slots=True)
class Margin:
    """What became of some children at the margin: how many, how many of them, and the share.

    `first` and `last` are the months they are from; all were followed as long as the words say.
    """

    words: str
    counted: str
    first: Month
    last: Month
    of: int
    met: int

    @property
    def share(self) -> Share | None:
        """The share with its interval; None of nobody."""
        if not self.of:
            return None
        return Share(self.met / self.of, *wilson(self.met / self.of, self.of))


@dataclass(frozen=True)
class Thresholds:
    """A review of thresholds: numbers, no rows."""

    month: Month
    population: int | None
    stages: tuple[StageFound, ...]
    followed: int
    no_further_action: int
    margins: tuple[Margin, ...]


def review_thresholds(
    journey: Journey,
    month: Month,
    measured: Sequence[Measurement],
    population: int | None,
    entry: AuditEntry,
) -> Thresholds:
    """Review thresholds up to a month; `measured` are the indicators of `STAGES` in order.

    Needs the audit entry of the act.
    """
    assert entry.subject
    referrals = _in_months(
        journey.frames["referrals"], "referred_on", _year_to(month - FOLLOWED)
    ).with_row_index("referral")
    reached = _reached(journey, referrals, month)
    return Thresholds(
        month=month,
        population=population,
        stages=tuple(
            StageFound(stage, *_twelve_months(one, month), reached.get(stage.words))
            for stage, one in zip(STAGES, measured, strict=True)
        ),
        followed=referrals.height,
        no_further_action=int(referrals["is_no_further_action"].sum()),
        margins=tuple(_margins(journey, month)),
    )


def _year_to(last: Month) -> tuple[Month, Month]:
    return last - (YEAR - 1), last


def _in_months(rows: pl.DataFrame, day: str, months: tuple[Month, Month]) -> pl.DataFrame:
    first, last = months
    return rows.filter(pl.col(day).is_between(first.first_day, last.last_day))


def _twelve_months(measurement: Measurement, month: Month) -> tuple[int | None, int | None]:
    """The number of the twelve months up to a month, and of the twelve before; a stock's at both.

    Fewer than twelve months are no number.
    """
    is_whole = measurement.indicator.is_snapshot
    values = measurement.series if is_whole else measurement.rolling
    ends = {value.period.last_day: value for value in values if is_whole or _is_year(value)}
    found = (ends.get(end.last_day) for end in (month, month - YEAR))
    now, before = (None if value is None else int(value.numerator) for value in found)
    return now, before


def _is_year(value: Value) -> bool:
    return value.period.months == YEAR


def _is_covered(journey: Journey, table: str, month: Month) -> bool:
    """Whether a table is delivered for as long as referrals are followed."""
    first, _ = _year_to(month - FOLLOWED)
    return journey.covers(table, first.first_day, month.last_day)


def _reached(journey: Journey, referrals: pl.DataFrame, month: Month) -> dict[str, Share | None]:
    """The share of referrals followed by each stage within half a year.

    What happens to a child is put down to the latest referral on or before the day, of any month.
    A stage whose records do not reach as far has no share.
    """
    frames = journey.frames
    every = frames["referrals"].select("child_id", "referred_on").unique().sort("referred_on")
    found: dict[str, Share | None] = {}
    for stage in STAGES:
        if not referrals.height or not stage.table or not _is_covered(journey, stage.table, month):
            continue
        events = frames[stage.table].select("child_id", day=pl.col(stage.day)).drop_nulls()
        latest = events.sort("day").join_asof(
            every, left_on="day", right_on="referred_on", by="child_id", check_sortedness=False
        )
        until = pl.col("referred_on").dt.offset_by(f"{FOLLOWED}mo")
        inside = latest.filter(pl.col("day") <= until).select("child_id", "referred_on").unique()
        met = referrals.join(inside, on=["child_id", "referred_on"], how="semi").height
        share = met / referrals.height
        found[stage.words] = Share(share, *wilson(share, referrals.height))
    return found


def _margins(journey: Journey, month: Month) -> Iterator[Margin]:
    frames = journey.frames
    plans = frames["child_protection_plans"].filter(~pl.col("is_other_authority"))
    conferences = frames["initial_conferences"].filter(~pl.col("is_repeated"))
    yield from (_ended_early(plans, month - back) for back in (0, YEAR))
    if _is_covered(journey, "initial_conferences", month):
        yield from _without_plan(conferences, frames["referrals"], plans, month)
    yield from _new_plans(plans, month)
    yield _repeated(plans, month)


def _ended_early(plans: pl.DataFrame, month: Month) -> Margin:
    """Plans that ended by about their first review, which is due after three months."""
    months = _year_to(month - EARLY)
    started = _in_months(plans, "started_on", months)
    early = pl.col("ended_on") <= pl.col("started_on").dt.offset_by(f"{EARLY}mo")
    met = started.filter(early).height
    words = f"ended within {EARLY} months, at about the first review"
    return Margin(words, "plans started", *months, started.height, met)


def _without_plan(
    conferences: pl.DataFrame, referrals: pl.DataFrame, plans: pl.DataFrame, month: Month
) -> Sequence[Margin]:
    """Children whose conference made no plan: whether they came back all the same."""
    months = _year_to(month - FOLLOWED)
    held = _in_months(conferences, "held_on", months).filter(~pl.col("is_plan_made"))
    after = (
        (f"referred again within {FOLLOWED} months", referrals, "referred_on"),
        (f"on a plan within {FOLLOWED} months", plans, "started_on"),
    )
    return [
        Margin(words, "children whose conference made no plan", *months, held.height,
               _followed_by(held, "held_on", events, day, FOLLOWED))
        for words, events, day in after
    ]  # fmt: skip


def _new_plans(plans: pl.DataFrame, month: Month) -> Sequence[Margin]:
    """Plans that ended early, and later ones: whether the child was on a plan again."""
    months = _year_to(month - BACK)
    ended = _in_months(plans, "ended_on", months)
    early = pl.col("ended_on") <= pl.col("started_on").dt.offset_by(f"{EARLY}mo")
    parts = (
        (f"plans that ended within {EARLY} months", ended.filter(early)),
        ("plans that ended later", ended.filter(~early)),
    )
    words = f"followed by a new plan within {BACK} months"
    return [
        Margin(words, counted, *months, part.height,
               _followed_by(part, "ended_on", plans, "started_on", BACK))
        for counted, part in parts
    ]  # fmt: skip


def _repeated(plans: pl.DataFrame, month: Month) -> Margin:
    months = _year_to(month)
    started = _in_months(plans, "started_on", months)
    met = int(started["is_within_two_years_of_previous"].sum())
    return Margin(
        "within two years of the end of another", "plans started", *months, started.height, met
    )


def _followed_by(
    rows: pl.DataFrame, start: str, events: pl.DataFrame, day: str, months: int
) -> int:
    """How many rows a later event of the child's follows within so many months."""
    numbered = rows.select("child_id", begun=pl.col(start)).with_row_index("place")
    both = numbered.join(events.select("child_id", later=pl.col(day)), on="child_id")
    inside = both.filter(
        (pl.col("later") > pl.col("begun"))
        & (pl.col("later") <= pl.col("begun").dt.offset_by(f"{months}mo"))
    )
    return int(inside["place"].n_unique())
