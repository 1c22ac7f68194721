"""Reads the children in need census (XML, one file a year) into journey tables.

The file is read child by child; what stays in memory is the rows, never the tree. Elements are
known by their names, in any order, namespace or encoding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from lineofsight.errors import Fault, SubmissionRefused
from lineofsight.journey.tables import child_protection_plans, initial_conferences
from lineofsight.returns.children import gather_children
from lineofsight.returns.cin_census_layout import (
    CHILD,
    CIN_PLANS,
    DISABILITIES,
    DISABILITY_TRUTHS,
    FACTORS,
    NEED,
    PLANS,
    REVIEWS,
    SECTION_47,
)
from lineofsight.returns.conversion import cleaned
from lineofsight.returns.issue import MOST_ROWS_NAMED, Kind, ReadingIssue
from lineofsight.returns.reading import ROW, SheetCells
from lineofsight.returns.rows import SheetRows
from lineofsight.returns.xml_modules import Module, ModuleRows, missing_fields, sheet_rows
from lineofsight.returns.xml_reading import (
    CensusYear,
    Head,
    Records,
    XmlReading,
    peek,
    read_head,
    read_year,
    wrong_root,
)

CIN_CENSUS, _SLUG = "Children in need census", "cin-census"
_MESSAGE, _COLLECTION, _CHILDREN = "Message", "CIN", "Children"
_YEAR_ENDS = (3, 31)
_PLAN_MADE = (
    "The census does not say what a conference decided: it counts as having decided on a plan "
    "where a child protection plan of the child starts on its day."
)
_WORKED_OUT = (
    initial_conferences.is_plan_made,
    initial_conferences.is_transfer_in,
    child_protection_plans.latest_review_on,
)
_MAY_BE_ABSENT = (CIN_PLANS, FACTORS)


def is_cin_census(path: Path) -> str | None:
    """Say why a file is a children in need census, from its first elements; None if it is not."""
    head = peek(path)
    return _reason(head) if head.root == _MESSAGE else None


def _reason(head: Head) -> str | None:
    if head.texts.get("Collection", "").upper() == _COLLECTION:
        return f"its header names the collection '{_COLLECTION}'"
    if head.follows == _CHILDREN and "Collection" not in head.texts:
        return f"its outermost element '{_MESSAGE}' holds '{_CHILDREN}'"
    return None


def read_cin_census(path: Path) -> XmlReading:
    """Read a census into journey tables, every element accounted for.

    `referrals` holds every referral; `need_episodes` those that did not end in no further action.
    A conference dated in a section 47 enquiry starts from its strategy discussion; one dated
    beside the enquiries is that of a child who moved in, and has none; dated in both places on one
    day it is taken once, from the enquiry (rule 2884). An element in which nothing stands is no
    row, and text between elements is passed over. Raises SubmissionRefused if the file is no safe,
    whole census, or does not say of which year.
    """
    head = read_head(path)
    if _reason(head) is None:
        raise wrong_root(path, head.root, "children in need census")
    year = read_year(head, path, ends=_YEAR_ENDS)
    rows, strangers = _streamed(path)
    is_numbered = rows.shares_lines
    reported = [issue for module in rows.every() for issue in module.issues()]
    taken = _taken(rows, path.name, is_numbered=is_numbered)
    return _reading(taken, year, [*strangers, *reported], is_numbered=is_numbered)


def _streamed(path: Path) -> tuple[ModuleRows, list[ReadingIssue]]:
    rows, records = ModuleRows(CHILD), Records(path, (CHILD.name,))
    children = 0
    for children, record in enumerate(records, start=1):  # noqa: B007
        rows.take(record)
    if not children:
        raise _no_children(path)
    return rows, records.issues()


def _no_children(path: Path) -> SubmissionRefused:
    return SubmissionRefused(
        Fault(
            "The census holds no children.",
            f"File: {path.name}, {_MESSAGE}, {_CHILDREN}.",
            "Export the census again, with the children of the whole year.",
        )
    )


def _taken(rows: ModuleRows, file: str, *, is_numbered: bool) -> dict[str, SheetRows]:
    """Turn the modules into journey rows one after the other, forgetting each one's cells.

    The largest comes first, while there is little else in memory.
    """
    parts = {part.module.name: part for part in rows.every()}
    taken = {
        part.module.name: sheet_rows(
            part.module, _readable(part.module, part.cells(is_numbered=is_numbered)), file
        )
        for part in sorted(parts.values(), key=lambda part: -part.height)
    }
    return {name: taken[name] for name in parts}


def _readable(module: Module, cells: SheetCells) -> SheetCells:
    """Turn the codes of disabilities into yes and no; an unknown one stays, to be reported."""
    if module is not DISABILITIES:
        return cells
    last = str(len(module.sheet.columns))
    truths = cleaned(cells.rows[last]).str.to_uppercase().replace_strict(
        DISABILITY_TRUTHS, default=None, return_dtype=pl.String
    )  # fmt: skip
    texts = pl.select(pl.coalesce(truths, cells.rows[last]).alias(last))
    return SheetCells(cells.name, cells.rows.with_columns(texts[last]), cells.unreadable)


def _reading(
    taken: dict[str, SheetRows],
    year: CensusYear,
    reported: Sequence[ReadingIssue],
    *,
    is_numbered: bool,
) -> XmlReading:
    absent = _not_collected(taken, year)
    kept = {name: rows for name, rows in taken.items() if name not in absent}
    frames, unlike = _frames(kept, year)
    issues = [issue for rows in kept.values() for issue in rows.issues]
    conferences = _conferences(kept)
    frames["initial_conferences"] = conferences.frame
    return XmlReading(
        return_name=CIN_CENSUS,
        slug=_SLUG,
        frames=frames,
        issues=(*issues, *_undescribed(kept), *unlike, *reported),
        sheets=tuple((name, rows.rows_in, rows.rows_taken) for name, rows in kept.items()),
        authority=year.authority,
        authority_code=year.authority_code,
        first_day=year.first_day,
        last_day=year.last_day,
        as_at=year.last_day,
        missing_fields=missing_fields(list(kept.values()), _WORKED_OUT),
        missing_tables=tuple(taken[name].layout.tables[0].__name__ for name in absent),
        remarks=(*year.remarks, *_remarks(kept, conferences, is_numbered=is_numbered)),
        is_synthetic=year.is_synthetic,
    )


def _not_collected(taken: dict[str, SheetRows], year: CensusYear) -> list[str]:
    """Name the modules that the census of that year did not have, and this file has not either."""
    census_year = year.first_day.year + 1
    return [
        module.name
        for module in _MAY_BE_ABSENT
        if census_year < module.since and taken[module.name].rows_in == 0
    ]


def _frames(
    taken: dict[str, SheetRows], year: CensusYear
) -> tuple[dict[str, pl.DataFrame], list[ReadingIssue]]:
    frames = {
        rows.layout.tables[0].__name__: rows.frames[rows.layout.tables[0].__name__]
        for rows in taken.values()
    }
    frames["need_episodes"] = _need_episodes(taken[NEED.name])
    frames["child_protection_plans"] = _reviewed(
        frames["child_protection_plans"], frames["child_protection_reviews"]
    )
    described = taken[CHILD.name].described
    disabled = taken[DISABILITIES.name].described
    known = [] if described is None else [_with_disability(described, disabled)]
    frames["children"], unlike = gather_children(known, year.last_day)
    return frames, unlike


def _need_episodes(rows: SheetRows) -> pl.DataFrame:
    """Leave out referrals with no further action: they begin no episode of need (rule 8815)."""
    # Both tables need the same two cells, so they hold the same rows in the same order.
    is_answered = ~rows.frames["referrals"]["is_no_further_action"]
    return rows.frames["need_episodes"].filter(is_answered)


def _reviewed(plans: pl.DataFrame, reviews: pl.DataFrame) -> pl.DataFrame:
    """Give each plan the day of its latest review."""
    latest = reviews.group_by("child_id", "plan_started_on").agg(
        pl.col("held_on").max().alias("latest_review_on")
    )
    return plans.update(
        latest.drop_nulls(),
        left_on=["child_id", "started_on"],
        right_on=["child_id", "plan_started_on"],
    )


def _with_disability(described: pl.DataFrame, said: pl.DataFrame | None) -> pl.DataFrame:
    """Say which children have a disability: any one that is known makes it so."""
    if (
        said is None
        or "child_id" not in described.columns
        or not {"child_id", "has_disability"} <= set(said.columns)
    ):
        return described
    disabled = said.filter("has_disability")["child_id"].unique()
    is_disabled = pl.col("child_id").is_in(disabled.implode())
    return described.with_columns(is_disabled.alias("has_disability"))


def _undescribed(taken: dict[str, SheetRows]) -> Iterator[ReadingIssue]:
    """Report children of whom the census does not say whether they have a disability."""
    described, said = taken[CHILD.name].described, taken[DISABILITIES.name].described
    if described is None or said is None or "child_id" not in described.columns:
        return
    silent = described.join(said, on="child_id", how="anti", maintain_order="left")
    if silent.height:
        named = tuple(silent[ROW].head(MOST_ROWS_NAMED).to_list())
        fields = ("children.has_disability",)
        kind = Kind.BLANK_FLAG
        yield ReadingIssue(CHILD.name, "Disability", kind, silent.height, named, None, fields)


@dataclass(frozen=True)
class _Conferences:
    """Initial conferences of both places, and how many stood in both."""

    frame: pl.DataFrame
    twice: int


def _conferences(taken: dict[str, SheetRows]) -> _Conferences:
    table = initial_conferences.__name__
    enquired, beside = taken[SECTION_47.name].frames[table], taken[NEED.name].frames[table]
    key = ["child_id", "held_on"]
    alone = beside.join(enquired, on=key, how="anti", maintain_order="left")
    moved_in = pl.lit(True).alias("is_transfer_in")
    every = pl.concat([enquired, alone.with_columns(moved_in)])
    plans = taken[PLANS.name].frames["child_protection_plans"]
    starts = plans.select("child_id", held_on="started_on", begins=pl.lit(True)).unique()
    made = every.join(starts, on=key, how="left", maintain_order="left")["begins"]
    frame = every.with_columns(made.fill_null(False).alias("is_plan_made"))
    return _Conferences(frame, beside.height - alone.height)


def _remarks(
    taken: dict[str, SheetRows], conferences: _Conferences, *, is_numbered: bool
) -> Iterator[str]:
    if is_numbered:
        yield (
            "Elements of the file share lines, so a row's number is the element's own: the first "
            f"<{CHILD.name}> of the file is row 1, and so on in every module."
        )
    if unanswered := int(taken[NEED.name].frames["referrals"]["is_no_further_action"].sum()):
        yield (
            f"{unanswered:,} of the referrals had no further action and begin no episode of need."
        )
    if conferences.twice:
        yield (
            f"{conferences.twice:,} of the conferences stand in <{NEED.name}> and on the same day "
            f"in <{SECTION_47.name}> (rule 2884): each was taken once, from <{SECTION_47.name}>."
        )
    if conferences.frame.height:
        yield _PLAN_MADE
    if taken[REVIEWS.name].rows_in:
        yield f"A plan's latest review is the last <{REVIEWS.name}> that stands in it."
