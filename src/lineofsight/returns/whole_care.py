"""Periods of care that run through several years' returns, from all the episodes told of them.

A year's SSDA903 holds the episodes that were open in the year, so a period rebuilt from one return
begins with the first of them. The returns of earlier years hold those before: with them the period
has its true first day, its latest review and its first placement order again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from lineofsight.returns.looked_after_facts import first_episodes, latest_reviews
from lineofsight.returns.periods_of_care import SHORT_BREAKS, rebuild

# The tables that a return puts together from its episodes.
PUT_TOGETHER = ("periods_of_care", "adoptions")
_STREAM = ("child_id", "is_short_break")


@dataclass(frozen=True)
class WholeCare:
    """What all deliveries of a return tell of care: its episodes, each once, and its reviews.

    `periods` has a row an episode: child_id, is_short_break, started_on, 'period' and began_on,
    the first day of the period it stands in. `episodes` are those that stand in any.
    """

    episodes: pl.DataFrame
    periods: pl.DataFrame
    period_of: pl.DataFrame
    reviews: pl.DataFrame

    @classmethod
    def of(cls, episodes: pl.DataFrame, reviews: pl.DataFrame) -> WholeCare:
        """Rebuild the periods from rows of `care_episodes`, of however many deliveries."""
        # Rows are numbered anew: each file counts its own from the top.
        numbered = episodes.drop("submission", "row").with_row_index("row").cast({"row": pl.Int64})
        rebuilt = rebuild(numbered)
        whole = rebuilt.periods.with_row_index("period").cast({"period": pl.Int64})
        periods = (
            numbered.join(rebuilt.period_of.cast({"period": pl.Int64}), on="row")
            .join(whole.select("period", began_on="started_on"), on="period")
            .select("child_id", _is_short_break(), "started_on", "period", "began_on")
            .unique([*_STREAM, "started_on"], keep="first", maintain_order=True)
        )
        return cls(numbered, periods, rebuilt.period_of.cast({"period": pl.Int64}), reviews)

    def whole(self, table: str, rows: pl.DataFrame, as_at: date) -> pl.DataFrame:
        """Give rows of a table of PUT_TOGETHER as they are with the earlier returns beside them.

        Nothing is told of days after `as_at`, the day of the delivery the rows are of.
        """
        if table == "periods_of_care":
            return self._periods(rows, as_at)
        return self._adoptions(rows, as_at)

    def _periods(self, rows: pl.DataFrame, as_at: date) -> pl.DataFrame:
        known = self.periods.drop("period")
        begun = rows.with_columns(_is_short_break()).join(
            known, on=[*_STREAM, "started_on"], how="left", maintain_order="left"
        )
        begun = begun.with_columns(started_on=pl.coalesce("began_on", "started_on"))
        numbered = begun.with_row_index("period").cast({"period": pl.Int64})
        reviewed = latest_reviews(numbered, {"looked_after_reviews": self.reviews}, as_at)
        latest = reviewed.rename({"latest_review_on": "latest_of_all_on"})
        return (
            numbered.join(latest, on="period", how="left", maintain_order="left")
            .with_columns(latest_review_on=pl.coalesce("latest_of_all_on", "latest_review_on"))
            .select(rows.columns)
        )

    def _adoptions(self, rows: pl.DataFrame, as_at: date) -> pl.DataFrame:
        known = self.periods.filter(~pl.col("is_short_break")).select(
            "child_id", "period", "began_on", entered_care_on="started_on"
        )
        steps = ("placement_order_on", "placed_on")
        first = first_episodes(self.episodes, self.period_of).with_columns(
            pl.when(pl.col(step) <= as_at).then(step).alias(step) for step in steps
        )
        found = rows.join(
            known, on=["child_id", "entered_care_on"], how="left", maintain_order="left"
        ).join(first, on="period", how="left", maintain_order="left", suffix="_of_all")
        return found.with_columns(
            entered_care_on=pl.coalesce("began_on", "entered_care_on"),
            **{step: pl.min_horizontal(step, f"{step}_of_all") for step in steps},
        ).select(rows.columns)


def _is_short_break() -> pl.Expr:
    return pl.col("legal_status").is_in(SHORT_BREAKS).fill_null(False).alias("is_short_break")
