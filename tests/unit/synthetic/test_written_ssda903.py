"""The SSDA903 as it is written: columns and codes of each year, the same bytes, no real child."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from lineofsight.errors import UsageFault
from lineofsight.returns.ssda903 import read_ssda903
from lineofsight.synthetic.lives import Lives, simulate
from lineofsight.synthetic.ssda903 import (
    write_ssda903,
    write_ssda903_years,
)
from lineofsight.synthetic.ssda903_tables import ssda903_tables

# Columns as the guide lists them, see the shared `formats.md`, section 2.
COLUMNS = {
    "header": "CHILD SEX DOB ETHNIC UPN MOTHER MC_DOB",
    "episodes": "CHILD DECOM RNE LS CIN PLACE PLACE_PROVIDER DEC REC REASON_PLACE_CHANGE HOME_POST "
    "PL_POST URN",
    "reviews": "CHILD DOB REVIEW REVIEW_CODE",
    "uasc": "CHILD DOB SEX DUC",
    "oc2": "CHILD DOB SDQ_SCORE SDQ_REASON CONVICTED HEALTH_CHECK IMMUNISATIONS TEETH_CHECK "
    "HEALTH_ASSESSMENT SUBSTANCE_MISUSE INTERVENTION_RECEIVED INTERVENTION_OFFERED",
    "oc3": "CHILD DOB IN_TOUCH ACTIV ACCOM",
    "ad1": "CHILD DOB DATE_INT DATE_MATCH FOSTER_CARE NB_ADOPTR SEX_ADOPTR LS_ADOPTR",
    "placed_for_adoption": "CHILD DOB DATE_PLACED DATE_PLACED_CEASED REASON_PLACED_CEASED",
    "prev_perm": "CHILD DOB PREV_PERM LA_PERM DATE_PERM",
    "missing": "CHILD DOB MISSING MIS_START MIS_END",
    "social_worker": "CHILD DOB SW_ID SW_DECOM SW_DEC SW_REASON",
    "DoLo": "CHILD DOB DOLO_START DOLO_END",
}
IN_EVERY_YEAR = set(COLUMNS) - {"social_worker", "DoLo"}
GUARDIANS = {"until 2018": "E43 E44", "since": "E45 E46 E47 E48"}
REC = "X1 E11 E12 E2 E3 E4A E4B E13 E41 E5 E6 E7 E9 E14 E15 E16 E17 E8"
PLACE = "A3 A4 A5 A6 K1 K2 P1 P3 R1 R2 R3 R5 S1 T0 T1 T2 T3 T4 U1 U2 U3 U4 U5 U6"
CODES = {
    ("episodes", "RNE"): "S L P T B U",
    ("episodes", "LS"): "C1 C2 D1 E1 V2 V3 V4 L1 L2 L3 J1 J2 J3",
    ("episodes", "CIN"): "N1 N2 N3 N4 N5 N6 N7 N8",
    ("episodes", "PLACE_PROVIDER"): "PR0 PR1 PR2 PR3 PR4 PR5",
    ("episodes", "REASON_PLACE_CHANGE"): "CARPL CLOSE ALLEG STAND APPRR CREQB CREQO CHILD LAREQ "
    "PLACE OTHER",
    ("reviews", "REVIEW_CODE"): "PN0 PN1 PN2 PN3 PN4 PN5 PN6 PN7",
    ("missing", "MISSING"): "M A",
    ("oc2", "SDQ_REASON"): "SDQ1 SDQ2 SDQ3 SDQ4 SDQ5",
    ("oc3", "IN_TOUCH"): "YES NO DIED REFU NREQ RHOM",
    ("oc3", "ACCOM"): "B1 B2 C1 C2 D1 D2 E1 E2 G1 G2 H1 H2 K1 K2 R1 R2 S1 S2 T1 T2 U1 U2 V1 V2 W1 "
    "W2 X1 X2 Y1 Y2 Z1 Z2 0",
    ("ad1", "SEX_ADOPTR"): "M1 F1 MM FF MF",
    ("ad1", "LS_ADOPTR"): "L0 L11 L12 L2 L3 L4",
    ("ad1", "NB_ADOPTR"): "1 2",
    ("prev_perm", "PREV_PERM"): "P1 P2 P3 P4 Z1",
    ("placed_for_adoption", "REASON_PLACED_CEASED"): "RD1 RD2 RD3 RD4",
    **{("oc2", name): "0 1" for name in COLUMNS["oc2"].split()[4:]},
}  # fmt: skip
NEVER_BLANK = {
    "header": "CHILD SEX DOB ETHNIC UPN",
    "episodes": "CHILD DECOM RNE LS CIN PLACE",
    "reviews": "CHILD DOB REVIEW REVIEW_CODE",
    "oc3": "CHILD DOB IN_TOUCH ACTIV ACCOM",
    "ad1": COLUMNS["ad1"],
    "placed_for_adoption": "CHILD DOB DATE_PLACED",
    "prev_perm": "CHILD DOB PREV_PERM",
    "missing": "CHILD DOB MISSING MIS_START",
    "uasc": "CHILD DOB SEX",
    "social_worker": "CHILD DOB SW_ID SW_DECOM",
}
YEARS = (2017, 2018, 2019, 2020)
DAYS = re.compile(r"^(DOB|DE.*M|DEC|DUC|REVIEW|DATE_.*|MIS_(START|END)|SW_DE.*|DOLO_.*)$")


@cache
def lives() -> Lives:
    return simulate(9_000, 903)


@cache
def tables(schema_year: int, year: int = 2020) -> dict[str, pl.DataFrame]:
    return ssda903_tables(lives(), year, schema_year)


def found(schema_year: int, table: str, column: str, year: int = 2020) -> set[str]:
    return set(tables(schema_year, year)[table][column].drop_nulls())


@pytest.mark.parametrize("schema_year", [2017, 2020, 2023, 2024, 2025, 2026, 2027])
def test_columns_are_those_of_the_year(schema_year: int) -> None:
    expected = IN_EVERY_YEAR | ({"social_worker"} if schema_year >= 2024 else set())
    expected |= {"DoLo"} if schema_year >= 2027 else set()
    assert tables(schema_year).keys() == expected
    for name, frame in tables(schema_year).items():
        assert frame.columns == COLUMNS[name].split()
        assert set(frame.dtypes) == {pl.String}


@pytest.mark.parametrize("schema_year", [2017, 2020, 2022, 2025, 2026])
def test_codes_are_those_of_the_year(schema_year: int) -> None:
    for (table, column), known in CODES.items():
        assert found(schema_year, table, column) <= set(known.split()), (table, column)
    guardians = GUARDIANS["until 2018" if schema_year < 2019 else "since"]
    assert found(schema_year, "episodes", "REC") <= {*REC.split(), *guardians.split()}
    assert found(schema_year, "episodes", "REC") & {*guardians.split()}
    others = "H5 P2 Z1" if schema_year < 2026 else "K3 Z11 Z12 Z13 Z14"
    assert found(schema_year, "episodes", "PLACE") <= {*PLACE.split(), *others.split()}
    assert found(schema_year, "episodes", "PLACE") & {*others.split()}
    sexes = {"1", "2"} if schema_year < 2025 else {"M", "F"}
    assert found(schema_year, "header", "SEX") == found(schema_year, "uasc", "SEX") | sexes
    training = {"F3", "P3"} if schema_year < 2022 else {"F4", "P4", "F5", "P5"}
    activities = found(schema_year, "oc3", "ACTIV")
    assert activities <= {"F1", "P1", "F2", "P2", "G4", "G5", "G6", "0", *training}
    assert activities & training


@pytest.mark.parametrize("year", YEARS)
def test_what_may_not_be_blank_is_not(year: int) -> None:
    for name, columns in NEVER_BLANK.items():
        frame = tables(2024, year)[name]
        assert frame.height > 0
        assert frame.select(columns.split()).null_count().sum_horizontal().item() == 0, name


@pytest.mark.parametrize("year", YEARS)
def test_days_are_written_as_the_return_wants_them_and_lie_before_its_end(year: int) -> None:
    for name, frame in tables(2024, year).items():
        for column in filter(DAYS.match, frame.columns):
            texts = frame[column].drop_nulls()
            days = texts.str.to_date("%d/%m/%Y", strict=True)
            assert (days.dt.strftime("%d/%m/%Y") == texts).all(), (name, column)
            assert days.is_empty() or days.max() <= date(year, 3, 31), (name, column)  # type: ignore[operator]


@pytest.mark.parametrize("year", YEARS)
def test_episodes_were_open_in_the_year(year: int) -> None:
    """What ended before 1 April is not told; what began before it is, with its own day."""
    frame = tables(2024, year)["episodes"]
    ends = frame["DEC"].drop_nulls().str.to_date("%d/%m/%Y")
    assert ends.min() >= date(year - 1, 4, 1)  # type: ignore[operator]
    starts = frame["DECOM"].str.to_date("%d/%m/%Y")
    carried = starts < date(year - 1, 4, 1)
    assert 0 < carried.sum() < frame.height
    assert (frame["REC"].is_null() == frame["DEC"].is_null()).all()


def test_no_child_is_named_twice_and_none_is_unknown_to_the_header() -> None:
    header = tables(2024)["header"]["CHILD"]
    assert header.n_unique() == len(header)
    for name, frame in tables(2024).items():
        assert set(frame["CHILD"]) <= set(header), name
    for name in ("oc2", "oc3", "ad1", "uasc", "prev_perm"):
        assert tables(2024)[name]["CHILD"].n_unique() == tables(2024)[name].height


def test_pupil_numbers_and_providers_have_their_shapes() -> None:
    numbers = tables(2020)["header"]["UPN"]
    assert numbers.str.contains(r"^([A-HJ-NP-RT-Z]999\d{9}|UN1)$").all()
    letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
    for number in numbers.filter(numbers != "UN1"):
        weighted = sum(int(d) * n for n, d in enumerate(number[1:], start=2))
        assert letters[weighted % 23] == number[0]
    homes = tables(2020)["episodes"]
    assert homes["URN"].drop_nulls().str.contains(r"^1\d{6}$").all()
    assert set(homes.filter(pl.col("URN").is_not_null())["PLACE"]) <= {"K1", "K2", "R1"}
    # ZZ is an area that Royal Mail has not given out.
    assert homes.select(pl.col("HOME_POST", "PL_POST").str.starts_with("ZZ").all()).row(0) == (
        True,
        True,
    )


def test_reviews_of_under_fours_say_so_and_short_breaks_have_none() -> None:
    born = dict(tables(2020)["header"].select("CHILD", "DOB").rows())
    for child, day, code in tables(2020)["reviews"].select("CHILD", "REVIEW", "REVIEW_CODE").rows():
        years = int(day[6:]) - int(born[child][6:])
        if years < 4:
            assert code == "PN0"
        if years > 4:
            assert code != "PN0"
    episodes = tables(2020)["episodes"]
    full = set(episodes.filter(pl.col("LS") != "V4")["CHILD"])
    assert set(episodes["CHILD"]) > full
    assert set(tables(2020)["reviews"]["CHILD"]) <= full


def test_the_same_lives_give_the_same_bytes(tmp_path: Path) -> None:
    for form in ("csv", "xml"):
        first = write_ssda903(lives(), tmp_path / "a", 2019, form)  # type: ignore[arg-type]
        again = write_ssda903(simulate(9_000, 903), tmp_path / "b", 2019, form)  # type: ignore[arg-type]
        assert [p.name for p in first] == [p.name for p in again]
        assert [p.read_bytes() for p in first] == [p.read_bytes() for p in again]
        assert all("synthetic" in path.name for path in first)


def test_a_folder_a_year(tmp_path: Path) -> None:
    folders = write_ssda903_years(lives(), tmp_path)
    assert [f.name for f in folders] == [f"ssda903-{year}" for year in (2017, 2018, 2019, 2020)]
    assert all(len(list(folder.iterdir())) == 10 for folder in folders)


@pytest.mark.parametrize("schema_year", range(2017, 2028))
def test_every_years_shape_is_read_without_a_fault(tmp_path: Path, schema_year: int) -> None:
    """All rows are taken; what is reported is flags that were not asked for, and carried starts."""
    reading = read_ssda903(write_ssda903(lives(), tmp_path, 2020, schema_year=schema_year))
    assert all(rows_in == taken for _, rows_in, taken in reading.sheets)
    assert {(i.sheet, i.kind.name) for i in reading.issues} <= {("oc2", "BLANK_FLAG")}
    assert {repair.rule for repair in reading.repairs} <= {"start_not_delivered"}


def test_a_year_or_a_shape_that_is_not_there_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(UsageFault) as refused:
        write_ssda903(lives(), tmp_path, 2021, schema_year=2040)
    assert str(refused.value) == (
        "The history does not hold the whole year to 31 March 2021.\n"
        "  The year of the SSDA903 return was asked for.\n"
        "  Ask for a year from 2017 to 2020.\n"
        "How the SSDA903 of 2040 was written is not known.\n"
        "  The schema year of the return was asked for.\n"
        "  Ask for one from 2017 to 2027."
    )
    assert list(tmp_path.iterdir()) == []
