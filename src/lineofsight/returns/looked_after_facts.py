"""What an SSDA903 return says of a period of care or an adoption in several tables, put together.

Latest review, times missing, placements and asylum come from tables of their own; an adoption is
gathered from the decision, the match and the episodes of the period of care it belongs to.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from lineofsight.journey.tables import adoptions, periods_of_care
from lineofsight.returns.periods_of_care import SHORT_BREAKS, Rebuilt
from lineofsight.returns.rows import laid_out

Frames = Mapping[str, pl.DataFrame]
TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
_SAME_CARER = ("L", "T", "U")
_PLACED_FOR_ADOPTION = ("A3", "A4", "A5", "A6")
_ADOPTED = ("E11", "E12")
_ORIGIN = ("file", "sheet", "row")
_PERIOD = "period"
_ENDS = pl.col("ceased_on").fill_null(date.max)


def day_after_a_year_before(as_at: date) -> date:
    """Give the first of the twelve months that end on a day.

    >>> day_after_a_year_before(date(2018, 3, 31))
    datetime.date(2017, 4, 1)
    """
    return pl.select(pl.lit(as_at).dt.offset_by("1d").dt.offset_by("-1y")).item()  # type: ignore[no-any-return]


def with_details(rebuilt: Rebuilt, frames: Frames, as_at: date) -> pl.DataFrame:
    """Give `periods_of_care` whole: what its episodes say, and what the other tables add.

    A field whose table was not delivered is blank (a flag: no).
    """
    periods = rebuilt.periods.with_row_index(_PERIOD).cast({_PERIOD: pl.Int64})
    found = [
        latest_reviews(periods, frames, as_at),
        _times_missing(periods, frames, as_at),
        _placements(periods, rebuilt, frames["care_episodes"], as_at),
        _unaccompanied(periods, frames, as_at),
    ]
    for facts in found:
        periods = periods.join(facts, on=_PERIOD, how="left", maintain_order="left")
    if "missing_episodes" in frames:
        periods = periods.with_columns(pl.col("missing_in_12_months").fill_null(0))
    return laid_out(periods, periods_of_care, *_ORIGIN)


def within_period(periods: pl.DataFrame, rows: pl.DataFrame, on: str, as_at: date) -> pl.DataFrame:
    """Pair rows with the period of the child during which they happened, up to a day.

    `periods` has the column 'period' besides its own; the pairs have it, 'began_on' and the rest
    of `rows`.
    """
    spans = periods.select(_PERIOD, "child_id", pl.col("started_on").alias("began_on"), "ceased_on")
    paired = rows.join(spans, on="child_id")
    return paired.filter(
        pl.col(on).is_between("began_on", _ENDS) & (pl.col(on) <= as_at),
    )


def latest_reviews(periods: pl.DataFrame, frames: Frames, as_at: date) -> pl.DataFrame:
    """Give 'period' and 'latest_review_on' of those reviewed up to a day; others have no row.

    `periods` are numbered in 'period'.
    """
    schema = {_PERIOD: pl.Int64, "latest_review_on": pl.Date}
    if "looked_after_reviews" not in frames:
        return pl.DataFrame(schema=schema)
    rows = frames["looked_after_reviews"].select("child_id", "held_on")
    held = within_period(periods, rows, "held_on", as_at)
    return held.group_by(_PERIOD).agg(pl.col("held_on").max().alias("latest_review_on"))


def _times_missing(periods: pl.DataFrame, frames: Frames, as_at: date) -> pl.DataFrame:
    schema = {_PERIOD: pl.Int64, "missing_in_12_months": pl.Int64}
    if "missing_episodes" not in frames:
        return pl.DataFrame(schema=schema)
    rows = frames["missing_episodes"].filter(
        (pl.col("kind") == "M") & (pl.col("started_on") >= day_after_a_year_before(as_at))
    )
    missing = rows.select("child_id", pl.col("started_on").alias("went_on"))
    times = within_period(periods, missing, "went_on", as_at).group_by(_PERIOD).len()
    return times.rename({"len": "missing_in_12_months"}).cast(schema)  # type: ignore[arg-type]


def _placements(
    periods: pl.DataFrame, rebuilt: Rebuilt, episodes: pl.DataFrame, as_at: date
) -> pl.DataFrame:
    """Count the placements of each period in the twelve months that end on a day.

    A placement lasts while the carer stays the same (RNE L, T or U). Temporary ones (T0 to T4) do
    not count, nor does the return from one to where the child had been.
    """
    used = episodes.join(rebuilt.period_of, on="row").sort(_PERIOD, "started_on", "row")
    same = ("placement_type", "placement_provider", "placement_urn")
    stays = used.filter(~pl.col("placement_type").is_in(TEMPORARY).fill_null(False))
    is_temporary = pl.col("placement_type").shift(1).is_in(TEMPORARY)
    after_one = used.with_columns(is_after=is_temporary.over(_PERIOD)).select("row", "is_after")
    stays = stays.join(after_one, on="row", maintain_order="left")
    is_first = (pl.col(_PERIOD) != pl.col(_PERIOD).shift(1)).fill_null(True)
    is_back = pl.col("is_after").fill_null(False) & pl.all_horizontal(
        pl.col(name).eq_missing(pl.col(name).shift(1)) for name in same
    )
    stays_put = pl.col("reason_started").is_in(_SAME_CARER).fill_null(False) | is_back
    placed = stays.with_columns((is_first | ~stays_put).cum_sum().alias("placement"))
    open_in_year = pl.col("ended_on").fill_null(date.max) >= day_after_a_year_before(as_at)
    counted = placed.filter(open_in_year & (pl.col("started_on") <= as_at))
    return counted.group_by(_PERIOD).agg(
        pl.col("placement").n_unique().cast(pl.Int64).alias("placements_in_12_months")
    )


def _unaccompanied(periods: pl.DataFrame, frames: Frames, as_at: date) -> pl.DataFrame:
    schema = {_PERIOD: pl.Int64, "is_unaccompanied": pl.Boolean}
    if "immigration_status" not in frames:
        return pl.DataFrame(schema=schema)
    rows = frames["immigration_status"].select("child_id", "ended_on")
    paired = periods.select(_PERIOD, "child_id", "started_on", "ceased_on").join(
        rows, on="child_id"
    )
    was_until = pl.col("ended_on").fill_null(date.max)
    # Of a period that is over, the twelve months that end with it count.
    last = pl.min_horizontal(pl.col("ceased_on").fill_null(as_at), pl.lit(as_at))
    is_of_year = was_until > last.dt.offset_by("-1y")
    was = paired.filter(is_of_year & (was_until >= pl.col("started_on")))
    return was.select(_PERIOD, pl.lit(True).alias("is_unaccompanied")).unique()


def gather_adoptions(
    frames: Frames, periods: pl.DataFrame, rebuilt: Rebuilt
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Put adoptions together; the second frame has those that no period of care belongs to.

    A decision belongs to the latest period of care that had started by then, or else to the first
    that started after it. The order is the day on which that period ended in adoption, the
    placement order the first episode under one (E1), the placement the first for adoption.
    """
    decisions = _decisions(frames)
    care = periods.with_row_index(_PERIOD).cast({_PERIOD: pl.Int64}).filter(_is_care())
    spans = care.select(_PERIOD, "child_id", "started_on", "ceased_on", "reason_ceased")
    paired = decisions.join(spans, on="child_id", how="left")
    is_by_then = pl.col("started_on") <= pl.col("decided_on")
    distance = (pl.col("started_on") - pl.col("decided_on")).dt.total_days().abs()
    nearest = paired.sort("decision", ~is_by_then, distance, nulls_last=True).unique(
        "decision", keep="first", maintain_order=True
    )
    whole = nearest.join(
        first_episodes(frames["care_episodes"], rebuilt.period_of), on=_PERIOD, how="left"
    ).with_columns(
        pl.col("started_on").alias("entered_care_on"),
        pl.when(pl.col("reason_ceased").is_in(_ADOPTED)).then("ceased_on").alias("ordered_on"),
    )
    is_placed = pl.col("entered_care_on").is_not_null()
    return laid_out(whole.filter(is_placed), adoptions, *_ORIGIN), whole.filter(~is_placed)


def _is_care() -> pl.Expr:
    return ~pl.col("legal_status").is_in(SHORT_BREAKS).fill_null(False)


def _decisions(frames: Frames) -> pl.DataFrame:
    """Decisions from either table, one row each where both tell of the same one."""
    key = ["child_id", "decided_on"]
    decided = frames.get("adoption_decisions", _no_decisions())
    adopted = frames.get("adopted_children", _no_rows("matched_on"))
    both = decided.select(*key, "reversed_on", "reversal_reason", *_ORIGIN).join(
        adopted.select(*key, "matched_on", *_ORIGIN), on=key, how="full", coalesce=True
    )
    origin = [pl.coalesce(name, f"{name}_right").alias(name) for name in _ORIGIN]
    return both.with_columns(origin).sort("sheet", "row").with_row_index("decision")


def _no_decisions() -> pl.DataFrame:
    return _no_rows("reversed_on").with_columns(reversal_reason=pl.lit(None, pl.String))


def _no_rows(field: str) -> pl.DataFrame:
    days = {"decided_on": pl.Date, field: pl.Date}
    origin = {"file": pl.String, "sheet": pl.String, "row": pl.Int64}
    return pl.DataFrame(schema={"child_id": pl.String, **days, **origin})


def first_episodes(episodes: pl.DataFrame, period_of: pl.DataFrame) -> pl.DataFrame:
    """Give each 'period' its 'placement_order_on' and 'placed_on', blank where it came to none.

    `period_of` has the 'row' of each episode and the 'period' it stands in.
    """
    used = episodes.join(period_of, on="row")
    is_ordered = pl.col("legal_status") == "E1"
    is_placed = pl.col("placement_type").is_in(_PLACED_FOR_ADOPTION)
    return used.group_by(_PERIOD).agg(
        pl.col("started_on").filter(is_ordered).min().alias("placement_order_on"),
        pl.col("started_on").filter(is_placed).min().alias("placed_on"),
    )
