"""Episodes and periods of care, and adoption: what the rows of the dataset say of one another.

An episode's placement is found by its identifier, or else by the child and the day; its legal
status is the one in force on its first day. Periods are rebuilt by the rules of `periods_of_care`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import date

import polars as pl

from lineofsight.journey.tables import (
    adopted_children,
    adoptions,
    care_episodes,
    care_plans,
    health,
    immigration_status,
    looked_after_reviews,
    missing_episodes,
    visits,
)
from lineofsight.returns.collected import repaired
from lineofsight.returns.conversion import read_day
from lineofsight.returns.issue import Kind, ReadingIssue
from lineofsight.returns.looked_after_facts import with_details, within_period
from lineofsight.returns.periods_of_care import (
    SHORT_BREAKS,
    STARTED_CARE,
    Rebuilt,
    Repair,
    rebuild,
)
from lineofsight.returns.reading import ROW
from lineofsight.returns.ssd_cells import chosen_in_json, from_each, rows_issue
from lineofsight.returns.ssd_health import kind_of_check
from lineofsight.returns.ssd_layout import (
    CARE_EPISODES,
    CARE_PLANS,
    CARE_REVIEWS,
    CARE_VISITS,
    CHECKS,
    IMMIGRATION,
    LEGAL_STATUSES,
    LOOKED_UP_CHILD,
    LOOKED_UP_ENTRY,
    MISSING,
    PERMANENCE,
    PLACEMENTS,
)
from lineofsight.returns.ssd_rows import Opened, Taken, take

_NO_STATUS = (
    "An episode on whose first day no legal status of the child was in force has none; the latest "
    "one to start is taken where several were."
)
_NO_PLACEMENT = (
    "An episode whose placement is not in ssd_cla_placement has the placement that the child was "
    "in on its first day, if there was one."
)
_NOBODYS_REVIEW = (
    "A review of a period of care (clar_cla_id) that is not in ssd_cla_episodes is not taken: "
    "nobody knows whose it is."
)
_CANCELLED = "A review that was cancelled is not taken: it was not held."
_ENTERED = (
    "A period whose first episode says that care had started before it (not S) starts on the day "
    "that ssd_cla_episodes gives for the child's entry into care."
)
_NO_DECISION = (
    "A row without a decision that the child should be placed for adoption is in none of the "
    "tables of adoption."
)
_NO_CARE = "An adoption of a child without a period of care is not in the table of adoptions."
_ADOPTION = r"(?i)adopt|^E1[12]$"
_PLACED = (
    "placement_type",
    "placement_provider",
    "placement_change_reason",
    "placement_district",
    "placement_urn",
    "distance_miles",
)
# The care plan's own keys, in the words of Annex A where it has them.
PERMANENCE_WORDS = {
    "REMAINSUP": "Remain with family, supported",
    "RETURN1M": "Return to family",
    "RETURN6M": "Return to family",
    "RETURNEV": "Return to family",
    "LTRELFR": "Long-term placement with relatives or friends",
    "LTFOST18": "Long-term fostering",
    "RESPLMT": "Long-term residential placement",
    "SUPPLIV": "Supported living in the community",
    "ADOPTION": "Adoption",
    "OTHERPLN": "Other",
}
_PERIOD = "period"
Tables = dict[str, Taken]


def take_placements(opened: Opened, episodes: Opened | None) -> Taken:
    """Take placements; one that does not say whose it is belongs to the child of its episode."""

    def prepare(texts: pl.DataFrame) -> pl.DataFrame:
        if "clap_person_id" not in texts.columns:
            texts = texts.with_columns(pl.lit(None, pl.String).alias("clap_person_id"))
        for key, theirs in (("clap_cla_placement_id", "clae_cla_placement_id"),
                            ("clap_cla_id", "clae_cla_id")):  # fmt: skip
            texts = _with_child(texts, key, episodes, theirs, "clap_person_id")
        return texts

    return take(opened, prepare)


def take_reviews(opened: Opened, episodes: Opened | None) -> Taken:
    """Take the reviews that were held, each as the child's whose period of care it is of."""

    def prepare(texts: pl.DataFrame) -> pl.DataFrame:
        texts = texts.with_columns(pl.lit(None, pl.String).alias(LOOKED_UP_CHILD))
        if "clar_cla_review_cancelled" not in texts.columns:
            texts = texts.with_columns(pl.lit("N").alias("clar_cla_review_cancelled"))
        return _with_child(texts, "clar_cla_id", episodes, "clae_cla_id", LOOKED_UP_CHILD)

    is_cancelled = pl.col("clar_cla_review_cancelled").is_in(["Y", "y", "1"])
    is_nobodys = pl.col(LOOKED_UP_CHILD).is_null()
    return take(opened, prepare, ((is_cancelled, _CANCELLED), (is_nobodys, _NOBODYS_REVIEW)))


def _with_child(
    texts: pl.DataFrame, key: str, episodes: Opened | None, theirs: str, into: str
) -> pl.DataFrame:
    """Fill in whose a row is from the episode that has the same key."""
    if episodes is None or key not in texts.columns or theirs not in episodes.texts.columns:
        return texts
    owners = take(episodes).text(owner_key=theirs, owner="clae_person_id")
    owners = owners.select("owner_key", "owner").drop_nulls()
    owners = owners.unique("owner_key", keep="first", maintain_order=True)
    found = texts.join(owners, left_on=key, right_on="owner_key", how="left", maintain_order="left")
    return found.with_columns(pl.coalesce(into, "owner").alias(into)).drop("owner")


def take_permanence(opened: Opened, periods: pl.DataFrame | None) -> Taken:
    """Take decisions for adoption, each with the day the child had entered care.

    A decision belongs to the latest period of care that had started by then, or else to the first
    that started after it.
    """
    is_none = pl.col("perm_adm_decision_date").is_null()
    whole = take(opened, _prepare_permanence, ((is_none, _NO_DECISION),))
    decided = whole.frame(adoptions).drop("entered_care_on")
    entered = _entered(decided, periods)
    rows = decided.join(entered, on=ROW, how="left", maintain_order="left")
    homeless = rows.filter(pl.col("entered_care_on").is_null())
    whole = whole.with_frame(
        adoptions,
        rows.drop_nulls("entered_care_on"),
        *rows_issue(PERMANENCE.name, "", Kind.LEFT_OUT, homeless[ROW], _NO_CARE),
    )
    is_adopted = pl.col(ROW).is_in(rows.drop_nulls("ordered_on")[ROW].implode())
    return whole.with_frame(adopted_children, whole.frame(adopted_children).filter(is_adopted))


def _prepare_permanence(texts: pl.DataFrame) -> pl.DataFrame:
    """Take off the date of an order that is none of adoption; the entry into care comes later."""
    kind, day = "perm_permanence_order_type", "perm_permanence_order_date"
    if {kind, day} <= set(texts.columns):
        is_adoption = pl.col(kind).is_null() | pl.col(kind).str.contains(_ADOPTION)
        texts = texts.with_columns(pl.when(is_adoption).then(day).alias(day))
    return texts.with_columns(pl.col("perm_adm_decision_date").alias(LOOKED_UP_ENTRY))


def _entered(decided: pl.DataFrame, periods: pl.DataFrame | None) -> pl.DataFrame:
    if periods is None:
        return pl.DataFrame(schema={ROW: pl.Int64, "entered_care_on": pl.Date})
    care = periods.filter(~pl.col("legal_status").is_in(SHORT_BREAKS).fill_null(False))
    paired = decided.select(ROW, "child_id", "decided_on").join(
        care.select("child_id", entered_care_on="started_on"), on="child_id"
    )
    distance = (pl.col("entered_care_on") - pl.col("decided_on")).dt.total_days()
    nearest = paired.sort(distance > 0, distance.abs()).unique(ROW, keep="first")
    return nearest.select(ROW, "entered_care_on")


def with_families(taken: Taken, families: Taken | None) -> Taken:
    """Give adoptions the family of ssd_family."""
    if families is None:
        return taken
    of_child = families.texts.select(child_id="fami_person_id", family_id="fami_family_id")
    rows = taken.frame(adoptions).drop("family_id").join(
        of_child.unique("child_id", keep="first", maintain_order=True),
        on="child_id", how="left", maintain_order="left",
    )  # fmt: skip
    return taken.with_frame(adoptions, rows)


def linked_episodes(taken: Tables) -> None:
    """Put legal status and placement into the episodes of care, in place."""
    if CARE_EPISODES.name not in taken:
        return
    episodes = taken[CARE_EPISODES.name]
    if LEGAL_STATUSES.name in taken:
        episodes = _with_status(episodes, taken[LEGAL_STATUSES.name])
    if PLACEMENTS.name in taken:
        episodes = _with_placement(episodes, taken[PLACEMENTS.name])
    taken[CARE_EPISODES.name] = episodes


def _with_status(episodes: Taken, statuses: Taken) -> Taken:
    rows = episodes.frame(care_episodes).drop("legal_status")
    spans = statuses.frame(care_episodes)
    found = _in_force(rows, spans, "legal_status").drop("ends")
    linked = rows.join(found, on=ROW, how="left", maintain_order="left")
    bare = linked.filter(pl.col("legal_status").is_null())[ROW]
    issues = rows_issue(CARE_EPISODES.name, "", Kind.REPAIRED, bare, _NO_STATUS)
    return episodes.with_frame(care_episodes, linked, *issues)


def _in_force(rows: pl.DataFrame, spans: pl.DataFrame, *fields: str) -> pl.DataFrame:
    """Give for each row what of its child's spans was in force on its first day, newest first."""
    other = spans.select("child_id", *fields, began="started_on", ends="ended_on")
    paired = rows.select(ROW, "child_id", "started_on").join(other, on="child_id")
    is_on = (pl.col("began") <= pl.col("started_on")) & (
        pl.col("ends").is_null() | (pl.col("ends") > pl.col("started_on"))
    )
    on = paired.filter(is_on).sort("began", maintain_order=True)
    return on.unique(ROW, keep="last", maintain_order=True).drop("child_id", "started_on", "began")


def _with_placement(episodes: Taken, placements: Taken) -> Taken:
    """Give each episode its placement; why it changed is said by the episode that it ended."""
    rows = episodes.beside(care_episodes, key="clae_cla_placement_id").drop(_PLACED)
    spans = placements.beside(care_episodes, key="clap_cla_placement_id")
    named = spans.select("key", *_PLACED, ends="ended_on").drop_nulls("key")
    by_key = rows.select(ROW, "key").join(named.unique("key", keep="first"), on="key").drop("key")
    lost = rows.filter(pl.col("key").is_not_null()).join(by_key, on=ROW, how="anti")[ROW]
    others = rows.join(by_key, on=ROW, how="anti")
    by_day = _in_force(others, spans, *_PLACED)
    found = pl.concat([by_key, by_day.select(by_key.columns)])
    linked = rows.join(found, on=ROW, how="left", maintain_order="left")
    is_moved = (pl.col("ends") == pl.col("ended_on")).fill_null(False)
    why = pl.when(is_moved).then("placement_change_reason").alias("placement_change_reason")
    column = "clae_cla_placement_id"
    issues = rows_issue(CARE_EPISODES.name, column, Kind.REPAIRED, lost, _NO_PLACEMENT)
    return episodes.with_frame(care_episodes, linked.with_columns(why), *issues)


def rebuilt_periods(
    taken: Mapping[str, Taken], as_at: date
) -> tuple[pl.DataFrame | None, list[ReadingIssue]]:
    """Rebuild periods of care from episodes and say what else the dataset knows of them."""
    if CARE_EPISODES.name not in taken:
        return None, []
    episodes = taken[CARE_EPISODES.name]
    rebuilt = rebuild(episodes.frame(care_episodes))
    mended, moved = _with_entries(rebuilt, episodes)
    repairs = [dataclasses.replace(r, sheet=CARE_EPISODES.name) for r in (*rebuilt.repairs, *moved)]
    whole = with_details(mended, _frames_for_details(taken), as_at)
    numbered = whole.with_row_index(_PERIOD).cast({_PERIOD: pl.Int64})
    for facts in _facts(numbered, taken, as_at):
        replaced = [name for name in facts.columns if name != _PERIOD]
        numbered = numbered.drop(replaced).join(
            facts, on=_PERIOD, how="left", maintain_order="left"
        )
    return numbered.select(whole.columns), [repaired(repair) for repair in repairs]


def _with_entries(rebuilt: Rebuilt, episodes: Taken) -> tuple[Rebuilt, list[Repair]]:
    """Start a period whose first episode began in the middle of care on the day of entry."""
    said = take_dates(episodes, "clae_entered_care_date")
    first = episodes.frame(care_episodes).select(ROW, "reason_started")
    periods = rebuilt.periods.join(said, on=ROW, how="left", maintain_order="left").join(
        first, on=ROW, how="left", maintain_order="left"
    )
    is_cut = pl.col("reason_started").ne_missing(STARTED_CARE) & (
        pl.col("day") < pl.col("started_on")
    )
    is_cut = is_cut.fill_null(False)
    repairs = Repair.of("entry_given", _ENTERED, periods.filter(is_cut)[ROW], CARE_EPISODES.name)
    started = pl.when(is_cut).then("day").otherwise("started_on").alias("started_on")
    moved = periods.with_columns(started).select(rebuilt.periods.columns)
    return dataclasses.replace(rebuilt, periods=moved), list(repairs)


def take_dates(taken: Taken, column: str) -> pl.DataFrame:
    """Read a column of dates that is no field of the journey: 'row' and 'day'."""
    texts = taken.text(text=column)
    days = from_each(texts["text"], read_day, pl.Date)
    return pl.DataFrame([texts[ROW], days.alias("day")])


def _frames_for_details(taken: Mapping[str, Taken]) -> dict[str, pl.DataFrame]:
    places = (
        (CARE_EPISODES, care_episodes),
        (CARE_REVIEWS, looked_after_reviews),
        (MISSING, missing_episodes),
        (IMMIGRATION, immigration_status),
    )
    return {
        table.__name__: taken[source.name].frame(table)
        for source, table in places
        if source.name in taken
    }


def _facts(
    periods: pl.DataFrame, taken: Mapping[str, Taken], as_at: date
) -> Iterator[pl.DataFrame]:
    """Give the latest visit, health assessment, dental check and permanence plan of each period."""
    if CARE_VISITS.name in taken:
        rows = taken[CARE_VISITS.name].frame(visits).select("child_id", "visited_on")
        yield _latest(periods, rows, "visited_on", "latest_visit_on", as_at)
    if CHECKS.name in taken:
        done = taken[CHECKS.name].beside(health, kind="clah_health_check_type")
        kinds = from_each(done["kind"], kind_of_check, pl.String)
        done = done.select("child_id", "recorded_on").with_columns(kinds.alias("kind"))
        for kind, field in (("assessment", "latest_health_assessment_on"),
                            ("dental", "latest_dental_check_on")):  # fmt: skip
            yield _latest(periods, done.filter(kind=kind), "recorded_on", field, as_at)
    if CARE_PLANS.name in taken:
        yield _permanence(periods, taken[CARE_PLANS.name], as_at)


def _latest(
    periods: pl.DataFrame, rows: pl.DataFrame, day: str, field: str, as_at: date
) -> pl.DataFrame:
    return within_period(periods, rows, day, as_at).group_by(_PERIOD).agg(
        pl.col(day).max().alias(field)
    )  # fmt: skip


def _permanence(periods: pl.DataFrame, taken: Taken, as_at: date) -> pl.DataFrame:
    """Give each period what its latest care plan hopes for."""
    rows = taken.beside(care_plans, json="lacp_cla_care_plan_json")
    plans = rows.select("child_id", "json", written_on="started_on").with_columns(
        from_each(rows["json"], permanence_words, pl.String).alias("permanence_plan")
    )
    within = within_period(periods, plans.drop_nulls("permanence_plan"), "written_on", as_at)
    latest = within.sort("written_on", maintain_order=True).unique(_PERIOD, keep="last")
    return latest.select(_PERIOD, "permanence_plan")


def permanence_words(text: str) -> str | None:
    """Say what a care plan's JSON chooses; several aims are told together.

    >>> permanence_words('{"RETURN6M": "N", "ADOPTION": "Y", "LTFOST18": "Yes"}')
    'Long-term fostering; Adoption'
    """
    chosen = chosen_in_json(text) or []
    known = [words for key, words in PERMANENCE_WORDS.items() if key in chosen]
    others = [word for word in chosen if word not in PERMANENCE_WORDS]
    return "; ".join(dict.fromkeys([*known, *others])) or None
