"""Adoption and earlier permanence as the 903 and Annex A ask for them."""

from __future__ import annotations

from datetime import date

import polars as pl

from lineofsight.synthetic.care_episodes import WITH_SAME_CARER
from lineofsight.synthetic.draws_by_child import code_of, share_of
from lineofsight.synthetic.lives import Lives
from lineofsight.synthetic.settings import CODE
from lineofsight.synthetic.window import Window

_PREVIOUSLY = {
    "E11": "P1", "E12": "P1", "E45": "P2", "E46": "P2", "E47": "P2", "E48": "P2", "E41": "P3",
}  # fmt: skip
_NONE_BEFORE = "Z1"
# Whether a couple is married, in a civil partnership or neither, by the adopters' sexes.
_COUPLES = {
    "MF": {"L11": 80.0, "L2": 20.0},
    "MM": {"L11": 45.0, "L12": 30.0, "L3": 25.0},
    "FF": {"L11": 45.0, "L12": 30.0, "L3": 25.0},
}
_SINGLE = "L0"


def adoptions_told(known: Lives, window: Window) -> pl.DataFrame:
    """Give `adoptions`: all decided on by the last day whose period of care was open in the window.

    `known` are lives as known on that day.
    """
    spans = known.care_periods.select("period_id", "started_on", "ceased_on")
    homes = known.children.select("child_id", "family_id")
    rows = known.adoptions.join(spans, on="period_id").join(homes, on="child_id")
    return rows.filter(window.spans("decided_on", "ceased_on")).with_columns(
        entered_care_on="started_on",
        reversal_reason="reason_reversed",
        fostered_on="fostering_to_adopt_on",
    )


def decisions_told(known: Lives, window: Window) -> pl.DataFrame:
    """Give `adoption_decisions` that still stood when the window began, of children in care."""
    return adoptions_told(known, window).filter(window.spans("decided_on", "reversed_on"))


def adopted_told(lives: Lives, known: Lives, window: Window) -> pl.DataFrame:
    """Give `adopted_children` of the window, with the adopters' sexes and bond.

    Beside the table's fields there are sex_of_adopters and bond_of_adopters, the codes of
    SEX_ADOPTR and LS_ADOPTR. Who adopted is looked up in all of `lives`.
    """
    carers = known.placements.filter(pl.col("placement_type").is_in(WITH_SAME_CARER))
    ordered = adoptions_told(known, window).filter(window.holds("ordered_on"))
    return ordered.join(_adopters(lives), on="family_id", how="left").with_columns(
        is_adopted_by_carer=pl.col("period_id").is_in(carers["period_id"].implode())
    )


def _adopters(lives: Lives) -> pl.DataFrame:
    """Give each family's adopters: the households are in the order of the families they took."""
    homes = lives.children.select("child_id", "family_id")
    matched = lives.adoptions.filter(pl.col("matched_on").is_not_null())
    families = matched.join(homes, on="child_id").select("family_id").unique().sort("family_id")
    households = families.with_row_index("household_id", offset=1).cast({"household_id": pl.Int64})
    sexes = pl.col("sex").replace_strict({"1": "M", "2": "F"}, return_dtype=pl.String)
    who = lives.adopters.group_by("household_id").agg(
        pl.len().cast(pl.Int64).alias("adopters"),
        # The code list has 'MF' and no 'FM', and a 1 for nobody else: 'M1'.
        sexes.sort(descending=True).str.join().alias("sexes"),
    )
    rows = households.join(who, on="household_id", how="left").sort("family_id")
    return rows.select("family_id", "adopters", *_bonds(rows))


def _bonds(rows: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    sexes = rows["sexes"].replace({"M": "M1", "F": "F1"}).alias("sex_of_adopters")
    drawn = share_of(rows["family_id"], "bond of adopters")
    bond = pl.lit(_SINGLE)
    for couple, shares in _COUPLES.items():
        bonds = pl.Series(code_of(drawn, shares).tolist(), dtype=pl.String)
        bond = pl.when(pl.Series(sexes) == couple).then(bonds).otherwise(bond)
    return sexes, rows.select(bond.alias("bond_of_adopters")).to_series()


def permanence_before(known: Lives, year_end: date) -> pl.DataFrame:
    """Give `previous_permanence` of children whose care started in the year to a 31 March.

    Known are the arrangements with which this authority ended an earlier period of care.
    """
    full = known.care_periods.filter(~pl.col("is_short_breaks")).sort("child_id", "started_on")
    before = pl.col("reason_ceased").shift(1).over("child_id")
    ordered = pl.col("ceased_on").shift(1).over("child_id")
    option = before.replace_strict(_PREVIOUSLY, default=_NONE_BEFORE, return_dtype=pl.String)
    rows = full.with_columns(
        option.alias("option"), ordered_on=ordered, recorded_on=pl.lit(year_end)
    ).filter(pl.col("started_on").is_between(date(year_end.year - 1, 4, 1), year_end))
    had_one = pl.col("option") != _NONE_BEFORE
    return rows.unique("child_id", keep="last", maintain_order=True).with_columns(
        pl.when(had_one).then("ordered_on").alias("ordered_on"),
        pl.when(had_one).then(pl.lit(CODE)).alias("arranged_by"),
    )
