"""Children, their former numbers, workers and teams of the Standard Safeguarding Dataset."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from lineofsight.journey.fields import Events
from lineofsight.journey.tables import linked_identifiers
from lineofsight.reference.codes import code_sets, spelling_key
from lineofsight.returns.children import gather_children
from lineofsight.returns.cin_census_layout import DISABILITY_TRUTHS
from lineofsight.returns.issue import Kind, ReadingIssue
from lineofsight.returns.reading import ROW
from lineofsight.returns.ssd_cells import from_each, rows_issue
from lineofsight.returns.ssd_layout import (
    DEPARTMENT,
    DISABILITY,
    LINKED,
    LOOKED_UP_DAY,
    PERSON,
    WORKERS,
)
from lineofsight.returns.ssd_rows import Opened, Taken, take

_LEGACY = "pers_legacy_id"
_OWN_NUMBERS = frozenset(
    spelling_key(text)
    for text in (
        "Case Number", "Former Case Number", "Previous Case Number", "Legacy Case Number",
        "Legacy ID", "Legacy Number", "Legacy Identifier", "Legacy Person ID", "Legacy System ID",
        "Former ID", "Former Person ID", "Previous ID", "Previous Person ID", "Person ID",
        "Merged ID", "Merged Person ID", "Duplicate ID", "Duplicate Person ID",
    )
)  # fmt: skip
_OTHERS_NUMBER = (
    "A number that others gave (a pupil, health, Home Office, National Insurance or youth justice "
    "number) is not kept: only this system's own former numbers link a child's records."
)
_OWN_NUMBER = "A child's present number links nothing."
_IN_USE = (
    "A former number is no link where it is the present number of a child with another date of "
    "birth, or two children have it; nor is a legacy number that is in use as a present one."
)
_STRANGERS = "A row about a person who is not in ssd_person is taken like any other."
_NOT_ALONE = (
    "A status other than that of an unaccompanied asylum-seeking child is not in the table, which "
    "is of these alone."
)
_ALONE = r"(?i)unaccompanied|\buasc\b"
_NOT_REGISTERED = (
    "A worker without a registration number with Social Work England is no row of the social "
    "workers; the name is used where the worker is named."
)
_CODE_AND_LABEL = re.compile(r"([A-Z]{2,4})(?:\s*[-:–(].*)?")


def prepare_person(texts: pl.DataFrame) -> pl.DataFrame:
    """Take the gender where the sex is blank or has no column."""
    if "pers_gender" not in texts.columns:
        return texts
    sexes = [name for name in ("pers_sex", "pers_gender") if name in texts.columns]
    return texts.with_columns(pl.coalesce(sexes).alias("pers_sex"))


def prepare_disability(texts: pl.DataFrame) -> pl.DataFrame:
    """Turn codes of disabilities into yes and no; an unknown one stays, to be reported."""
    return texts.with_columns(
        from_each(texts["disa_disability_code"], _disability, pl.String).alias(
            "disa_disability_code"
        )
    )


def _disability(text: str) -> str:
    match = _CODE_AND_LABEL.fullmatch(text.upper())
    return DISABILITY_TRUTHS.get(match[1] if match else text.upper(), text)


def take_linked(opened: Opened) -> Taken:
    """Take the numbers that were this system's own; all others are set aside, unseen."""
    is_own = pl.col("link_identifier_type").map_batches(
        lambda types: from_each(types, lambda text: spelling_key(text) in _OWN_NUMBERS, pl.Boolean),
        return_dtype=pl.Boolean,
    )
    is_present = pl.col("link_identifier_value") == pl.col("link_person_id")
    return take(
        opened,
        asides=((~is_own.fill_null(False), _OTHERS_NUMBER), (is_present, _OWN_NUMBER)),
    )


def take_immigration(opened: Opened) -> Taken:
    """Take the statuses of unaccompanied asylum-seeking children."""
    is_alone = pl.col("immi_immigration_status").str.contains(_ALONE).fill_null(False)
    return take(opened, asides=((~is_alone, _NOT_ALONE),))


def take_workers(opened: Opened, as_at: date) -> Taken:
    """Take the registered social workers, counted on the last 30 September before the extract."""
    year = as_at.year if (as_at.month, as_at.day) >= (9, 30) else as_at.year - 1
    counted = pl.lit(date(year, 9, 30).isoformat()).alias(LOOKED_UP_DAY)
    registration = "prof_social_worker_registration_no"
    if registration not in opened.texts.columns:
        return take(opened, lambda texts: texts.with_columns(counted, pl.lit(None, pl.String).alias(
            registration)), ((pl.lit(True), _NOT_REGISTERED),))  # fmt: skip
    return take(
        opened,
        lambda texts: texts.with_columns(counted),
        ((pl.col(registration).is_null(), _NOT_REGISTERED),),
    )


@dataclass(frozen=True)
class Names:
    """Names of teams and workers by identifier."""

    teams: pl.DataFrame
    workers: pl.DataFrame

    @classmethod
    def of(cls, opened: Mapping[str, Opened], taken: Mapping[str, Taken]) -> Names:
        """Gather the names that were delivered; a worker without one keeps the identifier."""
        teams = _pairs(taken.get(DEPARTMENT.name), "dept_team_id", "dept_team_name")
        workers = opened.get(WORKERS.name)
        known = take(workers).texts if workers else None
        named = _named_in(known, "prof_professional_id", "prof_professional_name")
        return cls(teams, named)

    def given(self, taken: Taken, *tables: type[Events]) -> Taken:
        """Put names in the place of identifiers, where there is a name."""
        for table in tables:
            rows = taken.frame(table)
            for field, names in (("team", self.teams), ("worker", self.workers)):
                if field in rows.columns:
                    rows = _renamed(rows, field, names)
            taken = taken.with_frame(table, rows)
        return taken


def _pairs(taken: Taken | None, key: str, name: str) -> pl.DataFrame:
    return _named_in(taken.texts if taken else None, key, name)


def _named_in(texts: pl.DataFrame | None, key: str, name: str) -> pl.DataFrame:
    if texts is None or not {key, name} <= set(texts.columns):
        return pl.DataFrame(schema={"key": pl.String, "name": pl.String})
    pairs = texts.select(key=key, name=name).drop_nulls()
    return pairs.unique("key", keep="first", maintain_order=True)


def _renamed(rows: pl.DataFrame, field: str, names: pl.DataFrame) -> pl.DataFrame:
    found = rows.join(names, left_on=field, right_on="key", how="left", maintain_order="left")
    return found.with_columns(pl.coalesce("name", field).alias(field)).drop("name")


def gathered_children(
    taken: Mapping[str, Taken], as_at: date
) -> tuple[pl.DataFrame, list[ReadingIssue]]:
    """Give the children of ssd_person with what ssd_disability says of them."""
    described = [_disabled(taken.get(DISABILITY.name)), taken[PERSON.name].described]
    return gather_children([frame for frame in described if frame is not None], as_at)


def _disabled(taken: Taken | None) -> pl.DataFrame | None:
    described = taken.described if taken else None
    if described is None or "has_disability" not in described.columns:
        return None
    return described.filter("has_disability").unique("child_id", maintain_order=True)


def strangers(taken: Mapping[str, Taken]) -> Iterator[ReadingIssue]:
    """Report rows about people whom ssd_person does not have; without that table, nothing."""
    if PERSON.name not in taken:
        return
    known = taken[PERSON.name].text(child_id="pers_person_id").select("child_id")
    for name, rows in taken.items():
        if name == PERSON.name or not rows.frames:
            continue
        frame = next(iter(rows.frames.values()))
        if "child_id" in frame.columns:
            unknown = frame.join(known, on="child_id", how="anti")[ROW]
            yield from rows_issue(name, "", Kind.REPAIRED, unknown, _STRANGERS)


def gathered_links(taken: Mapping[str, Taken]) -> tuple[pl.DataFrame | None, list[ReadingIssue]]:
    """Give the former numbers of the children, from both places, without the doubtful ones."""
    found = [
        *([taken[LINKED.name].frame(linked_identifiers)] if LINKED.name in taken else []),
        *_legacy(taken.get(PERSON.name)),
    ]
    if not found:
        return None, []
    links = pl.concat(found, how="diagonal").unique(
        ["child_id", "also_known_as"], keep="first", maintain_order=True
    )
    is_doubtful = _is_doubtful(links, taken.get(PERSON.name))
    issues = [
        issue
        for (sheet,), rows in links.filter(is_doubtful).group_by("sheet", maintain_order=True)
        for issue in rows_issue(str(sheet), "", Kind.LEFT_OUT, rows[ROW], _IN_USE)
    ]
    return links.filter(~is_doubtful), issues


def _legacy(person: Taken | None) -> list[pl.DataFrame]:
    """Give the legacy numbers of ssd_person, if it has them."""
    if person is None or _LEGACY not in person.texts.columns:
        return []
    rows = person.text(child_id="pers_person_id", also_known_as=_LEGACY).drop_nulls()
    return [
        rows.filter(pl.col("child_id") != pl.col("also_known_as")).select(
            "child_id",
            "also_known_as",
            pl.lit(None, pl.Date).alias("linked_on"),
            pl.lit(person.file).alias("file"),
            pl.lit(person.table.name).alias("sheet"),
            ROW,
        )
    ]


def _is_doubtful(links: pl.DataFrame, person: Taken | None) -> pl.Series:
    is_shared = links.select(pl.col("child_id").n_unique().over("also_known_as") > 1).to_series()
    if person is None:
        return is_shared
    born = person.text(id="pers_person_id", born="pers_dob").select("id", "born")
    born = born.unique("id", keep="first")
    paired = links.join(born, left_on="child_id", right_on="id", how="left", maintain_order="left")
    other = born.select(also_known_as="id", other_born="born", is_present=pl.lit(True))
    paired = paired.join(other, on="also_known_as", how="left", maintain_order="left")
    is_legacy = pl.col("sheet") == PERSON.name
    is_another = pl.col("is_present") & (is_legacy | pl.col("born").ne_missing("other_born"))
    return is_shared | paired.select(is_another.fill_null(False)).to_series()


def source_from(texts: pl.DataFrame, code: str, description: str) -> pl.DataFrame:
    """Take the description of a source where the code is none of the Department's."""
    if description not in texts.columns:
        return texts
    known = code_sets()["referral_source"]
    codes = (
        texts[code] if code in texts.columns else pl.Series([None] * texts.height, dtype=pl.String)
    )

    def understood(column: pl.Series) -> pl.Series:
        return from_each(column, known.code_for, pl.String)

    best = pl.select(pl.coalesce(understood(codes), understood(texts[description]), codes))
    return texts.with_columns(best.to_series().alias(code))
