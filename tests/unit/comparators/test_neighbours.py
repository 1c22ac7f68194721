"""Both published lists are read, shipped, and chosen by year."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lineofsight.comparators.neighbours import (
    Neighbour,
    neighbours_for,
    read_neighbours,
    write_neighbours,
)
from lineofsight.errors import UsageFault
from lineofsight.reference.periods import Month
from lineofsight.reference.places import find_place

_BESIDE = Path(__file__).resolve().parents[3] / "../shared"
PUBLISHED = Path(os.environ.get("LINEOFSIGHT_SHARED", _BESIDE)) / "reference/dfe"

DRAWN = Month.parse("2014-10")

needs_published = pytest.mark.skipif(
    not PUBLISHED.is_dir(),
    reason="The published statistics are not here: set LINEOFSIGHT_SHARED to the shared folder.",
)

OLD_HEADER = "LA num,LA Name,LA number,GOInd,GOReg," + "".join(f"SN{n},SNP," for n in range(1, 11))
NEW_HEADER = "old_la_code,la_name,region_ind,region_name," + ",".join(
    f"SN_{n},SN_{n}P" for n in range(1, 11)
)
TEN = ",".join(f"{code},Close" for code in range(301, 311))


def test_southamptons_neighbours_by_both_lists() -> None:
    names = [find_place(code).name for code in neighbours_for(2024).of("852")]
    assert names[:3] == ["Portsmouth", "Sheffield", "Peterborough"]
    names = [find_place(code).name for code in neighbours_for(2025).of("852")]
    assert names[:3] == ["Coventry", "Derby", "Portsmouth"]


@pytest.mark.parametrize(("year", "version"), [(2019, "April 2021"), (2025, "May 2025")])
def test_the_version_is_recorded(year: int, version: str) -> None:
    assert neighbours_for(year).group_version == version


@pytest.mark.parametrize("year", [2024, 2025])
def test_every_authority_has_ten_others_that_exist(year: int) -> None:
    for code, ten in neighbours_for(year).by_authority.items():
        codes = {neighbour.code for neighbour in ten}
        assert len(codes) == 10
        assert code not in codes
        assert all(find_place(each) for each in codes)


@pytest.mark.parametrize(
    "text",
    [
        f"\ufeff{OLD_HEADER}\n852,Southampton,852,6,South East,{TEN},\n,Old SNs:,,,,,\n",
        f"{NEW_HEADER}\n852,Southampton,6,South East,{TEN}\n",
    ],
)
def test_both_published_forms_read_alike(tmp_path: Path, text: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    found = read_neighbours(path, DRAWN)
    assert set(found.by_authority) == {"852"}
    assert found.by_authority["852"][0] == Neighbour("301", "Close")
    assert found.of("852") == tuple(str(code) for code in range(301, 311))


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("time_period,la_name\n2024,Leeds\n", encoding="utf-8")
    with pytest.raises(UsageFault) as refused:
        read_neighbours(path, DRAWN)
    assert str(refused.value) == (
        "The file is not a list of statistical neighbours.\n"
        "  File: other.csv. It needs a column 'old_la_code' or 'LA number', and SN1 to SN10.\n"
        "  Give the workbook of the Local Authority Interactive Tool with the groups, or its CSV."
    )


def test_an_authority_without_ten_is_named(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    nine = TEN.replace("310", "")
    path.write_text(f"{NEW_HEADER}\n852,Southampton,6,South East,{nine}\n", encoding="utf-8")
    with pytest.raises(UsageFault) as refused:
        read_neighbours(path, DRAWN)
    assert str(refused.value) == (
        "Authority 852 does not have ten neighbours with three-digit codes.\n"
        "  File: list.csv, the row of authority 852.\n"
        "  Take the row as published, or leave the authority out of the file."
    )


@needs_published
@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("statistical_neighbours_april_2021.csv", 2024),
        ("sn_april_2021.xlsx", 2024),
        ("sn_model_2025_wide.csv", 2025),
    ],
)
def test_the_shipped_lists_are_the_published_ones(tmp_path: Path, name: str, year: int) -> None:
    shipped = neighbours_for(year)
    published = read_neighbours(PUBLISHED / name, shipped.issued)
    assert published.by_authority == shipped.by_authority
    write_neighbours(published, tmp_path / "again.csv")
    assert len((tmp_path / "again.csv").read_text(encoding="utf-8").splitlines()) == 1 + len(
        shipped.by_authority
    )


@needs_published
def test_the_workbook_of_2025_adds_only_authorities_that_ended() -> None:
    """It also lists five that reorganisation has ended, and is otherwise the list that ships."""
    shipped = neighbours_for(2025)
    found = read_neighbours(PUBLISHED / "sn_may_2025.xlsx", shipped.issued)
    assert {code for code in found.by_authority if code not in shipped.by_authority} == {
        "835", "836", "837", "909", "928",
    }  # fmt: skip
    assert all(found.of(code) == shipped.of(code) for code in shipped.by_authority)
