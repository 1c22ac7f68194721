"""One table from many deliveries: which of them tells of which days, and what fills its gaps.

Two rules, in this order.

1. Of one return, the newest delivery tells of the days it covers; earlier ones tell what lies
   outside them. A row inside those days that the newest no longer has is left out and reported.
   The form of an audit's sample tells of the cases on it only, and leaves out no other.
2. Of several returns, the one that leads tells of the days it covers, the others of what lies
   outside them. Where it has no column for a field, the next return that has one fills it, for the
   same child and first date; what nobody fills stays blank and is reported.

A record is the same in two deliveries when whom it is about and its first date are the same, inside
those days or not: a list also holds what began before its days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import polars as pl

from lineofsight.journey.tables import BY_NAME, WHEN
from lineofsight.returns.issue import MOST_ROWS_NAMED, Kind, ReadingIssue
from lineofsight.returns.ssda903_layout import SSDA903
from lineofsight.returns.submission import Submission
from lineofsight.returns.whole_care import PUT_TOGETHER, WholeCare
from lineofsight.warehouse.span import Span
from lineofsight.warehouse.store import Store

# Which return leads where several tell of the same days: first the whole case system, then the
# lists drawn from it for the month, then what is collected once a year and checked for it.
LEADING = (
    "Standard Safeguarding Dataset",
    "Annex A",
    "Local tables",
    "Children in need census",
    "SSDA903",
    "Children's social work workforce census",
)
# Where another return knows more than the one that leads otherwise: the dataset holds no
# authorisation of care plans, and workers of one day only.
FIRST_FOR = {
    "care_plans": "Local tables",
    "professionals": "Children's social work workforce census",
}
# Lists of one day: who is not on the newest one has left it.
_WHOLE_LISTS = frozenset({"care_leavers", "linked_identifiers"})


@dataclass(frozen=True)
class Told:
    """One table as one return tells it: its rows, newest delivery first, and the days it covers."""

    return_name: str
    rows: pl.DataFrame
    spans: tuple[Span, ...]
    missing: Mapping[str, frozenset[str]]
    reported: tuple[ReadingIssue, ...]

    def lacked_by(self, submission: str) -> frozenset[str]:
        """The fields of the table that a delivery of this return had no column for."""
        return self.missing.get(submission, frozenset())


@dataclass(frozen=True)
class Merged:
    """One table of the journey, and what merging had to report."""

    rows: pl.DataFrame
    reported: tuple[ReadingIssue, ...]


def by_return(
    newest_first: Sequence[Submission], leading: Sequence[str] = ()
) -> dict[str, tuple[Submission, ...]]:
    """Sort deliveries by their return, the leading one first; `leading` goes before LEADING.

    A return that no order names comes last, by its name.
    """
    order = list(dict.fromkeys((*leading, *LEADING)))

    def place(name: str) -> tuple[int, str]:
        return (order.index(name) if name in order else len(order), name)

    ordered = sorted(newest_first, key=lambda s: place(s.return_name))
    return {name: tuple(found) for name, found in groupby(ordered, lambda s: s.return_name)}


def holding(
    table: str, returns: Mapping[str, Sequence[Submission]]
) -> list[tuple[Submission, ...]]:
    """Give the deliveries that hold a table, a return after the other, the leading one first."""
    held = (
        tuple(s for s in submissions if table in dict(s.rows))
        for submissions in in_order(table, returns)
    )
    return [submissions for submissions in held if submissions]


def in_order(table: str, returns: Mapping[str, Sequence[Submission]]) -> list[Sequence[Submission]]:
    """Give the deliveries of each return, the one that leads for a table first."""
    names = sorted(returns, key=lambda name: name != FIRST_FOR.get(table))
    return [returns[name] for name in names]


def tell(table: str, submissions: Sequence[Submission], store: Store) -> Told | None:
    """Give a table as one return tells it; None if none of its deliveries held the table."""
    kept: list[pl.DataFrame] = []
    gone: list[ReadingIssue] = []
    newer: list[Span] = []
    spans: list[Span] = []
    holding = [s for s in submissions if table in dict(s.rows)]
    care = _whole_care(submissions, store) if table in PUT_TOGETHER else None
    for submission in holding:
        scan = store.table(submission, table)
        assert scan is not None
        told = scan.collect()
        told = care.whole(table, told, submission.as_at) if care else told
        rows = _not_told_yet(told, table, kept).with_columns(
            _is_outside(table, newer).alias("is_outside")
        )
        kept.append(rows.filter("is_outside").drop("is_outside"))
        gone += _gone(rows.filter(~pl.col("is_outside")), table)
        if not _is_form(told, table):
            newer.append(span_of(submission))
        spans.append(span_of(submission))
    if not kept:
        return None
    return Told(
        return_name=holding[0].return_name,
        rows=_described(pl.concat(kept, how="diagonal_relaxed"), table),
        spans=tuple(spans),
        missing={s.id: _missing(s, table) for s in holding},
        reported=tuple(gone),
    )


def _is_form(rows: pl.DataFrame, table: str) -> bool:
    """Whether a delivery is the form of a sample, which tells of its own cases and of no others."""
    if table != "audits" or rows.is_empty() or "sample" not in rows.columns:
        return False
    return bool(rows["sample"].is_not_null().all())


def _whole_care(submissions: Sequence[Submission], store: Store) -> WholeCare | None:
    """Gather the care that several years' SSDA903 tell between them; None if there is but one."""
    if len(submissions) < 2 or submissions[0].return_name != SSDA903.name:
        return None
    episodes = tell("care_episodes", submissions, store)
    reviews = tell("looked_after_reviews", submissions, store)
    none = pl.DataFrame(schema={"child_id": pl.String, "held_on": pl.Date})
    return WholeCare.of(episodes.rows, reviews.rows if reviews else none) if episodes else None


def merge(table: str, told: Sequence[Told]) -> Merged | None:
    """Join what several returns tell of a table, the leading one first."""
    if not told:
        return None
    kept: list[pl.DataFrame] = []
    reported: list[ReadingIssue] = []
    spans: list[Span] = []
    for place, one in enumerate(told):
        rows = _not_told_yet(one.rows, table, kept)
        rows = rows.filter(_is_outside(table, spans))
        filled, unfilled = _filled(rows, table, one, told[place + 1 :])
        kept.append(filled)
        reported += [*one.reported, *unfilled]
        spans += one.spans
    return Merged(_described(pl.concat(kept, how="diagonal_relaxed"), table), tuple(reported))


def span_of(submission: Submission) -> Span:
    """The days a delivery covers."""
    return Span(submission.first_day, submission.last_day)


def key_of(table: str) -> list[str]:
    """The fields by which a record is the same in two deliveries: whom it is about, and since when.

    >>> key_of("referrals"), key_of("children")
    (['child_id', 'referred_on'], ['child_id'])
    """
    subject = next(iter(BY_NAME[table].table.columns)).name
    return [subject, *WHEN.get(table, ())[:1]]


def _missing(submission: Submission, table: str) -> frozenset[str]:
    names = (name.split(".") for name in submission.missing_fields)
    return frozenset(field for owner, field in names if owner == table)


def _not_told_yet(
    rows: pl.DataFrame, table: str, newer_rows: Sequence[pl.DataFrame]
) -> pl.DataFrame:
    """Leave out the records that a newer or leading delivery tells too."""
    if table not in WHEN or not newer_rows:
        return rows
    key = key_of(table)
    told = pl.concat(frame.select(key) for frame in newer_rows)
    return rows.join(told, on=key, how="anti", maintain_order="left")


def _is_outside(table: str, newer: Sequence[Span]) -> pl.Expr:
    dates = WHEN.get(table)
    if dates is None or not newer:
        return pl.lit(True)
    start = pl.col(dates[0]).cast(pl.Date())
    # A span that is open, or ended inside a newer submission's dates, stands in the newer one.
    end = pl.col(dates[-1]).cast(pl.Date()).fill_null(date.max) if len(dates) > 1 else start
    return pl.all_horizontal((end < s.first_day) | (start > s.last_day) for s in newer)


def _gone(rows: pl.DataFrame, table: str) -> Iterator[ReadingIssue]:
    for (file, sheet), group in rows.group_by("file", "sheet", maintain_order=True):
        named = tuple(group["row"].sort().head(MOST_ROWS_NAMED).to_list())
        # One list may fill two tables: the value says which of them lost the rows.
        words = table.replace("_", " ")
        yield ReadingIssue(f"{file}, {sheet}", "", Kind.GONE, group.height, named, words)


def _described(rows: pl.DataFrame, table: str) -> pl.DataFrame:
    # Descriptions of a person have no date: the newest submission's row stands.
    if table == "children":
        return rows.unique("child_id", keep="first", maintain_order=True)
    if table in _WHOLE_LISTS and rows.height:
        return rows.filter(pl.col("submission") == rows["submission"][0])
    return rows


def _filled(
    rows: pl.DataFrame, table: str, told: Told, others: Sequence[Told]
) -> tuple[pl.DataFrame, list[ReadingIssue]]:
    """Fill the fields that each delivery had no column for from the returns that follow."""
    parts: list[pl.DataFrame] = []
    reported: list[ReadingIssue] = []
    for (submission,), part in rows.group_by("submission", maintain_order=True):
        missing = told.lacked_by(str(submission))
        for other in others if missing else ():
            part, unfilled = _filled_from(part, table, missing, other)
            reported += unfilled
            missing -= _offered(other, missing)
        parts.append(part)
    return (pl.concat(parts, how="diagonal_relaxed") if parts else rows), reported


def _offered(other: Told, fields: Iterable[str]) -> frozenset[str]:
    """Which of some fields every delivery of a return had a column for."""
    return frozenset(f for f in fields if not any(f in lost for lost in other.missing.values()))


def _filled_from(
    rows: pl.DataFrame, table: str, missing: frozenset[str], other: Told
) -> tuple[pl.DataFrame, list[ReadingIssue]]:
    fields = sorted(_offered(other, missing) & set(other.rows.columns))
    if not fields:
        return rows, []
    key = key_of(table)
    # Two records of a child on one day: nobody can say which of them is meant.
    known = other.rows.select(*key, *fields, is_found=pl.lit(True)).unique(key, keep="none")
    matched = rows.drop(fields, strict=False).join(known, on=key, how="left", maintain_order="left")
    # A child whom the other return does not describe is no gap: each describes its own.
    within = ~_is_outside(table, other.spans) if table in WHEN else pl.lit(False)
    lost = matched.filter(pl.col("is_found").is_null() & within)
    return matched.drop("is_found"), list(_unfilled(lost, table, fields, other.return_name))


def _unfilled(
    rows: pl.DataFrame, table: str, fields: Sequence[str], return_name: str
) -> Iterator[ReadingIssue]:
    sentence = f"Other rows take {_listed(fields)} from it."
    names = tuple(f"{table}.{field}" for field in fields)
    for (file, sheet), group in rows.group_by("file", "sheet", maintain_order=True):
        named = tuple(group["row"].sort().head(MOST_ROWS_NAMED).to_list())
        place = f"{file}, {sheet}"
        kind, count = Kind.UNFILLED, group.height
        yield ReadingIssue(place, "", kind, count, named, return_name, names, sentence)


def _listed(fields: Sequence[str]) -> str:
    words = [f"'{field.replace('_', ' ')}'" for field in fields]
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]
