"""Rebuilds periods of being looked after from the episodes of an SSDA903 return, by stated rules.

An episode is one legal status in one placement; a period of care is a chain of episodes during
which the child was looked after without a day's break. Episodes as systems export them overlap,
leave gaps and lack ends. `RULES` says, one block a rule, what is done about each, and every row
that a rule touches is counted and named. No day of care is taken away from a child, and none is
added but the one in a gap of a single day.

Source of the codes: Department for Education, SSDA903 guide, reason for new episode (RNE) and
reason episode ceased (REC). The rules are ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from lineofsight.returns.issue import MOST_ROWS_NAMED, rows_in_words

CARE_CONTINUED = "X1"
STARTED_CARE = "S"
SHORT_BREAKS = ("V3", "V4")
_OPEN = 10_000_000  # a day number after every day
# The days between the end so far and this start, and what the rules ask about the two.
_GAP = pl.col("gap")
_BEFORE = pl.col("reason_before")
_SAID_TO_CONTINUE = _BEFORE.eq_missing(CARE_CONTINUED)
_CONTINUES = _SAID_TO_CONTINUE | (_BEFORE.is_null() & ~pl.col("is_start_code"))
_HAS_LEFT = _BEFORE.is_not_null() & (_BEFORE != CARE_CONTINUED)


@dataclass(frozen=True)
class Rule:
    """One rule: its name, the sentence that states it, and the episodes that it touches.

    `is_left_out` marks a rule whose episodes stand in no period; `finds` is a truth over the
    episodes in order, before or after those rules.
    """

    name: str
    sentence: str
    finds: pl.Expr
    is_left_out: bool = False


@dataclass(frozen=True, slots=True)
class Repair:
    """The rows that one rule touched: how many, and the row numbers of the first thousand.

    `is_left_out` tells that what the rows say did not reach the table the rule is about.
    """

    rule: str
    sentence: str
    count: int
    rows: tuple[int, ...]
    is_left_out: bool = False
    sheet: str = "episodes"

    @classmethod
    def of(cls, rule: str, sentence: str, rows: pl.Series, sheet: str) -> Iterator[Repair]:
        """Yield the repair of some rows of a sheet; nothing if there are none."""
        if len(rows):
            named = tuple(rows.sort().head(MOST_ROWS_NAMED).to_list())
            yield cls(rule, sentence, len(rows), named, sheet=sheet)

    def __str__(self) -> str:
        noun = "row" if self.count == 1 else "rows"
        return (
            f"'{self.sheet}': {self.count:,} {noun} ({rows_in_words(self.rows)}). {self.sentence}"
        )


@dataclass(frozen=True)
class Rebuilt:
    """Periods of care and what was repaired on the way.

    `periods` has child_id, started_on, ceased_on, reason_ceased, primary_need, legal_status,
    placement_type and placement_provider, and the origin (file, sheet, row) of the first episode.
    `period_of` has one row an episode that was used: 'row' and 'period', the period's place.
    """

    periods: pl.DataFrame
    period_of: pl.DataFrame
    repairs: tuple[Repair, ...]


exact_duplicate = Rule(
    "exact_duplicate",
    "An episode that is the same as an earlier row in every field is counted once.",
    pl.col("is_repeated"),
    is_left_out=True,
)
ends_before_it_starts = Rule(
    "ends_before_it_starts",
    "An episode that ends before it starts is in no period of care; it cannot be repaired.",
    pl.col("ended_on") < pl.col("started_on"),
    is_left_out=True,
)
same_start = Rule(
    "same_start",
    "Of two episodes of a child that start on one day the one that lasts longest is taken, "
    "and of equally long ones the later row.",
    pl.col("is_outlasted"),
    is_left_out=True,
)
short_breaks_apart = Rule(
    "short_breaks_apart",
    "Short breaks (legal status V3 or V4) of a child who has other care too form periods of "
    "their own; each break that is not continued by X1 is a period.",
    pl.col("is_short_break") & pl.col("has_other_care"),
)
missing_end = Rule(
    "missing_end",
    "An episode without an end, with a later one after it, is taken to end on the day that the "
    "later one starts.",
    pl.col("ended_on").is_null() & pl.col("next_start").is_not_null(),
)
returns_before_leaving = Rule(
    "returns_before_leaving",
    "A child who starts to be looked after (S) before the day on which care is said to have "
    "ceased is taken to have left on the day of the new start.",
    pl.col("is_cut"),
)
overlap = Rule(
    "overlap",
    "An episode that starts before an earlier one has ended belongs to the same period, which "
    "ends when the last of them ends.",
    _GAP < 0,
)
gap_of_a_day = Rule(
    "gap_of_a_day",
    "An episode that starts the day after one that ended with X1, or without a reason, and that "
    "is no new start (S), belongs to the same period.",
    (_GAP == 1) & _CONTINUES & ~pl.col("is_start_code"),
)
longer_gap = Rule(
    "longer_gap",
    "Care that is said to continue (X1) but whose next episode starts after a gap is two periods "
    "with the days between them not in care.",
    (_GAP > 0) & _SAID_TO_CONTINUE & pl.col("is_new"),
)
start_within_care = Rule(
    "start_within_care",
    "An episode that says care started (S) on the day when the one before says that care "
    "continued (X1) belongs to the same period.",
    (_GAP == 0) & _SAID_TO_CONTINUE & pl.col("is_start_code"),
)
continues_after_leaving = Rule(
    "continues_after_leaving",
    "An episode that follows one with which the child left care, that same day or the next, "
    "starts a new period although it does not say so (S).",
    _GAP.is_between(0, 1) & _HAS_LEFT & ~pl.col("is_start_code"),
)
continued_by_nothing = Rule(
    "continued_by_nothing",
    "A last episode that ended with X1 and has none after it ends the period on its own last "
    "day; where the child went on to is not in the return.",
    pl.col("is_last") & pl.col("ended_on").is_not_null() & (pl.col("reason_ended") == "X1"),
)
end_without_reason = Rule(
    "end_without_reason",
    "An episode that ended without a reason is taken to be continued by the next one if that "
    "starts within a day and is no new start (S), and to end care otherwise.",
    pl.col("ended_on").is_not_null() & pl.col("reason_ended").is_null(),
)
reason_without_end = Rule(
    "reason_without_end",
    "A last episode with a reason for its end but no day of it is taken to last.",
    pl.col("is_last") & pl.col("ended_on").is_null() & pl.col("reason_ended").is_not_null(),
)
start_not_delivered = Rule(
    "start_not_delivered",
    "A first episode that says care had started before it (not S) starts the period; the true "
    "first day is not in the return.",
    pl.col("is_first") & ~pl.col("is_start_code"),
)
RULES = (
    exact_duplicate, ends_before_it_starts, same_start, short_breaks_apart, missing_end,
    returns_before_leaving, overlap, gap_of_a_day, longer_gap, start_within_care,
    continues_after_leaving, continued_by_nothing, end_without_reason, reason_without_end,
    start_not_delivered,
)  # fmt: skip

_STREAM = ("child_id", "is_short_break")
_ORIGIN = ("file", "sheet", "row")
_AT_THE_END = ("reason_ended", "primary_need", "legal_status", "placement_type",
               "placement_provider")  # fmt: skip


def rebuild(episodes: pl.DataFrame) -> Rebuilt:
    """Rebuild periods of care from rows of `care_episodes`.

    What a period says of legal status, need and placement is what its last episode says: the one
    that ends last, and of those that end together the one that starts last. Days are dates; a
    child is looked after on the first day of a period and no longer on the day it ceased.
    """
    marked = _with_left_out(episodes)
    ordered = _with_chains(_with_mended_ends(marked.filter(~pl.col("is_left_out"))))
    repairs = (*_repairs(marked, left_out=True), *_repairs(ordered, left_out=False))
    return Rebuilt(_periods(ordered), ordered.select("row", "period"), repairs)


def _with_left_out(episodes: pl.DataFrame) -> pl.DataFrame:
    """Mark what stands in no period: repeats, impossible ends, and the lesser of two starts."""
    fields = [name for name in episodes.columns if name not in _ORIGIN]
    is_repeated = pl.Series("is_repeated", _is_repeated(episodes.select(fields)))
    is_short = pl.col("legal_status").is_in(SHORT_BREAKS).fill_null(False)
    frame = episodes.with_columns(is_repeated, is_short.alias("is_short_break"))
    is_out = ends_before_it_starts.finds.fill_null(False) | exact_duplicate.finds
    frame = frame.with_columns(is_out.alias("is_left_out"), *_day_numbers())
    usable = _with_mended_ends(frame.filter(~pl.col("is_left_out")))
    start = pl.struct(*_STREAM, "start")
    outlasted = usable.filter(start == start.shift(-1))["row"]
    is_outlasted = pl.col("row").is_in(outlasted.implode()) & ~pl.col("is_left_out")
    return frame.with_columns(is_outlasted.alias("is_outlasted")).with_columns(
        (pl.col("is_left_out") | pl.col("is_outlasted")).alias("is_left_out")
    )


def _with_mended_ends(usable: pl.DataFrame) -> pl.DataFrame:
    """Put episodes in order, an open one ending where the next later one of the child starts."""
    ordered = usable.sort(*_STREAM, "start", "row")
    after = pl.when(_differs(-1)).then(_OPEN).otherwise(pl.col("start").shift(-1))
    later = pl.when(after > pl.col("start")).then(after).backward_fill()
    mended = pl.when(pl.col("ended_on").is_null()).then(pl.coalesce("next_start", "end"))
    return (
        ordered.with_columns(later.replace(_OPEN, None).alias("next_start"))
        .with_columns(mended.otherwise("end").alias("end"))
        .sort(*_STREAM, "start", "end", "row")
    )


def _is_repeated(fields: pl.DataFrame) -> pl.Series:
    """Mark every row but the first of rows that are the same."""
    repeated = fields.is_duplicated()
    if not repeated.any():
        return repeated
    numbered = fields.with_row_index("place").filter(repeated)
    first = numbered.unique(fields.columns, keep="first")["place"]
    return repeated & ~pl.int_range(fields.height, eager=True).is_in(first.cast(pl.Int64).implode())


def _day_numbers() -> tuple[pl.Expr, pl.Expr]:
    start = pl.col("started_on").to_physical().cast(pl.Int64).alias("start")
    end = pl.col("ended_on").to_physical().cast(pl.Int64).fill_null(_OPEN).alias("end")
    return start, end


def _with_chains(episodes: pl.DataFrame) -> pl.DataFrame:
    """Add to episodes in order what comes before and after each, and the period it stands in."""
    return (
        episodes.with_columns(
            _differs(-1).alias("is_last"),
            _differs(1).alias("is_first"),
            pl.col("reason_started").eq_missing(STARTED_CARE).alias("is_start_code"),
            (pl.col("is_short_break").n_unique().over("child_id") > 1).alias("has_other_care"),
        )
        .with_columns(_is_cut().alias("is_cut"))
        .with_columns(pl.when("is_cut").then("next_start").otherwise("end").alias("end"))
        .with_columns(_end_and_place().alias("latest"))
        .with_columns(pl.col("latest").cum_max().over(_STREAM))
        .pipe(_with_what_came_before)
        .with_columns(_is_new().alias("is_new"))
        .with_columns((pl.col("is_new").cum_sum() - 1).alias("period"))
    )


def _differs(by: int) -> pl.Expr:
    return pl.any_horizontal(pl.col(n) != pl.col(n).shift(by) for n in _STREAM).fill_null(True)


def _within(value: pl.Expr, border: str) -> pl.Expr:
    """Blank out a neighbour's value at the border of another child or stream."""
    return pl.when(~pl.col(border)).then(value)


def _is_cut() -> pl.Expr:
    has_left = pl.col("reason_ended").is_not_null() & (pl.col("reason_ended") != CARE_CONTINUED)
    starts_again = _within(pl.col("is_start_code").shift(-1), "is_last").fill_null(False)
    is_within = pl.col("end").is_between("next_start", pl.col("end").shift(-1), closed="right")
    is_ended = pl.col("ended_on").is_not_null()
    return (has_left & starts_again & is_ended & is_within).fill_null(False)


def _end_and_place() -> pl.Expr:
    """An episode's end and its place in one number, so that the greatest tells which ends last."""
    return pl.col("end") * (pl.len() + 1) + pl.int_range(pl.len())


def _with_what_came_before(episodes: pl.DataFrame) -> pl.DataFrame:
    before = _within(pl.col("latest").shift(1), "is_first")
    size = episodes.height + 1
    return episodes.with_columns(
        (pl.col("start") - before // size).alias("gap"),
        pl.col("reason_ended").gather(before % size).alias("reason_before"),
    )


def _is_new() -> pl.Expr:
    start_after_a_day = (_GAP == 1) & (~_CONTINUES | pl.col("is_start_code"))
    start_same_day = (_GAP == 0) & ~_CONTINUES
    return pl.col("is_first") | (_GAP > 1) | start_after_a_day | start_same_day


def _periods(ordered: pl.DataFrame) -> pl.DataFrame:
    """One row a period: where it starts, and its last episode at the end."""
    first = ordered.filter("is_new")
    is_at_end = pl.col("is_new").shift(-1).fill_null(True)
    end_at = ordered.filter(is_at_end)["latest"] % (ordered.height + 1)
    last = ordered.select("end", *_AT_THE_END)[end_at]
    ceased = pl.when(pl.col("end") < _OPEN).then("end").cast(pl.Int32).cast(pl.Date)
    return pl.concat(
        [
            first.select("child_id", "started_on"),
            last.select(
                ceased.alias("ceased_on"),
                pl.when(pl.col("end") < _OPEN).then("reason_ended").alias("reason_ceased"),
                *_AT_THE_END[1:],
            ),
            first.select(_ORIGIN),
        ],
        how="horizontal",
    )


def _repairs(episodes: pl.DataFrame, *, left_out: bool) -> Iterator[Repair]:
    for rule in (rule for rule in RULES if rule.is_left_out == left_out):
        rows = episodes.filter(rule.finds)["row"].sort()
        if len(rows):
            named = tuple(rows.head(MOST_ROWS_NAMED).to_list())
            yield Repair(rule.name, rule.sentence, len(rows), named, left_out)
