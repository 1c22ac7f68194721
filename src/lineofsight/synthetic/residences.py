"""In which ward each child lives: made up from the postcode district of its family.

Nothing is drawn. One family in eleven moved to the next ward on a day of its own, so that figures
by ward have children who pass from one to another.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from lineofsight.synthetic.lives import Lives

WARDS = (
    ("Harbour", "South"), ("Old Town", "South"), ("Millbank", "South"), ("Castle", "South"),
    ("Riverside", "Central"), ("St Mary's", "Central"), ("Parklands", "Central"),
    ("Station", "Central"), ("Hilltop", "North"), ("Broadfields", "North"),
    ("Woodlands", "North"), ("Fairmeadow", "North"),
)  # fmt: skip
_ONE_IN, _FIRST_MOVE, _DAYS_OF_MOVES = 11, date(2016, 1, 4), 1600


def residences(known: Lives) -> pl.DataFrame:
    """Give where children lived, as (child_id, started_on, ended_on, ward, locality)."""
    district = pl.col("postcode").str.extract(r"(\d+) ").cast(pl.Int64)
    moves = pl.col("family_id") % _ONE_IN == 0
    moved_on = pl.lit(_FIRST_MOVE) + pl.duration(days=pl.col("family_id") * 7 % _DAYS_OF_MOVES)
    homes = known.children.filter(pl.col("born_on").is_not_null()).select(
        "child_id",
        "born_on",
        ward_number=district % len(WARDS),
        moved_on=pl.when(moves & (moved_on > pl.col("born_on"))).then(moved_on).cast(pl.Date()),
    )
    first = homes.select("child_id", "ward_number", started_on="born_on", ended_on="moved_on")
    second = homes.drop_nulls("moved_on").select(
        "child_id",
        ward_number=(pl.col("ward_number") + 1) % len(WARDS),
        started_on="moved_on",
        ended_on=pl.lit(None, pl.Date()),
    )
    named = pl.DataFrame(
        {
            "ward_number": range(len(WARDS)),
            "ward": [ward for ward, _ in WARDS],
            "locality": [locality for _, locality in WARDS],
        },
        schema_overrides={"ward_number": pl.Int64},
    )
    rows = pl.concat([first, second]).join(named, on="ward_number", maintain_order="left")
    return rows.select("started_on", "child_id", "ended_on", "ward", "locality")
