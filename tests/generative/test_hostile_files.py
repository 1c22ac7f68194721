"""No file, however it was broken on its way, brings more than a refusal in words or loses a row.

Files of the real formats, made of synthetic children or taken from the peers' samples, are changed
as tables, as documents and as bytes. LINEOFSIGHT_HOSTILE=20 tries twenty times as many, and other
ones each time.
"""

from __future__ import annotations

import os
import re
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lineofsight.errors import SubmissionRefused
from lineofsight.returns.issue import Kind
from lineofsight.returns.submission import Reading, describe, read_files
from tests import hostile, hostile_xml
from tests.hostile import SECRETS, Damage, Steps, Table, Writing

SHARED = Path(
    os.environ.get("LINEOFSIGHT_SHARED", Path(__file__).resolve().parents[2] / ".." / "shared")
)
SAMPLES = SHARED / "fixtures"
needs_samples = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="Put the peers' sample returns into ../shared/fixtures."
)
TIMES = int(os.environ.get("LINEOFSIGHT_HOSTILE", "0"))
DAYS = {"first_day": date(2020, 3, 1), "last_day": date(2020, 8, 31), "as_at": date(2020, 8, 31)}
CARE_YEAR = {"last_day": date(2020, 3, 31)}


def examples(count: int) -> Any:
    """Try so many files, the same ones every time; more and other ones where asked for."""
    return settings(
        max_examples=count * max(1, TIMES),
        derandomize=not TIMES,
        deadline=timedelta(seconds=60),
        suppress_health_check=list(HealthCheck),
    )


@contextmanager
def folder() -> Iterator[Path]:
    """A folder for one example."""
    with tempfile.TemporaryDirectory(prefix="hostile-") as name:
        yield Path(name)


def read(paths: Sequence[Path], secrets: Sequence[str] = SECRETS, **days: Any) -> Reading | None:
    """Read a delivery: whole and accounted for, or refused in sentences; None if refused."""
    try:
        reading = read_files(paths, **days)
    except SubmissionRefused as refused:
        in_three_sentences(refused)
        told(str(refused), secrets)
        return None
    for sheet, there, taken in reading.sheets:
        lost = [i for i in reading.issues if i.kind is Kind.NOT_TAKEN and i.sheet == sheet]
        assert there == taken + sum(issue.count for issue in lost), sheet
    told("\n".join(describe(reading)), secrets)
    return reading


def rows_in(reading: Reading) -> dict[str, int]:
    """Give the rows read of every sheet."""
    return {sheet: rows for sheet, rows, _ in reading.sheets}


def in_three_sentences(refused: SubmissionRefused) -> None:
    """Every fault says what, where and what to do."""
    assert refused.faults
    for fault in refused.faults:
        assert all(part.strip() for part in (fault.what, fault.where, fault.remedy)), fault


def told(said: str, secrets: Sequence[str]) -> None:
    """Nothing of a child stands in what is said."""
    assert [secret for secret in secrets if secret in said] == []


# --- Workbooks ---------------------------------------------------------------------------------


@examples(20)
@given(title=st.sampled_from(sorted(hostile.tables_of_annex_a())), steps=hostile.mutations)
def test_a_workbook_with_a_list_gone_wrong(title: str, steps: Steps) -> None:
    tables = hostile.tables_of_annex_a()
    tables[title] = hostile.mutated(tables[title], steps)
    with folder() as place:
        reading = read([hostile.write_tables(place / "annex.xlsx", tables)])
    if reading is not None:
        assert rows_in(reading) == {name: table.filled for name, table in tables.items()}


@examples(8)
@given(damage=hostile.damages)
def test_a_workbook_damaged_on_its_way(damage: Damage) -> None:
    with folder() as place:
        path = hostile.write_tables(place / "annex.xlsx", hostile.tables_of_annex_a())
        path.write_bytes(damage.of(path.read_bytes()))
        read([path])


@examples(10)
@given(part=st.integers(0, 1_000), damage=hostile.damages)
def test_a_workbook_with_a_damaged_part(part: int, damage: Damage) -> None:
    """Its zip archive is in order, so that the readers themselves must cope."""
    with folder() as place:
        path = hostile.write_tables(place / "annex.xlsx", hostile.tables_of_annex_a())
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        name = sorted(parts)[part % len(parts)]
        parts[name] = damage.of(parts[name])
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        read([path])


# --- CSV files ---------------------------------------------------------------------------------


@examples(40)
@given(
    title=st.sampled_from(sorted(hostile.tables_of_ssda903())),
    steps=hostile.mutations,
    writing=hostile.writings,
    damage=st.none() | hostile.damages,
)
def test_an_ssda903_with_a_table_gone_wrong(
    title: str, steps: Steps, writing: Writing, damage: Damage | None
) -> None:
    tables = hostile.tables_of_ssda903()
    tables[title] = hostile.mutated(tables[title], steps)
    with folder() as place:
        paths = []
        for name, table in tables.items():
            content = (writing if name == title else hostile.PLAIN).bytes_of(table)
            if damage and name == title:
                content = damage.of(content)
            paths.append(place / f"{name}.csv")
            paths[-1].write_bytes(content)
        reading = read(paths, **CARE_YEAR)
    if reading is not None and damage is None:
        assert rows_in(reading) == {
            name: table.filled for name, table in _without_formulas(tables).items()
        }


def _without_formulas(tables: dict[str, Table]) -> dict[str, Table]:
    return {n: Table(t.header, t.rows, t.above) for n, t in tables.items()}


@examples(40)
@given(steps=hostile.mutations, writing=hostile.writings, damage=st.none() | hostile.damages)
def test_a_local_table_gone_wrong(steps: Steps, writing: Writing, damage: Damage | None) -> None:
    table = hostile.mutated(hostile.care_plans(), steps)
    content = writing.bytes_of(table)
    with folder() as place:
        path = place / "care_plans.csv"
        path.write_bytes(damage.of(content) if damage else content)
        reading = read([path], **DAYS)
    if reading is not None and damage is None:
        ((_, rows, _),) = reading.sheets
        assert rows == table.filled


# --- XML ---------------------------------------------------------------------------------------


@examples(40)
@given(
    steps=hostile_xml.changes,
    opening=hostile_xml.openings,
    encoding=hostile_xml.encodings,
    damage=st.none() | hostile.damages,
)
def test_a_census_gone_wrong(
    steps: Steps, opening: str, encoding: str, damage: Damage | None
) -> None:
    root = hostile_xml.changed(hostile_xml.census(), steps)
    content = hostile_xml.written_out(root, opening, encoding)
    with folder() as place:
        path = place / "census.xml"
        path.write_bytes(damage.of(content) if damage else content)
        reading = read([path])
    if (
        reading is not None
        and damage is None
        and {s[0] for s in steps} <= set(hostile_xml.COUNTABLE)
    ):
        there = hostile_xml.counted(root, "Child")
        assert rows_in(reading) == {name: there[name] for name, _, _ in reading.sheets}


@examples(25)
@given(
    steps=hostile_xml.changes,
    opening=hostile_xml.openings,
    encoding=hostile_xml.encodings,
    damage=st.none() | hostile.damages,
)
def test_an_ssda903_in_xml_gone_wrong(
    steps: Steps, opening: str, encoding: str, damage: Damage | None
) -> None:
    root = hostile_xml.changed(hostile_xml.looked_after_return(), steps)
    content = hostile_xml.written_out(root, opening, encoding)
    with folder() as place:
        path = place / "return.xml"
        path.write_bytes(damage.of(content) if damage else content)
        reading = read([path], **CARE_YEAR)
    if (
        reading is not None
        and damage is None
        and {s[0] for s in steps} <= set(hostile_xml.COUNTABLE)
    ):
        rows = rows_in(reading)
        there = hostile_xml.counted(root, "CHILD")
        elements = {"header": "HEADER", "episodes": "EPISODE", "reviews": "AREVIEW"}
        assert [rows[name] for name in elements] == [there[tag] for tag in elements.values()]


# --- The peers' samples ------------------------------------------------------------------------

_PERSONAL_TAGS = re.compile(r"<(?:LAchildID|UPN|PersonBirthDate)>([^<]{6,})<")


@needs_samples
@examples(15)
@given(
    name=st.sampled_from(["CIN_Census_2021.xml", "CIN_Census_2024.xml", "fake_CIN_data.xml"]),
    damage=hostile.damages,
)
def test_a_sample_census_damaged(name: str, damage: Damage) -> None:
    content = (SAMPLES / "csc-validator-be-cin" / name).read_bytes()
    with folder() as place:
        path = place / name
        path.write_bytes(damage.of(content))
        read([path], _PERSONAL_TAGS.findall(content.decode()))


@needs_samples
@examples(15)
@given(
    name=st.sampled_from(["episodes.csv", "oc3.csv", "uasc.csv", "ad1.csv", "missing.csv"]),
    damage=hostile.damages,
)
def test_a_sample_ssda903_damaged(name: str, damage: Damage) -> None:
    sample = SAMPLES / "csc-validator-be-903"
    born = {row.split(",")[2] for row in (sample / "header.csv").read_text().splitlines()[1:]}
    with folder() as place:
        paths = []
        for kept in ("header.csv", "episodes.csv", name):
            path = place / kept
            content = (sample / kept).read_bytes()
            path.write_bytes(damage.of(content) if kept == name else content)
            paths.append(path)
        read(list(dict.fromkeys(paths)), sorted(born))


@needs_samples
@examples(5)
@given(part=st.integers(0, 1_000), damage=hostile.damages)
def test_a_sample_workbook_damaged(part: int, damage: Damage) -> None:
    with folder() as place:
        path = place / "annex.xlsx"
        with zipfile.ZipFile(SAMPLES / "liia-tools" / "Annex_A.xlsx") as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        name = sorted(parts)[part % len(parts)]
        parts[name] = damage.of(parts[name])
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        read([path], (), **DAYS, authority="Testshire (synthetic)")


# --- Files made to hurt --------------------------------------------------------------------------


@pytest.mark.parametrize("place", [(1_048_575, 16_383), (0, 16_383), (1_048_575, 0), (90_000, 70)])
def test_a_stray_value_far_away_costs_no_row(tmp_path: Path, place: tuple[int, int]) -> None:
    """The last cell Excel has kills a quick reader; the lists are read all the same."""
    tables = hostile.tables_of_annex_a()
    path = hostile.write_tables(tmp_path / "annex.xlsx", tables)
    book = openpyxl.load_workbook(path)
    book["List 3"].cell(place[0] + 1, place[1] + 1).value = "stray"
    book.save(path)
    reading = read([path])
    assert reading is not None
    rows = rows_in(reading)
    is_beside = place[1] < 256
    assert rows["List 3"] == len(hostile.CHILDREN) + (is_beside and place[0] > 0)
    said = [issue.kind for issue in reading.issues if issue.sheet == "List 3"]
    assert Kind.STRAY in said or is_beside


def _inflated(path: Path, megabytes: int, declared: int | None) -> Path:
    """Put a part of so many megabytes of blanks into a workbook, and say another size of it."""
    content = b" " * (megabytes * 1_000_000)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet99.xml", content)
        if declared is not None:
            archive.getinfo("xl/worksheets/sheet99.xml").file_size = declared
    return path


@pytest.mark.parametrize("declared", [None, 1_000])
def test_a_zip_bomb_is_refused_or_read_past(tmp_path: Path, declared: int | None) -> None:
    path = hostile.write_tables(tmp_path / "annex.xlsx", hostile.tables_of_annex_a())
    reading = read([_inflated(path, 120, declared)])
    assert (reading is None) == (declared is None)


@pytest.mark.parametrize("attribute", ["r='XFD1048576'", 'r = "XFD1048576"', 'r="xfd1048576"'])
def test_a_far_address_in_another_spelling(tmp_path: Path, attribute: str) -> None:
    """The look for far values before the quick reader is let loose is not fooled by spelling."""
    path = hostile.write_tables(tmp_path / "annex.xlsx", hostile.tables_of_annex_a())
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    far = f'<row r="1048576"><c {attribute}><v>7</v></c></row></sheetData>'.encode()
    name = "xl/worksheets/sheet3.xml"
    parts[name] = parts[name].replace(b"</sheetData>", far)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    reading = read([path])
    assert reading is None or rows_in(reading)["List 3"] >= 4
