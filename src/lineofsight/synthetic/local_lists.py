"""The local tables as frames: what no national return holds, labelled as `returns.local` reads it.

Each holds what falls into the window. Care plans are the exception: all plans of a period of
care that was open in the window, because the first authorisation may be older than it.
"""

from __future__ import annotations

import polars as pl

from lineofsight.returns import local
from lineofsight.returns.layout import Sheet
from lineofsight.synthetic.as_known import as_known
from lineofsight.synthetic.lives import Lives
from lineofsight.synthetic.window import Window


def local_lists(lives: Lives, window: Window) -> dict[str, pl.DataFrame]:
    """Give the local tables by sheet name as known on the last day; moments are in local time."""
    known = as_known(lives, window.last)
    frames = {
        local.MASH: _decisions(known, window),
        local.CARE_PLANS: _care_plans(known, window),
        local.CONFERENCES: _requests(known, window),
        local.STAFFING: known.staffing.filter(window.holds("counted_on")),
        local.AUDITS: _yes_no(known.audits.filter(window.holds("audited_on")), "is_assured"),
        local.PANEL: _yes_no(known.care_panel.filter(window.holds("heard_on")), "is_emergency"),
    }
    return {sheet.title: _labelled(sheet, rows) for sheet, rows in frames.items()}


def _labelled(sheet: Sheet, rows: pl.DataFrame) -> pl.DataFrame:
    """Name what the lives hold as the sheet's columns are headed; a council keeps what it keeps."""
    order = [field for field in rows.columns if field.endswith(("_on", "_at"))]
    return rows.sort(order[0], rows.columns[0], maintain_order=True).select(
        pl.col(column.fields[0].name).alias(column.header)
        for column in sheet.columns
        if column.fields[0].name in rows.columns
    )


def _yes_no(rows: pl.DataFrame, flag: str) -> pl.DataFrame:
    return rows.with_columns(pl.when(flag).then(pl.lit("Yes")).otherwise(pl.lit("No")).alias(flag))


def _decisions(lives: Lives, window: Window) -> pl.DataFrame:
    days = lives.mash_decisions.with_columns(
        pl.col("received_at").dt.date().alias("received"),
        pl.col("decided_at").dt.date().alias("decided"),
    )
    return days.filter(window.holds("received", "decided"))


def _care_plans(lives: Lives, window: Window) -> pl.DataFrame:
    open_ones = lives.care_periods.filter(window.spans("started_on", "ceased_on"))
    return lives.care_plans.filter(pl.col("period_id").is_in(open_ones["period_id"].to_list()))


def _requests(lives: Lives, window: Window) -> pl.DataFrame:
    return lives.conference_requests.filter(window.holds("strategy_discussion_on", "held_on"))
