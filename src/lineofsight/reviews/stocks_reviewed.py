"""The numbers of children whose flow can be reviewed, one block each, by their indicators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from lineofsight.errors import UnknownName
from lineofsight.indicators import child_protection, children_looked_after
from lineofsight.indicators.indicator import Count
from lineofsight.journey.breakdowns import NOT_RECORDED
from lineofsight.reference.codes import code_sets
from lineofsight.warehouse.journey import Journey


@dataclass(frozen=True, slots=True)
class Grouping:
    """A way to divide spans by something that stays as it is: a column, and its code set."""

    name: str
    column: str
    code_set: str


@dataclass(frozen=True)
class Stock:
    """A number of children at a month-end, with the flows that move it.

    The words complete 'N plans', such as 'were open'. `bands` are months since the start at which
    the usual pace of ending changes; `ends_by` is the reason recorded with an end, where there is
    one.
    """

    id: str
    title: str
    counted: str
    standing: str
    started: str
    ended: str
    number: Count
    starts: Count
    ends: Count
    kept: str
    start: str
    end: str
    is_left_out: str
    bands: tuple[int, ...]
    groupings: tuple[Grouping, ...]
    ends_by: Grouping | None = None

    @property
    def tables(self) -> frozenset[str]:
        """The tables that the spans are made of."""
        return frozenset({self.kept, "children", "need_episodes"})


_NEED = Grouping("Primary need", "primary_need", "primary_need")
plans = Stock(
    id="plans",
    title="Child protection plans",
    counted="plans",
    standing="were open",
    started="started",
    ended="ended",
    number=child_protection.plans_open,
    starts=child_protection.plans_started,
    ends=child_protection.plans_ended,
    kept="child_protection_plans",
    start="started_on",
    end="ended_on",
    is_left_out="is_other_authority",
    bands=(3, 4, 6, 9, 10, 12, 15, 18, 24),
    groupings=(Grouping("Category of abuse", "latest_category", "abuse_category"), _NEED),
)
looked_after = Stock(
    id="looked-after",
    title="Children looked after",
    counted="children",
    standing="were looked after",
    started="came into care",
    ended="left care",
    number=children_looked_after.number,
    starts=children_looked_after.started,
    ends=children_looked_after.ceased,
    kept="periods_of_care",
    start="started_on",
    end="ceased_on",
    is_left_out="is_short_breaks_only",
    bands=(1, 3, 6, 12, 24, 48),
    groupings=(
        _NEED,
        Grouping("Legal status, the latest", "legal_status", "legal_status"),
        Grouping("Placement, the latest", "placement_type", "placement_type"),
    ),
    ends_by=Grouping("Reason for leaving care", "reason_ceased", "reason_ceased"),
)
STOCKS = (plans, looked_after)


def find_stock(identity: str) -> Stock:
    """Find a number whose flow can be reviewed; raises UnknownName with the nearest."""
    known = {stock.id: stock for stock in STOCKS}
    if identity in known:
        return known[identity]
    raise UnknownName.among(
        "review of flow", identity, list(known), f"There are: {', '.join(known)}."
    )


def spans_of(stock: Stock, journey: Journey, as_at: date) -> pl.DataFrame:
    """Every span of a stock as known on a day: started, ended (month numbers), groups in words.

    Columns: start_on, end_on, born_on, start, end, a column each grouping, and `reason`. A span
    without a start, or that ends before it, is in no month and left out.
    """
    rows = journey.frames[stock.kept].filter(~pl.col(stock.is_left_out))
    rows = rows.rename({stock.start: "start_on", stock.end: "end_on"})
    end = pl.when(pl.col("end_on") <= as_at).then("end_on")
    backwards = (pl.col("end_on") < pl.col("start_on")).fill_null(False)
    rows = rows.filter((pl.col("start_on") <= as_at) & ~backwards).with_columns(end_on=end)
    rows = rows.join(
        journey.frames["children"].select("child_id", "born_on").unique("child_id"),
        on="child_id",
        how="left",
        maintain_order="left",
    )
    if "primary_need" not in rows.columns:
        rows = _with_need(rows, journey)
    reason = [_worded(stock.ends_by).alias("reason")] if stock.ends_by else []
    return rows.select(
        "start_on",
        "end_on",
        "born_on",
        _month("start_on").alias("start"),
        _month("end_on").alias("end"),
        *(_worded(grouping).alias(grouping.name) for grouping in stock.groupings),
        *reason,
    )


def _with_need(rows: pl.DataFrame, journey: Journey) -> pl.DataFrame:
    """Add the need of the child's latest episode begun by the start of the span."""
    episodes = journey.frames["need_episodes"].select(
        "child_id", "primary_need", opened_on="started_on"
    )
    found = rows.with_row_index("place").sort("start_on").join_asof(
        episodes.drop_nulls("opened_on").sort("opened_on"),
        left_on="start_on",
        right_on="opened_on",
        by="child_id",
        check_sortedness=False,
    )  # fmt: skip
    return found.sort("place")


def _worded(grouping: Grouping) -> pl.Expr:
    words = {code.code: code.label for code in code_sets()[grouping.code_set].codes}
    told = pl.col(grouping.column).replace_strict(words, default=None, return_dtype=pl.String)
    return told.fill_null(NOT_RECORDED)


def _month(name: str) -> pl.Expr:
    return pl.col(name).dt.year().cast(pl.Int64) * 12 + pl.col(name).dt.month().cast(pl.Int64) - 1
