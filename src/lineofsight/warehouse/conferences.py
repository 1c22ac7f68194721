"""Fill the table of initial conferences sought: held, asked for, or stood down."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from lineofsight.journey.derived import OF_REQUESTS
from lineofsight.journey.fields import ORIGIN

_KEY = ("child_id", "strategy_discussion_on")
_FROM_REQUEST = tuple(name for name in OF_REQUESTS if name != "held_on")


def conferences_sought(recorded: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Give a row a conference held, and a row a request or enquiry that none stands for."""
    requests = recorded["conference_requests"].unique(_KEY, keep="last", maintain_order=True)
    held = _with_requests(_held(recorded["initial_conferences"]), requests)
    rest = _not_held(recorded["section_47_enquiries"], requests, held)
    rows = pl.concat([held, rest], how="diagonal_relaxed")
    return rows.join(_responsible(recorded), on=list(_KEY), how="left", maintain_order="left")


def _held(conferences: pl.DataFrame) -> pl.DataFrame:
    """Conferences held, once each, from the first of the discussions that led to them."""
    first = pl.col("strategy_discussion_on").min().over("child_id", "held_on")
    once = conferences.with_columns(first).unique(
        ["child_id", "held_on"], keep="first", maintain_order=True
    )
    return once.select(*_KEY, "held_on", "is_transfer_in", *ORIGIN)


def _with_requests(held: pl.DataFrame, requests: pl.DataFrame) -> pl.DataFrame:
    """Add what the request says: found by the day of the conference, else by its discussion."""
    asked = requests.select("child_id", "strategy_discussion_on", *OF_REQUESTS)
    found = held
    for n, day in enumerate(("held_on", "strategy_discussion_on")):
        told = asked.drop_nulls(day).unique(["child_id", day], keep="last", maintain_order=True)
        named = {f"{name}_{n}": name for name in _FROM_REQUEST}
        told = told.select("child_id", day, pl.lit(1).alias(f"asked_{n}"), **named)
        found = found.join(told, on=["child_id", day], how="left", maintain_order="left")
    # A conference was held: what stood down another request of the child's is not its own.
    blank = [n for n in _FROM_REQUEST if n.startswith("stood_down")]
    both = [
        pl.when(pl.col("asked_0").is_not_null()).then(f"{n}_0").otherwise(f"{n}_1").alias(n)
        for n in _FROM_REQUEST
        if n not in blank
    ]
    is_asked_for = pl.coalesce("asked_0", "asked_1").is_not_null()
    flags = {"is_asked_for": is_asked_for, "is_in_figures": pl.lit(value=True)}
    return found.select(*held.columns, *both, **flags)


def _not_held(enquiries: pl.DataFrame, requests: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """Requests and enquiries that no conference held stands for."""
    asked = requests.select(*_KEY, *OF_REQUESTS, *ORIGIN, is_asked_for=pl.lit(value=True))
    if asked.is_empty():
        asked = _enquiries_open(enquiries)
    found = asked.join(held, on=list(_KEY), how="anti")
    return found.join(held.drop_nulls("held_on"), on=["child_id", "held_on"], how="anti")


def _enquiries_open(enquiries: pl.DataFrame) -> pl.DataFrame:
    """Enquiries that rule out no conference, as if each had asked for one."""
    left = enquiries.filter(~pl.col("is_conference_unnecessary"))
    once = left.unique(_KEY, keep="last", maintain_order=True)
    return once.select(*_KEY, *ORIGIN, held_on="conference_on", is_asked_for=pl.lit(value=False))


def _responsible(recorded: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Team and worker of each enquiry; of a conference without one, its own."""
    tables = (recorded[name] for name in ("section_47_enquiries", "initial_conferences"))
    told = pl.concat([table.select(*_KEY, "team", "worker") for table in tables])
    return told.drop_nulls(_KEY).unique(_KEY, keep="first", maintain_order=True)
