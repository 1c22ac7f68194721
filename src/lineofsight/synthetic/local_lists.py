"""The local tables as frames: what no national return holds, labelled as `returns.local` reads it.

Each holds what falls into the window. Care plans are the exception: all plans of a period of
care that was open in the window, because the first authorisation may be older than it. Visits
are a delivery of their own: five years of them would fill the sheet of a large authority, and a
table that holds less than its cover says would tell of months without a visit.
"""

from __future__ import annotations

import polars as pl

from lineofsight.returns import local
from lineofsight.returns.layout import Sheet
from lineofsight.synthetic.as_known import as_known
from lineofsight.synthetic.core_groups import core_groups
from lineofsight.synthetic.lives import Lives
from lineofsight.synthetic.local_care_lists import care_lists
from lineofsight.synthetic.need_plans import need_plans
from lineofsight.synthetic.window import Window


def local_lists(lives: Lives, window: Window) -> dict[str, pl.DataFrame]:
    """Give the local tables by sheet name as known on the last day; moments are in local time.

    No child of the synthetic authority is recorded twice: that sheet has its header alone.
    """
    known = as_known(lives, window.last)
    frames = {
        local.MASH: _decisions(known, window),
        local.CARE_PLANS: _care_plans(known, window),
        local.CONFERENCES: _requests(known, window),
        local.STAFFING: known.staffing.filter(window.holds("counted_on")),
        local.AUDITS: known.audits.filter(window.holds("audited_on")),
        local.PANEL: known.care_panel.filter(window.holds("heard_on")),
        local.REVIEWS: _reviews(known).filter(window.holds("held_on")),
        local.CORE_GROUPS: core_groups(known).filter(window.holds("held_on")),
        local.NEED_PLANS: _need_plans(known).filter(window.spans("started_on", "ended_on")),
        **care_lists(known, window),
        local.LINKED: pl.DataFrame(schema={"child_id": pl.String, "linked_on": pl.Date}),
    }
    return {sheet.title: _labelled(sheet, rows) for sheet, rows in frames.items()}


def visit_lists(lives: Lives, window: Window) -> dict[str, pl.DataFrame]:
    """Give the visits of the window by sheet name: to children on plans, in care, and in need.

    A child who is on a plan or in care is visited as such, and not as a child in need besides.
    Nothing that came after a visit bears on it, so lives need not be told as known on a day.
    """
    day = window.holds("visited_on")
    in_need = lives.need_visits.filter(day)
    for spans, end in ((lives.plans, "ended_on"), (lives.care_periods, "ceased_on")):
        in_need = _outside(in_need, spans, end)
    parts = {
        "Child protection plan": lives.plan_visits.filter(day),
        "Looked after": lives.care_visits.filter(day),
        "Child in need": in_need,
    }
    fields = ("child_id", "visited_on", "is_seen", "is_seen_alone")
    rows = [part.select(*fields, pl.lit(kind).alias("kind")) for kind, part in parts.items()]
    return {local.VISITS.title: _labelled(local.VISITS, pl.concat(rows))}


def _outside(visits: pl.DataFrame, spans: pl.DataFrame, end: str) -> pl.DataFrame:
    """Keep the visits on days on which no span of the child's was open."""
    begun = spans.select("child_id", "started_on", until=pl.col(end)).sort("started_on")
    latest = visits.sort("visited_on", maintain_order=True).join_asof(
        begun, left_on="visited_on", right_on="started_on", by="child_id", check_sortedness=False
    )
    is_open = pl.col("until").is_null() | (pl.col("until") > pl.col("visited_on"))
    outside = pl.col("started_on").is_null() | ~is_open
    return latest.filter(outside).drop("started_on", "until")


def _labelled(sheet: Sheet, rows: pl.DataFrame) -> pl.DataFrame:
    """Pick the fields of the sheet, blank where lives hold none, headed as the sheet's columns."""
    order = [field for field in rows.columns if field.endswith(("_on", "_at"))]
    return rows.sort(order[0], rows.columns[0], maintain_order=True).select(
        _shown(column.fields[0].name, rows).alias(column.header) for column in sheet.columns
    )


def _shown(field: str, rows: pl.DataFrame) -> pl.Expr:
    if field not in rows.columns:
        return pl.lit(None, pl.String)
    if rows.schema[field] == pl.Boolean:
        return pl.when(field).then(pl.lit("Yes")).otherwise(pl.lit("No"))
    return pl.col(field)


def _decisions(lives: Lives, window: Window) -> pl.DataFrame:
    days = lives.mash_decisions.with_columns(
        pl.col("received_at").dt.date().alias("received"),
        pl.col("decided_at").dt.date().alias("decided"),
    )
    return days.filter(window.holds("received", "decided"))


def _care_plans(lives: Lives, window: Window) -> pl.DataFrame:
    open_ones = lives.care_periods.filter(window.spans("started_on", "ceased_on"))
    plans = lives.care_plans.filter(pl.col("period_id").is_in(open_ones["period_id"].to_list()))
    authorised = pl.when(pl.col("authorised_on").is_not_null()).then(pl.lit("Authorised"))
    return plans.with_columns(authorised.otherwise(pl.lit("Draft")).alias("status"))


def _reviews(lives: Lives) -> pl.DataFrame:
    began = lives.plans.select("plan_id", plan_started_on="started_on")
    reviews = lives.plan_reviews.join(began, on="plan_id", maintain_order="left")
    return reviews.select("held_on", "child_id", "plan_started_on")


def _need_plans(lives: Lives) -> pl.DataFrame:
    days = lives.needs.join(lives.referrals, on="referral_id").select("need_id", "referred_on")
    plans = need_plans(lives).join(days, on="need_id", how="left", maintain_order="left")
    return plans.select("started_on", "ended_on", "child_id", "referred_on")


def _requests(lives: Lives, window: Window) -> pl.DataFrame:
    return lives.conference_requests.filter(window.holds("strategy_discussion_on", "held_on"))
