"""Writes the children in need census in XML, a file a year, as the Department collects it.

The text is built from columns, some thousands of children at a time, so that what stands in
memory besides the lives does not grow with the file. Elements and their order are those of the
Department's schemas (2017 to 2026): `Sex` took the place of `GenderCurrent` in 2025, and plans for
children in need are asked for since 2022.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl

from lineofsight.errors import Fault, UsageFault
from lineofsight.synthetic import steering
from lineofsight.synthetic.as_known import as_known
from lineofsight.synthetic.calendar import working_day, working_number
from lineofsight.synthetic.cin_census_rows import CensusRows, census_rows
from lineofsight.synthetic.journey_rows import SEX
from lineofsight.synthetic.lives import Lives
from lineofsight.synthetic.settings import CODE
from lineofsight.synthetic.window import Window
from lineofsight.synthetic.xml_text import (
    DECLARATION,
    block,
    closed,
    element,
    grouped,
    header,
    opened,
    truth,
)

# The census years, to 31 March, that lie whole in the history.
CIN_YEARS = tuple(range(steering.HISTORY_FROM.year + 2, steering.AS_AT.year + 1))
_SEX_SINCE, _NEED_PLANS_SINCE = 2025, 2022
_CHILDREN_AT_ONCE = 10_000
_DAYS_TO_CONFERENCE = 15
_SCHOOL_AGE = 5 * 365.25
# The order of the modules inside an episode; a child's own elements stand around its episodes.
_BEGINS, _ASSESSMENT, _NEED_PLAN, _SECTION_47, _NO_FURTHER_ACTION, _PLAN, _ENDS = range(7)
_HEAD, _TAIL = -1, 2**62


def census_window(year: int) -> Window:
    """The days that the census of a year covers, 1 April to 31 March."""
    return Window(date(year - 1, 4, 1), date(year, 3, 31))


def write_cin_census(lives: Lives, out: Path, year: int, schema_year: int | None = None) -> Path:
    """Write the census of the year to 31 March of `year`, and give the file's path.

    It says what was known on that day: neither may a census date anything after it.
    `schema_year` writes it in the shape of another year's schema. Raises UsageFault for a year
    that does not lie whole in the history.
    """
    if year not in CIN_YEARS:
        raise _not_in_history(year)
    window, path = census_window(year), out / f"cin-census-{year}.xml"
    rows = census_rows(as_known(lives, window.last), window)
    made_at = f"{year}-05-31T09:00:00"
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f"{DECLARATION}<Message>\n")
        file.write(header("CIN", year, window.last.isoformat(), authority=CODE, made_at=made_at))
        file.write("<Children>\n")
        for texts in _texts(rows, schema_year or year):
            file.writelines(texts)
        file.write("</Children>\n</Message>\n")
    return path


def write_cin_censuses(lives: Lives, out: Path) -> tuple[Path, ...]:
    """Write the census of every year that lies whole in the history."""
    return tuple(write_cin_census(lives, out, year) for year in CIN_YEARS)


def _not_in_history(year: int) -> UsageFault:
    return UsageFault(
        Fault(
            f"There is no children in need census of the year to 31 March {year}.",
            "The synthetic authority's known history is from "
            f"{steering.HISTORY_FROM} to {steering.AS_AT}.",
            f"Ask for a year from {CIN_YEARS[0]} to {CIN_YEARS[-1]}.",
        )
    )


def _texts(rows: CensusRows, schema_year: int) -> Iterator[pl.Series]:
    for first in range(0, rows.children.height, _CHILDREN_AT_ONCE):
        part = rows.of_children(first, _CHILDREN_AT_ONCE)
        pieces = [
            *_child(part, schema_year),
            *_episode(part),
            _assessments(part),
            _enquiries(part),
            _plans(part),
        ]
        if schema_year >= _NEED_PLANS_SINCE:
            pieces.append(_need_plans(part))
        order = ["child", "episode", "part", "day"]
        yield pl.concat(pieces).sort(order, maintain_order=True)["text"]


def _pieces(rows: pl.DataFrame, part: int, day: str | None, *text: pl.Expr) -> pl.DataFrame:
    """Give one piece of text a row, with what sorts it into its place."""
    return rows.select(
        "child",
        "episode",
        pl.lit(part).alias("part"),
        (pl.col(day) if day else pl.lit(None, pl.Date)).alias("day"),
        pl.concat_str(text).alias("text"),
    )


def _child(rows: CensusRows, schema_year: int) -> Iterator[pl.DataFrame]:
    head = rows.children.with_columns(pl.lit(_HEAD, pl.Int64).alias("episode"))
    yield _pieces(head, _BEGINS, None, opened("Child"), _identity(rows.as_at, schema_year),
                  _characteristics())  # fmt: skip
    tail = head.with_columns(pl.lit(_TAIL, pl.Int64).alias("episode"))
    yield _pieces(tail, _ENDS, None, closed("Child"))


def _identity(as_at: date, schema_year: int) -> pl.Expr:
    is_born = pl.col("born_on") <= as_at
    sex = pl.when(is_born).then("sex").otherwise(pl.lit("0"))
    unknown = _no_pupil_number(as_at)
    return block(
        "ChildIdentifiers",
        element("LAchildID", "child_id"),
        element("UPN", pl.when(unknown.is_null()).then("upn")),
        element("UPNunknown", unknown),
        element("PersonBirthDate", pl.when(is_born).then("born_on")),
        element("ExpectedPersonBirthDate", pl.when(~is_born).then("born_on")),
        element("Sex", sex.replace_strict(SEX))
        if schema_year >= _SEX_SINCE
        else element("GenderCurrent", sex),
    )


def _no_pupil_number(as_at: date) -> pl.Expr:
    """Why a child has no pupil number: too young, schooled abroad so far, or only referred."""
    age = (pl.lit(as_at) - pl.col("born_on")).dt.total_days()
    return (
        pl.when(age < _SCHOOL_AGE).then(pl.lit("UN1"))
        .when("is_unaccompanied").then(pl.lit("UN3"))
        .when("is_only_referred").then(pl.lit("UN6"))
    )  # fmt: skip


def _characteristics() -> pl.Expr:
    return block(
        "ChildCharacteristics",
        element("Ethnicity", "ethnicity"),
        block("Disabilities", element("Disability", "disability")),
    )


def _episode(rows: CensusRows) -> Iterator[pl.DataFrame]:
    yield _pieces(
        rows.episodes, _BEGINS, None,
        opened("CINdetails"),
        element("CINreferralDate", "referred_on"),
        element("ReferralSource", "source"),
        element("PrimaryNeedCode", "primary_need"),
        element("CINclosureDate", "ended_on"),
        element("ReasonForClosure", "closure_reason"),
        element("DateOfInitialCPC", "moved_in_on"),
    )  # fmt: skip
    answer = truth("ReferralNFA", "is_no_further_action")
    yield _pieces(rows.episodes, _NO_FURTHER_ACTION, None, answer)
    yield _pieces(rows.episodes, _ENDS, None, closed("CINdetails"))


def _assessments(rows: CensusRows) -> pl.DataFrame:
    found = rows.factors.sort("assessment_id", "factor").group_by("assessment_id").agg(
        element("AssessmentFactors", "factor").str.join("").alias("found")
    )  # fmt: skip
    assessed = rows.assessments.join(found, on="assessment_id", how="left")
    text = block(
        "Assessments",
        element("AssessmentActualStartDate", "started_on"),
        element("AssessmentAuthorisationDate", "authorised_on"),
        grouped("FactorsIdentifiedAtAssessment", "found"),
    )
    return _pieces(assessed, _ASSESSMENT, "started_on", text)


def _need_plans(rows: CensusRows) -> pl.DataFrame:
    text = block(
        "CINPlanDates",
        element("CINPlanStartDate", "started_on"),
        element("CINPlanEndDate", "ended_on"),
    )
    return _pieces(rows.need_plans, _NEED_PLAN, "started_on", text)


def _enquiries(rows: CensusRows) -> pl.DataFrame:
    started = rows.enquiries["strategy_discussion_on"].to_physical().to_numpy()
    due = pl.Series(working_day(working_number(started) + _DAYS_TO_CONFERENCE), dtype=pl.Int32)
    enquired = rows.enquiries.with_columns(due.cast(pl.Date).alias("due_on"))
    text = block(
        "Section47",
        element("S47ActualStartDate", "strategy_discussion_on"),
        element("InitialCPCtarget", pl.when(~pl.col("is_conference_unnecessary")).then("due_on")),
        element("DateOfInitialCPC", "conference_on"),
        truth("ICPCnotRequired", "is_conference_unnecessary"),
    )
    return _pieces(enquired, _SECTION_47, "strategy_discussion_on", text)


def _plans(rows: CensusRows) -> pl.DataFrame:
    held = rows.reviews.sort("plan_id", "held_on").group_by("plan_id").agg(
        element("CPPreviewDate", "held_on").str.join("").alias("held")
    )  # fmt: skip
    planned = rows.plans.join(held, on="plan_id", how="left")
    text = block(
        "ChildProtectionPlans",
        element("CPPstartDate", "started_on"),
        element("CPPendDate", "ended_on"),
        element("InitialCategoryOfAbuse", "initial_category"),
        element("LatestCategoryOfAbuse", "latest_category"),
        element("NumberOfPreviousCPP", "previous_plans"),
        grouped("Reviews", "held"),
    )
    return _pieces(planned, _PLAN, "started_on", text)
