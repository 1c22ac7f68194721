"""The same events as two returns tell them: what both tell alike, otherwise, or only one of them.

An event is the same where child and first date are the same; what is left over is the same event on
another day where the child has one in the other return at most 31 days away. Only the days that
both returns cover are compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from lineofsight.journey.fields import ORIGIN, fields_of
from lineofsight.journey.tables import BY_NAME, WHEN
from lineofsight.warehouse.merging import Told, key_of
from lineofsight.warehouse.span import Span, shared

DAYS_APART = 31
ONLY, ANOTHER_DAY, OTHERWISE = "only in one", "on another day", "told otherwise"
_PLACE = ORIGIN[1:]
# What describes the day a list was made, not what happened: two lists of two days differ in it.
_OF_THE_DAY = frozenset(
    {
        "status", "team", "worker", "legal_status", "placement_type", "placement_provider",
        "permanence_plan", "is_placed_outside", "is_unaccompanied", "in_touch", "accommodation",
        "accommodation_suitability", "activity", "eligibility", "is_seen_alone", "latest_category",
    }
)  # fmt: skip
_OF_THE_DAY_BEGINS, _OF_THE_DAY_ENDS = "latest_", "_in_12_months"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands in what was delivered; row 0 where there is none."""

    file: str
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class Difference:
    """One event that two returns tell differently, with both values as text and both places.

    `kind` is ONLY (the side that lacks it is blank), ANOTHER_DAY or OTHERWISE.
    """

    table: str
    kind: str
    field: str
    subject: str
    on: str
    values: tuple[str, str]
    places: tuple[Place | None, Place | None]


@dataclass(frozen=True)
class Compared:
    """One table as two returns tell it over the days that both cover.

    `both` counts events that both tell on the same day; `differences` are sorted by kind, field
    and row.
    """

    table: str
    returns: tuple[str, str]
    spans: tuple[Span, ...]
    both: int
    differences: tuple[Difference, ...]

    def count(self, kind: str, field: str = "", *, side: int | None = None) -> int:
        """How many differences of a kind there are; of ONLY, those of one side (0 or 1)."""
        return sum(
            d.kind == kind
            and (not field or d.field == field)
            and (side is None or d.places[side] is not None)
            for d in self.differences
        )

    @property
    def fields_told_otherwise(self) -> tuple[str, ...]:
        """The fields that differ somewhere, in the order of the table."""
        found = {d.field for d in self.differences if d.kind == OTHERWISE}
        return tuple(name for name in fields_of(BY_NAME[self.table]) if name in found)


def compare(table: str, first: Told, second: Told) -> Compared | None:
    """Compare a table as two returns tell it; None where they share no day."""
    days = shared(first.spans, second.spans)
    if not days:
        return None
    one, two = (_numbered(told.rows, table) for told in (first, second))
    key = [*key_of(table), "place"]
    matched = one.join(two, on=key, how="inner", suffix="_2", maintain_order="left")
    matched = matched.filter(_within(table, days))
    found = [*_otherwise(table, matched, _compared_fields(table, first, second), first, second)]
    if table in WHEN:
        left = [one.join(two, on=key, how="anti"), two.join(one, on=key, how="anti")]
        found += _leftovers(table, left, days)
    ordered = sorted(found, key=_order)
    returns = (first.return_name, second.return_name)
    return Compared(table, returns, tuple(days), matched.height, tuple(ordered))


def _order(difference: Difference) -> tuple[str, str, str, int]:
    place = difference.places[0] or difference.places[1]
    assert place is not None
    return (difference.kind, difference.field, place.sheet, place.row)


def _numbered(rows: pl.DataFrame, table: str) -> pl.DataFrame:
    """Number the records of one child and day, so that two of them meet two of them."""
    key = key_of(table)
    return rows.with_columns(pl.int_range(pl.len()).over(key).alias("place"))


def _within(table: str, days: Sequence[Span]) -> pl.Expr:
    if table not in WHEN:
        return pl.lit(True)
    day = pl.col(WHEN[table][0]).cast(pl.Date())
    return pl.any_horizontal(day.is_between(s.first_day, s.last_day) for s in days)


def _compared_fields(table: str, first: Told, second: Told) -> list[str]:
    lacking = {f for told in (first, second) for lost in told.missing.values() for f in lost}
    skipped = {*key_of(table), *_OF_THE_DAY, *lacking}
    return [
        name
        for name, field in fields_of(BY_NAME[table]).items()
        if name not in skipped
        and not field.info["kind"].startswith("clock")
        and not name.startswith(_OF_THE_DAY_BEGINS)
        and not name.endswith(_OF_THE_DAY_ENDS)
        and {name} <= {*first.rows.columns} & {*second.rows.columns}
    ]


def _otherwise(
    table: str, matched: pl.DataFrame, fields: Sequence[str], first: Told, second: Told
) -> list[Difference]:
    found: list[Difference] = []
    kinds = {name: field.info["kind"] for name, field in fields_of(BY_NAME[table]).items()}
    for name in fields:
        differs = pl.col(name).ne_missing(pl.col(f"{name}_2"))
        if kinds[name] == "day":
            # What happened after a list was made is nothing that it tells otherwise.
            later = _later(name, f"{name}_2", first) | _later(f"{name}_2", name, second)
            differs &= ~later.fill_null(False)
        found += _told_otherwise(table, name, matched.filter(differs))
    return found


def _later(blank: str, given: str, told: Told) -> pl.Expr:
    last = max(span.last_day for span in told.spans)
    return pl.col(blank).is_null() & (pl.col(given) > last)


def _told_otherwise(table: str, name: str, rows: pl.DataFrame) -> list[Difference]:
    subject, *day = key_of(table)
    on = day[0] if day else subject
    second = [f"{column}_2" for column in _PLACE]
    columns = [subject, on, name, f"{name}_2"]
    return [
        Difference(table, OTHERWISE, name, str(who), str(when) if day else "",
                   (_text(a), _text(b)), (Place(*place), Place(*place_2)))
        for (who, when, a, b), place, place_2 in zip(
            rows.select(pl.col(c).alias(str(n)) for n, c in enumerate(columns)).rows(),
            rows.select(_PLACE).rows(),
            rows.select(second).rows(),
            strict=True,
        )
    ]  # fmt: skip


def _leftovers(table: str, left: Sequence[pl.DataFrame], days: Sequence[Span]) -> list[Difference]:
    """Pair what only one tells with the nearest of the child in the other; list what is alone."""
    one, two = (_dated(rows, table) for rows in left)
    paired = _nearest(one, two)
    inside = paired.filter(_in_days("day", days) | _in_days("day_2", days))
    moved = [
        Difference(table, ANOTHER_DAY, WHEN[table][0], str(row["subject"]), str(row["day"]),
                   (str(row["day"]), str(row["day_2"])), (_place(row, ""), _place(row, "_2")))
        for row in inside.iter_rows(named=True)
    ]  # fmt: skip
    alone = (
        one.join(paired, left_on="number", right_on="number", how="anti"),
        two.join(paired, left_on="number", right_on="number_2", how="anti"),
    )
    for side, rows in enumerate(alone):
        moved += [_only(table, side, row) for row in _rows(rows.filter(_in_days("day", days)))]
    return moved


def _rows(frame: pl.DataFrame) -> list[dict[str, object]]:
    return frame.to_dicts()


def _only(table: str, side: int, row: dict[str, object]) -> Difference:
    day, place = str(row["day"]), _place(row, "")
    values, places = ((day, ""), (place, None)) if side == 0 else (("", day), (None, place))
    return Difference(table, ONLY, WHEN[table][0], str(row["subject"]), day, values, places)


def _dated(rows: pl.DataFrame, table: str) -> pl.DataFrame:
    subject, day = key_of(table)
    named = rows.select(
        pl.col(subject).alias("subject"), pl.col(day).cast(pl.Date()).alias("day"), *_PLACE
    )
    return named.sort("day", "subject", "row").with_row_index("number")


def _nearest(one: pl.DataFrame, two: pl.DataFrame) -> pl.DataFrame:
    """Pair each record with the nearest of the same child; one record is in one pair at most."""
    apart = (pl.col("day") - pl.col("day_2")).dt.total_days().abs()
    pairs = (
        one.join(two, on="subject", suffix="_2")
        .with_columns(apart.alias("apart"))
        .filter(pl.col("apart") <= DAYS_APART)
        .sort("apart", "number", "number_2")
    )
    return pairs.unique("number", keep="first", maintain_order=True).unique(
        "number_2", keep="first", maintain_order=True
    )


def _in_days(name: str, days: Sequence[Span]) -> pl.Expr:
    return pl.any_horizontal(pl.col(name).is_between(s.first_day, s.last_day) for s in days)


def _place(row: dict[str, object], suffix: str) -> Place:
    file, sheet, number = (row[f"{name}{suffix}"] for name in _PLACE)
    return Place(str(file), str(sheet), int(str(number)))


def _text(value: object) -> str:
    if value is None:
        return "blank"
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
