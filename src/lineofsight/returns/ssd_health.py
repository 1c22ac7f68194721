"""Health and conduct by year, from checks, immunisations, misuse, convictions and questionnaires.

The dataset has the day of every check; the journey, as SSDA903 asks, has one row a child and year,
for children looked after throughout the twelve months that end with it. Those rows are worked out
for every 31 March of the days covered, and for the last of these days.

Source: Department for Education, SSDA903 guide, OC2: under fives need two health assessments a
year; one that was refused or missed was not had.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

import polars as pl

from lineofsight.journey.tables import health, health_assessments
from lineofsight.returns.looked_after_facts import day_after_a_year_before
from lineofsight.returns.periods_of_care import SHORT_BREAKS
from lineofsight.returns.reading import ROW
from lineofsight.returns.rows import laid_out
from lineofsight.returns.ssd_cells import from_each
from lineofsight.returns.ssd_layout import (
    CHECKS,
    CONVICTIONS,
    IMMUNISATIONS,
    MISUSE,
    PERSON,
    QUESTIONNAIRES,
)
from lineofsight.returns.ssd_rows import Aside, Opened, Taken, take

TABLES_OF_HEALTH = (CHECKS, IMMUNISATIONS, MISUSE, CONVICTIONS, QUESTIONNAIRES)
_UNKNOWN_CHECK = (
    "A check that is neither a health assessment, nor a dental check, nor health surveillance is "
    "in no field of the table of health."
)
_NOT_DONE = "A check that was refused, missed or cancelled was not had."
_KINDS = (
    ("dental", r"dent|teeth"),
    ("surveillance", r"surveil|development"),
    ("assessment", r"health assess|health check|annual health|\b[ir]ha\b|medical"),
)
_REFUSED = r"(?i)refus|declin|cancel|did not attend|not attend|\bdna\b|missed|not done|not taken"
_INITIAL = r"(?i)initial|\biha\b"
_UNDER_FIVE = 5
_ORIGIN = ("file", "sheet", ROW)


def kind_of_check(text: str) -> str | None:
    """Tell 'assessment', 'dental' or 'surveillance' from the words of a check; None for others.

    >>> kind_of_check("Dental Check"), kind_of_check("Optician check")
    ('dental', None)
    """
    return next((kind for kind, words in _KINDS if re.search(words, text.casefold())), None)


def take_checks(opened: Opened) -> Taken:
    """Take the checks that were had and count in the table of health."""

    def prepare(texts: pl.DataFrame) -> pl.DataFrame:
        kinds = from_each(texts["clah_health_check_type"], kind_of_check, pl.String)
        return texts.with_columns(kinds.alias("kind of check"))

    is_told = pl.col("clah_health_check_type").is_not_null()
    asides: list[Aside] = [(is_told & pl.col("kind of check").is_null(), _UNKNOWN_CHECK)]
    if "clah_health_check_status" in opened.texts.columns:
        asides.append((pl.col("clah_health_check_status").str.contains(_REFUSED), _NOT_DONE))
    return take(opened, prepare, asides)


def health_by_year(
    taken: Mapping[str, Taken], periods: pl.DataFrame, first_day: date, last_day: date
) -> pl.DataFrame | None:
    """Give rows of `health` for each year; None if no table of health was delivered."""
    sources = {table.name: taken[table.name] for table in TABLES_OF_HEALTH if table.name in taken}
    if not sources:
        return None
    years = [_of_year(sources, taken, periods, day) for day in _ends(first_day, last_day)]
    return pl.concat([laid_out(_nobody(), health, *_ORIGIN), *years])


def checks_had(taken: Mapping[str, Taken]) -> dict[str, pl.DataFrame]:
    """Give `health_assessments`: each assessment and dental check; empty if none was delivered."""
    if CHECKS.name not in taken:
        return {}
    told = taken[CHECKS.name].beside(health, words="clah_health_check_type")
    kinds = from_each(told["words"], _kind_held, pl.String)
    rows = told.rename({"recorded_on": "held_on"}).with_columns(kinds.alias("kind"))
    kept = rows.drop_nulls("kind").select("child_id", "held_on", "kind", *_ORIGIN)
    return {"health_assessments": laid_out(kept, health_assessments, *_ORIGIN)}


def _kind_held(text: str) -> str | None:
    kind = kind_of_check(text)
    if kind == "assessment":
        return "initial" if re.search(_INITIAL, text) else "review"
    return "dental" if kind == "dental" else None


def _nobody() -> pl.DataFrame:
    return pl.DataFrame(schema={"child_id": pl.String, "file": pl.String, "sheet": pl.String,
                                ROW: pl.Int64})  # fmt: skip


def _ends(first_day: date, last_day: date) -> Iterator[date]:
    """Yield the last days of the years that lie wholly in the days covered."""
    marches = [date(year, 3, 31) for year in range(first_day.year, last_day.year + 1)]
    for day in sorted({*marches, last_day}):
        if day <= last_day and day_after_a_year_before(day) >= first_day:
            yield day


def _of_year(
    sources: Mapping[str, Taken], taken: Mapping[str, Taken], periods: pl.DataFrame, day: date
) -> pl.DataFrame:
    rows = _looked_after_all_year(periods, day)
    for facts in _facts(sources, rows, taken, day):
        rows = rows.join(facts, on="child_id", how="left", maintain_order="left")
    return laid_out(rows.with_columns(pl.lit(day).alias("recorded_on")), health, *_ORIGIN)


def _looked_after_all_year(periods: pl.DataFrame, day: date) -> pl.DataFrame:
    is_in_care = (pl.col("started_on") <= day_after_a_year_before(day)) & (
        pl.col("ceased_on").is_null() | (pl.col("ceased_on") > day)
    )
    is_short = pl.col("legal_status").is_in(SHORT_BREAKS).fill_null(False)
    rows = periods.filter(is_in_care & ~is_short).select("child_id", *_ORIGIN)
    return rows.unique("child_id", keep="first", maintain_order=True)


def _facts(
    sources: Mapping[str, Taken], rows: pl.DataFrame, taken: Mapping[str, Taken], day: date
) -> Iterator[pl.DataFrame]:
    first = day_after_a_year_before(day)
    in_year = pl.col("recorded_on").is_between(first, day)
    if CHECKS.name in sources:
        done = sources[CHECKS.name].beside(health, kind="kind of check").filter(in_year)
        yield _checked(done, _under_five(rows, taken, day))
    if IMMUNISATIONS.name in sources:
        known = pl.col("recorded_on").is_null() | (pl.col("recorded_on") <= day)
        frame = sources[IMMUNISATIONS.name].frame(health).filter(known)
        yield _any_of(frame, "is_immunised")
    if MISUSE.name in sources:
        frame = sources[MISUSE.name].frame(health).filter(in_year)
        yield _any_of(frame, "has_substance_misuse", "has_received_intervention")
    if CONVICTIONS.name in sources:
        frame = sources[CONVICTIONS.name].frame(health).filter(in_year)
        yield _any_of(frame.with_columns(pl.lit(True).alias("is_convicted")), "is_convicted")
    if QUESTIONNAIRES.name in sources:
        asked = sources[QUESTIONNAIRES.name].frame(health).filter(in_year)
        latest = asked.sort("recorded_on", maintain_order=True).unique("child_id", keep="last")
        yield latest.select("child_id", "sdq_score", "sdq_reason")


def _any_of(frame: pl.DataFrame, *flags: str) -> pl.DataFrame:
    return frame.group_by("child_id").agg(pl.col(flag).any() for flag in flags)


def _under_five(rows: pl.DataFrame, taken: Mapping[str, Taken], day: date) -> pl.DataFrame:
    fifth = pl.col("born_on").dt.offset_by(f"{_UNDER_FIVE}y")
    described = taken[PERSON.name].described if PERSON.name in taken else None
    if described is None or "born_on" not in described.columns:
        return rows.select("child_id", pl.lit(False).alias("is_under_five"))
    born = described.select("child_id", "born_on").unique("child_id", keep="last")
    return born.select("child_id", (fifth > day).fill_null(False).alias("is_under_five"))


def _checked(done: pl.DataFrame, ages: pl.DataFrame) -> pl.DataFrame:
    """Say which checks each child had: of health assessments those under five need two."""
    had = done.group_by("child_id").agg(
        assessments=(pl.col("kind") == "assessment").sum(),
        is_dentally_checked=(pl.col("kind") == "dental").any(),
        is_health_checked=(pl.col("kind") == "surveillance").any(),
    )
    needed = pl.when(pl.col("is_under_five").fill_null(False)).then(2).otherwise(1)
    aged = had.join(ages, on="child_id", how="left")
    return aged.select(
        "child_id",
        "is_dentally_checked",
        "is_health_checked",
        (pl.col("assessments") >= needed).alias("is_health_assessed"),
    )
